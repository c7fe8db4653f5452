"""Independent check of a plan against the instance, with none of the planner's own reckoning."""

import math

from inspecties.acties.route.instantie import Instantie, Pauze, Ploeg, Stop
from inspecties.acties.route.uitkomst import Bezoek, Plan, Ploegplan

_SPELING = 1e-6


def controleer_plan(instantie: Instantie, plan: Plan) -> list[str]:
    """Dutch sentences that each name something the plan breaks; empty when it can be done."""
    fouten: list[str] = []
    ploegen = {p.id: p for p in instantie.ploegen}
    stops = {s.id: (nummer, s) for nummer, s in enumerate(instantie.stops, 1)}
    if [p.id for p in plan.ploegen] != list(ploegen):
        fouten.append("Het plan noemt niet precies de ploegen van de vraag.")
    gezien: list[str] = [b.id for p in plan.ploegen for b in p.stops]
    fouten += [
        f"Stop {naam} staat {gezien.count(naam)} keer in het plan." for naam in set(gezien) if gezien.count(naam) > 1
    ]
    fouten += [f"Stop {naam} bestaat niet." for naam in set(gezien) - set(stops)]
    weg = [n.id for n in plan.niet_gepland]
    if sorted(weg + gezien) != sorted(stops):
        fouten.append("Niet elke stop staat precies een keer bij een ploeg of bij niet gepland.")
    fouten += [f"Stop {n.id} is niet gepland zonder reden." for n in plan.niet_gepland if not n.reden.strip()]
    for deel in plan.ploegen:
        if deel.id in ploegen and all(b.id in stops for b in deel.stops):
            fouten += _controleer_ploeg(instantie, ploegen[deel.id], deel, stops)
    som = math.fsum(stops[naam][1].waarde for naam in gezien if naam in stops)
    if abs(som - plan.waarde) > _SPELING * max(1.0, abs(som)):
        fouten.append(f"De waarde van het plan is {som:g}, niet {plan.waarde:g}.")
    return fouten


def _controleer_ploeg(
    instantie: Instantie, ploeg: Ploeg, deel: Ploegplan, stops: dict[str, tuple[int, Stop]]
) -> list[str]:
    fouten: list[str] = []
    vrij, plaats = ploeg.begin, 0
    pauze_over = deel.pauze
    if ploeg.pauze is not None and deel.stops:
        fouten += _controleer_pauze(ploeg, ploeg.pauze, deel)
    for bezoek in deel.stops:
        nummer, stop = stops[bezoek.id]
        fouten += _controleer_bezoek(ploeg, bezoek, stop)
        rit = instantie.reistijd(plaats, nummer)
        nodig, pauze_over = _onderweg(vrij, rit, bezoek.begin, pauze_over)
        if bezoek.begin < nodig - _SPELING or bezoek.aankomst < vrij + rit - _SPELING:
            fouten.append(f"Ploeg {ploeg.id} kan niet op tijd bij stop {bezoek.id} zijn.")
        vrij, plaats = bezoek.vertrek, nummer
    thuis = vrij + (instantie.reistijd(plaats, 0) if deel.stops else 0.0)
    if deel.pauze is not None and pauze_over is not None and not _past_aan_eind(vrij, thuis, deel):
        fouten.append(f"De pauze van ploeg {ploeg.id} valt samen met werk of rijden.")
    if deel.terug < thuis - _SPELING:
        fouten.append(f"Ploeg {ploeg.id} kan niet om {deel.terug:g} terug zijn.")
    if deel.terug > ploeg.eind + _SPELING:
        fouten.append(f"Ploeg {ploeg.id} is na het einde van de dienst terug.")
    if ploeg.max_stops is not None and len(deel.stops) > ploeg.max_stops:
        fouten.append(f"Ploeg {ploeg.id} heeft meer dan {ploeg.max_stops} stops.")
    for bevoegdheid, hoogste in ploeg.max_per_bevoegdheid:
        if sum(bevoegdheid in stops[b.id][1].vereist for b in deel.stops) > hoogste:
            fouten.append(f"Ploeg {ploeg.id} heeft meer dan {hoogste} stops voor {bevoegdheid}.")
    for soorten, hoogste in ploeg.max_van:
        if sum(not soorten.isdisjoint(stops[b.id][1].vereist) for b in deel.stops) > hoogste:
            fouten.append(f"Ploeg {ploeg.id} heeft meer dan {hoogste} stops voor {', '.join(sorted(soorten))}.")
    return fouten


def _controleer_pauze(ploeg: Ploeg, p: Pauze, deel: Ploegplan) -> list[str]:
    if deel.pauze is None:
        return [f"Ploeg {ploeg.id} heeft geen pauze."]
    fouten = []
    begin, eind = deel.pauze
    if not (p.vroegst - _SPELING <= begin <= p.laatst + _SPELING) or eind - begin < p.duur_min - _SPELING:
        fouten.append(f"De pauze van ploeg {ploeg.id} valt niet in haar venster of is te kort.")
    if begin < ploeg.begin - _SPELING or eind > ploeg.eind + _SPELING:
        fouten.append(f"De pauze van ploeg {ploeg.id} valt buiten de dienst.")
    return fouten


def _onderweg(
    vrij: float, rit: float, begin: float, pauze: tuple[float, float] | None
) -> tuple[float, tuple[float, float] | None]:
    """Earliest begin at the next stop, and the break when that still has to come."""
    if pauze is None or pauze[0] >= begin - _SPELING:
        return vrij + rit, pauze
    p_begin, p_eind = pauze
    mogelijk = [math.inf]
    if p_begin >= vrij + rit - _SPELING:
        mogelijk.append(p_eind)  # there, before the work begins
    if p_begin >= vrij - _SPELING:
        mogelijk.append(p_eind + rit)  # before driving off
    return min(mogelijk), None


def _past_aan_eind(vrij: float, thuis: float, deel: Ploegplan) -> bool:
    assert deel.pauze is not None
    begin, eind = deel.pauze
    if not deel.stops or begin >= max(thuis, deel.terug) - _SPELING:
        return True
    rijden = thuis - vrij
    return begin >= vrij - _SPELING and deel.terug >= eind + rijden - _SPELING


def _controleer_bezoek(ploeg: Ploeg, bezoek: Bezoek, stop: Stop) -> list[str]:
    fouten = []
    if not stop.open - _SPELING <= bezoek.begin <= stop.dicht + _SPELING:
        fouten.append(f"Stop {stop.id} begint buiten zijn venster.")
    if bezoek.begin < bezoek.aankomst - _SPELING:
        fouten.append(f"Stop {stop.id} begint voor de aankomst.")
    if bezoek.vertrek < bezoek.begin + stop.duur_min - _SPELING:
        fouten.append(f"Stop {stop.id} krijgt minder dan {stop.duur_min:g} minuten.")
    if mist := stop.vereist - ploeg.bevoegdheden:
        fouten.append(f"Ploeg {ploeg.id} mist bij stop {stop.id}: {', '.join(sorted(mist))}.")
    if stop.vast_ploeg not in (None, ploeg.id):
        fouten.append(f"Stop {stop.id} hoort bij ploeg {stop.vast_ploeg}.")
    if stop.vast_begin is not None and abs(bezoek.begin - stop.vast_begin) > _SPELING:
        fouten.append(f"Stop {stop.id} begint niet op het vaste moment.")
    return fouten
