// @ts-check
// The tools above the map: an area and what to do with it, measuring, the nearest ten, printing, keeping a view.
import * as L from "leaflet";
import { afstand } from "./kaartje.js";
import { tekenen } from "./tekenen.js";
import { bbox } from "./vraag.js";

/** @typedef {import("./locaties.js").Feature} Feature */
/** @typedef {{selectie: string, dichtstbij: string, actie: string, druk: string}} Adressen */

/**
 * What the tools need of the map's page.
 * @typedef {object} Blad
 * @property {() => URLSearchParams} parameters the filter
 * @property {(url: string, vraag: URLSearchParams) => Promise<any>} haal
 * @property {(features: Feature[], zin: string) => void} toonVast show these in the list, whatever the map shows
 * @property {() => void} laatLos the list follows the map again
 * @property {() => Feature[]} inLijst
 * @property {() => [string, string][]} lagenstand
 * @property {(tekst: string) => void} zeg
 */

/** @param {L.Map} kaart @param {Adressen} adressen @param {Blad} blad */
export function gereedschap(kaart, adressen, blad) {
  const balk = /** @type {HTMLElement|null} */ (document.querySelector("[data-gereedschap]"));
  const doos = /** @type {HTMLElement|null} */ (document.querySelector("[data-selectie]"));
  const maakActie = /** @type {HTMLAnchorElement|null} */ (document.querySelector("[data-maakactie]"));
  const alsLijst = /** @type {HTMLAnchorElement|null} */ (document.querySelector("[data-selectielijst]"));
  const bewaar = /** @type {HTMLElement|null} */ (document.querySelector("[data-bewaargebied]"));
  const meetform = /** @type {HTMLFormElement|null} */ (document.querySelector("[data-meetform]"));
  const lijstkop = document.getElementById("lijstkop");
  const gekozen = L.layerGroup().addTo(kaart);
  const pen = tekenen(kaart, (hoeken) => void kies(hoeken));

  /** @param {boolean} metGebied an area was chosen, so an action or a saved area can be made */
  function open(metGebied) {
    if (doos) doos.hidden = false;
    if (alsLijst) alsLijst.hidden = !metGebied;
    if (bewaar) bewaar.hidden = !metGebied;
  }

  /** @param {L.LatLng[]} hoeken */
  async function kies(hoeken) {
    const vraag = blad.parameters();
    const vlak = hoeken.map((h) => `${h.lng.toFixed(6)},${h.lat.toFixed(6)}`).join(";");
    vraag.set("vlak", vlak);
    gekozen.clearLayers();
    gekozen.addLayer(L.polygon(hoeken, { color: "#7a1f5c", weight: 3, fillOpacity: 0.06, interactive: false }));
    try {
      const { features, totaal, te_veel: teVeel } = await blad.haal(adressen.selectie, vraag);
      const aantal = totaal === 1 ? "1 locatie" : `${totaal.toLocaleString("nl-NL")} locaties`;
      blad.toonVast(features, teVeel || `${aantal} in het getekende gebied.`);
      open(true);
      if (maakActie) {
        maakActie.hidden = Boolean(teVeel) || totaal === 0;
        maakActie.textContent = totaal === 1 ? "Maak actie van deze locatie" : `Maak actie van deze ${totaal}`;
        maakActie.search = vraag.toString();
      }
      if (alsLijst) alsLijst.search = vraag.toString();
      const veld = /** @type {HTMLInputElement|null|undefined} */ (bewaar?.querySelector('input[name="vlak"]'));
      if (veld) veld.value = vlak;
      lijstkop?.focus();
    } catch (fout) {
      blad.zeg(/** @type {Error} */ (fout).message);
    }
  }

  function sluit() {
    gekozen.clearLayers();
    if (doos) doos.hidden = true;
    blad.laatLos();
    lijstkop?.focus();
  }

  /** The ten nearest to a point. @param {L.LatLng} punt @param {string} waar */
  async function dichtbij(punt, waar) {
    const vraag = blad.parameters();
    vraag.set("punt", `${punt.lng.toFixed(6)},${punt.lat.toFixed(6)}`);
    try {
      const { features } = await blad.haal(adressen.dichtstbij, vraag);
      gekozen.clearLayers();
      gekozen.addLayer(L.circleMarker(punt, { radius: 9, color: "#fff", weight: 3, fillColor: "#7a1f5c", fillOpacity: 1, interactive: false }));
      blad.toonVast(features, features.length ? `${features.length === 1 ? "De enige locatie" : `De ${features.length} locaties die het dichtst bij ${waar} liggen`}, de dichtstbijzijnde eerst.` : "Geen locatie gevonden die bij het filter past.");
      open(false);
      if (maakActie) {
        maakActie.hidden = features.length === 0;
        maakActie.textContent = `Maak actie van deze ${features.length}`;
        maakActie.search = new URLSearchParams(features.map((/** @type {Feature} */ f) => ["locatie", f.properties.id])).toString();
      }
      const grenzen = L.latLngBounds([punt, ...features.map((/** @type {Feature} */ f) => L.latLng(f.geometry.coordinates[1], f.geometry.coordinates[0]))]);
      kaart.fitBounds(grenzen, { padding: [40, 40], maxZoom: 17, animate: false });
      lijstkop?.focus();
    } catch (fout) {
      blad.zeg(/** @type {Error} */ (fout).message);
    }
  }

  function vulMeten() {
    for (const keuze of /** @type {NodeListOf<HTMLSelectElement>} */ (document.querySelectorAll("[data-meetform] select"))) {
      const was = keuze.value;
      keuze.replaceChildren(...blad.inLijst().map((f) => new Option(f.properties.naam, f.properties.id)));
      if (was) keuze.value = was;
    }
  }

  meetform?.addEventListener("submit", (e) => {
    e.preventDefault();
    const velden = new FormData(meetform);
    const [a, b] = ["van", "naar"].map((naam) => blad.inLijst().find((f) => f.properties.id === velden.get(naam)));
    if (!a || !b || a === b) return pen.zeg("Kies twee verschillende locaties.");
    const [van, naar] = [a, b].map((f) => L.latLng(f.geometry.coordinates[1], f.geometry.coordinates[0]));
    pen.groep.clearLayers();
    pen.groep.addLayer(L.polyline([van, naar], { color: "#7a1f5c", weight: 3, interactive: false }));
    pen.zeg(`Van ${a.properties.naam} naar ${b.properties.naam}: ${afstand(van.distanceTo(naar))} hemelsbreed.`);
  });

  balk?.addEventListener("click", (e) => {
    const knop = e.target instanceof Element ? e.target.closest("[data-doe]") : null;
    if (!(knop instanceof HTMLElement)) return;
    const wat = knop.dataset.doe;
    if (wat === "dichtstbij") void dichtbij(kaart.getCenter(), "het midden van de kaart");
    else {
      if (wat === "meten") vulMeten();
      pen.begin(/** @type {import("./tekenen.js").Soort} */ (wat), knop);
    }
  });
  document.querySelector("[data-selectieweg]")?.addEventListener("click", sluit);

  const adres = /** @type {HTMLFormElement|null} */ (document.querySelector("[data-adresform]"));
  /** Where the chosen address lies. @returns {L.LatLng|null} */
  const adresplek = () => {
    const velden = new FormData(/** @type {HTMLFormElement} */ (adres));
    const [lon, lat] = ["lon", "lat"].map((naam) => parseFloat(String(velden.get(naam))));
    return Number.isFinite(lon) && Number.isFinite(lat) ? L.latLng(lat, lon) : null;
  };
  adres?.addEventListener("change", (e) => {
    // The address field fills longitude and latitude one after the other.
    const plek = e.target instanceof HTMLInputElement && e.target.name === "lat" ? adresplek() : null;
    if (!plek) return;
    gekozen.clearLayers();
    gekozen.addLayer(L.circleMarker(plek, { radius: 9, color: "#fff", weight: 3, fillColor: "#7a1f5c", fillOpacity: 1, interactive: false }));
    kaart.setView(plek, Math.max(kaart.getZoom(), 17), { animate: false });
  });
  adres?.addEventListener("submit", (e) => {
    e.preventDefault();
    const plek = adresplek();
    if (plek) void dichtbij(plek, "dit adres");
    else blad.zeg("Kies eerst een adres uit de lijst die verschijnt als u typt.");
  });
  if (adres) adres.hidden = false;

  const druk = /** @type {HTMLAnchorElement|null} */ (document.querySelector("[data-kaartdruk]"));
  druk?.addEventListener("click", () => {
    const vraag = blad.parameters();
    vraag.set("bbox", bbox(kaart.getBounds()));
    druk.href = `${adressen.druk}?${vraag}`;
  });

  const weergave = /** @type {HTMLFormElement|null} */ (document.querySelector("[data-weergaveform]"));
  weergave?.addEventListener("submit", () => {
    for (const oud of weergave.querySelectorAll('input[type="hidden"]:not([name="csrf_token"])')) oud.remove();
    const midden = kaart.getCenter();
    const plek = /** @type {[string, string][]} */ ([["lon", midden.lng.toFixed(6)], ["lat", midden.lat.toFixed(6)], ["zoom", String(Math.round(kaart.getZoom()))]]);
    for (const [naam, waarde] of [...blad.parameters(), ...blad.lagenstand(), ...plek]) {
      const veld = document.createElement("input");
      Object.assign(veld, { type: "hidden", name: naam, value: waarde });
      weergave.append(veld);
    }
  });

  if (balk) balk.hidden = false;
  return { bezig: pen.bezig, zetPunt: pen.zetPunt };
}
