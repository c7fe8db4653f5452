"""The PDF: standards, tags, language, photos with alternative texts, hashes, the same bytes again."""

import hashlib
import io
import re
from datetime import timedelta

import pikepdf
import pytest
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import select

from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers import operations, voorleggen
from inspecties.dossiers.models import Stuk
from inspecties.gebruikers.gemeenten import gemeente_uid
from tests.integration.dossiers.conftest import TEKSTEN, Zaak, foto, handelingen, schrijf, verstuur
from tests.pdfkeuring import keur_pdf
from tests.tusklant import Tus, jpeg, sha


def _tekst(pdf: bytes) -> str:
    """Text as a reader extracts it, with white space evened out."""
    delen = [pagina.extract_text() for pagina in PdfReader(io.BytesIO(pdf)).pages]
    return re.sub(r"\s+", " ", " ".join(delen))


def _fotos(pdf: bytes) -> list[Image.Image]:
    return [beeld.image for pagina in PdfReader(io.BytesIO(pdf)).pages for beeld in pagina.images if beeld.image]


def _alts(pdf: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [str(o.Alt) for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o]


def test_bevroren_document_voldoet_aan_de_normen_en_is_compleet(zaak: Zaak) -> None:
    uid = zaak.voorgelegd().uid
    antwoord = zaak.wereld.client(Rol.KABINET).get(f"/dossiers/{uid}/document.pdf")
    assert antwoord.content_type == "application/pdf"
    assert "dossier-2026-0001-versie-1.pdf" in antwoord.headers["Content-Disposition"]
    assert antwoord.headers["Cache-Control"] == "no-store"
    pdf = antwoord.get_data()
    assert keur_pdf(pdf) == []
    assert dict(PdfReader(io.BytesIO(pdf)).attachments) == {}
    with pikepdf.open(io.BytesIO(pdf)) as document:
        xmp = document.open_metadata()
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"], xmp["pdfuaid:part"]) == ("2", "A", "1")
        assert document.Root.Lang in ("nl", "nl-NL")
        assert document.Root.MarkInfo.Marked
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert xmp["dc:title"] == "Dossier 2026-0001: Bouw en wonen Kade 1"
    tekst = _tekst(pdf)
    paginas = len(PdfReader(io.BytesIO(pdf)).pages)
    for deel in (
        *TEKSTEN.values(),
        "Gemeente Markerwaard",
        "Inhoud",
        "art. 22 Hvw",
        "Kade Beheer BV",
        "01234567",
        "geteld per kamer",
        "Duidelijk te veel bewoners",
        "Te bevestigen",
        "jurist Markerwaard",
        f"pagina 1 van {paginas}",
        f"pagina {paginas} van {paginas}",
        *zaak.bewijs,
    ):
        assert deel in tekst, deel
    assert "CONCEPT" not in tekst
    assert len(_fotos(pdf)) == 2
    assert _alts(pdf) == ["Foto 1: Bewoners: 12, Kade 1", "Foto 2: Bewoners: 12, Kade 1"]
    assert handelingen()[-1] == "dossierdocument_gelezen"


def test_concept_heeft_een_watermerk_en_noemt_wat_nog_moet(zaak: Zaak) -> None:
    uid = zaak.dossier(partij=False).uid
    antwoord = zaak.wereld.client(Rol.JURIST).get(f"/dossiers/{uid}/document.pdf")
    tekst = _tekst(antwoord.get_data())
    assert "CONCEPT" in tekst
    assert "nog geen belanghebbende" in tekst
    assert "concept.pdf" in antwoord.headers["Content-Disposition"]
    with pikepdf.open(io.BytesIO(antwoord.get_data())) as document:
        assert document.open_metadata()["pdfuaid:part"] == "1"


def test_zelfde_inhoud_geeft_dezelfde_bytes(zaak: Zaak) -> None:
    uid = zaak.dossier().uid
    client = zaak.wereld.client(Rol.JURIST)
    een, twee = (client.get(f"/dossiers/{uid}/document.pdf").get_data() for _ in range(2))
    assert een == twee


def test_bevroren_betekent_bevroren(zaak: Zaak, klok: VasteKlok) -> None:
    uid = zaak.voorgelegd().uid
    jurist = zaak.wereld.client(Rol.JURIST)
    eerste = jurist.get(f"/dossiers/{uid}/document.pdf").get_data()
    stuk = db.session.scalars(select(Stuk)).one()
    assert stuk.sha256 == hashlib.sha256(eerste).hexdigest()
    assert stuk.grootte == len(eerste)
    klok.moment += timedelta(minutes=10)
    verstuur(jurist, f"/dossiers/{uid}/terughalen", reden="Nieuwe feiten")
    assert schrijf(jurist, uid, "samenvatting", "Heel anders").status_code == 302
    assert "Heel anders" in _tekst(jurist.get(f"/dossiers/{uid}/document.pdf").get_data())
    verstuur(jurist, f"/dossiers/{uid}/voorleggen")
    tweede = jurist.get(f"/dossiers/{uid}/document.pdf").get_data()
    assert "Heel anders" in _tekst(tweede)
    assert jurist.get(f"/dossiers/{uid}/document.pdf?versie=1").get_data() == eerste
    assert jurist.get(f"/dossiers/{uid}/document.pdf?versie=2").get_data() == tweede
    for onzin in ("3", "0", "x", ""):
        assert jurist.get(f"/dossiers/{uid}/document.pdf?versie={onzin}").status_code == 404


def test_geschonden_document_wordt_niet_getoond(zaak: Zaak) -> None:
    uid = zaak.voorgelegd().uid
    pad = zaak.opslag.pad(gemeente_uid(db.session(), zaak.jurist), db.session.scalars(select(Stuk.sha256)).one())
    pad.write_bytes(pad.read_bytes() + b" ")
    antwoord = zaak.wereld.client(Rol.JURIST).get(f"/dossiers/{uid}/document.pdf")
    assert antwoord.status_code == 500
    assert antwoord.content_type.startswith("text/html")
    assert "niet meer ongeschonden" in antwoord.get_data(as_text=True)


def test_document_bevat_geen_metagegevens_van_fotos(zaak: Zaak) -> None:
    uid = zaak.dossier().uid
    inhoud = jpeg("plum", maat=(3000, 2000), exif=True)
    zaak.boa.op(
        zaak.bezoek, "bewoners", {"sha256": sha(inhoud), "soort": "image/jpeg", "omvang": len(inhoud)}, "attach"
    )
    zaak.boa.sync()
    assert Tus(zaak.boa.client).stuur(inhoud, zaak.bezoek, vraag_id="bewoners").status_code == 204
    pdf = zaak.wereld.client(Rol.JURIST).get(f"/dossiers/{uid}/document.pdf").get_data()
    assert sha(inhoud) in _tekst(pdf)
    assert len(_fotos(pdf)) == 3
    with pikepdf.open(io.BytesIO(pdf)) as document:
        ruw = b"".join(o.read_raw_bytes() for o in document.objects if isinstance(o, pikepdf.Stream))
    assert b"GEHEIM" not in ruw
    assert max(max(beeld.size) for beeld in _fotos(pdf)) <= 1600


@pytest.mark.parametrize(
    ("tekst", "verwacht"),
    [
        ('#panic("x") #sys.inputs $x$ *vet* @ref <label> \\', '#panic("x") #sys.inputs $x$ *vet* @ref <label> \\'),
        ("Smiley \U0001f600 en \u0000 en العربية", "[U+1F600]"),
        ("Łódź, Győr, Plovdiv Пловдив, €5", "Łódź, Győr, Plovdiv Пловдив, €5"),
        ("a" * 900, "aaaa"),
    ],
)
def test_vreemde_tekst_breekt_het_document_niet(zaak: Zaak, tekst: str, verwacht: str) -> None:
    dossier = zaak.dossier()
    operations.wijzig_tekst(db.session(), zaak.jurist, zaak.wereld.nu, dossier, "feiten", tekst.replace("\u0000", ""))
    operations.voeg_partij_toe(
        db.session(), zaak.jurist, zaak.wereld.nu, dossier, tekst[:100].replace("\u0000", ""), "huurder"
    )
    db.session.commit()
    pdf = zaak.wereld.client(Rol.JURIST).get(f"/dossiers/{dossier.uid}/document.pdf")
    assert pdf.status_code == 200
    assert verwacht.replace(" ", "") in _tekst(pdf.get_data()).replace(" ", "")


def test_veel_fotos(zaak: Zaak) -> None:
    uid = zaak.dossier().uid
    kleuren = [f"rgb({10 * i},{255 - 10 * i},90)" for i in range(12)]
    hashes = [foto(zaak.boa, zaak.bezoek, kleur) for kleur in kleuren]
    pdf = zaak.wereld.client(Rol.JURIST).get(f"/dossiers/{uid}/document.pdf").get_data()
    tekst = _tekst(pdf)
    assert all(h in tekst for h in [*zaak.bewijs, *hashes])
    assert len(_fotos(pdf)) == 14
    assert len(_alts(pdf)) == 14


def test_vooraf_gedrukt_document_geldt_alleen_als_er_niets_is_gewijzigd(zaak: Zaak) -> None:
    dossier, sessie, nu = zaak.dossier(), db.session(), zaak.wereld.nu
    werk = voorleggen.bereid_voor(sessie, zaak.jurist, nu, zaak.opslag, dossier)
    sessie.rollback()
    assert dossier.toestand == "opbouw"
    gedrukt = voorleggen.Gedrukt(werk.hash, werk.druk())
    operations.wijzig_tekst(sessie, zaak.jurist, nu, dossier, "samenvatting", "Intussen gewijzigd")
    sessie.commit()
    stuk = voorleggen.leg_voor(sessie, zaak.jurist, nu, zaak.opslag, dossier, "", gedrukt)
    pdf = voorleggen.lees_stuk(sessie, zaak.jurist, zaak.opslag, stuk)
    assert "Intussen gewijzigd" in _tekst(pdf)
    assert pdf != gedrukt.pdf
    sessie.rollback()
    werk = voorleggen.bereid_voor(sessie, zaak.jurist, nu, zaak.opslag, dossier)
    sessie.rollback()
    gedrukt = voorleggen.Gedrukt(werk.hash, werk.druk())
    stuk = voorleggen.leg_voor(sessie, zaak.jurist, nu, zaak.opslag, dossier, "", gedrukt)
    assert stuk.sha256 == sha(gedrukt.pdf)
