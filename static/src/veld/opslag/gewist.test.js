import assert from "node:assert/strict";
import { test } from "node:test";
import { uuidv7 } from "../ops/uuid.js";
import { kaleOp, nepOpslag, nieuweKluis, NU } from "../proef/kluis.js";
import { kijkOfGewist, onthoudVerzonden, verlorenVan, wismeldingGezien, wiszin } from "./gewist.js";

async function wis(kluis) {
  const naam = kluis.db.name;
  kluis.sluit();
  await new Promise((klaar, fout) => {
    const vraag = indexedDB.deleteDatabase(naam);
    vraag.onsuccess = klaar;
    vraag.onerror = fout;
  });
}

test("after an eviction the tablet itself says how many answers had not been sent, until it was read", async () => {
  const opslag = nepOpslag();
  const gebruikerId = uuidv7();
  const eerst = await nieuweKluis({ opslag, gebruikerId });
  assert.equal(await kijkOfGewist(eerst.kluis, opslag, NU), null, "a first use is no eviction");
  for (let i = 0; i < 5; i++) await eerst.logboek.voegToe(kaleOp(eerst));
  onthoudVerzonden(opslag, eerst.kluis.kluisId, { seq: 5, wacht: 2 });
  for (let i = 0; i < 3; i++) await eerst.logboek.voegToe(kaleOp(eerst));
  await wis(eerst.kluis);
  const later = await nieuweKluis({ opslag, gebruikerId });
  const melding = await kijkOfGewist(later.kluis, opslag, NU);
  assert.deepEqual([melding.verloren, melding.gezien], [5, false]);
  assert.match(wiszin(melding), /5 antwoorden waren nog niet verzonden.*coördinator/);
  await later.logboek.voegToe(kaleOp(later));
  assert.equal((await kijkOfGewist(later.kluis, opslag, NU + 86_400_000)).gezien, false);
  await wismeldingGezien(later.kluis, melding);
  assert.equal((await kijkOfGewist(later.kluis, opslag, NU)).gezien, true);
});

test("a vault whose answers were all cleaned up after their days is not taken for an evicted one", async () => {
  const omgeving = await nieuweKluis();
  const op = await omgeving.logboek.voegToe(kaleOp(omgeving));
  await omgeving.kluis.db.delete("ops", op.op_id);
  assert.equal(await kijkOfGewist(omgeving.kluis, nepOpslag(), NU + 20 * 86_400_000), null);
});

test("what is not known is not guessed", () => {
  assert.equal(verlorenVan(null, 7), null);
  assert.equal(verlorenVan("{", 7), null);
  assert.equal(verlorenVan('{"seq": 7, "wacht": 0}', 7), 0);
  assert.match(wiszin({ op: 0, verloren: null, gezien: false }), /is niet te zien/);
  assert.match(wiszin({ op: 0, verloren: 0, gezien: false }), /niets verloren/);
});
