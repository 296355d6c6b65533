// What Lighthouse says of the pages that most people see.
//   node lighthouse.mjs      fetches Lighthouse with npx where it is not there yet

import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { everyPage } from "./all-pages.mjs";

const VERSION = "12.8.2";
const RIVERSIDE = "/c/riverside";
const PAGES = { landing: "/", vote: RIVERSIDE, results: `${RIVERSIDE}/results`, agenda: `${RIVERSIDE}/agenda` };
const CHROME_PATH = process.env.CHROMIUM ?? "/usr/bin/chromium";

const site = await everyPage();
const home = await mkdtemp(join(tmpdir(), "boule-lighthouse-"));
try {
  for (const [name, path] of Object.entries(PAGES)) {
    const report = await look(`${site.server.url}${path}`, join(home, `${name}.json`));
    const scores = Object.values(report.categories).map(({ title, score }) => `${title} ${points(score)}`);
    console.log(`${name}: ${scores.join(", ")}`);
    for (const line of below(report)) console.log(`  ${line}`);
  }
} finally {
  await rm(home, { recursive: true, force: true });
  await site.stop();
}

/**
 * @typedef {{title: string, score: number | null, auditRefs: {id: string, weight: number}[]}} Category
 * @typedef {{id: string, title: string, score: number | null, displayValue?: string}} Audit
 * @typedef {{categories: Record<string, Category>, audits: Record<string, Audit>}} Report
 */

/** @param {string} url @param {string} file @returns {Promise<Report>} */
async function look(url, file) {
  const out = ["--quiet", "--output=json", `--output-path=${file}`];
  const flags = ["--chrome-flags=--headless=new --no-sandbox", ...out];
  const env = { ...process.env, CHROME_PATH };
  await promisify(execFile)("npx", ["--yes", `lighthouse@${VERSION}`, url, ...flags], { env });
  return JSON.parse(await readFile(file, "utf8"));
}

/** The audits that are not full, those that count first. @param {Report} report */
function below({ categories, audits }) {
  return Object.values(categories)
    .flatMap(({ title, auditRefs }) => auditRefs.map(({ id, weight }) => ({ weight, title, audit: audits[id] })))
    .filter(({ audit }) => audit.score !== null && audit.score < 1)
    .sort((a, b) => b.weight - a.weight)
    .map(({ weight, title, audit }) => {
      const what = audit.displayValue ? `${audit.title}: ${audit.displayValue}` : audit.title;
      return `${points(audit.score)} ${what} (${audit.id}; ${title}, weight ${weight})`;
    });
}

/** @param {number | null} score */
function points(score) {
  return score === null ? "?" : Math.round(score * 100);
}
