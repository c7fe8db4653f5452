// @ts-check
// For tests of the server: a real vault on fake-indexeddb, filled as a tablet does, and its rescue copy on standard output.
// Standard input: {gebruiker, jwk, toestel_id, form_versie, bezoek, stop, foto: base64, beschadig: bool}.

import "fake-indexeddb/auto";
import { vanBase64 } from "../crypto/bytes.js";
import { uuidv7 } from "../ops/uuid.js";
import { fotoId, Fotos } from "../opslag/fotos.js";
import { Kluis, kluisIdVan } from "../opslag/kluis.js";
import { Oplogboek } from "../opslag/oplogboek.js";
import { maakReddingskopie } from "../opslag/reddingskopie.js";
import { Spiegel } from "../opslag/spiegel.js";
import { Toestanden } from "../opslag/toestanden.js";
import { Signaalmeldingen } from "../signaal/meldingen.js";

const NU = Date.UTC(2026, 10, 21, 18, 0, 0);
/** @type {Uint8Array[]} */
const stukken = [];
for await (const stuk of process.stdin) stukken.push(stuk);
const wens = JSON.parse(Buffer.concat(stukken).toString());

const kluis = await Kluis.open(await kluisIdVan(wens.gebruiker.id), { spiegel: new Spiegel(null) });
await kluis.richtIn({ gebruiker: wens.gebruiker, wachtzin: "vier gewone woorden achter elkaar", herstelsleutel: wens.jwk, toestelId: wens.toestel_id, nu: NU });
const logboek = new Oplogboek(kluis);
const fotos = new Fotos(kluis);
const op = (/** @type {string} */ vraag, /** @type {any} */ waarde, soort = /** @type {any} */ ("set")) => ({
  op_id: uuidv7(), bezoek_id: wens.bezoek, vraag_id: vraag, herhaling_id: null, soort, waarde, base_op_ids: [], form_versie: wens.form_versie,
  toestel_id: kluis.toestelId, toestel_tijd: new Date(NU).toISOString(), auteur_id: wens.gebruiker.id,
});
const eerste = await logboek.voegToe(op("bewoners", 7));
await logboek.voegToe(op("opmerking", "Twaalf bedden op zolder, geen vluchtweg."));
await logboek.voegToe(op("bestaat_niet", "naar de coördinator"));
const { sha256 } = await fotos.bewaar(
  wens.bezoek, vanBase64(wens.foto).buffer,
  (hash) => ({ vraag_id: "foto_gevel", herhaling_id: null, soort: "image/jpeg", bestandsnaam: "gevel.jpg", op: op("foto_gevel", { sha256: hash, soort: "image/jpeg", omvang: vanBase64(wens.foto).byteLength, bestandsnaam: "gevel.jpg" }, "attach") }),
  null,
);
const record = await kluis.db.get("fotos", fotoId(wens.bezoek, sha256));
await logboek.voegToe((await fotos.feiten(record)).op);
await fotos.koppel(record.id);
await new Toestanden(kluis).voegToe(wens.stop, "binnen", NU);
await new Signaalmeldingen(kluis).voegToe(/** @type {any} */ ({ tekst: "Matrassen in de loods, iedere avond busjes.", waar: "Kade 1", datum: "2026-11-21", hoedanigheid: "" }), NU);
if (wens.beschadig) {
  const kapot = await kluis.db.get("ops", eerste.op_id);
  new Uint8Array(kapot.data)[0] ^= 1;
  await kluis.db.put("ops", kapot);
}
kluis.vergrendel();
process.stdout.write(await (await maakReddingskopie(kluis, NU)).text());
