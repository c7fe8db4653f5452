"""Emptying the outbox: one at a time, each mail claimed before it goes and marked after, over restarts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

import structlog
from sqlalchemy import insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from inspecties.core.mailserver import SmtpAdres
from inspecties.database.motor import ALLEEN_LEZEN
from inspecties.post.models import Bericht, Postslot
from inspecties.post.rules.bericht import BEZIG_HOOGSTENS, volgende_poging
from inspecties.post.samenstellen import Briefhoofd, stel_samen
from inspecties.post.smtp import GeenServer, Geweigerd, Verzender, verbinding

_SLOT = "verzenden"
_log = structlog.get_logger("inspecties.post")


@dataclass
class Ronde:
    """What one round did."""

    verzonden: int = 0
    later: int = 0
    mislukt: int = 0
    # Somebody else is at it.
    bezet: bool = False
    storing: str = ""


def _neem_slot(sessie: Session, houder: str, nu: datetime) -> bool:
    """Take or keep the lock. It ends by itself, so that a sender that died keeps nobody waiting for long."""
    tot = nu + BEZIG_HOOGSTENS
    vrij = or_(Postslot.tot_op <= nu, Postslot.houder == houder)
    genomen = sessie.scalars(
        update(Postslot)
        .where(Postslot.naam == _SLOT, vrij)
        .values(houder=houder, tot_op=tot)
        .returning(Postslot.naam)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if genomen is None and sessie.scalars(select(Postslot.naam).where(Postslot.naam == _SLOT)).first() is None:
        try:
            sessie.execute(insert(Postslot).values(naam=_SLOT, houder=houder, tot_op=tot))
        except IntegrityError:
            sessie.rollback()
            return False
        genomen = _SLOT
    sessie.commit()
    return genomen is not None


def _geef_slot(sessie: Session, houder: str, nu: datetime) -> None:
    sessie.execute(
        update(Postslot)
        .where(Postslot.naam == _SLOT, Postslot.houder == houder)
        .values(houder="", tot_op=nu - timedelta(seconds=1))
        .execution_options(synchronize_session=False)
    )
    sessie.commit()


def _claim(sessie: Session, nu: datetime) -> Bericht | None:
    """The next mail whose time has come, marked as being sent. What somebody left in the middle comes again: it may
    have gone or not, and goes with the same Message-ID, so that who got it already sees no second one."""
    aan_de_beurt = Bericht.status.in_(("wachtend", "bezig")) & (Bericht.volgende_op <= nu)
    bericht = sessie.scalars(
        select(Bericht)
        .where(aan_de_beurt)
        .order_by(Bericht.id)
        .limit(1)
        .with_for_update(key_share=True, skip_locked=True)
    ).one_or_none()
    if bericht is not None:
        bericht.status, bericht.pogingen, bericht.volgende_op = "bezig", bericht.pogingen + 1, nu + BEZIG_HOOGSTENS
    sessie.commit()
    return bericht


def _zet_terug(bericht: Bericht, fout: Exception, nu: datetime, *, blijvend: bool) -> None:
    later = None if blijvend else volgende_poging(nu, bericht.pogingen)
    bericht.status = "wachtend" if later else "mislukt"
    bericht.volgende_op = later or nu
    bericht.fout = " ".join(str(fout).split())[:300]


def leeg(
    sessie: Session, klok: Callable[[], datetime], hoofd: Briefhoofd, verstuur: Verzender, houder: str, ronde: Ronde
) -> None:
    """Send all that may go now. No transaction is open while the mail server is talked to. Raises GeenServer."""
    while _neem_slot(sessie, houder, klok()):
        bericht = _claim(sessie, klok())
        if bericht is None:
            return
        try:
            mail, aan = stel_samen(bericht, hoofd, klok()), bericht.aan
        except (ValueError, KeyError, TypeError) as fout:
            # A row that no mail can be made of must not keep back all that stand behind it.
            _zet_terug(bericht, fout, klok(), blijvend=True)
            ronde.mislukt += 1
            sessie.commit()
            continue
        # Reading the row began a transaction, and that would keep every writer waiting for the mail server.
        sessie.rollback()
        try:
            verstuur(mail, hoofd.afzenderadres, aan)
        except Geweigerd as fout:
            _zet_terug(bericht, fout, klok(), blijvend=fout.blijvend)
            ronde.mislukt += bericht.status == "mislukt"
            ronde.later += bericht.status == "wachtend"
            sessie.commit()
        except GeenServer as fout:
            _zet_terug(bericht, fout, klok(), blijvend=False)
            ronde.later += 1
            sessie.commit()
            raise
        else:
            bericht.status, bericht.verzonden_op, bericht.fout = "verzonden", klok(), ""
            # The subject is enough to know later that it went.
            bericht.tekst, bericht.afspraak, bericht.geheimlink = "", None, None
            sessie.commit()
            ronde.verzonden += 1


def verstuur_wachtende(sessie: Session, klok: Callable[[], datetime], hoofd: Briefhoofd, adres: SmtpAdres) -> Ronde:
    """One round. Without mail that may go now there is no connection."""
    ronde, houder, nu = Ronde(), str(uuid4()), klok()
    sessie.connection(execution_options={ALLEEN_LEZEN: True})
    aan_de_beurt = Bericht.status.in_(("wachtend", "bezig")) & (Bericht.volgende_op <= nu)
    eerste = sessie.scalars(select(Bericht.id).where(aan_de_beurt).limit(1)).first()
    sessie.rollback()
    if eerste is None:
        return ronde
    if not _neem_slot(sessie, houder, nu):
        ronde.bezet = True
        return ronde
    try:
        with verbinding(adres) as verstuur:
            leeg(sessie, klok, hoofd, verstuur, houder, ronde)
    except GeenServer as fout:
        ronde.storing = str(fout)
        _log.warning("mailserver niet bereikbaar", fout=ronde.storing)
    finally:
        _geef_slot(sessie, houder, klok())
    return ronde
