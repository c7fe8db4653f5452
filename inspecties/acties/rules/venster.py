"""The hours in which a stop may be visited, against the shift of its action."""

from datetime import datetime

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.klok import lokaal


def controleer_venster(
    begin_op: datetime, eind_op: datetime, van: datetime | None, tot: datetime | None, duur_min: int
) -> None:
    """Raise OngeldigeInvoer naming ``venster_van`` or ``venster_tot`` where no visit fits the hours and the shift."""
    dienst = f"De dienst is van {_uur(begin_op)} tot {_uur(eind_op)}"
    if van is not None and not begin_op <= van < eind_op:
        raise OngeldigeInvoer(
            f"{dienst}. {_uur(van)} valt daarbuiten; kies een latere of vroegere tijd.", "venster_van"
        )
    if tot is not None and not begin_op < tot <= eind_op:
        raise OngeldigeInvoer(
            f"{dienst}. {_uur(tot)} valt daarbuiten; kies een latere of vroegere tijd.", "venster_tot"
        )
    if van is not None and tot is not None and tot <= van:
        raise OngeldigeInvoer("'bezoek tot' moet na 'bezoek vanaf' liggen.", "venster_tot")
    over_min = (eind_op - (van or begin_op)).total_seconds() / 60
    if van is not None and over_min < duur_min:
        raise OngeldigeInvoer(
            f"Vanaf {_uur(van)} is er nog {over_min:.0f} minuten dienst, en het bezoek duurt er {duur_min}. "
            "Kies een vroegere tijd of een kortere duur.",
            "venster_van",
        )


def _uur(moment: datetime) -> str:
    return f"{lokaal(moment):%H:%M}"
