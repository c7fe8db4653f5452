// @ts-check
// The append-only log of operations in a vault: adding, reading, and what the server said about each.

import { OnleesbaarRecord } from "../crypto/sleutels.js";
import { alleenProtocol } from "../ops/operatie.js";

/**
 * wacht: not acknowledged; opgeslagen: receipt held; quarantaine and geweigerd_inhoud: receipt held, set apart; ontvangen: made elsewhere;
 * geweigerd: set apart here, because the server would not take it, without a receipt; onleesbaar: damaged on this device.
 * @typedef {"wacht"|"opgeslagen"|"quarantaine"|"geweigerd_inhoud"|"ontvangen"|"geweigerd"|"onleesbaar"} Opstatus
 * @typedef {import("../ops/operatie.js").Operatie} Operatie
 * @typedef {Operatie & {status: Opstatus, rev: number|null, bevestigd_op: number|null, reden?: string, code?: string, afgehandeld_op?: number}} BewaardeOp
 */

/** What a person has to look at. Only the first two have a receipt: the server holds those as well. */
export const APART = /** @type {const} */ (["quarantaine", "geweigerd_inhoud", "geweigerd", "onleesbaar"]);
/** So many rounds the server may refuse an operation by itself before it is set apart: a refusal can be of the moment. */
const GEDULD = 3;

export class Oplogboek {
  /** @param {import("./kluis.js").Kluis} kluis */
  constructor(kluis) {
    this.kluis = kluis;
  }

  /**
   * Appends one operation. The sequence number is taken inside the same transaction, so that tabs never share one and
   * a number that was given out belongs to an operation that was saved.
   * @param {Omit<Operatie, "toestel_seq">} op
   * @returns {Promise<BewaardeOp>} resolves only after the transaction completed
   */
  async voegToe(op) {
    const { kluis } = this;
    // Encrypt first: an IndexedDB transaction does not survive waiting for Web Crypto. The number stays outside the cipher text.
    const versleuteld = await kluis.versleutelJson(op.op_id, op);
    const seq = await kluis.schrijf(["meta", "ops"], async (tx) => {
      const meta = tx.objectStore("meta");
      const teller = (await meta.get("teller")) ?? { seq: 0 };
      const volgende = teller.seq + 1;
      await meta.put({ seq: volgende }, "teller");
      await tx.objectStore("ops").add({
        op_id: op.op_id, bezoek_id: op.bezoek_id, toestel_seq: volgende, status: "wacht", rev: null, bevestigd_op: null, ...versleuteld,
      });
      return volgende;
    });
    kluis.spiegel.schrijf(kluis.kluisId, { toestel_id: op.toestel_id, seq });
    return { ...op, toestel_seq: seq, status: "wacht", rev: null, bevestigd_op: null };
  }

