"""Making a complete file beside the requests: a process of its own, with its progress in the database.

SQLite has one writer: nothing is made inside a transaction. What is whole goes into the store first, its row says so
last; a making that was stopped or cut off leaves nothing.
"""

import contextlib
import json
import queue
import shutil
import subprocess
import sys
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from flask import Flask, current_app
from sqlalchemy import update
from sqlalchemy.orm import Session, joinedload

from inspecties.controles.opslag import Opslag, naam_van
from inspecties.core.actor import Actor, systeem
from inspecties.core.fouten import Conflict, GeenRecht, InspectiesFout, OngeldigeInvoer
from inspecties.core.rechten import rol_mag
from inspecties.database import db, haal, select_voor
from inspecties.database.bereik import bind_actor
from inspecties.dossiers.beperkt import eis_dossier_onbeperkt
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_volledig import Volledigdossier
from inspecties.dossiers.rules.inventaris import PARTIJEN, UITVOERINGEN, nog_beoordelen
from inspecties.dossiers.volledig_inventaris import lees_genummerd, lees_inventaris
from inspecties.dossiers.volledig_opdracht import NietBeoordeeld, Opdrachtgever
from inspecties.dossiers.werk import leg_dossier_vast, vergrendel
from inspecties.gebruikers.gemeenten import gemeente_uid
from inspecties.instellingen import opslag_van

# A making whose process says nothing any more: the server was stopped under it.
DOOD_NA = timedelta(seconds=60)
_HARTSLAG_S = 1.0
# Longer than any dossier takes; a process that hangs is ended.
_HOOGSTENS_S = 1800
_OUD_S = 24 * 3600
_KLACHTEN_BYTES = 4000
_MISLUKT = "Het maken is misgegaan. Er is niets bewaard. Maak het opnieuw; lukt het weer niet, waarschuw de beheerder."
_AFGEBROKEN = "Het maken is afgebroken, bijvoorbeeld doordat de server opnieuw startte. Er is niets bewaard."
log = structlog.get_logger()
_lopend: dict[str, "subprocess.Popen[bytes]"] = {}
# One at a time per server: two would need twice the memory.
_BEURT = threading.Lock()


def makingen(sessie: Session, actor: Actor, dossier: Dossier) -> list[Volledigdossier]:
    """Every making of this dossier, newest first."""
    opdracht = select_voor(actor, Volledigdossier).where(Volledigdossier.dossier_id == dossier.id)
    return list(sessie.scalars(opdracht.order_by(Volledigdossier.id.desc()).options(joinedload(Volledigdossier.door))))


def stand_van(rij: Volledigdossier, nu: datetime) -> tuple[str, str]:
    """(state, message) as people see it: what was cut off has failed, also when nobody could write that down."""
    if rij.stand == "bezig" and nu - rij.gezien_op >= DOOD_NA:
        return "mislukt", _AFGEBROKEN
    return rij.stand, rij.melding


def begin(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, uitvoering: str) -> Volledigdossier:
    """Note that a making begins, and number what has no number yet.

    Raises Conflict while one is under way or something in it is restricted, NietBeoordeeld where
    parties could get what nobody judged.
    """
    if not rol_mag(actor.rol, "dossiers.bewerken"):
        raise GeenRecht("Alleen een jurist stelt het volledige dossier samen.")
    if uitvoering not in UITVOERINGEN:
        raise OngeldigeInvoer(f"Kies welke uitvoering: {' of '.join(UITVOERINGEN.values())}.", "uitvoering")
    eis_dossier_onbeperkt(sessie, actor, dossier)
    vergrendel(sessie, actor, dossier)
    for rij in makingen(sessie, actor, dossier):
        if rij.stand != "bezig":
            continue
        if stand_van(rij, nu)[0] == "bezig":
            raise Conflict(f"'{UITVOERINGEN[rij.uitvoering]}' wordt al gemaakt. Wacht even, of stop het maken.")
        rij.stand, rij.melding, rij.klaar_op = "mislukt", _AFGEBROKEN, nu
    regels = lees_genummerd(sessie, actor, nu, dossier)
    if not [r for r in regels if not r.weg]:
        raise OngeldigeInvoer("Er zijn nog geen stukken in dit dossier.", "uitvoering")
    if uitvoering == PARTIJEN and (open_ := nog_beoordelen(regels)):
        raise NietBeoordeeld(open_)
    nieuw = Volledigdossier(
        gemeente_id=dossier.gemeente_id,
        dossier_id=dossier.id,
        uitvoering=uitvoering,
        stand="bezig",
        fase="Beginnen",
        begonnen_op=nu,
        gezien_op=nu,
        door_id=actor.gebruiker_id,
    )
    sessie.add(nieuw)
    sessie.flush()
    leg_dossier_vast(sessie, actor, nu, dossier, "volledig_begonnen", uitvoering=uitvoering, stukken=len(regels))
    return nieuw


