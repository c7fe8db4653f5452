"""Which parts of a finding rest on an answer or a photo that is set apart."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from inspecties.controles.rules.vouw import sleutel_van


@dataclass(frozen=True)
class Weg:
    """What goes behind the wall: the key of an answer (empty: only a photo), the photos, and what is computed of it."""

    sleutel: str
    fotos: frozenset[str]
    afgeleid: frozenset[str] = frozenset()

    def noemt(self, dragers: Iterable[Mapping[str, Any]]) -> bool:
        """Whether these carriers of a finding quote the answer or show the photo."""
        return any(self._is(d) or self.fotos & set(d.get("bewijs") or ()) for d in dragers)

    def volgt(self, dragers: Iterable[Mapping[str, Any]]) -> bool:
        """Whether something that was computed of the answer is among these carriers."""
        return any(d.get("vraag") in self.afgeleid for d in dragers)

    def zonder(self, dragers: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """The carriers that are left."""
        return [
            {**d, "bewijs": [sha for sha in d.get("bewijs") or () if sha not in self.fotos]}
            for d in dragers
            if not self._is(d)
        ]

    def _is(self, drager: Mapping[str, Any]) -> bool:
        return bool(self.sleutel) and sleutel_van(str(drager.get("vraag")), drager.get("herhaling_id")) == self.sleutel


def afgeleid_van(definities: Iterable[Mapping[str, Any]], vraag: str) -> frozenset[str]:
    """Every question whose expressions read this one, also by way of others."""
    gelezen_door: dict[str, set[str]] = {}
    for definitie in definities:
        for naam, lezers in definitie.get("afhankelijk", {}).items():
            gelezen_door.setdefault(naam, set()).update(lezers)
    return frozenset(_volg(gelezen_door, vraag))


def _volg(gelezen_door: Mapping[str, Collection[str]], begin: str) -> set[str]:
    uit: set[str] = set()
    te_doen = [begin]
    while te_doen:
        nieuw = set(gelezen_door.get(te_doen.pop(), ())) - uit
        uit |= nieuw
        te_doen += nieuw
    return uit - {begin}
