"""Whatever leaves the application as a file: who fetches it proves first that it is them, or a reason says why not.

By generation: every GET route of every role is asked on a stage where there is one of everything. What answers with a
file is in one of the two lists below, or this fails. A page is read on the screen, behind the login and with a line in
the audit log; that is not asked again. Files that answer a form (an access report) ask it in that form.
"""

import pytest
from sqlalchemy import func, select

from inspecties.audit.models import Auditregel
from inspecties.core.rechten import MENSEN, Rol, rol_mag
from inspecties.database.basis import db
from inspecties.gebruikers.bevestigen import VELD
from inspecties.gebruikers.stap_op import vraag_bevestiging
from inspecties.web.poort import BEVESTIGING, toegang_van
from tests.integration.rechten.lichamen import formulieren
from tests.integration.rechten.podium import Podium
from tests.integration.rechten.routes import RECHT_VAN, waarden_voor
from tests.integration.rechten.tegel_toneel import zet_tegels_klaar
from tests.integration.rechten.test_matrix import pad_van, routes, vraag
from tests.wereld import WACHTWOORD, csrf

# Files without the step, and why a reader would accept that.
ZONDER_VRAAG: dict[str, str] = {
    "acties.trekking_bestand": "how locations were drawn, to check the draw: numbers and no persons",
    "adressen.fouten": "which rows of a file with addresses could not be read",
    "bewaren.bewijs": "the proof of a destruction: kinds, numbers and hashes",
    "briefing.pdf": "what a team takes along tonight: places and colleagues, no person of a case",
    "checklists.bestand": "a checklist without answers",
    "checklists.papier": "a checklist on paper, without answers",
    "checklists.tabel": "a table of a checklist, without answers",
    "daarna.verslag": "numbers and outcomes of an evening, no persons",
    "locatiebestanden.export": "places; owners and occupants stand on their own page and not in it",
    "locatiebestanden.fouten": "which rows of an own file could not be read",
    "locatiebestanden.voorbeeld": "made-up places, to see what an import looks like",
    "meldroute.agenda_pdf": "numbers of signals: no text of a signal, no persons, no reporter",
    "papier.stop_pdf": "an empty form for one stop, for who has no tablet at the door",
    "rapportages.bestand": "figures, small numbers left out",
    "register.document": "which kinds of data there are: of nobody",
    "register.markdown": "which kinds of data there are: of nobody",
    "sjablonen.proef": "a letter with made-up names",
    "sjablonen.word": "a template, with fields in the place of names",
}
# Pictures that stand in a page, and what the page or the tablet reads to draw itself: where the page around it was
# read, that is what was logged. A question in the place of each picture would leave a page with holes.
IN_EEN_BLADZIJDE: dict[str, str] = {
    "briefing.kaart": "a picture of places",
    "bureau.kaart": "a picture of places",
    "controles.bewijsstuk": "a photo in the page of a visit; its original asks (below)",
    "dossiers.bewijsbeeld": "a photo in the page of a case",
    "locatiefeiten.document_beeld": "a picture of a document in its page; the file itself asks",
    "mensenhandel.bewijs": "a photo in the page of a signal",
    "redactie.blad": "a sheet in the page on which it is made black",
    "veld_delen.tegel": "a picture of the map",
}
# What the browser fetches for the page itself.
VAN_HET_SCHERM = {"text/html", "text/css", "text/javascript", "application/javascript", "text/event-stream"}
# Read by scripts of a page or by the tablet, and never offered to keep. What stands under /api/ is in the OpenAPI
# document, each with its right; beside that only these.
SCRIPTS = {"application/json", "application/geo+json"}
BUITEN_API = {"volledig.stand"}
# On every other page one logs out with one press.
ZONDER_AFMELDEN = {
    "acties.avondbord": "a part of a page, put into one that has the button",
    "checklists.voorbeeld": "an empty checklist in the look of the field app, with links to pages that have the button",
}


