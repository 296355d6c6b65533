// Signing in by a real OpenID Connect provider: the authorisation code with PKCE, tokens signed with ES256.

import assert from "node:assert/strict";
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { Provider } from "oidc-provider";
import { enter, launch } from "../browser.mjs";
import { mailServer, until } from "../mail-server.mjs";
import { freePort, serve } from "../server.mjs";

const SECRET = "a secret of forty characters, or nearly so";

/** @type {import("playwright-core").Browser} */
let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/**
 * A provider that knows everybody by the name they type: their address is NAME@town.example.
 * @param {string} site
 * @param {{alg?: "ES256" | "RS256", verified?: boolean, port?: number}} [how]
 */
async function provider(site, { alg = "ES256", verified = true, port: chosen } = {}) {
  const key = alg === "ES256"
    ? generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey
    : generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  const port = chosen ?? await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const oidc = new Provider(issuer, {
    clients: [{
      client_id: "boule", client_secret: SECRET, redirect_uris: [`${site}/sign-in/back`],
      id_token_signed_response_alg: alg, response_types: ["code"], grant_types: ["authorization_code"],
    }],
    jwks: { keys: [{ ...key.export({ format: "jwk" }), alg, use: "sig", kid: randomUUID() }] },
    cookies: { keys: ["only for this test"] },
    claims: { email: ["email", "email_verified"] },
    pkce: { required: () => true },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: `${id}@town.example`, email_verified: verified }),
    }),
  });
  const listener = createServer(oidc.callback()).listen(port, "127.0.0.1");
  await once(listener, "listening");
  const close = () => {
    listener.closeAllConnections();
    return new Promise((done) => listener.close(() => done(undefined)));
  };
  return { issuer, port, close };
}

/**
 * A site and its provider.
 * @param {import("node:test").TestContext} t
 * @param {{alg?: "ES256" | "RS256", verified?: boolean, settings?: Record<string, string>}} [how]
 */
async function siteWithProvider(t, { settings: more = {}, ...how } = {}) {
  const bind = `127.0.0.1:${await freePort()}`;
  let running = await provider(`http://${bind}`, how);
  t.after(() => running.close());
  const settings = {
    BOULE_OIDC_ISSUER: running.issuer, BOULE_OIDC_CLIENT_ID: "boule", BOULE_OIDC_CLIENT_SECRET: SECRET,
    BOULE_OIDC_NAME: "Town account", BOULE_LOG: "error", ...more,
  };
  const server = await serve({ bind, settings });
  t.after(server.stop);
  /** The provider is started again, and signs with another key. */
  const newKeys = async () => {
    await running.close();
    running = await provider(`http://${bind}`, { ...how, port: running.port });
  };
  return { ...server, newKeys };
}

/** @param {import("../server.mjs").Server} server */
async function newPage(server) {
  const context = await browser.newContext({ baseURL: server.url });
  context.setDefaultTimeout(10_000);
  return context.newPage();
}

/** At the provider: says who they are, and agrees. @param {import("playwright-core").Page} page @param {string} name */
async function answer(page, name) {
  await page.fill("[name=login]", name);
  await page.fill("[name=password]", "anything");
  await page.click("button[type=submit]");
  await page.getByRole("button", { name: "Continue" }).click();
}

test("a colleague comes in by an invitation and the provider, and later by the provider alone", { timeout: 60_000 }, async (t) => {
  const server = await siteWithProvider(t);
  const page = await newPage(server);
  await page.goto(await server.link("organiser"));
  await page.getByRole("button", { name: "Use Town account instead of a password" }).click();
  await answer(page, "grace");
  await page.waitForURL("**/o");
  await page.goto("/account");
  await page.getByText("grace@town.example").first().waitFor();
  const later = await newPage(server);
  await later.goto("/o");
  await later.getByRole("button", { name: "Sign in with Town account" }).click();
  await answer(later, "grace");
  await later.waitForURL("**/o");
  // What came back once does not work again, nor in another browser.
  const back = await later.evaluate(() => performance.getEntriesByType("navigation")[0].name);
  const other = await newPage(server);
  await other.goto(back.includes("/sign-in/back") ? back : "/sign-in/back?state=x&code=y");
  await other.getByText("That sign-in did not work, or it took too long.").waitFor();
});

/** Signs in by the provider in a browser of one's own. @param {import("../server.mjs").Server} server @param {string} name */
async function comeByProvider(server, name) {
  const page = await newPage(server);
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in with Town account" }).click();
  await answer(page, name);
  return page;
}

