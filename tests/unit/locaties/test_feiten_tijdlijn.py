"""Chips and pages of the timeline."""

from datetime import UTC, datetime, timedelta

from inspecties.locaties.tijdlijn import Punt
from inspecties.locaties.tijdlijnblad import PER_PAGINA, maak_blad

NU = datetime(2026, 11, 21, 12, tzinfo=UTC)


def _punten(**aantallen: int) -> list[Punt]:
    return [Punt(NU - timedelta(hours=i), soort, f"{soort} {i}") for soort, n in aantallen.items() for i in range(n)]


def test_keuzes_tellen_en_staan_op_volgorde() -> None:
    blad = maak_blad(_punten(status=1, overlast=3, nieuw_soort=1), "overlast", 1)
    assert [(k.naam, k.aantal, k.gekozen) for k in blad.keuzes] == [
        ("Alles", 5, False),
        ("Overlast", 3, True),
        ("Status", 1, False),
        ("Nieuw soort", 1, False),
    ]
    assert {p.soort for p in blad.punten} == {"overlast"}


def test_onbekende_soort_is_alles() -> None:
    blad = maak_blad(_punten(status=2), "<script>", 1)
    assert blad.totaal == 2
    assert blad.keuzes[0].gekozen


def test_bladeren_blijft_binnen_wat_er_is() -> None:
    punten = _punten(bezoek=PER_PAGINA + 1)
    assert len(maak_blad(punten, "", 1).punten) == PER_PAGINA
    for pagina in (2, 99):
        blad = maak_blad(punten, "", pagina)
        assert (blad.pagina, blad.paginas, len(blad.punten)) == (2, 2, 1)
    assert maak_blad(punten, "", -3).pagina == 1
    assert maak_blad([], "", 1).paginas == 1
