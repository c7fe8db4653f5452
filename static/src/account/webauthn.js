// @ts-check
// Between our JSON and the browser's passkeys (WebAuthn Level 3): bytes travel as base64url.

/** @param {string} tekst */
const bytes = (tekst) => Uint8Array.from(atob(tekst.replace(/-/g, "+").replace(/_/g, "/")), (t) => t.charCodeAt(0));

/** @param {ArrayBuffer} buffer */
const tekst = (buffer) => {
  let ruw = "";
  for (const byte of new Uint8Array(buffer)) ruw += String.fromCharCode(byte);
  return btoa(ruw).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
};

/** @typedef {{id: string, type: "public-key", transports?: AuthenticatorTransport[]}} Genoemd */

/** @param {Genoemd[] | undefined} lijst */
const genoemd = (lijst) => (lijst ?? []).map((een) => ({ ...een, id: bytes(een.id) }));

/** What the person can read; nothing when they turned it away themselves. @param {unknown} fout */
export function foutzin(fout) {
  if (fout instanceof DOMException) {
    if (fout.name === "NotAllowedError" || fout.name === "AbortError") return "Het is niet gelukt, of u brak het af. Probeer het opnieuw of kies een andere manier.";
    if (fout.name === "InvalidStateError") return "Dit toestel heeft al een passkey voor uw account.";
    if (fout.name === "SecurityError") return "Op dit adres werken geen passkeys.";
  }
  return fout instanceof Error && fout.cause === "server" ? fout.message : "Het is niet gelukt. Probeer het opnieuw of kies een andere manier.";
}

export const kanPasskeys = () => "PublicKeyCredential" in window && "credentials" in navigator;

/** @param {string} pad @param {unknown} inhoud @param {string} token @returns {Promise<any>} */
export async function stuur(pad, inhoud, token) {
  const antwoord = await fetch(pad, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token },
    body: JSON.stringify(inhoud),
  });
  if (antwoord.status === 204) return null;
  const wat = await antwoord.json().catch(() => null);
  if (!antwoord.ok) throw new Error(String(wat?.detail ?? "De server gaf geen antwoord. Probeer het opnieuw."), { cause: "server" });
  return wat;
}

/** Ask a passkey to prove its owner. @param {any} opties @param {{signal?: AbortSignal, vanzelf?: boolean}} [hoe] */
export async function vraagBewijs(opties, { signal, vanzelf = false } = {}) {
  const sleutel = await navigator.credentials.get({
    publicKey: { ...opties, challenge: bytes(opties.challenge), allowCredentials: genoemd(opties.allowCredentials) },
    ...(vanzelf && { mediation: /** @type {CredentialMediationRequirement} */ ("conditional") }),
    ...(signal && { signal }),
  });
  if (!(sleutel instanceof PublicKeyCredential)) throw new Error("geen sleutel");
  const { response } = sleutel;
  if (!(response instanceof AuthenticatorAssertionResponse)) throw new Error("geen bewijs");
  return {
    id: sleutel.id, rawId: tekst(sleutel.rawId), type: sleutel.type, clientExtensionResults: {},
    response: {
      clientDataJSON: tekst(response.clientDataJSON), authenticatorData: tekst(response.authenticatorData),
      signature: tekst(response.signature), userHandle: response.userHandle ? tekst(response.userHandle) : null,
    },
  };
}

/** Make a passkey on this device or on a key. @param {any} opties */
export async function maakSleutel(opties) {
  const sleutel = await navigator.credentials.create({
    publicKey: {
      ...opties, challenge: bytes(opties.challenge), user: { ...opties.user, id: bytes(opties.user.id) },
      excludeCredentials: genoemd(opties.excludeCredentials),
    },
  });
  if (!(sleutel instanceof PublicKeyCredential)) throw new Error("geen sleutel");
  const { response } = sleutel;
  if (!(response instanceof AuthenticatorAttestationResponse)) throw new Error("geen sleutel");
  return {
    id: sleutel.id, rawId: tekst(sleutel.rawId), type: sleutel.type, clientExtensionResults: {},
    response: {
      clientDataJSON: tekst(response.clientDataJSON), attestationObject: tekst(response.attestationObject),
      transports: response.getTransports?.() ?? [],
    },
  };
}
