// @ts-check
// The first screen: set a passphrase, unlock, or say what is needed first.

import { UITLEG, bezwaar } from "../crypto/wachtzin.js";
import { inWoorden } from "../meldbaar.js";
import { EerstWachten } from "../opslag/kluis.js";
import { elementId, h, knop, vul } from "./dom.js";

/** @typedef {import("../binnenkomst.js").Kluiskaart} Kluiskaart */
/**
 * @typedef {{soort: "inrichten", naam: string, passkey: boolean|null, waarschuwingen: string[], ingetrokken: Kluiskaart[]}
 *   |{soort: "ontgrendelen", kluizen: Kluiskaart[], ingetrokken: Kluiskaart[], aangemeld: boolean}|{soort: "ingetrokken", kluizen: Kluiskaart[], aangemeld: boolean}
 *   |{soort: "aanmelden"}|{soort: "geen_verbinding", zin: string}} Toegangsstand
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
 * @param {{richtIn: (wachtzin: string, metPasskey: boolean) => Promise<void>, ontgrendel: (kluisId: string, wachtzin: string) => Promise<void>, metPasskey: (kluisId: string) => Promise<void>, opnieuw: () => void, reddingskopie: (kluisId: string) => void}} acties
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
  /** Work that only the gemeente can still open. @param {Kluiskaart[]} dicht @param {string} uitleg */
  const reddingen = (dicht, uitleg) => dicht.length > 0 && h("section", { class: "klein" }, h("p", null, uitleg),
    ...dicht.map((kluis) => knop(dicht.length > 1 ? `Reddingskopie van ${kluis.naam} maken` : "Reddingskopie maken", () => acties.reddingskopie(kluis.kluisId))));
  if (stand.soort === "ingetrokken") {
    vul(plek, h("div", { class: "toegang" }, kop("Dit toestel is ingetrokken"),
      h("p", null, "Het is als kwijt gemeld. Daarom opent geen wachtzin en geen passkey het werk op dit toestel nog. Er is niets gewist."),
      h("p", null, "Is het toestel terecht? Laat uw beheerder de melding intrekken en meld u daarna aan. U begint dan met een nieuwe wachtzin."),
      reddingen(stand.kluizen, "Werk dat nog niet verzonden was, staat hier versleuteld. Alleen uw gemeente kan het openen: maak een reddingskopie en geef het bestand aan uw beheerder."),
      h("p", null, stand.aangemeld ? knop("Opnieuw proberen", acties.opnieuw, { class: "knop knop-hoofd" }) : h("a", { class: "knop knop-hoofd", href: "/aanmelden?volgende=/veld" }, "Aanmelden"))));
    return;
  }
  if (stand.soort === "inrichten") {
    const metPasskey = h("input", { type: "checkbox", name: "met_passkey" });
    const een = wachtzinveld("Wachtzin", { autocomplete: "new-password", name: "wachtzin", "aria-describedby": fout.id });
    const twee = wachtzinveld("Wachtzin nog een keer", { autocomplete: "new-password", name: "wachtzin_herhaald" });
    const verzend = h("button", { type: "submit", class: "knop knop-hoofd" }, "Wachtzin instellen");
    const formulier = h("form", { novalidate: true, onsubmit: (/** @type {Event} */ gebeurtenis) => {
      gebeurtenis.preventDefault();
      const tegen = bezwaar(een.invoer.value, twee.invoer.value);
      fout.textContent = tegen ?? "";
      if (tegen) return een.invoer.focus();
      void voerUit(formulier, verzend, () => acties.richtIn(een.invoer.value, metPasskey.checked));
    } }, een.el, twee.el,
    stand.passkey === false ? h("p", { class: "klein" }, "Ontgrendelen met een passkey kan in deze browser niet. U ontgrendelt met uw wachtzin.")
      : h("label", { class: "vinkje" }, metPasskey, " Ook ontgrendelen met een passkey: vingerafdruk, gezicht of pincode van dit toestel"),
    fout, verzend);
    vul(plek, h("div", { class: "toegang" }, kop("Kies een wachtzin"), h("p", null, `Welkom, ${stand.naam}. ${UITLEG}`),
      ...stand.waarschuwingen.map((zin) => h("p", { class: "let-op" }, zin)),
      h("p", { class: "klein" }, "Vergeten? Dan kan alleen uw gemeente de gegevens op dit toestel nog openen."), formulier,
      reddingen(stand.ingetrokken, "Dit toestel was ingetrokken. Uw vorige werk staat er nog, versleuteld; alleen uw gemeente kan het openen.")));
    een.invoer.focus();
    return;
  }
  const { kluizen } = stand;
  const gekozen = () => kluizen.find((kluis) => kluis.kluisId === keuze.value) ?? kluizen[0];
  const keuze = h("select", { class: "invoer", id: elementId(), name: "kluis", onchange: () => toonPasskey() }, ...kluizen.map((kluis) => h("option", { value: kluis.kluisId }, kluis.naam)));
  const veld = wachtzinveld("Wachtzin", { autocomplete: "current-password", name: "wachtzin", "aria-describedby": fout.id });
  const verzend = h("button", { type: "submit", class: "knop" }, "Ontgrendelen");
  const passkey = knop("Ontgrendelen met passkey", () => void voerUit(formulier, /** @type {HTMLButtonElement} */ (passkey), () => acties.metPasskey(keuze.value)), { class: "knop knop-hoofd" });
  const toonPasskey = () => {
    const kan = gekozen().passkeys.length > 0;
    passkey.hidden = !kan;
    verzend.classList.toggle("knop-hoofd", !kan);
  };
  const formulier = h("form", { novalidate: true, onsubmit: (/** @type {Event} */ gebeurtenis) => {
    gebeurtenis.preventDefault();
    void voerUit(formulier, verzend, async () => {
      await acties.ontgrendel(keuze.value, veld.invoer.value);
      veld.invoer.value = "";
    });
  } },
  kluizen.length > 1 && h("div", { class: "veldgroep" }, h("label", { for: keuze.id, class: "veldlabel" }, "Wie bent u?"), keuze), h("p", null, passkey), veld.el, fout, verzend);
  toonPasskey();
  vul(plek, h("div", { class: "toegang" }, kop("Vergrendeld"), h("p", null, "Uw werk staat veilig en versleuteld op dit toestel."), formulier,
    h("details", { class: "klein" }, h("summary", null, "Wachtzin vergeten?"),
      h("p", null, "Maak een reddingskopie: een versleuteld bestand met alles van dit toestel. Alleen uw gemeente kan het openen. Geef het aan uw beheerder."),
      knop("Reddingskopie maken", () => acties.reddingskopie(keuze.value))),
    reddingen(stand.ingetrokken, "Op dit toestel staat ook werk dat is ingetrokken. Alleen uw gemeente kan het openen."),
    !stand.aangemeld && h("p", { class: "klein" }, "Nog geen werk op dit toestel? ", h("a", { href: "/aanmelden?volgende=/veld" }, "Meld u aan"), ".")));
  (passkey.hidden ? veld.invoer : passkey).focus();
}
