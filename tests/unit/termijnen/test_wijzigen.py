"""Suspension (opschorting), extension (verdaging) and the Bibob terms, each by a case with dates."""

from datetime import UTC, date, datetime

import pytest

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.termijnen.bronnen import kalender, termijntabel
from inspecties.termijnen.rules import Duur, Opschorting, Termijn, Verdaging, bereken, hervat, schort_op, verdaag
from inspecties.termijnen.rules.benoemd import bibob_opschorting

K = kalender()


def _beslistermijn() -> Termijn:
    return bereken(date(2026, 9, 1), "8w", kalender=K)  # Tuesday to Tuesday 27 October


def _stil(van: date, tot: date | None, hoogstens: str | None = None) -> Opschorting:
    grens = Duur.lees(hoogstens) if hoogstens else None
    return Opschorting(van, tot, "art. 4:15 Awb", "aanvraag aanvullen", grens)


def test_opschorting_telt_de_dagen_niet_mee() -> None:
    t = schort_op(_beslistermijn(), _stil(date(2026, 9, 10), date(2026, 9, 20)), kalender=K)
    assert t.einde_onverlengd == date(2026, 11, 6)
    assert t.einde == date(2026, 11, 6)
    assert next(r for r in t.regels if r.artikel == "art. 4:15 Awb").uitleg == (
        "Opgeschort vanaf donderdag 10 september 2026: 10 dagen tellen niet mee. Grond: aanvraag aanvullen"
    )


def test_na_opschorting_geldt_de_termijnenwet_opnieuw() -> None:
    t = schort_op(_beslistermijn(), _stil(date(2026, 9, 10), date(2026, 9, 21)), kalender=K)
    assert (t.einde_onverlengd, t.einde) == (date(2026, 11, 7), date(2026, 11, 9))


def test_overlappende_opschortingen_tellen_een_keer() -> None:
    t = schort_op(_beslistermijn(), _stil(date(2026, 9, 10), date(2026, 9, 20)), kalender=K)
    t = schort_op(t, _stil(date(2026, 9, 15), date(2026, 9, 24)), kalender=K)
    assert t.einde_onverlengd == date(2026, 11, 10)
    binnen = schort_op(t, _stil(date(2026, 9, 11), date(2026, 9, 12)), kalender=K)
    assert binnen.einde_onverlengd == t.einde_onverlengd


def test_volgorde_van_vastleggen_maakt_niet_uit() -> None:
    a, b = _stil(date(2026, 9, 10), date(2026, 9, 20)), _stil(date(2026, 10, 1), date(2026, 10, 4))
    een = schort_op(schort_op(_beslistermijn(), a, kalender=K), b, kalender=K)
    twee = schort_op(schort_op(_beslistermijn(), b, kalender=K), a, kalender=K)
    assert een.einde == twee.einde == date(2026, 11, 9)


def test_opgeschorte_werkdagen_tellen_niet_voor_artikel_2() -> None:
    """Three days after Wednesday; Thursday and Friday stand still, so Saturday, Sunday, Monday: Tuesday too."""
    t = bereken(date(2026, 9, 2), "3d", kalender=K)
    assert t.einde == date(2026, 9, 7)
    t = schort_op(t, _stil(date(2026, 9, 3), date(2026, 9, 5)), kalender=K)
    assert (t.einde_onverlengd, t.einde) == (date(2026, 9, 7), date(2026, 9, 8))
    assert t.regels[-1].artikel == "art. 2 Algemene termijnenwet"


def test_open_opschorting_geeft_het_vroegste_einde_en_zegt_dat() -> None:
    t = schort_op(_beslistermijn(), _stil(date(2026, 9, 10), None), kalender=K, vandaag=date(2026, 9, 20))
    assert t.loopt_nog_op
    assert t.einde == date(2026, 11, 6)
    assert any("vroegst" in w for w in t.waarschuwingen)
    klaar = hervat(t, date(2026, 9, 24), kalender=K)
    assert not klaar.loopt_nog_op
    assert klaar.einde == date(2026, 11, 10)
    with pytest.raises(OngeldigeInvoer, match="niet opgeschort"):
        hervat(klaar, date(2026, 9, 30), kalender=K)


def test_open_opschorting_zonder_vandaag_wordt_geweigerd() -> None:
    with pytest.raises(OngeldigeInvoer, match="vandaag"):
        schort_op(_beslistermijn(), _stil(date(2026, 9, 10), None), kalender=K)


def test_opschorting_heeft_een_maximum_waar_de_wet_dat_geeft() -> None:
    t = schort_op(_beslistermijn(), _stil(date(2026, 9, 10), date(2026, 12, 1), "2w"), kalender=K)
    assert t.einde_onverlengd == date(2026, 11, 10)


def test_opschorten_na_afloop_kan_niet() -> None:
    with pytest.raises(OngeldigeInvoer, match="eindigde op 2026-10-27"):
        schort_op(_beslistermijn(), _stil(date(2026, 10, 28), date(2026, 11, 3)), kalender=K)


