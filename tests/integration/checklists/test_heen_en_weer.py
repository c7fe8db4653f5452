"""Out of the application and in again, through the screens: the same definition and the same hash."""

import csv
import io
import zipfile
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspecties.core.rechten import Rol
from tests.integration.checklists.conftest import FORMULIEREN, Bureau, bureau_van, formulier, versie
from tests.wereld import Wereld

# What a cell can hold: no control characters, ends trimmed, hard spaces plain (rules.lezen).
CEL = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff\u00a0$"), max_size=40
).map(lambda t: t.strip())
FORMATEN = ("csv", "xlsx")


def _heen_en_weer(van: Bureau, naar: Bureau, inhoud: bytes, naam: str) -> None:
    """In at one gemeente, out in each format, in again at the other; the drafts are thrown away afterwards."""
    eerste = van.concept(inhoud, naam)
    oud = versie(eerste)
    definitie, hash_, bron = oud.definitie, oud.hash, oud.bron_csv
    for formaat in FORMATEN:
        bestand = van.client.get(f"/checklists/versies/{eerste}/formulier.{formaat}")
        assert bestand.status_code == 200
        assert bestand.headers["Content-Disposition"].startswith("attachment")
        terug = naar.concept(bestand.data, f"uit-excel.{formaat}")
        nieuw = versie(terug)
        assert nieuw.hash == hash_
        assert nieuw.bron_csv == bron
        assert _zonder_rijen(nieuw.definitie) == _zonder_rijen(definitie)
        assert naar.doe(terug, "weggooien").status_code == 303
    assert van.doe(eerste, "weggooien").status_code == 303


def _zonder_rijen(deel: Any) -> Any:
    """Row numbers are of the file, for messages; empty rows of the author are not kept."""
    if isinstance(deel, dict):
        return {k: _zonder_rijen(w) for k, w in deel.items() if k != "bron"}
    return [_zonder_rijen(w) for w in deel] if isinstance(deel, list) else deel


@pytest.mark.parametrize("pad", FORMULIEREN, ids=lambda pad: pad.stem)
def test_de_zes_checklists(jurist: Bureau, wereld: Wereld, pad: Path) -> None:
    _heen_en_weer(jurist, bureau_van(wereld, Rol.BEHEERDER, wereld.twee), pad.read_bytes(), pad.name)


# One database for all examples: each one throws its drafts away again.
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(teksten=st.lists(CEL, min_size=1, max_size=6), opmerking=CEL, titel=CEL)
def test_elke_tekst_in_een_cel(jurist: Bureau, wereld: Wereld, teksten: list[str], opmerking: str, titel: str) -> None:
    uit = io.StringIO(newline="")
    schrijf = csv.writer(uit)
    schrijf.writerows([["survey"], ["", "type", "name", "label", "hint", "opmerking"]])
    schrijf.writerows(["", "text", f"vraag_{i}", t, teksten[-1], opmerking] for i, t in enumerate(teksten))
    schrijf.writerows([["settings"], ["", "form_title", "form_id", "version"], ["", titel, "proef", "7"]])
    ander = bureau_van(wereld, Rol.JURIST, wereld.twee)
    _heen_en_weer(jurist, ander, uit.getvalue().encode(), "proef.csv")


def test_met_een_tabel_voor_pulldata(jurist: Bureau, wereld: Wereld) -> None:
    inhoud = formulier("1", "text,code,Code", "text,land,Land,\"pulldata('landen', 'naam', 'code', ${code}) = 'x'\"")
    zonder = jurist.lees_in(inhoud, nieuw="y")
    assert zonder.status_code == 422
    assert "landen.csv" in zonder.get_data(as_text=True)
    tabel = b'code,naam\nnl,"Nederland, het"\n'
    antwoord = jurist.lees_in(inhoud, nieuw="y", tabellen=[(io.BytesIO(tabel), "landen.csv")])
    assert antwoord.status_code == 303
    uid = antwoord.headers["Location"].rsplit("/", 1)[1]
    assert "landen.csv" in jurist.pagina(f"/checklists/versies/{uid}")
    uitgevoerd = jurist.client.get(f"/checklists/versies/{uid}/tabellen/landen.csv").data
    formulier_uit = jurist.client.get(f"/checklists/versies/{uid}/formulier.xlsx").data
    ander = bureau_van(wereld, Rol.JURIST, wereld.twee)
    terug = ander.lees_in(formulier_uit, "p.xlsx", nieuw="y", tabellen=[(io.BytesIO(uitgevoerd), "landen.csv")])
    assert terug.status_code == 303
    namen = [UUID(a.headers["Location"].rsplit("/", 1)[1]) for a in (antwoord, terug)]
    een, twee = (versie(naam).hash for naam in namen)
    assert een == twee
    assert jurist.client.get(f"/checklists/versies/{uid}/tabellen/weg.csv").status_code == 404
    assert jurist.client.get(f"/checklists/versies/{uid}/formulier.pdf").status_code == 404


def _werkmap(jurist: Bureau, **delen: bytes) -> bytes:
    """A good workbook with parts added."""
    uid = jurist.concept(formulier("goed"))
    goed = jurist.client.get(f"/checklists/versies/{uid}/formulier.xlsx").data
    jurist.doe(uid, "weggooien")
    stroom = io.BytesIO(goed)
    with zipfile.ZipFile(stroom, "a", zipfile.ZIP_DEFLATED) as zipbestand:
        for naam, inhoud in delen.items():
            zipbestand.writestr(naam, inhoud)
    return stroom.getvalue()


@pytest.mark.parametrize(
    ("delen", "zin"),
    [
        ({"xl/vbaProject.bin": b"macro"}, "bevat macro&#39;s"),
        ({"xl/externalLinks/externalLink1.xml": b"<a/>"}, "verwijst naar andere bestanden"),
        ({"xl/media/bom.bin": b"0" * 120_000_000}, "zipbom"),
    ],
    ids=["macro", "koppeling", "zipbom"],
)
def test_een_gevaarlijke_werkmap_wordt_niet_geopend(jurist: Bureau, delen: dict[str, bytes], zin: str) -> None:
    antwoord = jurist.lees_in(_werkmap(jurist, **delen), "proef.xlsx", nieuw="y")
    assert antwoord.status_code == 422
    assert zin in antwoord.get_data(as_text=True)


def test_een_xlsm_wordt_geweigerd(jurist: Bureau) -> None:
    antwoord = jurist.lees_in(b"PK", "proef.xlsm", nieuw="y")
    assert antwoord.status_code == 422
    assert "kan macro&#39;s bevatten" in antwoord.get_data(as_text=True)
