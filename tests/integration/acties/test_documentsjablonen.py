"""A gemeente's own text of machtiging and verslag: checked, in use from a day, and what was issued never changes."""

import io
import re
from collections.abc import Callable
from typing import Any

import pypdf
from docx import Document
from sqlalchemy import select

from inspecties.acties.models import Stop
from inspecties.acties.models_documenten import Machtigingsjabloon, Verslagsjabloon
from inspecties.acties.models_machtiging import Machtiging
from inspecties.acties.models_verslag import Verslag
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import Rol
from inspecties.database import db
from tests.integration.acties import test_machtigingen as machtigingen
from tests.integration.acties import test_verslagen as verslagen
from tests.integration.acties.conftest import Buurt
from tests.wereld import Kring, csrf

binnen = verslagen.binnen
ZIN = "De burgemeester houdt een afschrift."


def _pdf(inhoud: bytes) -> str:
    return " ".join(" ".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(inhoud)).pages).split())


def _lees(buurt: Buurt, rol: Rol, pad: str, kring: Kring | None = None) -> Any:
    antwoord = buurt.wereld.client(rol, kring).get(pad)
    db.session.rollback()
    return antwoord


def _met(buurt: Buurt, soort: str, wijzig: Callable[[Any], None]) -> bytes:
    """The default text as a Word file, worked on."""
    document = Document(io.BytesIO(_lees(buurt, Rol.JURIST, f"/sjablonen/{soort}/word").data))
    wijzig(document)
    uit = io.BytesIO()
    document.save(uit)
    return uit.getvalue()


def _lees_in(buurt: Buurt, soort: str, inhoud: bytes) -> Any:
    client = buurt.wereld.client(Rol.JURIST)
    velden = {"bestand": (io.BytesIO(inhoud), "huisstijl.docx"), "toelichting": "Afschrift erbij"}
    antwoord = client.post(f"/sjablonen/{soort}", data=velden | {"csrf_token": csrf(client)})
    db.session.rollback()
    return antwoord


def _kies(buurt: Buurt, soort: str, versie: str = "") -> None:
    client = buurt.wereld.client(Rol.JURIST)
    pagina = client.get(f"/sjablonen/{soort}").get_data(as_text=True)
    gevonden = re.search(r'<option value="([0-9a-f-]{36})"', pagina)
    assert gevonden is not None
    data = {"versie": versie or gevonden[1], "vanaf": str(lokale_datum(buurt.wereld.nu)), "reden": "Vastgesteld"}
    assert client.post(f"/sjablonen/{soort}/keuze", data=data | {"csrf_token": csrf(client)}).status_code == 302
    db.session.rollback()


def _neem_in_gebruik(buurt: Buurt, soort: str) -> None:
    inhoud = _met(buurt, soort, lambda d: d.add_paragraph(ZIN))
    assert _lees_in(buurt, soort, inhoud).status_code == 302
    _kies(buurt, soort)


def test_een_eigen_machtiging_geldt_voor_de_volgende_en_nooit_voor_wat_er_is(buurt: Buurt) -> None:
    actie = machtigingen.begin(buurt)
    machtigingen.vraag(buurt, actie)
    machtigingen.doe(buurt, Rol.COORDINATOR, "aanbieden")
    eerste = db.session.query(Machtiging).one().uid
    _neem_in_gebruik(buurt, "machtiging")
    # It was offered with the default text: that is what the mayor read, and what is signed.
    assert ZIN not in _pdf(_lees(buurt, Rol.KABINET, f"/machtigingen/{eerste}/document").data)
    assert machtigingen.doe(buurt, Rol.KABINET, "ondertekenen").status_code == 302
    getekend = _lees(buurt, Rol.KABINET, f"/machtigingen/{eerste}/document").data
    assert ZIN not in _pdf(getekend)
    assert "ondertekend namens Burgemeester M. de Wit" in _pdf(getekend)
    # The next one follows what is in use; a draft too, with a line to sign on.
    machtigingen.doe(buurt, Rol.COORDINATOR, "intrekken", reden="Het plan is veranderd.")
    machtigingen.vraag(buurt, actie)
    tweede = db.session.query(Machtiging).order_by(Machtiging.id.desc()).first().uid
    concept = _pdf(_lees(buurt, Rol.COORDINATOR, f"/machtigingen/{tweede}/document").data)
    assert ZIN in concept
    assert "ondertekend namens" not in concept
    assert "nog in te vullen" not in concept
    machtigingen.doe(buurt, Rol.COORDINATOR, "aanbieden")
    _kies(buurt, "machtiging", "standaard")
    machtigingen.doe(buurt, Rol.KABINET, "ondertekenen")
    assert ZIN in _pdf(_lees(buurt, Rol.KABINET, f"/machtigingen/{tweede}/document").data)
    assert "Eigen tekst, versie 1: Afschrift erbij" in _lees(buurt, Rol.KABINET, f"/machtigingen/{tweede}").text
    assert _lees(buurt, Rol.KABINET, f"/machtigingen/{eerste}/document").data == getekend
    assert "De standaardtekst" in _lees(buurt, Rol.KABINET, f"/machtigingen/{eerste}").text
    rijen = db.session.scalars(select(Machtigingsjabloon).order_by(Machtigingsjabloon.id)).all()
    assert [(r.daad, r.versie and r.versie.volgnummer) for r in rijen] == [
        ("aangeboden", None), ("ondertekend", None), ("aangeboden", 1), ("ondertekend", 1)
    ]  # fmt: skip
    assert rijen[0].tekst_hash == rijen[1].tekst_hash != rijen[2].tekst_hash == rijen[3].tekst_hash


