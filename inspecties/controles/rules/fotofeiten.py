"""What is known of each photo of a visit besides its bytes: when, where, which way, and in whose words.

It travels in the value of the ``attach`` operation. A later operation may name the first and add a caption or covers;
when and where stay what the first one said.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from inspecties.controles.rules.hechting import Plaats, lees_plaats
from inspecties.controles.rules.vouw import Kop


@dataclass(frozen=True)
class Fotofeiten:
    """``gemaakt``: the moment by the clock of the tablet, None where it said none; the server's own is elsewhere."""

    gemaakt: datetime | None
    plaats: Plaats | None
    bijschrift: str
    auteur: str


def moment_van(tekst: str) -> datetime | None:
    """A moment with time zone, or None where a tablet wrote something else."""
    try:
        moment = datetime.fromisoformat(tekst)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def fotofeiten(ops: Iterable[Kop]) -> dict[str, Fotofeiten]:
    """SHA-256 -> what is known of each photo, from all ``attach`` operations of one visit, in any order."""
    per_sha: dict[str, list[Kop]] = {}
    vervangen: set[str] = set()
    for op in sorted(ops, key=lambda op: (op.rev is None, op.rev or 0)):
        vervangen.update(op.base_op_ids)
        if isinstance(op.waarde, Mapping) and op.waarde.get("sha256") and not op.waarde.get("verwijderd"):
            per_sha.setdefault(op.waarde["sha256"], []).append(op)
    uit: dict[str, Fotofeiten] = {}
    for sha256, rij in per_sha.items():
        # Two people may have written a caption apart: the last that stands, and never an older one in its place.
        staand = [op for op in rij if op.op_id not in vervangen] or rij[-1:]
        bijschriften = [tekst for op in staand if isinstance(tekst := op.waarde.get("bijschrift"), str) and tekst]
        uit[sha256] = Fotofeiten(
            gemaakt=moment_van(rij[0].toestel_tijd),
            plaats=lees_plaats(rij[0].waarde),
            bijschrift=bijschriften[-1] if bijschriften else "",
            auteur=rij[0].auteur,
        )
    return uit
