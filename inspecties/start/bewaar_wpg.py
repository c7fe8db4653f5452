"""Data that came from the police under the Wpg: restricted after a year, gone within five.

The mark (``Wpggegeven``) stands on a piece in a dossier, on a signal, or on a photo or answer of a visit
(``bewaar_wpg_bezoek``).
Its terms run from the day of receipt, whatever becomes of the dossier or the visit; only a hold stops them. The mark
goes after what it stands on: the wall leaves out what has one.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from inspecties.audit.aanvang import einde_van, maanden_op
from inspecties.audit.geheel import PER_KEER, Geheel, Ids, Zoeker, alleen
from inspecties.audit.models_vernietigen import Wpggegeven
from inspecties.audit.operations import leg_vast
from inspecties.audit.rules_bewaren import Aanvang, plus_maanden
from inspecties.controles.bezoekmuur import ANTWOORD, FOTO
from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.signalen.signaalmuur import SIGNAAL
from inspecties.start import bewaar_wpg_bezoek
from inspecties.start.bewaar_tabellen import tabel

STUK = "bronstuk"
_STUK, _MERK, _REDACTIE, _STAP = tabel("bronstuk"), tabel("wpggegeven"), tabel("redactie"), tabel("wpgstap")
# What a mark can stand on.
_SIGNAAL = tabel("signaal")
_OBJECTEN = {STUK: _STUK, FOTO: tabel("bewijsstuk"), ANTWOORD: tabel("operatie"), SIGNAAL: _SIGNAAL}


def _gemerkt(soort: str) -> Zoeker:
    """What of this kind carries a mark."""
    waar = _OBJECTEN[soort]

    def zoek(sessie: Session, actor: Actor, tot: date, ids: Ids = None, /) -> list[Aanvang]:
        del tot
        rijen = sessie.execute(
            select(waar.c.id, waar.c.uid, _MERK.c.ontvangen_op)
            .join(_MERK, (_MERK.c.object_uid == waar.c.uid) & (_MERK.c.object_soort == soort))
            .where(
                waar.c.gemeente_id == actor.gemeente_id,
                _MERK.c.gemeente_id == actor.gemeente_id,
                alleen(waar.c.id, ids),
            )
        ).all()
        return [Aanvang(rij[0], rij[1], rij[2], "wpg_weg") for rij in rijen]

    return zoek


def _redacties(sessie: Session, actor: Actor, tot: date, ids: Ids = None, /) -> list[Aanvang]:
    """What was covered for parties of such a piece or photo: it holds words of it, and a copy, and no key to it."""
    van_stukken = select(_STUK.c.uid, _MERK.c.ontvangen_op).join(
        _MERK, (_MERK.c.object_uid == _STUK.c.uid) & (_MERK.c.object_soort == STUK)
    )
    sinds = {rij[0]: rij[1] for rij in sessie.execute(van_stukken)}
    sinds |= {foto.uid: foto.sinds for foto in bewaar_wpg_bezoek.fotos(sessie, actor).values()}
    rijen = sessie.execute(
        select(_REDACTIE.c.id, _REDACTIE.c.uid, _REDACTIE.c.stuk_uid).where(
            _REDACTIE.c.gemeente_id == actor.gemeente_id,
            _REDACTIE.c.stuk_uid.in_(sinds),
            alleen(_REDACTIE.c.id, ids),
        )
    ).all()
    del tot
    return [Aanvang(rij[0], rij[1], sinds[rij[2]], "wpg_weg") for rij in rijen]


def _losse_merken(sessie: Session, actor: Actor, tot: date, ids: Ids = None, /) -> list[Aanvang]:
    """Marks of which nothing is left. As long as it is there, also because something holds it, the wall needs it."""
    weg = (
        (_MERK.c.object_soort == soort) & _MERK.c.object_uid.not_in(select(waar.c.uid))
        for soort, waar in _OBJECTEN.items()
    )
    opdracht = select(_MERK.c.id, _MERK.c.uid).where(
        _MERK.c.gemeente_id == actor.gemeente_id, or_(*weg), alleen(_MERK.c.id, ids)
    )
    voorbij = plus_maanden(tot, -maanden_op(tot)["wpg_weg"])
    return [Aanvang(rij[0], rij[1], voorbij, "wpg_weg") for rij in sessie.execute(opdracht)]


def _stappen(sessie: Session, actor: Actor, tot: date, ids: Ids = None, /) -> list[Aanvang]:
    """Who read what, from that day on; not while the piece still stands apart."""
    apart = select(_MERK.c.object_uid).where(_MERK.c.gemeente_id == actor.gemeente_id)
    rijen = sessie.execute(
        select(_STAP.c.id, _STAP.c.uid, _STAP.c.op).where(
            _STAP.c.gemeente_id == actor.gemeente_id,
            _STAP.c.object_uid.not_in(apart),
            _STAP.c.op <= einde_van(tot),
            alleen(_STAP.c.id, ids),
        )
    ).all()
    return [Aanvang(rij[0], rij[1], lokale_datum(rij[2]), "wpg_weg") for rij in rijen]


def te_beperken(sessie: Session, actor: Actor, nu: datetime) -> list[tuple[str, UUID]]:
    """Kind and public id of what was received a year ago, and can still be read without a reason."""
    vandaag = lokale_datum(nu)
    grens = plus_maanden(vandaag, -maanden_op(vandaag)["wpg_beperkt"])
    rijen = sessie.execute(
        select(Wpggegeven.object_soort, Wpggegeven.object_uid).where(
            Wpggegeven.gemeente_id == actor.gemeente_id,
            Wpggegeven.beperkt_op.is_(None),
            Wpggegeven.ontvangen_op <= grens,
        )
    )
    return [(rij[0], rij[1]) for rij in rijen]


def beperk(sessie: Session, actor: Actor, nu: datetime) -> int:
    """Restrict what was received a year ago: from now on it is read with a reason only. How many."""
    rijen = te_beperken(sessie, actor, nu)
    uids = [uid for _, uid in rijen]
    for stuk in (uids[i : i + PER_KEER] for i in range(0, len(uids), PER_KEER)):
        sessie.execute(
            update(Wpggegeven)
            .where(Wpggegeven.gemeente_id == actor.gemeente_id, Wpggegeven.object_uid.in_(stuk))
            .values(beperkt_op=nu)
        )
    for soort, uid in rijen:
        leg_vast(sessie, actor, nu, "politiegegeven_beperkt", soort, uid, "Artikel 8 Wpg")
    return len(rijen)


SOORTEN: tuple[Geheel, ...] = (
    Geheel(
        "politiegegeven_redactie",
        "Afdekkingen van stukken en foto's van de politie",
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
        _gemerkt(STUK),
        houders=(("dossier", "bronstuk.id>dossier_id"),),
    ),
    Geheel(
        "politiesignaal",
        "Signalen van de politie",
        _SIGNAAL,
        ("wpg_weg",),
        _gemerkt(SIGNAAL),
        houders=(("risicolocatie", "signaal.id>locatie_id"),),
    ),
    *bewaar_wpg_bezoek.AANHANG,
    *bewaar_wpg_bezoek.SOORTEN,
    Geheel("wpggegeven", "Merken van politiegegevens", _MERK, ("wpg_weg",), _losse_merken),
    Geheel("wpgstap", "Wie een politiegegeven las of verplaatste", _STAP, ("wpg_weg",), _stappen),
)
