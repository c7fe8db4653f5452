"""A gemeente's theme: three colours, accepted only when text in and on them stays readable.

Contrast as WCAG 2.2 defines it (success criterion 1.4.3, "relative luminance" and "contrast ratio").
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

MINIMUM = 4.5
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
# The lightest and the darkest surface that the screens put brand-coloured text on (static/src/stijl/tokens.css).
_VLAKKEN = ("#ffffff", "#e8f0f9")


@dataclass(frozen=True)
class Thema:
    """Colours as #rrggbb: the brand, text on the brand, and a darker brand for headings and hover."""

    merk: str
    op_merk: str
    merk_donker: str


STANDAARD = Thema(merk="#154273", op_merk="#ffffff", merk_donker="#0b2a4a")

VELDNAMEN: dict[str, str] = {
    "merk": "de merkkleur",
    "op_merk": "de tekst op de merkkleur",
    "merk_donker": "de donkere merkkleur",
}


def _kanalen(kleur: str) -> tuple[int, int, int]:
    return int(kleur[1:3], 16), int(kleur[3:5], 16), int(kleur[5:7], 16)


def helderheid(kleur: str) -> float:
    """Relative luminance of #rrggbb, 0 (black) to 1 (white)."""
    rood, groen, blauw = (
        deel / 12.92 if deel <= 0.04045 else ((deel + 0.055) / 1.055) ** 2.4
        for deel in (kanaal / 255 for kanaal in _kanalen(kleur))
    )
    return 0.2126 * rood + 0.7152 * groen + 0.0722 * blauw


def contrast(een: str, ander: str) -> float:
    """Contrast ratio of two colours, 1 to 21; the order does not matter."""
    licht, donker = sorted((helderheid(een), helderheid(ander)), reverse=True)
    return (licht + 0.05) / (donker + 0.05)


def _donkerder(kleur: str) -> str:
    return "#" + "".join(f"{round(kanaal * 0.6):02x}" for kanaal in _kanalen(kleur))


def _getal(waarde: float) -> str:
    # Rounded down, so that 4.49 never reads as the 4.5 that it is not.
    return f"{int(waarde * 10) / 10:.1f}".replace(".", ",")


def stel_samen(velden: Mapping[str, str]) -> Thema:
    """The theme of these fields; what is left out follows from ``merk``. Does not judge readability."""
    merk = velden.get("merk") or STANDAARD.merk
    licht = contrast(merk, "#ffffff") >= contrast(merk, "#000000")
    standaard_donker = _donkerder(merk) if velden.get("merk") else STANDAARD.merk_donker
    return Thema(
        merk=merk.lower(),
        op_merk=(velden.get("op_merk") or ("#ffffff" if licht else "#000000")).lower(),
        merk_donker=(velden.get("merk_donker") or standaard_donker).lower(),
    )


def controleer(velden: Mapping[str, str]) -> dict[str, str]:
    """What is wrong, per field, in Dutch; empty when the theme may be used."""
    fouten: dict[str, str] = {}
    for veld, naam in VELDNAMEN.items():
        waarde = velden.get(veld)
        if waarde and not (isinstance(waarde, str) and _HEX.fullmatch(waarde)):
            fouten[veld] = f"Schrijf {naam} als # met zes tekens van 0-9 en a-f, zoals #154273."
    if fouten:
        return fouten
    thema = stel_samen(velden)
    for veld, kleur in (("merk", thema.merk), ("merk_donker", thema.merk_donker)):
        op_wit = min(contrast(kleur, vlak) for vlak in _VLAKKEN)
        tekst = contrast(thema.op_merk, kleur)
        if op_wit < MINIMUM:
            fouten[veld] = (
                f"Kies voor {VELDNAMEN[veld]} een donkerdere kleur: op een licht vlak is het contrast "
                f"{_getal(op_wit)}, en {_getal(MINIMUM)} is nodig om het te kunnen lezen."
            )
        elif tekst < MINIMUM:
            fouten.setdefault(
                "op_merk",
                f"Kies een andere kleur voor de tekst op {VELDNAMEN[veld]}: het contrast is {_getal(tekst)}, "
                f"en {_getal(MINIMUM)} is nodig om het te kunnen lezen.",
            )
    return fouten


def kies(velden: Mapping[str, str]) -> Thema:
    """The theme to show: the gemeente's own, or the standard one as soon as anything in it is wrong."""
    return STANDAARD if controleer(velden) else stel_samen(velden)


def css(thema: Thema) -> str:
    """The stylesheet that overrides the brand tokens."""
    return (
        ":root {\n"
        f"  --inspecties-kleur-merk: {thema.merk};\n"
        f"  --inspecties-kleur-op-merk: {thema.op_merk};\n"
        f"  --inspecties-kleur-merk-donker: {thema.merk_donker};\n"
        "}\n"
    )
