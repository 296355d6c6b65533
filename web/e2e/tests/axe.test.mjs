// axe finds nothing on any page, and nothing runs out of it at the side, also where everything is unfolded.
// Every page in each width, scheme and language; with BOULE_AXE_ALL=1 in all looks there are.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { LANGUAGES, LOOKS, SCHEMES, WIDTHS, everyPage, fewLooks, lookName, tour } from "../all-pages.mjs";
import { canBeLater } from "../server.mjs";

/** @typedef {import("../all-pages.mjs").Look} Look */
/** @typedef {import("../all-pages.mjs").Shown} Shown */
/** @typedef {import("../browser.mjs").Page} Page */

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const ROUTER = await readFile(new URL("../../../src/http/router.rs", import.meta.url), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const ALL = process.env.BOULE_AXE_ALL === "1";
// The server refuses variables that it does not know.
delete process.env.BOULE_AXE_ALL;
/** Looks at a page, when not all are taken. */
const AT_MOST = 160;
/** Tours at a time. */
const AT_ONCE = 2;

/** What is answered with something else than a page, or with one that has another address, too. */
const NO_PAGES = [
  "/c/{slug}/agenda.csv", "/c/{slug}/agenda.docx", "/c/{slug}/agenda.ics", "/c/{slug}/agenda.md", "/o/{slug}/agenda.csv",
  "/o/{slug}/agenda.docx", "/c/{slug}/map", "/c/{slug}/results.csv", "/c/{slug}/results.json", "/c/{slug}/rows.csv", "/c/{slug}/vote",
  "/account/app", "/desk", "/favicon.ico", "/health", "/log/heads", "/preview/{slug}", "/sign-in/back", "/static/{name}", "/sw.js",
];

/** @type {import("../all-pages.mjs").Site} */
let site;

before(async () => {
  site = await everyPage();
});
after(async () => {
  await site?.stop();
});

/** @returns {{shown: Shown, looks: Look[]}[]} */
function plan() {
  if (ALL) return site.pages.map((shown) => ({ shown, looks: LOOKS }));
  return site.pages.filter(({ minor }) => !minor).map((shown, place) => ({ shown, looks: fewLooks(place) }));
}

test("every page is looked at in each width, scheme and language", (t) => {
  const planned = plan();
  for (const { shown, looks } of planned) {
    assert.deepEqual(new Set(looks.map(({ width }) => width)), new Set(WIDTHS), shown.name);
    assert.deepEqual(new Set(looks.map(({ scheme }) => scheme)), new Set(SCHEMES), shown.name);
    assert.deepEqual(new Set(looks.map(({ language }) => language)), new Set(LANGUAGES), shown.name);
  }
  const names = planned.flatMap(({ shown, looks }) => looks.map((one) => `${shown.name} ${lookName(one)}`));
  assert.equal(new Set(names).size, names.length, "nothing twice");
  if (!ALL) assert.ok(names.length <= AT_MOST, `${names.length} looks`);
  t.diagnostic(`${names.length} looks at ${planned.length} pages`);
});

test("no page of the router is left out", () => {
  const read = [...ROUTER.matchAll(/Route::at\("([^"]+)"\)\s*\.get\(/g)].map(([, path]) => path);
  assert.ok(read.length > 40, `${read.length} addresses`);
  const paths = site.pages.map(({ path }) => path.split("?")[0]);
  const left = read.filter((route) => {
    const pattern = new RegExp(`^${route.replace(/\{\w+\}/g, "[^/]+")}$`);
    // What was kept is there days later.
    if (route === "/kept/{slug}" && !canBeLater) return false;
    return !route.startsWith("/api/") && !NO_PAGES.includes(route) && !paths.some((path) => pattern.test(path));
  });
  assert.deepEqual(left, []);
});

test("axe finds nothing on any page, and nothing is cut at the side", async () => {
  const planned = plan();
  const waiting = [...LOOKS];
  /** @type {string[]} */
  const wrong = [];
  const work = async () => {
    for (let look = waiting.shift(); look; look = waiting.shift()) {
      const name = lookName(look);
      const here = planned.filter(({ looks }) => looks.some((one) => lookName(one) === name));
      await tour(site, look, here.map(({ shown }) => shown), async (page, shown) => {
        const found = [...await sideways(page, look.width), ...await violations(page)];
        wrong.push(...found.map((text) => `${shown.name} ${name}: ${text}`));
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  assert.equal(wrong.length, 0, `\n${wrong.sort().join("\n")}`);
});

/**
 * Unfolds the page, and says whether it has to be moved sideways then.
 * @param {Page} page
 * @param {number} width
 */
async function sideways(page, width) {
  const needed = await page.evaluate(() => {
    document.querySelectorAll("details").forEach((part) => { part.open = true; });
    return document.documentElement.scrollWidth;
  });
  return needed > width ? [`${needed} px wide`] : [];
}

/**
 * What axe finds on an unfolded page: it passes over what is hidden.
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
async function violations(page) {
  await page.evaluate(AXE);
  return page.evaluate(async (rules) => {
    // @ts-expect-error axe was added to the page above
    const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
    return violations.map((/** @type {any} */ one) =>
      `${one.id} on ${one.nodes.length}, such as ${one.nodes[0].html.slice(0, 160)}`);
  }, RULES);
}
