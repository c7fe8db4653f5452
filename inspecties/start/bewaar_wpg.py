"""Data that came from the police under the Wpg: restricted after a year, gone within five.

The mark (``Wpggegeven``) stands on a piece in a dossier. Its terms run from the day of receipt, whatever becomes of the
dossier; only a hold stops them. The mark goes after its piece: the wall leaves out what has one.
"""

from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from inspecties.audit.aanvang import einde_van, maanden_op
from inspecties.audit.geheel import Geheel
from inspecties.audit.models_vernietigen import Wpggegeven
from inspecties.audit.operations import leg_vast
from inspecties.audit.rules_bewaren import Aanvang, plus_maanden
from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.start.bewaar_tabellen import tabel

OBJECT = "bronstuk"
_STUK, _MERK, _REDACTIE, _STAP = tabel("bronstuk"), tabel("wpggegeven"), tabel("redactie"), tabel("wpgstap")


def _stukken(sessie: Session, actor: Actor, tot: date) -> list[Aanvang]:
    rijen = sessie.execute(
        select(_STUK.c.id, _STUK.c.uid, _MERK.c.ontvangen_op)
        .join(_MERK, (_MERK.c.object_uid == _STUK.c.uid) & (_MERK.c.object_soort == OBJECT))
        .where(_STUK.c.gemeente_id == actor.gemeente_id, _MERK.c.gemeente_id == actor.gemeente_id)
    ).all()
    del tot
    return [Aanvang(rij[0], rij[1], rij[2], "wpg_weg") for rij in rijen]


def _redacties(sessie: Session, actor: Actor, tot: date) -> list[Aanvang]:
    """What was covered for parties of such a piece: it holds words of it, and a copy, and no key to it."""
    rijen = sessie.execute(
        select(_REDACTIE.c.id, _REDACTIE.c.uid, _MERK.c.ontvangen_op)
        .join(_MERK, (_MERK.c.object_uid == _REDACTIE.c.stuk_uid) & (_MERK.c.object_soort == OBJECT))
        .where(_REDACTIE.c.gemeente_id == actor.gemeente_id, _MERK.c.gemeente_id == actor.gemeente_id)
    ).all()
    del tot
    return [Aanvang(rij[0], rij[1], rij[2], "wpg_weg") for rij in rijen]


def _losse_merken(sessie: Session, actor: Actor, tot: date) -> list[Aanvang]:
    """Marks whose piece is gone. As long as it is there, also because something holds it, the wall needs its mark."""
    opdracht = select(_MERK.c.id, _MERK.c.uid).where(
        _MERK.c.gemeente_id == actor.gemeente_id, _MERK.c.object_uid.not_in(select(_STUK.c.uid))
    )
    voorbij = plus_maanden(tot, -maanden_op(tot)["wpg_weg"])
    return [Aanvang(rij[0], rij[1], voorbij, "wpg_weg") for rij in sessie.execute(opdracht)]


def _stappen(sessie: Session, actor: Actor, tot: date) -> list[Aanvang]:
    """Who read what, from that day on; not while the piece still stands apart."""
    apart = select(_MERK.c.object_uid).where(_MERK.c.gemeente_id == actor.gemeente_id)
    rijen = sessie.execute(
        select(_STAP.c.id, _STAP.c.uid, _STAP.c.op).where(
            _STAP.c.gemeente_id == actor.gemeente_id, _STAP.c.object_uid.not_in(apart), _STAP.c.op <= einde_van(tot)
        )
    ).all()
    return [Aanvang(rij[0], rij[1], lokale_datum(rij[2]), "wpg_weg") for rij in rijen]


def beperk(sessie: Session, actor: Actor, nu: datetime) -> int:
    """Restrict what was received a year ago: from now on it is read with a reason only. How many."""
    vandaag = lokale_datum(nu)
    grens = plus_maanden(vandaag, -maanden_op(vandaag)["wpg_beperkt"])
    waar = (
        Wpggegeven.gemeente_id == actor.gemeente_id,
        Wpggegeven.beperkt_op.is_(None),
        Wpggegeven.ontvangen_op <= grens,
    )
    uids = list(sessie.scalars(select(Wpggegeven.object_uid).where(*waar)))
    if uids:
        sessie.execute(update(Wpggegeven).where(*waar).values(beperkt_op=nu))
    for uid in uids:
        leg_vast(sessie, actor, nu, "politiegegeven_beperkt", OBJECT, uid, "Artikel 8 Wpg")
    return len(uids)


SOORTEN: tuple[Geheel, ...] = (
    Geheel(
        "politiegegeven_redactie",
        "Afdekkingen van stukken van de politie",
        _REDACTIE,
        ("wpg_weg",),
        _redacties,
        houders=(("dossier", "redactie.id>dossier_id"),),
    ),
    Geheel(
        "politiegegeven",
        "Stukken van de politie",
        _STUK,
        ("wpg_weg",),
        _stukken,
        houders=(("dossier", "bronstuk.id>dossier_id"),),
    ),
    Geheel("wpggegeven", "Merken van politiegegevens", _MERK, ("wpg_weg",), _losse_merken),
    Geheel("wpgstap", "Wie een politiegegeven las of verplaatste", _STAP, ("wpg_weg",), _stappen),
)
