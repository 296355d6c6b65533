// How long a page of results is, on a phone and on paper.
//   node measure.mjs http://127.0.0.1:8080/c/SLUG/results

import { launch } from "./browser.mjs";

const GOAL = { words: 1_500, height: 10_000, pages: 6 };
const [address] = process.argv.slice(2);
if (!address) throw new Error("which page? node measure.mjs http://127.0.0.1:8080/c/SLUG/results");
const browser = await launch();
for (const locale of ["en", "de"]) {
  const page = await (await browser.newContext({ locale, viewport: { width: 360, height: 740 } })).newPage();
  await page.goto(address);
  const { words, height } = await page.evaluate(() => ({
    // Folded parts have no text here, as they have none on the screen.
    words: (document.querySelector("main")?.innerText ?? "").split(/\s+/).filter(Boolean).length,
    height: document.documentElement.scrollHeight,
  }));
  const margin = { top: "12mm", bottom: "12mm", left: "12mm", right: "12mm" };
  const printed = (await page.pdf({ format: "A4", margin })).toString("latin1").match(/\/Type\s*\/Page[^s]/g)?.length;
  console.log(`${locale}: ${words} words that show (goal ${GOAL.words}), ${height} px at 360 px (goal ${GOAL.height}), `
    + `${printed} printed pages (goal ${GOAL.pages})`);
}
await browser.close();
