// axe does not look at drawings: the contrast of every colour is computed from the style sheet.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

const css = await readFile(new URL("../../static/boule.css", import.meta.url), "utf8");
const roots = [...css.matchAll(/:root \{([^}]*)\}/g)].map((match) => tokens(match[1]));
const light = roots[0];
const dark = { ...light, ...roots[1] };
const schemes = { light, dark };

const TEXT = 4.5;
const SHAPE = 3;
const BACKGROUNDS = ["paper", "surface", "sunk"];
/** Least contrast, foregrounds, backgrounds. @type {[number, string[], string[]][]} */
const RULES = [
  [TEXT, ["ink", "muted", "accent", "error", "good", "warn"], BACKGROUNDS],
  [TEXT, ["on-accent"], ["accent"]],
  [TEXT, ["on-band"], ["band"]],
  [SHAPE, ["edge"], BACKGROUNDS],
  [SHAPE, ["ink"], ["halo"]],
  [SHAPE, ["agree", "disagree", "pass"], ["paper", "surface"]],
  [SHAPE, ["g0", "g1", "g2", "g3", "g4"], ["paper", "surface"]],
];

for (const [scheme, colours] of Object.entries(schemes)) {
  test(`every colour stands out enough in the ${scheme} scheme`, () => {
    const weak = [];
    for (const [least, fronts, backs] of RULES) {
      for (const front of fronts) {
        for (const back of backs) {
          const ratio = contrast(colours[front], colours[back]);
          if (ratio < least) weak.push(`--${front} on --${back}: ${ratio.toFixed(2)} < ${least}`);
        }
      }
    }
    assert.deepEqual(weak, []);
  });

  test(`no group has the colour of a vote in the ${scheme} scheme`, () => {
    const votes = ["agree", "disagree", "pass"].map((name) => colours[name]);
    for (const group of RULES[6][1]) assert.ok(votes.every((vote) => distance(vote, colours[group]) > 60), group);
  });
}

/**
 * @param {string} block
 * @returns {Record<string, string>}
 */
function tokens(block) {
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{3,6});/g)].map(([, name, hex]) => [name, hex]));
}

/** @param {string} hex */
function channels(hex) {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

/** @param {string} hex */
function luminance(hex) {
  const linear = channels(hex).map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}

/**
 * @param {string} one
 * @param {string} other
 */
function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/**
 * @param {string} one
 * @param {string} other
 */
function distance(one, other) {
  const b = channels(other);
  return Math.hypot(...channels(one).map((channel, i) => channel - b[i]));
}
