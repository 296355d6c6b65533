// How long one waits on a slow phone: for the buttons of the first statement, and for the next one after a tap.
//   node throttled.mjs [http://127.0.0.1:8080/c/SLUG]      else of a demonstration that it starts

import { launch } from "./browser.mjs";
import { demo } from "./server.mjs";

/** @typedef {import("./browser.mjs").Browser} Browser */
/** @typedef {import("./browser.mjs").Page} Page */

const GOAL = { painted: 1_100, tap: 100 };
const KBIT = 1_000 / 8;
const SLOW = { offline: false, latency: 400, downloadThroughput: 400 * KBIT, uploadThroughput: 400 * KBIT };
const CPU = 4;
const LOADS = 7;
const PEOPLE = 5;
const TAPS = 20;
/** What somebody takes to read the first statement. */
const READING_MS = 2_000;
const PAUSE_MS = 500;
const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

const [given] = process.argv.slice(2);
const server = given ? null : await demo();
const address = given ?? `${server?.url}/c/riverside`;
const browser = await launch();
try {
  const loads = [];
  for (let n = 0; n < LOADS; n++) loads.push(await coldLoad());
  tell("the three buttons are painted", loads.map(({ buttons }) => buttons), GOAL.painted);
  tell("anything is painted", loads.map(({ first }) => first));
  const people = [];
  for (let n = 0; n < PEOPLE; n++) people.push(await taps());
  tell("the first tap until the next statement", people.map(([first]) => first), GOAL.tap);
  tell(`all of ${TAPS} taps`, people.flat(), GOAL.tap);
} finally {
  await browser.close();
  await server?.stop();
}

/** @param {string} what @param {number[]} times @param {number} [goal] */
function tell(what, times, goal) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (/** @type {number} */ part) => Math.round(sorted[Math.floor((sorted.length - 1) * part)]);
  const beside = goal ? ` (goal ${goal} ms)` : "";
  console.log(`${what}: median ${at(0.5)} ms${beside}, ${at(0)} to ${at(1)} ms in ${times.length}`);
}

/**
 * Someone new on a slow line. The browser tells when it paints the words of each button (Element Timing), counted
 * from the start of the navigation; the network's delays are Chromium's own imitation, with no handshakes.
 */
async function coldLoad() {
  const { page, close } = await phone(SLOW);
  await page.addInitScript(watchButtons);
  await page.goto(address, { waitUntil: "commit" });
  const found = await page.waitForFunction(() => {
    const { painted } = /** @type {any} */ (globalThis);
    return painted.size === 3 ? { buttons: Math.max(...painted.values()) } : null;
  });
  const { buttons } = /** @type {{buttons: number}} */ (await found.jsonValue());
  const first = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0].startTime);
  const heights = await page.locator("#vote-form .vote").evaluateAll((buttons) =>
    buttons.map((button) => button.getBoundingClientRect().height));
  await close();
  if (heights.length !== 3 || heights.some((height) => height < 24)) throw new Error(`buttons of ${heights} px`);
  return { buttons, first };
}

/** In the page, before anything of it: marks the buttons as they come, and notes when each was painted. */
function watchButtons() {
  const painted = new Map();
  Object.assign(globalThis, { painted });
  const marks = new MutationObserver(() => {
    for (const button of document.querySelectorAll("#vote-form .vote:not([elementtiming])")) {
      button.setAttribute("elementtiming", button.getAttribute("value") ?? "");
    }
  });
  marks.observe(document, { childList: true, subtree: true });
  new PerformanceObserver((list) => {
    for (const entry of /** @type {any[]} */ (list.getEntries())) painted.set(entry.identifier, entry.renderTime);
  }).observe({ type: "element", buffered: true });
}

/**
 * Someone on a slow phone with a fast line votes one statement after the other. From the finger on the glass until
 * the frame with the next statement's words was drawn.
 * @returns {Promise<number[]>}
 */
async function taps() {
  const { page, close } = await phone(null);
  await page.goto(address);
  await page.waitForTimeout(READING_MS);
  await page.evaluate(watchTaps);
  const buttons = await page.locator("#vote-form .vote").all();
  const boxes = await Promise.all(buttons.map((button) => button.boundingBox()));
  for (let n = 0; n < TAPS; n++) {
    const box = boxes[n % boxes.length];
    if (!box) throw new Error("no button to tap");
    await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
    // Nothing is asked of the page meanwhile: that would be work for its processor, too.
    await page.waitForTimeout(PAUSE_MS);
    const isNoted = (/** @type {number} */ before) => /** @type {any} */ (globalThis).waits.length > before;
    await page.waitForFunction(isNoted, n, { polling: 100 });
  }
  const times = await page.evaluate(() => /** @type {number[]} */ (/** @type {any} */ (globalThis).waits));
  await close();
  return times;
}

/** In the page: notes how long each tap took. */
function watchTaps() {
  /** @type {number[]} */
  const waits = [];
  let tapped = 0;
  Object.assign(globalThis, { waits });
  const form = document.getElementById("vote-form");
  form?.addEventListener("pointerdown", (event) => { tapped = event.timeStamp; });
  const text = document.getElementById("statement-text");
  if (!text) throw new Error("no statement");
  new MutationObserver(() => requestAnimationFrame(() => {
    // A message comes after the frame, a callback of the frame before it.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => waits.push(performance.now() - tapped);
    port2.postMessage(null);
  })).observe(text, { childList: true, characterData: true, subtree: true });
}

/**
 * A phone of somebody new, whose processor is slow, and perhaps the line.
 * @param {typeof SLOW | null} line
 */
async function phone(line) {
  const context = await browser.newContext(PHONE);
  const page = await context.newPage();
  const tools = await context.newCDPSession(page);
  await tools.send("Network.enable");
  if (line) await tools.send("Network.emulateNetworkConditions", line);
  await tools.send("Emulation.setCPUThrottlingRate", { rate: CPU });
  return { page, close: () => context.close() };
}
