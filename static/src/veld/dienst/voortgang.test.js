import assert from "node:assert/strict";
import { test } from "node:test";
import { BEZOEK, kaleOp, nieuweKluis, NU } from "../proef/kluis.js";
import { Voortgang } from "./voortgang.js";

const STOP = { id: "stop-1", bezoek_id: BEZOEK, toestand: "gepland" };
const VOOR = new Date(NU - 60_000).toISOString();
const NA = new Date(NU + 60_000).toISOString();

async function opstelling() {
  const omgeving = await nieuweKluis();
  return { ...omgeving, voortgang: new Voortgang(omgeving), omgeving };
}

test("what was tapped here shows until a newer pack says otherwise", async () => {
  const { voortgang, toestanden } = await opstelling();
  const toestand = async (gemaaktOp) => (await voortgang.vanStops([STOP], gemaaktOp))[0].toestand;
  assert.equal(await toestand(VOOR), "gepland");
  const opId = await toestanden.voegToe(STOP.id, "binnen", NU);
  assert.equal(await toestand(NA), "binnen", "not sent yet: the pack can not know it");
  await toestanden.zet(opId, "verzonden", NU);
  assert.equal(await toestand(VOOR), "binnen");
  assert.equal(await toestand(NA), "gepland");
});

test("a state that the server refused is not shown as the state, its reason is", async () => {
  const { voortgang, toestanden } = await opstelling();
  await toestanden.zet(await toestanden.voegToe(STOP.id, "afgerond", NU), "apart", NU, "De actie is gesloten.");
  const [stop] = await voortgang.vanStops([STOP], VOOR);
  assert.deepEqual([stop.toestand, stop.toestandFout], ["gepland", "De actie is gesloten."]);
});

test("an answer that waits counts for its stop and for the device", async () => {
  const { voortgang, logboek, omgeving } = await opstelling();
  assert.equal(await voortgang.vanToestel(), "Alles is verzonden");
  await logboek.voegToe(kaleOp(omgeving));
  const [stop] = await voortgang.vanStops([STOP], VOOR);
  assert.deepEqual(stop.verzending, { stand: "lokaal", zin: "1 antwoord nog op dit toestel" });
  assert.equal(await voortgang.vanToestel(), "1 antwoord nog op dit toestel");
  assert.deepEqual(await voortgang.onverzonden(), new Set([BEZOEK]));
});
