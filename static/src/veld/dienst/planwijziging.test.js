import assert from "node:assert/strict";
import { test } from "node:test";
import { planwijziging } from "./planwijziging.js";

const stop = (id, volgorde) => ({ id, volgorde });
const pak = (stops, berichten = [], meer = {}) => ({ acties: [{ id: "a", ploeg: "A", stops, berichten, ...meer }] });

test("a stop that came in, one that went and a message are told in one sentence", () => {
  const oud = pak([stop("1", 1), stop("2", 2)], [{ id: "m1" }]);
  assert.equal(planwijziging(oud, pak([stop("1", 1), stop("3", 2)], [{ id: "m1" }, { id: "m2" }])), "Plan gewijzigd: 1 stop erbij, 1 stop eraf. 1 nieuw bericht van de coördinator.");
  assert.equal(planwijziging(oud, pak([stop("1", 1), stop("2", 2), stop("3", 3)], [{ id: "m1" }])), "Plan gewijzigd: 1 stop erbij.");
});

test("another order counts, other numbers in the same order do not", () => {
  const oud = pak([stop("1", 1), stop("2", 2)]);
  assert.equal(planwijziging(oud, pak([stop("1", 2), stop("2", 1)])), "Plan gewijzigd: andere volgorde.");
  assert.equal(planwijziging(oud, pak([stop("3", 1), stop("1", 2), stop("2", 3)])), "Plan gewijzigd: 1 stop erbij.");
});

test("the first pack, another action and a pack from before there were messages are no change", () => {
  assert.equal(planwijziging(null, pak([stop("1", 1)])), "");
  assert.equal(planwijziging(pak([stop("9", 1)], [], { id: "b" }), pak([stop("1", 1)])), "");
  assert.equal(planwijziging({ acties: [{ id: "a", ploeg: "A", stops: [stop("1", 1)] }] }, pak([stop("1", 1)])), "");
});
