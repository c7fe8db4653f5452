"""Drawing by lot: repeatable, whatever the order of the pool, and fair."""

import json
import uuid
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from inspecties.acties.rules.trekking import (
    ALGORITME,
    afwijkingen,
    deel_in_procenten,
    lees_blad,
    nodig_voor_aandeel,
    poolsom,
    trek,
)
from inspecties.acties.trekking_cli import trekking as opdracht
from inspecties.core.fouten import OngeldigeInvoer

IDS = [str(uuid.UUID(int=n)) for n in range(1, 41)]
ZAAD = "a" * 32


@settings(max_examples=60)
@given(st.permutations(IDS), st.integers(0, 45), st.text("abcdef0123456789", min_size=16, max_size=32))
def test_zelfde_zaad_zelfde_trekking_in_welke_volgorde_ook(pool: list[str], aantal: int, zaad: str) -> None:
    uit = trek(zaad, pool, aantal)
    assert uit == trek(zaad, [*IDS, *IDS], aantal), "order and doubles of the pool do not matter"
    assert len(uit) == len(set(uit)) == min(aantal, len(IDS))
    assert set(uit) <= set(IDS)
    assert trek(zaad, pool, aantal + 1)[:aantal] == uit, "one more keeps who was drawn"
    assert poolsom(pool) == poolsom(IDS)


def test_zo_na_te_rekenen_als_het_er_staat() -> None:
    loten = sorted((sha256(f"{ZAAD}|{id_}".encode()).hexdigest(), id_) for id_ in IDS)
    assert trek(ZAAD, IDS, 7) == [id_ for _, id_ in loten[:7]]
    # A fixed outcome: who changes the algorithm must give it another name.
    assert [int(i[-4:], 16) for i in trek(ZAAD, IDS, 3)] == VAST


VAST = [29, 21, 24]


def test_iedere_plek_heeft_dezelfde_kans() -> None:
    """Chi-square over 4000 draws of 4 from 40 with fixed seeds: 39 degrees of freedom, 0.1 % bound 72.05."""
    trekkingen, aantal = 4000, 4
    telling = Counter(id_ for n in range(trekkingen) for id_ in trek(f"zaad-van-proef-{n:06}", IDS, aantal))
    verwacht = trekkingen * aantal / len(IDS)
    # Draws are without replacement: the variance of a count is smaller by (1 - n/N).
    chi2 = sum((telling[i] - verwacht) ** 2 / verwacht for i in IDS) / (1 - aantal / len(IDS))
    assert chi2 < 72.05
    assert min(telling.values()) > 0


@settings(max_examples=100)
@given(st.integers(0, 90), st.integers(0, 50), st.integers(0, 200))
def test_aandeel_wordt_net_gehaald(procent: int, geloot: int, anders: int) -> None:
    nodig = nodig_voor_aandeel(procent, geloot, anders)
    alle = geloot + nodig + anders
    assert (geloot + nodig) * 100 >= procent * alle
    assert nodig == 0 or (geloot + nodig - 1) * 100 < procent * (alle - 1), "not one more than needed"
    assert deel_in_procenten(geloot + nodig, alle) >= (procent if anders or geloot else 0)


@pytest.mark.parametrize("procent", [-1, 91, 100])
def test_een_onmogelijk_aandeel(procent: int) -> None:
    with pytest.raises(OngeldigeInvoer, match="van 0 tot en met 90"):
        nodig_voor_aandeel(procent, 0, 5)


def blad(**anders: object) -> dict[str, object]:
    goed = {"algoritme": ALGORITME, "zaad": ZAAD, "aantal": 5, "pool": IDS, "getrokken": trek(ZAAD, IDS, 5)}
    return goed | anders


def test_een_trekking_die_klopt_en_een_die_is_veranderd() -> None:
    assert afwijkingen(lees_blad(blad())) == []
    assert afwijkingen(lees_blad(blad(getrokken=trek(ZAAD, IDS, 5)[::-1]))) == [
        "de volgorde is anders dan die van de loten"
    ]
    ander = next(i for i in IDS if i not in trek(ZAAD, IDS, 5))
    regels = afwijkingen(lees_blad(blad(getrokken=[*trek(ZAAD, IDS, 4), ander])))
    assert len(regels) == 2
    assert ander in regels[1]
    assert afwijkingen(lees_blad(blad(zaad="b" * 32)))


@pytest.mark.parametrize(
    ("anders", "melding"),
    [
        ({"algoritme": "eigen"}, "'algoritme' moet"),
        ({"zaad": "kort"}, "'zaad' moet"),
        ({"zaad": 7}, "'zaad' moet"),
        ({"aantal": -1}, "'aantal' moet"),
        ({"aantal": True}, "'aantal' moet"),
        ({"pool": "x"}, "'pool' moet"),
        ({"getrokken": ["Kade 1"]}, "'getrokken' moet"),
    ],
)
def test_een_blad_dat_niet_klopt(anders: dict[str, object], melding: str) -> None:
    with pytest.raises(OngeldigeInvoer, match=melding):
        lees_blad(blad(**anders))


def test_de_opdracht_rekent_een_bestand_na(tmp_path: Path) -> None:
    loper, goed, fout, kapot = CliRunner(), tmp_path / "goed.json", tmp_path / "fout.json", tmp_path / "kapot.json"
    goed.write_text(json.dumps(blad()), encoding="utf-8")
    fout.write_text(json.dumps(blad(zaad="b" * 32)), encoding="utf-8")
    kapot.write_text("{", encoding="utf-8")
    klopt = loper.invoke(opdracht, ["controleer", str(goed)])
    assert (klopt.exit_code, klopt.output) == (0, "Klopt: 5 van 40 locaties, met het zaad uit het bestand.\n")
    assert json.loads(loper.invoke(opdracht, ["controleer", str(goed), "--json"]).output)["klopt"] is True
    niet = loper.invoke(opdracht, ["controleer", str(fout)])
    assert niet.exit_code == 1
    assert "hoort getrokken te zijn" in niet.output
    for pad in (kapot, tmp_path / "weg.json"):
        assert loper.invoke(opdracht, ["controleer", str(pad)]).exit_code == 2
