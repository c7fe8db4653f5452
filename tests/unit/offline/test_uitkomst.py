"""What an inspector or partner may know of what became of their findings."""

from dataclasses import replace
from datetime import date

import pytest

from inspecties.offline.rules.uitkomst import Bron, uitkomsten

BRON = Bron("overbewoning", "Overbewoning", "art. 22 Hvw", ("bewoners",))


def _een(bron: Bron, *, partner: bool = False) -> tuple[str, str, str]:
    (uit,) = uitkomsten([bron], partner=partner)
    return uit.stand, uit.zin, uit.besluit


def test_niemand_keek_er_nog_naar() -> None:
    assert _een(BRON) == ("wacht", "De gemeente heeft dit nog niet beoordeeld.", "")


def test_een_inspecteur_leest_de_reden_van_een_afwijzing_en_een_partner_niet() -> None:
    bron = replace(BRON, status="afgewezen", reden="Mevrouw De Wit staat ingeschreven")
    assert _een(bron)[:2] == ("afgewezen", "Reden: Mevrouw De Wit staat ingeschreven")
    assert _een(bron, partner=True)[:2] == ("afgewezen", "Vraag de coördinator naar de reden.")


@pytest.mark.parametrize(
    ("toestand", "besloten_op", "besluit"),
    [
        ("opbouw", None, "Er is nog geen besluit."),
        ("voorgelegd", None, "Er is nog geen besluit."),
        ("teruggestuurd", date(2026, 11, 3), "Er is nog geen besluit."),
        ("akkoord", date(2026, 11, 3), "Er is een besluit genomen op 3-11-2026."),
        ("afgewezen", date(2026, 11, 3), "Er is een besluit genomen op 3-11-2026."),
        ("afgesloten", date(2026, 11, 3), "Er is een besluit genomen op 3-11-2026."),
        ("afgesloten", None, "Het dossier is gesloten zonder besluit."),
    ],
)
def test_dossier_en_besluit(toestand: str, besloten_op: date | None, besluit: str) -> None:
    bron = replace(BRON, status="overgenomen", dossiersoort="sluiting", dossiertoestand=toestand)
    assert _een(replace(bron, besloten_op=besloten_op)) == ("overgenomen", "In een dossier over sluiting.", besluit)


def test_wat_naar_een_ander_gaat() -> None:
    bron = replace(BRON, gevolg="ggd", status="overgenomen", doorzetten="Doorgeven aan de GGD.")
    assert _een(bron) == ("overgenomen", "Doorgeven aan de GGD.", "")


@pytest.mark.parametrize("partner", [False, True])
def test_over_bibob_volgt_niets_uit_wat_er_staat(partner: bool) -> None:
    bibob = replace(BRON, gevolg="bibob", naam="Bibob-onderzoek")
    alle = [
        bibob,
        replace(bibob, status="afgewezen", reden="Geen vergunning"),
        replace(bibob, status="overgenomen"),
        replace(
            bibob, status="overgenomen", dossiersoort="bibob", dossiertoestand="akkoord", besloten_op=date(2026, 1, 1)
        ),
    ]
    assert len({_een(bron, partner=partner) for bron in alle}) == 1
    gewoon = replace(BRON, status="overgenomen")
    in_bibob = replace(gewoon, dossiersoort="bibob", dossiertoestand="akkoord", besloten_op=date(2026, 1, 1))
    assert _een(gewoon, partner=partner) == _een(in_bibob, partner=partner)


def test_een_bevinding_op_het_deel_van_een_ander_staat_er_niet() -> None:
    nla = replace(BRON, gevolg="nla", vragen=("bewoners", "werkuren"))
    assert [uit.naam for uit in uitkomsten([BRON, nla], partner=True, verborgen={"werkuren"})] == ["Overbewoning"]
    assert len(uitkomsten([BRON, nla], partner=False)) == 2
