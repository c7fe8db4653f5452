// @ts-check
// Stop states that were tapped at the door and wait for contact (onderweg, binnen, niemand_thuis, geweigerd, afgerond).

import { OnleesbaarRecord } from "../crypto/sleutels.js";
import { uuidv7 } from "../ops/uuid.js";

export class Toestanden {
  /** @param {import("./kluis.js").Kluis} kluis */
  constructor(kluis) {
    this.kluis = kluis;
  }

  /** @param {string} stopId @param {string} toestand @param {number} nu ms since 1970 @param {string} [deurreden] what a person typed about it, if anything */
  async voegToe(stopId, toestand, nu, deurreden = "") {
    const opId = uuidv7(nu);
    const inhoud = await this.kluis.versleutelJson(opId, { stop_id: stopId, toestand, op: new Date(nu).toISOString(), ...(deurreden && { deurreden }) });
    await this.kluis.schrijf(["toestanden", "meta"], async (tx) => {
      const teller = (await tx.objectStore("meta").get("toestandteller")) ?? 0;
      await tx.objectStore("meta").put(teller + 1, "toestandteller");
      await tx.objectStore("toestanden").add({ op_id: opId, volgnummer: teller + 1, status: "wacht", gemaakt_op: nu, ...inhoud });
    });
    return opId;
  }

  /** @param {"wacht"|"verzonden"|"apart"} [status] @returns {Promise<any[]>} in the order in which they were tapped; a damaged one is set aside */
  async lijst(status) {
    const records = status
      ? await this.kluis.db.getAllFromIndex("toestanden", "status", IDBKeyRange.bound([status, 0], [status, Infinity]))
      : (await this.kluis.db.getAll("toestanden")).sort((a, b) => a.volgnummer - b.volgnummer);
    const gelezen = await Promise.all(records.filter((record) => record.status !== "onleesbaar").map((record) => this.#lees(record)));
    return gelezen.filter((een) => een !== null);
  }

  /** @param {any} record @returns {Promise<any>} null for a damaged one, which leaves the queue */
  async #lees(record) {
    try {
      return {
        ...(await this.kluis.ontsleutelJson(record.op_id, record)),
        op_id: record.op_id, status: record.status,
        reden: record.reden ? await this.kluis.ontsleutelJson(`${record.op_id}/reden`, record.reden) : null,
      };
    } catch (fout) {
      if (!(fout instanceof OnleesbaarRecord)) throw fout;
      await this.kluis.schrijf(["toestanden"], (tx) => tx.store.put({ ...record, status: "onleesbaar" }));
      return null;
    }
  }

  /** @returns {Promise<number>} how many are damaged */
  aantalOnleesbaar() {
    return this.kluis.db.countFromIndex("toestanden", "status", IDBKeyRange.bound(["onleesbaar", 0], ["onleesbaar", Infinity]));
  }

  /** @param {string} opId @param {"verzonden"|"apart"} status @param {number} nu @param {string|null} [reden] */
  async zet(opId, status, nu, reden = null) {
    const versleuteld = reden ? await this.kluis.versleutelJson(`${opId}/reden`, reden) : undefined;
    await this.kluis.schrijf(["toestanden"], async (tx) => {
      const record = await tx.store.get(opId);
      if (record) await tx.store.put({ ...record, status, bevestigd_op: nu, reden: versleuteld });
    });
  }
}
