"""Pages of running terms: the list and the calendar, one term with how it was computed, and the acts on it."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.acties.rules.agenda import DAGEN, lees_dag, maak_blad
from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.database import db, haal, select_voor
from inspecties.dossiers import looptermijnen
from inspecties.dossiers.bewakers import eigenaren, wezen
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.dossiers.pagina import DOELEN
from inspecties.dossiers.rules.looptermijn import DAADSOORTEN, LOPEND, STANDEN, mogelijke_daden
from inspecties.dossiers.rules.wachten import termijn as hoe_lang
from inspecties.dossiers.termijn_forms import (
    AfrondForm,
    BeginForm,
    DaadForm,
    OverdraagForm,
    OverneemForm,
    Termijnfilter,
)
from inspecties.dossiers.termijn_overnemen import keuzes_van_wie, van_wie
from inspecties.dossiers.werk import leg_dossier_vast
from inspecties.termijnen.bronnen import termijntabel
from inspecties.termijnen.rules.feestdagen import feestdagen
from inspecties.web.formulieren import Formulier, keuzes
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("termijnen", __name__)

DAADNAMEN: dict[str, str] = {"opschorting": "Opschorten", "hervatting": "Hervatten", "verdaging": "Verdagen"}

Antwoord = WerkzeugResponse | tuple[str, int]


def _besluitdagen(actor: Actor) -> dict[date, list[Dossier]]:
    """The days before which the cabinet has to decide, of the dossiers that wait for that."""
    rijen = select_voor(actor, Dossier).where(
        Dossier.beslissen_voor.is_not(None), Dossier.toestand.in_(("opbouw", "voorgelegd", "teruggestuurd"))
    )
    uit: dict[date, list[Dossier]] = defaultdict(list)
    for dossier in db.session.scalars(rijen.order_by(Dossier.nummer)):
        if dossier.beslissen_voor is not None:
            uit[dossier.beslissen_voor].append(dossier)
    return uit


@bp.get("/termijnen")
@vereist("dossiers.lezen")
def lijst() -> str:
    """Running terms by end, and the month in which they end. Titles name addresses, so the reading is logged."""
    return toon_lijst()[0]


def toon_lijst(overneem: OverneemForm | None = None, status: int = 200) -> tuple[str, int]:
    """The list and the calendar; ``overneem``: the form to take terms over that did not pass."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    vandaag = lokale_datum(nu)
    alle = list(sessie.scalars(looptermijnen.lopende(actor)))
    form = Termijnfilter(request.args)
    van_wie_kan = keuzes_van_wie(sessie, actor, alle)
    form.van.choices = keuzes(van_wie_kan)
    gevraagd = overneem.van.data if overneem is not None else form.van.data
    van = gevraagd if gevraagd in {code for code, _ in van_wie_kan} else ""
    form.van.data = van
    rijen = van_wie(sessie, actor, van, alle)
    blad = maak_blad("maand", lees_dag(request.args.get("dag", ""), vandaag))
    besluitdagen = _besluitdagen(actor) if not van else defaultdict(list)
    per_dag: dict[date, list[Looptermijn]] = defaultdict(list)
    for rij in rijen:
        per_dag[rij.einde_datum].append(rij)
    leg_vast(
        sessie,
        actor,
        nu,
        "termijnen_gelezen",
        "gemeente",
        str(actor.gemeente_id),
        gegevens={
            "doel": DOELEN[actor.rol],
            "dossiers": sorted(
                {str(rij.dossier.uid) for rij in rijen} | {str(d.uid) for per in besluitdagen.values() for d in per}
            ),
        },
    )
    uit = render_template(
        "dossiers/termijnen.html",
        form=form,
        van=van,
        rijen=rijen,
        besluitdagen=besluitdagen,
        wezen=wezen(sessie, actor, rijen),
        overneem=overneem or OverneemForm(formdata=None, van=van),
        mag_overnemen=bool(rijen) and van not in {"", "mij"} and rol_mag(actor.rol, "dossiers.bewerken"),
        standen=STANDEN,
        hoe_lang={rij.id: hoe_lang(rij.einde_datum, vandaag, van_ander=rij.van_ander) for rij in rijen},
        blad=blad,
        per_dag=per_dag,
        dagen=DAGEN,
        vandaag=vandaag,
        feest={d: n for jaar in {blad.eerste.year, blad.laatste.year} for d, n in feestdagen(jaar).items()},
    )
    sessie.commit()
    return uit, status


