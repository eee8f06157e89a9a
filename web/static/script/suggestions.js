// Suggestions: an editable combobox with a list, as the ARIA Authoring Practices describe it.

import { isOn } from "./memory.js";
import { button, describe, element, voice } from "./page.js";
import { forgetSearches, recentSearches } from "./searches.js";
import { gettext, ngettext } from "./texts.js";

const MOST_SUGGESTIONS = 8;
const MOST_RECENT = 10; // offered under the box
const PAUSE_MS = 90; // longer than between two letters of somebody who types fast
const KIND_NAMES = {
  person: gettext("Person"),
  place: gettext("Ort"),
  organisation: gettext("Organisation"),
  title: gettext("Überschrift"),
};

export function begin(boxes) {
  boxes.forEach((input, number) => new Combobox(input, number));
}

/** The text in pieces, the beginnings of words that were typed in bold. */
function typedInBold(text, typed) {
  const words = typed.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (!words.length) return [text];
  const pieces = text.split(new RegExp(`(?<![\\p{L}\\p{N}])(${words.join("|")})`, "iu"));
  return pieces.map((piece, place) => (place % 2 ? element("b", {}, piece) : piece));
}

function notes({ kind, count }) {
  const articles = kind !== "title" && count && ngettext("%(number)s Artikel", "%(number)s Artikel", count);
  return [KIND_NAMES[kind], articles].filter(Boolean).map((note) => element("span", { class: "note" }, note));
}

class Combobox {
  active = -1; // the place of the choice that Enter takes; -1 is the box itself
  choices = [];
  answers = new Map();

  constructor(input, number) {
    this.input = input;
    this.form = input.form;
    this.address = new URL(this.form.dataset.suggest, location);
    this.heading = element("p", { class: "heading", "aria-hidden": "true" }, gettext("Zuletzt gesucht"));
    this.list = element("ul", { role: "listbox", id: `vorschlaege-${number}` });
    this.remove = button(gettext("Verlauf löschen"), () => this.removeRecent(), { class: "plain" });
    this.popup = element("div", { class: "suggestions", hidden: "" }, this.heading, this.list, this.remove);
    input.after(this.popup);
    describe(input, { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false" });
    describe(input, { "aria-controls": this.list.id });
    this.listen();
  }

  listen() {
    // Letters count even while they are being composed, as phones compose every word.
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.pressed(event));
    this.input.addEventListener("click", () => this.input.value || this.open());
    this.form.addEventListener("submit", () => this.close());
    this.form.addEventListener("focusout", (event) => this.left(event.relatedTarget));
    this.popup.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
    this.popup.addEventListener("keydown", (event) => event.key === "Escape" && this.backToBox());
  }

  typed() {
    this.stop();
    this.activate(-1);
    this.timer = setTimeout(() => this.open(), PAUSE_MS);
  }

  pressed(event) {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const act = {
      ArrowDown: () => this.move(1),
      ArrowUp: () => this.move(-1),
      Escape: () => this.escape(),
      Enter: this.active >= 0 && (() => this.choose(this.choices[this.active])),
    }[event.key];
    if (!act) return this.activate(-1); // any other key edits the text or leaves it
    event.preventDefault();
    act();
  }

  escape() {
    if (!this.isOpen) this.input.value = "";
    this.close();
  }

  /** To the next or previous choice; between the last and the first lies the box itself. */
  async move(step) {
    if (!this.isOpen) await this.open();
    const places = this.choices.length + 1;
    if (this.isOpen) this.activate(((this.active + 1 + step + places) % places) - 1);
  }

  async open() {
    this.stop();
    const text = this.input.value.trim();
    if (!text) return this.show(recentSearches().slice(0, MOST_RECENT).map((text) => ({ text, kind: "recent" })));
    const choices = await this.suggestions(text);
    if (choices) this.show(choices);
  }

  /** Nothing if the reader typed on or left before the answer came. */
  async suggestions(text) {
    if (!isOn("suggestions") || (text.match(/[\p{L}\p{N}]/gu) ?? []).length < 2) return [];
    this.request = new AbortController();
    try {
      if (!this.answers.has(text)) this.answers.set(text, await this.ask(text, this.request.signal));
      return this.answers.get(text);
    } catch (problem) {
      if (problem.name === "AbortError") return null;
      console.debug("No suggestions:", problem); // searching works all the same
      return [];
    }
  }

  async ask(text, signal) {
    const address = new URL(this.address);
    address.search = new URLSearchParams({ q: text, limit: MOST_SUGGESTIONS });
    const answer = await fetch(address, { signal });
    if (!answer.ok) throw new Error(`${address} answers ${answer.status}`);
    return (await answer.json()).suggestions;
  }

  stop() {
    clearTimeout(this.timer);
    this.request?.abort();
  }

  show(choices) {
    const recent = choices[0]?.kind === "recent";
    const label = recent ? gettext("Zuletzt gesucht") : gettext("Vorschläge");
    this.choices = choices;
    this.list.replaceChildren(...choices.map((choice, place) => this.option(choice, place)));
    describe(this.list, { "aria-label": label });
    this.heading.hidden = this.remove.hidden = !recent;
    this.setOpen(choices.length > 0);
    voice.textContent = choices.length ? `${label}: ${choices.length}` : "";
  }

  option(choice, place) {
    const typed = choice.kind === "recent" ? "" : this.input.value;
    const text = element("span", { class: "text" }, ...typedInBold(choice.text, typed));
    const attributes = { role: "option", id: `${this.list.id}-${place}`, "aria-selected": "false" };
    const option = element("li", attributes, text, " ", element("span", { class: "notes" }, ...notes(choice)));
    option.addEventListener("click", () => this.choose(choice));
    return option;
  }

  get isOpen() {
    return !this.popup.hidden;
  }

  setOpen(open) {
    this.popup.hidden = !open;
    describe(this.input, { "aria-expanded": open });
    this.activate(-1);
  }

  close() {
    this.stop();
    this.setOpen(false);
  }

  activate(place) {
    const options = [...this.list.children];
    this.active = place;
    options.forEach((option, other) => describe(option, { "aria-selected": other === place }));
    if (place < 0) return this.input.removeAttribute("aria-activedescendant");
    describe(this.input, { "aria-activedescendant": options[place].id });
    options[place].scrollIntoView({ block: "nearest" });
  }

  choose({ text, address }) {
    this.close();
    if (address) return location.assign(address); // of an article, or of all that name somebody
    this.input.value = text;
    this.form.requestSubmit();
  }

  removeRecent() {
    this.backToBox();
    forgetSearches();
  }

  backToBox() {
    this.close();
    this.input.focus();
  }

  left(target) {
    if (target !== this.input && !this.popup.contains(target)) this.close();
  }
}
