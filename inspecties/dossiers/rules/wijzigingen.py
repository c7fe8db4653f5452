"""What a dossier consisted of at a moment, and what has changed since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from inspecties.core.inhoudshash import inhoudshash


@dataclass(frozen=True)
class Bevindingdeel:
    """A finding in a snapshot: what it is called and what it says."""

    uid: str
    naam: str
    inhoud: Any


def momentopname(
    bevindingen: Iterable[Bevindingdeel],
    bewijs: Mapping[str, str],
    teksten: Mapping[str, str],
    partijen: Iterable[str],
    voorbereiding: str = "",
    stukken: Mapping[str, tuple[str, Any]] | None = None,
) -> dict[str, Any]:
    """A snapshot. ``bewijs``: SHA-256 -> what it is called in the document. ``voorbereiding``: hash of costs, press
    line, urgency and advice. ``stukken``: public id of a report, statement or conclusion -> its mark, what it says."""
    return {
        "bevindingen": {b.uid: {"naam": b.naam, "hash": inhoudshash(b.inhoud)} for b in bevindingen},
        "bewijs": dict(bewijs),
        "teksten": {naam: inhoudshash(tekst) for naam, tekst in teksten.items()},
        "partijen": inhoudshash(sorted(partijen)),
        "voorbereiding": voorbereiding,
        "stukken": {
            uid: {"merk": merk, "hash": inhoudshash(inhoud)} for uid, (merk, inhoud) in (stukken or {}).items()
        },
    }


def gewijzigd_sinds(toen: Mapping[str, Any], nu: Mapping[str, Any]) -> list[str]:
    """In words what differs between two snapshots; empty when nothing does or when there was none."""
    if not toen:
        return []
    uit = []
    oud, nieuw = toen["bevindingen"], nu["bevindingen"]
    for uid, deel in nieuw.items():
        if uid not in oud:
            uit.append(f"Nieuwe bevinding: {deel['naam']}.")
        elif oud[uid]["hash"] != deel["hash"]:
            uit.append(f"De antwoorden bij '{deel['naam']}' zijn gewijzigd.")
    uit += [f"De bevinding '{deel['naam']}' geldt niet meer." for uid, deel in oud.items() if uid not in nieuw]
    erbij = [sha for sha in nu["bewijs"] if sha not in toen["bewijs"]]
    eraf = [sha for sha in toen["bewijs"] if sha not in nu["bewijs"]]
    if erbij:
        uit.append(f"Nieuw bewijs: {len(erbij)} (begin van de hash: {', '.join(sha[:12] for sha in erbij[:5])}).")
    if eraf:
        uit.append(f"Bewijs dat er niet meer bij hoort: {', '.join(toen['bewijs'][sha] for sha in eraf[:5])}.")
    if any(toen["teksten"].get(naam) != hash_ for naam, hash_ in nu["teksten"].items()):
        uit.append("Een of meer teksten zijn gewijzigd.")
    if toen["partijen"] != nu["partijen"]:
        uit.append("De belanghebbenden zijn gewijzigd.")
    uit += _stukken(toen.get("stukken"), nu.get("stukken", {}))
    # What was frozen before this part existed says nothing about it.
    if toen.get("voorbereiding") and toen["voorbereiding"] != nu.get("voorbereiding"):
        uit.append("Kosten, perslijn, spoed of adviezen zijn gewijzigd.")
    return uit


def _stukken(toen: Mapping[str, Any] | None, nu: Mapping[str, Any]) -> list[str]:
    """Reports, statements and conclusions; a snapshot of before they were kept says nothing about them."""
    if toen is None:
        return []
    uit = [f"Nieuw stuk: {deel['merk']}." for uid, deel in nu.items() if uid not in toen]
    uit += [f"Gewijzigd: {deel['merk']}." for uid, deel in nu.items() if uid in toen and toen[uid] != deel]
    return uit + [f"Ingetrokken: {deel['merk']}." for uid, deel in toen.items() if uid not in nu]
