// @ts-check
// What the screen "Verzending" tells, gathered from the vault. No DOM.

import { labelVan, stopsVan } from "../dienst/pak.js";
import { fotostand } from "../dienst/stand.js";
import { OnleesbaarRecord } from "../crypto/sleutels.js";
import { sleutelVan } from "../ops/operatie.js";
import { legFotoUit, legUit } from "./uitleg.js";

const TAAL = "nl";

/** @typedef {import("../app.js").App} App */
/**
 * @typedef {{id: string, soort: "antwoord"|"foto", bezoekId: string, stop: string, vraag: string, antwoord: string, op: string, naar: string|null, uitleg: ReturnType<typeof legUit>, leesbaar: boolean}} Apart
 * @typedef {{id: string, vraag: string, omvang: number, stand: NonNullable<ReturnType<typeof fotostand>>}} Fotoregel
 */

/** Stops of the pack and of before, and visits of which only the work is left. @param {App} app @returns {Promise<any[]>} */
export async function stopsMetStand(app) {
  const bekend = [...stopsVan(app.pak), ...(app.pak?.behouden ?? [])];
  const ids = new Set(bekend.map((stop) => stop.bezoek_id));
  const los = [...((await app.logboek?.tellingen())?.keys() ?? [])].filter((id) => !ids.has(id)).map((id) => ({ id: "", bezoek_id: id, adres: "Een bezoek van eerder" }));
  return app.metStand([...bekend, ...los]);
}

/** @param {App} app @param {string} bezoekId @returns {string} */
function adresVan(app, bezoekId) {
  return [...stopsVan(app.pak), ...(app.pak?.behouden ?? [])].find((stop) => stop.bezoek_id === bezoekId)?.adres ?? "een bezoek van eerder";
}

/** Where to answer again: only while the pack has the checklist. @param {App} app @param {any} op */
function adresNaarVraag(app, op) {
  const staatErin = app.pak?.definities?.[op.form_versie] && adresVan(app, op.bezoek_id) !== "een bezoek van eerder";
  return staatErin ? ["bezoek", op.bezoek_id, op.form_versie, sleutelVan(op.vraag_id, op.herhaling_id)].map(encodeURIComponent).join("/") : null;
}

/** @param {any} waarde @returns {string} short, only where it says something to a reader */
function kort(waarde) {
  const tekst = typeof waarde === "string" || typeof waarde === "number" ? String(waarde) : "";
  return tekst.length > 80 ? `${tekst.slice(0, 79)}…` : tekst;
}

/** @param {App} app @returns {Promise<Apart[]>} */
export async function watApartStaat(app) {
  const uit = [];
  for (const op of (await app.logboek?.apart()) ?? []) {
    const leesbaar = op.status !== "onleesbaar";
    uit.push(/** @type {Apart} */ ({
      id: op.op_id, soort: "antwoord", bezoekId: op.bezoek_id, stop: adresVan(app, op.bezoek_id), vraag: leesbaar ? labelVan(app.pak, op.vraag_id, TAAL) : `Antwoord ${op.toestel_seq}`,
      antwoord: leesbaar ? kort(op.waarde) : "", op: op.toestel_tijd ?? "", naar: leesbaar ? adresNaarVraag(app, op) : null, uitleg: legUit(op), leesbaar,
    }));
  }
  for (const record of (await app.fotos?.metStatus("apart")) ?? []) if (!record.afgehandeld_op) uit.push(await fotoApart(app, record));
  return uit;
}

/** @param {App} app @param {any} record @returns {Promise<Apart>} */
async function fotoApart(app, record) {
  const kluis = /** @type {NonNullable<App["kluis"]>} */ (app.kluis);
  const feiten = await leesbaar(() => /** @type {any} */ (app.fotos).feiten(record));
  const reden = record.reden ? await leesbaar(() => kluis.ontsleutelJson(`${record.id}/reden`, record.reden)) : null;
  return {
    id: record.id, soort: "foto", bezoekId: record.bezoek_id, stop: adresVan(app, record.bezoek_id), vraag: feiten ? labelVan(app.pak, feiten.vraag_id, TAAL) : "Foto", antwoord: "",
    op: feiten?.op?.toestel_tijd ?? "", naar: feiten?.op ? adresNaarVraag(app, feiten.op) : null, uitleg: legFotoUit(reden ?? (feiten ? "" : "Deze foto is op dit toestel beschadigd geraakt.")), leesbaar: feiten !== null,
  };
}

/** @template T @param {() => Promise<T>} lees @returns {Promise<T|null>} null for a damaged record */
async function leesbaar(lees) {
  try {
    return await lees();
  } catch (fout) {
    if (fout instanceof OnleesbaarRecord) return null;
    throw fout;
  }
}

/** @param {App} app @param {string} bezoekId @returns {Promise<Fotoregel[]>} photos of this device on a visit, what waits first */
export async function fotosVan(app, bezoekId) {
  const records = (await app.kluis?.db.getAllFromIndex("fotos", "bezoek", bezoekId)) ?? [];
  const uit = [];
  for (const record of records) {
    const stand = fotostand(record);
    const feiten = await leesbaar(() => /** @type {any} */ (app.fotos).feiten(record));
    if (stand) uit.push({ id: record.id, vraag: feiten ? labelVan(app.pak, feiten.vraag_id, TAAL) : "Foto", omvang: record.omvang, stand });
  }
  const volgorde = ["apart", "lokaal", "verzonden", "compleet"];
  return uit.sort((a, b) => volgorde.indexOf(a.stand.stand) - volgorde.indexOf(b.stand.stand));
}

/** @param {App} app @returns {Promise<{fotos: number, bytes: number, zin: string, beschadigd: number}>} `beschadigd`: stop states that cannot be read any more */
export async function watWacht(app) {
  const wachtend = [...((await app.fotos?.metStatus("wacht")) ?? []), ...((await app.fotos?.metStatus("los")) ?? [])];
  return { fotos: wachtend.length, bytes: wachtend.reduce((som, record) => som + record.omvang, 0), zin: (await app.voortgang?.vanToestel()) ?? "", beschadigd: (await app.toestanden?.aantalOnleesbaar()) ?? 0 };
}

/**
 * Photos that were set apart and that a person took off the visit since: nothing is asked about them any more.
 * @param {App} app @param {number} nu
 */
export async function sluitWeggehaaldeFotos(app, nu) {
  for (const record of (await app.fotos?.metStatus("apart")) ?? []) {
    if (record.afgehandeld_op) continue;
    const ops = (await app.logboek?.vanBezoek(record.bezoek_id)) ?? [];
    const vervangen = new Set(ops.flatMap((op) => op.base_op_ids));
    const eigen = ops.filter((op) => op.soort === "attach" && op.waarde?.sha256 === record.sha256);
    const staatErNog = eigen.some((op) => !op.waarde.verwijderd && !vervangen.has(op.op_id));
    if (eigen.length && !staatErNog) await app.fotos?.zet(record.id, (oud) => ({ ...oud, afgehandeld_op: nu }));
  }
}
