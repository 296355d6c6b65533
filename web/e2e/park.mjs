// What most tests stand on: a server, a browser, and an open conversation at /c/park.

import { after, before } from "node:test";
import { launch, openConversation } from "./browser.mjs";
import { serve } from "./server.mjs";

/**
 * The server and the browser of a file's tests: started before the first of them, ended after the last.
 * @returns {{server: import("./server.mjs").Server, browser: import("playwright-core").Browser}}
 */
export function park() {
  const its = /** @type {ReturnType<typeof park>} */ ({});
  before(async () => {
    [its.server, its.browser] = await Promise.all([serve(), launch()]);
    await (await openConversation(its.browser, its.server)).leave();
  });
  after(async () => {
    await its.browser?.close();
    await its.server?.stop();
  });
  return its;
}
