// @ts-check
// Photos and sound: taking them, and small copies of what is there.

import { fotosUit } from "../../foto/bijlage.js";
import { maakKlein } from "../../foto/klein.js";
import { inWoorden } from "../../meldbaar.js";
import { fotoId } from "../../opslag/fotos.js";
import { h, knop, zegZacht } from "../dom.js";
import { icoon } from "../iconen.js";

/** Where it was taken, when the person wants that: does not keep the visit waiting. @param {import("../../bezoek/bezoek.js").Bezoek} bezoek */
export async function volgPlekVan(bezoek) {
  const { volgPlek } = await import("../../foto/plek.js");
  await volgPlek(bezoek.bijlagen, bezoek.d.kluis);
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
        const plaats = bezoek.bijlagen.plek?.nu(/** @type {any} */ (bestand).lastModified) ?? null;
        const bytes = await bestand.arrayBuffer();
        const naam = /** @type {any} */ (bestand).name || "foto.jpg";
        const klein = await maakKlein(bestand);
        verwerk(await bezoek.bijlagen.voegToe(sleutel, bytes, { soort: bestand.type || "application/octet-stream", bestandsnaam: naam, klein, plaats }));
        zegZacht(klein || bestand.type.startsWith("audio/") ? "Foto opgeslagen op dit toestel." : "Foto opgeslagen op dit toestel. Hij is hier niet te tonen; het origineel is bewaard.");
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
  /** @type {Map<string, {li: HTMLElement, merk: HTMLElement}>} by hash */
  const getoond = new Map();
  const { bezoek } = omgeving;
  const fotos = () => fotosUit(bezoek.vouw.koppen(sleutel, "bijlage"));
  /** @param {() => Promise<Set<string>>} noteer @returns {Promise<boolean>} whether it was written down */
  const gelukt = async (noteer) => {
    try {
      omgeving.verwerk(await noteer());
      return true;
    } catch (fout) {
      omgeving.meldFout(inWoorden(fout));
      return false;
    }
  };
  const weg = async (/** @type {import("../../foto/bijlage.js").Foto} */ foto) => {
    if (await gelukt(() => bezoek.bijlagen.verwijder(sleutel, foto))) {
      omgeving.meldOngedaan("Foto weggehaald.", () => void gelukt(() => bezoek.bijlagen.voegTerug(sleutel, foto)));
    }
  };
  const open = async (/** @type {string} */ sha256) => {
    const { openKijker } = await import("../../foto/kijker.js");
    openKijker({ omgeving, sleutel, fotos, weg }, sha256);
  };
  return {
    el,
    ververs() {
      const nu = fotos();
      const hier = new Set(nu.map((foto) => foto.sha256));
      for (const [sha256, { li }] of getoond) if (!hier.has(sha256)) li.remove(), getoond.delete(sha256);
      for (const [i, foto] of nu.entries()) {
        const naam = `Foto ${i + 1}`;
        const bekend = getoond.get(foto.sha256);
        if (bekend) {
          bekend.merk.hidden = !foto.afdekken.length;
          bekend.li.firstElementChild?.setAttribute("aria-label", `${naam} groot bekijken`);
          bekend.li.lastElementChild?.setAttribute("aria-label", `${naam} weghalen`);
          continue;
        }
        const geluid = foto.soort?.startsWith("audio/") ?? false;
        const plek = h("span", { class: "miniatuur miniatuur-leeg" }, geluid ? "Geluid" : "");
        const merk = h("span", { class: "miniatuurmerk", hidden: !foto.afdekken.length }, "Afgedekt");
        const li = h("li", { "data-foto": foto.sha256 },
          h("button", { type: "button", class: "miniatuurknop", "aria-label": `${naam} groot bekijken`, onclick: () => void open(foto.sha256) }, plek, merk),
          knop([icoon("kruis")], () => void weg(fotos().find((een) => een.sha256 === foto.sha256) ?? foto), { class: "knop knop-klein", "aria-label": `${naam} weghalen` }));
        getoond.set(foto.sha256, { li, merk });
        el.insertBefore(li, el.children[i] ?? null);
        void omgeving.adressen.geef(fotoId(bezoek.bezoekId, foto.sha256), foto.soort).then((/** @type {string|null} */ adres) => {
          if (!adres) return void (plek.textContent = "Op ander toestel");
          if (geluid) return;
          const beeld = h("img", { alt: naam, class: "miniatuur", src: adres, onerror: () => {
            plek.textContent = "Hier niet te tonen, wel bewaard";
            beeld.replaceWith(plek);
          } });
          plek.replaceWith(beeld);
        });
      }
      el.hidden = nu.length === 0;
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
