// Measures the JavaScript session; called by checklists.py with definition, repeats, rounds and context.
import { readFileSync } from "node:fs";

import { openSessie } from "../../static/src/checklists/sessie.js";

const [pad, herhalingen, rondes, context] = process.argv.slice(2);
const definitie = JSON.parse(readFileSync(pad, "utf8"));
const begin = performance.now();
const sessie = openSessie(definitie, JSON.parse(context));
sessie.samen(() => {
  sessie.zet("norm", null, 12);
  for (let i = 0; i < Number(herhalingen); i += 1) {
    sessie.voegToe("kamer", `k${i}`, null, i);
    sessie.zet("personen", `k${i}`, 2);
    sessie.zet("m2", `k${i}`, 20 + i);
  }
});
const openen = performance.now() - begin;

function mediaan(vraag, inst, waarden) {
  const tijden = [];
  for (let ronde = 0; ronde < Number(rondes); ronde += 1) {
    const start = performance.now();
    sessie.zet(vraag, inst, waarden[ronde % 2]);
    tijden.push(performance.now() - start);
  }
  return tijden.sort((a, b) => a - b)[Math.floor(tijden.length / 2)];
}

console.log(
  JSON.stringify({
    "openen en laden": openen,
    "antwoord in een kamer": mediaan("personen", "k20", [3, 2]),
    "antwoord dat alle kamers raakt": mediaan("norm", null, [11, 12]),
  }),
);
