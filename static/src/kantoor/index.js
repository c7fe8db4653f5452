// @ts-check
// Office pages work without this; it only saves a keystroke here and there.
import "../verzegeld.js";
import { bedienPasskeys } from "../account/passkeys.js";
import { volgAvond } from "../acties/avond.js";
import { volgPlanbord } from "../acties/planbord.js";
import { volgVoortgang } from "../acties/voortgang.js";
import { vergrendelBijAfmelden } from "./afmelden.js";
import { vraagPerAlinea } from "./kabinet.js";
import { maakLakbord } from "./lakken.js";
import { volgVolledig } from "./volledig.js";
import { zoekAdressen } from "./adreszoeker.js";
import { waarschuwBijGevaar } from "../signalen/melden.js";

/** Bring the reader to what is wrong, once the page shows it. */
function naarFouten() {
  const samenvatting = document.querySelector("[data-foutensamenvatting]");
  if (samenvatting instanceof HTMLElement) samenvatting.focus();
}

/** Send a filter form when a choice changes, so that nobody has to look for the button. */
function filtersVanzelf() {
  for (const formulier of document.querySelectorAll("form[data-filter]")) {
    if (!(formulier instanceof HTMLFormElement)) continue;
    formulier.addEventListener("change", (gebeurtenis) => {
      if (gebeurtenis.target instanceof HTMLSelectElement) formulier.requestSubmit();
    });
  }
}

naarFouten();
filtersVanzelf();
volgVoortgang();
volgPlanbord();
volgAvond();
volgVolledig();
zoekAdressen();
waarschuwBijGevaar();
maakLakbord();
vraagPerAlinea();
vergrendelBijAfmelden();
bedienPasskeys();
