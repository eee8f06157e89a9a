// Every page is complete without this script. It adds suggestions, keys, and buttons that would be
// of no use without it. What comes from the archive enters the page as text, never as markup.

const MOST_SUGGESTIONS = 8;
const MOST_RECENT = 10; // offered under the box
const MOST_REMEMBERED = 100;
const MOST_BASKET = 1000; // as many as one file has
const PAUSE_MS = 90; // longer than between two letters of somebody who types fast

const find = (selector) => document.querySelector(selector);
const findAll = (selector) => [...document.querySelectorAll(selector)];

// What is said stands here in German; a page in another language comes with its translations.

const LANGUAGE = document.documentElement.lang;
const TEXTS = JSON.parse(find("#texts")?.textContent ?? "{}");

/** A message in the language of the page, with `%(name)s` replaced by the value of this name. */
function gettext(message, values = {}) {
  return filled(TEXTS[message] ?? message, values);
}

/** The same for a message that differs with a number, which stands in it as `%(number)s`. */
function ngettext(one, more, number) {
  const forms = TEXTS[one] ?? [one, more];
  return filled(forms[number === 1 ? 0 : 1], { number: number.toLocaleString(LANGUAGE) });
}

const filled = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name]);

const KIND_NAMES = {
  person: gettext("Person"),
  place: gettext("Ort"),
  organisation: gettext("Organisation"),
  title: gettext("Überschrift"),
};
const SETTINGS = {
  keys: gettext("Tastenkürzel verwenden"),
  suggestions: gettext("Vorschläge beim Tippen"),
  recent: gettext("Letzte Suchen merken"),
};

function describe(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
}

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  describe(made, attributes);
  made.append(...children);
  return made;
}

function button(text, act, attributes) {
  const made = element("button", { type: "button", ...attributes }, text);
  made.addEventListener("click", act);
  return made;
}

// Said to screen readers only; role=status is for what everybody sees.
const voice = element("div", { class: "hidden", "aria-live": "polite" });

// What the browser keeps

const unkept = new Map(); // for this page only, where the browser forbids storage

function recall(name) {
  if (unkept.has(name)) return unkept.get(name);
  try {
    return JSON.parse(localStorage.getItem(`nachlese.${name}`));
  } catch (problem) {
    console.debug("Cannot recall:", problem);
    return null;
  }
}

function keep(name, value) {
  try {
    localStorage.setItem(`nachlese.${name}`, JSON.stringify(value));
  } catch (problem) {
    console.debug("Kept for this page only:", problem);
    unkept.set(name, value);
  }
}

const isOn = (setting) => recall(`use-${setting}`) !== false;

function switchTo(setting, on) {
  keep(`use-${setting}`, on);
  if (setting === "recent" && !on) forgetSearches();
}

function recentSearches() {
  const found = isOn("recent") && recall("recent");
  return Array.isArray(found) ? found.filter((text) => typeof text === "string") : [];
}

/** The search whose results this page shows, or nothing; what does not fit into the box was no search. */
function searchShown() {
  const here = new URL(location);
  const text = here.searchParams.get("q")?.trim() ?? "";
  return here.pathname === new URL(box.form.action).pathname && text.length <= box.maxLength ? text : "";
}

function rememberSearch(text) {
  if (!isOn("recent") || !text) return;
  keep("recent", [text, ...recentSearches().filter((other) => other !== text)].slice(0, MOST_REMEMBERED));
}

function forgetSearches() {
  keep("recent", []);
  voice.textContent = gettext("Der Verlauf ist gelöscht.");
}

// Suggestions: an editable combobox with a list, as the ARIA Authoring Practices describe it

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

// Matches in an article

const marks = findAll("article.story mark");
const place = element("span", { role: "status" });
let current = -1;

/** To the next or previous match; after the last comes the first. */
function goToMark(step) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  marks[current]?.classList.remove("current");
  current = (Math.max(current, step < 0 ? 0 : -1) + step + marks.length) % marks.length;
  marks[current].classList.add("current");
  marks[current].scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  place.textContent = gettext("%(rank)s von %(total)s", { rank: current + 1, total: marks.length });
}

