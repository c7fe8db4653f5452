"""Mail to who watches a running term, when one of its moments has come."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session, joinedload

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import Rol
from inspecties.database import select_voor
from inspecties.dossiers.bewakers import Bewaker, bewakers_van, wezen
from inspecties.dossiers.looptermijnen import regel_van
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.dossiers.rules.looptermijn import moet_waarschuwen, waarschuwmoment
from inspecties.dossiers.waarschuwen import momenten_van
from inspecties.post.operations import zet_klaar
from inspecties.web.sjablonen import datum

_WEES = {
    Rol.JURIST: ". Niemand bewaakt deze termijn: neem hem over.",
    Rol.KABINET: ". Niemand bewaakt deze termijn: vraag een jurist om hem over te nemen.",
}


def _voorbij(rij: Looptermijn, vandaag: date) -> str:
    if rij.einde_datum >= vandaag:
        return ""
    return ", voorbij" if rij.van_ander else ", te laat"


def _artikel(rij: Looptermijn) -> str:
    """The article, except where it would tell that there is a Bibob investigation (Wet Bibob art. 28)."""
    return "" if rij.dossier.soort == "bibob" else f": {rij.artikel}"


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
        .with_for_update(key_share=True, of=Looptermijn)
        .execution_options(populate_existing=True)
    ).all()
    momenten, los = momenten_van(sessie, actor), wezen(sessie, actor, rijen)
    per_adres: dict[str, list[tuple[Looptermijn, int | None]]] = {}
    voor: dict[str, Bewaker] = {}
    for rij in rijen:
        moment = waarschuwmoment(rij.einde_datum, momenten.van(regel_van(rij)), vandaag)
        if not moet_waarschuwen(moment, rij.gewaarschuwd_bij):
            continue
        kunnen = bewakers_van(sessie, actor, rij.dossier)
        mensen = [b for b in kunnen if b.id == rij.eigenaar_id]
        if rij.id in los:
            # A term that nobody watches is told to every jurist who may take it over, else to whoever may read it.
            mensen = [b for b in kunnen if b.rol is Rol.JURIST] or kunnen
        for mens in mensen:
            per_adres.setdefault(mens.email, []).append((rij, moment))
            voor[mens.email] = mens
    gestuurd = 0
    for adres, deel in per_adres.items():
        regels = "\n".join(
            f"- {datum(rij.einde_datum)}{_voorbij(rij, vandaag)}{_artikel(rij)}"
            f"{_WEES[voor[adres].rol] if rij.id in los else ''}"
            for rij, _ in deel
        )
        aantal = "1 termijn" if len(deel) == 1 else f"{len(deel)} termijnen"
        tekst = f"Let op {aantal} die bijna of al voorbij is of zijn. Laatste dag:\n{regels}\n\nZie: [[link]]"
        eigen = all(rij.id not in los for rij, _ in deel)
        try:
            zet_klaar(
                sessie,
                actor,
                nu,
                adres,
                f"Let op: {aantal}",
                tekst,
                verwijzing="termijnen",
                link="/termijnen?van=mij" if eigen else "/termijnen",
            )
        except OngeldigeInvoer:
            # One address that is no address must not keep the others from their mail.
            continue
        gestuurd += 1
        # What nobody was told of is told the next time.
        for rij, moment in deel:
            rij.gewaarschuwd_bij = moment
        leg_vast(sessie, actor, nu, "termijnen_herinnerd", "gebruiker", UUID(voor[adres].uid))
    sessie.flush()
    return gestuurd
