"""Mail to who watches a running term, when one of its moments has come."""

from datetime import datetime

from sqlalchemy.orm import Session, joinedload

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.database import select_voor
from inspecties.dossiers.looptermijnen import regel_van
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.dossiers.rules.looptermijn import moet_waarschuwen, waarschuwmoment
from inspecties.post.operations import zet_klaar
from inspecties.termijnen.bronnen import waarschuwmomenten
from inspecties.web.sjablonen import datum


def herinner(sessie: Session, actor: Actor, nu: datetime) -> int:
    """Put warnings about terms of this gemeente in the outbox; how many mails. Each moment is told once.

    The mail gives the days and the article; which dossier it is about stands behind the login.
    """
    vandaag = lokale_datum(nu)
    rijen = sessie.scalars(
        select_voor(actor, Looptermijn)
        .where(Looptermijn.stand == "loopt")
        .order_by(Looptermijn.einde_datum, Looptermijn.id)
        .options(joinedload(Looptermijn.eigenaar))
        .with_for_update(of=Looptermijn)
        .execution_options(populate_existing=True)
    ).all()
    per_adres: dict[str, list[Looptermijn]] = {}
    for rij in rijen:
        moment = waarschuwmoment(rij.einde_datum, regel_van(rij).waarschuw or waarschuwmomenten(), vandaag)
        if moet_waarschuwen(moment, rij.gewaarschuwd_bij) and rij.eigenaar.geblokkeerd_op is None:
            per_adres.setdefault(rij.eigenaar.email, []).append(rij)
            rij.gewaarschuwd_bij = moment
    gestuurd = 0
    for adres, deel in per_adres.items():
        regels = "\n".join(
            f"- {datum(rij.einde_datum)}{', te laat' if rij.einde_datum < vandaag else ''}: {rij.artikel}"
            for rij in deel
        )
        aantal = "1 termijn" if len(deel) == 1 else f"{len(deel)} termijnen"
        tekst = f"U bewaakt {aantal} die bijna of al voorbij is of zijn. Laatste dag:\n{regels}\n\nZie: [[link]]"
        try:
            zet_klaar(
                sessie, actor, nu, adres, f"Let op: {aantal}", tekst, verwijzing="termijnen", link="/termijnen?van=mij"
            )
        except OngeldigeInvoer:
            # One address that is no address must not keep the others from their mail.
            continue
        gestuurd += 1
        leg_vast(sessie, actor, nu, "termijnen_herinnerd", "gebruiker", deel[0].eigenaar.uid)
    sessie.flush()
    return gestuurd
