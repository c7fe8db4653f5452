import assert from "node:assert/strict";
import { test } from "node:test";
import { kompasgraden, plekVoor } from "./plek.js";

const NU = 1_800_000_000_000;
const vondst = (sindsMs) => ({ coords: { latitude: 52.12345678, longitude: 5.00000001, accuracy: 12.345 }, timestamp: NU - sindsMs });

test("a photo takes the place that is known, with how sure and how old it is", () => {
  assert.deepEqual(plekVoor(vondst(8_200), { graden: -10, op: NU - 100 }, NU, NU), { lat: 52.123457, lon: 5, nauwkeurigheid_m: 12.3, richting_graden: 350, ouderdom_s: 8.2 });
  assert.equal(plekVoor(vondst(0), { graden: 90, op: NU - 60_000 }, NU, NU)?.richting_graden, null);
  assert.equal(plekVoor(vondst(-500), null, NU, undefined)?.ouderdom_s, 0);
});

test("no place is better than a wrong one", () => {
  assert.equal(plekVoor(null, null, NU, NU), null);
  assert.equal(plekVoor(vondst(121_000), null, NU, NU), null);
  // A picture of last week that was picked from the device.
  assert.equal(plekVoor(vondst(0), null, NU, NU - 7 * 86_400_000), null);
});

test("the compass, as two kinds of browsers tell it", () => {
  assert.equal(kompasgraden({ absolute: true, alpha: 90 }, 0), 270);
  assert.equal(kompasgraden({ absolute: false, alpha: 90 }, 0), null);
  assert.equal(kompasgraden({ webkitCompassHeading: 45, absolute: false, alpha: 3 }, 90), 135);
});
