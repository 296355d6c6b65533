// How long a moderator waits: for the list with 10,000 that wait, for each of 300 decisions at two a second, for a new
// statement; and how soon an accepted one may be offered. About four minutes. BOULE_BIN is the program, best one built for release.
//   node moderating.mjs

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { enter, launch, openConversation, visitor, write } from "./browser.mjs";
import { serve } from "./server.mjs";

/** @typedef {import("./browser.mjs").Browser} Browser */
/** @typedef {import("./server.mjs").Server} Server */

const WAITING = 10_000;
const CPU = 4;
const LOADS = 9;
const DECISIONS = 300;
const EVERY_MS = 500;
const SUBMISSIONS = 15;
const GOAL = { painted: 300, decision: 100, told: 1_000 };

/** @param {string} what @param {number[]} times @param {number} goal in milliseconds, of the last figure */
function tell(what, times, goal) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (/** @type {number} */ part) => Math.round(sorted[Math.ceil((sorted.length - 1) * part)] ?? 0);
  console.log(`${what}: half within ${at(0.5)} ms, 99 of 100 within ${at(0.99)} ms (goal ${goal} ms), all of ${times.length} within ${at(1)} ms`);
}

/** A conversation in which so many statements wait. @param {string} dir */
async function writeExport(dir) {
  const comment = (/** @type {number} */ n) =>
    `${1_600_000_000_000 + n},x,${n},${n % 900},0,0,0,"Statement number ${n} of those that wait, about as long as people write them"`;
  const comments = Array.from({ length: WAITING }, (_, n) => comment(n + 1));
  await writeFile(join(dir, "summary.csv"), "topic,What shall we do?\nviews,900\n");
  await writeFile(join(dir, "comments.csv"),
    ["timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body", ...comments, ""].join("\n"));
  await writeFile(join(dir, "votes.csv"), "timestamp,datetime,comment-id,voter-id,vote\n");
  await writeFile(join(dir, "participants-votes.csv"), "participant,group-id,n-comments,n-votes,n-agree,n-disagree\n");
}

/** @param {Browser} browser @param {Server} server */
async function withMany(browser, server) {
  const { page, context, leave } = await visitor(browser, server.url);
  await enter(page, await server.link("moderator"));
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: CPU });
  const painted = [];
  for (let n = 0; n < LOADS; n++) {
    await page.goto("/m/many");
    await page.locator("#queue li").first().waitFor();
    painted.push(await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN));
  }
  const listed = async () => Number((await page.locator("[aria-current] b").innerText()).replace(/\D/g, ""));
  assert.equal(await listed(), WAITING);
  tell(`the list with ${WAITING} that wait is painted, at CPU ${CPU}×`, painted, GOAL.painted);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  const took = [];
  for (let at = 0; at < DECISIONS; at++) {
    const number = await page.locator("#decide").getAttribute("data-here");
    const began = performance.now();
    await page.keyboard.press("a");
    await page.waitForFunction((was) => document.querySelector("#decide")?.getAttribute("data-here") !== was, number);
    took.push(performance.now() - began);
    await page.waitForTimeout(Math.max(0, EVERY_MS - (performance.now() - began)));
  }
  await page.goto("/m/many");
  assert.equal(await listed(), WAITING - DECISIONS, "no key is lost");
  tell("a decision by keyboard, two a second, until the next statement stands there", took, GOAL.decision);
  await leave();
}

/** @param {Browser} browser @param {Server} server */
async function withNew(browser, server) {
  const owner = await openConversation(browser, server, {});
  await owner.page.goto("/m/park");
  /** @type {number[]} */
  const told = [];
  /** @type {number[]} */
  const offered = [];
  for (let n = 0; n < SUBMISSIONS; n++) {
    const author = await visitor(browser, server.url);
    await author.page.goto("/c/park");
    const pending = await owner.page.locator("#queue-news").getAttribute("data-pending");
    await write(author.page, `The park needs thing number ${n} of those that nobody has named yet ${"abcdefghijklmno"[n]}`);
    const began = performance.now();
    await owner.page.waitForFunction((was) => {
      const news = document.getElementById("queue-news");
      return news && !news.hidden && news.innerText.trim() !== "" && news.dataset.pending === was;
    }, pending);
    told.push(performance.now() - began);
    await owner.page.goto("/m/park");
    const number = await owner.page.locator("#decide").getAttribute("data-here");
    const accepted = performance.now();
    await owner.page.keyboard.press("a");
    const isOffered = async () => {
      const { statements } = await (await fetch(`${server.url}/api/v1/c/park/unseen`)).json();
      return statements.some((/** @type {{number: number}} */ one) => String(one.number) === number);
    };
    while (!await isOffered()) assert.ok(performance.now() - accepted < 10_000);
    offered.push(performance.now() - accepted);
    await owner.page.waitForTimeout(EVERY_MS);
    await author.leave();
  }
  await owner.leave();
  tell("a new statement is told on a moderator's screen", told, GOAL.told);
  tell("an accepted statement may be offered", offered, GOAL.told);
}

const from = await mkdtemp(join(tmpdir(), "boule-moderating-"));
await writeExport(from);
const browser = await launch();
const server = await serve({ imported: { from, slug: "many" } });
try {
  await withMany(browser, server);
  await withNew(browser, server);
} finally {
  await browser.close();
  await server.stop();
  await rm(from, { recursive: true });
}
