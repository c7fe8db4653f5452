"""What stands in the way of submitting a dossier or deciding on it, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from inspecties.dossiers.rules.teksten import TEKSTVELDEN, open_plekken

VERSCHIL, BEWIJS, TEKST, INHOUD, TOETS = "verschil", "bewijs", "tekst", "inhoud", "toets"

_BEWIJSNAAM = {"foto": "een foto", "toelichting": "een toelichting"}


@dataclass(frozen=True)
class Belemmering:
    """One thing that has to be solved first. ``bezoek_uid`` names the visit where that is done."""

    soort: str
    tekst: str
    bezoek_uid: str = ""


@dataclass(frozen=True)
class Bezoekstand:
    """What is still open in one visit of a dossier."""

    uid: str
    adres: str
    datum: str
    verschillen: tuple[str, ...] = ()
    niet_binnen: int = 0
    open: bool = False


@dataclass(frozen=True)
class Bevindingstand:
    """One finding of a dossier. ``ontbreekt``: (question, kind of evidence) pairs."""

    naam: str
    bezoek_uid: str
    ontbreekt: tuple[tuple[str, str], ...] = ()
    vervallen: bool = False


@dataclass(frozen=True)
class Dossierstand:
    """Everything that the rules look at."""

    teksten: Mapping[str, str]
    bezoeken: tuple[Bezoekstand, ...] = ()
    bevindingen: tuple[Bevindingstand, ...] = ()
    belanghebbenden: int = 0
    locaties: int = 0
    geschonden: tuple[str, ...] = ()
    toets: tuple[str, ...] = ()
    # A Bibob dossier rests on its own investigation; nothing of a control stands in it.
    met_bevinding: bool = True


def _verschillen(stand: Dossierstand) -> list[Belemmering]:
    return [
        Belemmering(
            VERSCHIL,
            f"Bij het bezoek aan {b.adres} op {b.datum} staan twee verschillende antwoorden op '{label}'. "
            "De coördinator kiest eerst welk antwoord geldt.",
            b.uid,
        )
        for b in stand.bezoeken
        for label in b.verschillen
    ]


def _bewijs(stand: Dossierstand) -> list[Belemmering]:
    uit = []
    for b in stand.bezoeken:
        if b.niet_binnen:
            wat = "1 foto of bestand" if b.niet_binnen == 1 else f"{b.niet_binnen} foto's of bestanden"
            tekst = f"Van het bezoek aan {b.adres} op {b.datum} is {wat} nog niet binnen: dat staat nog op een toestel."
            uit.append(Belemmering(BEWIJS, tekst, b.uid))
    for v in stand.bevindingen:
        for vraag, bewijs in v.ontbreekt:
            uit.append(
                Belemmering(
                    BEWIJS, f"{v.naam}: er ontbreekt {_BEWIJSNAAM.get(bewijs, bewijs)} bij '{vraag}'.", v.bezoek_uid
                )
            )
        if v.vervallen:
            uit.append(
                Belemmering(
                    BEWIJS,
                    f"{v.naam}: de antwoorden zijn gewijzigd en dragen dit niet meer. Haal dit uit het dossier.",
                    v.bezoek_uid,
                )
            )
    uit += [
        Belemmering(BEWIJS, f"{wat} staat niet meer ongeschonden in de opslag. Waarschuw de beheerder.")
        for wat in stand.geschonden
    ]
    return uit


def _teksten(stand: Dossierstand) -> list[Belemmering]:
    uit = []
    for veld in TEKSTVELDEN:
        tekst = stand.teksten.get(veld.naam, "").strip()
        if veld.verplicht and not tekst:
            uit.append(Belemmering(TEKST, f"'{veld.titel}' is nog leeg."))
        plekken = open_plekken(tekst)
        if plekken:
            uit.append(Belemmering(TEKST, f"'{veld.titel}' heeft nog open plekken: {', '.join(plekken[:3])}."))
    return uit


def belemmeringen(stand: Dossierstand) -> list[Belemmering]:
    """What has to be solved before the dossier can be submitted; empty when it can."""
    uit = _verschillen(stand) + _bewijs(stand) + _teksten(stand)
    if not stand.locaties:
        uit.append(Belemmering(INHOUD, "Er staat nog geen locatie in het dossier."))
    if stand.met_bevinding and not stand.bevindingen:
        uit.append(Belemmering(INHOUD, "Er staat nog geen bevinding in het dossier. Neem een voorstel over."))
    if not stand.belanghebbenden:
        uit.append(
            Belemmering(INHOUD, "Er is nog geen belanghebbende genoemd. Voeg minstens de eigenaar of gebruiker toe.")
        )
    return uit + [Belemmering(TOETS, tekst) for tekst in stand.toets]


def besluit_belemmeringen(stand: Dossierstand) -> list[Belemmering]:
    """What stands in the way of a decision: differences in the evidence, and evidence that is not what it was."""
    geschonden = Dossierstand({}, geschonden=stand.geschonden)
    return _verschillen(stand) + _bewijs(geschonden)


def waarschuwingen(stand: Dossierstand) -> list[str]:
    """What does not stand in the way, but is good to know before submitting."""
    uit = [f"Het bezoek aan {b.adres} op {b.datum} is nog niet afgerond." for b in stand.bezoeken if b.open]
    uit += [
        f"'{veld.titel}' is leeg."
        for veld in TEKSTVELDEN
        if not veld.verplicht and not stand.teksten.get(veld.naam, "").strip()
    ]
    return uit
