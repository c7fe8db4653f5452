"""What must hold for every term, whatever the dates (Hypothesis), and the holidays against an independent Easter."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from inspecties.termijnen.bronnen import kalender
from inspecties.termijnen.rules import (
    Duur,
    Eenheid,
    Opschorting,
    Soort,
    Termijn,
    Verdaging,
    bereken,
    schort_op,
    verdaag,
)
from inspecties.termijnen.rules.feestdagen import feestdagen
from inspecties.termijnen.rules.termijn import TIJDZONE, dag_van

DAGEN = st.dates(date(2015, 1, 1), date(2060, 12, 31))
LENGTES = {Eenheid.DAGEN: 400, Eenheid.WEKEN: 60, Eenheid.MAANDEN: 14, Eenheid.JAREN: 20}
DUREN = st.sampled_from(list(LENGTES)).flatmap(lambda e: st.builds(Duur, st.integers(1, LENGTES[e]), st.just(e)))
SOORTEN = st.sampled_from(list(Soort))
GEDEKT = st.one_of(
    st.builds(Duur, st.integers(1, 90), st.just(Eenheid.DAGEN)),
    st.builds(Duur, st.integers(1, 12), st.just(Eenheid.WEKEN)),
    st.builds(Duur, st.integers(1, 3), st.just(Eenheid.MAANDEN)),
)


def _termijn(start: date, duur: Duur, soort: Soort = Soort.WETTELIJK, *, inclusief: bool = False) -> Termijn:
    return bereken(start, duur, soort, kalender=kalender(), inclusief=inclusief)


@settings(deadline=None)
@given(DAGEN, DUREN, SOORTEN, st.booleans())
def test_einde_ligt_nooit_voor_het_onverlengde_einde(start: date, duur: Duur, soort: Soort, inclusief: bool) -> None:
    t = _termijn(start, duur, soort, inclusief=inclusief)
    assert t.einde >= t.einde_onverlengd
    assert t.einddag >= start
    # The longest run of days off that the Act knows: 9 days (see 2 May 2015 to 11 May), and art. 2 once more.
    assert t.einddag - dag_van(t.einde_onverlengd) <= timedelta(days=12)
    assert bool(t.verlengd_om) == (t.einde != t.einde_onverlengd)


@settings(deadline=None)
@given(DAGEN, GEDEKT, st.booleans())
def test_gedekte_termijn_eindigt_op_een_werkdag(start: date, duur: Duur, inclusief: bool) -> None:
    t = _termijn(start, duur, inclusief=inclusief)
    assert kalender().is_werkdag(t.einddag)
    eerste = start if inclusief else start + timedelta(days=1)
    werkdagen = [d for n in range((t.einddag - eerste).days + 1) if kalender().is_werkdag(d := eerste + timedelta(n))]
    drie_dagen = (dag_van(t.einde_onverlengd) - eerste).days + 1 >= 3
    assert len(werkdagen) >= (2 if drie_dagen else 1)


@settings(deadline=None)
@given(DAGEN, GEDEKT)
def test_nooit_verder_verlengd_dan_nodig(start: date, duur: Duur) -> None:
    """A day earlier would break art. 1 or art. 2."""
    t = _termijn(start, duur)
    if t.einde == t.einde_onverlengd:
        return
    eerder = t.einddag - timedelta(days=1)
    dagen = [start + timedelta(days=n) for n in range(1, (eerder - start).days + 1)]
    te_weinig = duur.minstens_drie_dagen and sum(kalender().is_werkdag(d) for d in dagen) < 2
    assert not kalender().is_werkdag(eerder) or te_weinig


@settings(deadline=None)
@given(DAGEN, DUREN, SOORTEN, st.booleans(), st.integers(1, 40))
def test_later_beginnen_is_nooit_eerder_klaar(
    start: date, duur: Duur, soort: Soort, inclusief: bool, later: int
) -> None:
    vroeg = _termijn(start, duur, soort, inclusief=inclusief)
    laat = _termijn(start + timedelta(days=later), duur, soort, inclusief=inclusief)
    assert vroeg.einde <= laat.einde
    assert vroeg.einde_onverlengd <= laat.einde_onverlengd


@settings(deadline=None)
@given(DAGEN, DUREN)
def test_inclusief_eindigt_een_dag_eerder(start: date, duur: Duur) -> None:
    # A month that is too short may be full on the same last day either way.
    gewoon, mee = _termijn(start, duur).einde_onverlengd, _termijn(start, duur, inclusief=True).einde_onverlengd
    verschil = (dag_van(gewoon) - dag_van(mee)).days
    assert verschil in ((1,) if duur.eenheid in (Eenheid.DAGEN, Eenheid.WEKEN) else (0, 1))


@settings(deadline=None)
@given(DAGEN, DUREN)
def test_buiten_de_wet_verschuift_niets(start: date, duur: Duur) -> None:
    t = _termijn(start, duur)
    if duur.te_lang_voor_atw:
        assert t.einde == t.einde_onverlengd
        assert t.regels[-1].artikel == "art. 4 onder a Algemene termijnenwet"


@settings(deadline=None)
@given(DAGEN, st.integers(1, 12), st.integers(0, 30), st.integers(1, 60))
def test_opschorten_schuift_het_einde_precies_zoveel_op(start: date, weken: int, na: int, dagen: int) -> None:
    t = _termijn(start, Duur(weken, Eenheid.WEKEN))
    eerste = start + timedelta(days=1 + na)
    if eerste > dag_van(t.einde_onverlengd):
        return
    o = Opschorting(eerste, eerste + timedelta(days=dagen), "art. 4:15 Awb", "aanvullen")
    nieuw = schort_op(t, o, kalender=kalender())
    assert dag_van(nieuw.einde_onverlengd) == dag_van(t.einde_onverlengd) + timedelta(days=dagen)
    assert kalender().is_werkdag(nieuw.einddag)
    assert nieuw.einddag >= eerste + timedelta(days=dagen)


@settings(deadline=None)
@given(DAGEN, st.integers(1, 12), st.integers(1, 6))
def test_verdagen_maakt_nooit_korter_en_is_herberekenbaar(start: date, weken: int, erbij: int) -> None:
    t = _termijn(start, Duur(weken, Eenheid.WEKEN))
    v = Verdaging(Duur(erbij, Eenheid.WEKEN), start + timedelta(days=1), "art. 7:10 Awb", "onderzoek")
    nieuw = verdaag(t, v, kalender=kalender())
    assert nieuw.einde_onverlengd == start + timedelta(weeks=weken + erbij)
    assert kalender().is_werkdag(nieuw.einddag) or weken + erbij > 12
    assert t.opdracht.verdagingen == ()


@settings(deadline=None)
@given(st.integers(0, 45 * 365 * 24 * 60), st.integers(1, 9000))
def test_uren_zijn_echte_uren(minuut: int, uren: int) -> None:
    start = datetime(2015, 1, 1, tzinfo=UTC) + timedelta(minutes=minuut)
    t = bereken(start, Duur(uren, Eenheid.UREN), kalender=kalender())
    assert isinstance(t.einde, datetime)
    assert t.einde.astimezone(UTC) - start == timedelta(hours=uren)
    assert t.einde.tzinfo is TIJDZONE


def _pasen(jaar: int) -> date:
    """Easter Sunday by Gauss's method, with his two exceptions (valid for 1900 to 2099)."""
    d = (19 * (jaar % 19) + 24) % 30
    e = (2 * (jaar % 4) + 4 * (jaar % 7) + 6 * d + 5) % 7
    if (d == 29 and e == 6) or (d == 28 and e == 6 and jaar % 19 > 10):
        d -= 7
    return date(jaar, 3, 22) + timedelta(days=d + e)


@settings(deadline=None)
@given(st.integers(1990, 2099))
def test_feestdagen_van_artikel_3(jaar: int) -> None:
    """The list of art. 3 lid 1 and 2, counted from Easter, against what the engine uses."""
    pasen = _pasen(jaar)
    koning = date(jaar, 4, 27 if jaar >= 2014 else 30)
    koning -= timedelta(days=1 if koning.weekday() == 6 else 0)
    verwacht = {
        date(jaar, 1, 1),
        pasen - timedelta(days=2),
        pasen + timedelta(days=1),
        koning,
        date(jaar, 5, 5),
        pasen + timedelta(days=39),
        pasen + timedelta(days=50),
        date(jaar, 12, 25),
        date(jaar, 12, 26),
    }
    assert set(feestdagen(jaar)) == verwacht
