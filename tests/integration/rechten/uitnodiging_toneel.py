"""An invitation with another time proposed, a mail that could not go, and one that came in."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from inspecties.acties.models import Actie
from inspecties.acties.models_uitnodiging import Tegenvoorstel, Uitnodiging
from inspecties.database.basis import db
from inspecties.post.models import IngekomenMail
from inspecties.post.operations import zet_klaar
from tests.wereld import Kring, Wereld


def maak_uitnodiging(wereld: Wereld, kring: Kring, actie_uid: UUID) -> dict[str, UUID]:
    """Public ids; committed."""
    sessie, nu, gid = db.session(), wereld.nu, kring.gemeente.id
    actie = sessie.scalars(select(Actie).where(Actie.uid == actie_uid)).one()
    assert kring.organisatie is not None
    uitnodiging = Uitnodiging(
        gemeente_id=gid,
        actie=actie,
        organisatie_id=kring.organisatie.id,
        naam="Ans Verhoeven",
        email="ans@politie.example",
        begin_op=actie.begin_op,
        eind_op=actie.eind_op,
        verstuurd_op=nu,
    )
    van = actie.begin_op + timedelta(days=1)
    voorstel = Tegenvoorstel(
        gemeente_id=gid, uitnodiging=uitnodiging, van_op=van, tot_op=van + timedelta(hours=4), gedaan_op=nu
    )
    bericht = zet_klaar(sessie, kring.systeem, nu, "ans@politie.example", "Herinnering", "Kijk even.")
    bericht.status = "mislukt"
    mail = IngekomenMail(
        gemeente_id=gid, ontvangen_op=nu, van="x@y.example", onderwerp="Hoi", reden="?", sha256=f"{gid:064}"
    )
    sessie.add_all([uitnodiging, voorstel, mail])
    sessie.commit()
    return {"voorstel": voorstel.uid, "bericht": bericht.uid, "mail": mail.uid}
