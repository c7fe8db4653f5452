import assert from "node:assert/strict";
import { test } from "node:test";
import { kaleOp, nepOpslag, nieuweKluis, NU, WACHTZIN, BEZOEK } from "../proef/kluis.js";
import { VerkeerdeWachtzin } from "../crypto/sleutels.js";
import { GeenPasskey, openMetGeheim, verpakMetPasskey } from "../crypto/passkey.js";
import { Vergrendeld, NietOpgeslagen } from "./fouten.js";
import { bestaandeKluizen, EerstWachten, Kluis, kluisIdVan } from "./kluis.js";
import { magWeg, ruimOp } from "./opschonen.js";
import { Oplogboek } from "./oplogboek.js";
import { maakReddingskopie } from "./reddingskopie.js";
import { openSchema, VOORVOEGSEL } from "./schema.js";

test("what was saved is there after closing and unlocking again", async () => {
  const omgeving = await nieuweKluis();
  await omgeving.logboek.voegToe(kaleOp(omgeving, { waarde: "zeven matrassen" }));
  omgeving.kluis.sluit();
  const opnieuw = await Kluis.open(omgeving.kluis.kluisId, { spiegel: omgeving.spiegel });
  assert.equal(await opnieuw.isIngericht(), true);
  await opnieuw.ontgrendel(WACHTZIN, NU);
  assert.equal(opnieuw.gebruiker.naam, "Inspecteur Een");
  const [op] = await new Oplogboek(opnieuw).vanBezoek(BEZOEK);
  assert.equal(op.waarde, "zeven matrassen");
  assert.equal(op.toestel_seq, 1);
});

test("nothing readable lies in the database", async () => {
  const omgeving = await nieuweKluis();
  await omgeving.logboek.voegToe(kaleOp(omgeving, { vraag_id: "kanarie_vraag", waarde: "KANARIE-ANTWOORD" }));
  await omgeving.fotos.bewaar(BEZOEK, new TextEncoder().encode("KANARIE-FOTO").buffer, () => ({ vraag_id: "kanarie_vraag", herhaling_id: null, soort: "image/jpeg", bestandsnaam: "KANARIE.jpg", op: {} }), null);
  await omgeving.toestanden.voegToe("KANARIE-STOP", "binnen", NU);
  let alles = "";
  for (const winkel of omgeving.kluis.db.objectStoreNames) {
    for (const record of await omgeving.kluis.db.getAll(winkel)) {
      alles += JSON.stringify(record, (_k, v) => (v instanceof ArrayBuffer || v instanceof Uint8Array ? Buffer.from(v).toString("latin1") : v));
    }
  }
  assert.ok(alles.includes(BEZOEK), "the scan reads the records");
  for (const woord of ["KANARIE", "kanarie", "Inspecteur", WACHTZIN]) assert.ok(!alles.includes(woord), woord);
});

test("locked: neither reading nor writing, and nothing is gone", async () => {
  const omgeving = await nieuweKluis();
  await omgeving.logboek.voegToe(kaleOp(omgeving));
  omgeving.kluis.vergrendel();
  await assert.rejects(omgeving.logboek.vanBezoek(BEZOEK), Vergrendeld);
  await assert.rejects(omgeving.logboek.voegToe(kaleOp(omgeving)), Vergrendeld);
  await omgeving.kluis.ontgrendel(WACHTZIN, NU);
  assert.equal((await omgeving.logboek.vanBezoek(BEZOEK)).length, 1);
});

test("wrong attempts are counted across a restart and cleared by the right one", async () => {
  const omgeving = await nieuweKluis();
  omgeving.kluis.vergrendel();
  for (let i = 0; i < 3; i++) await assert.rejects(omgeving.kluis.ontgrendel("verkeerde wachtzin hier", NU), VerkeerdeWachtzin);
  const opnieuw = await Kluis.open(omgeving.kluis.kluisId, { spiegel: omgeving.spiegel });
  await assert.rejects(opnieuw.ontgrendel(WACHTZIN, NU + 1000), EerstWachten);
  await opnieuw.ontgrendel(WACHTZIN, NU + 6000);
  assert.equal(opnieuw.isOpen, true);
  assert.equal(await opnieuw.db.get("meta", "pogingen"), undefined);
});

test("a browser that cannot list its databases goes by what was set up here", async () => {
  const echt = indexedDB.databases;
  Object.defineProperty(indexedDB, "databases", { value: undefined, configurable: true });
  try {
    assert.deepEqual(await bestaandeKluizen(["b", "a"]), ["a", "b"]);
  } finally {
    Object.defineProperty(indexedDB, "databases", { value: echt, configurable: true });
  }
  const { kluis } = await nieuweKluis();
  assert.ok((await bestaandeKluizen([])).includes(kluis.kluisId));
  assert.notEqual(await kluisIdVan("u1"), await kluisIdVan("u1", 1));
});