# What reading changes besides the audit log, and why (ASVS 3.5.3).
VERANDERT_BIJ_LEZEN = {
    "afgeleide": "the copy for a screen is made when somebody looks for the first time",
    "pakketophaling": "that a tablet took its stops, which the coordinator sees; read, as an audit line is",
    "prioriteitstand": "the scores of today are counted once a day, by who looks first",
}
# Names of fields that a form or link puts in an address (ASVS 14.2.1): filters and pages, no field for a person.
IN_EEN_ADRES = {
    "aan", "aanleiding", "aantal", "adres", "alles", "blad", "bron", "code", "dag", "doe", "door", "formaat",
    "gebied", "gebruiker", "grond", "handeling", "jaar", "kaartadres", "lat", "locatie", "lon", "maand", "midden",
    "naar", "niet_bezocht_maanden", "object_soort", "object_uid", "ontvanger", "origineel", "pagina", "partner",
    "prioriteit", "richting", "rol", "sleutel", "snel", "soort", "sorteer", "stand", "stap", "status", "straal",
    "taal", "toestand", "tot", "traject", "type", "urgentie", "van", "veld", "versie", "vlak", "vorm", "wacht",
    "weergave", "wie", "zoek",
}  # fmt: skip


def _vraagt(podium: Podium, endpoint: str) -> bool:
    toegang = toegang_van(podium.app, endpoint)
    return toegang is not None and toegang.bevestigd


@pytest.mark.timeout(900)
@pytest.mark.parametrize("database", ["spatialite"], indirect=True)
def test_wat_als_bestand_naar_buiten_gaat(podium: Podium, monkeypatch: pytest.MonkeyPatch) -> None:
    zet_tegels_klaar(podium.app, monkeypatch)
    bijlagen, beelden, los, zonder = set[str](), set[str](), set[str](), set[str]()
    gevraagd, toen = set[str](), podium.afdruk(podium.wereld.een)
    for rol in sorted(MENSEN):
        client = podium.bewezen(rol)
        for regel, methode in routes(podium.app):
            recht, wie = RECHT_VAN[regel.endpoint], regel.endpoint
            if methode != "GET" or wie in bijlagen | beelden | los or recht is None or not rol_mag(rol, recht):
                continue
            pad = pad_van(podium.app, regel, waarden_voor(regel, podium.eigen, rol))
            with vraag(client, pad, methode, "") as antwoord:
                soort, aangeboden = antwoord.mimetype, "attachment" in antwoord.headers.get("Content-Disposition", "")
                if antwoord.status_code == 200 and soort == "text/html" and 'action="/afmelden"' not in antwoord.text:
                    zonder.add(wie)
                if antwoord.status_code == 200 and soort == "text/html":
                    gevraagd |= {n for f in formulieren(pad, antwoord.text) if f.methode == "GET" for n in f.velden}
                if antwoord.status_code != 200 or soort in VAN_HET_SCHERM:
                    continue
                if aangeboden or not (soort in SCRIPTS or soort.startswith("image/")):
                    bijlagen.add(wie)
                elif soort in SCRIPTS:
                    los |= set() if pad.startswith("/api/") else {wie}
                else:
                    beelden.add(wie)
    nu = podium.afdruk(podium.wereld.een)
    assert {tabel for tabel, rijen in nu.items() if rijen != toen[tabel]} == set(VERANDERT_BIJ_LEZEN)
    assert gevraagd == IN_EEN_ADRES
    assert zonder == set(ZONDER_AFMELDEN)
    assert len(bijlagen) > 25
    assert {e for e in bijlagen if not _vraagt(podium, e)} == set(ZONDER_VRAAG)
    assert beelden == set(IN_EEN_BLADZIJDE)
    assert {e for e in los if not _vraagt(podium, e)} == BUITEN_API


@pytest.mark.parametrize("database", ["spatialite"], indirect=True)
def test_het_origineel_van_een_foto_vraagt_het(podium: Podium) -> None:
    """One address gives the picture in the page, with faces covered, and the original as it was taken."""
    podium.app.extensions[BEVESTIGING] = vraag_bevestiging
    client, eigen = podium.wereld.client(Rol.JURIST), podium.eigen
    pad = f"/bezoeken/{eigen.bezoek}/bewijs/{eigen.bewijs_sha}"
    assert client.get(pad).mimetype == "image/jpeg"
    gevraagd = client.get(f"{pad}?origineel=1")
    assert gevraagd.status_code == 302
    assert "/account/bevestigen?" in gevraagd.headers["Location"]
    opgehaald = select(func.count()).where(Auditregel.handeling == "origineel_opgehaald")
    assert db.session.scalar(opgehaald) == 0
    bewijs = {"csrf_token": csrf(client), VELD: WACHTWOORD, "volgende": f"{pad}?origineel=1"}
    verder = client.post("/account/bevestigen", data=bewijs)
    with client.get(verder.headers["Location"]) as antwoord:
        assert antwoord.headers["Content-Disposition"].startswith("attachment")
    assert db.session.scalar(opgehaald) == 1
