import assert from "node:assert/strict";
import { test } from "node:test";
import { BEZOEK, kaleOp, maakWachtrij, NepServer, nieuweKluis, NU } from "../proef/kluis.js";
import { uuidv7 } from "../ops/uuid.js";
import { retryAfter } from "./antwoord.js";
import { wachttijd } from "./terugtrekken.js";

async function begin(aantal = 3) {
  const omgeving = await nieuweKluis();
  const server = new NepServer(omgeving.gebruiker);
  const ops = [];
  for (let i = 0; i < aantal; i++) ops.push(await omgeving.logboek.voegToe(kaleOp(omgeving, { vraag_id: `v${i}`, waarde: i })));
  return { omgeving, server, ops, wachtrij: maakWachtrij(omgeving, server) };
}

test("250 operations go in batches of at most 100, in order, and each gets its receipt", async () => {
  const { omgeving, server, wachtrij } = await begin(250);
  const uitslag = await wachtrij.ronde();
  assert.equal(uitslag.uitkomst, "gelukt");
  assert.equal(server.ops.size, 250);
  assert.equal(await omgeving.logboek.aantalWachtend(), 0);
  const batches = server.verzoeken.filter((v) => v.pad === "/api/sync").map((v) => v.inhoud.ops.length);
  assert.ok(Math.max(...batches) <= 100);
  const reeks = [...server.ops.values()].map(({ op }) => op.toestel_seq);
  assert.deepEqual(reeks, [...reeks].sort((a, b) => a - b));
});

test("the last number is named only in a message after which nothing waits", async () => {
  const { server, wachtrij } = await begin(120);
  await wachtrij.ronde();
  const berichten = server.verzoeken.filter((v) => v.pad === "/api/sync").map((v) => [v.inhoud.ops.length, v.inhoud.hoogste_seq]);
  assert.deepEqual(berichten, [[100, undefined], [20, 120]]);
});

const tekst = (inhoud, status, type = "text/html") => new Response(inhoud, { status, headers: { "Content-Type": type } });
const problem = (status, extra = {}) => tekst(JSON.stringify({ title: "nee", status, detail: "nee", ...extra }), status, "application/problem+json");
const VREEMD = {
  "portal page with 200": [() => tekst("<html>Welkom op wifi</html>", 200), "vreemd"],
  "portal that says JSON but is HTML": [() => tekst("<html>", 200, "application/json"), "vreemd"],
  "truncated JSON": [() => tekst('{"protocol": 1, "epoch": "x", "ontvangsten": [{"op', 200, "application/json"), "vreemd"],
  "JSON of something else": [() => tekst('{"ok": true}', 200, "application/json"), "vreemd"],
  "a list": [() => tekst("[]", 200, "application/json"), "vreemd"],
  "receipts without any of ours": [() => tekst(JSON.stringify({ protocol: 1, epoch: "e", ontvangsten: [], bezoeken: {} }), 200, "application/json"), "vreemd"],
  "redirect to login": [() => new Response(null, { status: 302, headers: { Location: "/aanmelden" } }), "vreemd"],
  500: [() => tekst("kapot", 500), "serverfout"],
  "500 problem": [() => problem(500), "serverfout"],
  503: [() => tekst("druk", 503), "druk"],
  401: [() => problem(401), "aanmelden"],
  "403 of a portal": [() => tekst("verboden", 403), "vreemd"],
  "403 problem": [() => problem(403), "geen_recht"],
  "no network": [() => Promise.reject(new TypeError("fetch failed")), "netwerk"],
  "body cut off while reading": [() => new Response(new ReadableStream({ start: (c) => c.error(new TypeError("terminated")) }), { status: 200, headers: { "Content-Type": "application/json" } }), "vreemd"],
};
for (const [naam, [antwoord, verwacht]] of Object.entries(VREEMD)) {
  test(`strange answer leaves the queue as it was and says so: ${naam}`, async () => {
    const { omgeving, server, wachtrij } = await begin();
    server.storing = (pad) => (pad === "/api/sync" ? antwoord() : null);
    const uitslag = await wachtrij.ronde();
    assert.equal(uitslag.uitkomst, verwacht);
    assert.match(uitslag.zin, /toestel/);
    assert.equal(await omgeving.logboek.aantalWachtend(), 3);
    server.storing = null;
    assert.equal((await wachtrij.ronde()).uitkomst, "gelukt");
    assert.equal(await omgeving.logboek.aantalWachtend(), 0);
    assert.equal(server.ops.size, 3);
  });
}

test("every strange answer at the token request also keeps the queue", async () => {
  for (const [naam, [antwoord]] of Object.entries(VREEMD)) {
    const { omgeving, server, wachtrij } = await begin(1);
    server.storing = (pad) => (pad === "/api/csrf" ? antwoord() : null);
    assert.notEqual((await wachtrij.ronde()).uitkomst, "gelukt", naam);
    assert.equal(await omgeving.logboek.aantalWachtend(), 1);
    assert.equal(server.ops.size, 0);
  }
});

