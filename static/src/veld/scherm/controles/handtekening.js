// @ts-check
// A signature: drawn, or for who can not or will not draw, a name that is typed or a photo of the paper that was signed.

import { inWoorden } from "../../meldbaar.js";
import { elementId, h, knop, zegZacht } from "../dom.js";
import { icoon } from "../iconen.js";
import { neemBestanden } from "./beeld.js";

const [BREED, HOOG] = [700, 260];

/** @param {string} naam @param {Date} nu @returns {HTMLCanvasElement} says itself that it was not drawn */
function getypt(naam, nu) {
  const doek = h("canvas", { width: BREED, height: HOOG });
  const pen = /** @type {CanvasRenderingContext2D} */ (doek.getContext("2d"));
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, BREED, HOOG);
  pen.fillStyle = "#111";
  pen.textBaseline = "middle";
  const regel = (/** @type {string} */ tekst, /** @type {number} */ y, /** @type {number} */ px) => {
    pen.font = `${px}px system-ui, sans-serif`;
    pen.fillText(tekst, 24, y, BREED - 48);
  };
  regel("Naam getypt in plaats van getekend", 44, 26);
  regel(naam, 130, 58);
  regel(nu.toLocaleString("nl-NL", { dateStyle: "long", timeStyle: "short" }), 218, 26);
  return doek;
}

/** @param {any} knoop @param {any} omgeving @param {string} sleutel @returns {import("./tekst.js").Controle} */
export function handtekening(knoop, omgeving, sleutel) {
  const doek = h("canvas", { class: "handtekening", width: BREED, height: HOOG, name: knoop.naam, role: "img", "aria-label": "Vak voor de handtekening. Teken met vinger of pen, of kies hieronder een andere manier." });
  const pen = /** @type {CanvasRenderingContext2D} */ (doek.getContext("2d"));
  /** @type {any} */
  let wekker;
  let bezig = false;
  let leeg = true;
  const punt = (/** @type {PointerEvent} */ e) => {
    const vak = doek.getBoundingClientRect();
    return /** @type {[number, number]} */ ([((e.clientX - vak.left) / vak.width) * BREED, ((e.clientY - vak.top) / vak.height) * HOOG]);
  };
  const bewaar = async (/** @type {HTMLCanvasElement} */ bron) => {
    const blob = await new Promise((/** @type {(blob: Blob|null) => void} */ klaar) => bron.toBlob(klaar, "image/png"));
    if (!blob) return;
    const vervangt = omgeving.bezoek.vouw.bijlagen(sleutel).map((/** @type {any} */ b) => b.op_id);
    try {
      omgeving.verwerk(await omgeving.bezoek.bijlagen.voegToe(sleutel, await blob.arrayBuffer(), { soort: "image/png", bestandsnaam: `${knoop.naam}.png`, vervangt }));
      zegZacht("Handtekening opgeslagen op dit toestel.");
    } catch (fout) {
      omgeving.meldFout(inWoorden(fout));
    }
  };
  /** @type {(() => void)|null} ends the wait for a name that is being drawn */
  let getekend = null;
  // From the first stroke on the visit is not called saved, and a lock waits for it.
  const wachtOpNaam = () => {
    if (!getekend) void omgeving.bezoek.bewaarder.buitenom(() => new Promise((klaar) => (getekend = () => klaar(undefined))));
  };
  const naamIsKlaar = () => {
    getekend?.();
    getekend = null;
  };
  const wis = () => {
    clearTimeout(wekker);
    naamIsKlaar();
    pen.clearRect(0, 0, BREED, HOOG);
    leeg = true;
  };
  doek.addEventListener("pointerdown", (e) => {
    doek.setPointerCapture(e.pointerId);
    clearTimeout(wekker);
    wachtOpNaam();
    if (leeg) {
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, BREED, HOOG);
    }
    bezig = true;
    leeg = false;
    pen.strokeStyle = "#111";
    pen.lineWidth = 4;
    pen.lineCap = pen.lineJoin = "round";
    pen.beginPath();
    pen.moveTo(...punt(e));
  });
  doek.addEventListener("pointermove", (e) => {
    if (!bezig) return;
    pen.lineTo(...punt(e));
    pen.stroke();
  });
  const klaar = () => {
    if (!bezig) return;
    bezig = false;
    wekker = setTimeout(() => void bewaar(doek).finally(naamIsKlaar), 700); // between two strokes of one name
  };
  doek.addEventListener("pointerup", klaar);
  doek.addEventListener("pointercancel", klaar);

  const anders = h("details", { class: "andersgetekend" }, h("summary", null, "Kan of wil niet tekenen"));
  anders.addEventListener("toggle", () => {
    if (anders.open && anders.childElementCount === 1) anders.append(...anderManier());
  });
  const anderManier = () => {
    const [naamId, fotoId] = [elementId(), elementId()];
    // No `name`: the form would take what is typed here for the answer itself.
    const naam = h("input", { id: naamId, type: "text", class: "invoer", autocomplete: "off", maxlength: 80 });
    const foutId = elementId();
    const fout = h("p", { id: foutId, class: "melding", role: "alert", hidden: true });
    const foto = h("input", { id: fotoId, type: "file", accept: "image/*", capture: "environment", class: "verborgen-invoer", onchange: async () => {
      await neemBestanden(omgeving, sleutel, [...(foto.files ?? [])]);
      foto.value = "";
    } });
    naam.setAttribute("aria-describedby", foutId);
    return [
      h("label", { for: naamId, class: "veldlabel" }, "Naam van wie tekent"), naam, fout,
      knop("Naam vastleggen als handtekening", () => {
        const tekst = naam.value.trim();
        fout.hidden = tekst !== "";
        fout.textContent = tekst ? "" : "Vul eerst de naam in.";
        if (!tekst) return naam.focus();
        wis();
        void bewaar(getypt(tekst, new Date(omgeving.bezoek.nu())));
      }, { class: "knop knop-breed" }),
      h("p", { class: "klein ofpapier" }, "Op het beeld komt te staan dat de naam is getypt. Of laat op papier tekenen en maak daar een foto van:"),
      h("div", { class: "beeldveld" }, foto, h("label", { for: fotoId, class: "knop knop-breed" }, icoon("camera"), "Getekend op papier: foto maken")),
    ];
  };
  return { el: h("div", { class: "beeldveld" }, doek, knop("Opnieuw tekenen", wis), anders), invoer: null, toon: () => {} };
}
