"""Small copies of photos of earlier visits, for who stands at the same door again.

Which ones: ``rules.eerdere_fotos``. What was covered on a photo is covered here for everybody, also for who took it.
"""

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session, selectinload

from inspecties.acties.models import Stop
from inspecties.audit.operations import leg_vast
from inspecties.controles.lakbeeld import lakker
from inspecties.controles.lakken import geldende, vlakken_van
from inspecties.controles.models import Bevinding, Bewijsstuk, Bezoek
from inspecties.controles.opslag import Opslag
from inspecties.controles.queries import vouw_van
from inspecties.controles.rules.eerdere_fotos import kies_uit, toonbare_vragen
from inspecties.controles.rules.herkenning import TE_TEKENEN
from inspecties.controles.rules.lakken import Vlak
from inspecties.controles.rules.vouw import sleutel_van
from inspecties.core.actor import Actor, systeem
from inspecties.core.beelden import OnleesbaarBeeld, maak_kopie
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import Rol
from inspecties.database import select_voor
from inspecties.gebruikers.gemeenten import gemeente_uid
from inspecties.partners.beschikbaar import zicht_van

HOOGSTENS = 6
BEZOEKEN = 3
PIXELS = 480


@dataclass(frozen=True)
class Gekozen:
    """A photo that may go along: where its bytes stand, and what is said of it."""

    sha256: str
    pad: Path
    datum: str
    bijschrift: str
    vlakken: tuple[Vlak, ...] = ()


def mag_eerder_zien(sessie: Session, actor: Actor) -> bool:
    """Whether the actor may see photos of earlier visits: the gemeente's own people, never a partner."""
    return actor.rol is not Rol.PARTNER and zicht_van(sessie, actor).ziet_eerder


def _eerdere(sessie: Session, lezer: Actor, stop: Stop) -> Sequence[Bezoek]:
    return sessie.scalars(
        select_voor(lezer, Bezoek)
        .where(Bezoek.locatie_id == stop.locatie_id, Bezoek.toestand != "open", Bezoek.eind_op.is_not(None))
        .where(Bezoek.stop_id.is_distinct_from(stop.id))
        .order_by(Bezoek.eind_op.desc())
        .limit(BEZOEKEN)
    ).all()


def stops_met_fotos(sessie: Session, actor: Actor, stops: Sequence[Stop]) -> set[int]:
    """Ids of the stops for which asking for photos makes sense; without reading every answer, for the pack."""
    if not stops or not mag_eerder_zien(sessie, actor):
        return set()
    lezer = systeem(actor.gemeente_id)
    rijen = sessie.execute(
        select_voor(lezer, Bewijsstuk)
        .join(Bezoek, Bezoek.id == Bewijsstuk.bezoek_id)
        .where(Bezoek.locatie_id.in_([stop.locatie_id for stop in stops]))
        .where(Bezoek.toestand != "open", Bezoek.eind_op.is_not(None), Bewijsstuk.mediatype.in_(TE_TEKENEN))
        .with_only_columns(Bezoek.id, Bewijsstuk.vraag_id)
        .distinct()
    ).all()
    if not rijen:
        return set()
    bezoeken = {
        bezoek.id: bezoek
        for bezoek in sessie.scalars(
            select_voor(lezer, Bezoek)
            .where(Bezoek.id.in_({bezoek_id for bezoek_id, _ in rijen}))
            .options(selectinload(Bezoek.checklists))
        )
    }
    toonbaar: dict[int, dict[str, str]] = {}
    plekken: dict[int, set[int | None]] = {}
    for bezoek_id, vraag_id in rijen:
        bezoek = bezoeken[bezoek_id]
        if bezoek_id not in toonbaar:
            toonbaar[bezoek_id] = toonbare_vragen(versie.definitie for versie in bezoek.checklists)
        if vraag_id in toonbaar[bezoek_id]:
            plekken.setdefault(bezoek.locatie_id, set()).add(bezoek.stop_id)
    # Only its own visit, which was finished already, is nothing earlier.
    return {stop.id for stop in stops if plekken.get(stop.locatie_id, set()) - {stop.id}}


def _signaalsleutels(sessie: Session, lezer: Actor, bezoek: Bezoek) -> frozenset[str]:
    rijen = sessie.scalars(
        # Also what no longer fires: at the door nobody may read that it once did.
        select_voor(lezer, Bevinding).where(Bevinding.bezoek_id == bezoek.id, Bevinding.alleen_signalen())
    )
    return frozenset(
        sleutel_van(str(drager["vraag"]), drager.get("herhaling_id")) for rij in rijen for drager in rij.dragers
    )


def kies(sessie: Session, actor: Actor, opslag: Opslag, stop: Stop) -> list[Gekozen]:
    """The photos of earlier visits that this person may see before this door, the newest visit first."""
    if not mag_eerder_zien(sessie, actor):
        return []
    lezer, map_, uit = systeem(actor.gemeente_id), gemeente_uid(sessie, actor), list[Gekozen]()
    for bezoek in _eerdere(sessie, lezer, stop):
        assert bezoek.eind_op is not None
        toonbaar = toonbare_vragen(versie.definitie for versie in bezoek.checklists)
        gekozen = kies_uit(vouw_van(sessie, lezer, bezoek), toonbaar, _signaalsleutels(sessie, lezer, bezoek))
        stukken = {
            stuk.sha256: stuk
            for stuk in sessie.scalars(
                select_voor(lezer, Bewijsstuk).where(
                    Bewijsstuk.bezoek_id == bezoek.id, Bewijsstuk.mediatype.in_(TE_TEKENEN)
                )
            )
        }
        afgedekt = geldende(sessie, lezer, [bezoek.id])
        for sha, label in gekozen:
            if sha not in stukken or len(uit) >= HOOGSTENS:
                continue
            vlakken = vlakken_van(afgedekt.get((bezoek.id, sha)))
            uit.append(Gekozen(sha, opslag.pad(map_, sha), lokale_datum(bezoek.eind_op).isoformat(), label, vlakken))
    return uit


def verklein(fotos: Iterable[Gekozen]) -> list[dict[str, Any]]:
    """The photos as they go over the line. What cannot be read is left out: it is context, not evidence."""
    uit = []
    for foto in fotos:
        try:
            kopie = maak_kopie(foto.pad, PIXELS, bewerk=lakker(foto.vlakken) if foto.vlakken else None)
        except OnleesbaarBeeld:
            continue
        uit.append(
            {
                "sha256": foto.sha256,
                "datum": foto.datum,
                "bijschrift": foto.bijschrift,
                "gelakt": bool(foto.vlakken),
                "soort": "image/jpeg",
                "beeld": base64.b64encode(kopie.inhoud).decode("ascii"),
            }
        )
    return uit


def leg_meegeven_vast(
    sessie: Session, actor: Actor, nu: datetime, stop_uid: UUID, fotos: Sequence[Mapping[str, Any]]
) -> None:
    """Write down which photos went to a tablet."""
    gegevens = {"sha256": [foto["sha256"] for foto in fotos]}
    leg_vast(sessie, actor, nu, "eerdere_fotos_meegegeven", "stop", stop_uid, gegevens=gegevens)
