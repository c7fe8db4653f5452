// @ts-check
// On the screen of this device: the passkeys that open it, and what this browser can and cannot.

import { vanBase64 } from "../crypto/bytes.js";
import { kanPasskey, maakPasskey, verpakMetPasskey, zegDatHijWegKan } from "../crypto/passkey.js";
import { inWoorden } from "../meldbaar.js";
import { initialenVan } from "../opslag/kluislijst.js";
import { elementId, h, knop, vul, zegZacht } from "../scherm/dom.js";
import { keur, leesOmgeving } from "./browser.js";

const TEKENS = { goed: "✓", "let-op": "!", mist: "–" };
const STANDNAMEN = { goed: "Ja", "let-op": "Let op", mist: "Nee" };

/** @param {import("../app.js").App} app @param {Element} plek */
export async function toonSleutels(app, plek) {
  const omgeving = await leesOmgeving(window, kanPasskey);
  const passkeys = h("section", { "aria-label": "Passkeys" });
  await toonPasskeys(app, passkeys, omgeving.prf);
  const { punten } = keur(omgeving);
  const mist = punten.filter(({ stand }) => stand !== "goed").length;
  vul(plek, passkeys, h("section", null, h("h2", null, "Wat deze browser kan"),
    h("details", null, h("summary", null, mist ? `${punten.length - mist} van de ${punten.length} punten in orde` : "Alles wat de app gebruikt"),
      h("ul", { class: "browserlijst" }, ...punten.map(({ naam, stand, zin }) => h("li", { class: `browser-${stand}` },
        h("span", { class: "browserteken", "aria-hidden": "true" }, TEKENS[stand]),
        h("span", null, h("strong", null, naam), h("span", { class: "alleen-voorlezen" }, ` ${STANDNAMEN[stand]}.`), h("br", null), zin)))))));
}

/** @param {import("../app.js").App} app @param {Element} plek @param {boolean|null} kan */
async function toonPasskeys(app, plek, kan) {
  const kluis = /** @type {import("../opslag/kluis.js").Kluis} */ (app.kluis);
  const bestaand = await kluis.passkeys();
  const opnieuw = () => toonPasskeys(app, plek, kan);
  const fout = h("p", { class: "foutmelding", role: "alert", id: elementId() });
  const wachtzin = h("input", { type: "password", class: "invoer", id: elementId(), autocomplete: "current-password", "aria-describedby": fout.id });
  const maak = h("button", { type: "submit", class: "knop" }, "Passkey toevoegen");
  const voegToe = async (/** @type {Event} */ gebeurtenis) => {
    gebeurtenis.preventDefault();
    fout.textContent = "";
    if (!wachtzin.value) {
      fout.textContent = "Vul eerst uw wachtzin in.";
      return wachtzin.focus();
    }
    maak.disabled = true;
    try {
      // The passphrase first: a wrong one must not leave a passkey in the tablet's keychain that opens nothing.
      await kluis.voegPasskeyToe(wachtzin.value, async (sleutel) => {
        const passkey = await maakPasskey({ kenmerk: initialenVan(kluis.gebruiker?.naam ?? ""), bestaand });
        return verpakMetPasskey(sleutel, passkey, kluis.kluisId, Date.now());
      }, Date.now());
      await opnieuw();
      zegZacht("De passkey is toegevoegd.");
    } catch (reden) {
      fout.textContent = inWoorden(reden);
    } finally {
      maak.disabled = false;
    }
  };
  vul(plek, h("h2", null, "Ontgrendelen met passkey"),
    h("p", null, "Met een passkey ontgrendelt u met uw vingerafdruk, gezicht of de pincode van dit toestel, ook zonder verbinding. Uw wachtzin blijft altijd werken."),
    bestaand.length > 0 && h("ul", { class: "passkeylijst" }, ...bestaand.map((v) => {
      const wanneer = new Date(v.gemaakt_op).toLocaleString("nl-NL", { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" });
      return h("li", null, h("span", null, `Passkey van ${wanneer}`), knop("Verwijderen", async () => {
        await kluis.verwijderPasskey(v.credential_id);
        await zegDatHijWegKan(vanBase64(v.credential_id));
        await opnieuw();
        zegZacht("De passkey opent dit werk niet meer.");
      }, { class: "knop knop-klein", "aria-label": `Passkey van ${wanneer} verwijderen` }));
    })),
    kan === false ? h("p", null, "Deze browser kan dat niet. U ontgrendelt met uw wachtzin.")
      : h("form", { novalidate: true, onsubmit: (/** @type {Event} */ gebeurtenis) => void voegToe(gebeurtenis) },
        h("label", { for: wachtzin.id, class: "veldlabel" }, "Uw wachtzin, om een passkey toe te voegen"), wachtzin, fout, maak));
}
