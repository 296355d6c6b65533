// 300 hostile strings in every field that a person can fill in, looked for in every place that shows what was
// written. Most of them go in and come out over HTTP, and a browser takes the pages apart without running them;
// every kind of page is also opened once as people see it, on a phone.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { request } from "node:http";
import { after, before, test } from "node:test";
import { PASSWORD, code, enter, launch, visitor, vote, write } from "../browser.mjs";
import { HOSTILE } from "../hostile-strings.mjs";
import { mailServer } from "../mail-server.mjs";
import { canBeLater, serve } from "../server.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {Record<string, string>} Fields */
/** @typedef {{form?: Record<string, string | number> | FormData, json?: unknown, as?: Fields}} Sent */
/** @typedef {{status: number, type: string, text: string, where: string}} Answer */
/** A page, what stands on it alone, and what stands in a sentence: see `inspect`.
 * @typedef {{where: string, html: string | null, texts: string[], within: string[]}} Seen */

/** What people can vote on, as it is written and as it is shown. */
const SHOWN = HOSTILE.flatMap(({ text, shown }) => (shown === null ? [] : [{ text, shown }]));
const LINES = SHOWN.map(({ shown }) => shown);
/** The owner's own address: a formula, a placeable, quotation marks, the end of a line. */
const OWNER = "=1+1|'{n}'%0a@town.example";
/** Who else is invited: good addresses, whatever they look like. */
const INVITED = [
  "+1", "-1", "`id`", "{{7*7}}", "%0d%0abcc", "'or'1'='1", "a/b", "${x}", "null", "__proto__", "أحمد",
];
const COOKIES = ["", "-staff", "-preview", "-provider", "-lang", "-read", "-embed"].map((end) => `boule${end}`);
/** Words that begin on the right. */
const RIGHT = /[\p{Script=Arab}\p{Script=Hebr}\p{Script=Syrc}\u061c\u202e]/u;
/** Those who vote, and on how many statements. */
const [VOTERS, VOTED_ON] = [16, 54];
/** Statements of one person: two more at once are too many. */
const EACH = 4;
/** Rules of one policy. */
const RULES = 30;
/** Conversations whose words are changed again and again. */
const WORDY = 6;
/** Rows of the table of statements. */
const ROWS = 28;
/** Requests at once. */
const AT_ONCE = 12;
const PHONE = { viewport: { width: 360, height: 740 } };
/** What this site has browsers keep. */
const OWN_COOKIE = /^boule(-[a-z]+)?=[\w/.-]*; HttpOnly; SameSite=(Lax|None; Partitioned; Secure);/;

/** @type {import("../server.mjs").Server} */
let server;
/** @type {import("playwright-core").Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof mailServer>>} */
let post;
/** @type {Awaited<ReturnType<typeof visitor>>} */
let owner;
/** The secret of the owner's app. */
let secret = "";
/** The head of the owner's requests. @type {Fields} */
let staff = {};
/** Takes pages apart, and runs nothing of them. @type {Page} */
let reader;
let ourStyle = "";
/** The number of each statement that is shown, in the order of the strings. @type {number[]} */
let numbers = [];
/** What is wrong, told at the end of each test. @type {string[]} */
const wrong = [];
/** Pages that were not taken apart yet. @type {Seen[]} */
const unread = [];

before(async () => {
  post = await mailServer({ authOptional: true, disabledCommands: ["STARTTLS"] });
  const settings = {
    BOULE_SMTP: `smtp://127.0.0.1:${post.port}`, BOULE_MAIL_FROM: "boule@town.example", BOULE_LOG: "off",
    BOULE_EMBED_SITES: "https://news.example",
  };
  [server, browser] = await Promise.all([serve({ settings }), launch()]);
  reader = await (await browser.newContext()).newPage();
  ourStyle = await (await fetch(`${server.url}/static/boule.css`)).text();
  owner = await visitor(browser, server.url, PHONE);
  watch(owner.page);
  ({ secret } = await enter(owner.page, await server.link("owner"), OWNER));
  const cookies = await owner.context.cookies();
  staff = { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; "), origin: server.url };
  await firstStatements();
  await votes();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await post?.close();
});

// Asking over HTTP

/** Somebody who takes part. */
const somebody = () => ({ authorization: `Bearer ${randomBytes(16).toString("hex")}` });

/** What is sent of it. @param {Sent} sent */
function bodyOf({ form, json }) {
  if (json !== undefined) return JSON.stringify(json);
  return form instanceof FormData || !form ? form : new URLSearchParams(/** @type {Fields} */ (form));
}

/** Asks the server, as the owner where nobody else is named. @param {string} path @param {Sent} [sent] */
async function ask(path, sent = {}) {
  const [body, { as = staff, json }] = [bodyOf(sent), sent];
  const headers = json === undefined ? as : { ...as, "content-type": "application/json" };
  const method = body === undefined ? "GET" : "POST";
  const answer = await fetch(server.url + path, { method, body, headers, redirect: "manual" });
  const where = `${method} ${path} (${answer.status})`;
  checkHead(where, answer);
  const type = answer.headers.get("content-type") ?? "";
  return { status: answer.status, type, text: await answer.text(), where };
}

/**
 * The head of an answer has nothing of what was sent.
 * @param {string} where
 * @param {Pick<Response, "status" | "headers">} answer
 */
function checkHead(where, { status, headers }) {
  if (status >= 500) wrong.push(`${where}: broken`);
  const policy = headers.get("content-security-policy");
  if (!policy?.includes("script-src 'self';")) wrong.push(`${where}: no policy`);
  const to = headers.get("location") ?? "/";
  if (!/^\/(?![/\\])[!-~]*$/.test(to)) wrong.push(`${where}: leads to ${to}`);
  for (const [name, value] of headers) {
    const isOwn = name !== "set-cookie" || OWN_COOKIE.test(value);
    if (/pwned/i.test(name) || !isOwn) wrong.push(`${where}: ${name}: ${value}`);
  }
}

/**
 * Asks, and has the page taken apart.
 * @param {string} path
 * @param {Sent} [sent]
 * @param {string[]} [texts]
 * @param {string[]} [within]
 */
async function see(path, sent, texts = [], within = []) {
  const answer = await ask(path, sent);
  const { where, text: html } = answer;
  if (answer.type.startsWith("text/html")) unread.push({ where, html, texts, within });
  return answer;
}

/** What a program is told. @param {string} path @param {Sent} [sent] */
async function data(path, sent) {
  return JSON.parse((await ask(path, sent)).text);
}

/** The words in a list. @param {{text: string}[]} list */
const textsOf = (list) => list.map(({ text }) => text);

/**
 * Works on all of them, some at once.
 * @template T
 * @param {readonly T[]} list
 * @param {(one: T, at: number) => Promise<unknown>} work
 */
async function each(list, work) {
  const entries = list.entries();
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (const [at, one] of entries) await work(one, at);
  }));
}

