import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { enter, launch, openConversation, visitor } from "../browser.mjs";
import { demo } from "../server.mjs";

/** @type {import("../server.mjs").Server} */
let server;
/** @type {import("playwright-core").Browser} */
let browser;

before(async () => {
  [server, browser] = await Promise.all([demo(), launch()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test("an organiser makes, seeds, opens and closes a conversation", async () => {
  const { page, leave } = await openConversation(browser, server, { statements: 3 });
  await page.fill("#seed-text", "The park needs a fountain");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.locator(".seeds li", { hasText: "The park needs a fountain" }).waitFor();
  await page.fill("#seed-text", "The park needs a fountain");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText("already says the same").waitFor();
  assert.equal(await page.inputValue("#seed-text"), "The park needs a fountain");

  const guest = await visitor(browser, server.url);
  await guest.page.goto("/");
  await guest.page.getByRole("link", { name: "What should the park become?" }).click();
  await guest.page.getByRole("button", { name: "Agree", exact: true }).waitFor();
  await page.goto("/o/park");
  await page.getByRole("button", { name: "Close it" }).click();
  await page.getByRole("button", { name: "Open it" }).waitFor();
  // Who still has the page open is told.
  await guest.page.getByText("was closed while you had this page open").waitFor();
  await guest.page.getByRole("button", { name: "Agree", exact: true }).waitFor({ state: "hidden" });
  await guest.page.reload();
  await guest.page.getByRole("heading", { name: "This conversation is closed" }).waitFor();
  await guest.leave();
  await leave();
});

test("an organiser drafts an agenda, moves an item, and publishes it", async () => {
  const { page, leave } = await visitor(browser, server.url);
  await enter(page, await server.link("organiser"));
  await page.goto("/o/riverside/agenda");
  await page.fill("#places", "4");
  await page.getByRole("button", { name: "Draft the agenda" }).click();
  const titles = page.locator(".agenda h3");
  await titles.first().waitFor();
  const [first, second] = await titles.allInnerTexts();
  await page.getByRole("button", { name: /^Move statement \d+ down$/ }).first().click();
  await page.waitForFunction((text) => document.querySelector(".agenda h3")?.textContent === text, second);
  await page.getByRole("button", { name: "Publish this agenda" }).click();
  await page.waitForURL("**/c/riverside/agenda");
  assert.deepEqual((await titles.allInnerTexts()).slice(0, 2), [second, first]);
  await page.getByText("Moved by the organiser").first().waitFor();
  await leave();
});
