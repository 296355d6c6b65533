// Voting over the socket: every vote is kept here until the server has confirmed it, so that none is
// lost with the connection, and sent again under the same operation, so that none counts twice.

import { Card } from "./card.js";
import { putIn, takeOut, unsent } from "./outbox.js";
import { listenToKeys, needHtml, postForm, say, slug, words } from "./page.js";

/** Without a socket for this long, the form is posted. */
export const SOCKET_WITHIN_MS = 3_000;
/** Statements kept ready for a time without a connection. */
const AHEAD = 3;
const MOST_IN_FLIGHT = 64;

/**
 * @param {import("./live.js").Live} live
 * @returns {Listener}
 */
export function startVoting(live) {
  const card = new Card();
  /** Operations that were sent and not answered yet. @type {Set<string>} */
  const inFlight = new Set();
  /** Statements voted on here, by number. @type {Map<number, Statement>} */
  const done = new Map();
  /** @type {Statement[]} */
  let ahead = [];
  let asked = false;
  let current = card.first();
  /** Statements that this device kept, for a time without a connection. @type {Statement[]} */
  let kept = [];
  /** @type {Statement | null} */
  let last = null;
  /** The operation that the card waits for. @type {string | null} */
  let waiting = null;
  /** The card's vote is kept for later, and there is no other statement to show. */
  let held = false;
  /** The statement in the card was taken down, and the next one was asked for in its place. */
  let replacing = false;

  card.onChoice(vote);
  needHtml("change-last").addEventListener("click", (event) => {
    if (!last || waiting) return;
    event.preventDefault();
    turnTo(last, true);
    needHtml("last").hidden = true;
  });
  listenToKeys(needHtml("ballot"), (key) => {
    if (key === "u") needHtml("change-last").click();
    else if ("123".includes(key)) card.press(Number(key) - 1);
    else return false;
    return true;
  });
  if ("copy" in document.body.dataset || !navigator.onLine) beginFromKept();
  return { hear, lost, busy: () => unsent().length > 0 };

  /** This page is a copy that may show what was voted on before: only what was kept as new is shown. */
  async function beginFromKept() {
    kept = (await import("./kept.js")).keptStatements();
    turnTo(nextKept(), false);
    say(current ? words.offline : words.offlineNone);
  }

  function nextKept() {
    return kept.find((statement) => !isTaken(statement)) ?? null;
  }

  /** @param {ServerFrame} frame */
  function hear(frame) {
    if (frame.t === "welcome") welcome(frame);
    else if (frame.t === "ack") acknowledge(frame);
    else if (frame.t === "refused") refuse(frame);
    else if (frame.t === "decided") leaveOut(frame);
    else if (frame.t === "next") {
      asked = false;
      if (replacing) {
        replacing = false;
        return turnTo(frame.statement, card.hasFocus());
      }
      if (!frame.statement || isTaken(frame.statement)) return;
      ahead.push(frame.statement);
      lookAhead();
    }
  }

  /** Statements that a moderator has taken down. @param {Decided} frame */
  function leaveOut({ hidden, message }) {
    ahead = ahead.filter(({ number }) => !hidden.includes(number));
    kept = kept.filter(({ number }) => !hidden.includes(number));
    if (waiting || !current || !hidden.includes(current.number)) return;
    say(message);
    done.set(current.number, current);
    const next = ahead.shift();
    if (next) turnTo(next, card.hasFocus());
    else live.send({ t: "next", skip: [] });
    replacing = !next;
  }

  function lost() {
    inFlight.clear();
    asked = false;
    if (waiting) deliver(waiting);
  }

  /** @param {Choice} choice */
  function vote(choice) {
    if (!current || waiting) return;
    const marks = card.marks();
    waiting = putIn({ statement: current.number, choice, text: current.text, ...marks }).op;
    done.set(current.number, { ...current, choice, important: marks.important });
    card.mark(choice);
    card.setBusy(true);
    say(words.waiting);
    deliver(waiting);
  }

  /** Sends a vote by the way that is open now. @param {string} op */
  async function deliver(op) {
    if (navigator.onLine) await live.whenReady(SOCKET_WITHIN_MS);
    if (waiting !== op) return;
    if (live.ready) flush();
    else if (navigator.onLine) postAll(op);
    else putOff(op);
  }

  /** Sends what is kept and not under way. */
  async function flush() {
    if (!live.ready || unsent().every(({ op }) => inFlight.has(op))) return;
    try {
      await live.join();
    } catch (error) {
      if (!(error instanceof Error && "final" in error && error.final)) setTimeout(flush, 2_000);
      else giveUp(unsent().map(({ op }) => op), error.message);
      return;
    }
    for (const vote of unsent()) {
      // More than the server remembers (P16), and an old one sent again would be a new one.
      if (!live.ready || inFlight.size >= MOST_IN_FLIGHT) return;
      if (inFlight.has(vote.op)) continue;
      inFlight.add(vote.op);
      const { op, statement, choice, important, pack } = vote;
      live.ask({ t: "vote", op, statement, choice, important, pack });
    }
  }

  /** @param {Welcome} frame */
  function welcome({ progress, next, last: before }) {
    card.tellProgress(progress);
    last ??= before;
    if (!current && next) turnTo(next, false);
    flush();
  }

  /** @param {Ack} frame */
  function acknowledge({ op, next, progress }) {
    inFlight.delete(op);
    const vote = takeOut(op);
    if (!words.acknowledged) import("./kept.js").then(({ keepForLater }) => keepForLater());
    words.acknowledged = String(Number(words.acknowledged ?? 0) + 1);
    card.tellProgress(progress);
    if (vote) {
      last = done.get(vote.statement) ?? null;
      card.tellLast(vote);
    }
    if (op === waiting) {
      settle(words.saved);
      turnTo(next, true);
      history.replaceState(null, "", `/c/${slug}`);
    } else if (unsent().length === 0) {
      say(words.resent);
      if (held) turnTo(next, needHtml("ballot").contains(document.activeElement));
    }
    lookAhead();
    flush();
  }

  /** @param {Refused} frame */
  function refuse({ op, code, message, retry }) {
    if (!inFlight.delete(op)) return;
    if (code === "not_joined") live.joined = false;
    if (retry || code === "not_joined") setTimeout(flush, 500 + Math.random() * 1_500);
    else giveUp([op], message, code === "not_open");
  }

  /**
   * The server does not take these votes: the card can be voted on again.
   * @param {string[]} ops
   * @param {string} why
   * @param {boolean} [closed] because the conversation was closed meanwhile
   */
  function giveUp(ops, why, closed = false) {
    const votes = ops.map(takeOut).filter((vote) => vote !== undefined);
    if (closed) import("./closing.js").then(({ listNotCounted }) => listNotCounted(votes));
    for (const vote of votes) done.delete(vote.statement);
    if (votes.some((vote) => vote.statement === current?.number)) card.mark(current?.choice);
    settle(why);
  }

  /**
   * The vote is kept for later, and the next statement at hand shown.
   * @param {string} op
   * @param {string} [why]
   */
  function putOff(op, why = words.offline) {
    if (waiting !== op) return;
    settle(why);
    lookAhead();
    const next = ahead.shift() ?? nextKept();
    if (next) turnTo(next, true);
    else held = true;
  }

  /** Posts the votes as the form would, for networks without sockets. @param {string} op */
  async function postAll(op) {
    const { action } = card.form;
    const [kept] = unsent().filter((vote) => vote.op === op);
    const posting = await import("./posting.js").catch(() => null);
    const done = posting ? await posting.postKept(action, op, () => waiting === op) : "offline";
    if (done === "taken") location.assign(`/c/${slug}?voted=${current?.number}`);
    if (done === "refused" && kept) postForm(card.form, { statement: String(kept.statement), choice: kept.choice, op });
    if (done === "offline" || done === "busy") putOff(op, words[done]);
    if (done === "busy") posting?.postLater(action, () => !waiting && !live.ready, () => say(words.resent));
  }

  /** @param {string | undefined} status */
  function settle(status) {
    waiting = null;
    held = false;
    card.setBusy(false);
    say(status);
  }

  /**
   * @param {Statement | null} statement
   * @param {boolean} focus
   */
  function turnTo(statement, focus) {
    current = statement;
    held = false;
    card.show(statement, focus);
  }

  function lookAhead() {
    ahead = ahead.filter((statement) => !isTaken(statement));
    if (asked || ahead.length >= AHEAD || !live.ready || !live.joined || !current) return;
    asked = true;
    const skip = [current, ...ahead].map(({ number }) => number);
    live.send({ t: "next", skip: [...skip, ...unsent().map((vote) => vote.statement)].slice(0, 100) });
  }

  /** @param {Statement} statement */
  function isTaken({ number }) {
    return number === current?.number || done.has(number) || unsent().some((vote) => vote.statement === number);
  }
}
