// @ts-check
// The screen of this device, wired to what is stored and to the lock.

import { slaReddingskopieOp } from "../opslag/reddingskopie.js";
import { meetRuimte } from "../opslag/ruimte.js";
import { h } from "../scherm/dom.js";
import { toonToestel } from "../scherm/toestel.js";

/** @param {import("../app.js").App} app */
export async function toonToestelscherm(app) {
  app.opslagruimte = await meetRuimte(false);
  toonToestel(app.hoofd, {
    opslag: app.opslagruimte, herstel: (await app.kluis?.heeftHerstel()) ?? false, slotMinuten: app.slot.minuten, zin: `Ontgrendeld als ${app.kluis?.gebruiker?.naam}.`,
    verzending: `${(await app.voortgang?.vanToestel()) ?? ""}.`,
  }, {
    terug: () => app.ga("stops"), verzending: () => app.ga("verzending"), reddingskopie: () => void slaReddingskopieOp(app.kluis?.kluisId ?? "", app.kluis), zetSlot: (minuten) => app.slot.zet(minuten),
    afmelden: () => void meldAf(app), wijzig: async (oud, nieuw) => app.kluis?.wijzigWachtzin(oud, nieuw, Date.now()),
  });
  const plek = h("div");
  app.hoofd.append(plek);
  const { toonSleutels } = await import("../toegang/toestelsleutels.js");
  if (plek.isConnected) await toonSleutels(app, plek);
  const { plekinstelling } = await import("../foto/instelling.js");
  if (plek.isConnected && app.kluis?.isOpen) plek.after(await plekinstelling(app.kluis));
}

/** @param {import("../app.js").App} app */
async function meldAf(app) {
  await app.vergrendel("knop");
  if (!(await app.api.meldAf())) app.kop.band("Afmelden bij de server lukte niet: geen verbinding. Dit toestel is wel vergrendeld.");
  await app.toonToegang();
}
