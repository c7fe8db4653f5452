"""The page of a dossier's tracks: the line, what the next step needs, one form for it, and what was done before."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.core.fouten import Conflict, NietGevonden, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.database import db, haal
from inspecties.dossiers import operations, trajecten
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_traject import Dossiertraject
from inspecties.dossiers.pagina import DOELEN
from inspecties.dossiers.rules.gevolgen import instrument_bij
from inspecties.dossiers.rules.toestanden import DOSSIER_TABELLEN
from inspecties.dossiers.rules.traject import NERGENS
from inspecties.dossiers.tabbladen import jurist_werkt
from inspecties.dossiers.traject_beeld import Keuze, Trajectbeeld, Trajectpagina, maak_pagina
from inspecties.dossiers.traject_forms import Beginformulier, Stapformulier, Vervolgformulier, stapformulier
from inspecties.dossiers.trajecten import Trajectfouten, tabel_van
from inspecties.dossiers.werk import leg_dossier_vast
from inspecties.web.formulieren import Formulier, keuzes
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("traject", __name__)

Antwoord = WerkzeugResponse | tuple[str, int]


def _dossier(uid: str) -> Dossier:
    dossier = haal(db.session(), huidige_actor(), Dossier, uid, "Het dossier")
    if jurist_werkt(huidige_actor(), dossier):
        raise Conflict("De jurist werkt nu aan dit dossier. U ziet het traject weer als het opnieuw is voorgelegd.")
    return dossier


def _lees_dag(form: Formulier, veld: str) -> date | None:
    """The day in a field, or None with a message at that field."""
    try:
        return date.fromisoformat((form[veld].data or "").strip())
    except ValueError:
        form.meld_fout(veld, "Vul een dag in, als dag-maand-jaar.")
        return None


def _toon(
    uid: str,
    form: Formulier | None = None,
    status: int = 200,
    code: str = "",
    ingevuld: tuple[tuple[str, str], ...] = (),
) -> tuple[str, int]:
    """``form``: one that did not pass. ``ingevuld``: what was typed at a step that can no longer be taken."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier = _dossier(uid)
    leg_dossier_vast(sessie, actor, nu, dossier, "dossier_gelezen", doel=DOELEN[actor.rol], deel="traject")
    pagina = maak_pagina(sessie, actor, nu, dossier)
    wens = code or request.args.get("traject", "")
    beeld = next((b for b in pagina.beelden if b.traject.code == wens), next(iter(pagina.beelden), None))
    mag = rol_mag(actor.rol, "dossiers.bewerken") and dossier.toestand != "afgesloten"
    keuze = (
        beeld.keuze(form.naar.data if isinstance(form, Stapformulier) else request.args.get("stap", ""))
        if beeld
        else None
    )
    stapform = _stapform(form, beeld, keuze, mag)
    tekst = render_template(
        "dossiers/traject.html",
        dossier=dossier,
        pagina=pagina,
        beeld=beeld,
        keuze=keuze,
        mag=mag,
        form=stapform,
        begin=_beginform(form, pagina, dossier),
        vervolg=_vervolgform(form, beeld, dossier, mag),
        fout=form,
        # What stands in the form again need not be said twice.
        ingevuld=() if stapform is form else ingevuld,
        vandaag=lokale_datum(nu),
    )
    sessie.commit()
    return tekst, status


def _stapform(form: Formulier | None, beeld: Trajectbeeld | None, keuze: Keuze | None, mag: bool) -> Formulier | None:
    if beeld is None or keuze is None or not mag:
        return None
    if isinstance(form, Stapformulier) and form.naar.data == keuze.stap.code:
        # The next attempt starts from what stands there now.
        form.versie.data, form.versie.raw_data = beeld.traject.versie, [str(beeld.traject.versie)]
        return form
    if keuze.redenen:
        return None
    return stapformulier(
        keuze.stap,
        keuze.overgang,
        formdata=None,
        versie=beeld.traject.versie,
        naar=keuze.stap.code,
        op_datum=lokale_datum(klok().nu()).isoformat(),
    )


def _beginform(form: Formulier | None, pagina: Trajectpagina, dossier: Dossier) -> Beginformulier | None:
    kan = [(b.tabel.code, b.tabel.naam) for b in pagina.begin if not b.reden]
    if not kan:
        return None
    begin = form if isinstance(form, Beginformulier) else Beginformulier(formdata=None)
    begin.code.choices = keuzes(kan)
    if not isinstance(form, Beginformulier):
        begin.op_datum.data = lokale_datum(klok().nu()).isoformat()
        instrument = instrument_bij(dossier.soort, dossier.grondslag)
        past = [
            b.tabel.code for b in pagina.begin if not b.reden and instrument and instrument.code in b.tabel.instrumenten
        ]
        # What the article of the dossier points to; where that leaves a choice, a person makes it.
        begin.code.data = past[0] if len(past) == 1 else None
    begin.code.flags.required = begin.op_datum.flags.required = True
    return begin


