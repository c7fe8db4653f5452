// @ts-check
// A barcode or the code on a document: scanned where the browser can, typed everywhere.

import { h } from "../dom.js";
import { icoon } from "../iconen.js";
import { tekstveld } from "./tekst.js";

/** Whether this browser reads codes by itself. Reading them otherwise would take a library larger than this app. */
const kanScannen = () => "BarcodeDetector" in window && !!navigator.mediaDevices?.getUserMedia;

/** @param {any} knoop @param {string} id @param {any} omgeving @param {(waarde: string) => void} zet @returns {import("./tekst.js").Controle} */
export function codeveld(knoop, id, omgeving, zet) {
  const veld = tekstveld(knoop, id);
  const scan = async () => {
    try {
      const { scanCode } = await import("../scannen.js");
      const code = await scanCode();
      if (code !== null) zet(code);
    } catch (fout) {
      omgeving.meldFout(/** @type {Error} */ (fout).message);
    }
  };
  return {
    ...veld,
    el: h("div", null, veld.el, kanScannen()
      ? h("button", { type: "button", class: "knop knop-breed scanknop", onclick: () => void scan() }, icoon("code"), "Code scannen")
      : h("p", { class: "klein" }, "Deze browser kan geen codes lezen. Typ de code over.")),
  };
}
