"""Folding: the same outcome in every order, and the same as the client's (shared vectors)."""

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from inspecties.controles.rules.invullen import vul_in
from inspecties.controles.rules.vouw import BIJLAGE, WAARDE, Herhaling, Kop, Vouw, herhalingen

VECTOREN = Path(__file__).parents[2] / "vectors" / "ops" / "vouwen.json"
GEVALLEN = json.loads(VECTOREN.read_text(encoding="utf-8"))


def kop(op_id: str, vraag_id: str, soort: str, waarde: Any, **rest: Any) -> Kop:
    return Kop(
        op_id=op_id,
        vraag_id=vraag_id,
        herhaling_id=rest.get("herhaling_id"),
        soort=soort,
        waarde=waarde,
        base_op_ids=tuple(rest.get("base_op_ids", ())),
        rev=rest.get("rev"),
        toestel=rest.get("toestel_id", ""),
    )


@pytest.mark.parametrize("geval", GEVALLEN, ids=lambda g: g["naam"])
def test_vector_in_elke_volgorde(geval: dict[str, Any]) -> None:
    for volgorde in itertools.permutations(geval["ops"]):
        vouw = Vouw(kop(**op) for op in volgorde)
        assert {s: vouw.waarde(s) for s in geval["waarden"]} == geval["waarden"]
        assert {s: [k.op_id for k in vouw.koppen(s)] for s in geval["koppen"]} == geval["koppen"]
        assert [[v.sleutel, v.baan] for v in vouw.verschillen()] == geval["verschillen"]
        assert {s: vouw.noot(s) for s in geval.get("noten", {})} == geval.get("noten", {})
        assert {s: vouw.bijlagen(s) for s in geval.get("bijlagen", {})} == geval.get("bijlagen", {})
        for groep, ids in geval.get("herhalingen", {}).items():
            assert [h.herhaling_id for h in herhalingen(vouw, [groep])] == ids


def test_alle_volgordes_van_vijf_met_herhaling() -> None:
    ops = [
        kop("1", "v", "set", "a", rev=1),
        kop("2", "v", "set", "b", base_op_ids=["1"], rev=2),
        kop("3", "v", "set", "c", base_op_ids=["1"], rev=3),
        kop("4", "v", "clear", None, base_op_ids=["2"], rev=4),
        kop("5", "v", "note", "let op", rev=5),
    ]
    for volgorde in itertools.permutations(ops):
        vouw = Vouw([*volgorde, *volgorde[:2]])
        assert [k.op_id for k in vouw.koppen("v")] == ["3", "4"]
        assert (vouw.waarde("v"), vouw.noot("v")) == (None, "let op")
        assert [(v.sleutel, v.baan) for v in vouw.verschillen()] == [("v", WAARDE)]


def test_nummer_van_de_server_gaat_niet_verloren() -> None:
    vouw = Vouw([kop("1", "v", "set", "a", rev=7), kop("1", "v", "set", "a")])
    assert [k.rev for k in vouw.koppen("v")] == [7]


def test_manifest_is_elke_foto_die_niet_is_weggehaald() -> None:
    vouw = Vouw(
        [
            kop("1", "v", "attach", {"sha256": "aa"}, rev=1),
            kop("2", "w", "attach", {"sha256": "aa"}, rev=2),
            kop("3", "w", "attach", {"sha256": "bb"}, rev=3),
            kop("4", "v", "attach", {"sha256": "aa", "verwijderd": True}, base_op_ids=["1"], rev=4),
        ]
    )
    assert set(vouw.manifest()) == {"aa", "bb"}
    assert [k.op_id for k in vouw.koppen("v", BIJLAGE)] == ["4"]


def test_herhalingen_ouders_eerst_en_weg_met_hun_ouder() -> None:
    def maak(op_id: str, groep: str, inst: str, ouder: str | None, plaats: float, **rest: Any) -> Kop:
        return kop(op_id, groep, "set", {"ouder": ouder, "plaats": plaats}, herhaling_id=inst, **rest)

    ops = [
        maak("1", "bed", "b1", "k1", 1),
        maak("2", "kamer", "k2", None, 2),
        maak("3", "kamer", "k1", None, 2),
        maak("4", "bed", "b9", "bestaat-niet", 1),
    ]
    uit = herhalingen(Vouw(ops), ["kamer", "bed"])
    assert uit == [
        Herhaling("kamer", "k1", None, 2),
        Herhaling("kamer", "k2", None, 2),
        Herhaling("bed", "b1", "k1", 1),
    ]
    weg = kop("5", "kamer", "clear", None, herhaling_id="k1", base_op_ids=["3"])
    assert [h.herhaling_id for h in herhalingen(Vouw([*ops, weg]), ["kamer", "bed"])] == ["k2"]
    terug = maak("6", "kamer", "k1", None, 3, base_op_ids=["5"])
    assert [h.herhaling_id for h in herhalingen(Vouw([*ops, weg, terug]), ["kamer", "bed"])] == ["k2", "k1", "b1"]


def test_herhaling_die_haar_eigen_ouder_is_hangt_niet() -> None:
    ops = [
        kop("1", "kamer", "set", {"ouder": "k2", "plaats": 1}, herhaling_id="k1"),
        kop("2", "kamer", "set", {"ouder": "k1", "plaats": 1}, herhaling_id="k2"),
    ]
    assert herhalingen(Vouw(ops), ["kamer"]) == []


def test_een_verplaatste_kamer_telt_op_haar_nieuwe_plek() -> None:
    vragen = [
        {"soort": "vraag", "naam": "m2", "type": "decimal", "label": {"nl": "m2"}},
        {
            "soort": "vraag",
            "naam": "nr",
            "type": "calculate",
            "berekening": {"op": "plaats", "niveau": 1, "naam": "kamer"},
        },
    ]
    definitie = {
        "naam": "proef",
        "standaardtaal": "nl",
        "keuzelijsten": {},
        "kinderen": [{"soort": "herhaling", "naam": "kamer", "label": {"nl": "Kamer"}, "kinderen": vragen}],
    }
    kamers = [kop(f"{i}", "kamer", "set", {"ouder": None, "plaats": i}, herhaling_id=f"k{i}", rev=i) for i in (1, 2, 3)]
    maten = [kop(f"m{i}", "m2", "set", i * 10, herhaling_id=f"k{i}", rev=3 + i) for i in (1, 2, 3)]
    naar_voren = {"herhaling_id": "k3", "base_op_ids": ["3"]}
    twee_tablets = [
        kop("a", "kamer", "set", {"ouder": None, "plaats": 1.5}, rev=7, **naar_voren),
        kop("b", "kamer", "set", {"ouder": None, "plaats": 0.5}, rev=8, **naar_voren),
    ]
    vouw = Vouw([*kamers, *maten, *twee_tablets])
    sessie = vul_in(definitie, {"nu": "2026-11-21T18:00:00+01:00"}, vouw)
    assert sessie.serialiseer() == {"kamer": [{"m2": 30, "nr": 1}, {"m2": 10, "nr": 2}, {"m2": 20, "nr": 3}]}
    assert vouw.verschillen() == []
