"""The list of checklists, one checklist with its versions, and two versions side by side."""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request
from sqlalchemy.orm import Session

from inspecties.checklists import queries
from inspecties.checklists.gebruik import bezoeken_per_versie
from inspecties.checklists.models import VERSIESTATUS, Checklist, Checklistversie
from inspecties.checklists.rules.geldigheid import geldend, kies_versie
from inspecties.checklists.rules.vergelijken import vergelijk
from inspecties.core.actor import Actor
from inspecties.core.fouten import NietGevonden
from inspecties.core.klok import lokale_datum
from inspecties.database import db, haal
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("checklists", __name__)

TONEN = {"concept": "let-op", "gepubliceerd": "goed", "ingetrokken": ""}


def haal_checklist(uid: UUID) -> Checklist:
    """The checklist, or NietGevonden."""
    return haal(db.session(), huidige_actor(), Checklist, uid, "De checklist")


def haal_versie(uid: UUID | str) -> Checklistversie:
    """The version, or NietGevonden."""
    return haal(db.session(), huidige_actor(), Checklistversie, uid, "De versie")


@bp.get("/checklists")
@vereist("checklists.lezen", alleen_lezen=True)
def lijst() -> str:
    actor, sessie, vandaag = huidige_actor(), db.session(), lokale_datum(klok().nu())
    checklists = queries.alle_checklists(sessie, actor)
    per_type = queries.locatietypen(sessie, actor)
    bezoeken = bezoeken_per_versie(sessie, actor, [v.id for c in checklists for v in c.versies])
    rijen = []
    for checklist in checklists:
        typen = [t for t in per_type if t.checklist_code == checklist.code]
        nu = geldend(checklist.versies, vandaag, [t.code for t in typen])
        algemeen = kies_versie(checklist.versies, vandaag, None)
        if algemeen is not None:
            nu.setdefault(algemeen.id, [])
        rijen.append(
            {
                "checklist": checklist,
                "nu": [(v, nu[v.id] if v.locatietypen else []) for v in checklist.versies if v.id in nu],
                "straks": [
                    v
                    for v in checklist.versies
                    if v.status == "gepubliceerd" and v.geldig_vanaf is not None and v.geldig_vanaf > vandaag
                ],
                "concepten": [v for v in checklist.versies if v.status == "concept"],
                "typen": [t.naam for t in typen],
                "zonder": [t.naam for t in typen if kies_versie(checklist.versies, vandaag, t.code) is None],
                "bezoeken": [(v, bezoeken[v.id]) for v in checklist.versies if bezoeken.get(v.id)],
            }
        )
    return render_template("checklists/lijst.html", rijen=rijen, typenamen={t.code: t.naam for t in per_type})


@bp.get("/checklists/<uuid:uid>")
@vereist("checklists.lezen", alleen_lezen=True)
def toon(uid: UUID) -> str:
    actor, sessie = huidige_actor(), db.session()
    checklist = haal_checklist(uid)
    return render_template("checklists/checklist.html", **_versies(sessie, actor, checklist))


def _versies(sessie: Session, actor: Actor, checklist: Checklist) -> dict[str, Any]:
    versies = queries.versies_van(sessie, actor, checklist)
    typen = queries.locatietypen(sessie, actor)
    vandaag = lokale_datum(klok().nu())
    gebruikt = [t for t in typen if t.checklist_code == checklist.code]
    nu = geldend(versies, vandaag, [t.code for t in gebruikt])
    algemeen = kies_versie(versies, vandaag, None)
    return {
        "checklist": checklist,
        "versies": versies,
        "geldt_nu": set(nu) | ({algemeen.id} if algemeen is not None else set()),
        "vandaag": vandaag,
        "bezoeken": bezoeken_per_versie(sessie, actor, [v.id for v in versies]),
        "gebruikt": gebruikt,
        "typenamen": {t.code: t.naam for t in typen},
        "statussen": VERSIESTATUS,
        "tonen": TONEN,
    }


@bp.get("/checklists/<uuid:uid>/vergelijken")
@vereist("checklists.lezen", alleen_lezen=True)
def vergelijken(uid: UUID) -> str:
    """What changed between two versions; without a choice the last two."""
    actor, sessie = huidige_actor(), db.session()
    checklist = haal_checklist(uid)
    versies = queries.versies_van(sessie, actor, checklist)
    nieuw = _gekozen(versies, "naar") or (versies[0] if versies else None)
    oud = _gekozen(versies, "van") or next((v for v in versies if nieuw is not None and v.id < nieuw.id), None)
    verschil = vergelijk(oud.definitie, nieuw.definitie) if oud is not None and nieuw is not None else None
    return render_template(
        "checklists/vergelijken.html",
        checklist=checklist,
        versies=versies,
        oud=oud,
        nieuw=nieuw,
        verschil=verschil,
        telling=verschil.telling() if verschil is not None else {},
        statussen=VERSIESTATUS,
    )


def _gekozen(versies: Any, naam: str) -> Checklistversie | None:
    """The version of this checklist that a query parameter names; NietGevonden when it is none of them."""
    gevraagd = request.args.get(naam, "")
    if not gevraagd:
        return None
    for versie in versies:
        if str(versie.uid) == gevraagd:
            gekozen: Checklistversie = versie
            return gekozen
    raise NietGevonden("De versie bestaat niet, of u mag haar niet zien.")
