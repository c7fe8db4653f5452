"""What signals and visits know that counts in the priority of a location. Only the columns named here are read.

What points to trafficking in a visit is no fact of a score (legal fact sheet, section 9): such findings are left out,
and so are the signals that came of them. A finding that rests on nothing but what a person is (age, sex, nationality)
is left out too.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import InstrumentedAttribute, Session, contains_eager

from inspecties.acties.models import Actie, Stop
from inspecties.audit.models_vernietigen import Wpggegeven
from inspecties.controles.models import Bevinding, Bezoek
from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.database import select_voor
from inspecties.database.basis import Model
from inspecties.locaties.prioriteit_bronnen import Bronnen
from inspecties.locaties.prioriteit_verouderd import volg
from inspecties.locaties.rules.prioriteit_feiten import Bevindingfeit, Signaalfeit, is_verboden
from inspecties.signalen.models import Signaal
from inspecties.signalen.models_meldroute import Signaalband, Signaallocatie
from inspecties.signalen.rules.indeling import CONTROLE

SIGNAALKOLOMMEN: tuple[InstrumentedAttribute[Any], ...] = (
    Signaal.uid,
    Signaal.nummer,
    Signaal.locatie_id,
    Signaal.datum,
    Signaal.urgentie,
    Signaal.vorm,
    Signaal.status,
)
# Of ``dragers`` only the names and labels of the questions are looked at, to leave findings out; no answer.
BEVINDINGKOLOMMEN: tuple[InstrumentedAttribute[Any], ...] = (
    Bevinding.bezoek_id,
    Bevinding.gevolg,
    Bevinding.dragers,
    Bezoek.uid,
    Bezoek.locatie_id,
    Bezoek.eind_op,
    Bezoek.begin_op,
)
KOLOMMEN = (*SIGNAALKOLOMMEN, Signaallocatie.locatie_id, *BEVINDINGKOLOMMEN)
_SIGNAAL, _OOK = Model.metadata.tables["signaal"], Model.metadata.tables["signaallocatie"]


def signaalfeiten(sessie: Session, gemeente_id: int, locatie_ids: Sequence[int]) -> Mapping[int, list[Signaalfeit]]:
    """Signals by weight and age; not where they came from, not what they say, not who may be a victim."""
    uit: dict[int, list[Signaalfeit]] = defaultdict(list)
    eigen = select(*SIGNAALKOLOMMEN).where(Signaal.locatie_id.in_(locatie_ids))
    # Also the signals that are about a place besides the first one they name.
    ook = (
        select(*(k for k in SIGNAALKOLOMMEN if k is not Signaal.locatie_id), Signaallocatie.locatie_id)
        .join(Signaallocatie, Signaallocatie.signaal_id == Signaal.id)
        .where(
            Signaallocatie.locatie_id.in_(locatie_ids),
            Signaal.locatie_id.is_distinct_from(Signaallocatie.locatie_id),
        )
    )
    # What was told twice counts once.
    dubbel = select(Signaalband.van_id).where(Signaalband.soort == "samengevoegd")
    telt = (Signaal.gemeente_id == gemeente_id, Signaal.bron != CONTROLE, Signaal.id.not_in(dubbel))
    rijen = [rij for vraag in (eigen, ook) for rij in sessie.execute(vraag.where(*telt).order_by(Signaal.id))]
    for rij in rijen:
        dicht = rij.status == "afgesloten"
        bron, naar = f"Signaal {rij.nummer}", f"signaal:{rij.uid}"
        uit[rij.locatie_id].append(Signaalfeit(rij.datum, rij.urgentie, rij.vorm, dicht, bron, naar))
    return uit


def over_de_plek(dragers: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a finding rests on at least one question that is not about what a person is."""
    return any(not is_verboden(f"{d.get('vraag', '')} {d.get('label', '')}") for d in dragers)


def bevindingfeiten(sessie: Session, gemeente_id: int, locatie_ids: Sequence[int]) -> Mapping[int, list[Bevindingfeit]]:
    """Consequences of finished visits that still stand; each code once per visit."""
    uit: dict[int, dict[tuple[int, str], Bevindingfeit]] = defaultdict(dict)
    for rij in sessie.execute(
        select(*BEVINDINGKOLOMMEN)
        .join(Bezoek, Bezoek.id == Bevinding.bezoek_id)
        .where(
            Bevinding.gemeente_id == gemeente_id,
            Bezoek.locatie_id.in_(locatie_ids),
            Bevinding.vervallen_op.is_(None),
            Bevinding.zonder_signalen(),
        )
        .order_by(Bevinding.id)
    ):
        wanneer = rij.eind_op or rij.begin_op
        if wanneer is None or not over_de_plek(rij.dragers):
            continue
        dag = lokale_datum(wanneer)
        bron = f"Bezoek van {dag.day}-{dag.month}-{dag.year}"
        feit = Bevindingfeit(dag, rij.gevolg, bron, f"bezoek:{rij.uid}")
        uit[rij.locatie_id].setdefault((rij.bezoek_id, rij.gevolg), feit)
    return {locatie_id: list(per.values()) for locatie_id, per in uit.items()}


def _waar(verbinding: Connection, signaal: Any) -> Iterable[int]:
    ook = select(Signaallocatie.locatie_id).where(Signaallocatie.signaal_id == signaal.id)
    return [i for i in (signaal.locatie_id, *verbinding.execute(ook).scalars()) if i is not None]


def _bezocht(verbinding: Connection, bevinding: Any) -> Iterable[int]:
    return verbinding.execute(select(Bezoek.locatie_id).where(Bezoek.id == bevinding.bezoek_id)).scalars()


def _waar_apart(verbinding: Connection, merk: Any) -> Iterable[int]:
    """A signal that is set apart as police data, or comes back, changes what counts for its places."""
    rijen = verbinding.execute(select(_SIGNAAL.c.id, _SIGNAAL.c.locatie_id).where(_SIGNAAL.c.uid == merk.object_uid))
    uit: list[int] = []
    for id_, locatie_id in rijen:
        uit += [locatie_id] if locatie_id is not None else []
        uit += verbinding.execute(select(_OOK.c.locatie_id).where(_OOK.c.signaal_id == id_)).scalars()
    return uit


volg(Signaal, zoek=_waar)
volg(Wpggegeven, zoek=_waar_apart)
volg(Signaallocatie)
volg(Bezoek, ("locatie_id", "begin_op", "eind_op"))
volg(Bevinding, zoek=_bezocht)


def al_gepland(sessie: Session, actor: Actor, nu: datetime, locatie_ids: Sequence[int]) -> Mapping[int, str]:
    """Stops of actions that are still to come or under way, where this actor may see them."""
    if not rol_mag(actor.rol, "acties.lezen"):
        return {}
    stops = sessie.scalars(
        select_voor(actor, Stop)
        .join(Actie, Actie.id == Stop.actie_id)
        .where(
            Stop.locatie_id.in_(locatie_ids),
            Stop.toestand != "vervallen",
            Actie.toestand.in_(("concept", "gereed", "in_uitvoering")),
            Actie.eind_op >= nu,
        )
        .options(contains_eager(Stop.actie))
        .order_by(Actie.begin_op.desc())
    )
    uit = {}
    for stop in stops:
        dag = lokale_datum(stop.actie.begin_op)
        uit[stop.locatie_id] = f"{stop.actie.naam}, {dag.day}-{dag.month}-{dag.year}"
    return uit


BRONNEN = Bronnen(signaalfeiten, bevindingfeiten, KOLOMMEN, al_gepland)
