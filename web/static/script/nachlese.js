// Every page is complete without this script. It adds suggestions, keys, and buttons that would be
// of no use without it. What a page has nothing for is not loaded.

import { showNumber } from "./basket.js";
import { begin as chooseHits } from "./hit-choice.js";
import { listenToKeys, showKeys } from "./keys.js";
import { box, button, element, find, findAll, voice } from "./page.js";
import { rememberSearch } from "./searches.js";
import { gettext } from "./texts.js";

const PARTS = [
  ["form.searchbox input[name=q]", "suggestions"],
  ["article.story mark", "marks"],
  ["article.story[data-id]", "article-choice"],
  ["[data-copy-source], [data-copy-link]", "copying"],
  ["#auswahl", "basket-form"],
  ["[data-basket]", "basket-list"],
  ["svg[data-periods]", "timeline"],
];

document.body.append(voice);
chooseHits(findAll(".hits input[form=auswahl]")); // at once: a box that is ticked before it listens would be forgotten
for (const [selector, part] of PARTS) {
  const places = findAll(selector);
  if (places.length) import(`./${part}.js`).then(({ begin }) => begin(places));
}
if (box) rememberSearch();
showNumber();
find("footer.imprint")?.append(element("p", {}, button(gettext("Tasten und Einstellungen"), showKeys, { class: "plain" })));
listenToKeys();
