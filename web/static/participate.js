// The voting page: without this script its forms do the same.

import { Live } from "./live.js";
import { OpinionMap } from "./map.js";
import { needHtml } from "./page.js";
import { startSubmitting } from "./submit.js";
import { startVoting } from "./voting.js";

const map = new OpinionMap();
/** @type {Listener[]} */
const parts = [map];
// What is hidden was not seen, whatever its version: it may be open when this page comes back.
const seen = () => (needHtml("results-map").hidden ? 0 : map.version);
const live = new Live(seen, {
  hear: (frame) => parts.forEach((part) => part.hear(frame)),
  lost: () => parts.forEach((part) => part.lost?.()),
  busy: () => parts.some((part) => part.busy?.()),
});
// A conversation that is not open has no card.
if (document.getElementById("card")) parts.push(startVoting(live), startSubmitting(live));
