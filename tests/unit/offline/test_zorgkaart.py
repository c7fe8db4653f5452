"""The rights and care card is read whole or not at all, and the refusal names the place."""

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.offline.openapi import ZORGKAART
from inspecties.offline.zorgkaart import BESTAND, kijk_na, lees_zorgkaart, zorgkaart

Wijziging = Callable[[dict[str, Any]], Any]


def _afwijkingen(waarde: Any, schema: dict[str, Any], plek: str) -> Iterator[str]:
    """Where a value is not as described; for the words that this description uses."""
    soort = {"object": dict, "array": list, "string": str}[schema["type"]]
    if not isinstance(waarde, soort) or len(waarde) < schema.get("minItems", schema.get("minLength", 0)):
        yield plek
    elif soort is list:
        for i, deel in enumerate(waarde):
            yield from _afwijkingen(deel, schema["items"], f"{plek}[{i}]")
    elif soort is dict:
        bekend, rest = schema.get("properties", {}), schema["additionalProperties"]
        yield from (f"{plek}.{naam}" for naam in schema.get("required", []) if naam not in waarde)
        for naam, deel in waarde.items():
            if naam in bekend or rest:
                yield from _afwijkingen(deel, bekend.get(naam, rest), f"{plek}.{naam}")
            else:
                yield f"{plek}.{naam}"


def test_de_kaart_van_deze_installatie_klopt_en_past_bij_de_beschrijving() -> None:
    kaart = zorgkaart()
    assert list(kaart["kaarten"]) == kaart["talen"] == ["nl", "en", "pl", "ro", "bg", "es"]
    assert list(_afwijkingen(kaart, ZORGKAART, "kaart")) == []
    assert list(_afwijkingen(kaart | {"talen": []}, ZORGKAART, "kaart")) == ["kaart.talen"]
    eigen = {punt["titel"]: punt["tekst"] for punt in kaart["wat_doe_ik"]["punten"]}
    assert "112" in eigen["Direct gevaar"]
    assert "zorgcoördinator" in eigen["Vermoeden van mensenhandel"]
    assert "Veilig Thuis" in eigen["Minderjarige"]
    assert "cautie" in eigen["Vermoeden van een strafbaar feit"]


def _weg(pad: str) -> Wijziging:
    return lambda kaart: _ga(kaart, pad)[0].pop(_ga(kaart, pad)[1])


def _zet(pad: str, waarde: Any) -> Wijziging:
    return lambda kaart: _ga(kaart, pad)[0].__setitem__(_ga(kaart, pad)[1], waarde)


def _ga(kaart: Any, pad: str) -> tuple[Any, Any]:
    *weg, laatste = [int(deel) if deel.isdigit() else deel for deel in pad.split(".")]
    for deel in weg:
        kaart = kaart[deel]
    return kaart, laatste


@pytest.mark.parametrize(
    ("wijziging", "plek", "woord"),
    [
        (_weg("kaarten.pl.rechten.2"), "kaarten.pl.rechten", "5 regels, in nl 6"),
        (_weg("kaarten.bg.hulp.0"), "kaarten.bg.hulp", "2 regels, in nl 3"),
        (_weg("kaarten.ro.nummers.1"), "kaarten.ro.nummers", "1 regels, in nl 2"),
        (_zet("kaarten.es.nummers.0.nummer", "911"), "kaarten.es.nummers", "andere telefoonnummers"),
        (_zet("kaarten.es.nummers.0.nummer", "een-een-twee"), "kaarten.es.nummers[0].nummer", "telefoonnummer"),
        (_zet("kaarten.en.titel", "  "), "kaarten.en.titel", "leeg laten kan niet"),
        (_zet("kaarten.en.rechten.5", ""), "kaarten.en.rechten[5]", "leeg laten kan niet"),
        (_zet("kaarten.en.rechten.5", 7), "kaarten.en.rechten[5]", "vul een tekst in"),
        (_zet("kaarten.en.rechten", []), "kaarten.en.rechten", "minstens een regel"),
        (_weg("kaarten.en.hulp_titel"), "kaarten.en", "hulp_titel"),
        (_zet("kaarten.en.extra", "x"), "kaarten.en", "precies de velden"),
        (_weg("kaarten.pl"), "kaarten", "pl"),
        (_zet("talen", ["nl", "nl"]), "talen", "een keer"),
        (_zet("talen", ["nl", ["pl"]]), "talen", "als code"),
        (_zet("talen.2", "Pools"), "talen", "als code"),
        (_zet("standaardtaal", "de"), "standaardtaal", "kies een van nl"),
        (_zet("versie", ""), "versie", "leeg laten kan niet"),
        (_zet("wat_doe_ik.punten", []), "wat_doe_ik.punten", "minstens een regel"),
        (_zet("wat_doe_ik.punten.0.tekst", ""), "wat_doe_ik.punten[0].tekst", "leeg laten kan niet"),
        (_weg("wat_doe_ik"), "het bestand", "wat_doe_ik"),
    ],
)
def test_een_kaart_met_een_gat_wordt_geweigerd(wijziging: Wijziging, plek: str, woord: str) -> None:
    kaart = copy.deepcopy(zorgkaart())
    wijziging(kaart)
    with pytest.raises(OngeldigeInvoer) as fout:
        kijk_na(kaart)
    assert fout.value.veld == plek
    assert woord in fout.value.melding


@pytest.mark.parametrize("inhoud", ["", "[]", "null", '{"versie": 1', "\x00", "[" * 5000])
def test_een_stuk_bestand_geeft_een_melding(tmp_path: Path, inhoud: str) -> None:
    pad = tmp_path / "zorgkaart.json"
    pad.write_text(inhoud, encoding="utf-8")
    with pytest.raises(OngeldigeInvoer, match=r"zorgkaart\.json"):
        lees_zorgkaart(pad)
    pad.write_bytes(b"\xff\xfe{}")
    with pytest.raises(OngeldigeInvoer, match="niet te lezen"):
        lees_zorgkaart(pad)
    pad.unlink()
    with pytest.raises(OngeldigeInvoer, match="ontbreekt"):
        lees_zorgkaart(pad)


def test_het_bestand_zelf_is_wat_de_dienst_meegeeft() -> None:
    assert zorgkaart() == json.loads(BESTAND.read_text("utf-8"))