function addMarkButtons() {
  const jump = (sign, step, label, key) =>
    button(sign, () => goToMark(step), { "aria-label": label, title: `${label} (${key})` });
  const jumps = [jump("↑", -1, gettext("Vorige Fundstelle"), "p"), jump("↓", 1, gettext("Nächste Fundstelle"), "n")];
  find(".matches")?.append(" ", element("span", { class: "jumps" }, place, ...jumps));
}

// Copying

/** Put the text of `source`, or where it leads, into the clipboard; tells whether that worked. */
async function copy(source) {
  try {
    await navigator.clipboard.writeText("copyLink" in source.dataset ? source.href : source.innerText.trim());
    return true;
  } catch (problem) {
    console.debug("No clipboard:", problem); // browsers have none for pages that do not come by HTTPS
    const shown = "copyLink" in source.dataset ? element("p", {}, source.href) : source;
    if (shown !== source) source.after(shown); // to be copied by hand, if all else fails
    getSelection().selectAllChildren(shown);
    return document.execCommand("copy");
  }
}

function addCopyButton(source) {
  const answer = element("span", { role: "status" });
  const act = async () => {
    answer.textContent = "";
    answer.textContent = (await copy(source)) ? gettext("Kopiert") : gettext("Zum Kopieren markiert");
  };
  const isLink = "copyLink" in source.dataset;
  const made = button(isLink ? gettext("Link kopieren") : source.dataset.copySource || gettext("Zitat kopieren"), act);
  const copying = element("p", { class: "copying" }, made, " ", answer);
  (isLink ? source.closest("p") : source).after(copying);
}

// The basket: articles that the reader chose, kept in this browser

function basket() {
  const found = recall("basket");
  return Array.isArray(found) ? found.filter((article) => typeof article?.id === "string") : [];
}

function keepBasket(articles) {
  keep("basket", articles.slice(-MOST_BASKET));
  const link = find(".masthead a[href$='/merkliste']");
  if (link) link.textContent = articles.length
    ? gettext("Merkliste (%(number)s)", { number: articles.length.toLocaleString(LANGUAGE) })
    : gettext("Merkliste");
}

/** Choose an article, or take it back. */
function choose(article, chosen) {
  const others = basket().filter(({ id }) => id !== article.id);
  keepBasket(chosen ? [...others, article] : others);
}

/** What the basket shows of a hit later, on another page. */
function articleOf(box) {
  const hit = box.closest("li");
  const link = hit.querySelector("h2 a");
  const address = new URL(link.href);
  address.search = address.pathname.endsWith("/artikel") ? new URLSearchParams({ id: box.value }) : "";
  return { id: box.value, title: link.textContent.trim(), about: aboutOf(hit), address: address.href };
}

/** Where and when an article appeared, as the page shows it. */
function aboutOf(place) {
  const parts = [...place.querySelectorAll(".kicker > span, .line-source")];
  return parts.map((part) => part.textContent.trim()).join(" · ");
}

function addPicks(boxes) {
  const chosen = new Set(basket().map(({ id }) => id));
  for (const box of boxes) {
    box.checked = chosen.has(box.value);
    box.addEventListener("change", () => choose(articleOf(box), box.checked));
  }
}

/** The form sends the whole basket: what is chosen on other pages, too. */
function sendBasket(event) {
  const form = event.target;
  const here = new Set([...form.elements].map(({ value }) => value));
  const elsewhere = basket().filter(({ id }) => !here.has(id));
  const fields = elsewhere.map(({ id }) => element("input", { type: "hidden", name: "id", value: id }));
  form.append(...fields);
  setTimeout(() => fields.forEach((field) => field.remove()));
  if ([...new FormData(form)].length) return;
  event.preventDefault();
  voice.textContent = gettext("Es ist noch nichts ausgewählt.");
  if (!form.querySelector(".complaint")) form.append(element("p", { class: "complaint" }, voice.textContent));
}

/** The address of an article that may have been chosen on a page in another language. */
function inThisLanguage(address, search) {
  const here = new URL(address, location);
  const site = new URL(search, location).pathname.replace(/\/suche$/, "");
  here.pathname = site + here.pathname.slice(here.pathname.indexOf("/artikel"));
  return here.href;
}

