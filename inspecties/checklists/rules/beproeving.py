"""Trying out a form: the outcome of answers with the evidence that hangs on them. Twin of checklists/uitkomst.js."""

from typing import Any

from inspecties.checklists.rules.antwoorden import laad_antwoorden, leesbaar, uitkomst_van
from inspecties.checklists.rules.blik import Context
from inspecties.checklists.rules.sessie import Sessie, open_sessie
from inspecties.core.fouten import OngeldigeInvoer


def beproef(definitie: dict[str, Any], antwoorden: Any, context: Context, bewijs: Any = None) -> dict[str, Any]:
    """As ``evalueer``, with ``ontbreekt`` per proposal: which evidence it still lacks.

    ``bewijs``: ``{"kamers[1]/kamer_rookmelder": {"foto": 2, "toelichting": false}}``. OngeldigeInvoer names what does
    not fit the form.
    """
    sessie = open_sessie(definitie, context)
    laad_antwoorden(sessie, antwoorden)
    _leg_bewijs_aan(sessie, {} if bewijs is None else bewijs)
    uit = uitkomst_van(sessie)
    for deel, voorstel in zip(uit["voorstellen"], sessie.voorstellen(), strict=True):
        deel["ontbreekt"] = [{**o, "vraag": leesbaar(sessie, o["vraag"])} for o in voorstel["ontbreekt"]]
    return uit


def _leg_bewijs_aan(sessie: Sessie, bewijs: Any) -> None:
    if not isinstance(bewijs, dict):
        raise OngeldigeInvoer("bewijs: hier hoort een object met namen van vragen.", "bewijs")
    for naam, delen in bewijs.items():
        waar = f"bewijs/{naam}"
        # Instances are called after their place when answers are loaded: kamers[1].
        inst, _, vraag = str(naam).rpartition("/")
        sleutel = f"{vraag}@{inst}" if inst else vraag
        if not sessie.bestaat(sleutel):
            raise OngeldigeInvoer(f"{waar}: deze vraag staat niet in de antwoorden of niet in het formulier.", waar)
        if not _is_bewijs(delen):
            raise OngeldigeInvoer(f"{waar}: geef foto (een aantal) en toelichting (true of false).", waar)
        sessie.zet_bewijs(sleutel, delen)


def _is_bewijs(delen: Any) -> bool:
    if not isinstance(delen, dict) or not delen.keys() <= {"foto", "toelichting"}:
        return False
    foto, toelichting = delen.get("foto", 0), delen.get("toelichting", False)
    return isinstance(foto, int) and not isinstance(foto, bool) and foto >= 0 and isinstance(toelichting, bool)
