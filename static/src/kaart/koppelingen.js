// @ts-check
// Linked locations with the lines between them. The table on the page says the same in words.
import * as L from "leaflet";
import { kaartje } from "./kaartje.js";
import { alsKnop } from "./merk.js";

/** @typedef {import("./kaartje.js").Locatie & {nummer: number, hier: boolean}} Plek */
/** @typedef {{soorten: string[], zwak: boolean, sinds: string}} Band */
/** @typedef {GeoJSON.Feature<GeoJSON.Point, Plek> | GeoJSON.Feature<GeoJSON.LineString, Band>} Vorm */

const KLEUR = "#7a1f5c";

/** A place by its number in the picture and the table. @param {Plek} plek */
function icoon({ nummer, hier }) {
  const el = document.createElement("span");
  el.textContent = String(nummer);
  el.setAttribute("aria-hidden", "true");
  return L.divIcon({ className: `koppelmerk${hier ? " koppelmerk--hier" : ""}`, html: el, iconSize: [32, 32], iconAnchor: [16, 16] });
}

/** The lines below, the places above. @param {L.Map} kaart @param {Vorm[]} vormen */
export function teken(kaart, vormen) {
  for (const vorm of vormen) {
    if (vorm.geometry.type === "LineString") {
      const { zwak, soorten } = /** @type {Band} */ (vorm.properties);
      const punten = vorm.geometry.coordinates.map(([lon, lat]) => /** @type {L.LatLngTuple} */ ([lat, lon]));
      const lijn = L.polyline(punten, { color: KLEUR, weight: zwak ? 2 : 4, opacity: 0.85, dashArray: zwak ? "4 7" : undefined });
      const naam = document.createElement("span");
      naam.textContent = soorten.join(", ");
      lijn.bindTooltip(naam, { sticky: true }).addTo(kaart);
    } else {
      const plek = /** @type {Plek} */ (vorm.properties);
      const [lon, lat] = vorm.geometry.coordinates;
      const merk = L.marker([lat, lon], { icon: icoon(plek), zIndexOffset: plek.hier ? 1000 : 0 });
      merk.bindPopup(() => kaartje(plek));
      // A click already opens it: Leaflet does that for every marker with a popup.
      alsKnop(merk, `${plek.nummer}: ${plek.naam}, ${plek.adres}`, (metToets) => metToets && merk.openPopup());
      merk.addTo(kaart);
    }
  }
}

/** @param {L.Map} kaart @param {{url: string}} waarden */
export async function koppelingen(kaart, { url }) {
  try {
    const antwoord = await fetch(url, { credentials: "same-origin" });
    if (!antwoord.ok) return;
    /** @type {{features: Vorm[]}} */
    const inhoud = await antwoord.json();
    teken(kaart, inhoud.features);
  } catch {
    // Without the layer the picture and the table still tell everything.
  }
}
