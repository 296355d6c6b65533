import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, openConversation, ownVotes, visitor } from "../browser.mjs";
import { serve } from "../server.mjs";

/** @type {import("../server.mjs").Server} */
let server;
/** @type {import("playwright-core").Browser} */
let browser;

before(async () => {
  [server, browser] = await Promise.all([serve(), launch()]);
  await (await openConversation(browser, server, { moderation: "after" })).leave();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test("without JavaScript people vote, change the vote, submit and read the results", async () => {
  const { page, leave } = await visitor(browser, server.url, { javaScriptEnabled: false });
  await page.goto("/c/park");
  const first = (await page.textContent("#statement-text")) ?? "";
  await page.getByRole("button", { name: "Agree", exact: true }).click();
  await page.getByText("Vote saved.").waitFor();
  assert.notEqual(await page.textContent("#statement-text"), first);

  await page.getByRole("link", { name: "Change it" }).click();
  assert.equal(await page.textContent("#statement-text"), first);
  await page.getByRole("button", { name: "Disagree" }).click();
  await page.getByText("Vote saved.").waitFor();

  await page.fill("#submit-text", "x".repeat(281));
  await page.getByRole("button", { name: "Submit" }).click();
  await page.getByRole("alert").waitFor();
  assert.equal((await page.inputValue("#submit-text")).length, 281);
  await page.fill("#submit-text", "The park needs a pond");
  await page.getByRole("button", { name: "Submit" }).click();
  await page.getByText("Your statement is saved").waitFor();
  const votes = await ownVotes(page, "park");
  assert.deepEqual(votes, { [first]: "Disagree", "The park needs a pond": "Agree" });

  await page.goto("/c/park/results");
  await page.getByRole("heading", { name: "All statements" }).waitFor();
  await page.getByText("The map appears when").waitFor();
  await leave();
});