function basketRow(article, search, redraw) {
  const remove = () => {
    choose(article, false);
    redraw();
  };
  return element(
    "li",
    {},
    element("h2", {}, element("a", { href: inThisLanguage(article.address, search) }, article.title)),
    element("p", { class: "line-source" }, article.about),
    button(gettext("Herausnehmen"), remove, {
      class: "plain",
      "aria-label": gettext("%(article)s herausnehmen", { article: article.title }),
    }),
  );
}

function drawBasket(place) {
  place.querySelectorAll(".drawn-basket").forEach((drawn) => drawn.remove());
  const redraw = () => drawBasket(place);
  const empty = () => {
    keepBasket([]);
    redraw();
  };
  const articles = basket();
  const rows = articles.map((one) => basketRow(one, place.dataset.basket, redraw));
  const list = element("ol", { class: "hits compact drawn-basket" }, ...rows);
  const none = element("p", { class: "drawn-basket" }, gettext("Noch ist nichts gemerkt."));
  place.append(articles.length ? list : none);
  if (articles.length) place.append(element("p", { class: "drawn-basket" }, button(gettext("Merkliste leeren"), empty, { class: "plain" })));
  find("#auswahl").hidden = !articles.length;
}

/** The searches that this browser remembers, as links. */
function drawHistory(place) {
  const searches = recentSearches();
  if (!searches.length) return;
  const address = (text) => `${new URL(box?.form.action ?? place.dataset.basket, location)}?${new URLSearchParams({ q: text })}`;
  const links = searches.map((text) => element("li", {}, element("a", { href: address(text) }, text)));
  const part = element("section", {}, element("h2", { class: "rule" }, gettext("Letzte Suchen")), element("ul", { class: "past" }, ...links));
  const forget = () => {
    forgetSearches();
    part.remove();
  };
  part.append(button(gettext("Verlauf löschen"), forget, { class: "plain" }));
  place.after(part);
}

function addArticlePick(story) {
  const article = { ...story.dataset, about: aboutOf(story), title: find("h1").innerText.trim() };
  const isChosen = () => basket().some(({ id }) => id === article.id);
  const made = button("", () => {
    choose(article, !isChosen());
    label();
  });
  const label = () => (made.textContent = isChosen() ? gettext("✓ Gemerkt") : gettext("Merken"));
  label();
  find("[data-copy-link]").closest("p").nextElementSibling.append(" ", made); // beside the button that copies the link
}

// Dragging over the bars of a timeline

/** With a mouse: fingers scroll, and the table under the bars has links for everybody. */
function addRange(svg) {
  const periods = svg.dataset.periods.trim().split(" ").map((period) => period.split("/"));
  let first = -1; // the bar where dragging began; -1 while nobody drags
  let drawn = null;
  const barAt = ({ clientX }) => {
    const { left, width } = svg.getBoundingClientRect();
    return Math.max(0, Math.min(periods.length - 1, Math.floor(((clientX - left) / width) * periods.length)));
  };
  const draw = (last) => {
    if (!drawn) {
      drawn = document.createElementNS(svg.namespaceURI, "rect");
      describe(drawn, { class: "drawn", height: "100%" });
      svg.append(drawn);
    }
    const share = 100 / periods.length;
    describe(drawn, { x: `${Math.min(first, last) * share}%`, width: `${(Math.abs(last - first) + 1) * share}%` });
  };
  const stop = () => {
    drawn?.remove();
    drawn = null;
    first = -1;
  };
  svg.addEventListener("dragstart", (event) => event.preventDefault()); // a bar is a link, which could be dragged away
  svg.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && event.button === 0) first = barAt(event);
  });
  addEventListener("pointermove", (event) => first >= 0 && (drawn || barAt(event) !== first) && draw(barAt(event)));
  addEventListener("pointercancel", stop);
  addEventListener("pointerup", (event) => {
    if (drawn) {
      const [from, to] = [first, barAt(event)].sort((one, other) => one - other);
      const address = new URL(svg.dataset.search, location);
      address.searchParams.set("from", periods[from][0]);
      address.searchParams.set("to", periods[to][1]);
      // The click that follows belongs to the dragging, not to a bar.
      addEventListener("click", (click) => click.preventDefault(), { capture: true, once: true });
      location.assign(address);
    }
    stop();
  });
}

