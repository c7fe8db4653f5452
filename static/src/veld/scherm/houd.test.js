import assert from "node:assert/strict";
import { test } from "node:test";
import { bestandsmaat } from "./houd.js";

test("sizes as they are said", () => {
  assert.deepEqual([0, 1, 350_000, 1024 ** 2, 1.44 * 1024 ** 2, 15 * 1024 ** 2].map(bestandsmaat), ["0 kB", "1 kB", "342 kB", "1 MB", "1,4 MB", "15 MB"]);
});
