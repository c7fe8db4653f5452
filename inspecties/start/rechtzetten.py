"""Putting data right or restricting their use on request, and telling whoever got them (art. 16, 18 and 19 AVG)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from inspecties.audit.beperken import beperk, hef_op
from inspecties.audit.models_beperking import Beperking, Rectificatie, Rectificatiebericht
from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, GeenRecht, OngeldigeInvoer
from inspecties.core.ids import nieuw_id
from inspecties.core.sleutelbos import Sleutelbos
from inspecties.database import haal, select_voor
from inspecties.dossiers.models_verstrekking import Verstrekking
from inspecties.locaties.models_partijen import Partij
from inspecties.locaties.partijen import PARTIJVELDEN, wijzig_partij
from inspecties.locaties.rules.partijen import PartijGegevens
from inspecties.start.inzage import eis, zoekvraag_van
from inspecties.start.inzage_verslag import ontvangers_van
from inspecties.start.inzage_zoeken import leesbaar, plek_bij, uittreksel
from inspecties.start.models_inzage import Inzagetreffer, Inzageverzoek

# The one register in which a value itself is put right here; elsewhere a note stands beside what was written then.
AAN_TE_PASSEN = ("partij", "naam")


# Tables with one row per person: the mark lies on that row, and not on all that it stands in.
_EIGEN_RIJ = frozenset({"belanghebbende", "betrokkene", "bibobrelatie", "contactpersoon", "kenmerk", "partij"})


def merkplek(sessie: Session, treffer: Inzagetreffer) -> tuple[str, str]:
    """(kind, public id) on which a mark for this hit lies."""
    plek = plek_bij((treffer.tabel, treffer.kolom))
    if plek is not None and treffer.tabel in _EIGEN_RIJ:
        uid = sessie.scalar(select(plek.model.uid).where(plek.model.id == treffer.rij_id))
        if uid is not None:
            return treffer.tabel, str(uid)
    return treffer.object_soort, treffer.object_uid


def bij_verzoek(sessie: Session, actor: Actor, merken: Sequence[Beperking]) -> dict[int, tuple[Inzageverzoek, UUID]]:
    """Mark id -> the newest request in which the marked thing was found, and the place there, where there is one."""
    op_plek = {(m.object_soort, m.object_uid): m.id for m in merken}
    treffers = sessie.scalars(
        select_voor(actor, Inzagetreffer)
        .where(or_(Inzagetreffer.object_uid.in_({m.object_uid for m in merken}), Inzagetreffer.tabel.in_(_EIGEN_RIJ)))
        .order_by(Inzagetreffer.id)
        .options(joinedload(Inzagetreffer.verzoek))
    )
    gevonden = ((op_plek.get(merkplek(sessie, treffer)), treffer) for treffer in treffers)
    return {merk: (treffer.verzoek, treffer.uid) for merk, treffer in gevonden if merk is not None}


def _rij_van(sessie: Session, treffer: Inzagetreffer) -> tuple[str, str]:
    """(table, public id) of the row that a hit is in: who reads that, reads the note."""
    plek = plek_bij((treffer.tabel, treffer.kolom))
    uid = sessie.scalar(select(plek.model.uid).where(plek.model.id == treffer.rij_id)) if plek is not None else None
    if uid is None:
        raise Conflict("Dit gegeven is intussen verwijderd. Er valt niets meer te verbeteren.")
    return treffer.tabel, str(uid)


def _eis_lezen(sessie: Session, actor: Actor, treffer: Inzagetreffer) -> None:
    eis(actor, "inzage.beoordelen")
    if not leesbaar(sessie, actor, [treffer]):
        raise GeenRecht("Deze gegevens mag uw rol niet zien. Een collega met dat recht beoordeelt ze.")


def _tekst(waarde: str, veld: str, hoogstens: int) -> str:
    schoon = " ".join(waarde.split())
    if not 2 <= len(schoon) <= hoogstens:
        raise OngeldigeInvoer(f"Schrijf dit in 2 tot {hoogstens} tekens op.", veld)
    return schoon


def rectificeer(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    bos: Sleutelbos,
    verzoek: Inzageverzoek,
    treffer: Inzagetreffer,
    nieuw: str,
    reden: str,
) -> Rectificatie:
    """Put a value right where the register allows it, else write a note beside it, by who may read it.

    Raises GeenRecht, OngeldigeInvoer, Conflict.
    """
    _eis_lezen(sessie, actor, treffer)
    if treffer.oordeel != "ja":
        raise Conflict("Verbeter alleen gegevens waarvan vaststaat dat ze over deze persoon gaan.")
    goed, waarom = _tekst(nieuw, "nieuw", 500), _tekst(reden, "reden", 300)
    soort, rij_uid = _rij_van(sessie, treffer)
    plek = plek_bij((treffer.tabel, treffer.kolom))
    oud = uittreksel(sessie, bos, plek, treffer.rij_id, zoekvraag_van(bos, verzoek)) if plek else ""
    aangepast = (treffer.tabel, treffer.kolom) == AAN_TE_PASSEN
    if aangepast:
        _pas_partij_aan(sessie, actor, nu, treffer, goed, waarom)
    uid = nieuw_id()
    rij = Rectificatie(
        uid=uid,
        gemeente_id=actor.gemeente_id,
        object_soort=soort,
        object_uid=rij_uid,
        veld=f"{treffer.tabel}.{treffer.kolom}",
        oud=bos.versleutel(oud, f"rectificatie:{uid}"),
        nieuw=bos.versleutel(goed, f"rectificatie:{uid}"),
        aangepast=aangepast,
        reden=waarom,
        op=nu,
        door_id=actor.gebruiker_id,
    )
    sessie.add(rij)
    sessie.flush()
    _noteer_ontvangers(sessie, actor, treffer.object_soort, treffer.object_uid, rectificatie_id=rij.id)
    leg_vast(
        sessie, actor, nu, "gegevens_gerectificeerd", treffer.object_soort, treffer.object_uid, "Artikel 16 AVG",
        {"verzoek": verzoek.nummer, "veld": rij.veld, "aangepast": aangepast},
    )  # fmt: skip
    return rij


def _pas_partij_aan(sessie: Session, actor: Actor, nu: datetime, treffer: Inzagetreffer, naam: str, reden: str) -> None:
    partij = haal(sessie, actor, Partij, treffer.object_uid, "De partij")
    gegevens = {veld: getattr(partij, veld) for veld in PARTIJVELDEN} | {"naam": naam}
    wijzig_partij(sessie, actor, nu, partij, PartijGegevens(**gegevens), reden, partij.gewijzigd_op.isoformat())


def beperk_gebruik(
    sessie: Session, actor: Actor, nu: datetime, treffer: Inzagetreffer, grond: str, reden: str
) -> Beperking:
    """Mark the data of a hit, by who may read them, and note whom to tell. Raises GeenRecht, Conflict."""
    _eis_lezen(sessie, actor, treffer)
    if treffer.oordeel != "ja":
        raise Conflict("Beperk alleen gegevens waarvan vaststaat dat ze over deze persoon gaan.")
    soort, uid = merkplek(sessie, treffer)
    rij = beperk(sessie, actor, nu, soort, uid, grond, reden)
    _noteer_ontvangers(sessie, actor, treffer.object_soort, treffer.object_uid, beperking_id=rij.id)
    return rij


def hef_beperking_op(sessie: Session, actor: Actor, nu: datetime, rij: Beperking, reden: str) -> None:
    """Lift a mark, by who handles requests."""
    eis(actor, "inzage.behandelen")
    hef_op(sessie, actor, nu, rij, reden)


def _noteer_ontvangers(
    sessie: Session,
    actor: Actor,
    soort: str,
    uid: str,
    rectificatie_id: int | None = None,
    beperking_id: int | None = None,
) -> None:
    for rij in ontvangers_van(sessie, actor, [(soort, uid)]):
        wie = rij.organisatie if isinstance(rij, Verstrekking) else rij.ontvanger.replace("_", " ")
        sessie.add(
            Rectificatiebericht(
                gemeente_id=actor.gemeente_id,
                rectificatie_id=rectificatie_id,
                beperking_id=beperking_id,
                verstrekking_uid=str(rij.uid),
                ontvanger=wie,
            )
        )
    sessie.flush()


def meld_bericht(sessie: Session, actor: Actor, nu: datetime, bericht: Rectificatiebericht) -> None:
    """The recipient was told (art. 19 AVG). Raises Conflict where that was written down already."""
    eis(actor, "inzage.behandelen")
    if bericht.bericht_op is not None:
        raise Conflict("Dit bericht staat al als verstuurd.")
    bericht.bericht_op, bericht.door_id = nu, actor.gebruiker_id
    leg_vast(sessie, actor, nu, "ontvanger_bericht", "verstrekking", bericht.verstrekking_uid, "Artikel 19 AVG")


def open_berichten(sessie: Session, actor: Actor) -> list[Rectificatiebericht]:
    """Recipients that still have to hear of a rectification or restriction."""
    return list(
        sessie.scalars(
            select_voor(actor, Rectificatiebericht)
            .where(Rectificatiebericht.bericht_op.is_(None))
            .order_by(Rectificatiebericht.id)
        )
    )
