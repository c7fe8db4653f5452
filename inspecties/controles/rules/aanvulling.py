"""Additions after a visit was marked as finished: each session of additions begins with its reason.

The reason travels as an operation like any other, so that it is kept, sent and numbered like the answers that it is
about: a ``note`` on the name below, which no form can have (a name in a form begins with a letter). What the same
device numbered after it, up to its next reason, was added for that reason.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from inspecties.controles.rules.operatie import Vormfout
from inspecties.controles.rules.vouw import BIJLAGE, NOOT, WAARDE, Kop, Vouw

AANVULLING = ":aanvulling"
MAX_REDEN = 500
ZONDER_REDEN = "zonder reden"


def aanvullingfout(op: dict[str, Any]) -> Vormfout | None:
    """What is wrong with an operation on the reserved name, or None."""
    if op["soort"] != "note" or op["herhaling_id"] is None:
        return Vormfout("vraag_id", f"{AANVULLING} is een reden: soort moet note zijn, met een eigen herhaling_id.")
    reden = op["waarde"].strip() if isinstance(op["waarde"], str) else ""
    if not 1 <= len(reden) <= MAX_REDEN:
        return Vormfout("waarde", f"Schrijf waarom u aanvult, in hoogstens {MAX_REDEN} tekens.")
    return None


@dataclass(frozen=True)
class Aanvulling:
    """One session of additions: who, on which device, from which number on, and why."""

    reden: str
    auteur: str
    toestel: str
    vanaf_seq: int
    toestel_tijd: str


def aanvullingen_van(ops: Iterable[Kop]) -> list[Aanvulling]:
    """The sessions of additions in a visit, as their devices began them."""
    rijen = [
        Aanvulling(str(op.waarde).strip(), op.auteur, op.toestel, op.seq, op.toestel_tijd)
        for op in ops
        if op.vraag_id == AANVULLING
    ]
    return sorted(rijen, key=lambda een: (een.toestel, een.vanaf_seq))


def reden_van(op: Kop, aanvullingen: Iterable[Aanvulling]) -> str:
    """Why this was added after the visit was finished; ``zonder reden`` where its device gave none (an older app)."""
    geldig = [een for een in aanvullingen if een.toestel == op.toestel and een.vanaf_seq < op.seq]
    return max(geldig, key=lambda een: een.vanaf_seq).reden if geldig else ZONDER_REDEN


@dataclass(frozen=True)
class Aanvulverband:
    """A visit as it stands now, beside how it stood when it was finished."""

    vouw: Vouw
    bij_afronden: Vouw
    aanvullingen: tuple[Aanvulling, ...]

    @classmethod
    def van(cls, vouw: Vouw) -> "Aanvulverband":
        """Both views of one fold."""
        alle = vouw.alle()
        return cls(vouw, Vouw(op for op in alle if not op.na_afronden), tuple(aanvullingen_van(alle)))

    def laatste_aanvulling(self, sleutel: str) -> Kop | None:
        """The last addition to a question that still stands, whether answer, note or photo; None without."""
        koppen = [kop for baan in (WAARDE, NOOT, BIJLAGE) for kop in self.vouw.koppen(sleutel, baan) if kop.na_afronden]
        return max(koppen, key=lambda kop: kop.rev or 0, default=None)
