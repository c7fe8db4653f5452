"""From folded operations to a checklist that is filled in: what the evaluator needs, and what comes out of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from inspecties.checklists.rules.sessie import Sessie, open_sessie
from inspecties.checklists.rules.voorstellen import SIGNAAL, weeg
from inspecties.controles.rules.vouw import Vouw, herhalingen
from inspecties.controles.rules.vragen import Vraag, keuzelabel, vragen_van

# What the gemeente sets and a checklist only knows a fallback for (``number(once(12))``): given, it stays.
VOORAF = ("norm_m2_pp",)


def vul_in(definitie: dict[str, Any], context: Mapping[str, Any], vouw: Vouw) -> Sessie:
    """A session with the answers as they stand; operations on names that this checklist lacks are passed over."""
    vragen = vragen_van(definitie)
    sessie = open_sessie(definitie, context)
    with sessie.samen():
        for naam in VOORAF:
            if naam in vragen and context.get(naam) is not None:
                sessie.zet(naam, None, context[naam])
        for h in herhalingen(vouw, [v.naam for v in vragen.values() if v.soort == "herhaling"]):
            try:
                sessie.voeg_toe(h.groep, h.herhaling_id, h.ouder, h.plaats)
            except KeyError:
                # An instance under a parent that it does not belong to; its operations stay, it counts for nothing.
                continue
        for sleutel in vouw.sleutels():
            naam, _, herhaling_id = sleutel.partition("@")
            if naam in vragen:
                _zet(sessie, vragen[naam], herhaling_id or None, sleutel, vouw)
    sessie.verwerk()
    return sessie


def _zet(sessie: Sessie, vraag: Vraag, herhaling_id: str | None, sleutel: str, vouw: Vouw) -> None:
    bijlagen, noot = vouw.bijlagen(sleutel), vouw.noot(sleutel)
    if vraag.soort == "vraag":
        if is_bestand(vraag):
            sessie.zet(vraag.naam, herhaling_id, bijlagen or None)
        elif vouw.koppen(sleutel):
            sessie.zet(vraag.naam, herhaling_id, vouw.waarde(sleutel))
    if bijlagen or noot:
        foto = 0 if is_bestand(vraag) else len(bijlagen)
        sessie.zet_bewijs(sleutel, {"foto": foto, "toelichting": bool(noot.strip())})


def is_bestand(vraag: Vraag) -> bool:
    """Whether the answer is what was attached to the question."""
    return vraag.type in {"image", "audio", "signature"}


@dataclass(frozen=True)
class Uitkomst:
    """One proposal with what carries it, as it is stored."""

    gevolg: str
    grondslag: str
    hard: bool
    dragers: list[dict[str, Any]] = field(default_factory=list)
    ontbreekt: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Blad:
    """One checklist of a visit with its answers."""

    definitie: dict[str, Any]
    sessie: Sessie
    hash: str = ""


def uitkomsten(definitie: dict[str, Any], sessie: Sessie, vouw: Vouw) -> list[Uitkomst]:
    """What the answers lead to, with the answers and evidence that carry it quoted as they stand.

    Without signals of trafficking: these are weighed over the whole visit (``signaal_van``).
    """
    vragen = vragen_van(definitie)
    return [
        Uitkomst(
            gevolg=voorstel["gevolg"][:60],
            grondslag=voorstel["grondslag"][:200],
            hard=False,
            dragers=[_drager(definitie, vragen, sessie, vouw, sleutel) for sleutel in voorstel["vragen"]],
            ontbreekt=[_gemis(sessie, gemis["vraag"], gemis["bewijs"]) for gemis in voorstel["ontbreekt"]],
        )
        for voorstel in sessie.voorstellen()
        if voorstel["gevolg"] != SIGNAAL
    ]


def signaal_van(bladen: Sequence[Blad], vouw: Vouw) -> tuple[str, Uitkomst] | None:
    """The signal of trafficking in a visit: the hash of the checklist that it begins in, and what carries it.

    None where all checklists together hold fewer than two different indicators and no hard one.
    """
    waar: dict[str, Blad] = {}
    hard: set[str] = set()
    alle = []
    for blad in bladen:
        for deel in blad.sessie.aanwijzingen():
            waar.setdefault(deel["vraag"], blad)
            hard |= {deel["vraag"]} if deel["hard"] else set()
            alle.append(deel)
    signaal = weeg(alle)
    if signaal is None:
        return None
    dragers = []
    for sleutel in signaal["vragen"]:
        blad = waar[sleutel]
        vragen = vragen_van(blad.definitie)
        drager = _drager(blad.definitie, vragen, blad.sessie, vouw, sleutel)
        dragers.append(drager | {"hard": sleutel in hard, "waar": _waar(vragen, blad.sessie, sleutel)})
    return waar[signaal["vragen"][0]].hash, Uitkomst(
        gevolg=SIGNAAL,
        grondslag=signaal["grondslag"][:200],
        hard=signaal["hard"],
        dragers=dragers,
        ontbreekt=[_gemis(waar[g["vraag"]].sessie, g["vraag"], g["bewijs"]) for g in signaal["ontbreekt"]],
    )


def _waar(vragen: Mapping[str, Vraag], sessie: Sessie, sleutel: str) -> str:
    """Which instance of a repeat: 'Persoon 2'; empty outside repeats."""
    naam, _, herhaling_id = sleutel.partition("@")
    herhaling = vragen[naam].herhaling
    return f"{vragen[herhaling].label} {sessie.plaats_van(herhaling_id)}" if herhaling_id and herhaling else ""


def _drager(
    definitie: dict[str, Any], vragen: Mapping[str, Vraag], sessie: Sessie, vouw: Vouw, sleutel: str
) -> dict[str, Any]:
    naam, _, herhaling_id = sleutel.partition("@")
    waarde = sessie.waarde(sleutel)
    return {
        "vraag": naam,
        "herhaling_id": herhaling_id or None,
        "label": sessie.label(sleutel) or naam,
        "waarde": waarde,
        "tekst": keuzelabel(definitie, vragen[naam], waarde),
        "bewijs": vouw.bijlagen(sleutel),
        "noot": vouw.noot(sleutel),
    }


def _gemis(sessie: Sessie, sleutel: str, bewijs: str) -> dict[str, Any]:
    naam, _, herhaling_id = sleutel.partition("@")
    return {
        "vraag": naam,
        "herhaling_id": herhaling_id or None,
        "label": sessie.label(sleutel) or naam,
        "bewijs": bewijs,
    }
