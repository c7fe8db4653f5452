"""The page of lasten: what a last orders, how it runs, what was forfeited, and the acts on it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, NietGevonden, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.database import db, haal
from inspecties.dossiers import last_daden, lasten, verbeurtes
from inspecties.dossiers.besluitnemers import besluitnemer_in, besluitnemers_van, in_woorden
from inspecties.dossiers.besluitteksten import lasttekst, staat_in
from inspecties.dossiers.last_beeld import Lastbeeld, lastbeelden
from inspecties.dossiers.last_forms import LastForm
from inspecties.dossiers.models_last import CONTROLEUITKOMSTEN, Last
from inspecties.dossiers.pagina import DOELEN
from inspecties.dossiers.rules.bedrag import lees_euro, schrijf_euro
from inspecties.dossiers.rules.last import EENHEDEN, EINDGRONDEN, INVORDERDADEN, LASTSOORTEN, SPOED, STANDEN
from inspecties.dossiers.werk import OPEN, leg_dossier_vast
from inspecties.dossiers.wonen_views import lees_dossier
from inspecties.termijnen.rules.duur import Duur
from inspecties.web.formulieren import Formulier
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("last", __name__)

Antwoord = WerkzeugResponse | tuple[str, int]


@dataclass
class _Open:
    """The form that is open on the page, with the last that it is about."""

    last: str
    daad: str
    form: Formulier


def _render(
    uid: str, open_: _Open | None = None, status: int = 200, staat_er: list[tuple[str, str]] | None = None
) -> tuple[str, int]:
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier = lees_dossier(uid)
    leg_dossier_vast(sessie, actor, nu, dossier, "dossier_gelezen", doel=DOELEN[actor.rol], deel="last")
    beelden = lastbeelden(sessie, actor, nu, dossier)
    nemers = besluitnemers_van(sessie, actor, dossier)
    mag = rol_mag(actor.rol, "dossiers.bewerken") and dossier.toestand != "afgesloten"
    if open_ is not None:
        beeld = next((b for b in beelden if str(b.last.uid) == open_.last), None)
        if beeld is not None:
            # The next attempt starts from what stands there now, which the page shows.
            open_.form.zet_versie(beeld.last.versie)
            last_daden.vul_keuzes(open_.form, beeld)
    uit = render_template(
        "dossiers/last.html",
        dossier=dossier,
        beelden=beelden,
        open=open_,
        mag=mag,
        mag_opstellen=mag
        and dossier.toestand in OPEN
        and not any(b.last.stand in {"ontwerp", "van_kracht"} for b in beelden)
        and not {b.last.soort for b in beelden} >= set(LASTSOORTEN),
        opbouw=dossier.toestand in OPEN,
        soorten=LASTSOORTEN,
        standen=STANDEN,
        eenheden=EENHEDEN,
        spoed=SPOED,
        eindgronden=EINDGRONDEN,
        daadnamen=last_daden.DAADNAMEN,
        invorderdaden=INVORDERDADEN,
        uitkomsten=CONTROLEUITKOMSTEN,
        procedures=verbeurtes.PROCEDURES,
        euro=schrijf_euro,
        duur=lambda tekst: Duur.lees(tekst).in_woorden,
        staat_er=staat_er or [],
        vandaag=lokale_datum(nu),
        over_te_nemen={
            b.last.id: tekst
            for b in beelden
            if b.last.stand == "ontwerp" and not staat_in(tekst := lasttekst(b.last), dossier.concept_besluit)
        },
        door_wie=lambda soort, uid: in_woorden(besluitnemer_in(nemers, soort, uid)),
        eigen_besluiten=last_daden.EIGEN_BESLUITEN,
        ziet_bezoek=rol_mag(actor.rol, "bezoeken.lezen"),
    )
    sessie.commit()
    return uit, status


def _beeld(uid: str, last_uid: str) -> Lastbeeld:
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier = lees_dossier(uid)
    for beeld in lastbeelden(sessie, actor, nu, dossier):
        if str(beeld.last.uid) == last_uid:
            return beeld
    raise NietGevonden("Deze last staat niet in dit dossier.")


@bp.get("/dossiers/<uuid:uid>/last")
@vereist("dossiers.lezen")
def toon(uid: str) -> tuple[str, int]:
    """All lasten of a dossier; ``doe`` with ``last`` opens the form of one act."""
    daad, last_uid = request.args.get("doe", ""), request.args.get("last", "")
    if daad not in last_daden.DADEN or not last_uid or not rol_mag(huidige_actor().rol, "dossiers.bewerken"):
        return _render(uid)
    beeld = _beeld(uid, last_uid)
    if daad not in beeld.daden:
        return _render(uid)
    form = last_daden.DADEN[daad].leeg(beeld, request.args)
    return _render(uid, _Open(last_uid, daad, form))


def _opstelform(last: Last) -> LastForm:
    return LastForm(
        formdata=None,
        versie=last.versie,
        soort=last.soort,
        overtreding=last.overtreding,
        artikel=last.artikel,
        maatregelen=last.maatregelen,
        duur=last.begunstiging_duur,
        eenheid=last.eenheid,
        bedrag=schrijf_euro(last.bedrag_cent).removeprefix("€ ") if last.bedrag_cent else "",
        maximum=schrijf_euro(last.maximum_cent).removeprefix("€ ")
        if last.maximum_cent and last.eenheid != "ineens"
        else "",
        spoed=last.spoed,
        kosten=last.kosten_aangekondigd,
    )


def _toon_opstellen(
    uid: str, form: LastForm, status: int = 200, staat_er: list[tuple[str, str]] | None = None
) -> tuple[str, int]:
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier = lees_dossier(uid)
    if dossier.toestand not in OPEN:
        raise Conflict("Dit dossier ligt vast. Haal het eerst terug als er iets moet veranderen.")
    leg_dossier_vast(sessie, actor, nu, dossier, "dossier_gelezen", doel=DOELEN[actor.rol], deel="last")
    uit = render_template("dossiers/last_opstellen.html", dossier=dossier, form=form, staat_er=staat_er or [])
    sessie.commit()
    return uit, status


def _ontwerp(uid: str) -> Last | None:
    rijen = lasten.lasten_van(db.session(), huidige_actor(), lees_dossier(uid))
    return next((x for x in rijen if x.stand == "ontwerp"), None)


@bp.get("/dossiers/<uuid:uid>/last/opstellen")
@vereist("dossiers.bewerken")
def opstellen(uid: str) -> tuple[str, int]:
    """The form of the last that is being prepared."""
    last = _ontwerp(uid)
    return _toon_opstellen(uid, _opstelform(last) if last else LastForm(formdata=None, soort="dwangsom"))


@bp.post("/dossiers/<uuid:uid>/last/opstellen")
@vereist("dossiers.bewerken")
def bewaar(uid: str) -> Antwoord:
    """Store what the last will order."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier, form, last = lees_dossier(uid), LastForm(), _ontwerp(uid)
    if not form.validate_on_submit():
        return _toon_opstellen(uid, form, 422)
    try:
        wat = lasten.Lastgegevens(
            soort=form.soort.data,
            overtreding=form.overtreding.data,
            maatregelen=form.maatregelen.data,
            artikel=form.artikel.data,
            begunstiging_duur=form.duur.data or "",
            spoed=form.spoed.data or "",
            eenheid=form.eenheid.data or "",
            bedrag_cent=lees_euro(form.bedrag.data) if (form.bedrag.data or "").strip() else None,
            maximum_cent=lees_euro(form.maximum.data, "maximum") if (form.maximum.data or "").strip() else None,
            kosten_aangekondigd=form.kosten.data,
            versie=form.versie.data or 0,
        )
        lasten.bewaar_last(sessie, actor, nu, dossier, wat, last)
    except (OngeldigeInvoer, Conflict) as fout:
        sessie.rollback()
        return _toon_opstellen(uid, form, fout.status, form.meld(fout))
    sessie.commit()
    flash("De last is bewaard.", "succes")
    return redirect(url_for("last.toon", uid=uid))


