"""Reading JSON that comes from a device, strictly: what is wrong is named, nothing is guessed."""

import json
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from flask import request

from inspecties.controles.rules.operatie import MAX_SEQ, is_uuid
from inspecties.core.fouten import InspectiesFout, OngeldigeInvoer


class OnleesbaarVerzoek(InspectiesFout):
    """The body is no JSON, or was cut off."""

    status = 400


class TeVeel(InspectiesFout):
    """More than fits in one message."""

    status = 413


def _geen_getal(naam: str) -> Any:
    raise ValueError(f"{naam} is no JSON")


def lees_json() -> dict[str, Any]:
    """The body as a JSON object. Raises OnleesbaarVerzoek, or OngeldigeInvoer where it is JSON but no object."""
    try:
        inhoud = json.loads(request.get_data(cache=False), parse_constant=_geen_getal)
    except (ValueError, RecursionError):
        raise OnleesbaarVerzoek("Het bericht is geen volledige JSON. Er is niets opgeslagen.") from None
    if not isinstance(inhoud, dict):
        raise OngeldigeInvoer("Het bericht moet een JSON-object zijn.")
    return inhoud


def lees_id_veld(inhoud: dict[str, Any], veld: str) -> UUID:
    """A UUID member. Raises OngeldigeInvoer."""
    if not is_uuid(inhoud.get(veld)):
        raise OngeldigeInvoer(f"{veld} moet een UUID in kleine letters zijn.", veld)
    return UUID(inhoud[veld])


def lees_tekst(inhoud: dict[str, Any], veld: str, hoogstens: int) -> str:
    """A text member, empty where it is absent. Raises OngeldigeInvoer."""
    waarde = inhoud.get(veld) or ""
    if not isinstance(waarde, str) or len(waarde) > hoogstens or "\x00" in waarde or not _is_utf8(waarde):
        raise OngeldigeInvoer(f"{veld} moet tekst zijn van hoogstens {hoogstens} tekens.", veld)
    return waarde


def _is_utf8(tekst: str) -> bool:
    try:
        tekst.encode()
    except UnicodeEncodeError:
        return False
    return True


def lees_moment(inhoud: dict[str, Any], veld: str) -> datetime:
    """An RFC 3339 moment with time zone. Raises OngeldigeInvoer."""
    waarde = inhoud.get(veld)
    try:
        moment = datetime.fromisoformat(waarde) if isinstance(waarde, str) else None
        if moment is not None and moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise OngeldigeInvoer(f"{veld} moet een tijdstip met tijdzone zijn, zoals 2026-11-21T18:05:00Z.", veld)


def lees_datum(tekst: str | None, vandaag: date) -> date:
    """A date from the address, ``vandaag`` where there is none. Raises OngeldigeInvoer."""
    if not tekst:
        return vandaag
    try:
        return date.fromisoformat(tekst)
    except ValueError:
        raise OngeldigeInvoer("datum moet een dag zijn zoals 2026-11-21.", "datum") from None


def lees_volgnummer(inhoud: dict[str, Any], veld: str) -> int | None:
    """An optional sequence number. Raises OngeldigeInvoer."""
    waarde = inhoud.get(veld)
    if waarde is None:
        return None
    if isinstance(waarde, bool) or not isinstance(waarde, int) or not 0 <= waarde <= MAX_SEQ:
        raise OngeldigeInvoer(f"{veld} moet een heel getal van 0 tot {MAX_SEQ} zijn.", veld)
    return waarde
