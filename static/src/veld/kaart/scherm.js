// @ts-check
// The map of tonight's stops, in airplane mode: the gemeente's own background, tiles if there are any, the stops in order with their
// state, and where this device is if a person wants that. Whatever it shows stands in the list of stops too.

import * as L from "leaflet";
import { Volgplaats } from "../dienst/volgplaats.js";
import { isVerlopen, stopsVan } from "../dienst/pak.js";
import { delenVan } from "../dienst/ophalen.js";
import { weg } from "../dienst/richting.js";
import { magZonderVragen } from "../plaatsbepaling.js";
import { h, knop, vul } from "../scherm/dom.js";
import { icoon } from "../scherm/iconen.js";
import { naamVan } from "../scherm/stopkaart.js";
import { tekenAchtergrond } from "../../kaart/achtergrond.js";
import { tegellaag } from "./tegellaag.js";

/** A sign per state: shape tells it, colour repeats it. @type {Record<string, string>} */
const TEKENS = { gepland: "", onderweg: "→", binnen: "●", niemand_thuis: "–", geweigerd: "✕", afgerond: "✓" };
const MAX_ZOOM = 19;
const TEGELS_TOT = 17;
const NAMEN_VANAF = 14;

/** @param {import("../app.js").App} app @param {string} [stopId] the one to begin with @returns {Promise<(() => void)|void>} */
export async function toon(app, stopId) {
  if (!app.pak || isVerlopen(app.pak, Date.now())) return app.ga("stops");
  const delen = delenVan(app);
  const [alle, { tegels }, vrij] = await Promise.all([app.metStand(stopsVan(app.pak)), delen.lijst(), magZonderVragen()]);
  if (!app.kluis || app.soort !== "kaart") return undefined;
  const heeftTegels = Object.keys(tegels).length > 0;
  const stops = alle.filter((stop) => Number.isFinite(stop.lat) && Number.isFinite(stop.lon));
  const vlak = h("div", { class: "veldkaart", role: "application", "aria-label": "Kaart met uw stops. Met de pijltjes schuift u, met + en - zoomt u, met Tab gaat u langs de stops." });
  const zin = h("p", { class: "klein", role: "status" }, "");
  const waar = knop("Waar ben ik?", () => volg.begin(), { class: "knop knop-klein" });
  vul(app.hoofd,
    h("div", { class: "bezoekkop" }, knop([icoon("links"), "Lijst van stops"], () => app.ga("stops"), { class: "knop knop-klein" }), h("h1", { tabindex: "-1" }, "Kaart"), "geolocation" in navigator && waar),
    stops.length ? vlak : h("p", null, "In deze dienst staan geen stops met een plek op de kaart."), zin, legenda(stops));
  if (!stops.length) return undefined;

  const kaart = L.map(vlak, { attributionControl: false, zoomControl: false, maxZoom: MAX_ZOOM, zoomAnimation: !rustig(), fadeAnimation: false, markerZoomAnimation: !rustig() });
  L.control.zoom({ zoomInTitle: "Dichterbij", zoomOutTitle: "Verder weg" }).addTo(kaart);
  L.control.scale({ imperial: false }).addTo(kaart);
  const grenzen = L.latLngBounds(stops.map((stop) => [stop.lat, stop.lon]));
  const gekozen = stops.find((stop) => stop.id === stopId);
  if (gekozen) kaart.setView([gekozen.lat, gekozen.lon], 17, { animate: false });
  else kaart.fitBounds(grenzen.pad(0.15), { maxZoom: 17, animate: false });
  tekenAchtergrond(kaart, app.pak.achtergrond ?? { features: [] });
  // From far the names lie over one another, and tiles bring their own.
  const namen = /** @type {HTMLElement} */ (kaart.getPane("namen"));
  const toonNamen = () => namen.toggleAttribute("hidden", heeftTegels || kaart.getZoom() < NAMEN_VANAF);
  kaart.on("zoomend", toonNamen);
  toonNamen();
  if (heeftTegels) {
    tegellaag(delen, { pane: "ondergrond", maxZoom: MAX_ZOOM, maxNativeZoom: TEGELS_TOT, attribution: "" }).addTo(kaart);
    kaart.getContainer().append(h("p", { class: "kaartbron klein" }, `Kaart: ${app.pak.tegels.bron}`));
  }
  // The order, not the road.
  for (const actie of new Set(stops.map((stop) => stop.actie.id))) {
    L.polyline(stops.filter((stop) => stop.actie.id === actie).map((stop) => [stop.lat, stop.lon]), { className: "stoplijn", interactive: false }).addTo(kaart);
  }
  const kies = (/** @type {any} */ stop) => {
    app.stopscherm.gekozen = stop.id;
    app.ga("stops");
    window.scrollTo(0, 0);
  };
  zetStops(kaart, stops, gekozen?.id ?? app.stopscherm.gekozen, kies);

  /** @type {L.LayerGroup|null} */
  let ik = null;
  const volg = new Volgplaats((hier) => {
    ik?.remove();
    ik = L.layerGroup([
      L.circle([hier.lat, hier.lon], { radius: Math.min(hier.nauwkeurig, 2000), className: "ikring", interactive: false }),
      L.circleMarker([hier.lat, hier.lon], { radius: 8, className: "ikpunt", interactive: false }),
    ]).addTo(kaart);
    if (!waar.hidden) kaart.fitBounds(grenzen.extend([hier.lat, hier.lon]).pad(0.1), { maxZoom: 17, animate: false });
    waar.hidden = true;
    const doel = gekozen ?? stops.find((stop) => !["afgerond", "niemand_thuis", "geweigerd"].includes(stop.toestand));
    const pad = doel && weg(hier, doel);
    zin.textContent = doel && pad ? `Stop ${doel.volgorde}, ${doel.adres}: ${pad.zin}.` : "";
  }, (fout) => { zin.textContent = fout; });
  if (vrij) volg.begin();
  return () => {
    volg.stop();
    kaart.remove();
  };
}

