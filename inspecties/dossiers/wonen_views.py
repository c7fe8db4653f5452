"""The worksheet of building and housing: too many people as a sum that can be followed, and the other facts."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.core.fouten import Conflict, NietGevonden, OngeldigeInvoer
from inspecties.core.inhoudshash import inhoudshash
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.database import db, haal
from inspecties.dossiers import wonen
from inspecties.dossiers.besluitteksten import SOORT
from inspecties.dossiers.last_forms import BladForm
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.pagina import DOELEN
from inspecties.dossiers.rules.overbewoning import lees_m2, schrijf_m2
from inspecties.dossiers.tabbladen import jurist_werkt
from inspecties.dossiers.werk import OPEN, leg_dossier_vast
from inspecties.web.formulieren import Formulier, keuzes
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("wonen", __name__)

Antwoord = WerkzeugResponse | tuple[str, int]


def lees_dossier(uid: str) -> Dossier:
    """The dossier when it is about building and housing; the page does not exist for others."""
    dossier = haal(db.session(), huidige_actor(), Dossier, uid, "Het dossier")
    if dossier.soort != SOORT:
        raise NietGevonden("Dit onderdeel hoort alleen bij een dossier over bouwen en wonen.")
    if jurist_werkt(huidige_actor(), dossier):
        raise Conflict("De jurist werkt nu aan uw vragen. Daarna ligt het dossier weer bij u.")
    return dossier


def _formulier(dossier: Dossier, metingen: list[wonen.Meting], gekozen: str) -> BladForm:
    """What stands there, or what the last visit says."""
    blad = wonen.blad_van(db.session(), huidige_actor(), dossier)
    if blad is not None and not gekozen:
        return BladForm(
            formdata=None,
            versie=blad.versie,
            bezoek=str(blad.bezoek.uid) if blad.bezoek else "",
            op_datum=blad.op_datum,
            verblijf=blad.verblijf,
            oppervlakte=schrijf_m2(blad.oppervlakte_m2),
            meetwijze=blad.meetwijze,
            reden_oppervlakte=blad.reden_oppervlakte,
            bewoners=blad.bewoners,
            reden_bewoners=blad.reden_bewoners,
        )
    bruikbaar = [m for m in metingen if not gekozen or str(m.bezoek.uid) == gekozen]
    versie = blad.versie if blad else 0
    if not bruikbaar:
        return BladForm(formdata=None, versie=versie)
    m = next((m for m in bruikbaar if m.m2 is not None), bruikbaar[0])
    return BladForm(
        formdata=None,
        versie=versie,
        bezoek=str(m.bezoek.uid),
        op_datum=m.op,
        verblijf=m.verblijf,
        oppervlakte=schrijf_m2(m.m2) if m.m2 is not None else "",
        meetwijze=m.meetwijze,
        bewoners=m.personen,
    )


def _toon(
    uid: str,
    form: BladForm | None = None,
    status: int = 200,
    melding: str = "",
    staat_er: str = "",
    feiten: dict[str, str] | None = None,
    feit_er: dict[str, str] | None = None,
) -> tuple[str, int]:
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier = lees_dossier(uid)
    leg_dossier_vast(sessie, actor, nu, dossier, "dossier_gelezen", doel=DOELEN[actor.rol], deel="wonen")
    metingen = wonen.metingen_van(sessie, actor, dossier)
    blad = wonen.blad_van(sessie, actor, dossier)
    mag = rol_mag(actor.rol, "dossiers.bewerken") and dossier.toestand in OPEN
    if form is None:
        form = _formulier(dossier, metingen, request.args.get("bezoek", ""))
    else:
        # The next attempt starts from what stands there now, which the page shows.
        form.versie.data = blad.versie if blad else 0
        form.versie.raw_data = [str(form.versie.data)]
    form.bezoek.choices = keuzes(((str(m.bezoek.uid), m.naam) for m in metingen), "Niet uit een bezoek")
    er = wonen.feiten_van(sessie, actor, dossier)
    uit = render_template(
        "dossiers/last_wonen.html",
        dossier=dossier,
        form=form,
        blad=blad,
        berekening=wonen.berekening_van(blad) if blad else None,
        zin=wonen.zin_van(blad) if blad else "",
        metingen=metingen,
        m2=schrijf_m2,
        soorten=wonen.feitsoorten(),
        er=er,
        feiten={code: rij.tekst for code, rij in er.items()} | (feiten or {}),
        gezien={code: inhoudshash(er[code].tekst if code in er else "") for code in wonen.feitsoorten()},
        feit_er=feit_er or {},
        over_te_nemen=[r for r in wonen.tekst_van(sessie, actor, dossier).split("\n") if r and r not in dossier.feiten],
        melding=melding,
        staat_er=staat_er,
        mag=mag,
        ziet_bezoek=rol_mag(actor.rol, "bezoeken.lezen"),
        vandaag=lokale_datum(nu),
    )
    sessie.commit()
    return uit, status


@bp.get("/dossiers/<uuid:uid>/wonen")
@vereist("dossiers.lezen")
def toon(uid: str) -> tuple[str, int]:
    """The worksheet as it stands; ``bezoek`` fills it in from another visit."""
    return _toon(uid)


@bp.post("/dossiers/<uuid:uid>/wonen")
@vereist("dossiers.bewerken")
def bewaar(uid: str) -> Antwoord:
    """Store the worksheet of overbewoning."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier, form = lees_dossier(uid), BladForm()
    form.bezoek.choices = []
    if not form.validate_on_submit():
        return _toon(uid, form, 422)
    try:
        wat = wonen.Ingevuld(
            verblijf=form.verblijf.data,
            op_datum=form.op_datum.data,
            oppervlakte_m2=lees_m2(form.oppervlakte.data),
            bewoners=form.bewoners.data,
            meetwijze=form.meetwijze.data,
            bezoek=form.bezoek.data or "",
            reden_oppervlakte=form.reden_oppervlakte.data or "",
            reden_bewoners=form.reden_bewoners.data or "",
            versie=form.versie.data or 0,
        )
        wonen.bewaar_blad(sessie, actor, nu, dossier, wat)
    except wonen.Bladconflict as botsing:
        sessie.rollback()
        return _toon(uid, form, botsing.status, botsing.melding, botsing.staat_er)
    except (OngeldigeInvoer, Conflict) as fout:
        sessie.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return _toon(uid, form, fout.status)
    sessie.commit()
    flash("De berekening is bewaard.", "succes")
    return redirect(url_for("wonen.toon", uid=uid, _anchor="berekening"))


