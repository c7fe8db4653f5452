// @ts-check
// Risk locations on the map and in the list beside it: the same selection, fetched anew when the map or the filter
// changes. The server makes the clusters.
import * as L from "leaflet";
import { kaartje, regel, vulBlik } from "./kaartje.js";
import { filterzin } from "./filterzin.js";
import { gereedschap } from "./gereedschap.js";
import { lagen } from "./lagen.js";
import { alsKnop, blik, icoonVan, trosIcoon } from "./merk.js";
import { bbox, filter, zin } from "./vraag.js";

/** @typedef {import("./kaartje.js").Locatie} Locatie */
/** @typedef {{geometry: {coordinates: [number, number]}, properties: Locatie & {tros?: boolean, aantal: number}}} Feature */

// On a phone the list stands below the map and is scrolled with the page.
const IN_LIJST = matchMedia("(width < 60rem)").matches ? 20 : 50;
const LOS_VANAF_ZOOM = 17;
// What the server works out of a filter that its counts per cell do not know.
const MAX_GETELD = "50.000";
// Pixels between markers of locations at one address.
const UITEEN = 14;
// Stands in the address of a card for the location that it is asked for.
const GEEN_ID = "00000000-0000-0000-0000-000000000000";

/** The place of a saved view in the page's address, if any. @param {L.Map} kaart */
function naarPlek(kaart) {
  const vraag = new URLSearchParams(location.search);
  const [lon, lat, zoom] = ["lon", "lat", "zoom"].map((n) => Number(vraag.get(n) ?? NaN));
  if (Number.isFinite(lon) && Number.isFinite(lat) && Number.isFinite(zoom)) kaart.setView([lat, lon], Math.max(0, Math.min(zoom, kaart.getMaxZoom())), { animate: false });
}

/**
 * @param {L.Map} kaart
 * @param {{url: string, gebieden: string, selectie: string, dichtstbij: string, warmte: string, actie: string, druk: string, blik: string}} waarden
 */
