"""Which group at the gemeente's login service gives which role in which gemeente, as it stands in the settings."""

import re
from dataclasses import dataclass

from inspecties.core.rechten import MENSEN, Rol

_CODE = re.compile(r"[0-9]{4}")
_ROLLEN = {r.value: r for r in MENSEN}
_VORM = "schrijf groep=gemeentecode:rol, en bij een partner groep=gemeentecode:partner:organisatie"


@dataclass(frozen=True)
class Groepsrol:
    """Who is in ``groep`` has ``rol`` in the gemeente with this code; a partner within ``organisatie`` (its name)."""

    groep: str
    gemeentecode: str
    rol: Rol
    organisatie: str = ""


def _lees_regel(regel: str) -> Groepsrol:
    groep, is_, rest = regel.rpartition("=")
    delen = [deel.strip() for deel in rest.split(":", 2)]
    if not is_ or not groep.strip() or len(delen) < 2:
        raise ValueError(f"'{regel}' is niet te lezen: {_VORM}")
    code, rol, organisatie = delen[0], _ROLLEN.get(delen[1]), delen[2] if len(delen) == 3 else ""
    if not _CODE.fullmatch(code):
        raise ValueError(f"'{code}' bij groep '{groep.strip()}' is geen gemeentecode van vier cijfers")
    if rol is None:
        raise ValueError(
            f"rol '{delen[1]}' bij groep '{groep.strip()}' bestaat niet; kies uit {', '.join(sorted(_ROLLEN))}"
        )
    if (rol is Rol.PARTNER) != bool(organisatie):
        wat = (
            "noem bij een partner de organisatie" if rol is Rol.PARTNER else "alleen een partner heeft een organisatie"
        )
        raise ValueError(f"groep '{groep.strip()}': {wat}")
    return Groepsrol(groep.strip(), code, rol, organisatie)


def lees_groepen(tekst: str) -> tuple[Groepsrol, ...]:
    """The rules of a setting, one a line or with ``;`` between. Raises ValueError in Dutch.

    The order counts: of several groups in one gemeente the first rule that holds gives the role.
    """
    uit = tuple(_lees_regel(r.strip()) for r in re.split(r"[;\n]", tekst) if r.strip())
    paren = [(g.groep, g.gemeentecode) for g in uit]
    for paar in paren:
        if paren.count(paar) > 1:
            raise ValueError(f"groep '{paar[0]}' geeft twee keer een rol in gemeente {paar[1]}")
    return uit


def rollen_voor(regels: tuple[Groepsrol, ...], groepen: frozenset[str]) -> dict[str, Groepsrol]:
    """gemeentecode -> the role that these groups give there."""
    uit: dict[str, Groepsrol] = {}
    for regel in regels:
        if regel.groep in groepen:
            uit.setdefault(regel.gemeentecode, regel)
    return uit
