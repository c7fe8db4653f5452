"""What an operation is: its keys, its hash and what its shape must be.

The client computes the same hash (``static/src/veld/ops/operatie.js``): SHA-256 over the RFC 8785 canonical JSON of
exactly these keys, a missing one counting as null.
"""

import hashlib
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import rfc8785

from inspecties.controles.rules.hechting import feitfouten

SLEUTELS = (
    "op_id",
    "bezoek_id",
    "vraag_id",
    "herhaling_id",
    "soort",
    "waarde",
    "base_op_ids",
    "form_versie",
    "toestel_id",
    "toestel_seq",
    "toestel_tijd",
    "auteur_id",
)
SOORTEN = ("set", "clear", "attach", "note")
BANEN = {"set": "waarde", "clear": "waarde", "note": "noot", "attach": "bijlage"}
MAX_OPS = 100
MAX_WAARDE_TEKENS = 100_000
MAX_SEQ = 2**31 - 1

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NAAM = re.compile(r"[^\x00-\x1f\x7f]{1,200}")
_TIJD = re.compile(r"\d{4,6}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})")
_VEILIG = 2**53 - 1


class NietTeLezen(ValueError):
    """Not even a hash can be made of it, so that no receipt is possible. ``veld`` names the member."""

    def __init__(self, melding: str, veld: str) -> None:
        super().__init__(melding)
        self.melding = melding
        self.veld = veld


@dataclass(frozen=True)
class Vormfout:
    """What is wrong with one member, in Dutch, with what would be right."""

    veld: str
    melding: str


def alleen_protocol(bron: dict[str, Any]) -> dict[str, Any]:
    """Only the keys of the protocol; a missing one is None."""
    return {sleutel: bron.get(sleutel) for sleutel in SLEUTELS}


def _als_json_getallen(waarde: Any) -> Any:
    """Whole numbers beyond 2^53 become floats: that is what they are in JavaScript."""
    if isinstance(waarde, bool):
        return waarde
    if isinstance(waarde, int) and abs(waarde) > _VEILIG:
        return float(waarde)
    if isinstance(waarde, list):
        return [_als_json_getallen(deel) for deel in waarde]
    if isinstance(waarde, dict):
        return {sleutel: _als_json_getallen(deel) for sleutel, deel in waarde.items()}
    return waarde


def hash_van(op: dict[str, Any]) -> str:
    """The hash (hex) of an operation. Raises NietTeLezen where its content is no valid JSON (RFC 8785)."""
    try:
        return hashlib.sha256(rfc8785.dumps(_als_json_getallen(alleen_protocol(op)))).hexdigest()
    except (ValueError, OverflowError) as fout:
        raise NietTeLezen("Een getal of teken in deze operatie is geen geldige JSON.", "waarde") from fout
    except RecursionError as fout:
        raise NietTeLezen("Deze operatie is te diep genest.", "waarde") from fout


def is_uuid(waarde: Any) -> bool:
    """Whether it is a UUID in the canonical form: lower case, with hyphens."""
    return isinstance(waarde, str) and _UUID.fullmatch(waarde) is not None


def is_sha256(waarde: Any) -> bool:
    """Whether it is a SHA-256 in lower-case hex."""
    return isinstance(waarde, str) and _SHA256.fullmatch(waarde) is not None


def herkenning(bron: Any) -> tuple[str, str]:
    """(op_id, hash): the least that is needed to keep something and to give a receipt. Raises NietTeLezen."""
    if not isinstance(bron, dict):
        raise NietTeLezen("Een operatie moet een JSON-object zijn.", "")
    op_id = bron.get("op_id")
    if not isinstance(op_id, str) or not 1 <= len(op_id) <= 64 or not op_id.isprintable():
        raise NietTeLezen("op_id moet een UUID zijn.", "op_id")
    return op_id, hash_van(bron)


