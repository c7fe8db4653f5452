"""Which photos of a visit may be shown to who stands at the same door again.

Not what belongs to a signal of trafficking, what may show a person (``avg`` in the checklist, a signature), what a
partner was asked, or what was removed.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from inspecties.controles.rules.mensenhandel import SIGNAALCODES
from inspecties.controles.rules.vouw import Vouw, sleutel_van


def _vragen(knopen: Iterable[Mapping[str, Any]], besmet: bool = False) -> Iterator[tuple[str, str, bool]]:
    """(name, label, whether a photo of it stays in the office) of every question in a checklist."""
    for knoop in knopen:
        binnen = (
            besmet
            or bool(knoop.get("avg"))
            or bool(knoop.get("rol"))
            or not set(knoop.get("gevolg") or ()).isdisjoint(SIGNAALCODES)
            or "signature" in str(knoop.get("weergave") or "")
        )
        if knoop.get("soort") == "vraag":
            label = knoop.get("label") or {}
            yield str(knoop["naam"]), str(label.get("nl") or next(iter(label.values()), "")), binnen
        yield from _vragen(knoop.get("kinderen") or (), binnen)


def toonbare_vragen(definities: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Question -> its label, for the questions whose photos may be shown at a later visit."""
    uit: dict[str, str] = {}
    weg: set[str] = set()
    for definitie in definities:
        for naam, label, binnen in _vragen(definitie.get("kinderen") or ()):
            if binnen:
                weg.add(naam)
            else:
                uit.setdefault(naam, label)
    return {naam: label for naam, label in uit.items() if naam not in weg}


def kies_uit(vouw: Vouw, toonbaar: Mapping[str, str], signalen: frozenset[str]) -> list[tuple[str, str]]:
    """(SHA-256, label) of the photos of one visit that may be shown. ``signalen``: keys that carry a signal."""
    besmet = {sha for sleutel in signalen for sha in vouw.bijlagen(sleutel)}
    return [
        (sha, toonbaar[kop.vraag_id])
        for sha, kop in vouw.manifest().items()
        if kop.vraag_id in toonbaar
        and sha not in besmet
        and sleutel_van(kop.vraag_id, kop.herhaling_id) not in signalen
    ]
