"""What a briefing says to one audience, and what changed since the version before. Nothing else may get in.

An audience is the gemeente's own people in a team, or one organisation in that team. Each field is copied by name:
a field that an audience may not know is not blanked but never put in.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FORMAAT = 1


@dataclass(frozen=True)
class Machtigingfeit:
    """What the team must know of a signed machtiging; ``aan``: who holds it (name or number)."""

    nummer: str
    aan: str
    geldig_tot: str
    mag: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stopfeit:
    """A stop with all that is known of it for a briefing. Times are texts on the Dutch clock."""

    sleutel: str
    nummer: int
    adres: str
    plaats: str
    soort: str
    lon: float
    lat: float
    naam: str = ""
    tijd: str = ""
    venster: str = ""
    duur_min: int = 30
    grond: str = ""
    grond_uitleg: str = ""
    wie_eerst: str = ""
    machtiging: Machtigingfeit | None = None
    machtiging_nodig: bool = False
    veiligheid: str = ""
    nodig: tuple[str, ...] = ()
    checklists: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lidfeit:
    """Somebody in a team; ``organisatie`` is '' for the gemeente's own people."""

    naam: str
    organisatie: str = ""


@dataclass(frozen=True)
class Contactfeit:
    """Somebody to call at an organisation."""

    organisatie: str
    functie: str
    naam: str
    telefoon: str


@dataclass(frozen=True)
class Ploegfeit:
    """A team with its stops in order."""

    sleutel: str
    naam: str
    tijd: str
    leden: tuple[Lidfeit, ...] = ()
    stops: tuple[Stopfeit, ...] = ()
    pauze: str = ""
    leider: str = ""
    leider_telefoon: str = ""


@dataclass(frozen=True)
class Organisatiefeit:
    """An organisation in a team: what it may see and what it may do on the day."""

    sleutel: str
    naam: str
    ziet_veiligheid: bool = True
    bevoegdheden: tuple[str, ...] = ()


@dataclass(frozen=True)
class Teksten:
    """The fixed words of the installation: safety, roles, (title, text, source) of what to do, and care."""

    veiligheid: tuple[str, ...]
    rollen: tuple[tuple[str, str], ...]
    doen: tuple[tuple[str, str, str], ...]
    zorgnummers: tuple[tuple[str, str, str], ...] = ()
    zorg: tuple[str, ...] = ()


@dataclass(frozen=True)
class Actiefeit:
    """An action as its briefings tell it."""

    gemeente: str
    naam: str
    soort: str
    datum: str
    tijd: str
    doel: str = ""
    verzamelen: str = ""
    leiding: str = ""
    leiding_telefoon: str = ""
    veiligheid: str = ""
    bijzonderheden: str = ""
    contacten: tuple[Contactfeit, ...] = ()
    organisaties: tuple[Organisatiefeit, ...] = ()


def sleutel_van(ploeg: Ploegfeit, organisatie: Organisatiefeit | None) -> str:
    """The audience over versions."""
    return f"{ploeg.sleutel}:{organisatie.sleutel}" if organisatie else ploeg.sleutel


def publiek(actie: Actiefeit, ploeg: Ploegfeit) -> list[Organisatiefeit | None]:
    """For whom this team's briefing is written: own people always (the planner prints it), each organisation in it."""
    namen = {lid.organisatie for lid in ploeg.leden}
    return [None, *(org for org in actie.organisaties if org.naam in namen)]


def maak_deel(
    actie: Actiefeit, ploeg: Ploegfeit, organisatie: Organisatiefeit | None, teksten: Teksten
) -> dict[str, Any]:
    """The whole content of one part, as JSON values."""
    eigen = organisatie is None
    return {
        "formaat": FORMAAT,
        "gemeente": actie.gemeente,
        "voor": f"{ploeg.naam}, gemeente" if organisatie is None else f"{ploeg.naam}, {organisatie.naam}",
        "actie": {"naam": actie.naam, "soort": actie.soort, "datum": actie.datum, "tijd": actie.tijd},
        "doel": actie.doel,
        "veiligheid": [*teksten.veiligheid],
        "veiligheid_actie": actie.veiligheid,
        "verzamelen": actie.verzamelen,
        "bijzonderheden": actie.bijzonderheden if eigen else "",
        "ploeg": {
            "naam": ploeg.naam,
            "tijd": ploeg.tijd,
            "pauze": ploeg.pauze,
            "leden": [[lid.naam, lid.organisatie or "gemeente"] for lid in ploeg.leden],
        },
        "rollen": _rollen(actie, ploeg, teksten),
        "telefoon": _telefoon(actie, ploeg, eigen=eigen),
        "stops": [_stop(stop, organisatie) for stop in ploeg.stops],
        "doen": [list(regel) for regel in teksten.doen],
        "zorgnummers": [list(regel) for regel in teksten.zorgnummers],
        "zorg": [*teksten.zorg],
    }


def _rollen(actie: Actiefeit, ploeg: Ploegfeit, teksten: Teksten) -> list[list[str]]:
    uit = [list(regel) for regel in teksten.rollen]
    namen = {lid.organisatie for lid in ploeg.leden}
    for org in actie.organisaties:
        if org.naam in namen:
            mag = f"Bevoegd tot: {'; '.join(org.bevoegdheden)}." if org.bevoegdheden else "Heeft geen bevoegdheden."
            uit.append([org.naam, mag])
    return uit


