// @ts-check
// Judging an answer. Anything that is not exactly what the protocol says leaves the queue as it was. Pure apart from reading a body.

/**
 * @typedef {"gelukt"|"niets"|"bezig"|"netwerk"|"aanmelden"|"andere_gebruiker"|"csrf"|"geen_recht"|"ingetrokken"|"te_groot"|"geweigerd"|"druk"|"serverfout"|"vreemd"|"toestel"} Uitkomst
 * @typedef {{uitkomst: Uitkomst, zin: string, wachtMs?: number, inhoud?: any, blijvend?: boolean}} Oordeel
 *   `blijvend`: sending the same again has no use
 */

/** One sentence per outcome, for the screen. */
const ZINNEN = {
  netwerk: "Geen verbinding. Alles staat veilig op dit toestel en gaat later vanzelf mee.",
  aanmelden: "Meld u opnieuw aan om te verzenden. Alles staat veilig op dit toestel.",
  andere_gebruiker: "Er is iemand anders aangemeld. Meld u zelf aan om uw werk te verzenden; het staat veilig op dit toestel.",
  csrf: "De server herkende deze sessie niet. We proberen het opnieuw; alles staat veilig op dit toestel.",
  geen_recht: "De server weigert dit verzoek: u hebt hier geen recht (meer) toe. Uw werk staat veilig op dit toestel; bel uw coördinator.",
  ingetrokken: "Dit toestel is ingetrokken. Ga ermee naar uw beheerder; uw werk staat versleuteld op dit toestel.",
  te_groot: "De server vindt dit bericht te groot. Het staat veilig op dit toestel; we sturen kleinere delen.",
  geweigerd: "De server begrijpt een deel van dit bericht niet. Het staat veilig op dit toestel.",
  druk: "De server is druk. We proberen het vanzelf opnieuw; alles staat veilig op dit toestel.",
  serverfout: "De server heeft een storing. Alles staat veilig op dit toestel en gaat later vanzelf mee.",
  toestel: "Verzenden lukte niet door een fout op dit toestel. We proberen het vanzelf opnieuw; wat opgeslagen is staat op dit toestel.",
  vreemd: "Het antwoord kwam niet van de inspectieserver, misschien van een wifi-aanmeldpagina. Alles staat veilig op dit toestel.",
};

/** @param {Uitkomst} uitkomst @param {Partial<Oordeel>} [rest] @returns {Oordeel} */
export function oordeel(uitkomst, rest = {}) {
  return { uitkomst, zin: /** @type {any} */ (ZINNEN)[uitkomst] ?? "", ...rest };
}

/** @param {string|null} kop Retry-After @param {number} nu @returns {number|undefined} ms */
export function retryAfter(kop, nu) {
  if (!kop) return undefined;
  const seconden = Number(kop);
  if (Number.isFinite(seconden)) return Math.min(Math.max(0, seconden), 3600) * 1000;
  const moment = Date.parse(kop);
  return Number.isNaN(moment) ? undefined : Math.min(Math.max(0, moment - nu), 3_600_000);
}

/**
 * @param {Response} antwoord of a fetch with redirect "manual"
 * @param {number} nu
 * @returns {Promise<Oordeel>} "gelukt" (200 or 409 with JSON in `inhoud`) or why not
 */
export async function beoordeel(antwoord, nu) {
  if (antwoord.type === "opaqueredirect" || (antwoord.status >= 300 && antwoord.status < 400)) return oordeel("vreemd");
  const isJson = /^application\/(problem\+)?json\b/u.test(antwoord.headers.get("Content-Type") ?? "");
  let inhoud = null;
  if (isJson) {
    try {
      inhoud = await antwoord.json();
    } catch {
      // Cut off or not JSON at all: judged by the status below, never as a receipt.
      inhoud = null;
    }
  }
  const code = inhoud && typeof inhoud === "object" ? inhoud.code : undefined;
  const status = antwoord.status;
  if (status === 401) return oordeel("aanmelden");
  if ((status === 400 || status === 403) && code === "csrf") return oordeel("csrf");
  if (status === 403 && code === "toestel_ingetrokken") return oordeel("ingetrokken");
  // A portal also answers 403: only the server's own problem counts as a lack of right.
  if (status === 403) return isJson && inhoud ? oordeel("geen_recht", { inhoud }) : oordeel("vreemd");
  if (status === 413) return oordeel("te_groot");
  if (status === 429 || status === 503) return oordeel("druk", { wachtMs: retryAfter(antwoord.headers.get("Retry-After"), nu) });
  if (status >= 500) return oordeel("serverfout");
  if (status === 200 || status === 201 || status === 409) {
    return inhoud && typeof inhoud === "object" && !Array.isArray(inhoud) ? { uitkomst: "gelukt", zin: "", inhoud } : oordeel("vreemd");
  }
  if (status >= 400) return isJson && inhoud ? oordeel("geweigerd", { inhoud }) : oordeel("vreemd");
  return oordeel("vreemd");
}

const ONTVANGSTSTATUSSEN = new Set(["opgeslagen", "quarantaine", "geweigerd_inhoud"]);

/**
 * The receipts that really are about what was sent: same op_id AND same hash.
 * @param {any} inhoud body of POST /api/sync
 * @param {Map<string, string>} gestuurd op_id to hash
 * @returns {{op_id: string, status: any, rev: number|null, reden: string|null, code?: string}[]|null} null when this is no sync answer at all
 */
export function geldigeOntvangsten(inhoud, gestuurd) {
  if (inhoud.protocol !== 1 || typeof inhoud.epoch !== "string" || !Array.isArray(inhoud.ontvangsten)) return null;
  const uit = [];
  for (const o of inhoud.ontvangsten) {
    if (!o || typeof o !== "object" || !ONTVANGSTSTATUSSEN.has(o.status)) continue;
    if (!gestuurd.has(o.op_id) || gestuurd.get(o.op_id) !== o.hash) continue;
    uit.push({ op_id: o.op_id, status: o.status, rev: Number.isSafeInteger(o.rev) ? o.rev : null, reden: typeof o.reden === "string" ? o.reden : null, ...(typeof o.code === "string" ? { code: o.code } : {}) });
  }
  return uit;
}

/** @param {any} bezoek one member of `bezoeken` in the answer @param {string} bezoekId */
export function geldigBezoek(bezoek, bezoekId) {
  return (
    !!bezoek && Number.isSafeInteger(bezoek.rev) && Array.isArray(bezoek.ops) &&
    bezoek.ops.every((/** @type {any} */ op) => op && typeof op.op_id === "string" && op.bezoek_id === bezoekId && Number.isSafeInteger(op.rev) && Array.isArray(op.base_op_ids))
  );
}