/**
 * Some of them, so that each is with strings of every kind.
 * @template T
 * @param {T[]} all
 * @param {number} at
 * @param {number} of
 */
function sharedOut(all, at, of) {
  return all.filter((_, place) => (place + at) % of === 0);
}

/** It is answered with one of these. @param {Answer} answer @param {number[]} statuses @param {unknown} what */
function is({ status, where }, statuses, what = "") {
  if (!statuses.includes(status)) wrong.push(`${where}: not ${statuses.join(", ")} ${JSON.stringify(what)}`);
}

/** It was done: the answer leads on. @param {Answer} answer @param {unknown} [what] */
const done = (answer, what) => is(answer, [303], what);

// Taking pages apart

/**
 * In a browser: what is on pages that is not ours, and what is not on them as it was written.
 * @param {{pages: Seen[], ourStyle: string}} given the style sheet that a first page has in it
 */
function inspect({ pages, ourStyle }) {
  const FOREIGN = ["iframe", "object", "embed", "base", "math", "foreignObject", "style", "template", "marquee",
    "[http-equiv]", "[pwned]", "[srcdoc]", "[style]"].join();
  const POINTING = ["href", "src", "action", "formaction", "data", "poster", "srcset", "xlink:href", "ping"];
  const OURS = /^(\/(?![/\\])|#|\?)/;
  const LINK = /^https?:/;
  const UNDIRECTED = "input:not([type=hidden], [type=email], [dir=auto]), textarea:not([dir=auto])";

  /** @param {Element} element */
  const named = (element) => element.outerHTML.slice(0, 90).replace(/\s+/g, " ");

  /** Whether it runs something or leads elsewhere. @param {Element} element */
  function isForeign(element) {
    const isLink = element.getAttribute("rel") === "noopener nofollow ugc";
    const leadsAway = (/** @type {string} */ to) => !OURS.test(to) && !(isLink && LINK.test(to));
    return [...element.attributes].some(({ name, value }) =>
      name.startsWith("on") || POINTING.includes(name) && leadsAway(value));
  }

  /** @param {Element} element */
  const isOurStyle = (element) => element.matches("head > style:only-of-type") && element.textContent === ourStyle;

  /** @param {Document} page */
  function foreign(page) {
    const ids = [...page.querySelectorAll("[id]")].map(({ id }) => id);
    const comments = page.createTreeWalker(page, NodeFilter.SHOW_COMMENT);
    return [
      ...[...page.querySelectorAll(FOREIGN)].filter((element) => !isOurStyle(element))
        .map((element) => `foreign: ${named(element)}`),
      ...[...page.querySelectorAll("*")].filter(isForeign).map((element) => `attribute: ${named(element)}`),
      ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `two elements have the id ${id}`),
      ...comments.nextNode() ? ["a comment"] : [],
    ];
  }

  /** All that is written in a direction of its own. @param {Document} page */
  function written(page) {
    const found = new Set();
    for (const element of page.querySelectorAll("[dir=auto]")) {
      const isField = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
      const inside = [element, ...element.childNodes].map((node) => node.textContent ?? "");
      for (const part of isField ? [element.value] : inside) found.add(part.trim());
    }
    return found;
  }

  /** What is written in the direction of the page. @param {Document} page @param {string[]} texts */
  function undirected(page, texts) {
    const sought = texts.filter((text) => text.length > 8 && !/^\w+$/.test(text));
    const runsOtherwise = /[\p{Script=Arab}\p{Script=Hebr}\p{Script=Syrc}\p{Script=Nkoo}\p{Script=Thaa}]/u;
    const isSought = (/** @type {string} */ text) => sought.some((one) => text.includes(one));
    const nodes = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
    const fields = [...page.querySelectorAll(UNDIRECTED)];
    const found = fields.filter((field) => "value" in field && isSought(String(field.value)));
    for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
      const parent = node.parentElement;
      const hasOwn = parent?.closest("[dir]")?.getAttribute("dir") === "auto";
      const isCode = parent?.localName === "code";
      // Where it runs the other way than the sentence, marks set it apart.
      const rest = (node.nodeValue ?? "").replace(/\u2068[^\u2069]*\u2069/g, "");
      if (parent && !hasOwn && !isCode && runsOtherwise.test(rest) && isSought(rest)) found.push(parent);
    }
    return found.map((element) => `no dir="auto": ${named(element)}`);
  }

  return pages.flatMap(({ where, html, texts, within }) => {
    const page = html === null ? document : new DOMParser().parseFromString(html, "text/html");
    const [alone, whole] = [written(page), page.body.textContent ?? ""];
    const unseen = within.filter((text) => !whole.includes(text));
    const lost = [...texts.filter((text) => !alone.has(text)), ...unseen];
    const told = lost.map((text) => `not shown: ${JSON.stringify(text)}`);
    const found = [...foreign(page), ...told, ...undirected(page, [...texts, ...within])];
    return found.map((what) => `${where}: ${what}`);
  });
}

/** Takes the pages apart that were asked for, and tells what is wrong. */
async function nothingIsWrong() {
  while (unread.length > 0) wrong.push(...await reader.evaluate(inspect, { pages: unread.splice(0, 40), ourStyle }));
  const found = [...new Set(wrong.splice(0))];
  assert.deepEqual(found.slice(0, 40), [], `${found.length} in all`);
}

/**
 * The values of fields, or the texts of elements.
 * @param {string} html
 * @param {string} selector
 * @returns {Promise<string[]>}
 */
function read(html, selector) {
  return reader.evaluate(([text, sought]) => {
    const found = new DOMParser().parseFromString(text, "text/html").querySelectorAll(sought);
    return [...found].map((one) => ("value" in one ? String(one.value) : one.textContent ?? ""));
  }, [html, selector]);
}

// Opening pages

