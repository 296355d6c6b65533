// Making an agenda without loading pages: what is typed is saved when the field is left, buttons act in place, items can be
// dragged. Without this script the same form does the same.

/** Whether something is being sent; what is asked for meanwhile waits for it. */
let sending = Promise.resolve();

const main = document.querySelector("main");

/** Fields that were typed in while something was sent: the browser does not tell when they are left. @type {Set<string>} */
const unsent = new Set();

/** @returns {HTMLFormElement | null} */
const form = () => document.querySelector("form#agenda");

main?.addEventListener("submit", (event) => {
  const pressed = event.submitter;
  if (event.target !== form() || !(pressed instanceof HTMLButtonElement)) return;
  event.preventDefault();
  send(pressed.value, pressed.id || pressed.closest("[id]")?.id);
});

main?.addEventListener("change", (event) => {
  if (event.target instanceof HTMLElement && isSaved(event.target)) saveSoon();
});

main?.addEventListener("focusout", () => {
  if (unsent.size > 0) saveSoon();
});

/** The button that took the focus away says what is to be done: it saves, too. */
function saveSoon() {
  setTimeout(() => {
    if (document.activeElement instanceof HTMLButtonElement && document.activeElement.form === form()) return;
    send("save", undefined);
  });
}

main?.addEventListener("click", (event) => {
  const button = event.target;
  if (!(button instanceof HTMLButtonElement) || !button.dataset.suggested) return;
  const field = document.getElementById(`question-${button.dataset.suggested}`);
  if (!(field instanceof HTMLTextAreaElement)) return;
  field.value = field.placeholder;
  field.focus();
});

main?.addEventListener("keydown", (event) => {
  const item = event.target instanceof Element && event.target.closest("[data-item]");
  if (!item || !event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  const button = document.getElementById(`${event.key === "ArrowUp" ? "up" : "down"}-${item.getAttribute("data-item")}`);
  if (button instanceof HTMLButtonElement && !button.disabled) send(button.value, button.id);
});

/**
 * Fields that are part of what is saved; the others go with a button.
 * @param {HTMLElement} field
 */
function isSaved(field) {
  const name = field.getAttribute("name") ?? "";
  return field.getAttribute("form") === "agenda" && /^(question|minutes|goal|notes|title|by|link|session)-/.test(name);
}

/**
 * Sends the form as if this button was pressed, and shows what comes back.
 * @param {string} what
 * @param {string | undefined} focus
 */
function send(what, focus) {
  sending = sending.then(() => post(what, focus)).catch(() => submitPlainly(what));
}

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field */

/** The form's fields by name and place among those of that name. @returns {Map<string, Field>} */
function fields() {
  const all = new Map();
  for (const field of form()?.elements ?? []) {
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement)) continue;
    let at = 0;
    while (all.has(`${field.name} ${at}`)) at++;
    all.set(`${field.name} ${at}`, field);
  }
  return all;
}

/**
 * @param {string} what
 * @param {string | undefined} focus
 */
async function post(what, focus) {
  const sent = form();
  if (!sent || !main) return;
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(sent)) if (typeof value === "string") body.append(name, value);
  body.append("do", what);
  const before = new Map([...fields()].map(([key, field]) => [key, field.value]));
  unsent.clear();
  const answer = await fetch(sent.action, { method: "POST", body });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = page.querySelector("main");
  // Signed out meanwhile, or something is wrong: the browser shows it.
  if (!next?.querySelector("form#agenda")) throw new Error("another page came back");
  show(next, before, focus);
}

/**
 * Puts what came back in the place of what is there. What was typed meanwhile stays, and the focus stays where it is.
 * @param {Element} next
 * @param {Map<string, string>} before the fields as they were sent
 * @param {string | undefined} focus
 */
function show(next, before, focus) {
  const typed = [...fields()].filter(([key, field]) => before.has(key) && field.value !== before.get(key));
  const active = document.activeElement;
  const place = placeOf(active);
  const caret = active instanceof HTMLTextAreaElement ? [active.selectionStart, active.selectionEnd] : null;
  const open = new Set([...document.querySelectorAll("main details[open][id]")].map((details) => details.id));
  main?.replaceChildren(...next.childNodes);
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  prepare();
  const now = fields();
  for (const [key, field] of typed) {
    const same = now.get(key);
    if (!same) continue;
    same.value = field.value;
    unsent.add(key);
  }
  if (focus) return focusOn(focus);
  const there = place?.();
  there?.focus({ preventScroll: true });
  if (caret && there instanceof HTMLTextAreaElement) there.setSelectionRange(caret[0], caret[1]);
  if ([...unsent].some((key) => now.get(key) !== there)) send("save", undefined);
}

const FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary";

/**
 * Finds the same control again once the page is another: the one with its name in the same part, or the one in its place.
 * @param {Element | null} element
 */
function placeOf(element) {
  const part = element?.parentElement?.closest("[id]");
  if (!element || !part || !main?.contains(element)) return null;
  const { id } = part;
  const at = [...part.querySelectorAll(FOCUSABLE)].indexOf(element);
  const name = element.getAttribute("name");
  return () => {
    const all = [...(document.getElementById(id)?.querySelectorAll(FOCUSABLE) ?? [])];
    const named = name && name !== "do" && all.find((other) => other.getAttribute("name") === name);
    const found = (element.id && document.getElementById(element.id)) || named || all[at];
    return found instanceof HTMLElement ? found : null;
  };
}

/** @param {string | undefined} id */
function focusOn(id) {
  const target = id && document.getElementById(id);
  if (!(target instanceof HTMLElement)) return;
  const gone = target instanceof HTMLButtonElement && target.disabled;
  const item = gone ? target.closest("[data-item]") : target;
  if (!(item instanceof HTMLElement)) return;
  if (item.matches("[data-item]")) item.tabIndex = -1;
  item.focus();
}

/** @param {string} what */
function submitPlainly(what) {
  const sent = form();
  if (!sent) return;
  const pressed = Object.assign(document.createElement("input"), { type: "hidden", name: "do", value: what });
  sent.append(pressed);
  sent.submit();
}

/** Makes the items of a page that has just come movable. */
function prepare() {
  for (const button of document.querySelectorAll("[data-suggested]")) button.removeAttribute("hidden");
  for (const item of document.querySelectorAll("[data-item]")) {
    const head = item.querySelector("h3");
    if (!(head instanceof HTMLElement) || !form()?.querySelector("button[value=save]")) continue;
    head.draggable = true;
    head.addEventListener("dragstart", (event) => {
      event.dataTransfer?.setData("text/plain", item.getAttribute("data-item") ?? "");
    });
    item.addEventListener("dragover", (event) => {
      event.preventDefault();
      item.classList.add("over");
    });
    item.addEventListener("dragleave", () => item.classList.remove("over"));
    item.addEventListener("drop", (event) => {
      event.preventDefault();
      item.classList.remove("over");
      const dragged = event instanceof DragEvent && event.dataTransfer?.getData("text/plain");
      const place = item.getAttribute("data-place");
      if (dragged && dragged !== item.getAttribute("data-item")) send(`to-${dragged}-${place}`, `item-${dragged}`);
    });
  }
}

prepare();
