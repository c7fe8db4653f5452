// @ts-check
// For tests only: a vault on fake-indexeddb, and a server that speaks protocol 1 in memory.

import "fake-indexeddb/auto";
import { hashVan, alleenProtocol } from "../ops/operatie.js";
import { uuidv7 } from "../ops/uuid.js";
import { Fotos } from "../opslag/fotos.js";
import { Kluis, kluisIdVan } from "../opslag/kluis.js";
import { Oplogboek } from "../opslag/oplogboek.js";
import { Spiegel } from "../opslag/spiegel.js";
import { Toestanden } from "../opslag/toestanden.js";
import { Api } from "../sync/api.js";
import { Wachtrij } from "../sync/wachtrij.js";

export const WACHTZIN = "vier gewone woorden achter elkaar";
export const NU = Date.UTC(2026, 10, 21, 18, 0, 0);
export const BEZOEK = "01890000-0000-7000-8000-00000000b001";

/** A Storage in memory. */
export function nepOpslag() {
  const inhoud = new Map();
  return { getItem: (/** @type {string} */ k) => inhoud.get(k) ?? null, setItem: (/** @type {string} */ k, /** @type {string} */ v) => void inhoud.set(k, v) };
}

/** @param {{herstelsleutel?: JsonWebKey, opslag?: any, gebruikerId?: string}} [opties] */
export async function nieuweKluis(opties = {}) {
  const gebruiker = { id: opties.gebruikerId ?? uuidv7(), naam: "Inspecteur Een", rol: "inspecteur", gemeente: "Markerwaard" };
  const spiegel = new Spiegel(opties.opslag ?? nepOpslag());
  const kluis = await Kluis.open(await kluisIdVan(gebruiker.id), { spiegel });
  await kluis.richtIn({ gebruiker, wachtzin: WACHTZIN, herstelsleutel: opties.herstelsleutel, nu: NU });
  return { kluis, gebruiker, spiegel, logboek: new Oplogboek(kluis), fotos: new Fotos(kluis), toestanden: new Toestanden(kluis) };
}

/** @param {any} omgeving of nieuweKluis @param {Record<string, any>} [anders] */
export function kaleOp(omgeving, anders = {}) {
  return {
    op_id: uuidv7(), bezoek_id: BEZOEK, vraag_id: "aantal_bewoners", herhaling_id: null, soort: /** @type {const} */ ("set"), waarde: 4, base_op_ids: [],
    form_versie: "a".repeat(64), toestel_id: omgeving.kluis.toestelId, toestel_tijd: new Date(NU).toISOString(), auteur_id: omgeving.gebruiker.id, ...anders,
  };
}

/** The server's side of protocol 1, enough to judge a client by. */
export class NepServer {
  /** @type {Map<string, any>} */
  ops = new Map();
  bijlagen = new Set();
  epoch = uuidv7();
  rev = 0;
  /** @type {((op: any) => string)|null} */
  oordeel = null;
  /** @type {any[]} */
  verzoeken = [];
  /** @type {((pad: string, init: any) => any)|null} answers instead of the server when it returns something */
  storing = null;
  /** @type {any[]} */
  toestanden = [];

  /** @param {any} gebruiker */
  constructor(gebruiker) {
    this.gebruiker = gebruiker;
  }

  /** @param {any} inhoud @param {number} [status] */
  json(inhoud, status = 200) {
    return new Response(JSON.stringify(inhoud), { status, headers: { "Content-Type": status >= 400 ? "application/problem+json" : "application/json" } });
  }

  fetch = async (/** @type {any} */ pad, /** @type {any} */ init = {}) => {
    const inhoud = init.body ? JSON.parse(init.body) : null;
    this.verzoeken.push({ pad, inhoud });
    const storing = await this.storing?.(pad, inhoud);
    if (storing) return storing;
    if (pad === "/api/csrf") return this.json({ token: "t1", gebruiker: this.gebruiker });
    if (pad.startsWith("/api/stops/")) {
      this.toestanden.push({ pad, ...inhoud });
      return this.json({ op_id: inhoud.op_id, toestand: inhoud.toestand });
    }
    return this.sync(inhoud);
  };

  /** @param {any} verzoek */
  async sync(verzoek) {
    const ontvangsten = [];
    let botsing = false;
    for (const op of verzoek.ops) {
      const hash = await hashVan(op);
      const bekend = this.ops.get(op.op_id);
      if (bekend && bekend.hash !== hash) {
        botsing = true;
        ontvangsten.push({ op_id: op.op_id, hash, status: "quarantaine", rev: null, reden: "Zelfde nummer, andere inhoud." });
        continue;
      }
      if (!bekend) this.ops.set(op.op_id, { op, hash, rev: ++this.rev, status: this.oordeel?.(op) ?? "opgeslagen" });
      const { status, rev } = /** @type {any} */ (this.ops.get(op.op_id));
      ontvangsten.push({ op_id: op.op_id, hash, status, rev, reden: status === "opgeslagen" ? null : "Bezoek is gesloten." });
    }
    const bezoeken = Object.fromEntries(Object.entries(verzoek.bezoeken).map(([id, na]) => {
      const alle = [...this.ops.values()].filter(({ op }) => op.bezoek_id === id);
      const hashes = alle.filter(({ op }) => op.soort === "attach").map(({ op }) => op.waarde.sha256);
      const bijlagen = Object.fromEntries(hashes.map((hash) => [hash, this.bijlagen.has(hash) ? "aanwezig" : "ontbreekt"]));
      return [id, {
        rev: this.rev, ops: alle.filter(({ rev }) => rev > /** @type {number} */ (na)).map(({ op, rev }) => ({ ...op, rev })), conflicten: [], bijlagen,
        compleet: Object.values(bijlagen).every((b) => b === "aanwezig"),
      }];
    }));
    return this.json({ protocol: 1, epoch: this.epoch, ontvangsten, bezoeken }, botsing ? 409 : 200);
  }

  /** An operation that another device sent. @param {any} op */
  async vanElders(op) {
    this.ops.set(op.op_id, { op: alleenProtocol(op), hash: await hashVan(op), rev: ++this.rev, status: "opgeslagen" });
  }
}

/** @param {any} omgeving @param {NepServer} server @param {any} [anders] */
export function maakWachtrij(omgeving, server, anders = {}) {
  return new Wachtrij({
    kluis: omgeving.kluis, logboek: omgeving.logboek, fotos: omgeving.fotos, toestanden: omgeving.toestanden,
    api: new Api({ fetch: /** @type {any} */ (server.fetch), nu: () => NU }), bezoeken: async () => [BEZOEK], nu: () => NU, ...anders,
  });
}
