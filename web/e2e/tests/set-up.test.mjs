// From the first owner's link to an open conversation with colleagues, a promise and twelve statements: by pages
// alone. Prints how many clicks and required fields that takes.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PASSWORD, code, launch, visitor } from "../browser.mjs";
import { serve } from "../server.mjs";

/** @typedef {import("playwright-core").Page} Page */

const MOST_CLICKS = 40;
const MOST_FIELDS = 10;
const SEEDS = Array.from({ length: 12 }, (_, i) => `The town square needs idea number ${i + 1}`);

/** @type {import("playwright-core").Browser} */
let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** Presses and counts; by the keyboard alone where `keys` says so. @param {Page} page @param {boolean} keys */
function hand(page, keys) {
  const count = { clicks: 0, fields: 0 };
  return {
    count,
    /** @param {import("playwright-core").Locator} target */
    async press(target) {
      count.clicks += 1;
      await target.first().waitFor();
      if (!keys) return target.first().click();
      await target.first().focus();
      const isChoice = await target.first().evaluate((element) => element.matches("[type=radio]"));
      await page.keyboard.press(isChoice ? "Space" : "Enter");
    },
    /** @param {string} field @param {string} text */
    async write(field, text) {
      count.fields += 1;
      await page.locator(field).focus();
      await page.locator(field).fill(text);
    },
  };
}

/**
 * Sets an instance up.
 * @param {Page} page
 * @param {import("../server.mjs").Server} server
 * @param {boolean} keys
 */
async function setUp(page, server, keys) {
  const { press, write, count } = hand(page, keys);
  await page.goto(await server.link("owner"));
  await write("#address", "clerk@town.example");
  await write("#password", PASSWORD);
  await press(page.locator("form[action='/enter'] button"));
  await page.waitForURL("**/sign-in/app");
  const secret = (await page.locator("#secret").innerText()).replaceAll(" ", "");
  await write("#code", code(secret));
  await press(page.locator("form[action='/sign-in/app'] button"));
  await press(page.locator("main a.button"));
  await page.waitForURL("**/o");
  await write("#question", "What should become of the town square?");
  await write("#organiser", "The town");
  await press(page.locator("form[action='/o'] button"));
  await page.waitForURL("**/o/what-should-become-of-the-town-square");
  const home = new URL(page.url()).pathname;
  // The promise: who decides, how much answers count, and one date.
  await press(page.locator(`a[href="${home}/prepare#promise"]`));
  await page.locator("#decides").waitFor();
  await write("#decides", "The council");
  await press(page.locator("[name=influence][value=consult]"));
  await page.locator("#closes-at").fill("2035-12-13T23:59");
  await press(page.locator(`form[action="${home}"] button`));
  await page.waitForURL("**/prepare?saved=1");
  await write("#due-new", "2036-03-01");
  await write("#what-new", "The council answers");
  await press(page.locator(`form[action="${home}/steps"] button`).last());
  await page.waitForURL("**/prepare?saved=1");
  // Two colleagues, and twelve statements from a file.
  await press(page.locator(`.tabs a[href="${home}/people"]`));
  for (const role of ["moderator", "overseer"]) {
    await press(page.locator(`[name=role][value=${role}]`));
    await press(page.locator(`form[action="${home}/people"] button`));
    await page.locator("#made-link").waitFor();
  }
  await press(page.locator(`.tabs a[href="${home}"]`));
  count.fields += 1;
  await page.setInputFiles("#seed-file", {
    name: "statements.csv", mimeType: "text/csv", buffer: Buffer.from(["text", ...SEEDS].join("\n")),
  });
  await press(page.locator(`form[action="${home}/seeds"] button`));
  await press(page.locator(`form[action="${home}/seeds/add"] button`));
  await page.locator(".seeds li").nth(SEEDS.length - 1).waitFor();
  await press(page.locator(`form[action="${home}/open"] button`));
  await page.locator(`form[action="${home}/close"]`).waitFor();
  return { count, home };
}

/** @type {[string, import("playwright-core").BrowserContextOptions, boolean][]} */
const WAYS = [
  ["with a mouse", {}, false],
  ["on a phone", { viewport: { width: 360, height: 740 } }, false],
  ["by keyboard only", {}, true],
  ["without JavaScript", { javaScriptEnabled: false }, false],
  ["in German", { locale: "de-DE" }, false],
];

for (const [name, options, keys] of WAYS) {
  test(`an owner sets everything up, ${name}`, { timeout: 60_000 }, async (t) => {
    const server = await serve();
    t.after(() => server.stop());
    const { page, leave } = await visitor(browser, server.url, options);
    const { count, home } = await setUp(page, server, keys);
    console.log(`set up ${name}: ${count.clicks} clicks, ${count.fields} required fields`);
    assert.ok(count.clicks <= MOST_CLICKS && count.fields <= MOST_FIELDS, JSON.stringify(count));
    const guest = await visitor(browser, server.url);
    await guest.page.goto(home.replace("/o/", "/c/"));
    await guest.page.getByText("The council decides. You are heard before it is decided. Open until 13 December 2035").waitFor();
    await guest.page.getByRole("button", { name: "Agree", exact: true }).waitFor();
    await guest.leave();
    await leave();
  });
}
