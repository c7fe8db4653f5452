"""The page of a bestuurlijke boete: what stands in its way, the term, and imposing it or not."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.core.fouten import Conflict, NietGevonden, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.database import db
from inspecties.dossiers import boetes, wonen
from inspecties.dossiers.besluitteksten import boetetekst, feiten_van, regel_van, staat_in
from inspecties.dossiers.last_forms import AfzienForm, BoeteForm, OplegForm
from inspecties.dossiers.lasten import neem_over as neem_over_in_concept
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_last import Boete
from inspecties.dossiers.pagina import DOELEN
from inspecties.dossiers.rules.bedrag import lees_euro, schrijf_euro
from inspecties.dossiers.rules.boete import STANDEN, is_zwaar, ontbreekt
from inspecties.dossiers.rules.wachten import termijn
from inspecties.dossiers.werk import OPEN, leg_dossier_vast
from inspecties.dossiers.wonen_views import lees_dossier
from inspecties.web.formulieren import Formulier, keuzes
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("boete", __name__)

Antwoord = WerkzeugResponse | tuple[str, int]


def _boete(dossier: Dossier) -> Boete | None:
    return boetes.boete_van(db.session(), huidige_actor(), dossier)


def _toon(
    uid: str, status: int = 200, melding: str = "", afzien: AfzienForm | None = None, open_: bool = False
) -> tuple[str, int]:
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier = lees_dossier(uid)
    leg_dossier_vast(sessie, actor, nu, dossier, "dossier_gelezen", doel=DOELEN[actor.rol], deel="boete")
    boete, vandaag, grens = _boete(dossier), lokale_datum(nu), wonen.boetegrens()
    feiten = feiten_van(boete) if boete else None
    mag = rol_mag(actor.rol, "dossiers.bewerken")
    versie = boete.versie if boete else 0
    if afzien is None:
        afzien = AfzienForm(formdata=None, versie=versie)
    else:
        afzien.zet_versie(versie)
    uit = render_template(
        "dossiers/last_boete.html",
        dossier=dossier,
        boete=boete,
        regel=regel_van(boete) if boete else None,
        standen=STANDEN,
        ontbreekt=ontbreekt(feiten, grens, vandaag) if feiten and boete and boete.stand == "ontwerp" else [],
        zwaar=is_zwaar(feiten.maximum_cent, grens) if feiten else False,
        grens=grens,
        duur=termijn(boete.termijn.einde_datum, vandaag) if boete and boete.termijn else None,
        te_laat=boetes.te_laat(boete, boete.besloten_op or vandaag) if boete else "",
        opleg=OplegForm(formdata=None, versie=versie),
        afzien=afzien,
        afzien_open=open_,
        melding=melding,
        over_te_nemen=tekst
        if boete and boete.stand == "ontwerp" and not staat_in(tekst := boetetekst(boete), dossier.concept_besluit)
        else "",
        mag=mag and dossier.toestand != "afgesloten",
        mag_opstellen=mag and dossier.toestand in OPEN,
        euro=schrijf_euro,
    )
    sessie.commit()
    return uit, status


@bp.get("/dossiers/<uuid:uid>/boete")
@vereist("dossiers.lezen")
def toon(uid: str) -> tuple[str, int]:
    """The fine as it stands, with what is still missing."""
    return _toon(uid)


def _formulier(boete: Boete | None) -> BoeteForm:
    if boete is None:
        return BoeteForm(formdata=None)
    afwijkend = boete.bedrag_cent != regel_van(boete).bedrag(boete.herhaling)
    return BoeteForm(
        formdata=None,
        versie=boete.versie,
        code=boete.regel["code"],
        herhaling=boete.herhaling,
        feit=boete.feit,
        overtreding_op=boete.overtreding_op,
        rapport_op=boete.rapport_op,
        verhoor_op=boete.verhoor_op,
        cautie=boete.cautie,
        zienswijze_gevraagd_op=boete.zienswijze_gevraagd_op,
        zienswijze_tot=boete.zienswijze_tot,
        strafzaak=boete.strafzaak,
        bedrag=schrijf_euro(boete.bedrag_cent).removeprefix("€ ") if afwijkend else "",
        reden_bedrag=boete.reden_bedrag,
    )


def _toon_opstellen(
    uid: str, form: BoeteForm, status: int = 200, staat_er: list[tuple[str, str]] | None = None
) -> tuple[str, int]:
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier = lees_dossier(uid)
    if dossier.toestand not in OPEN:
        raise Conflict("Dit dossier ligt vast. Haal het eerst terug als er iets moet veranderen.")
    leg_dossier_vast(sessie, actor, nu, dossier, "dossier_gelezen", doel=DOELEN[actor.rol], deel="boete")
    bedragen = boetes.bedragen(sessie, actor, lokale_datum(nu))
    form.code.choices = keuzes(
        (
            (b.code, f"{b.naam}: {schrijf_euro(b.bedrag_cent)}, bij herhaling {schrijf_euro(b.herhaling_cent)}")
            for b in bedragen.values()
        ),
        "Kies een overtreding",
    )
    uit = render_template(
        "dossiers/last_boete_opstellen.html", dossier=dossier, form=form, bedragen=bedragen, staat_er=staat_er or []
    )
    sessie.commit()
    return uit, status


@bp.get("/dossiers/<uuid:uid>/boete/opstellen")
@vereist("dossiers.bewerken")
def opstellen(uid: str) -> tuple[str, int]:
    """The form of the fine."""
    return _toon_opstellen(uid, _formulier(_boete(lees_dossier(uid))))


@bp.post("/dossiers/<uuid:uid>/boete/opstellen")
@vereist("dossiers.bewerken")
def bewaar(uid: str) -> Antwoord:
    """Store the fine in preparation."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier, form = lees_dossier(uid), BoeteForm()
    if not form.validate_on_submit():
        return _toon_opstellen(uid, form, 422)
    try:
        boetes.bewaar_boete(sessie, actor, nu, dossier, _gegevens(form))
    except (OngeldigeInvoer, Conflict) as fout:
        sessie.rollback()
        return _toon_opstellen(uid, form, fout.status, form.meld(fout))
    sessie.commit()
    flash("De boete is bewaard.", "succes")
    return redirect(url_for("boete.toon", uid=uid))


