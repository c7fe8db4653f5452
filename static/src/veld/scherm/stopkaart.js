// @ts-check
// One stop as it is at the door: where, what to look out for, who you are, on which ground, what was found before, and how it stands now.

import { weg } from "../dienst/richting.js";
import { h, knop } from "./dom.js";
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
/** Where nobody got in: a person may say why, and nothing waits for it. */
const MET_REDEN = new Set(["niemand_thuis", "geweigerd"]);

/** @param {string} toestand */
export const naamVan = (toestand) => /** @type {any} */ (TOESTANDNAMEN)[toestand] ?? toestand;

/** @param {any} stop @param {any} gebruiker of the pack @param {any} acties */
export function stopkaart(stop, gebruiker, acties) {
  const toegang = stop.toegang ?? {};
  const checklists = stop.checklists ?? [];
  const stappen = /** @type {any} */ (STAPPEN)[stop.toestand] ?? STAPPEN.gepland;
  return h("article", { class: "stopkaart", "data-stop": stop.id, "data-verzending": stop.verzending.stand === "leeg" ? null : stop.verzending.stand, "aria-label": `Stop ${stop.volgorde}: ${stop.adres}` },
    h("p", { class: "stopkop" }, h("span", { class: "stopnummer" }, String(stop.volgorde)), h("span", null, `${stop.type_naam ?? stop.type ?? ""}${stop.gepland ? ` · gepland om ${stop.gepland}` : ""}${stop.venster ? ` · ${vensterTekst(stop.venster)}` : ""}`)),
    h("h2", { class: "adres" }, stop.adres), stop.plaats && h("p", null, stop.plaats), erheen(stop, acties),
    stop.veiligheid && h("div", { class: "vak vak-veiligheid" }, h("strong", null, "Veiligheid"), h("p", null, ...zinnen(stop.veiligheid))),
    h("dl", { class: "feiten" },
      toegang.wie_eerst && h("div", null, h("dt", null, "Wie eerst naar binnen"), h("dd", null, toegang.wie_eerst)),
      gebruiker?.naam && h("div", { class: "legitimatie" }, h("dt", null, "Laat uw legitimatie zien"), h("dd", null, h("strong", null, wieBentU(gebruiker)))),
      toegang.grond && h("div", null, h("dt", null, "Grond voor toegang"), h("dd", null, h("strong", null, toegang.grond), toegang.uitleg && h("span", { class: "klein blok" }, toegang.uitleg))),
      toegang.machtiging && machtiging(toegang.machtiging)),
    eerder(stop, acties),
    stop.toestandFout && h("p", { class: "foutmelding" }, stop.toestandFout),
    ...checklists.map((/** @type {string} */ hash) =>
      knop(`${stop.verzending.stand === "leeg" ? "Checklist beginnen" : "Verder met checklist"}: ${stop.checklistnamen?.[hash] ?? ""}`, () => acties.open(stop, hash), { class: "knop knop-hoofd knop-groot", "data-checklist": hash })),
    h("p", { class: "klein" }, h("strong", null, naamVan(stop.toestand)), ` · ${stop.verzending.zin}`),
    stop.verzending.stand === "apart" && h("p", null, h("a", { class: "knop", href: "#verzending" }, "Wat is er apart gezet?")),
    h("div", { class: "rij", role: "group", "aria-label": "Stand van deze stop" }, ...stappen.map((/** @type {string} */ stap) =>
      stap === "afgerond" && checklists.length
        ? knop("Controleren en afronden", () => acties.controle(stop, checklists[0]))
        : knop(TERUG[`${stop.toestand}>${stap}`] ?? naamVan(stap), () => acties.zet(stop, stap), { "data-toestand": stap }))),
    MET_REDEN.has(stop.toestand) && acties.redenvak(stop));
}

/** As a person says it at the door. @param {any} g `gebruiker` of the pack */
export function wieBentU(g) {
  const gemeente = g.gemeente ? `gemeente ${g.gemeente}` : "";
  if (g.organisatie) return `${g.naam}, ${g.organisatie}${gemeente && `, mee met ${gemeente}`}`;
  return `${g.naam}, ${(g.rol_naam ?? g.rol ?? "").toLowerCase()}${gemeente && ` van ${gemeente}`}`;
}

