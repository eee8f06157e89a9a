// The form that makes a file of the basket.

import { basket } from "./basket.js";
import { element, voice } from "./page.js";
import { gettext } from "./texts.js";

export function begin([form]) {
  form.addEventListener("submit", sendBasket);
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