def stop(sessie: Session, actor: Actor, nu: datetime, rij: Volledigdossier) -> None:
    """Give it up; nothing is kept."""
    if not rol_mag(actor.rol, "dossiers.bewerken"):
        raise GeenRecht("Alleen een jurist stopt het maken.")
    if rij.stand == "bezig":
        rij.stand, rij.klaar_op, rij.melding = "gestopt", nu, "Het maken is gestopt. Er is niets bewaard."
        leg_dossier_vast(sessie, actor, nu, rij.dossier, "volledig_gestopt", uitvoering=rij.uitvoering)


def breek_af(rij_uid: UUID) -> None:
    """End the process of a making, where it runs in this server; elsewhere it ends at its next message."""
    proces = _lopend.get(str(rij_uid))
    if proces is not None:
        proces.kill()


def start(app: Flask, actor: Actor, dossier_uid: UUID, rij_uid: UUID) -> None:
    """Make it in the background. Call it after the commit of ``begin``."""
    werk = (app, actor, dossier_uid, rij_uid)
    threading.Thread(target=voer_uit, args=werk, name="volledig-dossier", daemon=True).start()


def voer_uit(app: Flask, actor: Actor, dossier_uid: UUID, rij_uid: UUID) -> None:
    """The whole making: read, make, store. Whatever goes wrong, its row says so."""
    with app.app_context():
        bind_actor(db.session(), actor)
        onderweg = opslag_van(current_app.extensions["instellingen"]).wortel / "onderweg" / "volledig"
        map_ = onderweg / str(rij_uid)
        try:
            _ruim_op(onderweg)
            map_.mkdir(parents=True, mode=0o750)
            _maak(actor, dossier_uid, rij_uid, map_)
        except InspectiesFout as fout:
            _mislukt(actor, rij_uid, fout.melding)
        except Exception:
            log.exception("volledig_dossier")
            _mislukt(actor, rij_uid, _MISLUKT)
        finally:
            _lopend.pop(str(rij_uid), None)
            shutil.rmtree(map_, ignore_errors=True)
            db.session.remove()


def _ruim_op(onderweg: Path) -> None:
    """Throw away what a server left that was stopped in the middle."""
    for oud in onderweg.glob("*") if onderweg.is_dir() else ():
        with contextlib.suppress(OSError):
            if time.time() - oud.stat().st_mtime > _OUD_S:
                shutil.rmtree(oud, ignore_errors=True)


def _maak(actor: Actor, dossier_uid: UUID, rij_uid: UUID, map_: Path) -> None:
    while not _BEURT.acquire(timeout=_HARTSLAG_S):
        if not _leeft(rij_uid, {"fase": "Wachten op een ander dossier", "gedaan": 0, "totaal": 0}):
            return
    try:
        opdracht = _stel_op(actor, dossier_uid, rij_uid, map_)
        uitkomst = _draai(opdracht, rij_uid, map_) if opdracht is not None else None
    finally:
        _BEURT.release()
    if opdracht is not None and uitkomst is not None:
        _neem_op(actor, rij_uid, opdracht, uitkomst)


