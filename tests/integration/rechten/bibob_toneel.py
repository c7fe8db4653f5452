"""A Bibob dossier that lies before the cabinet, with a business partner, and jurist and cabinet named in it."""

from uuid import UUID

from sqlalchemy import select

from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers import bibob, bibob_toegang
from inspecties.gebruikers.models import Gebruiker
from inspecties.locaties.models import Risicolocatie
from tests.wereld import Kring, Wereld


def maak_bibob(wereld: Wereld, kring: Kring) -> dict[str, UUID]:
    """Committed."""
    sessie, nu, jurist = db.session(), wereld.nu, kring.actoren[Rol.JURIST]
    plek = sessie.scalars(select(Risicolocatie).where(Risicolocatie.gemeente_id == kring.gemeente.id)).first()
    assert plek is not None
    aanvang = bibob.Aanvang("houder", "horeca", "Vergunning", lokale_datum(nu), waarom_toch="Nieuwe leidinggevende.")
    dossier = bibob.begin_bibob(sessie, jurist, nu, plek, aanvang)
    relatie = bibob.voeg_relatie_toe(sessie, jurist, nu, dossier, "T.Z.", "vermogen", "Gaf de lening.")
    lezer = sessie.get_one(Gebruiker, kring.actoren[Rol.KABINET].gebruiker_id)
    bibob_toegang.geef_toegang(sessie, jurist, nu, dossier, lezer, "Besluit op dit dossier.")
    dossier.toestand, dossier.voorgelegd_op = "voorgelegd", nu
    sessie.commit()
    return {"dossier": dossier.uid, "relatie": relatie.uid, "lezer": lezer.uid}