export function locaties(kaart, waarden) {
  const { url } = waarden;
  const formulier = /** @type {HTMLFormElement|null} */ (document.querySelector("form[data-kaartfilter]"));
  const lijst = document.querySelector("[data-kaartlijst]");
  const stand = document.querySelector("[data-kaartstand]");
  const gebied = kaart.getBounds().pad(0.5);
  const laag = L.layerGroup().addTo(kaart);
  /** @type {Map<string, L.Marker>} */
  const merken = new Map();
  /** @type {AbortController|null} */
  let lopend = null;
  /** What gets the focus back when the popup closes. @type {HTMLElement|null} */
  let terugNaar = null;
  /** @type {string|null} */
  let openId = null;
  /** Rows of the list by what they say, so that focus and popup find them again. @type {Map<string, HTMLElement>} */
  let rijen = new Map();
  const popup = L.popup({ minWidth: 200, maxWidth: 280, autoPanPadding: [12, 12], offset: [0, -8] });

  const zeg = (/** @type {string} */ tekst) => {
    if (stand && stand.textContent !== tekst) stand.textContent = tekst;
  };
  /** What the list shows instead of what is on the map: an area, or what is nearest. @type {{features: Feature[], zin: string}|null} */
  let vast = null;
  /** @type {Feature[]} */
  let getoond = [];
  const parameters = () => (formulier ? filter(new FormData(formulier)) : new URLSearchParams());

  /** @param {URLSearchParams} vraag @param {AbortSignal} signal @param {string} van @returns {Promise<{features: Feature[], totaal: number, volledig?: boolean}>} */
  async function haal(vraag, signal, van = url) {
    const antwoord = await fetch(`${van}?${vraag}`, { signal, credentials: "same-origin", headers: { Accept: "application/geo+json" } });
    const inhoud = await antwoord.json().catch(() => ({}));
    if (antwoord.status === 401) throw new Error("U bent afgemeld. Ververs de pagina om u opnieuw aan te melden.");
    if (!antwoord.ok) throw new Error(inhoud.detail || "De kaart kan de locaties nu niet ophalen. Probeer het straks opnieuw.");
    return inhoud;
  }

  async function ververs() {
    lopend?.abort();
    const deze = new AbortController();
    lopend = deze;
    const zoom = Math.round(kaart.getZoom());
    const vraag = parameters();
    vraag.set("bbox", bbox(kaart.getBounds()));
    const losse = new URLSearchParams(vraag);
    losse.set("limiet", String(IN_LIJST));
    vraag.set("zoom", String(zoom));
    try {
      const [opKaart, inLijst] = await Promise.all([haal(vraag, deze.signal), zoom >= LOS_VANAF_ZOOM || vast ? null : haal(losse, deze.signal)]);
      if (deze.signal.aborted) return;
      teken(opKaart.features);
      if (vast) toonVast(vast.features, vast.zin);
      else toonLijst((inLijst ?? opKaart).features.slice(0, IN_LIJST), opKaart.totaal, opKaart.volledig !== false);
      legenda.toonLegenda([...opKaart.features, ...getoond].flatMap((f) => (f.properties.tros ? [] : [f.properties])));
    } catch (fout) {
      if (deze.signal.aborted) return;
      zeg(fout instanceof TypeError ? "Geen verbinding. De kaart toont wat er was." : /** @type {Error} */ (fout).message);
    }
  }

  /** A search brings the map to what it finds in the gemeente. */
  async function zoekOp() {
    const vraag = parameters();
    if (vraag.has("zoek")) {
      vraag.set("bbox", bbox(gebied));
      vraag.set("limiet", String(IN_LIJST));
      try {
        const { features } = await haal(vraag, new AbortController().signal);
        const punten = features.map((f) => /** @type {L.LatLngTuple} */ ([f.geometry.coordinates[1], f.geometry.coordinates[0]]));
        if (punten.length) kaart.fitBounds(L.latLngBounds(punten), { maxZoom: LOS_VANAF_ZOOM, padding: [40, 40], animate: false });
      } catch {
        // The request that follows tells what is wrong.
      }
    }
    await ververs();
  }

  /** Keep the markers that stay, so that focus and popup stay too. @param {Feature[]} features */
  function teken(features) {
    const blijft = new Set();
    /** @type {Map<string, number>} */
    const opPlek = new Map();
    for (const f of features) {
      const [lon, lat] = f.geometry.coordinates;
      const plek = `${lon},${lat}`;
      const nummer = opPlek.get(plek) ?? 0;
      opPlek.set(plek, nummer + 1);
      const p = f.properties;
      const sleutel = p.tros ? `tros:${plek}:${p.aantal}` : `${p.id}:${legenda.thema()}:${blik(legenda.thema(), p).klasse}:${plek}:${nummer}`;
      blijft.add(sleutel);
      if (merken.has(sleutel)) continue;
      const merk = p.tros ? trosMerk(lat, lon, p.aantal) : locatieMerk(f, nummer);
      merken.set(sleutel, merk);
      laag.addLayer(merk);
    }
    for (const [sleutel, merk] of merken) {
      if (blijft.has(sleutel)) continue;
      // The focus would fall off the page together with its marker.
      if (merk.getElement() === document.activeElement) kaart.getContainer().focus();
      laag.removeLayer(merk);
      merken.delete(sleutel);
    }
  }

  /** @param {number} lat @param {number} lon @param {number} aantal */
  function trosMerk(lat, lon, aantal) {
    const merk = L.marker([lat, lon], { icon: trosIcoon(aantal), keyboard: true });
    alsKnop(merk, `${aantal} locaties, zoom in`, () => hulp.bezig() ? hulp.zetPunt(merk.getLatLng()) : kaart.setView([lat, lon], Math.min(kaart.getZoom() + 2, kaart.getMaxZoom())));
    return merk;
  }

  /** @param {Feature} f @param {number} nummer how many locations at this point come before it */
  function locatieMerk(f, nummer) {
    const [lon, lat] = f.geometry.coordinates;
    const p = f.properties;
    const icon = icoonVan(legenda.thema(), p);
    icon.options.iconAnchor = [16 - nummer * UITEEN, 16];
    const merk = L.marker([lat, lon], { icon, keyboard: true, riseOnHover: true });
    alsKnop(merk, `${p.naam}, ${p.type_naam}, ${p.status_naam.toLowerCase()}`, (metToets) => {
      if (hulp.bezig()) hulp.zetPunt(merk.getLatLng());
      else open(f, metToets ? merk.getElement() ?? null : null);
    });
    return merk;
  }

  /** Open the card of a location. @param {Feature} f @param {HTMLElement|null} van what had the focus, when it was the keyboard */
  function open(f, van) {
    const [lon, lat] = f.geometry.coordinates;
    const inhoud = kaartje(f.properties, waarden.actie, true);
    inhoud.addEventListener("keydown", (gebeurtenis) => {
      if (gebeurtenis.key === "Escape") kaart.closePopup();
    });
    popup.setLatLng([lat, lon]).setContent(inhoud).openOn(kaart);
    terugNaar = van;
    popup.getElement()?.querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", "Sluiten");
    merkAan(f.properties.id);
    if (van) inhoud.querySelector("a")?.focus();
    void toonBlik(f.properties.id, /** @type {HTMLElement} */ (inhoud.querySelector("[data-blik]")));
  }

  /** The score and the last events come when somebody looks. @param {string} id @param {HTMLElement} vak */
  async function toonBlik(id, vak) {
    vak.textContent = "De score en de laatste gebeurtenissen worden opgehaald.";
    try {
      const antwoord = await fetch(waarden.blik.replace(GEEN_ID, id), { credentials: "same-origin", headers: { Accept: "application/json" } });
      if (!antwoord.ok) throw new Error();
      vulBlik(vak, await antwoord.json());
    } catch {
      vak.textContent = "De score en de laatste gebeurtenissen zijn nu niet op te halen. Open de locatie of probeer het straks opnieuw.";
    }
    houdInBeeld();
  }

  /** The popup grows upwards; popup.update() would build it anew and lose the focus. */
  function houdInBeeld() {
    const doos = popup.getElement();
    if (!doos) return;
    const boven = doos.getBoundingClientRect().top - kaart.getContainer().getBoundingClientRect().top;
    if (boven < 10) kaart.panBy([0, boven - 10], { animate: false });
  }

  /** Show in the list which one is open. @param {string|null} id */
  function merkAan(id) {
    openId = id;
    for (const rij of rijen.values()) {
      const aan = id !== null && rij.dataset.locatie === id;
      rij.classList.toggle("kaartlijst__regel--open", aan);
      if (aan && lijst instanceof HTMLElement) lijst.scrollTop = rij.offsetTop - lijst.offsetTop - 8;
    }
  }

  /** @param {Feature} f */
  function maakRij(f) {
    const rij = regel(f.properties, () => {
      const [lon, lat] = f.geometry.coordinates;
      kaart.setView([lat, lon], Math.max(kaart.getZoom(), LOS_VANAF_ZOOM), { animate: false });
      open(f, rij.querySelector("button"));
    });
    return rij;
  }

  /** @param {Feature[]} features @param {number} totaal @param {boolean} volledig */
  function toonLijst(features, totaal, volledig) {
    zeg(volledig ? zin(features.length, totaal) : `Meer dan ${MAX_GETELD} locaties passen bij dit filter. Zoom in om ze allemaal te zien.`);
    vulLijst(features);
  }

  /** Show a selection in the list, whatever the map shows. @param {Feature[]} features @param {string} tekst */
  function toonVast(features, tekst) {
    vast = { features, zin: tekst };
    zeg(tekst);
    vulLijst(features);
  }

  /** @param {Feature[]} features */
  function vulLijst(features) {
    getoond = features;
    if (!lijst) return;
    const had = lijst.contains(document.activeElement) ? document.activeElement : null;
    const nieuw = new Map(features.map((f) => [JSON.stringify([f.properties, f.geometry]), f]));
    rijen = new Map([...nieuw].map(([sleutel, f]) => [sleutel, rijen.get(sleutel) ?? maakRij(f)]));
    lijst.replaceChildren(...rijen.values());
    if (had instanceof HTMLElement && had.isConnected) had.focus();
    merkAan(openId);
  }

  const legenda = lagen(kaart, waarden, () => void ververs());
  const hulp = gereedschap(kaart, waarden, {
    parameters,
    haal: (van, vraag) => haal(vraag, new AbortController().signal, van),
    toonVast,
    laatLos: () => {
      vast = null;
      void ververs();
    },
    inLijst: () => getoond,
    lagenstand: () => legenda.stand(),
    zeg,
  });
  const toonZin = formulier ? filterzin(formulier) : () => {};

  kaart.on("popupclose", () => {
    merkAan(null);
    const doel = terugNaar;
    terugNaar = null;
    if (doel) (doel.isConnected ? doel : kaart.getContainer()).focus();
  });
  kaart.on("moveend", () => void ververs());
  formulier?.addEventListener("submit", (gebeurtenis) => {
    gebeurtenis.preventDefault();
    const vraag = parameters().toString();
    history.replaceState(null, "", vraag ? `?${vraag}` : location.pathname);
    for (const koppeling of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[data-metfilter]"))) koppeling.search = vraag;
    kaart.closePopup();
    toonZin();
    void zoekOp();
  });
  formulier?.addEventListener("change", (gebeurtenis) => {
    if (gebeurtenis.target instanceof HTMLSelectElement) formulier.requestSubmit();
  });
  toonZin();
  naarPlek(kaart);
  void zoekOp();
}
