"""Steps that several tracks share: a version of a track builds on a file of config/trajecten/basis and changes it."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

BASIS = "basis"
# What several files of the basis each have a part of.
_SAMEN = ("stap", "gang", "eind", "fasen", "banen")
_PLEK = re.compile(r"@([a-z_]+)@")


def vul_aan(rij: Mapping[str, Any], map_: Path) -> dict[str, Any]:
    """The whole of a version: what its ``basis`` has (one, or a list), with its own keys, steps and edges instead or
    besides; ends, phases and lanes add up.

    ``zonder``: steps of the basis that this track lacks, with their edges. ``woorden``: what stands at ``@word@`` in
    the basis. Raises ValueError naming the file or the word.
    """
    eigen = dict(rij)
    basis = eigen.pop("basis", ())
    namen = [basis] if isinstance(basis, str) else list(basis)
    woorden = eigen.pop("woorden", {})
    zonder = set(eigen.pop("zonder", ()))
    if not namen:
        return eigen
    onder: dict[str, Any] = {"stap": [], "gang": [], "woorden": {}}
    for naam in namen:
        pad = map_ / f"{naam}.toml"
        if not pad.is_file():
            raise ValueError(f"basis {naam} does not exist")
        deel = tomllib.loads(pad.read_text(encoding="utf-8"))
        deel["woorden"] = onder["woorden"] | deel.get("woorden", {})
        onder |= deel | {lijst: [*onder.get(lijst, ()), *deel.get(lijst, ())] for lijst in _SAMEN}
    woorden = onder.pop("woorden") | woorden
    onbekend = zonder - {s["code"] for s in onder["stap"]}
    if onbekend:
        raise ValueError(f"zonder: unknown step {min(onbekend)}")
    anders = {s["code"]: s for s in eigen.pop("stap", ())}
    stappen = [anders.pop(s["code"], s) for s in onder["stap"] if s["code"] not in zonder]
    gangen = [g for g in onder["gang"] if not {g["van"], g["naar"]} & zonder]
    nieuw = {(g["van"], g["naar"]): g for g in eigen.pop("gang", ())}
    gangen = [nieuw.pop((g["van"], g["naar"]), g) for g in gangen]
    heel = {**onder, **eigen, "stap": [*stappen, *anders.values()], "gang": [*gangen, *nieuw.values()]}
    if "weg" not in eigen:
        heel["weg"] = [code for code in heel.get("weg", ()) if code not in zonder]
    heel["eind"] = [code for code in (*eigen.get("eind", ()), *onder["eind"]) if code not in zonder]
    for lijst in ("fasen", "banen"):
        heel[lijst] = [*eigen.get(lijst, ()), *onder[lijst]]
    ingevuld: dict[str, Any] = _vul_in(heel, woorden)
    return ingevuld


def _vul_in(ding: Any, woorden: Mapping[str, str]) -> Any:
    if isinstance(ding, Mapping):
        return {sleutel: _vul_in(waarde, woorden) for sleutel, waarde in ding.items()}
    if isinstance(ding, list):
        return [_vul_in(een, woorden) for een in ding]
    if isinstance(ding, str):
        return _PLEK.sub(lambda m: _woord(m[1], woorden), ding)
    return ding


def _woord(naam: str, woorden: Mapping[str, str]) -> str:
    if naam not in woorden:
        raise ValueError(f"woorden: @{naam}@ is missing")
    return woorden[naam]
