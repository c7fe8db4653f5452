import assert from "node:assert/strict";
import { test } from "node:test";
import { fotosUit, plaatszin, waardeVan } from "./bijlage.js";

const A = { x: 0.1, y: 0.1, b: 0.2, h: 0.2, vorm: "rechthoek" };
const B = { x: 0.5, y: 0.5, b: 0.2, h: 0.2, vorm: "ovaal" };
const kop = (op_id, waarde, minuut = 0) => ({ op_id, waarde: { sha256: "a", soort: "image/jpeg", ...waarde }, toestel_tijd: `2026-11-21T18:0${minuut}:00Z` });

test("a photo with two heads is one photo: covers add up, a caption is never emptied by who did not write one", () => {
  const [foto, ...rest] = fotosUit([
    kop("1", { bijschrift: "De gang", gemaakt_op: "2026-11-21T17:00:00Z" }, 1),
    kop("2", { afdekken: [A], reden: "gezicht" }, 2),
    kop("3", { afdekken: [B], reden: "kenteken", toelichting: "busje" }, 3),
    kop("4", { sha256: "b", verwijderd: true }),
  ]);
  assert.equal(rest.length, 0);
  assert.deepEqual([foto.op_ids, foto.bijschrift, foto.afdekken, foto.reden], [["1", "2", "3"], "De gang", [A, B], "kenteken"]);
  assert.equal(foto.gemaakt_op, "2026-11-21T17:00:00Z");
});

test("the next operation keeps what was known and holds no bookkeeping of this device", () => {
  const [foto] = fotosUit([kop("1", { omvang: 3, plaats: { lat: 52, lon: 5 } }, 1)]);
  assert.deepEqual(waardeVan(foto, { bijschrift: "Zolder" }), { sha256: "a", soort: "image/jpeg", omvang: 3, plaats: { lat: 52, lon: 5 }, gemaakt_op: "2026-11-21T18:01:00Z", bijschrift: "Zolder" });
  const [afgedekt] = fotosUit([kop("1", { afdekken: [A], reden: "gezicht" })]);
  assert.deepEqual(waardeVan(afgedekt, { bijschrift: "x" }).afdekken, [A]);
  // Taken away altogether: an empty list with its reason, not nothing.
  assert.deepEqual(waardeVan(afgedekt, { afdekken: [], reden: "anders", toelichting: "vergissing" }).afdekken, []);
});

test("the place in a sentence", () => {
  assert.equal(plaatszin(null), "Niet vastgelegd");
  assert.equal(plaatszin({ lat: 52.5, lon: 5.25, nauwkeurigheid_m: 8.6, ouderdom_s: 12, richting_graden: 359 }), "52,50000; 5,25000, op 9 m nauwkeurig, bepaald 12 s voor de foto, camera naar het noorden");
});

test("photos keep their place when one gets a caption", () => {
  const eerst = [kop("1", {}, 1), kop("2", { sha256: "b" }, 2)];
  const daarna = [eerst[1], kop("3", { bijschrift: "x", gemaakt_op: "2026-11-21T18:01:00Z" }, 5)];
  for (const koppen of [eerst, daarna]) assert.deepEqual(fotosUit(koppen).map((foto) => foto.sha256), ["a", "b"]);
});
