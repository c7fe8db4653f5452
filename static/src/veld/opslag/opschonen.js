// @ts-check
// Removing what the server has, after the agreed number of days. Never anything without a receipt.

const DAG_MS = 86_400_000;

/**
 * May everything of this visit go? Pure.
 * @param {{ops: {status: string, bevestigd_op: number|null}[], fotos: {status: string, aanwezig_op: number|null}[], inPak: boolean}} bezoek
 * @param {number} nu ms since 1970
 * @param {number} bewaardagen
 * @returns {boolean}
 */
export function magWeg({ ops, fotos, inPak }, nu, bewaardagen) {
  if (inPak) return false;
  const grens = nu - bewaardagen * DAG_MS;
  const oud = (/** @type {number|null} */ op) => op !== null && op <= grens;
  const eigen = ops.filter((op) => op.status !== "ontvangen");
  return eigen.every((op) => op.status === "opgeslagen" && oud(op.bevestigd_op)) && fotos.every((f) => f.status === "aanwezig" && oud(f.aanwezig_op));
}

/**
 * Removes whole visits (a visit with half its operations would look unanswered).
 * @param {import("./kluis.js").Kluis} kluis
 * @param {Set<string>} inPak visits of the present pack
 * @param {number} nu
 * @param {number} [bewaardagen]
 * @returns {Promise<number>} number of visits removed
 */
export async function ruimOp(kluis, inPak, nu, bewaardagen = 14) {
  const ids = new Set((await kluis.db.getAll("ops")).map((record) => record.bezoek_id));
  let weg = 0;
  for (const bezoekId of ids) {
    const verwijderd = await kluis.schrijf(["ops", "fotos", "foto_bytes", "foto_klein", "bezoeken"], async (tx) => {
      const ops = await tx.objectStore("ops").index("bezoek").getAll(bezoekId);
      const fotos = await tx.objectStore("fotos").index("bezoek").getAll(bezoekId);
      if (!magWeg({ ops, fotos, inPak: inPak.has(bezoekId) }, nu, bewaardagen)) return false;
      for (const op of ops) await tx.objectStore("ops").delete(op.op_id);
      for (const foto of fotos) for (const winkel of ["fotos", "foto_bytes", "foto_klein"]) await tx.objectStore(winkel).delete(foto.id);
      await tx.objectStore("bezoeken").delete(bezoekId);
      return true;
    });
    if (verwijderd) weg += 1;
  }
  return weg;
}
