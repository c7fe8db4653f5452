// @ts-check
// One photo as the operations of a visit tell it. Two people who wrote something at it apart make two heads of one photo. Pure.

import { samen } from "../../foto/vlakken.js";

/**
 * `op_ids`: every head of this photo; who changes it names them all.
 * @typedef {{sha256: string, op_id: string, op_ids: string[], soort?: string, omvang?: number, bestandsnaam?: string, bijschrift: string, gemaakt_op: string,
 *   plaats?: {lat: number, lon: number, nauwkeurigheid_m?: number, richting_graden?: number|null, ouderdom_s?: number}|null,
 *   afdekken: import("../../foto/vlakken.js").Vlak[], reden?: string, toelichting?: string}} Foto
 */

/**
 * @param {{op_id: string, waarde: any, toestel_tijd: string}[]} koppen heads of the lane of attachments, lowest rev first
 * @returns {Foto[]} each photo once, in the order in which they were taken: a caption moves none
 */
export function fotosUit(koppen) {
  /** @type {Map<string, any[]>} */
  const per = new Map();
  for (const op of koppen) {
    if (!op.waarde || op.waarde.verwijderd) continue;
    per.set(op.waarde.sha256, [...(per.get(op.waarde.sha256) ?? []), op]);
  }
  return [...per.values()].map((ops) => {
    const laatste = ops.at(-1);
    const metBijschrift = ops.filter((op) => op.waarde.bijschrift).at(-1);
    const metReden = ops.filter((op) => op.waarde.reden).at(-1);
    return {
      ...laatste.waarde, op_id: laatste.op_id, op_ids: ops.map((op) => op.op_id),
      bijschrift: metBijschrift?.waarde.bijschrift ?? "", reden: metReden?.waarde.reden, toelichting: metReden?.waarde.toelichting,
      afdekken: samen(ops.map((op) => op.waarde.afdekken)),
      // A later operation at the same photo is no new photo.
      gemaakt_op: ops.map((op) => op.waarde.gemaakt_op ?? op.toestel_tijd).sort()[0],
    };
  }).sort((a, b) => (a.gemaakt_op < b.gemaakt_op ? -1 : a.gemaakt_op > b.gemaakt_op ? 1 : a.sha256 < b.sha256 ? -1 : 1));
}

/** What goes into the value of the next operation. @param {Foto} foto @param {Record<string, any>} nieuw */
export function waardeVan(foto, nieuw) {
  const { op_id: _1, op_ids: _2, afdekken, reden, toelichting, bijschrift, ...rest } = foto;
  const waarde = { ...rest, ...(bijschrift ? { bijschrift } : {}), ...(reden ? { afdekken, reden, toelichting: toelichting ?? "" } : {}), ...nieuw };
  return Object.fromEntries(Object.entries(waarde).filter(([, wat]) => wat !== undefined));
}

const STREKEN = ["noorden", "noordoosten", "oosten", "zuidoosten", "zuiden", "zuidwesten", "westen", "noordwesten"];

/** @param {Foto["plaats"]} plaats @returns {string} */
export function plaatszin(plaats) {
  if (!plaats) return "Niet vastgelegd";
  const delen = [`${plaats.lat.toFixed(5)}, ${plaats.lon.toFixed(5)}`.replaceAll(".", ",").replace(/,(?= )/u, ";")];
  if (plaats.nauwkeurigheid_m !== undefined) delen.push(`op ${Math.round(plaats.nauwkeurigheid_m)} m nauwkeurig`);
  if ((plaats.ouderdom_s ?? 0) >= 1) delen.push(`bepaald ${Math.round(/** @type {number} */ (plaats.ouderdom_s))} s voor de foto`);
  if (typeof plaats.richting_graden === "number") delen.push(`camera naar het ${STREKEN[Math.round(plaats.richting_graden / 45) % 8]}`);
  return delen.join(", ");
}
