// @ts-check
// What became of the findings of one's own visits. Asked when there is contact; the last answer is kept, encrypted.

import { dagEnTijd, h, knop, vul } from "../scherm/dom.js";
import { icoon } from "../scherm/iconen.js";
import { bewaar, leesBewaard } from "./bewaard.js";

/** Why there is nothing new. @type {Record<string, string>} */
const WAAROM = {
  netwerk: "Er is geen verbinding.", aanmelden: "Meld u opnieuw aan om dit te zien.", andere_gebruiker: "Er is iemand anders aangemeld. Meld u zelf aan om dit te zien.",
};

/** @param {any} inhoud */
const isGeldig = (inhoud) => !!inhoud && typeof inhoud.gemaakt_op === "string" && Array.isArray(inhoud.bezoeken) && inhoud.bezoeken.every((/** @type {any} */ b) => typeof b?.adres === "string" && Array.isArray(b.uitkomsten));

/** @param {string} datum `2026-11-21` */
const dag = (datum) => new Date(`${datum}T12:00:00`).toLocaleDateString("nl-NL", { day: "numeric", month: "long", year: "numeric" });

/** @param {any} een */
const uitkomst = (een) => h("li", { class: "uitkomst", "data-stand": een.stand },
  h("strong", { class: "blok" }, een.naam), een.grondslag && h("span", { class: "klein blok" }, een.grondslag),
  h("span", { class: "uitkomststand" }, een.standnaam), h("span", { class: "blok" }, [een.zin, een.besluit].filter(Boolean).join(" ")));

/** @param {any} bezoek */
const kaart = (bezoek) => h("section", { class: "stopkaart uitkomstkaart" }, h("h2", null, bezoek.plaats ? `${bezoek.adres}, ${bezoek.plaats}` : bezoek.adres), h("p", { class: "klein" }, dag(bezoek.datum)),
  bezoek.uitkomsten.length ? h("ul", { class: "uitkomsten" }, ...bezoek.uitkomsten.map(uitkomst)) : h("p", null, "Uit dit bezoek kwam geen bevinding die u hier kunt volgen."));

/** @param {import("../app.js").App} app */
export async function toon(app) {
  const kluis = /** @type {import("../opslag/kluis.js").Kluis} */ (app.kluis);
  let hier = true;
  const stand = h("p", { class: "klein", role: "status" }, "Ophalen…");
  const lijst = h("div");
  const vak = h("div", null,
    h("div", { class: "bezoekkop" }, knop([icoon("links"), "Stops"], () => app.ga("stops"), { class: "knop knop-klein" }), h("h1", { tabindex: "-1" }, "Wat werd ervan")),
    h("p", null, "Uw eigen bezoeken, met wat de gemeente met de bevindingen deed. Signalen van mensenhandel, Bibob en gegevens van andere mensen staan hier niet."), stand, lijst);
  app.hoofd.replaceChildren(vak);
  window.scrollTo(0, 0);
  vak.querySelector("h1")?.focus();
  const teken = (/** @type {any} */ inhoud) => vul(lijst, ...(inhoud.bezoeken.length ? inhoud.bezoeken.map(kaart) : [h("p", null, `U deed in de laatste ${inhoud.maanden} maanden geen bezoek.`)]));

  const haal = async () => {
    const bewaard = await leesBewaard(kluis, "uitkomsten");
    if (bewaard) teken(bewaard);
    // Never what somebody else may know, who is logged in on this tablet.
    const wie = await app.api.wieBenIk();
    const antwoord = wie.uitkomst !== "gelukt" ? wie : wie.gebruiker?.id === kluis.gebruiker?.id ? await app.api.vraag("/api/uitkomsten") : { uitkomst: "andere_gebruiker", inhoud: null };
    if (!hier || !kluis.isOpen) return;
    if (antwoord.uitkomst === "gelukt" && isGeldig(antwoord.inhoud)) {
      teken(antwoord.inhoud);
      stand.textContent = "Zojuist opgehaald.";
      await bewaar(kluis, "uitkomsten", antwoord.inhoud);
    } else {
      const waarom = WAAROM[antwoord.uitkomst] ?? antwoord.inhoud?.detail ?? "De server gaf geen antwoord.";
      stand.textContent = bewaard ? `${waarom} Dit is van ${dagEnTijd(bewaard.gemaakt_op)}.` : `${waarom} Dit scherm werkt alleen met verbinding.`;
    }
  };
  void haal().catch((fout) => {
    if (hier && kluis.isOpen) throw fout;
  });
  return () => { hier = false; };
}
