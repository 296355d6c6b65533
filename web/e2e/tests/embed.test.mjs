// Voting in a frame of another site, with third-party cookies blocked, and where the browser keeps nothing at all.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { launch, openConversation, ownVotes } from "../browser.mjs";
import { freePort, serve } from "../server.mjs";

/** @type {import("../server.mjs").Server} */
let server;
/** @type {import("node:http").Server} */
let news;
let newsUrl = "";
/** @type {Awaited<ReturnType<typeof openConversation>>} */
let organiser;

before(async () => {
  // “localhost” is another site than 127.0.0.1 to a browser.
  const port = await freePort();
  newsUrl = `http://localhost:${port}`;
  server = await serve({ settings: { BOULE_EMBED_SITES: newsUrl, BOULE_LOG: "error" } });
  news = createServer((_, answer) => {
    answer.setHeader("content-type", "text/html");
    answer.end(`<!doctype html><title>News</title><h1>The park</h1><p id="height"></p>
      <iframe src="${server.url}/c/park?embed=1" title="Vote" width="360" height="600"></iframe>
      <script>addEventListener("message", ({ origin, data }) => {
        if (origin === "${server.url}" && data.boule === "height") height.textContent = data.height;
      });</script>`);
  }).listen(port, "localhost");
  await once(news, "listening");
  const browser = await launch();
  organiser = await openConversation(browser, server);
  await organiser.page.goto("/o/park");
  await organiser.page.getByText("Show it on another site").click();
  assert.match(await organiser.page.locator("code", { hasText: "<iframe" }).innerText(), /\/c\/park\?embed=1/);
});
after(async () => {
  await organiser?.context.browser()?.close();
  news?.close();
  await server?.stop();
});

/**
 * A browser that blocks the cookies of third parties, at a page of the news.
 * @param {import("node:test").TestContext} t
 * @param {boolean} keepsNothing
 */
async function reader(t, keepsNothing) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--test-third-party-cookie-phaseout"],
  });
  t.after(() => browser.close());
  const page = await (await browser.newContext()).newPage();
  if (keepsNothing) {
    await page.route(`${server.url}/**`, async (route) => {
      // What is fetched here would keep cookies of its own.
      await page.context().clearCookies();
      const answer = await route.fetch({ maxRedirects: 0 });
      const headers = Object.fromEntries(Object.entries(answer.headers()).filter(([name]) => name !== "set-cookie"));
      await route.fulfill({ response: answer, headers });
    });
  }
  await page.goto(newsUrl);
  return { page, frame: page.frameLocator("iframe") };
}

/** @param {import("playwright-core").FrameLocator} frame @param {string} answer */
async function voteIn(frame, answer) {
  const said = await frame.locator("#statement-text").innerText();
  const op = await frame.locator("input[name=op]").inputValue();
  await frame.getByRole("button", { name: answer, exact: true }).click();
  // The page that follows says the same, and has another form.
  await frame.locator(`input[name=op]:not([value="${op}"])`).waitFor({ state: "attached" });
  await frame.getByText("Vote saved.").waitFor();
  return said;
}

for (const keepsNothing of [false, true]) {
  const where = keepsNothing ? "where the browser keeps nothing" : "with third-party cookies blocked";
  test(`somebody votes in a frame of another site ${where}, as one person`, { timeout: 60_000 }, async (t) => {
    const { page, frame } = await reader(t, keepsNothing);
    const said = [await voteIn(frame, "Agree"), await voteIn(frame, "Disagree"), await voteIn(frame, "Pass")];
    assert.equal(new Set(said).size, 3, "no statement comes twice");
    await page.locator("#height", { hasText: /^\d+$/ }).waitFor();
    const token = await frame.locator("input[name=token]").count();
    assert.equal(token, keepsNothing ? 1 : 0, "the form says who somebody is only where the browser doesn't");
    if (keepsNothing) return;
    // The next day: the frame knows them again.
    await page.reload();
    assert.ok(!said.includes(await frame.locator("#statement-text").innerText()));
    // On its own, the site is another place: what was kept for the news is not sent there.
    await page.goto(`${server.url}/c/park/mine`);
    assert.deepEqual(Object.keys(await ownVotes(page, `park`).catch(() => ({}))), []);
  });
}

test("a site that is not named shows nothing", { timeout: 30_000 }, async (t) => {
  const evil = createServer((_, answer) => {
    answer.setHeader("content-type", "text/html");
    answer.end(`<iframe src="${server.url}/c/park?embed=1"></iframe>`);
  });
  await once(evil.listen(0, "localhost"), "listening");
  const browser = await launch();
  t.after(async () => {
    await browser.close();
    evil.close();
  });
  const page = await browser.newPage();
  const refused = page.waitForEvent("console", (message) => message.text().includes("frame-ancestors"));
  await page.goto(`http://localhost:${/** @type {import("node:net").AddressInfo} */ (evil.address()).port}/`);
  await refused;
});

test("three votes in a frame are those of one person", async () => {
  // Every vote is published when a conversation is closed.
  await organiser.page.goto("/o/park");
  await organiser.page.getByRole("button", { name: "Close it" }).click();
  const told = async () => (await fetch(`${server.url}/c/park/results.json`)).json();
  for (let tries = 0; tries < 50 && (await told()).counts.votes < 6; tries++) await organiser.page.waitForTimeout(100);
  const { people, votes } = (await told()).counts;
  assert.deepEqual([people, votes], [2, 6]);
});
