import assert from "node:assert/strict";
import { test } from "node:test";
import { openConversation, ownVotes, visitor, vote } from "../browser.mjs";
import { park } from "../park.mjs";

const its = park();

test("a vote by mouse is saved, brings the next statement, and can be changed", async () => {
  const { page, leave } = await visitor(its.browser, its.server.url);
  await page.goto("/c/park");
  const first = (await page.textContent("#statement-text")) ?? "";
  await vote(page, "Agree");
  assert.equal(await page.textContent("#status"), "Vote saved.");
  const second = (await page.textContent("#statement-text")) ?? "";
  assert.notEqual(second, first);
  assert.equal(await page.evaluate(() => document.activeElement?.id), "statement-text");
  assert.match((await page.textContent("#progress-text")) ?? "", /^1 of \d votes until you can be compared with others$/);

  await page.click("#change-last");
  assert.equal(await page.textContent("#statement-text"), first);
  assert.equal(await page.getAttribute("#vote-form [aria-pressed]", "value"), "agree");
  await vote(page, "Disagree");
  assert.equal(await page.textContent("#last-choice"), "Disagree");
  assert.deepEqual(await ownVotes(page, "park"), { [first]: "Disagree" });

  // From the list of one's votes.
  await page.getByRole("link", { name: `Change the vote on: ${first}` }).click();
  await vote(page, "Pass");
  assert.equal(new URL(page.url()).pathname, "/c/park");
  assert.deepEqual(await ownVotes(page, "park"), { [first]: "Pass" });
  await leave();
});

test("the keyboard is enough: buttons, single keys, and switching those off", async () => {
  const { page, leave } = await visitor(its.browser, its.server.url);
  await page.goto("/c/park");
  await page.keyboard.press("1");
  const name = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? "");
  for (let tabs = 0; !(await name()).endsWith("Agree"); tabs++) {
    assert.ok(tabs < 12, "the first button can't be reached");
    await page.keyboard.press("Tab");
  }
  assert.equal(await page.textContent("#status"), "", "keys do nothing while the focus is elsewhere");
  const saved = () => page.getByText("Vote saved.", { exact: true }).waitFor();
  await page.keyboard.press("Enter");
  await saved();
  const second = (await page.textContent("#statement-text")) ?? "";
  await page.keyboard.press("3");
  await page.waitForFunction((text) => document.getElementById("statement-text")?.textContent !== text, second);
  await page.keyboard.press("u");
  assert.equal(await page.textContent("#statement-text"), second);
  assert.equal(await page.getAttribute("#vote-form [aria-pressed]", "value"), "disagree");

  await page.click("#keys-switch");
  await page.reload();
  assert.equal(await page.getAttribute("#keys-switch", "aria-pressed"), "false");
  await page.focus("#statement-text");
  await page.keyboard.press("1");
  assert.equal(await page.textContent("#status"), "");
  assert.equal(Object.keys(await ownVotes(page, "park")).length, 2);
  await leave();
});

test("on a phone no button of the next statement looks chosen after a tap", async () => {
  const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
  const { page, leave } = await visitor(its.browser, its.server.url, phone);
  await page.goto("/c/park");
  const first = (await page.textContent("#statement-text")) ?? "";
  await page.getByRole("button", { name: "Pass" }).tap();
  await page.getByText("Vote saved.", { exact: true }).waitFor();
  assert.notEqual(await page.textContent("#statement-text"), first);
  const look = await page.$$eval("#vote-form .vote", (buttons) =>
    buttons.map((button) => {
      const { backgroundColor, borderColor } = getComputedStyle(button);
      return `${backgroundColor} ${borderColor}`;
    }));
  assert.equal(look.length, 3);
  assert.equal(new Set(look).size, 1, look.join("; "));
  await leave();
});

