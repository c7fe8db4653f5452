"""What colleagues write for each other stays out of the version for parties: order, file and package."""

import io
import json
import re
import zipfile
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from PIL import Image
from pypdf import PdfReader
from sqlalchemy import select

from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers import bewijsstukken, bibob, redactie
from inspecties.dossiers.models_bewijs import Redactiekopie
from inspecties.dossiers.models_volledig import Volledigdossier
from inspecties.dossiers.rules.bewijs import Stukgegevens
from inspecties.dossiers.rules.inventaris import Bestand, Inventarisstuk, Oordeel, Regel
from inspecties.dossiers.volledig_inventaris import (
    getoond,
    laatste_oordeel,
    lees_genummerd,
    lees_inventaris,
    oordeel,
)
from inspecties.dossiers.volledig_opdracht import Opdrachtgever
from inspecties.dossiers.volledig_taak import Taak
from tests.integration.dossiers import bibobwereld
from tests.integration.dossiers.conftest import Zaak
from tests.locatiewereld import maak_locatie, maak_typen
from tests.wereld import Wereld


def _tekst(pdf: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(p.extract_text() for p in PdfReader(io.BytesIO(pdf)).pages))


def test_wat_voor_collegas_is_geschreven_komt_niet_bij_partijen(zaak: Zaak, tmp_path: Path) -> None:
    dossier, sessie, nu = zaak.dossier(), db.session(), zaak.wereld.nu
    stukken = {}
    for titel in ("Verklaring Bea Buurvrouw", "Verklaring Henk Huurder", "Verslag van het gesprek"):
        gegevens = Stukgegevens("verklaring", titel, "Bea Buurvrouw, nr. 7", nu.date(), tekst=f"{titel} zag het.")
        stukken[titel] = bewijsstukken.voeg_stuk_toe(sessie, zaak.jurist, nu, zaak.opslag, dossier, gegevens, set())
    af, achter, ruim = stukken.values()
    redactie.lak_tekst(
        sessie, zaak.jurist, nu, dossier, redactie.bron_van(af), {}, {"Bea Buurvrouw": "persoon"}, gezien=0
    )
    reden = "De melder is Bea Buurvrouw."
    redactie.oordeel(sessie, zaak.jurist, nu, dossier, redactie.bron_van(achter), "niet", reden, gezien=0)
    redactie.oordeel(sessie, zaak.jurist, nu, dossier, redactie.bron_van(ruim), "geheel", "", gezien=0)
    bewijsstukken.trek_in(sessie, zaak.jurist, nu, ruim, "Bea Buurvrouw wil het niet meer.", versie=ruim.versie)
    # The proof of service is a photo; its metadata says who made it.
    exif = Image.Exif()
    exif[0x010F] = "Bea Buurvrouw"
    beeld = io.BytesIO()
    Image.new("RGB", (400, 300), "green").save(beeld, "JPEG", exif=exif)
    foto_sha = zaak.opslag.schrijf(zaak.wereld.een.gemeente.uid, beeld.getvalue())
    bewijs = Inventarisstuk(
        "kennisgeving:x", "Bewijs van bezorging", "Bezorging van 'Besluit'", nu, upload=True,
        bestand=Bestand(foto_sha, "bea.jpg", "image/jpeg", 0), noot="Bea Buurvrouw tekende",
    )  # fmt: skip
    _later = Inventarisstuk("advies:x", "Advies", "Advies van de politie", nu, herkomst="Bea Buurvrouw")
    losse = [
        Regel(stuk, nr, Oordeel("mag", gegeven=True, inhoud_hash=stuk.inhoud_hash))
        for nr, stuk in ((90, bewijs), (91, _later))
    ]
    rij = Volledigdossier(
        gemeente_id=dossier.gemeente_id, dossier_id=dossier.id, uitvoering="partijen", begonnen_op=nu, gezien_op=nu,
        uid=uuid4(),
    )  # fmt: skip
    regels = [r for r in lees_genummerd(sessie, zaak.jurist, nu, dossier) if r.stuk.sleutel.startswith("bronstuk:")]
    gever = Opdrachtgever(sessie, zaak.jurist, nu, zaak.opslag, dossier)
    # What has to be drawn is drawn before the order is written, one by one.
    for regel in regels:
        gever.teken(regel)
    getekend = sessie.scalars(select(Redactiekopie.redactie_id)).all()
    opdracht = gever.stel_op([*regels, *losse], rij, tmp_path)
    assert sessie.scalars(select(Redactiekopie.redactie_id)).all() == getekend
    assert len(getekend) == 1
    sessie.rollback()
    assert len(regels) == 3
    assert "Buurvrouw" not in json.dumps(opdracht)
    titels = {s["titel"]: s["herkomst"] for s in opdracht["stukken"]}
    assert titels == {
        "Verklaring": "Niet vermeld",
        "Verslag van het gesprek": "Niet vermeld",
        "Bezorging van 'Besluit'": "Gemeente",
        "Advies van de politie": "Niet vermeld",
    }
    assert [n["reden"] for n in opdracht["niet"]] == ["Alleen voor de rechter (artikel 8:29 Awb)"]
    # What is made of it shows the photo, without what is behind it.
    werk = tmp_path / "werk"
    werk.mkdir()
    Taak(opdracht, werk).maak()
    with zipfile.ZipFile(opdracht["zip"]) as pakket:
        los = pakket.read(next(n for n in pakket.namelist() if n.startswith("stukken/090")))
        assert "Buurvrouw" not in pakket.read("manifest.json").decode()
        assert foto_sha not in pakket.read("manifest.json").decode()
    for inhoud in (los, Path(opdracht["pdf"]).read_bytes()):
        beelden = [b.data for blad in PdfReader(io.BytesIO(inhoud)).pages for b in blad.images]
        assert [Image.open(io.BytesIO(b)).size for b in beelden] == [(400, 300)]
        assert b"Buurvrouw" not in beelden[0]
        assert "Buurvrouw" not in _tekst(inhoud)


