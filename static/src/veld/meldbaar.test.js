import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Vergrendeld } from "./opslag/fouten.js";
import { VerkeerdeWachtzin } from "./crypto/sleutels.js";
import { inWoorden } from "./meldbaar.js";

test("a reader sees Dutch, never the text of the browser", () => {
  const stil = mock.method(console, "error", () => {});
  assert.match(inWoorden(new Vergrendeld()), /vergrendeld/);
  assert.match(inWoorden(new VerkeerdeWachtzin()), /wachtzin/i);
  assert.match(inWoorden(new TypeError("Cannot read properties of null")), /Er ging iets mis op dit toestel/);
  assert.match(inWoorden("boem"), /Er ging iets mis op dit toestel/);
  assert.equal(stil.mock.callCount(), 2);
});
