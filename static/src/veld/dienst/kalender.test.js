import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { dagHier, momentHier } from "./kalender.js";

const zone = process.env.TZ;
afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

for (const [tz, utc, dag, moment] of [
  ["Europe/Amsterdam", "2026-11-21T23:30:00Z", "2026-11-22", "2026-11-22T00:30:00+01:00"],
  ["Europe/Amsterdam", "2026-07-05T08:05:09Z", "2026-07-05", "2026-07-05T10:05:09+02:00"],
  ["America/St_Johns", "2026-01-01T02:00:00Z", "2025-12-31", "2025-12-31T22:30:00-03:30"],
  ["UTC", "2026-03-01T00:00:00Z", "2026-03-01", "2026-03-01T00:00:00+00:00"],
]) {
  test(`day and moment in ${tz} at ${utc}`, () => {
    process.env.TZ = tz;
    assert.equal(dagHier(new Date(utc)), dag);
    assert.equal(momentHier(new Date(utc)), moment);
  });
}
