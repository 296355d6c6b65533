// Draws the opinion map from frames: the picture is the server's (src/drawing), the words are the page's.

import { fill, need, needHtml, words } from "./page.js";

const COLOURS = 5;
/** Screen readers hear of a new map at most so often. */
const SAID_APART_MS = 30_000;

export class OpinionMap {
  #figure = needHtml("map");
  #shapes = (this.#figure.dataset.shapes ?? "").split("|");
  /** @type {MapOf | null} */
  #map = null;
  /** @type {You | null} */
  #you = null;
  #due = false;
  #said = 0;

  constructor() {
    document.addEventListener("visibilitychange", () => this.#drawSoon());
  }

  /** The version that is shown. */
  get version() {
    return Number(this.#figure.dataset.version);
  }

  /** Whether its number of groups may change without a new version. */
  get settles() {
    return this.#figure.dataset.settles === "true";
  }

  /**
   * Takes a frame; what comes together is drawn together.
   * @param {ServerFrame} frame
   */
  hear(frame) {
    if (frame.t === "map") this.#map = frame;
    else if (frame.t === "you") this.#you = frame;
    else return;
    this.#drawSoon();
  }

  /** Nothing is drawn while nobody looks. */
  #drawSoon() {
    if (this.#due || document.hidden || !this.#map) return;
    this.#due = true;
    requestAnimationFrame(() => {
      this.#due = false;
      if (this.#map) this.#draw(this.#map);
    });
  }

  /** @param {MapOf} map */
  #draw(map) {
    const { drawing, groups, version } = map;
    const you = this.#you?.version === version ? this.#you : null;
    const isShown = map.placed_needed === 0;
    const drawn = isShown ? drawing.groups : [];
    const names = new Map(groups.map(({ label }) => [letterIndex(label), label]));

    put("map-areas", drawn.map(({ letter, area }) => shape("path", { class: `area ${hue(letter)}`, d: area })));
    put("map-marks", drawn.flatMap(({ letter, marks, hollow }) => [
      shape("path", { class: `marks ${hue(letter)}`, d: this.#marks(letter, marks) }),
      shape("path", { class: `marks hollow ${hue(letter)}`, d: this.#marks(letter, hollow) }),
    ]));
    put("map-badges", drawn.flatMap(({ letter, badge }) => (badge ? [letterBadge(letter, badge, names)] : [])));
    put("map-around", you ? [around(you.mark)] : []);
    put("map-you", you ? [here(you.mark)] : []);

    const mark = needHtml("map-mark");
    mark.textContent = fill(mark.dataset.text, { n: drawing.people_per_mark });
    needHtml("map-hollow").hidden = !drawn.some(({ hollow }) => hollow.length > 0);
    needHtml("map-reach").hidden = !you;
    const missing = document.getElementById("map-missing");
    if (missing) {
      missing.hidden = isShown;
      missing.textContent = fill(missing.dataset.text, { n: map.placed_needed, placed: map.placed });
    }
    for (const part of ["svg", ".keys"]) this.#figure.querySelector(part)?.toggleAttribute("hidden", !isShown);
    needHtml("map-note").hidden = !isShown && !map.late;
    this.#tell(map, you);
    this.#figure.dataset.version = String(version);
  }

  /**
   * @param {number} letter
   * @param {Point[]} places
   */
  #marks(letter, places) {
    return places.map(([x, y]) => `M${x} ${y}${this.#shapes[letter % COLOURS]}`).join("");
  }

  /**
   * The same in words and numbers.
   * @param {MapOf} map
   * @param {You | null} you
   */
  #tell(map, you) {
    const { groups, placed, placed_needed, status, settling, late } = map;
    const finding = needHtml("map-finding");
    const divided = groups.length > 1;
    if (placed_needed === 0) {
      const found = divided ? fill(words.groups, { groups: groups.length, placed }) : finding.dataset.one;
      finding.textContent = found ?? "";
      this.#announce(found ?? "");
    }
    const told = needHtml("map-status");
    const known = status === "no_clear_groups" ? "none" : status ?? "unknown";
    const unsure = unsureIn(map);
    const about = divided || known === "none"
      ? [
        told.dataset[known],
        status && map.status_version !== map.version ? told.dataset.earlier : "",
        unsure ? fill(told.dataset.unsure, { n: unsure, placed }) : "",
      ]
      : [];
    const soon = settling ? fill(told.dataset.settling, { n: settling }) : "";
    told.textContent = placed_needed === 0 ? [...about, soon].filter(Boolean).join(" ") : "";
    const own = divided && groups.find((group) => group.label === you?.group);
    needHtml("you-are").textContent = own ? fill(words.yourGroup, { group: own.label }) : "";
    this.#tabulate(map);
    this.#figure.dataset.settles = String(Boolean(settling));
    const at = needHtml("map-at");
    at.textContent = fill(at.dataset.text, { at: moment(map.at_ms, at.dataset.zone) });
    needHtml("map-late").hidden = !late;
  }

  /** @param {MapOf} map */
  #tabulate(map) {
    const { groups, placed } = map;
    const sizes = groups.map(({ size }) => size);
    const shares = percents([...sizes, Math.max(0, placed - sizes.reduce((sum, size) => sum + size, 0))]);
    put("map-rows", groups.map(({ label, size }, at) => {
      const row = document.createElement("tr");
      const head = document.createElement("th");
      head.scope = "row";
      head.textContent = label;
      row.append(head);
      const unsure = unsureIn(map, letterIndex(label));
      for (const text of [amount(size), fill(this.#figure.dataset.percent, { n: shares[at] }), amount(unsure)]) {
        const cell = row.insertCell();
        cell.className = "r";
        cell.textContent = text;
      }
      return row;
    }));
  }

  /**
   * Calm: what is said is said once, and at most twice a minute.
   * @param {string} text
   */
  #announce(text) {
    const said = document.getElementById("map-said");
    if (!said || said.textContent === text || Date.now() - this.#said < SAID_APART_MS) return;
    this.#said = Date.now();
    said.textContent = text;
  }
}

/**
 * People who may belong to another group than they are drawn in.
 * @param {MapOf} map
 * @param {number} [letter] of one group only
 */
function unsureIn({ cells }, letter) {
  const own = cells.filter((cell) => letter === undefined || cell[2] === letter);
  return own.reduce((sum, cell) => sum + cell[4], 0);
}

/**
 * Whole percents that add up to 100, as the server has them (src/disclosure/shares.rs).
 * @param {number[]} parts
 */
function percents(parts) {
  const whole = parts.reduce((sum, part) => sum + part, 0) || 1;
  const shares = parts.map((part) => Math.floor((100 * part) / whole));
  const missing = 100 - shares.reduce((sum, share) => sum + share, 0);
  const byRemainder = parts.map((part, at) => ({ at, left: (100 * part) % whole }));
  byRemainder.sort((a, b) => b.left - a.left || a.at - b.at);
  for (const { at } of byRemainder.slice(0, missing)) shares[at] += 1;
  return shares;
}

/** @param {number} number as this language writes it */
const amount = (number) => number.toLocaleString(document.documentElement.lang);

/**
 * A time of day, in the city's zone, and the day unless it is today.
 * @param {number} ms
 * @param {string} [zone]
 */
function moment(ms, zone) {
  /** @type {Intl.DateTimeFormatOptions} */
  const day = Date.now() - ms < 43_200_000 ? {} : { day: "numeric", month: "long", year: "numeric" };
  /** @type {Intl.DateTimeFormatOptions} */
  const how = { ...day, hour: "numeric", minute: "2-digit", hourCycle: "h23", timeZone: zone || undefined };
  return new Date(ms).toLocaleString(document.documentElement.lang, how);
}

/**
 * A letter's place in the alphabet: A is 0, Z is 25, AA is 26.
 * @param {string} label
 */
function letterIndex(label) {
  return [...label].reduce((index, letter) => 26 * index + letter.charCodeAt(0) - 64, 0) - 1;
}

/** @param {number} letter */
const hue = (letter) => `g${letter % COLOURS}`;

/**
 * @param {number} letter
 * @param {Point} at
 * @param {Map<number, string>} names
 */
function letterBadge(letter, [x, y], names) {
  const badge = shape("g", { class: `badge ${hue(letter)}`, transform: `translate(${x} ${y})` });
  badge.append(shape("use", { href: `#m${letter % COLOURS}` }), shape("text", {}, names.get(letter)));
  return badge;
}

/** @param {OwnMark} mark */
function around({ at: [x, y], reach }) {
  return shape("circle", { class: "reach", cx: String(x), cy: String(y), r: String(reach) });
}

/** @param {OwnMark} mark */
function here({ at: [x, y], label }) {
  const you = shape("g", { class: `you ${label}`, transform: `translate(${x} ${y})` });
  you.append(shape("circle", { r: "8" }), shape("text", {}, words.you));
  return you;
}

/**
 * @param {string} name
 * @param {Record<string, string>} attributes
 * @param {string} [text]
 */
function shape(name, attributes, text) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text) element.textContent = text;
  return element;
}

/**
 * @param {string} id
 * @param {Element[]} children
 */
function put(id, children) {
  need(id, Element).replaceChildren(...children);
}
