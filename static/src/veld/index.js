// @ts-check
// Start of the field app.

import { App } from "./app.js";
import { zetThema } from "./scherm/thema.js";
import { registreer } from "./werker.js";

zetThema();
const plek = (/** @type {string} */ id) => /** @type {Element} */ (document.getElementById(id));
const app = new App({ hoofd: plek("veld-hoofd"), kop: plek("veld-kop"), band: plek("veld-band") });

/** @type {any} */ (window).inspecties = { serialiseer: () => app.bezoek?.sessie.serialiseer() ?? null };

void app.begin();
void registreer((werker) => app.versie.nieuweVersie(werker), () => app.versie.gewisseld());

// A link to "#veld-hoofd" would count as another screen.
document.querySelector(".overslaan")?.addEventListener("click", (gebeurtenis) => {
  gebeurtenis.preventDefault();
  /** @type {HTMLElement} */ (plek("veld-hoofd")).focus();
});
