"""The yearly overview on screen and as files."""

from flask import Blueprint, Response, render_template, request

from inspecties.audit.operations import leg_vast
from inspecties.core.fouten import NietGevonden, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.database import db
from inspecties.rapportages import bestanden, queries
from inspecties.rapportages.rules import MAANDEN, teken
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("rapportages", __name__, url_prefix="/rapportages")


def _jaar(mogelijk: list[int], vandaag_jaar: int) -> int:
    gevraagd = request.args.get("jaar", "")
    if not gevraagd:
        return vandaag_jaar
    if not (gevraagd.isascii() and gevraagd.isdigit() and len(gevraagd) == 4 and int(gevraagd) in mogelijk):
        raise OngeldigeInvoer(
            f"Kies een jaar waar iets over te zeggen is: {mogelijk[-1]} tot en met {mogelijk[0]}.", "jaar"
        )
    return int(gevraagd)


@bp.get("")
@vereist("rapportages.lezen", alleen_lezen=True)
def overzicht() -> str:
    """Figures of a year: norms, months, findings, proposals, dossiers. Counts only, of nobody in particular."""
    actor, sessie = huidige_actor(), db.session()
    vandaag = lokale_datum(klok().nu())
    jaren = queries.jaren(sessie, actor, vandaag)
    cijfers = queries.overzicht(sessie, actor, _jaar(jaren, vandaag.year))
    return render_template(
        "rapportages/overzicht.html",
        cijfers=cijfers,
        jaren=jaren,
        maanden=MAANDEN,
        grafiek=teken(cijfers.bezoeken),
        soorten=bestanden.SOORTEN,
    )


@bp.get("/<soort>.csv")
@vereist("rapportages.lezen")
def bestand(soort: str) -> Response:
    """One table as a file."""
    if soort not in bestanden.SOORTEN:
        raise NietGevonden(f"Dit bestand bestaat niet. Kies uit: {', '.join(bestanden.SOORTEN)}.")
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    vandaag = lokale_datum(nu)
    jaar = _jaar(queries.jaren(sessie, actor, vandaag), vandaag.year)
    inhoud = bestanden.schrijf(bestanden.tabel(queries.overzicht(sessie, actor, jaar), soort))
    leg_vast(
        sessie,
        actor,
        nu,
        "rapportage_opgehaald",
        "rapportage",
        f"{soort}-{jaar}",
        gegevens={"soort": soort, "jaar": jaar},
    )
    sessie.commit()
    kop = {"Content-Disposition": f"attachment; filename={soort}-{jaar}.csv"}
    return Response(inhoud, content_type="text/csv; charset=utf-8", headers=kop)