test("everything voted on says so", async () => {
  const { page, leave } = await visitor(its.browser, its.server.url);
  await page.goto("/c/park");
  const progress = async () => (await page.textContent("#progress-text")) ?? "";
  for (let n = 0; n < 9; n++) {
    // How many are enough depends on how many statements others have voted on.
    const [, done, all] = /^(\d) of (\d) votes until you can be compared with others$/.exec(await progress()) ?? [];
    if (all) assert.ok(Number(done) === n && Number(all) <= 7, await progress());
    else assert.equal(await progress(), `${n} vote${n === 1 ? "" : "s"}; ${n} of 9 in this round`);
    assert.ok(n > 0 || all, "nobody is compared without votes");
    assert.equal(await page.locator("#progress-pieces .on").count(), n);
    await vote(page, n % 2 ? "Agree" : "Pass");
  }
  const placed = "9 votes; 9 of 9 in this round";
  assert.equal(await progress(), placed);
  await page.locator("#all-done").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), "all-done-text");
  await page.reload();
  await page.locator("#all-done").waitFor();
  assert.equal(await progress(), placed, "drawn by the server");
  await leave();
});

test("where sockets are blocked, the form is posted", async () => {
  const { page, leave } = await visitor(its.browser, its.server.url);
  await page.routeWebSocket(/\/ws\//, (socket) => socket.close());
  await page.goto("/c/park");
  const first = (await page.textContent("#statement-text")) ?? "";
  await page.getByRole("button", { name: "Agree", exact: true }).click();
  await page.waitForURL("**/c/park?voted=*");
  await page.getByText("Vote saved.").waitFor();
  assert.deepEqual(await ownVotes(page, "park"), { [first]: "Agree" });
  await leave();
});

test("where sockets are blocked, a vote that a busy server could not take is kept and posted again", async () => {
  const { page, leave } = await visitor(its.browser, its.server.url);
  await page.routeWebSocket(/\/ws\//, (socket) => socket.close());
  let busy = 0;
  await page.route("**/c/park/vote", (route) => (busy++ ? route.continue() : route.fulfill({ status: 429, body: "" })));
  await page.goto("/c/park");
  const first = (await page.textContent("#statement-text")) ?? "";
  await page.getByRole("button", { name: "Agree", exact: true }).click();
  await page.getByText("The server is busy. Your vote is kept on this device").waitFor();
  await page.getByText("Your votes were sent and saved.").waitFor({ timeout: 30_000 });
  assert.deepEqual(await ownVotes(page, "park"), { [first]: "Agree" });
  await leave();
});

test("results that wait for own votes appear with the vote that opens them", async () => {
  await (await openConversation(its.browser, its.server, { slug: "later", results: "after_n" })).leave();
  const { page, leave } = await visitor(its.browser, its.server.url);
  await page.goto("/c/later");
  for (let n = 0; n < 7; n++) {
    await page.locator("#results-wait").waitFor();
    assert.ok(await page.locator("#results-map").isHidden());
    await vote(page, "Agree");
  }
  await page.locator("#results-map").waitFor();
  assert.ok(await page.locator("#results-wait").isHidden());
  await leave();
});

test("the page with everything it needs is small", async (t) => {
  const { page, leave } = await visitor(its.browser, its.server.url);
  /** @type {import("playwright-core").Request[]} */
  const requests = [];
  page.on("requestfinished", (request) => requests.push(request));
  await page.goto("/c/park", { waitUntil: "networkidle" });
  const sizes = await Promise.all(requests.map(async (request) => (await request.sizes()).responseBodySize));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  // What the first statement waits for: the page and the style sheet in its head.
  const isFirst = requests.map((request) => request.isNavigationRequest() || request.url().includes("/static/boule-"));
  const before = sizes.reduce((sum, size, at) => sum + (isFirst[at] ? size : 0), 0);
  t.diagnostic(`${before} bytes before the first vote, ${total} in all, in ${sizes.length} answers`);
  assert.ok(isFirst.filter(Boolean).length === 1 && before < 8_000, `${before} bytes before the first vote`);
  assert.ok(sizes.length >= 3 && total < 24_000, `${total} bytes`);
  await leave();
});
