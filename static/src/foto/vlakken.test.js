import assert from "node:assert/strict";
import { test } from "node:test";
import { begrens, nieuwVlak, noem, samen, uitGezichten, uitPunten, vergroot, verplaats } from "./vlakken.js";

const vlak = (x, y, b, h, vorm = "rechthoek") => ({ x, y, b, h, vorm });

test("an area stays within the picture, however it is pushed or stretched", () => {
  assert.deepEqual(verplaats(vlak(0.9, 0.1, 0.1, 0.1), 0.5, -0.5), vlak(0.9, 0, 0.1, 0.1));
  assert.deepEqual(vergroot(vlak(0.8, 0.5, 0.1, 0.1), 0.5, 0.1), vlak(0.8, 0.5, 0.2, 0.2));
  assert.deepEqual(vergroot(vlak(0.8, 0.5, 0.1, 0.1), -1, -1), vlak(0.8, 0.5, 0.01, 0.01));
  assert.deepEqual(begrens(vlak(-1, 2, 3, 0)), vlak(0, 0.99, 1, 0.01));
});

test("drawing works from any corner, and a tap draws nothing", () => {
  const goed = vlak(0.2, 0.3, 0.4, 0.2, "ovaal");
  for (const [een, ander] of [[[0.2, 0.3], [0.6, 0.5]], [[0.6, 0.5], [0.2, 0.3]], [[0.6, 0.3], [0.2, 0.5]]]) assert.deepEqual(uitPunten(een, ander, "ovaal"), goed);
  assert.deepEqual(uitPunten([0.5, 0.5], [2, 2], "rechthoek"), vlak(0.5, 0.5, 0.5, 0.5));
  assert.equal(uitPunten([0.5, 0.5], [0.505, 0.9], "rechthoek"), null);
});

test("a face gets room for hair and chin, and none outside the picture", () => {
  assert.deepEqual(uitGezichten([{ x: 100, y: 100, width: 100, height: 100 }], 1000, 500), [vlak(0.075, 0.13, 0.15, 0.34)]);
  assert.deepEqual(uitGezichten([{ x: 0, y: 0, width: 1000, height: 500 }], 1000, 500), [vlak(0, 0, 1, 1)]);
});

test("a new area never hides exactly under another", () => {
  const een = nieuwVlak([], "rechthoek");
  const twee = nieuwVlak([een], "ovaal");
  assert.notDeepEqual([een.x, een.y], [twee.x, twee.y]);
  assert.equal(noem(een, 0), "Vlak 1, rechthoek, 40 procent van links en 40 van boven, 20 breed en 20 hoog");
});

test("lists that were made apart add up, each area once", () => {
  const [a, b] = [vlak(0.1, 0.1, 0.2, 0.2), vlak(0.5, 0.5, 0.2, 0.2)];
  assert.deepEqual(samen([[a], undefined, [{ x: 0.1, y: 0.1, b: 0.2, h: 0.2 }, b], null]).length, 2);
});
