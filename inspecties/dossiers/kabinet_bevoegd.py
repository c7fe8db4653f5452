"""Whether somebody may decide on a dossier at a moment, in which capacity, and if not why."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor, systeem
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import Rol
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.queries import opstellers_van
from inspecties.dossiers.rules.gevolgen import instrument_bij
from inspecties.dossiers.rules.mandaat import Hoedanigheid, Mandaatregel, zonder_ambten
from inspecties.dossiers.vervanging import ambten_vastgelegd, bekleed_op, mandaattabel
from inspecties.gebruikers.models import Gebruiker, Lidmaatschap, kan_aanmelden


@dataclass(frozen=True)
class Bevoegdheid:
    """The rule for a dossier, and the capacity that somebody has under it; without one ``waarom_niet`` says why."""

    regel: Mandaatregel
    hoedanigheid: Hoedanigheid | None
    waarom_niet: str = ""

    def als_rij(self) -> dict[str, Any]:
        """As it is frozen with a decision."""
        return {"regel": self.regel.als_rij(), "hoedanigheid": asdict(self.hoedanigheid) if self.hoedanigheid else None}


def regel_voor(dossier: Dossier, moment: datetime) -> Mandaatregel:
    """The mandate rule for a dossier on the day of a moment. Raises Conflict where there is none."""
    instrument = instrument_bij(dossier.soort, dossier.grondslag)
    return mandaattabel().regel(dossier.soort, instrument.code if instrument else "", lokale_datum(moment))


def bevoegdheid(
    sessie: Session, actor: Actor, dossier: Dossier, gebruiker_id: int | None, moment: datetime
) -> Bevoegdheid:
    """What this user may decide on this dossier at a moment. Raises Conflict where no rule holds on that day."""
    lezer, regel, tabel = systeem(actor.gemeente_id), regel_voor(dossier, moment), mandaattabel()
    if not ambten_vastgelegd(sessie, lezer):
        return Bevoegdheid(regel, zonder_ambten(regel))
    bekleed = bekleed_op(sessie, lezer, moment).get(gebruiker_id or 0, [])
    hoedanigheid = tabel.hoedanigheid(regel, bekleed)
    if hoedanigheid is not None:
        return Bevoegdheid(regel, hoedanigheid)
    namen = [naam for _, naam in wie_besluiten(sessie, actor, dossier, moment)]
    return Bevoegdheid(regel, None, tabel.waarom_niet(regel, namen))


def wie_besluiten(sessie: Session, actor: Actor, dossier: Dossier, moment: datetime) -> list[tuple[str, str]]:
    """Who could decide on this dossier at a moment: (uid, name), never who worked on it or may not read it."""
    lezer, regel = systeem(actor.gemeente_id), regel_voor(dossier, moment)
    opdracht = (
        select(Gebruiker)
        .join(Lidmaatschap, Lidmaatschap.gebruiker_id == Gebruiker.id)
        .where(
            Lidmaatschap.gemeente_id == actor.gemeente_id,
            Lidmaatschap.rol == Rol.KABINET.value,
            kan_aanmelden(),
            Gebruiker.id.not_in(list(opstellers_van(sessie, dossier))),
        )
        .order_by(Gebruiker.naam)
    )
    if dossier.soort == "bibob":
        opdracht = opdracht.where(Gebruiker.id.in_([x.gebruiker_id for x in dossier.lezers]))
    mensen = sessie.scalars(opdracht).all()
    if ambten_vastgelegd(sessie, lezer):
        bekleed = bekleed_op(sessie, lezer, moment)
        tabel = mandaattabel()
        mensen = [g for g in mensen if tabel.hoedanigheid(regel, bekleed.get(g.id, [])) is not None]
    return [(str(g.uid), g.naam) for g in mensen]
