"""A version as it looks on the tablet, tried out with answers, and its coverage. Nothing of this is stored."""

import json
import time
from datetime import date
from typing import Any
from uuid import UUID

from flask import Response, jsonify, render_template, request

from inspecties.checklists.models import Checklistversie
from inspecties.checklists.rules.beproeving import beproef
from inspecties.checklists.rules.blik import Context
from inspecties.checklists.rules.dekking import Dekking, Doel, bepaal_dekking
from inspecties.checklists.rules.expressies.leesbaar import als_tekst
from inspecties.checklists.rules.uitleg import Uitleg
from inspecties.checklists.rules.vorm import Knoop, loop
from inspecties.checklists.views import bp, haal_versie
from inspecties.core.fouten import InspectiesFout, OngeldigeInvoer
from inspecties.core.klok import lokaal
from inspecties.database import db
from inspecties.gebruikers.models import Gemeente
from inspecties.web.poort import huidige_actor, klok, vereist

MAX_BERICHT = 2_000_000
# Processor time of one search, in seconds: the page answers within 3.
MAX_SECONDEN = 2.0
MAX_WOORDEN = 260


class TeGroot(InspectiesFout):
    """More than a visit can hold."""

    status = 413


class Onleesbaar(InspectiesFout):
    """The body is no JSON."""

    status = 400


# -- as on the tablet


@bp.get("/checklists/versies/<uuid:uid>/voorbeeld")
@vereist("checklists.lezen", alleen_lezen=True)
def voorbeeld(uid: UUID) -> str:
    """The page that the field app's own modules fill; ``voorbeeld.js`` fetches the definition."""
    versie = haal_versie(uid)
    return render_template("checklists/voorbeeld.html", versie=versie, checklist=versie.checklist)


@bp.get("/api/checklists/versies/<uuid:uid>")
@vereist("checklists.lezen", alleen_lezen=True)
def definitie(uid: UUID) -> Response:
    """What the preview needs: the definition, the norm of the gemeente and the rules in words."""
    versie = haal_versie(uid)
    gemeente = db.session().get_one(Gemeente, huidige_actor().gemeente_id)
    return jsonify(
        {
            "id": str(versie.uid),
            "versie": versie.versie,
            "definitie": versie.definitie,
            "norm_m2_pp": gemeente.normen.get("m2_pp"),
            "vandaag": lokaal(klok().nu()).date().isoformat(),
            "uitleg": _uitleg(versie.definitie),
        }
    )


