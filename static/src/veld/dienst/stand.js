// @ts-check
// How far a stop is: on this device, sent, complete, or something set apart. Pure.

/**
 * @typedef {"lokaal"|"verzonden"|"compleet"|"apart"|"leeg"} Verzending
 * @param {{ops: Record<string, number>, fotos: Record<string, number>, compleet: boolean}} telling
 * @returns {{stand: Verzending, zin: string}}
 */
export function verzendstand({ ops, fotos, compleet }) {
  const opsApart = (ops.quarantaine ?? 0) + (ops.geweigerd_inhoud ?? 0) + (fotos.apart ?? 0);
  const opsLokaal = ops.wacht ?? 0;
  const fotosLokaal = (fotos.wacht ?? 0) + (fotos.los ?? 0);
  const eigen = opsLokaal + opsApart + (ops.opgeslagen ?? 0);
  if (opsApart) return { stand: "apart", zin: `${meervoud(opsApart, "onderdeel is", "onderdelen zijn")} apart gezet; de coördinator ziet het` };
  if (opsLokaal || fotosLokaal) {
    const delen = [];
    if (opsLokaal) delen.push(meervoud(opsLokaal, "antwoord", "antwoorden"));
    if (fotosLokaal) delen.push(meervoud(fotosLokaal, "foto", "foto's"));
    return { stand: "lokaal", zin: `${delen.join(" en ")} nog op dit toestel` };
  }
  if (!eigen && !(ops.ontvangen ?? 0)) return { stand: "leeg", zin: "Nog niets ingevuld" };
  if (compleet) return { stand: "compleet", zin: "Compleet op de server" };
  return { stand: "verzonden", zin: "Verzonden; de server controleert de foto's" };
}

/** @param {number} aantal @param {string} een @param {string} meer */
export function meervoud(aantal, een, meer) {
  return `${aantal} ${aantal === 1 ? een : meer}`;
}
