"""What can not be right is refused, with the field and what would be right."""

import copy
import math
from typing import Any

import pytest

from inspecties.acties.route.instantie import Instantie
from inspecties.core.fouten import OngeldigeInvoer

GOED: dict[str, Any] = {
    "depot": {"x": 0.0, "y": 0.0},
    "eenheid": "m",
    "snelheid_kmh": 30.0,
    "ploegen": [{"id": "A", "begin": "18:00", "eind": "23:00", "bevoegdheden": ["boa", "politie"]}],
    "stops": [
        {
            "id": "L1",
            "x": 120.0,
            "y": -40.0,
            "duur_min": 20,
            "venster": ["18:00", "22:00"],
            "waarde": 12.5,
            "vereist": ["politie"],
            "verplicht": False,
        }
    ],
    "reistijden_min": None,
    "tijdslimiet_s": 5,
    "zaad": 1,
}


def met(pad: str, waarde: Any) -> dict[str, Any]:
    """The good question with one thing changed; ``...`` takes it away."""
    vraag = copy.deepcopy(GOED)
    doel: Any = vraag
    *stappen, laatste = [int(s) if s.isdigit() else s for s in pad.split(".")]
    for stap in stappen:
        doel = doel[stap]
    if waarde is ...:
        del doel[laatste]
    else:
        doel[laatste] = waarde
    return vraag


@pytest.mark.parametrize(
    ("pad", "waarde", "veld", "uitleg"),
    [
        ("ploegen", [], "ploegen", "telt er 0; geef er 1 tot en met 50"),
        ("ploegen", ..., "ploegen", "ontbreekt"),
        ("ploegen", {}, "ploegen", "hier hoort een lijst"),
        ("stops", ..., "stops", "ontbreekt"),
        ("stops", "L1", "stops", "hier hoort een lijst"),
        ("stops.0", 5, "stops[0]", "hier hoort een object"),
        ("stops.0.id", ..., "stops[0].id", "ontbreekt"),
        ("stops.0.id", "", "stops[0].id", "geef een naam"),
        ("stops.0.id", 7, "stops[0].id", "geef een naam"),
        ("stops.0.id", "L\ud800", "stops[0].id", "niet te lezen"),
        ("stops.0.duur_min", -5, "stops[0].duur_min", "is -5; geef een getal van 0"),
        ("stops.0.duur_min", math.nan, "stops[0].duur_min", "is nan; geef een getal"),
        ("stops.0.duur_min", math.inf, "stops[0].duur_min", "is inf; geef een getal"),
        ("stops.0.duur_min", "20", "stops[0].duur_min", "geef een getal"),
        ("stops.0.duur_min", True, "stops[0].duur_min", "is true; geef een getal"),
        ("stops.0.waarde", -1, "stops[0].waarde", "is -1; geef een getal van 0"),
        ("stops.0.waarde", math.nan, "stops[0].waarde", "is nan"),
        ("stops.0.waarde", None, "stops[0].waarde", "is leeg"),
        ("stops.0.x", math.nan, "stops[0].x", "is nan"),
        ("stops.0.y", ..., "stops[0].y", "ontbreekt; geef x en y, of een volledige tabel reistijden_min"),
        ("stops.0.venster", ["22:00", "18:00"], "stops[0].venster", 'sluit ("18:00") voordat het opent'),
        ("stops.0.venster", ["18:00"], "stops[0].venster", "geef twee tijden"),
        ("stops.0.venster", "18:00-22:00", "stops[0].venster", "geef twee tijden"),
        ("stops.0.venster", ["18:00", "25:99"], "stops[0].venster[1]", "geef een tijd als"),
        ("stops.0.venster", ["zes uur", "22:00"], "stops[0].venster[0]", "geef een tijd als"),
        ("stops.0.venster", [math.nan, 1320], "stops[0].venster[0]", "geef een tijd als"),
        ("stops.0.venster", [-10, 1320], "stops[0].venster[0]", "van 0 of meer"),
        ("stops.0.vereist", "politie", "stops[0].vereist", "geef een lijst"),
        ("stops.0.vereist", [None], "stops[0].vereist[0]", "geef een naam"),
        ("stops.0.verplicht", "ja", "stops[0].verplicht", "kies true of false"),
        ("stops.0.vast_ploeg", "Z", "stops[0].vast_ploeg", "kies een van de ploegen: A"),
        ("stops.0.vast_begin", "17:00", "stops[0].vast_begin", "valt buiten het venster"),
        ("stops.0.verplcht", True, "stops[0].verplcht", "bedoelt u verplicht?"),
        ("stops.0.Waarde", 3, "stops[0].Waarde", "bedoelt u waarde?"),
        ("ploegen.0.begin", ..., "ploegen[0].begin", "ontbreekt"),
        ("ploegen.0.eind", "17:00", "ploegen[0].eind", "is niet na het begin"),
        ("ploegen.0.eind", "18:00", "ploegen[0].eind", "is niet na het begin"),
        ("ploegen.0.bevoegdheden", None, "ploegen[0].bevoegdheden", "geef een lijst"),
        ("ploegen.0.max_stops", -1, "ploegen[0].max_stops", "geef een heel getal"),
        ("ploegen.0.max_per_bevoegdheid", {"boa": 1.5}, "ploegen[0].max_per_bevoegdheid.boa", "geef een heel getal"),
        (
            "ploegen.0.pauze",
            {"venster": ["22:50", "22:55"], "duur_min": 30},
            "ploegen[0].pauze",
            "past niet in de dienst",
        ),
        ("depot", ..., "depot", "ontbreekt"),
        ("depot", {"x": 1}, "depot.y", "ontbreekt"),
        ("depot.x", math.inf, "depot.x", "is inf"),
        ("eenheid", "mijl", "eenheid", 'kies "m" of "km"'),
        ("snelheid_kmh", 0, "snelheid_kmh", "is 0; geef een getal"),
        ("snelheid_kmh", -30, "snelheid_kmh", "is -30"),
        ("tijdslimiet_s", 0, "tijdslimiet_s", "is 0; geef een getal van 0.1"),
        ("tijdslimiet_s", math.nan, "tijdslimiet_s", "is nan"),
        ("zaad", 1.5, "zaad", "geef een heel getal"),
        ("zaad", -1, "zaad", "geef een heel getal"),
        ("reistijden_min", [[0, 1]], "reistijden_min", "heeft 1 rijen; nodig zijn 2 rijen van 2 getallen"),
        ("reistijden_min", [[0, 1], [1]], "reistijden_min[1]", "heeft 1 getallen; nodig zijn er 2"),
        ("reistijden_min", [[0, -1], [1, 0]], "reistijden_min[0][1]", "is -1"),
        ("reistijden_min", [[0, math.nan], [1, 0]], "reistijden_min[0][1]", "is nan"),
        ("reistijden_min", [[0, None], [1, 0]], "reistijden_min[0][1]", "is leeg"),
        ("reistijden_min", 5, "reistijden_min", "is 5; nodig zijn"),
    ],
)
def test_foute_invoer_noemt_het_veld_en_wat_goed_is(pad: str, waarde: Any, veld: str, uitleg: str) -> None:
    with pytest.raises(OngeldigeInvoer) as fout:
        Instantie.uit_json(met(pad, waarde))
    assert fout.value.veld == veld
    assert fout.value.melding.startswith(veld)
    assert uitleg in fout.value.melding