def _uitleg(definitie_: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Question -> when it is asked and when its consequence follows.

    In words; where those would be too long (calculations told in full), as the author wrote it (``relevant_regel``,
    ``gevolg_regel``).
    """
    uitleg = Uitleg(definitie_, {})
    uit: dict[str, dict[str, str]] = {}
    for knoop in loop(definitie_["kinderen"]):
        zinnen: dict[str, str] = {}
        for soort, kolom, geldt in (
            ("relevant", "relevant", "relevant" in knoop.node),
            ("gevolg", "gevolg_als", bool(knoop.node.get("gevolg"))),
        ):
            if not geldt:
                continue
            zin = uitleg.gevolg_als(knoop.naam) if soort == "gevolg" else uitleg.als(knoop.node[kolom], knoop.naam)
            if len(zin) <= MAX_WOORDEN or kolom not in knoop.node:
                zinnen[soort] = zin
            else:
                zinnen[f"{soort}_regel"] = als_tekst(knoop.node[kolom])
        if zinnen:
            uit[knoop.naam] = zinnen
    return uit


@bp.post("/api/checklists/versies/<uuid:uid>/evaluatie")
@vereist("checklists.lezen", alleen_lezen=True)
def evaluatie(uid: UUID) -> Response:
    """Evaluates answers with the Python evaluator, so that the screen can be compared with it."""
    versie = haal_versie(uid)
    bericht = _lees_bericht()
    uitkomst = beproef(
        versie.definitie, bericht.get("antwoorden", {}), _context(bericht.get("context")), bericht.get("bewijs")
    )
    return jsonify(uitkomst)


def _lees_bericht() -> dict[str, Any]:
    if (request.content_length or 0) > MAX_BERICHT:
        raise TeGroot(f"Het bericht is groter dan {MAX_BERICHT // 1_000_000} MB.")
    try:
        bericht = json.loads(request.get_data(cache=False), parse_constant=_geen_getal)
    except (ValueError, RecursionError):
        raise Onleesbaar("Het bericht is geen volledige JSON.") from None
    if not isinstance(bericht, dict):
        raise OngeldigeInvoer("Het bericht moet een JSON-object zijn.")
    return bericht


def _geen_getal(naam: str) -> Any:
    raise ValueError(naam)


def _context(gegevens: Any) -> Context:
    if not isinstance(gegevens, dict) or not all(isinstance(w, str) for w in gegevens.values()):
        raise OngeldigeInvoer("context: geef nu (een moment met tijdzone), en als u wilt vandaag en taal.", "context")
    try:
        if "vandaag" in gegevens:
            date.fromisoformat(gegevens["vandaag"])
        return Context.van(gegevens)
    except ValueError:
        raise OngeldigeInvoer(
            "context: nu is een moment met tijdzone, zoals 2026-11-21T18:00:00+01:00, en vandaag een datum.", "context"
        ) from None


# -- coverage


@bp.get("/checklists/versies/<uuid:uid>/dekking")
@vereist("checklists.lezen", alleen_lezen=True)
def dekking(uid: UUID) -> str:
    """Which questions and consequences can be reached."""
    versie = haal_versie(uid)
    einde = time.thread_time() + MAX_SECONDEN
    moment = lokaal(klok().nu()).isoformat(timespec="seconds")
    gevonden = bepaal_dekking(versie.definitie, nu=moment, mag_verder=lambda: time.thread_time() < einde)
    knopen = {knoop.naam: knoop for knoop in loop(versie.definitie["kinderen"])}
    return render_template(
        "checklists/dekking.html",
        versie=versie,
        checklist=versie.checklist,
        dekking=gevonden,
        tellingen=_tellingen(gevonden),
        delen=[
            (titel, kop, [_regel(doel, knopen, versie) for doel in gevonden.soort(soort)])
            for soort, titel, kop in (
                ("vraag", "Vragen", "Vraag"),
                ("gevolg", "Gevolgen", "Vraag en gevolg"),
                ("voorstel", "Voorstellen", "Voorstel"),
                ("keuze", "Keuzes met een filter", "Keuze"),
            )
        ],
    )


def _tellingen(gevonden: Dekking) -> dict[str, int]:
    return {u: sum(d.uitkomst == u for d in gevonden.doelen) for u in ("bereikt", "niet_gevonden", "onmogelijk")}


def _label(knoop: Knoop, taal: str) -> str:
    teksten = knoop.node.get("label", {})
    return str(teksten.get(taal) or next(iter(teksten.values()), knoop.naam))


def _regel(doel: Doel, knopen: dict[str, Knoop], versie: Checklistversie) -> dict[str, Any]:
    taal = str(versie.definitie.get("standaardtaal", "nl"))
    soort, naam, *rest = doel.sleutel
    if soort == "voorstel":
        wat, code, extra = naam.replace("_", " "), "", rest[0]
    else:
        wat, code = _label(knopen[naam], taal), naam
        extra = rest[0].replace("_", " ") if rest else ""
    redenen = [
        {**reden, "van_label": _label(knopen[reden["van"]], taal), "is_zelf": reden["van"] == naam}
        for reden in doel.redenen
    ]
    return {
        "doel": doel,
        "wat": wat,
        "code": code,
        "extra": extra,
        "redenen": redenen,
        "dag": date.fromisoformat(doel.voorbeeld.nu[:10]) if doel.voorbeeld else None,
        "voorbeeld": json.dumps(doel.voorbeeld.antwoorden, ensure_ascii=False, indent=1) if doel.voorbeeld else "",
    }
