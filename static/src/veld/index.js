// @ts-check
// Start of the field app.

import "../verzegeld.js";
import { App } from "./app.js";
import { zetUiterlijk } from "./scherm/thema.js";
import { watOntbreekt } from "./toegang/vereist.js";
import { registreer } from "./werker.js";

const plek = (/** @type {string} */ id) => /** @type {Element} */ (document.getElementById(id));

/** @param {string} waarom */
function toonStop(waarom) {
  const zin = Object.assign(document.createElement("p"), { textContent: waarom });
  zin.setAttribute("role", "alert");
  plek("veld-hoofd").replaceChildren(Object.assign(document.createElement("h1"), { textContent: "De veldapp werkt hier niet" }), zin);
}

const ontbreekt = watOntbreekt(window);
if (ontbreekt) {
  toonStop(ontbreekt);
} else {
  zetUiterlijk();
  const app = new App({ hoofd: plek("veld-hoofd"), kop: plek("veld-kop"), band: plek("veld-band") });
  /** @type {any} */ (window).inspecties = { serialiseer: () => app.bezoek?.sessie.serialiseer() ?? null };
  app.begin().catch((fout) => {
    console.error(fout); // a refusal of the browser, without any answer in it
    toonStop("De opslag van deze browser gaat niet open. Sluit andere vensters van de app, sluit een privévenster, en laad de app opnieuw. Wat al was opgeslagen, staat er nog.");
  });
  void registreer((werker) => app.versie.nieuweVersie(werker), () => app.versie.gewisseld());
}

// A link to "#veld-hoofd" would count as another screen.
document.querySelector(".overslaan")?.addEventListener("click", (gebeurtenis) => {
  gebeurtenis.preventDefault();
  /** @type {HTMLElement} */ (plek("veld-hoofd")).focus();
});
