"""Evidence besides photos: added, concluded from, covered for parties so that nothing is under it, and its chain."""

import hashlib
import html
import io
import json
import re
import tempfile
from pathlib import Path

import pypdf
import pytest
import typst
from PIL import Image

from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers import bewijs_views, bewijsblad, operations, redactie, toetsen, voorleggen
from inspecties.dossiers.bewijsstukken import voeg_stuk_toe
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_bewijs import Bronstuk
from inspecties.dossiers.rules.bewijs import Stukgegevens
from inspecties.dossiers.rules.gevolgen import instrumenten
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
    # Nothing was kept of it, as the message says.
    assert not zaak.opslag.pad(zaak.wereld.een.gemeente.uid, hashlib.sha256(pdf).hexdigest()).exists()
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
    assert "Partijen krijgen het hele stuk" in client.get(f"{pad}/stuk/{c1.uid}").get_data(as_text=True)
    assert verstuur(client, wijzig, **conclusie | {"tekst": "Dertien.", "versie": "1"}).status_code == 302
    botst = verstuur(client, wijzig, **conclusie | {"tekst": "Veertien.", "versie": "1"})
    assert botst.status_code == 409
    assert all(woord in botst.get_data(as_text=True) for woord in ("Dertien.", "Veertien."))
    # What was rewritten was never judged: parties do not get it until somebody looks again.
    assert "Nog niet beoordeeld voor partijen" in client.get(f"{pad}/stuk/{c1.uid}").get_data(as_text=True)
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


def test_het_origineel_is_er_alleen_heel_en_voor_wie_het_mag(zaak: Zaak) -> None:
    dossier, client = zaak.dossier(), zaak.wereld.client(Rol.JURIST)
    buf = io.BytesIO()
    Image.effect_noise((400, 300), 60).convert("RGB").save(buf, "JPEG", exif=_exif("Geheime plek"))
    scan = buf.getvalue()
    assert _nieuw(zaak, dossier, bestand=(io.BytesIO(scan), "scan.jpg"))[0] == 302
    assert _nieuw(zaak, dossier, titel="Twee", bestand=(io.BytesIO(maak_pdf()), "twee.pdf"))[0] == 302
    een, twee = _stuk(dossier, "W1"), _stuk(dossier, "W2")
    pad = f"/dossiers/{dossier.uid}/bewijs/stuk"
    assert client.get(f"{pad}/{een.uid}/bestand").get_data() == scan
    # 'The whole piece' is every page, and nothing that the file holds besides.
    for stuk in (een, twee):
        assert verstuur(client, f"{pad}/{stuk.uid}/partijen", oordeel="geheel", gezien="0").status_code == 302
        kopie = client.get(f"{pad}/{stuk.uid}/partijen/kopie.pdf").get_data()
        lezer = pypdf.PdfReader(io.BytesIO(kopie))
        assert sum(len(blad.images) for blad in lezer.pages) == (1 if stuk is een else 2)
        alles = "".join(blad.extract_text() for blad in lezer.pages) + str(lezer.metadata)
        beelden = b"".join(b.data for blad in lezer.pages for b in blad.images)
        assert GEHEIM not in alles
        assert b"Geheime plek" not in kopie + beelden
    voorleggen.leg_voor(db.session(), zaak.jurist, zaak.wereld.nu, zaak.opslag, db.session.get_one(Dossier, dossier.id))
    db.session.commit()
    # The cabinet reads what parties get; the original is for who covers.
    kabinet = zaak.wereld.client(Rol.KABINET)
    assert "Origineel ophalen" not in kabinet.get(f"{pad}/{een.uid}").get_data(as_text=True)
    assert kabinet.get(f"{pad}/{een.uid}/bestand").status_code == 403
    assert kabinet.get(f"{pad}/{een.uid}/partijen/kopie.pdf").status_code == 200
    # A damaged original never goes out as evidence, and a page about a damaged piece still opens.
    for stuk in (een, twee):
        bestand = zaak.opslag.pad(zaak.wereld.een.gemeente.uid, stuk.sha256)
        bestand.chmod(0o600)
        bestand.write_bytes(b"kapot")
        antwoord = client.get(f"{pad}/{stuk.uid}/bestand")
        assert antwoord.status_code == 500
        assert "niet meer ongeschonden" in antwoord.get_data(as_text=True)
        assert client.get(f"{pad}/{stuk.uid}/partijen").status_code == 200
        bestand.unlink()
        assert client.get(f"{pad}/{stuk.uid}/partijen").status_code == 200


