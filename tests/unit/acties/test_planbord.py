"""The board of an evening: times, what breaks, and that a plan of the planner breaks nothing."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspecties.acties.route.taak import los_op
from inspecties.acties.rules.planbord import (
    Bord,
    Bordpartner,
    Bordploeg,
    Bordstop,
    Pauze,
    maak_rooster,
    plek_op_tijd,
    reken,
    verplaats,
)
from inspecties.acties.rules.planvraag import aandeel, lees_antwoord, maak_vraag
from inspecties.acties.rules.reis import Reis, sleutel

# 18:00 in the Netherlands is minute 1080.
NUL = datetime(2026, 11, 20, 23, 0, tzinfo=UTC)
A = Bordploeg("a", "Ploeg A", 1080, 1380, frozenset({"politie"}))
B = Bordploeg("b", "Ploeg B", 1080, 1380)


def stop(id_: str, x: float = 0.0, **anders: object) -> Bordstop:
    return Bordstop(id_, f"Kade {id_}", (x, 0.0), **anders)  # type: ignore[arg-type]


def bord(*stops: Bordstop, verdeling: dict[str, list[str]], ploegen: tuple[Bordploeg, ...] = (A, B)) -> Bord:
    return Bord(NUL, (1080, 1380), (0.0, 0.0), ploegen, {s.id: s for s in stops}, verdeling)


def zinnen(b: Bord) -> list[str]:
    return [breuk.zin for breuk in reken(b).breuken]


def test_rijden_wachten_en_terug() -> None:
    # 1000 m x 1.3 at 500 m a minute: 2.6, so 3 minutes.
    b = bord(stop("1", 1000), stop("2", 1000, van=1150), verdeling={"a": ["1", "2"]})
    een, twee = reken(b).roosters[0].blokken
    assert (een.aankomst, een.begin, een.vertrek) == (1083, 1083, 1113)
    assert (twee.aankomst, twee.begin, twee.vertrek) == (1113, 1150, 1180)
    assert reken(b).roosters[0].terug == 1183
    assert not zinnen(b)


def test_wat_breekt_staat_in_een_zin() -> None:
    b = bord(
        stop("1", duur=200),
        stop("2", tot=1200, vereist=frozenset({"politie"})),
        stop("3", duur=120, vast=True, niet_voor=1300),
        verdeling={"b": ["1", "2", "3"]},
    )
    assert zinnen(b) == [
        "Ploeg B is pas om 23:50 terug. Haar uren eindigen om 23:00.",
        "Kade 2: Ploeg B begint om 21:20. Dat is te laat, het bezoek kan tot 20:00.",
        "Kade 2: niemand in Ploeg B heeft 'politie'.",
        "Kade 3 staat vast om 21:40, maar Ploeg B kan er pas om 21:50 zijn.",
    ]


def test_uren_buiten_de_dienst_en_omgekeerd() -> None:
    om, buiten = replace(A, begin=1200, eind=1100), replace(B, eind=1400)
    assert zinnen(bord(verdeling={}, ploegen=(om, buiten))) == [
        "De uren van Ploeg A eindigen (18:20) voordat ze beginnen (20:00).",
        "De uren van Ploeg B (18:00 tot 23:20) vallen buiten de dienst (18:00 tot 23:00).",
    ]


def test_de_pauze_valt_waar_zij_het_minst_in_de_weg_zit() -> None:
    ploeg = replace(A, pauze=Pauze(1100, 1200, 30))
    # After the first stop the second would be too late. At the end the team is back first.
    b = bord(stop("1"), stop("2", tot=1115), stop("3"), verdeling={"a": ["1", "2", "3"]}, ploegen=(ploeg,))
    rooster = maak_rooster(b, ploeg, ["1", "2", "3"])
    assert rooster.pauze == (1170, 1200)
    assert rooster.terug == 1170
    assert not zinnen(b)
    lang = bord(stop("1", duur=200), verdeling={"a": ["1"]}, ploegen=(replace(ploeg, pauze=Pauze(1090, 1100, 30)),))
    # It is taken at 18:10, before the visit begins.
    assert maak_rooster(lang, lang.ploegen[0], ["1"]).pauze == (1090, 1120)
    te_laat = bord(stop("1", van=1080, tot=1085, duur=200), stop("2"), verdeling={"a": ["1", "2"]})
    te_laat = replace(te_laat, ploegen=(replace(ploeg, begin=1110, pauze=Pauze(1090, 1100, 30)),))
    assert any("past niet tussen de stops" in zin for zin in zinnen(te_laat))


def test_partner_doet_niet_meer_dan_het_maximum() -> None:
    politie = Bordpartner("Politie", frozenset({"politie"}), 1)
    ploegen = (replace(A, partners=(politie,)), replace(B, partners=(politie,), bevoegdheden=frozenset({"politie"})))
    nodig = frozenset({"politie"})
    b = bord(
        stop("1", vereist=nodig),
        stop("2", vereist=nodig),
        stop("3"),
        verdeling={"a": ["1", "3"], "b": ["2"]},
        ploegen=ploegen,
    )
    assert zinnen(b) == ["Politie is nodig bij 2 stops, maar doet er deze avond hoogstens 1."]
    assert [aandeel(b, "Politie", p, {}) for p in ("a", "b")] == [1, 0]
    assert [aandeel(b, "Politie", p, {"2": "b"}) for p in ("a", "b")] == [0, 1]


def test_verplaatsen_en_neerzetten_op_een_tijd() -> None:
    b = bord(stop("1"), stop("2"), stop("3"), stop("4"), verdeling={"a": ["1", "2"], "b": ["3"]})
    assert verplaats(b, "3", "a", 1) == {"a": ["1", "3", "2"], "b": []}
    assert verplaats(b, "1", None, 0) == {"a": ["2"], "b": ["3"]}
    assert plek_op_tijd(b, "4", A, 1080) == 0
    assert plek_op_tijd(b, "4", A, 1100) == 1
    assert plek_op_tijd(b, "4", A, 1300) == 2
    gedaan = replace(b, stops={**b.stops, "1": stop("1", gedaan=(1085, 1120))})
    assert verplaats(gedaan, "3", "a", 0)["a"] == ["1", "3", "2"]


def test_wat_vaststaat_of_gedaan_is_blijft() -> None:
    stops = (
        stop("1", 2000, gedaan=(1090, 1130)),
        stop("2", vast=True, niet_voor=1300),
        # Compulsory, but only where the locked one is.
        stop("3", verplicht=True, van=1295, tot=1305, waarde_tienden=900),
        stop("4", 500),
    )
    b = bord(*stops, verdeling={"a": ["1", "2"], "b": []}, ploegen=(A,))
    uit = lees_antwoord(b, los_op(maak_vraag(b, 1, 0.5), lambda _: None))
    assert uit.verdeling["a"] == ["1", "4", "2"]
    assert list(uit.redenen) == ["3"]
    na = reken(replace(b, verdeling=uit.verdeling))
    assert not na.breuken
    assert [blok.begin for blok in na.roosters[0].blokken] == [1090, 1134, 1300]


def test_een_onmogelijk_slot_blijft_staan_en_breekt() -> None:
    b = bord(stop("1", 20000, vast=True, niet_voor=1081), stop("2"), verdeling={"a": ["1"]}, ploegen=(A,))
    uit = lees_antwoord(b, los_op(maak_vraag(b, 1, 0.3), lambda _: None))
    assert "1" in uit.verdeling["a"]
    assert "1" not in uit.redenen
    assert any("staat vast om 18:01" in z for z in zinnen(replace(b, verdeling=uit.verdeling)))


def test_redenen_noemen_de_ploeg_en_de_klok_van_de_muur() -> None:
    # The night of 25 October 2026: the clock goes back an hour at 3.
    nul = datetime(2026, 10, 24, 22, 0, tzinfo=UTC)
    nacht = replace(A, begin=60, eind=400)
    b = Bord(nul, (60, 400), (0.0, 0.0), (nacht,), {"1": stop("1", duur=600)}, {}, namen={"politie": "Orde"})
    uit = lees_antwoord(b, los_op(maak_vraag(b, 1, 0.3), lambda _: None))
    assert uit.redenen["1"] == (
        "Past ook als enige stop niet in de dienst: terug zou 10:00 zijn, Ploeg A stopt om 05:40."
    )
    mist = bord(stop("1", vereist=frozenset({"nla"})), verdeling={})
    mist = replace(mist, namen={"nla": "Arbeidswetten"})
    uit = lees_antwoord(mist, los_op(maak_vraag(mist, 1, 0.3), lambda _: None))
    assert uit.redenen["1"] == "Geen enkele ploeg heeft de bevoegdheid 'Arbeidswetten'."


def test_gemeten_reistijden_gaan_voor() -> None:
    een, twee = (0.0, 0.0), (1000.4, 0.0)
    reis = Reis(tabel={(sleutel(een), sleutel(twee)): 8.2})
    assert reis.minuten(een, twee) == 9
    assert reis.minuten(twee, een) == 3


@st.composite
def borden(draw: st.DrawFn) -> Bord:
    """Two teams with hours, breaks and partners; stops with windows and powers, some locked, some visited."""
    politie = Bordpartner("Politie", frozenset({"politie"}), draw(st.sampled_from([None, 0, 1, 2])))
    ploegen = []
    for naam in "ab":
        begin = draw(st.sampled_from([1080, 1100]))
        pauze = draw(st.sampled_from([None, Pauze(1110, 1150, 20), Pauze(1090, 1095, 15)]))
        met = draw(st.booleans())
        ploegen.append(
            Bordploeg(
                naam,
                f"Ploeg {naam}",
                begin,
                begin + draw(st.integers(60, 240)),
                frozenset({"politie"} if met else set()),
                pauze,
                (politie,) if met else (),
            )
        )
    stops, verdeling = {}, {"a": [], "b": []}  # type: ignore[var-annotated]
    for i in range(draw(st.integers(0, 6))):
        van = draw(st.sampled_from([None, 1090, 1130]))
        vast = draw(st.integers(0, 4)) == 0
        s = Bordstop(
            str(i),
            f"Kade {i}",
            (draw(st.integers(-3000, 3000)), draw(st.integers(-3000, 3000))),
            draw(st.integers(5, 60)),
            van,
            draw(st.sampled_from([None, 1140, 1200])),
            frozenset(draw(st.sampled_from([(), (), ("politie",)]))),
            draw(st.integers(0, 3)) == 0,
            vast,
            draw(st.integers(1100, 1250)) if vast else None,
            draw(st.integers(0, 500)),
        )
        stops[s.id] = s
        waar = draw(st.sampled_from(["a", "b", None]))
        if waar:
            verdeling[waar].append(s.id)
    return Bord(NUL, (1080, 1380), (0.0, 0.0), tuple(ploegen), stops, verdeling)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(borden())
def test_een_plan_breekt_niets_dat_niet_al_vaststond(b: Bord) -> None:
    uit = lees_antwoord(b, los_op(maak_vraag(b, 1, 0.5), lambda _: None))
    gepland = [i for rij in uit.verdeling.values() for i in rij]
    assert sorted([*gepland, *uit.redenen]) == sorted(b.stops)
    for ploeg, rij in b.verdeling.items():
        assert {i for i in rij if b.stops[i].vast} <= set(uit.verdeling[ploeg])
    # Locks that cannot be kept stay broken; without them only a break that lies before the team begins can be.
    vrij = {p: [i for i in rij if not b.stops[i].vast] for p, rij in uit.verdeling.items()}
    te_vroeg = {p.id for p in b.ploegen if p.pauze and p.pauze.tot < p.begin}
    for breuk in reken(replace(b, verdeling=vrij)).breuken:
        assert (breuk.code, breuk.ploeg in te_vroeg) == ("pauze", True) or breuk.code == "uren"
