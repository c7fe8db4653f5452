// @ts-check
// Putting points on the map one by one, with the mouse, with a finger, or with the keyboard: arrows move the map,
// Enter puts a point in its middle.
import * as L from "leaflet";
import { afstand } from "./kaartje.js";

/** @typedef {"gebied"|"rechthoek"|"meten"} Soort */

const UITLEG = {
  gebied: "Zet de hoeken van het gebied: klik op de kaart, of verschuif de kaart met de pijltjes en druk op Enter voor een punt in het midden.",
  rechthoek: "Zet twee tegenover elkaar liggende hoeken: klik op de kaart, of verschuif met de pijltjes en druk op Enter.",
  meten: "Zet punten om te meten: klik op de kaart, of verschuif met de pijltjes en druk op Enter. Of kies twee locaties uit de lijst.",
};
const STRAAL_AARDE_M = 6_371_008.8;

/** Length of a line in metres. @param {L.LatLng[]} punten */
export function lengte(punten) {
  return punten.slice(1).reduce((som, punt, i) => som + punten[i].distanceTo(punt), 0);
}

/** Area of a ring in square metres, on a sphere. @param {{lat: number, lng: number}[]} punten */
export function oppervlakte(punten) {
  const rad = Math.PI / 180;
  let som = 0;
  for (let i = 0; i < punten.length; i += 1) {
    const a = punten[i];
    const b = punten[(i + 1) % punten.length];
    som += (b.lng - a.lng) * rad * (2 + Math.sin(a.lat * rad) + Math.sin(b.lat * rad));
  }
  return Math.abs((som * STRAAL_AARDE_M ** 2) / 2);
}

/** 12345 -> '1,2 hectare'. @param {number} m2 */
export function vlaktemaat(m2) {
  const getal = (/** @type {number} */ g) => g.toLocaleString("nl-NL", { maximumFractionDigits: 1 });
  return m2 < 10_000 ? `${getal(Math.round(m2))} m²` : `${getal(m2 / 10_000)} hectare`;
}

/**
 * @param {L.Map} kaart
 * @param {(hoeken: L.LatLng[]) => void} klaar called with the corners of a finished area
 */
export function tekenen(kaart, klaar) {
  const hulp = /** @type {HTMLElement|null} */ (document.querySelector("[data-tekenhulp]"));
  const stand = document.querySelector("[data-tekenstand]");
  const vak = kaart.getContainer();
  /** @type {Soort|null} */
  let soort = null;
  /** @type {L.LatLng[]} */
  let punten = [];
  const groep = L.layerGroup().addTo(kaart);
  /** Where the focus was before drawing began. @type {HTMLElement|null} */
  let knop = null;

  const zeg = (/** @type {string} */ tekst) => {
    if (stand) stand.textContent = tekst;
  };

  function teken() {
    groep.clearLayers();
    const stijl = { color: "#7a1f5c", weight: 3, interactive: false };
    const hoeken = soort === "rechthoek" && punten.length === 2 ? vierhoek(punten) : punten;
    if (soort !== "meten" && hoeken.length >= 3) groep.addLayer(L.polygon(hoeken, { ...stijl, fillOpacity: 0.1 }));
    else if (hoeken.length >= 2) groep.addLayer(L.polyline(hoeken, stijl));
    for (const punt of punten) groep.addLayer(L.circleMarker(punt, { radius: 6, color: "#fff", weight: 2, fillColor: "#7a1f5c", fillOpacity: 1, interactive: false }));
    vertel(hoeken);
  }

  /** @param {L.LatLng[]} hoeken */
  function vertel(hoeken) {
    if (!soort) return;
    if (punten.length === 0) return zeg(UITLEG[soort]);
    const delen = [punten.length === 1 ? "1 punt" : `${punten.length} punten`];
    if (punten.length > 1) delen.push(`lengte ${afstand(lengte(soort === "meten" ? punten : hoeken))}`);
    if (hoeken.length > 2) delen.push(`oppervlakte ${vlaktemaat(oppervlakte(hoeken))}`);
    zeg(`${delen.join(", ")}.${soort === "gebied" && punten.length < 3 ? " Nog minstens " + (3 - punten.length) + "." : ""}`);
  }

  /** @param {L.LatLng[]} twee */
  function vierhoek([a, b]) {
    return [a, L.latLng(a.lat, b.lng), b, L.latLng(b.lat, a.lng)];
  }

  /** @param {L.LatLng} punt */
  function zetPunt(punt) {
    if (!soort || punten.length >= 100) return;
    if (punten.length && punten[punten.length - 1].equals(punt)) return zeg("Dit punt staat er al. Verschuif de kaart eerst.");
    punten.push(punt);
    teken();
    if (soort === "rechthoek" && punten.length === 2) rondAf();
  }

  function rondAf() {
    if (!soort || soort === "meten") return stop();
    const hoeken = soort === "rechthoek" && punten.length === 2 ? vierhoek(punten) : punten;
    if (hoeken.length < 3) return zeg("Een gebied heeft minstens drie hoeken. Zet er nog een paar.");
    const uit = hoeken;
    stop();
    klaar(uit);
  }

  function stop() {
    soort = null;
    punten = [];
    groep.clearLayers();
    vak.classList.remove("folium-map--tekenen");
    if (hulp) hulp.hidden = true;
    kaart.doubleClickZoom.enable();
    knop?.setAttribute("aria-pressed", "false");
    if (hulp?.contains(document.activeElement) || document.activeElement === document.body) knop?.focus();
  }

  /** @param {Soort} nieuw @param {HTMLElement} met the button that was pressed */
  function begin(nieuw, met) {
    const zelfde = soort === nieuw;
    stop();
    if (zelfde) return;
    soort = nieuw;
    knop = met;
    met.setAttribute("aria-pressed", "true");
    vak.classList.add("folium-map--tekenen");
    kaart.closePopup();
    kaart.doubleClickZoom.disable();
    if (hulp) hulp.hidden = false;
    const meetform = hulp?.querySelector("[data-meetform]");
    if (meetform instanceof HTMLElement) meetform.hidden = nieuw !== "meten";
    teken();
    vak.focus({ preventScroll: true });
  }

  kaart.on("click", (e) => zetPunt(e.latlng));
  vak.addEventListener(
    "keydown",
    (e) => {
      if (!soort || e.target !== vak) return;
      if (e.key === "Enter") zetPunt(kaart.getCenter());
      else if (e.key === "Backspace") terug();
      else if (e.key === "Escape") stop();
      else return;
      e.preventDefault();
      e.stopPropagation();
    },
    true,
  );

  function terug() {
    punten.pop();
    teken();
  }

  /** @type {Record<string, () => void>} */
  const doen = { klaar: rondAf, punt: () => zetPunt(kaart.getCenter()), terug, stop };
  hulp?.addEventListener("click", (e) => {
    const naam = e.target instanceof Element ? e.target.closest("[data-teken]")?.getAttribute("data-teken") : null;
    if (naam) doen[naam]?.();
  });
  return { begin, bezig: () => soort !== null, zeg, groep, zetPunt };
}
