"""The routes of what comes after an action, of the calendar and of vehicles, and the right of each."""

from typing import Any

from inspecties.core.rechten import Rol

RECHT_VAN: dict[str, str | None] = {
    "actieagenda.blad": "acties.lezen",
    "afspraken.lijst": "afspraken.lezen",
    "afspraken.zet_stand": "afspraken.bijwerken",
    "daarna.bespreek": "debriefing.vastleggen",
    "daarna.debriefing": "debriefing.lezen",
    "daarna.leer": "debriefing.vastleggen",
    "daarna.les_weg": "debriefing.vastleggen",
    "daarna.maak_verslag": "debriefing.vastleggen",
    "daarna.spreek_af": "debriefing.vastleggen",
    "daarna.uren": "debriefing.vastleggen",
    "daarna.verslag": "actieverslag.lezen",
    "voertuigen.actie": "acties.plannen",
    "voertuigen.lijst": "voertuigen.beheren",
    "voertuigen.wijzigen": "voertuigen.beheren",
}


def _daarna(naam: str) -> Any:
    return lambda toneel, _rol: {"uid": toneel.daarna[naam]}


def _afspraak(toneel: Any, rol: Rol) -> dict[str, Any]:
    # An inspector's own and an organisation's own; who sees all of them sees both.
    return {"uid": toneel.daarna["afspraak_partner" if rol is Rol.PARTNER else "afspraak_inspecteur"]}


PER_BLUEPRINT: dict[str, Any] = {
    "daarna": lambda toneel, _rol: {"uid": toneel.actie, "stop_uid": toneel.stop},
    "voertuigen": lambda toneel, _rol: {"uid": toneel.actie},
}
PER_ENDPOINT: dict[str, Any] = {
    "afspraken.zet_stand": _afspraak,
    "daarna.les_weg": _daarna("les"),
    "daarna.verslag": _daarna("verslag"),
    "voertuigen.wijzigen": _daarna("voertuig"),
}
