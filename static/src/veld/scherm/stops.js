// @ts-check
// The list of stops: the next one large, the others as rows, and how far sending is in one sentence.

import { meervoud } from "../dienst/stand.js";
import { berichtenVak } from "./berichten.js";
import { dagEnTijd, h, knop, vul } from "./dom.js";
import { icoon } from "./iconen.js";

/** What can be tapped at the door, by present state. Order of likelihood. */
const STAPPEN = {
  gepland: ["onderweg", "binnen", "niemand_thuis", "geweigerd"],
  onderweg: ["binnen", "niemand_thuis", "geweigerd", "gepland"],
  binnen: ["afgerond", "onderweg"],
  niemand_thuis: ["onderweg", "binnen"],
  geweigerd: ["onderweg", "binnen"],
  afgerond: [],
};
/** Taking back a slip of the finger. @type {Record<string, string>} */
const TERUG = { "onderweg>gepland": "Toch niet onderweg", "binnen>onderweg": "Toch niet binnen", "niemand_thuis>binnen": "Toch binnen", "geweigerd>binnen": "Toch binnen" };
const TOESTANDNAMEN = {
  gepland: "Gepland", onderweg: "Onderweg", binnen: "Binnen", niemand_thuis: "Niemand thuis", geweigerd: "Toegang geweigerd", afgerond: "Afgerond",
};
const KLAAR = new Set(["afgerond", "niemand_thuis", "geweigerd"]);

/** @param {string} toestand */
const naamVan = (toestand) => /** @type {any} */ (TOESTANDNAMEN)[toestand] ?? toestand;

/** @param {number|null} meter */
function afstand(meter) {
  if (meter === null) return null;
  return meter < 950 ? `${Math.max(50, Math.round(meter / 50) * 50)} m` : `${(meter / 1000).toLocaleString("nl-NL", { maximumFractionDigits: 1 })} km`;
}

/** @param {{lat: number, lon: number}} a @param {{lat: number, lon: number}} b @returns {number} metres, flat-earth, good within a town */
function meters(a, b) {
  const rad = Math.PI / 180;
  const x = (b.lon - a.lon) * rad * Math.cos(((a.lat + b.lat) / 2) * rad);
  return Math.hypot(x, (b.lat - a.lat) * rad) * 6_371_000;
}

/**
 * @typedef {any} StopInLijst a stop of the pack plus `toestand`, `verzending` {stand, zin}
 * @param {Element} plek
 * @param {{stops: StopInLijst[], behouden: StopInLijst[], pak: any, verlopen: boolean, hier: {lat: number, lon: number}|null, opslag: {zin: string}, gekozen: string|null}} stand
 * @param {{haal: () => void, gezien: () => void, open: (stop: any, hash: string) => void, zet: (stop: any, toestand: string) => void, kies: (id: string) => void, controle: (stop: any, hash: string) => void, hoeVer: () => void, zorgkaart: () => void, signaal: () => void}} acties
 */
