// @ts-check
// This device: storage, theme, lock, how far sending is, rescue copy.

import { h, knop, vul } from "./dom.js";
import { icoon } from "./iconen.js";
import { huidigeLetter, huidigThema, LETTERNAMEN, LETTERS, THEMANAMEN, THEMAS, zetLetter, zetThema } from "./thema.js";
import { bezwaar } from "../crypto/wachtzin.js";
import { inWoorden } from "../meldbaar.js";

/**
 * @param {Element} plek
 * @param {{opslag: {zin: string}, verzending: string, herstel: boolean, slotMinuten: number, zin: string}} stand
 * @param {{terug: () => void, verzending: () => void, reddingskopie: () => void, zetSlot: (minuten: number) => void, afmelden: () => void, wijzig: (oud: string, nieuw: string) => Promise<void>}} acties
 */
export function toonToestel(plek, stand, acties) {
  const oud = h("input", { type: "password", class: "invoer", id: "wz-oud", autocomplete: "current-password" });
  const nieuw = h("input", { type: "password", class: "invoer", id: "wz-nieuw", autocomplete: "new-password" });
  const uitslag = h("p", { role: "status" });
  vul(plek,
    h("div", { class: "bezoekkop" }, knop([icoon("links"), "Stops"], acties.terug, { class: "knop knop-klein" }), h("h1", { tabindex: "-1" }, "Dit toestel")),
    h("p", null, stand.zin), h("p", null, stand.opslag.zin),
    h("p", null, stand.herstel ? "Uw gemeente kan dit werk openen als u uw wachtzin vergeet." : "Let op: uw gemeente kan dit werk nog niet openen als u uw wachtzin vergeet. Ontgrendel een keer met verbinding om dat te regelen."),
    h("fieldset", { class: "vraag" }, h("legend", null, "Kleuren"), h("div", { class: "chips" }, ...THEMAS.map((thema) =>
      h("label", { class: "chip" }, h("input", { type: "radio", name: "thema", value: thema, checked: huidigThema() === thema, onchange: () => zetThema(thema) }), h("span", null, THEMANAMEN[thema]))))),
    h("fieldset", { class: "vraag" }, h("legend", null, "Grootte van de letters"), h("div", { class: "chips" }, ...LETTERS.map((letter) =>
      h("label", { class: "chip" }, h("input", { type: "radio", name: "letter", value: letter, checked: huidigeLetter() === letter, onchange: () => zetLetter(letter) }), h("span", null, LETTERNAMEN[letter]))))),
    h("fieldset", { class: "vraag" }, h("legend", null, "Vergrendelen na"), h("div", { class: "chips" }, ...[2, 5, 10, 20].map((minuten) =>
      h("label", { class: "chip" }, h("input", { type: "radio", name: "slot", value: String(minuten), checked: stand.slotMinuten === minuten, onchange: () => acties.zetSlot(minuten) }), h("span", null, `${minuten} minuten`))))),
    h("section", null, h("h2", null, "Verzending"), h("p", null, stand.verzending), knop("Verzending bekijken", acties.verzending)),
    h("section", null, h("h2", null, "Wachtzin wijzigen"),
      h("form", { onsubmit: async (/** @type {Event} */ gebeurtenis) => {
        gebeurtenis.preventDefault();
        const tegen = bezwaar(nieuw.value);
        if (tegen) return void (uitslag.textContent = tegen);
        try {
          await acties.wijzig(oud.value, nieuw.value);
          oud.value = nieuw.value = "";
          uitslag.textContent = "Uw wachtzin is gewijzigd.";
        } catch (fout) {
          uitslag.textContent = inWoorden(fout);
        }
      } }, h("label", { for: "wz-oud", class: "veldlabel" }, "Huidige wachtzin"), oud, h("label", { for: "wz-nieuw", class: "veldlabel" }, "Nieuwe wachtzin (minimaal 14 tekens)"), nieuw, uitslag, h("button", { type: "submit", class: "knop" }, "Wijzigen"))),
    h("section", null, h("h2", null, "Reddingskopie"), h("p", null, "Een versleuteld bestand met alles van dit toestel, voor als het niet meer lukt om te verzenden. Geef het aan uw beheerder."), knop("Reddingskopie maken", acties.reddingskopie)),
    h("section", null, h("h2", null, "Afmelden"), h("p", null, "Afmelden vergrendelt dit toestel. Werk dat nog niet verzonden is, blijft versleuteld staan."), knop("Afmelden en vergrendelen", acties.afmelden)));
}
