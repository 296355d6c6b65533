import assert from "node:assert/strict";
import { test } from "node:test";
import { enter, visitor, write } from "../browser.mjs";
import { park } from "../park.mjs";

const its = park();

test("a statement waits, a moderator decides by keys, and its author sees what became of it", async () => {
  const author = await visitor(its.browser, its.server.url);
  const moderator = await visitor(its.browser, its.server.url);
  await enter(moderator.page, await its.server.link("moderator"));
  await moderator.page.goto("/m/park");
  await moderator.page.getByText("Nothing waits.").waitFor();

  await author.page.goto("/c/park");
  for (const text of ["The park needs lamps", "Buy my lamps", "The park needs shade"]) {
    await write(author.page, text);
    await author.page.waitForFunction(() => {
      const field = document.getElementById("submit-text");
      return field instanceof HTMLTextAreaElement && field.value === "";
    });
  }
  // What is refused stays in the form, with the reason.
  await write(author.page, "The park needs shade");
  await author.page.getByText("You have submitted this statement already").waitFor();
  assert.equal(await author.page.inputValue("#submit-text"), "The park needs shade");

  const { page } = moderator;
  await page.getByRole("link", { name: "3 waiting: load the queue again" }).click();
  await page.locator("#queue li").nth(2).waitFor();
  await page.locator("#queue [data-key=a]").first().focus();
  await page.keyboard.press("j");
  await page.keyboard.press("r");
  await page.keyboard.press("7");
  await page.getByText("Rejected.", { exact: true }).waitFor();
  assert.equal(await page.locator("#queue li").count(), 2);
  await page.keyboard.press("z");
  await page.getByText("Put back into the queue.").waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("r");
  await page.keyboard.press("7");
  await page.getByText("Rejected.", { exact: true }).waitFor();
  await page.keyboard.press("a");
  await page.getByText("Accepted.", { exact: true }).waitFor();

  await author.page.goto("/c/park/mine");
  const card = (/** @type {string} */ text) => author.page.locator(".cards li", { hasText: text }).innerText();
  assert.match(await card("The park needs lamps"), /Accepted/);
  assert.match(await card("Buy my lamps"), /Not accepted: It is an advertisement/);
  assert.match(await card("The park needs shade"), /Waiting/);
  await author.leave();
  await moderator.leave();
});

test("an overseer sees the queue and decides nothing", async () => {
  const { page, leave } = await visitor(its.browser, its.server.url);
  await enter(page, await its.server.link("overseer"));
  await page.goto("/m/park");
  await page.getByText("The park needs shade").waitFor();
  assert.equal(await page.getByRole("button", { name: "Accept" }).count(), 0);
  await leave();
});
