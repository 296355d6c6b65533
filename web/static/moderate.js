// The moderators' queue: keys, a note when more statements wait, and the live map.

import { Live } from "./live.js";
import { OpinionMap } from "./map.js";
import { fill, listenToKeys, needHtml, words } from "./page.js";

/** Set when a key decided, so that the keys go on working on the page that follows. */
const BY_KEY = "boule-by-key";

const map = new OpinionMap();
const queue = document.getElementById("queue");
const news = needHtml("queue-news");

new Live(() => map.version, {
  hear: (frame) => {
    map.hear(frame);
    if (frame.t === "map") needHtml("clusters-counts").textContent = fill(words.counts, { ...frame.counts });
    if (frame.t !== "queue") return;
    news.hidden = frame.pending === Number(queue?.dataset.pending ?? 0);
    const link = news.querySelector("a");
    if (link) link.textContent = fill(words.new, { n: frame.pending });
  },
});

if (queue) listenToKeys(queue, press);
if (sessionStorage.getItem(BY_KEY)) {
  sessionStorage.removeItem(BY_KEY);
  const first = queue?.querySelector("li") ?? document.getElementById("undo");
  first?.focus();
}

/** @param {string} key */
function press(key) {
  const items = [...(queue?.querySelectorAll("li") ?? [])];
  const here = items.findIndex((item) => item.contains(document.activeElement));
  const item = items[here];
  if (key === "j" || key === "k") {
    const to = items[here + (key === "j" ? 1 : -1)];
    choose(null);
    to?.focus();
    return Boolean(to);
  }
  if (key === "a") return click(item?.querySelector('[data-key="a"]'));
  if (key === "z") return click(document.getElementById("undo"));
  if (key === "r" && item) return choose(item);
  if (key === "escape") return choose(null);
  const choosing = item?.classList.contains("choosing") && /^[1-9]$/.test(key);
  return Boolean(choosing) && click(item.querySelectorAll(".reasons button")[Number(key) - 1]);
}

/**
 * Numbers the reasons of one item, and of no other.
 * @param {HTMLElement | null} chosen
 */
function choose(chosen) {
  for (const item of queue?.querySelectorAll("li") ?? []) item.classList.toggle("choosing", item === chosen);
  return true;
}

/** @param {Element | null | undefined} button */
function click(button) {
  if (!(button instanceof HTMLElement)) return false;
  sessionStorage.setItem(BY_KEY, "yes");
  button.click();
  return true;
}