/** Notes whatever runs, is asked for or complained about where nothing should be. @param {Page} page */
function watch(page) {
  page.on("dialog", (dialog) => {
    wrong.push(`a dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("pageerror", (error) => wrong.push(`${page.url()}: ${error}`));
  page.on("console", (message) => {
    // Who is not signed in is told so.
    const isExpected = message.text().includes("status of 401");
    if (message.type() === "error" && !isExpected) wrong.push(`${page.url()}: ${message.text()}`);
  });
  page.on("request", (asked) => {
    if (new URL(asked.url()).origin !== server.url) wrong.push(`${page.url()} asks for ${asked.url()}`);
  });
}

/**
 * Looks at a page on a phone, with its parts open but for the map's.
 * @param {Page} page
 * @param {string} where
 * @param {string[]} [texts]
 */
async function look(page, where, texts = []) {
  wrong.push(...await page.evaluate(inspect, { pages: [{ where, html: null, texts, within: [] }], ourStyle }));
  const [width, ran] = await page.evaluate(() => {
    for (const part of document.querySelectorAll("details")) part.open = !part.closest("#map");
    return [document.documentElement.scrollWidth, "pwned" in window];
  });
  if (width > PHONE.viewport.width) wrong.push(`${where}: ${width} px wide`);
  if (ran) wrong.push(`${where}: somebody's script ran`);
}

/** Opens a page and looks at it. @param {Page} page @param {string} path @param {string[]} [texts] */
async function open(page, path, texts) {
  const answer = await page.goto(path);
  if (answer?.status() !== 200) wrong.push(`${path}: ${answer?.status()}`);
  await look(page, path, texts);
}

// First statements, and votes

/** Makes a conversation. @param {string} slug @param {Fields} [fields] */
async function make(slug, fields = {}) {
  const form = { slug, question: LINES[0], organiser: LINES[30], ...fields };
  done(await see("/o", { form }), slug);
}

/** A cell of a file. @param {string} text */
const quoted = (text) => `"${text.replaceAll('"', '""')}"`;

/** A file with these lines, and a name that breaks out of wherever it stands. @param {string[]} lines */
function fileOf(lines) {
  const form = new FormData();
  form.append("file", new Blob([lines.join("\r\n")]), `"><b pwned>\u202e.csv`);
  return form;
}

/** All strings as first statements: from a file, and one by one. */
async function firstStatements() {
  await Promise.all([make("shown", { results: "always" }), make("one")]);
  // With a byte 0 it is no text file.
  const inFile = HOSTILE.filter(({ text }) => !text.includes("\0"));
  const file = fileOf(["text", ...inFile.map(({ text }) => quoted(text))]);
  const [json] = await read((await see("/o/shown/seeds", { form: file })).text, "[name=statements]");
  assert.deepEqual(JSON.parse(json), inFile.flatMap(({ shown }) => shown ?? []));
  const form = new FormData();
  form.append("statements", JSON.stringify(SHOWN.map(({ text }) => text)));
  done(await ask("/o/shown/seeds/add", { form }));
  for (const slug of ["shown", "one"]) done(await ask(`/o/${slug}/open`, { form: {} }));
  const { statements } = await data("/api/v1/c/shown/statements");
  numbers = statements.map((/** @type {Statement} */ one) => one.number);
  await each(HOSTILE, async ({ text, shown }) => {
    is(await ask("/o/one/seed", { form: { text } }), [shown === null ? 422 : 303], text);
  });
  await nothingIsWrong();
}

/** What somebody says: they are two groups that agree on a third. @param {number} who @param {number} at */
function choiceOf(who, at) {
  if (at % 3 === 0) return "agree";
  return at % 3 === 1 && who > 12 ? "pass" : who % 2 === 0 ? "agree" : "disagree";
}

/** Two groups of people vote on some of each kind. */
async function votes() {
  const step = Math.floor(SHOWN.length / VOTED_ON);
  await each(Array.from({ length: VOTERS }, somebody), async (as, who) => {
    for (let at = 0; at < VOTED_ON; at++) {
      const form = { statement: numbers[at * step], choice: choiceOf(who, at) };
      done(await ask("/c/shown/vote", { form, as }), form);
    }
  });
  for (let tries = 0; tries < 150; tries++) {
    const { groups, counts } = await data("/c/shown/results.json");
    if (groups.length > 1 && counts.people === VOTERS) return;
    await reader.waitForTimeout(100);
  }
  assert.fail("no groups were found");
}

/** The statements on a page of the table. @param {number} page */
const listed = (page) => LINES.slice((page - 1) * ROWS, page * ROWS);
const PAGES_LISTED = Array.from({ length: Math.ceil(SHOWN.length / ROWS) }, (_, at) => at + 1);

test("every statement is listed exactly, on pages and in files", { timeout: 60_000 }, async () => {
  await each(PAGES_LISTED, (page) => see(`/c/shown/results/statements?page=${page}`, {}, listed(page)));
  for (const path of ["/api/v1/c/shown/statements", "/c/shown/results.json"]) {
    assert.deepEqual(textsOf((await data(path)).statements), LINES, path);
  }
  const [, ...rows] = readCsv((await ask("/c/shown/results.csv")).text);
  checkCells(rows);
  assert.deepEqual(rows.map((row) => row[1]), LINES.map(harmless));
  await each(SHOWN, async ({ shown }, at) => {
    await see(`/c/shown/s/${numbers[at]}`, {}, [shown]);
    const { statements } = await data("/api/v1/c/shown/similar", { json: { text: shown }, as: somebody() });
    const isOne = (/** @type {Statement} */ one) => one.text === LINES[numbers.indexOf(one.number)];
    if (!statements.every(isOne)) wrong.push(`alike: ${JSON.stringify(statements)}`);
  });
  await see("/o/shown", {}, LINES);
  done(await ask("/o/shown/snapshot", { form: {} }));
  await see("/c/shown/results/on/1", {}, LINES);
  for (let page = 1; page <= SHOWN.length / 20; page++) {
    await see(`/c/shown/list?page=${page}`, {}, LINES.slice((page - 1) * 20, page * 20));
  }
  await nothingIsWrong();
});

/** A table of RFC 4180. @param {string} text */
function readCsv(text) {
  /** @type {string[][]} */
  const rows = [[]];
  for (const [whole, cell, end] of text.matchAll(/("(?:[^"]|"")*"|[^",\n]*)(,|\r?\n|$)/g)) {
    if (whole === "") break;
    rows.at(-1)?.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end !== ",") rows.push([]);
  }
  return rows.slice(0, -1);
}

