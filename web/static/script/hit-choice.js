// The boxes of hits that put them into the basket.

import { aboutOf, basket, choose } from "./basket.js";

export function begin(boxes) {
  const chosen = new Set(basket().map(({ id }) => id));
  for (const box of boxes) {
    box.checked = chosen.has(box.value);
    box.addEventListener("change", () => choose(articleOf(box), box.checked));
  }
}

/** What the basket shows of a hit later, on another page. */
function articleOf(box) {
  const hit = box.closest("li");
  const link = hit.querySelector("h2 a");
  const address = new URL(link.href);
  address.search = address.pathname.endsWith("/artikel") ? new URLSearchParams({ id: box.value }) : "";
  return { id: box.value, title: link.textContent.trim(), about: aboutOf(hit), address: address.href };
}
