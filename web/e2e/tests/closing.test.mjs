import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, openConversation, visitor, vote } from "../browser.mjs";
import { serve } from "../server.mjs";

/** @type {import("../server.mjs").Server} */
let server;
/** @type {import("playwright-core").Browser} */
let browser;

before(async () => {
  [server, browser] = await Promise.all([serve(), launch()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** @param {import("playwright-core").Page} page */
async function close(page) {
  await page.getByRole("button", { name: "Close it" }).click();
  await page.getByRole("button", { name: "Open it" }).waitFor();
}

test("a page that is open while the conversation is closed stops offering votes", async () => {
  const organiser = await openConversation(browser, server, { slug: "park" });
  const { page, leave } = await visitor(browser, server.url);
  await page.goto("/c/park");
  await vote(page, "Agree");
  await page.locator("#taking-part").waitFor();
  await close(organiser.page);
  await page.getByText("was closed while you had this page open").waitFor();
  for (const gone of ["#card", "#submit-form", "#progress-text"]) assert.ok(await page.locator(gone).isHidden(), gone);
  await organiser.page.getByRole("button", { name: "Open it" }).click();
  await page.locator("#card").waitFor();
  assert.ok(await page.locator("#closed-now").isHidden(), "it was opened again");
  await leave();
  await organiser.leave();
});

test("votes that were kept offline and came too late are listed, and counted when it is opened again", async () => {
  const organiser = await openConversation(browser, server, { slug: "late" });
  const { page, context, leave } = await visitor(browser, server.url);
  await page.goto("/c/late");
  await vote(page, "Agree");
  await page.waitForLoadState("networkidle");
  await context.setOffline(true);
  const text = (await page.textContent("#statement-text")) ?? "";
  await page.getByRole("button", { name: "Disagree", exact: true }).click();
  await page.getByText("You are offline. Your vote is kept").waitFor();
  // The phone is put away, and taken out again after the end.
  await page.close();
  await close(organiser.page);
  await context.setOffline(false);
  const late = await context.newPage();
  await late.goto("/c/late");
  await late.getByRole("heading", { name: "This conversation is closed" }).waitFor();
  await late.locator("#not-counted li", { hasText: text }).waitFor();
  assert.equal(await late.textContent("#not-counted li"), `Disagree: ${text}`);
  await organiser.page.getByRole("button", { name: "Open it" }).click();
  await organiser.page.getByRole("button", { name: "Close it" }).waitFor();
  await late.reload();
  await late.getByText("Your votes were sent and saved.").waitFor();
  assert.ok(await late.locator("#not-counted").isHidden());
  await leave();
  await organiser.leave();
});

test("votes kept on an open page that come too late are listed there", async () => {
  const organiser = await openConversation(browser, server, { slug: "open" });
  const { page, context, leave } = await visitor(browser, server.url);
  await page.goto("/c/open");
  await vote(page, "Agree");
  await page.waitForLoadState("networkidle");
  await context.setOffline(true);
  const text = (await page.textContent("#statement-text")) ?? "";
  await page.getByRole("button", { name: "Pass", exact: true }).click();
  await page.getByText("You are offline. Your vote is kept").waitFor();
  await close(organiser.page);
  await context.setOffline(false);
  await page.locator("#not-counted li", { hasText: text }).waitFor({ timeout: 30_000 });
  assert.equal(await page.textContent("#not-counted li"), `Pass: ${text}`);
  await leave();
  await organiser.leave();
});

test("the results page stays of one moment, and says when there are newer results", async () => {
  const organiser = await openConversation(browser, server, { slug: "results" });
  const { page, leave } = await visitor(browser, server.url);
  const voter = await visitor(browser, server.url);
  await page.goto("/c/results/results");
  assert.ok(await page.locator("#newer").isHidden());
  const before = await page.innerText("main");
  await voter.page.goto("/c/results");
  // What fewer than five people have done shows with the end.
  await vote(voter.page, "Agree");
  await close(organiser.page);
  await page.getByText("There are newer results").waitFor();
  const same = (await page.innerText("main")).replace(/There are newer results.*\n*/, "");
  assert.equal(same.replace(/\s+/g, " "), before.replace(/\s+/g, " "));
  await page.locator("#newer a").click();
  await page.locator("#newer").waitFor({ state: "hidden" });
  assert.notEqual(await page.innerText(".figures"), "");
  await voter.leave();
  await leave();
  await organiser.leave();
});
