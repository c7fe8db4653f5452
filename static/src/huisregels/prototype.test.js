// @ts-check
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { schrijftOpNaamVanData } from "./prototype.js";

const SRC = fileURLToPath(new URL("..", import.meta.url));

test("no data names the property that is written", () => {
  const bestanden = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((naam) => naam.endsWith(".js") && !naam.endsWith(".test.js"));
  assert.ok(bestanden.length > 150);
  const gevonden = bestanden.flatMap((naam) => schrijftOpNaamVanData(readFileSync(`${SRC}/${naam}`, "utf8")).map((regel) => `${naam}:${regel}`));
  assert.deepEqual(gevonden, []);
});

for (const fout of [
  "doel[naam] = 1;", "doel[a][b] = 1;", "doel[a].b = 1;", "doel['__proto__'].b = 1;", "doel.__proto__ = x;", "doel[`${a}`] ??= 1;", "doel[naam] += 1;", "doel[naam]++;",
  "delete doel[naam];", "(/** @type {any} */ (doel))[naam] = 1;", "for (const n of Object.keys(x)) doel[n] = x[n];", "let n = 'a'; doel[n] = 1;", "for (const n of ['a']) x.map((n) => (doel[n] = 1));", "function f(n) { doel[n][0] = 1; } for (const n of ['a']) f(n);",
  "Object.assign(doel, x);", "Object.assign(doel, {}, x);", "Reflect.set(doel, naam, 1);", "Object.defineProperty(doel, naam, {});", "Object.setPrototypeOf(a, b);",
]) test(`seen: ${fout}`, () => assert.deepEqual(schrijftOpNaamVanData(`const a = 1;\n${fout}`), [2]));

test("not seen: names that stand there, counters, and what makes properties", () => {
  for (const goed of [
    "doel.naam = 1;", "doel['naam'] = 1;", "doel[0] = 1;", "for (let i = 0; i < 3; i++) doel[i] = 1;", "for (const n of ['a', 'b']) doel[n] = 1;",
    "const S = ['a']; for (const n of S) doel[n] += 1;", "x = { ...oud, [naam]: 1 };", "x = Object.fromEntries(y);", "kaart.set(naam, 1);", "y = x[naam];",
    "Object.assign(el, { a: 1, b: x });", "doel[naam] = 1; // vaste naam: of our own list", "// vaste naam: a row of an array\ndoel[rij] = 1;",
  ]) assert.deepEqual(schrijftOpNaamVanData(goed), [], goed);
});

test("a page that is sealed keeps data away from what all objects share", () => {
  const proef = `await import(${JSON.stringify(`${SRC}verzegeld.js`)});
    const uit = [];
    const doel = {}; doel["__proto__"] = { gif: 1 }; uit.push(doel.gif, {}.gif, Object.keys(doel));
    try { ({}).constructor.prototype.gif = 2; uit.push("open"); } catch (fout) { uit.push(fout.name); }
    try { Object.prototype.gif = 2; uit.push("open"); } catch (fout) { uit.push(fout.name); }
    uit.push({}.gif, { ...JSON.parse('{"__proto__": {"gif": 3}}') }.gif);
    class Eigen { toString() { return "eigen"; } } const los = {}; los.toString = () => "los"; uit.push(String(new Eigen()), String(los));
    console.log(JSON.stringify(uit.map((x) => x ?? null)));`;
  const gezegd = execFileSync(process.execPath, ["--input-type=module", "-e", proef], { encoding: "utf8" });
  assert.deepEqual(JSON.parse(gezegd), [null, null, ["__proto__"], "TypeError", "TypeError", null, null, "eigen", "los"]);
});
