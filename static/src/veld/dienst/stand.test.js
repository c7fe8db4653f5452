import assert from "node:assert/strict";
import { test } from "node:test";
import { fotostand, verzendstand } from "./stand.js";

test("one photo in words: what a person may count on", () => {
  assert.deepEqual(["los", "wacht", "verzonden", "aanwezig", "apart"].map((status) => fotostand({ status })?.woord), ["Op dit toestel", "Op dit toestel", "Verzonden", "Compleet", "Apart gezet"]);
  assert.equal(fotostand(undefined), null);
  assert.equal(fotostand({ status: "van later" }), null);
});

test("a stop: what is set apart comes before what waits, and complete only when the server says so", () => {
  const stand = (ops, fotos = {}, compleet = true) => verzendstand({ ops, fotos, compleet }).stand;
  assert.equal(stand({ wacht: 2, quarantaine: 1 }), "apart");
  assert.equal(stand({ onleesbaar: 1, opgeslagen: 4 }), "apart");
  assert.equal(stand({ opgeslagen: 4 }, { wacht: 1 }), "lokaal");
  assert.equal(stand({ opgeslagen: 4 }, { verzonden: 1 }, false), "verzonden");
  assert.equal(stand({ opgeslagen: 4 }, { aanwezig: 1 }), "compleet");
  assert.equal(stand({}), "leeg");
});
