// A database of each historic schema, as the app of that time wrote it (fixtures/schema-N.json: the stores as they were, and
// every record), opens with the app of today and loses nothing.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { kaleOp, maakWachtrij, nepOpslag, NepServer, NU } from "../proef/kluis.js";
import { Signaalmeldingen } from "../signaal/meldingen.js";
import { fotoId, Fotos } from "./fotos.js";
import { Kluis } from "./kluis.js";
import { Oplogboek } from "./oplogboek.js";
import { VOORVOEGSEL } from "./schema.js";
import { Spiegel } from "./spiegel.js";
import { Toestanden } from "./toestanden.js";

const map = new URL("fixtures/", import.meta.url);
const WINKELS_NU = ["bezoeken", "extra", "foto_bytes", "foto_klein", "fotos", "kaart", "meta", "ops", "pakken", "signalen", "toestanden"];

const terug = (waarde) => {
  if (Array.isArray(waarde)) return waarde.map(terug);
  if (!waarde || typeof waarde !== "object") return waarde;
  if (waarde.$buffer !== undefined) return new Uint8Array(Buffer.from(waarde.$buffer, "base64")).buffer;
  if (waarde.$bytes !== undefined) return new Uint8Array(Buffer.from(waarde.$bytes, "base64"));
  return Object.fromEntries(Object.entries(waarde).map(([sleutel, deel]) => [sleutel, terug(deel)]));
};

/** Puts the old database down without a line of today's code. */
function legNeer(naam, fixture) {
  return new Promise((klaar, mis) => {
    const verzoek = indexedDB.open(naam, fixture.schema);
    verzoek.onupgradeneeded = () => {
      for (const [winkel, { keyPath, indexen, records }] of Object.entries(fixture.winkels)) {
        const opslag = verzoek.result.createObjectStore(winkel, keyPath ? { keyPath } : {});
        for (const [index, pad] of Object.entries(indexen)) opslag.createIndex(index, pad);
        for (const [sleutel, record] of records) keyPath ? opslag.add(terug(record)) : opslag.add(terug(record), sleutel);
      }
    };
    verzoek.onerror = () => mis(verzoek.error);
    verzoek.onsuccess = () => klaar(verzoek.result.close());
  });
}

const namen = readdirSync(map).sort();

test("every schema before this one has a fixture", async () => {
  const kluis = await Kluis.open("leeg", { spiegel: new Spiegel(nepOpslag()) });
  assert.deepEqual(namen, Array.from({ length: kluis.db.version - 1 }, (_, i) => `schema-${i + 1}.json`));
  assert.deepEqual([...kluis.db.objectStoreNames], WINKELS_NU);
  kluis.sluit();
});

for (const naam of namen) {
  test(`${naam}: upgraded, unlocked, complete, and what waited is sent`, async () => {
    const fixture = JSON.parse(readFileSync(new URL(naam, map), "utf8"));
    const { verwacht, bezoek } = fixture;
    const kluisId = fixture.kluis;
    await new Promise((klaar) => (indexedDB.deleteDatabase(VOORVOEGSEL + kluisId).onsuccess = klaar));
    await legNeer(VOORVOEGSEL + kluisId, fixture);

    const kluis = await Kluis.open(kluisId, { spiegel: new Spiegel(nepOpslag()) });
    await kluis.ontgrendel(fixture.wachtzin, NU);
    assert.deepEqual(kluis.gebruiker, verwacht.gebruiker);
    assert.equal(kluis.toestelId, verwacht.toestel_id);
    assert.deepEqual([...kluis.db.objectStoreNames], WINKELS_NU);
    for (const [winkel, { records }] of Object.entries(fixture.winkels)) assert.equal(await kluis.db.count(winkel), records.length, winkel);

    const logboek = new Oplogboek(kluis);
    const gelezen = (await logboek.vanBezoek(bezoek)).map(({ op_id, vraag_id, soort, waarde, toestel_seq, status, rev, reden }) => ({ op_id, vraag_id, soort, waarde, toestel_seq, status, rev, reden: reden ?? null }));
    assert.deepEqual(gelezen, verwacht.ops);
    assert.equal(await logboek.epoch(), "epoch-1");

    const fotos = new Fotos(kluis);
    const toestanden = new Toestanden(kluis);
    if (verwacht.foto) {
      const id = fotoId(bezoek, verwacht.foto.sha256);
      assert.deepEqual([...new Uint8Array(await fotos.bytes(id))], Array.from({ length: 600 }, (_, i) => (i * 7) % 256));
      assert.deepEqual([...new Uint8Array(await fotos.klein(id))], verwacht.foto.klein);
      const [record] = await fotos.metStatus("wacht");
      assert.equal((await fotos.feiten(record)).bestandsnaam, verwacht.foto.bestandsnaam);
      const [toestand] = await toestanden.lijst("wacht");
      assert.deepEqual({ stop_id: toestand.stop_id, toestand: toestand.toestand }, verwacht.toestand);
    }
    const signalen = new Signaalmeldingen(kluis);
    if (verwacht.signaal) {
      assert.deepEqual((await signalen.lijst()).map((melding) => melding.signaal.tekst), [verwacht.signaal]);
      assert.equal((await signalen.leesConcept()).signaal.tekst, verwacht.concept);
    }

    // Work goes on: the next number follows, and everything that waited arrives.
    const omgeving = { kluis, gebruiker: verwacht.gebruiker, logboek, fotos, toestanden };
    assert.equal((await logboek.voegToe(kaleOp(omgeving))).toestel_seq, verwacht.teller + 1);
    const wachtte = verwacht.ops.filter((op) => op.status === "wacht").map((op) => op.op_id);
    const server = new NepServer(verwacht.gebruiker);
    server.epoch = "epoch-1";
    assert.equal((await maakWachtrij(omgeving, server).ronde()).uitkomst, "gelukt");
    assert.deepEqual([...server.ops.keys()].slice(0, -1), wachtte);
    assert.equal(await logboek.aantalWachtend(), 0);
    kluis.sluit();
  });
}
