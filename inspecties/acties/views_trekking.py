"""Pages of drawing stops by lot: prepare, draw, give up, and the record that anybody can repeat."""

from uuid import UUID

from flask import Response as Antwoord
from flask import flash, json, redirect, render_template, url_for

from inspecties.acties import operations, trekking
from inspecties.acties.forms import MetVersie
from inspecties.acties.forms_stops import RedenForm, TrekkingForm
from inspecties.acties.models import Actie
from inspecties.acties.models_trekking import Trekking
from inspecties.acties.rules.trekking import TREKKING_NAMEN
from inspecties.acties.soorten import actiesoorten
from inspecties.acties.stops_paneel import telling
from inspecties.acties.views import Pagina, bp, haal_actie, namen
from inspecties.core.fouten import Conflict, NietGevonden, OngeldigeInvoer
from inspecties.database import db, haal
from inspecties.locaties.gebieden import gebieden_van
from inspecties.locaties.queries import typen_in_gebruik
from inspecties.locaties.rules.gebied import GEBIEDSOORTEN
from inspecties.web.formulieren import keuzes
from inspecties.web.poort import huidige_actor, klok, vereist

__all__ = ["bp"]

TREKKING_TOON = {"klaargezet": "actief", "getrokken": "goed", "vervallen": "let-op"}


def _haal(actie: Actie, uid: UUID) -> Trekking:
    rij = haal(db.session(), huidige_actor(), Trekking, uid, "Deze trekking")
    if rij.actie_id != actie.id:
        raise NietGevonden("Deze trekking hoort niet bij deze actie.")
    return rij


def _form(actie: Actie) -> TrekkingForm:
    sessie, actor = db.session(), huidige_actor()
    form = TrekkingForm(data={"procent": actiesoorten()[actie.soort].trekking_procent or None})
    form.typen.choices = keuzes((t.code, t.naam) for t in typen_in_gebruik(sessie, actor))
    gebieden = gebieden_van(sessie, actor)
    form.gebied.choices = keuzes(((str(g.uid), f"{GEBIEDSOORTEN[g.soort]}: {g.naam}") for g in gebieden), "Overal")
    return form


def _toon(actie: Actie, form: TrekkingForm | None, fout: str = "", status: int = 200) -> Pagina:
    sessie, actor = db.session(), huidige_actor()
    form = form or _form(actie)
    form.versie.data = str(actie.versie)
    rijen = trekking.trekkingen_van(sessie, actor, actie)
    return render_template(
        "acties/trekking.html",
        actie=actie,
        form=form,
        kaal=MetVersie(formdata=None),
        rijen=[(rij, trekking.uitkomst_van(sessie, actor, rij)) for rij in rijen],
        wacht=any(rij.toestand == "klaargezet" for rij in rijen),
        telling=telling(sessie, actor, actie),
        trekkingnamen=TREKKING_NAMEN,
        trekkingtoon=TREKKING_TOON,
        fout=fout,
        **namen(),
    ), status


@bp.route("/<uuid:uid>/trekking", methods=["GET", "POST"])
@vereist("acties.plannen")
def trek_stops(uid: UUID) -> Pagina:
    """The draws of an action; in concept also the form that prepares one."""
    actie = haal_actie(uid)
    form = _form(actie)
    if not form.is_submitted():
        return _toon(actie, form)
    if not form.validate_on_submit():
        return _toon(actie, form, status=422)
    vraag = trekking.Poolvraag(
        tuple(form.typen.data or ()), form.niet_bezocht_maanden.data or None, form.gebied.data or ""
    )
    # A number that was filled in counts before the share, which the form fills in by itself.
    procent = None if form.aantal.data else form.procent.data
    try:
        operations.controleer_versie(actie, form.gezien)
        trekking.zet_klaar(
            db.session(), huidige_actor(), klok().nu(), actie, vraag, procent=procent, aantal=form.aantal.data
        )
    except (Conflict, OngeldigeInvoer) as fout:
        db.session.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return _toon(haal_actie(uid), form, status=fout.status)
    db.session.commit()
    flash("De trekking staat klaar. Pool en zaad liggen nu vast.", "succes")
    return redirect(url_for("acties.trek_stops", uid=uid))


@bp.post("/<uuid:uid>/trekking/<uuid:trekking_uid>/trek")
@vereist("acties.plannen")
def trek(uid: UUID, trekking_uid: UUID) -> Pagina:
    """Draw what was prepared."""
    sessie, actie = db.session(), haal_actie(uid)
    rij, form = _haal(actie, trekking_uid), MetVersie()
    try:
        operations.controleer_versie(actie, form.gezien)
        aantal = len(trekking.trek_nu(sessie, huidige_actor(), klok().nu(), rij))
    except (Conflict, OngeldigeInvoer) as fout:
        sessie.rollback()
        return _toon(haal_actie(uid), None, fout.melding, fout.status)
    sessie.commit()
    flash("Door het lot is 1 stop gekozen." if aantal == 1 else f"Door het lot zijn {aantal} stops gekozen.", "succes")
    return redirect(url_for("acties.trek_stops", uid=uid))


@bp.post("/<uuid:uid>/trekking/<uuid:trekking_uid>/vervallen")
@vereist("acties.plannen")
def trekking_vervalt(uid: UUID, trekking_uid: UUID) -> Pagina:
    """Give up what was prepared, with a reason."""
    sessie, actie = db.session(), haal_actie(uid)
    rij, form = _haal(actie, trekking_uid), RedenForm()
    try:
        operations.controleer_versie(actie, form.gezien)
        trekking.laat_trekking_vervallen(sessie, huidige_actor(), klok().nu(), rij, form.reden.data or "")
    except (Conflict, OngeldigeInvoer) as fout:
        sessie.rollback()
        return _toon(haal_actie(uid), None, fout.melding, fout.status)
    sessie.commit()
    flash("De trekking is vervallen. Zij blijft in de lijst staan.", "succes")
    return redirect(url_for("acties.trek_stops", uid=uid))


@bp.get("/<uuid:uid>/trekking/<uuid:trekking_uid>.json")
@vereist("acties.plannen", alleen_lezen=True)
def trekking_bestand(uid: UUID, trekking_uid: UUID) -> Antwoord:
    """The file with which anybody can repeat the draw: ids, no addresses."""
    rij = _haal(haal_actie(uid), trekking_uid)
    inhoud = json.dumps(trekking.als_bestand(rij), ensure_ascii=False, indent=1)
    kop = {"Content-Disposition": f'attachment; filename="trekking-{rij.uid}.json"'}
    return Antwoord(inhoud, mimetype="application/json", headers=kop)
