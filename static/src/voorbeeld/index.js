// @ts-check
// Start of the preview of a checklist version: the field app's own screens on answers in memory, with the trial beside them.

import "../verzegeld.js";
import { Proef } from "./proef.js";

const plek = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const proef = new Proef({ pagina: plek("proef"), hoofd: plek("veld-hoofd"), paneel: plek("proef-paneel"), toestel: plek("toestel"), rol: plek("toestel-rol") });

/** @type {any} */ (window).inspecties = { serialiseer: () => proef.bezoek?.sessie.serialiseer() ?? null };
void proef.begin();
