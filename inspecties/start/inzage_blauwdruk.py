"""The blueprint of requests of persons, and what shows on every page whose object is marked or was put right."""

from typing import Any

from flask import Blueprint, g, request
from flask_login import current_user

from inspecties.audit.beperken import merken
from inspecties.audit.rules_beperking import Merk
from inspecties.core.fouten import NietGevonden
from inspecties.core.ids import lees_id
from inspecties.database import db, haal, select_voor
from inspecties.start import verbeteringen
from inspecties.start.models_inzage import Inzagetreffer, Inzageverzoek
from inspecties.start.verbeteringen import Verbetering
from inspecties.web.poort import huidige_actor, sleutelbos

bp = Blueprint("inzage", __name__)


def lees_verzoek(uid: str) -> Inzageverzoek:
    return haal(db.session(), huidige_actor(), Inzageverzoek, uid, "Dit verzoek")


def lees_treffer(verzoek: Inzageverzoek, uid: str) -> Inzagetreffer:
    treffer = db.session.scalars(
        select_voor(huidige_actor(), Inzagetreffer).where(
            Inzagetreffer.verzoek_id == verzoek.id, Inzagetreffer.uid == lees_id(str(uid))
        )
    ).one_or_none()
    if treffer is None:
        raise NietGevonden("Deze plek hoort niet bij het verzoek, of bestaat niet meer.")
    return treffer


def _merken() -> dict[str, Merk]:
    """The marks of the gemeente, read once per request."""
    if not current_user.is_authenticated:
        return {}
    if "beperkingen" not in g:
        g.beperkingen = merken(db.session(), current_user.actor.gemeente_id)
    gevonden: dict[str, Merk] = g.beperkingen
    return gevonden


def _op_deze_pagina() -> list[str]:
    """Public ids that the address of this page names."""
    waarden = (request.view_args or {}).values() if request else ()
    return [str(waarde) for waarde in waarden if lees_id(str(waarde)) is not None]


def beperkt(uid: Any) -> Merk | None:
    """The mark on an object, for a template that shows it in a list."""
    return _merken().get(str(uid))


def beperkingen_hier() -> list[Merk]:
    """The marks on what this page is about."""
    alle = _merken()
    return [alle[uid] for uid in _op_deze_pagina() if uid in alle]


def _verbeterd() -> dict[str, str]:
    """The rows of the gemeente that have a note, read once per request."""
    if not current_user.is_authenticated or current_user.actor.gebruiker_id is None:
        return {}
    if "verbeterd" not in g:
        g.verbeterd = verbeteringen.verbeterd(db.session(), current_user.actor)
    gevonden: dict[str, str] = g.verbeterd
    return gevonden


def verbeteringen_hier() -> list[Verbetering]:
    """That something on this page was put right, with the text where it is for everybody who reads the page."""
    uids = _op_deze_pagina()
    if not uids or not _verbeterd():
        return []
    return verbeteringen.op_pagina(db.session(), current_user.actor, sleutelbos(), uids)


def verbeteringen_bij(tabel: str, uid: Any) -> list[Verbetering]:
    """The notes on one row, for a template that shows that row to who may read it, after a line in the log."""
    if str(uid) not in _verbeterd():
        return []
    return verbeteringen.bij_gegeven(db.session(), current_user.actor, sleutelbos(), tabel, str(uid))


@bp.app_context_processor
def _in_sjablonen() -> dict[str, Any]:
    return {
        "beperkt": beperkt,
        "beperkingen_hier": beperkingen_hier,
        "verbeteringen_hier": verbeteringen_hier,
        "verbeteringen_bij": verbeteringen_bij,
    }
