"""A person's request with places that each role may judge, a mark and a recipient that must be told."""

from uuid import UUID

from inspecties.audit.beperken import beperk
from inspecties.audit.models_beperking import Rectificatiebericht
from inspecties.core.ids import nieuw_id
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers.models import Belanghebbende, Dossier
from inspecties.signalen.models import Signaal
from inspecties.start import inzage
from inspecties.start.models_inzage import Inzagetreffer
from tests.wereld import Kring, Wereld


def maak_inzage(wereld: Wereld, kring: Kring, partij: Belanghebbende, signaal: Signaal) -> dict[str, UUID]:
    """Committed."""
    sessie, nu, jurist, gid = db.session(), wereld.nu, kring.actoren[Rol.JURIST], kring.gemeente.id
    bos = wereld.app.extensions["sleutelbos"]
    wie = inzage.Aanvrager("Kade Beheer", "kade@beheer.example")
    verzoek = inzage.neem_aan(sessie, jurist, nu, bos, "inzage", wie, nu.date())
    inzage.stel_identiteit_vast(sessie, jurist, nu, verzoek, "balie", nu.date())
    treffers = {
        "jurist": Inzagetreffer(
            gemeente_id=gid, tabel="belanghebbende", rij_id=partij.id, kolom="naam",
            object_soort="dossier", object_uid=str(sessie.get_one(Dossier, partij.dossier_id).uid),
        ),
        "aandacht": Inzagetreffer(
            gemeente_id=gid, tabel="signaal", rij_id=signaal.id, kolom="tekst",
            object_soort="signaal", object_uid=str(signaal.uid),
        ),
    }  # fmt: skip
    verzoek.treffers.extend(treffers.values())
    merk = beperk(sessie, jurist, nu, "partij", nieuw_id(), "betwist", "De naam klopt volgens de persoon niet.")
    bericht = Rectificatiebericht(
        gemeente_id=gid, beperking_id=merk.id, verstrekking_uid=str(nieuw_id()), ontvanger="NLA"
    )
    sessie.add(bericht)
    sessie.commit()
    namen = {naam: treffer.uid for naam, treffer in treffers.items()}
    mens = UUID(jurist.gebruiker_uid)
    return namen | {"mens": mens, "verzoek": verzoek.uid, "beperking": merk.uid, "bericht": bericht.uid}
