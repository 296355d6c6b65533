import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { enter, launch, openConversation, ownVotes, visitor, write } from "../browser.mjs";
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

  await write(page, "x".repeat(281));
  await page.getByRole("alert").waitFor();
  assert.equal((await page.inputValue("#submit-text")).length, 281);
  await write(page, "The park needs a pond");
  await page.getByText("Your statement is saved").waitFor();
  const votes = await ownVotes(page, "park");
  assert.deepEqual(votes, { [first]: "Disagree", "The park needs a pond": "Agree" });

  await page.goto("/c/park/results");
  await page.getByRole("heading", { name: "How sure is this?" }).waitFor();
  await page.getByText("The map appears when").waitFor();
  await leave();
});

test("without JavaScript an organiser brings a spreadsheet, is asked for its column, and sees what will be added", async () => {
  const { page, leave } = await visitor(browser, server.url, { javaScriptEnabled: false });
  await enter(page, await server.link("organiser"));
  await page.goto("/o/park");
  const rows = ["Nr;Was wir wollen;Bereich", "1;Mehr Bänke;Park", "2;The park needs idea number 1;Park", `3;${"x".repeat(281)};Park`];
  await page.setInputFiles("#seed-file", { name: "liste.csv", mimeType: "text/csv", buffer: Buffer.from(rows.join("\r\n"), "latin1") });
  await page.getByRole("button", { name: "Look at the file" }).click();
  await page.getByRole("heading", { name: "Which column" }).waitFor();
  await page.getByLabel("Was wir wollen").check();
  await page.locator("form button.primary").click();
  const fates = await page.$$eval("tbody tr", (lines) => lines.map((line) => [...line.children].slice(1).map((cell) => cell.textContent?.trim())));
  assert.equal(fates.length, 3);
  await page.getByText("How liste.csv was read: a text file (Windows encoding), columns separated by semicolons").waitFor();
  assert.equal(fates[0][1], "Mehr Bänke");
  assert.match(fates[1][0] ?? "", /^Already here, as No\. \d+$/);
  assert.match(fates[2][0] ?? "", /281/);
  await page.getByRole("button", { name: "Add 1 statement" }).click();
  await page.locator(".seeds li", { hasText: "Mehr Bänke" }).waitFor();
  await leave();
});
