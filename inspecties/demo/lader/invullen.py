"""Filling in a checklist as a person would: only what applies, in the order of the form, with evidence where asked."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from inspecties.checklists.rules.sessie import Sessie, open_sessie
from inspecties.checklists.rules.vorm import Vorm
from inspecties.controles.rules.vragen import Vraag
from inspecties.core.ids import nieuw_id
from inspecties.demo.lader.antwoorden import Antwoordplan

_NOTEN: dict[str, str] = {
    "aantal_personen": "Alle kamers nagelopen en samen met een collega geteld.",
    "te_veel_personen": "Volgt uit de telling en de meting.",
    "gebruiksoppervlakte_m2": "Gemeten met de lasermeter, hele woning.",
    "personen_brp": "Lijst van de gemeente van vandaag naast de telling gelegd.",
    "overlast_meldingen": "Meldingen van omwonenden, met datum, zonder hun namen.",
    "huur_en_arbeid_apart": "Bewoner liet het contract op de telefoon zien.",
    "huur_ingehouden": "Staat zo op de loonstrook die de bewoner liet zien.",
    "wonen_stopt_met_werk": "Bewoner zei dit zelf, met hulp van de tolkentelefoon.",
    "paspoort_bij_ander": "Bewoner zei dat het paspoort op kantoor ligt.",
    "id_in_eigen_bezit": "De persoon zei dat het paspoort bij iemand anders ligt.",
    "werkadres_bekend": "Bewoner wordt elke dag opgehaald en kent het adres niet.",
    "schuld": "Bewoner noemde een schuld voor de reis.",
}
_NOOT = "Gezien en vastgelegd tijdens het bezoek."


@dataclass(frozen=True)
class Invulling:
    """One answer, note or attachment. ``waarde`` of an attachment is left to who makes the file."""

    soort: str
    vraag: str
    herhaling_id: str | None
    waarde: Any = None


def _zet(sessie: Sessie, vragen: dict[str, Vraag], naam: str, herhaling_id: str | None, waarde: Any) -> None:
    vraag = vragen.get(naam)
    if vraag is None or vraag.soort != "vraag" or vraag.type in ("note", "calculate"):
        return
    sleutel = naam if herhaling_id is None else f"{naam}@{herhaling_id}"
    keuzes = {k["naam"] for k in sessie.keuzes(sleutel)} if vraag.type.startswith("select") else set()
    if vraag.type == "select_multiple":
        waarde = [w for w in waarde if w in keuzes]
    elif vraag.type == "select_one" and waarde not in keuzes:
        waarde = None
    if waarde not in (None, []):
        sessie.zet(naam, herhaling_id, waarde)


def _vul(sessie: Sessie, vragen: dict[str, Vraag], plan: Antwoordplan) -> dict[str, list[str]]:
    """Answers what the plan knows; the ids of the instances of each repeat."""
    instanties: dict[str, list[str]] = {}
    with sessie.samen():
        for groep, rijen in (("kamers", plan.kamers), ("personen", plan.personen)):
            for plaats, rij in enumerate(rijen if groep in vragen else []):
                herhaling_id = str(nieuw_id())
                instanties.setdefault(groep, []).append(herhaling_id)
                sessie.voeg_toe(groep, herhaling_id, None, plaats)
                for naam, waarde in rij.items():
                    _zet(sessie, vragen, naam, herhaling_id, waarde)
        for naam, waarde in plan.vragen.items():
            if naam in vragen and vragen[naam].herhaling is None:
                _zet(sessie, vragen, naam, None, waarde)
    sessie.verwerk()
    return instanties


def _gegeven(sessie: Sessie, vragen: dict[str, Vraag], plan: Antwoordplan, naam: str, id_: str | None) -> bool:
    sleutel = naam if id_ is None else f"{naam}@{id_}"
    bekend = naam in plan.vragen if id_ is None else any(naam in rij for rij in (*plan.kamers, *plan.personen))
    return bekend and vragen[naam].type != "calculate" and sessie.bestaat(sleutel) and sessie.relevant(sleutel)


def vul_checklist(
    vorm: Vorm,
    vragen: dict[str, Vraag],
    context: dict[str, Any],
    plan: Antwoordplan,
    rng: Random,
    compleet: bool,
    controle: Callable[[Sessie], None] | None = None,
) -> list[Invulling]:
    """What the team records in this checklist, in the order of the form.

    Without ``compleet`` some of the asked evidence is missing, as on a busy evening. ``controle`` sees the session as
    it was filled in.
    """
    sessie = open_sessie(vorm, context)
    instanties = _vul(sessie, vragen, plan)
    uit = list(_antwoorden(sessie, vragen, plan, instanties))
    for sleutel, bewijs in _gevraagd(sessie):
        naam, _, herhaling_id = sleutel.partition("@")
        if not compleet and rng.random() < 0.35:
            continue
        if bewijs == "foto":
            uit.append(Invulling("attach", naam, herhaling_id or None))
        else:
            uit.append(Invulling("note", naam, herhaling_id or None, _NOTEN.get(naam, _NOOT)))
    if controle is not None:
        controle(sessie)
    return uit


def _antwoorden(
    sessie: Sessie, vragen: dict[str, Vraag], plan: Antwoordplan, instanties: dict[str, list[str]]
) -> Iterator[Invulling]:
    for naam, vraag in vragen.items():
        if vraag.soort == "herhaling":
            if sessie.bestaat(naam) and sessie.relevant(naam):
                for plaats, herhaling_id in enumerate(instanties.get(naam, [])):
                    yield Invulling("set", naam, herhaling_id, {"ouder": None, "plaats": plaats})
            continue
        if vraag.soort != "vraag":
            continue
        if vraag.type == "image" and sessie.bestaat(naam) and sessie.relevant(naam) and sessie.verplicht(naam):
            yield Invulling("attach", naam, None)
            continue
        plekken: list[str | None] = [None]
        if vraag.herhaling:
            plekken = list(instanties.get(vraag.herhaling, []))
        for plek in plekken:
            if _gegeven(sessie, vragen, plan, naam, plek):
                sleutel = naam if plek is None else f"{naam}@{plek}"
                waarde = sessie.waarde(sleutel)
                if waarde not in (None, "", []):
                    yield Invulling("set", naam, plek, waarde)


def _gevraagd(sessie: Sessie) -> list[tuple[str, str]]:
    """Evidence that the proposals ask for, each once."""
    return list(
        dict.fromkeys((gemis["vraag"], gemis["bewijs"]) for v in sessie.voorstellen() for gemis in v["ontbreekt"])
    )
