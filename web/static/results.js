// The results page: everything on it is of one moment, and stays so while it is read. When there is
// something newer, it says so.

import { Live } from "./live.js";
import { needHtml } from "./page.js";

const map = document.getElementById("map");
if (map) {
  const shown = Number(map.dataset.version);
  // A map that is settling changes once more without a new version.
  new Live(() => (map.dataset.settles === "true" ? 0 : shown), {
    hear: (frame) => {
      if (frame.t !== "map" && frame.t !== "counts") return;
      const settled = frame.t === "map" && map.dataset.settles === "true" && !frame.settling;
      if (frame.version > shown || settled) needHtml("newer").hidden = false;
    },
  });
}
