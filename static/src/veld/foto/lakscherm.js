// @ts-check
// Covering parts of a photo on the tablet. The areas go along as an operation; the server makes the copy from the original.

import { Lakbord } from "../../foto/lakbord.js";
import { REDENEN } from "../../foto/vlakken.js";
import { inWoorden } from "../meldbaar.js";
import { elementId, h, knop, vul, zegZacht } from "../scherm/dom.js";
import { Vel } from "../scherm/vel.js";

/**
 * @param {{omgeving: any, sleutel: string, foto: import("./bijlage.js").Foto, adres: string}} bron `adres` of the picture, which stays its opener's
 * @param {() => void} klaar after saving
 */
export function openLakscherm({ omgeving, sleutel, foto, adres }, klaar) {
  const vel = new Vel("Delen van de foto afdekken");
  const beeld = h("img", { src: adres, alt: "De foto om delen van af te dekken", draggable: "false" });
  let vlakken = foto.afdekken;
  let reden = foto.reden ?? "gezicht";
  const id = elementId();
  const toelichting = h("input", { id, type: "text", class: "invoer", maxlength: 500, value: foto.toelichting ?? "" });
  const fout = h("p", { class: "foutmelding", role: "alert" });
  const bord = new Lakbord(beeld, vlakken, { knop: (tekst, doe, naam) => knop(tekst, doe, naam ? { "aria-label": naam } : {}), gewijzigd: (nieuw) => (vlakken = nieuw) });
  const bewaar = async () => {
    if (!vlakken.length && !foto.afdekken.length) return void (fout.textContent = "Teken eerst een vlak over wat niemand hoeft te zien.");
    if (reden === "anders" && !toelichting.value.trim()) {
      fout.textContent = "Schrijf bij 'Iets anders' op waarom u dit afdekt.";
      return toelichting.focus();
    }
    try {
      omgeving.verwerk(await omgeving.bezoek.bijlagen.wijzig(sleutel, foto, { afdekken: vlakken, reden, toelichting: toelichting.value.trim() }));
    } catch (mis) {
      return void (fout.textContent = inWoorden(mis));
    }
    vel.sluit();
    zegZacht("Afdekking opgeslagen op dit toestel.");
    klaar();
  };
  vul(vel.romp,
    h("h2", { tabindex: "-1" }, "Delen afdekken"),
    h("p", null, "Wat u hier zwart maakt, ziet niemand in een document of bij een partner. Het origineel blijft heel en gaat apart mee."),
    bord.el,
    h("fieldset", { class: "vraag" }, h("legend", null, "Waarom?"), h("div", { class: "chips" }, ...Object.entries(REDENEN).map(([code, naam]) =>
      h("label", { class: "chip" }, h("input", { type: "radio", name: "lakreden", value: code, checked: code === reden, onchange: () => (reden = code) }), h("span", null, naam))))),
    h("label", { for: id, class: "veldlabel" }, "Toelichting (verplicht bij 'Iets anders')"), toelichting, fout,
    knop("Afdekking opslaan", () => void bewaar(), { class: "knop knop-hoofd knop-breed" }));
}
