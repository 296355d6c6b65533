import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { enter, visitor, write } from "../browser.mjs";
import { park } from "../park.mjs";
import { serve } from "../server.mjs";

/** @typedef {import("playwright-core").Page} Page */

const its = park();
/** What is pressed again sooner than this is the same. */
const BOUNCE_MS = 210;
/** A public conversation with hundreds of statements that wait. */
const MANY_WAIT = fileURLToPath(new URL("../../../../shared/data/polis/american-assembly.bowling-green", import.meta.url));

/** Somebody writes statements that wait. @param {string[]} texts */
async function submit(texts) {
  const { page, leave } = await visitor(its.browser, its.server.url);
  await page.goto("/c/park");
  for (const text of texts) {
    await write(page, text);
    await page.waitForFunction(() => {
      const field = document.getElementById("submit-text");
      return field instanceof HTMLTextAreaElement && field.value === "";
    });
  }
  return { page, leave };
}

/** @param {import("playwright-core").BrowserContextOptions} [how] */
async function moderator(how = {}) {
  const come = await visitor(its.browser, its.server.url, how);
  await enter(come.page, await its.server.link("moderator"));
  await come.page.goto("/m/park");
  return come;
}

/** The statements of the list. @param {Page} page */
const rows = (page) => page.locator("#queue .say").allInnerTexts();

test("a statement waits, a moderator decides by keys, and its author sees what became of it", async () => {
  const { page, leave } = await moderator();
  await page.getByText("Nothing waits.").waitFor();
  const author = await submit(["The park needs lamps", "Buy my lamps", "The park needs shade"]);
  // What is refused stays in the form, with the reason.
  await write(author.page, "The park needs shade");
  await author.page.getByText("You have submitted this statement already").waitFor();
  assert.equal(await author.page.inputValue("#submit-text"), "The park needs shade");

  await page.getByRole("link", { name: "3 waiting: load the queue again" }).click();
  await page.locator("#queue li").nth(2).waitFor();
  // As fast as somebody presses: no key is lost while a page is on its way.
  for (const key of ["j", "r", "7"]) await page.keyboard.press(key);
  await page.getByText("Not accepted: “Buy my lamps”").waitFor();
  assert.deepEqual(await rows(page), ["The park needs lamps", "The park needs shade"]);
  await page.keyboard.press("z");
  await page.getByText("Waits again: “Buy my lamps”").waitFor();
  for (const key of ["r", "7"]) await page.keyboard.press(key);
  await page.getByText("Not accepted: “Buy my lamps”").waitFor();
  for (const key of ["k", "a"]) await page.keyboard.press(key);
  await page.getByText("Accepted: “The park needs lamps”").waitFor();
  await page.getByRole("heading", { name: "The park needs shade" }).waitFor();

  await author.page.goto("/c/park/mine");
  const card = (/** @type {string} */ text) => author.page.locator(".cards li", { hasText: text }).innerText();
  assert.match(await card("The park needs lamps"), /Accepted/);
  assert.match(await card("Buy my lamps"), /Not accepted: It is an advertisement/);
  assert.match(await card("The park needs shade"), /Waiting/);
  await author.leave();
  await leave();
});

test("two moderators at once: the second is told, and overwrites nothing", async () => {
  const [one, two] = [await moderator(), await moderator()];
  for (const { page } of [one, two]) await page.getByRole("heading", { name: "The park needs shade" }).waitFor();
  await one.page.keyboard.press("a");
  await one.page.getByText("Accepted: “The park needs shade”").waitFor();
  await two.page.locator("#reasons button").first().click();
  await two.page.getByText("A colleague has decided on this statement meanwhile.").waitFor();
  await two.page.locator("#detail").getByText("Accepted: others can vote on it.").waitFor();
  // Having read it, they may put it back.
  await two.page.getByRole("button", { name: "Put back" }).click();
  await two.page.getByText("Waits again: “The park needs shade”").waitFor();
  await one.leave();
  await two.leave();
});

test("many are ticked by keys, looked at together, and taken back in one step", async () => {
  const author = await submit(["Buy one lamp", "Buy two lamps", "Buy three lamps"]);
  const { page, leave } = await moderator();
  await page.locator("#queue li").nth(3).waitFor();
  for (const key of ["j", "x", "j", "x", "j", "x"]) await page.keyboard.press(key);
  await page.locator("input[name=pick]:checked").nth(2).waitFor();
  await page.getByRole("button", { name: "Decide on those that are ticked" }).click();
  await page.getByRole("heading", { name: "3 statements are ticked" }).waitFor();
  await page.getByRole("button", { name: "It is an advertisement" }).click();
  await page.getByText("3 statements were rejected.").waitFor();
  assert.deepEqual(await rows(page), ["The park needs shade"]);
  await page.getByRole("button", { name: "Undo all 3" }).click();
  await page.locator("#queue li").nth(3).waitFor();
  await author.leave();
  await leave();
});

