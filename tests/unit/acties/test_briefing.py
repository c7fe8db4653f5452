"""What a briefing says: nobody finds what is not theirs to know, and a reader is told what changed."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspecties.acties.briefing_teksten import lees_teksten, teksten
from inspecties.acties.rules.briefing import (
    Actiefeit,
    Contactfeit,
    Lidfeit,
    Machtigingfeit,
    Organisatiefeit,
    Ploegfeit,
    Stopfeit,
    hash_van,
    maak_deel,
    publiek,
    sleutel_van,
    vergelijk,
)
from inspecties.core.fouten import OngeldigeInvoer

# Words that stand in no text of the installation; which field they are in follows from the word.
EIGEN = ("locatienaam", "checklist", "houder", "contactnaam", "bijzonderheid")


def stop(nummer: int, ploeg: str) -> Stopfeit:
    def merk(veld: str) -> str:
        return f"KANARIE-{veld}-{ploeg}-{nummer}"

    return Stopfeit(
        sleutel=f"{ploeg}{nummer}",
        nummer=nummer,
        adres=merk("adres"),
        plaats="Markerdorp",
        soort="Pand",
        lon=5.0,
        lat=52.5,
        naam=merk("locatienaam"),
        tijd="18:00 tot 18:30",
        grond="Machtiging",
        machtiging=Machtigingfeit("M2026-0001", merk("houder"), "24 november 2026", ("niemand mee",)),
        veiligheid=merk("veiligheid"),
        checklists=(merk("checklist"),),
    )


def wereld(stops: int, ziet: bool) -> tuple[Actiefeit, list[Ploegfeit]]:
    actie = Actiefeit(
        gemeente="Markerwaard",
        naam="Kade",
        soort="Pandenactie",
        datum="21 november 2026",
        tijd="17:00 tot 22:00",
        bijzonderheden="KANARIE-bijzonderheid",
        contacten=(Contactfeit("Politie", "meldkamer", "KANARIE-contactnaam", "0900-8844"),),
        organisaties=(Organisatiefeit("p", "Politie", ziet), Organisatiefeit("b", "Brandweer", not ziet)),
    )
    ploegen = [
        Ploegfeit(
            naam,
            f"Ploeg {naam}",
            "17:00 tot 22:00",
            (Lidfeit("An"), Lidfeit("Bo", org)),
            tuple(stop(n, naam) for n in range(1, stops + 1)),
        )
        for naam, org in (("A", "Politie"), ("B", "Brandweer"))
    ]
    return actie, ploegen


@given(st.integers(0, 6), st.booleans())
@settings(max_examples=20, deadline=None)
def test_geen_briefing_zegt_wat_de_lezer_niet_mag_weten(stops: int, ziet: bool) -> None:
    actie, ploegen = wereld(stops, ziet)
    for ploeg in ploegen:
        for org in publiek(actie, ploeg):
            tekst = json.dumps(maak_deel(actie, ploeg, org, teksten()))
            ander = next(p for p in ploegen if p is not ploeg)
            assert all(s.adres in tekst for s in ploeg.stops), "the own stops are in it"
            assert not any(s.adres in tekst or s.veiligheid in tekst for s in ander.stops), "another team's never"
            if org is not None:
                assert not any(f"KANARIE-{veld}" in tekst for veld in EIGEN)
            weet = org is None or org.ziet_veiligheid
            assert ("KANARIE-veiligheid" in tekst) is (weet and stops > 0)


def test_het_publiek_is_de_gemeente_en_wie_er_in_de_ploeg_zit() -> None:
    actie, (a, _) = wereld(1, True)
    gemeente, politie = publiek(actie, a)
    assert gemeente is None
    assert politie is not None
    assert politie.naam == "Politie"
    assert sleutel_van(a, gemeente) != sleutel_van(a, politie)


def test_wat_anders_is_wordt_gezegd() -> None:
    actie, (a, _) = wereld(3, True)
    oud = maak_deel(actie, a, None, teksten())
    een, _, drie = a.stops
    vier = stop(4, "A")
    ander = replace(a, stops=(replace(een, tijd="19:00 tot 19:30", wie_eerst="Politie"), drie, vier))
    nieuw = maak_deel(replace(actie, veiligheid="Hond in de wijk."), ander, None, teksten())
    assert vergelijk(oud, nieuw) == [
        "Wat er over de veiligheid staat, is veranderd.",
        f"Nieuw: stop 4, {vier.adres}.",
        f"Gaat niet door: stop 2, {a.stops[1].adres}.",
        f"Stop 1, {een.adres}: anders is de tijd en wie het eerst naar binnen gaat.",
    ]
    assert vergelijk(None, nieuw) == []
    assert vergelijk(oud, oud) == []
    assert hash_van(oud) == hash_van(json.loads(json.dumps(oud))) != hash_van(nieuw)


def test_zonder_machtiging_zegt_de_briefing_blijf_buiten() -> None:
    actie, (a, _) = wereld(1, True)
    zonder = replace(a, stops=(replace(a.stops[0], machtiging=None, machtiging_nodig=True),))
    (regel,) = maak_deel(actie, zonder, None, teksten())["stops"]
    assert "ga niet naar binnen" in regel["machtiging"]


def test_minderjarige_cautie_en_zorg_staan_in_elke_briefing() -> None:
    actie, (a, _) = wereld(0, True)
    for org in publiek(actie, a):
        tekst = json.dumps(maak_deel(actie, a, org, teksten()), ensure_ascii=False)
        assert all(woord in tekst for woord in ("minderjarige", "cautie", "Veilig Thuis", "0800-2000", "112"))


@pytest.mark.parametrize(
    ("inhoud", "melding"),
    [
        ({}, "'veiligheid' is een lijst"),
        ({"veiligheid": ["x"]}, r"\[\[rol\]\]"),
        ({"veiligheid": ["x"], "rol": [{"wie": "a", "wat": "b"}], "doen": [{"titel": "t", "tekst": "u"}]}, "'bron'"),
    ],
)
def test_een_fout_bestand_wordt_genoemd(inhoud: dict[str, object], melding: str) -> None:
    with pytest.raises(OngeldigeInvoer, match=melding):
        lees_teksten(inhoud, {"kaarten": {"nl": {"nummers": [], "hulp": []}}})
