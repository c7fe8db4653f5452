"""Evidence besides photos: added, concluded from, covered for parties so that nothing is under it, and its chain."""

import io
import json
import re
import tempfile
from pathlib import Path

import pypdf
import pytest
import typst
from PIL import Image

from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers import redactie
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_bewijs import Bronstuk
from tests.integration.dossiers.conftest import Zaak, handelingen, verstuur
from tests.wereld import csrf

GEHEIM = "Anna Geheimnaam"
BRON = f"""#set page(width: 20cm, height: 20cm, margin: 0pt)
#set document(title: "{GEHEIM}")
#place(top + left, dx: 2cm, dy: 2cm, text(size: 30pt)[{GEHEIM}])
#place(top + left, dx: 2cm, dy: 12cm, text(size: 30pt)[Twaalf bedden])
#pagebreak()
#place(top + left, dx: 2cm, dy: 2cm, text(size: 30pt)[Tweede blad])
"""


def maak_pdf() -> bytes:
    """Two pages; a name on top of the first and in the metadata."""
    with tempfile.TemporaryDirectory() as naam:
        bron = Path(naam) / "bron.typ"
        bron.write_text(BRON)
        uit: bytes = typst.compile(str(bron), ignore_system_fonts=True)
    return uit


@pytest.fixture
def dossier(zaak: Zaak) -> Dossier:
    return zaak.dossier()


def _nieuw(zaak: Zaak, dossier: Dossier, **velden: object) -> tuple[int, str]:
    client = zaak.wereld.client(Rol.JURIST)
    basis = {"soort": "rapportage", "titel": "Incidenten voor de deur", "van": "Politie, dienstnummer 81234",
             "dagtekening": "2026-11-01", "eed": "ambtseed"}  # fmt: skip
    antwoord = verstuur(client, f"/dossiers/{dossier.uid}/bewijs/nieuw", **(basis | velden))  # type: ignore[arg-type]  # files besides text
    return antwoord.status_code, antwoord.get_data(as_text=True)


def _stuk(dossier: Dossier, merk: str) -> Bronstuk:
    db.session.rollback()
    rijen = db.session.query(Bronstuk).filter(Bronstuk.dossier_id == dossier.id).all()
    return next(r for r in rijen if r.merk == merk)


def test_weggelakt_is_weg_uit_het_bestand(zaak: Zaak, dossier: Dossier) -> None:
    client, pdf = zaak.wereld.client(Rol.JURIST), maak_pdf()
    status, pagina = _nieuw(zaak, dossier, bestand=(io.BytesIO(pdf), "rapport.pdf"), hash_afzender="0" * 64)
    assert status in {400, 422}
    assert "Dat is niet wat de afzender opgaf" in pagina
    assert _nieuw(zaak, dossier, bestand=(io.BytesIO(pdf), "rapport.pdf"))[0] == 302
    rij = _stuk(dossier, "W1")
    pad = f"/dossiers/{dossier.uid}/bewijs/stuk/{rij.uid}"
    vlak = {"x": 0.05, "y": 0.08, "b": 0.9, "h": 0.15, "vorm": "rechthoek"}
    velden = {"blad": "1", "grond": "persoon", "vlakken": json.dumps([vlak])}
    assert verstuur(client, f"{pad}/partijen/blad", **velden, gezien="0").status_code == 302
    # Who had the page open from before does not undo it, and hears so.
    laat = verstuur(client, f"{pad}/partijen/blad", **(velden | {"vlakken": "[]"}), gezien="0")
    assert (laat.status_code, "Een collega wijzigde" in laat.get_data(as_text=True)) == (409, True)
    kopie = client.get(f"{pad}/partijen/kopie.pdf").get_data()
    lezer = pypdf.PdfReader(io.BytesIO(kopie))
    tekst = "".join(blad.extract_text() for blad in lezer.pages) + str(lezer.metadata)
    assert GEHEIM not in tekst
    assert "bedden" not in tekst  # no layer of text at all of what was covered
    assert GEHEIM.encode() not in kopie
    beelden = [Image.open(io.BytesIO(b.data)) for blad in lezer.pages for b in blad.images]
    assert len(beelden) == 2
    breed, hoog = beelden[0].size
    bedekt = beelden[0].convert("L").crop((int(breed * 0.06), int(hoog * 0.09), int(breed * 0.94), int(hoog * 0.22)))
    assert bedekt.getextrema()[1] < 16
    # The rest is as it was, and so is the original.
    assert beelden[0].convert("L").crop((0, int(hoog * 0.55), breed, int(hoog * 0.75))).getextrema()[0] < 80
    assert client.get(f"{pad}/bestand").get_data() == pdf
    keten = client.get(pad).get_data(as_text=True)
    for zin in ("Ontvangen als bestand", "Kopie voor partijen gemaakt", "Voor partijen beoordeeld (versie 1)"):
        assert zin in keten
    assert "redactie_gemaakt" in handelingen()


