// @ts-check
// What the map's page needs: Leaflet as the global that folium's script expects, and the layers that our own folium
// plugins call (inspecties/locaties/kaart.py).
import "../verzegeld.js";
import * as L from "leaflet";
import { achtergrond } from "./achtergrond.js";
import { koppelingen } from "./koppelingen.js";
import { locaties } from "./locaties.js";
import { punt } from "./punt.js";
import { vlak } from "./vlak.js";

/** A tile service below everything else. @param {L.Map} kaart @param {{url: string, maxZoom: number}} waarden */
function tegels(kaart, { url, maxZoom }) {
  L.tileLayer(url, { maxZoom }).addTo(kaart);
}

L.Control.Zoom.mergeOptions({ zoomInTitle: "Inzoomen", zoomOutTitle: "Uitzoomen" });
L.Control.Scale.mergeOptions({ imperial: false });
if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
  L.Map.mergeOptions({ zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false });
}
L.Map.addInitHook(
  /** @this {L.Map} */ function () {
    const doos = this.getContainer();
    // On a phone a popup would lie under the buttons at the top.
    if (matchMedia("(width < 60rem)").matches) this.zoomControl?.setPosition("bottomright");
    doos.setAttribute("role", "region");
    // What the map stands at, for tests and for who looks at the page with other means.
    this.on("zoomend", () => (doos.dataset.zoom = String(this.getZoom())));
    doos.setAttribute("aria-label", doos.parentElement?.dataset.kaartnaam ?? "Kaart");
  },
);

Object.assign(window, { L, inspectiesKaart: { achtergrond, koppelingen, locaties, punt, tegels, vlak } });