test("by keys a statement is split and the split taken back; of two that say the same one is asked", async () => {
  const author = await submit(["The park needs a fountain and more bins", "The park needs a fountain by the pond"]);
  const { page, leave } = await moderator();
  await page.goto("/m/park?q=fountain");
  await page.getByRole("heading", { name: "more bins" }).waitFor();
  await page.keyboard.press("s");
  await page.waitForFunction(() => document.activeElement?.id === "texts");
  await page.keyboard.press("Control+A");
  // The same twice is refused, and what was typed stays.
  await page.keyboard.type("The park needs a fountain\nThe park needs a fountain.");
  await page.getByRole("button", { name: "Show these instead" }).press("Enter");
  await page.locator("#refused").waitFor();
  assert.match(await page.inputValue("#texts"), /fountain\.$/);
  await page.fill("#texts", "The park needs a fountain\nThe park needs more bins");
  await page.getByRole("button", { name: "Show these instead" }).press("Enter");
  await page.getByRole("heading", { name: "Shown in its place" }).waitFor();
  await page.goto("/m/park?show=accepted&q=more+bins");
  await page.getByText("a moderator made it from").waitFor();
  await page.goto("/m/park?show=rejected&q=more+bins");
  await page.getByRole("button", { name: "Take the new words back" }).click();
  await page.getByRole("heading", { name: "Shown in its place" }).waitFor({ state: "detached" });

  await page.goto("/m/park?q=by+the+pond");
  await page.keyboard.press("a");
  await page.getByText("Accepted: “The park needs a fountain by the pond”").waitFor();
  await page.goto("/m/park?q=more+bins");
  await page.keyboard.press("m");
  await page.getByText("People are asked about No.").waitFor();
  await page.keyboard.press("z");
  await page.getByText("People are asked about No.").waitFor({ state: "detached" });
  for (const key of ["r", "7"]) await page.keyboard.press(key);
  await page.getByText("Not accepted: “The park needs a fountain and more bins”").waitFor();
  await author.leave();
  await leave();
});

test("50 statements by keyboard alone, one after the other", { skip: !existsSync(MANY_WAIT) }, async () => {
  const large = await serve({ imported: { from: MANY_WAIT, slug: "many" } });
  try {
    const { page, leave } = await visitor(its.browser, large.url);
    await enter(page, await large.link("moderator"));
    // An import decides on all of them: fifty that were rejected are shown after all.
    await page.goto("/m/many?show=rejected");
    const here = () => page.locator("#decide").getAttribute("data-here");
    const listed = async () => Number((await page.locator("[aria-current] b").innerText()).replace(/\D/g, ""));
    const before = await listed();
    const decided = [];
    const took = [];
    for (let at = 0; at < 50; at++) {
      const number = await here();
      const began = performance.now();
      await page.keyboard.press("a");
      await page.waitForFunction((was) => document.querySelector("#decide")?.getAttribute("data-here") !== was, number);
      took.push(performance.now() - began);
      decided.push(number);
      // Sooner than that nobody has read the next one, and the key is taken for the same.
      await page.waitForTimeout(BOUNCE_MS);
    }
    took.sort((a, b) => a - b);
    console.log(`50 decisions by keyboard: half within ${Math.round(took[25] ?? 0)} ms, all but one within ${Math.round(took[48] ?? 0)} ms`);
    assert.equal(await listed(), before - 50);
    await page.keyboard.press("z");
    await page.waitForFunction((was) => document.querySelector("#decide")?.getAttribute("data-here") === was, decided[49]);
    await page.getByText("Waits again:").waitFor();
    for (const number of decided.slice(0, 5)) {
      await page.goto(`/m/many?show=accepted&at=${number}`);
      await page.locator(`#queue li.at[data-statement="${number}"]`).waitFor();
    }
    await leave();
  } finally {
    await large.stop();
  }
});

test("without JavaScript the same forms and links do it, in their list", async () => {
  const { page, leave } = await moderator({ javaScriptEnabled: false });
  await page.fill("#q", "lamps");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  assert.equal(await page.locator("#queue li").count(), 2);
  await page.locator("#queue a").nth(1).click();
  await page.getByRole("heading", { name: "Buy three lamps" }).waitFor();
  await page.getByRole("heading", { name: "say nearly the same" }).waitFor();
  await page.getByRole("button", { name: "Accept", exact: false }).first().click();
  await page.getByText("Accepted: “Buy three lamps”").waitFor();
  assert.equal(await page.inputValue("#q"), "lamps");
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("Waits again: “Buy three lamps”").waitFor();
  await leave();
});

test("on a phone the statement and its decision come first, and nothing is cut off", async () => {
  for (const locale of ["de-DE", "ar"]) {
    const { page, leave } = await moderator({ locale, viewport: { width: 360, height: 740 } });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${locale}: ${wide} px too wide`);
    const [detail, list] = await Promise.all(["#detail", "#queue"].map((part) => page.locator(part).boundingBox()));
    assert.ok(detail && list && detail.y < list.y);
    await leave();
  }
});

test("an overseer sees the queue and decides nothing", async () => {
  const { page, leave } = await visitor(its.browser, its.server.url);
  await enter(page, await its.server.link("overseer"));
  await page.goto("/m/park");
  await page.getByText("The park needs shade").first().waitFor();
  assert.equal(await page.getByRole("button", { name: "Accept" }).count(), 0);
  await leave();
});
