// The picture on the wall of a room: the map and the counts as they come, at most every few seconds.

import { Live } from "./live.js";
import { OpinionMap } from "./map.js";
import { needHtml } from "./page.js";

/** Calm: a room that looks at it is no ticker. */
const APART_MS = 5_000;
/** What does not come live, such as the finding, is drawn anew so often. */
const ANEW_MS = 300_000;

const map = document.getElementById("map") ? new OpinionMap() : null;
let shown = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let later;
/** @type {ServerFrame | null} */
let latest = null;

function show() {
  later = undefined;
  if (!latest) return;
  shown = Date.now();
  if ("counts" in latest) {
    const { lang } = document.documentElement;
    needHtml("wall-people").textContent = latest.counts.participants.toLocaleString(lang);
    needHtml("wall-votes").textContent = latest.counts.votes.toLocaleString(lang);
  }
  map?.hear(latest);
  latest = null;
}

new Live(() => (map && !map.settles ? map.version : 0), {
  hear: (frame) => {
    if (frame.t !== "map" && frame.t !== "counts") return;
    latest = frame;
    later ??= setTimeout(show, Math.max(0, shown + APART_MS - Date.now()));
  },
});
setInterval(() => navigator.onLine && location.reload(), ANEW_MS);
