// @ts-check
import * as L from "leaflet";
import { icoon } from "./merk.js";

/** One place that the map is about. @param {L.Map} kaart @param {{lon: number, lat: number, status: string}} waarden */
export function punt(kaart, { lon, lat, status }) {
  L.marker([lat, lon], { icon: icoon(status), interactive: false, keyboard: false }).addTo(kaart);
}
