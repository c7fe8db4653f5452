"""A lesson, two agreements, a report and a vehicle, for the table of routes."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from inspecties.acties.models import Actie
from inspecties.acties.models_boeking import Voertuig
from inspecties.acties.models_daarna import Actieverslag, Afspraak, Les
from inspecties.controles.opslag import Opslag
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from tests.wereld import Kring, Wereld


def maak_daarna(wereld: Wereld, kring: Kring, actie: UUID) -> dict[str, UUID]:
    """Public ids by name; committed."""
    sessie, gid, nu = db.session(), kring.gemeente.id, wereld.nu
    actie_id = sessie.scalars(select(Actie.id).where(Actie.uid == actie)).one()
    sha = Opslag(wereld.app.extensions["instellingen"].opslagmap).schrijf(kring.gemeente.uid, b"%PDF-1.7 verslag")
    assert kring.organisatie is not None
    les = Les(gemeente_id=gid, actie_id=actie_id, categorie="overig", tekst="Eerder beginnen.", op=nu)
    afspraken = {
        "afspraak_partner": {"organisatie_id": kring.organisatie.id},
        "afspraak_inspecteur": {"gebruiker_id": kring.actoren[Rol.INSPECTEUR].gebruiker_id},
    }
    rijen = {
        naam: Afspraak(
            gemeente_id=gid,
            actie_id=actie_id,
            wat="Nabellen",
            uiterlijk=(nu + timedelta(days=9)).date(),
            gemaakt_op=nu,
            **wie,
        )
        for naam, wie in afspraken.items()
    }
    verslag = Actieverslag(
        gemeente_id=gid,
        actie_id=actie_id,
        nummer=1,
        inhoud={},
        inhoud_hash=sha,
        sha256=sha,
        sha256_zonder=sha,
        op=nu,
    )
    voertuig = Voertuig(gemeente_id=gid, naam="Bus 1", kenteken="V-123-AB")
    sessie.add_all([les, *rijen.values(), verslag, voertuig])
    sessie.commit()
    uit = {naam: rij.uid for naam, rij in rijen.items()}
    return uit | {"les": les.uid, "verslag": verslag.uid, "voertuig": voertuig.uid}
