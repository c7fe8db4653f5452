"""Police data (Wpg) that are a piece of a dossier: a report, a statement or a conclusion."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, contains_eager

from inspecties.audit.models_vernietigen import Wpggegeven
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict
from inspecties.core.opslag import Opslag
from inspecties.dossiers.bewijsstukken import waar_rust_op
from inspecties.dossiers.models import Dossier, Dossierlezer
from inspecties.dossiers.models_bewijs import Bronstuk
from inspecties.dossiers.models_volledig import Volledigdossier
from inspecties.dossiers.werk import vergrendel
from inspecties.dossiers.wpg import Bestand, Herkomst, Inhoud, Soort, Vondst, keur_apart, merk_apart
from inspecties.dossiers.wpg_vast import NIET_MEER, waar_het_vaststaat

OBJECT = "bronstuk"


def _zoek(sessie: Session, actor: Actor, uid: UUID | None) -> Sequence[Vondst]:
    """Named people read what stands apart in the whole gemeente; of Bibob only who may read that dossier too."""
    mee = Dossier.lezers.any(Dossierlezer.gebruiker_id == actor.gebruiker_id)
    opdracht = (
        select(Wpggegeven, Bronstuk)
        .join(Bronstuk, (Wpggegeven.object_uid == Bronstuk.uid) & (Wpggegeven.object_soort == OBJECT))
        .join(Bronstuk.dossier)
        .where(
            Bronstuk.gemeente_id == actor.gemeente_id,
            Wpggegeven.gemeente_id == actor.gemeente_id,
            Wpggegeven.bereik(actor),
            or_(Dossier.soort != "bibob", mee),
        )
        .options(contains_eager(Bronstuk.dossier))
    )
    if uid is not None:
        opdracht = opdracht.where(Bronstuk.uid == uid)
    return [Vondst(merk, rij, _plek(rij)) for merk, rij in sessie.execute(opdracht)]


def _plek(rij: Bronstuk) -> str:
    """Which piece of which dossier; of a Bibob dossier not even the number."""
    return f"{rij.merk}, {'besloten dossier' if rij.dossier.soort == 'bibob' else f'dossier {rij.dossier.nummer}'}"


def _lees(_sessie: Session, _actor: Actor, _opslag: Opslag, rij: Bronstuk) -> Inhoud:
    van = f" van {rij.van}" if rij.van else ""
    regels = [f"{rij.soortnaam}{van}, {rij.dagtekening:%d-%m-%Y}."]
    if rij.plaats:
        regels.append(f"Plaats: {rij.plaats}.")
    bestanden = (Bestand(rij.sha256, rij.mediatype),) if rij.sha256 else ()
    return Inhoud(rij.titel, tuple(regels), (rij.tekst,) if rij.tekst else (), bestanden)


def _bestanden(_sessie: Session, _actor: Actor, rij: Bronstuk) -> Sequence[tuple[str, str]]:
    return [(rij.sha256, rij.mediatype)] if rij.sha256 else []


STUK = Soort(OBJECT, "stuk", "Wie het dossier mag lezen, ziet dit stuk dan weer.", _zoek, _lees, _bestanden)


def zet_apart(sessie: Session, actor: Actor, nu: datetime, rij: Bronstuk, herkomst: Herkomst) -> Wpggegeven:
    """From now on only who is named reads this piece; it is in no list, document or file any more.

    Raises OngeldigeInvoer naming the field, Conflict where something still rests on it or already holds it: a wall
    with a copy on the other side is none.
    """
    schoon = keur_apart(sessie, actor, nu, herkomst)
    vergrendel(sessie, actor, rij.dossier)
    rust = waar_rust_op(sessie, actor, rij)
    if rust:
        raise Conflict(f"Dit stuk wordt nog gebruikt: {rust}. Haal het daar eerst weg.")
    staat = waar_het_vaststaat(sessie, actor, {str(rij.uid)}) or _volledig(sessie, rij)
    if staat:
        raise Conflict(f"Dit stuk staat al in {staat}. {NIET_MEER}")
    return merk_apart(sessie, actor, nu, OBJECT, rij.uid, schoon)


def _volledig(sessie: Session, rij: Bronstuk) -> str:
    vol = select(Volledigdossier.id).where(
        Volledigdossier.dossier_id == rij.dossier_id,
        Volledigdossier.stand.in_(("bezig", "klaar")),
        Volledigdossier.begonnen_op >= rij.ontvangen_op,
    )
    return "een volledig dossier" if sessie.scalars(vol).first() is not None else ""
