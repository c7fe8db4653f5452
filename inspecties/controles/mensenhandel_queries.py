"""Selects on signals of trafficking from visits, for the aandachtsfunctionaris."""

from collections.abc import Sequence

from sqlalchemy import Select, func
from sqlalchemy.orm import Session, contains_eager, joinedload

from inspecties.controles.models import Bevinding, Bewijsstuk, Bezoek, Signaaloordeel
from inspecties.controles.queries import vouw_van
from inspecties.controles.rules.mensenhandel import OORDEEL_TABEL, RECHT
from inspecties.core.actor import Actor, systeem
from inspecties.core.rechten import rol_mag
from inspecties.database import select_voor
from inspecties.signalen.models import Signaal

VERVALLEN = "vervallen"
# What the list may be narrowed to. Lapsed: the answers changed before anybody judged, which deserves a look too.
STANDEN: dict[str, str] = {**OORDEEL_TABEL.namen, VERVALLEN: "Niet meer geldig"}


def signalen_uit_bezoeken(actor: Actor, stand: str = "open") -> Select[Bevinding]:
    """Signals in this state: hard ones first, then the visit that waits longest."""
    beoordeeld = select_voor(actor, Signaaloordeel).where(Signaaloordeel.toestand != "open")
    opdracht = select_voor(actor, Bevinding).join(Bevinding.bezoek).where(Bevinding.alleen_signalen())
    ids = beoordeeld.with_only_columns(Signaaloordeel.bevinding_id)
    if stand == "open":
        opdracht = opdracht.where(Bevinding.vervallen_op.is_(None), Bevinding.id.not_in(ids))
    elif stand == VERVALLEN:
        opdracht = opdracht.where(Bevinding.vervallen_op.is_not(None), Bevinding.id.not_in(ids))
    else:
        opdracht = opdracht.where(Bevinding.id.in_(ids.where(Signaaloordeel.toestand == stand)))
    return opdracht.order_by(
        Bevinding.hard.desc(), func.coalesce(Bezoek.begin_op, Bezoek.aangemaakt_op), Bevinding.id
    ).options(contains_eager(Bevinding.bezoek).joinedload(Bezoek.locatie))


def oordelen_over(sessie: Session, actor: Actor, bevindingen: Sequence[Bevinding]) -> dict[int, Signaaloordeel]:
    """Bevinding.id -> what was judged."""
    rijen = sessie.scalars(
        select_voor(actor, Signaaloordeel)
        .where(Signaaloordeel.bevinding_id.in_([b.id for b in bevindingen]))
        .options(joinedload(Signaaloordeel.signaal))
    )
    return {rij.bevinding_id: rij for rij in rijen}


def tel_open(sessie: Session, actor: Actor) -> tuple[int, int]:
    """How many wait to be judged, and how many of these are hard."""
    rijen = sessie.execute(
        signalen_uit_bezoeken(actor)
        .order_by(None)
        .options()
        .with_only_columns(Bevinding.hard, func.count(), maintain_column_froms=True)
        .group_by(Bevinding.hard)
    )
    per = {bool(rij[0]): rij[1] for rij in rijen}
    return sum(per.values()), per.get(True, 0)


def heeft_signaal(sessie: Session, bezoek: Bezoek) -> bool:
    """Whether a visit holds a signal now. In the name of the system: who reads a visit learns this, and no more."""
    return (
        sessie.scalars(
            select_voor(systeem(bezoek.gemeente_id), Bevinding).where(
                Bevinding.bezoek_id == bezoek.id, Bevinding.alleen_signalen(), Bevinding.vervallen_op.is_(None)
            )
        ).one_or_none()
        is not None
    )


def dragend_bewijs(sessie: Session, actor: Actor, bevinding: Bevinding) -> dict[str, Bewijsstuk]:
    """SHA-256 -> original, of what hangs on the answers that carry a finding, and of nothing else in the visit."""
    hashes = {sha for drager in bevinding.dragers for sha in drager["bewijs"]}
    rijen = sessie.scalars(
        select_voor(actor, Bewijsstuk).where(Bewijsstuk.bezoek_id == bevinding.bezoek_id, Bewijsstuk.sha256.in_(hashes))
    )
    return {rij.sha256: rij for rij in rijen}


def invullers(sessie: Session, bevinding: Bevinding) -> list[str]:
    """Who filled in what carries a finding: whom the aandachtsfunctionaris may ask, and has to give feedback."""
    vouw = vouw_van(sessie, systeem(bevinding.gemeente_id), bevinding.bezoek)
    namen: dict[str, None] = {}
    for drager in bevinding.dragers:
        herhaling = drager["herhaling_id"]
        sleutel = f"{drager['vraag']}@{herhaling}" if herhaling else drager["vraag"]
        for baan in ("waarde", "noot", "bijlage"):
            namen |= dict.fromkeys(kop.auteur for kop in vouw.koppen(sleutel, baan) if kop.auteur)
    return list(namen)


def herkomst_van(sessie: Session, actor: Actor, signaal: Signaal) -> tuple[str, dict[str, object]] | None:
    """The page of the finding that a signal came of (signalen.herkomst), for who may judge it."""
    if not rol_mag(actor.rol, RECHT):
        return None
    oordeel = select_voor(actor, Signaaloordeel).where(Signaaloordeel.signaal_id == signaal.id)
    ids = oordeel.with_only_columns(Signaaloordeel.bevinding_id)
    bevinding = sessie.scalars(select_voor(actor, Bevinding).where(Bevinding.id.in_(ids))).one_or_none()
    return ("mensenhandel.toon", {"uid": bevinding.uid}) if bevinding else None
