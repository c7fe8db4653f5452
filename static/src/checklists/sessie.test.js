import assert from "node:assert/strict";
import { test } from "node:test";
import { openSessie } from "./sessie.js";

/** The same form as in tests/unit/checklists/test_taal_van_een_tekst.py. */
const definitie = {
  formaat: 1, naam: "t", titel: { nl: "T" }, hash: "0".repeat(64), talen: ["nl", "pl"], standaardtaal: "nl",
  keuzelijsten: { jno: [{ naam: "ja", label: { nl: "Ja", pl: "Tak" } }] },
  kinderen: [
    { soort: "vraag", naam: "a", type: "select_one", keuzelijst: "jno", label: { nl: "A?" } },
    { soort: "vraag", naam: "b", type: "text", label: { nl: "U zei ${a}?", pl: "Odpowiedź: ${a}?" }, hint: { nl: "Hint" } },
  ],
  afhankelijk: {},
};

test("another language holds for that one text only", () => {
  const sessie = openSessie(definitie, { nu: "2026-11-21T18:00:00+01:00" });
  sessie.zet("a", null, "ja");
  assert.equal(sessie.label("b", "pl"), "Odpowiedź: Tak?");
  assert.equal(sessie.label("b"), "U zei Ja?");
  assert.equal(sessie.label("a", "pl"), "A?");
  assert.equal(sessie.hint("b", "pl"), "Hint");
});
