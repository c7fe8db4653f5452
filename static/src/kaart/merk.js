// @ts-check
// Markers: what a location or a cluster looks like. Shape and word tell the status, colour only repeats it.
import * as L from "leaflet";

/** Sign per status; the legend in templates/locaties/kaart.html shows the same. */
export const TEKENS = { in_beeld: "○", actief: "▲", in_onderzoek: "◐", gesloten: "●", uit_beeld: "×" };

/** @param {string} status */
export function icoon(status) {
  const el = document.createElement("span");
  el.textContent = TEKENS[/** @type {keyof typeof TEKENS} */ (status)] ?? "○";
  el.setAttribute("aria-hidden", "true");
  return L.divIcon({ className: `merk merk--${status}`, html: el, iconSize: [32, 32], iconAnchor: [16, 16] });
}

/** @param {number} aantal */
export function trosIcoon(aantal) {
  const el = document.createElement("span");
  el.textContent = aantal > 999 ? `${Math.floor(aantal / 1000)}k` : String(aantal);
  el.setAttribute("aria-hidden", "true");
  const maat = aantal < 10 ? 36 : aantal < 100 ? 42 : 50;
  return L.divIcon({ className: "tros", html: el, iconSize: [maat, maat] });
}

/**
 * Make a marker a button with a name, also from the keyboard. `doe` gets true when it was the keyboard.
 * @param {L.Marker} merk @param {string} naam @param {(metToets: boolean) => void} doe
 */
export function alsKnop(merk, naam, doe) {
  merk.on("add", () => {
    const el = merk.getElement();
    if (!el) return;
    el.setAttribute("role", "button");
    el.setAttribute("aria-label", naam);
    el.setAttribute("title", naam);
    el.onkeydown = (gebeurtenis) => {
      if (gebeurtenis.key !== "Enter" && gebeurtenis.key !== " ") return;
      gebeurtenis.preventDefault();
      gebeurtenis.stopPropagation();
      doe(true);
    };
  });
  merk.on("click", () => doe(false));
}
