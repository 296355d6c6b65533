// The form for a statement of one's own, over the socket.

import { need, needHtml, newOperation, postForm, say, words } from "./page.js";
import { SOCKET_WITHIN_MS } from "./voting.js";

/**
 * @param {import("./live.js").Live} live
 * @returns {Listener}
 */
export function startSubmitting(live) {
  const form = need("submit-form", HTMLFormElement);
  const field = need("submit-text", HTMLTextAreaElement);
  const error = needHtml("submit-error");
  const left = needHtml("submit-left");
  const button = form.querySelector("button");
  /** What is on its way. @type {{op: string, text: string} | null} */
  let pending = null;

  field.addEventListener("input", count);
  count();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (pending) return;
    pending = { op: newOperation(), text: field.value };
    fail("");
    button?.setAttribute("aria-disabled", "true");
    say(words.waiting);
    deliver();
  });
  return { hear, lost: deliver, busy: () => pending !== null };

  /** @param {ServerFrame} frame */
  function hear(frame) {
    if (frame.t === "welcome") send();
    if (!pending || !("op" in frame) || frame.op !== pending.op) return;
    if (frame.t === "submitted") {
      if (field.value === pending.text) field.value = "";
      count();
      end();
      say(frame.statement !== null ? words.submittedShown : words.submitted);
    } else if (frame.t === "refused") {
      if (frame.code === "not_joined") live.joined = false;
      if (frame.retry || frame.code === "not_joined") setTimeout(send, 500 + Math.random() * 1_500);
      else refuse(frame.message);
    }
  }

  async function deliver() {
    if (pending && navigator.onLine) await live.whenReady(SOCKET_WITHIN_MS);
    if (!pending) return;
    if (live.ready) send();
    else if (navigator.onLine) postForm(form, { op: pending.op });
    else say(words.submitOffline);
  }

  async function send() {
    if (!pending || !live.ready) return;
    try {
      await live.join();
      if (live.ready) live.ask({ t: "submit", ...pending });
    } catch (problem) {
      if (problem instanceof Error && "final" in problem && problem.final) refuse(problem.message);
      else setTimeout(send, 2_000);
    }
  }

  /** @param {string} why */
  function refuse(why) {
    end();
    say("");
    fail(why);
    field.focus();
  }

  /** @param {string} why */
  function fail(why) {
    error.textContent = why;
    error.hidden = !why;
    field.ariaInvalid = why ? "true" : null;
  }

  function end() {
    pending = null;
    button?.removeAttribute("aria-disabled");
  }

  function count() {
    const length = [...field.value.trim()].length;
    left.textContent = `${length} / ${left.dataset.limit}`;
    left.classList.toggle("over", length > Number(left.dataset.limit));
  }
}