def _stel_op(actor: Actor, dossier_uid: UUID, rij_uid: UUID, map_: Path) -> dict[str, Any] | None:
    """Read everything in one transaction that writes little; None where somebody stopped it.

    Copies for parties that were not there are drawn before, each in a transaction of its own: tablets wait no longer
    than one piece takes.
    """
    sessie, nu = db.session(), current_app.extensions["klok"].nu()
    opslag = opslag_van(current_app.extensions["instellingen"])
    dossier = haal(sessie, actor, Dossier, dossier_uid, "Het dossier")
    rij = haal(sessie, actor, Volledigdossier, rij_uid)
    if rij.uitvoering == PARTIJEN:
        regels = lees_inventaris(sessie, actor, dossier)
        sessie.commit()
        for nr, regel in enumerate(regels):
            if not _leeft(rij_uid, {"fase": "Afgedekte stukken tekenen", "gedaan": nr, "totaal": len(regels)}):
                return None
            Opdrachtgever(sessie, actor, nu, opslag, dossier).teken(regel)
            sessie.commit()
    regels = lees_genummerd(sessie, actor, nu, dossier)
    opdracht = Opdrachtgever(sessie, actor, nu, opslag, dossier).stel_op(regels, rij, map_)
    sessie.commit()
    return opdracht


