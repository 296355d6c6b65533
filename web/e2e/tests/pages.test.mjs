// Every page in both schemes: accessible, without sideways scrolling, and pictured in out/.

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { enter, launch, openConversation, visitor, vote } from "../browser.mjs";
import { demo } from "../server.mjs";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const OUT = fileURLToPath(new URL("../out/", import.meta.url));
const PAGES = {
  home: "/", enter: "/enter?key=used", missing: "/c/nowhere",
  vote: "/c/riverside", vote_change: "/c/riverside/s/0", mine: "/c/riverside/mine",
  results: "/c/riverside/results", agenda: "/c/riverside/agenda",
  vote_early: "/c/park", results_early: "/c/park/results", agenda_none: "/c/park/agenda", mine_none: "/c/park/mine",
  vote_closed: "/c/closed", moderate_list: "/m", moderate: "/m/riverside", moderate_empty: "/m/park",
  organise_list: "/o", organise: "/o/riverside", organise_agenda: "/o/riverside/agenda",
  organise_draft: "/o/draft", organise_agenda_none: "/o/park/agenda",
};

/** @type {import("../server.mjs").Server} */
let server;
/** @type {import("playwright-core").Browser} */
let browser;
/** Cookies of an organiser who has voted. @type {import("playwright-core").Cookie[]} */
let cookies;

before(async () => {
  [server, browser] = await Promise.all([demo(), launch(), mkdir(OUT, { recursive: true })]);
  await (await openConversation(browser, server, { results: "after_n" })).leave();
  const closed = await openConversation(browser, server, { slug: "closed" });
  await closed.page.getByRole("button", { name: "Close it" }).click();
  await closed.leave();
  const { page, context } = await visitor(browser, server.url);
  await enter(page, await server.link("organiser"));
  await page.fill("#slug", "draft");
  await page.fill("#question", "A question that is still being prepared?");
  await page.fill("#organiser", "The town");
  await page.getByRole("button", { name: "Make it" }).click();
  await page.goto("/o/riverside/agenda");
  await page.getByRole("button", { name: "Draft the agenda" }).click();
  await page.getByRole("button", { name: "Publish this agenda" }).click();
  await page.waitForURL("**/c/riverside/agenda");
  await page.goto("/o/riverside/agenda");
  await page.getByRole("button", { name: "Draft it again" }).click();
  await page.goto("/c/riverside");
  for (let n = 0; n < 8; n++) await vote(page, n === 3 ? "Disagree" : "Agree");
  await page.fill("#submit-text", "The river needs a quiet bank");
  await page.getByRole("button", { name: "Submit" }).click();
  await page.getByText("Your statement is saved").waitFor();
  await page.locator("#map-you .you").waitFor();
  cookies = await context.cookies();
  await context.close();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  test(`every page is accessible and fits, ${colorScheme}`, async () => {
    // Our own policy keeps every foreign script out, axe too.
    const { page, context } = await visitor(browser, server.url, { colorScheme, bypassCSP: true });
    await context.addCookies(cookies);
    /** @type {string[]} */
    const wrong = [];
    for (const [name, path] of Object.entries(PAGES)) {
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(path);
      await page.screenshot({ path: `${OUT}${name}-1280-${colorScheme}.png`, fullPage: true });
      await page.setViewportSize({ width: 320, height: 700 });
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > 320) wrong.push(`${name}: ${width} px wide at 320`);
      await page.setViewportSize({ width: 360, height: 740 });
      await page.screenshot({ path: `${OUT}${name}-360-${colorScheme}.png`, fullPage: true });
      await page.addScriptTag({ path: AXE });
      const found = await page.evaluate(async (rules) => {
        // @ts-expect-error axe was added to the page above
        const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
        return violations.map((/** @type {any} */ one) =>
          `${one.id} on ${one.nodes.length}, such as ${one.nodes[0].html.slice(0, 160)}`);
      }, RULES);
      wrong.push(...found.map((/** @type {string} */ text) => `${name}: ${text}`));
    }
    await context.close();
    assert.deepEqual(wrong, []);
  });
}

test("large text with wide spacing does not run out of the page", async () => {
  const { page, context } = await visitor(browser, server.url, { bypassCSP: true, viewport: { width: 320, height: 700 } });
  await context.addCookies(cookies);
  for (const path of [PAGES.vote, PAGES.results, PAGES.moderate, PAGES.organise, PAGES.agenda]) {
    await page.goto(path);
    await page.addStyleTag({ content: `html { font-size: 200% } * { letter-spacing: .12em !important;
      word-spacing: .16em !important; line-height: 1.5 !important }` });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 320, `${path} is ${width} px wide`);
  }
  await context.close();
});
