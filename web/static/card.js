// The card with one statement, and what stands under it.

import { fill, need, needHtml, newOperation, slug, words } from "./page.js";

export class Card {
  form = need("vote-form", HTMLFormElement);
  #title = needHtml("statement-text");
  #buttons = [...this.form.querySelectorAll("button")];

  /** Calls back with each choice that is made. @param {(choice: Choice) => void} vote */
  onChoice(vote) {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const { submitter } = event;
      if (submitter instanceof HTMLButtonElement) vote(/** @type {Choice} */ (submitter.value));
    });
  }

  /** Chooses as if the button with this place was pressed. @param {number} place */
  press(place) {
    this.#buttons[place]?.click();
  }

  /** What the server put into the card. @returns {Statement | null} */
  first() {
    if (needHtml("card").hidden) return null;
    const pressed = this.#buttons.find((button) => button.ariaPressed === "true");
    return {
      number: Number(new FormData(this.form).get("statement")),
      text: this.#title.textContent ?? "",
      seed: needHtml("statement-from").textContent === words.seed,
      choice: /** @type {Choice | undefined} */ (pressed?.value),
    };
  }

  /**
   * @param {Statement | null} statement
   * @param {boolean} focus
   */
  show(statement, focus) {
    needHtml("card").hidden = !statement;
    needHtml("all-done").hidden = Boolean(statement);
    if (statement) {
      this.#title.textContent = statement.text;
      needHtml("statement-from").textContent = (statement.seed ? words.seed : words.other) ?? "";
      this.#setField("statement", String(statement.number));
      this.#setField("op", newOperation());
      this.mark(statement.choice);
    }
    if (focus) (statement ? this.#title : needHtml("all-done-text")).focus();
  }

  /** @param {Choice | undefined} choice */
  mark(choice) {
    for (const button of this.#buttons) button.ariaPressed = button.value === choice ? "true" : null;
  }

  /** @param {boolean} busy */
  setBusy(busy) {
    for (const button of this.#buttons) button.ariaDisabled = String(busy);
  }

  /** @param {Progress} progress */
  tellProgress({ voted, shown, placed_at, results }) {
    const bar = need("progress-bar", HTMLProgressElement);
    bar.max = Math.max(shown, 1);
    bar.value = voted;
    const n = placed_at - voted;
    const text = n > 1 ? words.progress : n === 1 ? words.progressOne : words.progressPlaced;
    needHtml("progress-text").textContent = fill(text, { voted, shown, n });
    needHtml("results-wait").hidden = results;
    needHtml("results-map").hidden = !results;
  }

  /** @param {Vote} vote */
  tellLast({ statement, choice }) {
    needHtml("last-choice").textContent = words[choice] ?? "";
    need("change-last", HTMLAnchorElement).href = `/c/${slug}/s/${statement}`;
    needHtml("last").hidden = false;
  }

  /**
   * @param {string} name
   * @param {string} value
   */
  #setField(name, value) {
    const field = this.form.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = value;
  }
}
