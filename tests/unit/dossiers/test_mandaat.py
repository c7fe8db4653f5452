"""Who may decide on what, and in which capacity: the rows of config/mandaat.toml and the choice between capacities."""

import tomllib
from datetime import date
from typing import Any

import pytest

from inspecties.core.fouten import Conflict
from inspecties.dossiers.rules.gevolgen import instrumenten
from inspecties.dossiers.rules.mandaat import Bekleding, Mandaattabel, lees_mandaat
from inspecties.dossiers.vervanging import BESTAND, mandaattabel

DAG = date(2026, 11, 21)


def _inhoud() -> dict[str, Any]:
    return tomllib.loads(BESTAND.read_text(encoding="utf-8"))


@pytest.fixture
def tabel() -> Mandaattabel:
    return mandaattabel()


def test_elk_instrument_heeft_een_regel(tabel: Mandaattabel) -> None:
    for instrument in instrumenten().values():
        regel = tabel.regel(instrument.soort, instrument.code, DAG)
        assert regel.artikel
        assert regel.bron
    codes = {r.instrument for r in tabel.regels if r.instrument}
    assert codes <= set(instrumenten())


def test_art_174a_gemeentewet_besluit_de_burgemeester_zelf(tabel: Mandaattabel) -> None:
    regel = tabel.regel("sluiting", "victoria", DAG)
    for ambt in ("college", "afdelingshoofd"):
        assert tabel.hoedanigheid(regel, [Bekleding(ambt)]) is None
    eigen = tabel.hoedanigheid(regel, [Bekleding("afdelingshoofd"), Bekleding("burgemeester")])
    assert eigen is not None
    assert (eigen.tekst, eigen.in_mandaat) == ("als burgemeester", False)


def test_art_125_gemeentewet_besluit_het_college_samen_en_een_ander_in_mandaat(tabel: Mandaattabel) -> None:
    regel = tabel.regel("bouw_wonen", "last", DAG)
    hoofd = tabel.hoedanigheid(regel, [Bekleding("afdelingshoofd")])
    assert hoofd is not None
    assert hoofd.tekst == "als afdelingshoofd, in mandaat namens het college van burgemeester en wethouders"
    # The college decides as a body: one member of it decides under mandate only.
    lid = tabel.hoedanigheid(regel, [Bekleding("college")])
    assert lid is not None
    assert lid.in_mandaat
    assert lid.tekst == "als lid van het college, in mandaat namens het college van burgemeester en wethouders"
    # Who holds an office before who stands in for one.
    beide = tabel.hoedanigheid(regel, [Bekleding("college", "A. Naam"), Bekleding("burgemeester")])
    assert beide is not None
    assert (beide.ambt, beide.vervangt, beide.in_mandaat) == ("burgemeester", "", True)


def test_alleen_de_burgemeester_is_zelf_een_orgaan(tabel: Mandaattabel) -> None:
    assert {ambt for regel in tabel.regels for ambt in regel.zelf} == {"burgemeester"}


def test_het_ambt_zelf_gaat_voor_de_vervanging(tabel: Mandaattabel) -> None:
    regel = tabel.regel("sluiting", "damocles", DAG)
    wie = tabel.hoedanigheid(regel, [Bekleding("burgemeester", "B. Ander"), Bekleding("burgemeester")])
    assert wie is not None
    assert wie.vervangt == ""
    alleen = tabel.hoedanigheid(regel, [Bekleding("burgemeester", "B. Ander", "rij-1")])
    assert alleen is not None
    assert (alleen.tekst, alleen.uid) == ("als plaatsvervanger van B. Ander, burgemeester", "rij-1")


def test_wie_niet_bevoegd_is_hoort_waarom_en_wie_wel(tabel: Mandaattabel) -> None:
    regel = tabel.regel("sluiting", "victoria", DAG)
    zin = tabel.waarom_niet(regel, ["B. Meester"])
    assert "Artikel 174a Gemeentewet" in zin
    assert "Dat kan nu: B. Meester." in zin
    assert "niemand voor aangewezen" in tabel.waarom_niet(regel, [])


def test_een_regel_geldt_op_zijn_dagen(tabel: Mandaattabel) -> None:
    with pytest.raises(Conflict, match="staat voor deze dag niet vast"):
        tabel.regel("bouw_wonen", "last", date(2010, 1, 1))
    inhoud = _inhoud()
    rij = next(r for r in inhoud["regel"] if r["soort"] == "bouw_wonen")
    inhoud["regel"].append(rij | {"mandaat": ["college"], "geldig_van": date(2026, 1, 1)})
    with pytest.raises(ValueError, match="two rows hold on the same day"):
        lees_mandaat(inhoud)
    rij["geldig_tot"] = date(2025, 12, 31)
    nieuw = lees_mandaat(inhoud)
    assert len(nieuw.regel("bouw_wonen", "last", date(2025, 12, 31)).mandaat) == 3
    assert nieuw.regel("bouw_wonen", "last", date(2026, 1, 1)).mandaat == ("college",)


@pytest.mark.parametrize(
    ("wijziging", "fout"),
    [
        ({"zelf": []}, "nobody decides"),
        ({"zelf": ["koning"]}, "not in the list"),
        ({"zelf": ["burgemeester"], "mandaat": ["burgemeester"]}, "needs no mandate"),
        ({"status": "zeker"}, "unknown soort or status"),
        ({"soort": "jacht"}, "unknown soort or status"),
    ],
)
def test_een_rij_die_niet_kan_wordt_geweigerd(wijziging: dict[str, Any], fout: str) -> None:
    inhoud = _inhoud()
    inhoud["regel"][0] |= wijziging
    with pytest.raises(ValueError, match=fout):
        lees_mandaat(inhoud)
