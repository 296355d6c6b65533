import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { after, before, beforeEach, test } from "node:test";
import { draftAgenda, enter, launch, publishDrafted, visitor } from "../browser.mjs";
import { demo, serve } from "../server.mjs";

/** @typedef {import("playwright-core").Page} Page */

/** A large conversation, where it is there. */
const VTAIWAN = fileURLToPath(new URL("../../../../shared/data/polis/vtaiwan.uberx", import.meta.url));
/** From a conversation that was imported to an agenda with questions and minutes. */
const MOST_CLICKS = 20;

/** @type {import("../server.mjs").Server} */
let server;
/** @type {import("playwright-core").Browser} */
let browser;
/** @type {import("playwright-core").Cookie[]} */
let organiser;

before(async () => {
  [server, browser] = await Promise.all([demo(), launch()]);
  const { page, context, leave } = await visitor(browser, server.url);
  await enter(page, await server.link("organiser"));
  await draftAgenda(page, "riverside", 5);
  organiser = await context.cookies();
  await leave();
});
// Each test begins with the draft: everything is taken back.
beforeEach(async () => {
  const { page, leave } = await signedIn({ javaScriptEnabled: false });
  await page.goto("/o/riverside/agenda");
  const undo = page.getByRole("button", { name: "Undo" });
  while (await undo.isEnabled()) await undo.click();
  await leave();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** @param {import("playwright-core").BrowserContextOptions} [how] */
async function signedIn(how = {}) {
  const come = await visitor(browser, server.url, how);
  await come.context.addCookies(organiser);
  return come;
}

/** The items in their order: questions, or the statements that stand for them. @param {Page} page */
const items = (page) => page.locator(".slot h3 span:last-child").allInnerTexts();

/** @param {Page} page @param {(items: string[]) => boolean} are */
async function untilItems(page, are) {
  for (let tries = 0; tries < 100; tries++) {
    if (are(await items(page))) return;
    await page.waitForTimeout(50);
  }
  assert.fail(`the items are ${(await items(page)).join(" | ")}`);
}

test("by mouse an organiser words, times, drags, adds, takes off, undoes and publishes", async () => {
  const { page, leave } = await signedIn({ viewport: { width: 1280, height: 2400 } });
  await page.goto("/o/riverside/agenda");
  const [first, second, third] = await items(page);
  await page.locator("#session-minutes").fill("120");
  await page.getByRole("button", { name: "Share the time out evenly" }).click();
  await page.getByText("100 of 120 minutes used").waitFor();
  // What is typed is saved when the field is left, on the same page.
  const question = page.locator("textarea[name^=question-]").first();
  await question.fill("How do we look after the river?");
  await page.locator("h1").click();
  await page.locator(".slot h3", { hasText: "How do we look after the river?" }).waitFor();
  // Dragged to the third place.
  await page.locator(".slot h3").first().dragTo(page.locator(".slot").nth(2));
  await untilItems(page, ([a, b, c]) => a === second && b === third && c === "How do we look after the river?");
  await page.getByRole("button", { name: /^Add: / }).first().click();
  await untilItems(page, (all) => all.length === 6);
  await page.locator(".slot").nth(1).getByText("To read, notes").click();
  await page.locator("input[name^=reason-]").nth(1).fill("Praise, nothing to decide");
  await page.getByRole("button", { name: "Remove item 2" }).click();
  await untilItems(page, (all) => all.length === 5 && !all.includes(third));
  await page.getByRole("button", { name: "Undo" }).click();
  await untilItems(page, (all) => all.length === 6 && all[1] === third);
  await page.getByRole("button", { name: "Redo" }).click();
  await untilItems(page, (all) => all.length === 5);
  await publishDrafted(page, "riverside");
  await page.getByRole("heading", { name: "How do we look after the river?" }).waitFor();
  const said = await page.locator("main").innerText();
  assert.ok(said.includes("The reason: Praise, nothing to decide"), said);
  assert.ok(said.includes(first) && said.includes("The votes alone did not put it here."));
  await leave();
});

test("by keyboard alone items move, and the focus stays with them", async () => {
  const { page, leave } = await signedIn();
  await page.goto("/o/riverside/agenda");
  const [first, second] = await items(page);
  await page.getByRole("button", { name: "Move item 1 down" }).focus();
  await page.keyboard.press("Enter");
  await untilItems(page, ([a, b]) => a === second && b === first);
  const at = () => page.evaluate(() => document.activeElement?.id);
  const moved = await at();
  assert.match(moved ?? "", /^down-\d+$/);
  await page.keyboard.press("Alt+ArrowUp");
  await untilItems(page, ([a]) => a === first);
  assert.equal(await page.evaluate(() => document.activeElement?.closest(".slot")?.querySelector("h3 span:last-child")?.textContent), first);
  // Into the question, typed, and out of it: saved, and the focus is where Tab put it.
  await page.locator("textarea[name^=question-]").first().focus();
  await page.keyboard.type("What comes first?");
  await page.keyboard.press("Tab");
  await page.locator(".slot h3", { hasText: "What comes first?" }).waitFor();
  const tabbed = await page.evaluate(() => document.activeElement?.getAttribute("name") ?? document.activeElement?.tagName);
  assert.notEqual(tabbed, "BODY");
  await leave();
});

test("what is typed while a slow answer is on its way is saved whole, and is no conflict", async () => {
  const { page, leave } = await signedIn();
  await page.goto("/o/riverside/agenda");
  const network = await page.context().newCDPSession(page);
  const slow = { offline: false, latency: 600, downloadThroughput: -1, uploadThroughput: -1 };
  await network.send("Network.emulateNetworkConditions", slow);
  const question = page.locator("textarea[name^=question-]").first();
  await question.click();
  await page.keyboard.type("Who pays ");
  await page.locator("h1").click();
  await question.click();
  await page.keyboard.press("End");
  await page.keyboard.type("for the benches?");
  await page.locator("h1").click();
  await page.locator(".slot h3", { hasText: "Who pays for the benches?" }).waitFor();
  assert.equal(await page.getByRole("alert").count(), 0);
  await leave();
});

test("without JavaScript the same form does it, and nothing typed is lost with another button", async () => {
  const { page, leave } = await signedIn({ javaScriptEnabled: false });
  await page.goto("/o/riverside/agenda");
  const [first, second] = await items(page);
  await page.locator("textarea[name^=question-]").first().fill("Who looks after the benches?");
  await page.getByRole("button", { name: "Move item 1 down" }).click();
  await untilItems(page, ([a, b]) => a === second && b === "Who looks after the benches?");
  await page.getByText("Add items that are not from the votes").click();
  await page.fill("#own-question", "The budget for next year");
  await page.fill("#own-origin", "The council, 3 May");
  await page.getByRole("button", { name: "Add to the agenda" }).click();
  await untilItems(page, (all) => all.at(-1) === "The budget for next year");
  await page.fill("#comment", "Is this for us?");
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByText("Is this for us?").waitFor();
  await page.fill("#q", "river");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  for (const text of await page.locator(".candidates .say").allInnerTexts()) assert.match(text, /river/i);
  await page.getByRole("button", { name: "Undo" }).click();
  await untilItems(page, (all) => all.at(-1) !== "The budget for next year");
  await publishDrafted(page, "riverside");
  await page.getByText(first).first().waitFor();
  await page.getByRole("heading", { name: "Is there something in it for everybody?" }).waitFor();
  await page.goto("/o/riverside/agenda");
  await page.getByText("What is added to the agenda automatically").click();
  await page.fill("#rule-share", "0.5");
  await page.fill("#rule-base", "40000");
  await page.fill("#rule-of", "people who live here");
  await page.getByRole("button", { name: "Save these rules" }).click();
  await page.locator("#rules").getByText("once 200 people agree with it").waitFor();
  await leave();
});

test("two organisers at once: the later one sees both wordings, and saves one of them", async () => {
  const [one, two] = [await signedIn(), await signedIn()];
  await Promise.all([one.page.goto("/o/riverside/agenda"), two.page.goto("/o/riverside/agenda")]);
  await one.page.locator("textarea[name^=question-]").first().fill("When should officials abstain?");
  await one.page.getByRole("button", { name: "Save", exact: true }).first().click();
  await one.page.locator(".slot h3", { hasText: "When should officials abstain?" }).waitFor();
  await two.page.locator("textarea[name^=question-]").first().fill("When should officials abstain, and who decides that?");
  await two.page.getByRole("button", { name: "Save", exact: true }).first().click();
  const conflict = two.page.getByRole("alert");
  await conflict.getByText("A colleague changed this while you were writing.").waitFor();
  await conflict.getByText("When should officials abstain?").first().waitFor();
  await two.page.getByRole("button", { name: "Save what is in the field" }).click();
  await two.page.locator(".slot h3", { hasText: "and who decides that?" }).waitFor();
  await one.page.reload();
  assert.equal((await items(one.page))[0], "When should officials abstain, and who decides that?");
  await one.leave();
  await two.leave();
});

for (const [locale, lang, dir] of [["de-DE", "de", "ltr"], ["ar", "ar", "rtl"]]) {
  test(`at 360 px in ${lang} nothing is cut off, and the agenda comes first`, async () => {
    const { page, leave } = await signedIn({ locale, viewport: { width: 360, height: 740 } });
    for (const path of ["/o/riverside/agenda", "/o/riverside/agenda/preview", "/o/riverside/agenda/publish"]) {
      await page.goto(path);
      assert.equal(await page.locator("html").getAttribute("dir"), dir);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${path} is ${wide} px too wide`);
    }
    await page.goto("/o/riverside/agenda");
    const [agenda, pool] = await Promise.all(["#items", "#pool"].map((part) => page.locator(part).boundingBox()));
    assert.ok(agenda && pool && agenda.y < pool.y, "on a phone the agenda comes before what could be added");
    await leave();
  });
}

test("from an imported conversation to a published agenda with questions and minutes", { skip: !existsSync(VTAIWAN), timeout: 60_000 }, async () => {
  const large = await serve({ imported: { from: VTAIWAN, slug: "uberx" } });
  try {
    const { page, leave } = await visitor(browser, large.url);
    await enter(page, await large.link("organiser"));
    await page.goto("/o/uberx/agenda");
    await page.evaluate(() => sessionStorage.setItem("clicks", "0"));
    await page.addInitScript(() => {
      document.addEventListener("click", (event) => {
        if (event.isTrusted && event.detail > 0) sessionStorage.setItem("clicks", String(Number(sessionStorage.getItem("clicks")) + 1));
      }, true);
    });
    await page.reload();
    await page.getByRole("button", { name: "Draft the agenda" }).click();
    await page.locator("#session-minutes").click();
    await page.keyboard.type("240");
    await page.getByRole("button", { name: "Share the time out evenly" }).click();
    await page.getByText("210 of 240 minutes used").waitFor();
    for (let at = 0; at < 7; at++) {
      await page.locator("textarea[name^=question-]").nth(at).click();
      await page.keyboard.type(`Question ${at + 1}: what should follow?`);
    }
    await page.getByRole("link", { name: "Preview" }).focus();
    await page.locator(".slot h3", { hasText: "Question 7" }).waitFor();
    await page.getByRole("link", { name: "Publish …" }).click();
    await page.getByRole("button", { name: "Publish this agenda" }).click();
    await page.waitForURL("**/c/uberx/agenda");
    assert.equal(await page.getByRole("heading", { name: /^Question \d: what/ }).count(), 7);
    const clicks = Number(await page.evaluate(() => sessionStorage.getItem("clicks")));
    console.log(`from an imported vtaiwan to a published agenda of seven questions with minutes: ${clicks} clicks`);
    assert.ok(clicks >= 11 && clicks <= MOST_CLICKS, `${clicks} clicks`);
    await leave();
  } finally {
    await large.stop();
  }
});