/** The way to the door; `wijsWeg` fills in how far and which way. @param {any} stop @param {any} acties */
function erheen(stop, acties) {
  if (!Number.isFinite(stop.lat) || !Number.isFinite(stop.lon)) return null;
  return h("div", { class: "rij erheen" },
    h("span", { class: "afstand", "data-afstand": stop.id, hidden: true }, icoon("pijl"), h("strong", null, "")),
    "geolocation" in navigator && knop("Hoe ver?", acties.hoeVer, { class: "knop knop-klein", "data-hoever": true }),
    knop([icoon("kaart"), "Kaart"], () => acties.kaart(stop), { class: "knop knop-klein" }),
    h("a", { class: "route", href: `geo:${stop.lat},${stop.lon}?q=${stop.lat},${stop.lon}` }, "Route"));
}

/** Says how far and which way, in the card that stands there. @param {Element} plek @param {any[]} stops @param {{lat: number, lon: number}|null} hier */
export function wijsWeg(plek, stops, hier) {
  const el = /** @type {HTMLElement|null} */ (plek.querySelector("[data-afstand]"));
  const pad = hier && el ? weg(hier, stops.find((stop) => stop.id === el.dataset.afstand)) : null;
  if (!el || !pad) return;
  el.hidden = false;
  /** @type {HTMLElement|null} */ (plek.querySelector("[data-hoever]"))?.setAttribute("hidden", "");
  const woorden = /** @type {HTMLElement} */ (el.querySelector("strong"));
  if (woorden.textContent !== pad.zin) woorden.textContent = pad.zin;
  // North is up: the tablet does not say which way it is held.
  const pijl = /** @type {SVGElement} */ (el.querySelector("svg"));
  pijl.toggleAttribute("hidden", pad.graden === null);
  pijl.querySelector("path")?.setAttribute("transform", `rotate(${Math.round(pad.graden ?? 0)} 12 12)`);
  el.title = pad.graden === null ? "" : "Boven is het noorden";
}

/** @param {any} stop @param {any} acties */
function eerder(stop, acties) {
  if (!stop.eerder?.length && !stop.eerdere_fotos) return null;
  const fotos = stop.eerdere_fotos ? h("div", { class: "eerdere" }) : null;
  return h("details", { "data-houd": `eerder-${stop.id}`, ontoggle: (/** @type {Event} */ gebeurtenis) => {
    if (fotos && !fotos.firstChild && /** @type {HTMLDetailsElement} */ (gebeurtenis.target).open) void acties.fotos(stop, fotos);
  } },
    h("summary", null, `Eerder hier (${stop.eerder?.length ?? 0})${fotos ? ", met foto's" : ""}`),
    stop.eerder?.length ? h("ul", null, ...stop.eerder.map((/** @type {any} */ e) => h("li", null, `${datum(e.datum)}: ${e.samenvatting}`))) : null, fotos);
}

/** @param {string} iso `2026-11-21` */
export const datum = (iso) => String(iso).split("-").reverse().join("-");

/** What the machtiging allows, to read out at the door. @param {any} m */
const machtiging = (m) => h("div", null, h("dt", null, `Machtiging ${m.nummer}`), h("dd", null, h("strong", null, `Van ${m.aan}`),
  h("span", { class: "klein blok" }, `Voor ${m.woningen.join(" en ")}. Tot en met ${datum(m.geldig_tot)}. Mag: ${m.mag.join("; ")}.`),
  h("span", { class: "klein blok" }, `Doel: ${m.doel}`)));

/** @param {any} veiligheid @returns {string[]} */
const zinnen = (veiligheid) => [Array.isArray(veiligheid) ? veiligheid.map((v) => (typeof v === "string" ? v : (v.tekst ?? ""))).join(" ") : typeof veiligheid === "string" ? veiligheid : (veiligheid.tekst ?? "")];

/** @param {any} venster */
const vensterTekst = (venster) => (Array.isArray(venster) ? venster.join(" tot ") : venster.begin ? `${venster.begin} tot ${venster.eind}` : String(venster));
