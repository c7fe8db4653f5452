import assert from "node:assert/strict";
import { test } from "node:test";
import { afstand, koers, meters, weg, windstreek } from "./richting.js";

const hier = { lat: 52.55, lon: 5.25 };
const op = (dLat, dLon) => ({ lat: hier.lat + dLat, lon: hier.lon + dLon });

test("a hundredth of a degree is about 1.1 km north and 0.7 km east", () => {
  assert.ok(Math.abs(meters(hier, op(0.01, 0)) - 1112) < 2);
  assert.ok(Math.abs(meters(hier, op(0, 0.01)) - 676) < 2);
});

for (const [dLat, dLon, streek] of [[1, 0, "noord"], [1, 1.64, "noordoost"], [0, 1, "oost"], [-1, 1.64, "zuidoost"], [-1, 0, "zuid"], [-1, -1.64, "zuidwest"], [0, -1, "west"], [1, -1.64, "noordwest"]]) {
  test(`the way to the ${streek}`, () => {
    assert.equal(windstreek(koers(hier, op(dLat / 1000, dLon / 1000))), streek);
  });
}

test("points of the compass turn over where the circle closes", () => {
  assert.deepEqual([337.4, 337.6, 359.9, 0, 22.4, 22.6, -45, 405].map(windstreek), ["noordwest", "noord", "noord", "noord", "noord", "noordoost", "noordwest", "noordoost"]);
});

test("distance as it is said, and no direction on the doorstep", () => {
  assert.deepEqual([3, 120, 940, 1000, 12_340].map(afstand), ["50 m", "100 m", "950 m", "1 km", "12,3 km"]);
  assert.deepEqual(weg(hier, op(0.0001, 0)), { zin: "U bent er", graden: null });
  assert.equal(weg(hier, op(0.01, 0))?.zin, "1,1 km naar het noorden");
  assert.equal(weg(hier, { lat: null, lon: null }), null);
  assert.equal(weg(hier, undefined), null);
});
