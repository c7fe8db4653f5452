"""What a stop begins with for its kind of place and its checklists, read from rows of configuration."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inspecties.core.fouten import OngeldigeInvoer

_BESTAND = "stopeisen.toml"
DUUR_HOOGSTENS_MIN = 600


@dataclass(frozen=True)
class Stopeisen:
    """Usual minutes and required powers, by code of a kind of location and by code of a checklist."""

    duur_min: int
    duren: Mapping[str, int]
    van_type: Mapping[str, tuple[str, ...]]
    van_checklist: Mapping[str, tuple[str, ...]]

    def gebruikelijk(self, type_code: str) -> int:
        """The usual minutes of a visit to this kind of place."""
        return self.duren.get(type_code, self.duur_min)

    def vereist(self, type_code: str, checklists: Collection[str]) -> list[str]:
        """Codes of the powers that must be there, each once."""
        uit = [*self.van_type.get(type_code, ())]
        for code in checklists:
            uit += self.van_checklist.get(code, ())
        return list(dict.fromkeys(uit))


def lees_stopeisen(inhoud: Mapping[str, Any], bevoegdheden: Collection[str]) -> Stopeisen:
    """The checked file. Raises OngeldigeInvoer naming the row and what would be right."""
    duren: dict[str, int] = {}
    van_type: dict[str, tuple[str, ...]] = {}
    for rij in inhoud.get("type", ()):
        code = _code(rij, "type", van_type)
        duren[code] = _minuten(rij.get("duur_min"), f"Type '{code}'")
        van_type[code] = _codes(rij, f"Type '{code}'", bevoegdheden)
    van_checklist: dict[str, tuple[str, ...]] = {}
    for rij in inhoud.get("checklist", ()):
        code = _code(rij, "checklist", van_checklist)
        van_checklist[code] = _codes(rij, f"Checklist '{code}'", bevoegdheden)
    return Stopeisen(_minuten(inhoud.get("duur_min"), "Bovenaan"), duren, van_type, van_checklist)


def _code(rij: Mapping[str, Any], soort: str, al: Collection[str]) -> str:
    code = rij.get("code")
    if not isinstance(code, str) or not code.strip():
        raise OngeldigeInvoer(f"Een {soort} in {_BESTAND} heeft geen 'code'. Vul de code in.", "code")
    if code in al:
        raise OngeldigeInvoer(f"{soort.capitalize()} '{code}' staat twee keer in {_BESTAND}.", "code")
    return code


def _minuten(waarde: Any, waar: str) -> int:
    if not isinstance(waarde, int) or isinstance(waarde, bool) or not 1 <= waarde <= DUUR_HOOGSTENS_MIN:
        raise OngeldigeInvoer(
            f"{waar} in {_BESTAND}: 'duur_min' is een getal van 1 tot {DUUR_HOOGSTENS_MIN}.", "duur_min"
        )
    return waarde


def _codes(rij: Mapping[str, Any], waar: str, bevoegdheden: Collection[str]) -> tuple[str, ...]:
    codes = rij.get("vereist", [])
    if not isinstance(codes, Sequence) or isinstance(codes, str):
        raise OngeldigeInvoer(f"{waar} in {_BESTAND}: 'vereist' is een lijst van codes.", "vereist")
    for code in codes:
        if code not in bevoegdheden:
            raise OngeldigeInvoer(
                f"{waar} in {_BESTAND} noemt de bevoegdheid '{code}'. Kies uit: {', '.join(sorted(bevoegdheden))}.",
                "vereist",
            )
    return tuple(codes)
