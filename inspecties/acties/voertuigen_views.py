"""Pages of vehicles: the list of the gemeente, and which team of an action takes which."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import BooleanField, IntegerField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from inspecties.acties import voertuigen
from inspecties.acties.boekingen import botsingen_van
from inspecties.acties.forms import MetVersie
from inspecties.acties.models import Actie
from inspecties.acties.models_boeking import Voertuig
from inspecties.acties.operations import eis_concept
from inspecties.acties.queries import ploegen_van_actie
from inspecties.acties.rules.boeking import ZITPLAATSEN_HOOGSTENS
from inspecties.acties.views import haal_actie, namen
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.ids import lees_id
from inspecties.database import db, haal, select_voor
from inspecties.web.formulieren import Formulier
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("voertuigen", __name__)

Pagina = str | Response | tuple[str, int]


class VoertuigForm(Formulier):
    """A car or van."""

    naam = StringField(
        "Naam",
        validators=[
            DataRequired("Geef het voertuig een naam, zoals Bus 1."),
            Length(max=60, message="Hoogstens 60 tekens."),
        ],
    )
    kenteken = StringField(
        "Kenteken",
        validators=[Optional(), Length(max=20, message="Schrijf het kenteken als V-123-AB.")],
        description="Alleen de coördinator ziet dit.",
    )
    zitplaatsen = IntegerField(
        "Zitplaatsen, met de bestuurder",
        default=5,
        validators=[
            InputRequired("Vul een getal in, zoals 5."),
            NumberRange(1, ZITPLAATSEN_HOOGSTENS, message=f"Vul een getal in van 1 tot {ZITPLAATSEN_HOOGSTENS}."),
        ],
    )
    actief = BooleanField("In gebruik", default=True)


def _voertuigen(sessie: Session, actor: Actor) -> list[Voertuig]:
    return list(sessie.scalars(select_voor(actor, Voertuig).order_by(Voertuig.actief.desc(), Voertuig.naam)))


@bp.route("/acties/voertuigen", methods=["GET", "POST"])
@vereist("voertuigen.beheren")
def lijst() -> Pagina:
    """All vehicles, and a new one."""
    return _bewerk(None)


@bp.route("/acties/voertuigen/<uuid:uid>", methods=["GET", "POST"])
@vereist("voertuigen.beheren")
def wijzigen(uid: UUID) -> Pagina:
    """Change one."""
    return _bewerk(haal(db.session(), huidige_actor(), Voertuig, uid, "Dit voertuig"))


def _bewerk(rij: Voertuig | None) -> Pagina:
    actor, sessie = huidige_actor(), db.session()
    form = VoertuigForm(obj=rij)
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            voertuigen.bewaar_voertuig(
                sessie,
                actor,
                klok().nu(),
                rij,
                form.naam.data,
                form.kenteken.data or "",
                form.zitplaatsen.data,
                actief=bool(form.actief.data),
            )
        except (Conflict, OngeldigeInvoer) as fout:
            sessie.rollback()
            form.meld_fout(fout.veld, fout.melding)
            status = fout.status
        else:
            sessie.commit()
            flash("Het voertuig is opgeslagen.", "succes")
            return redirect(url_for("voertuigen.lijst"))
    return render_template("acties/voertuigen.html", rijen=_voertuigen(sessie, actor), rij=rij, form=form), status


@bp.route("/acties/<uuid:uid>/voertuigen", methods=["GET", "POST"])
@vereist("acties.plannen")
def actie(uid: UUID) -> Pagina:
    """Which team takes which vehicle."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    rij = haal_actie(uid)
    eis_concept(rij)
    form = MetVersie()
    status, gekozen = 422 if form.is_submitted() else 200, _stand(sessie, actor, rij)
    if form.validate_on_submit():
        keuze = {p.uid: _uids(f"voertuig-{p.uid}") for p in ploegen_van_actie(sessie, actor, rij)}
        try:
            voertuigen.zet_voertuigen(sessie, actor, nu, rij, keuze, form.gezien)
        except (Conflict, OngeldigeInvoer) as fout:
            sessie.rollback()
            form.meld_fout(None, fout.melding)
            rij, status, gekozen = haal_actie(uid), fout.status, {k: set(v) for k, v in keuze.items()}
        else:
            sessie.commit()
            flash("De voertuigen zijn opgeslagen.", "succes")
            return redirect(url_for("acties.toon", uid=uid))
    form.versie.data = str(rij.versie)
    bezet = {b.bron.id: zin for b, zin in botsingen_van(sessie, actor, rij) if b.bron.soort == "voertuig"}
    return render_template(
        "acties/voertuigen_actie.html",
        actie=rij,
        ploegen=ploegen_van_actie(sessie, actor, rij),
        voertuigen=_voertuigen(sessie, actor),
        gekozen=gekozen,
        bezet=bezet,
        form=form,
        **namen(),
    ), status


def _uids(veld: str) -> list[UUID]:
    return [uid for uid in map(lees_id, request.form.getlist(veld)) if uid]


def _stand(sessie: Session, actor: Actor, rij: Actie) -> dict[UUID, set[Any]]:
    per_ploeg = voertuigen.voertuigen_van(sessie, actor, rij)
    return {p.uid: {v.uid for v in per_ploeg.get(p.id, [])} for p in rij.ploegen}
