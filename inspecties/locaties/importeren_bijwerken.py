"""Import that changes locations that are there: what differs per row, and writing it with the old values kept."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from geoalchemy2 import WKTElement
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict
from inspecties.database.bereik import select_voor
from inspecties.locaties.geschiedenis import leg_wijzigingen_vast
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.plaats import Plaats
from inspecties.locaties.rules.coordinaten import naar_wgs84
from inspecties.locaties.rules.importrij import Gelezen
from inspecties.locaties.rules.verslag import Wijziging

_BLOK = 500
# A point that lies closer than this to the known one is the same: rounding, not a move. Metres.
VERPLAATST_M = 0.5
# Column of the location -> how it is called on the screen. Type and address are what a row is recognised by.
KOLOMNAMEN: dict[str, str] = {
    "naam": "naam",
    "straat": "straat",
    "woonplaats": "plaats",
    "bron": "bron",
    "notitie": "notitie",
    "capaciteit": "capaciteit",
    "personen_brp": "personen_brp",
    "x": "x",
    "y": "y",
}


@dataclass(frozen=True, slots=True)
class Bijwerking:
    """One location that will change: its columns as they were and as they will be."""

    rij: int
    locatie_id: int
    uid: UUID
    naam: str
    gezien_op: datetime
    oud: dict[str, Any]
    nieuw: dict[str, Any]

    def als_wijziging(self) -> Wijziging:
        """For the report."""
        return Wijziging(
            self.rij, self.naam, {KOLOMNAMEN[k]: (_leesbaar(self.oud[k]), _leesbaar(w)) for k, w in self.nieuw.items()}
        )


def _leesbaar(waarde: Any) -> str:
    if waarde is None or waarde == "":
        return "leeg"
    if isinstance(waarde, float):
        return f"{waarde:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return str(waarde)


def _verschil(locatie: Any, rij: Gelezen, plaats: Plaats) -> tuple[dict[str, Any], dict[str, Any]]:
    """Columns that the row changes. An empty cell changes nothing: it says nothing, not that there is nothing."""
    gevraagd: dict[str, Any] = {
        "naam": rij.naam,
        "straat": rij.straat,
        "woonplaats": rij.plaats,
        "bron": rij.bron,
        "notitie": rij.notitie,
        "capaciteit": rij.capaciteit,
        "personen_brp": rij.personen_brp,
    }
    anders = {k: w for k, w in gevraagd.items() if w not in (None, "") and w != getattr(locatie, k)}
    if rij.x is not None and math.dist((locatie.x, locatie.y), (plaats.x, plaats.y)) >= VERPLAATST_M:
        anders |= {"x": plaats.x, "y": plaats.y}
    return {k: getattr(locatie, k) for k in anders}, anders


def vergelijk(
    sessie: Session, actor: Actor, rijen: Sequence[tuple[int, int, Gelezen, Plaats]]
) -> Iterator[Bijwerking | None]:
    """For every (row number, location id, row, place) what changes, or None where nothing does."""
    for begin in range(0, len(rijen), _BLOK):
        blok = rijen[begin : begin + _BLOK]
        opdracht = (
            select_voor(actor, Risicolocatie)
            .where(Risicolocatie.id.in_([r[1] for r in blok]))
            .with_only_columns(*(getattr(Risicolocatie, k) for k in ("id", "uid", "gewijzigd_op", *KOLOMNAMEN)))
        )
        locaties = {rij.id: rij for rij in sessie.execute(opdracht)}
        for nummer, locatie_id, gelezen, plaats in blok:
            locatie = locaties[locatie_id]
            oud, nieuw = _verschil(locatie, gelezen, plaats)
            yield (
                Bijwerking(nummer, locatie.id, locatie.uid, locatie.naam, locatie.gewijzigd_op, oud, nieuw)
                if nieuw
                else None
            )


def zet_waarden(locatie: Risicolocatie, waarden: dict[str, Any], nu: datetime) -> None:
    """Give a location these columns, with everything that follows from a moved point."""
    for kolom, waarde in waarden.items():
        setattr(locatie, kolom, waarde)
    if {"x", "y"} & set(waarden):
        locatie.lon, locatie.lat = naar_wgs84(locatie.x, locatie.y)
        locatie.geom = WKTElement(f"POINT({locatie.x} {locatie.y})", srid=28992)
    locatie.gewijzigd_op = nu


def schrijf(sessie: Session, actor: Actor, nu: datetime, bijwerkingen: Sequence[Bijwerking], reden: str = "") -> None:
    """Change the locations, with ``reden`` in their history.

    Raises Conflict where somebody changed one since the file was checked.
    """
    for begin in range(0, len(bijwerkingen), _BLOK):
        blok = bijwerkingen[begin : begin + _BLOK]
        opdracht = select_voor(actor, Risicolocatie).where(Risicolocatie.id.in_([b.locatie_id for b in blok]))
        locaties = {rij.id: rij for rij in sessie.scalars(opdracht)}
        for bijwerking in blok:
            locatie = locaties.get(bijwerking.locatie_id)
            if locatie is None or locatie.gewijzigd_op != bijwerking.gezien_op:
                raise Conflict(
                    f"Een collega wijzigde net {bijwerking.naam}. Er is niets opgeslagen. Lees het bestand opnieuw in.",
                    "bestand",
                )
            zet_waarden(locatie, bijwerking.nieuw, nu)
        sessie.flush()
        leg_wijzigingen_vast(sessie, actor, nu, [(b.locatie_id, b.oud, b.nieuw) for b in blok], "import", reden)
