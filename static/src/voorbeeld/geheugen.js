// @ts-check
// In the place of the vault: operations and photos in memory, gone with the page. Nothing is written or sent. No DOM.

import { sha256Hex } from "../veld/crypto/bytes.js";

/** @typedef {import("../veld/ops/operatie.js").Operatie} Operatie */

export class Geheugen {
  toestelId = "voorbeeld";
  gebruiker = { id: "voorbeeld", naam: "Voorbeeld" };
  /** @type {Operatie[]} */
  ops = [];
  /** @type {Map<string, ArrayBuffer>} small copies by photo id */
  #klein = new Map();

  /** As Oplogboek. */
  logboek = {
    vanBezoek: async () => [...this.ops],
    voegToe: async (/** @type {any} */ op) => {
      const bewaard = { ...op, toestel_seq: this.ops.length + 1, rev: null };
      this.ops.push(bewaard);
      return bewaard;
    },
  };

  /** As Fotos. */
  fotos = {
    bewaar: async (/** @type {string} */ bezoekId, /** @type {ArrayBuffer} */ bytes, /** @type {(sha256: string) => any} */ feitenVan, /** @type {ArrayBuffer|null} */ klein) => {
      const sha256 = await sha256Hex(bytes);
      this.#klein.set(`${bezoekId}/${sha256}`, klein ?? bytes);
      return { sha256, feiten: feitenVan(sha256) };
    },
    koppel: async () => {},
    klein: async (/** @type {string} */ id) => this.#klein.get(id) ?? null,
    bytes: async (/** @type {string} */ id) => this.#klein.get(id) ?? null,
    record: async () => null,
  };

  leeg() {
    this.ops = [];
    this.#klein.clear();
  }
}
