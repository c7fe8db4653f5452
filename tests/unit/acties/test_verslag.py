"""When a verslag van binnentreden is due, what it must say and how it stands."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspecties.acties.rules.machtiging import Inhoud, Woning
from inspecties.acties.rules.verslag import (
    VERSLAG_TABEL,
    Deurbericht,
    Verslagtekst,
    aanleiding,
    gebreken,
    komt_twee_keer,
    moment_van,
    stand,
    tijden,
    vergelijk,
    verlaten_na,
)
from inspecties.acties.verslag_queries import termijn
from inspecties.core.fouten import OngeldigeInvoer

BINNEN = datetime(2026, 11, 17, 18, 0, tzinfo=UTC)
NU = BINNEN + timedelta(days=1)
TWAALF = Woning("Kade", 12, postcode="1234AB", woonplaats="Markerdorp")
GOED = Verslagtekst(
    grond="machtiging",
    naam="Pas 1234",
    hoedanigheid="toezichthouder",
    grondslag="art. 149a Gemeentewet",
    doel="Controle",
    plaats=TWAALF.regel,
    wijze="De bewoner deed open.",
    verricht="Alle kamers bekeken.",
    binnen_op=BINNEN,
    verlaten_op=BINNEN + timedelta(minutes=40),
    meegaanden=1,
    meegaanden_wie="A. Agent, politie",
)
MACHTIGING = Inhoud("ondertekend", [TWAALF], "7", "Pas 1234", afgifte=date(2026, 11, 16), meegaanden=1)


def test_tabel_klopt() -> None:
    assert VERSLAG_TABEL.gebreken() == []


@pytest.mark.parametrize(
    ("gepland", "toestand", "bericht", "verwacht"),
    [
        ("machtiging", "afgerond", None, "machtiging"),
        ("machtiging", "binnen", None, "machtiging"),
        ("machtiging", "niemand_thuis", None, ""),
        ("machtiging", "geweigerd", None, ""),
        ("toezicht", "afgerond", None, ""),
        ("toestemming", "afgerond", None, ""),
        # What was written at the door goes before the plan: consent after all, or danger where nobody planned it.
        ("machtiging", "afgerond", Deurbericht("toestemming"), ""),
        ("machtiging", "afgerond", Deurbericht("niet_binnen"), ""),
        ("toezicht", "afgerond", Deurbericht("spoed"), "spoed"),
        ("toestemming", "afgerond", Deurbericht("machtiging"), "machtiging"),
        # The form says not to go in; whoever went in all the same makes a verslag.
        ("machtiging", "afgerond", Deurbericht("machtiging", machtiging_geldig="nee"), ""),
        ("machtiging", "afgerond", Deurbericht("machtiging", machtiging_geldig="nee", binnen=time(19)), "machtiging"),
        # The state was never reported, but somebody wrote down the time at which they went in.
        ("machtiging", "gepland", Deurbericht("machtiging", binnen=time(19)), "machtiging"),
    ],
)
def test_wanneer_een_verslag_nodig_is(gepland: str, toestand: str, bericht: Deurbericht | None, verwacht: str) -> None:
    assert aanleiding(gepland, toestand, bericht) == verwacht


@pytest.mark.parametrize(
    ("dag", "einde"),
    [
        # Tuesday: the fourth day is a Saturday, so the Algemene termijnenwet makes it Monday.
        (date(2026, 11, 17), date(2026, 11, 23)),
        (date(2026, 11, 16), date(2026, 11, 20)),
        # 21 December: the fourth day is Christmas, then Boxing day on Saturday, then Sunday.
        (date(2026, 12, 21), date(2026, 12, 28)),
        (date(2028, 2, 25), date(2028, 2, 29)),
    ],
)
def test_termijn_is_de_vierde_dag(dag: date, einde: date) -> None:
    assert termijn(dag).einddag == einde


@given(st.dates(date(2026, 1, 1), date(2028, 12, 31)))
@settings(max_examples=60)
def test_termijn_is_nooit_korter_dan_vier_dagen(dag: date) -> None:
    uit = termijn(dag)
    assert uit.einde_onverlengd == dag + timedelta(days=4)
    assert uit.einddag >= dag + timedelta(days=4)
    assert uit.einddag.weekday() < 5


def test_wat_goed_is_mist_niets() -> None:
    assert gebreken(GOED, vergelijk(MACHTIGING, TWAALF, {"7": "Pas 1234"}, GOED), NU) == []


@pytest.mark.parametrize(
    ("anders", "veld", "melding"),
    [
        ({"naam": " "}, "naam", "naam of het nummer"),
        ({"wijze": ""}, "wijze", "hoe u binnenkwam"),
        ({"verricht": ""}, "verricht", "wat er binnen is gedaan"),
        ({"verlaten_op": BINNEN - timedelta(minutes=1)}, "verlaten", "voor de tijd van binnentreden"),
        ({"binnen_op": NU + timedelta(hours=1), "verlaten_op": NU + timedelta(hours=2)}, "dag", "nog niet geweest"),
        ({"grond": "spoed"}, "spoed_reden", "ernstig en onmiddellijk gevaar"),
        ({"meegaanden_wie": ""}, "meegaanden_wie", "Schrijf van ieder"),
        ({"zonder_naam": True}, "zonder_naam_reden", "in plaats van een naam"),
    ],
)
def test_wat_niet_klopt_heeft_een_melding(anders: dict[str, object], veld: str, melding: str) -> None:
    gevonden = dict(gebreken(replace(GOED, **anders), [], NU))  # type: ignore[arg-type]
    assert melding in gevonden[veld]


@pytest.mark.parametrize(
    ("machtiging", "woning", "aan", "anders", "code", "zin"),
    [
        (MACHTIGING, replace(TWAALF, huisletter="a"), "7", {}, "adres", "niet voor Kade 12a"),
        (MACHTIGING, TWAALF, "8", {}, "persoon", "niet voor wie binnentrad"),
        (MACHTIGING, TWAALF, "7", {"meegaanden": 3}, "meegaanden", "laat hoogstens 1 toe"),
        (replace(MACHTIGING, afgifte=date(2026, 11, 13)), TWAALF, "7", {}, "verlopen", "tot en met 16-11-2026"),
        (replace(MACHTIGING, afgifte=date(2026, 11, 18)), TWAALF, "7", {}, "te_vroeg", "pas vanaf 18-11-2026"),
        (replace(MACHTIGING, toestand="concept"), TWAALF, "7", {}, "niet_ondertekend", "was niet ondertekend"),
        (None, TWAALF, "7", {}, "ontbreekt", "geen machtiging voor deze woning"),
        (
            MACHTIGING,
            TWAALF,
            "7",
            {"binnen_op": BINNEN + timedelta(hours=6), "verlaten_op": BINNEN + timedelta(hours=7)},
            "nacht",
            "tussen 00:00 en 06:00",
        ),
    ],
)
def test_buiten_de_machtiging_vraagt_uitleg(
    machtiging: Inhoud | None, woning: Woning, aan: str, anders: dict[str, object], code: str, zin: str
) -> None:
    tekst = replace(GOED, **anders)  # type: ignore[arg-type]
    breuken = vergelijk(machtiging, woning, {aan: "Naam"}, tekst)
    assert code in {b.code for b in breuken}
    gevonden = dict(gebreken(tekst, breuken, NU + timedelta(days=1)))
    assert zin in gevonden["afwijking"]
    uitgelegd = replace(tekst, afwijking="Nummer 12 en 12a hebben een voordeur.")
    assert "afwijking" not in dict(gebreken(uitgelegd, breuken, NU + timedelta(days=1)))
    assert vergelijk(machtiging, woning, {aan: "Naam"}, replace(tekst, grond="spoed")) == []


def test_tijden_over_middernacht_en_verkeerd_om() -> None:
    binnen = moment_van(date(2026, 11, 17), time(23, 30), "binnen")
    assert verlaten_na(binnen, time(0, 40)) - binnen == timedelta(minutes=70)
    assert verlaten_na(binnen, time(23, 30)) == binnen
    with pytest.raises(OngeldigeInvoer, match="23:10 ligt voor de tijd van binnentreden"):
        verlaten_na(binnen, time(23, 10))


def test_nacht_waarin_de_klok_verspringt() -> None:
    herfst, lente = date(2026, 10, 25), date(2026, 3, 29)
    assert komt_twee_keer(herfst, time(2, 30))
    assert not komt_twee_keer(herfst, time(3, 30))
    eerste = moment_van(herfst, time(2, 30), "binnen")
    assert moment_van(herfst, time(2, 30), "binnen", tweede=True) - eerste == timedelta(hours=1)
    # In at 02:50, out at 02:10: that is twenty minutes later, after the clock went back.
    binnen = moment_van(herfst, time(2, 50), "binnen")
    assert verlaten_na(binnen, time(2, 10)) - binnen == timedelta(minutes=20)
    with pytest.raises(OngeldigeInvoer, match="02:30 bestaat niet op deze dag"):
        moment_van(lente, time(2, 30), "binnen")


def test_tijden_van_het_bezoek_gaan_voor() -> None:
    bericht = Deurbericht(binnen=time(19, 5), verlaten=time(19, 45), begin_op=BINNEN, eind_op=NU)
    assert tijden(bericht, date(2026, 11, 17)) == (BINNEN + timedelta(minutes=5), BINNEN + timedelta(minutes=45))
    # What cannot be is left to whoever fills it in.
    assert tijden(replace(bericht, verlaten=time(18, 0)), date(2026, 11, 17))[0] == BINNEN
    assert tijden(None, date(2026, 11, 17)) == (None, None)


TOT = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("toestand", "afgeleverd", "vandaag", "code", "naam", "toon"),
    [
        ("", [], date(2026, 11, 18), "te_maken", "Te maken", "actief"),
        ("", [], date(2026, 11, 22), "te_maken", "Te maken", "let-op"),
        ("", [], TOT, "te_maken", "Te maken", "let-op"),
        ("", [], date(2026, 11, 24), "te_maken", "Te laat", "fout"),
        ("concept", [], date(2026, 11, 24), "concept", "Te laat", "fout"),
        ("vast", [("gever", "toegestuurd")], TOT, "te_versturen", "Te versturen", "let-op"),
        ("vast", [("gever", "toegestuurd")], date(2026, 11, 24), "te_versturen", "Te laat", "fout"),
        (
            "vast",
            [("gever", "toegestuurd"), ("bewoner", "uitgesteld")],
            date(2026, 12, 1),
            "uitgesteld",
            "Uitgesteld",
            "let-op",
        ),
        (
            "vast",
            [("bewoner", "uitgesteld"), ("gever", "toegestuurd"), ("bewoner", "uitgereikt")],
            TOT,
            "klaar",
            "Verstuurd",
            "goed",
        ),
        ("vast", [("gever", "toegestuurd"), ("bewoner", "niet_mogelijk")], TOT, "klaar", "Verstuurd", "goed"),
        ("elders", [], date(2027, 1, 1), "klaar", "Elders gemaakt", "goed"),
    ],
)
def test_hoe_het_staat(
    toestand: str, afgeleverd: list[tuple[str, str]], vandaag: date, code: str, naam: str, toon: str
) -> None:
    uit = stand("machtiging", toestand, [(*deel, TOT) for deel in afgeleverd], TOT, vandaag)
    assert (uit.code, uit.naam, uit.toon) == (code, naam, toon)
    assert uit.rood == (toon == "fout")
    assert uit.open == (code != "klaar")


def test_zonder_machtiging_is_de_bewoner_genoeg() -> None:
    assert stand("spoed", "vast", [("bewoner", "uitgereikt", TOT)], TOT, TOT).code == "klaar"
    assert "de bewoner" in stand("spoed", "vast", [], TOT, TOT).zin


def test_na_de_laatste_dag_verstuurd_staat_erbij() -> None:
    een, twee = TOT + timedelta(days=1), TOT + timedelta(days=2)
    laat = stand("machtiging", "vast", [("gever", "toegestuurd", TOT), ("bewoner", "uitgereikt", een)], TOT, een)
    assert (laat.naam, laat.rood, laat.open) == ("Te laat verstuurd", False, False)
    # Given again later: the first time is what counts for the term.
    weer = [("gever", "toegestuurd", TOT), ("bewoner", "toegestuurd", TOT), ("bewoner", "uitgereikt", twee)]
    assert stand("machtiging", "vast", weer, TOT, twee).naam == "Verstuurd"
