// Looks at a page: pictures in out/, what runs out of it at the side, and what axe finds.

import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

/** @typedef {import("playwright-core").Page} Page */

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const OUT = fileURLToPath(new URL("./out/", import.meta.url));

/**
 * Takes pictures of a page at two widths, and says what is wrong with it. Its context has to let foreign scripts in (`bypassCSP`): axe is one.
 * @param {Page} page
 * @param {string} name
 * @param {string} colorScheme
 */
export async function looked(page, name, colorScheme) {
  /** @type {string[]} */
  const wrong = [];
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.screenshot({ path: `${OUT}${name}-1280-${colorScheme}.png`, fullPage: true });
  await page.setViewportSize({ width: 320, height: 700 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  if (width > 320) wrong.push(`${name}: ${width} px wide at 320`);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.screenshot({ path: `${OUT}${name}-360-${colorScheme}.png`, fullPage: true });
  await page.addScriptTag({ path: AXE });
  const found = await page.evaluate(async (rules) => {
    // @ts-expect-error axe was added to the page above
    const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
    return violations.map((/** @type {any} */ one) =>
      `${one.id} on ${one.nodes.length}, such as ${one.nodes[0].html.slice(0, 160)}`);
  }, RULES);
  wrong.push(...found.map((/** @type {string} */ text) => `${name}: ${text}`));
  return wrong;
}