test("who has a password joins their account with the provider, with a code, and parts again", { timeout: 90_000 }, async (t) => {
  const sink = await mailServer({ authOptional: true, disabledCommands: ["STARTTLS"] });
  t.after(sink.close);
  const server = await siteWithProvider(t, { settings: { BOULE_SMTP: `smtp://127.0.0.1:${sink.port}`, BOULE_MAIL_FROM: "boule@town.example" } });
  const page = await newPage(server);
  const { printed } = await enter(page, await server.link("owner"), "ada@town.example");
  // The address alone joins nobody: whoever made the account may not be who has the address.
  const stranger = await comeByProvider(server, "ada");
  await stranger.getByText("No account here is joined with your sign-in at Town account.").waitFor();
  await page.goto("/account");
  await page.getByRole("button", { name: "Join with Town account" }).click();
  await page.getByText("This code is not right").waitFor();
  await page.fill("#join-code", printed[0]);
  await page.getByRole("button", { name: "Join with Town account" }).click();
  await answer(page, "ada");
  await page.getByText("Town account signs you in here.").waitFor();
  await until(() => sink.mails.some((mail) => mail.includes("one more way to sign in")));
  const other = await comeByProvider(server, "ada");
  await other.waitForURL("**/o");
  await page.goto("/log");
  await page.getByText("ada@town.example can sign in with the provider from now on").waitFor();
  await page.goto("/account");
  await page.fill("#part-code-1", printed[1]);
  await page.getByRole("button", { name: "Part from Town account" }).click();
  await page.getByRole("button", { name: "Join with Town account" }).waitFor();
  await until(() => sink.mails.some((mail) => mail.includes("A way to sign in to your account was removed")));
  await other.goto("/o");
  assert.match(other.url(), /\/sign-in/, "whoever came in that way is out");
  const late = await comeByProvider(server, "ada");
  await late.getByText("No account here is joined with your sign-in at Town account.").waitFor();
});

test("a browser that was sent to join one account does not join another, and somebody's own sign-in is nobody else's", { timeout: 90_000 }, async (t) => {
  const server = await siteWithProvider(t);
  const ada = await newPage(server);
  const { printed } = await enter(ada, await server.link("owner"), "ada@town.example");
  await ada.goto("/account");
  await ada.fill("#join-code", printed[0]);
  await ada.getByRole("button", { name: "Join with Town account" }).click();
  await ada.waitForSelector("[name=login]");
  // Meanwhile this browser is signed out here, and nothing is joined.
  const away = await ada.context().newPage();
  await away.goto("/account");
  await away.getByRole("button", { name: "Sign out everywhere" }).click();
  await away.waitForURL("**/sign-in");
  await answer(ada, "mallory");
  await ada.getByText("That sign-in did not work").waitFor();
  const mallory = await comeByProvider(server, "mallory");
  await mallory.getByText("No account here is joined").waitFor();
  // Somebody who came in by the provider is not joined with a second account.
  const grace = await newPage(server);
  await grace.goto(await server.link("organiser"));
  await grace.getByRole("button", { name: "Use Town account instead of a password" }).click();
  await answer(grace, "grace");
  await grace.waitForURL("**/o");
  const bob = await newPage(server);
  const codes = await enter(bob, await server.link("organiser"), "bob@town.example");
  await bob.goto("/account");
  await bob.fill("#join-code", codes.printed[0]);
  await bob.getByRole("button", { name: "Join with Town account" }).click();
  await answer(bob, "grace");
  await bob.getByText("did not confirm the e-mail address of this account").waitFor();
});

test("a provider that changes its keys signs people in at once", { timeout: 60_000 }, async (t) => {
  const server = await siteWithProvider(t);
  const page = await newPage(server);
  await page.goto(await server.link("organiser"));
  await page.getByRole("button", { name: "Use Town account instead of a password" }).click();
  await answer(page, "grace");
  await page.waitForURL("**/o");
  await server.newKeys();
  const later = await comeByProvider(server, "grace");
  await later.waitForURL("**/o");
});

test("nobody comes in whom nobody invited, whose address was not checked, or whose token is signed another way", { timeout: 90_000 }, async (t) => {
  for (const [how, invited, said] of /** @type {const} */ ([
    [{}, false, "No account here is joined with your sign-in"],
    [{ verified: false }, true, "Town account has not confirmed your e-mail address"],
    [{ alg: "RS256" }, true, "That sign-in did not work"],
  ])) {
    const server = await siteWithProvider(t, how);
    const page = await newPage(server);
    await page.goto(invited ? await server.link("organiser") : "/sign-in");
    await page.getByRole("button", { name: invited ? "Use Town account instead of a password" : "Sign in with Town account" }).click();
    await answer(page, "mallory");
    await page.getByText(said).waitFor();
    await page.goto("/o");
    assert.match(page.url(), /\/sign-in/);
  }
});

test("a provider that is down is said, and the password still works", { timeout: 60_000 }, async (t) => {
  const settings = { BOULE_OIDC_ISSUER: "http://127.0.0.1:1", BOULE_OIDC_CLIENT_ID: "boule", BOULE_OIDC_CLIENT_SECRET: SECRET, BOULE_LOG: "error" };
  const server = await serve({ settings });
  t.after(server.stop);
  const page = await newPage(server);
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in with" }).click();
  await page.getByText("can’t be reached right now.").waitFor();
  assert.ok(await page.locator("#password").isVisible());
});
