// Row 15: the session or the token expires before each kind of request. Nothing leaves the queue, and after logging in
// everything arrives once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { kaleOp, maakWachtrij, NepServer, nieuweKluis, NU } from "../proef/kluis.js";
import { hashVanSignaal, Signaalmeldingen } from "../signaal/meldingen.js";

const SOORTEN = {
  token: (pad) => pad === "/api/csrf",
  signaal: (pad) => pad === "/api/signalen",
  antwoorden: (pad, inhoud) => pad === "/api/sync" && inhoud.ops.length > 0,
  toestand: (pad) => pad.startsWith("/api/stops/"),
  "laatste vraag": (pad, inhoud) => pad === "/api/sync" && inhoud.ops.length === 0,
};

/** One of everything waits. */
async function vol() {
  const omgeving = await nieuweKluis();
  const server = new NepServer(omgeving.gebruiker);
  const signalen = new Signaalmeldingen(omgeving.kluis);
  const ontvangen = { signalen: new Map(), fotos: [] };
  await signalen.voegToe(/** @type {any} */ ({ tekst: "Iemand slaapt in de schuur", waar: "Dijkstraat 4" }), NU);
  for (let i = 0; i < 120; i++) await omgeving.logboek.voegToe(kaleOp(omgeving, { waarde: i }));
  await omgeving.toestanden.voegToe("stop-1", "binnen", NU);
  const { sha256, feiten } = await omgeving.fotos.bewaar(
    "01890000-0000-7000-8000-00000000b001", new Uint8Array([1, 2, 3]).buffer,
    (sha) => ({ vraag_id: "foto", herhaling_id: null, soort: "image/jpeg", bestandsnaam: "a.jpg", op: kaleOp(omgeving, { soort: "attach", vraag_id: "foto", waarde: { sha256: sha } }) }), null,
  );
  await omgeving.logboek.voegToe(feiten.op);
  await omgeving.fotos.koppel(`01890000-0000-7000-8000-00000000b001/${sha256}`);
  const stuurFoto = async (record) => {
    ontvangen.fotos.push(record.sha256);
    server.bijlagen.add(record.sha256);
    return { uitkomst: "gelukt", zin: "" };
  };
  const wachtrij = maakWachtrij(omgeving, server, { signalen, stuurFoto });
  const gewoon = async (pad, inhoud) => {
    if (pad !== "/api/signalen") return null;
    const { op_id: opId, ...signaal } = inhoud;
    ontvangen.signalen.set(opId, signaal);
    return server.json({ op_id: opId, hash: await hashVanSignaal(signaal), nummer: "S2026-0007" });
  };
  return { omgeving, server, signalen, wachtrij, ontvangen, gewoon };
}

/** Everything arrived, once. */
async function alles({ omgeving, server, signalen, ontvangen }) {
  assert.equal(await omgeving.logboek.aantalWachtend(), 0);
  assert.deepEqual([...server.ops.values()].map(({ op }) => op.toestel_seq), Array.from({ length: 121 }, (_, i) => i + 1));
  assert.equal(ontvangen.signalen.size, 1);
  assert.equal((await signalen.lijst("wacht")).length, 0);
  assert.deepEqual(server.toestanden.map((toestand) => toestand.toestand), ["binnen"]);
  assert.equal(new Set(ontvangen.fotos).size, 1);
  assert.equal((await omgeving.fotos.metStatus("aanwezig")).length, 1);
}

for (const [naam, isHet] of Object.entries(SOORTEN)) {
  test(`session expired before: ${naam}`, async () => {
    const proef = await vol();
    const { server, wachtrij, gewoon, omgeving } = proef;
    let geraakt = 0;
    server.storing = async (pad, inhoud) => {
      if (!isHet(pad, inhoud)) return gewoon(pad, inhoud);
      geraakt += 1;
      return server.json({ title: "Niet aangemeld", status: 401 }, 401);
    };
    const bevestigd = async () => (await omgeving.kluis.db.getAll("ops")).filter((op) => op.status === "opgeslagen").length;
    assert.equal((await wachtrij.ronde()).uitkomst, "aanmelden");
    assert.equal(geraakt, 1);
    assert.equal(await bevestigd(), server.ops.size, "what has a receipt is on the server, what has none waits");
    assert.equal(await omgeving.logboek.aantalWachtend(), 121 - server.ops.size);
    server.storing = gewoon;
    assert.equal((await wachtrij.ronde()).uitkomst, "gelukt");
    await alles(proef);
  });

  if (naam === "token") continue;
  test(`token expired before: ${naam}`, async () => {
    const proef = await vol();
    const { server, wachtrij, gewoon } = proef;
    let oud = true;
    server.storing = async (pad, inhoud) => {
      if (pad === "/api/csrf" && server.verzoeken.length > 1) oud = false;
      if (oud && isHet(pad, inhoud)) return server.json({ title: "CSRF", status: 403, code: "csrf" }, 403);
      return gewoon(pad, inhoud);
    };
    assert.equal((await wachtrij.ronde()).uitkomst, "gelukt", "a new token is fetched by itself");
    await alles(proef);
  });
}
