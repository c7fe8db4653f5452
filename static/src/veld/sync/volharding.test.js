// One bad record never keeps the others: what the server refuses, what it falls over, what was damaged on the disk.
import assert from "node:assert/strict";
import { test } from "node:test";
import { BEZOEK, kaleOp, maakWachtrij, NepServer, nieuweKluis, NU } from "../proef/kluis.js";
import { fotoId } from "../opslag/fotos.js";
import { oordeelOverTus } from "./uploads.js";

const problem = (status, extra = {}) => new Response(JSON.stringify({ title: "nee", status, detail: "Dit past niet.", ...extra }), { status, headers: { "Content-Type": "application/problem+json" } });

async function begin(aantal = 3) {
  const omgeving = await nieuweKluis();
  const server = new NepServer(omgeving.gebruiker);
  const ops = [];
  for (let i = 0; i < aantal; i++) ops.push(await omgeving.logboek.voegToe(kaleOp(omgeving, { vraag_id: `v${i}`, waarde: i })));
  return { omgeving, server, ops, wachtrij: maakWachtrij(omgeving, server) };
}

/** A bit falls over on the disk. */
async function beschadig(kluis, winkel, sleutel) {
  const record = await kluis.db.get(winkel, sleutel);
  const data = new Uint8Array(record.data.slice(0));
  data[0] ^= 1;
  await kluis.db.put(winkel, { ...record, data: data.buffer });
}

async function foto(omgeving, nummer) {
  const { sha256 } = await omgeving.fotos.bewaar(BEZOEK, new Uint8Array([nummer, 2, 3]).buffer, () => ({ vraag_id: "f", herhaling_id: null, soort: "image/jpeg", bestandsnaam: "f.jpg", op: {} }), null);
  await omgeving.fotos.koppel(fotoId(BEZOEK, sha256));
  return fotoId(BEZOEK, sha256);
}

test("an operation that the server refuses by itself is set apart after three rounds, with the server's words; by hand it goes again", async () => {
  const { omgeving, server, wachtrij } = await begin(6);
  server.storing = (pad, inhoud) => (pad === "/api/sync" && inhoud.ops.some((op) => op.vraag_id === "v2") ? problem(422) : null);
  await wachtrij.ronde();
  await wachtrij.ronde();
  assert.equal(await omgeving.logboek.aantalWachtend(), 1, "a refusal can be of the moment");
  const derde = await wachtrij.ronde();
  assert.deepEqual([derde.uitkomst, derde.apart], ["gelukt", 1], "nothing is left to try again");
  assert.equal(await omgeving.logboek.aantalWachtend(), 0);
  const [apart] = await omgeving.logboek.apart();
  assert.deepEqual([apart.vraag_id, apart.waarde, apart.status, apart.reden], ["v2", 2, "geweigerd", "Dit past niet."]);
  assert.equal(server.ops.size, 5);
  server.verzoeken.length = 0;
  assert.equal((await wachtrij.ronde()).uitkomst, "gelukt");
  assert.ok(server.verzoeken.every((v) => v.inhoud?.hoogste_seq === undefined), "the server must not think that it was lost");
  server.storing = null;
  await omgeving.logboek.opnieuw(apart.op_id);
  await wachtrij.ronde();
  assert.equal(server.ops.size, 6);
  assert.deepEqual(await omgeving.logboek.apart(), []);
});

test("a corrected answer that the server takes closes what was set apart", async () => {
  const { omgeving, server, ops, wachtrij } = await begin(2);
  server.oordeel = (op) => (op.waarde === 1 ? "quarantaine" : "opgeslagen");
  await wachtrij.ronde();
  assert.deepEqual((await omgeving.logboek.apart()).map((op) => op.op_id), [ops[1].op_id]);
  await omgeving.logboek.voegToe(kaleOp(omgeving, { vraag_id: "v1", waarde: 2, base_op_ids: [ops[1].op_id] }));
  await wachtrij.ronde();
  assert.deepEqual(await omgeving.logboek.apart(), []);
  assert.equal((await omgeving.logboek.tellingen()).get(BEZOEK).quarantaine, undefined);
  assert.equal((await omgeving.kluis.db.get("ops", ops[1].op_id)).status, "quarantaine", "what the server said of it stays");
});

