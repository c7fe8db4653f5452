"""A step of a track and an edge between steps, as config/trajecten has them and as a dossier keeps them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from typing import Any

from inspecties.dossiers.rules.trajectveld import OP, Trajectveld

STANDAARDRECHT = "dossiers.bewerken"


@dataclass(frozen=True)
class Trajecttermijn:
    """A row of config/termijnen.toml that a step begins or ends.

    ``vanaf``: the field with the day of the event, or ``op`` for the day of the step. ``duur``: the field with the
    length, where the decision sets it. Both may name a field of another step (``step.field``). ``als``:
    ``field=value`` of this step, or a guard such as ``na:step``.
    ``tot``: instead of a length, the field with the last day, where another sets it (a court).
    ``naast``: an earlier term of this kind keeps running, because it belongs to another decision.
    """

    code: str
    doet: str = "begint"
    vanaf: str = OP
    duur: str = ""
    als: str = ""
    naast: bool = False
    tot: str = ""


@dataclass(frozen=True)
class Trajectstap:
    """One step. ``baan``: empty for the main lane. ``document``: the kind of letter that belongs to it."""

    code: str
    naam: str
    fase: str
    baan: str = ""
    uitleg: str = ""
    artikel: str = ""
    status: str = ""
    document: str = ""
    niet_voor: tuple[str, ...] = ()
    vereist: tuple[Trajectveld, ...] = ()
    termijnen: tuple[Trajecttermijn, ...] = ()
    eis: tuple[str, ...] = ()
    gevolg: tuple[str, ...] = ()

    def veld(self, naam: str) -> Trajectveld | None:
        """The field with this name, or None."""
        return next((v for v in self.vereist if v.naam == naam), None)


@dataclass(frozen=True)
class Trajectovergang:
    """One edge; ``eis`` holds for this edge only."""

    van: str
    naar: str
    naam: str
    recht: str = STANDAARDRECHT
    reden_verplicht: bool = False
    waarom: str = ""
    eis: tuple[str, ...] = ()


def bekende_velden(soort: type, rij: Mapping[str, Any], ook: Collection[str] = ()) -> dict[str, Any]:
    """What this dataclass knows of a row; a row that was kept may have a key that is gone."""
    bekend = {veld.name for veld in fields(soort)} | set(ook)
    return {naam: waarde for naam, waarde in rij.items() if naam in bekend}


def lees_stap(rij: Mapping[str, Any], *, keur: bool = True) -> Trajectstap:
    """A step of the file, or with ``keur`` off one that was kept. Raises TypeError, ValueError naming what is wrong."""
    velden = dict(rij) if keur else bekende_velden(Trajectstap, rij)
    velden["vereist"] = tuple(Trajectveld.uit(v, keur=keur) for v in velden.get("vereist", ()))
    velden["termijnen"] = tuple(
        Trajecttermijn(**(t if keur else bekende_velden(Trajecttermijn, t))) for t in velden.get("termijnen", ())
    )
    for naam in ("niet_voor", "eis", "gevolg"):
        velden[naam] = tuple(velden.get(naam, ()))
    return Trajectstap(**velden)


def lees_overgang(rij: Mapping[str, Any], *, keur: bool = True) -> Trajectovergang:
    """An edge of the file, or with ``keur`` off one that was kept. Raises TypeError naming what is wrong."""
    velden = dict(rij) if keur else bekende_velden(Trajectovergang, rij)
    return Trajectovergang(**(velden | {"eis": tuple(rij.get("eis", ()))}))


def kaal(ding: Any, behalve: Collection[str] = ()) -> dict[str, Any]:
    """The plain values of a frozen dataclass that differ from what they are without."""
    uit = {}
    for veld in type(ding).__dataclass_fields__.values():
        waarde = getattr(ding, veld.name)
        if veld.name not in behalve and waarde != veld.default:
            uit[veld.name] = waarde
    return uit


def stap_als_rij(stap: Trajectstap) -> dict[str, Any]:
    """As it is kept beside a dossier; ``lees_stap`` reads it back."""
    uit = kaal(stap, {"vereist", "termijnen", "niet_voor", "eis", "gevolg"})
    uit |= {naam: list(getattr(stap, naam)) for naam in ("niet_voor", "eis", "gevolg") if getattr(stap, naam)}
    uit["vereist"] = [v.als_rij() for v in stap.vereist]
    uit["termijnen"] = [kaal(t) for t in stap.termijnen]
    return uit
