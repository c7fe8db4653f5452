// @ts-check
// Covering parts of a photo on an office page: the drawing board, and its areas in the field of the form.

import { Lakbord } from "../foto/lakbord.js";

/** @param {string} tekst @param {() => void} doe @param {string} [naam] */
function knop(tekst, doe, naam) {
  const el = document.createElement("button");
  el.type = "button";
  el.className = "utrecht-button utrecht-button--secondary-action";
  el.textContent = tekst;
  if (naam) el.setAttribute("aria-label", naam);
  el.addEventListener("click", doe);
  return el;
}

export function maakLakbord() {
  const formulier = document.querySelector("form[data-lakformulier]");
  const plek = formulier?.querySelector("[data-lakplek]");
  const veld = formulier?.querySelector("input[name=vlakken]");
  if (!(plek instanceof HTMLElement) || !(veld instanceof HTMLInputElement)) return;
  const beeld = new Image();
  beeld.alt = `Foto bij ${plek.dataset.naam ?? "dit bezoek"}, om delen van af te dekken`;
  beeld.addEventListener("error", () => {
    plek.textContent = "De foto is nu niet te laden. Laad de pagina opnieuw.";
  });
  beeld.addEventListener("load", () => {
    const bord = new Lakbord(beeld, JSON.parse(veld.value || "[]"), { knop, gewijzigd: (vlakken) => void (veld.value = JSON.stringify(vlakken)) });
    plek.replaceChildren(bord.el);
  }, { once: true });
  beeld.src = plek.dataset.bron ?? "";
}
