// Votes by the form's way, for networks without sockets. Fetched only there.

import { mayBeAskedAgain } from "./live.js";
import { takeOut, unsent } from "./outbox.js";

/** What a busy server could not take is posted again after this long, or twice as long. */
const AGAIN_MS = 10_000;

/**
 * Posts what is kept, up to the last one that is waited for.
 * @param {string} action
 * @param {string | null} last
 * @param {() => boolean} goesOn
 * @returns {Promise<"taken" | "refused" | "busy" | "offline" | "stopped">}
 */
export async function postKept(action, last, goesOn) {
  if (!goesOn()) return "stopped";
  for (const { op, statement, choice, important, pack } of unsent()) {
    const fields = new URLSearchParams({ statement: String(statement), choice, op, pack: String(pack ?? 0) });
    if (important) fields.set("important", "on");
    const request = { method: "POST", body: fields, redirect: /** @type {const} */ ("manual") };
    const answer = await fetch(action, request).catch(() => null);
    if (!goesOn()) return "stopped";
    if (!answer) return "offline";
    if (mayBeAskedAgain(answer.status)) return "busy";
    const taken = answer.type === "opaqueredirect";
    // The page that comes next says why the last one was refused; earlier ones stay for that page.
    if (taken || op === last) takeOut(op);
    if (op === last && !taken) return "refused";
  }
  return "taken";
}

/**
 * Posts what is kept once more, later, until it is taken or goes another way.
 * @param {string} action
 * @param {() => boolean} goesOn
 * @param {() => void} taken
 */
export function postLater(action, goesOn, taken) {
  setTimeout(async () => {
    const done = await postKept(action, null, goesOn);
    if (done === "taken") taken();
    if (done === "busy" || done === "offline") postLater(action, goesOn, taken);
  }, AGAIN_MS * (1 + Math.random()));
}
