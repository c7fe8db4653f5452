"""Who is taken when: clashes, and what a planner reads of them."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from inspecties.acties.rules.boeking import Bezet, Hulpbron, raakt, te_weinig_plaatsen, vind_botsingen, zeg_botsing

JAN, BUS = Hulpbron("persoon", 1), Hulpbron("voertuig", 1)
NU = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)


def uur(n: float) -> datetime:
    return NU + timedelta(hours=n)


def test_aansluiten_mag_een_minuut_overlappen_niet() -> None:
    bezet = [Bezet(JAN, uur(0), uur(3), "Kade")]
    assert vind_botsingen([JAN], uur(3), uur(5), bezet) == []
    assert vind_botsingen([JAN], uur(-2), uur(0), bezet) == []
    assert vind_botsingen([JAN], uur(3) - timedelta(minutes=1), uur(5), bezet) == bezet
    assert vind_botsingen([JAN], uur(1), uur(2), bezet) == bezet


def test_een_voertuig_met_hetzelfde_nummer_is_iets_anders() -> None:
    assert vind_botsingen([BUS], uur(0), uur(3), [Bezet(JAN, uur(0), uur(3), "Kade")]) == []


def test_de_zin_noemt_de_andere_actie_en_de_uren() -> None:
    assert (
        zeg_botsing("Jan", Bezet(JAN, uur(0), uur(5), "Kade")) == "Jan staat al in 'Kade', 21-11 van 18:00 tot 23:00."
    )
    assert zeg_botsing("Bus 1", Bezet(BUS, uur(0), uur(9), "Kade")).endswith("van 18:00 tot 03:00 op 22-11.")
    assert zeg_botsing("Jan", Bezet(JAN, uur(0), uur(5))) == (
        "Jan staat al in een andere gemeente, 21-11 van 18:00 tot 23:00."
    )


def test_in_de_nacht_van_de_wintertijd_telt_het_moment_niet_de_klok() -> None:
    """25 October 2026: 02:30 comes twice. Until the first and from the second is no clash, though it reads 02:30."""
    eerste, tweede = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    bezet = Bezet(JAN, eerste - timedelta(hours=4), eerste, "Kade")
    assert "van 22:30 tot 02:30 op 25-10" in zeg_botsing("Jan", bezet)
    assert vind_botsingen([JAN], tweede, tweede + timedelta(hours=2), [bezet]) == []
    later = Bezet(JAN, bezet.begin, tweede, "Kade")
    assert vind_botsingen([JAN], eerste, eerste + timedelta(hours=1), [later]) == [later]


def test_plaatsen() -> None:
    assert te_weinig_plaatsen("Ploeg A", 6, []) == ""
    assert te_weinig_plaatsen("Ploeg A", 6, [4, 2]) == ""
    assert te_weinig_plaatsen("Ploeg A", 6, [5]) == "Ploeg A is met 6 mensen, maar de voertuigen hebben 5 plaatsen."


stukken = st.tuples(st.integers(1, 3), st.integers(0, 60), st.integers(1, 20))


@settings(max_examples=60)
@given(st.lists(stukken, max_size=25))
def test_wie_alleen_boekt_zonder_botsing_staat_nooit_dubbel(aanvragen: list[tuple[int, int, int]]) -> None:
    """Each request in turn, kept when nothing is in the way: no two of one resource ever share a moment."""
    geboekt: list[Bezet] = []
    for nummer, (wie, van, duur) in enumerate(aanvragen):
        bron, begin, eind = Hulpbron("persoon", wie), uur(van), uur(van + duur)
        if not vind_botsingen([bron], begin, eind, geboekt):
            geboekt.append(Bezet(bron, begin, eind, str(nummer)))
        else:
            assert any(raakt(begin, eind, b) for b in geboekt if b.bron == bron)
    for plaats, een in enumerate(geboekt):
        for ander in geboekt[plaats + 1 :]:
            assert een.bron != ander.bron or een.eind <= ander.begin or ander.eind <= een.begin
