// @ts-check
// Photos and sound: taking them, and small copies of what is there.

import { inWoorden } from "../../meldbaar.js";
import { fotoId } from "../../opslag/fotos.js";
import { h, knop, zegZacht } from "../dom.js";
import { icoon } from "../iconen.js";

const KLEIN_PX = 480;

/**
 * A small JPEG for the screen; null where the browser cannot read the picture (the original is kept all the same).
 * @param {Blob} blob @returns {Promise<ArrayBuffer|null>}
 */
async function maakKlein(blob) {
  if (!blob.type.startsWith("image/")) return null;
  let beeld;
  try {
    beeld = await createImageBitmap(blob);
  } catch (fout) {
    if (fout instanceof DOMException) return null;
    throw fout;
  }
  const schaal = Math.min(1, KLEIN_PX / Math.max(beeld.width, beeld.height));
  const doek = document.createElement("canvas");
  doek.width = Math.max(1, Math.round(beeld.width * schaal));
  doek.height = Math.max(1, Math.round(beeld.height * schaal));
  doek.getContext("2d")?.drawImage(beeld, 0, 0, doek.width, doek.height);
  beeld.close();
  const klein = await new Promise((/** @type {(b: Blob|null) => void} */ klaar) => doek.toBlob(klaar, "image/jpeg", 0.7));
  return klein ? klein.arrayBuffer() : null;
}

/**
 * @param {any} omgeving {bezoek, verwerk, adressen}
 * @param {string} sleutel @param {FileList|Blob[]} bestanden
 */
export async function neemBestanden(omgeving, sleutel, bestanden) {
  const { bezoek, verwerk } = omgeving;
  try {
    // Busy from the moment of the tap: reading and shrinking come before saving.
    await bezoek.bewaarder.buitenom(async () => {
      for (const bestand of bestanden) {
        const bytes = await bestand.arrayBuffer();
        const naam = /** @type {any} */ (bestand).name || "foto.jpg";
        verwerk(await bezoek.bijlagen.voegToe(sleutel, bytes, { soort: bestand.type || "application/octet-stream", bestandsnaam: naam, klein: await maakKlein(bestand) }));
        zegZacht("Foto opgeslagen op dit toestel.");
      }
    });
  } catch (fout) {
    omgeving.meldFout(inWoorden(fout));
  }
}

/**
 * The row of small copies of one question.
 * @param {any} omgeving @param {string} sleutel
 */
export function miniaturen(omgeving, sleutel) {
  const el = h("ul", { class: "miniaturen", "aria-label": "Foto's bij deze vraag" });
  /** @type {Map<string, HTMLElement>} */
  const getoond = new Map();
  return {
    el,
    ververs() {
      const { bezoek } = omgeving;
      const bijlagen = bezoek.vouw.bijlagen(sleutel);
      const ids = new Set(bijlagen.map((/** @type {any} */ b) => b.op_id));
      for (const [id, li] of getoond) if (!ids.has(id)) li.remove(), getoond.delete(id);
      for (const [i, bijlage] of bijlagen.entries()) {
        if (getoond.has(bijlage.op_id)) continue;
        const naam = `Foto ${i + 1}`;
        const beeld = h("img", { alt: `${naam}: ${bijlage.bestandsnaam ?? ""}`, class: "miniatuur" });
        const li = h("li", { "data-foto": bijlage.sha256 }, beeld, knop([icoon("kruis")], async () => {
          omgeving.verwerk(await bezoek.bijlagen.verwijder(sleutel, bijlage));
          omgeving.meldOngedaan("Foto weggehaald.", async () => {
            omgeving.verwerk(await bezoek.bijlagen.voegTerug(sleutel, bijlage));
          });
        }, { class: "knop knop-klein", "aria-label": `${naam} weghalen` }));
        getoond.set(bijlage.op_id, li);
        el.append(li);
        void omgeving.adressen.geef(fotoId(bezoek.bezoekId, bijlage.sha256), bijlage.soort).then((/** @type {string|null} */ adres) => {
          if (adres) beeld.src = adres;
          else beeld.replaceWith(h("span", { class: "miniatuur miniatuur-leeg" }, "Op ander toestel"));
        });
      }
      el.hidden = bijlagen.length === 0;
    },
  };
}

/** @param {any} knoop @param {string} id @param {any} omgeving @param {string} sleutel @returns {import("./tekst.js").Controle} */
export function bestandsveld(knoop, id, omgeving, sleutel) {
  const audio = knoop.type === "audio";
  const invoer = h("input", {
    id, type: "file", name: knoop.naam, class: "verborgen-invoer", accept: audio ? "audio/*" : "image/*", capture: audio ? true : "environment", multiple: true,
    onchange: async () => {
      const bestanden = [...(invoer.files ?? [])];
      await neemBestanden(omgeving, sleutel, bestanden);
      invoer.value = "";
    },
  });
  return { el: h("div", { class: "beeldveld" }, invoer, h("label", { for: id, class: "knop knop-breed" }, icoon(audio ? "geluid" : "camera"), audio ? "Geluid opnemen" : "Foto maken")), invoer, toon: () => {} };
}
