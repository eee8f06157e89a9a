// Dragging over the bars of a timeline.

import { describe } from "./page.js";

export function begin(drawings) {
  drawings.forEach(addRange);
}

/** With a mouse: fingers scroll, and the table under the bars has links for everybody. */
function addRange(svg) {
  const periods = svg.dataset.periods.trim().split(" ").map((period) => period.split("/"));
  let first = -1; // the bar where dragging began; -1 while nobody drags
  let drawn = null;
  const barAt = ({ clientX }) => {
    const { left, width } = svg.getBoundingClientRect();
    return Math.max(0, Math.min(periods.length - 1, Math.floor(((clientX - left) / width) * periods.length)));
  };
  const draw = (last) => {
    if (!drawn) {
      drawn = document.createElementNS(svg.namespaceURI, "rect");
      describe(drawn, { class: "drawn", height: "100%" });
      svg.append(drawn);
    }
    const share = 100 / periods.length;
    describe(drawn, { x: `${Math.min(first, last) * share}%`, width: `${(Math.abs(last - first) + 1) * share}%` });
  };
  const stop = () => {
    drawn?.remove();
    drawn = null;
    first = -1;
  };
  svg.addEventListener("dragstart", (event) => event.preventDefault()); // a bar is a link, which could be dragged away
  svg.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && event.button === 0) first = barAt(event);
  });
  addEventListener("pointermove", (event) => first >= 0 && (drawn || barAt(event) !== first) && draw(barAt(event)));
  addEventListener("pointercancel", stop);
  addEventListener("pointerup", (event) => {
    if (drawn) {
      const [from, to] = [first, barAt(event)].sort((one, other) => one - other);
      const address = new URL(svg.dataset.search, location);
      address.searchParams.set("from", periods[from][0]);
      address.searchParams.set("to", periods[to][1]);
      // The click that follows belongs to the dragging, not to a bar.
      addEventListener("click", (click) => click.preventDefault(), { capture: true, once: true });
      location.assign(address);
    }
    stop();
  });
}
