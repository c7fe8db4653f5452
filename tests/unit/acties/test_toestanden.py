"""The state tables, and every walk through the table of actions that readiness allows."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspecties.acties.rules.gereedheid import (
    AFGEHANDELD,
    ONAANGEROERD,
    Actiefeiten,
    Lid,
    Ploegfeiten,
    Stopfeiten,
    belemmeringen,
    vind_aandacht,
    vind_blokkades,
)
from inspecties.acties.rules.toestanden import ACTIE_TABEL, STOP_TABEL
from inspecties.core.fouten import Conflict
from inspecties.core.rechten import RECHTEN
from inspecties.core.toestanden import Toestandstabel

NU = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)
STOP = Stopfeiten(1, "Kade 1", ploeg="Ploeg A", checklists=("pand",))
GOED = Actiefeiten(
    begin_op=NU + timedelta(hours=1),
    eind_op=NU + timedelta(hours=6),
    stops=(STOP,),
    ploegen=(Ploegfeiten("Ploeg A", (Lid("Inspecteur Een"), Lid("Agent", "Politie"))),),
    deelnemers={"Politie": "toegezegd"},
    geldig=frozenset({"pand"}),
)


@pytest.mark.parametrize("tabel", [ACTIE_TABEL, STOP_TABEL])
def test_een_tabel_heeft_geen_gebreken(tabel: Toestandstabel) -> None:
    assert tabel.gebreken() == []
    assert all(o.recht in RECHTEN for o in tabel.overgangen)
    assert len({(o.van, o.naar) for o in tabel.overgangen}) == len(tabel.overgangen)


@pytest.mark.parametrize("tabel", [ACTIE_TABEL, STOP_TABEL])
def test_wat_niet_in_de_tabel_staat_kan_niet_en_zegt_wat_wel_kan(tabel: Toestandstabel) -> None:
    bekend = {(o.van, o.naar) for o in tabel.overgangen}
    for van in tabel.namen:
        for naar in tabel.namen:
            if (van, naar) in bekend:
                assert tabel.overgang(van, naar).naar == naar
                continue
            with pytest.raises(Conflict) as fout:
                tabel.overgang(van, naar)
            for mogelijk in tabel.vanuit(van):
                assert tabel.namen[mogelijk.naar] in fout.value.melding


def test_elke_stop_kan_tot_een_einde_komen() -> None:
    """Whatever a team reported, the action can still be finished."""
    for begin in STOP_TABEL.namen:
        bereikt, open_ = set(), [begin]
        while open_:
            toestand = open_.pop()
            if toestand not in bereikt:
                bereikt.add(toestand)
                open_ += [o.naar for o in STOP_TABEL.vanuit(toestand)]
        assert bereikt & AFGEHANDELD, begin


stops = st.lists(
    st.builds(
        Stopfeiten,
        volgorde=st.integers(1, 9),
        naam=st.sampled_from(["Kade 1", "Kade 2"]),
        toestand=st.sampled_from(list(STOP_TABEL.namen)),
        ploeg=st.sampled_from([None, "Ploeg A", "Ploeg B"]),
        checklists=st.sampled_from([(), ("pand",), ("oud",)]),
    ),
    max_size=4,
)
feiten = st.builds(
    Actiefeiten,
    begin_op=st.just(NU),
    eind_op=st.integers(-2, 6).map(lambda uur: NU + timedelta(hours=uur)),
    stops=stops.map(tuple),
    ploegen=st.lists(
        st.builds(Ploegfeiten, st.just("Ploeg A"), st.sampled_from([(), (Lid("Een"),), (Lid("Agent", "Politie"),)])),
        max_size=1,
    ).map(tuple),
    deelnemers=st.sampled_from([{}, {"Politie": "toegezegd"}, {"Politie": "afgezegd"}]),
    geldig=st.just(frozenset({"pand"})),
)


@given(st.data(), feiten, st.integers(0, 12))
def test_geen_wandeling_komt_waar_zij_niet_mag_komen(data: st.DataObject, stand: Actiefeiten, stappen: int) -> None:
    toestand = ACTIE_TABEL.begin
    for _ in range(stappen):
        keuzes = [o for o in ACTIE_TABEL.vanuit(toestand) if not belemmeringen(o.van, o.naar, stand, NU)]
        if not keuzes:
            break
        overgang = data.draw(st.sampled_from(keuzes))
        toestand = overgang.naar
        mee = [s for s in stand.stops if s.toestand != "vervallen"]
        if toestand == "gereed":
            assert mee
            assert all(s.ploeg and s.checklists and set(s.checklists) <= stand.geldig for s in mee)
            assert stand.ploegen
            assert all(p.leden for p in stand.ploegen)
            assert stand.eind_op > max(stand.begin_op, NU)
        elif toestand == "afgerond":
            assert all(s.toestand in AFGEHANDELD for s in stand.stops)
        elif toestand in ("concept", "vervallen"):
            assert all(s.toestand in ONAANGEROERD for s in stand.stops)


def test_een_plan_dat_niets_mist_heeft_geen_blokkade() -> None:
    assert vind_blokkades(GOED, NU) == []
    assert vind_aandacht(GOED) == []


@pytest.mark.parametrize(
    ("anders", "melding"),
    [
        ({"stops": ()}, "nog geen stop"),
        ({"stops": (replace(STOP, toestand="vervallen"),)}, "nog geen stop"),
        ({"stops": (replace(STOP, ploeg=None),)}, "Stop 1, Kade 1: er is nog geen ploeg gekozen"),
        ({"stops": (replace(STOP, checklists=()),)}, "nog geen checklist"),
        ({"stops": (replace(STOP, checklists=("oud",)),)}, "'oud' is op die dag niet gepubliceerd"),
        ({"stops": (replace(STOP, venster=(NU + timedelta(hours=7), None)),)}, "valt buiten de dienst"),
        ({"stops": (replace(STOP, venster=(None, NU)),)}, "valt buiten de dienst"),
        ({"ploegen": ()}, "nog geen ploeg"),
        ({"ploegen": (Ploegfeiten("Ploeg A"),)}, "Ploeg A heeft nog niemand"),
        ({"ploegen": (Ploegfeiten("Ploeg A", (Lid("Een", geblokkeerd=True),)),)}, "kan niet meer aanmelden"),
        ({"ploegen": (Ploegfeiten("A", (Lid("Een"),)), Ploegfeiten("B", (Lid("Een"),)))}, "Een staat in 2 ploegen"),
        ({"deelnemers": {}}, "Politie, maar die organisatie doet niet mee"),
        ({"deelnemers": {"Politie": "afgezegd"}}, "Politie heeft afgezegd"),
        ({"begin_op": NU - timedelta(hours=9), "eind_op": NU}, "al voorbij"),
        ({"eind_op": GOED.begin_op}, "eindigt voordat hij begint"),
    ],
)
def test_wat_ontbreekt_wordt_gezegd(anders: dict[str, object], melding: str) -> None:
    punten = vind_blokkades(replace(GOED, **anders), NU)  # type: ignore[arg-type]
    assert any(melding in punt.melding for punt in punten), punten


def test_wat_een_planner_mag_besluiten_staat_apart() -> None:
    stand = replace(
        GOED,
        stops=tuple(replace(STOP, volgorde=n, duur_min=120, toegangsgrond="machtiging") for n in (1, 2, 3)),
        ploegen=(*GOED.ploegen, Ploegfeiten("Ploeg B", (Lid("Twee"),))),
        deelnemers={"Politie": "toegezegd", "GGD": "uitgenodigd"},
        elders={"Twee": "Hotelcontrole"},
    )
    assert vind_blokkades(stand, NU) == []
    meldingen = " ".join(punt.melding for punt in vind_aandacht(stand))
    for deel in (
        "GGD heeft nog niet geantwoord",
        "Twee staat in dezelfde uren ook in 'Hotelcontrole'",
        "360 minuten werk in een dienst van 300 minuten",
        "Ploeg B heeft nog geen stops",
        "neem de machtiging",
    ):
        assert deel in meldingen
