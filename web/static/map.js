// Draws the opinion map from frames, just as the server draws it (src/http/map_view.rs).

import { fill, need, needHtml, words } from "./page.js";

const WIDTH = 640;
const HEIGHT = 420;
const MARGIN = 44;
const COLOURS = 5;

export class OpinionMap {
  #figure = needHtml("map");
  /** @type {MapOf | null} */
  #map = null;
  /** @type {You | null} */
  #you = null;
  #due = false;

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
    if (this.#due) return;
    this.#due = true;
    requestAnimationFrame(() => {
      this.#due = false;
      if (this.#map) this.#draw(this.#map);
    });
  }

  /** @param {MapOf} map */
  #draw(map) {
    const { groups, cells, version } = map;
    const you = this.#you?.version === version ? this.#you : null;
    /** @type {Point[]} */
    const points = cells.map(([x, y]) => /** @type {Point} */ ([x, y]));
    const { at, scale } = frameAround(points);
    const letters = new Map(groups.map(({ label }) => [label, letterIndex(label) % COLOURS]));

    put("map-hulls", groups.map(({ hull, label }) => {
      const d = hull.map((point, i) => `${i ? "L" : "M"}${at(point).join(" ")}`).join("");
      return shape("path", { class: `hull g${letters.get(label)}`, d: d && `${d}Z` });
    }));
    const vague = cells.map(([, , , people, unsure]) => 2 * unsure > people);
    put("map-dots", cells.map(([x, y, group, people], i) => {
      const [cx, cy] = at([x, y]);
      const r = Math.min(2.5 + 1.5 * Math.sqrt(people), 14).toFixed(1);
      return shape("circle", { class: `dot g${group % COLOURS}${vague[i] ? " vague" : ""}`, cx, cy, r });
    }));
    put("map-labels", groups.map(({ centre, label }) => {
      const [x, y] = at(centre);
      return shape("text", { class: "letter", x, y }, label);
    }));
    const own = you && inside(at([you.x, you.y]));
    put("map-around", own ? [around(own, you.radius * scale)] : []);
    put("map-you", own ? here(own) : []);

    const vaguely = needHtml("map-vague");
    const unsure = unsureIn(map);
    vaguely.textContent = vague.includes(true) ? ` ${fill(vaguely.dataset.text, { n: unsure, placed: map.placed })}` : "";
    needHtml("map-reach").hidden = !you;

    const missing = document.getElementById("map-missing");
    if (missing) {
      missing.hidden = map.placed_needed === 0;
      missing.textContent = fill(missing.dataset.text, { n: map.placed_needed, placed: map.placed });
    }
    this.#figure.querySelector("svg")?.toggleAttribute("hidden", map.placed_needed > 0);
    this.#tell(map, you);
    this.#figure.dataset.version = String(version);
  }

  /**
   * The same in words and numbers.
   * @param {MapOf} map
   * @param {You | null} you
   */
  #tell(map, you) {
    const { groups, placed, placed_needed, version, status, status_version, settling, late } = map;
    const unsure = unsureIn(map);
    const finding = needHtml("map-finding");
    const divided = groups.length > 1;
    if (placed_needed === 0) {
      const found = divided ? fill(words.groups, { groups: groups.length, placed }) : finding.dataset.one;
      finding.textContent = found ?? "";
      const caption = this.#figure.querySelector("caption");
      if (caption) caption.textContent = found ?? "";
    }
    const told = needHtml("map-status");
    const known = status === "no_clear_groups" ? "none" : status ?? "unknown";
    const doubt = 2 * unsure > placed ? "clearMost" : unsure > 0 ? "clearSome" : "clear";
    const verdict = fill(told.dataset[known === "clear" ? doubt : known], { n: unsure, placed });
    const about = divided || known === "none"
      ? [verdict, status ? fill(told.dataset.at, { n: status_version ?? 0 }) : ""]
      : [];
    const soon = settling ? fill(told.dataset.settling, { n: settling }) : "";
    told.textContent = placed_needed === 0 ? [...about, soon].filter(Boolean).join(" ") : "";
    const own = divided && groups.find((group) => group.label === you?.group);
    needHtml("you-are").textContent = own ? fill(words.yourGroup, { group: own.label }) : "";
    const sizes = groups.map(({ size }) => size);
    const shares = percents([...sizes, Math.max(0, placed - sizes.reduce((sum, size) => sum + size, 0))]);
    put("map-rows", groups.map(({ label, size }, at) => {
      const row = document.createElement("tr");
      const head = document.createElement("th");
      head.scope = "row";
      head.textContent = label;
      row.append(head);
      row.insertCell().textContent = String(size);
      row.insertCell().textContent = `${shares[at]} %`;
      return row;
    }));
    this.#figure.dataset.settles = String(Boolean(settling));
    needHtml("map-version").textContent = String(version);
    needHtml("map-late").hidden = !late;
  }
}

/**
 * People who may belong to another group than they are drawn in.
 * @param {MapOf} map
 */
function unsureIn({ cells }) {
  return cells.reduce((sum, cell) => sum + cell[4], 0);
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

/**
 * From map units to the drawing's: both axes by the same factor, or distances would lie.
 * @param {Point[]} points
 * @returns {{ at: (point: Point) => [string, string], scale: number }}
 */
function frameAround(points) {
  const axes = [0, 1].map((axis) => {
    let low = Infinity;
    let high = -Infinity;
    for (const point of points) {
      low = Math.min(low, point[axis]);
      high = Math.max(high, point[axis]);
    }
    const room = (axis ? HEIGHT : WIDTH) - 2 * MARGIN;
    return { middle: low > high ? 0 : (low + high) / 2, fit: high > low ? room / (high - low) : Infinity };
  });
  const fit = Math.min(axes[0].fit, axes[1].fit);
  const scale = Number.isFinite(fit) ? fit : 1;
  /** @type {(point: Point) => [string, string]} */
  const at = ([x, y]) => [
    (WIDTH / 2 + (x - axes[0].middle) * scale).toFixed(1),
    (HEIGHT / 2 - (y - axes[1].middle) * scale).toFixed(1),
  ];
  return { at, scale };
}

/**
 * Who stands outside all crowds is drawn at the edge.
 * @param {[string, string]} at
 * @returns {[string, string]}
 */
function inside([x, y]) {
  const within = (/** @type {string} */ value, /** @type {number} */ size) =>
    Math.min(Math.max(Number(value), MARGIN / 2), size - MARGIN / 2).toFixed(1);
  return [within(x, WIDTH), within(y, HEIGHT)];
}

/**
 * A letter's place in the alphabet: A is 0, Z is 25, AA is 26.
 * @param {string} label
 */
function letterIndex(label) {
  return [...label].reduce((index, letter) => 26 * index + letter.charCodeAt(0) - 64, 0) - 1;
}

/**
 * @param {[string, string]} at
 * @param {number} reach how far the position may be off
 */
function around([x, y], reach) {
  return shape("circle", { class: "reach", cx: x, cy: y, r: Math.min(reach, WIDTH / 2).toFixed(1) });
}

/** @param {[string, string]} at */
function here([x, y]) {
  return [
    shape("circle", { class: "you", cx: x, cy: y, r: "9" }),
    shape("text", { class: "you-label", x, y, dy: "-14" }, words.you),
  ];
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
