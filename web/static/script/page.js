// How parts of a page are found and made. What comes from the archive enters it as text, never as markup.

export const find = (selector) => document.querySelector(selector);
export const findAll = (selector) => [...document.querySelectorAll(selector)];

/** The box for a search, if this page has one. */
export const box = find("form.searchbox input[name=q]");

// Said to screen readers only; role=status is for what everybody sees.
export const voice = element("div", { class: "hidden", "aria-live": "polite" });

export function describe(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
}

export function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  describe(made, attributes);
  made.append(...children);
  return made;
}

export function button(text, act, attributes) {
  const made = element("button", { type: "button", ...attributes }, text);
  made.addEventListener("click", act);
  return made;
}
