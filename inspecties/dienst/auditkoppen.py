"""Storing the heads of the audit log elsewhere, by command and in the background of a running service."""

import fcntl
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from threading import Event, Thread

import structlog
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from inspecties.audit.bestemmingen import (
    Bestemming,
    BestemmingFout,
    lees_bestemmingen,
    schrijf_bestand,
    stuur_syslog,
)
from inspecties.audit.models import Auditkop
from inspecties.audit.rules_koppen import Kop, leid_sleutel_af
from inspecties.core.actor import systeem
from inspecties.database.basis import db
from inspecties.database.rijmuur import zonder_actor
from inspecties.dienst.taken import noteer_koppen
from inspecties.gebruikers.models import Gemeente
from inspecties.instellingen import Instellingen
from inspecties.post.operations import zet_klaar

# What a mail with a head refers to.
KOPMAIL = "auditkop"
_log = structlog.get_logger("inspecties.audit")


def kopsleutel(inst: Instellingen) -> bytes:
    """The key of the signatures, of these settings."""
    return leid_sleutel_af(inst.audit_kop_sleutel, inst.secret_key)


def koppen_nu(sessie: Session, nu: datetime) -> list[tuple[int, Kop]]:
    """(gemeente, head) of every gemeente that has a log."""
    rijen = sessie.execute(
        select(Gemeente.id, Gemeente.uid, Gemeente.code, Auditkop.seq, Auditkop.hash)
        .join(Auditkop, Auditkop.gemeente_id == Gemeente.id)
        .order_by(Gemeente.code)
    )
    moment = nu.isoformat(timespec="seconds")
    return [(id_, Kop(str(uid), code, seq, hash_, moment)) for id_, uid, code, seq, hash_ in rijen]


def bewaar_koppen(
    sessie: Session, nu: datetime, inst: Instellingen, waarheen: Sequence[Bestemming]
) -> tuple[list[str], list[str]]:
    """The lines that were made, and what could not be stored. One place that fails keeps no other from its line."""
    koppen = koppen_nu(sessie, nu)
    regels = [kop.regel(kopsleutel(inst)) for _, kop in koppen]
    fouten, gelukt = [], []
    for waar in waarheen:
        try:
            _bewaar(sessie, nu, waar, koppen, regels, inst.audit_kop_ca)
        except BestemmingFout as fout:
            fouten.append(fout.melding)
        else:
            gelukt.append(waar)
    sessie.commit()
    if koppen:
        # A mail is on its way only when it is sent, which the outbox knows.
        noteer_koppen(inst.data, [waar.naam for waar in gelukt if waar.soort != "mail"], nu)
    return regels, fouten


def _bewaar(
    sessie: Session,
    nu: datetime,
    waar: Bestemming,
    koppen: Sequence[tuple[int, Kop]],
    regels: Sequence[str],
    ca: str,
) -> None:
    if waar.soort == "bestand":
        schrijf_bestand(Path(waar.waar), regels)
    elif waar.soort == "mail":
        for (gemeente_id, kop), regel in zip(koppen, regels, strict=True):
            onderwerp = f"Kop van het auditlogboek, regel {kop.seq}"
            tekst = (
                "Bewaar deze regel buiten het systeem. Met 'inspecties audit controleer --koppen BESTAND' "
                f"blijkt later of iemand het logboek herschreef.\n\n{regel}\n"
            )
            zet_klaar(sessie, systeem(gemeente_id), nu, waar.waar, onderwerp, tekst, verwijzing=KOPMAIL)
    else:
        stuur_syslog(waar, regels, nu, ca)


class Koppenschrijver:
    """The thread that stores heads every so often; of several server processes on a machine one does it."""

    def __init__(self, app: Flask) -> None:
        self._app, self._stop = app, Event()
        self._inst: Instellingen = app.extensions["instellingen"]
        self._draad = Thread(target=self._draai, name="auditkop", daemon=True)

    def begin(self) -> None:
        self._draad.start()

    def stop(self) -> None:
        self._stop.set()
        self._draad.join(timeout=30)

    def ronde(self, nu: datetime) -> bool:
        """Store the heads when it is time, and nobody else is at it. Whether it was done."""
        slot = os.open(self._inst.data / "auditkop.slot", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
            laatst = os.read(slot, 40).decode() or "0"
            # A clock that was put back must not stop it for long: only the recent past counts as 'just done'.
            if 0 <= nu.timestamp() - float(laatst) < self._inst.audit_kop_elke_min * 60:
                return False
            with self._app.app_context():
                self._bewaar(nu)
            os.ftruncate(slot, 0)
            os.pwrite(slot, str(nu.timestamp()).encode(), 0)
        except BlockingIOError:
            return False
        finally:
            os.close(slot)
        return True

    def _bewaar(self, nu: datetime) -> None:
        sessie = db.session()
        zonder_actor(sessie, "the heads of every gemeente's log are stored together")
        try:
            _, fouten = bewaar_koppen(sessie, nu, self._inst, lees_bestemmingen(self._inst.audit_kop_naar))
        finally:
            db.session.remove()
        for fout in fouten:
            _log.error("auditkop niet bewaard", uitleg=fout)

    def _draai(self) -> None:
        while not self._stop.is_set():
            try:
                self.ronde(self._app.extensions["klok"].nu())
            except (SQLAlchemyError, OSError):
                _log.exception("auditkop bewaren lukte niet")
            self._stop.wait(30)


def begin_koppenschrijver(app: Flask) -> Koppenschrijver | None:
    """Start storing heads where a place is set."""
    if not app.extensions["instellingen"].audit_kop_naar:
        return None
    schrijver = Koppenschrijver(app)
    schrijver.begin()
    return schrijver
