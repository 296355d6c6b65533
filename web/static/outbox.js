// Votes that the server has not confirmed yet: kept in this browser, the last choice of each statement.

import { keep, newOperation, recall, slug } from "./page.js";

const KEY = `boule-votes-${slug}`;
const MOST = 200;
/** For browsers that keep nothing. */
let memory = "[]";

/** @returns {Vote[]} the oldest first */
export function unsent() {
  try {
    return JSON.parse(recall(KEY) ?? memory);
  } catch {
    return [];
  }
}

/**
 * Takes a vote in, under a new operation. Its words are kept to tell what became of it.
 * @param {Omit<Vote, "op">} cast
 */
export function putIn(cast) {
  const vote = { op: newOperation(), ...cast };
  save([...unsent().filter((other) => other.statement !== cast.statement), vote].slice(-MOST));
  return vote;
}

/**
 * Takes a vote out; which one it was, if it was there.
 * @param {string} op
 */
export function takeOut(op) {
  const votes = unsent();
  save(votes.filter((vote) => vote.op !== op));
  return votes.find((vote) => vote.op === op);
}

/** @param {Vote[]} votes */
function save(votes) {
  memory = JSON.stringify(votes);
  keep(KEY, memory);
}
