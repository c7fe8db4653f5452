"""The cards of building and housing on the page of a dossier."""

from datetime import datetime

from flask import url_for
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.dossiers.besluitteksten import SOORT, dwangsom_van, feiten_van, lasttekst, staat_in
from inspecties.dossiers.boetes import boete_van
from inspecties.dossiers.lasten import begunstiging_tot, lasten_van
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.panelen import Paneel
from inspecties.dossiers.rules.bedrag import schrijf_euro
from inspecties.dossiers.rules.boete import STANDEN as BOETESTANDEN
from inspecties.dossiers.rules.boete import ontbreekt
from inspecties.dossiers.rules.last import LASTSOORTEN, STANDEN
from inspecties.dossiers.rules.overbewoning import TE_BEVESTIGEN
from inspecties.dossiers.rules.wachten import termijn
from inspecties.dossiers.verbeurtes import staat_open, verjaring_van
from inspecties.dossiers.wonen import berekening_van, blad_van, boetegrens
from inspecties.dossiers.wonen import feiten_van as woonfeiten_van

_TONEN = {"ontwerp": "", "van_kracht": "actief", "opgeheven": "goed", "ingetrokken": ""}


def wonen_paneel(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier) -> Paneel | None:
    """Overbewoning and the other facts."""
    del nu
    if dossier.soort != SOORT:
        return None
    blad, feiten = blad_van(sessie, actor, dossier), woonfeiten_van(sessie, actor, dossier)
    regels: list[tuple[str, str]] = []
    if blad is None:
        regels.append(("Nog geen berekening van overbewoning.", ""))
    else:
        som = berekening_van(blad)
        wat = f"{som.te_veel} te veel: {som.bewoners} geteld, plaats voor {som.hoogstens}"
        regels.append((wat, "let-op") if som.te_veel else ("De norm is niet overschreden", "goed"))
        if som.norm.status == TE_BEVESTIGEN:
            regels.append((f"{som.norm.artikel}: te bevestigen", "let-op"))
    if feiten:
        regels.append((f"{len(feiten)} {'ander feit' if len(feiten) == 1 else 'andere feiten'} opgeschreven.", ""))
    return Paneel("wonen", "Wonen", tuple(regels), url_for("wonen.toon", uid=dossier.uid), "Naar het werkblad")


def last_paneel(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier) -> Paneel | None:
    """The last: how it runs and what is open."""
    if dossier.soort != SOORT:
        return None
    rijen, vandaag = lasten_van(sessie, actor, dossier), lokale_datum(nu)
    regels: list[tuple[str, str]] = []
    for last in rijen:
        regels.append((f"{LASTSOORTEN[last.soort]}: {STANDEN[last.stand].lower()}", _TONEN[last.stand]))
        if last.stand == "ontwerp" and not staat_in(lasttekst(last), dossier.concept_besluit):
            regels.append(("Staat nog niet in het concept-besluit", "let-op"))
        if last.bedrag_cent:
            regels.append((dwangsom_van(last).in_woorden.capitalize(), ""))
        if last.stand == "van_kracht" and last.begunstiging is not None and begunstiging_tot(last) >= vandaag:
            regels.append((f"Begunstigingstermijn: {termijn(begunstiging_tot(last), vandaag).tekst.lower()}", "actief"))
        open_ = [v for v in last.verbeurtes if staat_open(v) and not verjaring_van(last, v).is_verjaard(vandaag)]
        if open_:
            regels.append((f"Open aan dwangsommen: {schrijf_euro(sum(staat_open(v) for v in open_))}", "let-op"))
    if not rijen:
        regels.append(("Nog geen last opgesteld.", ""))
    return Paneel("last", "Last", tuple(regels), url_for("last.toon", uid=dossier.uid), "Naar de last")


def boete_paneel(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier) -> Paneel | None:
    """The fine, where there is one."""
    boete = boete_van(sessie, actor, dossier) if dossier.soort == SOORT else None
    if boete is None:
        return None
    regels = [(f"{schrijf_euro(boete.bedrag_cent)}: {BOETESTANDEN[boete.stand].lower()}", "")]
    mist = len(ontbreekt(feiten_van(boete), boetegrens(), lokale_datum(nu))) if boete.stand == "ontwerp" else 0
    if mist:
        regels.append((f"{mist} {'punt houdt' if mist == 1 else 'punten houden'} de boete tegen", "let-op"))
    return Paneel("boete", "Boete", tuple(regels), url_for("boete.toon", uid=dossier.uid), "Naar de boete")
