"""Searching for a plan beside the requests: in a process of its own, with its progress in the database.

SQLite has one writer: nothing is searched inside a transaction. A search that was stopped, or whose action changed in
the meantime, changes nothing.
"""

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from flask import Flask, current_app
from sqlalchemy import update
from sqlalchemy.orm import Session

from inspecties.acties.models import Actie
from inspecties.acties.models_plan import Actieplan
from inspecties.acties.models_planbord import Planzoektocht, Reistabel
from inspecties.acties.operations import controleer_versie
from inspecties.acties.planbord_feiten import lees_bord
from inspecties.acties.planbord_operaties import bewaar_plan, eis_bord_open
from inspecties.acties.reistijden import STORING, Reisdienst, ReisStoring
from inspecties.acties.rules.planbord import Bord, reken
from inspecties.acties.rules.planvraag import Voorstel, lees_antwoord, maak_vraag
from inspecties.acties.rules.reis import sleutel
from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, InspectiesFout, OngeldigeInvoer
from inspecties.database import db, haal, select_voor
from inspecties.database.bereik import bind_actor

# Of the five seconds that people wait, the rest is for starting the process and storing the plan.
LIMIET_S = 4.2
_GENADE_S = 3.0
# A search that says nothing any more: the server was stopped under it.
DOOD_NA = timedelta(seconds=30)
_MISLUKT = "Het zoeken is misgegaan. Het plan is niet veranderd. Probeer het opnieuw."
log = structlog.get_logger()
_lopend: dict[str, "subprocess.Popen[bytes]"] = {}


def begin_zoektocht(sessie: Session, actor: Actor, nu: datetime, actie: Actie) -> Planzoektocht:
    """Note that a search begins. Raises Conflict while one is under way, OngeldigeInvoer without teams or stops."""
    eis_bord_open(actie)
    bord = lees_bord(sessie, actor, actie, nu)
    if not bord.ploegen or not any(s.gedaan is None for s in bord.stops.values()):
        raise OngeldigeInvoer("Voor een plan zijn ten minste één ploeg en één stop nodig.", "ploegen")
    loopt = laatste_zoektocht(sessie, actor, actie)
    if loopt is not None and is_bezig(loopt, nu):
        raise Conflict("Er wordt al een plan gezocht. Wacht even, of stop het zoeken.")
    zoek = Planzoektocht(
        gemeente_id=actor.gemeente_id,
        actie_id=actie.id,
        actie_versie=actie.versie,
        stand="bezig",
        fase="beginnen",
        door_id=actor.gebruiker_id,
        begonnen_op=nu,
    )
    sessie.add(zoek)
    sessie.flush()
    leg_vast(sessie, actor, nu, "actie_plan_gezocht", "actie", actie.uid)
    return zoek


def laatste_zoektocht(sessie: Session, actor: Actor, actie: Actie) -> Planzoektocht | None:
    """The last search of this action."""
    opdracht = select_voor(actor, Planzoektocht).where(Planzoektocht.actie_id == actie.id)
    return sessie.scalars(opdracht.order_by(Planzoektocht.id.desc()).limit(1)).one_or_none()


def is_bezig(zoek: Planzoektocht, nu: datetime) -> bool:
    """Whether it goes on; one that was cut off by a stop of the server does not."""
    return zoek.stand == "bezig" and nu - zoek.begonnen_op < DOOD_NA


def stop_zoektocht(sessie: Session, actor: Actor, nu: datetime, zoek: Planzoektocht) -> None:
    """Give it up; the plan stays as it was."""
    if zoek.stand == "bezig":
        zoek.stand, zoek.klaar_op, zoek.melding = "gestopt", nu, "Het zoeken is gestopt. Het plan is niet veranderd."
        leg_vast(sessie, actor, nu, "actie_plan_zoeken_gestopt", "planzoektocht", zoek.uid)


def breek_af(zoek_uid: UUID) -> None:
    """End the process of a search, where it runs in this server; elsewhere its answer is thrown away."""
    proces = _lopend.get(str(zoek_uid))
    if proces is not None:
        proces.kill()


def start(app: Flask, actor: Actor, actie_uid: UUID, zoek_uid: UUID) -> None:
    """Search in the background. Call it after the commit of ``begin_zoektocht``."""
    werk = (app, actor, actie_uid, zoek_uid)
    threading.Thread(target=voer_uit, args=werk, name="planzoektocht", daemon=True).start()


def voer_uit(app: Flask, actor: Actor, actie_uid: UUID, zoek_uid: UUID) -> None:
    """The whole search: read, ask, store. Whatever goes wrong, its row says so."""
    with app.app_context():
        bind_actor(db.session(), actor)
        try:
            _zoek(actor, actie_uid, zoek_uid)
        except InspectiesFout as fout:
            _mislukt(actor, zoek_uid, fout.melding)
        except Exception:
            log.exception("plan_zoeken")
            _mislukt(actor, zoek_uid, _MISLUKT)
        finally:
            _lopend.pop(str(zoek_uid), None)
            db.session.remove()