def test_wat_teruggaat_volgt_weer_wat_er_in_gebruik_is(buurt: Buurt) -> None:
    actie = machtigingen.begin(buurt)
    machtigingen.vraag(buurt, actie)
    machtigingen.doe(buurt, Rol.COORDINATOR, "aanbieden")
    _neem_in_gebruik(buurt, "machtiging")
    machtigingen.doe(buurt, Rol.KABINET, "teruggeven", reden="Met het nieuwe sjabloon graag.")
    pad = f"/machtigingen/{db.session.query(Machtiging).one().uid}/document"
    assert ZIN in _pdf(_lees(buurt, Rol.COORDINATOR, pad).data)
    machtigingen.doe(buurt, Rol.COORDINATOR, "aanbieden")
    machtigingen.doe(buurt, Rol.KABINET, "ondertekenen")
    assert ZIN in _pdf(_lees(buurt, Rol.KABINET, pad).data)


def test_een_verkeerd_sjabloon_wordt_geweigerd_met_wat_eraan_mankeert(buurt: Buurt) -> None:
    def vervang(document: Any, oud: str, nieuw: str) -> None:
        alinea = next(p for p in document.paragraphs if oud in p.text)
        alinea.text = alinea.text.replace(oud, nieuw)

    def fout(oud: str, nieuw: str) -> str:
        antwoord = _lees_in(buurt, "machtiging", _met(buurt, "machtiging", lambda d: vervang(d, oud, nieuw)))
        assert antwoord.status_code == 422
        tekst: str = antwoord.get_data(as_text=True).replace("&#39;", "'")
        return tekst

    melding = fout("{{ grondslag }}", "de wet")
    assert "Het veld 'grondslag' (wettelijke bepaling die het binnentreden toestaat (art. 6)) ontbreekt." in melding
    assert "Er is niets bewaard" in melding
    assert "'handtekening'" in fout("{{ handtekening }}", "{% if handtekening %}{{ handtekening }}{% endif %}")
    assert "Bedoelt u 'woningen'?" in fout("{{ woningen }}", "{{ woning }}")
    assert "hoort niet in dit document" in fout("{{ doel }}", "{{ doel }}, {{ verricht }}")
    assert "Er is nog geen eigen sjabloon." in _lees(buurt, Rol.JURIST, "/sjablonen/machtiging").text


def test_een_eigen_verslag_ligt_vast_en_de_andere_gemeente_ziet_er_niets_van(buurt: Buurt, binnen: Stop) -> None:
    _neem_in_gebruik(buurt, "verslag_binnentreden")
    verslagen.maak(buurt, binnen)
    pad = f"/verslagen/{verslagen.laatste().uid}"
    concept = _pdf(_lees(buurt, Rol.INSPECTEUR, f"{pad}/document").data)
    assert ZIN in concept
    assert "CONCEPT" in concept
    assert "[nog in te vullen: Vaststelling op ambtseed of ambtsbelofte (art. 10)]" in concept
    assert "M2026-0007, gegeven op" in concept
    verslagen.stuur(buurt, Rol.INSPECTEUR, f"{pad}/vaststellen", {"eed": "ambtsbelofte"})
    vast = _lees(buurt, Rol.INSPECTEUR, f"{pad}/document").data
    assert "Opgemaakt op ambtsbelofte" in _pdf(vast)
    _kies(buurt, "verslag_binnentreden", "standaard")
    assert _lees(buurt, Rol.INSPECTEUR, f"{pad}/document").data == vast
    assert "Eigen tekst, versie 1" in _lees(buurt, Rol.INSPECTEUR, pad).text
    rij = db.session.scalars(select(Verslagsjabloon)).one()
    assert rij.versie is not None
    assert rij.verslag_id == db.session.scalars(select(Verslag.id)).one()
    # The neighbours have the default text, and cannot fetch this one.
    ander = buurt.wereld.twee
    assert _lees(buurt, Rol.JURIST, "/sjablonen/verslag_binnentreden/word?versie=1", ander).status_code == 404
    buren = _lees(buurt, Rol.JURIST, "/sjablonen/verslag_binnentreden", ander).text
    assert "Er is nog geen eigen sjabloon." in buren
    assert ZIN not in _pdf(_lees(buurt, Rol.JURIST, "/sjablonen/verslag_binnentreden/proef", ander).data)
