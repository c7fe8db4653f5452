// @ts-check
// One photo large: zoom, the next and the one before, what is known of it, its caption, covering faces.

import { bedekking } from "../../foto/lakbord.js";
import { fotostand } from "../dienst/stand.js";
import { inWoorden } from "../meldbaar.js";
import { fotoId } from "../opslag/fotos.js";
import { dagEnTijd, elementId, h, knop, vul } from "../scherm/dom.js";
import { icoon } from "../scherm/iconen.js";
import { Vel } from "../scherm/vel.js";
import { plaatszin } from "./bijlage.js";
import { openLakscherm } from "./lakscherm.js";
import { staatPlekAan, volgPlek, vraagVerlof, zetPlek } from "./plek.js";

/** @typedef {import("./bijlage.js").Foto} Foto */

const ZOOM = [1, 2, 4];
const TYPPAUZE_MS = 300;
const STAND_MS = 2000;

/**
 * @param {{omgeving: any, sleutel: string, fotos: () => Foto[], weg: (foto: Foto) => Promise<void>}} bron
 * @param {string} sha256 which photo first
 */
export function openKijker(bron, sha256) {
  return new Kijker(bron, sha256);
}

class Kijker {
  /** @type {any} */
  #wekker = null;
  #zoom = 0;
  /** @type {string|null} address of the decrypted original */
  #adres = null;
  #beurt = 0;
  /** @type {any} */
  #standwekker = null;

