import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, openConversation, visitor } from "../browser.mjs";
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
