// The moderators' workbench: keys, decisions and lists in place, a note when more statements wait, and the live map. Without this
// script the same forms and links do the same.

import { Live } from "./live.js";
import { OpinionMap } from "./map.js";
import { fill, keep, needHtml, recall, words } from "./page.js";

const desk = needHtml("desk");
const map = new OpinionMap();

/** Keys that were pressed while a page was on its way: none is lost, each is for what comes then. @type {string[]} */
const waiting = [];
let busy = false;
/** Whether the next digit is a reason. */
let choosing = false;
/** How many wait by the last word of the server. */
let pending = Number(document.getElementById("queue-news")?.dataset.pending ?? 0);

new Live(() => map.version, {
  hear: (frame) => {
    map.hear(frame);
    if (frame.t === "map") needHtml("clusters-counts").textContent = fill(words.counts, { ...frame.counts });
    if (frame.t !== "queue") return;
    pending = frame.pending;
    tellNews();
  },
});

/** Says when others than those on the page wait. What is on it stays where it is. */
function tellNews() {
  const news = needHtml("queue-news");
  news.hidden = pending === Number(news.dataset.pending ?? 0);
  const link = news.querySelector("a");
  if (link) link.textContent = fill(words.new, { n: pending });
}

desk.addEventListener("submit", (event) => {
  const form = event.target;
  // What was ticked is looked at on a page of its own.
  if (!(form instanceof HTMLFormElement) || form.id === "bulk") return;
  event.preventDefault();
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form, event.submitter)) {
    if (typeof value === "string") body.append(name, value);
  }
  if (form.method === "post") load(form.action, { method: "POST", body }, form);
  else load(`${form.action}?${body}`, {}, form);
});

desk.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || !(event.target instanceof Element)) return;
  const link = event.target.closest("a");
  const here = new URL(location.href);
  if (!link || new URL(link.href).pathname !== here.pathname) return;
  event.preventDefault();
  load(link.href, {}, null);
});

/**
 * Brings a page in place. Keys that are pressed meanwhile wait for it.
 * @param {string} address
 * @param {RequestInit} how
 * @param {HTMLFormElement | null} form sent plainly where nothing that can be shown comes back
 */
async function load(address, how, form) {
  if (busy) return;
  busy = true;
  choosing = false;
  try {
    const answer = await fetch(address, how);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.getElementById("desk");
    if (answer.ok && next) show(next, answer.url);
    else if (form) form.submit();
    else location.assign(address);
  } catch {
    // Perhaps it arrived, perhaps not: what is decided twice is decided once.
    needHtml("status").textContent = words.notSent ?? "";
    waiting.length = 0;
  } finally {
    busy = false;
  }
  while (!busy && waiting.length > 0) press(waiting.shift() ?? "");
}

/**
 * @param {Element} next
 * @param {string} address
 */
function show(next, address) {
  const ticked = new Set([...desk.querySelectorAll("input[name=pick]:checked")].map((box) => box.getAttribute("value")));
  desk.replaceChildren(...next.childNodes);
  history.replaceState(null, "", address.split("#")[0]);
  for (const box of desk.querySelectorAll("input[name=pick]")) {
    if (box instanceof HTMLInputElement) box.checked = ticked.has(box.value);
  }
  needHtml("detail").focus({ preventScroll: true });
  desk.querySelector("li.at")?.scrollIntoView({ block: "nearest" });
  prepare();
}

/** What every page of the workbench needs once it is there. */
function prepare() {
  tellNews();
  const button = document.getElementById("keys-switch");
  if (!button) return;
  needHtml("keys-hint").hidden = false;
  button.setAttribute("aria-pressed", String(areOn()));
  button.addEventListener("click", () => {
    keep("boule-keys", areOn() ? "off" : "on");
    button.setAttribute("aria-pressed", String(areOn()));
  });
}

const areOn = () => recall("boule-keys") !== "off";

// Also while nothing has the focus: they can be switched off.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || !areOn()) return;
  const field = event.target;
  if (field !== document.body && !(field instanceof Node && desk.contains(field))) return;
  const isText = field instanceof HTMLInputElement && field.type !== "checkbox";
  if (isText || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement) return;
  const key = event.key.toLowerCase();
  if (busy) {
    if (/^[jkarxz1-9]$/.test(key)) waiting.push(key);
    return;
  }
  if (press(key)) event.preventDefault();
});

/**
 * Does what a key says. Whether it says anything.
 * @param {string} key
 */
function press(key) {
  const reasons = desk.querySelectorAll("#reasons .reasons button");
  if (choosing && /^[1-9]$/.test(key)) return click(reasons[Number(key) - 1]);
  if (key === "escape") return choose(false);
  if (key === "r") return reasons.length > 0 && choose(true);
  if (key === "x") return click(desk.querySelector("li.at input[name=pick]"));
  if (key === "/") return focusOn(document.getElementById("q"));
  const id = { j: "next", k: "previous", a: "accept", z: "undo" }[key];
  return id !== undefined && click(document.getElementById(id));
}

/**
 * Whether the next digit is a reason.
 * @param {boolean} is
 */
function choose(is) {
  choosing = is;
  needHtml("detail").classList.toggle("choosing", is);
  return true;
}

/** @param {Element | null | undefined} control */
function click(control) {
  if (!(control instanceof HTMLElement)) return false;
  control.click();
  return true;
}

/** @param {HTMLElement | null} field */
function focusOn(field) {
  field?.focus();
  return field !== null;
}

prepare();
