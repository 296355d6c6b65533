// Every page there is, on one server with something on each of them: what axe and the pictures go through.

import assert from "node:assert/strict";
import {
  PASSWORD, draftAgenda, enter, launch, makeDraft, openConversation, publishDrafted, visitor, vote, write,
} from "./browser.mjs";
import { mailServer, until } from "./mail-server.mjs";
import { canBeLater, demo } from "./server.mjs";

/** @typedef {import("./browser.mjs").Browser} Browser */
/** @typedef {import("./browser.mjs").Page} Page */
/** @typedef {import("./server.mjs").Server} Server */
/** @typedef {Awaited<ReturnType<typeof mailServer>>} Mail */
/** Who looks: somebody new, one who has voted, an owner, and two who are halfway in.
 * @typedef {"guest" | "voter" | "owner" | "code" | "newcomer"} Who */
/** @typedef {{width: number, scheme: "light" | "dark", language: string}} Look */
/**
 * A page: `open` goes there where an address is not enough; a `minor` one has little more than other words.
 * @typedef {(page: Page) => Promise<unknown>} Steps
 * @typedef {{name: string, path: string, who: Who, minor?: boolean, open?: Steps}} Shown
 */
/** @typedef {Record<Who, import("playwright-core").Cookie[]>} Jars */
/** @typedef {{server: Server, browser: Browser}} At */
/** @typedef {At & {jars: Jars, pages: Shown[], stop: () => Promise<void>}} Site */

export const WIDTHS = [360, 1280];
export const SCHEMES = /** @type {const} */ (["light", "dark"]);
export const LANGUAGES = ["en", "de", "ar"];
/** @type {Look[]} */
export const LOOKS = WIDTHS.flatMap((width) =>
  SCHEMES.flatMap((scheme) => LANGUAGES.map((language) => ({ width, scheme, language }))));

/**
 * In which looks a page is looked at when all of them would take too long: once in each language, and in both
 * widths and schemes. Any four pages in a row have all looks between them.
 * @param {number} place the page's place
 * @returns {Look[]}
 */
export function fewLooks(place) {
  return LANGUAGES.map((language, at) => ({
    width: WIDTHS[(place + at) % 2],
    scheme: SCHEMES[(Math.floor(place / 2) + Math.ceil(at / 2)) % 2],
    language,
  }));
}

/** @param {Look} look */
export function lookName({ width, scheme, language }) {
  return `${width}-${scheme}-${language}`;
}

/**
 * Opens pages one after the other in one look. When that is done, no script may have broken on any of them.
 * @param {Site} site
 * @param {Look} look
 * @param {Shown[]} pages
 * @param {(page: Page, shown: Shown) => Promise<unknown>} visit
 */
export async function tour(site, { width, scheme, language }, pages, visit) {
  const viewport = { width, height: width < 600 ? 740 : 900 };
  const how = { viewport, colorScheme: scheme, locale: language };
  const { page, context, leave } = await visitor(site.browser, site.server.url, how);
  for (const shown of pages) {
    await context.clearCookies();
    await context.addCookies(site.jars[shown.who]);
    await (shown.open ? shown.open(page) : page.goto(shown.path));
    await visit(page, shown);
  }
  await leave();
}

