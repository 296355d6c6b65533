// Pictures of every page in each width, scheme and language, and results and agenda as they are printed.
//   node shots.mjs FOLDER [NAME…]      only the pages with these names

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { LANGUAGES, LOOKS, everyPage, lookName, tour } from "./all-pages.mjs";

const PRINTED = ["results", "agenda"];
const MARGIN = { top: "12mm", bottom: "12mm", left: "12mm", right: "12mm" };

const [folder, ...names] = process.argv.slice(2);
if (!folder) throw new Error("where to? node shots.mjs FOLDER [NAME…]");
await mkdir(folder, { recursive: true });
const site = await everyPage();
const pages = site.pages.filter(({ name }) => names.length === 0 || names.includes(name));
const printed = pages.filter(({ name }) => PRINTED.includes(name));
let taken = 0;
try {
  for (const look of LOOKS) {
    await tour(site, look, pages, (page, { name }) => picture(page, `${name}-${lookName(look)}`));
  }
  for (const language of LANGUAGES) {
    await tour(site, { width: 1280, scheme: "light", language }, printed, (page, { name }) =>
      page.pdf({ path: join(folder, `${name}-${language}.pdf`), format: "A4", margin: MARGIN }));
  }
} finally {
  await site.stop();
}
console.log(`${taken} pictures of ${pages.length} pages in ${folder}`);

/**
 * The page from top to bottom; what shows at first where something stays at the lower edge; everything unfolded.
 * @param {import("playwright-core").Page} page
 * @param {string} name
 */
async function picture(page, name) {
  /** @param {string} kind @param {boolean} fullPage */
  const take = async (kind, fullPage) => {
    await page.screenshot({ path: join(folder, `${name}${kind}.png`), fullPage });
    taken += 1;
  };
  await take("", true);
  if (await page.locator(".sheet").count() > 0) await take("-first", false);
  const folded = await page.evaluate(() => {
    const parts = document.querySelectorAll("details:not([open])");
    for (const part of parts) if (part instanceof HTMLDetailsElement) part.open = true;
    return parts.length;
  });
  if (folded > 0) await take("-open", true);
}