  /** @param {any} record @returns {Promise<BewaardeOp>} */
  async #lees(record) {
    const op = await this.kluis.ontsleutelJson(record.op_id, record);
    const reden = record.reden ? await this.kluis.ontsleutelJson(`${record.op_id}/reden`, record.reden) : undefined;
    return { ...op, toestel_seq: record.toestel_seq ?? op.toestel_seq, status: record.status, rev: record.rev, bevestigd_op: record.bevestigd_op, reden, code: record.code, afgehandeld_op: record.afgehandeld_op };
  }

  /**
   * Those that can be read. One that was damaged on the disk never keeps the others from being shown or sent: it is set apart, and
   * where the server has it, it comes back with the next answer.
   * @param {any[]} records @returns {Promise<BewaardeOp[]>}
   */
  async #leesGoede(records) {
    /** @type {any[]} */
    const kapot = [];
    const gelezen = await Promise.all(records.map(async (record) => {
      if (record.status === "onleesbaar") return null;
      try {
        return await this.#lees(record);
      } catch (fout) {
        if (!(fout instanceof OnleesbaarRecord)) throw fout;
        kapot.push(record);
        return null;
      }
    }));
    if (kapot.length) await this.#zetOnleesbaar(kapot);
    return gelezen.filter((op) => op !== null);
  }

  /** @param {any[]} records */
  #zetOnleesbaar(records) {
    return this.kluis.schrijf(["ops", "bezoeken"], async (tx) => {
      for (const { op_id: opId } of records) {
        const record = await tx.objectStore("ops").get(opId);
        if (!record || record.status === "onleesbaar") continue;
        await tx.objectStore("ops").put({ ...record, status: "onleesbaar", was: record.status });
        // Asked for from the start: what the server has of this visit it sends again.
        const bezoek = await tx.objectStore("bezoeken").get(record.bezoek_id);
        if (bezoek) await tx.objectStore("bezoeken").put({ ...bezoek, rev: 0 });
      }
    });
  }

  /** @param {string} bezoekId @returns {Promise<BewaardeOp[]>} */
  async vanBezoek(bezoekId) {
    return this.#leesGoede(await this.kluis.db.getAllFromIndex("ops", "bezoek", bezoekId));
  }

  /**
   * The next operations to send, in the order of their number.
   * @param {number} aantal at most
   * @param {number} [na] only numbers above this one
   * @returns {Promise<BewaardeOp[]>}
   */
  async wachtend(aantal, na = 0) {
    const bereik = IDBKeyRange.bound(["wacht", na], ["wacht", Infinity], true);
    for (;;) {
      const records = await this.kluis.db.getAllFromIndex("ops", "wachtrij", bereik, aantal);
      const ops = await this.#leesGoede(records);
      // All of them damaged: they have left the queue, look at what stands behind them.
      if (ops.length || !records.length) return ops;
    }
  }

  /** @param {string} opId @returns {Promise<boolean>} */
  async kent(opId) {
    return (await this.kluis.db.getKey("ops", opId)) !== undefined;
  }

  /** @returns {Promise<any[]>} what a person has to look at; of a damaged one only what stands outside the cipher text */
  async apart() {
    const uit = [];
    for (const status of APART) {
      const records = await this.kluis.db.getAllFromIndex("ops", "wachtrij", IDBKeyRange.bound([status, 0], [status, Infinity]));
      const open = records.filter((record) => !record.afgehandeld_op);
      if (status === "onleesbaar") uit.push(...open.map(({ op_id, bezoek_id, toestel_seq, was }) => ({ op_id, bezoek_id, toestel_seq, status, was })));
      else uit.push(...(await this.#leesGoede(open)));
    }
    return uit;
  }

  /** @returns {Promise<number>} how many of those, without decrypting */
  async aantalApart() {
    let aantal = 0;
    for (const status of APART) {
      const records = await this.kluis.db.getAllFromIndex("ops", "wachtrij", IDBKeyRange.bound([status, 0], [status, Infinity]));
      aantal += records.filter((record) => !record.afgehandeld_op).length;
    }
    return aantal;
  }

  /**
   * The server refuses this operation by itself, and not with a receipt. After a few rounds it is set apart, so that somebody hears of it.
   * @param {string} opId @param {string} reden @param {boolean} [meteen] no use in trying again
   * @returns {Promise<boolean>} whether it is set apart now
   */
  async telWeigering(opId, reden, meteen = false) {
    const versleuteld = await this.kluis.versleutelJson(`${opId}/reden`, reden);
    return this.kluis.schrijf(["ops"], async (tx) => {
      const record = await tx.store.get(opId);
      if (!record || record.status !== "wacht") return false;
      const geweigerd = (record.geweigerd ?? 0) + 1;
      const klaar = meteen || geweigerd >= GEDULD;
      await tx.store.put({ ...record, geweigerd, ...(klaar ? { status: "geweigerd", reden: versleuteld, code: "niet_aangenomen" } : {}) });
      return klaar;
    });
  }

  /** Back into the queue, by hand. @param {string} opId */
  async opnieuw(opId) {
    await this.kluis.schrijf(["ops"], async (tx) => {
      const record = await tx.store.get(opId);
      if (record && record.status !== "ontvangen" && record.status !== "onleesbaar") await tx.store.put({ ...record, status: "wacht", geweigerd: 0, reden: undefined, code: undefined });
    });
  }

  /** A person has seen to it: it stays on the device, and no longer asks for attention. @param {string[]} opIds @param {number} nu */
  async handelAf(opIds, nu) {
    await this.kluis.schrijf(["ops"], async (tx) => {
      for (const opId of opIds) {
        const record = await tx.store.get(opId);
        if (record) await tx.store.put({ ...record, afgehandeld_op: nu });
      }
    });
  }

  /**
   * What was set apart and has a later answer in its place that the server took: a person has seen to it.
   * @param {number} nu @returns {Promise<number>} how many
   */
  async sluitHerstelde(nu) {
    const apart = (await this.apart()).filter((op) => op.status !== "onleesbaar");
    let aantal = 0;
    for (const bezoekId of new Set(apart.map((op) => op.bezoek_id))) {
      const vervangen = new Set((await this.vanBezoek(bezoekId)).filter((op) => op.status === "opgeslagen").flatMap((op) => op.base_op_ids));
      const klaar = apart.filter((op) => vervangen.has(op.op_id)).map((op) => op.op_id);
      if (klaar.length) await this.handelAf(klaar, nu);
      aantal += klaar.length;
    }
    return aantal;
  }

  /** @returns {Promise<number>} how many operations have no receipt yet */
  aantalWachtend() {
    return this.#aantal("wacht");
  }

  /** @returns {Promise<number>} how many were set apart here without a receipt: the server does not have these either */
  aantalGeweigerd() {
    return this.#aantal("geweigerd");
  }

  /** @param {Opstatus} status @returns {Promise<number>} */
  #aantal(status) {
    return this.kluis.db.countFromIndex("ops", "wachtrij", IDBKeyRange.bound([status, 0], [status, Infinity]));
  }

  /** Counts per visit and status, without decrypting anything. @returns {Promise<Map<string, Record<string, number>>>} */
  async tellingen() {
    /** @type {Map<string, Record<string, number>>} */
    const per = new Map();
    let cursor = await this.kluis.db.transaction("ops").store.openCursor();
    while (cursor) {
      const { bezoek_id, afgehandeld_op } = cursor.value;
      const status = afgehandeld_op ? "opgeslagen" : cursor.value.status;
      const telling = per.get(bezoek_id) ?? {};
      per.set(bezoek_id, { ...telling, [status]: (telling[status] ?? 0) + 1 });
      cursor = await cursor.continue();
    }
    return per;
  }

  /** @returns {Promise<number>} the last number that was given out */
  async hoogsteSeq() {
    return (await this.kluis.db.get("meta", "teller"))?.seq ?? 0;
  }

  /**
   * Writes down receipts. Only called for receipts whose op_id and hash were checked.
   * @param {{op_id: string, status: Opstatus, rev: number|null, reden?: string|null, code?: string}[]} ontvangsten
   * @param {number} nu ms since 1970
   */
  async bevestig(ontvangsten, nu) {
    if (!ontvangsten.length) return;
    const redenen = await Promise.all(
      ontvangsten.map((o) => (o.reden ? this.kluis.versleutelJson(`${o.op_id}/reden`, o.reden) : null)),
    );
    await this.kluis.schrijf(["ops"], async (tx) => {
      const ops = tx.objectStore("ops");
      for (const [i, ontvangst] of ontvangsten.entries()) {
        const record = await ops.get(ontvangst.op_id);
        if (!record) continue;
        await ops.put({ ...record, status: ontvangst.status, rev: ontvangst.rev ?? record.rev, bevestigd_op: nu, reden: redenen[i] ?? undefined, code: ontvangst.code, geweigerd: undefined });
      }
    });
  }

  /**
   * Stores what came back for a visit: operations made elsewhere, and the server's number for our own.
   * @param {string} bezoekId
   * @param {{rev: number, ops: any[], bijlagen?: Record<string, string>, compleet?: boolean, conflicten?: any[]}} antwoord
   */
  async neemOver(bezoekId, antwoord) {
    const versleuteld = await Promise.all(antwoord.ops.map((op) => this.kluis.versleutelJson(op.op_id, alleenProtocol(op))));
    return this.kluis.schrijf(["ops", "bezoeken"], async (tx) => {
      const ops = tx.objectStore("ops");
      const nieuw = [];
      for (const [i, op] of antwoord.ops.entries()) {
        const record = await ops.get(op.op_id);
        if (record?.status === "onleesbaar") {
          // Damaged here, whole there: the server's copy takes its place.
          const eigen = record.was !== "ontvangen";
          await ops.put({
            op_id: op.op_id, bezoek_id: bezoekId, status: eigen ? "opgeslagen" : "ontvangen", rev: op.rev, bevestigd_op: eigen ? (record.bevestigd_op ?? Date.now()) : null,
            ...(eigen ? { toestel_seq: op.toestel_seq } : {}), ...versleuteld[i],
          });
        } else if (record) {
          if (record.rev !== op.rev) await ops.put({ ...record, rev: op.rev });
        } else {
          // toestel_seq is left out of the index on purpose: the queue only counts this device's own.
          await ops.add({ op_id: op.op_id, bezoek_id: bezoekId, status: "ontvangen", rev: op.rev, bevestigd_op: null, ...versleuteld[i] });
        }
        nieuw.push(op.op_id);
      }
      const bezoeken = tx.objectStore("bezoeken");
      const oud = (await bezoeken.get(bezoekId)) ?? { bezoek_id: bezoekId };
      await bezoeken.put({
        ...oud, rev: antwoord.rev, bijlagen: antwoord.bijlagen ?? {}, compleet: antwoord.compleet === true,
      });
      return nieuw;
    });
  }

  /** @returns {Promise<any[]>} what the server said last about each visit (rev, bijlagen, compleet) */
  bezoeken() {
    return this.kluis.db.getAll("bezoeken");
  }

  /** @param {string} bezoekId @param {Record<string, unknown>} velden */
  async onthoudBezoek(bezoekId, velden) {
    await this.kluis.schrijf(["bezoeken"], async (tx) => {
      const oud = (await tx.store.get(bezoekId)) ?? { bezoek_id: bezoekId, rev: 0, compleet: false, bijlagen: {} };
      await tx.store.put({ ...oud, ...velden });
    });
  }

  /** @returns {Promise<string|null>} */
  async epoch() {
    return (await this.kluis.db.get("meta", "epoch")) ?? null;
  }

  /**
   * The server was restored from a backup: everything of this device that is still held is sent again, and every visit is
   * asked for from the start.
   * @param {string} epoch
   * @returns {Promise<number>} how many operations wait again
   */
  async nieuweEpoch(epoch) {
    return this.kluis.schrijf(["meta", "ops", "bezoeken", "fotos"], async (tx) => {
      let opnieuw = 0;
      let cursor = await tx.objectStore("ops").openCursor();
      while (cursor) {
        const record = cursor.value;
        if (record.status === "onleesbaar") {
          // Cannot be sent; it stays where a person sees it.
        } else if (record.status !== "ontvangen") {
          await cursor.update({ ...record, status: "wacht", rev: null, reden: undefined, code: undefined, geweigerd: 0 });
          opnieuw += 1;
        } else {
          // Its server number belongs to the old history; the content stays until the server sends it again or not.
          await cursor.update({ ...record, rev: null });
        }
        cursor = await cursor.continue();
      }
      let foto = await tx.objectStore("fotos").openCursor();
      while (foto) {
        if (foto.value.status === "verzonden" || foto.value.status === "aanwezig") await foto.update({ ...foto.value, status: "wacht", upload_url: null });
        foto = await foto.continue();
      }
      let bezoek = await tx.objectStore("bezoeken").openCursor();
      while (bezoek) {
        await bezoek.update({ ...bezoek.value, rev: 0, compleet: false, bijlagen: {} });
        bezoek = await bezoek.continue();
      }
      await tx.objectStore("meta").put(epoch, "epoch");
      return opnieuw;
    });
  }

  /** First contact: remembers which history the receipts belong to. @param {string} epoch */
  async onthoudEpoch(epoch) {
    await this.kluis.schrijf(["meta"], (tx) => tx.store.put(epoch, "epoch"));
  }
}