test("a server that falls over one operation each time gets all the others in the end", async () => {
  const { omgeving, server, wachtrij } = await begin(20);
  server.storing = (pad, inhoud) => (pad === "/api/sync" && inhoud.ops.some((op) => op.vraag_id === "v7") ? new Response("kapot", { status: 500 }) : null);
  for (let i = 0; i < 3; i++) assert.equal((await wachtrij.ronde()).uitkomst, "serverfout");
  const uitslag = await wachtrij.ronde();
  assert.equal(server.ops.size, 19);
  assert.equal(uitslag.uitkomst, "serverfout");
  assert.match(uitslag.zin, /een van uw antwoorden/);
  assert.equal(await omgeving.logboek.aantalWachtend(), 1, "never set apart: the server did not refuse it");
});

test("a server that is down gets no flood of small messages", async () => {
  const { server, wachtrij } = await begin(100);
  server.storing = (pad) => (pad === "/api/sync" ? new Response("kapot", { status: 500 }) : null);
  for (let i = 0; i < 4; i++) await wachtrij.ronde();
  server.verzoeken.length = 0;
  await wachtrij.ronde();
  assert.ok(server.verzoeken.length < 15, `${server.verzoeken.length} requests in one round`);
});

test("a damaged operation does not keep the others from being sent or the visit from being opened", async () => {
  const { omgeving, server, ops, wachtrij } = await begin(3);
  await beschadig(omgeving.kluis, "ops", ops[1].op_id);
  assert.equal((await wachtrij.ronde()).uitkomst, "gelukt");
  assert.deepEqual([...server.ops.values()].map(({ op }) => op.vraag_id), ["v0", "v2"]);
  assert.deepEqual((await omgeving.logboek.vanBezoek(BEZOEK)).map((op) => op.vraag_id).sort(), ["v0", "v2"]);
  const [apart] = await omgeving.logboek.apart();
  assert.deepEqual([apart.op_id, apart.status, apart.bezoek_id], [ops[1].op_id, "onleesbaar", BEZOEK]);
  assert.ok(await omgeving.kluis.db.get("ops", ops[1].op_id), "it is never thrown away");
});

test("a damaged operation that the server has comes back with the next answer", async () => {
  const { omgeving, server, ops, wachtrij } = await begin(2);
  await server.vanElders(kaleOp(omgeving, { vraag_id: "v0", waarde: "van een ander", toestel_seq: 1 }));
  await wachtrij.ronde();
  const vreemde = (await omgeving.logboek.vanBezoek(BEZOEK)).find((op) => op.waarde === "van een ander");
  await beschadig(omgeving.kluis, "ops", ops[0].op_id);
  await beschadig(omgeving.kluis, "ops", vreemde.op_id);
  assert.equal((await omgeving.logboek.vanBezoek(BEZOEK)).length, 1);
  await wachtrij.ronde();
  const terug = await omgeving.logboek.vanBezoek(BEZOEK);
  assert.deepEqual(terug.map((op) => [op.waarde, op.status]).sort(), [[0, "opgeslagen"], [1, "opgeslagen"], ["van een ander", "ontvangen"]]);
  assert.deepEqual(await omgeving.logboek.apart(), []);
});

test("a damaged stop state does not keep the next one", async () => {
  const { omgeving, server, wachtrij } = await begin(0);
  const kapot = await omgeving.toestanden.voegToe("stop-1", "binnen", NU);
  await omgeving.toestanden.voegToe("stop-2", "binnen", NU);
  await beschadig(omgeving.kluis, "toestanden", kapot);
  assert.equal((await wachtrij.ronde()).uitkomst, "gelukt");
  assert.deepEqual(server.toestanden.map((t) => t.pad), ["/api/stops/stop-2/toestand"]);
  assert.equal(await omgeving.toestanden.aantalOnleesbaar(), 1);
});

test("a stop state that the server falls over keeps the later ones of its own stop, not those of others, and not the photos", async () => {
  const { omgeving, server } = await begin(1);
  for (const [stop, toestand] of [["stop-1", "onderweg"], ["stop-1", "binnen"], ["stop-2", "binnen"]]) await omgeving.toestanden.voegToe(stop, toestand, NU);
  await foto(omgeving, 1);
  let gestuurd = 0;
  server.storing = (pad) => (pad.includes("stop-1") ? new Response("kapot", { status: 500 }) : null);
  const wachtrij = maakWachtrij(omgeving, server, { stuurFoto: async () => ((gestuurd += 1), { uitkomst: "gelukt", zin: "" }) });
  const uitslag = await wachtrij.ronde();
  assert.deepEqual([uitslag.uitkomst, gestuurd, server.toestanden.length], ["serverfout", 1, 1]);
  assert.equal((await omgeving.toestanden.lijst("wacht")).length, 2);
});

