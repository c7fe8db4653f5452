"""Police data (Wpg) that are a signal: what was told in it came from the police, or from a boa who investigates."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from inspecties.audit.models_vernietigen import Wpggegeven
from inspecties.controles.wpg_bevindingen import komt_uit_een_bezoek
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict
from inspecties.core.opslag import Opslag
from inspecties.dossiers.wpg import Herkomst, Inhoud, Soort, Vondst, keur_apart, merk_apart
from inspecties.signalen.meldroute import eis_behandelaar, vergrendel
from inspecties.signalen.models import Signaal
from inspecties.signalen.models_meldroute import (
    Bedenktijd,
    Doorzetting,
    Overlegpunt,
    Signaalband,
    Signaaldossier,
    Signaalstop,
    Zorgaanbod,
)
from inspecties.signalen.rules.indeling import URGENTIES, VORMEN
from inspecties.signalen.rules.indicatoren import INDICATOREN
from inspecties.signalen.signaalmuur import SIGNAAL

# Where a signal has already gone on to others: then a wall around it would leave a copy on the other side.
_VERDER = (
    (Doorzetting.signaal_id, "het is al doorgezet"),
    (Overlegpunt.signaal_id, "het staat op de agenda van een overleg"),
    (Bedenktijd.signaal_id, "er is bedenktijd bij vastgelegd"),
    (Zorgaanbod.signaal_id, "er is zorg bij aangeboden"),
    (Signaaldossier.signaal_id, "het hoort bij een dossier"),
    (Signaalstop.signaal_id, "er is een bezoek voor gepland"),
    (Signaalband.van_id, "het is met een ander signaal verbonden"),
    (Signaalband.naar_id, "het is met een ander signaal verbonden"),
)


def _zoek(sessie: Session, actor: Actor, uid: UUID | None) -> Sequence[Vondst]:
    opdracht = (
        select(Wpggegeven, Signaal)
        .join(Signaal, (Wpggegeven.object_uid == Signaal.uid) & (Wpggegeven.object_soort == SIGNAAL))
        .where(
            Signaal.gemeente_id == actor.gemeente_id,
            Wpggegeven.gemeente_id == actor.gemeente_id,
            Wpggegeven.bereik(actor),
        )
        .options(joinedload(Signaal.locatie))
    )
    if uid is not None:
        opdracht = opdracht.where(Signaal.uid == uid)
    return [Vondst(merk, rij, f"Signaal {rij.nummer}") for merk, rij in sessie.execute(opdracht)]


def _lees(_sessie: Session, _actor: Actor, _opslag: Opslag, rij: Signaal) -> Inhoud:
    """Without who reported it and whom it names: these stay encrypted, for the aandachtsfunctionaris alone."""
    regels = [f"Gezien op {rij.datum:%d-%m-%Y}. {VORMEN[rij.vorm]}, urgentie {URGENTIES[rij.urgentie].lower()}."]
    waar = ", ".join(deel for deel in (rij.waar, rij.locatie.adresregel if rij.locatie else "") if deel)
    if waar:
        regels.append(f"Waar: {waar}.")
    if rij.indicatoren:
        regels.append(f"Wat opviel: {'; '.join(INDICATOREN.get(code, code) for code in rij.indicatoren)}.")
    regels.append("Wie het meldde en wie erin genoemd is, staat hier niet.")
    return Inhoud(f"Signaal {rij.nummer}", tuple(regels), (rij.tekst,))


def _bestanden(_sessie: Session, _actor: Actor, _rij: Signaal) -> Sequence[tuple[str, str]]:
    return ()


SIGNAAL_APART = Soort(
    SIGNAAL,
    "signaal",
    "De aandachtsfunctionaris ziet het signaal dan weer, met zijn stap en termijn.",
    _zoek,
    _lees,
    _bestanden,
)


def zet_signaal_apart(sessie: Session, actor: Actor, nu: datetime, rij: Signaal, herkomst: Herkomst) -> Wpggegeven:
    """From now on only who is named reads this signal; it is in no list, count, map, score or route any more.

    Raises GeenRecht, OngeldigeInvoer naming the field, Conflict for a signal that went on to others already.
    """
    eis_behandelaar(actor)
    schoon = keur_apart(sessie, actor, nu, herkomst)
    vergrendel(sessie, actor, rij)
    waarom = "het komt uit een bezoek" if komt_uit_een_bezoek(sessie, rij) else _ging_verder(sessie, rij)
    if waarom:
        raise Conflict(
            f"Dit signaal kan niet meer apart: {waarom}. Anderen weten ervan. Bel de functionaris gegevensbescherming."
        )
    return merk_apart(sessie, actor, nu, SIGNAAL, rij.uid, schoon)


def _ging_verder(sessie: Session, rij: Signaal) -> str:
    """Where a signal went on to, in words; empty where it went nowhere."""
    for kolom, waarom in _VERDER:
        if sessie.scalars(select(kolom).where(kolom == rij.id)).first() is not None:
            return waarom
    return ""