@pytest.mark.parametrize("soort", ["ploegen", "stops"])
def test_een_dubbele_id_wordt_geweigerd(soort: str) -> None:
    vraag = copy.deepcopy(GOED)
    vraag[soort].append(copy.deepcopy(vraag[soort][0]))
    with pytest.raises(OngeldigeInvoer, match="geef elk een eigen id") as fout:
        Instantie.uit_json(vraag)
    assert fout.value.veld == f"{soort}[1].id"


def test_eigen_velden_van_de_maker_mogen_blijven_staan() -> None:
    vraag = met("stops.0.adres", "Kade 1")
    vraag["opmerking"] = "proef"
    assert Instantie.uit_json(vraag).stops[0].id == "L1"


def test_coordinaten_hoeven_niet_bij_een_tabel_van_reistijden() -> None:
    vraag = met("reistijden_min", [[0, 7], [9, 0]])
    del vraag["depot"], vraag["stops"][0]["x"], vraag["stops"][0]["y"]
    instantie = Instantie.uit_json(vraag)
    assert (instantie.reistijd(0, 1), instantie.reistijd(1, 0)) == (7, 9)


def test_kilometers_en_meters_geven_dezelfde_reistijd() -> None:
    in_meters = Instantie.uit_json(met("stops.0.x", 3000))
    in_km = met("stops.0.x", 3)
    in_km["eenheid"] = "km"
    in_km["stops"][0]["y"] = -0.04
    assert Instantie.uit_json(in_km).reistijd(0, 1) == pytest.approx(in_meters.reistijd(0, 1))


def test_tijden_mogen_minuten_zijn() -> None:
    vraag = met("stops.0.venster", [1080, 1320.5])
    vraag["ploegen"][0] |= {"begin": 1080, "eind": 1380}
    instantie = Instantie.uit_json(vraag)
    assert instantie.stops[0].dicht == 1320.5
    assert not instantie.hele_minuten