export function toonStops(plek, stand, acties) {
  const { stops, pak } = stand;
  const dienstKnop = knop(pak ? "Dienst vernieuwen" : "Dienst ophalen", acties.haal, { class: pak ? "knop" : "knop knop-hoofd" });
  if (!pak || stand.verlopen) {
    vul(plek, h("h1", { tabindex: "-1" }, "Mijn dienst"),
      h("p", null, pak ? `De opgehaalde dienst is verlopen (${dagEnTijd(pak.vervalt_op)}). Haal hem opnieuw op om de adressen te zien.` : "Haal uw dienst op zolang u verbinding hebt. Daarna werkt alles ook zonder netwerk."),
      h("p", null, dienstKnop), signaalKnop(acties), behoudenLijst(stand, acties), h("p", { class: "klein" }, stand.opslag.zin));
    return;
  }
  const volgende = stops.find((stop) => stop.id === stand.gekozen) ?? stops.find((stop) => !KLAAR.has(stop.toestand)) ?? stops[0];
  const klaar = stops.filter((stop) => KLAAR.has(stop.toestand)).length;
  vul(plek,
    h("h1", { tabindex: "-1" }, volgende?.actie.naam ?? "Mijn dienst"),
    h("p", { class: "klein" }, `${volgende?.actie.ploeg ? `Ploeg ${ploegnaam(volgende.actie.ploeg)}. ` : ""}${klaar} van ${meervoud(stops.length, "stop", "stops")} gedaan. Dienst geldig tot ${dagEnTijd(pak.vervalt_op)}.`),
    ...berichtenVak(pak, acties),
    volgende ? kaart(volgende, stand.hier, acties) : h("p", null, "In deze dienst staan geen stops."),
    h("p", { class: "naastkaart" }, knop([icoon("hulp"), "Rechten en hulp"], acties.zorgkaart, { class: "knop knop-breed" })),
    signaalKnop(acties),
    ...stoplijsten(stops, volgende, acties),
    behoudenLijst(stand, acties),
    h("p", { class: "rij" }, dienstKnop), h("p", { class: "klein" }, stand.opslag.zin));
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
const signaalKnop = (acties) => h("p", null, knop("Signaal melden", acties.signaal, { class: "knop knop-breed" }));

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

/** @param {any} stop @param {any} hier @param {any} acties */
function kaart(stop, hier, acties) {
  const weg = hier && Number.isFinite(stop.lat) ? afstand(meters(hier, stop)) : null;
  const toegang = stop.toegang ?? {};
  const checklists = stop.checklists ?? [];
  const stappen = /** @type {any} */ (STAPPEN)[stop.toestand] ?? STAPPEN.gepland;
  return h("article", { class: "stopkaart", "data-stop": stop.id, "data-verzending": stop.verzending.stand === "leeg" ? null : stop.verzending.stand, "aria-label": `Stop ${stop.volgorde}: ${stop.adres}` },
    h("p", { class: "stopkop" }, h("span", { class: "stopnummer" }, String(stop.volgorde)), h("span", null, `${stop.type_naam ?? stop.type ?? ""}${stop.gepland ? ` · gepland om ${stop.gepland}` : ""}${stop.venster ? ` · ${vensterTekst(stop.venster)}` : ""}`)),
    h("h2", { class: "adres" }, stop.adres), h("p", null, stop.plaats ?? "", weg && ` · ${weg} hiervandaan`,
      Number.isFinite(stop.lat) && !weg && "geolocation" in navigator && knop("Hoe ver?", acties.hoeVer, { class: "knop knop-klein route" }),
      Number.isFinite(stop.lat) && h("a", { class: "route", href: `geo:${stop.lat},${stop.lon}?q=${stop.lat},${stop.lon}` }, "Route")),
    stop.veiligheid && h("div", { class: "vak vak-veiligheid" }, h("strong", null, "Veiligheid"), h("p", null, ...zinnen(stop.veiligheid))),
    h("dl", { class: "feiten" },
      toegang.wie_eerst && h("div", null, h("dt", null, "Wie eerst naar binnen"), h("dd", null, toegang.wie_eerst)),
      toegang.grond && h("div", null, h("dt", null, "Grond voor toegang"), h("dd", null, h("strong", null, toegang.grond), toegang.uitleg && h("span", { class: "klein blok" }, toegang.uitleg))),
      toegang.machtiging && machtiging(toegang.machtiging)),
    stop.eerder?.length ? h("details", null, h("summary", null, `Eerder hier (${stop.eerder.length})`), h("ul", null, ...stop.eerder.map((/** @type {any} */ e) => h("li", null, `${e.datum}: ${e.samenvatting}`)))) : null,
    stop.toestandFout && h("p", { class: "foutmelding" }, stop.toestandFout),
    ...checklists.map((/** @type {string} */ hash) =>
      knop(`${stop.verzending.stand === "leeg" ? "Checklist beginnen" : "Verder met checklist"}: ${stop.checklistnamen?.[hash] ?? ""}`, () => acties.open(stop, hash), { class: "knop knop-hoofd knop-groot", "data-checklist": hash })),
    h("p", { class: "klein" }, h("strong", null, naamVan(stop.toestand)), ` · ${stop.verzending.zin}`),
    h("div", { class: "rij", role: "group", "aria-label": "Stand van deze stop" }, ...stappen.map((/** @type {string} */ stap) =>
      stap === "afgerond" && checklists.length
        ? knop("Controleren en afronden", () => acties.controle(stop, checklists[0]))
        : knop(TERUG[`${stop.toestand}>${stap}`] ?? naamVan(stap), () => acties.zet(stop, stap), { "data-toestand": stap }))));
}

/** What the machtiging allows, to read out at the door. @param {any} m */
const machtiging = (m) => h("div", null, h("dt", null, `Machtiging ${m.nummer}`), h("dd", null, h("strong", null, `Van ${m.aan}`),
  h("span", { class: "klein blok" }, `Voor ${m.woningen.join(" en ")}. Tot en met ${m.geldig_tot.split("-").reverse().join("-")}. Mag: ${m.mag.join("; ")}.`),
  h("span", { class: "klein blok" }, `Doel: ${m.doel}`)));

/** @param {any} veiligheid @returns {string[]} */
const zinnen = (veiligheid) => [Array.isArray(veiligheid) ? veiligheid.map((v) => (typeof v === "string" ? v : (v.tekst ?? ""))).join(" ") : typeof veiligheid === "string" ? veiligheid : (veiligheid.tekst ?? "")];

/** @param {any} venster */
const vensterTekst = (venster) => (Array.isArray(venster) ? venster.join(" tot ") : venster.begin ? `${venster.begin} tot ${venster.eind}` : String(venster));
