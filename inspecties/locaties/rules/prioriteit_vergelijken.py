"""What other weights would do to the order in which locations are suggested."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from inspecties.locaties.rules.prioriteit import punten_tekst
from inspecties.locaties.rules.prioriteit_woorden import DELEN


@dataclass(frozen=True)
class Meting:
    """One location under both weights: tenths per part, and what a coordinator chose whatever the weights say."""

    locatie_id: int
    oud: Mapping[str, int]
    nieuw: Mapping[str, int]
    vastgezet: bool = False
    met_de_hand: int | None = None

    def telt(self, delen: Mapping[str, int]) -> int:
        """The tenths that the order goes by."""
        return sum(delen.values()) if self.met_de_hand is None else self.met_de_hand


@dataclass(frozen=True)
class Plaats:
    """A location in one of the two lists. ``ander``: its place in the other, counted from 1."""

    plaats: int
    ander: int
    locatie_id: int
    tienden: int
    ander_tienden: int
    door: str

    @property
    def omhoog(self) -> int:
        """How many places it rose; negative: fell."""
        return self.ander - self.plaats


@dataclass(frozen=True)
class Vergelijking:
    """The first places under the old and the new weights."""

    oud: tuple[Plaats, ...]
    nieuw: tuple[Plaats, ...]
    bekeken: int

    @property
    def zelfde_volgorde(self) -> bool:
        return [p.locatie_id for p in self.oud] == [p.locatie_id for p in self.nieuw]

    @property
    def zelfde_scores(self) -> bool:
        return self.zelfde_volgorde and all(p.tienden == p.ander_tienden for p in self.nieuw)


def oorzaak(meting: Meting) -> str:
    """The part that changed most: 'Signalen: 12 wordt 18,5'; '' where nothing did."""
    if meting.met_de_hand is not None:
        return "Score met de hand: de weging doet hier niets"
    verschil = {code: meting.nieuw[code] - meting.oud[code] for code in DELEN}
    code = max(DELEN, key=lambda c: abs(verschil[c]))
    if not verschil[code]:
        return ""
    return f"{DELEN[code]}: {punten_tekst(meting.oud[code])} wordt {punten_tekst(meting.nieuw[code])}"


def vergelijk(metingen: Sequence[Meting], eerste: int) -> Vergelijking:
    """The first ``eerste`` of both orders: pinned first, then the highest score, then the oldest location."""

    def orden(nieuw: bool) -> list[Meting]:
        def sleutel(m: Meting) -> tuple[bool, int, int]:
            return (not m.vastgezet, -m.telt(m.nieuw if nieuw else m.oud), m.locatie_id)

        return sorted(metingen, key=sleutel)

    oud, nieuw = orden(False), orden(True)
    plaats_oud = {m.locatie_id: i for i, m in enumerate(oud, start=1)}
    plaats_nieuw = {m.locatie_id: i for i, m in enumerate(nieuw, start=1)}
    return Vergelijking(
        tuple(
            Plaats(i, plaats_nieuw[m.locatie_id], m.locatie_id, m.telt(m.oud), m.telt(m.nieuw), oorzaak(m))
            for i, m in enumerate(oud[:eerste], start=1)
        ),
        tuple(
            Plaats(i, plaats_oud[m.locatie_id], m.locatie_id, m.telt(m.nieuw), m.telt(m.oud), oorzaak(m))
            for i, m in enumerate(nieuw[:eerste], start=1)
        ),
        len(metingen),
    )
