// What is said stands in the script in German; a page in another language comes with its translations.

import { find } from "./page.js";

export const LANGUAGE = document.documentElement.lang;
const TEXTS = JSON.parse(find("#texts")?.textContent ?? "{}");

/** A message in the language of the page, with `%(name)s` replaced by the value of this name. */
export function gettext(message, values = {}) {
  return filled(TEXTS[message] ?? message, values);
}

/** The same for a message that differs with a number, which stands in it as `%(number)s`. */
export function ngettext(one, more, number) {
  const forms = TEXTS[one] ?? [one, more];
  return filled(forms[number === 1 ? 0 : 1], { number: number.toLocaleString(LANGUAGE) });
}

const filled = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name]);