def test_opschorten_in_de_dagen_die_de_termijnenwet_toevoegt() -> None:
    """Ends Saturday 10 October, so Monday 12 October; suspended from Sunday to Thursday: Thursday is left."""
    t = bereken(date(2026, 9, 12), "4w", kalender=K)
    assert (t.einde_onverlengd, t.einde) == (date(2026, 10, 10), date(2026, 10, 12))
    nieuw = schort_op(t, _stil(date(2026, 10, 11), date(2026, 10, 15)), kalender=K)
    assert nieuw.einde == date(2026, 10, 15)


def test_opschorting_die_voor_de_termijn_begint_telt_vanaf_de_eerste_dag() -> None:
    t = schort_op(_beslistermijn(), _stil(date(2026, 8, 25), date(2026, 9, 5)), kalender=K)
    assert t.einde_onverlengd == date(2026, 10, 30)  # 2, 3 and 4 September


@pytest.mark.parametrize(
    ("maak", "melding"),
    [
        (lambda: _stil(date(2026, 9, 10), date(2026, 9, 10)), "moet na de eerste dag"),
        (lambda: Opschorting(date(2026, 9, 10), None, "", "grond"), "artikel en een grond"),
        (lambda: Opschorting(date(2026, 9, 10), None, "art. 4:15 Awb", " "), "artikel en een grond"),
        (lambda: Verdaging(Duur.lees("6w"), date(2026, 9, 10), "art. 7:10 Awb", ""), "artikel en een grond"),
        (lambda: Verdaging(Duur.lees("6u"), date(2026, 9, 10), "art. 7:10 Awb", "druk"), "niet met uren"),
    ],
)
def test_onmogelijke_handelingen(maak: object, melding: str) -> None:
    with pytest.raises(OngeldigeInvoer, match=melding):
        maak()  # type: ignore[operator]  # a lambda without arguments


def test_uren_zijn_niet_op_te_schorten() -> None:
    t = bereken(datetime(2026, 12, 18, 14, 30, tzinfo=UTC), "24u", kalender=K)
    with pytest.raises(OngeldigeInvoer, match="moment tot moment"):
        schort_op(t, _stil(date(2026, 12, 18), date(2026, 12, 20)), kalender=K)


# --- Beslissing op bezwaar (Awb 7:10, 7:13) ---


def test_beslissing_op_bezwaar_verdaagd_tot_twaalf_weken_blijft_gedekt() -> None:
    """6 + 6 weeks from Saturday 3 October ends on Saturday 26 December (Tweede kerstdag): Monday 28."""
    regel = termijntabel().op("beslissing_op_bezwaar", date(2026, 10, 3))
    t = regel.bereken(date(2026, 10, 3), kalender=K)
    assert (t.einde_onverlengd, t.einde) == (date(2026, 11, 14), date(2026, 11, 16))
    t = regel.verdaag(t, Duur.lees("6w"), date(2026, 11, 10), "nader onderzoek", kalender=K)
    assert (t.einde_onverlengd, t.einde) == (date(2026, 12, 26), date(2026, 12, 28))


def test_met_commissie_en_verdaging_niet_op_de_termijnenwet_rekenen() -> None:
    """12 weeks from Saturday 19 September is covered; with 6 weeks more it stays on Saturday 23 January."""
    regel = termijntabel().op("beslissing_op_bezwaar_commissie", date(2026, 9, 19))
    t = regel.bereken(date(2026, 9, 19), kalender=K)
    assert (t.einde_onverlengd, t.einde) == (date(2026, 12, 12), date(2026, 12, 14))
    t = regel.verdaag(t, Duur.lees("6w"), date(2026, 12, 1), "commissie heeft meer tijd nodig", kalender=K)
    assert t.einde == date(2027, 1, 23)
    assert t.regels[-1].artikel == "art. 4 onder a Algemene termijnenwet"
    assert any("handel eerder" in w for w in t.waarschuwingen)


def test_verdagen_mag_niet_langer_dan_de_wet() -> None:
    regel = termijntabel().op("beslissing_op_bezwaar", date(2026, 10, 3))
    t = regel.bereken(date(2026, 10, 3), kalender=K)
    with pytest.raises(OngeldigeInvoer, match="hoogstens 6 weken"):
        regel.verdaag(t, Duur.lees("7w"), date(2026, 11, 10), "druk", kalender=K)
    t = regel.verdaag(t, Duur.lees("4w"), date(2026, 11, 10), "druk", kalender=K)
    with pytest.raises(OngeldigeInvoer, match="hoogstens 6 weken"):
        regel.verdaag(t, Duur.lees("3w"), date(2026, 11, 11), "druk", kalender=K)
    assert regel.verdaag(t, Duur.lees("2w"), date(2026, 11, 11), "druk", kalender=K).einde == date(2026, 12, 28)


