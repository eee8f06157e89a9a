// Buttons that copy a text or an address.

import { button, element } from "./page.js";
import { gettext } from "./texts.js";

const isLink = (source) => "copyLink" in source.dataset;

export function begin(sources) {
  sources.forEach(addCopyButton);
}

/** The row of buttons behind a place, made by whichever part of the script needs it first. */
export function buttonsBehind(place) {
  const behind = place.nextElementSibling;
  if (behind?.matches(".copying")) return behind;
  const made = element("p", { class: "copying" });
  place.after(made);
  return made;
}

function addCopyButton(source) {
  const answer = element("span", { role: "status" });
  const act = async () => {
    answer.textContent = "";
    answer.textContent = (await copy(source)) ? gettext("Kopiert") : gettext("Zum Kopieren markiert");
  };
  const text = isLink(source) ? gettext("Link kopieren") : source.dataset.copySource || gettext("Zitat kopieren");
  buttonsBehind(isLink(source) ? source.closest("p") : source).prepend(button(text, act), " ", answer);
}

/** Put the text of `source`, or where it leads, into the clipboard; tells whether that worked. */
async function copy(source) {
  try {
    await navigator.clipboard.writeText(isLink(source) ? source.href : source.innerText.trim());
    return true;
  } catch (problem) {
    console.debug("No clipboard:", problem); // browsers have none for pages that do not come by HTTPS
    const shown = isLink(source) ? element("p", {}, source.href) : source;
    if (shown !== source) source.after(shown); // to be copied by hand, if all else fails
    getSelection().selectAllChildren(shown);
    return document.execCommand("copy");
  }
}
