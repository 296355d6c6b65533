// The moderators' workbench: keys, decisions and lists in place, a note when more statements wait, and the live map. Without this
// script the same forms and links do the same.

import { Live } from "./live.js";
import { OpinionMap } from "./map.js";
import { fill, keysAreOn, needHtml, showKeysSwitch, words } from "./page.js";

const desk = needHtml("desk");
const map = new OpinionMap();

/** Keys that were pressed while a page was on its way, for what comes then. @type {string[]} */
const waiting = [];
let busy = false;
/** The statement that is on its way, where a link leads to it: keys that decide wait for it, and for no other. @type {string | null} */
let coming = null;
/** Statements that are ticked, also on other pages of the list. @type {Set<string>} */
const picked = new Set();
/** Whether the next digit is a reason. */
let choosing = false;
/** The last key, and when: one that decides and is pressed twice at once was meant once. */
let last = { key: "", at: 0 };
/** Sooner than this nobody has read the next statement. */
const BOUNCE_MS = 200;
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
  if (!(form instanceof HTMLFormElement)) return;
  // What was ticked is looked at on a page of its own.
  if (form.id === "bulk") return bringPicked(form);
  event.preventDefault();
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form, event.submitter)) {
    if (typeof value === "string") body.append(name, value);
  }
  // What is decided on by itself is ticked no more.
  if (form.method === "post") picked.delete(body.get("statement") ?? "");
  if (form.method === "post") load(form.action, { method: "POST", body });
  else load(`${form.action}?${body}`, {}, "q");
});

desk.addEventListener("change", (event) => {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || box.name !== "pick") return;
  if (box.checked) picked.add(box.value);
  else picked.delete(box.value);
});

/** @param {HTMLFormElement} form */
function bringPicked(form) {
  const here = new FormData(form).getAll("pick");
  for (const statement of picked) {
    if (here.includes(statement)) continue;
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "pick", value: statement });
    form.append(field);
  }
}

desk.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || !(event.target instanceof Element)) return;
  const link = event.target.closest("a");
  const here = new URL(location.href);
  if (!link || new URL(link.href).pathname !== here.pathname) return;
  event.preventDefault();
  load(link.href, {});
});

// A second click at the same place may be on the next statement.
desk.addEventListener("click", (event) => {
  if (event.detail > 1 && event.target instanceof Element && event.target.closest("button")) event.preventDefault();
}, true);

/**
 * Brings a page in place. Keys that are pressed meanwhile wait for it.
 * @param {string} address
 * @param {RequestInit} how
 * @param {string} focus what has the focus then
 */
async function load(address, how, focus = "detail") {
  if (busy) return;
  busy = true;
  desk.setAttribute("aria-busy", "true");
  choosing = false;
  coming = how.method === "POST" ? null : new URL(address).searchParams.get("at");
  try {
    const answer = await fetch(address, how);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.getElementById("desk");
    // What was refused comes back with the reason, and with what was typed.
    if ((answer.ok || answer.status === 422) && next) show(page, next, answer.url, focus);
    // Signed out meanwhile, or no longer allowed: the page itself says so, and nothing was decided.
    else if (how.method === "POST") location.reload();
    else location.assign(address);
  } catch {
    // Perhaps it arrived, perhaps not: what is decided twice is decided once.
    needHtml("status").textContent = words.notSent ?? "";
    waiting.length = 0;
  } finally {
    busy = false;
    desk.removeAttribute("aria-busy");
  }
  // Keys were meant for the statement that was on its way.
  if (desk.hasAttribute("data-late") || coming !== null && coming !== here()) waiting.length = 0;
  while (!busy && waiting.length > 0) press(waiting.shift() ?? "");
}

/** The statement that is shown in full. */
const here = () => desk.querySelector("#decide")?.getAttribute("data-here") ?? null;

/** Whether the list stands beside the statement. */
const isWide = () => matchMedia("(min-width: 48rem)").matches;

/**
 * @param {Document} page
 * @param {Element} next
 * @param {string} address
 * @param {string} focus
 */
function show(page, next, address, focus) {
  desk.toggleAttribute("data-late", next.hasAttribute("data-late"));
  desk.replaceChildren(...next.childNodes);
  const refused = document.getElementById("refused");
  pending = Number(needHtml("queue-news").dataset.pending ?? 0);
  // What was refused has no address of its own.
  if (!refused) history.replaceState(null, "", address.split("#")[0]);
  for (const box of desk.querySelectorAll("input[name=pick]")) {
    if (box instanceof HTMLInputElement) box.checked = picked.has(box.value);
  }
  const field = refused ? document.getElementById("texts") ?? refused : needHtml(focus);
  field.focus({ preventScroll: true });
  if (field instanceof HTMLInputElement) field.setSelectionRange(field.value.length, field.value.length);
  else if (isWide()) desk.querySelector("li.at")?.scrollIntoView({ block: "nearest" });
  else field.scrollIntoView({ block: "start" });
  needHtml("status").textContent = page.getElementById("status")?.textContent ?? "";
  prepare();
}

/** What every page of the workbench needs once it is there. */
function prepare() {
  tellNews();
  // Who decides nothing has no keys.
  if (document.getElementById("keys-switch")) showKeysSwitch();
}

// Also while nothing has the focus: they can be switched off.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || !keysAreOn()) return;
  const field = event.target;
  if (field !== document.body && !(field instanceof Node && desk.contains(field))) return;
  const isText = field instanceof HTMLInputElement && field.type !== "checkbox";
  if (isText || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement) return;
  const key = event.key.toLowerCase();
  const again = key === last.key && event.timeStamp - last.at < BOUNCE_MS;
  last = { key, at: event.timeStamp };
  if (again && /^[a1-9]$/.test(key)) return;
  if (busy) {
    if (/^[jkxz]$/.test(key) || coming !== null && /^[ar1-9]$/.test(key)) waiting.push(key);
    return;
  }
  if (press(key)) event.preventDefault();
});

/**
 * Does what a key says. Whether it says anything.
 * @param {string} key
 */
function press(key) {
  const reasons = desk.querySelectorAll("#reasons [data-rule]");
  if (choosing && /^[1-9]$/.test(key)) return click(reasons[Number(key) - 1]);
  if (key === "escape") return choose(false);
  if (key === "r") return reasons.length > 0 && choose(true);
  if (key === "x") return click(desk.querySelector("li.at input[name=pick]"));
  if (key === "s") return openMore();
  if (key === "m") return click(desk.querySelector("[data-merge]"));
  if (key === "?") return tellKeys();
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

/** Goes to where the keys are told. */
function tellKeys() {
  document.getElementById("keys-hint")?.scrollIntoView({ block: "center" });
  return focusOn(document.getElementById("keys-switch"));
}

/** Opens the place where a statement is split or worded anew. */
function openMore() {
  const more = document.getElementById("more");
  if (!(more instanceof HTMLDetailsElement)) return false;
  more.open = true;
  return focusOn(document.getElementById("texts") ?? document.getElementById("split"));
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