test("photos: one refused for good is set apart with the reason, a damaged one too, one that the server falls over waits, the rest arrives", async () => {
  const { omgeving, server } = await begin(0);
  const ids = [];
  for (let i = 0; i < 5; i++) ids.push(await foto(omgeving, i));
  await beschadig(omgeving.kluis, "foto_bytes", ids[3]);
  const aangekomen = [];
  const stuurFoto = async (record) => {
    await omgeving.fotos.bytes(record.id);
    if (record.id === ids[0]) return oordeelOverTus(tusFout(415, { "Tus-Resumable": "1.0.0" }, { detail: "Dit soort bestand kan geen bewijs zijn." }), NU);
    if (record.id === ids[1]) return oordeelOverTus(tusFout(500), NU);
    aangekomen.push(record.id);
    return { uitkomst: "gelukt", zin: "" };
  };
  const uitslag = await maakWachtrij(omgeving, server, { stuurFoto }).ronde();
  assert.deepEqual(aangekomen.sort(), [ids[2], ids[4]].sort());
  assert.equal(uitslag.apart, 2);
  const apart = await omgeving.fotos.metStatus("apart");
  assert.deepEqual(apart.map((record) => record.id).sort(), [ids[0], ids[3]].sort());
  const redenen = await Promise.all(apart.map((record) => omgeving.kluis.ontsleutelJson(`${record.id}/reden`, record.reden)));
  assert.deepEqual(redenen.sort(), ["Deze foto is op dit toestel beschadigd geraakt en niet meer te lezen.", "Dit soort bestand kan geen bewijs zijn."]);
  assert.deepEqual((await omgeving.fotos.metStatus("wacht")).map((record) => record.id), [ids[1]]);
});

test("photos wait when the person chose so; answers always go", async () => {
  const { omgeving, server } = await begin(2);
  await foto(omgeving, 1);
  let mag = false;
  let gestuurd = 0;
  const wachtrij = maakWachtrij(omgeving, server, { magFotos: () => mag, stuurFoto: async () => ((gestuurd += 1), { uitkomst: "gelukt", zin: "" }) });
  const uitslag = await wachtrij.ronde();
  assert.deepEqual([uitslag.uitkomst, uitslag.uitgesteld, gestuurd, server.ops.size], ["gelukt", 1, 0, 2]);
  mag = true;
  await wachtrij.ronde();
  assert.equal(gestuurd, 1);
});

const tusFout = (status, koppen = {}, inhoud = null) => ({ originalResponse: { getStatus: () => status, getHeader: (naam) => koppen[naam], getBody: () => (inhoud ? JSON.stringify(inhoud) : "<html>") } });
const ONZE = { "Tus-Resumable": "1.0.0" };
for (const [naam, fout, uitkomst, blijvend] of [
  ["no network", {}, "netwerk", undefined],
  ["a portal's page", tusFout(200), "vreemd", undefined],
  ["a redirect", tusFout(302), "vreemd", undefined],
  ["an expired login", tusFout(401, ONZE), "aanmelden", undefined],
  ["an old token", tusFout(400, ONZE, { code: "csrf" }), "csrf", undefined],
  ["a revoked device", tusFout(403, ONZE, { code: "toestel_ingetrokken" }), "ingetrokken", undefined],
  ["another tab sends it", tusFout(423, ONZE), "druk", undefined],
  ["another offset", tusFout(409, ONZE), "druk", undefined],
  ["too large for the server", tusFout(413, ONZE), "te_groot", true],
  ["too large for a proxy on the way", tusFout(413), "te_groot", false],
  ["no kind of evidence", tusFout(415, ONZE), "geweigerd", true],
  ["damaged on the way", tusFout(460, ONZE), "geweigerd", false],
  ["a full server", tusFout(507, ONZE), "serverfout", undefined],
  ["a 404 of something else", tusFout(404), "vreemd", undefined],
]) {
  test(`answers to an upload: ${naam}`, () => {
    const uit = oordeelOverTus(fout, NU);
    assert.deepEqual([uit.uitkomst, uit.blijvend], [uitkomst, blijvend]);
  });
}

test("a busy server says how long to wait with a photo as well", () => {
  assert.equal(oordeelOverTus(tusFout(503, { ...ONZE, "Retry-After": "90" }), NU).wachtMs, 90_000);
});