@bp.post("/dossiers/<uuid:uid>/wonen/feiten")
@vereist("dossiers.bewerken")
def bewaar_feiten(uid: str) -> Antwoord:
    """Store the other facts; what a colleague wrote meanwhile is shown beside it."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier, form = lees_dossier(uid), Formulier()
    teksten = {
        code: (request.form.get(f"tekst-{code}", ""), request.form.get(f"gezien-{code}", ""))
        for code in wonen.feitsoorten()
        if f"tekst-{code}" in request.form
    }
    ingevuld = {code: tekst for code, (tekst, _) in teksten.items()}
    if not form.validate_on_submit():
        return _toon(uid, status=422, melding="Deze pagina stond te lang open. Bewaar opnieuw.", feiten=ingevuld)
    try:
        aantal = wonen.bewaar_feiten(sessie, actor, nu, dossier, teksten)
    except wonen.Feitconflict as botsing:
        sessie.rollback()
        return _toon(uid, status=409, melding=botsing.melding, feiten=ingevuld, feit_er=botsing.staat_er)
    except (OngeldigeInvoer, Conflict) as fout:
        sessie.rollback()
        return _toon(uid, status=fout.status, melding=fout.melding, feiten=ingevuld)
    sessie.commit()
    flash("De feiten zijn bewaard." if aantal else "Er was niets gewijzigd.", "succes")
    return redirect(url_for("wonen.toon", uid=uid, _anchor="feiten"))


@bp.post("/dossiers/<uuid:uid>/wonen/tekst")
@vereist("dossiers.bewerken")
def neem_over(uid: str) -> Antwoord:
    """Add what the worksheet says to the dossier's text 'Feiten'."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier = lees_dossier(uid)
    if not Formulier().validate_on_submit():
        return _toon(uid, status=422, melding="Deze pagina stond te lang open. Probeer het opnieuw.")
    try:
        erbij = wonen.zet_in_feiten(sessie, actor, nu, dossier)
    except (OngeldigeInvoer, Conflict) as fout:
        sessie.rollback()
        return _toon(uid, status=fout.status, melding=fout.melding)
    sessie.commit()
    flash("Dit staat nu bij de feiten van het dossier." if erbij else "Dit stond er al.", "succes")
    return redirect(url_for("wonen.toon", uid=uid))
