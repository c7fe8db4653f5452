"""A picture of a visit as a page shows it: re-encoded, without metadata. Used by every page that has such a picture."""

from flask import current_app
from sqlalchemy.exc import IntegrityError

from inspecties.controles import bewijs
from inspecties.controles.beelden import OnleesbaarBeeld
from inspecties.controles.models import Bewijsstuk
from inspecties.controles.opslag import Opslag
from inspecties.controles.rules.herkenning import TE_TEKENEN
from inspecties.core.actor import Actor
from inspecties.core.fouten import NietGevonden
from inspecties.database import db
from inspecties.gebruikers.gemeenten import gemeente_uid
from inspecties.instellingen import opslag_van
from inspecties.web.poort import huidige_actor, klok


def opslag_van_nu() -> Opslag:
    """The store of this installation."""
    return opslag_van(current_app.extensions["instellingen"])


def schermkopie(stuk: Bewijsstuk, lezer: Actor | None = None, *, zonder: bool = False) -> bytes:
    """The bytes of the JPEG with the covers that count; made and stored where it was not there yet.

    The caller checked who may see it. ``lezer``: in whose name it is read, when not the user's own. ``zonder``: what is
    under the covers; raises GeenRecht where the reader may not see that.
    """
    actor, sessie, opslag = lezer or huidige_actor(), db.session(), opslag_van_nu()
    if stuk.mediatype not in TE_TEKENEN:
        raise NietGevonden("Van dit soort bestand is geen afbeelding te maken.")
    wens = bewijs.kopiewens(sessie, actor, stuk, zonder=zonder)
    kopie = bewijs.zoek_kopie(sessie, actor, stuk, wens)
    if kopie is None:
        stuk_id, pad = stuk.id, opslag.pad(gemeente_uid(sessie, actor), stuk.sha256)
        if not pad.is_file():
            raise NietGevonden("Dit bestand staat niet in de opslag. Waarschuw de beheerder.")
        # Decoding takes a while: not inside a transaction, SQLite has one writer.
        db.session.rollback()
        try:
            beeld = bewijs.teken(pad, wens)
        except OnleesbaarBeeld as fout:
            raise NietGevonden("Deze foto is beschadigd; het origineel is bewaard.") from fout
        try:
            bewijs.bewaar_kopie(sessie, actor, klok().nu(), opslag, stuk_id, beeld, wens)
            db.session.commit()
        except IntegrityError:
            # Another request made the same copy just now; the bytes are the same.
            db.session.rollback()
        return beeld.inhoud
    inhoud = bewijs.lees_bytes(sessie, actor, opslag, kopie.sha256)
    db.session.rollback()
    return inhoud
