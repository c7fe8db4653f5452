import assert from "node:assert/strict";
import { test } from "node:test";
import { nieuweKluis } from "../proef/kluis.js";
import { magNu } from "./keuze.js";
import { dienstdag, soortVan, Verbruik } from "./verbruik.js";

test("a shift that ends after midnight is one shift", () => {
  assert.equal(dienstdag(new Date(2026, 10, 21, 22, 0).getTime()), "2026-11-21");
  assert.equal(dienstdag(new Date(2026, 10, 22, 1, 30).getTime()), "2026-11-21");
  assert.equal(dienstdag(new Date(2026, 10, 22, 6, 0).getTime()), "2026-11-22");
  assert.equal(dienstdag(new Date(2026, 11, 1, 2, 0).getTime()), "2026-11-30");
});

test("bytes are counted per kind, add up over sittings and tabs, and the month holds the shift", async () => {
  const { kluis } = await nieuweKluis();
  let nu = new Date(2026, 10, 20, 21, 0).getTime();
  const een = new Verbruik(kluis, () => nu);
  const ander = new Verbruik(kluis, () => nu);
  een.tel("fotos", 1000, 20);
  ander.tel("antwoorden", 300, 700);
  await een.bewaar();
  await ander.bewaar();
  nu = new Date(2026, 10, 21, 21, 0).getTime();
  een.tel("fotos", 500);
  const uit = await new Verbruik(kluis, () => nu).lees();
  assert.deepEqual([uit.dag, uit.dienst.fotos], ["2026-11-21", [0, 0]], "what another tab counts shows when it wrote it down");
  const { dienst, maand } = await een.lees();
  assert.deepEqual([dienst.fotos, maand.fotos, maand.antwoorden], [[500, 0], [1500, 20], [300, 700]]);
  assert.ok(!JSON.stringify(await kluis.db.getAll("extra")).includes("2026-11"), "encrypted, the days too");
});

test("what is counted as what", () => {
  assert.deepEqual(
    ["/api/sync", "/api/uploads/01", "/api/dienst?datum=2026-11-21", "http://x.example/api/stops/1/toestand", "/statisch/veld.js"].map(soortVan),
    ["antwoorden", "fotos", "dienst", "antwoorden", null],
  );
});

test("photos only over wifi, where the browser tells; never for ever where it does not", () => {
  assert.deepEqual(["wifi", "ethernet", "cellular", "unknown", "none", undefined].map((soort) => magNu("wifi", soort)), [true, true, false, false, false, true]);
  assert.deepEqual([magNu("niet", "wifi"), magNu("altijd", "cellular")], [false, true]);
});
