"""Whether an action may begin, and whether it may end: what is missing, in words a planner can act on."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from inspecties.acties.rules.toestanden import STOP_TABEL

# A stop in one of these states asks nothing more of the team.
AFGEHANDELD = frozenset({"afgerond", "vervallen", "niemand_thuis", "geweigerd"})
# Nobody has done anything for a stop in one of these states.
ONAANGEROERD = frozenset({"gepland", "vervallen"})
# Starting earlier than this before the shift is a mistake.
VROEGST_VOOR_BEGIN = timedelta(hours=12)
DIENST_VOORBIJ = "dienst_voorbij"


@dataclass(frozen=True)
class Lid:
    """A member of a team; ``organisatie`` is None for the gemeente's own people."""

    naam: str
    organisatie: str | None = None
    geblokkeerd: bool = False


@dataclass(frozen=True)
class Ploegfeiten:
    """A team as readiness sees it."""

    naam: str
    leden: tuple[Lid, ...] = ()


@dataclass(frozen=True)
class Stopfeiten:
    """A stop as readiness sees it; ``ploeg`` is the team's name.

    ``niet_voor_soort``: its checklists that are published that day, but not for this kind of place.
    ``sleutel``: its uid.
    """

    volgorde: int
    naam: str
    toestand: str = "gepland"
    ploeg: str | None = None
    checklists: tuple[str, ...] = ()
    niet_voor_soort: tuple[str, ...] = ()
    toegangsgrond: str = "toezicht"
    duur_min: int = 30
    venster: tuple[datetime | None, datetime | None] = (None, None)
    sleutel: str = ""

    @property
    def noem(self) -> str:
        """'Stop 3, Kade 12 (ploeg A)'."""
        return f"Stop {self.volgorde}, {self.naam}" + (f" ({self.ploeg})" if self.ploeg else "")


@dataclass(frozen=True)
class Actiefeiten:
    """An action as readiness sees it.

    ``deelnemers``: organisation -> status of its participation. ``geldig``: checklist codes with a version that is
    published and valid on the day. ``elders``: member -> another action in the same hours.
    """

    begin_op: datetime
    eind_op: datetime
    stops: tuple[Stopfeiten, ...] = ()
    ploegen: tuple[Ploegfeiten, ...] = ()
    deelnemers: Mapping[str, str] | None = None
    geldig: frozenset[str] = frozenset()
    elders: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Punt:
    """Something to do. ``waar`` is the part of the plan to mend it in: gegevens, stops, ploegen or partners.

    A page of its own to mend it on is named by ``endpoint`` and ``waarden`` (URL values besides the action's uid).
    ``code`` names the kind of point and ``sleutel`` the thing that it is about, so that it can be overridden.
    """

    waar: str
    melding: str
    endpoint: str = ""
    waarden: tuple[tuple[str, str], ...] = ()
    code: str = ""
    sleutel: str = ""


def vind_blokkades(feiten: Actiefeiten, nu: datetime) -> list[Punt]:
    """What keeps an action from being ready; empty when nothing does."""
    uit = _blokkades_dienst(feiten, nu)
    mee = [stop for stop in feiten.stops if stop.toestand != "vervallen"]
    if not mee:
        uit.append(Punt("stops", "Er is nog geen stop. Kies ten minste één locatie.", code="geen_stop"))
    if not feiten.ploegen:
        uit.append(Punt("ploegen", "Er is nog geen ploeg. Maak een ploeg en zet er iemand in.", code="geen_ploeg"))
    for stop in mee:
        uit += _blokkades_stop(stop, feiten)
    for ploeg in feiten.ploegen:
        uit += _blokkades_ploeg(ploeg, feiten.deelnemers or {})
    dubbel = Counter(lid.naam for ploeg in feiten.ploegen for lid in ploeg.leden)
    uit += [
        Punt("ploegen", f"{naam} staat in {n} ploegen. Kies er één.", code="dubbel_in_ploeg", sleutel=naam)
        for naam, n in dubbel.items()
        if n > 1
    ]
    return uit


def _blokkades_dienst(feiten: Actiefeiten, nu: datetime) -> list[Punt]:
    uit = []
    if feiten.eind_op <= feiten.begin_op:
        uit.append(
            Punt("gegevens", "De dienst eindigt voordat hij begint. Kies een latere eindtijd.", code="dienst_omgekeerd")
        )
    if feiten.eind_op <= nu:
        uit.append(Punt("gegevens", "De dienst is al voorbij. Kies een datum vanaf vandaag.", code=DIENST_VOORBIJ))
    return uit


def _blokkades_stop(stop: Stopfeiten, feiten: Actiefeiten) -> list[Punt]:
    uit = []

    def zeg(code: str, zin: str, rest: str = "") -> None:
        sleutel = f"{stop.sleutel}:{rest}" if rest else stop.sleutel
        uit.append(Punt("stops", f"{stop.noem}: {zin}", code=code, sleutel=sleutel))

    if stop.ploeg is None:
        zeg("stop_zonder_ploeg", "er is nog geen ploeg gekozen.")
    if not stop.checklists:
        zeg("checklist_geen", "er is nog geen checklist gekozen.")
    for code in stop.checklists:
        if code not in feiten.geldig:
            zin = f"de checklist '{code}' is op die dag niet gepubliceerd. Kies een andere."
            zeg("checklist_niet_gepubliceerd", zin, code)
    for code in stop.niet_voor_soort:
        zin = f"de checklist '{code}' geldt op die dag niet voor dit soort plek. Kies een andere."
        zeg("checklist_niet_voor_soort", zin, code)
    begin, eind = stop.venster
    if begin and eind and eind <= begin:
        zeg("venster_omgekeerd", "'bezoek tot' ligt niet na 'bezoek vanaf'.")
    if (begin and begin >= feiten.eind_op) or (eind and eind <= feiten.begin_op):
        zeg("buiten_dienst", "de bezoektijd valt buiten de dienst.")
    return uit


