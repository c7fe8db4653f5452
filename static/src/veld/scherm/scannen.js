// @ts-check
// The camera reads a code. A part of its own: fetched when somebody scans.

import { h, vul, zegZacht } from "./dom.js";
import { Vel } from "./vel.js";

const TUSSEN_MS = 150;

/** @param {unknown} fout @returns {string} */
function waaromNiet(fout) {
  const naam = fout instanceof DOMException ? fout.name : "";
  if (naam === "NotAllowedError") return "De camera mag niet worden gebruikt. Sta de camera toe in de instellingen van de browser, of typ de code over.";
  if (naam === "NotFoundError") return "Dit toestel heeft geen camera. Typ de code over.";
  return "De camera start niet. Sluit andere apps die de camera gebruiken, of typ de code over.";
}

/**
 * Opens the camera and waits for a code.
 * @returns {Promise<string|null>} null when the person went back
 */
export async function scanCode() {
  const beeld = h("video", { class: "scanbeeld", autoplay: true, muted: true, playsinline: true, "aria-label": "Beeld van de camera" });
  const stand = h("p", { role: "status" }, "Camera starten…");
  return new Promise((klaar) => {
    /** @type {MediaStream|null} */
    let stroom = null;
    let open = true;
    /** @type {string|null} */
    let gevonden = null;
    const vel = new Vel("Code scannen", { gesloten: () => {
      open = false;
      for (const spoor of stroom?.getTracks() ?? []) spoor.stop();
      klaar(gevonden);
    } });
    vul(vel.romp, h("h2", null, "Code scannen"), stand, beeld, h("p", { class: "klein" }, "Lukt het niet? Ga terug en typ de code over."));
    const lees = async () => {
      stroom = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
      if (!open) return stroom.getTracks().forEach((spoor) => spoor.stop());
      beeld.srcObject = stroom;
      await beeld.play();
      stand.textContent = "Houd de code voor de camera.";
      const lezer = new /** @type {any} */ (window).BarcodeDetector();
      while (open && gevonden === null) {
        const [code] = await lezer.detect(beeld);
        gevonden = code?.rawValue || null;
        if (gevonden === null) await new Promise((verder) => setTimeout(verder, TUSSEN_MS));
      }
      if (!open) return;
      zegZacht(`Gelezen: ${gevonden}`);
      vel.sluit();
    };
    lees().catch((fout) => {
      if (open) stand.textContent = waaromNiet(fout);
      if (!(fout instanceof DOMException)) throw fout;
    });
  });
}
