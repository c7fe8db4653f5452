// @ts-check
// Markers: what a location or a cluster looks like. Shape and word tell the status, colour only repeats it.
import * as L from "leaflet";

/** @typedef {import("./kaartje.js").Locatie} Locatie */
/** @typedef {"status"|"type"|"prioriteit"|"bezoek"} Thema */
/** @typedef {{klasse: string, teken: string, naam: string}} Blik */

/** Sign per status; the legend in templates/locaties/kaart.html shows the same. */
export const TEKENS = { in_beeld: "○", actief: "▲", in_onderzoek: "◐", gesloten: "●", uit_beeld: "×" };
const PRIORITEITEN = { hoog: ["H", "Prioriteit hoog"], middel: ["M", "Prioriteit middel"], laag: ["L", "Prioriteit laag"] };
const BEZOEKEN = { nooit: ["?", "Nog nooit bezocht"], te_laat: ["!", "Bezoektermijn voorbij"], op_tijd: ["✓", "Op tijd bezocht"] };
// As many colours as can be told apart; the letters tell the rest.
const TYPEKLEUREN = 6;

/** Two letters that stand for a type. @param {string} naam */
export function letters(naam) {
  const woorden = naam.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  return (woorden.length > 1 ? woorden[0][0] + woorden[1][0] : (woorden[0] ?? "?").slice(0, 2)).toUpperCase();
}

/** What a location looks like under a theme. @param {Thema} thema @param {Locatie} p @returns {Blik} */
export function blik(thema, p) {
  if (thema === "type") {
    const kleur = [...p.type].reduce((som, teken) => som + (teken.codePointAt(0) ?? 0), 0) % TYPEKLEUREN;
    return { klasse: `merk--type${kleur}`, teken: letters(p.type_naam), naam: p.type_naam };
  }
  if (thema === "prioriteit") {
    const [teken, naam] = PRIORITEITEN[/** @type {keyof typeof PRIORITEITEN} */ (p.prioriteit ?? "")] ?? ["–", "Nog geen prioriteit"];
    return { klasse: `merk--prioriteit-${p.prioriteit ?? "geen"}`, teken, naam };
  }
  if (thema === "bezoek") {
    const [teken, naam] = BEZOEKEN[/** @type {keyof typeof BEZOEKEN} */ (p.bezoekstand)] ?? ["?", ""];
    return { klasse: `merk--bezoek-${p.bezoekstand}`, teken, naam };
  }
  return { klasse: `merk--${p.status}`, teken: TEKENS[/** @type {keyof typeof TEKENS} */ (p.status)] ?? "○", naam: p.status_naam };
}

/** @param {string} teken @param {string} klasse */
function alsIcoon(teken, klasse) {
  const el = document.createElement("span");
  el.textContent = teken;
  el.setAttribute("aria-hidden", "true");
  return L.divIcon({ className: `merk ${klasse}`, html: el, iconSize: [32, 32], iconAnchor: [16, 16] });
}

/** @param {string} status */
export function icoon(status) {
  return alsIcoon(TEKENS[/** @type {keyof typeof TEKENS} */ (status)] ?? "○", `merk--${status}`);
}

/** @param {Thema} thema @param {Locatie} p */
export function icoonVan(thema, p) {
  const { teken, klasse } = blik(thema, p);
  return alsIcoon(teken, klasse);
}

/** @param {number} aantal */
export function trosIcoon(aantal) {
  const el = document.createElement("span");
  el.textContent = aantal > 999 ? `${Math.floor(aantal / 1000)}k` : String(aantal);
  el.setAttribute("aria-hidden", "true");
  const maat = aantal < 10 ? 36 : aantal < 100 ? 42 : 50;
  return L.divIcon({ className: "tros", html: el, iconSize: [maat, maat] });
}

/**
 * Make a marker a button with a name, also from the keyboard. `doe` gets true when it was the keyboard.
 * @param {L.Marker} merk @param {string} naam @param {(metToets: boolean) => void} doe
 */
export function alsKnop(merk, naam, doe) {
  merk.on("add", () => {
    const el = merk.getElement();
    if (!el) return;
    el.setAttribute("role", "button");
    el.setAttribute("aria-label", naam);
    el.setAttribute("title", naam);
    el.onkeydown = (gebeurtenis) => {
      if (gebeurtenis.key !== "Enter" && gebeurtenis.key !== " ") return;
      gebeurtenis.preventDefault();
      gebeurtenis.stopPropagation();
      doe(true);
    };
  });
  merk.on("click", () => doe(false));
}
