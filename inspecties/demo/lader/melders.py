"""Reporters and persons of a few signals: invented people, encrypted as real ones would be."""

from collections.abc import Mapping
from datetime import datetime

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.core.sleutelbos import Sleutelbos
from inspecties.demo.lader.kring import Kring
from inspecties.demo.wereld import Gemeente as Wereldgemeente
from inspecties.signalen.melder import Betrokkengegevens, Meldergegevens, bewaar_betrokkene, bewaar_melder
from inspecties.signalen.models import Signaal

_MELDERS = (
    Meldergegevens("Truus de Jong", "06 000 000 11", "Buurvrouw"),
    Meldergegevens("Hamid Bakkali", "hamid@schoonmaak.example", "Schoonmaker in het hotel"),
    Meldergegevens("Els Vermeer", "06 000 000 12", "Monteur van de woningcorporatie"),
    Meldergegevens("", "tip via de wijkagent", "Winkelier"),
)
_BETROKKENEN = (
    (
        "mogelijk_slachtoffer",
        Betrokkengegevens("Ana (achternaam onbekend)", "", "Spreekt Roemeens. Wil alleen praten."),
    ),
    ("andere_betrokkene", Betrokkengegevens("Voorman, bijnaam Rex", "", "Rijdt de bewoners naar het werk.")),
)
_AANTAL = 12


def laad_melders(
    sessie: Session, kring: Kring, _bron: Wereldgemeente, _locaties: Mapping[str, int], nu: datetime
) -> None:
    """The latest signals get a reporter; every third also somebody it is about."""
    bos: Sleutelbos = current_app.extensions["sleutelbos"]
    signalen = sessie.scalars(
        select(Signaal).where(Signaal.gemeente_id == kring.gemeente.id).order_by(Signaal.id.desc()).limit(_AANTAL)
    ).all()
    for nr, signaal in enumerate(signalen):
        bewaar_melder(sessie, bos, signaal, _MELDERS[nr % len(_MELDERS)], terugkoppeling=nr % 2 == 0)
        if nr % 3 == 0:
            rol, gegevens = _BETROKKENEN[nr % len(_BETROKKENEN)]
            bewaar_betrokkene(sessie, bos, nu, signaal, rol, gegevens)
