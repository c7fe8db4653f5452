"""A statement that stands apart as police data, and everybody named who can be."""

from uuid import UUID

from sqlalchemy import select

from inspecties.audit.models_wpg import Wpglezer
from inspecties.controles.opslag import Opslag
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers.bewijsstukken import voeg_stuk_toe
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_bewijs import Bronstuk
from inspecties.dossiers.rules.bewijs import Stukgegevens
from inspecties.dossiers.wpg import Herkomst
from inspecties.dossiers.wpg_lezers import wijs_aan
from inspecties.dossiers.wpg_stuk import zet_apart
from inspecties.gebruikers.models import Lidmaatschap
from tests.wereld import Kring, Wereld


def maak_wpg(wereld: Wereld, kring: Kring, dossier: Dossier) -> dict[str, UUID]:
    """``stuk``: apart; ``vrij``: of the same dossier, not apart; ``lezer``: a naming that still runs."""
    sessie, nu, jurist = db.session(), wereld.nu, kring.actoren[Rol.JURIST]
    opslag = Opslag(wereld.app.extensions["instellingen"].opslagmap)
    for rol in (Rol.COORDINATOR, Rol.INSPECTEUR, Rol.JURIST):
        wie = kring.actoren[rol].gebruiker_id
        lid = sessie.scalars(select(Lidmaatschap).where(Lidmaatschap.gebruiker_id == wie)).one()
        wijs_aan(sessie, kring.actoren[Rol.BEHEERDER], nu, lid, "Is opsporingsambtenaar.")
    stukken = []
    for titel in ("Wat een boa zag", "Wat de buur zag"):
        gegevens = Stukgegevens("verklaring", titel, "Boa", nu.date(), "geen", tekst=f"{titel} aan de deur.")
        stukken.append(voeg_stuk_toe(sessie, jurist, nu, opslag, dossier, gegevens, set()))
    weg, vrij = stukken
    uids = {"stuk": weg.uid, "vrij": vrij.uid, "dossier": dossier.uid}
    zet_apart(sessie, jurist, nu, weg, Herkomst("Boa", "art. 8 Wpg", nu.date(), "Als opsporingsambtenaar gezien."))
    lezer = select(Wpglezer.uid).where(Wpglezer.gemeente_id == kring.gemeente.id).order_by(Wpglezer.id)
    uids["lezer"] = sessie.scalars(lezer).all()[0]
    sessie.commit()
    assert sessie.scalars(select(Bronstuk.id).where(Bronstuk.uid == uids["stuk"])).all() == []
    sessie.rollback()
    return uids
