// @ts-check
// The list of stops: fetching the shift, tapping how a stop stands, where one is.

import { isVerlopen, stopsVan } from "../dienst/pak.js";
import { Volgplaats } from "../dienst/volgplaats.js";
import { h, zegZacht } from "../scherm/dom.js";
import { wijsWeg } from "../scherm/stopkaart.js";
import { toonStops } from "../scherm/stops.js";

/** Fetched (from the cache) when it is needed. */
const ophalen = () => import("../dienst/ophalen.js");

export class Stopscherm {
  /** @type {string|null} */
  gekozen = null;
  /** @type {import("../dienst/ophalen.js").Ophaalvak|null} */
  #vak = null;
  /** @type {Promise<void>|null} */
  #bezig = null;
  /** What stands on the screen, to leave it standing where nothing changed. */
  #beeld = "";
  /** @type {Element|null} */
  #eerste = null;
  /** Fields with a reason that is being typed, by stop and state. @type {Map<string, HTMLElement>} */
  #redenen = new Map();
  /** @type {any} the vault that all this belongs to */
  #van = null;

  /** @param {import("../app.js").App} app */
  constructor(app) {
    this.app = app;
    this.volg = new Volgplaats((hier) => this.#gevonden(hier), (zin) => this.app.kop.band(zin));
  }

  /** Where this device is, while it is known. @type {any} */
  get hier() {
    return this.volg.hier;
  }

  set hier(_weg) {
    this.volg.stop();
    this.volg.hier = null;
  }

  async toon() {
    const { app } = this;
    const stops = await app.metStand(stopsVan(app.pak));
    const behouden = await app.metStand(app.pak?.behouden ?? []);
    const verlopen = !!app.pak && isVerlopen(app.pak, Date.now());
    // An expired pack shows no addresses, except of work that still has to leave this device.
    const nogHier = verlopen ? stops.filter((stop) => ["lokaal", "apart"].includes(stop.verzending.stand)) : [];
    if (!app.kluis || app.bezoek || app.soort !== "stops") return;
    if (this.#van !== app.kluis) {
      this.#van = app.kluis;
      this.#redenen.clear();
      if (!this.#bezig) this.#vak = null;
    }
    if (verlopen) void ophalen().then(({ ruimVerlopenOp }) => app.kluis && ruimVerlopenOp(app));
    if (this.volg.hier && !this.volg.volgt) this.volg.begin();
    const stand = { stops, behouden: [...behouden, ...nogHier], pak: app.pak, verlopen, opslag: app.opslagruimte, gekozen: this.gekozen, ophalen: this.#vak?.el ?? null };
    const beeld = JSON.stringify([stops, stand.behouden, app.pak?.gemaakt_op, app.pak?.planmelding, verlopen, app.opslagruimte, this.gekozen, !!this.#vak]);
    if (beeld !== this.#beeld || app.hoofd.firstElementChild !== this.#eerste) {
      toonStops(app.hoofd, stand, this.#acties());
      this.#beeld = beeld;
      this.#eerste = app.hoofd.firstElementChild;
    }
    wijsWeg(app.hoofd, stops, this.volg.hier);
  }

  #acties() {
    const { app } = this;
    const open = (/** @type {any} */ stop, /** @type {string} */ hash) => app.ga(`bezoek/${stop.bezoek_id}/${hash}`);
    return {
      haal: () => void this.haal(), open, controle: open, gezien: () => void app.dienst?.gezien().then((pak) => { app.pak = pak; return app.versStops(); }),
      hoeVer: () => this.zoekPlaats(), zorgkaart: () => app.toonZorgkaart(), signaal: () => app.ga("signaal"), uitkomsten: () => app.ga("uitkomsten"), kaart: (/** @type {any} */ stop) => app.ga(`kaart/${stop.id}`), briefing: (/** @type {any} */ stop) => app.ga(`briefing/${stop.actie.id}`),
      zet: (/** @type {any} */ stop, /** @type {string} */ toestand) => void this.zetToestand(stop, toestand), kies: (/** @type {string} */ id) => { this.gekozen = id; void this.toon(); window.scrollTo(0, 0); },
      fotos: async (/** @type {any} */ stop, /** @type {Element} */ plek) => (await import("../dienst/eerder.js")).toonEerdereFotos(plek, app, stop), redenvak: (/** @type {any} */ stop) => this.#redenvak(stop),
      watStaatHier: async (/** @type {Element} */ plek) => (await ophalen()).toonWatErStaat(plek, app, { verder: () => void this.haal() }),
    };
  }

  /** @param {boolean} [stil] because the plan changed, not because a person asked */
  async haal(stil = false) {
    // One at a time: who taps twice, or during a quiet renewal, waits for the same.
    if (this.#bezig) return this.#bezig;
    this.#bezig = this.#haal(stil).catch((fout) => this.app.kluis && this.app.kop.band(/** @type {Error} */ (fout).message)).then(() => { this.#bezig = null; });
    await this.#bezig;
    await this.app.versStops();
    if (!stil) void this.app.zender?.nu();
  }

  /** @param {boolean} stil */
  async #haal(stil) {
    const { Ophaalvak, haalDienst } = await ophalen();
    const vak = stil ? null : new Ophaalvak(() => void this.app.versStops());
    if (vak) {
      zegZacht("Dienst ophalen…");
      this.app.kop.band("");
      this.#vak = vak;
      await this.app.versStops();
    }
    let zin = "";
    try {
      zin = await haalDienst(this.app, vak);
    } finally {
      if (vak && !zin) this.#vak = null;
    }
    if (zin) vak?.klaar(zin, { verder: () => void this.haal(), weg: () => { this.#vak = null; void this.app.versStops(); } });
  }

  /** @param {any} stop @param {string} toestand @param {string} [reden] */
  async zetToestand(stop, toestand, reden = "") {
    try {
      await this.app.bezoek?.bewaarder.spoel();
      await this.app.toestanden?.voegToe(stop.id, toestand, Date.now(), reden);
      zegZacht("Opgeslagen op dit toestel.");
    } catch (fout) {
      this.app.kop.band(/** @type {Error} */ (fout).message);
    }
    if (!this.app.bezoek) await this.toon();
    void this.app.zender?.nu();
  }

  zoekPlaats() {
    this.volg.begin();
  }

  /** @param {{lat: number, lon: number}} hier */
  #gevonden(hier) {
    const { app } = this;
    if (!app.kluis || app.bezoek || app.soort !== "stops") return this.volg.stop();
    wijsWeg(app.hoofd, stopsVan(app.pak), hier);
  }

  /** Why nobody got in, for who wants to say it. What is being typed stays when the list is drawn anew. @param {any} stop */
  #redenvak(stop) {
    const sleutel = `${stop.id}/${stop.toestand}/${stop.deurreden ?? ""}`;
    let vak = this.#redenen.get(sleutel);
    if (!vak) {
      const id = `reden-${stop.id}`;
      const veld = h("textarea", { class: "invoer", id, rows: "2", maxlength: "2000", value: stop.deurreden ?? "" });
      vak = h("details", { class: "redenvak", "data-houd": `reden-${stop.id}` },
        h("summary", null, stop.deurreden ? `Reden: ${stop.deurreden}` : "Reden erbij (hoeft niet)"),
        h("form", { onsubmit: (/** @type {Event} */ gebeurtenis) => {
          gebeurtenis.preventDefault();
          if (veld.value.trim()) void this.zetToestand(stop, stop.toestand, veld.value.trim());
        } }, h("label", { for: id, class: "veldlabel" }, stop.toestand === "geweigerd" ? "Wat werd er gezegd?" : "Wat zag u?"), veld, h("p", null, h("button", { type: "submit", class: "knop" }, "Reden bewaren"))));
      this.#redenen.set(sleutel, vak);
    }
    return vak;
  }
}
