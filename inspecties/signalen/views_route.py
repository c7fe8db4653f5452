"""Pages of the meldroute: going to the next step, whose it is, and the triage."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from inspecties.audit.operations import leg_vast
from inspecties.core.fouten import Conflict, NietGevonden, OngeldigeInvoer
from inspecties.database import db, haal
from inspecties.signalen import meldroute, triage
from inspecties.signalen.meldroute_bron import triagetabel
from inspecties.signalen.meldroute_forms import Afwijkform, Stapform, Toewijsform, triageform
from inspecties.signalen.meldroute_queries import (
    behandelaars,
    open_stap,
    route_van,
    stand_van,
    standen,
    te_late_stappen,
)
from inspecties.signalen.models import Signaal
from inspecties.signalen.rules.indeling import URGENTIES, VORMEN
from inspecties.signalen.rules.meldroute import AFGESLOTEN, DOORGEZET, TERUGGEKOPPELD, Stapkeuze, bezwaren
from inspecties.signalen.rules.triage import ANTWOORDEN, WANNEER
from inspecties.web.formulieren import Formulier, keuzes
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("meldroute", __name__, url_prefix="/signalen")

Bladzijde = str | Response | tuple[str, int]


def signaal_van(uid: UUID) -> Signaal:
    """The signal of this page. Raises NietGevonden, also for another gemeente's."""
    return haal(db.session(), huidige_actor(), Signaal, uid, "Dit signaal")


def lees(signaal: Signaal) -> None:
    """Log the reading, after the page was made; a signal is about people."""
    leg_vast(db.session(), huidige_actor(), klok().nu(), "signaal_gelezen", "signaal", signaal.uid)
    db.session.commit()


def naar_signaal(uid: UUID, anker: str = "") -> str:
    """The page of a signal."""
    return url_for("signalen.toon", uid=uid, _anchor=anker or None)


def voer_uit(form: Formulier, doe: Callable[[], str], naar: Callable[[], str]) -> Response | None:
    """Check the form, act, commit once and go on; None: show the form again, with what is wrong."""
    if not form.validate():
        return None
    try:
        boodschap = doe()
    except (OngeldigeInvoer, Conflict) as fout:
        db.session.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return None
    db.session.commit()
    flash(boodschap, "succes")
    return redirect(naar())


def eigenaarkeuzes() -> list[tuple[str, str]]:
    """The people who may own a step."""
    return [(str(g.uid), g.naam) for g in behandelaars(db.session(), huidige_actor())]


def _gekozen(uid: str | None) -> int | None:
    """Whom somebody chose; None where nobody was. Raises OngeldigeInvoer for who may not own a step."""
    for gebruiker in behandelaars(db.session(), huidige_actor()):
        if str(gebruiker.uid) == uid:
            return gebruiker.id
    if uid:
        raise OngeldigeInvoer("Kies een aandachtsfunctionaris van uw gemeente.", "eigenaar")
    return None


@bp.get("/te-laat")
@vereist("signalen.lezen")
def te_laat() -> str:
    """Signals whose step should have been finished, the longest overdue first."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    rijen = te_late_stappen(sessie, actor, nu)
    pagina = render_template("signalen/route_te_laat.html", rijen=rijen, vormen=VORMEN, urgenties=URGENTIES)
    gegevens = {"aantal": len(rijen)}
    leg_vast(sessie, actor, nu, "signalen_gelezen", "gemeente", str(actor.gemeente_id), gegevens=gegevens)
    sessie.commit()
    return pagina


@bp.route("/<uuid:uid>/stap/<naar>", methods=["GET", "POST"])
@vereist("signalen.behandelen")
def stap(uid: UUID, naar: str) -> Bladzijde:
    """Go to another step of the route: what is asked depends on where it goes."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    signaal = signaal_van(uid)
    route, _ = route_van(sessie, actor, signaal)
    if naar not in route.tabel.namen:
        raise NietGevonden("Deze stap zit niet in de meldroute van uw gemeente.")
    form = Stapform()
    form.eigenaar.choices = keuzes(eigenaarkeuzes())
    form.uitkomst.choices = keuzes(route.uitkomsten.items())
    if request.method == "POST":

        def doe() -> str:
            zet = meldroute.Zet(
                gezien=form.gezien.data or "",
                naar=naar,
                keuze=Stapkeuze(form.reden.data or "", form.uitkomst.data or "", form.terugkoppeling.data or ""),
                notitie=form.notitie.data or "",
                eigenaar_id=_gekozen(form.eigenaar.data),
                uiterlijk=form.uiterlijk.data,
            )
            meldroute.verplaats(sessie, actor, nu, signaal_van(uid), zet)
            return f"Het signaal staat nu op '{route.tabel.namen[naar]}'."

        klaar = voer_uit(form, doe, lambda: naar_signaal(uid))
        if klaar is not None:
            return klaar
        return _toon_stap(uid, naar, form), 422
    form.gezien.data, form.eigenaar.data = signaal.status, actor.gebruiker_uid
    return _toon_stap(uid, naar, form)