def test_bibob_staat_met_namen_in_het_eigen_dossier_en_de_tip_niet_bij_partijen(wereld: Wereld) -> None:
    jurist, nu, sessie = wereld.een.actoren[Rol.JURIST], wereld.nu, db.session()
    maak_typen(wereld.een)
    plek = maak_locatie(wereld.een, nu, "Salon")
    aanvang = bibob.Aanvang(
        "aanvraag", "seksinrichting", "Zaak 118", nu.date() - timedelta(days=20), waarom_toch="Uitleg Zaak 118",
        om_tip="Tip over de geldstroom", om_tip_datum=nu.date(),
    )  # fmt: skip
    dossier = bibob.begin_bibob(sessie, jurist, nu, plek, aanvang, "Onderzoek Zaak 118")
    sessie.commit()
    bibobwereld.tot_formulier(jurist, nu, dossier)
    bibob.voeg_relatie_toe(sessie, jurist, nu, dossier, "Vof De Schakel", "vermogen", "Leende de inleg", "01234567")
    sessie.commit()
    regels = [r for r in lees_genummerd(sessie, jurist, nu, dossier) if r.stuk.soort == "Bibob-onderzoek"]
    stukken = [r.stuk for r in regels]
    # Nobody of the parties reads them, unless a jurist says so of one piece.
    assert len(regels) == 3
    assert {r.oordeel.keuze for r in regels} == {"geheim"}
    eerste, gezien = regels[0], laatste_oordeel(sessie, jurist, dossier)
    sleutel, inhoud = eerste.stuk.sleutel, getoond(eerste, None)
    oordeel(sessie, jurist, nu, dossier, sleutel, "mag", "", gezien=gezien, inhoud=inhoud)
    sessie.commit()
    na = {r.stuk.sleutel: r.oordeel.keuze for r in lees_inventaris(sessie, jurist, dossier)}
    assert [na[r.stuk.sleutel] for r in regels] == ["mag", "geheim", "geheim"]
    vol, partijen = (
        json.dumps([b for s in stukken for b in blokken(s)], ensure_ascii=False)
        for blokken in (lambda s: s.inhoud, lambda s: s.inhoud_partijen)
    )
    for deel in ("Aanvraag van een vergunning", "Handelsregister (KvK)", "Vof De Schakel", "Verschaft vermogen"):
        assert deel in vol
        assert deel in partijen
    assert "Tip over de geldstroom" in vol
    assert "geldstroom" not in partijen
    assert "Uitleg Zaak 118" not in partijen