def _exif(tekst: str) -> Image.Exif:
    exif = Image.Exif()
    exif[0x010E] = tekst  # ImageDescription
    return exif


def test_een_kapot_bestand_wordt_geen_kopie(zaak: Zaak, dossier: Dossier) -> None:
    client = zaak.wereld.client(Rol.JURIST)
    assert _nieuw(zaak, dossier, bestand=(io.BytesIO(maak_pdf()), "rapport.pdf"))[0] == 302
    rij = _stuk(dossier, "W1")
    pad = f"/dossiers/{dossier.uid}/bewijs/stuk/{rij.uid}"
    assert verstuur(client, f"{pad}/partijen", oordeel="geheel", gezien="0").status_code == 302
    bestand = zaak.opslag.pad(zaak.wereld.een.gemeente.uid, rij.sha256)
    bestand.chmod(0o600)
    for inhoud in (b"%PDF-1.7 kapot", None):
        bestand.unlink() if inhoud is None else bestand.write_bytes(inhoud)
        antwoord = client.get(f"{pad}/partijen/kopie.pdf")
        assert "niet meer ongeschonden" in antwoord.get_data(as_text=True)
        vlak = json.dumps([{"x": 0.1, "y": 0.1, "b": 0.2, "h": 0.1, "vorm": "rechthoek"}])
        lak = verstuur(client, f"{pad}/partijen/blad", blad="1", grond="persoon", vlakken=vlak, gezien="1")
        assert lak.status_code == 422
        assert "Dit bestand staat niet meer" in lak.get_data(as_text=True) or "beschadigd" in lak.get_data(as_text=True)


def test_wat_gekozen_of_getekend_was_gaat_niet_verloren(zaak: Zaak, dossier: Dossier) -> None:
    client, tekst = zaak.wereld.client(Rol.JURIST), f"Ik zag {GEHEIM}. Piet was er ook. Dat was om tien uur."
    assert _nieuw(zaak, dossier, soort="verklaring", titel="Buur", tekst=tekst)[0] == 302
    assert _nieuw(zaak, dossier, bestand=(io.BytesIO(maak_pdf()), "rapport.pdf"))[0] == 302
    pad = f"/dossiers/{dossier.uid}/bewijs/stuk/{_stuk(dossier, 'V1').uid}/partijen"

    def gekozen(pagina: str) -> set[str]:
        keuzen = re.findall(r'<select id="(zin-\d+)".*?</select>', pagina, re.DOTALL)
        blokken = re.findall(r'<select id="zin-\d+".*?</select>', pagina, re.DOTALL)
        return {k for k, blok in zip(keuzen, blokken, strict=True) if " selected" in blok}

    # One name that is misspelt: every choice stays.
    fout = verstuur(client, f"{pad}/tekst", **{"zin-1": "persoon", "woorden-persoon": "Ana Geheimnaam", "gezien": "0"})
    pagina = fout.get_data(as_text=True)
    assert (fout.status_code, gekozen(pagina), "Ana Geheimnaam" in pagina) == (422, {"zin-1"}, True)
    dubbel = {"woorden-persoon": "Piet", "woorden-bron": "piet", "gezien": "0"}
    antwoord = verstuur(client, f"{pad}/tekst", **dubbel)
    assert (antwoord.status_code, "staat bij twee gronden" in antwoord.get_data(as_text=True)) == (422, True)
    # A colleague was ahead: theirs and mine stand there together, so that nothing comes bare.
    assert verstuur(client, f"{pad}/tekst", **{"zin-0": "persoon", "gezien": "0"}).status_code == 302
    botst = verstuur(client, f"{pad}/tekst", **{"zin-2": "werkwijze", "woorden-persoon": "Piet", "gezien": "0"})
    pagina = botst.get_data(as_text=True)
    assert (botst.status_code, gekozen(pagina)) == (409, {"zin-0", "zin-2"})
    assert ">Piet</textarea>" in pagina

    blad = f"/dossiers/{dossier.uid}/bewijs/stuk/{_stuk(dossier, 'W1').uid}/partijen/blad"
    een, twee = ({"x": x, "y": 0.1, "b": 0.2, "h": 0.1, "vorm": "rechthoek"} for x in (0.1, 0.5))
    assert verstuur(client, blad, blad="1", grond="persoon", vlakken=json.dumps([een]), gezien="0").status_code == 302
    laat = verstuur(client, blad, blad="1", grond="persoon", vlakken=json.dumps([twee]), gezien="0")
    gevonden = re.search(r'name="vlakken" value="([^"]*)"', laat.get_data(as_text=True))
    assert gevonden is not None
    assert {v["x"] for v in json.loads(html.unescape(gevonden[1]))} == {0.1, 0.5}


