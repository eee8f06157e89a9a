// What the browser keeps: settings, searches and the basket.

const unkept = new Map(); // for this page only, where the browser forbids storage

export function recall(name) {
  if (unkept.has(name)) return unkept.get(name);
  try {
    return JSON.parse(localStorage.getItem(`nachlese.${name}`));
  } catch (problem) {
    console.debug("Cannot recall:", problem);
    return null;
  }
}

export function keep(name, value) {
  try {
    localStorage.setItem(`nachlese.${name}`, JSON.stringify(value));
  } catch (problem) {
    console.debug("Kept for this page only:", problem);
    unkept.set(name, value);
  }
}

export const isOn = (setting) => recall(`use-${setting}`) !== false;
