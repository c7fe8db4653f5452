"""Row 6: photos through the real uploader, each cut off many times at random, and the server killed in between."""

import hashlib
import random
import re
from collections import Counter
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.demodienst import meld_aan
from tests.browser.keten import veldwerk as veld
from tests.browser.tablet import Tablet
from tests.browser.veld_los.test_dienst import foto
from tests.soak.dienstproces import Dienstproces
from tests.soak.omgeving import Omgeving
from tests.soak.tussenpersoon import Ongeluk, Tussenpersoon

VRAAG = "binnentreden_grond"
# What the head says while a round runs: of answers, of a photo and between photos.
BEZIG = re.compile("Verzenden…|Foto.*verzenden")


class Knipper:
    """Cuts each photo's pieces at random until it had its share; of one piece in the share the answer is lost.

    A photo is three pieces. A cut lets at most a tenth of one through, so that all of the share falls before the end.
    """

    def __init__(self, per_foto: int, toeval: random.Random) -> None:
        self.per_foto, self.toeval = per_foto, toeval
        self.geknipt: Counter[str] = Counter()
        self.zwijgt: dict[str, int] = {}

    def __call__(self, methode: str, pad: str, lijf: bytes) -> Ongeluk | None:
        if methode != "PATCH" or self.geknipt[pad] >= self.per_foto:
            return None
        self.geknipt[pad] += 1
        # The piece was written, and the tablet never heard so.
        if self.geknipt[pad] == self.zwijgt.setdefault(pad, self.toeval.randint(1, self.per_foto)):
            return Ongeluk(zwijg=True)
        return Ongeluk(knip=self.toeval.randrange(len(lijf) // 10 + 1))


def verzend(page: Page, dienst: Dienstproces, weg: Tussenpersoon, keer: int, elke: int) -> int:
    """Press the button until everything is there; every ``elke`` cuts the server dies. How often it died."""
    doden = 0
    for _ in range(keer):
        page.get_by_role("button", name="Nu verzenden").click()
        expect(page.locator("#veld-kop")).not_to_contain_text(BEZIG, timeout=60_000)
        if page.locator(".standen [data-verzending]").get_attribute("data-verzending") == "compleet":
            return doden
        if weg.gedaan["geknipt"] >= elke * (doden + 1):
            doden += 1
            dienst.dood()
            page.get_by_role("button", name="Nu verzenden").click()
            expect(page.locator("#veld-kop")).to_contain_text("nog op dit toestel", timeout=30_000)
            dienst.start()
    raise AssertionError(f"nog niet compleet na {keer} keer: {page.locator('#veld-kop').inner_text()}")


def draai(omgeving: Omgeving) -> dict[str, Any]:
    aantal, knippen = omgeving.getal["FOTOS"], omgeving.getal["KNIPPEN"]
    dienst = omgeving.dienst()
    weg = Tussenpersoon(dienst.poort)
    weg.start()
    tablet = Tablet(omgeving.speler, omgeving.nieuwe_map("uploads") / "profiel", weg.adres)
    try:
        context = tablet()
        page = context.pages[0]
        meld_aan(page, weg, "inspecteur1")
        veld.richt_in(page, weg.adres)
        page.locator("[data-checklist]").first.click()
        page.locator(f"[name={VRAAG}]").first.wait_for()
        context.set_offline(True)
        veld.kies(page, VRAAG, "toestemming")
        fotos = [foto(zaad, 1800) for zaad in range(aantal)]
        for nummer, inhoud in enumerate(fotos):
            veld.fotografeer(page, VRAAG, f"IMG_{nummer}.jpg", inhoud)
            expect(page.locator("[data-foto]")).to_have_count(nummer + 1)
        veld.wacht_op_opgeslagen(page)
        weg.lot = Knipper(knippen, omgeving.toeval)
        context.set_offline(False)
        doden = verzend(page, dienst, weg, 3 * aantal * (knippen + 1) + 20, max(2, aantal * knippen // 6))
    finally:
        tablet.sluit()
        weg.stop()
    hashes = {hashlib.sha256(inhoud).hexdigest(): len(inhoud) for inhoud in fotos}
    assert len(hashes) == aantal
    ter_plekke = dienst.originelen()
    gelijk = sum(ter_plekke.get(sha) == omvang for sha, omvang in hashes.items())
    rijen = Counter(str(rij[0]) for rij in dienst.vraag("SELECT sha256 FROM bewijsstuk"))
    assert gelijk == aantal, f"{aantal - gelijk} foto's missen"
    assert all(rijen[sha] == 1 for sha in hashes)
    ongelukken = weg.gedaan["geknipt"] + weg.gedaan["verzwegen"]
    assert ongelukken >= aantal * knippen, f"{ongelukken} ongelukken, {aantal * knippen} gevraagd"
    dienst.stop()
    return {
        "foto's": aantal,
        "bytes per foto": f"{min(hashes.values())} tot {max(hashes.values())}",
        "afgebroken stukken": weg.gedaan["geknipt"],
        "antwoorden verloren na het vastleggen": weg.gedaan["verzwegen"],
        "keer dat de server werd gedood": doden,
        "SHA-256 gelijk": gelijk,
        "dubbel": 0,
    }
