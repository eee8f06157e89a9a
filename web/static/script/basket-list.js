// The page of the basket: what is in it, and the searches that this browser remembers.

import { basket, choose, keepBasket } from "./basket.js";
import { box, button, element, find } from "./page.js";
import { forgetSearches, recentSearches } from "./searches.js";
import { gettext } from "./texts.js";

export function begin([place]) {
  drawBasket(place);
  drawHistory(place);
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

/** The address on this site of an article that may have been chosen on a page in another language. */
function inThisLanguage(address, search) {
  const chosen = new URL(address, location);
  const site = new URL(search, location).pathname.replace(/\/suche$/, "");
  const path = chosen.pathname.slice(chosen.pathname.indexOf("/artikel"));
  return new URL(`${site}${path}${chosen.search}`, location).href;
}

/** The searches as links. */
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
