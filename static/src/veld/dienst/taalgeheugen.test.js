import assert from "node:assert/strict";
import { test } from "node:test";
import { Kluis } from "../opslag/kluis.js";
import { BEZOEK, nieuweKluis, NU, WACHTZIN } from "../proef/kluis.js";
import { Taalgeheugen } from "./taalgeheugen.js";

test("the language of a stop outlives closing, and lies there unreadable", async () => {
  const { kluis, spiegel } = await nieuweKluis();
  const talen = await new Taalgeheugen(kluis).lees();
  assert.equal(talen.geef(BEZOEK), null);
  await talen.zet(BEZOEK, "bg");
  const record = JSON.stringify(await kluis.db.get("pakken", "talen"), (_k, v) => (v instanceof Uint8Array || v instanceof ArrayBuffer ? Buffer.from(v).toString("latin1") : v));
  assert.ok(!record.includes(BEZOEK) && !record.includes("bg\""), record);
  kluis.sluit();
  const opnieuw = await Kluis.open(kluis.kluisId, { spiegel });
  await opnieuw.ontgrendel(WACHTZIN, NU);
  assert.equal((await new Taalgeheugen(opnieuw).lees()).geef(BEZOEK), "bg");
});

test("a stop that left the pack is forgotten", async () => {
  const { kluis } = await nieuweKluis();
  const talen = await new Taalgeheugen(kluis).lees();
  await talen.zet(BEZOEK, "pl");
  await talen.zet("ander", "ro");
  await talen.houd([BEZOEK, "nieuw"]);
  const vers = await new Taalgeheugen(kluis).lees();
  assert.deepEqual([vers.geef(BEZOEK), vers.geef("ander")], ["pl", null]);
});
