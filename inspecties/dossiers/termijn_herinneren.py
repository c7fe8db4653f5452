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
from inspecties.dossiers.bewakers import bewakers_van, wezen
from inspecties.dossiers.looptermijnen import regel_van
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.dossiers.rules.looptermijn import moet_waarschuwen, waarschuwmoment
from inspecties.dossiers.waarschuwen import momenten_van
from inspecties.post.operations import zet_klaar
from inspecties.web.sjablonen import datum


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
        .with_for_update(of=Looptermijn)
        .execution_options(populate_existing=True)
    ).all()
    momenten, los = momenten_van(sessie, actor), wezen(sessie, actor, rijen)
    per_adres: dict[str, list[Looptermijn]] = {}
    voor: dict[str, UUID] = {}
    for rij in rijen:
        moment = waarschuwmoment(rij.einde_datum, momenten.van(regel_van(rij)), vandaag)
        if not moet_waarschuwen(moment, rij.gewaarschuwd_bij):
            continue
        # A term that nobody watches is told to every jurist who may take it over.
        mensen = [(rij.eigenaar.email, rij.eigenaar.uid)]
        if rij.id in los:
            kunnen = bewakers_van(sessie, actor, rij.dossier)
            mensen = [(b.email, UUID(b.uid)) for b in kunnen if b.rol is Rol.JURIST]
        for adres, uid in mensen:
            per_adres.setdefault(adres, []).append(rij)
            voor[adres] = uid
        rij.gewaarschuwd_bij = moment
    gestuurd = 0
    for adres, deel in per_adres.items():
        regels = "\n".join(
            f"- {datum(rij.einde_datum)}{_voorbij(rij, vandaag)}{_artikel(rij)}"
            f"{'. Niemand bewaakt deze termijn: neem hem over.' if rij.id in los else ''}"
            for rij in deel
        )
        aantal = "1 termijn" if len(deel) == 1 else f"{len(deel)} termijnen"
        tekst = f"Let op {aantal} die bijna of al voorbij is of zijn. Laatste dag:\n{regels}\n\nZie: [[link]]"
        eigen = all(rij.id not in los for rij in deel)
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
        leg_vast(sessie, actor, nu, "termijnen_herinnerd", "gebruiker", voor[adres])
    sessie.flush()
    return gestuurd
