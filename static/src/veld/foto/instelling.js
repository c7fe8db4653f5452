// @ts-check
// The switch for place and direction at photos, on the screen of this device.

import { h } from "../scherm/dom.js";
import { staatPlekAan, vraagVerlof, zetPlek } from "./plek.js";

/** @param {import("../opslag/kluis.js").Kluis} kluis @returns {Promise<HTMLElement>} */
export async function plekinstelling(kluis) {
  const uitslag = h("p", { class: "klein", role: "status" });
  const vink = h("input", { type: "checkbox", name: "fotoplek", checked: await staatPlekAan(kluis), onchange: async () => {
    const tegen = vink.checked ? await vraagVerlof() : "";
    if (tegen) vink.checked = false;
    await zetPlek(kluis, vink.checked);
    uitslag.textContent = tegen || (vink.checked ? "Staat aan. Het geldt vanaf het volgende bezoek dat u opent." : "Staat uit. Nieuwe foto's krijgen geen plaats.");
  } });
  return h("section", null, h("h2", null, "Plaats en richting bij foto's"),
    h("p", null, "Zet u dit aan, dan legt de app bij elke foto vast waar het toestel was en waarheen de camera keek. Dat helpt als iemand later twijfelt aan een foto. Het staat niet in de kopie die anderen krijgen. Een foto wacht er nooit op."),
    h("label", { class: "vinkje" }, vink, "Plaats en richting vastleggen op dit toestel"), uitslag);
}
