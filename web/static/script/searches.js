// The searches that this browser remembers, unless the reader does not want that.

import { isOn, keep, recall } from "./memory.js";
import { box, voice } from "./page.js";
import { gettext } from "./texts.js";

const MOST_REMEMBERED = 100;

/** The searches, the last one first. */
export function recentSearches() {
  const found = isOn("recent") && recall("recent");
  return Array.isArray(found) ? found.filter((text) => typeof text === "string") : [];
}

/** Keep the search whose results this page shows, if there is one. */
export function rememberSearch() {
  const text = searchShown();
  if (!isOn("recent") || !text) return;
  keep("recent", [text, ...recentSearches().filter((other) => other !== text)].slice(0, MOST_REMEMBERED));
}

/** What does not fit into the box was no search. */
function searchShown() {
  const here = new URL(location);
  const text = here.searchParams.get("q")?.trim() ?? "";
  return here.pathname === new URL(box.form.action).pathname && text.length <= box.maxLength ? text : "";
}

export function forgetSearches() {
  keep("recent", []);
  voice.textContent = gettext("Der Verlauf ist gelöscht.");
}