test("a receipt with another hash is not a receipt", async () => {
  const { omgeving, server, wachtrij } = await begin(2);
  server.storing = (pad, inhoud) =>
    pad === "/api/sync" ? server.json({ protocol: 1, epoch: server.epoch, bezoeken: {}, ontvangsten: inhoud.ops.map((op) => ({ op_id: op.op_id, hash: "0".repeat(64), status: "opgeslagen", rev: 1 })) }) : null;
  assert.equal((await wachtrij.ronde()).uitkomst, "vreemd");
  assert.equal(await omgeving.logboek.aantalWachtend(), 2);
});

test("receipts for a part: the rest stays and goes next time", async () => {
  const { omgeving, server, wachtrij } = await begin(3);
  server.storing = async (pad, inhoud) => {
    if (pad !== "/api/sync" || inhoud.ops.length !== 3) return null;
    return server.sync({ ...inhoud, ops: inhoud.ops.slice(0, 2) });
  };
  await wachtrij.ronde();
  assert.equal(await omgeving.logboek.aantalWachtend(), 1);
  await wachtrij.ronde();
  assert.equal(server.ops.size, 3);
  assert.equal(await omgeving.logboek.aantalWachtend(), 0);
});

test("the answer is lost after the commit: sent again, stored once", async () => {
  const { omgeving, server, wachtrij } = await begin(3);
  server.storing = async (pad, inhoud) => {
    if (pad !== "/api/sync" || !inhoud.ops.length) return null;
    await server.sync(inhoud);
    throw new TypeError("verbinding weg");
  };
  assert.equal((await wachtrij.ronde()).uitkomst, "netwerk");
  server.storing = null;
  await wachtrij.ronde();
  assert.equal(server.ops.size, 3);
  assert.equal(await omgeving.logboek.aantalWachtend(), 0);
});

test("409: the operation is set apart with its reason, the others go on", async () => {
  const { omgeving, server, ops, wachtrij } = await begin(3);
  server.ops.set(ops[1].op_id, { op: { ...ops[1], waarde: "anders" }, hash: "anders", rev: ++server.rev, status: "opgeslagen" });
  const uitslag = await wachtrij.ronde();
  assert.equal(uitslag.apart, 1);
  assert.equal(await omgeving.logboek.aantalWachtend(), 0);
  const [apart] = await omgeving.logboek.apart();
  assert.equal(apart.op_id, ops[1].op_id);
  assert.match(apart.reden, /andere inhoud/);
  assert.equal(apart.waarde, 1);
});

test("quarantine and refused content are set apart and never sent again", async () => {
  const { omgeving, server, wachtrij } = await begin(3);
  server.oordeel = (op) => (op.vraag_id === "v0" ? "quarantaine" : op.vraag_id === "v1" ? "geweigerd_inhoud" : "opgeslagen");
  await wachtrij.ronde();
  assert.deepEqual((await omgeving.logboek.apart()).map((op) => op.vraag_id), ["v0", "v1"]);
  server.verzoeken.length = 0;
  await wachtrij.ronde();
  assert.ok(server.verzoeken.filter((v) => v.pad === "/api/sync").every((v) => v.inhoud.ops.length === 0));
});

for (const status of [413, 400, 422]) {
  test(`${status} for a batch with one bad operation: all others arrive, the bad one stays`, async () => {
    const { omgeving, server, wachtrij } = await begin(20);
    server.storing = (pad, inhoud) => (pad === "/api/sync" && inhoud.ops.some((op) => op.vraag_id === "v13") ? problem(status) : null);
    const uitslag = await wachtrij.ronde();
    assert.equal(server.ops.size, 19);
    assert.equal(await omgeving.logboek.aantalWachtend(), 1);
    assert.match(uitslag.zin, /veilig op dit toestel/);
    server.storing = null;
    await wachtrij.ronde();
    assert.equal(server.ops.size, 20);
  });
}

test("a stale CSRF token is fetched anew once", async () => {
  const { omgeving, server, wachtrij } = await begin(1);
  let keer = 0;
  server.storing = (pad) => (pad === "/api/sync" && keer++ === 0 ? problem(403, { code: "csrf" }) : null);
  assert.equal((await wachtrij.ronde()).uitkomst, "gelukt");
  assert.equal(await omgeving.logboek.aantalWachtend(), 0);
  assert.equal(server.verzoeken.filter((v) => v.pad === "/api/csrf").length, 2);
});

test("another user logged in: nothing is sent", async () => {
  const { omgeving, server, wachtrij } = await begin(1);
  server.gebruiker = { ...server.gebruiker, id: uuidv7() };
  assert.equal((await wachtrij.ronde()).uitkomst, "andere_gebruiker");
  assert.equal(server.ops.size, 0);
  assert.equal(await omgeving.logboek.aantalWachtend(), 1);
});