@bp.post("/dossiers/<uuid:uid>/last/concept")
@vereist("dossiers.bewerken")
def neem_over(uid: str) -> Antwoord:
    """Put the last in the concept-besluit: what the cabinet approves is the text."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier, last = lees_dossier(uid), _ontwerp(uid)
    if not Formulier().validate_on_submit() or last is None:
        flash("Er is niets overgenomen. Probeer het opnieuw.", "fout")
        return redirect(url_for("last.toon", uid=uid))
    erbij = lasten.neem_over(sessie, actor, nu, dossier, lasttekst(last))
    sessie.commit()
    flash("De last staat nu in het concept-besluit." if erbij else "Dit stond er al.", "succes")
    return redirect(url_for("last.toon", uid=uid))


@bp.post("/dossiers/<uuid:uid>/last/<uuid:last_uid>/<daad>")
@vereist("dossiers.bewerken")
def doe(uid: str, last_uid: str, daad: str) -> Antwoord:
    """One act on a last: made known, checked, collected, lifted and so on."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    soort = last_daden.DADEN.get(daad)
    if soort is None:
        raise NietGevonden("Dit kan niet met een last.")
    dossier = lees_dossier(uid)
    last = haal(sessie, actor, Last, last_uid, "De last")
    if last.dossier_id != dossier.id:
        raise NietGevonden("Deze last staat niet in dit dossier.")
    form = soort.form()
    beeld = _beeld(uid, str(last_uid))
    last_daden.vul_keuzes(form, beeld)
    open_ = _Open(str(last_uid), daad, form)
    if not form.validate_on_submit():
        return _render(uid, open_, 422)
    doe_het: Callable[[Session, Actor, Any, Lastbeeld, Any], str] = soort.doe
    try:
        zin = doe_het(sessie, actor, nu, beeld, form)
    except (OngeldigeInvoer, Conflict) as fout:
        sessie.rollback()
        return _render(uid, open_, fout.status, form.meld(fout))
    sessie.commit()
    flash(zin, "succes")
    return redirect(url_for("last.toon", uid=uid))
