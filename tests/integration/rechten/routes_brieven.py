"""The routes of letters and their templates, the right of each, and with what their URLs are filled in."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_brieven import Brief, Kennisgeving
from tests.integration.rechten.toneel import Toneel

RECHT_VAN: dict[str, str | None] = {
    "brieven.aanvullen": "dossiers.bewerken",
    "brieven.bewaar_tekst": "dossiers.bewerken",
    "brieven.bewijs": "dossiers.lezen",
    "brieven.kennisgeving": "dossiers.bewerken",
    "brieven.lijst": "dossiers.lezen",
    "brieven.maak": "dossiers.bewerken",
    "brieven.neem_word": "dossiers.bewerken",
    "brieven.nieuw": "dossiers.bewerken",
    "brieven.pdf": "dossiers.lezen",
    "brieven.tekst": "dossiers.bewerken",
    "brieven.toon": "dossiers.lezen",
    "brieven.vastleggen": "dossiers.bewerken",
    "brieven.vervallen": "dossiers.bewerken",
    "brieven.word": "dossiers.bewerken",
    "sjablonen.kies": "sjablonen.beheren",
    "sjablonen.lijst": "sjablonen.beheren",
    "sjablonen.proef": "sjablonen.beheren",
    "sjablonen.toon": "sjablonen.beheren",
    "sjablonen.voeg_toe": "sjablonen.beheren",
    "sjablonen.word": "sjablonen.beheren",
}
SOORT = "uitnodiging_zienswijze"


def _brief(toneel: Toneel, _rol: Rol) -> dict[str, Any]:
    """The letter of this stage, whoever asks."""
    rij = db.session.execute(
        select(Brief.uid, Kennisgeving.uid)
        .join(Kennisgeving, Kennisgeving.brief_id == Brief.id)
        .join(Dossier, Dossier.id == Brief.dossier_id)
        .where(Dossier.uid == toneel.dossier)
    ).one()
    db.session.rollback()
    return {"uid": toneel.dossier, "brief_uid": rij[0], "kennis_uid": rij[1], "briefsoort": SOORT}


PER_BLUEPRINT: dict[str, Callable[[Toneel, Rol], dict[str, Any]]] = {"brieven": _brief}
