"""Powers: from which day to which, who has them, and what readiness says of one that is missing."""

from datetime import date
from typing import Any

import pytest

from inspecties.acties.rules.bevoegd import Eis, vind_ontbrekende
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.partners.bevoegd import bevoegdhedentabel
from inspecties.partners.rules.bevoegdheden import Houder, lees_tabel

SOORTEN = [{"code": "politie", "naam": "Politie"}, {"code": "zorg", "naam": "Zorg", "zonder_bevoegdheid": True}]
OUD = date(2026, 6, 30)
NIEUW = date(2026, 7, 1)


def rij(**anders: Any) -> dict[str, Any]:
    vast = {"code": "x", "naam": "Iks", "artikel": "art. 1", "bron": "b", "status": "bevestigd", "soorten": ["politie"]}
    return vast | anders


def test_een_bevoegdheid_geldt_tot_en_met_haar_laatste_dag() -> None:
    tabel = lees_tabel(SOORTEN, [rij(geldig_tot=OUD, artikel="oud"), rij(geldig_van=NIEUW, artikel="nieuw")])
    assert [tabel.op(dag)["x"].artikel for dag in (OUD, NIEUW)] == ["oud", "nieuw"]
    eenmalig = lees_tabel(SOORTEN, [rij(geldig_tot=OUD)])
    assert eenmalig.van_mens("politie", [], OUD) == {"x"}
    assert eenmalig.van_mens("politie", [], NIEUW) == frozenset()


def test_eigen_mensen_hebben_alleen_waartoe_zij_zijn_aangewezen() -> None:
    tabel = lees_tabel(SOORTEN, [rij(), rij(code="boa", soorten=[], persoonlijk=True)])
    houders = [Houder("boa", date(2026, 1, 1), OUD), Houder("x", date(2026, 1, 1))]
    assert tabel.van_mens(None, houders, OUD) == {"boa"}, "nobody can be appointed to what only the police has"
    assert tabel.van_mens(None, houders, NIEUW) == frozenset()
    assert tabel.van_mens("politie", houders, OUD) == {"x"}


@pytest.mark.parametrize(
    ("rijen", "melding"),
    [
        ([rij(artikel="")], "'artikel' ontbreekt"),
        ([rij(status="misschien")], "'bevestigd' of 'te bevestigen'"),
        ([rij(soorten=["zorg"])], "Zorg heeft geen bevoegdheden"),
        ([rij(soorten=["leger"])], "'leger' bestaat niet"),
        ([rij(soorten=[])], "noem soorten"),
        ([rij(), rij()], "twee keer"),
        ([rij(geldig_van=NIEUW, geldig_tot=OUD)], "in volgorde"),
    ],
)
def test_een_foute_regel_wordt_genoemd(rijen: list[dict[str, Any]], melding: str) -> None:
    with pytest.raises(OngeldigeInvoer, match=melding):
        lees_tabel(SOORTEN, rijen)


def test_hulpverlening_heeft_in_deze_installatie_geen_bevoegdheid() -> None:
    tabel = bevoegdhedentabel()
    assert [tabel.van_soort(soort, NIEUW) for soort in ("zorg", "veilig_thuis", "riec")] == [(), (), ()]
    assert {r.code for r in tabel.van_soort("nla", NIEUW)} == {"arbeidswetten", "opsporing_arbeid"}
    assert all(r.artikel and r.bron for r in tabel.rijen)


NAMEN = {"opsporing": "Opsporing", "arbeid": "Arbeidswetten"}


@pytest.mark.parametrize(
    ("ploeg", "vereist", "ploegen", "brengers", "zin"),
    [
        ("A", ("opsporing",), {"A": {"opsporing"}}, {}, None),
        (
            "A",
            ("opsporing",),
            {"A": set(), "B": {"opsporing"}},
            {},
            "niemand in A heeft op die dag 'Opsporing'. Wel in B",
        ),
        ("A", ("arbeid",), {"A": set()}, {"arbeid": ["NLA"]}, "Dat kan wel: NLA."),
        ("A", ("arbeid",), {"A": set()}, {}, "geen partner van uw gemeente ook"),
        (None, ("opsporing",), {"B": {"opsporing"}, "C": {"opsporing"}}, {}, "Dat kan B of C; kies een ploeg"),
        ("A", ("vliegen",), {"A": {"vliegen"}}, {}, None),
        ("A", ("vliegen",), {"A": set()}, {}, "'vliegen' bestaat niet op die dag"),
    ],
)
def test_wat_een_stop_vraagt_moet_zijn_ploeg_kunnen(
    ploeg: str | None, vereist: tuple[str, ...], ploegen: dict[str, set[str]], brengers: Any, zin: str | None
) -> None:
    eis = Eis("uid", "Stop 1, Kade 1", ploeg, vereist)
    punten = vind_ontbrekende([eis], {naam: frozenset(c) for naam, c in ploegen.items()}, NAMEN, brengers)
    assert [bool(zin) and zin in punt.melding for punt in punten] == [True] * (zin is not None)
