// @ts-check
// Covering parts of a photo: drawing with finger or mouse, and everything with buttons and keys as well. Used by the tablet
// and by the office; it only knows a picture and a list of areas.

import { begrens, nieuwVlak, noem, uitGezichten, uitPunten, vergroot, verplaats } from "./vlakken.js";

/** @typedef {import("./vlakken.js").Vlak} Vlak */

const STAP = 0.01;
const GREEP_PX = 16;
/** key: what it does to place and size */
const PIJLEN = /** @type {Record<string, [number, number]>} */ ({ ArrowLeft: [-STAP, 0], ArrowRight: [STAP, 0], ArrowUp: [0, -STAP], ArrowDown: [0, STAP] });
const SVG = "http://www.w3.org/2000/svg";

/** @param {string} naam @param {Record<string, string|number>} eigenschappen */
function svg(naam, eigenschappen) {
  const el = document.createElementNS(SVG, naam);
  for (const [sleutel, waarde] of Object.entries(eigenschappen)) el.setAttribute(sleutel, String(waarde));
  return el;
}

/** The shape of an area in a drawing of 1000 by 1000. @param {Vlak} vlak */
function vorm(vlak) {
  const [x, y, b, h] = [vlak.x, vlak.y, vlak.b, vlak.h].map((deel) => deel * 1000);
  return vlak.vorm === "ovaal" ? svg("ellipse", { cx: x + b / 2, cy: y + h / 2, rx: b / 2, ry: h / 2 }) : svg("rect", { x, y, width: b, height: h });
}

function tekening() {
  return svg("svg", { viewBox: "0 0 1000 1000", preserveAspectRatio: "none", class: "lakvlakken" });
}

/** The areas as they will be, over a picture in a `.laktafel`. @param {Vlak[]} vlakken */
export function bedekking(vlakken) {
  const el = tekening();
  el.setAttribute("aria-hidden", "true");
  el.append(...vlakken.map(vorm));
  return el;
}

export class Lakbord {
  /** @type {Vlak[][]} what it was before each change */
  #eerder = [];
  #gekozen = -1;
  /** @type {Vlak["vorm"]} */
  #vorm = "rechthoek";
  /** @type {{soort: "teken"|"schuif"|"rek", van: [number, number], vlak: Vlak|null}|null} */
  #sleep = null;

  /**
   * @param {HTMLImageElement} beeld
   * @param {Vlak[]} vlakken
   * @param {{knop: (tekst: string, doe: () => void, naam?: string) => HTMLButtonElement, gewijzigd: (vlakken: Vlak[]) => void}} opties
   */
  constructor(beeld, vlakken, opties) {
    this.beeld = beeld;
    this.vlakken = vlakken.map((vlak) => begrens({ ...vlak, vorm: vlak.vorm ?? "rechthoek" }));
    this.o = opties;
    this.tekening = tekening();
    this.tekening.setAttribute("role", "group");
    this.tekening.setAttribute("aria-label", "Afgedekte delen van de foto");
    this.melding = maak("p", "lakmelding");
    this.melding.setAttribute("role", "status");
    this.vormen = maak("div", "lakrij");
    this.vormen.setAttribute("role", "group");
    this.vormen.setAttribute("aria-label", "Wat u tekent");
    this.terug = opties.knop("Ongedaan maken", () => this.#maakOngedaan());
    this.lijst = maak("ul", "laklijst");
    this.gereedschap = maak("div", "lakrij");
    this.gereedschap.setAttribute("role", "group");
    const tafel = maak("div", "laktafel", beeld, this.tekening);
    this.uitleg = maak("p", "lakmelding");
    this.el = maak("div", "lakbord", this.vormen, this.uitleg, tafel, this.melding, this.gereedschap, this.lijst);
    this.#maakVormen();
    this.#luister();
    this.#toon();
  }

  #maakVormen() {
    for (const [soort, naam] of /** @type {const} */ ([["rechthoek", "Rechthoek toevoegen"], ["ovaal", "Ovaal toevoegen"]])) {
      this.vormen.append(this.o.knop(naam, () => {
        this.#vorm = soort;
        this.#neem([...this.vlakken, nieuwVlak(this.vlakken, soort)], `Vlak ${this.vlakken.length + 1} toegevoegd. Schuif het met de pijltjes.`);
        this.#kies(this.vlakken.length - 1, true);
      }));
    }
    if ("FaceDetector" in window) this.vormen.append(this.o.knop("Gezichten zoeken", () => void this.#zoekGezichten()));
    this.vormen.append(this.terug);
    if (!("FaceDetector" in window)) this.uitleg.textContent = "Deze browser zoekt niet zelf naar gezichten: kijk goed, ook naar spiegels en schermen.";
    this.melding.textContent = "Teken een vlak met vinger of muis, of voeg er een toe.";
  }

  async #zoekGezichten() {
    this.melding.textContent = "Bezig met zoeken…";
    let kaders = [];
    try {
      const zoeker = new /** @type {any} */ (window).FaceDetector({ maxDetectedFaces: 30 });
      kaders = (await zoeker.detect(this.beeld)).map((/** @type {any} */ gezicht) => gezicht.boundingBox);
    } catch (fout) {
      if (!(fout instanceof DOMException) && !(fout instanceof TypeError)) throw fout;
      this.melding.textContent = "Zoeken naar gezichten lukt niet in deze browser. Teken de vlakken zelf.";
      return;
    }
    const gevonden = uitGezichten(kaders, this.beeld.naturalWidth, this.beeld.naturalHeight);
    if (!gevonden.length) this.melding.textContent = "Geen gezichten gevonden. Kijk zelf goed: de browser mist er soms een.";
    else this.#neem([...this.vlakken, ...gevonden], `${gevonden.length === 1 ? "1 gezicht" : `${gevonden.length} gezichten`} gevonden. Kijk zelf na of alles is afgedekt.`);
  }

  /** @param {Vlak[]} vlakken @param {string} [zin] */
  #neem(vlakken, zin) {
    this.#eerder.push(this.vlakken);
    this.vlakken = vlakken;
    if (zin) this.melding.textContent = zin;
    this.#toon();
    this.o.gewijzigd(vlakken);
  }