def _bijlagefout(waarde: Any) -> Vormfout | None:
    if not isinstance(waarde, dict) or not is_sha256(waarde.get("sha256")):
        return Vormfout("waarde", "Een bijlage moet een object zijn met sha256: 64 tekens 0-9 en a-f.")
    if not isinstance(waarde.get("verwijderd"), bool | None):
        return Vormfout("waarde.verwijderd", "verwijderd moet true of false zijn.")
    omvang = waarde.get("omvang")
    if omvang is not None and (isinstance(omvang, bool) or not isinstance(omvang, int) or omvang < 0):
        return Vormfout("waarde.omvang", "omvang moet een aantal bytes zijn.")
    for naam in ("soort", "bestandsnaam"):
        if waarde.get(naam) is not None and not isinstance(waarde[naam], str):
            return Vormfout(f"waarde.{naam}", f"{naam} moet tekst zijn.")
    return next((Vormfout(*fout) for fout in feitfouten(waarde)), None)


def vormfout(op: dict[str, Any]) -> Vormfout | None:
    """The first thing that is wrong with the shape of an operation, or None."""
    return next(_vormfouten(op), None)


def _vormfouten(op: dict[str, Any]) -> Iterator[Vormfout]:
    for veld in ("op_id", "bezoek_id", "toestel_id", "auteur_id"):
        if not is_uuid(op.get(veld)):
            yield Vormfout(veld, f"{veld} moet een UUID in kleine letters zijn.")
    if op.get("herhaling_id") is not None and not is_uuid(op["herhaling_id"]):
        yield Vormfout("herhaling_id", "herhaling_id moet null of een UUID in kleine letters zijn.")
    basis = op.get("base_op_ids")
    if not isinstance(basis, list) or len(basis) > 1000 or not all(is_uuid(b) for b in basis):
        yield Vormfout("base_op_ids", "base_op_ids moet een lijst van UUID's zijn, hoogstens 1000.")
    if not isinstance(op.get("vraag_id"), str) or not _NAAM.fullmatch(op["vraag_id"]):
        yield Vormfout("vraag_id", "vraag_id moet de naam van een vraag zijn, 1 tot 200 tekens.")
    if not is_sha256(op.get("form_versie")):
        yield Vormfout("form_versie", "form_versie moet de hash van de checklist zijn: 64 tekens 0-9 en a-f.")
    seq = op.get("toestel_seq")
    if isinstance(seq, bool) or not isinstance(seq, int) or not 1 <= seq <= MAX_SEQ:
        yield Vormfout("toestel_seq", f"toestel_seq moet een heel getal van 1 tot {MAX_SEQ} zijn.")
    if not isinstance(op.get("toestel_tijd"), str) or not _TIJD.fullmatch(op["toestel_tijd"]):
        yield Vormfout("toestel_tijd", "toestel_tijd moet een tijdstip zijn zoals 2026-11-21T18:05:00Z.")
    if not isinstance(op.get("soort"), str) or op["soort"] not in SOORTEN:
        yield Vormfout("soort", f"soort moet een van deze zijn: {', '.join(SOORTEN)}.")
    elif fout := _waardefout(op):
        yield fout


def _waardefout(op: dict[str, Any]) -> Vormfout | None:
    waarde = op.get("waarde")
    if op["soort"] == "attach":
        return _bijlagefout(waarde)
    if op["soort"] == "note" and not isinstance(waarde, str):
        return Vormfout("waarde", "Een notitie moet tekst zijn.")
    if len(str(waarde)) > MAX_WAARDE_TEKENS:
        return Vormfout("waarde", f"Een antwoord mag hoogstens {MAX_WAARDE_TEKENS} tekens zijn.")
    return None


def plaatsfout(waarde: Any) -> Vormfout | None:
    """What is wrong with the value of a ``set`` on a repeat's own name, or None."""
    plaats = waarde.get("plaats") if isinstance(waarde, dict) else None
    if isinstance(plaats, bool) or not isinstance(plaats, int | float) or not math.isfinite(plaats):
        return Vormfout("waarde.plaats", "Een nieuwe herhaling moet een plaats (getal) hebben.")
    ouder = waarde.get("ouder")
    if ouder is not None and not is_uuid(ouder):
        return Vormfout("waarde.ouder", "ouder moet null of een UUID zijn.")
    return None


def lees_uuid(waarde: Any) -> UUID | None:
    """The UUID in a value that may be anything."""
    return UUID(waarde) if is_uuid(waarde) else None
