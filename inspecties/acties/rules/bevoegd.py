"""Whether the teams of an action may do what its stops ask: a power that is not there on the day cannot be planned."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from inspecties.acties.rules.gereedheid import Punt

CODE = "bevoegdheid_ontbreekt"


@dataclass(frozen=True)
class Eis:
    """What one stop asks: codes of powers; ``ploeg`` is its team's name, None where it has none yet."""

    sleutel: str
    noem: str
    ploeg: str | None
    vereist: tuple[str, ...]


def _en(namen: Collection[str]) -> str:
    rij = list(namen)
    return rij[0] if len(rij) == 1 else f"{', '.join(rij[:-1])} of {rij[-1]}"


def vind_ontbrekende(
    eisen: Sequence[Eis],
    ploegen: Mapping[str, frozenset[str]],
    namen: Mapping[str, str],
    brengers: Mapping[str, Collection[str]],
) -> list[Punt]:
    """One point for each power that a stop asks and its team does not have.

    ``ploegen``: team -> the powers of its members together, on the day. ``namen``: code -> name of the powers that
    count on that day. ``brengers``: code -> organisations and people that could bring it.
    """
    uit = []
    for eis in eisen:
        for code in dict.fromkeys(eis.vereist):
            if eis.ploeg is not None and code in ploegen.get(eis.ploeg, frozenset()):
                continue
            uit.append(_punt(eis, code, ploegen, namen, brengers))
    return uit


def _punt(
    eis: Eis,
    code: str,
    ploegen: Mapping[str, frozenset[str]],
    namen: Mapping[str, str],
    brengers: Mapping[str, Collection[str]],
) -> Punt:
    waar, sleutel = "ploegen", f"{eis.sleutel}:{code}"
    if code not in namen:
        zin = f"de bevoegdheid '{code}' bestaat niet op die dag. Kies een andere."
        return Punt("stops", f"{eis.noem}: {zin}", code=CODE, sleutel=sleutel)
    naam = namen[code]
    met = sorted(ploeg for ploeg, codes in ploegen.items() if code in codes)
    if eis.ploeg is None and met:
        zin = f"nodig is '{naam}'. Dat kan {_en(met)}; kies een ploeg."
        waar = "stops"
    elif met:
        zin = f"niemand in {eis.ploeg} heeft op die dag '{naam}'. Wel in {_en(met)}."
    elif brengers.get(code):
        zin = f"niemand in een ploeg heeft op die dag '{naam}'. Dat kan wel: {_en(sorted(brengers[code]))}."
    else:
        zin = f"niemand in een ploeg heeft op die dag '{naam}', en geen partner van uw gemeente ook."
    return Punt(waar, f"{eis.noem}: {zin}", code=CODE, sleutel=sleutel)
