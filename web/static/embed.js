// In a frame of another site: says how high the page is, so that the frame can be.

const tell = () => parent.postMessage({ boule: "height", height: document.documentElement.scrollHeight }, "*");

new ResizeObserver(tell).observe(document.body);