def _blokkades_ploeg(ploeg: Ploegfeiten, deelnemers: Mapping[str, str]) -> list[Punt]:
    if not ploeg.leden:
        zin = f"{ploeg.naam} heeft nog niemand. Zet er iemand in, of haal de ploeg weg."
        return [Punt("ploegen", zin, code="ploeg_leeg", sleutel=ploeg.naam)]
    uit: list[Punt] = []

    def zeg(waar: str, code: str, zin: str, sleutel: str) -> None:
        uit.append(Punt(waar, zin, code=code, sleutel=sleutel))

    for lid in ploeg.leden:
        if lid.geblokkeerd:
            zin = f"{lid.naam} ({ploeg.naam}) kan niet meer aanmelden. Kies iemand anders."
            zeg("ploegen", "lid_geblokkeerd", zin, lid.naam)
        if lid.organisatie is None:
            continue
        status = deelnemers.get(lid.organisatie)
        if status is None:
            zin = f"{lid.naam} is van {lid.organisatie}, maar die organisatie doet niet mee. Voeg haar toe."
            zeg("partners", "partner_doet_niet_mee", zin, lid.organisatie)
        elif status == "afgezegd":
            zin = f"{lid.organisatie} heeft afgezegd. Haal {lid.naam} uit {ploeg.naam} of kies iemand anders."
            zeg("ploegen", "partner_afgezegd", zin, f"{lid.organisatie}:{lid.naam}")
    return uit


def vind_aandacht(feiten: Actiefeiten) -> list[Punt]:
    """What a planner should know, but may decide on: nothing here stops the action."""
    uit = [
        Punt("partners", f"{naam} heeft nog niet geantwoord.", code="partner_wacht", sleutel=naam)
        for naam, status in (feiten.deelnemers or {}).items()
        if status == "uitgenodigd"
    ]
    uit += [
        Punt("ploegen", f"{naam} staat in dezelfde uren ook in '{actie}'.", code="mens_elders", sleutel=naam)
        for naam, actie in (feiten.elders or {}).items()
    ]
    dienst_min = (feiten.eind_op - feiten.begin_op).total_seconds() / 60
    mee = [stop for stop in feiten.stops if stop.toestand != "vervallen"]
    for ploeg in feiten.ploegen:
        nodig = sum(stop.duur_min for stop in mee if stop.ploeg == ploeg.naam)
        if nodig > dienst_min:
            werk = f"{nodig} minuten werk in een dienst van {dienst_min:.0f} minuten, zonder reistijd"
            uit.append(Punt("stops", f"{ploeg.naam} heeft {werk}.", code="te_veel_werk", sleutel=ploeg.naam))
        if not any(stop.ploeg == ploeg.naam for stop in mee):
            uit.append(
                Punt("stops", f"{ploeg.naam} heeft nog geen stops.", code="ploeg_zonder_stop", sleutel=ploeg.naam)
            )
    uit += [
        Punt(
            "stops",
            f"{stop.noem}: neem de machtiging tot binnentreden mee.",
            code="machtiging_meenemen",
            sleutel=stop.sleutel,
        )
        for stop in mee
        if stop.toegangsgrond == "machtiging"
    ]
    return uit


def vind_open(stops: Sequence[Stopfeiten]) -> list[Punt]:
    """The stops that keep an action from being finished."""
    return [
        Punt("stops", f"{stop.noem} is nog '{STOP_TABEL.namen[stop.toestand].lower()}'.")
        for stop in stops
        if stop.toestand not in AFGEHANDELD
    ]


def vind_begonnen(stops: Sequence[Stopfeiten]) -> list[Punt]:
    """The stops that keep an action from going back to the drawing board or being called off."""
    return [
        Punt("stops", f"{stop.noem} is al '{STOP_TABEL.namen[stop.toestand].lower()}'.")
        for stop in stops
        if stop.toestand not in ONAANGEROERD
    ]


def belemmeringen(van: str, naar: str, feiten: Actiefeiten, nu: datetime) -> list[Punt]:
    """What stands in the way of one transition of an action's state, besides the table itself."""
    if (van, naar) == ("concept", "gereed"):
        return vind_blokkades(feiten, nu)
    if (van, naar) == ("gereed", "in_uitvoering"):
        # Not again the whole list: a team that is at the door must not be stopped by a form, also not afterwards.
        te_vroeg = nu < feiten.begin_op - VROEGST_VOOR_BEGIN
        tekst = "De dienst begint pas over meer dan twaalf uur. Start op de dag zelf."
        return [Punt("gegevens", tekst)] if te_vroeg else []
    if naar == "afgerond":
        return vind_open(feiten.stops)
    if (van, naar) == ("gereed", "concept") or naar == "vervallen":
        return vind_begonnen(feiten.stops)
    return []
