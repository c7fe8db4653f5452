// @ts-check
// The list of stops: fetching the shift, tapping how a stop stands, where one is.

import { dagHier } from "../dienst/kalender.js";
import { isVerlopen, stopsVan } from "../dienst/pak.js";
import { bepaalPlaats } from "../plaatsbepaling.js";
import { zegZacht } from "../scherm/dom.js";
import { toonStops } from "../scherm/stops.js";

export class Stopscherm {
  /** @type {any} */
  hier = null;
  /** @type {string|null} */
  gekozen = null;

  /** @param {import("../app.js").App} app */
  constructor(app) {
    this.app = app;
  }

  async toon() {
    const stops = await this.app.metStand(stopsVan(this.app.pak));
    const behouden = await this.app.metStand(this.app.pak?.behouden ?? []);
    const verlopen = !!this.app.pak && isVerlopen(this.app.pak, Date.now());
    // An expired pack shows no addresses, except of work that still has to leave this device.
    const nogHier = verlopen ? stops.filter((stop) => stop.verzending.stand === "lokaal") : [];
    if (!this.app.kluis || this.app.bezoek || this.app.soort !== "stops") return;
    toonStops(this.app.hoofd, { stops, behouden: [...behouden, ...nogHier], pak: this.app.pak, verlopen, hier: this.hier, opslag: this.app.opslagruimte, gekozen: this.gekozen }, {
      haal: () => void this.haal(), gezien: () => void this.app.dienst?.gezien().then((pak) => { this.app.pak = pak; return this.app.versStops(); }), open: (stop, hash) => this.app.ga(`bezoek/${stop.bezoek_id}/${hash}`), controle: (stop, hash) => this.app.ga(`bezoek/${stop.bezoek_id}/${hash}`),
      hoeVer: () => this.zoekPlaats(), zorgkaart: () => this.app.toonZorgkaart(), signaal: () => this.app.ga("signaal"), zet: (stop, toestand) => void this.zetToestand(stop, toestand), kies: (id) => { this.gekozen = id; void this.toon(); window.scrollTo(0, 0); },
    });
  }

  async haal(stil = false) {
    if (!stil) zegZacht("Dienst ophalen…");
    if (!stil) this.app.kop.band("");
    try {
      // Who is inside stays inside: the stop that is open is kept, also where it left the plan.
      const houd = [...((await this.app.voortgang?.onverzonden()) ?? []), this.app.bezoek?.bezoekId ?? ""];
      const uit = await this.app.dienst?.haal(dagHier(new Date()), new Set(houd));
      if (uit?.pak) {
        this.app.pak = uit.pak;
        await this.app.talen?.houd(this.app.bezoekIds());
        zegZacht(uit.pak.planmelding || "De dienst staat op dit toestel.");
      } else if (!stil) {
        this.app.kop.band(uit?.zin ?? "", uit?.uitkomst === "aanmelden");
      }
    } catch (fout) {
      this.app.kop.band(/** @type {Error} */ (fout).message);
    }
    await this.app.versStops();
    if (!stil) void this.app.zender?.nu();
  }

  /** @param {any} stop @param {string} toestand */
  async zetToestand(stop, toestand) {
    try {
      await this.app.bezoek?.bewaarder.spoel();
      await this.app.toestanden?.voegToe(stop.id, toestand, Date.now());
      zegZacht("Opgeslagen op dit toestel.");
    } catch (fout) {
      this.app.kop.band(/** @type {Error} */ (fout).message);
    }
    if (!this.app.bezoek) await this.toon();
    void this.app.zender?.nu();
  }

  zoekPlaats() {
    bepaalPlaats((hier) => {
      this.hier = hier;
      void this.app.versStops();
    }, (zin) => this.app.kop.band(zin));
  }
}
