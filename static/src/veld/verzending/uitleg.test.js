import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { CODES, legUit, omvang, vervolgzin } from "./uitleg.js";

test("every reason for which the server sets an answer apart has an explanation here", () => {
  const bron = readFileSync(new URL("../../../../inspecties/controles/operations.py", import.meta.url), "utf8");
  const tabel = /REDENEN: dict\[str, str\] = \{(.*?)\n\}/su.exec(bron)?.[1] ?? "";
  const codes = [...tabel.matchAll(/^ {4}"([a-z_]+)":/gmu)].map((gevonden) => gevonden[1]);
  assert.ok(codes.length > 8);
  assert.deepEqual(codes.filter((code) => !CODES.includes(code)), []);
});

test("an answer that the server has asks for nothing, one that it lacks says so; an unknown code is told in the server's words", () => {
  assert.match(legUit({ status: "quarantaine", code: "gesloten_bezoek" }).doe, /u hoeft niets te doen/);
  assert.equal(legUit({ status: "geweigerd", code: "niet_aangenomen" }).server, false);
  assert.match(legUit({ status: "onleesbaar", code: "vorm" }).waarom, /beschadigd/);
  assert.equal(legUit({ status: "quarantaine", code: "van_later", reden: "Nieuw." }).reden, "Nieuw.");
});

test("what the app does about trouble", () => {
  assert.equal(vervolgzin({ uitkomst: "gelukt", zin: "" }, "om 20:14"), "");
  assert.match(vervolgzin({ uitkomst: "netwerk", zin: "x" }, "om 20:14"), /Zodra er netwerk is.*om 20:14/);
  assert.equal(vervolgzin({ uitkomst: "serverfout", zin: "De server heeft een storing." }, "om 20:14"), "De server heeft een storing. De app probeert het om 20:14 vanzelf opnieuw.");
  assert.equal(vervolgzin({ uitkomst: "aanmelden", zin: "Meld u opnieuw aan." }, ""), "Meld u opnieuw aan.");
});

test("sizes as a person says them", () => {
  assert.deepEqual([0, 412, 3900, 1_240_000, 48_600_000].map(omvang), ["0 kB", "1 kB", "4 kB", "1,2 MB", "49 MB"]);
});
