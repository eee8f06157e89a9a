// Matches in an article: buttons that go from one to the next.

import { button, element, find, findAll } from "./page.js";
import { gettext } from "./texts.js";

const marks = findAll("article.story mark");
const place = element("span", { role: "status" });
let current = -1;

export function begin() {
  const jump = (sign, step, label, key) =>
    button(sign, () => goToMark(step), { "aria-label": label, title: `${label} (${key})` });
  const jumps = [jump("↑", -1, gettext("Vorige Fundstelle"), "p"), jump("↓", 1, gettext("Nächste Fundstelle"), "n")];
  find(".matches")?.append(" ", element("span", { class: "jumps" }, place, ...jumps));
}

/** To the next or previous match; after the last comes the first. */
export function goToMark(step) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  marks[current]?.classList.remove("current");
  current = (Math.max(current, step < 0 ? 0 : -1) + step + marks.length) % marks.length;
  marks[current].classList.add("current");
  marks[current].scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  place.textContent = gettext("%(rank)s von %(total)s", { rank: current + 1, total: marks.length });
}
