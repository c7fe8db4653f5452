"""Home page: partners who cancelled late, who propose another time, who have not answered; and mail that did not go."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import Session

from inspecties.acties.rules.toestanden import SOORTEN
from inspecties.acties.rules.uitnodiging import dienst_in_woorden
from inspecties.acties.uitnodigingen_overzicht import late_afzeggingen, niet_herkend, open_voorstellen, zonder_antwoord
from inspecties.core.actor import Actor
from inspecties.core.rechten import rol_mag
from inspecties.database import select_voor
from inspecties.post.models import Bericht
from inspecties.start.kaartje import Kaartje

_NAAR: tuple[str, dict[str, Any], str] = ("uitnodigingen.overzicht", {}, "Naar de uitnodigingen")


def laat_afgezegd(sessie: Session, actor: Actor, nu: datetime) -> list[Kaartje]:
    """Who said no within a day before a shift that is not over."""
    if not rol_mag(actor.rol, "acties.plannen"):
        return []
    uit = []
    for u in late_afzeggingen(sessie, actor, nu):
        wanneer = f"{SOORTEN[u.actie.soort].lower()} van {dienst_in_woorden(u.actie.begin_op, u.actie.eind_op)}"
        zin = f"{u.organisatie.naam} doet niet mee: {wanneer}. Bel de partner of pas de ploegen aan."
        naar = ("acties.toon", {"uid": u.actie.uid}, "Naar de actie")
        uit.append(Kaartje("Partner zegt kort voor de dienst af", zin, None, True, *naar))
    return uit


def uitnodigingen(sessie: Session, actor: Actor, nu: datetime) -> list[Kaartje]:
    """What partners ask of the planner, and what the planner waits for."""
    if not rol_mag(actor.rol, "acties.plannen"):
        return []
    uit = []
    if voorstellen := open_voorstellen(sessie, actor, nu):
        zin = "Een partner kan niet in de dienst, wel op een andere tijd."
        uit.append(Kaartje("Andere tijd voorgesteld", zin, len(voorstellen), False, *_NAAR))
    if mails := niet_herkend(sessie, actor):
        zin = "Er kwam mail binnen die bij geen uitnodiging past. Kijk wat de partner bedoelt."
        uit.append(Kaartje("Mail die niet is herkend", zin, len(mails), False, *_NAAR))
    if wachten := zonder_antwoord(sessie, actor, nu):
        haast = any(u.actie.begin_op - nu < timedelta(days=3) for u in wachten)
        zin = "Deze mensen zijn uitgenodigd voor een actie en zeiden nog niet ja of nee."
        uit.append(Kaartje("Wie heeft nog niet geantwoord", zin, len(wachten), haast, *_NAAR))
    return uit


def post_mislukt(sessie: Session, actor: Actor, nu: datetime) -> list[Kaartje]:
    """Mail that could not be sent, for who can do something about it."""
    del nu
    if not rol_mag(actor.rol, "post.beheren"):
        return []
    aantal = sessie.scalars(
        select_voor(actor, Bericht).with_only_columns(func.count()).where(Bericht.status == "mislukt")
    ).one()
    if not aantal:
        return []
    zin = "De mailserver nam deze mails niet aan. Kijk waarom."
    return [Kaartje("Mail niet verzonden", zin, aantal, True, "post.lijst", {}, "Naar de post")]