def _toon_stap(uid: UUID, naar: str, form: Stapform) -> str:
    actor, sessie = huidige_actor(), db.session()
    signaal = signaal_van(uid)
    route, _ = route_van(sessie, actor, signaal)
    overgang = next((o for o in route.tabel.vanuit(signaal.status) if o.naar == naar), None)
    if overgang is None:
        mogelijk = route.tabel.vanuit(signaal.status)
        raise Conflict(
            f"Dit signaal staat op '{route.tabel.namen.get(signaal.status, signaal.status)}'. Van daar kan wel: "
            f"{', '.join(o.naam.lower() for o in mogelijk) or 'niets'}. Ga terug naar het signaal."
        )
    # What the form itself cannot mend, said before somebody fills it in.
    nodig = [b.melding for b in bezwaren(route, overgang, stand_van(sessie, actor, signaal), Stapkeuze()) if not b.veld]
    stand = stand_van(sessie, actor, signaal)
    pagina = render_template(
        "signalen/route_stap.html",
        signaal=signaal,
        route=route,
        overgang=overgang,
        form=form,
        nodig=nodig,
        stand=stand,
        naar_doorgezet=naar == DOORGEZET,
        naar_terug=naar == TERUGGEKOPPELD,
        naar_einde=naar == AFGESLOTEN,
    )
    lees(signaal)
    return pagina


@bp.route("/<uuid:uid>/toewijzen", methods=["GET", "POST"])
@vereist("signalen.behandelen")
def toewijzen(uid: UUID) -> Bladzijde:
    """Another owner, or another last day."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    signaal = signaal_van(uid)
    form = Toewijsform()
    form.eigenaar.choices = keuzes(eigenaarkeuzes())
    if request.method == "POST":

        def doe() -> str:
            eigenaar, uiterlijk = _gekozen(form.eigenaar.data) or 0, form.uiterlijk.data
            meldroute.wijs_toe(sessie, actor, nu, signaal_van(uid), eigenaar, uiterlijk, form.reden.data or "")
            return "De stap is toegewezen."

        klaar = voer_uit(form, doe, lambda: naar_signaal(uid))
        if klaar is not None:
            return klaar
    else:
        loopt = open_stap(sessie, actor, signaal)
        form.eigenaar.data = str(loopt.eigenaar.uid) if loopt and loopt.eigenaar else actor.gebruiker_uid
        form.uiterlijk.data = standen(sessie, actor, [signaal], nu)[signaal.id].uiterlijk
    signaal = signaal_van(uid)
    pagina = render_template(
        "signalen/route_toewijzen.html",
        signaal=signaal,
        form=form,
        nu=standen(sessie, actor, [signaal], nu)[signaal.id],
    )
    lees(signaal)
    return (pagina, 422) if request.method == "POST" else pagina


@bp.route("/<uuid:uid>/triage", methods=["GET", "POST"])
@vereist("signalen.behandelen")
def triagepagina(uid: UUID) -> Bladzijde:
    """The questions, and the advice that follows from the answers."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    if request.method == "POST":
        form = triageform(triagetabel().vragen, {}, request.form)

        def doe() -> str:
            antwoorden = {v.code: form[v.code].data or "" for v in triagetabel().vragen}
            n = triage.beantwoord(sessie, actor, nu, signaal_van(uid), antwoorden)
            return "Er was niets veranderd." if not n else "Uw antwoorden zijn bewaard. Hieronder staat het advies."

        klaar = voer_uit(form, doe, lambda: url_for("meldroute.triagepagina", uid=uid, _anchor="advies"))
        if klaar is not None:
            return klaar
        return _toon_triage(uid, form, None), 422
    return _toon_triage(uid, None, None)


@bp.post("/<uuid:uid>/triage/afwijken")
@vereist("signalen.behandelen")
def afwijken(uid: UUID) -> Bladzijde:
    """Not follow an advice, with the reason."""
    form = Afwijkform()

    def doe() -> str:
        sessie, nu = db.session(), klok().nu()
        triage.wijk_af(sessie, huidige_actor(), nu, signaal_van(uid), form.advies.data or "", form.reden.data or "")
        return "Uw reden is bewaard bij het advies."

    klaar = voer_uit(form, doe, lambda: url_for("meldroute.triagepagina", uid=uid, _anchor="advies"))
    return klaar if klaar is not None else (_toon_triage(uid, None, form), 422)


def _toon_triage(uid: UUID, form: Formulier | None, afwijkform: Afwijkform | None) -> str:
    actor, sessie = huidige_actor(), db.session()
    signaal = signaal_van(uid)
    beeld = triage.lees_triage(sessie, actor, signaal)
    pagina = render_template(
        "signalen/route_triage.html",
        signaal=signaal,
        beeld=beeld,
        form=form or triageform(beeld.vragen, beeld.antwoorden),
        fout_in=form or afwijkform,
        afwijkform=afwijkform,
        antwoordnamen=ANTWOORDEN,
        wanneer=WANNEER,
        ontvangers=triagetabel().ontvangers,
    )
    lees(signaal)
    return pagina
