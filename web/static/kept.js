// What a device keeps for a time without a connection: the page, by its worker, and statements to vote on.
// Nothing on a device that others use, too.

import { keep, need, recall, slug } from "./page.js";

const AHEAD = `boule-ahead-${slug}`;
const SHARED = "boule-shared";

/** Whether others use this device, too. */
const isShared = () => recall(SHARED) === "1";

/** @returns {Statement[]} statements to vote on, as they were when there was a connection */
export function keptStatements() {
  try {
    return JSON.parse(recall(AHEAD) ?? "[]");
  } catch {
    return [];
  }
}

/** Keeps the page and what one has not voted on. */
export async function keepForLater() {
  if (isShared() || !("serviceWorker" in navigator)) return;
  try {
    const answer = await fetch(`/api/v1/c/${slug}/unseen`);
    if (answer.ok) keep(AHEAD, JSON.stringify((await answer.json()).statements));
    await navigator.serviceWorker.register("/sw.js");
    const { active } = await navigator.serviceWorker.ready;
    const files = performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname);
    active?.postMessage({ page: `/c/${slug}`, lang: document.documentElement.lang, files });
  } catch {
    // Without it, a time without a connection is shorter.
  }
}

/** The switch for devices that others use, too. */
export function startSwitch() {
  if (!("serviceWorker" in navigator)) return;
  const button = need("shared-device", HTMLButtonElement);
  const show = () => { button.ariaPressed = String(isShared()); };
  button.hidden = false;
  show();
  button.addEventListener("click", async () => {
    keep(SHARED, isShared() ? "" : "1");
    show();
    if (!isShared()) return keepForLater();
    keep(AHEAD, "[]");
    const workers = await navigator.serviceWorker.getRegistrations();
    await Promise.all(workers.map((worker) => worker.unregister()));
    await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  });
}
