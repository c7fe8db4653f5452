// @ts-check
// A visit that was finished: to be read. Who wants to add something says why, once; then the form works again.

import { uuidv7 } from "../ops/uuid.js";
import { elementId, h, knop, vul, zegZacht } from "../scherm/dom.js";
import { Vel } from "../scherm/vel.js";

/** The reserved name of the server (controles/rules/aanvulling.py): a note on it is the reason of what this device adds from then on. */
export const AANVULLING = ":aanvulling";
const REDENEN = ["Vergeten in te vullen", "Verkeerd ingevuld", "Later gezien of gehoord", "Foto of bewijs erbij", "Anders"];
const MAX_REDEN = 500;
/** What changes an answer, in the form and in the bar under it. */
const WIJZIGT = "[data-sleutel] :is(input, textarea, select, button, canvas, label), [data-herhaling-toevoegen], .kaartweg, [data-actie], .balk input[type=file], .balk label, [data-nieuw-antwoord], .conflictkeuze";
const LEEST = new Set(["Tab", "Escape", "PageUp", "PageDown", "Home", "End"]);

/** @param {string} gekozen @param {string} toelichting @returns {{reden: string}|{bezwaar: string}} */
export function redenVan(gekozen, toelichting) {
  const extra = toelichting.trim();
  if (!gekozen) return { bezwaar: "Kies waarom u iets aanvult." };
  if (gekozen === "Anders" && !extra) return { bezwaar: "Schrijf op waarom u iets aanvult." };
  const reden = gekozen === "Anders" ? extra : [gekozen, extra].filter(Boolean).join(": ");
  return reden.length > MAX_REDEN ? { bezwaar: `Schrijf het korter: hoogstens ${MAX_REDEN} tekens.` } : { reden };
}

export class Leesstand {
  #open = false;

  /** @param {{vak: HTMLElement, bezoek: import("../bezoek/bezoek.js").Bezoek}} delen `vak`: the screen of the checklist */
  constructor({ vak, bezoek }) {
    this.bezoek = bezoek;
    this.vak = vak;
    this.band = h("div", { class: "vak leesstand", role: "status" });
    vak.querySelector(".delen")?.before(this.band);
    this.#toon("Dit bezoek is afgerond. U kunt het lezen. Wat u nog aanvult, ziet de coördinator apart, met de reden.",
      knop("Iets aanvullen", () => this.#vraagReden(), { class: "knop knop-hoofd", "data-aanvullen": true }));
    this.houdTegen = (/** @type {Event} */ gebeurtenis) => this.#houdTegen(gebeurtenis);
    for (const soort of ["click", "keydown", "beforeinput", "pointerdown"]) vak.addEventListener(soort, this.houdTegen, true);
  }

  /** @param {string} zin @param {...(Node|null)} rest */
  #toon(zin, ...rest) {
    vul(this.band, h("p", null, zin), ...rest);
  }

  /** @param {Event} gebeurtenis */
  #houdTegen(gebeurtenis) {
    const el = /** @type {Element} */ (gebeurtenis.target);
    const raak = el.closest?.(WIJZIGT);
    if (this.#open || !raak || this.band.contains(el)) return;
    if (gebeurtenis.type === "keydown" && LEEST.has(/** @type {KeyboardEvent} */ (gebeurtenis).key)) return;
    if (gebeurtenis.type !== "pointerdown") {
      gebeurtenis.preventDefault();
      if (gebeurtenis.type !== "beforeinput") this.#vraagReden();
    }
    gebeurtenis.stopImmediatePropagation();
  }

  #vraagReden() {
    const id = elementId();
    const fout = h("p", { class: "foutmelding", role: "alert", hidden: true });
    const veld = h("textarea", { id, class: "invoer", rows: 3, name: "aanvulreden" });
    const keuzes = REDENEN.map((reden) => h("label", { class: "tegel" }, h("input", { type: "radio", name: "aanvulsoort", value: reden }), h("span", null, reden)));
    const vel = new Vel("Waarom vult u iets aan?");
    const verder = async () => {
      const gekozen = /** @type {HTMLInputElement|null} */ (vel.romp.querySelector("input:checked"))?.value ?? "";
      const uit = redenVan(gekozen, veld.value);
      if ("bezwaar" in uit) {
        fout.textContent = uit.bezwaar;
        fout.hidden = false;
        return;
      }
      // Saved before anything else may be: what comes after it on this device belongs to it.
      this.bezoek.bewaarder.plan(`${AANVULLING}@${uuidv7(this.bezoek.nu())}`, "noot", "note", uit.reden);
      await this.bezoek.bewaarder.spoel();
      if (this.bezoek.bewaarder.stand === "niet-opgeslagen") return vel.sluit();
      this.#geefVrij(uit.reden);
      vel.sluit();
    };
    vul(vel.romp, h("h1", null, "Waarom vult u iets aan?"), h("p", null, "Dit bezoek is al afgerond. Wat er stond, blijft bewaard."),
      h("fieldset", { class: "vraag" }, h("legend", null, "Reden"), h("div", { class: "tegels" }, ...keuzes)),
      h("label", { for: id, class: "veldlabel" }, "Toelichting (niet verplicht)"), veld, fout, knop("Verder met aanvullen", () => void verder(), { class: "knop knop-hoofd knop-groot" }));
  }

  /** @param {string} reden */
  #geefVrij(reden) {
    this.#open = true;
    this.sluit();
    this.#toon(`U vult dit afgeronde bezoek aan. Reden: ${reden}.`);
    this.band.hidden = false;
    zegZacht("U kunt nu aanvullen.");
  }

  sluit() {
    for (const soort of ["click", "keydown", "beforeinput", "pointerdown"]) this.vak.removeEventListener(soort, this.houdTegen, true);
  }
}