def _telefoon(actie: Actiefeit, ploeg: Ploegfeit, *, eigen: bool) -> list[list[str]]:
    uit = []
    if actie.leiding_telefoon:
        uit.append(["Leiding van de actie", actie.leiding, actie.leiding_telefoon])
    if ploeg.leider_telefoon:
        uit.append([f"Leiding van {ploeg.naam}", ploeg.leider, ploeg.leider_telefoon])
    for contact in actie.contacten:
        # Others need the number of the desk, not who sits there.
        wie = ", ".join(deel for deel in (contact.naam if eigen else "", contact.functie) if deel)
        uit.append([contact.organisatie, wie, contact.telefoon])
    return uit


def _stop(stop: Stopfeit, organisatie: Organisatiefeit | None) -> dict[str, Any]:
    uit: dict[str, Any] = {
        "sleutel": stop.sleutel,
        "nummer": stop.nummer,
        "adres": stop.adres,
        "plaats": stop.plaats,
        "soort": stop.soort,
        "lon": stop.lon,
        "lat": stop.lat,
        "tijd": stop.tijd,
        "venster": stop.venster,
        "duur_min": stop.duur_min,
        "grond": stop.grond,
        "grond_uitleg": stop.grond_uitleg,
        "wie_eerst": stop.wie_eerst,
        "nodig": [*stop.nodig],
        "machtiging": "",
        "machtiging_mag": [],
    }
    if stop.machtiging_nodig:
        uit["machtiging"] = "Nog geen ondertekende machtiging: ga niet naar binnen."
    if stop.machtiging is not None:
        uit["machtiging"] = f"Machtiging {stop.machtiging.nummer}, geldig tot en met {stop.machtiging.geldig_tot}"
        uit["machtiging_mag"] = [*stop.machtiging.mag]
    if organisatie is None or organisatie.ziet_veiligheid:
        uit["veiligheid"] = stop.veiligheid
    if organisatie is None:
        uit["naam"] = stop.naam
        uit["checklists"] = [*stop.checklists]
        uit["machtiging_aan"] = stop.machtiging.aan if stop.machtiging else ""
    return uit


def hash_van(inhoud: Mapping[str, Any]) -> str:
    """SHA-256 of the content; the same words give the same hash."""
    tekst = json.dumps(inhoud, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(tekst.encode()).hexdigest()


_STOPVELDEN = {
    "tijd": "de tijd",
    "venster": "de bezoektijd",
    "duur_min": "de duur",
    "grond": "de grond om binnen te gaan",
    "wie_eerst": "wie het eerst naar binnen gaat",
    "machtiging": "de machtiging",
    "machtiging_mag": "wat de machtiging toelaat",
    "machtiging_aan": "wie de machtiging heeft",
    "veiligheid": "de veiligheid",
    "nodig": "de nodige bevoegdheden",
    "checklists": "de checklists",
    "nummer": "het nummer",
}
_DELEN = {
    "actie": "De naam of de tijd van de actie is veranderd.",
    "doel": "Het doel is veranderd.",
    "veiligheid": "De vaste regels voor veiligheid zijn veranderd.",
    "veiligheid_actie": "Wat er over de veiligheid staat, is veranderd.",
    "verzamelen": "Het verzamelen is veranderd.",
    "bijzonderheden": "De bijzonderheden zijn veranderd.",
    "ploeg": "De ploeg of haar tijden zijn veranderd.",
    "rollen": "De rollen zijn veranderd.",
    "telefoon": "De telefoonnummers zijn veranderd.",
    "doen": "Wat u doet in een bijzonder geval, is veranderd.",
    "zorgnummers": "De nummers voor zorg zijn veranderd.",
    "zorg": "De tekst over zorg is veranderd.",
}


def vergelijk(oud: Mapping[str, Any] | None, nieuw: Mapping[str, Any]) -> list[str]:
    """What is new for a reader of ``oud``, safety and stops first; empty for a first version."""
    if oud is None:
        return []
    uit = [_DELEN["veiligheid_actie"]] if oud.get("veiligheid_actie") != nieuw.get("veiligheid_actie") else []
    van, naar = ({stop["sleutel"]: stop for stop in deel["stops"]} for deel in (oud, nieuw))
    uit += [f"Nieuw: {_noem(stop)}." for sleutel, stop in naar.items() if sleutel not in van]
    uit += [f"Gaat niet door: {_noem(stop)}." for sleutel, stop in van.items() if sleutel not in naar]
    for sleutel, stop in naar.items():
        if sleutel in van:
            anders = [naam for veld, naam in _STOPVELDEN.items() if van[sleutel].get(veld) != stop.get(veld)]
            if anders:
                uit.append(f"S{_noem(stop)[1:]}: anders is {_som(anders)}.")
    uit += [zin for veld, zin in _DELEN.items() if zin not in uit and oud.get(veld) != nieuw.get(veld)]
    return uit or (["Er zijn kleine wijzigingen."] if dict(oud) != dict(nieuw) else [])


def _noem(stop: Mapping[str, Any]) -> str:
    return f"stop {stop['nummer']}, {stop['adres']}"


def _som(namen: Sequence[str]) -> str:
    return namen[0] if len(namen) == 1 else f"{', '.join(namen[:-1])} en {namen[-1]}"