def _draai(opdracht: dict[str, Any], rij_uid: UUID, map_: Path) -> dict[str, Any] | None:
    """What the process made; None where somebody stopped it. Raises InspectiesFout with its own words."""
    wortel = Path(__file__).resolve().parents[2]
    klachten = map_ / "klachten.txt"
    with klachten.open("wb") as uitvoer:
        proces = subprocess.Popen(
            [sys.executable, "-m", "inspecties.dossiers.volledig_taak"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=uitvoer,
            cwd=wortel,
        )
    _lopend[str(rij_uid)] = proces
    wekker = threading.Timer(_HOOGSTENS_S, proces.kill)
    wekker.start()
    berichten: queue.Queue[bytes | None] = queue.Queue()
    assert proces.stdin is not None
    assert proces.stdout is not None
    lezer = threading.Thread(target=_lees, args=(proces.stdout, berichten), daemon=True)
    lezer.start()
    try:
        with contextlib.suppress(BrokenPipeError):
            proces.stdin.write(json.dumps(opdracht).encode())
            proces.stdin.close()
        return _volg(berichten, rij_uid)
    finally:
        wekker.cancel()
        proces.kill()
        proces.wait()
        lezer.join()
        proces.stdout.close()
        if einde := _einde_van(klachten):
            log.warning("volledig_taak", klachten=einde)


def _einde_van(pad: Path) -> str:
    """The last of what the process complained about: where it crashed stands at the end."""
    with pad.open("rb") as bestand:
        bestand.seek(max(0, pad.stat().st_size - _KLACHTEN_BYTES))
        return bestand.read().decode(errors="replace").strip()


def _lees(stroom: Any, berichten: "queue.Queue[bytes | None]") -> None:
    for regel in stroom:
        berichten.put(regel)
    berichten.put(None)


def _volg(berichten: "queue.Queue[bytes | None]", rij_uid: UUID) -> dict[str, Any] | None:
    """Store how far it is, at most once in a while, also when there is nothing to tell: that it still lives."""
    laatste: dict[str, Any] = {"fase": "Beginnen", "gedaan": 0, "totaal": 0}
    gemeld = 0.0
    while True:
        try:
            regel = berichten.get(timeout=_HARTSLAG_S)
            if regel is None:
                # Killed or crashed before its last word. Stopped by a person: its row says so already.
                if not _leeft(rij_uid, laatste):
                    return None
                raise InspectiesFout(_MISLUKT)
            bericht: dict[str, Any] = json.loads(regel)
        except queue.Empty:
            bericht = laatste
        if "klaar" in bericht:
            uit: dict[str, Any] = bericht["klaar"]
            return uit
        if "fout" in bericht:
            raise InspectiesFout(str(bericht["fout"]))
        anders = bericht["fase"] != laatste["fase"]
        laatste = bericht
        if anders or time.monotonic() - gemeld >= _HARTSLAG_S:
            gemeld = time.monotonic()
            if not _leeft(rij_uid, laatste):
                return None


def _leeft(rij_uid: UUID, bericht: dict[str, Any]) -> bool:
    """Store how far it is; False when somebody stopped it."""
    sessie = db.session()
    opdracht = update(Volledigdossier).where(Volledigdossier.uid == rij_uid, Volledigdossier.stand == "bezig")
    geraakt = sessie.execute(
        opdracht.values(
            fase=str(bericht["fase"])[:80],
            gedaan=int(bericht["gedaan"]),
            totaal=int(bericht["totaal"]),
            gezien_op=current_app.extensions["klok"].nu(),
        ).returning(Volledigdossier.id)
    ).all()
    sessie.commit()
    return bool(geraakt)


def _neem_op(actor: Actor, rij_uid: UUID, opdracht: dict[str, Any], klaar: dict[str, Any]) -> None:
    """Move the whole files into the store, and only then say in the row that they are there."""
    sessie = db.session()
    opslag = opslag_van(current_app.extensions["instellingen"])
    gemeente = gemeente_uid(sessie, systeem(actor.gemeente_id))
    sessie.rollback()
    bewaard = False
    try:
        for soort in ("pdf", "zip"):
            opslag.neem_op(Path(opdracht[soort]), gemeente, klaar[f"{soort}_sha256"])
        bewaard = _zeg_klaar(actor, rij_uid, klaar)
    finally:
        if not bewaard:
            sessie.rollback()
            _gooi_weg(sessie, actor, opslag, gemeente, {klaar["pdf_sha256"], klaar["zip_sha256"]})


def _gooi_weg(sessie: Session, actor: Actor, opslag: Opslag, gemeente: UUID, sommen: set[str]) -> None:
    """Files that came into the store for a row that never named them: a package holds every original."""
    lezer = systeem(actor.gemeente_id)
    for som in sorted(sommen):
        genoemd = select_voor(lezer, Volledigdossier).where(
            (Volledigdossier.pdf_sha256 == som) | (Volledigdossier.zip_sha256 == som)
        )
        if sessie.scalars(genoemd.limit(1)).first() is None:
            opslag.verwijder(naam_van(gemeente, som))
    sessie.rollback()


def _zeg_klaar(actor: Actor, rij_uid: UUID, klaar: dict[str, Any]) -> bool:
    """Name the files in the row, and commit; False where somebody stopped it just before."""
    sessie, nu = db.session(), current_app.extensions["klok"].nu()
    rij = haal(sessie, actor, Volledigdossier, rij_uid)
    sessie.refresh(rij, with_for_update={"key_share": True})
    if rij.stand != "bezig":
        return False
    rij.stand, rij.fase, rij.klaar_op, rij.gezien_op = "klaar", "Klaar", nu, nu
    rij.pdf_sha256, rij.pdf_grootte = klaar["pdf_sha256"], klaar["pdf_grootte"]
    rij.zip_sha256, rij.zip_grootte = klaar["zip_sha256"], klaar["zip_grootte"]
    rij.bladzijden, rij.inventaris = klaar["bladzijden"], klaar["rijen"]
    rij.gedaan = rij.totaal = 1
    leg_dossier_vast(
        sessie,
        actor,
        nu,
        rij.dossier,
        "volledig_gemaakt",
        uitvoering=rij.uitvoering,
        bladzijden=rij.bladzijden,
        pdf=rij.pdf_sha256,
        zip=rij.zip_sha256,
    )
    sessie.commit()
    return True


def _mislukt(actor: Actor, rij_uid: UUID, melding: str) -> None:
    sessie = db.session()
    sessie.rollback()
    opdracht = update(Volledigdossier).where(Volledigdossier.uid == rij_uid, Volledigdossier.stand == "bezig")
    nu = current_app.extensions["klok"].nu()
    sessie.execute(
        opdracht.where(Volledigdossier.gemeente_id == actor.gemeente_id).values(
            stand="mislukt", melding=melding[:400], klaar_op=nu
        )
    )
    sessie.commit()
