// @ts-check
// How far a stop or one photo is: on this device, sent, complete, or something set apart. Pure.

/**
 * @typedef {"lokaal"|"verzonden"|"compleet"|"apart"|"leeg"} Verzending
 * @param {{ops: Record<string, number>, fotos: Record<string, number>, compleet: boolean}} telling
 * @returns {{stand: Verzending, zin: string}}
 */
export function verzendstand({ ops, fotos, compleet }) {
  const opsApart = (ops.quarantaine ?? 0) + (ops.geweigerd_inhoud ?? 0) + (ops.onleesbaar ?? 0) + (fotos.apart ?? 0);
  const opsLokaal = ops.wacht ?? 0;
  const fotosLokaal = (fotos.wacht ?? 0) + (fotos.los ?? 0);
  const eigen = opsLokaal + opsApart + (ops.opgeslagen ?? 0);
  const delen = [opsLokaal && meervoud(opsLokaal, "antwoord", "antwoorden"), fotosLokaal && meervoud(fotosLokaal, "foto", "foto's")].filter(Boolean);
  const wacht = delen.length ? `${delen.join(" en ")} nog op dit toestel` : "";
  if (opsApart) return { stand: "apart", zin: [`${meervoud(opsApart, "onderdeel is", "onderdelen zijn")} apart gezet`, wacht].filter(Boolean).join("; ") };
  if (wacht) return { stand: "lokaal", zin: wacht };
  if (!eigen && !(ops.ontvangen ?? 0)) return { stand: "leeg", zin: "Nog niets ingevuld" };
  if (compleet) return { stand: "compleet", zin: "Compleet op de server" };
  return { stand: "verzonden", zin: "Verzonden; de server controleert de foto's" };
}

/** The word for each stand. Its shape is the CSS class `standvorm` with the same `data-stand`. @type {Record<Exclude<Verzending, "leeg">, string>} */
export const STANDWOORDEN = { lokaal: "Op dit toestel", verzonden: "Verzonden", compleet: "Compleet", apart: "Apart gezet" };

/** @type {Record<string, [Exclude<Verzending, "leeg">, string]>} by Fotostatus */
const FOTOSTANDEN = {
  los: ["lokaal", "Op dit toestel, nog niet verzonden"],
  wacht: ["lokaal", "Op dit toestel, nog niet verzonden"],
  verzonden: ["verzonden", "Verzonden; de server controleert hem nog"],
  aanwezig: ["compleet", "Compleet: de server heeft precies deze foto"],
  apart: ["apart", "Apart gezet: de server neemt deze foto niet aan"],
};

/**
 * One photo, in words. A photo whose record is not on this device (a colleague's) gives null.
 * @param {{status: string}|null|undefined} record of the store `fotos`
 * @returns {{stand: Exclude<Verzending, "leeg">, woord: string, zin: string}|null}
 */
export function fotostand(record) {
  const gevonden = record && FOTOSTANDEN[record.status];
  return gevonden ? { stand: gevonden[0], woord: STANDWOORDEN[gevonden[0]], zin: gevonden[1] } : null;
}

/** @param {number} aantal @param {string} een @param {string} meer */
export function meervoud(aantal, een, meer) {
  return `${aantal} ${aantal === 1 ? een : meer}`;
}
