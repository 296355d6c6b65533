// Signing in by a real OpenID Connect provider: the authorisation code with PKCE, tokens signed with ES256.

import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { Provider } from "oidc-provider";
import { enter, launch } from "../browser.mjs";
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
 * @param {{alg?: "ES256" | "RS256", verified?: boolean}} [how]
 */
async function provider(site, { alg = "ES256", verified = true } = {}) {
  const key = alg === "ES256"
    ? generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey
    : generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const oidc = new Provider(issuer, {
    clients: [{
      client_id: "boule", client_secret: SECRET, redirect_uris: [`${site}/sign-in/back`],
      id_token_signed_response_alg: alg, response_types: ["code"], grant_types: ["authorization_code"],
    }],
    jwks: { keys: [{ ...key.export({ format: "jwk" }), alg, use: "sig", kid: "one" }] },
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
  return { issuer, close };
}

/**
 * A site and its provider.
 * @param {import("node:test").TestContext} t
 * @param {{alg?: "ES256" | "RS256", verified?: boolean}} [how]
 */
async function siteWithProvider(t, how) {
  const bind = `127.0.0.1:${await freePort()}`;
  const { issuer, close } = await provider(`http://${bind}`, how);
  t.after(close);
  const settings = {
    BOULE_OIDC_ISSUER: issuer, BOULE_OIDC_CLIENT_ID: "boule", BOULE_OIDC_CLIENT_SECRET: SECRET,
    BOULE_OIDC_NAME: "Town account", BOULE_LOG: "error",
  };
  const server = await serve({ bind, settings });
  t.after(server.stop);
  return server;
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

test("who is known by an address with a password comes in by the provider as the same person", { timeout: 60_000 }, async (t) => {
  const server = await siteWithProvider(t);
  const first = await newPage(server);
  await enter(first, await server.link("owner"), "ada@town.example");
  const page = await newPage(server);
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in with Town account" }).click();
  await answer(page, "ada");
  await page.waitForURL("**/o");
  await page.goto("/log");
  await page.getByText("ada@town.example can sign in with the provider from now on").waitFor();
});

test("nobody comes in whom nobody invited, whose address was not checked, or whose token is signed another way", { timeout: 90_000 }, async (t) => {
  for (const [how, said] of /** @type {const} */ ([
    [{}, "We found no account here for your sign-in"],
    [{ verified: false }, "That sign-in did not work"],
    [{ alg: "RS256" }, "That sign-in did not work"],
  ])) {
    const server = await siteWithProvider(t, how);
    const first = await newPage(server);
    if (said !== "We found no account here for your sign-in") {
      await enter(first, await server.link("owner"), "mallory@town.example");
    }
    const page = await newPage(server);
    await page.goto("/sign-in");
    await page.getByRole("button", { name: "Sign in with Town account" }).click();
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
