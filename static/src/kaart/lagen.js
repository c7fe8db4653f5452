// @ts-check
// The panel of layers: what the markers stand for, and areas and squares below them. The legend follows.
import * as L from "leaflet";
import { blik } from "./merk.js";

/** @typedef {import("./merk.js").Thema} Thema */
/** @typedef {import("./kaartje.js").Locatie} Locatie */

const STIJLEN = {
  actiegebied: { color: "#7a1f5c", weight: 3, dashArray: "8 5", fillColor: "#7a1f5c", fillOpacity: 0.08 },
  wijk: { color: "#3d3a33", weight: 2, dashArray: "2 5", fillOpacity: 0 },
};
// Darker is more; the words of the class stand in the square and in the legend.
const WARMTE = ["#fde0c5", "#f8a978", "#e8663f", "#a8201a"];

/** @param {string} tekst @param {string} klasse */
function naambord(tekst, klasse) {
  const el = document.createElement("span");
  el.textContent = tekst;
  return L.divIcon({ className: `kaartnaam ${klasse}`, html: el, iconSize: [0, 0] });
}

/**
 * @param {L.Map} kaart
 * @param {{gebieden: string, warmte: string}} waarden
 * @param {(thema: Thema) => void} opThema
 */
export function lagen(kaart, { gebieden, warmte }, opThema) {
  const paneel = document.querySelector("[data-lagenpaneel]");
  const stand = document.querySelector("[data-lagenstand]");
  const zeg = (/** @type {string} */ tekst) => {
    if (stand) stand.textContent = tekst;
  };
  const legenda = document.querySelector("[data-legenda]");
  const vast = legenda ? [...legenda.children] : [];
  /** @type {Thema} */
  let thema = "status";
  /** @type {Map<string, L.LayerGroup>} */
  const getoond = new Map();
  /** What was fetched, by address. @type {Map<string, Promise<any>>} */
  const opgehaald = new Map();
  const vlakken = kaart.createPane("vlakken");
  vlakken.style.zIndex = "350";
  vlakken.style.pointerEvents = "none";

  /** @param {string} url */
  function haal(url) {
    const lopend = opgehaald.get(url) ?? fetch(url, { credentials: "same-origin" }).then((a) => (a.ok ? a.json() : Promise.reject(new Error(String(a.status)))));
    opgehaald.set(url, lopend);
    lopend.catch(() => opgehaald.delete(url));
    return lopend;
  }

  /** @param {string} soort @param {any} inhoud */
  function maakLaag(soort, inhoud) {
    const groep = L.layerGroup();
    if (soort === "signalen") {
      for (const f of inhoud.features) {
        const vorm = L.geoJSON(f, /** @type {any} */ ({ pane: "vlakken", interactive: false, style: { stroke: true, color: "#7a1a10", weight: 1, fillColor: WARMTE[f.properties.klasse], fillOpacity: 0.55 } }));
        groep.addLayer(vorm);
        groep.addLayer(L.marker(vorm.getBounds().getCenter(), { icon: naambord(f.properties.tekst.replace(" signalen", ""), "kaartnaam--vak"), pane: "vlakken", interactive: false, keyboard: false }));
      }
      return groep;
    }
    for (const f of inhoud.features.filter((/** @type {any} */ g) => g.properties.soort === soort)) {
      const stijl = STIJLEN[/** @type {keyof typeof STIJLEN} */ (soort)];
      const vorm = L.geoJSON(f, /** @type {any} */ ({ pane: "vlakken", interactive: false, style: stijl }));
      groep.addLayer(vorm);
      // The background may name the districts already.
      if (soort === "wijk" && kaart.getPane("namen")?.querySelector(".kaartnaam--wijk")) continue;
      groep.addLayer(L.marker(vorm.getBounds().getCenter(), { icon: naambord(f.properties.naam, "kaartnaam--wijk"), pane: "vlakken", interactive: false, keyboard: false }));
    }
    return groep;
  }

  /** @param {string} soort @param {boolean} aan */
  async function zet(soort, aan) {
    getoond.get(soort)?.remove();
    getoond.delete(soort);
    zeg("");
    if (!aan) return toonLegenda([]);
    try {
      const inhoud = await haal(soort === "signalen" ? warmte : gebieden);
      const vakje = /** @type {HTMLInputElement|null} */ (paneel?.querySelector(`input[name="laag"][value="${soort}"]`));
      if (!vakje?.checked) return;
      const laag = maakLaag(soort, inhoud).addTo(kaart);
      getoond.set(soort, laag);
      if (laag.getLayers().length === 0) zeg(soort === "signalen" ? "Er zijn nergens genoeg signalen om te laten zien zonder iemand herkenbaar te maken." : soort === "wijk" ? "Er zijn nog geen wijken ingelezen." : "Er zijn nog geen actiegebieden.");
    } catch {
      zeg("Deze laag kan nu niet worden opgehaald. Probeer het straks opnieuw.");
    }
    toonLegenda([]);
  }

  /** @type {Locatie[]} */
  let laatste = [];

  /** @param {string} klasse @param {string} teken @param {string} naam @param {string} [kleur] */
  function legendaregel(klasse, teken, naam, kleur) {
    const li = document.createElement("li");
    const merk = document.createElement("span");
    merk.className = klasse;
    merk.setAttribute("aria-hidden", "true");
    merk.textContent = teken;
    if (kleur) merk.classList.add(kleur);
    li.append(merk, document.createTextNode(naam));
    return li;
  }

  /** Without locations: those of last time. @param {Locatie[]} locaties */
  function toonLegenda(locaties) {
    if (locaties.length) laatste = locaties;
    if (!legenda) return;
    /** @type {Element[]} */
    let regels = vast;
    if (thema !== "status") {
      const namen = new Map(laatste.map((p) => [blik(thema, p).naam, blik(thema, p)]));
      regels = [...namen.values()].sort((a, b) => a.naam.localeCompare(b.naam, "nl")).map((b) => legendaregel(`merk ${b.klasse}`, b.teken, b.naam));
      regels.push(vast[vast.length - 1]);
    }
    const extra = [];
    if (getoond.has("actiegebied")) extra.push(legendaregel("legenda__vlak legenda__vlak--actiegebied", "", "Actiegebied"));
    if (getoond.has("wijk")) extra.push(legendaregel("legenda__vlak legenda__vlak--wijk", "", "Wijk"));
    if (getoond.has("signalen")) extra.push(legendaregel("legenda__vlak legenda__vlak--signalen", "", "Signalen in het laatste jaar; vakken met minder dan 5 signalen of minder dan 3 adressen staan er niet op"));
    legenda.replaceChildren(...regels.filter(Boolean), ...extra);
  }

  paneel?.addEventListener("change", (gebeurtenis) => {
    const doel = gebeurtenis.target;
    if (!(doel instanceof HTMLInputElement)) return;
    if (doel.name === "laag") void zet(doel.value, doel.checked);
    else {
      thema = /** @type {Thema} */ (doel.value);
      opThema(thema);
      toonLegenda([]);
    }
  });

  const vraag = new URLSearchParams(location.search);
  for (const keuze of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("[data-lagenpaneel] input"))) {
    keuze.checked = keuze.name === "laag" ? vraag.getAll("laag").includes(keuze.value) : keuze.value === (vraag.get("kleur") ?? "status");
    if (keuze.checked && keuze.name === "laag") void zet(keuze.value, true);
    if (keuze.checked && keuze.name === "kleur") thema = /** @type {Thema} */ (keuze.value);
  }

  return {
    thema: () => thema,
    toonLegenda,
    /** What of the layers belongs to a saved view. @returns {[string, string][]} */
    stand: () => [...(thema === "status" ? [] : [/** @type {[string, string]} */ (["kleur", thema])]), ...[...getoond.keys()].map((soort) => /** @type {[string, string]} */ (["laag", soort]))],
  };
}
