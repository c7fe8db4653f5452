"""Numbers of persons, the card on both sides, the sealed draft, and reading what a device sends."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.sleutelbos import lees_sleutelbos
from inspecties.signalen.concept import HOOGSTENS, open_concept, verzegel
from inspecties.signalen.melden import hash_van
from inspecties.signalen.melden_invoer import OnleesbaarVerzoek, lees_inzending, lees_json
from inspecties.signalen.rules.indeling import BRONNEN, CONTROLE, URGENTIES, VORMEN
from inspecties.signalen.rules.indicatoren import KAART, PAD, lees_signalenkaart
from inspecties.signalen.rules.nummers import bevat_bsn, persoonsnummers

WORTEL = Path(__file__).parents[3]
GEVALLEN = json.loads((WORTEL / "tests/vectors/persoonsnummers.json").read_text(encoding="utf-8"))
NU = datetime(2026, 11, 21, 17, tzinfo=UTC)
BOS = lees_sleutelbos("", "t" * 40)


@pytest.mark.parametrize("geval", GEVALLEN, ids=lambda g: g["tekst"][:25])
def test_persoonsnummers(geval: dict[str, Any]) -> None:
    assert bevat_bsn(geval["tekst"]) is geval["bsn"]
    assert persoonsnummers(geval["tekst"]) == geval["soorten"]


def test_de_tablet_heeft_dezelfde_kaart() -> None:
    bron = (WORTEL / "static/src/veld/signaal/kaart.js").read_text(encoding="utf-8")
    tablet = json.loads(bron.split("export const KAART = ", 1)[1].rstrip().rstrip(";"))
    assert tablet == {
        "uitleg": KAART.uitleg,
        "nood": [vars(n) for n in KAART.nood],
        "groepen": {naam: dict(codes) for naam, codes in KAART.groepen.items()},
        "vormen": VORMEN,
        "urgenties": URGENTIES,
        "bronnen": {code: naam for code, naam in BRONNEN.items() if code != CONTROLE},
    }


def test_een_kaart_zonder_112_of_met_dubbele_codes_wordt_geweigerd(tmp_path: Path) -> None:
    goed = PAD.read_text(encoding="utf-8")
    for fout, zin in (
        (goed.replace('"112"', '"113"'), "112"),
        (goed.replace('"schulden"', '"verslaving"'), "verslaving"),
        ("uitleg = 1", "nood"),
    ):
        (tmp_path / "kaart.toml").write_text(fout, encoding="utf-8")
        with pytest.raises(ValueError, match=zin):
            lees_signalenkaart(tmp_path / "kaart.toml")


def test_concept_is_onleesbaar_en_een_dag_geldig() -> None:
    zegel = verzegel(BOS, NU, [("tekst", "KANARIE"), ("indicatoren", "a"), ("indicatoren", "b"), ("csrf_token", "t")])
    assert "KANARIE" not in zegel
    velden = open_concept(BOS, NU + timedelta(hours=23), zegel)
    assert velden is not None
    assert (velden["tekst"], velden.getlist("indicatoren"), "csrf_token" in velden) == ("KANARIE", ["a", "b"], False)
    assert open_concept(BOS, NU + timedelta(hours=25), zegel) is None
    assert open_concept(BOS, NU, zegel[:-4] + "AAAA") is None
    assert open_concept(BOS, NU, "onzin") is None
    assert verzegel(BOS, NU, [("tekst", "x" * HOOGSTENS)]) == ""


GOED = {"op_id": "01890000-0000-7000-8000-000000000001", "tekst": "Busjes", "waar": "Dijk 4", "datum": "2026-11-20"}


def test_wat_ontbreekt_telt_als_leeg_in_de_hash() -> None:
    _, kort = lees_inzending(GOED)
    _, lang = lees_inzending(GOED | {"betrokkenen": "", "indicatoren": [], "bewaar_naam": False})
    assert hash_van(kort.kern) == hash_van(lang.kern)
    assert hash_van(kort.kern) != hash_van(lees_inzending(GOED | {"waar": "Dijk 5"})[1].kern)


@pytest.mark.parametrize(
    ("anders", "veld"),
    [
        ({"op_id": "x"}, "op_id"),
        ({"op_id": "01890000-0000-4000-8000-000000000001"}, "op_id"),
        ({"tekst": "x" * 8001}, "tekst"),
        ({"tekst": 5}, "tekst"),
        ({"waar": "a\0"}, "waar"),
        ({"datum": "gisteren"}, "datum"),
        ({"indicatoren": "schulden"}, "indicatoren"),
        ({"bewaar_naam": "ja"}, "bewaar_naam"),
        ({"melder": "Jan"}, "melder"),
        ({"bron": "controle"}, "bron"),
    ],
)
def test_fout_bericht_noemt_het_veld(anders: dict[str, Any], veld: str) -> None:
    with pytest.raises(OngeldigeInvoer) as fout:
        lees_inzending(GOED | anders)
    assert fout.value.veld == veld


def test_geen_json() -> None:
    for ruw in (b"", b"{", b'{"a": NaN}', b"\xff"):
        with pytest.raises(OnleesbaarVerzoek):
            lees_json(ruw)
    with pytest.raises(OngeldigeInvoer):
        lees_json(b"[]")