/** A cell as no spreadsheet computes it. @param {string} text */
const harmless = (text) => (/^[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text);

/** @param {string[][]} rows */
function checkCells(rows) {
  assert.ok(rows.length > 0);
  for (const cell of rows.flat()) if (harmless(cell) !== cell) wrong.push(`a formula in a file: ${cell}`);
}

test("whatever is looked for stands in the field again, and is found", { timeout: 60_000 }, async () => {
  const table = "/c/shown/results/statements";
  const search = (/** @type {string} */ text) => see(`${table}?q=${encodeURIComponent(text)}`);
  await each(SHOWN, async ({ text, shown }) => {
    is(await search(text), [200], text);
    const { text: html, where } = await search(shown);
    const [[field], found] = [await read(html, "#q"), await read(html, "tbody th")];
    const expected = [...shown].slice(0, 100).join("").trim();
    if (field.trim() !== expected) wrong.push(`${where}: the field says ${field}`);
    if (!found.includes(shown)) wrong.push(`${where}: ${shown} is not found`);
  });
  await nothingIsWrong();
});

// Words and rules of a conversation

/** The fields, and how long a text each takes here. */
const WORDS = {
  question: 300, organiser: 120, description: 300, promise: 300, policy: 200, decides: 200, in_scope: 300,
  out_of_scope: 300, reason: 300,
};

/** A string that fits, from this one on. @param {number} at @param {number} most */
function fitting(at, most) {
  const isShort = (/** @type {string} */ text) => [...text].length <= most;
  const from = [...SHOWN.slice(at), ...SHOWN];
  return from.find(({ text, shown }) => isShort(text) && isShort(shown)) ?? SHOWN[0];
}

/** A text without ends of lines, for fields that keep them. @param {string} text */
const oneLine = (text) => text.replace(/[\r\n]+/g, " ");

/** Every field with another string, and what is shown of it. @param {number} at */
function wordsOf(at) {
  const fields = Object.entries(WORDS).map(([name, most], place) => ({ name, ...fitting(at + place, most) }));
  const form = Object.fromEntries(fields.map(({ name, text }) => [name, oneLine(text)]));
  return { form, shown: Object.fromEntries(fields.map(({ name, shown }) => [name, shown])) };
}

test("every word of a conversation is shown as it was written", { timeout: 60_000 }, async () => {
  await each(Array.from({ length: WORDY }, (_, at) => at), async (first) => {
    const slug = `words-${first}`;
    await make(slug);
    done(await ask(`/o/${slug}/steps`, { form: { due: "2020-01-01", what: "The council answers" } }));
    for (let at = first; at < SHOWN.length; at += WORDY) await prepare(slug, at);
    done(await ask(`/o/${slug}/open`, { form: {} }));
    for (let at = first; at < SHOWN.length; at += WORDY) await reword(slug, at);
    const reasons = LINES.flatMap((_, at) => (at % WORDY === first ? [wordsOf(at).shown.reason] : []));
    await see(`/c/${slug}`, {}, reasons);
  });
  await nothingIsWrong();
});

/** Changes every field of a draft, and a step. @param {string} slug @param {number} at */
async function prepare(slug, at) {
  const [{ form, shown }, step] = [wordsOf(at), fitting(at, 200)];
  done(await ask(`/o/${slug}`, { form: { ...form, reason: "" } }), form);
  done(await ask(`/o/${slug}/steps`, { form: { number: 1, due: "2020-01-01", what: step.text } }), step.text);
  const { reason: _, ...words } = shown;
  await see(`/o/${slug}/prepare`, {}, [...Object.values(words), step.shown]);
}

/** The same once it is open: with a reason, and what is published. @param {string} slug @param {number} at */
async function reword(slug, at) {
  const [{ form, shown }, answer, headline] = [wordsOf(at), fitting(at + 9, 300), fitting(at + 10, 140)];
  done(await ask(`/o/${slug}`, { form }), form);
  done(await ask(`/o/${slug}/answer`, { form: { step: 1, answer: oneLine(answer.text) } }), answer.text);
  done(await ask(`/o/${slug}/headline`, { form: { headline: headline.text } }), headline.text);
  done(await ask(`/o/${slug}/information`, { form: { information: oneLine(answer.text) } }), answer.text);
  const { organiser, ...words } = shown;
  await see(`/c/${slug}`, {}, [...Object.values(words), answer.shown], [organiser]);
  await see(`/c/${slug}/results`, {}, [headline.shown]);
  const told = await data(`/api/v1/c/${slug}`);
  const expected = [shown.question, organiser, shown.description];
  assert.deepEqual([told.question, told.organiser, told.description], expected);
}

// Statements of those who take part

/** @typedef {{as: Fields, own: import("../hostile-strings.mjs").Hostile[], shown: string[]}} Person */

/** Everybody who writes, each some of the strings. @type {Person[]} */
const people = Array.from({ length: Math.ceil(HOSTILE.length / EACH) }, (_, at) => {
  const own = HOSTILE.slice(at * EACH, (at + 1) * EACH);
  return { as: somebody(), own, shown: own.flatMap(({ shown }) => shown ?? []) };
});

test("what people submit is taken or refused in words, by forms and sockets", { timeout: 60_000 }, async () => {
  await make("queue", { moderated_within: "1" });
  done(await ask("/o/queue/open", { form: {} }));
  await each(people.filter((_, at) => at % 4 > 0), submitByForm);
  await submitBySocket(people.filter((_, at) => at % 4 === 0));
  await each(people, async ({ as, shown }) => {
    await see("/c/queue/mine", { as }, shown);
    assert.deepEqual(textsOf((await data("/api/v1/c/queue/mine", { as })).statements), shown);
  });
  await nothingIsWrong();
});

/** @param {Person} person */
async function submitByForm({ as, own }) {
  for (const { text, shown } of own) {
    is(await ask("/c/queue/submit", { form: { text, sure: "1" }, as }), [shown === null ? 422 : 303], text);
    // What is too long stays in the form, as it was written.
    const long = `${text}${"x".repeat(300)}`;
    const again = await see("/c/queue/submit", { form: { text: long }, as });
    const [field] = await read(again.text, "#submit-text");
    is(again, [422], long);
    if (field !== inField(long)) wrong.push(`${again.where}: ${JSON.stringify([long, field])}`);
  }
}

/** What HTML makes of a text in a field of several lines. @param {string} text */
function inField(text) {
  return text.replace(/\r\n?/g, "\n").replace(/^\n/, "").replaceAll("\0", "\ufffd");
}

/** Opens a socket for each of them, in one page. @param {Person[]} some */
async function submitBySocket(some) {
  const { page, leave } = await visitor(browser, server.url);
  await page.goto("/about/imprint");
  const entered = await Promise.all(some.map(async ({ as, own }) => {
    const { ticket } = await data("/api/v1/c/queue/join", { json: {}, as });
    return { ticket, texts: textsOf(own) };
  }));
  const answers = await page.evaluate(talk, entered);
  const expected = some.map(({ own }) => own.map(({ shown }) => (shown === null ? "refused" : "submitted")));
  assert.deepEqual(answers, expected);
  await leave();
}

/**
 * In a browser: submits texts over sockets, and tells what came back.
 * @param {{ticket: string, texts: string[]}[]} all
 */
function talk(all) {
  return Promise.all(all.map(({ ticket, texts }) => new Promise((told, failed) => {
    const socket = new WebSocket(`${location.origin.replace("http", "ws")}/ws/v1/queue`);
    /** @type {string[]} */
    const answers = [];
    const send = (/** @type {object} */ frame) => socket.send(JSON.stringify(frame));
    socket.onopen = () => send({ t: "hello", v: 1, ticket });
    socket.onclose = ({ code: why }) => failed(new Error(`closed with ${why}`));
    socket.onmessage = ({ data: frame }) => {
      const { t, op } = JSON.parse(frame);
      if (t === "welcome") texts.forEach((text, at) => send({ t: "submit", op: `${ticket}-${at}`, text }));
      if (t !== "submitted" && t !== "refused") return;
      answers[Number(op.split("-")[1])] = t;
      if (answers.filter(Boolean).length === texts.length) told(answers);
    };
  })));
}

/** By which rule each text was rejected. @type {Map<string, string>} */
const rejectedBy = new Map();
/** As many pages of 50 as there are statements. */
const FIFTIES = Array.from({ length: Math.ceil(SHOWN.length / 50) }, (_, at) => at + 1);

test("moderators see what waits, and people by which rule it was rejected", { timeout: 60_000 }, async () => {
  const waiting = await inQueue();
  assert.deepEqual(textsOf(waiting).toSorted(), LINES.toSorted());
  const some = waiting.slice(0, -5);
  for (let at = 0; at < some.length; at += RULES) await reject(some.slice(at, at + RULES), at);
  for (const page of FIFTIES) await see(`/o/queue/log?page=${page}`);
  checkCells(readCsv((await ask("/o/queue/log.csv", { form: {} })).text));
  await each(people, ({ as, shown }) =>
    see("/c/queue/mine", { as }, [...shown, ...shown.flatMap((text) => rejectedBy.get(text) ?? [])]));
  // One at a time: it reads the whole log.
  for (const { as, shown } of people.filter((person) => person.shown.length > 0)) {
    assert.deepEqual(textsOf((await data("/c/queue/mine/data", { form: {}, as })).statements), shown);
  }
  await nothingIsWrong();
});

/** Everything that waits. */
async function inQueue() {
  const items = await Promise.all(FIFTIES.map(async (page) => {
    const { text: html } = await see(`/m/queue?page=${page}`);
    const [texts, numbers] = [await read(html, "#queue .say"), await read(html, "#queue [name=pick]")];
    return texts.map((text, at) => ({ text, number: numbers[at] }));
  }));
  return items.flat();
}

/**
 * Rejects statements, each by a rule of its own.
 * @param {{number: string, text: string}[]} some
 * @param {number} from
 */
async function reject(some, from) {
  const rules = some.map((_, at) => fitting(from + at, 200));
  const policy = rules.map(({ text }) => oneLine(text)).join("\n");
  const form = { question: LINES[0], organiser: LINES[30], policy, reason: LINES[from] };
  done(await ask("/o/queue", { form }), policy);
  await each(some, async ({ number, text }, at) => {
    done(await ask("/m/queue/moderate", { form: { statement: number, decision: `rule-${at}` } }));
    rejectedBy.set(text, rules[at].shown);
  });
  const worded = rules.map(({ shown }) => shown);
  await each(some, ({ number, text }, at) => see(`/m/queue?show=rejected&at=${number}`, {}, [text, worded[at]]));
  await see("/c/queue/moderation", {}, worded);
}

// Addresses, cookies and what forms send beside words

/** Addresses with a string for each star. */
const PATHS = [
  "/c/*", "/c/*/results.csv", "/c/shown/s/*", "/c/shown/results/on/*", "/o/*", "/m/*", "/kept/*", "/about/*",
  "/pages/*/*", "/static/*", "/preview/*", "/*", "/api/v1/c/*", "/api/v1/c/*/mine",
];
const QUERIES = [
  "/?page=*&deleted=*&lang=*", "/c/shown?voted=*&submitted=*&lang=*", "/c/shown/results?lang=*&*=*",
  "/c/shown/results/statements?show=*&sort=*&page=*&q=*", "/c/shown/moderation?page=*&who=*",
  "/c/shown/mine?withdrawn=*&reworded=*&erased=*", "/api/v1/c/shown/statements?page=*", "/o?page=*&deleted=*",
  "/o/words-0?added=*&here=*&saved=*", "/o/words-0/prepare?saved=*", "/people?done=*",
  "/o/queue/log?who=*&what=*&from=*&until=*&page=*", "/log?who=*&what=*&from=*&until=*&page=*",
  "/m/queue?show=*&order=*&q=*&page=*&at=*&done=*&late=*&after=*&last=*&was=*",
  "/enter?key=*", "/sign-in?to=*&kept=*", "/preview/words-0?key=*", "/sign-in/back?state=*&code=*&error=*",
  "/follow?key=*", "/c/shown?embed=*&voted=*", "/c/shown/follow?topic=*&words=*&done=*",
  "/c/shown/list?page=*&voted=*",
];

test("an address leads to a page or nowhere, whatever stands in it", { timeout: 60_000 }, async () => {
  await each(HOSTILE, async ({ text }, at) => {
    const put = (/** @type {string} */ path) => path.replaceAll("*", encodeURIComponent(text));
    for (const path of sharedOut(PATHS, at, 3)) is(await see(put(path)), [200, 303, 308, 404], text);
    const as = at % 2 === 0 ? staff : {};
    for (const path of sharedOut(QUERIES, at, 6)) is(await see(put(path), { as }), [200, 303, 404], text);
  });
  await nothingIsWrong();
});

test("a cookie that nobody has given out belongs to nobody", async () => {
  await each(HOSTILE, async ({ text }, at) => {
    const bytes = Buffer.from(text.replace(/[\0-\x1f]/g, " ")).toString("latin1");
    const cookie = COOKIES.map((name) => `${name}=${bytes}`).join("; ");
    const path = ["/c/shown", "/", "/c/shown/mine", "/account", "/sign-in/code"][at % 5];
    const as = { cookie, "user-agent": bytes, "accept-language": bytes, referer: bytes };
    is(await see(path, { as }), path === "/account" || path === "/sign-in/code" ? [303] : [200], text);
    // What one has read is remembered in a cookie.
    done(await ask("/c/shown/read", { form: {}, as: { ...as, origin: server.url } }), text);
  });
  await nothingIsWrong();
});

/** Stands for a string in a form. */
const HERE = "\u{10ffff}";
const MADE = { question: "A question", organiser: "Us", reason: "It was wrong" };
/**
 * Forms of staff with a string where nobody writes; with a full stop after it where some of them would be good.
 * @type {[string, Fields][]}
 */
const FORMS = [
  ["/o", { ...MADE, slug: HERE }],
  ["/o", { ...MADE, department: `${HERE}.` }],
  ["/o", { ...MADE, [HERE]: "x" }],
  ["/o/words-0", { ...MADE, languages: HERE }],
  ["/o/words-0", { ...MADE, closes_at: `${HERE}.` }],
  ["/o/words-0", { ...MADE, results: HERE, moderation: HERE }],
  ["/o/words-0", { ...MADE, after_n: `${HERE}.`, privacy_min: HERE }],
  ["/o/words-0/steps", { number: HERE, due: `${HERE}.`, what: "x", reason: "x" }],
  ["/o/words-0/answer", { step: `${HERE}.`, answer: "x" }],
  ["/o/words-0/seeds/change", { statement: HERE, change: HERE, text: "x" }],
  ["/o/words-0/copy", { slug: HERE }],
  ["/o/renamed/rename", { slug: HERE }],
  ["/o/renamed/delete", { slug: HERE }],
  ["/o/words-0/deletion", { slug: HERE, why: HERE }],
  ["/o/words-0/rows", { slug: HERE }],
  ["/o/words-0/requests/data", { code: HERE, why: HERE }],
  ["/o/words-0/requests/erase", { code: HERE, why: HERE }],
  ["/o/words-0/people", { address: "a@town.example", role: HERE }],
  ["/o/words-0/people/role", { staff: HERE, role: HERE }],
  ["/o/words-0/people/withdraw", { link: HERE }],
  ["/o/words-0/department", { department: `${HERE}.` }],
  ["/o/words-0/archive", { archived: `${HERE}.` }],
  ["/o/words-0/agenda", { places: HERE }],
  ["/o/words-0/agenda/change", { do: HERE, [HERE]: HERE }],
  ["/o/words-0/agenda/change", { do: "own", "own-question": HERE, "own-origin": HERE }],
  ["/o/words-0/agenda/comment", { item: `${HERE}.`, text: "x" }],
  ["/o/words-0/agenda/publish", { revision: `${HERE}.` }],
  ["/m/queue/moderate", { statement: HERE, decision: HERE }],
  ["/m/queue/moderate", { statement: "0", decision: "pending", seen: `${HERE}.` }],
  ["/m/queue/moderate-many", { decision: "reject", first: `${HERE}.`, last: HERE }],
  ["/m/queue/moderate-many", { decision: HERE, after_seq: "1", last_seq: "2" }],
  ["/m/queue/curate", { act: HERE, statement: HERE, into: HERE, hours: `${HERE}.` }],
  ["/m/queue/curate", { act: "derive", statement: "0", seen: "0", texts: HERE }],
  ["/m/queue/leave-out", { whom: HERE, set: "1", reason: HERE }],
  ["/m/queue/leave-out", { whom: "writers", statements: HERE, channel: HERE, reason: HERE }],
  ["/m/queue/count-again", { set: `${HERE}.` }],
  ["/people/role", { staff: HERE, role: HERE, scope: HERE }],
  ["/people/remove", { staff: `${HERE}.`, scope: HERE }],
  ["/people/departments/rename", { department: HERE, name: HERE }],
  ["/account/sessions/end", { session: `${HERE}.` }],
  ["/kept/words-0/erase", { statement: HERE }],
  ["/pages/imprint/en", { [HERE]: "x" }],
  ["/enter", { key: HERE, address: HERE, password: HERE }],
];
/** The same of those who take part. @type {[string, Fields][]} */
const PUBLIC_FORMS = [
  ["/c/one/vote", { statement: HERE, choice: "agree" }],
  ["/c/one/vote", { statement: "1", choice: HERE }],
  ["/c/one/vote", { statement: "1", choice: "agree", op: `${HERE}.` }],
  ["/c/one/vote", { statement: "1", choice: "agree", pack: `${HERE}.`, list: HERE, important: HERE }],
  ["/c/one/vote?embed=1", { statement: `${HERE}.`, choice: "agree", token: HERE }],
  ["/c/one/follow", { address: HERE, topic: "results" }],
  ["/c/one/follow", { address: "a@town.example", topic: HERE, words: HERE }],
  ["/follow", { key: HERE }],
  ["/c/one/submit", { text: "x", op: `${HERE}.` }],
  ["/c/one/submit", { text: "x", sure: `${HERE}.` }],
  ["/c/one/mine/withdraw", { words: HERE }],
  ["/c/one/mine/reword", { words: HERE, text: HERE }],
  ["/c/one/mine/erase", { [HERE]: "x" }],
  ["/o", { question: HERE, [HERE]: HERE }],
];

test("a form with a field that is no such thing breaks nothing", { timeout: 60_000 }, async () => {
  await Promise.all([make("draft"), make("renamed")]);
  await each(HOSTILE, async ({ text }, at) => {
    const put = (/** @type {Fields} */ form) => Object.fromEntries(
      Object.entries(form).map(([name, value]) => [name.replaceAll(HERE, text), value.replaceAll(HERE, text)]));
    const forms = [
      ...sharedOut(FORMS, at, 8).map((form) => ({ form, as: staff })),
      ...sharedOut(PUBLIC_FORMS, at, 4).map((form) => ({ form, as: somebody() })),
    ];
    for (const { form: [path, form], as } of forms) {
      // An address that is none is told with 200.
      const statuses = [303, 400, 401, 403, 404, 422, 429, ...path === "/c/one/follow" ? [200] : []];
      is(await see(path, { form: put(form), as }), statuses, put(form));
    }
    await sendBodies(text, at);
  });
  await nothingIsWrong();
});

/** A body that is no form, and a file with a question. @param {string} text @param {number} at */
async function sendBodies(text, at) {
  for (const json of sharedOut([text, { text }, { keep: text }, { [text]: 1 }, [text]], at, 2)) {
    const answer = await ask("/api/v1/c/shown/join", { json, as: somebody() });
    is(answer, [400], json);
    assert.ok(JSON.parse(answer.text).error.message);
  }
  const form = fileOf(["no,what", `1,${quoted(text.replace(/[\0-\x08\x0e-\x1f]/g, ""))}`]);
  for (const name of ["encoding", "name"]) form.append(name, text);
  is(await see("/o/one/seeds", { form }), [200], text);
  form.append("column", "1");
  is(await see("/o/one/seeds", { form }), [200, 422], text);
}

// Names of people and departments, pages of the site

test("people, departments and pages of the site bear any name", { timeout: 60_000 }, async () => {
  await each(HOSTILE, async ({ text }) => {
    for (const address of [text, `${text}@town.example`]) {
      is(await ask("/o/draft/people", { form: { address, role: "overseer" } }), [200, 422], address);
    }
  });
  for (const name of INVITED) {
    const form = { address: `${name}@town.example`, role: "moderator", scope: "" };
    is(await see("/people", { form }), [200], name);
    const follower = { address: form.address, topic: "results" };
    done(await ask("/c/queue/follow", { form: follower, as: somebody() }), name);
  }
  const short = SHOWN.filter(({ shown }) => [...shown].length <= 80);
  await each(short, async ({ text }) => done(await ask("/people/departments", { form: { name: text } }), text));
  const names = short.map(({ shown }) => shown);
  const fields = await read((await see("/people")).text, "[name=name][aria-label]");
  assert.deepEqual(fields.toSorted(), names.toSorted());
  for (const path of ["/people", "/o", "/o/draft/people"]) await see(path, {}, [], names);
  for (const path of ["/account", "/log", "/log?page=2"]) await see(path);
  checkCells(readCsv((await ask("/log.csv", { form: {} })).text));
  await sitePage();
  await nothingIsWrong();
});

/** A page about the site with every string as a title, an item and a paragraph. */
async function sitePage() {
  const plain = HOSTILE.map(({ text }) => text.trim());
  const lines = plain.filter((text) => text && !/[\r\n\0\ufeff\u0085{]|^(#|-) /.test(text));
  const text = lines.map((line) => `# ${line}\n\n- ${line}\n\n${line}\n`).join("\n");
  done(await ask("/pages/imprint/en", { form: { text } }));
  await see("/pages/imprint/en");
  await see("/about/imprint", {}, lines);
}

// As people see it

test("with a script people write and vote, and see words and nothing else", { timeout: 60_000 }, async () => {
  const { page, leave } = await visitor(browser, server.url, PHONE);
  watch(page);
  await page.goto("/c/shown");
  for (let at = 0; at < 10; at++) {
    const text = (await page.textContent("#statement-text")) ?? "";
    if (!LINES.includes(text)) wrong.push(`the card says ${text}`);
    await look(page, "the card", [text]);
    await vote(page, ["Agree", "Disagree", "Pass"][at % 3]);
  }
  await seeAlike(page);
  await page.goto("/c/one");
  const some = [21, 47, 60];
  for (const at of some) {
    await write(page, `${SHOWN[at].text} by a script`);
    await page.getByText("it waits for a moderator").waitFor();
  }
  await open(page, "/c/one/mine", some.map((at) => `${LINES[at]} by a script`));
  await open(page, "/c/shown/mine/erase");
  await leave();
  await nothingIsWrong();
});

/** What others have said nearly alike, as the script shows it. @param {Page} page */
async function seeAlike(page) {
  await page.fill("#submit-text", `${LINES[6]} too`);
  await page.locator("#submit-button").click();
  await page.locator("#similar-list li").first().waitFor();
  const alike = await page.locator("#similar-list .say").allTextContents();
  if (!alike.every((text) => LINES.includes(text))) wrong.push(`alike: ${alike}`);
  await look(page, "what is alike", alike);
}

/** Every kind of page, as the owner sees it. */
const PAGES = [
  "/", "/c/shown", "/c/shown/s/10", "/c/shown/s/262", "/c/shown/mine", "/c/shown/results", "/c/shown/map",
  "/c/shown/agenda", "/c/shown/moderation", "/c/queue/moderation", "/c/shown/poster", "/c/shown/wall",
  "/c/words-1", "/c/words-1/poster", "/c/words-1/wall", "/c/words-1/results", "/c/words-1?embed=1",
  "/c/shown/list", "/c/shown/results/on/1", "/c/shown/follow", "/c/shown?embed=1", "/o", "/o/shown",
  "/o/words-1", "/o/words-1/prepare", "/o/draft/prepare", "/o/words-1/people", "/o/words-1/log",
  "/o/queue/log", "/o/words-1/requests", "/o/shown/agenda", "/o/shown/agenda/preview",
  "/o/shown/agenda/publish", "/m", "/m/queue", "/m/queue?show=rejected&page=2", "/m/queue/many?pick=5", "/people",
  "/log", "/pages", "/pages/imprint/en", "/about/imprint", "/account",
];

test("no page runs, sends or shows anything but words, on a phone", { timeout: 120_000 }, async () => {
  done(await ask("/o/shown/agenda", { form: { places: 40 } }));
  const drafted = async () => (await read((await ask("/o/shown/agenda")).text, ".slots h3")).length > 0;
  for (let tries = 0; tries < 50 && !(await drafted()); tries++) await reader.waitForTimeout(100);
  for (const { text } of SHOWN.slice(0, 40)) {
    const line = text.replace(/[\r\n]/g, " ").trim();
    await ask("/o/shown/agenda/change", { form: { do: "own", "own-question": line, "own-origin": line } });
    await ask("/o/shown/agenda/comment", { form: { item: "", text: line } });
  }
  await owner.page.goto("/o/shown/agenda/publish");
  const revision = await owner.page.inputValue("[name=revision]");
  done(await ask("/o/shown/agenda/publish", { form: { revision } }));
  for (const path of PAGES) await open(owner.page, path);
  const table = "/c/shown/results/statements";
  for (const page of PAGES_LISTED) await open(owner.page, `${table}?page=${page}`, listed(page));
  await nothingIsWrong();
});

test("a form that was sent too early is shown again as it was written", { timeout: 60_000 }, async () => {
  const { page, leave } = await visitor(browser, server.url, PHONE);
  watch(page);
  await page.goto("/sign-in");
  const texts = SHOWN.slice(0, 120).map(({ text }) => text.trim()).filter((text) => !/[\r\n]/.test(text));
  await page.evaluate(sendForm, texts.map((text, at) => [`"><b pwned>${at}`, text]));
  await page.waitForSelector("[name=kept]", { state: "attached" });
  await look(page, "what is kept while one signs in");
  await page.fill("#address", OWNER);
  await page.fill("#password", PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.fill("#code", code(secret, 1));
  await page.locator("form[action='/sign-in/code'] button").click();
  await page.getByRole("heading", { name: "This is what you wrote" }).waitFor();
  await look(page, "what was kept", texts);
  await leave();
  await nothingIsWrong();
});

/** In a browser: sends a form to a page of staff. @param {string[][]} fields */
function sendForm(fields) {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: "/o/shown/seed" });
  form.append(...fields.map(([name, value]) =>
    Object.assign(document.createElement("input"), { type: "hidden", name, value })));
  document.body.append(form);
  form.submit();
}

// Whether this file finds what it looks for

const SPOILED = `<main><img src="//evil.example/a.png"><b pwned id="main">x</b><!-- -->
  <a href="javascript:1">x</a><p style="inline-size: 500px">wide</p>
  <script>alert(1); pwned = 1; throw new Error("on purpose")</script>`;

/** Answers as a server would that escapes nothing. @param {Page} page @param {boolean} hasPolicy */
async function spoil(page, hasPolicy) {
  await page.route("**/results/statements*", async (route) => {
    const response = await route.fetch();
    const html = (await response.text()).replaceAll("&#60;b pwned&#62;", "<b pwned>");
    const body = html.replaceAll(' dir="auto"', "").replace("<main", `${SPOILED}<main`);
    const { "content-security-policy": policy, ...rest } = response.headers();
    const headers = hasPolicy ? { ...rest, "content-security-policy": policy } : rest;
    await route.fulfill({ status: 200, body, headers });
  });
}

test("what this file looks for, it finds", async () => {
  await nothingIsWrong();
  for (const hasPolicy of [true, false]) {
    const { page, context } = await visitor(browser, server.url, PHONE);
    watch(page);
    await spoil(page, hasPolicy);
    await open(page, "/c/shown/results/statements", listed(1));
    // Words that run the other way, in a sentence that leaves them no direction of their own.
    const other = Math.floor(LINES.findIndex((line) => RIGHT.test(line) && line.length > 8) / ROWS) + 1;
    await open(page, `/c/shown/results/statements?page=${other}`, listed(other));
    await context.close();
  }
  const headers = new Headers([["location", "//evil.example"], ["set-cookie", "pwned=1"], ["x-pwned", "1"]]);
  checkHead("a head", { status: 500, headers });
  checkCells(readCsv('a,b\n"=1+1, ""x""",2\n'));
  checkMail("From: a\r\nBcc: b", "&#60;");
  done({ status: 200, type: "", text: "", where: "a form" });
  const all = wrong.splice(0).join("\n");
  for (const sign of [
    /foreign: <b pwned/, /attribute: <a href="javascript/, /two elements have the id main/, /: a comment/,
    /not shown: "<\/noscript>/, /no dir="auto": <a class/, /\d{3} px wide/, /somebody's script ran/,
    /on purpose/, /asks for http:\/\/evil\.example/, /a dialog: 1/, /Content Security Policy/,
    /a head: broken/, /a head: no policy/, /a head: leads to \/\/evil/, /set-cookie: pwned/, /x-pwned: 1/,
    /a formula in a file: =1/, /a mail with From: a/, /a mail is escaped/, /a form: not 303/,
  ]) assert.match(all, sign);
});

// What once was not as it should be

test("the public list of decisions keeps each rule as it was worded", async () => {
  const pages = await Promise.all(FIFTIES.map((page) => ask(`/c/queue/moderation?page=${page}`)));
  const told = await Promise.all(pages.map(({ text }) => read(text, "td [dir=auto]")));
  assert.deepEqual(told.flat().toSorted(), [...rejectedBy.values()].toSorted());
});

test("a search finds a text however it was typed", async () => {
  const missing = await Promise.all(SHOWN.map(async ({ text, shown }) => {
    const { text: html } = await ask(`/c/shown/results/statements?q=${encodeURIComponent(text)}`);
    return (await read(html, "tbody th")).includes(shown) ? [] : [text];
  }));
  assert.deepEqual(missing.flat(), []);
});

test("what is copied into another site shows this conversation, and nothing else", async () => {
  const form = { ...MADE, question: `What "now"? "><b pwned>` };
  done(await ask("/o/words-1", { form }));
  const codes = await read((await ask("/o/words-1")).text, "details code");
  const copied = codes.find((one) => one.startsWith("<iframe")) ?? "";
  assert.deepEqual(await read(copied, "body > :not(iframe)"), []);
  assert.match(copied, /title="What &quot;now&quot;\? &quot;&gt;&lt;b pwned&gt;"/);
});

test("what will be added is shown as it will be added", async () => {
  const { text } = await ask("/o/draft/seeds", { form: fileOf(["text", "Pay \u202e001 euros"]) });
  assert.deepEqual(await read(text, "tbody th"), ["Pay 001 euros"]);
});

test("mail goes to every address that is taken", async () => {
  for (const address of ["anna..smith@town.example", ".anna@town.example", "anna.@town.example"]) {
    assert.equal((await ask("/people", { form: { address, role: "moderator" } })).status, 422, address);
  }
});

test("what is refused stays in its own field", async () => {
  const long = "x".repeat(6_001);
  /** @type {[string, Fields, string][]} */
  const refused = [
    ["/o/words-1/answer", { step: "1", answer: long }, "#answer-1"],
    ["/o/words-1/steps", { due: "2035-01-01", what: long, reason: "x" }, "#what-new"],
    ["/o/words-1/headline", { headline: long }, "#headline"],
    ["/o/words-1/information", { information: long }, "#information-text"],
    ["/o/words-1/people", { address: long, role: "moderator" }, "#address"],
    ["/people/departments", { name: long }, "#department-name"],
  ];
  const fields = await Promise.all(refused.map(async ([path, form, field]) => {
    return [path, ...await read((await ask(path, { form })).text, field)];
  }));
  assert.deepEqual(fields, refused.map(([path]) => [path, long]));
});

test("an address with a backslash leads to no other site", async () => {
  const { hostname, port } = new URL(server.url);
  const asking = request({ hostname, port, path: "/\\evil.example/" }).end();
  const [answer] = await once(asking, "response");
  answer.resume();
  assert.doesNotMatch(answer.headers.location ?? "/", /^\/[/\\]/);
});

test("the table of the map and lists of right-to-left text fit on a phone", async () => {
  const right = LINES.find((line) => RIGHT.test(line));
  done(await ask("/pages/imprint/en", { form: { text: `# Imprint\n\n- ${right}` } }));
  const widths = [];
  for (const path of ["/about/imprint", "/c/shown/results"]) {
    await owner.page.goto(path);
    widths.push(await owner.page.evaluate(() => {
      for (const part of document.querySelectorAll("details")) part.open = true;
      return document.documentElement.scrollWidth;
    }));
  }
  assert.deepEqual(widths, [PHONE.viewport.width, PHONE.viewport.width]);
});

// What is written later

const later = { skip: !canBeLater && !process.env.CI, timeout: 120_000 };

test("what stays of a conversation, and what is mailed of it, says what was written", later, async () => {
  for (const slug of ["shown", "words-0"]) {
    done(await ask(`/o/${slug}/close`, { form: {} }));
    done(await ask(`/o/${slug}/deletion`, { form: { slug, why: LINES[1] } }));
  }
  const closes = new Date(Date.now() + 15.5 * 24 * 3_600_000).toISOString().slice(0, 16);
  const form = { question: LINES[0], organiser: LINES[30], reason: LINES[2], closes_at: closes };
  done(await ask("/o/queue", { form }));
  await owner.context.close();
  await server.down();
  await server.up(15);
  const isKept = async () => (await ask("/kept/words-0")).status === 200;
  for (let tries = 0; tries < 300 && !(await isKept()); tries++) await reader.waitForTimeout(100);
  const { page, leave } = await visitor(browser, server.url, PHONE);
  watch(page);
  await open(page, "/kept/shown", LINES);
  await open(page, "/c/words-0");
  await leave();
  // To followers; that statements wait too long; that it closes soon: each says what is asked.
  const saying = () => post.mails.filter((mail) => readMail(mail).body.includes(LINES[0])).length;
  for (let tries = 0; tries < 300 && saying() < INVITED.length + 2; tries++) await reader.waitForTimeout(100);
  assert.ok(saying() >= INVITED.length + 2, `${saying()} mails`);
  for (const { head, body } of post.mails.map(readMail)) checkMail(head, body);
  await nothingIsWrong();
});

/** The head of a mail, and its words. @param {string} mail */
function readMail(mail) {
  const [head, ...rest] = mail.split("\r\n\r\n");
  const text = rest.join("\r\n\r\n").replace(/=\r\n/g, "");
  const bytes = text.replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return { head, body: Buffer.from(bytes, "latin1").toString() };
}

/** @param {string} head @param {string} body */
function checkMail(head, body) {
  const names = head.split("\r\n").map((line) => line.split(":")[0]);
  const isPlain = names.filter((name) => !name.startsWith("List-")).join(" ") === "From To Subject Content-Type Content-Transfer-Encoding Date";
  if (!isPlain) wrong.push(`a mail with ${head}`);
  if (body.includes("&#")) wrong.push(`a mail is escaped: ${body}`);
}
