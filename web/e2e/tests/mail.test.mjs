// Invitations by mail, taken by a real SMTP server, over TLS and without.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { generate } from "selfsigned";
import { enter, launch, visitor } from "../browser.mjs";
import { mailServer, until } from "../mail-server.mjs";
import { serve } from "../server.mjs";

/** @type {import("playwright-core").Browser} */
let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** @param {string} mail quoted-printable */
function textOf(mail) {
  return mail.replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
}

/**
 * A certificate for this machine, in a file that can be trusted.
 * @param {import("node:test").TestContext} t
 */
async function certificate(t) {
  const { cert, private: key } = await generate([{ name: "commonName", value: "127.0.0.1" }], {
    algorithm: "sha256",
    extensions: [{ name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] }],
  });
  const dir = await mkdtemp(join(tmpdir(), "boule-mail-"));
  t.after(() => rm(dir, { recursive: true, force: true }));
  const file = join(dir, "cert.pem");
  await writeFile(file, cert);
  return { cert, key, file };
}

/**
 * Invites somebody by mail.
 * @param {import("../server.mjs").Server} server
 */
async function invite(server) {
  const owner = await visitor(browser, server.url);
  await enter(owner.page, await server.link("owner"));
  await owner.page.goto("/people");
  await owner.page.fill("#address", "grace@town.example");
  await owner.page.check("[name=role][value=moderator]");
  await owner.page.locator("form[action='/people'] button").click();
  await owner.page.getByText("The invitation is on its way by e-mail.").waitFor();
  await owner.leave();
}

for (const [name, tls] of /** @type {const} */ ([["without TLS on this machine", ""], ["by STARTTLS", "?tls=required"]])) {
  test(`a colleague is invited by mail ${name}, and comes in by the link in it`, { timeout: 60_000 }, async (t) => {
    const { cert, key, file } = await certificate(t);
    const mail = await mailServer({ authOptional: true, cert, key, disabledCommands: tls ? [] : ["STARTTLS"] });
    t.after(mail.close);
    const settings = {
      BOULE_SMTP: `smtp://127.0.0.1:${mail.port}${tls}`, BOULE_MAIL_FROM: "Boule <boule@town.example>",
      SSL_CERT_FILE: file, BOULE_LOG: "error",
    };
    const server = await serve({ settings });
    t.after(server.stop);
    await invite(server);
    await until(() => mail.mails.some((text) => text.includes("grace@town.example")));
    const text = textOf(mail.mails.find((one) => one.includes("grace@town.example")) ?? "");
    assert.match(text, /From: .*boule@town\.example/);
    assert.match(text, /Subject: Invitation to help run public conversations/);
    const link = /http\S+\/enter\?key=[0-9a-f]{32}/.exec(text)?.[0] ?? "";
    const guest = await visitor(browser, server.url);
    await guest.page.goto(link);
    assert.equal(await guest.page.locator("#address").inputValue(), "grace@town.example");
    await enter(guest.page, link);
    await guest.leave();
  });
}

test("nothing is sent to a server whose certificate nobody vouches for", { timeout: 60_000 }, async (t) => {
  const { cert, key } = await certificate(t);
  const mail = await mailServer({ authOptional: true, cert, key });
  t.after(mail.close);
  const settings = {
    BOULE_SMTP: `smtp://127.0.0.1:${mail.port}?tls=required`, BOULE_MAIL_FROM: "boule@town.example", BOULE_LOG: "error",
  };
  const server = await serve({ settings });
  t.after(server.stop);
  await invite(server);
  await new Promise((done) => setTimeout(done, 4_000));
  assert.equal(mail.mails.length, 0);
});
