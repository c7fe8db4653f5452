"""The audit log for the auditor: read, filter, verify. Reading it is an act, too."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from inspecties.audit import queries, zinnen
from inspecties.audit.forms import Auditfilterform
from inspecties.audit.operations import controleer, leg_vast
from inspecties.database import db
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("audit", __name__, url_prefix="/auditlog")


def _pagina(totaal: int) -> tuple[int, int]:
    paginas = max(1, -(-totaal // queries.PER_PAGINA))
    gevraagd = request.args.get("pagina", "1")
    nummer = int(gevraagd) if gevraagd.isascii() and gevraagd.isdigit() and len(gevraagd) < 9 else 1
    return min(max(nummer, 1), paginas), paginas


@bp.get("")
@vereist("audit.lezen")
def lijst() -> str | tuple[str, int]:
    """The lines, newest first."""
    actor, sessie = huidige_actor(), db.session()
    form = Auditfilterform(request.args)
    form.zet_woorden(*queries.woorden_in_gebruik(sessie, actor))
    goed = form.validate()
    filter_ = queries.Auditfilter()
    if goed:
        filter_ = queries.Auditfilter(
            wie=(form.wie.data or "").strip(),
            handeling=form.handeling.data or "",
            object_soort=form.object_soort.data or "",
            object_uid=(form.object_uid.data or "").strip(),
            van=form.van.data,
            tot=form.tot.data,
        )
    opdracht = queries.regels_van(actor, filter_)
    totaal = queries.tel(sessie, opdracht)
    pagina, paginas = _pagina(totaal)
    regels = queries.bladzijde(sessie, opdracht, pagina) if goed else []
    aantal, gecontroleerd_op, breuk = queries.stand_van_de_keten(sessie, actor)
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
    )
    gelezen = {"filter": filter_.gebruikt(), "pagina": pagina if pagina > 1 else None}
    leg_vast(
        sessie,
        actor,
        klok().nu(),
        "auditlogboek_gelezen",
        "auditlogboek",
        str(actor.gemeente_id),
        gegevens={naam: waarde for naam, waarde in gelezen.items() if waarde},
    )
    sessie.commit()
    return inhoud if goed else (inhoud, 422)


@bp.post("/controle")
@vereist("audit.lezen")
def controle() -> Response:
    """Verify the whole chain of the gemeente and say what came of it."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    # First the line: it holds the lock on the chain's head, so that nobody adds a row while the rows are read.
    regel = leg_vast(sessie, actor, nu, "keten_gecontroleerd", "auditlogboek", str(actor.gemeente_id))
    aantal = regel.seq
    breuk = controleer(sessie, actor.gemeente_id)
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
