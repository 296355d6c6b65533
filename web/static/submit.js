// The form for a statement of one's own, over the socket.

import { need, needHtml, newOperation, postForm, say, slug, words } from "./page.js";
import { SOCKET_WITHIN_MS } from "./voting.js";

/** What others say is looked up within this time, or the statement goes without. */
const SIMILAR_WITHIN_MS = 1_500;
const CHARACTERS = new Intl.Segmenter(document.documentElement.lang);

/**
 * @param {import("./live.js").Live} live
 * @returns {Listener}
 */
export function startSubmitting(live) {
  // Moderators may take no new statements for now.
  if (!document.getElementById("submit-form")) return { hear() {}, lost() {}, busy: () => false };
  const form = need("submit-form", HTMLFormElement);
  const field = need("submit-text", HTMLTextAreaElement);
  const error = needHtml("submit-error");
  const left = needHtml("submit-left");
  const button = need("submit-button", HTMLButtonElement);
  const similar = needHtml("similar");
  /** What is on its way. @type {{op: string, text: string} | null} */
  let pending = null;
  /** The text whose like was shown: sent again, it is meant. */
  let shown = similar.hidden ? "" : field.value;

  field.addEventListener("input", count);
  count();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = field.value;
    if (pending || button.ariaDisabled === "true") return;
    button.ariaDisabled = "true";
    const isLike = text !== shown && await showSimilar(text).catch(() => false);
    button.ariaDisabled = null;
    // Who writes on meanwhile has not sent that yet.
    if (isLike || field.value !== text) return;
    pending = { op: newOperation(), text };
    fail("");
    button.ariaDisabled = "true";
    say(words.waiting);
    deliver();
  });
  return { hear, lost: deliver, busy: () => pending !== null };

  /** @param {ServerFrame} frame */
  function hear(frame) {
    if (frame.t === "welcome") send();
    if (frame.t === "decided" && frame.yours.length > 0) say(frame.yours.map(({ message }) => message).join(" "));
    if (!pending || !("op" in frame) || frame.op !== pending.op) return;
    if (frame.t === "submitted") {
      if (field.value === pending.text) field.value = "";
      hideSimilar();
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
    else if (navigator.onLine) postForm(form, { op: pending.op, sure: "1" });
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
    button.ariaDisabled = null;
  }

  function count() {
    if (field.value !== shown) hideSimilar();
    const length = [...CHARACTERS.segment(field.value.trim())].length;
    left.textContent = `${length} / ${left.dataset.limit}`;
    left.classList.toggle("over", length > Number(left.dataset.limit));
  }

  /**
   * Shows what others say nearly like that.
   * @param {string} text
   * @returns {Promise<boolean>} whether there is anything
   */
  async function showSimilar(text) {
    const statements = await findSimilar(text);
    if (statements.length === 0 || field.value !== text) return false;
    const list = needHtml("similar-list");
    list.replaceChildren(...statements.map((one) => {
      const item = document.createElement("li");
      const said = document.createElement("span");
      Object.assign(said, { className: "say", dir: "auto", id: `similar-${one.number}`, textContent: one.text });
      const agree = document.createElement("button");
      Object.assign(agree, { name: "statement", value: String(one.number), textContent: list.dataset.agree });
      agree.setAttribute("form", "similar-agree");
      agree.setAttribute("aria-describedby", said.id);
      item.append(said, agree);
      return item;
    }));
    shown = text;
    similar.hidden = false;
    button.textContent = button.dataset.anyway ?? "";
    similar.focus();
    return true;
  }

  function hideSimilar() {
    shown = "";
    similar.hidden = true;
    button.textContent = button.dataset.send ?? "";
  }
}

/**
 * @param {string} text
 * @returns {Promise<Statement[]>}
 */
async function findSimilar(text) {
  try {
    const answer = await fetch(`/api/v1/c/${slug}/similar`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ text }),
      signal: AbortSignal.timeout(SIMILAR_WITHIN_MS),
    });
    return answer.ok ? (await answer.json()).statements ?? [] : [];
  } catch {
    // Without it, the statement goes as it is.
    return [];
  }
}
