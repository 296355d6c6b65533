// A conversation is deleted: called off, planned again, carried out by the server on its day, and what stays of it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, openConversation, visitor, vote } from "../browser.mjs";
import { looked } from "../looked.mjs";
import { canBeLater, serve } from "../server.mjs";

/** @type {import("../server.mjs").Server} */
let server;
/** @type {import("playwright-core").Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof visitor>>} */
let organiser;

before(async () => {
  [server, browser] = await Promise.all([serve(), launch()]);
  organiser = await openConversation(browser, server, { statements: 3 });
});
after(async () => {
  await organiser?.leave();
  await browser?.close();
  await server?.stop();
});

async function planDeletion() {
  const { page } = organiser;
  await page.goto("/o/park");
  await page.getByText("Delete this conversation").click();
  await page.fill("#deletion-slug", "park");
  await page.getByRole("button", { name: "Delete it in 14 days" }).click();
  await page.getByRole("button", { name: "Keep it after all" }).waitFor();
}

test("what stays of a deleted conversation says so, and fits", { skip: !canBeLater && !process.env.CI, timeout: 180_000 }, async () => {
  for (let i = 0; i < 8; i++) {
    const guest = await visitor(browser, server.url);
    await guest.page.goto("/c/park");
    for (let n = 0; n < 3; n++) await vote(guest.page, "Agree");
    await guest.leave();
  }
  const { page } = organiser;
  await page.goto("/o/park");
  await page.getByRole("button", { name: "Close it" }).click();
  await planDeletion();
  await page.getByRole("button", { name: "Keep it after all" }).click();
  await page.getByText("Delete this conversation").waitFor();
  await planDeletion();
  await server.down();
  await server.up(13);
  const guest = await visitor(browser, server.url);
  assert.equal((await guest.page.goto("/c/park/results"))?.status(), 200, "not before its day");
  assert.equal((await guest.page.goto("/kept/park"))?.status(), 404);
  await server.down();
  await server.up(15);
  // The server looks every second for what is due, and a busy machine takes its time.
  for (let tries = 0; tries < 70 && (await guest.page.goto("/kept/park"))?.status() !== 200; tries++) {
    await guest.page.waitForTimeout(1000);
  }
  await guest.page.goto("/c/park");
  await guest.page.waitForURL("**/kept/park");
  await guest.page.getByText("This conversation was deleted on").waitFor();
  await guest.page.getByText("The park needs idea number 1").first().waitFor();
  assert.equal(await guest.page.getByRole("heading", { name: "What will be done with the answers" }).count(), 0,
    "nothing was promised, so nothing stands under this heading");
  await guest.page.setViewportSize({ width: 360, height: 740 });
  const shown = await guest.page.getByRole("columnheader", { name: "Pass" }).boundingBox();
  assert.ok(shown && shown.x + shown.width <= 360, "every vote is in sight on a phone");
  /** @type {string[]} */
  const wrong = [];
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    await guest.page.emulateMedia({ colorScheme });
    wrong.push(...await looked(guest.page, "kept", colorScheme));
  }
  await guest.leave();
  assert.deepEqual(wrong, []);
});
