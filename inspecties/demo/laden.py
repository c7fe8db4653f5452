"""``inspecties serve --demo``: load the invented gemeenten once, and an action for every new day.

Everything is loaded in one transaction, so that a kill leaves either nothing or the whole demo; pictures that were
written by then are found again by their hash. Dates count from the day of the first load.
"""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.controles.opslag import Opslag
from inspecties.core.fouten import Conflict
from inspecties.core.klok import Klok, lokale_datum
from inspecties.database.basis import db
from inspecties.database.rijmuur import zonder_actor
from inspecties.demo.accounts import ACCOUNTS, GEMEENTECODES, HOOFDGEMEENTE
from inspecties.demo.lader.aanvullingen import AANVULLINGEN
from inspecties.demo.lader.checklists import publiceer_checklists
from inspecties.demo.lader.geheim import bewaar_geheim
from inspecties.demo.lader.jaar import Jaar
from inspecties.demo.lader.kabinet import stel_ambten_in
from inspecties.demo.lader.kring import (
    DOEL,
    Kring,
    hash_demowachtwoord,
    lees_kring,
    maak_kring,
    zet_demowachtwoord,
    zet_normen,
)
from inspecties.demo.lader.locaties import laad_locaties, moment
from inspecties.demo.lader.signalen import laad_signalen
from inspecties.demo.lader.vandaag import zorg_voor_actie_van_vandaag
from inspecties.demo.wereld import ZAAD, Gemeente, maak_wereld
from inspecties.gebruikers.models import Gebruiker
from inspecties.gebruikers.models import Gemeente as Gemeenterij
from inspecties.gebruikers.wachtwoorden import klopt
from inspecties.instellingen import Instellingen, opslag_van

# How long before the first action the gemeente began to work with the application.
_AANLOOP = timedelta(days=45)


def laad_demo(app: Flask, wachtwoord: str) -> str:
    """Load the demo where it is not there yet; the password that the demo accounts have, '' where nobody knows it.

    ``wachtwoord`` is for the accounts of a new demo. A password that was set (INSPECTIES_DEMO_WACHTWOORD) also replaces
    that of a demo which was loaded before. Raises Conflict in a database that holds another gemeente: demo accounts do
    not belong beside real ones.
    """
    inst: Instellingen = app.extensions["instellingen"]
    klok: Klok = app.extensions["klok"]
    nu = klok.nu()
    sessie = db.session()
    zonder_actor(sessie, "the demo fills two gemeenten")
    eigen = set(GEMEENTECODES.values())
    gemeenten = sessie.scalars(select(Gemeenterij)).all()
    accounts = sessie.scalars(select(Gebruiker).where(Gebruiker.email.in_([a.email for a in ACCOUNTS]))).all()
    vreemd = sorted(g.naam for g in gemeenten if g.code not in eigen or not accounts)
    if vreemd:
        raise Conflict(
            f"Deze database is al in gebruik door {', '.join(vreemd)}. "
            "Laad de demo in een lege datamap (--data) of een lege database."
        )
    if not gemeenten:
        wachtwoord = inst.demo_wachtwoord or _bewaard_wachtwoord(inst.data, wachtwoord)
        _laad(sessie, inst, nu, wachtwoord)
        sessie.commit()
        return wachtwoord
    kring = lees_kring(sessie, GEMEENTECODES[HOOFDGEMEENTE])
    zorg_voor_actie_van_vandaag(sessie, kring, nu)
    geldig = _geldig_wachtwoord(sessie, inst, accounts, nu)
    sessie.commit()
    return geldig


def _laad(sessie: Session, inst: Instellingen, nu: datetime, wachtwoord: str) -> None:
    vandaag = lokale_datum(nu)
    wereld = maak_wereld(ZAAD, vandaag)
    opslag = opslag_van(inst)
    wachtwoord_hash = hash_demowachtwoord(wachtwoord)
    for bron in wereld.gemeenten:
        begin = moment(min(a.begin_op for a in bron.acties).date() - _AANLOOP)
        kring = maak_kring(sessie, bron, begin, wachtwoord_hash, inst.data)
        _laad_gemeente(sessie, kring, bron, begin, opslag, nu, vandaag)


def _laad_gemeente(
    sessie: Session, kring: Kring, bron: Gemeente, begin: datetime, opslag: Opslag, nu: datetime, vandaag: date
) -> None:
    publiceer_checklists(sessie, kring, begin)
    stel_ambten_in(sessie, kring, begin)
    zet_normen(sessie, kring, (vandaag.year - 1, vandaag.year))
    locaties = laad_locaties(sessie, kring, bron)
    laad_signalen(sessie, kring, bron, locaties)
    Jaar(sessie, kring, bron, locaties, opslag, nu).speel_af()
    for vul_aan in AANVULLINGEN:
        vul_aan(sessie, kring, bron, locaties, nu)
    leg_vast(
        sessie,
        kring.systeem,
        nu,
        "demo_geladen",
        "gemeente",
        kring.gemeente.uid,
        grondslag=DOEL,
        gegevens={
            "zaad": ZAAD,
            "vandaag": vandaag.isoformat(),
            "adressen": len(bron.adressen),
            "locaties": len(bron.locaties),
            "signalen": len(bron.signalen),
        },
    )


def _wachtwoordbestand(data: Path) -> Path:
    return data / "demo-wachtwoord"


def _bewaard_wachtwoord(data: Path, nieuw: str) -> str:
    """The generated password, kept beside the demo's secret (mode 600) so that every start can show it."""
    pad = _wachtwoordbestand(data)
    if not pad.exists():
        bewaar_geheim(pad, nieuw or secrets.token_urlsafe(12))
    return pad.read_text(encoding="utf-8")


def _geldig_wachtwoord(sessie: Session, inst: Instellingen, gebruikers: Sequence[Gebruiker], nu: datetime) -> str:
    """The password that works now; where one was set that does not, the demo accounts get it."""
    proef = next(g for g in gebruikers if g.email == f"coordinator@{HOOFDGEMEENTE.lower()}.example")
    if inst.demo_wachtwoord:
        if not klopt(proef.wachtwoord_hash, inst.demo_wachtwoord):
            zet_demowachtwoord(sessie, nu, gebruikers, inst.demo_wachtwoord)
        return inst.demo_wachtwoord
    pad = _wachtwoordbestand(inst.data)
    bewaard = pad.read_text(encoding="utf-8") if pad.exists() else ""
    return bewaard if bewaard and klopt(proef.wachtwoord_hash, bewaard) else ""
