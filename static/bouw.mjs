// Builds the screens: one bundle per entry into dist/, named by the hash of its content, with manifest.json from
// logical to real names. sw.js keeps its name and carries the list of files that the field app needs offline.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const hier = dirname(fileURLToPath(import.meta.url));
const DIST = join(hier, "dist");
// Built beside it and swapped in: a running server never sees half a build.
const uit = join(hier, "dist.nieuw");
const OPENBAAR_PAD = "/statisch/";

// Logical name -> source. A map script is classic, because folium's own script expects a global `L`.
const INGANGEN = {
  "kantoor.js": { bron: "src/kantoor/index.js", format: "esm" },
  "kantoor.css": { bron: "src/kantoor/stijl.css" },
  "kaart.js": { bron: "src/kaart/index.js", format: "iife" },
  "kaart.css": { bron: "src/kaart/stijl.css" },
  "veld.js": { bron: "src/veld/index.js", format: "esm", delen: true },
  "veld.css": { bron: "src/veld/stijl.css" },
  "voorbeeld.js": { bron: "src/voorbeeld/index.js", format: "esm" },
  "voorbeeld.css": { bron: "src/voorbeeld/stijl.css" },
};
const VELD = ["veld.js", "veld.css"];

// The preview shows the field app in a frame of its own width: what depends on the window there depends on the frame here.
const INGELIJST = {
  name: "ingelijst",
  setup(bouwer) {
    bouwer.onLoad({ filter: /[\\/]src[\\/]veld[\\/][\w-]+\.css$/ }, ({ path: pad }) => ({
      contents: readFileSync(pad, "utf8").replace(/@media (?=\((?:max|min)-width)/g, "@container toestel "),
      loader: "css",
    }));
  },
};

const hash = (inhoud, lengte = 10) => createHash("sha256").update(inhoud).digest("hex").slice(0, lengte);

// The field app's screens that are opened later are parts of their own (`import()`): what starts stays small.
async function bundelInDelen({ bron, format }, naam) {
  const kort = basename(naam, ".js");
  const { outputFiles: bestanden, metafile } = await esbuild.build({
    ...keuzes({ bron, format }),
    splitting: true,
    metafile: true,
    outdir: uit,
    entryNames: `${kort}.[hash]`,
    chunkNames: `${kort}-deel-[name].[hash]`,
  });
  for (const { path: pad, contents } of bestanden) writeFileSync(pad, contents);
  const namen = bestanden.map(({ path: pad }) => basename(pad));
  const ingang = namen.find((bestand) => bestand.startsWith(`${kort}.`));
  return { ingang, delen: namen.filter((bestand) => bestand !== ingang), begin: vanBeginAf(metafile.outputs, ingang) };
}

// What a browser fetches before the entry runs: the entry and what it imports, directly or not; `import()` comes later.
function vanBeginAf(uitvoer, ingang) {
  const perNaam = new Map(Object.entries(uitvoer).map(([pad, feiten]) => [basename(pad), feiten]));
  const gezien = new Set();
  const loop = (naam) => {
    if (gezien.has(naam)) return;
    gezien.add(naam);
    for (const { path: pad, kind } of perNaam.get(naam)?.imports ?? []) if (kind === "import-statement") loop(basename(pad));
  };
  loop(ingang);
  return [...gezien];
}

async function bundel({ bron, format }, extra = {}) {
  const uitkomst = await esbuild.build({ ...keuzes({ bron, format }), ...extra });
  return uitkomst.outputFiles.at(-1).contents;
}

function keuzes({ bron, format }) {
  return {
    absWorkingDir: hier,
    entryPoints: [bron],
    bundle: true,
    minify: true,
    format,
    target: "es2022",
    write: false,
    outdir: "dist",
    loader: { ".png": "dataurl", ".svg": "dataurl", ".woff2": "file" },
    legalComments: "none",
    logLevel: "warning",
  };
}

async function bouw() {
  rmSync(uit, { recursive: true, force: true });
  mkdirSync(uit, { recursive: true });
  const manifest = {};
  const delen = [];
  const begin = [];
  for (const [naam, ingang] of Object.entries(INGANGEN)) {
    if (!existsSync(join(hier, ingang.bron))) continue;
    if (ingang.delen) {
      const gebouwd = await bundelInDelen(ingang, naam);
      manifest[naam] = gebouwd.ingang;
      delen.push(...gebouwd.delen);
      begin.push(...gebouwd.begin);
      continue;
    }
    const inhoud = await bundel(ingang, naam === "voorbeeld.css" ? { plugins: [INGELIJST] } : {});
    const bestand = naam.replace(/\.(\w+)$/, `.${hash(inhoud)}.$1`);
    writeFileSync(join(uit, bestand), inhoud);
    manifest[naam] = bestand;
  }
  const beelden = join(hier, "src/beelden");
  for (const naam of existsSync(beelden) ? readdirSync(beelden) : []) {
    const eind = extname(naam);
    const bestand = `${basename(naam, eind)}.${hash(readFileSync(join(beelden, naam)))}${eind}`;
    cpSync(join(beelden, naam), join(uit, bestand));
    manifest[naam] = bestand;
  }
  const schil = readFileSync(join(hier, "../templates/veld/index.html"));
  const vast = [...VELD, ...Object.keys(manifest).filter((n) => n.startsWith("veld-pictogram"))];
  const adressen = [...vast.map((n) => manifest[n]), ...delen].map((bestand) => OPENBAAR_PAD + bestand);
  // For the test that guards how much a first visit costs.
  writeFileSync(join(uit, "veld-begin.json"), JSON.stringify([...begin, manifest["veld.css"]], null, 1));
  const precache = { versie: hash(adressen.join("\n") + hash(schil, 64), 12), adressen };
  const werker = await bundel(
    { bron: "src/sw/sw.js", format: "iife" },
    { define: { __PRECACHE__: JSON.stringify(precache) } },
  );
  writeFileSync(join(uit, "sw.js"), werker);
  writeFileSync(join(uit, "manifest.json"), JSON.stringify(manifest, null, 1));
  wissel();
}

function wissel() {
  const oud = join(hier, "dist.oud");
  rmSync(oud, { recursive: true, force: true });
  if (existsSync(DIST)) renameSync(DIST, oud);
  renameSync(uit, DIST);
  rmSync(oud, { recursive: true, force: true });
}

await bouw();
