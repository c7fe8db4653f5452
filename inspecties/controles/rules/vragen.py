"""Which names a compiled checklist has, and what an operation on each must respect."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from inspecties.controles.rules.aanvulling import AANVULLING

# What the codes in the column ``rol`` are called in a sentence; another code is shown as it is.
PARTNERNAMEN: dict[str, str] = {
    "politie": "de politie",
    "nla": "de Arbeidsinspectie",
    "omgevingsdienst": "de omgevingsdienst",
    "brandweer": "de brandweer",
    "belastingdienst": "de Belastingdienst",
    "ggd": "de GGD",
    "zorg": "de zorgpartner",
}


def partnernaam(rol: str) -> str:
    """The organisation that fills in a part, with its article: 'de politie'."""
    return PARTNERNAMEN.get(rol, rol.replace("_", " "))


@dataclass(frozen=True)
class Vraag:
    """One node of a checklist. ``herhaling``: the innermost repeat that it stands in, or that it is."""

    naam: str
    soort: str
    type: str
    label: str
    herhaling: str | None
    rol: str
    sectie: str
    niveau: int
    keuzelijst: str = ""


def tekst_van(label: Any, taal: str = "nl") -> str:
    """A text in the wanted language, else in the first there is."""
    if isinstance(label, dict):
        return str(label.get(taal) or next(iter(label.values()), ""))
    return str(label or "")


def _loop(kinderen: list[dict[str, Any]], herhaling: str | None, rol: str, sectie: str, niveau: int) -> Iterator[Vraag]:
    for knoop in kinderen:
        eigen_rol = knoop.get("rol") or rol
        label = tekst_van(knoop.get("label")) or knoop["naam"]
        binnen = knoop["naam"] if knoop["soort"] == "herhaling" else herhaling
        eigen_sectie = label if niveau == 0 and knoop["soort"] != "vraag" else sectie
        yield Vraag(
            naam=knoop["naam"],
            soort=knoop["soort"],
            type=knoop.get("type", ""),
            label=label,
            herhaling=binnen,
            rol=eigen_rol,
            sectie=eigen_sectie,
            niveau=niveau,
            keuzelijst=knoop.get("keuzelijst", ""),
        )
        yield from _loop(knoop.get("kinderen", []), binnen, eigen_rol, eigen_sectie, niveau + 1)


def vragen_van(definitie: dict[str, Any]) -> dict[str, Vraag]:
    """Every name in a checklist, in order of the form. ``rol`` is inherited from the enclosing groups."""
    return {v.naam: v for v in _loop(definitie.get("kinderen", []), None, "", "", 0)}


def is_van_een_ander(vraag: Vraag, organisatiesoort: str | None) -> bool:
    """Whether a partner neither reads nor fills in this question. None: the gemeente, which reads everything."""
    return organisatiesoort is not None and bool(vraag.rol) and vraag.rol != organisatiesoort


def mag_invullen(vraag: Vraag, organisatiesoort: str | None) -> bool:
    """Whether somebody of this organisation (None: of the gemeente) fills in this question on a device of their own.

    What a partner records on its own powers only that partner records (column ``rol``); the rest everybody does.
    """
    return not vraag.rol or vraag.rol == organisatiesoort


def verborgen_voor(definities: Iterable[dict[str, Any]], organisatiesoort: str | None) -> set[str]:
    """The questions of these checklists that this organisation does not get to see, nor why others added something."""
    if organisatiesoort is None:
        return set()
    return {AANVULLING} | {
        vraag.naam
        for definitie in definities
        for vraag in vragen_van(definitie).values()
        if is_van_een_ander(vraag, organisatiesoort)
    }


def keuzelabel(definitie: dict[str, Any], vraag: Vraag, waarde: Any) -> str:
    """An answer as a person reads it: the label of a choice instead of its name."""
    keuzes = {k["naam"]: tekst_van(k.get("label")) or k["naam"] for k in _keuzes(definitie, vraag)}
    if isinstance(waarde, list):
        return ", ".join(str(keuzes.get(deel, deel)) for deel in waarde if isinstance(deel, str | int | float))
    if isinstance(waarde, dict):
        return ", ".join(f"{deel}: {inhoud}" for deel, inhoud in waarde.items())
    if waarde is None:
        return ""
    return str(keuzes.get(waarde, waarde))


def _keuzes(definitie: dict[str, Any], vraag: Vraag) -> list[dict[str, Any]]:
    lijst: list[dict[str, Any]] = definitie.get("keuzelijsten", {}).get(vraag.keuzelijst, [])
    return lijst
