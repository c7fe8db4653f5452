"""What a planner sees beside each organisation: what it may do on the day, and what speaks against asking it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from inspecties.acties.bevoegdheden_gereed import over_maximum
from inspecties.acties.models import Actie
from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.partners.beschikbaar import botsingen, instellingen_van
from inspecties.partners.bevoegd import bevoegdhedentabel
from inspecties.partners.models import Organisatie


@dataclass(frozen=True)
class Kennis:
    """``let_op``: sentences without full stop; ``bevoegd``: one sentence."""

    let_op: tuple[str, ...]
    bevoegd: str


def partnerkennis(
    sessie: Session, actor: Actor, actie: Actie, organisaties: Sequence[Organisatie]
) -> dict[int, Kennis]:
    """Organisatie.id -> what to know of it for this action."""
    ids = [o.id for o in organisaties]
    bezet = botsingen(sessie, actor, ids, actie.begin_op, actie.eind_op)
    grenzen = instellingen_van(sessie, actor, ids)
    vol = {punt.sleutel.partition(":")[0] for punt in over_maximum(sessie, actor, actie)}
    tabel, dag = bevoegdhedentabel(), lokale_datum(actie.begin_op)
    uit = {}
    for organisatie in organisaties:
        let_op = [b.zin.capitalize() for b in bezet.get(organisatie.id, [])[:1]]
        if str(organisatie.id) in vol:
            let_op.append("Over het maximum")
        namen = [b.naam for b in tabel.van_soort(organisatie.soort, dag)]
        zin = f"Bevoegd tot: {'; '.join(namen)}." if namen else "Heeft geen bevoegdheden."
        hoogstens = grenzen[organisatie.id].ploegen_per_avond
        if hoogstens is not None:
            zin += f" Hoogstens {hoogstens} {'ploeg' if hoogstens == 1 else 'ploegen'} op een avond."
        uit[organisatie.id] = Kennis(tuple(let_op), zin)
    return uit