def test_getypte_verklaring_conclusie_en_hash(zaak: Zaak, dossier: Dossier) -> None:
    client = zaak.wereld.client(Rol.JURIST)
    tekst = f"Ik zag {GEHEIM} binnenkomen. Er lagen twaalf matrassen. Dat was om tien uur."
    assert _nieuw(zaak, dossier, soort="verklaring", titel="Buur", tekst=tekst)[0] == 302
    rij = _stuk(dossier, "V1")
    pad = f"/dossiers/{dossier.uid}/bewijs"
    assert redactie.kopie_voor_partijen(db.session(), zaak.jurist, zaak.wereld.nu, zaak.opslag, dossier, rij) is None
    lak = {"zin-2": "werkwijze", "woorden-persoon": GEHEIM, "gezien": "0"}
    assert verstuur(client, f"{pad}/stuk/{rij.uid}/partijen/tekst", **lak).status_code == 302
    kopie = client.get(f"{pad}/stuk/{rij.uid}/partijen/kopie.pdf").get_data()
    gelezen = " ".join("".join(b.extract_text() for b in pypdf.PdfReader(io.BytesIO(kopie)).pages).split())
    assert "Ik zag [persoonsgegeven weggelakt] binnenkomen. Er lagen twaalf matrassen." in gelezen
    assert "tien uur" not in gelezen
    conclusie = {"titel": "Er woonden twaalf mensen", "tekst": "Twaalf matrassen.", "rust_op": str(rij.uid)}
    assert verstuur(client, f"{pad}/conclusie", **(conclusie | {"rust_op": ""})).status_code == 422
    assert verstuur(client, f"{pad}/conclusie", **conclusie).status_code == 302
    c1 = _stuk(dossier, "C1")
    wijzig = f"{pad}/stuk/{c1.uid}/wijzigen"
    assert verstuur(client, f"{pad}/stuk/{c1.uid}/partijen", oordeel="geheel", gezien="0").status_code == 302
    assert redactie.heeft_beoordeling(db.session(), zaak.jurist, dossier, c1)
    assert verstuur(client, wijzig, **conclusie | {"tekst": "Dertien.", "versie": "1"}).status_code == 302
    botst = verstuur(client, wijzig, **conclusie | {"tekst": "Veertien.", "versie": "1"})
    assert botst.status_code == 409
    assert all(woord in botst.get_data(as_text=True) for woord in ("Dertien.", "Veertien."))
    # What was rewritten was never judged: parties do not get it until somebody looks again.
    assert not redactie.heeft_beoordeling(db.session(), zaak.jurist, dossier, _stuk(dossier, "C1"))
    # What a conclusion rests on does not go away under it.
    weg = verstuur(client, f"{pad}/stuk/{rij.uid}/intrekken", versie="1", reden="Verkeerd stuk")
    assert (weg.status_code, "rust conclusie C1" in weg.get_data(as_text=True)) == (422, True)
    # A byte changed on the disk is found, and stands in the chain.
    assert client.get(pad).status_code == 200
    foto = re.search(
        rf'/dossiers/{dossier.uid}/bewijs/stuk/([0-9a-f-]+)">Nr. 1', client.get(pad).get_data(as_text=True)
    )
    assert foto is not None
    bestand = zaak.opslag.pad(zaak.wereld.een.gemeente.uid, zaak.bewijs[0])
    oud = bestand.read_bytes()
    bestand.chmod(0o600)
    bestand.write_bytes(oud + b"x")
    antwoord = client.post(
        f"{pad}/controleren", data={"stuk": foto[1], "csrf_token": csrf(client)}, follow_redirects=True
    )
    assert "NIET ongeschonden" in antwoord.get_data(as_text=True)
    bestand.write_bytes(oud)


def test_nummers_blijven_na_voorleggen(zaak: Zaak) -> None:
    dossier = zaak.dossier()
    client, pad = zaak.wereld.client(Rol.JURIST), f"/dossiers/{dossier.uid}/bewijs"
    volgorde = re.findall(r'id="stuk-([0-9a-f-]+)"', client.get(pad).get_data(as_text=True))
    assert len(volgorde) == 2
    assert verstuur(client, f"{pad}/stuk/{volgorde[1]}/plaats", richting="op").status_code == 302
    assert re.findall(r'id="stuk-([0-9a-f-]+)"', client.get(pad).get_data(as_text=True)) == volgorde[::-1]
    assert verstuur(client, f"/dossiers/{dossier.uid}/voorleggen", toelichting="").status_code == 302
    assert verstuur(client, f"/dossiers/{dossier.uid}/terughalen", reden="Er komt nog een foto bij").status_code == 302
    vast = verstuur(client, f"{pad}/stuk/{volgorde[0]}/plaats", richting="op")
    assert vast.status_code == 409
    assert re.findall(r'id="stuk-([0-9a-f-]+)"', client.get(pad).get_data(as_text=True)) == volgorde[::-1]