test("a restored backup (new epoch): everything still held is sent again", async () => {
  const { omgeving, server, ops, wachtrij } = await begin(5);
  await wachtrij.ronde();
  assert.equal(server.ops.size, 5);
  server.ops.delete(ops[3].op_id);
  server.ops.delete(ops[4].op_id);
  server.epoch = uuidv7();
  await omgeving.logboek.voegToe(kaleOp(omgeving, { vraag_id: "nieuw" }));
  const uitslag = await wachtrij.ronde();
  assert.equal(uitslag.uitkomst, "gelukt");
  assert.equal(server.ops.size, 6);
  assert.equal(await omgeving.logboek.aantalWachtend(), 0);
  assert.equal(await omgeving.logboek.epoch(), server.epoch);
});

test("a server that changes its epoch with every answer does not keep a device busy for ever", async () => {
  const { server, wachtrij } = await begin(2);
  await wachtrij.ronde();
  server.storing = () => void (server.epoch = uuidv7());
  assert.equal((await wachtrij.ronde()).uitkomst, "vreemd");
});

test("operations of others arrive once, with their number; own ones are not doubled", async () => {
  const { omgeving, server, wachtrij } = await begin(2);
  await server.vanElders(kaleOp(omgeving, { vraag_id: "v0", waarde: "van een ander", toestel_id: uuidv7(), toestel_seq: 1, auteur_id: uuidv7() }));
  await server.vanElders(kaleOp(omgeving, { bezoek_id: "niet gevraagd", toestel_seq: 1 }));
  const uitslag = await wachtrij.ronde();
  assert.ok(uitslag.gewijzigd.has(BEZOEK));
  await wachtrij.ronde();
  const ops = await omgeving.logboek.vanBezoek(BEZOEK);
  assert.equal(ops.length, 3);
  assert.deepEqual(ops.map((op) => op.status).sort(), ["ontvangen", "opgeslagen", "opgeslagen"]);
  assert.ok(ops.every((op) => op.rev > 0));
  assert.equal((await omgeving.logboek.vanBezoek("niet gevraagd")).length, 0);
});

test("stop states go after the operations; a refused one is set apart with the reason", async () => {
  const { omgeving, server, wachtrij } = await begin(1);
  await omgeving.toestanden.voegToe("stop-1", "binnen", NU);
  await omgeving.toestanden.voegToe("stop-2", "afgerond", NU);
  server.storing = (pad) => (pad.includes("stop-1") ? problem(409, { detail: "Deze stop is al afgerond." }) : null);
  await wachtrij.ronde();
  assert.deepEqual(server.toestanden.map((t) => t.toestand), ["afgerond"]);
  const paden = server.verzoeken.map((v) => v.pad);
  assert.ok(paden.indexOf("/api/sync") < paden.findIndex((pad) => pad.startsWith("/api/stops/")));
  const [apart] = await omgeving.toestanden.lijst("apart");
  assert.equal(apart.reden, "Deze stop is al afgerond.");
  assert.equal((await omgeving.toestanden.lijst("wacht")).length, 0);
});

test("a photo is complete only when the server says its hash is there; a missing one is sent again", async () => {
  const { omgeving, server } = await begin(0);
  const { sha256 } = await omgeving.fotos.bewaar(BEZOEK, new Uint8Array([1, 2, 3]).buffer, () => ({ vraag_id: "f", herhaling_id: null, soort: "image/jpeg", bestandsnaam: "f.jpg", op: {} }), null);
  await omgeving.logboek.voegToe(kaleOp(omgeving, { vraag_id: "f", soort: "attach", waarde: { sha256 } }));
  await omgeving.fotos.koppel(`${BEZOEK}/${sha256}`);
  let gestuurd = 0;
  let komtAan = false;
  const wachtrij = maakWachtrij(omgeving, server, {
    stuurFoto: async (record) => {
      gestuurd += 1;
      if (komtAan) server.bijlagen.add(record.sha256);
      return { uitkomst: "gelukt", zin: "" };
    },
  });
  await wachtrij.ronde();
  assert.equal((await omgeving.fotos.metStatus("wacht")).length, 1, "the server lacks it, whatever the upload said");
  assert.equal((await omgeving.logboek.bezoeken())[0].compleet, false);
  komtAan = true;
  await wachtrij.ronde();
  assert.equal(gestuurd, 2);
  assert.equal((await omgeving.fotos.metStatus("aanwezig")).length, 1);
  assert.equal((await omgeving.logboek.bezoeken())[0].compleet, true);
});

test("waiting times grow, stay bounded and respect the server", () => {
  assert.ok(wachttijd(1, 0.99) > wachttijd(0, 0.99));
  assert.ok(wachttijd(50, 0.999) <= 300_000);
  assert.ok(wachttijd(0, 0) >= 2_000);
  assert.equal(wachttijd(0, 0, 60_000), 60_000);
  assert.equal(retryAfter("120", 0), 120_000);
  assert.equal(retryAfter("onzin", 0), undefined);
  assert.equal(retryAfter(new Date(NU + 5000).toUTCString(), NU), 5000);
});
