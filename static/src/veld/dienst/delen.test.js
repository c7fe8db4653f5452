import assert from "node:assert/strict";
import { test } from "node:test";
import { nieuweKluis } from "../proef/kluis.js";
import { Api } from "../sync/api.js";
import { Delen } from "./delen.js";

const stop = (id, eerdere_fotos = false) => ({ id, volgorde: 1, adres: id, bezoek_id: `b${id}`, eerdere_fotos });
const pak = (tegels = ["12/1/1", "12/1/2", "12/1/3"], stops = [stop("s1", true), stop("s2")], meer = {}) => ({
  datum: "2026-11-21", acties: [{ id: "a", stops }], definities: {}, tegels: { lijst: tegels, hoogste_bytes: 1000, bron: "tegels.example" }, ...meer,
});
const beeld = (tekst) => new Response(tekst, { headers: { "Content-Type": "image/png" } });
const json = (inhoud) => new Response(JSON.stringify(inhoud), { headers: { "Content-Type": "application/json" } });

async function opzet(antwoord = (pad) => (pad.includes("eerdere-fotos") ? json({ fotos: [{ sha256: "f", beeld: "KANARIE" }] }) : beeld(`beeld van ${pad.split("?")[0].slice(-6)}`))) {
  const gevraagd = [];
  const omgeving = await nieuweKluis();
  const api = new Api({ fetch: async (pad, init) => {
    init.signal?.throwIfAborted();
    gevraagd.push(pad);
    return antwoord(pad, gevraagd.length);
  } });
  const maak = () => new Delen({ kluis: omgeving.kluis, api });
  return { kluis: omgeving.kluis, gevraagd, delen: maak(), maak };
}
const tekst = (bytes) => bytes && new TextDecoder().decode(bytes);

test("tiles and photos come once, are read back in a new session, and nothing readable lies in the store", async () => {
  const { kluis, gevraagd, delen, maak } = await opzet();
  const stappen = [];
  assert.equal((await delen.haal(pak(), { meld: (stap) => stappen.push(stap) })).uitkomst, "gelukt");
  assert.deepEqual(gevraagd.map((pad) => pad.split("?")[0]), ["/api/stops/s1/eerdere-fotos", "/api/veld/tegels/12/1/1", "/api/veld/tegels/12/1/2", "/api/veld/tegels/12/1/3"]);
  assert.ok(gevraagd.every((pad) => pad.endsWith("datum=2026-11-21")));
  assert.deepEqual(stappen.at(-1), { soort: "tegels", gedaan: 3, totaal: 3, bytes: 48 });
  const later = maak();
  assert.equal(tekst(await later.tegel("12/1/2")), "beeld van 12/1/2");
  assert.deepEqual(await later.fotosVan("s1"), [{ sha256: "f", beeld: "KANARIE" }]);
  assert.deepEqual([await later.fotosVan("s2"), await later.tegel("12/9/9")], [[], null]);
  assert.equal(await later.ontbreekt(pak()), false);
  await later.haal(pak());
  assert.equal(gevraagd.length, 4);
  const { tegels, fotos } = await later.overzicht(pak());
  assert.deepEqual([tegels, fotos.stops], [{ aanwezig: 3, totaal: 3, bytes: 48, bron: "tegels.example" }, 1]);
  for (const winkel of ["extra", "kaart"]) {
    const alles = JSON.stringify([await kluis.db.getAllKeys(winkel), await kluis.db.getAll(winkel)], (_k, v) => (v instanceof ArrayBuffer || v instanceof Uint8Array ? Buffer.from(v).toString("latin1") : v));
    for (const woord of ["12/1", "s1", "KANARIE", "beeld van"]) assert.ok(!alles.includes(woord), `${winkel}: ${woord}`);
  }
});

test("the limit in bytes holds, to within one batch", async () => {
  const { delen } = await opzet((pad) => (pad.includes("fotos") ? json({ fotos: [] }) : beeld("x".repeat(200))));
  const veel = pak(Array.from({ length: 60 }, (_, i) => `14/${i}/1`));
  await delen.haal(veel);
  const { tegels } = await delen.overzicht(veel);
  assert.equal(tegels.bytes, 8 * 200);
  assert.equal(await delen.ontbreekt(veel), false);
});

