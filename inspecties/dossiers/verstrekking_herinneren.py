"""Mail to who passed on a proposal, when the answer does not come. In a dossier a running term sees to that."""

from datetime import datetime, timedelta

from sqlalchemy import or_
from sqlalchemy.orm import Session, joinedload

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.database import select_voor
from inspecties.dossiers.models_verstrekking import Verstrekking
from inspecties.post.operations import zet_klaar
from inspecties.web.sjablonen import datum

ELKE = timedelta(days=7)


def herinner(sessie: Session, actor: Actor, nu: datetime) -> int:
    """Put reminders of answers that are late in the outbox; how many mails. At most one a week for each.

    The mail gives the day; what was passed on stands behind the login.
    """
    vandaag = lokale_datum(nu)
    rijen = sessie.scalars(
        select_voor(actor, Verstrekking)
        .where(
            Verstrekking.looptermijn_id.is_(None),
            Verstrekking.antwoord_voor <= vandaag,
            Verstrekking.antwoord_op.is_(None),
            Verstrekking.afgezien == "",
            or_(Verstrekking.herinnerd_op.is_(None), Verstrekking.herinnerd_op <= vandaag - ELKE),
        )
        .order_by(Verstrekking.antwoord_voor, Verstrekking.id)
        .options(joinedload(Verstrekking.door))
        .with_for_update(key_share=True, of=Verstrekking)
        .execution_options(populate_existing=True)
    ).all()
    per_adres: dict[str, list[Verstrekking]] = {}
    for rij in rijen:
        if rij.door.geblokkeerd_op is None:
            per_adres.setdefault(rij.door.email, []).append(rij)
            rij.herinnerd_op = vandaag
    gestuurd = 0
    for adres, deel in per_adres.items():
        regels = "\n".join(f"- antwoord verwacht voor {datum(r.antwoord_voor)}" for r in deel if r.antwoord_voor)
        aantal = "1 antwoord" if len(deel) == 1 else f"{len(deel)} antwoorden"
        tekst = f"U wacht nog op {aantal} op wat u doorzette:\n{regels}\n\nZie: [[link]]"
        link = "/verstrekkingen?wacht=1"
        try:
            zet_klaar(sessie, actor, nu, adres, f"Nog geen {aantal}", tekst, verwijzing="verstrekkingen", link=link)
        except OngeldigeInvoer:
            # One address that is no address must not keep the others from their mail.
            continue
        gestuurd += 1
        leg_vast(sessie, actor, nu, "verstrekking_herinnerd", "gebruiker", deel[0].door.uid)
    sessie.flush()
    return gestuurd
