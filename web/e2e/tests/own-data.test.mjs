// What is one's own: taken along as a file, and erased, by the keyboard alone and without JavaScript.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { launch, openConversation, visitor, write } from "../browser.mjs";
import { serve } from "../server.mjs";

/** @type {import("../server.mjs").Server} */
let server;
/** @type {import("playwright-core").Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof visitor>>} */
let organiser;

before(async () => {
  [server, browser] = await Promise.all([serve(), launch()]);
  organiser = await openConversation(browser, server, { moderation: "after" });
});
after(async () => {
  await organiser?.leave();
  await browser?.close();
  await server?.stop();
});

/**
 * Somebody who voted and wrote.
 * @param {import("playwright-core").BrowserContextOptions} options
 * @param {string} words
 */
async function somebody(options, words) {
  const guest = await visitor(browser, server.url, options);
  await guest.page.goto("/c/park");
  await guest.page.locator("#vote-form").getByRole("button", { name: "Agree", exact: true }).click();
  await write(guest.page, words);
  await guest.page.getByText("Your statement is saved").waitFor();
  await guest.page.goto("/c/park/mine");
  await guest.page.getByText(words).first().waitFor();
  return guest;
}

for (const [name, options, words] of /** @type {[string, import("playwright-core").BrowserContextOptions, string][]} */ ([
  ["by the keyboard alone", {}, "The park needs a pond for frogs"],
  ["without JavaScript", { javaScriptEnabled: false }, "The park needs a hedge for wrens"],
  ["on a phone, in the dark", { viewport: { width: 360, height: 740 }, colorScheme: "dark" }, "The park needs a wall for snails"],
])) {
  test(`somebody takes along what is theirs and erases it, ${name}`, { timeout: 60_000 }, async () => {
    const { page, leave } = await somebody(options, words);
    const download = page.getByRole("button", { name: "Download my data" });
    const [file] = await Promise.all([page.waitForEvent("download"), download.press("Enter")]);
    const data = JSON.parse(await readFile(await file.path(), "utf8"));
    assert.equal(data.votes.length, 2);
    assert.equal(data.statements[0].text, words);
    await page.getByRole("link", { name: "Erase my data" }).press("Enter");
    await page.getByText("2 votes and 1 statement").waitFor();
    await page.getByRole("button", { name: "Erase it for good" }).press("Enter");
    await page.getByText("Your data are erased.").waitFor();
    await page.getByText("You have not voted yet.").waitFor();
    await page.goto("/c/park/results");
    assert.equal(await page.getByText(words).count(), 0);
    await leave();
  });
}

test("an organiser erases whoever gives the code of their page", { timeout: 60_000 }, async () => {
  const guest = await somebody({}, "The park needs a swing for adults");
  await guest.page.goto("/c/park/mine/erase");
  const code = (await guest.page.locator("code.code").textContent()) ?? "";
  const { page } = organiser;
  await page.goto("/o/park");
  await page.getByRole("link", { name: "Requests about personal data" }).click();
  await page.fill("#code", "000-000-000-000-000");
  await page.getByRole("button", { name: "Erase their data for good" }).click();
  await page.getByText("Nobody here has this code.").waitFor();
  await page.fill("#code", code);
  await page.getByRole("button", { name: "Erase their data for good" }).click();
  await page.getByText("The data are erased.").waitFor();
  await guest.page.goto("/c/park/mine");
  await guest.page.getByText("You have not voted yet.").waitFor();
  await guest.leave();
});
