// @ts-check
// What this device knows about stops beyond the pack: the state a person tapped, and how far sending is. No DOM.

import { meervoud, verzendstand } from "./stand.js";
import { verblijfVan } from "./verblijf.js";

export class Voortgang {
  /**
   * @param {{logboek: import("../opslag/oplogboek.js").Oplogboek, fotos: import("../opslag/fotos.js").Fotos, toestanden: import("../opslag/toestanden.js").Toestanden,
   *   signalen?: import("../signaal/meldingen.js").Signaalmeldingen}} delen
   */
  constructor(delen) {
    this.d = delen;
  }

  /** Stops with `toestand`, `toestandFout`, `verblijf` and `verzending` as they are here. @param {any[]} stops @param {string} gemaaktOp of the pack @returns {Promise<any[]>} */
  async vanStops(stops, gemaaktOp) {
    const { logboek, fotos, toestanden } = this.d;
    const [ops, foto, bezoeken, getikt] = await Promise.all([logboek.tellingen(), fotos.tellingen(), logboek.bezoeken(), toestanden.lijst()]);
    const compleet = new Map(bezoeken.map((bezoek) => [bezoek.bezoek_id, bezoek.compleet]));
    return stops.map((stop) => {
      const eigen = getikt.filter((t) => t.stop_id === stop.id);
      const geldig = eigen.filter((t) => t.status !== "apart" && (t.status === "wacht" || t.op > gemaaktOp)).at(-1);
      return {
        ...stop, toestand: geldig?.toestand ?? stop.toestand, deurreden: eigen.findLast((t) => t.deurreden && t.toestand === geldig?.toestand)?.deurreden, toestandFout: eigen.at(-1)?.status === "apart" ? eigen.at(-1)?.reden : null, verblijf: verblijfVan(eigen),
        verzending: verzendstand({ ops: ops.get(stop.bezoek_id) ?? {}, fotos: foto.get(stop.bezoek_id) ?? {}, compleet: compleet.get(stop.bezoek_id) === true }),
      };
    });
  }

  /** Everything on this device in one sentence. @returns {Promise<string>} */
  async vanToestel() {
    const { logboek, fotos, toestanden, signalen } = this.d;
    const ops = await logboek.aantalWachtend();
    const foto = (await fotos.metStatus("wacht")).length;
    const staten = (await toestanden.lijst("wacht")).length;
    const { zin, stand } = verzendstand({ ops: { wacht: ops + staten, opgeslagen: 1 }, fotos: { wacht: foto }, compleet: true });
    const signaal = (await signalen?.aantalWachtend()) ?? 0;
    const apart = (await logboek.aantalApart()) + (await fotos.metStatus("apart")).filter((record) => !record.afgehandeld_op).length;
    const zinnen = [signaal && `${meervoud(signaal, "signaal", "signalen")} nog op dit toestel`, stand === "lokaal" && zin, apart && `${apart} apart gezet`].filter(Boolean);
    return zinnen.join(". ") || "Alles is verzonden";
  }

  /** Visits with operations that are not on the server yet. @returns {Promise<Set<string>>} */
  async onverzonden() {
    return new Set([...(await this.d.logboek.tellingen())].filter(([, telling]) => telling.wacht || telling.geweigerd).map(([id]) => id));
  }
}
