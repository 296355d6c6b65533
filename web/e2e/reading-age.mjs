// How old one has to be to read the texts of the pages: Flesch-Kincaid for English, the first Wiener Sachtextformel
// for German, both in years of school. node reading-age.mjs [--worst N]

import { readFile } from "node:fs/promises";

/** The goal, in years of school. */
const GOAL = 7;
const worst = Number(process.argv[process.argv.indexOf("--worst") + 1] || 0);

/**
 * The sentences of a catalogue: each variant of a message is one text; what stands for a value is a short word.
 * @param {string} source
 */
function sentences(source) {
  const values = source.split("\n").filter((line) => !line.startsWith("#")).map((line) => {
    const variant = /^\s+\*?\[[^\]]+\]\s?(.*)$/.exec(line);
    if (variant) return variant[1];
    return /^[\w-]+ = (.*)$/.exec(line)?.[1] ?? line.replace(/^}\s?/, "");
  });
  const texts = values.map((text) => text.replace(/\{"\{"\}\w+\{"\}"\}|\{ ?\$\w+ ?\}/g, "ten").replace(/\{[^}]*(\}|$)/g, " "));
  return texts.flatMap((text) => text.split(/(?<=[.!?:;])\s+/)).map((text) => text.trim()).filter((text) => words(text).length > 2);
}

/** @param {string} text */
const words = (text) => text.match(/[\p{L}’'-]*\p{L}[\p{L}’'-]*/gu) ?? [];

/** @param {string} word */
function syllables(word) {
  const plain = word.toLowerCase();
  const groups = plain.match(/[aeiouyäöü]+/g)?.length ?? 1;
  return Math.max(1, groups);
}

/** An "e" that ends an English word is silent. @param {string} word */
const inEnglish = (word) => Math.max(1, syllables(word) - (/[^aeiouyl]e$|[^aeiouytd]ed$/.test(word.toLowerCase()) ? 1 : 0));

/** @param {string[]} texts */
function fleschKincaid(texts) {
  const all = texts.flatMap(words);
  const sounds = all.reduce((sum, word) => sum + inEnglish(word), 0);
  return 0.39 * (all.length / texts.length) + 11.8 * (sounds / all.length) - 15.59;
}

/** @param {string[]} texts */
function wiener(texts) {
  const all = texts.flatMap(words);
  /** @param {(word: string) => boolean} is */
  const share = (is) => (100 * all.filter(is).length) / all.length;
  return 0.1935 * share((word) => syllables(word) >= 3) + 0.1672 * (all.length / texts.length)
    + 0.1297 * share((word) => word.length > 6) - 0.0327 * share((word) => syllables(word) === 1) - 0.875;
}

for (const [language, grade] of /** @type {const} */ ([["en", fleschKincaid], ["de", wiener]])) {
  const texts = sentences(await readFile(new URL(`../i18n/${language}.ftl`, import.meta.url), "utf8"));
  console.log(`${language}: ${grade(texts).toFixed(1)} years of school, ${texts.length} sentences (goal: ${GOAL} at most)`);
  const hard = texts.map((text) => ({ text, grade: grade([text]) })).sort((a, b) => b.grade - a.grade).slice(0, worst);
  for (const { text, grade } of hard) console.log(`  ${grade.toFixed(0)}  ${text}`);
}
