"""Help per role: what the role is for, its tasks in short steps, and its rights as they stand in the table."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from inspecties.core.rechten import MENSEN, RECHTEN, Recht, Rol, rol_mag

# One file per task, so that a feature brings its own.
MAP = Path(__file__).resolve().parents[2] / "config" / "hulp"

WAT_IS: Mapping[Rol, str] = {
    Rol.COORDINATOR: "Houdt het overzicht: welke plekken, welke signalen, welke acties, en wat er daarna gebeurt.",
    Rol.INSPECTEUR: "Gaat naar binnen, kijkt, vult de checklist in en maakt foto's.",
    Rol.PARTNER: "Doet mee aan een actie vanuit een andere organisatie en vult het eigen deel in.",
    Rol.AANDACHTSFUNCTIONARIS: "Ontvangt signalen van uitbuiting en zorgt dat ze bij de juiste mensen komen.",
    Rol.JURIST: "Maakt van bevindingen een dossier dat klopt, en legt het voor.",
    Rol.KABINET: "Besluit namens de burgemeester over een voorgelegd dossier.",
    Rol.AUDITOR: "Controleert of er zorgvuldig met gegevens wordt omgegaan.",
    Rol.BEHEERDER: "Zorgt dat de juiste mensen erin kunnen, met de juiste rol.",
}


@dataclass(frozen=True)
class Taak:
    """One thing that people come to do. Shown to every role that has ``recht``; ``endpoint`` is where it begins."""

    recht: str
    titel: str
    stappen: tuple[str, ...]
    endpoint: str = ""


def lees_taken(map_: Path = MAP) -> tuple[Taak, ...]:
    """The tasks in the order of their file names. Raises ValueError naming the file that is wrong."""
    taken = []
    for pad in sorted(map_.glob("*.toml")):
        try:
            gegevens = tomllib.loads(pad.read_text(encoding="utf-8"))
            taken.append(Taak(**{**gegevens, "stappen": tuple(gegevens["stappen"])}))
        except (tomllib.TOMLDecodeError, KeyError, TypeError) as fout:
            raise ValueError(f"{pad.name}: {fout}") from fout
    return tuple(taken)


TAKEN = lees_taken()


def taken_van(rol: Rol) -> list[Taak]:
    """The tasks of a role: those whose right it has."""
    return [taak for taak in TAKEN if rol_mag(rol, taak.recht)]


def rechten_van(rol: Rol) -> tuple[list[Recht], list[Recht]]:
    """What a role may, and what it may not but somebody else may."""
    mag = [recht for recht in RECHTEN.values() if rol in recht.rollen]
    niet = [recht for recht in RECHTEN.values() if rol not in recht.rollen and recht.rollen & MENSEN]
    return mag, niet