test("a download that is stopped or cut off keeps what came in, and goes on from there", async () => {
  const stoppen = new AbortController();
  let netwerk = true;
  const { delen, gevraagd, maak } = await opzet((pad, nummer) => {
    if (!netwerk && nummer > 10) throw new TypeError("weg");
    return pad.includes("fotos") ? json({ fotos: [] }) : beeld("x");
  });
  const veel = pak(Array.from({ length: 20 }, (_, i) => `14/${i}/1`));
  const eerst = await delen.haal(veel, { stop: stoppen.signal, meld: ({ soort, gedaan }) => soort === "tegels" && gedaan === 8 && stoppen.abort() });
  assert.equal(eerst.uitkomst, "netwerk");
  assert.equal((await maak().overzicht(veel)).tegels.aanwezig, 8);
  netwerk = false;
  assert.equal((await maak().haal(veel)).uitkomst, "netwerk");
  assert.equal((await maak().overzicht(veel)).tegels.aanwezig, 9);
  netwerk = true;
  assert.equal((await maak().haal(veel)).uitkomst, "gelukt");
  assert.equal((await maak().overzicht(veel)).tegels.aanwezig, 20);
  assert.equal(new Set(gevraagd.filter((pad) => pad.includes("tegels"))).size, 20);
});

test("what left the plan leaves the device; what the service lacks is not asked again; a portal is no map", async () => {
  const { kluis, delen, gevraagd } = await opzet((pad) => {
    if (pad.includes("fotos")) return json({ fotos: [{ beeld: "f" }] });
    return pad.includes("12/1/2") ? new Response("", { status: 404 }) : beeld("x");
  });
  await delen.haal(pak());
  assert.equal((await kluis.db.getAllKeys("kaart")).length, 3);
  await delen.haal(pak(["12/1/2", "12/1/3"], [stop("s2")]));
  assert.equal((await kluis.db.getAllKeys("kaart")).length, 1);
  assert.deepEqual(await delen.fotosVan("s1"), []);
  assert.equal(gevraagd.filter((pad) => pad.includes("12/1/2")).length, 1);

  const portaal = await opzet(() => new Response("<html>", { headers: { "Content-Type": "text/html" } }));
  assert.equal((await portaal.delen.haal(pak())).uitkomst, "vreemd");
  assert.deepEqual(await portaal.kluis.db.getAllKeys("kaart"), []);
});

test("taken away by a person stays away, until that person asks for it", async () => {
  const { kluis, delen, maak, gevraagd } = await opzet();
  await delen.haal(pak());
  await delen.wis();
  assert.deepEqual(await kluis.db.getAllKeys("kaart"), []);
  assert.equal(await maak().ontbreekt(pak()), false);
  await maak().haal(pak());
  assert.equal(gevraagd.length, 4);
  await maak().haal(pak(), { opnieuw: true });
  assert.equal(gevraagd.length, 8);
});

test("an expired shift leaves nothing, and the next one comes whole", async () => {
  const { kluis, delen, maak } = await opzet();
  await delen.haal(pak());
  await delen.verloop();
  assert.deepEqual(await kluis.db.getAllKeys("kaart"), []);
  assert.equal(await maak().ontbreekt(pak()), true);
});

test("photos are fetched anew when a person renews: something may have been covered since", async () => {
  let keer = 0;
  const { kluis, delen } = await opzet((pad) => (pad.includes("fotos") ? json({ fotos: [{ beeld: `versie ${++keer}` }] }) : beeld("x")));
  await delen.haal(pak());
  await delen.haal(pak());
  assert.deepEqual(await delen.fotosVan("s1"), [{ beeld: "versie 1" }]);
  await delen.haal(pak(), { opnieuw: true });
  assert.deepEqual(await delen.fotosVan("s1"), [{ beeld: "versie 2" }]);
  assert.equal((await kluis.db.getAllKeys("kaart")).length, 4);
});
