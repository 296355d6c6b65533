// The browser of the tests, and steps that several of them take.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { chromium } from "playwright-core";

/** @typedef {import("playwright-core").Browser} Browser */
/** @typedef {import("playwright-core").BrowserContext} BrowserContext */
/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("./server.mjs").Server} Server */

const ARGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

/** @returns {Promise<Browser>} */
export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ARGS });
}

/**
 * A visitor with a browser of their own. When they leave, the test fails if a script broke, the
 * page's own policy forbade something, or another site was asked for anything.
 * @param {Browser} browser
 * @param {string} url
 * @param {import("playwright-core").BrowserContextOptions} [options]
 */
export async function visitor(browser, url, options = {}) {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1000, height: 800 }, ...options });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  /** @type {string[]} */
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== url) complaints.push(`a request to ${request.url()}`);
  });
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) complaints.push(message.text());
  });
  const leave = async () => {
    await context.close();
    assert.deepEqual(complaints, [], "the pages of this visitor");
  };
  return { context, page, leave };
}

export const PASSWORD = "four plain words here";
let accounts = 0;

/**
 * Comes in by an invitation: makes an account, sets up an app for codes, and keeps the codes to print.
 * @param {Page} page
 * @param {string} link
 * @param {string} [address]
 * @returns {Promise<{address: string, secret: string, printed: string[]}>}
 */
export async function enter(page, link, address = `person-${(accounts += 1)}@town.example`) {
  await page.goto(link);
  // An invitation to somebody names them already.
  if (await page.locator("#address").isEditable()) await page.fill("#address", address);
  await page.fill("#password", PASSWORD);
  await page.click("form[action='/enter'] button");
  await page.waitForURL("**/sign-in/app");
  const secret = (await page.locator("#secret").innerText()).replaceAll(" ", "");
  await page.fill("#code", code(secret));
  await page.click("form[action='/sign-in/app'] button");
  const printed = await page.locator(".codes li").allInnerTexts();
  await page.click("main a.button");
  await page.waitForURL(/\/[om]$/);
  return { address, secret, printed };
}

/**
 * The code that an app shows (RFC 6238), a number of half minutes from now.
 * @param {string} secret in base32
 * @param {number} [steps]
 */
export function code(secret, steps = 0) {
  const bits = [...secret].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const hash = createHmac("sha1", key).update(counter).digest();
  const at = hash[hash.length - 1] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/**
 * Makes a draft at an address of its own.
 * @param {Page} page
 * @param {string} slug
 * @param {string} question
 */
export async function makeDraft(page, slug, question) {
  await page.goto("/o");
  await page.fill("#question", question);
  await page.fill("#organiser", "The town");
  await page.getByText("Choose its address yourself").click();
  await page.fill("#slug", slug);
  await page.getByRole("button", { name: "Make it" }).click();
  await page.waitForURL(`**/o/${slug}`);
}

/**
 * Makes and opens a conversation with seed statements.
 * @param {Browser} browser
 * @param {Server} server
 * @param {{slug?: string, statements?: number, results?: string, moderation?: string}} [how]
 */
export async function openConversation(browser, server, how = {}) {
  const { slug = "park", statements = 9, results = "always", moderation = "before" } = how;
  const organiser = await visitor(browser, server.url);
  const { page } = organiser;
  await enter(page, await server.link("organiser"));
  await makeDraft(page, slug, "What should the park become?");
  await page.goto(`/o/${slug}/prepare`);
  await page.check(`[name=results][value=${results}]`);
  await page.check(`[name=moderation][value=${moderation}]`);
  await page.locator(`form[action="/o/${slug}"]`).getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved").waitFor();
  await page.goto(`/o/${slug}`);
  const lines = Array.from({ length: statements }, (_, i) => `The park needs idea number ${i + 1}`);
  await page.setInputFiles("#seed-file", {
    name: "seeds.csv", mimeType: "text/csv", buffer: Buffer.from(["text", ...lines].join("\n")),
  });
  await page.getByRole("button", { name: "Look at the file" }).click();
  await page.getByRole("button", { name: `Add ${statements} statement` }).click();
  await page.locator(".seeds li").nth(statements - 1).waitFor();
  await page.getByRole("button", { name: "Open it for votes" }).click();
  await page.getByRole("button", { name: "Close it" }).waitFor();
  return organiser;
}

/**
 * Votes on the statement in the card, and waits for the next one or the end.
 * @param {Page} page
 * @param {string} name
 */
export async function vote(page, name) {
  const acknowledged = await acknowledgedVotes(page);
  await page.locator("#vote-form").getByRole("button", { name, exact: true }).click();
  await page.waitForFunction((before) => document.getElementById("conversation")?.dataset.acknowledged !== before, acknowledged);
}

/**
 * Writes a statement of one's own and sends it.
 * @param {Page} page
 * @param {string} text
 */
export async function write(page, text) {
  const field = page.locator("#submit-text");
  if (!await field.isVisible()) await page.locator("#submit-title").click();
  await field.fill(text);
  await page.locator("#submit-button").click();
  // Where others have said nearly the same, that is shown first.
  const isLike = await page.locator("#similar").waitFor({ timeout: 400 }).then(() => true, () => false);
  if (isLike) await page.getByRole("button", { name: "Send mine anyway" }).click();
}

/** How many votes of this page were acknowledged. @param {Page} page */
function acknowledgedVotes(page) {
  return page.evaluate(() => document.getElementById("conversation")?.dataset.acknowledged);
}

/**
 * How /mine words the votes: statement → choice.
 * @param {Page} page
 * @param {string} slug
 * @returns {Promise<Record<string, string>>}
 */
export async function ownVotes(page, slug) {
  await page.goto(`/c/${slug}/mine`);
  return page.$$eval("tbody tr", (rows) => Object.fromEntries(rows.map((row) => [
    row.children[0].textContent?.trim() ?? "", row.children[1].firstChild?.textContent?.trim() ?? "",
  ])));
}

/**
 * Drafts a conversation's agenda from the votes.
 * @param {Page} page @param {string} slug
 */
export async function draftAgenda(page, slug, places = 7) {
  await page.goto(`/o/${slug}/agenda`);
  await page.fill("#places", String(places));
  await page.getByRole("button", { name: "Draft the agenda" }).click();
  await page.getByRole("heading", { name: "Is there something in it for everybody?" }).waitFor();
  assert.ok(await page.locator(".slot").count() > 0, "the agenda was drafted from a map without votes");
}

/**
 * Publishes the agenda in the making as it stands.
 * @param {Page} page @param {string} slug
 */
export async function publishDrafted(page, slug) {
  await page.goto(`/o/${slug}/agenda`);
  await page.getByRole("link", { name: "Publish …" }).click();
  await page.getByRole("button", { name: "Publish this agenda" }).click();
  await page.waitForURL(`**/c/${slug}/agenda`);
}
