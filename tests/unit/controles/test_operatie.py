"""The hash and the shape of operations."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspecties.controles.rules import operatie as regels

ID = "0189abcd-0000-7000-8000-000000000001"
GOED: dict[str, Any] = {
    "op_id": ID,
    "bezoek_id": ID,
    "vraag_id": "bewoners",
    "herhaling_id": None,
    "soort": "set",
    "waarde": 7,
    "base_op_ids": [],
    "form_versie": "a" * 64,
    "toestel_id": ID,
    "toestel_seq": 1,
    "toestel_tijd": "2026-11-21T18:05:00.000Z",
    "auteur_id": ID,
}


def test_hash_is_die_van_de_client() -> None:
    namen = {"op_id": "1", "bezoek_id": "b", "vraag_id": "v", "form_versie": "f", "toestel_id": "t", "auteur_id": "a"}
    antwoord = {"soort": "set", "waarde": {"b": 1.0, "a": "é"}, "base_op_ids": [], "herhaling_id": None}
    op: dict[str, Any] = {**namen, **antwoord, "toestel_seq": 1, "toestel_tijd": "2026-11-21T18:00:00Z"}
    # The same value stands in static/src/veld/ops/vouw.test.js.
    assert regels.hash_van(op) == "7400a9d07c8083eb319b82ff59590daf0bd55f0383fbf49d097a73fac19bd414"
    assert regels.hash_van({**op, "rev": 7, "status": "wacht"}) == regels.hash_van(op)
    assert regels.hash_van(dict(reversed(op.items()))) == regels.hash_van(op)
    assert regels.hash_van({**op, "toestel_seq": 2}) != regels.hash_van(op)


@pytest.mark.parametrize("geval", json.loads((Path(__file__).parents[2] / "vectors/ops/hashes.json").read_text()))
def test_hashes_van_de_vectoren(geval: dict[str, Any]) -> None:
    assert regels.hash_van({"waarde": geval["waarde"]}) == geval["hash"]


@pytest.mark.parametrize(
    "waarde",
    [float("nan"), float("inf"), "\ud800", {"\udc00": 1}, 10**400],
    ids=["nan", "inf", "sur", "sleutel", "groot"],
)
def test_wat_geen_json_is_krijgt_geen_hash(waarde: Any) -> None:
    with pytest.raises(regels.NietTeLezen):
        regels.hash_van({**GOED, "waarde": waarde})


def test_diep_genest_valt_niet_om() -> None:
    diep: Any = []
    for _ in range(100_000):
        diep = [diep]
    with pytest.raises(regels.NietTeLezen):
        regels.hash_van({**GOED, "waarde": diep})


json_waarden = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda kind: st.lists(kind, max_size=3) | st.dictionaries(st.text(), kind, max_size=3),
    max_leaves=8,
)


@given(json_waarden)
def test_hash_overleeft_een_reis_door_json(waarde: Any) -> None:
    try:
        heen = regels.hash_van({**GOED, "waarde": waarde})
    except regels.NietTeLezen:
        return
    assert regels.hash_van(json.loads(json.dumps({**GOED, "waarde": waarde}))) == heen


@given(st.dictionaries(st.sampled_from(regels.SLEUTELS), json_waarden))
def test_geen_invoer_laat_de_vormcontrole_vallen(deel: dict[str, Any]) -> None:
    fout = regels.vormfout(deel)
    assert fout is not None
    assert fout.melding
    assert regels.vormfout({**GOED, **deel}) is None or isinstance(regels.vormfout({**GOED, **deel}), regels.Vormfout)


def test_goede_operaties() -> None:
    assert regels.vormfout(GOED) is None
    assert regels.vormfout({**GOED, "soort": "clear", "waarde": None}) is None
    assert regels.vormfout({**GOED, "soort": "note", "waarde": ""}) is None
    assert regels.vormfout({**GOED, "toestel_tijd": "2026-11-21T18:05:00+01:00"}) is None
    bijlage = {"sha256": "b" * 64, "soort": "image/jpeg", "omvang": 10, "bestandsnaam": "a.jpg"}
    assert regels.vormfout({**GOED, "soort": "attach", "waarde": bijlage}) is None
    assert regels.vormfout({**GOED, "soort": "attach", "waarde": {"sha256": "b" * 64, "verwijderd": True}}) is None


@pytest.mark.parametrize(
    ("wijziging", "veld"),
    [
        ({"op_id": ID.upper()}, "op_id"),
        ({"bezoek_id": None}, "bezoek_id"),
        ({"herhaling_id": ""}, "herhaling_id"),
        ({"soort": "weg"}, "soort"),
        ({"base_op_ids": ["x"]}, "base_op_ids"),
        ({"vraag_id": ""}, "vraag_id"),
        ({"vraag_id": "x" * 201}, "vraag_id"),
        ({"form_versie": "A" * 64}, "form_versie"),
        ({"toestel_seq": 0}, "toestel_seq"),
        ({"toestel_seq": True}, "toestel_seq"),
        ({"toestel_seq": 2**31}, "toestel_seq"),
        ({"toestel_tijd": "2026-11-21"}, "toestel_tijd"),
        ({"soort": "note", "waarde": 1}, "waarde"),
        ({"waarde": "x" * 100_001}, "waarde"),
        ({"soort": "attach", "waarde": {"sha256": "b" * 64, "omvang": -1}}, "waarde.omvang"),
        ({"soort": "attach", "waarde": {"sha256": "b" * 64, "verwijderd": "ja"}}, "waarde.verwijderd"),
        ({"soort": "attach", "waarde": {"sha256": "b" * 64, "bestandsnaam": 1}}, "waarde.bestandsnaam"),
    ],
)
def test_vormfout_noemt_het_veld(wijziging: dict[str, Any], veld: str) -> None:
    fout = regels.vormfout({**GOED, **wijziging})
    assert fout is not None
    assert fout.veld == veld


@pytest.mark.parametrize("waarde", [None, {}, {"plaats": "1"}, {"plaats": True}, {"plaats": 1, "ouder": "x"}])
def test_herhaling_zonder_plaats(waarde: Any) -> None:
    assert regels.plaatsfout(waarde) is not None
    assert regels.plaatsfout({"plaats": 1.5, "ouder": None}) is None
