// A colleague, an overseer and a former moderator: each sees what they may, and nothing else.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { enter, launch, openConversation, visitor, write } from "../browser.mjs";
import { serve } from "../server.mjs";

/** @typedef {import("playwright-core").Page} Page */

/** @type {import("../server.mjs").Server} */
let server;
/** @type {import("playwright-core").Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof visitor>>} */
let organiser;

before(async () => {
  [server, browser] = await Promise.all([serve(), launch()]);
  organiser = await openConversation(browser, server);
  const guest = await visitor(browser, server.url);
  await guest.page.goto("/c/park");
  await write(guest.page, "The park needs a fountain");
  await guest.page.getByText("it waits for a moderator").waitFor();
  await guest.leave();
});
after(async () => {
  await organiser?.leave();
  await browser?.close();
  await server?.stop();
});

/** Invites somebody to this conversation, who comes in. @param {"moderator" | "overseer"} role */
async function colleague(role) {
  const { page } = organiser;
  await page.goto("/o/park/people");
  await page.check(`[name=role][value=${role}]`);
  await page.locator("form[action='/o/park/people'] button").click();
  const link = await page.locator("#made-link").inputValue();
  const person = await visitor(browser, server.url);
  const { address } = await enter(person.page, link);
  return { ...person, address };
}

/** What each page answers. @param {Page} page @param {string[]} paths */
async function answers(page, paths) {
  /** @type {Record<string, number>} */
  const found = {};
  for (const path of paths) found[path] = (await page.goto(path))?.status() ?? 0;
  return found;
}

test("a moderator decides, sees nothing of the preparation, and nothing at all once removed", { timeout: 60_000 }, async () => {
  const moderator = await colleague("moderator");
  const { page } = moderator;
  const staff = ["/o/park", "/o/park/people", "/o/park/log", "/o/park/requests", "/people", "/log", "/pages"];
  const seen = await answers(page, [...staff, "/m/park"]);
  assert.deepEqual(seen, { ...Object.fromEntries(staff.map((path) => [path, 403])), "/m/park": 200 });
  await page.getByText("The park needs a fountain").first().waitFor();
  // The page is open when the role goes.
  organiser.page.on("dialog", (dialog) => dialog.accept());
  await organiser.page.goto("/o/park/people");
  await organiser.page.getByRole("row", { name: moderator.address }).getByRole("button", { name: /Remove/ }).click();
  await organiser.page.getByText("Saved").waitFor();
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === "POST" || response.url().includes("/m/park")),
    page.getByRole("button", { name: /Accept/ }).first().click(),
  ]);
  assert.equal(answer.status(), 403);
  // The page is loaded again by itself, and says so.
  await page.waitForFunction(() => !document.getElementById("desk"));
  assert.equal((await answers(page, ["/m/park"]))["/m/park"], 403);
  await organiser.page.goto("/m/park");
  await organiser.page.getByText("The park needs a fountain").first().waitFor();
  await moderator.leave();
});

test("an overseer of a conversation sees all of it and changes nothing", { timeout: 60_000 }, async () => {
  const overseer = await colleague("overseer");
  const { page } = overseer;
  const seen = await answers(page, ["/o/park", "/o/park/log", "/m/park", "/o/park/requests", "/people", "/log"]);
  assert.deepEqual(seen, {
    "/o/park": 200, "/o/park/log": 200, "/m/park": 200, "/o/park/requests": 200, "/people": 403, "/log": 403,
  });
  for (const path of ["/o/park", "/m/park", "/o/park/prepare", "/o/park/people", "/o/park/requests"]) {
    await page.goto(path);
    const forms = await page.locator("main form[method=post]").evaluateAll((all) => all.map((form) => form.getAttribute("action")));
    assert.deepEqual(forms.filter((action) => !action?.endsWith("/leave")), [], path);
  }
  await overseer.leave();
});
