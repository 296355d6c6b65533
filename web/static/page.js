// Small tools that every page's script uses.

/**
 * The element with this id, which the page must have.
 * @template {Element} T
 * @param {string} id
 * @param {new () => T} kind
 * @returns {T}
 */
export function need(id, kind) {
  const element = document.getElementById(id);
  if (element instanceof kind) return element;
  throw new Error(`the page has no #${id}`);
}

/** @param {string} id */
export const needHtml = (id) => need(id, HTMLElement);

/** The words that the page brings for its script. */
export const words = needHtml("conversation").dataset;

/** The conversation's part of addresses. */
export const slug = words.slug ?? "";

/**
 * Puts values into `{name}` places.
 * @param {string | undefined} template
 * @param {Record<string, string | number>} values
 */
export function fill(template = "", values) {
  const { lang } = document.documentElement;
  return template.replace(/\{(\w+)\}/g, (whole, name) => (values[name] ?? whole).toLocaleString(lang));
}

/** @param {string | undefined} text what screen readers say, too */
export function say(text = "") {
  needHtml("status").textContent = text;
}

/** A name for an operation that nobody else has. */
export function newOperation() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Posts a form as if there were no script.
 * @param {HTMLFormElement} form
 * @param {Record<string, string>} fields
 */
export function postForm(form, fields) {
  for (const [name, value] of Object.entries(fields)) {
    const old = form.elements.namedItem(name);
    const field = old instanceof HTMLInputElement ? old : document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    form.append(field);
  }
  form.submit();
}

/** @param {string} key */
export function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/**
 * A browser that keeps nothing is no reason to fail.
 * @param {string} key
 * @param {string} value
 */
export function keep(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {}
}

/**
 * Single keys that work while the focus is inside `area`, until they are switched off.
 * @param {HTMLElement} area
 * @param {(key: string) => boolean} press whether it did something with this key
 */
export function listenToKeys(area, press) {
  showKeysSwitch();
  area.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || !keysAreOn()) return;
    if (press(event.key.toLowerCase())) event.preventDefault();
  });
}

/** Also where the browser keeps nothing, the switch works as long as the page is open. */
let keysOn = recall("boule-keys") !== "off";

/** Whether single keys do something. */
export const keysAreOn = () => keysOn;

/** Shows the switch for single keys, as it stands. */
export function showKeysSwitch() {
  const button = needHtml("keys-switch");
  const show = () => button.setAttribute("aria-pressed", String(keysAreOn()));
  needHtml("keys-hint").hidden = false;
  show();
  button.addEventListener("click", () => {
    keysOn = !keysOn;
    keep("boule-keys", keysOn ? "on" : "off");
    show();
  });
}
