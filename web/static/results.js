// The results page: the map follows the votes; nothing else moves while it is read.

import { Live } from "./live.js";
import { OpinionMap } from "./map.js";

if (document.getElementById("map")) {
  const map = new OpinionMap();
  new Live(() => map.version, map);
}
