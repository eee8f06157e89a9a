// Keys: from hit to hit, from match to match, and into the box.

import { openDialog } from "./dialog.js";
import { isOn } from "./memory.js";
import { box, find, findAll } from "./page.js";
import { gettext } from "./texts.js";

const inArticle = find("article.story") !== null;
const hasMarks = find("article.story mark") !== null;
const hitLinks = () => findAll(".hits > li h2 a");
const neighbour = (step) => find(step > 0 ? "a[rel~=next]" : "a[rel~=prev]");
const hasHit = (step) => (inArticle ? neighbour(step) : hitLinks().length);

const KEYS = [
  { key: "/", does: gettext("ins Suchfeld"), here: () => box, press: goToBox },
  { key: "j", does: gettext("nächster Treffer"), here: () => hasHit(1), press: () => goToHit(1) },
  { key: "k", does: gettext("voriger Treffer"), here: () => hasHit(-1), press: () => goToHit(-1) },
  { key: "n", does: gettext("nächste Fundstelle"), here: () => hasMarks, press: () => goToMark(1) },
  { key: "p", does: gettext("vorige Fundstelle"), here: () => hasMarks, press: () => goToMark(-1) },
  { key: "?", does: gettext("diese Übersicht"), here: () => true, press: showKeys },
];

/** Act when a key is pressed that means something on this page. */
export function listenToKeys() {
  document.addEventListener("keydown", pressed);
}

/** Open the list of the keys that do something on this page, with the settings. */
export function showKeys() {
  openDialog(KEYS.filter(({ here }) => here()));
}

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

/** Only an article with matches loads what goes through them. */
async function goToMark(step) {
  (await import("./marks.js")).goToMark(step);
}

function pressed(event) {
  const meantOtherwise = event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey;
  const writing = event.isComposing || event.target.closest("input, textarea, select, [contenteditable]");
  if (meantOtherwise || writing || find("dialog[open]") || !isOn("keys")) return;
  const meant = KEYS.find(({ key, here }) => key === event.key.toLowerCase() && here());
  if (!meant) return;
  event.preventDefault(); // or the letter would be typed into the box
  meant.press();
}
