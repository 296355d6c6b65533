// What organisers publish, what people mark as important, what a moderator decides meanwhile, and the one mail.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, openConversation, visitor, vote, write } from "../browser.mjs";
import { mailServer, until } from "../mail-server.mjs";
import { serve } from "../server.mjs";

/** @type {import("playwright-core").Browser} */
let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** Its head, and its words, which come quoted-printable. @param {string} mail */
function textOf(mail) {
  const [head, ...body] = mail.split("\r\n\r\n");
  return head + body.join("\n\n").replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
}

test("what a moderator decides reaches the open page, and the author", { timeout: 60_000 }, async (t) => {
  const server = await serve();
  t.after(server.stop);
  const organiser = await openConversation(browser, server);
  const { page, leave } = await visitor(browser, server.url);
  await page.goto("/c/park");
  await vote(page, "Agree");
  await write(page, "A pond for everybody");
  await page.getByText("It waits for a moderator").waitFor();
  await organiser.page.goto("/m/park");
  await organiser.page.getByRole("button", { name: /^Accept/ }).first().click();
  await page.locator("#status", { hasText: "Your statement was accepted." }).waitFor();
  // The statement that is in the card is taken down: another one stands there.
  const before = await page.locator("#statement-text").innerText();
  const number = await page.locator("#vote-form [name=statement]").inputValue();
  const cookies = await organiser.context.cookies();
  await organiser.page.request.post(`${server.url}/m/park/moderate`, {
    form: { statement: number, decision: "rule-0" },
    headers: { origin: server.url, cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; ") },
  });
  await page.locator("#status", { hasText: "A moderator has taken this statement down." }).waitFor();
  await page.waitForFunction((was) => document.getElementById("statement-text")?.textContent !== was, before);
  await vote(page, "Pass");
  await Promise.all([leave(), organiser.leave()]);
});

test("a mark of importance goes with the vote, also by keyboard and offline", { timeout: 60_000 }, async (t) => {
  const server = await serve();
  t.after(server.stop);
  const organiser = await openConversation(browser, server);
  await organiser.page.goto("/o/park/prepare");
  await organiser.page.check("[name=important]");
  await organiser.page.fill("[name=reason]", "People asked for it");
  await organiser.page.locator("form[action='/o/park']").getByRole("button", { name: "Save" }).click();
  await organiser.page.getByText("Saved").waitFor();
  await organiser.leave();
  const { page, context, leave } = await visitor(browser, server.url);
  await page.goto("/c/park");
  await vote(page, "Agree");
  assert.equal(await page.locator("[name=important]").isChecked(), false);
  await page.locator("[name=important]").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("2");
  await page.waitForFunction(() => document.getElementById("conversation")?.dataset.acknowledged === "2");
  assert.equal(await page.locator("[name=important]").isChecked(), false, "the next statement is not marked");
  await context.setOffline(true);
  await page.check("[name=important]");
  await page.locator("#vote-form").getByRole("button", { name: "Disagree", exact: true }).click();
  await page.locator("#status", { hasText: "kept" }).waitFor();
  await context.setOffline(false);
  await page.waitForFunction(() => document.getElementById("conversation")?.dataset.acknowledged === "3");
  await page.goto("/c/park/mine");
  assert.equal(await page.getByText("Important to you").count(), 2);
  await leave();
});

test("who asks for a mail gets one, once, and can call it off", { timeout: 90_000 }, async (t) => {
  const mail = await mailServer({ authOptional: true, disabledCommands: ["STARTTLS"] });
  t.after(mail.close);
  const settings = {
    BOULE_SMTP: `smtp://127.0.0.1:${mail.port}`, BOULE_MAIL_FROM: "Boule <boule@town.example>", BOULE_LOG: "error",
  };
  const server = await serve({ settings });
  t.after(server.stop);
  const organiser = await openConversation(browser, server);
  const { page, leave } = await visitor(browser, server.url);
  await page.goto("/c/park");
  await page.getByRole("link", { name: "Get one mail when there is something new" }).first().click();
  await page.fill("#follow-address", "nobody");
  await page.locator("form.stacked").evaluate((form) => form.setAttribute("novalidate", ""));
  await page.getByRole("button", { name: "Send me the link" }).click();
  await page.getByText("This is not an e-mail address.").waitFor();
  for (const address of ["ada@town.example", "grace@town.example"]) {
    await page.goto("/c/park/follow?topic=results");
    await page.fill("#follow-address", address);
    await page.getByRole("button", { name: "Send me the link" }).click();
    await page.getByText("a mail with a link is on its way").waitFor();
  }
  const [ada, grace] = await Promise.all(["ada", "grace"].map(async (name) => {
    const to = () => mail.mails.find((one) => one.includes(`To: ${name}@town.example`));
    await until(() => Boolean(to()));
    return textOf(to() ?? "");
  }));
  assert.match(ada, /List-Unsubscribe: <http\S+\/follow\/stop\?key=[0-9a-f]{32}>/);
  assert.match(ada, /List-Unsubscribe-Post: List-Unsubscribe=One-Click/);
  for (const text of [ada, grace]) {
    await page.goto(/http\S+\/follow\?key=[0-9a-f]{32}/.exec(text)?.[0] ?? "");
    await page.getByRole("button", { name: "Yes, write to me" }).click();
    await page.getByText("we will write to you once").waitFor();
  }
  // As a mail program does: no page, no cookie.
  const stop = /<(http\S+\/follow\/stop\?key=[0-9a-f]{32})>/.exec(grace)?.[1] ?? "";
  const called = await fetch(stop, {
    method: "POST", body: new URLSearchParams({ "List-Unsubscribe": "One-Click" }), redirect: "manual",
  });
  assert.equal(called.status, 303);
  await organiser.page.goto("/o/park");
  await organiser.page.getByRole("button", { name: "Close it" }).click();
  await organiser.page.getByRole("button", { name: "Open it for votes" }).waitFor();
  await Promise.all([leave(), organiser.leave()]);
  // It is looked what is due every five minutes, and when the server starts.
  await server.down();
  await server.up();
  await until(() => mail.mails.some((one) => textOf(one).includes("has ended. Here are the results:")));
  await new Promise((done) => setTimeout(done, 3_000));
  const due = mail.mails.filter((one) => textOf(one).includes("has ended. Here are the results:"));
  assert.equal(due.length, 1);
  assert.match(due[0], /To: ada@town\.example/);
});
