import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { noodnummers, telAdres, zorgkaartVan } from "./zorgkaart.js";

const ruw = JSON.parse(readFileSync(new URL("../../../../config/zorgkaart.json", import.meta.url), "utf-8"));

test("the card as the server sends it: six languages and the inspector's own", () => {
  const kaart = zorgkaartVan({ zorgkaart: ruw });
  assert.deepEqual(kaart.talen, ["nl", "en", "pl", "ro", "bg", "es"]);
  assert.equal(kaart.standaardtaal, "nl");
  assert.equal(kaart.kaarten.bg.rechten.length, kaart.kaarten.nl.rechten.length);
  assert.equal(kaart.watDoeIk.punten[0].titel, "Direct gevaar");
});

test("a pack of the old shape that is still on the tablet shows what it has", () => {
  const kaart = zorgkaartVan({ zorgkaart: [{ titel: "Direct gevaar", tekst: "Bel 112." }] });
  assert.deepEqual(kaart.talen, []);
  assert.deepEqual(kaart.watDoeIk.punten, [{ titel: "Direct gevaar", tekst: "Bel 112." }]);
});

test("no pack, no card, or one without content is no card", () => {
  for (const pak of [null, {}, { zorgkaart: [] }, { zorgkaart: null }, { zorgkaart: {} }, { zorgkaart: { kaarten: {}, talen: [] } }]) assert.equal(zorgkaartVan(pak), null);
});

test("a language that lost its card is not offered", () => {
  const { pl, ...rest } = ruw.kaarten;
  assert.ok(pl);
  assert.deepEqual(zorgkaartVan({ zorgkaart: { ...ruw, kaarten: rest } }).talen, ["nl", "en", "ro", "bg", "es"]);
});

test("a number is dialled without what makes it readable", () => {
  assert.deepEqual(["112", "0800-2000", "+31 88 123 45 67"].map(telAdres), ["tel:112", "tel:08002000", "tel:+31881234567"]);
});

test("whom to call at once: the numbers of the card and who leads the action of this stop", () => {
  const nummers = [{ naam: "Direct gevaar: politie", nummer: "112", uitleg: "" }];
  const pak = {
    zorgkaart: { talen: ["nl"], standaardtaal: "nl", kaarten: { nl: { nummers } } },
    acties: [
      { stops: [{ bezoek_id: "a" }], briefing: { inhoud: { telefoon: [["Leiding van de actie", "M. de Boer", "06-12345678"], ["GGD", "wachtdienst", "030-1"]] } } },
      { stops: [{ bezoek_id: "b" }], briefing: null },
    ],
  };
  assert.deepEqual(noodnummers(pak, "a").map((een) => `${een.naam} ${een.nummer}`), ["Direct gevaar: politie 112", "M. de Boer 06-12345678"]);
  assert.deepEqual(noodnummers(pak, "b"), nummers);
  assert.deepEqual(noodnummers(null, "a"), []);
});
