"""Sequence numbers of a device that never arrived."""

from collections.abc import Iterable

Bereik = tuple[int, int]


def ontbrekend(aangekomen: Iterable[int], tot: int) -> list[Bereik]:
    """The ranges of 1..``tot`` that are not in ``aangekomen``, both ends included."""
    uit: list[Bereik] = []
    volgende = 1
    for seq in sorted({s for s in aangekomen if 1 <= s <= tot}):
        if seq > volgende:
            uit.append((volgende, seq - 1))
        volgende = seq + 1
    if volgende <= tot:
        uit.append((volgende, tot))
    return uit


def herschik(
    open_: Iterable[Bereik], mist: Iterable[Bereik]
) -> tuple[list[Bereik], dict[Bereik, Bereik], list[Bereik]]:
    """What becomes of gaps that were known: (filled, known -> what is left of it, new ones)."""
    rest = sorted(mist)
    gevuld: list[Bereik] = []
    krimp: dict[Bereik, Bereik] = {}
    for gat in sorted(open_):
        binnen = [m for m in rest if m[0] >= gat[0] and m[1] <= gat[1]]
        if not binnen:
            overlap = [m for m in rest if m[0] <= gat[1] and m[1] >= gat[0]]
            if not overlap:
                gevuld.append(gat)
                continue
            binnen = overlap[:1]
        krimp[gat] = binnen[0]
        rest.remove(binnen[0])
    return gevuld, krimp, rest
