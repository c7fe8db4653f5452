// @ts-check
// The gemeente's own background: land, water, green, buildings, streets and names, drawn on one canvas, so that the
// map says something without any tile service. Each feature says in `laag` how it is drawn.
import * as L from "leaflet";

const KLEUREN = {
  land: "#f4f1ea",
  water: "#bcd7ea",
  groen: "#cfe3c0",
  gebouw: "#d3c9bd",
  bedrijven: "#e9e4ee",
  centrum: "#f1e6da",
  weg: "#ffffff",
  pad: "#e4ddd0",
  rand: "#b9b0a2",
};
// Width in pixels at zoom 15; halves and doubles with the zoom, within reason.
const WEGBREEDTE = { hoofdweg: 7, ontsluiting: 5, straat: 3.2, pad: 1.6 };
const GEBOUWEN_VANAF = 14;
const STRATEN_VANAF = 13;
const STRAATNAMEN_VANAF = 17;
const WIJKNAMEN_TOT = 17;
const WATERNAMEN_VANAF = 14;

/** @typedef {{laag?: string, naam?: string, soort?: string, klasse?: string}} Eigenschappen */
/** @typedef {GeoJSON.Feature<GeoJSON.Geometry, Eigenschappen>} Vorm */

/** @param {string|undefined} klasse @param {number} zoom */
function breedte(klasse, zoom) {
  const basis = WEGBREEDTE[/** @type {keyof typeof WEGBREEDTE} */ (klasse ?? "straat")] ?? WEGBREEDTE.straat;
  return Math.min(Math.max(basis * 2 ** ((zoom - 15) * 0.8), 0.8), 40);
}

/** How one feature is drawn at a zoom. @param {Eigenschappen} e @param {number} zoom @returns {L.PathOptions} */
export function stijl({ laag, soort, klasse }, zoom) {
  const vlak = (/** @type {string} */ kleur) => ({ stroke: false, fill: true, fillColor: kleur, fillOpacity: 1 });
  const lijn = (/** @type {string} */ kleur, /** @type {number} */ weight) => ({ fill: false, stroke: true, color: kleur, weight, opacity: 1 });
  switch (laag) {
    case "gemeente":
      return { ...vlak(KLEUREN.land), stroke: true, color: KLEUREN.rand, weight: 1.5, opacity: 1 };
    case "water":
      return soort === "sloot" ? lijn(KLEUREN.water, breedte("pad", zoom)) : vlak(KLEUREN.water);
    case "wijk":
      return vlak(soort === "bedrijven" ? KLEUREN.bedrijven : soort === "centrum" ? KLEUREN.centrum : KLEUREN.land);
    case "groen":
      return vlak(KLEUREN.groen);
    case "gebouw":
      return zoom < GEBOUWEN_VANAF ? { stroke: false, fill: false } : vlak(KLEUREN.gebouw);
    case "weg":
      if (zoom < STRATEN_VANAF && klasse !== "hoofdweg" && klasse !== "ontsluiting") return { stroke: false, fill: false };
      return lijn(klasse === "pad" ? KLEUREN.pad : KLEUREN.weg, breedte(klasse, zoom));
    default:
      return { stroke: false, fill: false };
  }
}

/** A name on the map. @param {string} tekst @param {string} soort @param {L.LatLngExpression} plek @param {string} pane */
function naam(tekst, soort, plek, pane) {
  const el = document.createElement("span");
  el.textContent = tekst;
  const icon = L.divIcon({ className: `kaartnaam kaartnaam--${soort === "water" || soort === "straat" ? soort : "wijk"}`, html: el, iconSize: [0, 0] });
  return L.marker(plek, { icon, pane, interactive: false, keyboard: false });
}

/** The middle of a street. @param {GeoJSON.Geometry} meetkunde @returns {L.LatLngTuple|null} */
function midden(meetkunde) {
  const lijn = meetkunde.type === "LineString" ? meetkunde.coordinates : meetkunde.type === "MultiLineString" ? meetkunde.coordinates[0] : null;
  if (!lijn || lijn.length < 2) return null;
  const i = Math.floor((lijn.length - 1) / 2);
  return [(lijn[i][1] + lijn[i + 1][1]) / 2, (lijn[i][0] + lijn[i + 1][0]) / 2];
}

/** @param {L.Map} kaart @param {{url: string}} waarden */
export async function achtergrond(kaart, { url }) {
  maakPanelen(kaart);
  /** @type {{features: Vorm[]}} */
  let inhoud;
  try {
    const antwoord = await fetch(url, { credentials: "same-origin" });
    if (!antwoord.ok) return;
    inhoud = await antwoord.json();
  } catch {
    // Without a background the locations still have their places and the list beside them.
    return;
  }
  tekenAchtergrond(kaart, inhoud);
}

/** @param {L.Map} kaart */
function maakPanelen(kaart) {
  for (const [pane, diepte] of /** @type {const} */ ([["ondergrond", "150"], ["namen", "450"]])) {
    if (kaart.getPane(pane)) continue;
    const el = kaart.createPane(pane);
    el.style.zIndex = diepte;
    el.style.pointerEvents = "none";
  }
}

/** @param {L.Map} kaart @param {{features: Vorm[]}} inhoud */
export function tekenAchtergrond(kaart, inhoud) {
  maakPanelen(kaart);
  const vormen = inhoud.features.filter((f) => f.properties.laag !== "label");
  const laag = L.geoJSON(/** @type {any} */ ({ type: "FeatureCollection", features: vormen }), /** @type {any} */ ({
    pane: "ondergrond",
    renderer: L.canvas({ pane: "ondergrond", padding: 0.3 }),
    interactive: false,
    style: (/** @type {Vorm} */ f) => stijl(f.properties, kaart.getZoom()),
  })).addTo(kaart);
  const wijken = L.layerGroup();
  const wateren = L.layerGroup();
  const straten = L.layerGroup();
  for (const f of inhoud.features) {
    if (!f.properties.naam) continue;
    if (f.properties.laag === "label" && f.geometry.type === "Point") {
      const [lon, lat] = f.geometry.coordinates;
      (f.properties.soort === "water" ? wateren : wijken).addLayer(naam(f.properties.naam, f.properties.soort ?? "", [lat, lon], "namen"));
    } else if (f.properties.laag === "weg") {
      const plek = midden(f.geometry);
      if (plek) straten.addLayer(naam(f.properties.naam, "straat", plek, "namen"));
    }
  }
  const pasAan = () => {
    const zoom = kaart.getZoom();
    laag.setStyle((f) => stijl(f?.properties ?? {}, zoom));
    const toon = (/** @type {L.LayerGroup} */ groep, /** @type {boolean} */ aan) => (aan ? groep.addTo(kaart) : groep.remove());
    toon(straten, zoom >= STRAATNAMEN_VANAF);
    toon(wijken, zoom < WIJKNAMEN_TOT);
    toon(wateren, zoom >= WATERNAMEN_VANAF);
  };
  kaart.on("zoomend", pasAan);
  pasAan();
}
