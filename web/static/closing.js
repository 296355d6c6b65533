// What a page does that is open while the conversation is closed. Fetched only then.

import { needHtml, words } from "./page.js";

/**
 * An open page stops offering what is not taken any more, and offers it again.
 * @param {string} state
 */
export function showState(state) {
  const closed = state === "closed";
  const notice = needHtml("closed-now");
  const part = needHtml("taking-part");
  const focused = part.contains(document.activeElement);
  notice.hidden = !closed;
  part.hidden = closed;
  if (closed && focused) notice.focus();
}

/**
 * Lists votes that came too late, so that none is dropped without a word.
 * @param {Vote[]} votes
 */
export function listNotCounted(votes) {
  const section = needHtml("not-counted");
  for (const { statement, choice, text } of votes) {
    const line = document.createElement("li");
    line.dir = "auto";
    line.textContent = `${words[choice]}: ${text ?? statement}`;
    section.querySelector("ul")?.append(line);
    section.hidden = false;
  }
}
