// @ts-check
// What a person can do with something that was set apart: send it again, keep it as a file.

import { geefBestand, maakReddingskopie } from "../opslag/reddingskopie.js";

/** @typedef {import("../app.js").App} App */
/** @typedef {import("./gegevens.js").Apart} Apart */

/** @param {App} app @param {Apart} apart */
export async function stuurOpnieuw(app, apart) {
  if (apart.soort === "antwoord") await app.logboek?.opnieuw(apart.id);
  else await app.fotos?.zet(apart.id, (record) => (record.status === "apart" ? { ...record, status: "wacht", mislukt: 0, upload_url: null, reden: undefined } : record));
  await app.zender?.nu();
}

/** Only this record, as the server reads it (`inspecties redding lees`). @param {App} app @param {Apart} apart */
export async function bewaarVersleuteld(app, apart) {
  const kluis = /** @type {NonNullable<App["kluis"]>} */ (app.kluis);
  const winkels = apart.soort === "antwoord" ? ["ops"] : ["fotos", "foto_bytes"];
  const blob = await maakReddingskopie(kluis, Date.now(), (winkel, sleutel) => winkels.includes(winkel) && sleutel === apart.id);
  geefBestand(blob, `inspecties-${apart.soort}-${dag()}.ndjson`);
}

/** Readable for everybody who gets the file. @param {App} app @param {Apart} apart */
export async function bewaarLeesbaar(app, apart) {
  if (apart.soort === "foto") {
    const record = await app.kluis?.db.get("fotos", apart.id);
    const bytes = await app.fotos?.bytes(apart.id);
    if (!record || !bytes) return;
    const feiten = await /** @type {any} */ (app.fotos).feiten(record);
    return geefBestand(new Blob([bytes], { type: feiten.soort }), feiten.bestandsnaam || `foto-${dag()}.jpg`);
  }
  const op = ((await app.logboek?.vanBezoek(apart.bezoekId)) ?? []).find((een) => een.op_id === apart.id);
  const regels = [
    `Stop: ${apart.stop}`, `Vraag: ${apart.vraag} (${op?.vraag_id ?? ""})`, `Antwoord: ${typeof op?.waarde === "string" ? op.waarde : JSON.stringify(op?.waarde ?? null)}`,
    `Gegeven op: ${apart.op}`, `Door: ${app.kluis?.gebruiker?.naam ?? ""}`, `Apart gezet omdat: ${[apart.uitleg.waarom, apart.uitleg.reden].filter(Boolean).join(" ")}`, `Nummer: ${apart.id}`,
  ];
  geefBestand(new Blob([regels.join("\r\n"), "\r\n"], { type: "text/plain;charset=utf-8" }), `inspecties-antwoord-${dag()}.txt`);
}

const dag = () => new Date().toISOString().slice(0, 10);
