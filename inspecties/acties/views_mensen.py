"""Pages of who takes part: partner organisations and teams. On the blueprint of actions."""

from collections.abc import Sequence
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from inspecties.acties import operations, operations_stops, queries
from inspecties.acties.forms import DOET_NIET_MEE, MetVersie, partnerkeuzes
from inspecties.acties.models import Ploeg
from inspecties.acties.operations import PloegGegevens
from inspecties.acties.partnerkennis import partnerkennis
from inspecties.acties.queries import Mens
from inspecties.acties.views import Pagina, bp, haal_actie, namen
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.ids import lees_id
from inspecties.core.zoeken import is_op_te_slaan
from inspecties.database import db
from inspecties.web.poort import huidige_actor, klok, vereist

__all__ = ["bp"]

# Blank teams below the ones that are there.
EXTRA_PLOEGEN = 2
HOOGSTE_NUMMER = 51


@bp.route("/<uuid:uid>/partners", methods=["GET", "POST"])
@vereist("acties.plannen")
def partners(uid: UUID) -> Pagina:
    """Which organisations take part and what they answered."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    actie = haal_actie(uid)
    organisaties = queries.organisaties(sessie, actor)
    form = MetVersie()
    status = 200
    if form.validate_on_submit():
        gevraagd = {o.id: request.form.get(f"partner-{o.uid}", DOET_NIET_MEE) for o in organisaties}
        try:
            operations.controleer_versie(actie, form.gezien)
            operations.zet_partners(sessie, actor, nu, actie, {o: s for o, s in gevraagd.items() if s != DOET_NIET_MEE})
        except (Conflict, OngeldigeInvoer) as fout:
            sessie.rollback()
            form.meld_fout(None, fout.melding)
            actie, status = haal_actie(uid), fout.status
            organisaties = queries.organisaties(sessie, actor)
        else:
            sessie.commit()
            flash("De partners zijn opgeslagen.", "succes")
            return redirect(url_for("acties.toon", uid=uid))
    form.versie.data = str(actie.versie)
    stand = {d.organisatie_id: d.status for d in queries.deelnames_van(sessie, actor, actie)}
    pagina = render_template(
        "acties/partners.html",
        actie=actie,
        form=form,
        organisaties=organisaties,
        stand=stand,
        kennis=partnerkennis(sessie, actor, actie, organisaties),
        keuzes=partnerkeuzes(),
        **namen(),
    )
    return pagina, status


def lees_ploegen(formulier: MultiDict[str, str], mensen: Sequence[Mens]) -> list[PloegGegevens]:
    """The teams in a form: ``ploeg-<n>`` (name), ``ploeg-<n>-uid``, ``ploeg-<n>-lid`` (uids); empty ones are left out.

    Raises OngeldigeInvoer for people without a team name, and for somebody who is not in the list.
    """
    ids = {str(mens.uid): mens.gebruiker_id for mens in mensen}
    uit = []
    for nummer in range(1, HOOGSTE_NUMMER):
        naam = formulier.get(f"ploeg-{nummer}")
        if naam is None:
            break
        gekozen = formulier.getlist(f"ploeg-{nummer}-lid")
        if any(uid not in ids for uid in gekozen) or not is_op_te_slaan(naam):
            raise OngeldigeInvoer("Kies mensen uit de lijst. Iemand die u koos, kan niet meer in een ploeg.", "leden")
        if naam.strip():
            uid = lees_id(formulier.get(f"ploeg-{nummer}-uid", ""))
            uit.append(PloegGegevens(naam, tuple(ids[uid] for uid in gekozen), uid))
        elif gekozen:
            raise OngeldigeInvoer("Geef elke ploeg met mensen een naam, zoals 'Ploeg B'.", f"ploeg-{nummer}")
    return uit


def _vrije_naam(bezet: set[str]) -> str:
    vrij = (f"Ploeg {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if f"Ploeg {letter}" not in bezet)
    return next(vrij, "")


def _vakken(ploegen: Sequence[Ploeg]) -> list[dict[str, object]]:
    """The fieldsets of the form: what was typed when something was wrong, else what is stored; then blank ones."""
    if request.method == "POST":
        return [
            {
                "uid": request.form.get(f"ploeg-{n}-uid", ""),
                "naam": request.form[f"ploeg-{n}"],
                "leden": set(request.form.getlist(f"ploeg-{n}-lid")),
            }
            for n in range(1, HOOGSTE_NUMMER)
            if f"ploeg-{n}" in request.form
        ]
    vakken: list[dict[str, object]] = [
        {"uid": str(p.uid), "naam": p.naam, "leden": {str(lid.gebruiker.uid) for lid in p.leden}} for p in ploegen
    ]
    if not vakken:
        vakken.append({"uid": "", "naam": _vrije_naam(set()), "leden": set()})
    return vakken + [{"uid": "", "naam": "", "leden": set()} for _ in range(EXTRA_PLOEGEN)]


@bp.route("/<uuid:uid>/ploegen", methods=["GET", "POST"])
@vereist("acties.plannen")
def ploegen(uid: UUID) -> Pagina:
    """Who goes with whom. With one team, stops without a team go to it."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    actie = haal_actie(uid)
    operations.eis_concept(actie)
    mensen = queries.mensen_voor_ploegen(sessie, actor)
    form = MetVersie()
    status = 200
    if form.validate_on_submit():
        try:
            operations.controleer_versie(actie, form.gezien)
            operations.zet_ploegen(sessie, actor, nu, actie, lees_ploegen(request.form, mensen))
            operations_stops.verdeel_over_enige_ploeg(sessie, actor, nu, actie)
        except (Conflict, OngeldigeInvoer) as fout:
            sessie.rollback()
            form.meld_fout(None, fout.melding)
            actie, status = haal_actie(uid), fout.status
        else:
            sessie.commit()
            flash("De ploegen zijn opgeslagen.", "succes")
            return redirect(url_for("acties.stops", uid=uid))
    form.versie.data = str(actie.versie)
    pagina = render_template(
        "acties/ploegen.html",
        actie=actie,
        form=form,
        vakken=_vakken(queries.ploegen_van_actie(sessie, actor, actie)),
        mensen=mensen,
        mee={d.organisatie_id for d in queries.deelnames_van(sessie, actor, actie) if d.status != "afgezegd"},
        **namen(),
    )
    return pagina, status
