"""The queue of the aandachtsfunctionaris: signals of trafficking from visits. Nobody else has these pages."""

from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import func, select
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.audit.lezing import leg_deel_vast
from inspecties.audit.operations import leg_vast
from inspecties.controles import mensenhandel
from inspecties.controles import mensenhandel_queries as queries
from inspecties.controles.mensenhandel_forms import AannameForm, GeenSignaalForm, HeropenForm
from inspecties.controles.models import Bevinding
from inspecties.controles.rules.mensenhandel import DOEL, OORDEEL_TABEL, bij_elkaar, gewicht, indicatoren, voorstel_vorm
from inspecties.controles.schermkopie import schermkopie
from inspecties.core.fouten import Conflict, InspectiesFout, NietGevonden, OngeldigeInvoer
from inspecties.database import db, haal
from inspecties.signalen.rules.indicatoren import GROEPEN
from inspecties.web.formulieren import Formulier
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("mensenhandel", __name__, url_prefix="/signalen/uit-bezoeken")

PER_PAGINA = 20
NAAM = "Dit signaal"


@bp.get("")
@vereist("mensenhandel.beoordelen")
def lijst() -> str:
    """What waits to be judged, or (``?stand=``) what was. It quotes answers: the reading is logged with its purpose."""
    actor, sessie = huidige_actor(), db.session()
    stand = request.args.get("stand", "open")
    if stand not in queries.STANDEN:
        abort(404)
    opdracht = queries.signalen_uit_bezoeken(actor, stand)
    totaal = sessie.scalar(select(func.count()).select_from(opdracht.order_by(None).subquery())) or 0
    paginas = max(1, -(-totaal // PER_PAGINA))
    pagina = min(max(1, request.args.get("pagina", 1, int)), paginas)
    rijen = list(sessie.scalars(opdracht.limit(PER_PAGINA).offset((pagina - 1) * PER_PAGINA)))
    leg_vast(
        sessie,
        actor,
        klok().nu(),
        "mensenhandel_gelezen",
        "gemeente",
        str(actor.gemeente_id),
        gegevens={"doel": DOEL, "stand": stand, "bevindingen": [str(rij.uid) for rij in rijen]},
    )
    uit = render_template(
        "mensenhandel/lijst.html",
        rijen=rijen,
        oordelen=queries.oordelen_over(sessie, actor, rijen),
        stand=stand,
        standen=queries.STANDEN,
        totaal=totaal,
        pagina=pagina,
        paginas=paginas,
        gewicht=gewicht,
        bij_elkaar=bij_elkaar,
    )
    db.session.commit()
    return uit


@bp.get("/<uuid:uid>")
@vereist("mensenhandel.beoordelen")
def toon(uid: UUID) -> tuple[str, int]:
    """One signal: the answers, notes and photos that carry it, and nothing else of the visit."""
    return _toon(uid)


def _toon(uid: UUID, fout_in: Formulier | None = None, status: int = 200) -> tuple[str, int]:
    actor, sessie = huidige_actor(), db.session()
    bevinding = haal(sessie, actor, Bevinding, uid, NAAM)
    oordeel = queries.oordelen_over(sessie, actor, [bevinding]).get(bevinding.id)
    leg_vast(
        sessie,
        actor,
        klok().nu(),
        "mensenhandel_gelezen",
        "bevinding",
        bevinding.uid,
        bevinding.grondslag,
        {"doel": DOEL, "rev": bevinding.rev},
    )
    pagina = render_template(
        "mensenhandel/signaal.html",
        bevinding=bevinding,
        bezoek=bevinding.bezoek,
        oordeel=oordeel,
        toestand=oordeel.toestand if oordeel else OORDEEL_TABEL.begin,
        toestanden=OORDEEL_TABEL.namen,
        gewicht=gewicht(bevinding.dragers, hard=bevinding.hard),
        bewijs=queries.dragend_bewijs(sessie, actor, bevinding),
        invullers=queries.invullers(sessie, bevinding),
        aanname=fout_in if isinstance(fout_in, AannameForm) else _aanname(bevinding),
        geen=fout_in if isinstance(fout_in, GeenSignaalForm) else _geen(bevinding),
        heropen=fout_in if isinstance(fout_in, HeropenForm) else HeropenForm(formdata=None),
        fout_in=fout_in,
        groepen=GROEPEN,
    )
    db.session.commit()
    return pagina, status


def _aanname(bevinding: Bevinding) -> AannameForm:
    """Filled in with what the answers suggest; a person changes it."""
    return AannameForm(
        formdata=None,
        gezien=str(bevinding.rev),
        vorm=voorstel_vorm(bevinding.bezoek.locatie.locatietype.checklist_code),
        urgentie="hoog" if bevinding.hard else "normaal",
        indicatoren=indicatoren(bevinding.dragers),
    )


def _geen(bevinding: Bevinding) -> GeenSignaalForm:
    return GeenSignaalForm(formdata=None, gezien=str(bevinding.rev))


def _gezien(form: AannameForm | GeenSignaalForm) -> int:
    tekst = form.gezien.data or ""
    if not (tekst.isascii() and tekst.isdigit() and len(tekst) < 10):
        raise OngeldigeInvoer("Open de pagina opnieuw en lees de antwoorden; beslis daarna.")
    return int(tekst)


def _mislukt(uid: UUID, form: Formulier, fout: InspectiesFout) -> tuple[str, int]:
    db.session.rollback()
    form.meld_fout(fout.veld, fout.melding)
    if isinstance(fout, Conflict) and isinstance(form, AannameForm | GeenSignaalForm):
        # What was typed stays; the page shows what came in since, and the next press is about that.
        form.gezien.data = str(haal(db.session(), huidige_actor(), Bevinding, uid, NAAM).rev)
    return _toon(uid, form, fout.status)


@bp.post("/<uuid:uid>/aannemen")
@vereist("mensenhandel.beoordelen")
def neem_aan(uid: UUID) -> WerkzeugResponse | tuple[str, int]:
    """Take it over as a signal."""
    actor, sessie = huidige_actor(), db.session()
    form = AannameForm()
    bevinding = haal(sessie, actor, Bevinding, uid, NAAM)
    if not form.validate_on_submit():
        return _toon(uid, form, 422)
    aanname = mensenhandel.Aanname(
        vorm=form.vorm.data,
        urgentie=form.urgentie.data,
        indicatoren=tuple(form.indicatoren.data or ()),
        toelichting=form.toelichting.data or "",
    )
    try:
        signaal = mensenhandel.neem_aan(sessie, actor, klok().nu(), bevinding, aanname, _gezien(form))
    except (OngeldigeInvoer, Conflict) as fout:
        return _mislukt(uid, form, fout)
    nummer, signaal_uid = signaal.nummer, signaal.uid
    db.session.commit()
    flash(f"Dit is nu signaal {nummer}. Het volgt verder de meldroute.", "succes")
    return redirect(url_for("signalen.toon", uid=signaal_uid))


@bp.post("/<uuid:uid>/geen-signaal")
@vereist("mensenhandel.beoordelen")
def geen_signaal(uid: UUID) -> WerkzeugResponse | tuple[str, int]:
    """Judge that there is none, with a reason."""
    actor, sessie = huidige_actor(), db.session()
    form = GeenSignaalForm()
    bevinding = haal(sessie, actor, Bevinding, uid, NAAM)
    if not form.validate_on_submit():
        return _toon(uid, form, 422)
    try:
        mensenhandel.geen_signaal(sessie, actor, klok().nu(), bevinding, form.reden.data or "", _gezien(form))
    except (OngeldigeInvoer, Conflict) as fout:
        return _mislukt(uid, form, fout)
    db.session.commit()
    flash("Beoordeeld als geen signaal. Uw reden is bewaard; u kunt erop terugkomen.", "succes")
    return redirect(url_for("mensenhandel.lijst"))


@bp.post("/<uuid:uid>/heropenen")
@vereist("mensenhandel.beoordelen")
def heropen(uid: UUID) -> WerkzeugResponse | tuple[str, int]:
    """Come back on a judgement, with a reason."""
    actor, sessie = huidige_actor(), db.session()
    form = HeropenForm()
    bevinding = haal(sessie, actor, Bevinding, uid, NAAM)
    if not form.validate_on_submit():
        return _toon(uid, form, 422)
    try:
        mensenhandel.heropen(sessie, actor, klok().nu(), bevinding, form.reden.data or "")
    except (OngeldigeInvoer, Conflict) as fout:
        return _mislukt(uid, form, fout)
    db.session.commit()
    flash("U kunt dit opnieuw beoordelen. Het eerdere oordeel blijft in de geschiedenis staan.", "succes")
    return redirect(url_for("mensenhandel.toon", uid=uid))


@bp.get("/<uuid:uid>/bewijs/<sha256>")
@vereist("mensenhandel.beoordelen")
def bewijs(uid: UUID, sha256: str) -> Response:
    """A copy for the screen of a photo that carries this signal; other photos of the visit are not there."""
    actor, sessie = huidige_actor(), db.session()
    bevinding = haal(sessie, actor, Bevinding, uid, NAAM)
    stuk = queries.dragend_bewijs(sessie, actor, bevinding).get(sha256)
    if stuk is None:
        raise NietGevonden("Deze foto hoort niet bij dit signaal, of is nog niet binnen.")
    if leg_deel_vast(sessie, actor, klok().nu(), "beeld_gezien", "bevinding", bevinding.uid):
        sessie.commit()
    return Response(
        schermkopie(stuk), mimetype="image/jpeg", headers={"Content-Disposition": "inline; filename=kopie.jpg"}
    )
