"""A version of a checklist as a paper form."""

from flask import Response, request

from inspecties.checklists.models import Checklist, Checklistversie
from inspecties.checklists.papier import Kop, Vel, druk, lees_aantallen, lees_taal, papiernaam
from inspecties.checklists.rules.papier import Wensen
from inspecties.checklists.views import bp
from inspecties.core.fouten import NietGevonden
from inspecties.database import db, haal
from inspecties.gebruikers.models import Gemeente
from inspecties.web.poort import huidige_actor, vereist


@bp.get("/checklists/<uuid:uid>/versies/<uuid:versie_uid>/papier.pdf")
@vereist("checklists.lezen", alleen_lezen=True)
def papier(uid: str, versie_uid: str) -> Response:
    """The empty form; ``taal`` and ``aantal_<herhaling>`` say how it is printed."""
    actor, sessie = huidige_actor(), db.session()
    checklist = haal(sessie, actor, Checklist, uid, "De checklist")
    versie = haal(sessie, actor, Checklistversie, versie_uid, "De versie")
    if versie.checklist_id != checklist.id:
        raise NietGevonden("De versie bestaat niet, of u mag het niet zien.")
    definitie = versie.definitie
    taal = lees_taal(definitie, request.args.get("taal", ""))
    norm = sessie.get_one(Gemeente, actor.gemeente_id).normen.get("m2_pp")
    wensen = Wensen(taal, lees_aantallen(definitie, request.args), {"norm_m2_pp": norm} if norm else {})
    kop, moment = Kop(actor.gemeente_naam), versie.aangemaakt_op
    # Making the document takes a while: not inside a transaction.
    db.session.rollback()
    return als_pdf(druk(kop, [Vel(definitie, wensen)], moment), papiernaam(definitie, taal))


def als_pdf(inhoud: bytes, naam: str) -> Response:
    """A PDF to look at, with a name to save it under."""
    return Response(
        inhoud, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{naam}.pdf"'}
    )
