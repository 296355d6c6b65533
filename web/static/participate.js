// The voting page: without this script its forms do the same.

import { Live } from "./live.js";
import { OpinionMap } from "./map.js";
import { unsent } from "./outbox.js";
import { needHtml } from "./page.js";
import { startSubmitting } from "./submit.js";
import { startVoting } from "./voting.js";

const map = new OpinionMap();
/** @type {Listener[]} */
const parts = [map];
// What is hidden was not seen, whatever its version: it may be open when this page comes back.
// A map that is settling changes once more without a new version.
const seen = () => (needHtml("results-map").hidden || map.settles ? 0 : map.version);
const live = new Live(seen, {
  hear: (frame) => {
    if ("state" in frame) showState(frame.state);
    if (frame.t === "map") showMap();
    parts.forEach((part) => part.hear(frame));
  },
  lost: () => parts.forEach((part) => part.lost?.()),
  busy: () => parts.some((part) => part.busy?.()),
});
/**
 * Shows that the conversation was closed while this page was open, or opened again.
 * @param {string} state
 */
async function showState(state) {
  const notice = needHtml("closed-now");
  if (!document.getElementById("card") || (state !== "closed" && notice.hidden)) return;
  (await import("./closing.js")).showState(state);
}

/** Who is sent a map may see it, also when results were to be shown with the end. */
function showMap() {
  needHtml("results-map").hidden = false;
  needHtml("results-wait").hidden = true;
}

import("./kept.js").then(({ startSwitch }) => startSwitch());
if ("share" in navigator || "clipboard" in navigator) import("./share.js");

// A conversation that is not open has no card.
if (document.getElementById("card")) parts.push(startVoting(live), startSubmitting(live));
// They stay in this browser: should the conversation be opened again, they are sent.
else if (document.getElementById("closed") && unsent().length > 0) {
  import("./closing.js").then(({ listNotCounted }) => listNotCounted(unsent()));
}
