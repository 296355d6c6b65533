// Every page in both schemes: without sideways scrolling, and pictured in out/. What axe finds is in axe.test.mjs.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  PASSWORD, draftAgenda, enter, launch, makeDraft, openConversation, publishDrafted, visitor, vote, write,
} from "../browser.mjs";
import { looked } from "../looked.mjs";
import { demo } from "../server.mjs";

/** @typedef {import("playwright-core").Page} Page */

const PAGES = {
  home: "/", enter: "/enter?key=used", missing: "/c/nowhere",
  vote: "/c/riverside", vote_change: "/c/riverside/s/1", mine: "/c/riverside/mine",
  statements: "/c/riverside/results/statements", statements_none: "/c/riverside/results/statements?q=xylophone",
  poster: "/c/riverside/poster", wall: "/c/riverside/wall",
  results: "/c/riverside/results", agenda: "/c/riverside/agenda",
  vote_early: "/c/park", results_early: "/c/park/results", agenda_none: "/c/park/agenda", mine_none: "/c/park/mine",
  vote_closed: "/c/closed", moderate_list: "/m", moderate: "/m/riverside", moderate_empty: "/m/park",
  organise_list: "/o", organise: "/o/riverside", organise_agenda: "/o/riverside/agenda",
  organise_draft: "/o/draft", prepare: "/o/draft/prepare", vote_draft: "/c/draft", organise_agenda_none: "/o/park/agenda",
  account: "/account", people: "/people", people_one: "/o/draft/people", log: "/log", log_one: "/o/riverside/log",
  decisions: "/c/riverside/moderation", erase: "/c/riverside/mine/erase", erase_none: "/c/park/mine/erase",
  requests: "/o/riverside/requests", organise_closed: "/o/closed", site_pages: "/pages", site_page: "/pages/imprint/en",
  privacy: "/about/privacy", imprint: "/about/imprint", accessibility: "/about/accessibility",
};

/** @type {import("../server.mjs").Server} */
let server;
/** @type {import("playwright-core").Browser} */
let browser;
/** Cookies of an organiser who has voted. @type {import("playwright-core").Cookie[]} */
let cookies;

before(async () => {
  [server, browser] = await Promise.all([demo(), launch()]);
  await (await openConversation(browser, server, { results: "after_n" })).leave();
  const closed = await openConversation(browser, server, { slug: "closed" });
  await closed.page.getByRole("button", { name: "Close it" }).click();
  await closed.leave();
  const { page, context } = await visitor(browser, server.url);
  const owner = await enter(page, await server.link("owner"));
  await page.goto("/people");
  await page.fill("#department-name", "Parks and rivers");
  await page.getByRole("button", { name: "Add it" }).click();
  await page.fill("#address", "library@town.example");
  await page.getByRole("button", { name: "Make an invitation" }).click();
  await page.locator("#made-link").waitFor();
  await makeDraft(page, "draft", "A question that is still being prepared?");
  await page.goto("/o/draft/prepare");
  for (const [day, what] of [["2020-05-01", "The results are published"], ["2035-06-01", "The council answers"]]) {
    await page.fill("#due-new", day);
    await page.fill("#what-new", what);
    await page.getByRole("button", { name: "Add this date" }).click();
    await page.getByText("Saved").waitFor();
  }
  await draftAgenda(page, "riverside");
  await publishDrafted(page, "riverside");
  await page.goto("/c/riverside");
  for (let n = 0; n < 8; n++) await vote(page, n === 3 ? "Disagree" : "Agree");
  await write(page, "The river needs a quiet bank");
  await page.getByText("Your statement is saved").waitFor();
  await page.locator("#map-you .you").waitFor();
  cookies = await context.cookies();
  await context.close();
  doors = {
    sign_in: await atDoor(async (door) => { await door.goto("/sign-in"); }),
    sign_in_wrong: await atDoor((door) => signIn(door, owner.address, "not the right one")),
    sign_in_code: await atDoor((door) => signIn(door, owner.address, PASSWORD)),
    enter_invited: await atDoor(async (door) => { await door.goto(await server.link("moderator")); }),
    sign_in_app: await atDoor(async (door) => {
      await door.goto(await server.link("moderator"));
      await door.fill("#address", "new@town.example");
      await door.fill("#password", PASSWORD);
      await door.click("form[action='/enter'] button");
    }),
  };
});

/** Steps on the way in, each in a browser of its own. @type {Record<string, Page>} */
let doors = {};

/** @param {(page: Page) => Promise<void>} steps */
async function atDoor(steps) {
  const { page } = await visitor(browser, server.url);
  await steps(page);
  return page;
}

/** @param {Page} page @param {string} address @param {string} password */
async function signIn(page, address, password) {
  await page.goto("/sign-in");
  await page.fill("#address", address);
  await page.fill("#password", password);
  await page.getByRole("button", { name: "Sign in" }).click();
}
after(async () => {
  await browser?.close();
  await server?.stop();
});

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  test(`every page fits, ${colorScheme}`, async () => {
    const { page, context } = await visitor(browser, server.url, { colorScheme });
    await context.addCookies(cookies);
    /** @type {string[]} */
    const wrong = [];
    for (const [name, path] of Object.entries(PAGES)) {
      await page.goto(path);
      wrong.push(...await looked(page, name, colorScheme));
    }
    for (const [name, door] of Object.entries(doors)) {
      await door.emulateMedia({ colorScheme });
      wrong.push(...await looked(door, name, colorScheme));
    }
    await context.close();
    assert.deepEqual(wrong, []);
  });
}

test("from right to left, every public page fits", async () => {
  const { page, context } = await visitor(browser, server.url);
  await context.addCookies(cookies);
  await page.goto("/?lang=ar");
  /** @type {string[]} */
  const wrong = [];
  for (const name of /** @type {const} */ (["home", "vote", "vote_change", "mine", "results", "statements", "agenda", "results_early"])) {
    await page.goto(PAGES[name]);
    assert.equal(await page.getAttribute("html", "dir"), "rtl");
    wrong.push(...await looked(page, `${name}_ar`, "light"));
  }
  assert.match((await page.textContent("footer")) ?? "", /لم يراجع هذه الترجمة/);
  await page.goto(PAGES.results);
  assert.match((await page.textContent(".figures")) ?? "", /[٠-٩]/);
  await context.close();
  assert.deepEqual(wrong, []);
});

test("large text with wide spacing does not run out of the page", async () => {
  const { page, context } = await visitor(browser, server.url, { bypassCSP: true, viewport: { width: 320, height: 700 } });
  await context.addCookies(cookies);
  for (const path of [PAGES.vote, PAGES.results, PAGES.statements, PAGES.moderate, PAGES.organise, PAGES.agenda]) {
    await page.goto(path);
    await page.addStyleTag({ content: `html { font-size: 200% } * { letter-spacing: .12em !important;
      word-spacing: .16em !important; line-height: 1.5 !important }` });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 320, `${path} is ${width} px wide`);
  }
  await context.close();
});
