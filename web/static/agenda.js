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
  // Enter in a field of an own item presses the first button.
  const field = document.activeElement?.getAttribute("name") ?? "";
  send(field.startsWith("own-") ? "own" : pressed.value, pressed.id || pressed.closest("[id]")?.id);
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
  sending = sending.then(() => post(what, focus)).catch(notSent);
}

/** Nothing came back: perhaps it arrived, perhaps not. What is typed stays where it is. */
function notSent() {
  const status = form()?.querySelector(".status span");
  if (status) status.textContent = form()?.dataset.notSent ?? "";
}

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field */
/** @typedef {Map<string, {value: string, isNew: boolean}>} Sent the fields as they were sent, and whether that was typed here */

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
  for (const [name, value] of new FormData(sent)) {
    // A half-written item of one's own waits for its button.
    if (typeof value === "string" && (what === "own" || !name.startsWith("own-"))) body.append(name, value);
  }
  body.append("do", what);
  const before = new Map([...fields()].map(([key, field]) => [key, { value: field.value, isNew: isChanged(field) }]));
  unsent.clear();
  // Whoever leaves by a link has it saved all the same; a longer body browsers refuse to carry on with.
  const keepalive = body.toString().length < 60_000;
  const answer = await fetch(sent.action, { method: "POST", body, keepalive });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = page.querySelector("main");
  // Signed out meanwhile, or refused as a whole: nothing was done, and sent plainly it is kept until after the sign-in.
  if (!next?.querySelector("form#agenda")) return submitPlainly(what);
  show(next, before, focus, what);
}

/**
 * Puts what came back in the place of what is there. What was typed meanwhile stays, and the focus stays where it is.
 * @param {Element} next
 * @param {Sent} before
 * @param {string | undefined} focus
 * @param {string} what the button
 */
function show(next, before, focus, what) {
  const others = unsavedElsewhere(what);
  const isTyped = (/** @type {string} */ key, /** @type {Field} */ field) =>
    field.type !== "hidden" && before.has(key) && field.value !== before.get(key)?.value;
  const typed = [...fields()].filter(([key, field]) => isTyped(key, field));
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
    // Where a colleague has saved something else there, the mark stays the one from before, so that it is a conflict.
    // What was typed and sent comes back as it was saved, without a space at its end: that is no colleague's.
    const sent = before.get(key);
    if (sent && !sent.isNew && same.value !== sent.value) keepMark(now, field.name, before);
    same.value = field.value;
    unsent.add(key);
  }
  others();
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
  sent.append(Object.assign(document.createElement("input"), { type: "hidden", name: "do", value: what }));
  sent.submit();
}

/**
 * @param {Map<string, Field>} now
 * @param {string} name a field that was typed in
 * @param {Sent} before
 */
function keepMark(now, name, before) {
  const [kind, item] = name.split("-");
  const group = { minutes: "plan", goal: "plan", notes: "background", title: "background", by: "background", link: "background" }[kind] ?? kind;
  const key = `was-${kind === "session" ? "session" : `${group}-${item}`} 0`;
  const mark = now.get(key);
  const old = before.get(key);
  if (mark && old) mark.value = old.value;
}

/**
 * Whether a field has something else than it came with.
 * @param {Field} field
 */
function isChanged(field) {
  if (field instanceof HTMLSelectElement) return [...field.options].some((option) => option.selected !== option.defaultSelected);
  return field.value !== field.defaultValue || (field instanceof HTMLInputElement && field.checked !== field.defaultChecked);
}

/**
 * What stands in fields that are not saved by themselves: comments, searches, reasons, ticks. It is put back later.
 * @param {string} what the button, whose own fields are done with
 */
function unsavedElsewhere(what) {
  const [verb, item] = what.split("-");
  const isDone = (/** @type {string} */ name) => (verb === "own" && name.startsWith("own-")) || name.endsWith(`-${item}`);
  /** @type {(() => void)[]} */
  const again = [];
  const seen = new Map();
  for (const field of main?.querySelectorAll("input:not([type=hidden]), textarea, select") ?? []) {
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement)) continue;
    const selector = `[name="${CSS.escape(field.name)}"]`;
    const at = seen.get(field.name) ?? 0;
    seen.set(field.name, at + 1);
    if (isSaved(field) || isDone(field.name)) continue;
    const { value } = field;
    const checked = field instanceof HTMLInputElement && field.checked;
    if (!isChanged(field)) continue;
    again.push(() => {
      const same = main?.querySelectorAll(selector)[at];
      if (same instanceof HTMLInputElement && ["checkbox", "radio"].includes(same.type)) same.checked = checked;
      else if (same instanceof HTMLInputElement || same instanceof HTMLTextAreaElement || same instanceof HTMLSelectElement) same.value = value;
    });
  }
  return () => again.forEach((put) => put());
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
