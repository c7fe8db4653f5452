"""Submitting a dossier to the cabinet: what it then says is frozen, hashed and kept."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspecties.controles.bewijs import schermkopie
from inspecties.controles.opslag import Opslag
from inspecties.core.actor import Actor, systeem
from inspecties.core.fouten import Conflict, GeenRecht, InspectiesFout
from inspecties.core.rechten import rol_mag
from inspecties.dossiers.beeld import Dossierbeeld, lees_beeld
from inspecties.dossiers.document import Drukwerk, verzamel
from inspecties.dossiers.models import Dossier, Stuk
from inspecties.dossiers.queries import DOSSIERSTUK
from inspecties.dossiers.rules.gereed import Belemmering
from inspecties.dossiers.rules.toestanden import DOSSIER_TABELLEN
from inspecties.dossiers.werk import ga_naar, leg_dossier_vast, noteer_opsteller, vergrendel
from inspecties.gebruikers.gemeenten import gemeente_uid


class NietGereed(Conflict):
    """The dossier can not be submitted or decided upon yet; ``belemmeringen`` says what has to be solved first."""

    def __init__(self, melding: str, belemmeringen: list[Belemmering]) -> None:
        super().__init__(melding + " " + " ".join(b.tekst for b in belemmeringen), "toestand")
        self.belemmeringen = belemmeringen


class StukGeschonden(InspectiesFout):
    """A frozen document is not what it was when it was frozen."""

    status = 500


def maak_kopieen(sessie: Session, actor: Actor, nu: datetime, opslag: Opslag, beeld: Dossierbeeld) -> None:
    """Make the copies without metadata that the document shows, where they are not there yet."""
    for regel in beeld.bewijs:
        schermkopie(sessie, systeem(actor.gemeente_id), nu, opslag, regel.stuk)


@dataclass(frozen=True)
class Gedrukt:
    """A document that was compiled before the dossier was submitted, and of what."""

    hash: str
    pdf: bytes


def bereid_voor(
    sessie: Session, actor: Actor, nu: datetime, opslag: Opslag, dossier: Dossier, toelichting: str = ""
) -> Drukwerk:
    """What the document will be made of when the dossier is submitted now; the caller rolls back.

    Compiling takes seconds with many photos. It is done between two short transactions, so that nobody waits for it:
    ``Gedrukt(werk.hash, werk.druk())`` goes to ``leg_voor``, which uses it only if nothing changed in between.
    """
    return _leg_voor(sessie, actor, nu, opslag, dossier, toelichting)[2]


def _leg_voor(
    sessie: Session, actor: Actor, nu: datetime, opslag: Opslag, dossier: Dossier, toelichting: str
) -> tuple[Dossierbeeld, int, Drukwerk]:
    if not rol_mag(actor.rol, "dossiers.bewerken") or actor.gebruiker_id is None:
        raise GeenRecht("Alleen een jurist legt een dossier voor.")
    vergrendel(sessie, actor, dossier)
    # Before anything else: who is too late hears that, and not what would have been missing.
    DOSSIER_TABELLEN[dossier.tabelversie].overgang(dossier.toestand, "voorgelegd")
    beeld = lees_beeld(sessie, actor, dossier, opslag)
    if beeld.belemmeringen:
        raise NietGereed("Dit dossier kan nog niet worden voorgelegd.", beeld.belemmeringen)
    maak_kopieen(sessie, actor, nu, opslag, beeld)
    ga_naar(sessie, actor, nu, dossier, "voorgelegd", toelichting)
    noteer_opsteller(sessie, actor, nu, dossier)
    dossier.voorgelegd_op = nu
    hoogste = sessie.scalar(
        select(func.max(Stuk.volgnummer)).where(Stuk.dossier_id == dossier.id, Stuk.soort == DOSSIERSTUK)
    )
    sessie.flush()
    sessie.expire(dossier, ["stappen"])
    volgnummer = (hoogste or 0) + 1
    return beeld, volgnummer, verzamel(sessie, actor, nu, opslag, beeld, volgnummer)


def leg_voor(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    opslag: Opslag,
    dossier: Dossier,
    toelichting: str = "",
    gedrukt: Gedrukt | None = None,
) -> Stuk:
    """Submit a dossier: check it, make its PDF, store that under its SHA-256 and hand it to the cabinet.

    Raises NietGereed with everything that has to be solved first, Conflict, GeenRecht.
    """
    beeld, volgnummer, werk = _leg_voor(sessie, actor, nu, opslag, dossier, toelichting)
    pdf = gedrukt.pdf if gedrukt is not None and gedrukt.hash == werk.hash else werk.druk()
    stuk = Stuk(
        gemeente_id=dossier.gemeente_id,
        dossier_id=dossier.id,
        soort=DOSSIERSTUK,
        volgnummer=volgnummer,
        titel=f"Dossier {dossier.nummer}, versie {volgnummer}",
        sha256=opslag.schrijf(gemeente_uid(sessie, actor), pdf),
        grootte=len(pdf),
        gemaakt_op=nu,
        gemaakt_door_id=actor.gebruiker_id,
        momentopname=beeld.opname,
    )
    sessie.add(stuk)
    sessie.flush()
    sessie.expire(dossier, ["stukken"])
    leg_dossier_vast(
        sessie,
        actor,
        nu,
        dossier,
        "dossierstuk_bevroren",
        versie=volgnummer,
        sha256=stuk.sha256,
        bewijs=[r.stuk.sha256 for r in beeld.bewijs],
    )
    return stuk


def lees_stuk(sessie: Session, actor: Actor, opslag: Opslag, stuk: Stuk) -> bytes:
    """The bytes of a frozen document. Raises StukGeschonden where they are gone or other than they were."""
    pad = opslag.pad(gemeente_uid(sessie, actor), stuk.sha256)
    inhoud = pad.read_bytes() if pad.is_file() else b""
    if hashlib.sha256(inhoud).hexdigest() != stuk.sha256:
        raise StukGeschonden("Dit stuk staat niet meer ongeschonden in de opslag. Waarschuw de beheerder.")
    return inhoud
