// The card with one statement, and what stands under it.

import { fill, need, needHtml, newOperation, slug, words } from "./page.js";

/** A statement with more characters is set smaller. */
const LONG = 140;
/** Votes in a round. */
const ROUND = 10;

export class Card {
  form = need("vote-form", HTMLFormElement);
  /** Only where the organiser asks for it. */
  important = /** @type {HTMLInputElement | null} */ (this.form.querySelector("[name=important]"));
  #title = needHtml("statement-text");
  #from = needHtml("statement-from");
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
      seed: this.#from.textContent === words.seed,
      worded: this.#from.textContent === words.worded,
      choice: /** @type {Choice | undefined} */ (pressed?.value),
      important: this.important?.checked ?? false,
    };
  }

  /**
   * @param {Statement | null} statement
   * @param {boolean} focus
   */
  show(statement, focus) {
    needHtml("card").hidden = !statement;
    this.form.hidden = !statement;
    needHtml("all-done").hidden = Boolean(statement);
    if (statement) {
      // What became of another statement is not told of this one.
      if (Number(new FormData(this.form).get("statement")) !== statement.number) document.querySelector(".told")?.remove();
      this.#title.textContent = statement.text;
      needHtml("card").classList.toggle("long", [...statement.text].length > LONG);
      const { seed, worded } = statement;
      this.#from.textContent = (seed ? words.seed : worded ? words.worded : words.other) ?? "";
      this.#setField("statement", String(statement.number));
      this.#setField("op", newOperation());
      this.mark(statement.choice);
      if (this.important) this.important.checked = statement.important ?? false;
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

  /**
   * The way to a place among the others, then rounds of ten: as the server draws it (participate/steps.rs).
   * @param {Progress} progress
   */
  tellProgress({ voted, shown, placed_at, results }) {
    const needed = words.stepsPlace ? Math.max(placed_at, Math.min(Number(words.least), shown)) : 0;
    const onTheWay = voted < needed;
    const start = onTheWay ? 0 : Math.floor(voted / ROUND) * ROUND;
    const all = onTheWay ? needed : Math.max(0, Math.min(ROUND, shown - start));
    const done = voted - start;
    const round = voted === 1 ? words.stepsRoundOne : words.stepsRound;
    const text = onTheWay ? words.stepsPlace : all === 0 ? words.stepsAll : round;
    needHtml("progress-text").textContent = fill(text, { voted, done, all });
    needHtml("progress-pieces").replaceChildren(...Array.from({ length: all }, (_, piece) => {
      const item = document.createElement("li");
      item.classList.toggle("on", piece < done);
      return item;
    }));
    needHtml("results-wait").hidden = results;
    needHtml("results-map").hidden = !results;
  }

  /** @param {Vote} vote */
  tellLast({ statement, choice }) {
    needHtml("last-choice").textContent = words[choice] ?? "";
    need("change-last", HTMLAnchorElement).href = `/c/${slug}/s/${statement}`;
    needHtml("last").hidden = false;
  }

  /** Whether somebody is at the card now. */
  hasFocus() {
    return needHtml("ballot").contains(document.activeElement);
  }

  /** What goes with a vote beside the choice. @returns {Marks} */
  marks() {
    return { important: this.important?.checked ?? false, pack: Number(new FormData(this.form).get("pack") ?? 0) };
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
