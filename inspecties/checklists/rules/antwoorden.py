"""A definition and a set of answers, evaluated in one go: the output of ``inspecties checklist evalueer``."""

from typing import Any

from inspecties.checklists.rules.blik import Context
from inspecties.checklists.rules.sessie import Sessie, open_sessie
from inspecties.checklists.rules.vorm import Knoop
from inspecties.core.fouten import OngeldigeInvoer

MAX_INSTANTIES = 5_000


def evalueer(
    definitie: dict[str, Any], antwoorden: dict[str, Any], context: Context | dict[str, Any]
) -> dict[str, Any]:
    """Relevance, empty required questions, invalid answers, calculations and proposals.

    Questions in a repeat are named ``kamer[2]/kamer_m2``, from 1. OngeldigeInvoer when the answers do not fit the form.
    """
    sessie = open_sessie(definitie, context)
    laad_antwoorden(sessie, antwoorden)
    return uitkomst_van(sessie)


def uitkomst_van(sessie: Sessie) -> dict[str, Any]:
    """What a session with answers comes to, in the form of ``evalueer``."""
    return {
        "relevant": _relevant(sessie, sessie.vorm.wortels, None),
        "verplicht_leeg": [leesbaar(sessie, s) for s in sessie.verplicht_leeg()],
        "ongeldig": [{"vraag": leesbaar(sessie, o["vraag"]), "melding": o["melding"]} for o in sessie.ongeldig()],
        "berekend": _berekend(sessie, sessie.vorm.wortels, None),
        "voorstellen": [
            {
                "gevolg": v["gevolg"],
                "grondslag": v["grondslag"],
                "vragen": [leesbaar(sessie, s) for s in v["vragen"]],
                **({"hard": v["hard"], "indicatoren": v["indicatoren"]} if "hard" in v else {}),
            }
            for v in sessie.voorstellen()
        ],
    }


def laad_antwoorden(sessie: Sessie, antwoorden: Any) -> list[str]:
    """Puts nested answers in a session (instances are called ``kamer[n]``); returns the changed keys."""
    with sessie.samen():
        _laad(sessie, antwoorden, sessie.vorm.wortels, None, "")
    return sessie.verwerk()


def leesbaar(sessie: Sessie, sleutel: str) -> str:
    """``kamer_m2@<id>`` as ``kamer[2]/kamer_m2``."""
    naam, _, inst = sleutel.partition("@")
    return f"{sessie.instantienaam(inst)}/{naam}" if inst else naam


def _laad(sessie: Sessie, antwoorden: Any, namen: list[str], inst: str | None, pad: str) -> None:
    if not isinstance(antwoorden, dict):
        raise OngeldigeInvoer(f"{pad or 'De antwoorden'}: hier hoort een object met namen van vragen.", pad or None)
    knopen = _bereikbaar(sessie, namen)
    for naam, waarde in antwoorden.items():
        knoop = knopen.get(naam)
        waar = f"{pad}/{naam}" if pad else str(naam)
        if knoop is None:
            raise OngeldigeInvoer(f"{waar}: deze vraag staat hier niet in het formulier.", waar)
        if knoop.soort == "vraag":
            sessie.zet(naam, inst, waarde)
        elif knoop.soort == "groep":
            _laad(sessie, waarde, knoop.kinderen, inst, pad)
        else:
            if waarde is None:
                continue
            if not isinstance(waarde, list) or len(waarde) > MAX_INSTANTIES:
                raise OngeldigeInvoer(f"{waar}: bij een herhaling hoort een lijst (hoogstens {MAX_INSTANTIES}).", waar)
            for nummer, deel in enumerate(waarde, start=1):
                eigen = f"{pad}/{naam}[{nummer}]" if pad else f"{naam}[{nummer}]"
                sessie.voeg_toe(naam, eigen, inst, nummer)
                _laad(sessie, deel, knoop.kinderen, eigen, eigen)


def _bereikbaar(sessie: Sessie, namen: list[str]) -> dict[str, Knoop]:
    """What may stand at one level of the answers: groups add no level of their own, but may."""
    uit: dict[str, Knoop] = {}
    for naam in namen:
        knoop = sessie.vorm.knopen[naam]
        uit[naam] = knoop
        if knoop.soort == "groep":
            uit |= _bereikbaar(sessie, knoop.kinderen)
    return uit


def _relevant(sessie: Sessie, namen: list[str], inst: str | None) -> dict[str, Any]:
    uit: dict[str, Any] = {}
    for naam, knoop in _bereikbaar(sessie, namen).items():
        if knoop.soort == "herhaling":
            uit[naam] = [_relevant(sessie, knoop.kinderen, kind) for kind in sessie.herhalingen(naam, inst)]
        else:
            uit[naam] = sessie.relevant(naam if inst is None else f"{naam}@{inst}")
    return uit


def _berekend(sessie: Sessie, namen: list[str], inst: str | None) -> dict[str, Any]:
    """Relevant calculations; None where the outcome is empty. A repeat without calculations is left out."""
    uit: dict[str, Any] = {}
    for naam, knoop in _bereikbaar(sessie, namen).items():
        sleutel = naam if inst is None else f"{naam}@{inst}"
        if knoop.soort == "herhaling":
            rijen = [_berekend(sessie, knoop.kinderen, kind) for kind in sessie.herhalingen(naam, inst)]
            if any(rijen):
                uit[naam] = rijen
        elif "berekening" in knoop.node and sessie.relevant(sleutel):
            uit[naam] = sessie.waarde(sleutel)
    return uit