// Keys

const box = find("form.searchbox input[name=q]");
const inArticle = find("article.story") !== null;
const hitLinks = () => findAll(".hits > li h2 a");
const neighbour = (step) => find(step > 0 ? "a[rel~=next]" : "a[rel~=prev]");
const hasHit = (step) => (inArticle ? neighbour(step) : hitLinks().length);

const KEYS = [
  { key: "/", does: gettext("ins Suchfeld"), here: () => box, press: goToBox },
  { key: "j", does: gettext("nächster Treffer"), here: () => hasHit(1), press: () => goToHit(1) },
  { key: "k", does: gettext("voriger Treffer"), here: () => hasHit(-1), press: () => goToHit(-1) },
  { key: "n", does: gettext("nächste Fundstelle"), here: () => marks.length, press: () => goToMark(1) },
  { key: "p", does: gettext("vorige Fundstelle"), here: () => marks.length, press: () => goToMark(-1) },
  { key: "?", does: gettext("diese Übersicht"), here: () => true, press: openDialog },
];

function goToBox() {
  box.focus();
  box.select();
}

/** From an article to the one beside it in the list; in the list, the focus to the next or previous hit. */
function goToHit(step) {
  if (inArticle) return neighbour(step).click();
  const stops = [...hitLinks(), ...findAll(".paging a[rel~=next]")];
  const here = document.activeElement.closest(".hits > li, .paging") ?? find(":target")?.closest(".hits > li");
  const from = stops.findIndex((stop) => here?.contains(stop));
  const to = stops[Math.max(from + step, 0)];
  to?.focus({ preventScroll: true });
  to?.closest("li, nav").scrollIntoView({ block: "nearest" });
}

function keyPressed(event) {
  const meantOtherwise = event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey;
  const writing = event.isComposing || event.target.closest("input, textarea, select, [contenteditable]");
  if (meantOtherwise || writing || find("dialog[open]") || !isOn("keys")) return;
  const meant = KEYS.find(({ key, here }) => key === event.key.toLowerCase() && here());
  if (!meant) return;
  event.preventDefault(); // or the letter would be typed into the box
  meant.press();
}

// The dialog

function keyRow({ key, does }) {
  return element("div", {}, element("dt", {}, element("kbd", {}, key)), element("dd", {}, does));
}

function settingBox([setting, label]) {
  const made = element("input", { type: "checkbox" });
  made.checked = isOn(setting);
  made.addEventListener("change", () => switchTo(setting, made.checked));
  return element("label", {}, made, label);
}

function openDialog() {
  const dialog = element("dialog", { class: "keys", "aria-labelledby": "tasten", closedby: "any" });
  dialog.append(
    element("h2", { id: "tasten" }, gettext("Tasten und Einstellungen")),
    element("dl", {}, ...KEYS.filter(({ here }) => here()).map(keyRow), keyRow({ key: "Esc", does: gettext("schließen") })),
    ...Object.entries(SETTINGS).map(settingBox),
    element("p", { class: "hint" }, gettext("Einstellungen und letzte Suchen bleiben in diesem Browser.")),
    button(gettext("Schließen"), () => dialog.close(), { autofocus: "" }),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

// Begin

document.body.append(voice);
findAll("form.searchbox input[name=q]").forEach((input, number) => new Combobox(input, number));
if (box) rememberSearch(searchShown());
if (marks.length) addMarkButtons();
findAll("[data-copy-source], [data-copy-link]").forEach(addCopyButton);
addPicks(findAll(".hits input[form=auswahl]"));
find("#auswahl")?.addEventListener("submit", sendBasket);
findAll("[data-basket]").forEach(drawBasket);
findAll("[data-basket]").forEach(drawHistory);
findAll("article.story[data-id]").forEach(addArticlePick);
keepBasket(basket());
findAll("svg[data-periods]").forEach(addRange);
find("footer.imprint")?.append(element("p", {}, button(gettext("Tasten und Einstellungen"), openDialog, { class: "plain" })));
document.addEventListener("keydown", keyPressed);
