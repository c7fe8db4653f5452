// @ts-check
// The one way to write. A request's `success` is not saved: quota may still abort the transaction. Only its completion counts.

import { alsNietOpgeslagen } from "./fouten.js";

/**
 * @template T
 * @param {import("idb").IDBPDatabase<any>} db
 * @param {string[]} winkels
 * @param {(tx: any) => Promise<T>|T} werk may only await requests of this transaction
 * @returns {Promise<T>} after `oncomplete`
 * @throws {import("./fouten.js").NietOpgeslagen}
 */
export async function schrijf(db, winkels, werk) {
  let tx;
  try {
    // strict: the browser flushes to the disk before it says complete, so that a dead battery takes nothing along.
    tx = db.transaction(winkels, "readwrite", { durability: "strict" });
  } catch (fout) {
    throw alsNietOpgeslagen(fout);
  }
  let uitkomst;
  try {
    uitkomst = await werk(tx);
  } catch (fout) {
    tx.done.catch(() => {}); // the reason is thrown below
    try {
      tx.abort();
    } catch (alKlaar) {
      if (/** @type {any} */ (alKlaar).name !== "InvalidStateError") throw alKlaar; // it had aborted by itself
    }
    throw alsNietOpgeslagen(fout instanceof Error && fout.name === "AbortError" && tx.error ? tx.error : fout);
  }
  try {
    await tx.done;
  } catch (fout) {
    throw alsNietOpgeslagen(tx.error ?? fout);
  }
  return uitkomst;
}
