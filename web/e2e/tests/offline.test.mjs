import assert from "node:assert/strict";
import { test } from "node:test";
import { ownVotes, visitor, vote, write } from "../browser.mjs";
import { park } from "../park.mjs";

const its = park();

test("votes and words given offline are kept and sent when the connection is back", async () => {
  const { page, context, leave } = await visitor(its.browser, its.server.url);
  await page.goto("/c/park");
  await vote(page, "Agree");
  // Statements are fetched ahead once somebody has voted.
  await page.waitForLoadState("networkidle");
  await context.setOffline(true);

  const offline = [];
  for (const choice of ["Disagree", "Pass"]) {
    const text = (await page.textContent("#statement-text")) ?? "";
    offline.push([text, choice]);
    await page.getByRole("button", { name: choice, exact: true }).click();
    await page.getByText("You are offline. Your vote is kept").waitFor();
    await page.waitForFunction((before) => document.getElementById("statement-text")?.textContent !== before, text);
  }
  await write(page, "The park needs a bandstand");
  await page.getByText("Your words stay in the form").waitFor();

  await context.setOffline(false);
  await page.getByText("Your statement is saved").waitFor();
  await page.waitForFunction(() => localStorage.getItem("boule-votes-park") === "[]");
  const votes = await ownVotes(page, "park");
  for (const [text, choice] of offline) assert.equal(votes[text], choice);
  await page.getByRole("paragraph").filter({ hasText: "The park needs a bandstand" }).waitFor();
  await leave();
});

test("with no statement at hand the card says that the vote is kept, and the next visit sends it", async () => {
  const { page, context, leave } = await visitor(its.browser, its.server.url);
  await page.goto("/c/park");
  await context.setOffline(true);
  const text = (await page.textContent("#statement-text")) ?? "";
  await page.getByRole("button", { name: "Agree", exact: true }).click();
  await page.getByText("You are offline. Your vote is kept").waitFor();
  await page.getByRole("button", { name: "Disagree" }).click();
  await page.waitForFunction(() => localStorage.getItem("boule-votes-park")?.includes('"disagree"'));
  assert.equal(await page.textContent("#statement-text"), text);
  // Closed before the connection is back: else this page might send the vote itself.
  await page.close();
  await context.setOffline(false);
  const again = await context.newPage();
  await again.goto("/c/park");
  await again.getByText("Your votes were sent and saved.").waitFor();
  assert.deepEqual(await ownVotes(again, "park"), { [text]: "Disagree" });
  await leave();
});

test("a server that goes down and comes back loses no vote", async () => {
  const { page, leave } = await visitor(its.browser, its.server.url);
  await page.goto("/c/park");
  await vote(page, "Agree");
  const text = (await page.textContent("#statement-text")) ?? "";
  await its.server.down();
  await page.getByRole("button", { name: "Disagree" }).click();
  await page.getByText("You are offline. Your vote is kept").waitFor();
  await its.server.up();
  await page.getByText("Your votes were sent and saved.").waitFor({ timeout: 30_000 });
  assert.equal((await ownVotes(page, "park"))[text], "Disagree");
  await leave();
});

test("a page that was open once can be opened again without a connection, and nobody's votes are in the copy", async () => {
  const { page, context, leave } = await visitor(its.browser, its.server.url);
  await page.goto("/c/park");
  await vote(page, "Agree");
  const copy = await page.evaluate(async () => {
    for (let tries = 0; tries < 100; tries++) {
      const kept = await caches.match("/c/park");
      if (kept) return kept.text();
      await new Promise((later) => setTimeout(later, 100));
    }
    return "";
  });
  assert.match(copy, /id="last" hidden/);
  await context.setOffline(true);
  await page.reload();
  await page.getByText("You are offline").waitFor();
  const offline = [];
  for (let n = 0; n < 2; n++) {
    const text = (await page.textContent("#statement-text")) ?? "";
    offline.push(text);
    await page.getByRole("button", { name: "Disagree", exact: true }).click();
    await page.waitForFunction((before) => document.getElementById("statement-text")?.textContent !== before, text);
  }
  await context.setOffline(false);
  await page.waitForFunction(() => localStorage.getItem("boule-votes-park") === "[]");
  const votes = await ownVotes(page, "park");
  assert.equal(Object.values(votes).filter((choice) => choice === "Agree").length, 1, "what was voted on before stays");
  for (const text of offline) assert.equal(votes[text], "Disagree");
  await leave();
});

test("on a device that others use nothing is kept", async () => {
  const { page, leave } = await visitor(its.browser, its.server.url);
  await page.goto("/c/park");
  await page.getByRole("button", { name: "Others use this device, too" }).click();
  await vote(page, "Agree");
  await page.waitForLoadState("networkidle");
  const kept = await page.evaluate(async () => [
    (await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length, localStorage.getItem("boule-ahead-park"),
  ]);
  assert.deepEqual(kept, [0, 0, "[]"]);
  await leave();
});
