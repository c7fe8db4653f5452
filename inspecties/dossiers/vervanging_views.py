"""Who decides on what today, and who stands in for whom."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor, systeem
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import Rol, rol_mag
from inspecties.database import db, haal
from inspecties.dossiers import vervanging
from inspecties.dossiers.kabinet_forms import AmbtForm, VervangForm
from inspecties.dossiers.models_kabinet import Ambtsbekleding, Vervanging
from inspecties.dossiers.rules.gevolgen import instrumenten
from inspecties.dossiers.rules.toestanden import SOORTEN
from inspecties.web.formulieren import keuzes
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("vervanging", __name__)

Antwoord = WerkzeugResponse | tuple[str, int]


def _toon(ambt: AmbtForm | None = None, vervang_: VervangForm | None = None, status: int = 200) -> tuple[str, int]:
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    vandaag, tabel = lokale_datum(nu), vervanging.mandaattabel()
    leden = vervanging.kabinetsleden(sessie, actor)
    bekleding = vervanging.bekledingen(sessie, actor)
    ambtform, vervangform = ambt or AmbtForm(formdata=None), vervang_ or VervangForm(formdata=None)
    ambtform.ambt.choices = keuzes(((a.code, a.naam.capitalize()) for a in tabel.ambten.values()), "Kies")
    ambtform.gebruiker.choices = keuzes(leden, "Kies")
    te_regelen = [b for b in bekleding if b.tot is None and vervanging.mag_regelen(actor, b)]
    vervangform.bekleding.choices = keuzes(
        ((str(b.uid), f"{b.gebruiker.naam}, {tabel.ambten[b.ambt].naam}") for b in te_regelen), "Kies"
    )
    vervangform.vervanger.choices = keuzes(leden, "Kies")
    leg_vast(sessie, actor, nu, "vervanging_gelezen", "gemeente", str(actor.gemeente_id))
    uit = render_template(
        "dossiers/vervanging.html",
        ambtform=ambtform,
        vervangform=vervangform,
        bekledingen=bekleding,
        vervangingen=vervanging.vervangingen(sessie, actor),
        te_regelen=te_regelen,
        mag_ambten=rol_mag(actor.rol, "ambten.vastleggen"),
        bij_kabinet=actor.rol is Rol.KABINET,
        mag_regelen=lambda b: vervanging.mag_regelen(actor, b),
        vastgelegd=vervanging.ambten_vastgelegd(sessie, systeem(actor.gemeente_id)),
        ambten=tabel.ambten,
        regels=[r for r in tabel.regels if r.geldt(vandaag)],
        wie=tabel.wie,
        soorten=SOORTEN,
        instrumenten=instrumenten(),
        vandaag=vandaag,
        nu=nu,
    )
    sessie.commit()
    return uit, status


@bp.get("/kabinet/vervanging")
@vereist("vervanging.regelen")
def overzicht() -> Antwoord:
    """The rules, the offices and the deputies on one page."""
    return _toon()


Formulieren = AmbtForm | VervangForm


def _bewaar(form: Formulieren, doe: Callable[[Session, Actor, datetime], object], gelukt: str) -> Antwoord:
    """One act of a form: store and say so, or show the page again with the message at its field."""
    sessie = db.session()

    def opnieuw(status: int) -> Antwoord:
        ambt, vervang_ = (form, None) if isinstance(form, AmbtForm) else (None, form)
        return _toon(ambt, vervang_, status)

    if not form.validate_on_submit():
        return opnieuw(422)
    try:
        doe(sessie, huidige_actor(), klok().nu())
    except (OngeldigeInvoer, Conflict) as fout:
        sessie.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return opnieuw(fout.status)
    sessie.commit()
    flash(gelukt, "succes")
    return redirect(url_for("vervanging.overzicht"))


@bp.post("/kabinet/vervanging")
@vereist("vervanging.regelen")
def vervang() -> Antwoord:
    """Lay down who stands in."""
    form = VervangForm()
    form.bekleding.choices = form.vervanger.choices = []

    def doe(sessie: Session, actor: Actor, nu: datetime) -> object:
        if not form.bekleding.data:
            raise OngeldigeInvoer("Kies wie er afwezig is.", "bekleding")
        rij = haal(sessie, actor, Ambtsbekleding, form.bekleding.data, "Dit ambt")
        dagen = form.van.data, form.tot.data
        return vervanging.vervang(sessie, actor, nu, rij, form.vervanger.data or "", *dagen, form.grond.data or "")

    return _bewaar(form, doe, "De vervanging is vastgelegd.")


@bp.post("/kabinet/vervanging/<uuid:uid>/intrekken")
@vereist("vervanging.regelen")
def trek_in(uid: str) -> Antwoord:
    """A replacement ends now."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    vervanging.trek_in(sessie, actor, nu, haal(sessie, actor, Vervanging, uid, "De vervanging"))
    sessie.commit()
    flash("De vervanging is ingetrokken.", "succes")
    return redirect(url_for("vervanging.overzicht"))


@bp.post("/kabinet/ambten")
@vereist("ambten.vastleggen")
def geef_ambt() -> Antwoord:
    """Lay down who holds an office."""
    form = AmbtForm()
    form.ambt.choices = form.gebruiker.choices = []

    def doe(sessie: Session, actor: Actor, nu: datetime) -> object:
        wie, ambt, grond = form.gebruiker.data or "", form.ambt.data or "", form.grond.data or ""
        return vervanging.geef_ambt(sessie, actor, nu, wie, ambt, form.van.data, grond)

    return _bewaar(form, doe, "Het ambt is vastgelegd.")


@bp.post("/kabinet/ambten/<uuid:uid>/beeindigen")
@vereist("ambten.vastleggen")
def beeindig_ambt(uid: str) -> Antwoord:
    """Somebody no longer holds an office."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    vervanging.beeindig_ambt(sessie, actor, nu, haal(sessie, actor, Ambtsbekleding, uid, "Dit ambt"))
    sessie.commit()
    flash("Het ambt is beëindigd.", "succes")
    return redirect(url_for("vervanging.overzicht"))