/** A server with something on every page. @returns {Promise<Site>} */
export async function everyPage() {
  const mail = await mailServer({ authOptional: true, disabledCommands: ["STARTTLS"] });
  const BOULE_SMTP = `smtp://127.0.0.1:${mail.port}`;
  const settings = { BOULE_SMTP, BOULE_MAIL_FROM: "Boule <boule@town.example>" };
  const [server, browser] = await Promise.all([demo({ settings }), launch()]);
  const stop = async () => {
    await browser.close();
    await server.stop();
    await mail.close();
  };
  try {
    const at = { server, browser };
    const hasKept = canBeLater || Boolean(process.env.CI);
    await (hasKept ? leaveOnlyResults(at) : startAgain(at));
    await Promise.all([openPark(at), openAndClose(at)]);
    const { address, cookies: owner } = await prepareAll(at);
    await leaveSomeOut(at, owner);
    const { voted, cookies: voter } = await takePart(at);
    const followed = await askForMail(at, mail);
    const { code, newcomer, invitation } = await comeHalfway(at, address);
    const jars = { guest: [], voter, owner, code, newcomer };
    return { server, browser, jars, pages: listed({ voted, followed, invitation, hasKept }), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** @param {{voted: string, followed: string, invitation: string, hasKept: boolean}} found @returns {Shown[]} */
function listed({ voted, followed, invitation, hasKept }) {
  /** @param {Who} who @param {Record<string, string>} paths @returns {Shown[]} */
  const of = (who, paths) => Object.entries(paths).map(([name, path]) => ({ name, path, who }));
  /** @param {Shown} page @returns {Shown} */
  const minor = (page) => ({ ...page, minor: true });
  return [
    ...of("guest", {
      home: "/", missing: "/c/nowhere", enter_invited: invitation, vote_first: "/c/riverside", told: voted,
      results_later: "/c/park/results", agenda_none: "/c/park/agenda", vote_closed: "/c/closed",
      told_closed: "/c/closed/s/1", results_none: "/c/closed/results", poster: "/c/riverside/poster",
      wall: "/c/riverside/wall", decisions: "/c/riverside/moderation", snapshot: "/c/riverside/results/on/1",
      embed: "/c/riverside?embed=1", follow: "/c/riverside/follow", follow_key: followed,
      privacy: "/about/privacy", accessibility: "/about/accessibility",
    }),
    ...(hasKept ? of("guest", { kept: "/kept/gone" }) : []),
    { name: "sign_in_wrong", path: "/sign-in", who: "guest", open: signInWrong },
    ...of("code", { sign_in_code: "/sign-in/code" }),
    ...of("newcomer", { sign_in_app: "/sign-in/app" }),
    ...of("voter", {
      vote: "/c/riverside", vote_change: voted, vote_early: "/c/park", mine: "/c/riverside/mine",
      erase: "/c/riverside/mine/erase", results: "/c/riverside/results", agenda: "/c/riverside/agenda",
      statements: "/c/riverside/results/statements", list: "/c/riverside/list",
    }),
    ...of("owner", {
      organise_list: "/o", organise: "/o/riverside", organise_draft: "/o/draft", organise_closed: "/o/closed",
      prepare: "/o/draft/prepare", organise_agenda: "/o/riverside/agenda", agenda_preview: "/o/riverside/agenda/preview",
      agenda_publish: "/o/riverside/agenda/publish", people_one: "/o/draft/people",
      log_one: "/o/riverside/log", requests: "/o/riverside/requests", rows: "/o/closed/rows",
      moderate: "/m/riverside", moderate_many: "/m/riverside/many?pick=1&pick=50&pick=51",
      moderate_watch: "/m/riverside/watch", account: "/account", people: "/people", log: "/log", site_pages: "/pages",
      site_page: "/pages/imprint/en",
    }),
    { name: "seeds", path: "/o/draft", who: "owner", open: lookAtFile },
    ...of("guest", {
      sign_in: "/sign-in", enter_used: "/enter?key=used", mine_none: "/c/park/mine",
      erase_none: "/c/park/mine/erase", follow_used: "/follow?key=used", imprint: "/about/imprint",
      processing: "/about/processing", agenda_version: "/c/riverside/agenda/1",
    }).map(minor),
    ...of("owner", {
      vote_draft: "/c/draft", moderate_empty: "/m/park", organise_agenda_none: "/o/park/agenda",
      statements_none: "/c/riverside/results/statements?q=xylophone", moderate_list: "/m",
      leave_out: "/m/riverside/leave-out?whom=channel&channel=leaflet",
    }).map(minor),
  ];
}

/** @param {Page} page */
async function signInWrong(page) {
  await signIn(page, `nobody-${Date.now()}@town.example`, "not the right one");
  await page.locator("[role=alert]").waitFor();
}

/** A list of statements that is about to be added. @param {Page} page */
async function lookAtFile(page) {
  await page.goto("/o/draft");
  const buffer = Buffer.from(["text", "A quiet bank", "A quiet bank", "", "x".repeat(300)].join("\n"));
  await page.setInputFiles("#seed-file", { name: "seeds.csv", mimeType: "text/csv", buffer });
  await page.locator("form[action='/o/draft/seeds'] button").click();
  await page.locator("form[action='/o/draft/seeds/add']").waitFor();
}

/** @param {Page} page @param {string} address @param {string} password */
async function signIn(page, address, password) {
  await page.goto("/sign-in");
  await page.fill("#address", address);
  await page.fill("#password", password);
  await page.locator("form[action='/sign-in'] button").click();
}

/** A conversation is deleted, as after two weeks: its results are kept. @param {At} at */
async function leaveOnlyResults({ server, browser }) {
  const { page, leave } = await openConversation(browser, server, { slug: "gone", statements: 3 });
  for (let guests = 0; guests < 6; guests++) {
    const guest = await visitor(browser, server.url);
    await guest.page.goto("/c/gone");
    const choices = guests % 2 ? ["Agree", "Pass", "Disagree"] : ["Agree", "Agree", "Agree"];
    for (const choice of choices) await vote(guest.page, choice);
    await guest.leave();
  }
  await page.goto("/o/gone");
  await page.getByRole("button", { name: "Close it" }).click();
  await page.getByText("Delete this conversation").click();
  await page.fill("#deletion-slug", "gone");
  await page.getByRole("button", { name: "Delete it in 14 days" }).click();
  await page.getByRole("button", { name: "Keep it after all" }).waitFor();
  await server.down();
  await server.up(15);
  const isKept = async () => (await page.goto("/kept/gone"))?.status() === 200;
  // The server looks every second for what is due, and a busy machine takes its time.
  for (let tries = 0; !await isKept(); tries++) {
    assert.ok(tries < 70, "the conversation was not deleted");
    await page.waitForTimeout(500);
  }
  await leave();
  await startAgain({ server, browser });
}

/** The demonstration sends no mail; the server that goes on with its data does. @param {At} at */
async function startAgain({ server }) {
  await server.down();
  await server.up();
}

/** A conversation whose results open with seven own votes, which may be marked as important. @param {At} at */
async function openPark({ server, browser }) {
  const { page, leave } = await openConversation(browser, server, { results: "after_n" });
  await page.goto("/o/park/prepare");
  await page.check("[name=important]");
  await page.fill("#reason", "People asked for it");
  await save(page, "park");
  await leave();
}

/** Saves what was changed in a conversation's rules. @param {Page} page @param {string} slug */
async function save(page, slug) {
  await page.locator(`form[action="/o/${slug}"] button.primary`).click();
  await page.getByText("Saved").waitFor();
}

/**
 * A conversation that has ended: its votes may be released, and a statement was turned down afterwards.
 * @param {At} at
 */
async function openAndClose({ server, browser }) {
  const { page, leave } = await visitor(browser, server.url);
  await enter(page, await server.link("owner"));
  await makeDraft(page, "closed", "Where shall the market be?");
  await page.goto("/o/closed/prepare");
  await page.check("[name=releases_rows]");
  await save(page, "closed");
  await page.goto("/o/closed");
  for (const text of ["The market belongs on the bridge", "The market stays where it is"]) {
    await page.fill("#seed-text", text);
    await page.locator("form[action='/o/closed/seed'] button").click();
    await page.locator(".seeds li", { hasText: text }).waitFor();
  }
  await page.locator("form[action='/o/closed/open'] button").click();
  const guest = await visitor(browser, server.url);
  await guest.page.goto("/c/closed");
  await vote(guest.page, "Agree");
  await write(guest.page, "No market at all");
  await guest.page.getByText("Your statement is saved").waitFor();
  await guest.leave();
  await page.locator("form[action='/o/closed/close'] button").click();
  await page.locator("form[action='/o/closed/open']").waitFor();
  await page.goto("/m/closed");
  await page.locator("#detail button[value=reject]").click();
  await page.locator("#undo").waitFor();
  await leave();
}

/** What an owner leaves on the pages of staff. @param {At} at */
async function prepareAll({ server, browser }) {
  const { page, context, leave } = await visitor(browser, server.url);
  const { address } = await enter(page, await server.link("owner"));
  await page.goto("/people");
  await page.fill("#department-name", "Parks and rivers");
  await page.getByRole("button", { name: "Add it" }).click();
  await page.fill("#address", "library@town.example");
  await page.getByRole("button", { name: "Make an invitation" }).click();
  await page.locator("#made-link").waitFor();
  await makeDraft(page, "draft", "A question that is still being prepared?");
  await page.goto("/o/draft/prepare");
  const dates = [["2020-05-01", "The results are published"], ["2035-06-01", "The council answers"]];
  for (const [day, what] of dates) {
    await page.fill("#due-new", day);
    await page.fill("#what-new", what);
    await page.getByRole("button", { name: "Add this date" }).click();
    await page.getByText("Saved").waitFor();
  }
  await publishWords(page);
  await publishAgenda(page);
  const cookies = await context.cookies();
  await leave();
  return { address, cookies };
}

/** What stands beside the results, and the results of today. @param {Page} page */
async function publishWords(page) {
  await page.goto("/o/riverside");
  await page.fill("#information-text", "The yard has eleven hectares.\n\nThe council decides in spring.");
  await page.locator("form[action='/o/riverside/information'] button").click();
  await page.fill("#headline", "The river comes first");
  await page.locator("form[action='/o/riverside/headline'] button").click();
  await page.locator("form[action='/o/riverside/snapshot'] button").click();
  await page.locator("a[href='/c/riverside/results/on/1']").waitFor();
}

/** An agenda with a question is published, again in other words, and changed afterwards. @param {Page} page */
async function publishAgenda(page) {
  await draftAgenda(page, "riverside");
  for (const question of ["What about the river?", "How can the river stay clean?"]) {
    await page.goto("/o/riverside/agenda");
    await page.locator("textarea[name^=question-]").first().fill(question);
    await page.getByRole("button", { name: "Save", exact: true }).first().click();
    await page.getByRole("heading", { name: question }).waitFor();
    await publishDrafted(page, "riverside");
  }
  await page.goto("/o/riverside/agenda");
  await page.getByRole("button", { name: "Move item 1 down" }).click();
  await page.getByRole("heading", { name: "Agenda, changed since it was published" }).waitFor();
}

/** Six people come through one link, and count; six come through another, and do not. @param {At} at @param {Jars["owner"]} owner */
async function leaveSomeOut({ server, browser }, owner) {
  await Promise.all(["leaflet", "flyer"].flatMap((by) => Array.from({ length: 6 }, () => comeBy(server.url, by))));
  const { page, context, leave } = await visitor(browser, server.url);
  await context.addCookies(owner);
  await page.goto("/m/riverside/leave-out?whom=channel&channel=flyer");
  await page.fill("#reason", "All of them came within a minute, and said the same");
  await page.getByRole("button", { name: "Leave these votes out" }).click();
  await page.locator("#left-out [role=status]").waitFor();
  await leave();
}

/** Somebody votes on a few statements without a browser. @param {string} url @param {string} by */
async function comeBy(url, by) {
  const headers = { "content-type": "application/x-www-form-urlencoded", origin: url };
  let cookie = "";
  for (const statement of [1, 2, 3, 4, 5, 6, 7, 8]) {
    const body = new URLSearchParams({ statement: String(statement), choice: "disagree" }).toString();
    const sent = { method: "POST", body, headers: cookie ? { ...headers, cookie } : headers };
    const answer = await fetch(`${url}/c/riverside/vote?by=${by}`, { ...sent, redirect: "manual" });
    assert.equal(answer.status, 303);
    cookie ||= (answer.headers.get("set-cookie") ?? "").split(";")[0];
  }
}

/** Somebody votes until they have a place on the map, and writes a statement. @param {At} at */
async function takePart({ server, browser }) {
  const { page, context, leave } = await visitor(browser, server.url);
  await page.goto("/c/riverside");
  for (let n = 0; n < 8; n++) await vote(page, n === 3 ? "Disagree" : "Agree");
  await write(page, "The river needs a quiet bank");
  await page.getByText("Your statement is saved").waitFor();
  await page.locator("#map-you .you").waitFor();
  await page.goto("/c/riverside/mine");
  const voted = (await page.locator("tbody a").first().getAttribute("href")) ?? "";
  const cookies = await context.cookies();
  await leave();
  return { voted, cookies };
}

/** Somebody asks for a mail, and has not confirmed it yet. @param {At} at @param {Mail} mail */
async function askForMail({ server, browser }, mail) {
  const { page, leave } = await visitor(browser, server.url);
  await page.goto("/c/riverside/follow");
  await page.fill("#follow-address", "ada@town.example");
  await page.locator("form[action='/c/riverside/follow'] button").click();
  await page.locator("[role=status]").waitFor();
  await leave();
  const link = () => /\/follow\?key=3?D?([0-9a-f]{32})/.exec(mail.mails.join("").replace(/=\r?\n/g, ""));
  await until(() => Boolean(link()));
  return `/follow?key=${link()?.[1]}`;
}

/** Steps on the way in, each in a browser of its own. @param {At} at @param {string} address */
async function comeHalfway({ server, browser }, address) {
  /** @param {(page: Page) => Promise<unknown>} steps */
  const until = async (steps) => {
    const { page, context, leave } = await visitor(browser, server.url);
    await steps(page);
    const cookies = await context.cookies();
    await leave();
    return cookies;
  };
  const code = await until(async (page) => {
    await signIn(page, address, PASSWORD);
    await page.waitForURL("**/sign-in/code");
  });
  const link = await server.link("moderator");
  const newcomer = await until(async (page) => {
    await page.goto(link);
    await page.fill("#address", "new@town.example");
    await page.fill("#password", PASSWORD);
    await page.click("form[action='/enter'] button");
    await page.waitForURL("**/sign-in/app");
  });
  const { pathname, search } = new URL(await server.link("moderator"));
  return { code, newcomer, invitation: pathname + search };
}
