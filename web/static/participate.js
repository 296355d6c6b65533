// The voting page: without this script its forms do the same.

import { Live } from "./live.js";
import { OpinionMap } from "./map.js";
import { startSubmitting } from "./submit.js";
import { startVoting } from "./voting.js";

const map = new OpinionMap();
/** @type {Listener[]} */
const parts = [map];
const live = new Live(() => map.version, {
  hear: (frame) => parts.forEach((part) => part.hear(frame)),
  lost: () => parts.forEach((part) => part.lost?.()),
  busy: () => parts.some((part) => part.busy?.()),
});
// A conversation that is not open has no card.
if (document.getElementById("card")) parts.push(startVoting(live), startSubmitting(live));
