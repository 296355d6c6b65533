import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { after, before, test } from "node:test";
import { launch, visitor, vote } from "../browser.mjs";
import { demo } from "../server.mjs";

/** @type {import("../server.mjs").Server} */
let server;
/** @type {import("playwright-core").Browser} */
let browser;
const WITHIN_MS = 1_000;

before(async () => {
  [server, browser] = await Promise.all([demo(), launch()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test("a vote in one browser is in the map that another one shows within a second", async (t) => {
  const [voter, watcher] = [await visitor(browser, server.url), await visitor(browser, server.url)];
  await Promise.all([voter.page.goto("/c/riverside"), watcher.page.goto("/c/riverside")]);
  // The first map of so quick a crowd comes with the first batch; from then on votes show at once.
  await watcher.page.locator("#map .area").first().waitFor();
  await vote(voter.page, "Pass");
  const waits = [];
  for (let round = 0; round < 5; round++) {
    const before = await version(watcher.page);
    await vote(voter.page, "Agree");
    const start = performance.now();
    await newerThan(watcher.page, before, { polling: 20, timeout: 5_000 });
    waits.push(Math.round(performance.now() - start));
  }
  const median = waits.toSorted((a, b) => a - b)[2];
  assert.ok(median <= WITHIN_MS && Math.max(...waits) <= 3 * WITHIN_MS, `took ${waits.join(", ")} ms`);
  t.diagnostic(`a vote was in the other browser's map after ${waits.join(", ")} ms`);
  const drawn = await watcher.page.locator("#map .area").count();
  const told = await watcher.page.textContent("#map-finding");
  assert.ok(drawn >= 2 && told?.includes(`${drawn} groups`), `${drawn} areas, "${told}"`);
  await voter.leave();
  await watcher.leave();
});

test("who has voted enough sees where they are, as the server draws it", async () => {
  const { page, leave } = await visitor(browser, server.url);
  await page.goto("/c/riverside");
  for (let n = 0; n < 7; n++) await vote(page, "Agree");
  const before = await version(page);
  await vote(page, "Agree");
  await page.locator("#map-you .you").waitFor();
  await page.getByText("You stand closest to group").waitFor();
  await newerThan(page, before);
  const shapes = () => page.$$eval("#map svg g > *, #map-around > *", (all) => all.map((one) =>
    [...one.attributes].map(({ name, value }) => `${name}=${value}`).sort().join(" ")));
  const words = () => page.locator("#map figcaption").innerText();
  // What is found out about the groups may be published between the two looks: then once more.
  for (let tries = 0; ; tries++) {
    const live = [await shapes(), await words()];
    await page.reload();
    const drawn = [await shapes(), await words()];
    if (isDeepStrictEqual(live, drawn)) break;
    if (tries === 3) assert.deepEqual(live, drawn);
  }
  await leave();
});

/** The version of the map that a page shows. @param {import("playwright-core").Page} page */
function version(page) {
  return page.evaluate(() => Number(document.getElementById("map")?.dataset.version));
}

/**
 * Waits until a page shows a newer map than this.
 * @param {import("playwright-core").Page} page
 * @param {number} before
 * @param {{polling?: number, timeout?: number}} [how]
 */
function newerThan(page, before, how = {}) {
  return page.waitForFunction((before) => Number(document.getElementById("map")?.dataset.version) > before, before, how);
}
