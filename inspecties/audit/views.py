"""The audit log for the auditor: read, filter, verify. Reading it is an act, too."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import Select
from werkzeug.wrappers import Response

from inspecties.audit import queries, zinnen
from inspecties.audit.forms import Auditfilterform
from inspecties.audit.models import Auditregel
from inspecties.audit.operations import controleer_tot, leg_vast
from inspecties.audit.queries_auditor import SNEL, handelingen_van, namen_van_mensen, per_dag, tijdlijn
from inspecties.audit.queries_auditor import opvallend as zoek_opvallend
from inspecties.database import db
from inspecties.database.momentopname import momentopname
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("audit", __name__, url_prefix="/auditlog")


def _pagina(totaal: int) -> tuple[int, int]:
    paginas = max(1, -(-totaal // queries.PER_PAGINA))
    gevraagd = request.args.get("pagina", "1")
    nummer = int(gevraagd) if gevraagd.isascii() and gevraagd.isdigit() and len(gevraagd) < 9 else 1
    return min(max(nummer, 1), paginas), paginas


def lees_filter() -> tuple[Auditfilterform, queries.Auditfilter, str, bool]:
    """The form, what it narrows to, the quick filter, and whether it was all right."""
    actor, sessie = huidige_actor(), db.session()
    form = Auditfilterform(request.args)
    form.zet_woorden(*queries.woorden_in_gebruik(sessie, actor))
    snel = request.args.get("snel", "")
    snel = snel if snel in SNEL else ""
    if not form.validate():
        return form, queries.Auditfilter(), snel, False
    filter_ = queries.Auditfilter(
        wie=(form.wie.data or "").strip(),
        handeling=form.handeling.data or "",
        object_soort=form.object_soort.data or "",
        object_uid=(form.object_uid.data or "").strip(),
        van=form.van.data,
        tot=form.tot.data,
    )
    return form, filter_, snel, True


def gekozen_regels(form: Auditfilterform, filter_: queries.Auditfilter, snel: str) -> Select[Any]:
    """The lines of this filter, newest first."""
    opdracht = queries.regels_van(huidige_actor(), filter_)
    if snel:
        alle = [str(keuze.value) for keuze in form.handeling.choices]
        opdracht = opdracht.where(Auditregel.handeling.in_(handelingen_van(snel, alle)))
    return opdracht


def leg_lezen_vast(handeling: str, **gegevens: Any) -> None:
    """Reading the log is a line in it as well."""
    actor = huidige_actor()
    feiten = {naam: waarde for naam, waarde in gegevens.items() if waarde}
    leg_vast(db.session(), actor, klok().nu(), handeling, "auditlogboek", str(actor.gemeente_id), gegevens=feiten)
    db.session.commit()


@bp.get("")
@vereist("audit.lezen")
def lijst() -> str | tuple[str, int]:
    """The lines, newest first."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    form, filter_, snel, goed = lees_filter()
    opdracht = gekozen_regels(form, filter_, snel)
    totaal = queries.tel(sessie, opdracht)
    pagina, paginas = _pagina(totaal)
    regels = queries.bladzijde(sessie, opdracht, pagina) if goed else []
    aantal, gecontroleerd_op, breuk = queries.stand_van_de_keten(sessie, actor)
    dagen = per_dag(sessie, opdracht, nu) if goed else []
    inhoud = render_template(
        "audit/lijst.html",
        form=form,
        regels=regels,
        namen=queries.namen_van(sessie, regels),
        zinnen=zinnen,
        totaal=totaal if goed else 0,
        pagina=pagina,
        paginas=paginas,
        aantal=aantal,
        gecontroleerd_op=gecontroleerd_op,
        breuk=breuk,
        snel=snel,
        snelfilters=SNEL,
        dagen=dagen,
        hoogste=max((n for _, n in dagen), default=0),
    )
    leg_lezen_vast(
        "auditlogboek_gelezen",
        filter=[*filter_.gebruikt(), *([snel] if snel else [])],
        pagina=pagina if pagina > 1 else None,
    )
    return inhoud if goed else (inhoud, 422)


@bp.get("/personen/<uuid:uid>")
@vereist("audit.lezen")
def persoon(uid: str) -> str:
    """What one user did, newest first."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    wie = queries.gebruiker_van(sessie, actor, uid)
    opdracht = tijdlijn(actor, wie.id)
    totaal = queries.tel(sessie, opdracht)
    pagina, paginas = _pagina(totaal)
    regels = queries.bladzijde(sessie, opdracht, pagina)
    dagen = per_dag(sessie, opdracht, nu)
    uit = render_template(
        "audit/persoon.html",
        wie=wie,
        regels=regels,
        namen=queries.namen_van(sessie, regels),
        zinnen=zinnen,
        totaal=totaal,
        pagina=pagina,
        paginas=paginas,
        dagen=dagen,
        hoogste=max((n for _, n in dagen), default=0),
    )
    leg_vast(sessie, actor, nu, "auditlogboek_van_persoon_gelezen", "gebruiker", str(wie.uid))
    sessie.commit()
    return uit


@bp.get("/opvallend")
@vereist("audit.lezen")
def opvallend() -> str:
    """Days on which somebody read much more than usual, or outside their own hours."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    gevonden = zoek_opvallend(sessie, actor, nu)
    mensen = namen_van_mensen(sessie, [r.wie for r in gevonden.dagen])
    uit = render_template("audit/opvallend.html", rijen=gevonden.dagen, vanaf=gevonden.vanaf, mensen=mensen)
    leg_lezen_vast("opvallend_lezen_bekeken")
    return uit


@bp.post("/controle")
@vereist("audit.lezen")
def controle() -> Response:
    """Verify the whole chain of the gemeente and say what came of it."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    # As the log is at this moment, with no lock: hashing takes a while, and every page that is opened writes in it.
    sessie.commit()
    with momentopname(db.engine, actor.gemeente_id) as opname:
        aantal, breuk = controleer_tot(opname, actor.gemeente_id)
    leg_vast(sessie, actor, nu, "keten_gecontroleerd", "auditlogboek", str(actor.gemeente_id))
    if breuk is None:
        flash(f"De keten klopt. Alle {aantal} regels zijn nagekeken.", "succes")
    else:
        leg_vast(
            sessie,
            actor,
            nu,
            "ketenbreuk_gevonden",
            "auditlogboek",
            str(actor.gemeente_id),
            gegevens={"seq": breuk.seq, "uitleg": breuk.uitleg},
        )
        flash(
            f"De keten klopt niet bij regel {breuk.seq}: {breuk.uitleg}. Wat daarna komt, is niet meer te "
            "vertrouwen. Waarschuw de beheerder en bewaar een kopie van de database.",
            "fout",
        )
    sessie.commit()
    return redirect(url_for("audit.lijst"))
