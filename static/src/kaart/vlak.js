// @ts-check
import * as L from "leaflet";

/** How each kind of outline is drawn: the parcel dashed below, the building solid above. */
const STIJL = {
  perceel: { className: "kaartvlak kaartvlak--perceel", weight: 2, dashArray: "6 4", fillOpacity: 0.05 },
  pand: { className: "kaartvlak kaartvlak--pand", weight: 3, fillOpacity: 0.2 },
};

/**
 * The outlines of one place.
 * @param {L.Map} kaart
 * @param {{vlakken: {soort: "pand" | "perceel", geojson: GeoJSON.Geometry}[]}} waarden
 */
export function vlak(kaart, { vlakken }) {
  for (const { soort, geojson } of vlakken) {
    L.geoJSON(geojson, { interactive: false, style: { color: "#0b2a4a", ...STIJL[soort] } }).addTo(kaart);
  }
}
