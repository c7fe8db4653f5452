import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { maakWachtrij, NepServer, nieuweKluis, NU } from "../proef/kluis.js";
import { hashVanSignaal, Signaalmeldingen } from "./meldingen.js";
import { bevatBsn, persoonsnummers } from "./nummers.js";

const SIGNAAL = { tekst: "KANARIE achter de molen", waar: "Dijkstraat 4", datum: "2026-11-20", urgentie: "hoog", indicatoren: ["schulden", "bedreiging"] };

/** @param {any} omgeving @param {(verzoek: any) => any} antwoord */
function opstelling(omgeving, antwoord) {
  const server = new NepServer(omgeving.gebruiker);
  const gezien = /** @type {any[]} */ ([]);
  server.storing = async (pad, inhoud) => {
    if (pad !== "/api/signalen") return null;
    gezien.push(inhoud);
    return antwoord(inhoud);
  };
  const signalen = new Signaalmeldingen(omgeving.kluis);
  return { server, gezien, signalen, wachtrij: maakWachtrij(omgeving, server, { signalen }) };
}

/** @param {any} omgeving */
async function ruw(omgeving) {
  return JSON.stringify(await omgeving.kluis.db.getAll("signalen"), (_k, v) => (v instanceof ArrayBuffer || v instanceof Uint8Array ? Buffer.from(v).toString("latin1") : v));
}

const bon = async (/** @type {any} */ server, /** @type {any} */ { op_id: opId, ...signaal }, extra = {}, status = 200) =>
  server.json({ op_id: opId, hash: await hashVanSignaal(signaal), nummer: "S2026-0007", ...extra }, status);

test("offline it waits encrypted, online it goes once, and then its content is gone from the device", async () => {
  const omgeving = await nieuweKluis();
  let aan = false;
  const { server, gezien, signalen, wachtrij } = opstelling(omgeving, (inhoud) => {
    if (!aan) throw new TypeError("offline");
    return bon(server, inhoud);
  });
  const opId = await signalen.voegToe(/** @type {any} */ (SIGNAAL), NU);
  assert.equal((await wachtrij.ronde()).uitkomst, "netwerk");
  assert.equal((await signalen.lijst())[0].status, "wacht");
  assert.equal(await signalen.aantalWachtend(), 1);
  assert.ok(!(await ruw(omgeving)).includes("KANARIE"));
  aan = true;
  const uit = await wachtrij.ronde();
  assert.equal(uit.uitkomst, "gelukt");
  assert.deepEqual((await signalen.lijst()).map((m) => [m.op_id, m.status, m.nummer, m.signaal]), [[opId, "verzonden", "S2026-0007", null]]);
  await wachtrij.ronde();
  assert.deepEqual(gezien.map((g) => g.op_id), [opId, opId]);
  assert.deepEqual(gezien[1].indicatoren, ["bedreiging", "schulden"]);
  assert.equal(gezien[1].bewaar_naam, true);
});

test("only a receipt with this number and hash counts", async () => {
  const omgeving = await nieuweKluis();
  const { server, signalen, wachtrij } = opstelling(omgeving, (inhoud) => bon(server, inhoud, { hash: "0".repeat(64) }));
  await signalen.voegToe(/** @type {any} */ (SIGNAAL), NU);
  assert.equal((await wachtrij.ronde()).uitkomst, "vreemd");
  assert.equal((await signalen.lijst())[0].signaal?.tekst, SIGNAAL.tekst);
});

test("other content under the number: both are on the server, so it leaves the device", async () => {
  const omgeving = await nieuweKluis();
  const { server, signalen, wachtrij } = opstelling(omgeving, (inhoud) => bon(server, inhoud, { code: "andere_inhoud" }, 409));
  await signalen.voegToe(/** @type {any} */ (SIGNAAL), NU);
  await wachtrij.ronde();
  assert.equal((await signalen.lijst())[0].status, "verzonden");
});

test("a refused one stays with its reason, the rest goes on, and it can be replaced", async () => {
  const omgeving = await nieuweKluis();
  let nee = true;
  const { server, signalen, wachtrij } = opstelling(omgeving, (inhoud) => (nee ? server.json({ detail: "De datum ligt in de toekomst." }, 422) : bon(server, inhoud)));
  const opId = await signalen.voegToe(/** @type {any} */ (SIGNAAL), NU);
  const uit = await wachtrij.ronde();
  assert.deepEqual([uit.uitkomst, uit.apart], ["gelukt", 1]);
  const [apart] = await signalen.lijst();
  assert.deepEqual([apart.status, apart.reden, apart.signaal?.waar], ["apart", "De datum ligt in de toekomst.", "Dijkstraat 4"]);
  nee = false;
  await signalen.voegToe(/** @type {any} */ ({ ...apart.signaal, datum: "2026-11-19" }), NU, opId);
  await wachtrij.ronde();
  assert.deepEqual((await signalen.lijst()).map((m) => m.status), ["verzonden"]);
});

test("what is being typed is kept, encrypted, and goes when it is queued", async () => {
  const omgeving = await nieuweKluis();
  const signalen = new Signaalmeldingen(omgeving.kluis);
  await signalen.bewaarConcept({ tekst: "KANARIE half" });
  assert.ok(!(await ruw(omgeving)).includes("KANARIE"));
  assert.equal((await signalen.leesConcept())?.signaal.tekst, "KANARIE half");
  assert.deepEqual(await signalen.lijst(), []);
  await signalen.voegToe(/** @type {any} */ (SIGNAAL), NU);
  assert.equal(await signalen.leesConcept(), null);
});

test("numbers of persons: the cases that the server has too", () => {
  const gevallen = JSON.parse(readFileSync(new URL("../../../../tests/vectors/persoonsnummers.json", import.meta.url), "utf8"));
  for (const g of gevallen) assert.deepEqual([bevatBsn(g.tekst), persoonsnummers(g.tekst)], [g.bsn, g.soorten], g.tekst);
});
