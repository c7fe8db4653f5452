// @ts-check
// The list of stops: the next one large, the others as rows, and how far sending is in one sentence.

import { meervoud } from "../dienst/stand.js";
import { berichtenVak } from "./berichten.js";
import { bestandsmaat, houdOpen } from "./houd.js";
import { dagEnTijd, h, knop, vul } from "./dom.js";
import { icoon } from "./iconen.js";
import { naamVan, stopkaart } from "./stopkaart.js";

const KLAAR = new Set(["afgerond", "niemand_thuis", "geweigerd"]);

/**
 * @typedef {any} StopInLijst a stop of the pack plus `toestand`, `verzending` {stand, zin}
 * @param {Element} plek
 * @param {{stops: StopInLijst[], behouden: StopInLijst[], pak: any, verlopen: boolean, opslag: {zin: string}, gekozen: string|null, ophalen: Node|null}} stand `ophalen`: how far fetching is
 * @param {{haal: () => void, gezien: () => void, open: (stop: any, hash: string) => void, zet: (stop: any, toestand: string) => void, kies: (id: string) => void, controle: (stop: any, hash: string) => void, hoeVer: () => void, zorgkaart: () => void, signaal: () => void, uitkomsten: () => void,
 *   kaart: (stop: any) => void, briefing: (stop: any) => void, fotos: (stop: any, plek: Element) => Promise<void>, redenvak: (stop: any) => Node, watStaatHier: (plek: Element) => Promise<void>}} acties
 */
export function toonStops(plek, stand, acties) {
  const { stops, pak } = stand;
  const dienstKnop = knop(pak ? "Dienst vernieuwen" : "Dienst ophalen", acties.haal, { class: pak ? "knop" : "knop knop-hoofd" });
  if (!pak || stand.verlopen) {
    vul(plek, h("h1", { tabindex: "-1" }, "Mijn dienst"),
      h("p", null, pak ? `De opgehaalde dienst is verlopen (${dagEnTijd(pak.vervalt_op)}). Haal hem opnieuw op om de adressen te zien.` : "Haal uw dienst op zolang u verbinding hebt. Daarna werkt alles ook zonder netwerk."),
      h("p", { class: "rij" }, dienstKnop, naarVerzending()), stand.ophalen, signaalKnop(acties), behoudenLijst(stand, acties), h("p", { class: "klein" }, stand.opslag.zin));
    return;
  }
  const volgende = stops.find((stop) => stop.id === stand.gekozen) ?? stops.find((stop) => !KLAAR.has(stop.toestand)) ?? stops[0];
  const klaar = stops.filter((stop) => KLAAR.has(stop.toestand)).length;
  houdOpen(plek, () => vul(plek,
    h("h1", { tabindex: "-1" }, volgende?.actie.naam ?? "Mijn dienst"),
    h("p", { class: "klein" }, `${volgende?.actie.ploeg ? `Ploeg ${ploegnaam(volgende.actie.ploeg)}. ` : ""}${klaar} van ${meervoud(stops.length, "stop", "stops")} gedaan. Dienst geldig tot ${dagEnTijd(pak.vervalt_op)}${pak.omvang ? ` (${bestandsmaat(pak.omvang)})` : ""}.`),
    stand.ophalen,
    ...berichtenVak(pak, acties),
    volgende ? stopkaart(volgende, pak.gebruiker, acties) : h("p", null, "In deze dienst staan geen stops."),
    h("p", { class: "naastkaart" }, knop([icoon("hulp"), "Rechten en hulp"], acties.zorgkaart, { class: "knop knop-breed" })),
    heeftBriefing(pak, volgende) && h("p", null, knop("Briefing van uw ploeg", () => acties.briefing(volgende), { class: "knop knop-breed" })),
    signaalKnop(acties),
    ...stoplijsten(stops, volgende, acties),
    behoudenLijst(stand, acties),
    h("p", { class: "rij" }, dienstKnop, naarVerzending()), watStaatHier(acties), h("p", { class: "klein" }, stand.opslag.zin)));
}

/** @param {any} pak @param {StopInLijst|undefined} stop */
const heeftBriefing = (pak, stop) => !!stop && (pak.acties ?? []).some((/** @type {any} */ actie) => actie.id === stop.actie.id && actie.briefing);

/** How far sending is, per stop and photo. */
const naarVerzending = () => h("a", { class: "knop", href: "#verzending" }, "Verzending");

/** What the pack consists of, made when it is unfolded. @param {any} acties */
function watStaatHier(acties) {
  const plek = h("div", { class: "delenlijst" });
  return h("details", { "data-houd": "delen", ontoggle: (/** @type {Event} */ gebeurtenis) => {
    if (/** @type {HTMLDetailsElement} */ (gebeurtenis.target).open) void acties.watStaatHier(plek);
  } }, h("summary", null, "Wat er van de dienst op dit toestel staat"), plek);
}

/**
 * The stops as rows, per action: numbers start again in each.
 * @param {StopInLijst[]} stops @param {StopInLijst|undefined} volgende @param {any} acties @returns {Element[]}
 */
function stoplijsten(stops, volgende, acties) {
  /** @type {Map<string, StopInLijst[]>} */
  const perActie = new Map();
  for (const stop of stops) perActie.set(stop.actie.id, [...(perActie.get(stop.actie.id) ?? []), stop]);
  return [...perActie.values()].flatMap((lijst) => [
    h("h2", null, perActie.size > 1 ? `Alle stops van ${lijst[0].actie.naam}` : "Alle stops"),
    h("ol", { class: "stoplijst" }, ...lijst.map((/** @type {StopInLijst} */ stop) =>
      h("li", null, h("button", { type: "button", class: "stopregel", "aria-pressed": String(stop === volgende), onclick: () => acties.kies(stop.id) },
        h("span", { class: "stopnummer" }, String(stop.volgorde)),
        h("span", { class: "stoptekst" }, h("strong", null, stop.adres), h("span", { class: "klein" }, `${naamVan(stop.toestand)} · ${stop.verzending.zin}`)))))),
  ]);
}

/** @param {any} acties */
const signaalKnop = (acties) => h("p", { class: "rij" }, knop("Signaal melden", acties.signaal, { class: "knop knop-breed" }), knop("Wat werd ervan", acties.uitkomsten, { class: "knop knop-breed" }));

/** @param {any} ploeg */
const ploegnaam = (ploeg) => (typeof ploeg === "string" ? ploeg.replace(/^ploeg /iu, "") : (ploeg?.naam ?? ""));

/** @param {any} stand @param {any} acties */
function behoudenLijst(stand, acties) {
  if (!stand.behouden.length) return null;
  return h("section", null, h("h2", null, "Nog te verzenden van eerder"),
    h("ul", { class: "stoplijst" }, ...stand.behouden.map((/** @type {any} */ stop) =>
      h("li", { class: "stopregel" }, h("span", { class: "stoptekst" }, h("strong", null, stop.adres), h("span", { class: "klein" }, stop.verzending.zin)),
        stop.checklists?.[0] && knop("Openen", () => acties.open(stop, stop.checklists[0]))))));
}
