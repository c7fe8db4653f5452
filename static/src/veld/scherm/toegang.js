// @ts-check
// The first screen: set a passphrase, unlock, or say what is needed first.

import { UITLEG, bezwaar } from "../crypto/wachtzin.js";
import { inWoorden } from "../meldbaar.js";
import { EerstWachten } from "../opslag/kluis.js";
import { elementId, h, knop, vul } from "./dom.js";

/**
 * @typedef {{soort: "inrichten", naam: string}|{soort: "ontgrendelen", kluizen: {kluisId: string, naam: string}[], aangemeld: boolean}|{soort: "aanmelden"}|{soort: "geen_verbinding", zin: string}} Toegangsstand
 */

/** @param {string} label @param {Record<string, any>} extra */
function wachtzinveld(label, extra) {
  const id = elementId();
  const invoer = h("input", { id, type: "password", class: "invoer", autocapitalize: "none", spellcheck: "false", required: true, ...extra });
  const toon = h("input", { type: "checkbox", onchange: () => (invoer.type = toon.checked ? "text" : "password") });
  return {
    invoer,
    el: h("div", { class: "veldgroep" }, h("label", { for: id, class: "veldlabel" }, label), invoer, h("label", { class: "vinkje" }, toon, " Toon wat ik typ")),
  };
}

/**
 * @param {Element} plek
 * @param {Toegangsstand} stand
 * @param {{richtIn: (wachtzin: string) => Promise<void>, ontgrendel: (kluisId: string, wachtzin: string) => Promise<void>, opnieuw: () => void, reddingskopie: (kluisId: string) => void}} acties
 */
export function toonToegang(plek, stand, acties) {
  const fout = h("p", { class: "foutmelding", role: "alert", id: elementId() });
  const kop = (/** @type {string} */ tekst) => h("h1", { tabindex: "-1" }, tekst);

  /** @param {HTMLFormElement} formulier @param {HTMLButtonElement} verzend @param {() => Promise<void>} werk */
  const voerUit = async (formulier, verzend, werk) => {
    verzend.disabled = true;
    formulier.setAttribute("aria-busy", "true");
    fout.textContent = "";
    try {
      await werk();
    } catch (reden) {
      fout.textContent = inWoorden(reden);
      if (reden instanceof EerstWachten) await new Promise((klaar) => setTimeout(klaar, Math.min(reden.seconden, 5) * 1000));
    } finally {
      verzend.disabled = false;
      formulier.removeAttribute("aria-busy");
    }
  };

  if (stand.soort === "aanmelden") {
    vul(plek, h("div", { class: "toegang" }, kop("Veldwerk"), h("p", null, "Op dit toestel staat nog geen werk. Meld u eerst aan; daarna werkt de app ook zonder verbinding."),
      h("a", { class: "knop knop-hoofd", href: "/aanmelden?volgende=/veld" }, "Aanmelden")));
    return;
  }
  if (stand.soort === "geen_verbinding") {
    vul(plek, h("div", { class: "toegang" }, kop("Veldwerk"), h("p", null, stand.zin), knop("Opnieuw proberen", acties.opnieuw, { class: "knop knop-hoofd" })));
    return;
  }
  if (stand.soort === "inrichten") {
    const een = wachtzinveld("Wachtzin", { autocomplete: "new-password", name: "wachtzin", "aria-describedby": fout.id });
    const twee = wachtzinveld("Wachtzin nog een keer", { autocomplete: "new-password", name: "wachtzin_herhaald" });
    const verzend = h("button", { type: "submit", class: "knop knop-hoofd" }, "Wachtzin instellen");
    const formulier = h("form", { novalidate: true, onsubmit: (/** @type {Event} */ gebeurtenis) => {
      gebeurtenis.preventDefault();
      const tegen = bezwaar(een.invoer.value, twee.invoer.value);
      fout.textContent = tegen ?? "";
      if (tegen) return een.invoer.focus();
      void voerUit(formulier, verzend, () => acties.richtIn(een.invoer.value));
    } }, een.el, twee.el, fout, verzend);
    vul(plek, h("div", { class: "toegang" }, kop("Kies een wachtzin"), h("p", null, `Welkom, ${stand.naam}. ${UITLEG}`),
      h("p", { class: "klein" }, "Vergeten? Dan kan alleen uw gemeente de gegevens op dit toestel nog openen."), formulier));
    een.invoer.focus();
    return;
  }
  const { kluizen } = stand;
  const keuze = h("select", { class: "invoer", id: elementId(), name: "kluis" }, ...kluizen.map((kluis) => h("option", { value: kluis.kluisId }, kluis.naam)));
  const veld = wachtzinveld("Wachtzin", { autocomplete: "current-password", name: "wachtzin", "aria-describedby": fout.id });
  const verzend = h("button", { type: "submit", class: "knop knop-hoofd" }, "Ontgrendelen");
  const formulier = h("form", { novalidate: true, onsubmit: (/** @type {Event} */ gebeurtenis) => {
    gebeurtenis.preventDefault();
    void voerUit(formulier, verzend, async () => {
      await acties.ontgrendel(keuze.value, veld.invoer.value);
      veld.invoer.value = "";
    });
  } },
  kluizen.length > 1 && h("div", { class: "veldgroep" }, h("label", { for: keuze.id, class: "veldlabel" }, "Wie bent u?"), keuze), veld.el, fout, verzend);
  vul(plek, h("div", { class: "toegang" }, kop("Vergrendeld"), h("p", null, "Uw werk staat veilig en versleuteld op dit toestel."), formulier,
    h("details", { class: "klein" }, h("summary", null, "Wachtzin vergeten?"),
      h("p", null, "Maak een reddingskopie: een versleuteld bestand met alles van dit toestel. Alleen uw gemeente kan het openen. Geef het aan uw beheerder."),
      knop("Reddingskopie maken", () => acties.reddingskopie(keuze.value))),
    !stand.aangemeld && h("p", { class: "klein" }, "Nog geen werk op dit toestel? ", h("a", { href: "/aanmelden?volgende=/veld" }, "Meld u aan"), ".")));
  veld.invoer.focus();
}
