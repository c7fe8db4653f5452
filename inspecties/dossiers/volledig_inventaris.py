"""The inventory of a dossier as it stands: its pieces with their numbers and what a jurist decided about each."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session, joinedload

from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, GeenRecht, NietGevonden, OngeldigeInvoer
from inspecties.core.rechten import rol_mag
from inspecties.database import select_voor
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_volledig import Stuknummer, Stukoordeel
from inspecties.dossiers.rules.inventaris import (
    KEUZES,
    MAX_REDEN,
    MET_REDEN,
    Inventarisstuk,
    Oordeel,
    Regel,
    geef_nummers,
    maak_regels,
)
from inspecties.dossiers.volledig_bronnen import lees_stukken
from inspecties.dossiers.werk import leg_dossier_vast, vergrendel


def _nummers(sessie: Session, actor: Actor, dossier: Dossier) -> dict[str, tuple[int, int]]:
    rijen = sessie.scalars(select_voor(actor, Stuknummer).where(Stuknummer.dossier_id == dossier.id))
    return {rij.sleutel: (rij.nummer, rij.onder) for rij in rijen}


def _oordelen(sessie: Session, actor: Actor, dossier: Dossier) -> dict[str, tuple[int, Oordeel]]:
    """Key of a piece -> the row that counts and what it says."""
    rijen = sessie.scalars(
        select_voor(actor, Stukoordeel)
        .where(Stukoordeel.dossier_id == dossier.id)
        .order_by(Stukoordeel.id)
        .options(joinedload(Stukoordeel.door))
    )
    return {
        rij.sleutel: (rij.id, Oordeel(rij.keuze, rij.reden, rij.door.naam if rij.door else "", rij.op, gegeven=True))
        for rij in rijen
    }


def lees_inventaris(sessie: Session, actor: Actor, dossier: Dossier) -> list[Regel]:
    """Every piece with its number and judgement. The caller writes the audit line of the reading."""
    oordelen = {sleutel: oordeel for sleutel, (_, oordeel) in _oordelen(sessie, actor, dossier).items()}
    return maak_regels(lees_stukken(sessie, actor, dossier), _nummers(sessie, actor, dossier), oordelen)


def laatste_oordeel(sessie: Session, actor: Actor, dossier: Dossier) -> int:
    """What a page sends back to say which judgements its reader saw: the newest row, 0 for none."""
    return max((rij for rij, _ in _oordelen(sessie, actor, dossier).values()), default=0)


def nummer(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier) -> int:
    """Give every piece that has none its number; how many were given. A number is never given again."""
    vergrendel(sessie, actor, dossier)
    stukken = lees_stukken(sessie, actor, dossier)
    nieuw = geef_nummers(stukken, _nummers(sessie, actor, dossier))
    for sleutel, (nr, onder) in nieuw.items():
        sessie.add(
            Stuknummer(
                gemeente_id=dossier.gemeente_id,
                dossier_id=dossier.id,
                sleutel=sleutel,
                nummer=nr,
                onder=onder,
                gegeven_op=nu,
            )
        )
    sessie.flush()
    return len(nieuw)


def _zoek(stukken: Iterable[Inventarisstuk], sleutel: str) -> tuple[dict[str, str], str]:
    """(choices, title) of the piece or part with this key. Raises NietGevonden."""
    for stuk in stukken:
        if stuk.sleutel == sleutel:
            return stuk.keuzes, stuk.titel
        for deel in stuk.delen:
            if deel.sleutel == sleutel:
                return stuk.keuzes, deel.titel
    raise NietGevonden("Dit stuk hoort niet (meer) bij dit dossier. Ververs de inventaris.")


def oordeel(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    dossier: Dossier,
    sleutel: str,
    keuze: str,
    reden: str,
    *,
    gezien: int,
) -> Stukoordeel | None:
    """Decide about one piece; None where that is what stands already. ``gezien``: ``laatste_oordeel`` of the page.

    Raises OngeldigeInvoer naming the field, and Conflict with what a colleague decided about this piece meanwhile.
    """
    if not rol_mag(actor.rol, "dossiers.bewerken"):
        raise GeenRecht("Alleen een jurist beslist wat er in het dossier komt.")
    vergrendel(sessie, actor, dossier)
    keuzes, titel = _zoek(lees_stukken(sessie, actor, dossier), sleutel)
    if keuze not in keuzes:
        raise OngeldigeInvoer(f"Kies voor '{titel}' een van: {'; '.join(keuzes.values())}.", "keuze")
    schoon = reden.replace("\r\n", "\n").strip()
    if len(schoon) > MAX_REDEN:
        raise OngeldigeInvoer(f"De reden is te lang: hooguit {MAX_REDEN} tekens.", "reden")
    if keuze in MET_REDEN and not schoon:
        raise OngeldigeInvoer(f"Schrijf op waarom: '{KEUZES[keuze]}' staat met de reden in de inventaris.", "reden")
    rij, staat_er = _oordelen(sessie, actor, dossier).get(sleutel, (0, None))
    if rij > gezien and staat_er is not None:
        reden_er = f" Reden: {staat_er.reden}." if staat_er.reden else ""
        raise Conflict(
            f"{staat_er.door or 'Een collega'} koos intussen voor '{titel}': {KEUZES[staat_er.keuze]}.{reden_er} "
            f"Uw keuze was: {KEUZES[keuze]}.{f' Reden: {schoon}.' if schoon else ''} Er is niets overschreven.",
            "keuze",
        )
    if staat_er is not None and (staat_er.keuze, staat_er.reden) == (keuze, schoon):
        return None
    nieuw = Stukoordeel(
        gemeente_id=dossier.gemeente_id,
        dossier_id=dossier.id,
        sleutel=sleutel,
        keuze=keuze,
        reden=schoon,
        door_id=actor.gebruiker_id,
        op=nu,
    )
    sessie.add(nieuw)
    sessie.flush()
    leg_dossier_vast(sessie, actor, nu, dossier, "dossierstuk_beoordeeld", stuk=sleutel, keuze=keuze)
    return nieuw