  #maakOngedaan() {
    const vorig = this.#eerder.pop();
    if (!vorig) return;
    this.vlakken = vorig;
    this.#gekozen = -1;
    this.melding.textContent = "Teruggezet.";
    this.#toon();
    this.o.gewijzigd(vorig);
  }

  /** @param {number} i @param {boolean} [metFocus] */
  #kies(i, metFocus = false) {
    this.#gekozen = i;
    this.#toon();
    if (metFocus) /** @type {SVGElement|null} */ (this.tekening.querySelector(`[data-vlak="${i}"]`))?.focus();
  }

  /** @param {number} i @param {Vlak} vlak */
  #vervang(i, vlak) {
    const nu = this.vlakken[i];
    if (!nu || JSON.stringify(nu) === JSON.stringify(vlak)) return;
    this.#neem(this.vlakken.map((v, j) => (j === i ? vlak : v)), noem(vlak, i));
  }

  /** @param {number} i */
  #haalWeg(i) {
    this.#gekozen = -1;
    this.#neem(this.vlakken.filter((_, j) => j !== i), `Vlak ${i + 1} weggehaald.`);
    this.terug.focus();
  }

  #toon() {
    const focus = /** @type {HTMLElement|null} */ (document.activeElement);
    const had = this.tekening.contains(focus) ? focus?.dataset.vlak : undefined;
    this.tekening.replaceChildren(...this.vlakken.map((vlak, i) => {
      const g = svg("g", { tabindex: 0, role: "button", "data-vlak": i, "aria-label": noem(vlak, i), "aria-pressed": String(i === this.#gekozen) });
      g.append(vorm(vlak));
      return g;
    }));
    const vlak = this.vlakken[this.#gekozen];
    if (vlak) {
      const { width, height } = this.tekening.getBoundingClientRect();
      const [rx, ry] = [width, height].map((maat) => (maat ? (GREEP_PX * 1000) / maat : 20));
      this.tekening.append(svg("ellipse", { class: "lakgreep", "data-greep": 1, cx: (vlak.x + vlak.b) * 1000, cy: (vlak.y + vlak.h) * 1000, rx, ry, "aria-hidden": "true" }));
    }
    if (had !== undefined) /** @type {SVGElement|null} */ (this.tekening.querySelector(`[data-vlak="${had}"]`))?.focus({ preventScroll: true });
    this.#toonLijst();
    this.#toonGereedschap();
    this.terug.disabled = this.#eerder.length === 0;
  }

  #toonLijst() {
    this.lijst.replaceChildren(...this.vlakken.map((vlak, i) => {
      const kies = this.o.knop(`Vlak ${i + 1} (${vlak.vorm})`, () => this.#kies(i, true));
      kies.setAttribute("aria-pressed", String(i === this.#gekozen));
      return maak("li", "", kies, this.o.knop("Weghalen", () => this.#haalWeg(i), `Vlak ${i + 1} weghalen`));
    }));
  }

  /** Buttons that do what dragging does, for the area that is chosen. They stay the same ones, so that focus stays. */
  #toonGereedschap() {
    const i = this.#gekozen;
    this.gereedschap.hidden = !this.vlakken[i];
    if (this.gereedschap.hidden) return;
    this.gereedschap.setAttribute("aria-label", `Vlak ${i + 1} verschuiven en rekken`);
    if (this.gereedschap.childElementCount) return;
    const zet = (/** @type {(vlak: Vlak) => Vlak} */ doe) => () => {
      const vlak = this.vlakken[this.#gekozen];
      if (vlak) this.#vervang(this.#gekozen, doe(vlak));
    };
    const grof = STAP * 2;
    for (const [teken, naam, doe] of /** @type {[string, string, (vlak: Vlak) => Vlak][]} */ ([
      ["←", "Naar links", (v) => verplaats(v, -grof, 0)], ["→", "Naar rechts", (v) => verplaats(v, grof, 0)], ["↑", "Omhoog", (v) => verplaats(v, 0, -grof)], ["↓", "Omlaag", (v) => verplaats(v, 0, grof)],
      ["Breder", "Breder", (v) => vergroot(v, grof, 0)], ["Smaller", "Smaller", (v) => vergroot(v, -grof, 0)], ["Hoger", "Hoger", (v) => vergroot(v, 0, grof)], ["Lager", "Lager", (v) => vergroot(v, 0, -grof)],
    ])) this.gereedschap.append(this.o.knop(teken, zet(doe), naam));
  }

  /** @param {PointerEvent} e @returns {[number, number]} as fractions of the picture */
  #punt(e) {
    const vak = this.tekening.getBoundingClientRect();
    return [(e.clientX - vak.left) / vak.width, (e.clientY - vak.top) / vak.height];
  }

  #luister() {
    const t = /** @type {SVGElement} */ (this.tekening);
    t.addEventListener("pointerdown", (e) => {
      const doel = /** @type {Element} */ (e.target);
      const van = this.#punt(e);
      const vlak = /** @type {SVGElement|null} */ (doel.closest("[data-vlak]"));
      t.setPointerCapture(e.pointerId);
      e.preventDefault();
      if (doel.hasAttribute("data-greep")) this.#sleep = { soort: "rek", van, vlak: this.vlakken[this.#gekozen] ?? null };
      else if (vlak) {
        this.#kies(Number(vlak.dataset.vlak), true);
        this.#sleep = { soort: "schuif", van, vlak: this.vlakken[this.#gekozen] ?? null };
      } else {
        this.#kies(-1);
        this.#sleep = { soort: "teken", van, vlak: null };
      }
    });
    t.addEventListener("pointermove", (e) => {
      const uit = this.#gesleept(e);
      this.schets?.remove();
      this.schets = null;
      if (!uit) return;
      this.schets = vorm(uit);
      this.schets.setAttribute("class", "lakschets");
      t.append(this.schets);
    });
    const klaar = (/** @type {PointerEvent} */ e) => {
      const uit = e.type === "pointerup" ? this.#gesleept(e) : null;
      const soort = this.#sleep?.soort;
      this.#sleep = null;
      this.schets?.remove();
      if (!uit) return;
      if (soort !== "teken") return this.#vervang(this.#gekozen, uit);
      this.#neem([...this.vlakken, uit], `Vlak ${this.vlakken.length + 1} toegevoegd.`);
      this.#kies(this.vlakken.length - 1, true);
    };
    t.addEventListener("pointerup", klaar);
    t.addEventListener("pointercancel", klaar);
    t.addEventListener("focusin", (e) => {
      const i = Number(/** @type {HTMLElement} */ (e.target).dataset.vlak ?? -1);
      if (i >= 0 && i !== this.#gekozen) this.#kies(i, true);
    });
    t.addEventListener("keydown", (e) => this.#toets(/** @type {KeyboardEvent} */ (e)));
  }

  /** @param {PointerEvent} e @returns {Vlak|null} what the finger asks for */
  #gesleept(e) {
    if (!this.#sleep) return null;
    const punt = this.#punt(e);
    const { soort, van, vlak } = this.#sleep;
    if (soort === "teken") return uitPunten(van, punt, this.#vorm);
    if (!vlak) return null;
    const [dx, dy] = [punt[0] - van[0], punt[1] - van[1]];
    return soort === "schuif" ? verplaats(vlak, dx, dy) : vergroot(vlak, dx, dy);
  }

  /** @param {KeyboardEvent} e */
  #toets(e) {
    const i = Number(/** @type {HTMLElement} */ (e.target).dataset.vlak ?? -1);
    const vlak = this.vlakken[i];
    const pijl = PIJLEN[e.key];
    if (!vlak || (!pijl && e.key !== "Delete" && e.key !== "Backspace")) return;
    e.preventDefault();
    if (!pijl) this.#haalWeg(i);
    else this.#vervang(i, e.shiftKey ? vergroot(vlak, pijl[0], pijl[1]) : verplaats(vlak, pijl[0], pijl[1]));
  }
}

/** @param {string} naam @param {string} klasse @param {...(Node|string)} kinderen */
function maak(naam, klasse, ...kinderen) {
  const el = document.createElement(naam);
  if (klasse) el.className = klasse;
  el.append(...kinderen);
  return el;
}