def _formulier(rij: Looptermijn, keuze: str) -> Formulier | None:
    """The form of one act; None where this term does not know it."""
    if keuze == "overdragen":
        return OverdraagForm(formdata=None, versie=rij.versie, eigenaar=str(rij.eigenaar.uid))
    if keuze == "afronden":
        return AfrondForm(formdata=None, versie=rij.versie)
    if keuze in mogelijke_daden(looptermijnen.regel_van(rij), rij.stand):
        return DaadForm(formdata=None, soort=keuze, versie=rij.versie)
    return None


def _toon(uid: str, keuze: str = "", form: Formulier | None = None, status: int = 200) -> tuple[str, int]:
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    rij = haal(sessie, actor, Looptermijn, uid, "De termijn")
    vandaag = lokale_datum(nu)
    leg_dossier_vast(sessie, actor, nu, rij.dossier, "dossier_gelezen", doel=DOELEN[actor.rol], deel="termijn")
    mag = rol_mag(actor.rol, "dossiers.bewerken") and rij.dossier.toestand != "afgesloten" and rij.stand in LOPEND
    if form is not None:
        # The next attempt starts from what stands there now, which the page shows.
        form.versie.data, form.versie.raw_data = rij.versie, [str(rij.versie)]
    elif mag:
        form = _formulier(rij, keuze)
    if isinstance(form, OverdraagForm):
        form.eigenaar.choices = keuzes(eigenaren(sessie, actor, rij.dossier))
    regel = looptermijnen.regel_van(rij)
    uit = render_template(
        "dossiers/termijn.html",
        rij=rij,
        dossier=rij.dossier,
        termijn=looptermijnen.bereken(rij, vandaag),
        regel=regel,
        standen=STANDEN,
        daadsoorten=DAADSOORTEN,
        hoe_lang=hoe_lang(rij.einde_datum, vandaag, van_ander=rij.van_ander),
        keuze=keuze,
        form=form,
        daden={d: DAADNAMEN[d] for d in mogelijke_daden(regel, rij.stand)},
        mag=mag,
    )
    sessie.commit()
    return uit, status


@bp.get("/termijnen/<uuid:uid>")
@vereist("dossiers.lezen")
def termijn(uid: str) -> tuple[str, int]:
    """One term: its end, every article that moved it, and what was done; ``doe`` opens the form of one act."""
    return _toon(uid, request.args.get("doe", ""))


def _begin_form(dossier: Dossier, form: BeginForm) -> BeginForm:
    actor, sessie, vandaag = huidige_actor(), db.session(), lokale_datum(klok().nu())
    regels = sorted((r for r in termijntabel().regels if r.geldt_op(vandaag)), key=lambda r: r.naam)
    form.code.choices = keuzes(((r.code, f"{r.naam} ({r.artikel})") for r in regels), "Kies een termijn")
    form.eigenaar.choices = keuzes(eigenaren(sessie, actor, dossier))
    return form


def _toon_begin(uid: str, form: BeginForm, status: int = 200) -> tuple[str, int]:
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier = haal(sessie, actor, Dossier, uid, "Het dossier")
    leg_dossier_vast(sessie, actor, nu, dossier, "dossier_gelezen", doel=DOELEN[actor.rol], deel="termijn")
    regels = {r.code: r for r in termijntabel().regels if r.geldt_op(lokale_datum(nu))}
    uit = render_template(
        "dossiers/termijn_begin.html", dossier=dossier, form=_begin_form(dossier, form), regels=regels
    )
    sessie.commit()
    return uit, status


