"""What every act on a dossier shares: the lock, the state, who drafted, the step on the timeline."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, GeenRecht
from inspecties.core.rechten import RECHTEN, rol_mag
from inspecties.core.reden import schrijf_reden
from inspecties.database import select_voor
from inspecties.dossiers.models import Dossier, Dossieropsteller, Stap
from inspecties.dossiers.rules.toestanden import DOSSIER_TABELLEN

OPEN = frozenset({"opbouw", "teruggestuurd"})
# What the audit log may hold of an act on a Bibob dossier: the auditor is none of the named people.
IN_BIBOB_LOG = frozenset({"doel", "gebruiker"})


def vergrendel(sessie: Session, actor: Actor, dossier: Dossier) -> None:
    """Lock a dossier until the end of the transaction and read it again."""
    sessie.flush()
    sessie.scalars(
        select(Dossier)
        .where(Dossier.id == dossier.id, Dossier.gemeente_id == actor.gemeente_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()


def begin_werk(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier) -> None:
    """Lock a dossier to change its content, and remember that the actor worked on it.

    Raises Conflict where the dossier is not open to changes.
    """
    vergrendel(sessie, actor, dossier)
    if dossier.toestand not in OPEN:
        namen = DOSSIER_TABELLEN[dossier.tabelversie].namen
        hint = " Haal het eerst terug." if dossier.toestand == "voorgelegd" else ""
        raise Conflict(
            f"Dit dossier is '{namen[dossier.toestand]}' en ligt vast. Er verandert nu niets meer aan.{hint}",
            "toestand",
        )
    noteer_opsteller(sessie, actor, nu, dossier)


def noteer_opsteller(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier) -> None:
    """Remember that the actor worked on the content; once is enough."""
    if actor.gebruiker_id is None:
        return
    bestaand = sessie.scalars(
        select_voor(actor, Dossieropsteller).where(
            Dossieropsteller.dossier_id == dossier.id, Dossieropsteller.gebruiker_id == actor.gebruiker_id
        )
    ).one_or_none()
    if bestaand is None:
        sessie.add(
            Dossieropsteller(
                gemeente_id=dossier.gemeente_id,
                dossier_id=dossier.id,
                gebruiker_id=actor.gebruiker_id,
                sinds_op=nu,
            )
        )


def zet_stap(
    sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, soort: str, tekst: str, van: str = "", naar: str = ""
) -> Stap:
    """Put one event on the timeline."""
    stap = Stap(
        gemeente_id=dossier.gemeente_id,
        dossier_id=dossier.id,
        soort=soort,
        van=van,
        naar=naar,
        tekst=tekst,
        door_id=actor.gebruiker_id,
        op=nu,
    )
    sessie.add(stap)
    sessie.flush()
    sessie.expire(dossier, ["stappen"])
    return stap


def leg_dossier_vast(
    sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, handeling: str, **gegevens: Any
) -> None:
    """The audit line of an act on a dossier; its ground is the article that the dossier rests on.

    Of a Bibob dossier only who did what when: what it is about, and that it is one, is for the named people (Wet Bibob
    art. 28).
    """
    grondslag = dossier.grondslag
    if dossier.soort == "bibob":
        gegevens, grondslag = {naam: waarde for naam, waarde in gegevens.items() if naam in IN_BIBOB_LOG}, ""
    leg_vast(sessie, actor, nu, handeling, "dossier", dossier.uid, grondslag, gegevens or None)


def ga_naar(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, naar: str, tekst: str = "") -> None:
    """Walk one edge of the dossier's own version of the state table; the dossier is locked already.

    Raises Conflict where there is no such edge, GeenRecht, and OngeldigeInvoer where the edge asks for a reason.
    """
    overgang = DOSSIER_TABELLEN[dossier.tabelversie].overgang(dossier.toestand, naar)
    if not rol_mag(actor.rol, overgang.recht):
        raise GeenRecht(f"Uw rol mag dit niet: {RECHTEN[overgang.recht].uitleg.lower()}.")
    if overgang.reden_verplicht:
        tekst = schrijf_reden(tekst, f"Schrijf op waarom: '{overgang.naam}' kan niet zonder uitleg.")
    van, dossier.toestand = dossier.toestand, naar
    zet_stap(sessie, actor, nu, dossier, "toestand", tekst.strip() or overgang.naam, van, naar)
    leg_dossier_vast(sessie, actor, nu, dossier, "dossier_" + naar, van=van)
