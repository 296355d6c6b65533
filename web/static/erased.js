// What was erased on the server goes out of this browser, too: votes that were not sent yet.

const script = document.querySelector("script[data-slug]");
if (script instanceof HTMLElement) {
  try {
    localStorage.removeItem(`boule-votes-${script.dataset.slug}`);
  } catch {}
}