@bp.get("/dossiers/<uuid:uid>/termijnen/nieuw")
@vereist("dossiers.bewerken")
def nieuw(uid: str) -> tuple[str, int]:
    """The form for a new term."""
    actor, sessie = huidige_actor(), db.session()
    dossier = haal(sessie, actor, Dossier, uid, "Het dossier")
    mij = next((een for een, naam in eigenaren(sessie, actor, dossier) if naam == actor.naam), "")
    return _toon_begin(uid, BeginForm(formdata=None, eigenaar=mij))


@bp.post("/dossiers/<uuid:uid>/termijnen/nieuw")
@vereist("dossiers.bewerken")
def begin(uid: str) -> Antwoord:
    """Let a term run."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier = haal(sessie, actor, Dossier, uid, "Het dossier")
    form = _begin_form(dossier, BeginForm())
    if not form.validate_on_submit():
        return _toon_begin(uid, form, 422)
    gegevens = looptermijnen.Begin(
        form.code.data, form.start.data, form.aanleiding.data or "", form.duur.data or "", form.eigenaar.data or ""
    )
    try:
        looptermijnen.eis_nieuw(sessie, actor, dossier, gegevens)
        rij = looptermijnen.start(sessie, actor, nu, dossier, gegevens)
    except (OngeldigeInvoer, Conflict) as fout:
        sessie.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return _toon_begin(uid, form, fout.status)
    doel = url_for("termijnen.termijn", uid=rij.uid)
    sessie.commit()
    flash("De termijn loopt.", "succes")
    return redirect(doel)


def _voer_uit(uid: str, naam: str, form: Formulier, doe: Callable[[Looptermijn], object], melding: str) -> Antwoord:
    actor, sessie = huidige_actor(), db.session()
    rij = haal(sessie, actor, Looptermijn, uid, "De termijn")
    if naam == "overdragen":
        form.eigenaar.choices = keuzes(eigenaren(sessie, actor, rij.dossier))
    if not form.validate_on_submit():
        return _toon(uid, naam, form, 422)
    try:
        doe(rij)
    except (OngeldigeInvoer, Conflict) as fout:
        sessie.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return _toon(uid, naam, form, fout.status)
    sessie.commit()
    flash(melding, "succes")
    return redirect(url_for("termijnen.termijn", uid=uid))


@bp.post("/termijnen/<uuid:uid>/daden")
@vereist("dossiers.bewerken")
def daad(uid: str) -> Antwoord:
    """Suspend, resume or extend, with a ground."""
    actor, nu, form = huidige_actor(), klok().nu(), DaadForm()

    def doe(rij: Looptermijn) -> None:
        looptermijnen.doe(
            db.session(),
            actor,
            nu,
            rij,
            form.soort.data,
            form.op.data,
            form.grond.data or "",
            form.duur.data or "",
            versie=form.versie.data,
        )

    soort = form.soort.data if form.soort.data in DAADSOORTEN else "verdaging"
    return _voer_uit(uid, soort, form, doe, "Dit staat bij de termijn. Het einde is opnieuw berekend.")


@bp.post("/termijnen/<uuid:uid>/eigenaar")
@vereist("dossiers.bewerken")
def draag_over(uid: str) -> Antwoord:
    """Somebody else watches the term."""
    actor, nu, form = huidige_actor(), klok().nu(), OverdraagForm()

    def doe(rij: Looptermijn) -> None:
        looptermijnen.draag_over(db.session(), actor, nu, rij, form.eigenaar.data or "", versie=form.versie.data)

    return _voer_uit(uid, "overdragen", form, doe, "Deze collega bewaakt de termijn nu.")


@bp.post("/termijnen/<uuid:uid>/afronden")
@vereist("dossiers.bewerken")
def rond_af(uid: str) -> Antwoord:
    """Done, or lapsed."""
    actor, nu, form = huidige_actor(), klok().nu(), AfrondForm()

    def doe(rij: Looptermijn) -> None:
        looptermijnen.rond_af(
            db.session(), actor, nu, rij, form.stand.data, form.reden.data or "", versie=form.versie.data
        )

    return _voer_uit(uid, "afronden", form, doe, "De termijn is afgerond.")