def _gegevens(form: BoeteForm) -> boetes.Boetegegevens:
    eigen: Any = (form.bedrag.data or "").strip()
    return boetes.Boetegegevens(
        code=form.code.data,
        feit=form.feit.data,
        herhaling=form.herhaling.data,
        bedrag_cent=lees_euro(eigen) if eigen else None,
        reden_bedrag=form.reden_bedrag.data or "",
        overtreding_op=form.overtreding_op.data,
        rapport_op=form.rapport_op.data,
        verhoor_op=form.verhoor_op.data,
        cautie=form.cautie.data,
        zienswijze_gevraagd_op=form.zienswijze_gevraagd_op.data,
        zienswijze_tot=form.zienswijze_tot.data,
        strafzaak=form.strafzaak.data or "",
        versie=form.versie.data or 0,
    )


@bp.post("/dossiers/<uuid:uid>/boete/concept")
@vereist("dossiers.bewerken")
def neem_over(uid: str) -> Antwoord:
    """Put the fine in the concept-besluit: what the cabinet approves is the text."""
    boete, sessie = _neem(uid), db.session()
    if not Formulier().validate_on_submit():
        return _toon(uid, 422, "Deze pagina stond te lang open. Probeer het opnieuw.")
    erbij = neem_over_in_concept(sessie, huidige_actor(), klok().nu(), boete.dossier, boetetekst(boete))
    sessie.commit()
    flash("De boete staat nu in het concept-besluit." if erbij else "Dit stond er al.", "succes")
    return redirect(url_for("boete.toon", uid=uid))


def _neem(uid: str) -> Boete:
    boete = _boete(lees_dossier(uid))
    if boete is None:
        raise NietGevonden("In dit dossier staat geen boete.")
    return boete


@bp.post("/dossiers/<uuid:uid>/boete/opleggen")
@vereist("dossiers.bewerken")
def leg_op(uid: str) -> Antwoord:
    """Impose the fine that the cabinet approved."""
    boete, form, sessie = _neem(uid), OplegForm(), db.session()
    if not form.validate_on_submit():
        return _toon(uid, 422, "Deze pagina stond te lang open. Probeer het opnieuw.")
    try:
        boetes.leg_op(sessie, huidige_actor(), klok().nu(), boete, versie=form.versie.data)
    except (OngeldigeInvoer, Conflict) as fout:
        sessie.rollback()
        return _toon(uid, fout.status, fout.melding)
    sessie.commit()
    flash("De boete is opgelegd.", "succes")
    return redirect(url_for("boete.toon", uid=uid))


@bp.post("/dossiers/<uuid:uid>/boete/afzien")
@vereist("dossiers.bewerken")
def zie_af(uid: str) -> Antwoord:
    """No fine, with the reason."""
    boete, form, sessie = _neem(uid), AfzienForm(), db.session()
    if not form.validate_on_submit():
        return _toon(uid, 422, afzien=form, open_=True)
    try:
        boetes.zie_af(sessie, huidige_actor(), klok().nu(), boete, form.reden.data, versie=form.versie.data)
    except (OngeldigeInvoer, Conflict) as fout:
        sessie.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return _toon(uid, fout.status, afzien=form, open_=True)
    sessie.commit()
    flash("Vastgelegd dat er geen boete komt.", "succes")
    return redirect(url_for("boete.toon", uid=uid))
