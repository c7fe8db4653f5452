"""Home page: steps, answers and times to think that are over or nearly over. Numbers and days, no content."""

from datetime import datetime

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.signalen.meldroute_queries import lopende_bedenktijden, te_late_antwoorden, te_late_stappen
from inspecties.signalen.triage_zorg import AANDACHT_VANAF
from inspecties.start.kaartje import Kaartje


def te_late_meldstappen(sessie: Session, actor: Actor, nu: datetime) -> list[Kaartje]:
    """Steps of the meldroute that are overdue: one leads to the signal, more to the list."""
    if not rol_mag(actor.rol, "signalen.behandelen"):
        return []
    laat = te_late_stappen(sessie, actor, nu)
    if not laat:
        return []
    eerste = laat[0]
    dagen = -(eerste.dagen or 0)
    eigen = sum(stand.eigenaar is not None and stand.eigenaar.id == actor.gebruiker_id for stand in laat)
    zin = f"De oudste stap had {dagen} {'dag' if dagen == 1 else 'dagen'} geleden klaar moeten zijn."
    if eigen:
        zin += f" Van u: {eigen}."
    if len(laat) == 1:
        zin = f"Signaal {eerste.signaal.nummer}, stap '{eerste.stapnaam}'. {zin}"
        return [Kaartje("Stap te laat", zin, 1, True, "signalen.toon", {"uid": eerste.signaal.uid}, "Openen")]
    return [Kaartje("Stappen te laat", zin, len(laat), True, "meldroute.te_laat", {}, "Bekijken")]


def antwoorden_uitgebleven(sessie: Session, actor: Actor, nu: datetime) -> list[Kaartje]:
    """Answers that receivers should have given by now."""
    if not rol_mag(actor.rol, "signalen.behandelen"):
        return []
    laat = te_late_antwoorden(sessie, actor, nu)
    if not laat:
        return []
    oudste = laat[0]
    zin = f"Het oudste, over {oudste.signaal.nummer}, zou er zijn voor {oudste.antwoord_voor:%d-%m-%Y}. Vraag na."
    return [
        Kaartje(
            "Antwoorden uitgebleven",
            zin,
            len(laat),
            True,
            "signalen.toon",
            {"uid": oudste.signaal.uid},
            "Het oudste openen",
        )
    ]


def bedenktijden(sessie: Session, actor: Actor, nu: datetime) -> list[Kaartje]:
    """Times to think that run; urgent when one ends within two weeks or has ended."""
    if not rol_mag(actor.rol, "signalen.behandelen"):
        return []
    lopend = lopende_bedenktijden(sessie, actor)
    if not lopend:
        return []
    eerste, vandaag = lopend[0], lokale_datum(nu)
    rest = (eerste.uiterlijk - vandaag).days
    wanneer = f"over {rest} {'dag' if rest == 1 else 'dagen'}" if rest > 0 else "vandaag" if rest == 0 else "al voorbij"
    zin = f"De eerste eindigt op {eerste.uiterlijk:%d-%m-%Y}, {wanneer}."
    dringend = eerste.uiterlijk - vandaag <= AANDACHT_VANAF
    naar = ("signalen.toon", {"uid": eerste.signaal.uid}, "Openen")
    return [Kaartje("Bedenktijd", zin, len(lopend), dringend, *naar, eerste.uiterlijk)]
