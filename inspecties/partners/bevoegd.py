"""Who has which power on a day: ``config/bevoegdheden.toml`` together with what is recorded per person."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from functools import cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.database import select_voor
from inspecties.gebruikers.models import Lidmaatschap
from inspecties.partners.models import Organisatie
from inspecties.partners.models_partners import Gebruikerbevoegdheid
from inspecties.partners.rules.bevoegdheden import Bevoegdhedentabel, Houder, lees_tabel
from inspecties.termijnen.bronnen import lees_bestand

BESTAND = Path(__file__).resolve().parents[2] / "config" / "bevoegdheden.toml"


@cache
def bevoegdhedentabel() -> Bevoegdhedentabel:
    """The powers of this installation. Raises OngeldigeInvoer where the file is wrong."""
    inhoud = lees_bestand(BESTAND)
    return lees_tabel(inhoud.get("soort", ()), inhoud.get("bevoegdheid", ()))


def bevoegdheden_van(
    sessie: Session, actor: Actor, gebruiker_ids: Collection[int], dag: date
) -> dict[int, frozenset[str]]:
    """Gebruiker.id -> codes of the powers that person has on that day; everybody asked is in it.

    A partner has the powers of the organisation, own people what they were appointed to.
    """
    tabel = bevoegdhedentabel()
    ids = set(gebruiker_ids)
    soorten = {
        rij.gebruiker_id: rij.soort
        for rij in sessie.execute(
            select(Lidmaatschap.gebruiker_id, Organisatie.soort)
            .outerjoin(Organisatie, Organisatie.id == Lidmaatschap.organisatie_id)
            .where(Lidmaatschap.gemeente_id == actor.gemeente_id, Lidmaatschap.gebruiker_id.in_(ids))
        )
    }
    houders: dict[int, list[Houder]] = defaultdict(list)
    for rij in sessie.scalars(
        select_voor(actor, Gebruikerbevoegdheid).where(Gebruikerbevoegdheid.gebruiker_id.in_(ids))
    ):
        houders[rij.gebruiker_id].append(Houder(rij.code, rij.geldig_van, rij.geldig_tot))
    return {id_: tabel.van_mens(soorten[id_], houders[id_], dag) if id_ in soorten else frozenset() for id_ in ids}
