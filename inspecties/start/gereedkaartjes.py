"""Home page: actions that are not ready any more, and briefings to read."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from inspecties.acties import queries
from inspecties.acties.gereed_bronnen import UIT
from inspecties.acties.gereed_panelen import geschonden, te_lezen
from inspecties.acties.models import Actie
from inspecties.core.actor import Actor
from inspecties.core.rechten import rol_mag
from inspecties.start.kaartje import Kaartje
from inspecties.web.sjablonen import moment

VOORUIT = timedelta(days=14)


def _komend(sessie: Session, actor: Actor, nu: datetime) -> list[Actie]:
    opdracht = queries.gefilterd(actor, queries.Filter(toestanden=tuple(sorted(UIT)), voor=nu + VOORUIT))
    return list(sessie.scalars(opdracht.where(Actie.eind_op > nu).order_by(Actie.begin_op).limit(5)))


def niet_meer_gereed(sessie: Session, actor: Actor, nu: datetime) -> list[Kaartje]:
    """For who plans: an action that was ready and that something broke since."""
    if not rol_mag(actor.rol, "acties.plannen"):
        return []
    uit = []
    for actie in _komend(sessie, actor, nu):
        punten = geschonden(sessie, actor, actie, nu)
        if punten:
            # No address or name on the home page: reading it is no act that is logged.
            zin = f"{actie.naam}: na 'gereed' is er iets veranderd. Los het op voordat de ploegen gaan."
            parameters = {"uid": actie.uid}
            uit.append(Kaartje("Niet meer gereed", zin, len(punten), True, "gereedheid.toon", parameters, "Bekijken"))
    return uit


def briefing_te_lezen(sessie: Session, actor: Actor, nu: datetime) -> list[Kaartje]:
    """For who goes along: a briefing that they did not read yet, or not in its newest version."""
    if not rol_mag(actor.rol, "briefing.lezen"):
        return []
    uit = []
    for actie in _komend(sessie, actor, nu):
        stand = te_lezen(sessie, actor, actie, nu)
        if stand is None or stand.get("gelezen"):
            continue
        if stand["embargo"]:
            zin = f"De adressen zijn te zien vanaf {moment(stand['embargo'])}."
            uit.append(Kaartje(actie.naam, zin, None, False, "acties.toon", {"uid": actie.uid}, "Actie openen"))
            continue
        deel = stand["deel"]
        zin = f"{actie.naam}: lees versie {deel.briefing.nummer} voordat u op pad gaat."
        if stand["eerder"]:
            zin = f"{actie.naam}: u las versie {stand['eerder']}. Er is nu versie {deel.briefing.nummer}."
        kop = "Briefing gewijzigd" if stand["eerder"] else "Briefing te lezen"
        parameters = {"uid": actie.uid, "deel_uid": deel.uid}
        uit.append(Kaartje(kop, zin, None, True, "briefing.deel", parameters, "Briefing lezen"))
    return uit
