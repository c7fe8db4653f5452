// @ts-check
// Two answers side by side. A person chooses; both stay in the record.

import { vertaal } from "../bezoek/structuur.js";
import { dagEnTijd, h, knop } from "./dom.js";

/** @param {any} waarde @param {any} knoop @param {any} omgeving @returns {string} the answer in words */
export function inWoorden(waarde, knoop, omgeving) {
  if (waarde === null || waarde === undefined || waarde === "") return "(leeg)";
  const { definitie } = omgeving.bezoek;
  const keuzes = definitie.keuzelijsten?.[knoop?.keuzelijst] ?? [];
  const woord = (/** @type {any} */ een) => {
    const keuze = keuzes.find((/** @type {any} */ k) => k.naam === een);
    return keuze ? vertaal(keuze.label, omgeving.taal, definitie.standaardtaal) : typeof een === "number" ? String(een).replace(".", ",") : typeof een === "object" ? JSON.stringify(een) : String(een);
  };
  return Array.isArray(waarde) ? waarde.map(woord).join(", ") : woord(waarde);
}

/** Who said it, when and on which device. @param {any} op @param {any} omgeving */
function wieWanneer(op, { bezoek, gebruikerId }) {
  const wie = op.auteur_id === gebruikerId ? "u" : (bezoek.namen?.van(op.auteur_id) ?? "een collega");
  return `${wie}, ${dagEnTijd(op.toestel_tijd)}, ${op.toestel_id === bezoek.d.kluis.toestelId ? "op dit toestel" : "op een ander toestel"}`;
}

/**
 * @param {any} omgeving @param {any} knoop @param {string} sleutel @param {"waarde"|"noot"} baan
 * @param {() => void} [nieuw] what opens the question for an answer that is none of these
 * @returns {HTMLElement}
 */
export function toonConflict(omgeving, knoop, sleutel, baan, nieuw) {
  const { bezoek } = omgeving;
  const isHerhaling = knoop.soort === "herhaling";
  const verschil = isHerhaling && bezoek.vouw.conflicten().find((/** @type {any} */ een) => een.sleutel === sleutel && een.baan === baan);
  const { koppen, erin } = verschil || { koppen: bezoek.vouw.koppen(sleutel, baan), erin: [] };
  const neem = (/** @type {Set<string>} */ anders) => {
    omgeving.verwerk(anders);
    void bezoek.bewaarder.spoel().then(() => omgeving.verwerk(new Set([sleutel])));
  };
  const keuze = (/** @type {any} */ op) => {
    const waarde = op.soort === "clear" ? null : op.waarde;
    const tekst = isHerhaling ? (waarde === null ? "Weglaten" : erin.length ? "Terugzetten, met wat erin staat" : "Laten staan") : inWoorden(waarde, knoop, omgeving);
    return knop([h("strong", { class: "blok" }, tekst), h("span", { class: "klein blok" }, wieWanneer(op, omgeving))], () => neem(bezoek.beslis(sleutel, baan, waarde)), { class: "knop tegelknop conflictkeuze" });
  };
  const uitleg = isHerhaling ? (erin.length ? " De een haalde dit weg, terwijl een ander er nog iets in schreef." : " De een haalde dit weg, de ander niet.")
    : " Ze zijn los van elkaar ingevuld. Kies welke klopt; de andere blijft bewaard.";
  return h("div", { class: "vak conflict", role: "group", "aria-label": "Twee antwoorden, kies er een", "data-conflict": knoop.naam },
    h("p", null, h("strong", null, isHerhaling ? "Weg of niet?" : baan === "noot" ? "Twee notities." : "Twee antwoorden."), uitleg),
    erin.length > 0 && h("ul", null, ...erin.map((/** @type {any} */ op) => h("li", null, watStaatErin(op, omgeving)))),
    h("div", { class: "tegels" }, ...koppen.map(keuze)),
    baan === "noot" && knop("Beide bewaren in een notitie", () => neem(bezoek.beslis(sleutel, "noot", koppen.map((/** @type {any} */ op) => op.waarde).filter(Boolean).join("\n")))),
    baan === "waarde" && !isHerhaling && nieuw && knop("Geen van beide: nieuw antwoord", nieuw, { "data-nieuw-antwoord": knoop.naam }));
}

/** @param {any} op @param {any} omgeving */
function watStaatErin(op, omgeving) {
  const { bezoek, taal } = omgeving;
  const knoop = bezoek.structuur.knoop(op.vraag_id);
  const label = vertaal(knoop?.label, taal, bezoek.definitie.standaardtaal) || op.vraag_id;
  const wat = op.soort === "attach" ? "een foto" : op.soort === "note" ? op.waarde : knoop?.soort === "herhaling" ? "" : inWoorden(op.soort === "clear" ? null : op.waarde, knoop, omgeving);
  return `${wat ? `${label}: ${wat}` : label} (${wieWanneer(op, omgeving)})`;
}
