// A city's own name, crest and colours.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { launch, visitor } from "../browser.mjs";
import { serve } from "../server.mjs";

/** A PNG of one point. */
const CREST = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

test("a site shows its own name, crest and colours, in both schemes", async () => {
  const home = await mkdtemp(join(tmpdir(), "boule-crest-"));
  const crest = join(home, "crest.png");
  await writeFile(crest, Buffer.from(CREST, "base64"));
  const settings = {
    BOULE_SITE_NAME: "Eastmere", BOULE_CREST: crest, BOULE_BAND_COLOUR: "#ffd200",
    BOULE_ACCENT_COLOUR: "#7a1f1f", BOULE_ACCENT_COLOUR_DARK: "#ffb4a8",
  };
  const [server, browser] = await Promise.all([serve({ settings }), launch()]);
  for (const [colorScheme, accent] of /** @type {const} */ ([["light", "rgb(122, 31, 31)"], ["dark", "rgb(255, 180, 168)"]])) {
    const { page, context } = await visitor(browser, server.url, { colorScheme });
    await page.goto("/about/privacy");
    const city = page.locator(".city");
    assert.match((await city.textContent()) ?? "", /Eastmere/);
    const size = await city.locator("img").evaluate((image) => /** @type {HTMLImageElement} */ (image).naturalWidth);
    assert.equal(size, 1, "the crest is there");
    const style = await page.evaluate(() => {
      const band = getComputedStyle(/** @type {Element} */ (document.querySelector(".band")));
      const link = getComputedStyle(/** @type {Element} */ (document.querySelector("main a, .skip")));
      return { band: band.backgroundColor, words: band.color, link: link.color };
    });
    assert.deepEqual([style.band, style.words], ["rgb(255, 210, 0)", "rgb(0, 0, 0)"], "dark words on yellow");
    assert.equal(style.link, accent);
    await page.goto("/nowhere");
    assert.match((await page.locator(".city").textContent()) ?? "", /Eastmere/);
    await context.close();
  }
  await browser.close();
  await server.stop();
  await rm(home, { recursive: true });
});
