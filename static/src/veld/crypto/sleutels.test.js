import assert from "node:assert/strict";
import { test } from "node:test";
import { vanBase64 } from "./bytes.js";
import { KDF_ITERATIES, nieuweDatasleutel, OnleesbaarRecord, ontsleutelJson, openMetWachtzin, VerkeerdeWachtzin, verpakMetWachtzin, verpakVoorHerstel, versleutelJson } from "./sleutels.js";
import { bezwaar, nogWachten, wachtSeconden } from "./wachtzin.js";

const ZIN = "paarse fiets zingt zacht";

test("the passphrase opens the wrapping, another one and another vault do not", async () => {
  const sleutel = await nieuweDatasleutel();
  const verpakking = await verpakMetWachtzin(sleutel, ZIN, "kluis-a");
  assert.ok(verpakking.kdf.iteraties >= 600_000 && KDF_ITERATIES >= 600_000);
  const open = await openMetWachtzin(verpakking, ZIN, "kluis-a");
  assert.equal(open.extractable, false);
  const record = await versleutelJson(sleutel, "r1", { a: "ë" });
  assert.deepEqual(await ontsleutelJson(open, "r1", record), { a: "ë" });
  await assert.rejects(openMetWachtzin(verpakking, ZIN + "t", "kluis-a"), VerkeerdeWachtzin);
  await assert.rejects(openMetWachtzin(verpakking, ZIN, "kluis-b"), VerkeerdeWachtzin);
});

test("every record has its own IV, and a moved or changed record is refused", async () => {
  const sleutel = await nieuweDatasleutel();
  const een = await versleutelJson(sleutel, "r1", "zelfde");
  const twee = await versleutelJson(sleutel, "r1", "zelfde");
  assert.notDeepEqual(een.iv, twee.iv);
  assert.notDeepEqual(new Uint8Array(een.data), new Uint8Array(twee.data));
  await assert.rejects(ontsleutelJson(sleutel, "r2", een), OnleesbaarRecord);
  new Uint8Array(een.data)[0] ^= 1;
  await assert.rejects(ontsleutelJson(sleutel, "r1", een), OnleesbaarRecord);
});

test("the gemeente's recovery key opens the data key without the passphrase", async () => {
  const paar = await crypto.subtle.generateKey(
    { name: "RSA-OAEP", modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-256" }, true, ["wrapKey", "unwrapKey", "decrypt"]);
  const jwk = await crypto.subtle.exportKey("jwk", paar.publicKey);
  Object.assign(jwk, { key_ops: ["encrypt"], use: "enc", alg: "RSA-OAEP-256" });
  const sleutel = await nieuweDatasleutel();
  const record = await versleutelJson(sleutel, "r1", "bewijs");
  const verpakking = await verpakVoorHerstel(sleutel, { ...jwk, kid: "2026-1" });
  assert.equal(verpakking.kid, "2026-1");
  const ruw = await crypto.subtle.decrypt({ name: "RSA-OAEP" }, paar.privateKey, vanBase64(verpakking.data));
  const terug = await crypto.subtle.importKey("raw", ruw, "AES-GCM", false, ["decrypt"]);
  assert.equal(await ontsleutelJson(terug, "r1", record), "bewijs");
});

test("passphrase rules explain themselves in Dutch", () => {
  assert.match(bezwaar("kort"), /nog 10 tekens/);
  assert.match(bezwaar("dertien tekens".slice(0, 13)), /nog 1 teken /);
  assert.match(bezwaar("12345678901234"), /cijfers/);
  assert.match(bezwaar("aaaaaaaaaaaaaaaa"), /verschillende/);
  assert.match(bezwaar(ZIN, ZIN + "x"), /niet gelijk/);
  assert.equal(bezwaar(ZIN, ZIN), null);
});

test("wrong attempts wait longer and longer, and a clock set back does not lock somebody out", () => {
  assert.deepEqual([0, 2, 3, 4, 5].map(wachtSeconden), [0, 0, 5, 10, 20]);
  assert.equal(wachtSeconden(40), 900);
  assert.equal(nogWachten({ aantal: 3, laatste: 1000 }, 3000), 3);
  assert.equal(nogWachten({ aantal: 3, laatste: 10_000_000 }, 0), 5);
  assert.equal(nogWachten(undefined, 0), 0);
});
