"""Dividing what goes into portions: what holds on to each other goes together, and no portion takes long. Pure."""

from collections.abc import Collection, Iterable, Iterator

# What a portion may take, in seconds: whoever works waits so long at most, and then has their turn.
LANG_S, KORT_S = 0.5, 0.15
BEGIN, HOOGSTENS = 20, 400


def groepen(ids: Collection[int], banden: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The ids in groups that cannot be parted, in order of their lowest; ``banden`` says what holds on to what."""
    ouder = {i: i for i in ids}

    def top(i: int) -> int:
        while ouder[i] != i:
            ouder[i] = ouder[ouder[i]]
            i = ouder[i]
        return i

    for a, b in banden:
        if a in ouder and b in ouder:
            hoog, laag = max(top(a), top(b)), min(top(a), top(b))
            ouder[hoog] = laag
    uit: dict[int, list[int]] = {}
    for i in sorted(ids):
        uit.setdefault(top(i), []).append(i)
    return list(uit.values())


class Porties:
    """Hands out groups in portions whose size follows how long the last one took."""

    def __init__(self, alle: Iterable[list[int]]) -> None:
        self._rest = iter(alle)
        self._grootte = BEGIN

    def __iter__(self) -> Iterator[list[int]]:
        portie: list[int] = []
        for groep in self._rest:
            if portie and len(portie) + len(groep) > self._grootte:
                yield portie
                portie = []
            portie = portie + groep
        if portie:
            yield portie

    def duurde(self, seconden: float) -> None:
        """How long the last portion took."""
        if seconden > LANG_S:
            self._grootte = max(1, self._grootte // 2)
        elif seconden < KORT_S:
            self._grootte = min(HOOGSTENS, self._grootte * 2)
