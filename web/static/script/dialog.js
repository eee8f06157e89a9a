// The dialog with the keys of a page and the settings.

import { isOn, keep } from "./memory.js";
import { button, element } from "./page.js";
import { forgetSearches } from "./searches.js";
import { gettext } from "./texts.js";

const SETTINGS = {
  keys: gettext("Tastenkürzel verwenden"),
  suggestions: gettext("Vorschläge beim Tippen"),
  recent: gettext("Letzte Suchen merken"),
};

export function openDialog(keys) {
  const dialog = element("dialog", { class: "keys", "aria-labelledby": "tasten", closedby: "any" });
  dialog.append(
    element("h2", { id: "tasten" }, gettext("Tasten und Einstellungen")),
    element("dl", {}, ...keys.map(keyRow), keyRow({ key: "Esc", does: gettext("schließen") })),
    ...Object.entries(SETTINGS).map(settingBox),
    element("p", { class: "hint" }, gettext("Einstellungen und letzte Suchen bleiben in diesem Browser.")),
    button(gettext("Schließen"), () => dialog.close(), { autofocus: "" }),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function keyRow({ key, does }) {
  return element("div", {}, element("dt", {}, element("kbd", {}, key)), element("dd", {}, does));
}

function settingBox([setting, label]) {
  const made = element("input", { type: "checkbox" });
  made.checked = isOn(setting);
  made.addEventListener("change", () => switchTo(setting, made.checked));
  return element("label", {}, made, label);
}

function switchTo(setting, on) {
  keep(`use-${setting}`, on);
  if (setting === "recent" && !on) forgetSearches();
}
