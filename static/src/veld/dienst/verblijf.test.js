import assert from "node:assert/strict";
import { test } from "node:test";
import { verblijfVan, verblijfZin } from "./verblijf.js";

const tik = (toestand, minuut, status = "verzonden") => ({ toestand, status, op: new Date(2026, 10, 21, 20, minuut).toISOString() });
const om = (minuut) => new Date(2026, 10, 21, 20, minuut).getTime();

test("in and out of the building, as it was tapped", () => {
  assert.equal(verblijfZin(verblijfVan([]), om(0)), "");
  assert.equal(verblijfZin(verblijfVan([tik("onderweg", 2)]), om(9)), "");
  assert.equal(verblijfZin(verblijfVan([tik("onderweg", 2), tik("binnen", 14)]), om(37)), "Binnen sinds 20:14, 23 minuten");
  assert.equal(verblijfZin(verblijfVan([tik("binnen", 14)]), om(14 + 75)), "Binnen sinds 20:14, 1 uur en 15 min");
  assert.equal(verblijfZin(verblijfVan([tik("binnen", 14), tik("afgerond", 44)]), om(59)), "Binnen van 20:14 tot 20:44, 30 minuten");
});

test("a slip is taken back, a second tap does not move the time, what the server refused does not count, a wrong clock gives no time below zero", () => {
  assert.equal(verblijfVan([tik("binnen", 1), tik("onderweg", 2)]), null);
  assert.equal(verblijfZin(verblijfVan([tik("binnen", 1), tik("onderweg", 2), tik("binnen", 10)]), om(11)), "Binnen sinds 20:10, 1 minuut");
  assert.equal(verblijfVan([tik("binnen", 1), tik("binnen", 5)])?.in, tik("binnen", 1).op);
  assert.equal(verblijfVan([tik("binnen", 1), tik("afgerond", 5, "apart")])?.uit, null);
  assert.equal(verblijfZin(verblijfVan([tik("binnen", 30)]), om(10)), "Binnen sinds 20:30");
  assert.equal(verblijfZin(verblijfVan([tik("binnen", 30), tik("afgerond", 10)]), om(50)), "Binnen van 20:30 tot 20:10, 0 minuten");
});