def test_verdagen_na_afloop_kan_niet() -> None:
    regel = termijntabel().op("beslissing_op_bezwaar", date(2026, 10, 3))
    t = regel.bereken(date(2026, 10, 3), kalender=K)
    assert regel.verdaag(t, Duur.lees("1w"), date(2026, 11, 16), "laatste dag", kalender=K)
    with pytest.raises(OngeldigeInvoer, match="eindigde op 2026-11-16"):
        regel.verdaag(t, Duur.lees("1w"), date(2026, 11, 17), "te laat", kalender=K)


def test_niet_te_verdagen() -> None:
    regel = termijntabel().op("bezwaar", date(2026, 10, 3))
    with pytest.raises(OngeldigeInvoer, match="niet te verdagen"):
        regel.verdaag(regel.bereken(date(2026, 10, 3), kalender=K), Duur.lees("1w"), date(2026, 10, 5), "x", kalender=K)


def test_verdagen_in_een_andere_eenheid_telt_de_dagen_samen() -> None:
    """Two months and four weeks from 19 September: 88 days, more than twelve weeks, so no reliance on the Act."""
    t = bereken(date(2026, 9, 20), "2m", kalender=K)
    lang = verdaag(t, Verdaging(Duur.lees("4w"), date(2026, 9, 22), "art. 1", "x"), kalender=K)
    assert (lang.einde_onverlengd, lang.regels[-1].artikel) == (
        date(2026, 12, 18),
        "art. 4 onder a Algemene termijnenwet",
    )
    kort = verdaag(t, Verdaging(Duur.lees("2d"), date(2026, 9, 22), "art. 1", "x"), kalender=K)
    assert (kort.einde_onverlengd, kort.einde) == (date(2026, 11, 22), date(2026, 11, 23))


# --- Wet Bibob (art. 15 en 31) ---


def _advies() -> Termijn:
    return termijntabel().op("bibob_advies", date(2026, 9, 1)).bereken(date(2026, 9, 1), kalender=K)


def test_bibob_advies_acht_weken_pauze_en_vier_weken() -> None:
    regel = termijntabel().op("bibob_advies", date(2026, 9, 1))
    t = _advies()
    assert t.einde == date(2026, 10, 27)
    t = schort_op(t, Opschorting(date(2026, 9, 8), date(2026, 9, 15), regel.opschorten_artikel, "gegevens"), kalender=K)
    assert t.einde == date(2026, 11, 3)
    t = regel.verdaag(t, Duur.lees("4w"), date(2026, 10, 30), "meer tijd", kalender=K)
    assert t.einde == date(2026, 12, 1)
    with pytest.raises(OngeldigeInvoer, match="hoogstens 4 weken"):
        regel.verdaag(t, Duur.lees("1w"), date(2026, 11, 30), "nog meer tijd", kalender=K)


def test_bibob_beslistermijn_staat_stil_tot_en_met_de_ontvangst() -> None:
    """Asked 1 September, received 25 September: 25 days stand still, the day of receipt included."""
    beslis = bereken(date(2026, 8, 24), "8w", kalender=K)  # Monday 19 October
    t = schort_op(beslis, bibob_opschorting(date(2026, 9, 1), date(2026, 9, 25), _advies(), "advies LBB"), kalender=K)
    assert t.einde_onverlengd == date(2026, 11, 13)


@pytest.mark.parametrize("ontvangen", [None, date(2026, 12, 20)])
def test_bibob_opschorting_duurt_niet_langer_dan_de_adviestermijn(ontvangen: date | None) -> None:
    beslis = bereken(date(2026, 8, 24), "8w", kalender=K)
    t = schort_op(beslis, bibob_opschorting(date(2026, 9, 1), ontvangen, _advies(), "advies LBB"), kalender=K)
    assert t.einde_onverlengd == date(2026, 12, 14)  # 56 days later than 19 October


def test_bibob_advies_niet_ontvangen_voor_de_aanvraag() -> None:
    with pytest.raises(OngeldigeInvoer, match="voordat"):
        bibob_opschorting(date(2026, 9, 1), date(2026, 8, 31), _advies(), "advies LBB")


# --- Wanneer is het voorbij ---


def test_termijn_loopt_tot_middernacht_nederlandse_tijd() -> None:
    t = bereken(date(2026, 9, 1), "1w", kalender=K)  # through Tuesday 8 September, summer time
    assert not t.is_verstreken(datetime(2026, 9, 8, 21, 59, tzinfo=UTC))
    assert t.is_verstreken(datetime(2026, 9, 8, 22, 0, tzinfo=UTC))
    uren = bereken(datetime(2026, 12, 18, 14, 30, tzinfo=UTC), "1u", kalender=K)
    assert not uren.is_verstreken(datetime(2026, 12, 18, 15, 29, tzinfo=UTC))
    assert uren.is_verstreken(datetime(2026, 12, 18, 15, 30, tzinfo=UTC))
