// The button of an article that puts it into the basket.

import { aboutOf, basket, choose } from "./basket.js";
import { buttonsBehind } from "./copying.js";
import { button, find } from "./page.js";
import { gettext } from "./texts.js";

export function begin([story]) {
  const article = { ...story.dataset, about: aboutOf(story), title: find("h1").innerText.trim() };
  const isChosen = () => basket().some(({ id }) => id === article.id);
  const made = button("", () => {
    choose(article, !isChosen());
    label();
  });
  const label = () => (made.textContent = isChosen() ? gettext("✓ Gemerkt") : gettext("Merken"));
  label();
  buttonsBehind(find("[data-copy-link]").closest("p")).append(" ", made); // beside the button that copies the link
}
