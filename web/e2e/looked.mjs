// Looks at a page: pictures in out/, and what runs out of it at the side. What axe finds is in tests/axe.test.mjs.

import { fileURLToPath } from "node:url";

/** @typedef {import("playwright-core").Page} Page */

const OUT = fileURLToPath(new URL("./out/", import.meta.url));

/**
 * Takes pictures of a page at two widths, and says what is wrong with it.
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
  return wrong;
}