const rustig = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/**
 * One button per stop. Doors at the same place stand side by side.
 * @param {L.Map} kaart @param {any[]} stops @param {string|null} gekozen @param {(stop: any) => void} kies
 */
function zetStops(kaart, stops, gekozen, kies) {
  /** @type {Map<string, number>} */
  const gezet = new Map();
  for (const stop of stops) {
    const plek = `${stop.lat.toFixed(5)}/${stop.lon.toFixed(5)}`;
    const naast = gezet.get(plek) ?? 0;
    gezet.set(plek, naast + 1);
    const html = h("span", { class: `stopmerk stopmerk-${stop.toestand}${stop.id === gekozen ? " stopmerk-gekozen" : ""}` }, h("span", null, String(stop.volgorde)), TEKENS[stop.toestand] && h("span", { class: "stopteken" }, TEKENS[stop.toestand]));
    html.setAttribute("aria-hidden", "true");
    const merk = L.marker([stop.lat, stop.lon], { icon: L.divIcon({ className: "stopplek", html, iconSize: [48, 48], iconAnchor: [24 - naast * 40, 24] }), keyboard: true, riseOnHover: true, zIndexOffset: stop.id === gekozen ? 1000 : 0 }).addTo(kaart);
    const el = merk.getElement();
    el?.setAttribute("aria-label", `Stop ${stop.volgorde}: ${stop.adres}, ${naamVan(stop.toestand)}`);
    el?.setAttribute("data-stopmerk", stop.id);
    merk.on("click", () => kies(stop));
    merk.on("keypress", (gebeurtenis) => {
      if (/** @type {any} */ (gebeurtenis).originalEvent?.key === "Enter") kies(stop);
    });
  }
}

/** @param {any[]} stops */
function legenda(stops) {
  const soorten = [...new Set(stops.map((stop) => stop.toestand))];
  return h("ul", { class: "kaartlegenda" }, ...soorten.map((toestand) =>
    h("li", null, h("span", { class: `stopmerk stopmerk-${toestand}`, "aria-hidden": "true" }, TEKENS[toestand] || "1"), ` ${naamVan(toestand)}`)),
    stops.length > 1 && h("li", { class: "klein" }, "De streepjes zijn de volgorde, niet de weg."));
}