test("ten tabs that try at once are ten attempts, and a full tablet still opens", async () => {
  const omgeving = await nieuweKluis();
  omgeving.kluis.vergrendel();
  const tabs = await Promise.all(Array.from({ length: 6 }, () => Kluis.open(omgeving.kluis.kluisId, { spiegel: omgeving.spiegel })));
  const uit = await Promise.allSettled(tabs.map((tab) => tab.ontgrendel("verkeerde wachtzin hier", NU)));
  assert.deepEqual(uit.map((u) => u.reason.name).sort(), ["EerstWachten", "EerstWachten", "EerstWachten", "VerkeerdeWachtzin", "VerkeerdeWachtzin", "VerkeerdeWachtzin"]);
  const echt = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function () {
    throw new DOMException("vol", "QuotaExceededError");
  };
  try {
    await omgeving.kluis.ontgrendel(WACHTZIN, NU + 6000);
  } finally {
    IDBObjectStore.prototype.put = echt;
  }
  assert.equal(omgeving.kluis.isOpen, true);
});

test("a passkey's secret opens the vault beside the passphrase, until it is removed or the tablet revoked", async () => {
  const paar = await crypto.subtle.generateKey({ name: "RSA-OAEP", modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-256" }, true, ["wrapKey", "unwrapKey"]);
  const jwk = { ...(await crypto.subtle.exportKey("jwk", paar.publicKey)), kid: "2026-1" };
  const { kluis, spiegel, ...rest } = await nieuweKluis({ herstelsleutel: jwk });
  await rest.logboek.voegToe(kaleOp({ kluis, ...rest }, { waarde: "zeven" }));
  const willekeurig = (/** @type {number} */ n) => crypto.getRandomValues(new Uint8Array(n));
  const [een, twee] = [1, 2].map(() => ({ credentialId: willekeurig(20), zout: willekeurig(32), geheim: willekeurig(32).buffer }));
  for (const passkey of [een, twee]) await kluis.voegPasskeyToe(WACHTZIN, (sleutel) => verpakMetPasskey(sleutel, passkey, kluis.kluisId, NU), NU);
  await assert.rejects(kluis.voegPasskeyToe("verkeerde wachtzin hier", (sleutel) => verpakMetPasskey(sleutel, een, kluis.kluisId, NU), NU), VerkeerdeWachtzin);
  kluis.vergrendel();
  const [eerste, tweede] = await kluis.passkeys();
  await assert.rejects(openMetGeheim(eerste, twee.geheim, kluis.kluisId), GeenPasskey);
  await assert.rejects(openMetGeheim(eerste, een.geheim, "andere-kluis"), GeenPasskey);
  const sleutel = await openMetGeheim(tweede, twee.geheim, kluis.kluisId);
  assert.equal(sleutel.extractable, false);
  await kluis.ontgrendelMet(sleutel);
  assert.equal((await rest.logboek.vanBezoek(BEZOEK))[0].waarde, "zeven");
  assert.equal(await kluis.db.get("meta", "pogingen"), undefined);
  // A new recovery key of the gemeente is taken over without the passphrase; the passkeys stay.
  await kluis.vernieuwHerstel(await openMetGeheim(tweede, twee.geheim, kluis.kluisId, true), { ...jwk, kid: "2027-1" });
  assert.deepEqual([await kluis.herstelIsVoor(jwk), await kluis.herstelIsVoor({ ...jwk, kid: "2027-1" })], [false, true]);
  await kluis.verwijderPasskey(eerste.credential_id);
  assert.deepEqual((await kluis.passkeys()).map((v) => v.credential_id), [tweede.credential_id]);
  assert.equal(await kluis.isIngetrokken(), false);
  await kluis.trekIn();
  assert.equal(await kluis.isIngetrokken(), true);
  assert.deepEqual(await kluis.passkeys(), []);
});

test("a changed passphrase opens the old records, the old one no longer", async () => {
  const omgeving = await nieuweKluis();
  await omgeving.logboek.voegToe(kaleOp(omgeving));
  await omgeving.kluis.wijzigWachtzin(WACHTZIN, "een geheel andere zin nu", NU);
  omgeving.kluis.vergrendel();
  await assert.rejects(omgeving.kluis.ontgrendel(WACHTZIN, NU), VerkeerdeWachtzin);
  await omgeving.kluis.ontgrendel("een geheel andere zin nu", NU);
  assert.equal((await omgeving.logboek.vanBezoek(BEZOEK)).length, 1);
});

test("sequence numbers are strict over tabs that write at the same time", async () => {
  const omgeving = await nieuweKluis();
  const tabs = [];
  for (let i = 0; i < 3; i++) {
    const kluis = await Kluis.open(omgeving.kluis.kluisId, { spiegel: omgeving.spiegel });
    await kluis.neemSleutel(omgeving.kluis.sleutel);
    tabs.push(new Oplogboek(kluis));
  }
  const ops = await Promise.all(Array.from({ length: 30 }, (_, i) => tabs[i % 3].voegToe(kaleOp(omgeving, { waarde: i }))));
  assert.deepEqual(ops.map((op) => op.toestel_seq).sort((a, b) => a - b), Array.from({ length: 30 }, (_, i) => i + 1));
  assert.equal((await omgeving.logboek.wachtend(100)).length, 30);
});

test("a failed save gives out no number and says so", async () => {
  const omgeving = await nieuweKluis();
  const op = kaleOp(omgeving);
  await omgeving.logboek.voegToe(op);
  await assert.rejects(omgeving.logboek.voegToe(op), NietOpgeslagen); // the same op_id: the transaction aborts
  assert.equal((await omgeving.logboek.voegToe(kaleOp(omgeving))).toestel_seq, 2);
});

test("a full disk is told as such and leaves nothing half", async () => {
  const omgeving = await nieuweKluis();
  const echt = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = function () {
    throw new DOMException("vol", "QuotaExceededError");
  };
  try {
    await assert.rejects(omgeving.logboek.voegToe(kaleOp(omgeving)), (fout) => fout instanceof NietOpgeslagen && fout.vol && /toestel is vol/.test(fout.message));
  } finally {
    IDBObjectStore.prototype.add = echt;
  }
  assert.equal(await omgeving.logboek.aantalWachtend(), 0);
  assert.equal(await omgeving.logboek.hoogsteSeq(), 0);
});

test("a wiped database goes on with the same device and number, so that the server sees the gap", async () => {
  const opslag = nepOpslag();
  const gebruikerId = "01890000-0000-7000-8000-0000000000aa";
  const eerst = await nieuweKluis({ opslag, gebruikerId });
  for (let i = 0; i < 4; i++) await eerst.logboek.voegToe(kaleOp(eerst));
  const toestel = eerst.kluis.toestelId;
  eerst.kluis.sluit();
  await new Promise((klaar) => (indexedDB.deleteDatabase(VOORVOEGSEL + eerst.kluis.kluisId).onsuccess = klaar));
  const daarna = await nieuweKluis({ opslag, gebruikerId });
  assert.equal(daarna.kluis.toestelId, toestel);
  assert.equal((await daarna.logboek.voegToe(kaleOp(daarna))).toestel_seq, 5);
});

test("a photo is its hash, reads back byte for byte, and the same picture twice is one", async () => {
  const omgeving = await nieuweKluis();
  const bytes = new Uint8Array(300_000).map((_, i) => (i * 7919) % 251);
  const feiten = () => ({ vraag_id: "foto", herhaling_id: null, soort: "image/jpeg", bestandsnaam: "a.jpg", op: {} });
  const { sha256 } = await omgeving.fotos.bewaar(BEZOEK, bytes.buffer, feiten, null);
  await omgeving.fotos.koppel(`${BEZOEK}/${sha256}`);
  assert.deepEqual(new Uint8Array(await omgeving.fotos.bytes(`${BEZOEK}/${sha256}`)), bytes);
  await omgeving.fotos.bewaar(BEZOEK, bytes.buffer, feiten, null);
  const wachtend = await omgeving.fotos.metStatus("wacht");
  assert.equal(wachtend.length, 1);
});

test("a photo that comes back different is not called saved", async () => {
  const omgeving = await nieuweKluis();
  const echt = omgeving.fotos.bytes.bind(omgeving.fotos);
  omgeving.fotos.bytes = async (id) => {
    const goed = new Uint8Array(await echt(id));
    goed[0] ^= 1;
    return goed.buffer;
  };
  await assert.rejects(omgeving.fotos.bewaar(BEZOEK, new Uint8Array([1, 2, 3]).buffer, () => ({}), null), NietOpgeslagen);
});

test("a schema of version 1 with answers upgrades and loses none", async () => {
  const omgeving = await nieuweKluis();
  const sleutel = omgeving.kluis.sleutel;
  // The fixture: a database as version 1 made it, filled through the same records.
  const naam = `${VOORVOEGSEL}oud`;
  const oud = await openSchema(naam, { versie: 1 });
  assert.deepEqual([...oud.objectStoreNames], ["bezoeken", "meta", "ops", "pakken"]);
  for (const id of await omgeving.kluis.db.getAllKeys("meta")) await oud.put("meta", await omgeving.kluis.db.get("meta", id), id);
  for (let i = 1; i <= 20; i++) {
    const op = kaleOp(omgeving, { waarde: i });
    await oud.add("ops", { op_id: op.op_id, bezoek_id: BEZOEK, toestel_seq: i, status: "wacht", rev: null, bevestigd_op: null, ...(await omgeving.kluis.versleutelJson(op.op_id, op)) });
  }
  await oud.put("meta", { seq: 20 }, "teller");
  oud.close();
  const nieuw = await Kluis.open("oud", { spiegel: omgeving.spiegel });
  await nieuw.neemSleutel(sleutel);
  const logboek = new Oplogboek(nieuw);
  assert.deepEqual((await logboek.wachtend(100)).map((op) => op.waarde), Array.from({ length: 20 }, (_, i) => i + 1));
  assert.equal((await logboek.voegToe(kaleOp(omgeving))).toestel_seq, 21);
  assert.ok(nieuw.db.objectStoreNames.contains("foto_bytes"));
});

test("removal only after the receipt and the retention, per whole visit", async () => {
  const dag = 86_400_000;
  const goed = { status: "opgeslagen", bevestigd_op: NU };
  assert.equal(magWeg({ ops: [goed], fotos: [], inPak: false }, NU + 14 * dag, 14), true);
  assert.equal(magWeg({ ops: [goed], fotos: [], inPak: true }, NU + 14 * dag, 14), false);
  assert.equal(magWeg({ ops: [goed], fotos: [], inPak: false }, NU + 13 * dag, 14), false);
  assert.equal(magWeg({ ops: [goed, { status: "wacht", bevestigd_op: null }], fotos: [], inPak: false }, NU + 99 * dag, 14), false);
  assert.equal(magWeg({ ops: [{ status: "quarantaine", bevestigd_op: NU }], fotos: [], inPak: false }, NU + 99 * dag, 14), false);
  assert.equal(magWeg({ ops: [goed], fotos: [{ status: "verzonden", aanwezig_op: null }], inPak: false }, NU + 99 * dag, 14), false);
  const omgeving = await nieuweKluis();
  const op = await omgeving.logboek.voegToe(kaleOp(omgeving));
  await omgeving.logboek.voegToe(kaleOp(omgeving, { bezoek_id: "ander" }));
  await omgeving.logboek.bevestig([{ op_id: op.op_id, status: "opgeslagen", rev: 1 }], NU);
  assert.equal(await ruimOp(omgeving.kluis, new Set(), NU + 15 * dag), 1);
  assert.equal((await omgeving.logboek.vanBezoek(BEZOEK)).length, 0);
  assert.equal((await omgeving.logboek.vanBezoek("ander")).length, 1);
});

test("revoked: the passphrase opens no more when the gemeente can, and nothing is wiped", async () => {
  const paar = await crypto.subtle.generateKey({ name: "RSA-OAEP", modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-256" }, true, ["wrapKey", "unwrapKey"]);
  const omgeving = await nieuweKluis({ herstelsleutel: await crypto.subtle.exportKey("jwk", paar.publicKey) });
  await omgeving.logboek.voegToe(kaleOp(omgeving));
  await omgeving.kluis.trekIn();
  await assert.rejects(omgeving.kluis.ontgrendel(WACHTZIN, NU), /ingetrokken/);
  assert.equal((await omgeving.kluis.db.getAll("ops")).length, 1);
  const zonder = await nieuweKluis();
  await zonder.kluis.trekIn();
  await zonder.kluis.ontgrendel(WACHTZIN, NU);
});

test("the rescue copy holds every record, encrypted, and needs no passphrase to make", async () => {
  const omgeving = await nieuweKluis();
  await omgeving.logboek.voegToe(kaleOp(omgeving, { waarde: "KANARIE" }));
  omgeving.kluis.vergrendel();
  const tekst = await (await maakReddingskopie(omgeving.kluis, NU)).text();
  const regels = tekst.trim().split("\n").map((regel) => JSON.parse(regel));
  assert.equal(regels[0].soort, "inspecties-reddingskopie");
  assert.equal(regels.filter((regel) => regel.winkel === "ops").length, 1);
  assert.ok(!tekst.includes("KANARIE"));
});
