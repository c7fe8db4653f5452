"""The routes of evidence, covers for parties, places and visits, and passing on; and the right of each."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_bewijs import Bronstuk
from inspecties.dossiers.models_verstrekking import Verstrekking
from tests.integration.rechten import routes_wpg
from tests.integration.rechten.toneel import Toneel

RECHT_VAN: dict[str, str | None] = {
    **routes_wpg.RECHT_VAN,
    "bewijs.bestand": "bewijs.origineel",
    "bewijs.conclusie": "dossiers.bewerken",
    "bewijs.controleer": "dossiers.bewerken",
    "bewijs.lijst": "dossiers.lezen",
    "bewijs.nieuw": "dossiers.bewerken",
    "bewijs.plaats": "dossiers.bewerken",
    "bewijs.stuk": "dossiers.lezen",
    "bewijs.trek_in": "dossiers.bewerken",
    "bewijs.wijzig": "dossiers.bewerken",
    "doorzetten.afzien": "voorstellen.beoordelen",
    "doorzetten.alle": "dossiers.lezen",
    "doorzetten.antwoord": "voorstellen.beoordelen",
    "doorzetten.bijlage": "dossiers.lezen",
    "doorzetten.gegevens": "dossiers.lezen",
    "doorzetten.lijst": "dossiers.lezen",
    "doorzetten.nieuw": "dossiers.bewerken",
    "doorzetten.pdf": "dossiers.lezen",
    "doorzetten.toon": "dossiers.lezen",
    "doorzetten.verstrek": "dossiers.bewerken",
    "doorzetten.verstrek_voorstel": "voorstellen.beoordelen",
    "doorzetten.voorstel": "voorstellen.beoordelen",
    "dossiers.plaats_ook": "dossiers.bewerken",
    "redactie.blad": "dossiers.bewerken",
    "redactie.kopie": "dossiers.lezen",
    "redactie.lak_blad": "dossiers.bewerken",
    "redactie.lak_tekst": "dossiers.bewerken",
    "redactie.oordeel": "dossiers.bewerken",
    "redactie.toon": "dossiers.bewerken",
    "samenstelling.toon": "dossiers.bewerken",
    "samenstelling.wijzig": "dossiers.bewerken",
}


def _stuk(toneel: Toneel, soort: str) -> dict[str, Any]:
    """A piece of the submitted dossier of this stage."""
    dossier = select(Dossier.id).where(Dossier.uid == toneel.dossier)
    opdracht = select(Bronstuk.uid).where(Bronstuk.dossier_id.in_(dossier), Bronstuk.soort == soort)
    return {"uid": toneel.dossier, "stuk_uid": db.session.scalars(opdracht).one(), "nr": 1}


def _rapport(toneel: Toneel, _rol: Rol) -> dict[str, Any]:
    return _stuk(toneel, "rapportage")


def _verstrekking(toneel: Toneel, _rol: Rol) -> dict[str, Any]:
    dossier = select(Dossier.id).where(Dossier.uid == toneel.dossier)
    uid = db.session.scalars(select(Verstrekking.uid).where(Verstrekking.dossier_id.in_(dossier))).one()
    return {"uid": uid, "nr": 1}


PER_BLUEPRINT: dict[str, Callable[[Toneel, Rol], dict[str, Any]]] = {
    **routes_wpg.PER_BLUEPRINT,
    "bewijs": _rapport,
    "redactie": _rapport,
    "samenstelling": lambda t, _rol: {"uid": t.dossier},
    "doorzetten": _verstrekking,
}
PER_ENDPOINT: dict[str, Callable[[Toneel, Rol], dict[str, Any]]] = {
    **routes_wpg.PER_ENDPOINT,
    "bewijs.plaats": lambda t, _rol: {"uid": t.dossier, "stuk_uid": t.bewijs},
    "bewijs.wijzig": lambda t, _rol: _stuk(t, "conclusie"),
    **{f"doorzetten.{naam}": lambda t, _rol: {"uid": t.dossier} for naam in ("lijst", "nieuw", "verstrek")},
    **{f"doorzetten.{naam}": lambda t, _rol: {"uid": t.bevinding} for naam in ("voorstel", "verstrek_voorstel")},
    "dossiers.plaats_ook": lambda t, _rol: {"uid": t.bevinding},
}