def _zoek(actor: Actor, actie_uid: UUID, zoek_uid: UUID) -> None:
    sessie, klok = db.session(), current_app.extensions["klok"]
    actie = haal(sessie, actor, Actie, actie_uid, "Deze actie")
    bord = lees_bord(sessie, actor, actie, klok.nu())
    plan = sessie.scalars(select_voor(actor, Actieplan).where(Actieplan.actie_id == actie.id)).one_or_none()
    zaad = plan.zaad if plan else 1
    sessie.rollback()
    notitie = _meet_reistijden(actor, actie_uid, bord)
    if notitie is not None:
        bord = lees_bord(sessie, actor, haal(sessie, actor, Actie, actie_uid), klok.nu())
        sessie.rollback()
    antwoord: dict[str, Any] | None = None
    for bericht in _vraag(maak_vraag(bord, zaad, LIMIET_S), str(zoek_uid)):
        antwoord = bericht.get("plan", antwoord)
        if not _meld(zoek_uid, str(bericht.get("fase", "opslaan"))):
            breek_af(zoek_uid)
            return
    if antwoord is None:
        _mislukt(actor, zoek_uid, _MISLUKT)
        return
    _neem_over(actor, actie_uid, zoek_uid, bord, antwoord, notitie or "")


def _vraag(vraag: dict[str, Any], sleutel_: str) -> Iterator[dict[str, Any]]:
    """Messages of the planner's process, the last one with its plan."""
    wortel = Path(__file__).resolve().parents[2]
    proces = subprocess.Popen(
        [sys.executable, "-m", "inspecties.acties.route.taak"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=wortel,
    )
    _lopend[sleutel_] = proces
    wekker = threading.Timer(LIMIET_S + _GENADE_S, proces.kill)
    wekker.start()
    try:
        assert proces.stdin is not None
        assert proces.stdout is not None
        with contextlib.suppress(BrokenPipeError):
            proces.stdin.write(json.dumps(vraag).encode())
            proces.stdin.close()
        for regel in proces.stdout:
            yield json.loads(regel)
    finally:
        wekker.cancel()
        proces.kill()
        proces.wait()
        if proces.stdout is not None:
            proces.stdout.close()


def _meld(zoek_uid: UUID, fase: str) -> bool:
    """Store how far it is; False when somebody stopped it."""
    sessie = db.session()
    opdracht = update(Planzoektocht).where(Planzoektocht.uid == zoek_uid, Planzoektocht.stand == "bezig")
    geraakt = sessie.execute(opdracht.values(fase=fase[:60]).returning(Planzoektocht.id)).all()
    sessie.commit()
    return bool(geraakt)


def _neem_over(
    actor: Actor, actie_uid: UUID, zoek_uid: UUID, bord: Bord, antwoord: dict[str, Any], notitie: str
) -> None:
    sessie, nu = db.session(), current_app.extensions["klok"].nu()
    zoek = haal(sessie, actor, Planzoektocht, zoek_uid)
    sessie.refresh(zoek, with_for_update={"key_share": True})
    if zoek.stand != "bezig":
        sessie.rollback()
        return
    actie = haal(sessie, actor, Actie, actie_uid, "Deze actie")
    controleer_versie(actie, zoek.actie_versie)
    voorstel = lees_antwoord(bord, antwoord)
    los: dict[str, int | None] = {i: None for i, s in bord.stops.items() if not s.vast and s.niet_voor is not None}
    redenen = {i: voorstel.redenen.get(i, "") for i in bord.stops}
    na = bewaar_plan(
        sessie, actor, nu, actie, bord, voorstel.verdeling, "opnieuw gepland", niet_voor=los, redenen=redenen
    )
    zoek.stand, zoek.klaar_op, zoek.melding = "klaar", nu, f"{_vat_samen(na, voorstel)} {notitie}".strip()[:400]
    sessie.commit()


def _vat_samen(bord: Bord, voorstel: Voorstel) -> str:
    aantal, weg = sum(map(len, bord.verdeling.values())), len(voorstel.redenen)
    klaar = [
        f"{p.naam} is om {bord.zeg(r.terug)} terug"
        for p, r in zip(bord.ploegen, reken(bord).roosters, strict=True)
        if r.blokken
    ]
    zin = f"{aantal} van {aantal + weg} stops gepland"
    if weg and voorstel.bewezen:
        zin += "; een plan dat meer waard is, bestaat niet"
    if voorstel.afgebroken:
        zin += "; de tijd was op, een volgende keer kan een ander plan uitkomen"
    return f"{zin}. {', '.join(klaar)}." if klaar else f"{zin}."


def _mislukt(actor: Actor, zoek_uid: UUID, melding: str) -> None:
    sessie = db.session()
    sessie.rollback()
    opdracht = update(Planzoektocht).where(Planzoektocht.uid == zoek_uid, Planzoektocht.stand == "bezig")
    nu = current_app.extensions["klok"].nu()
    sessie.execute(
        opdracht.where(Planzoektocht.gemeente_id == actor.gemeente_id).values(
            stand="mislukt", melding=melding[:400], klaar_op=nu
        )
    )
    sessie.commit()


def _meet_reistijden(actor: Actor, actie_uid: UUID, bord: Bord) -> str | None:
    """Fetch and store the travel times where a service is set; the notice when it failed, None when none is set."""
    url = current_app.extensions["instellingen"].reistijden_url
    if not url:
        return None
    punten = list(dict.fromkeys([bord.depot, *(s.punt for s in bord.stops.values())]))
    try:
        minuten = Reisdienst(url).tabel(punten)
    except ReisStoring as fout:
        log.warning("reistijden_storing", reden=str(fout))
        return STORING
    sessie = db.session()
    actie = haal(sessie, actor, Actie, actie_uid, "Deze actie")
    rij = sessie.scalars(select_voor(actor, Reistabel).where(Reistabel.actie_id == actie.id)).one_or_none()
    if rij is None:
        rij = Reistabel(gemeente_id=actor.gemeente_id, actie_id=actie.id, punten=[], minuten=[])
        sessie.add(rij)
    rij.punten, rij.minuten = [sleutel(p) for p in punten], minuten
    rij.op = current_app.extensions["klok"].nu()
    sessie.commit()
    return ""
