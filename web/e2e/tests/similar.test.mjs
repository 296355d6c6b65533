import assert from "node:assert/strict";
import { test } from "node:test";
import { ownVotes, visitor } from "../browser.mjs";
import { park } from "../park.mjs";

const its = park();
const LIKE = "The park needs a good idea number 1";

/** @param {import("playwright-core").Page} page */
async function beginWriting(page) {
  await page.goto("/c/park");
  await page.locator("#submit-title").click();
  await page.fill("#submit-text", LIKE);
  await page.locator("#submit-button").click();
  await page.getByRole("heading", { name: "Others have said nearly the same" }).waitFor();
}

test("what others say nearly like that is shown before a statement goes, and one can agree instead", async () => {
  const { page, leave } = await visitor(its.browser, its.server.url);
  await beginWriting(page);
  assert.equal(await page.inputValue("#submit-text"), LIKE);
  const first = page.locator("#similar-list li").first();
  const text = (await first.locator(".say").textContent()) ?? "";
  await first.getByRole("button", { name: "Agree with this" }).click();
  await page.getByText("Vote saved").waitFor();
  assert.deepEqual(await ownVotes(page, "park"), { [text]: "Agree" });
  await page.getByText("You have not submitted a statement yet.").waitFor();
  await leave();
});

test("who means something else sends it anyway, and who writes on is asked again", async () => {
  const { page, leave } = await visitor(its.browser, its.server.url);
  await beginWriting(page);
  await page.fill("#submit-text", `${LIKE} and more`);
  assert.ok(await page.locator("#similar").isHidden());
  assert.equal(await page.locator("#submit-button").textContent(), "Submit");
  await page.locator("#submit-button").click();
  await page.getByRole("button", { name: "Send mine anyway" }).click();
  await page.getByText("Your statement is saved").waitFor();
  await leave();
});

test("without JavaScript the same happens on the page, and says that nothing was sent", async () => {
  const { page, leave } = await visitor(its.browser, its.server.url, { javaScriptEnabled: false });
  await page.goto("/c/park");
  await page.locator("#submit-title").click();
  await page.fill("#submit-text", LIKE);
  await page.locator("#submit-button").click();
  await page.getByText("Not sent yet").waitFor();
  await page.getByRole("button", { name: "Send mine anyway" }).click();
  await page.getByText("Your statement is saved").waitFor();
  await leave();
});