  /** @param {{omgeving: any, sleutel: string, fotos: () => Foto[], weg: (foto: Foto) => Promise<void>}} bron @param {string} sha256 */
  constructor(bron, sha256) {
    this.bron = bron;
    this.sha256 = sha256;
    this.bezoek = bron.omgeving.bezoek;
    this.fotos = this.bezoek.d.fotos;
    this.telling = h("span", { class: "rek", "aria-live": "polite" });
    this.vorige = knop([icoon("links"), h("span", { class: "alleen-voorlezen" }, "Vorige foto")], () => void this.#schuif(-1));
    this.volgende = knop([icoon("rechts"), h("span", { class: "alleen-voorlezen" }, "Volgende foto")], () => void this.#schuif(1));
    this.vel = new Vel("Foto bekijken", { kop: [this.telling, this.vorige, this.volgende], gesloten: () => this.#ruimOp() });
    this.vel.el.addEventListener("keydown", (e) => {
      if (/** @type {Element} */ (e.target).closest("textarea, [data-zoomvak]")) return;
      if (e.key === "ArrowLeft") void this.#schuif(-1);
      if (e.key === "ArrowRight") void this.#schuif(1);
    });
    this.stand = h("dd");
    this.#standwekker = setInterval(() => void this.#versStand(), STAND_MS);
    void this.#toon();
  }

  /** Sending goes on while somebody looks. */
  async #versStand() {
    const record = await this.fotos.record(fotoId(this.bezoek.bezoekId, this.sha256));
    const zin = fotostand(record)?.zin ?? "Staat op een ander toestel of alleen nog op de server";
    if (this.stand.textContent !== zin) this.stand.textContent = zin;
  }

  /** @returns {Foto|undefined} */
  get foto() {
    return this.bron.fotos().find((foto) => foto.sha256 === this.sha256);
  }

  /** @param {number} stap */
  async #schuif(stap) {
    const alle = this.bron.fotos();
    const doel = alle[alle.findIndex((foto) => foto.sha256 === this.sha256) + stap];
    if (!doel) return;
    await this.#bewaarBijschrift();
    this.sha256 = doel.sha256;
    this.#zoom = 0;
    await this.#toon();
  }

  async #toon() {
    const alle = this.bron.fotos();
    const plek = alle.findIndex((foto) => foto.sha256 === this.sha256);
    const foto = alle[plek];
    if (!foto) return this.vel.sluit();
    const beurt = ++this.#beurt;
    this.telling.textContent = `Foto ${plek + 1} van ${alle.length}`;
    this.vorige.disabled = plek === 0;
    this.volgende.disabled = plek === alle.length - 1;
    const id = fotoId(this.bezoek.bezoekId, foto.sha256);
    const [bytes, aan] = await Promise.all([this.fotos.bytes(id), this.#plekGekozen(), this.#versStand()]);
    if (beurt !== this.#beurt || !this.vel.el.isConnected) return;
    this.#wisAdres();
    vul(this.vel.romp, await this.#beeld(foto, bytes), this.#bijschrift(foto), this.#knoppen(foto, bytes !== null), this.#feiten(foto, aan));
  }

  /** @param {Foto} foto @param {ArrayBuffer|null} bytes */
  async #beeld(foto, bytes) {
    if (!bytes) return h("p", { class: "vak" }, "Deze foto staat niet op dit toestel: een collega maakte hem, of hij is na het verzenden opgeruimd.");
    this.#adres = URL.createObjectURL(new Blob([bytes], { type: foto.soort?.startsWith("image/") || foto.soort?.startsWith("audio/") ? foto.soort : "image/jpeg" }));
    if (foto.soort?.startsWith("audio/")) return h("audio", { controls: true, src: this.#adres, class: "kijkgeluid" });
    const beeld = h("img", { src: this.#adres, alt: foto.bijschrift || this.telling.textContent, draggable: "false" });
    try {
      await beeld.decode();
    } catch (fout) {
      if (!(fout instanceof DOMException)) throw fout;
      return h("p", { class: "vak" }, "Deze browser kan dit soort foto niet tonen. Het origineel is bewaard en gaat gewoon mee.");
    }
    const tafel = h("div", { class: "laktafel" }, beeld);
    if (foto.afdekken.length) tafel.append(bedekking(foto.afdekken));
    this.beeld = beeld;
    const vak = h("div", { class: "zoomvak", "data-zoomvak": true, tabindex: "0", role: "region", "aria-label": "De foto. Is hij vergroot, dan schuift u met de pijltjes." }, tafel);
    tafel.addEventListener("dblclick", () => this.#zet((this.#zoom + 1) % ZOOM.length, vak, tafel));
    this.groter = knop([icoon("plus"), "Groter"], () => this.#zet(this.#zoom + 1, vak, tafel));
    this.kleiner = knop("Passend", () => this.#zet(0, vak, tafel));
    this.#zet(0, vak, tafel);
    return h("div", null, vak, h("div", { class: "lakrij zoomrij" }, this.groter, this.kleiner));
  }

  /** @param {number} zoom @param {HTMLElement} vak @param {HTMLElement} tafel */
  #zet(zoom, vak, tafel) {
    const maal = ZOOM[zoom];
    if (maal === undefined) return;
    this.#zoom = zoom;
    vak.classList.toggle("zoomvak-groot", maal > 1);
    tafel.style.inlineSize = maal > 1 ? `${maal * 100}%` : "";
    if (this.groter) this.groter.disabled = zoom === ZOOM.length - 1;
    if (this.kleiner) this.kleiner.disabled = zoom === 0;
    if (maal > 1) vak.scrollTo((vak.scrollWidth - vak.clientWidth) / 2, (vak.scrollHeight - vak.clientHeight) / 2);
  }

  /** @param {Foto} foto */
  #bijschrift(foto) {
    const id = elementId();
    this.veld = h("textarea", { id, class: "invoer", rows: 2, maxlength: 1000, value: foto.bijschrift, oninput: () => {
      clearTimeout(this.#wekker);
      this.#wekker = setTimeout(() => void this.#bewaarBijschrift(), TYPPAUZE_MS);
    }, onblur: () => void this.#bewaarBijschrift() });
    this.bewaard = h("p", { class: "klein", role: "status" });
    return h("div", { class: "veldgroep" }, h("label", { for: id, class: "veldlabel" }, "Wat is hier te zien?"), this.veld, this.bewaard);
  }

  /** Every change is an operation of its own, stored before the screen says so. */
  async #bewaarBijschrift() {
    clearTimeout(this.#wekker);
    const { foto, veld, bewaard } = this;
    if (!foto || !veld || !bewaard || veld.value === foto.bijschrift) return;
    try {
      this.bron.omgeving.verwerk(await this.bezoek.bijlagen.wijzig(this.bron.sleutel, foto, { bijschrift: veld.value }));
      bewaard.textContent = "Opgeslagen op dit toestel";
    } catch (fout) {
      bewaard.textContent = inWoorden(fout);
    }
  }

  /** @param {Foto} foto @param {boolean} hier */
  #knoppen(foto, hier) {
    const tekenbaar = hier && this.beeld && foto.soort?.startsWith("image/");
    return h("div", { class: "lakrij" },
      tekenbaar && knop(foto.afdekken.length ? "Afdekken wijzigen" : "Gezichten afdekken", async () => {
        await this.#bewaarBijschrift();
        const nu = this.foto;
        if (nu && this.#adres) openLakscherm({ ...this.bron, foto: nu, adres: this.#adres }, () => void this.#toon());
      }),
      knop([icoon("kruis"), "Foto weghalen"], async () => {
        const nu = this.foto;
        this.vel.sluit();
        if (nu) await this.bron.weg(nu);
      }));
  }

  /** @param {Foto} foto @param {boolean} aan */
  #feiten(foto, aan) {
    const rij = (/** @type {string} */ naam, /** @type {(Node|string|false|null)[]} */ ...wat) => [h("dt", null, naam), h("dd", null, ...wat)];
    return h("dl", { class: "fotofeiten" },
      h("dt", null, "Stand"), this.stand,
      ...rij("Gemaakt", `${dagEnTijd(foto.gemaakt_op)}, volgens de klok van dit toestel`),
      ...rij("Plaats", plaatszin(foto.plaats), !foto.plaats && !aan && this.#plekaanbod()),
      ...rij("Afgedekt", foto.afdekken.length ? `${foto.afdekken.length} ${foto.afdekken.length === 1 ? "vlak" : "vlakken"}; in documenten zwart, in het origineel niet` : "Niets"),
      ...rij("Bestand", `${foto.soort ?? "onbekend"}${foto.omvang ? `, ${Math.max(1, Math.round(foto.omvang / 1024)).toLocaleString("nl-NL")} kB` : ""}`));
  }

  /** Nothing to choose where there is no vault (a preview in the office). @returns {Promise<boolean>} */
  async #plekGekozen() {
    const { kluis } = this.bezoek.d;
    return kluis.db ? staatPlekAan(kluis) : true;
  }

  #plekaanbod() {
    const uitslag = h("p", { class: "klein", role: "status" });
    const aanzetten = knop("Voortaan plaats en richting vastleggen", async () => {
      const tegen = await vraagVerlof();
      if (tegen) return void (uitslag.textContent = tegen);
      await zetPlek(this.bezoek.d.kluis, true);
      await volgPlek(this.bezoek.bijlagen, this.bezoek.d.kluis);
      aanzetten.remove();
      uitslag.textContent = "Staat aan op dit toestel. Uitzetten kan bij 'Dit toestel'.";
    });
    return h("div", null, aanzetten, uitslag);
  }

  #wisAdres() {
    if (this.#adres) URL.revokeObjectURL(this.#adres);
    this.#adres = null;
    this.beeld = undefined;
  }

  #ruimOp() {
    clearInterval(this.#standwekker);
    void this.#bewaarBijschrift();
    this.#beurt += 1;
    this.#wisAdres();
  }
}
