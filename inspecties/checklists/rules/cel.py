"""One question in one repeat instance, and how its value and status follow from the others."""

import math
from collections.abc import Callable
from typing import Any

from inspecties.checklists.rules.antwoordtypen import LEEG, Antwoord, lees_antwoord, netjes
from inspecties.checklists.rules.expressies.functies_tekst import keuzes
from inspecties.checklists.rules.expressies.rekenen import Omgeving, bereken
from inspecties.checklists.rules.expressies.waarden import Waarde, naar_getal, naar_tekst, naar_waar
from inspecties.checklists.rules.typen import KEUZETYPEN
from inspecties.checklists.rules.vorm import Knoop


def sleutel_van(naam: str, herhaling_id: str | None) -> str:
    """``vraag`` or ``vraag@herhaling_id``."""
    return naam if herhaling_id is None else f"{naam}@{herhaling_id}"


class Cel:
    """The state of a question. ``fout`` is None (fine), '' (constraint not met) or a message."""

    __slots__ = (
        "aantal",
        "antwoord",
        "bewaard",
        "effectief",
        "fout",
        "gemeld_relevant",
        "inst",
        "knoop",
        "namen",
        "pad",
        "relevant",
        "sleutel",
        "uit_zichzelf",
        "verplicht",
        "vuurt",
    )

    def __init__(self, knoop: Knoop, namen: dict[str, Any], inst: str | None, pad: tuple[str, ...]) -> None:
        self.knoop = knoop
        self.namen = namen
        self.inst = inst
        self.pad = pad
        self.sleutel = sleutel_van(knoop.naam, inst)
        self.antwoord: Antwoord = LEEG
        self.bewaard = False
        self.uit_zichzelf = False
        self.relevant = True
        self.gemeld_relevant: bool | None = None  # what readers of the value know; None: nothing yet
        self.effectief = ""
        self.verplicht = False
        self.fout: str | None = None
        self.vuurt = False
        self.aantal: int | None = None


def _als_antwoord(cel: Cel, waarde: Waarde) -> Antwoord:
    """A calculated value as an answer; what is no number (NaN, infinite) is no answer."""
    if isinstance(waarde, float):
        if math.isnan(waarde) or math.isinf(waarde):
            return LEEG
        ruw: Any = netjes(waarde)
    else:
        ruw = naar_tekst(waarde) if isinstance(waarde, list) else waarde
    if cel.knoop.type == "calculate":
        return Antwoord(ruw, naar_tekst(waarde)) if ruw != "" else LEEG
    return lees_antwoord(cel.knoop.node, cel.namen, ruw)


def bereken_relevantie(cel: Cel, ouder: Cel | None, omgeving: Omgeving) -> bool:
    """Whether the question is asked, ``ouder`` (its group or repeat) included; whether that changed."""
    relevant = ouder is None or ouder.relevant
    uitdrukking = cel.knoop.node.get("relevant")
    if relevant and uitdrukking is not None:
        relevant = naar_waar(bereken(uitdrukking, omgeving))
    anders = relevant != cel.relevant
    cel.relevant = relevant
    return anders


def bereken_waarde(cel: Cel, omgeving: Omgeving) -> bool:
    """Brings the value up to date; whether its readers must look again."""
    node = cel.knoop.node
    if cel.knoop.soort == "herhaling":
        cel.gemeld_relevant = cel.relevant
        return True
    oud = cel.antwoord
    if "berekening" in node:
        if cel.relevant:
            cel.antwoord = _als_antwoord(cel, bereken(node["berekening"], omgeving))
            cel.uit_zichzelf = node["berekening"].get("naam") == "once"
    elif cel.gemeld_relevant is None and not cel.bewaard and "standaard" in node:
        cel.antwoord = _als_antwoord(cel, bereken(node["standaard"], omgeving))
        cel.uit_zichzelf = True
    effectief = cel.antwoord.tekst if cel.relevant else ""
    anders = cel.antwoord != oud or effectief != cel.effectief or cel.relevant != cel.gemeld_relevant
    cel.effectief = effectief
    cel.gemeld_relevant = cel.relevant
    return anders


def bereken_status(cel: Cel, omgeving: Omgeving, mag: Callable[[Cel, dict[str, Any]], bool]) -> bool:
    """Required, message, consequence and wanted count; whether the screen must look again."""
    node = cel.knoop.node
    oud = (cel.verplicht, cel.fout, cel.vuurt, cel.aantal)
    cel.verplicht = cel.relevant and "verplicht" in node and naar_waar(bereken(node["verplicht"], omgeving))
    cel.fout = _fout(cel, omgeving, mag) if cel.effectief != "" else None
    cel.vuurt = cel.relevant and "gevolg" in node and _vuurt(cel, omgeving)
    cel.aantal = _aantal(bereken(node["aantal"], omgeving)) if cel.relevant and "aantal" in node else None
    return cel.knoop.dynamisch or oud != (cel.verplicht, cel.fout, cel.vuurt, cel.aantal)


MAX_HERHALINGEN = 1000


def _aantal(waarde: Waarde) -> int:
    getal = naar_getal(waarde)
    return 0 if math.isnan(getal) or getal < 0 else int(min(getal, MAX_HERHALINGEN))


def _fout(cel: Cel, omgeving: Omgeving, mag: Callable[[Cel, dict[str, Any]], bool]) -> str | None:
    node = cel.knoop.node
    if cel.antwoord.fout is not None:
        return cel.antwoord.fout
    if "keuzefilter" in node and cel.knoop.type in KEUZETYPEN:
        gekozen = [cel.effectief] if cel.knoop.type == "select_one" else keuzes(cel.effectief)
        if not all(mag(cel, cel.namen[naam]) for naam in gekozen if naam in cel.namen):
            return "Dit antwoord past niet meer bij de andere antwoorden. Kies opnieuw."
    if "beperking" in node and not naar_waar(bereken(node["beperking"], omgeving)):
        return ""
    return None


def _vuurt(cel: Cel, omgeving: Omgeving) -> bool:
    """Whether the consequence holds: gevolg_als, or without it an answer that says yes."""
    als = cel.knoop.node.get("gevolg_als")
    if als is not None:
        return naar_waar(bereken(als, omgeving))
    if cel.knoop.type == "select_one":
        return cel.effectief == "ja"
    if cel.knoop.type in {"integer", "decimal", "range"}:
        return naar_getal(cel.effectief) > 0
    if cel.knoop.type == "calculate":
        return cel.effectief not in {"", "false", "0", "nee"}
    return cel.effectief != ""
