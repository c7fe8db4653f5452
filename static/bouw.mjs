// Builds the screens: one bundle per entry into dist/, named by the hash of its content, with manifest.json from
// logical to real names. sw.js keeps its name and carries the list of files that the field app needs offline.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const hier = dirname(fileURLToPath(import.meta.url));
const DIST = join(hier, "dist");
// Built beside it and swapped in: a running server never sees half a build.
const uit = join(hier, `dist.nieuw.${process.pid}`);
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

// The field app's screens that are opened later are parts of their own (`import()`): what starts stays small, and is one
// file, because on a phone every file costs time by itself. esbuild alone would put what start and parts share in files of
// their own, which all have to be there before the start. Here the start holds them and lends them to the parts.
const GELEEND = 'globalThis[Symbol.for("inspecties.veld")]';

async function bundelInDelen({ bron, format }, naam) {
  const kort = basename(naam, ".js");
  const vast = { ...keuzes({ bron, format }), outdir: uit, metafile: true };
  const delen = { splitting: true, entryNames: `${kort}-deel-[name].[hash]`, chunkNames: `${kort}-deel-[name].[hash]` };
  const { begin, later, gedeeld } = leesGrens((await esbuild.build({ ...vast, ...delen })).metafile, bron);
  const namen = await uitvoernamen(vast, gedeeld);
  const apart = later.length ? await esbuild.build({ ...vast, ...delen, entryPoints: later, plugins: [leenPlugin(namen)] }) : { outputFiles: [], metafile: { outputs: {} } };
  const perBron = Object.fromEntries(Object.entries(apart.metafile.outputs).map(([pad, { entryPoint }]) => [entryPoint, basename(pad)]));
  const geleend = [...namen.keys()];
  const ingang = await esbuild.build({
    ...vast,
    entryPoints: undefined,
    stdin: {
      contents: [...geleend.map((pad, i) => `import * as m${i} from "./${pad}";`), `import "./${bron}";`, `${GELEEND} = [${geleend.map((_, i) => `m${i}`)}];`].join("\n"),
      resolveDir: hier,
      sourcefile: basename(bron),
    },
    entryNames: `${kort}.[hash]`,
    plugins: [laterPlugin(perBron)],
  });
  const anders = Object.keys(ingang.metafile.inputs).filter((pad) => pad.startsWith("src/") && !begin.has(pad) && pad !== bron);
  if (anders.length) throw new Error(`Toch in het begin: ${anders.join(", ")}`);
  const bestanden = [...ingang.outputFiles, ...apart.outputFiles];
  for (const { path: pad, contents } of bestanden) writeFileSync(pad, contents);
  return { ingang: basename(ingang.outputFiles[0].path), delen: apart.outputFiles.map(({ path: pad }) => basename(pad)) };
}

// Which sources the start needs, which are entries of parts, and which of the first the others use too.
function leesGrens({ inputs, outputs }, bron) {
  const uitvoer = new Map(Object.entries(outputs));
  const eerst = [...uitvoer].find(([, { entryPoint }]) => entryPoint === bron)[0];
  const gezien = new Set();
  const loop = (pad) => {
    if (gezien.has(pad) || !uitvoer.has(pad)) return;
    gezien.add(pad);
    for (const { path: ander, kind } of uitvoer.get(pad).imports) if (kind === "import-statement") loop(ander);
  };
  loop(eerst);
  const begin = new Set([...gezien].flatMap((pad) => Object.keys(uitvoer.get(pad).inputs)));
  const later = [...uitvoer.values()].flatMap(({ entryPoint }) => (entryPoint && !begin.has(entryPoint) ? [entryPoint] : []));
  const gebruikt = Object.entries(inputs).flatMap(([pad, { imports }]) => (begin.has(pad) ? [] : imports.map(({ path: ander }) => ander)));
  // CommonJS has no named exports to lend: a part that needs it brings its own.
  const gedeeld = [...new Set(gebruikt)].filter((pad) => begin.has(pad) && inputs[pad].format === "esm").sort();
  return { begin, later, gedeeld };
}

// The names that each module exports. `export *` does not tell them, so what is shared does without.
async function uitvoernamen(vast, gedeeld) {
  if (!gedeeld.length) return new Map();
  const { metafile } = await esbuild.build({ ...vast, entryPoints: gedeeld, bundle: false });
  const uit = Object.values(metafile.outputs).map(({ entryPoint, exports: namen }) => [entryPoint, namen]);
  for (const [pad] of uit) if (/^export \*/m.test(readFileSync(join(hier, pad), "utf8"))) throw new Error(`${pad}: noem wat u uitvoert`);
  return new Map(uit);
}

const BRON = { filter: /^\.{1,2}\/|^[\w@]/ };

async function bronpad(bouwer, { path: pad, resolveDir, importer, kind, pluginData }) {
  if (pluginData === "zelf" || kind === "entry-point") return null;
  const gevonden = await bouwer.resolve(pad, { resolveDir, importer, kind, pluginData: "zelf" });
  return gevonden.errors.length ? null : relative(hier, gevonden.path).split(sep).join("/");
}

const leenPlugin = (namen) => ({
  name: "geleend",
  setup(bouwer) {
    const plaats = [...namen.keys()];
    // One for each that asks (the suffix): shared they would become files of their own.
    bouwer.onResolve(BRON, async (vraag) => {
      const pad = await bronpad(bouwer, vraag);
      return pad !== null && namen.has(pad) ? { path: pad, namespace: "geleend", suffix: `?${vraag.importer}` } : undefined;
    });
    bouwer.onLoad({ filter: /.*/, namespace: "geleend" }, ({ path: pad }) => {
      const gewoon = namen.get(pad).filter((naam) => naam !== "default");
      const regels = [`const m = ${GELEEND}[${plaats.indexOf(pad)}];`, ...gewoon.map((naam) => `export const ${naam} = m.${naam};`)];
      if (gewoon.length < namen.get(pad).length) regels.push("export default m.default;");
      return { contents: regels.join("\n"), loader: "js" };
    });
  },
});

const laterPlugin = (perBron) => ({
  name: "later",
  setup(bouwer) {
    bouwer.onResolve(BRON, async (vraag) => {
      if (vraag.kind !== "dynamic-import") return undefined;
      const bestand = perBron[(await bronpad(bouwer, vraag)) ?? ""];
      return bestand ? { path: `./${bestand}`, external: true } : undefined;
    });
  },
});

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
      begin.push(gebouwd.ingang);
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
  const oud = join(hier, `dist.oud.${process.pid}`);
  rmSync(oud, { recursive: true, force: true });
  if (existsSync(DIST)) renameSync(DIST, oud);
  renameSync(uit, DIST);
  rmSync(oud, { recursive: true, force: true });
}

await bouw();
