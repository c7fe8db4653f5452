// @ts-check
// The local schema and its history. Every version stays reachable from every older one: an upgrade step never throws away
// a record, and each has a fixture in schema.test.js.

import { openDB } from "idb";

export const VOORVOEGSEL = "inspecties-veld-";
const SCHEMA_VERSIE = 4;

/**
 * version: the step that leads to it.
 * @type {Record<number, (db: import("idb").IDBPDatabase<any>, tx: any) => void>}
 */
const STAPPEN = {
  // Answers: vault facts, operations, what is known per visit, the downloaded pack.
  1: (db) => {
    db.createObjectStore("meta");
    const ops = db.createObjectStore("ops", { keyPath: "op_id" });
    ops.createIndex("bezoek", "bezoek_id");
    ops.createIndex("wachtrij", ["status", "toestel_seq"]);
    db.createObjectStore("bezoeken", { keyPath: "bezoek_id" });
    db.createObjectStore("pakken");
  },
  // Evidence and stop states. Bytes apart from the facts, so that a list of photos does not load the photos.
  2: (db) => {
    const fotos = db.createObjectStore("fotos", { keyPath: "id" });
    fotos.createIndex("bezoek", "bezoek_id");
    fotos.createIndex("status", "status");
    db.createObjectStore("foto_bytes", { keyPath: "id" });
    db.createObjectStore("foto_klein", { keyPath: "id" });
    const toestanden = db.createObjectStore("toestanden", { keyPath: "op_id" });
    toestanden.createIndex("status", ["status", "volgnummer"]);
  },
  // Signals that were reported on the tablet, and the one being typed.
  3: (db) => {
    db.createObjectStore("signalen", { keyPath: "op_id" });
  },
  // What a part of the app keeps for itself (encrypted, key `part/...`), and pieces of the offline map.
  4: (db) => {
    db.createObjectStore("extra");
    db.createObjectStore("kaart");
  },
};

/**
 * @param {string} naam database name
 * @param {{versie?: number, geblokkeerd?: () => void, gesloten?: () => void}} [opties] `versie` only for fixtures of older schemas
 */
export function openSchema(naam, opties = {}) {
  const db = openDB(naam, opties.versie ?? SCHEMA_VERSIE, {
    upgrade(database, vanaf, tot, tx) {
      for (let v = vanaf + 1; v <= (tot ?? SCHEMA_VERSIE); v++) STAPPEN[v](database, tx);
    },
    blocked() {
      opties.geblokkeerd?.();
    },
    blocking(_huidig, _gevraagd, gebeurtenis) {
      // A newer version in another tab wants to upgrade: let it. What was saved stays; this tab has to reload.
      /** @type {any} */ (gebeurtenis.target).close();
      opties.gesloten?.();
    },
    terminated() {
      opties.gesloten?.();
    },
  });
  return db;
}
