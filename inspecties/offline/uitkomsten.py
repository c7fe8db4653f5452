"""What became of the findings of a person's own visits. What may be told is decided in ``rules/uitkomst.py``."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_
from sqlalchemy.orm import Session, joinedload

from inspecties.audit.operations import leg_vast
from inspecties.controles.models import Bevinding, Bezoek
from inspecties.controles.queries import organisatiesoort
from inspecties.controles.rules.vragen import verborgen_voor
from inspecties.core.actor import Actor, systeem
from inspecties.core.klok import lokale_datum
from inspecties.database import select_voor
from inspecties.dossiers.models import Besluit, Dossier, Voorstel
from inspecties.dossiers.rules.gevolgen import gevolg_van
from inspecties.locaties.models import Risicolocatie
from inspecties.offline.rules.uitkomst import MAANDEN, Bron, Uitkomst, uitkomsten

MAX_BEZOEKEN = 100


@dataclass(frozen=True)
class Bezoekuitkomst:
    """One visit of the reader with what became of it."""

    uid: UUID
    dag: date
    adres: str
    plaats: str
    uitkomsten: list[Uitkomst]


def lees_uitkomsten(sessie: Session, actor: Actor, nu: datetime) -> list[Bezoekuitkomst]:
    """The actor's own visits of the last months, newest first. Reading it is an act, and logged."""
    bezoeken = _eigen_bezoeken(sessie, actor, nu)
    bronnen = _bronnen(sessie, actor, [bezoek.id for bezoek in bezoeken])
    soort = organisatiesoort(sessie, actor)
    uit = [
        Bezoekuitkomst(
            uid=bezoek.uid,
            dag=lokale_datum(bezoek.eind_op or bezoek.begin_op or bezoek.aangemaakt_op),
            adres=bezoek.locatie.adresregel,
            plaats=bezoek.locatie.woonplaats,
            uitkomsten=uitkomsten(
                bronnen.get(bezoek.id, []),
                partner=soort is not None,
                verborgen=verborgen_voor((versie.definitie for versie in bezoek.checklists), soort),
            ),
        )
        for bezoek in bezoeken
    ]
    gegevens = {"bezoeken": [str(bezoek.uid) for bezoek in bezoeken]}
    leg_vast(sessie, actor, nu, "uitkomsten_gelezen", "gebruiker", actor.gebruiker_uid, gegevens=gegevens)
    return uit


def _eigen_bezoeken(sessie: Session, actor: Actor, nu: datetime) -> Sequence[Bezoek]:
    """For field roles the scope of a visit is: of a team that they were in."""
    moment = func.coalesce(Bezoek.eind_op, Bezoek.begin_op)
    opdracht = (
        select_voor(actor, Bezoek)
        .where(moment >= nu - timedelta(days=31 * MAANDEN))
        .order_by(moment.desc(), Bezoek.id.desc())
        .limit(MAX_BEZOEKEN)
        .options(joinedload(Bezoek.locatie).joinedload(Risicolocatie.locatietype))
    )
    return sessie.scalars(opdracht).all()


def _bronnen(sessie: Session, actor: Actor, bezoek_ids: Sequence[int]) -> dict[int, list[Bron]]:
    # In the name of the system: a field role reads no proposals and no dossiers; the rules say what of it is told.
    lezer = systeem(actor.gemeente_id)
    rijen = sessie.execute(
        select_voor(lezer, Bevinding)
        .outerjoin(Voorstel, Voorstel.bevinding_id == Bevinding.id)
        .outerjoin(Dossier, Dossier.id == Voorstel.dossier_id)
        .where(Bevinding.bezoek_id.in_(bezoek_ids), Bevinding.zonder_signalen())
        # Answers that changed take a finding away, unless a person had judged it.
        .where(or_(Bevinding.vervallen_op.is_(None), Voorstel.status != "open"))
        .order_by(Bevinding.id)
        .add_columns(Voorstel, Dossier.id, Dossier.soort, Dossier.toestand)
    ).all()
    besluiten = _besluiten(sessie, lezer, [dossier_id for _, _, dossier_id, _, _ in rijen if dossier_id])
    uit: dict[int, list[Bron]] = {}
    for bevinding, voorstel, dossier_id, soort, toestand in rijen:
        gevolg = gevolg_van(bevinding.gevolg)
        besloten_op = besluiten.get(dossier_id)
        uit.setdefault(bevinding.bezoek_id, []).append(
            Bron(
                gevolg=bevinding.gevolg,
                naam=gevolg.naam,
                grondslag=bevinding.grondslag,
                vragen=tuple(drager["vraag"] for drager in bevinding.dragers),
                doorzetten=gevolg.doorzetten,
                status=voorstel.status if voorstel else "open",
                reden=voorstel.reden if voorstel else "",
                dossiersoort=soort or "",
                dossiertoestand=toestand or "",
                besloten_op=lokale_datum(besloten_op) if besloten_op else None,
            )
        )
    return uit


def _besluiten(sessie: Session, lezer: Actor, dossier_ids: Sequence[int]) -> dict[int, datetime]:
    """Dossier.id -> when it was decided, for good."""
    rijen = sessie.execute(
        select_voor(lezer, Besluit)
        .where(Besluit.dossier_id.in_(dossier_ids), Besluit.soort != "teruggestuurd")
        .order_by(Besluit.id)
        .with_only_columns(Besluit.dossier_id, Besluit.besloten_op)
    )
    return {rij.dossier_id: rij.besloten_op for rij in rijen}


def als_json(bezoeken: Sequence[Bezoekuitkomst], nu: datetime) -> dict[str, Any]:
    """What the field app keeps."""
    return {
        "gemaakt_op": nu.isoformat(timespec="seconds"),
        "maanden": MAANDEN,
        "bezoeken": [
            {
                "bezoek_id": str(bezoek.uid),
                "datum": bezoek.dag.isoformat(),
                "adres": bezoek.adres,
                "plaats": bezoek.plaats,
                "uitkomsten": [
                    {
                        "naam": een.naam,
                        "grondslag": een.grondslag,
                        "stand": een.stand,
                        "standnaam": een.standnaam,
                        "zin": een.zin,
                        "besluit": een.besluit,
                    }
                    for een in bezoek.uitkomsten
                ],
            }
            for bezoek in bezoeken
        ],
    }
