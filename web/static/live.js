// The socket of a conversation, protocol version 1: opens it, says hello, and keeps coming back.

import { slug } from "./page.js";

const VERSION = 1;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 60_000;
/** A socket that does not answer for this long is given up. */
const ANSWER_WITHIN_MS = 8_000;
/** A page that nobody has looked at for this long needs no news. */
const HIDDEN_FOR_MS = 60_000;

/** @typedef {ReturnType<typeof setTimeout>} Timer */

/**
 * Whether an answer says "not now", and not "no": a hall full of people may come back at once.
 * @param {number} status
 */
export function mayBeAskedAgain(status) {
  return status >= 500 || status === 429 || status === 408;
}

export class Live {
  /** Between the welcome and the socket's end. */
  ready = false;
  /** Whether the server takes votes from this socket. */
  joined = false;
  /** @type {Listener} */
  #page;
  /** The version of the map that the page shows. */
  #seen;
  /** @type {WebSocket | null} */
  #socket = null;
  #tries = 0;
  /** What a `bye` asked for. @type {number | null} */
  #wait = null;
  #asleep = false;
  /** @type {(() => void)[]} */
  #waiting = [];
  /** @type {Promise<void> | null} */
  #joining = null;
  /** @type {Timer | undefined} */
  #opening;
  /** @type {Timer | undefined} */
  #answer;
  /** @type {Timer | undefined} */
  #sleep;

  /**
   * @param {() => number} seen
   * @param {Listener} page
   */
  constructor(seen, page) {
    this.#seen = seen;
    this.#page = page;
    addEventListener("online", () => this.#wake());
    addEventListener("offline", () => this.drop());
    document.addEventListener("visibilitychange", () => this.#look());
    this.#open();
  }

  /** @param {object} frame */
  send(frame) {
    this.#socket?.send(JSON.stringify(frame));
  }

  /**
   * Sends what must be answered soon.
   * @param {object} frame
   */
  ask(frame) {
    this.send(frame);
    this.#expect();
  }

  /**
   * Waits until the socket is ready, but no longer than this.
   * @param {number} ms
   * @returns {Promise<void>}
   */
  whenReady(ms) {
    if (this.ready) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      setTimeout(resolve, ms);
    });
  }

  /** Makes sure that votes are taken here. Throws what the server said, `final` when it is a no. */
  async join() {
    if (this.joined) return;
    this.#joining ??= this.#join().finally(() => {
      this.#joining = null;
    });
    await this.#joining;
  }

  /** Gives this socket up; another one is opened. */
  drop() {
    const socket = this.#socket;
    this.#lose();
    socket?.close();
  }

  async #join() {
    const headers = { "content-type": "application/json" };
    const request = { method: "POST", headers, body: '{"keep":"cookie"}' };
    // The name of the link that somebody came through.
    const by = new URLSearchParams(location.search).get("by");
    const address = `/api/v1/c/${slug}/join${by ? `?by=${encodeURIComponent(by)}` : ""}`;
    const answer = await fetch(address, request);
    const body = await answer.json();
    if (!answer.ok) throw Object.assign(new Error(body.error.message), { final: !mayBeAskedAgain(answer.status) });
    this.joined = true;
    if (this.ready) this.send({ t: "hello", v: VERSION, ticket: body.ticket });
  }

  #open() {
    clearTimeout(this.#opening);
    if (this.#socket) return;
    const socket = new WebSocket(`${location.origin.replace("http", "ws")}/ws/v1/${slug}`);
    this.#socket = socket;
    this.#expect();
    socket.onopen = () => this.send({ t: "hello", v: VERSION, seen: this.#seen() });
    socket.onmessage = ({ data }) => {
      if (this.#socket === socket) this.#hear(JSON.parse(data));
    };
    socket.onclose = () => {
      if (this.#socket === socket) this.#lose();
    };
  }

  #expect() {
    clearTimeout(this.#answer);
    this.#answer = setTimeout(() => this.drop(), ANSWER_WITHIN_MS);
  }

  /** @param {ServerFrame} frame */
  #hear(frame) {
    if (frame.t === "bye") this.#wait = frame.retry_after_ms;
    if (frame.t === "welcome") {
      this.#tries = 0;
      this.ready = true;
      this.joined = frame.joined;
      for (const go of this.#waiting.splice(0)) go();
    }
    if (frame.t === "welcome" || "op" in frame) clearTimeout(this.#answer);
    this.#page.hear(frame);
  }

  #lose() {
    if (!this.#socket) return;
    this.#socket = null;
    this.ready = false;
    clearTimeout(this.#answer);
    const longest = Math.min(FIRST_WAIT_MS * 2 ** this.#tries++, LONGEST_WAIT_MS);
    const wait = this.#wait ?? longest * (0.5 + Math.random() / 2);
    this.#wait = null;
    if (!this.#mayRest()) this.#opening = setTimeout(() => this.#open(), wait);
    this.#page.lost?.();
  }

  #wake() {
    this.#tries = 0;
    this.#open();
  }

  #look() {
    clearTimeout(this.#sleep);
    this.#asleep = false;
    if (!document.hidden) return this.#wake();
    this.#sleep = setTimeout(() => {
      this.#asleep = true;
      if (this.#mayRest()) this.drop();
    }, HIDDEN_FOR_MS);
  }

  #mayRest() {
    return this.#asleep && !this.#page.busy?.();
  }
}