def test_waar_de_juridische_toets_op_rust_gaat_niet_weg(zaak: Zaak) -> None:
    sessie, nu, jurist = db.session(), zaak.wereld.nu, zaak.jurist
    plek = zaak.dossier(teksten=False, partij=False).locaties
    grond = instrumenten()["victoria"].grondslag
    dossier = operations.maak_dossier(sessie, jurist, nu, "sluiting", grond, "Sluiting Kade", plek)
    gegevens = Stukgegevens("verklaring", "Buur", "Bewoner", lokale_datum(nu), tekst="Ik zag vechten.")
    stuk = voeg_stuk_toe(sessie, jurist, nu, zaak.opslag, dossier, gegevens, set())
    eis = toetsen.toetsen()["victoria"].eisen[0]
    deel = toetsen.Ingezonden(tekst="Drie incidenten.", bewijs=(str(stuk.uid),))
    toetsen.vul_in(sessie, jurist, nu, dossier, {eis.code: deel}, {str(stuk.uid)})
    sessie.commit()
    client, pad = zaak.wereld.client(Rol.JURIST), f"/dossiers/{dossier.uid}/bewijs/stuk/{stuk.uid}"
    weg = verstuur(client, f"{pad}/intrekken", versie="1", reden="Verkeerd stuk")
    assert weg.status_code == 422
    assert f"bij '{eis.titel}'" in html.unescape(weg.get_data(as_text=True))
    toetsen.vul_in(sessie, jurist, nu, dossier, {eis.code: toetsen.Ingezonden(tekst="Drie incidenten.")}, set())
    sessie.commit()
    assert verstuur(client, f"{pad}/intrekken", versie="1", reden="Verkeerd stuk").status_code == 302


def test_wie_typte_toen_het_dossier_werd_voorgelegd_houdt_zijn_woorden(zaak: Zaak) -> None:
    dossier, client = zaak.voorgelegd(), zaak.wereld.client(Rol.JURIST)
    status, pagina = _nieuw(zaak, dossier, soort="verklaring", titel="Buur", tekst="Mijn lange verklaring.")
    assert (status, "Mijn lange verklaring." in pagina) == (409, True)
    antwoord = verstuur(client, f"/dossiers/{dossier.uid}/bewijs/conclusie", titel="C", tekst="Mijn lange conclusie.")
    assert antwoord.status_code in {409, 422}
    assert "Mijn lange conclusie." in antwoord.get_data(as_text=True)
    assert client.get(f"/dossiers/{dossier.uid}/bewijs/nieuw").status_code == 409


def test_veel_fotos_staan_op_bladen(zaak: Zaak, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bewijsblad, "PER_BLAD", 1)
    monkeypatch.setattr(bewijs_views, "PER_BLAD", 1)
    dossier = zaak.dossier()
    client, pad = zaak.wereld.client(Rol.JURIST), f"/dossiers/{dossier.uid}/bewijs"
    een = client.get(pad).get_data(as_text=True)
    assert "Blad 1 van 2" in een
    volgende = re.search(r'rel="next" href="([^"]+)"', een)
    assert volgende is not None
    twee = client.get(html.unescape(volgende[1])).get_data(as_text=True)
    op_een, op_twee = (re.findall(r'id="stuk-([0-9a-f-]+)"', pagina) for pagina in (een, twee))
    assert (len(op_een), len(op_twee), op_een == op_twee) == (1, 1, False)
    # What is moved is shown where it went to; a page that does not exist gives the nearest.
    naar = verstuur(client, f"{pad}/stuk/{op_een[0]}/plaats", richting="neer").location
    assert f'id="stuk-{op_een[0]}"' in client.get(naar).get_data(as_text=True)
    assert "Blad 2 van 2" in client.get(f"{pad}?waarneming=99").get_data(as_text=True)


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
