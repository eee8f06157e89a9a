// The basket: articles that the reader chose, kept in this browser.

import { keep, recall } from "./memory.js";
import { find } from "./page.js";
import { LANGUAGE, gettext } from "./texts.js";

const MOST_BASKET = 1000; // as many as one file has

export function basket() {
  const found = recall("basket");
  return Array.isArray(found) ? found.filter((article) => typeof article?.id === "string") : [];
}

export function keepBasket(articles) {
  keep("basket", articles.slice(-MOST_BASKET));
  showNumber();
}

/** How many articles are chosen, in the menu. */
export function showNumber() {
  const { length } = basket();
  const link = find(".masthead a[href$='/merkliste']");
  if (link) link.textContent = length
    ? gettext("Merkliste (%(number)s)", { number: length.toLocaleString(LANGUAGE) })
    : gettext("Merkliste");
}

/** Choose an article, or take it back. */
export function choose(article, chosen) {
  const others = basket().filter(({ id }) => id !== article.id);
  keepBasket(chosen ? [...others, article] : others);
}

/** Where and when an article appeared, as the page shows it. */
export function aboutOf(place) {
  const parts = [...place.querySelectorAll(".kicker > span, .line-source")];
  return parts.map((part) => part.textContent.trim()).join(" · ");
}
