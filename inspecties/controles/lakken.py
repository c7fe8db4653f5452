"""Covering parts of photos: taking in what tablets and the office ask, and which version counts."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from inspecties.audit.operations import leg_vast
from inspecties.controles.models import Bewijsstuk, Bezoek, Operatie
from inspecties.controles.models_lakken import Lakking
from inspecties.controles.queries import als_kop
from inspecties.controles.rules.fotofeiten import Fotofeiten, fotofeiten
from inspecties.controles.rules.herkenning import TE_TEKENEN
from inspecties.controles.rules.lakken import (
    Vlak,
    Vlakfout,
    is_voorouder,
    keur_reden,
    lees_vlakken,
    mag_zonder_afdekking,
    volgende,
)
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, GeenRecht, OngeldigeInvoer
from inspecties.core.rechten import rol_mag
from inspecties.database import select_voor


def versies(sessie: Session, actor: Actor, bezoek_id: int, sha256: str) -> list[Lakking]:
    """Every version of the covers on a photo, oldest first; the last one counts."""
    return list(
        sessie.scalars(
            select_voor(actor, Lakking)
            .where(Lakking.bezoek_id == bezoek_id, Lakking.sha256 == sha256)
            .order_by(Lakking.nummer)
            .options(joinedload(Lakking.door))
        )
    )


def geldende(sessie: Session, actor: Actor, bezoek_ids: Iterable[int]) -> dict[tuple[int, str], Lakking]:
    """(Bezoek.id, SHA-256) -> the version that counts, of every photo that was ever covered."""
    rijen = sessie.scalars(
        select_voor(actor, Lakking).where(Lakking.bezoek_id.in_(list(bezoek_ids))).order_by(Lakking.nummer)
    )
    return {(rij.bezoek_id, rij.sha256): rij for rij in rijen}


def geldende_versie(sessie: Session, actor: Actor, stuk: Bewijsstuk) -> Lakking | None:
    """The version that counts for one photo; None where nobody ever covered it."""
    return geldende(sessie, actor, [stuk.bezoek_id]).get((stuk.bezoek_id, stuk.sha256))


def vlakken_van(rij: Lakking | None) -> tuple[Vlak, ...]:
    """The areas of a version; none where there is no version."""
    return lees_vlakken(rij.vlakken) if rij is not None else ()


def feiten_van(sessie: Session, actor: Actor, bezoek_ids: Iterable[int]) -> dict[tuple[int, str], Fotofeiten]:
    """(Bezoek.id, SHA-256) -> when, where and with which words each photo was taken."""
    per: dict[int, list[Operatie]] = {}
    for op in sessie.scalars(
        select_voor(actor, Operatie)
        .where(Operatie.bezoek_id.in_(list(bezoek_ids)), Operatie.soort == "attach")
        .options(joinedload(Operatie.auteur))
    ):
        per.setdefault(op.bezoek_id, []).append(op)
    return {
        (bezoek_id, sha256): feit
        for bezoek_id, ops in per.items()
        for sha256, feit in fotofeiten(als_kop(op, op.auteur.naam) for op in ops).items()
    }


def mag_zonder(actor: Actor, stuk: Bewijsstuk) -> bool:
    """Whether the actor may see what is under the covers."""
    return mag_zonder_afdekking(
        mag_origineel=rol_mag(actor.rol, "bewijs.origineel"),
        is_maker=actor.gebruiker_id is not None and stuk.auteur_id == actor.gebruiker_id,
    )


def mag_lakken(actor: Actor, stuk: Bewijsstuk) -> bool:
    """Whether the actor may cover parts of this photo: one has to see what is under it."""
    return rol_mag(actor.rol, "bewijs.afdekken") and mag_zonder(actor, stuk) and stuk.mediatype in TE_TEKENEN


def lak(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    stuk: Bewijsstuk,
    vlakken: object,
    reden: str,
    toelichting: str,
    gezien: int,
) -> Lakking:
    """A new version from the office. ``gezien``: the number of the version that the person saw, 0 for none.

    Raises GeenRecht, OngeldigeInvoer, and Conflict where somebody else was just ahead or nothing changed.
    """
    if not mag_lakken(actor, stuk):
        raise GeenRecht("Een foto afdekken kan wie hem maakte, de jurist of de coördinator.")
    try:
        lijst = lees_vlakken(vlakken)
        reden, toelichting = keur_reden(reden, toelichting)
    except Vlakfout as fout:
        raise OngeldigeInvoer(str(fout)) from fout
    _vergrendel(sessie, stuk.bezoek_id)
    huidig = geldende_versie(sessie, actor, stuk)
    if (huidig.nummer if huidig else 0) != gezien:
        raise Conflict("Iemand anders heeft deze foto net ook afgedekt. Kijk eerst wat er nu is afgedekt.")
    nieuw = volgende(vlakken_van(huidig) if huidig else None, lijst, gezien=True, mag_weghalen=True)
    if nieuw is None or (huidig is None and not nieuw):
        raise OngeldigeInvoer("Er is niets veranderd. Teken eerst een vlak over wat niemand mag zien.")
    return _bewaar(sessie, actor, nu, stuk.bezoek, stuk.sha256, huidig, nieuw, reden, toelichting)


def neem_afdekkingen_over(sessie: Session, actor: Actor, nu: datetime, bezoek: Bezoek, op: Operatie) -> None:
    """Make a version of what a tablet covered; its operation was judged, and stands. The photo may come later."""
    waarde = op.waarde
    if op.soort != "attach" or waarde.get("afdekken") is None or waarde.get("verwijderd"):
        return
    sha256: str = waarde["sha256"]
    ops = [
        rij
        for rij in sessie.scalars(
            select_voor(actor, Operatie).where(Operatie.bezoek_id == bezoek.id, Operatie.soort == "attach")
        )
        if rij.waarde["sha256"] == sha256
    ]
    huidig = geldende(sessie, actor, [bezoek.id]).get((bezoek.id, sha256))
    basis = {str(rij.op_id): rij.base_op_ids for rij in ops}
    eerste = min(ops, key=lambda rij: rij.rev)
    nieuw = volgende(
        vlakken_van(huidig) if huidig else None,
        lees_vlakken(waarde["afdekken"]),
        gezien=huidig is not None
        and huidig.op_id is not None
        and is_voorouder(str(huidig.op_id), str(op.op_id), basis),
        mag_weghalen=eerste.auteur_id == actor.gebruiker_id or rol_mag(actor.rol, "bewijs.origineel"),
    )
    if nieuw is None or (huidig is None and not nieuw):
        return
    reden, toelichting = keur_reden(waarde.get("reden"), waarde.get("toelichting"))
    _bewaar(sessie, actor, nu, bezoek, sha256, huidig, nieuw, reden, toelichting, op.op_id)


def _vergrendel(sessie: Session, bezoek_id: int) -> None:
    sessie.execute(select(Bezoek.id).where(Bezoek.id == bezoek_id).with_for_update(key_share=True))


def _bewaar(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    bezoek: Bezoek,
    sha256: str,
    huidig: Lakking | None,
    vlakken: tuple[Vlak, ...],
    reden: str,
    toelichting: str,
    op_id: UUID | None = None,
) -> Lakking:
    rij = Lakking(
        gemeente_id=actor.gemeente_id,
        bezoek_id=bezoek.id,
        sha256=sha256,
        nummer=(huidig.nummer if huidig else 0) + 1,
        vlakken=[vlak.als_json() for vlak in vlakken],
        reden=reden,
        toelichting=toelichting,
        op_id=op_id,
        door_id=actor.gebruiker_id,
        gemaakt_op=nu,
    )
    sessie.add(rij)
    sessie.flush()
    gegevens = {"sha256": sha256, "versie": rij.nummer, "vlakken": len(vlakken), "reden": reden}
    leg_vast(sessie, actor, nu, "foto_afgedekt", "bezoek", bezoek.uid, gegevens=gegevens)
    return rij
