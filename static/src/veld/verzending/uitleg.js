// @ts-check
// Why something was set apart, and what a person can do about it. Pure.

/**
 * naar: jump to the question and answer it again; opnieuw: send the same again; the server has it (or not) as `server` says.
 * @typedef {{waarom: string, doe: string, acties: ("naar"|"opnieuw")[], server: boolean}} Uitleg
 */

const BESLIST = "Uw antwoord staat op de server. De coördinator beslist wat ermee gebeurt; u hoeft niets te doen.";
const OPNIEUW_INVULLEN = "Ga naar de vraag en vul het antwoord opnieuw in. Het nieuwe antwoord komt in plaats van dit.";

/** By the code of the receipt; the last three are this app's own. @type {Record<string, Uitleg>} */
const UITLEG = {
  vorm: { waarom: "Het antwoord heeft een vorm die niet past, bijvoorbeeld te lang.", doe: OPNIEUW_INVULLEN, acties: ["naar"], server: true },
  onbekend_bezoek: { waarom: "De server kent dit bezoek niet, of het is niet (meer) van uw ploeg.", doe: BESLIST, acties: [], server: true },
  geen_toegang: { waarom: "Dit bezoek is intussen van een andere ploeg.", doe: BESLIST, acties: [], server: true },
  gesloten_bezoek: { waarom: "Het bezoek was al gesloten toen uw antwoord aankwam.", doe: BESLIST, acties: [], server: true },
  onbekende_versie: { waarom: "Dit bezoek wordt met een andere versie van de checklist ingevuld.", doe: BESLIST, acties: [], server: true },
  onbekende_vraag: { waarom: "Deze vraag staat niet in de checklist van dit bezoek.", doe: BESLIST, acties: [], server: true },
  herhaling: { waarom: "De kamer of persoon waar dit antwoord bij hoort, past niet bij de vraag.", doe: OPNIEUW_INVULLEN, acties: ["naar"], server: true },
  andere_auteur: { waarom: "Het antwoord is door iemand anders gegeven dan wie het verzond.", doe: BESLIST, acties: [], server: true },
  andere_organisatie: { waarom: "Deze vraag vult een andere organisatie in.", doe: BESLIST, acties: [], server: true },
  toestel_ingetrokken: { waarom: "Dit toestel is ingetrokken.", doe: BESLIST, acties: [], server: true },
  andere_inhoud: { waarom: "Onder hetzelfde nummer had de server al een ander antwoord. Beide zijn bewaard.", doe: "Kijk bij de vraag of het goede antwoord er staat. Zo niet, vul het opnieuw in.", acties: ["naar"], server: true },
  niet_aangenomen: { waarom: "De server neemt dit antwoord niet aan en heeft het dus niet.", doe: "Probeer het opnieuw, of ga naar de vraag en vul het anders in. Lukt dat niet, bewaar het als bestand voor uw coördinator.", acties: ["opnieuw", "naar"], server: false },
  onleesbaar: { waarom: "Dit antwoord is op dit toestel beschadigd geraakt. Wat erin stond is niet meer te lezen, en de server had het nog niet.", doe: "Loop de checklist van deze stop na en vul in wat ontbreekt.", acties: [], server: false },
  foto: { waarom: "De server neemt deze foto niet aan en heeft hem dus niet.", doe: "Probeer het opnieuw, of bewaar de foto als bestand en maak bij de vraag een nieuwe.", acties: ["opnieuw", "naar"], server: false },
};

/** For a code of a newer server. @type {Uitleg} */
const ONBEKEND = { waarom: "De server heeft dit apart gezet.", doe: BESLIST, acties: ["naar"], server: true };

export const CODES = Object.keys(UITLEG);

/**
 * @param {{status: string, code?: string, reden?: string}} apart
 * @returns {Uitleg & {reden: string}} `reden`: the server's own words, empty where they add nothing
 */
export function legUit(apart) {
  const uitleg = UITLEG[apart.status === "onleesbaar" ? "onleesbaar" : (apart.code ?? "")] ?? ONBEKEND;
  return { ...uitleg, reden: apart.reden ?? "" };
}

/** @param {string} reden the server's words @returns {Uitleg & {reden: string}} */
export function legFotoUit(reden) {
  return { ...UITLEG.foto, reden };
}

/**
 * What the last attempt means and what the app does about it.
 * @param {{uitkomst: string, zin: string}|null} laatste @param {string} wanneer of the next attempt, empty when there is none
 * @returns {string}
 */
export function vervolgzin(laatste, wanneer) {
  if (!laatste) return "";
  const opnieuw = wanneer ? `De app probeert het ${wanneer} vanzelf opnieuw.` : "";
  if (laatste.uitkomst === "gelukt" || laatste.uitkomst === "niets" || laatste.uitkomst === "bezig") return "";
  if (laatste.uitkomst === "netwerk") return `Geen verbinding. Zodra er netwerk is, gaat het vanzelf verder${wanneer ? `; anders ${wanneer}` : ""}.`;
  return [laatste.zin, opnieuw].filter(Boolean).join(" ");
}

/** @param {number} bytes @returns {string} */
export function omvang(bytes) {
  if (bytes < 1_000_000) return `${Math.ceil(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0).replace(".", ",")} MB`;
}