def _vervolgform(form: Formulier | None, beeld: Trajectbeeld | None, dossier: Dossier, mag: bool) -> Formulier | None:
    """Where a step waits for another decision, and this dossier's own table knows that."""
    naar = {o.naar for o in DOSSIER_TABELLEN[dossier.tabelversie].vanuit(dossier.toestand)}
    if not mag or beeld is None or not beeld.besluit_nodig or "opbouw" not in naar or dossier.toestand == "voorgelegd":
        return None
    return form if isinstance(form, Vervolgformulier) else Vervolgformulier(formdata=None)


@bp.get("/dossiers/<uuid:uid>/traject")
@vereist("dossiers.lezen")
def toon(uid: str) -> tuple[str, int]:
    """The tracks of a dossier."""
    return _toon(uid)


@bp.post("/dossiers/<uuid:uid>/traject")
@vereist("dossiers.bewerken")
def begin(uid: str) -> Antwoord:
    """Begin a track."""
    form, dossier = Beginformulier(), _dossier(uid)
    if not form.validate_on_submit():
        return _toon(uid, form, 422)
    dag = _lees_dag(form, "op_datum")
    if dag is None:
        return _toon(uid, form, 422)
    try:
        rij = trajecten.begin_traject(
            db.session(), huidige_actor(), klok().nu(), dossier, form.code.data or "", op_datum=dag
        )
    except (OngeldigeInvoer, Conflict) as fout:
        db.session.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return _toon(uid, form, fout.status)
    doel = url_for("traject.toon", uid=uid, traject=rij.code)
    db.session.commit()
    flash("Het traject is begonnen.", "succes")
    return redirect(doel)


@bp.post("/dossiers/<uuid:uid>/traject/<code>")
@vereist("dossiers.bewerken")
def zet(uid: str, code: str) -> Antwoord:
    """Take a step; what does not pass comes back with everything that was typed."""
    actor, sessie, nu, dossier = huidige_actor(), db.session(), klok().nu(), _dossier(uid)
    traject = next((t for t in trajecten.trajecten_van(sessie, actor, dossier) if t.code == code), None)
    if traject is None:
        raise NietGevonden("Dit traject loopt niet in dit dossier.")
    tabel = tabel_van(traject)
    stap = tabel.stap(request.form.get("naar", ""))
    # As an example of its label and reason; whether it can be walked now is decided when the step is taken.
    overgang = next((o for o in tabel.overgangen if o.naar == stap.code and _vanaf(traject, o.van)), None)
    overgang = overgang or next((o for o in tabel.overgangen if o.naar == stap.code), None)
    if overgang is None:
        raise Conflict(f"Met de stap '{stap.naam}' begint dit traject. Die kan niet nog eens.", "naar")
    form = stapformulier(stap, overgang)
    goed = form.validate_on_submit()
    dag = _lees_dag(form, "op_datum")
    if not goed or dag is None:
        return _toon(uid, form, 422, code)
    try:
        trajecten.zet_trajectstap(
            sessie, actor, nu, traject, stap.code, dag, form.gegevens, form.toelichting.data or "",
            versie=form.versie.data,
        )  # fmt: skip
    except Trajectfouten as fouten:
        sessie.rollback()
        form.zet_fouten(fouten.fouten)
        return _toon(uid, form, fouten.status, code)
    except (OngeldigeInvoer, Conflict) as fout:
        sessie.rollback()
        form.meld_fout(None, fout.melding)
        namen = {v.naam: v.label for v in stap.vereist}
        ingevuld = tuple((namen[naam], tekst) for naam, tekst in form.gegevens.items() if tekst)
        return _toon(uid, form, fout.status, code, (*ingevuld, ("Toelichting", form.toelichting.data or "")))
    sessie.commit()
    flash(f"De stap '{stap.naam}' staat in het traject.", "succes")
    return redirect(url_for("traject.toon", uid=uid, traject=code))


def _vanaf(traject: Dossiertraject, van: str) -> bool:
    return van in {traject.stand, NERGENS}


@bp.post("/dossiers/<uuid:uid>/vervolgbesluit")
@vereist("dossiers.bewerken")
def vervolgbesluit(uid: str) -> Antwoord:
    """Open the texts again for another decision: extension, lifting, collecting."""
    form, dossier = Vervolgformulier(), _dossier(uid)
    if not form.validate_on_submit():
        return _toon(uid, form, 422)
    try:
        operations.haal_terug(db.session(), huidige_actor(), klok().nu(), dossier, form.reden.data or "")
    except (OngeldigeInvoer, Conflict) as fout:
        db.session.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return _toon(uid, form, fout.status)
    db.session.commit()
    flash("U kunt de teksten aanpassen voor het nieuwe besluit. Leg het dossier daarna opnieuw voor.", "succes")
    return redirect(url_for("dossiers.dossier", uid=uid))
