// Starts the real binary for a test, and ends exactly what it started.

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const BINARY = process.env.BOULE_BIN ?? fileURLToPath(new URL("../../target/debug/boule", import.meta.url));
/** Tells a process another time; Debian's package is libfaketime, in a directory of the machine's kind. */
const FAKETIME = (existsSync("/usr/lib") ? readdirSync("/usr/lib") : [])
  .map((kind) => `/usr/lib/${kind}/faketime/libfaketimeMT.so.1`).find(existsSync) ?? "";
const FAKE_WALL_CLOCK_ONLY = { DONT_FAKE_MONOTONIC: "1", FAKETIME_DONT_FAKE_MONOTONIC: "1" };
/** Whether servers can be started at a later time here. */
export const canBeLater = FAKETIME !== "";
const START_WITHIN_MS = 60_000;
const END_WITHIN_MS = 10_000;

/**
 * A running server.
 * @typedef {object} Server
 * @property {string} url its origin
 * @property {(role: "owner" | "organiser" | "moderator" | "overseer") => Promise<string>} link a fresh one-time link
 * @property {() => Promise<void>} down ends it, but keeps its data
 * @property {(daysLater?: number) => Promise<void>} up starts it again where it was, perhaps days later by its clock
 * @property {() => Promise<void>} stop ends it for good
 */

/** @typedef {{from: string, slug: string}} Imported files of Polis, and the address that they get */

/**
 * A server with nothing on it, or with what was imported.
 * @param {{bind?: string, settings?: Record<string, string>, imported?: Imported}} [how] `settings` are variables such as BOULE_SMTP
 * @returns {Promise<Server>}
 */
export function serve(how = {}) {
  return start(["serve"], isListening, how);
}

/** A port of this machine that nobody listens on, for a server that has to know another's address first. */
export async function freePort() {
  const listener = createServer().listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (listener.address());
  listener.close();
  await once(listener, "close");
  return port;
}

/** A server whose simulated public has come and gone, and whose map counts it; its conversation is at /c/riverside. */
export function demo({ people = 60, seconds = 3, seed = 7, settings = {} } = {}) {
  const crowd = ["--people", String(people), "--seconds", String(seconds), "--seed", String(seed)];
  return start(["demo", ...crowd], (line) => line.startsWith("in the conversation now"), { settings });
}

/**
 * @param {string[]} command
 * @param {(line: string) => boolean} isReady
 * @param {{bind?: string, settings?: Record<string, string>, imported?: Imported}} [how]
 * @returns {Promise<Server>}
 */
async function start(command, isReady, { bind = "127.0.0.1:0", settings = {}, imported } = {}) {
  const home = await mkdtemp(join(tmpdir(), "boule-e2e-"));
  const data = join(home, "data");
  if (imported) {
    const { from, slug } = imported;
    await promisify(execFile)(BINARY, ["import", "polis", from, "--data", data, "--slug", slug]);
  }
  let running = await launch([...command, "--data", data, "--bind", bind], isReady, settings);
  const { url } = running;
  return {
    url,
    async link(role) {
      const { stdout } = await promisify(execFile)(BINARY, ["link", role, "--data", data, "--url", url]);
      return stdout.trim();
    },
    down: () => running.end(),
    async up(daysLater = 0) {
      const again = ["serve", "--data", data, "--bind", new URL(url).host];
      const later = daysLater ? { LD_PRELOAD: FAKETIME, FAKETIME: `+${daysLater}d`, ...FAKE_WALL_CLOCK_ONLY } : {};
      running = await launch(again, isListening, { ...settings, ...later });
    },
    async stop() {
      await running.end();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** @param {string} line */
function isListening(line) {
  return line.startsWith("listening on");
}

/**
 * @param {string[]} command
 * @param {(line: string) => boolean} isReady
 * @param {Record<string, string>} settings
 */
async function launch(command, isReady, settings) {
  const child = spawn(BINARY, command, { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, ...settings } });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const end = async () => {
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), END_WITHIN_MS);
    await ended;
    clearTimeout(timer);
  };
  /** @type {Promise<string>} */
  const ready = new Promise((resolve, reject) => {
    let origin = "";
    const timer = setTimeout(() => reject(new Error("the server did not start in time")), START_WITHIN_MS);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
    createInterface({ input: child.stdout }).on("line", (line) => {
      origin ||= /^listening on (\S+)/.exec(line)?.[1] ?? "";
      if (!isReady(line)) return;
      clearTimeout(timer);
      resolve(origin);
    });
  });
  try {
    return { url: await ready, end };
  } catch (error) {
    await end();
    throw error;
  }
}
