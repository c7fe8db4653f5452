"""A gemeente with locations, a published checklist, teams' people and partners to plan an action with."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from inspecties.acties.models import Actie
from inspecties.acties.operations import PloegGegevens, maak_actie, zet_partners, zet_ploegen
from inspecties.acties.operations_stops import StopGegevens, zet_stops
from inspecties.acties.rules.gegevens import ActieGegevens
from inspecties.checklists.models import Checklist
from inspecties.core.actor import Actor
from inspecties.core.rechten import Rol
from inspecties.database import db
from inspecties.locaties.models import Locatietype, Risicolocatie
from inspecties.locaties.operations import voeg_locatie_toe
from inspecties.locaties.rules.adres import Huisnummer
from tests.veldwereld import publiceer
from tests.wereld import Kring, Wereld


@dataclass
class Buurt:
    """What a planner finds: places to visit and a checklist for them."""

    wereld: Wereld
    kring: Kring
    locaties: list[Risicolocatie]

    @property
    def planner(self) -> Actor:
        return self.kring.actoren[Rol.COORDINATOR]

    def id_van(self, rol: Rol) -> int:
        nummer = self.kring.actoren[rol].gebruiker_id
        assert nummer is not None
        return nummer

    def gegevens(self, **anders: object) -> ActieGegevens:
        vast = {
            "naam": "Pandenactie Kade",
            "soort": "pandenactie",
            "begin_op": self.wereld.nu,
            "eind_op": self.wereld.nu + timedelta(hours=5),
            "doel": "Overlastpanden bezoeken.",
        }
        return ActieGegevens(**(vast | anders))  # type: ignore[arg-type]

    def actie(self, stops: int = 3, **anders: object) -> Actie:
        """An action that misses nothing, in concept; committed."""
        sessie, nu = db.session(), self.wereld.nu
        actie = maak_actie(sessie, self.planner, nu, self.gegevens(**anders))
        assert self.kring.organisatie is not None
        zet_partners(sessie, self.planner, nu, actie, {self.kring.organisatie.id: "toegezegd"})
        leden = (self.id_van(Rol.INSPECTEUR), self.id_van(Rol.PARTNER))
        (ploeg,) = zet_ploegen(sessie, self.planner, nu, actie, [PloegGegevens("Ploeg A", leden)])
        zet_stops(sessie, self.planner, nu, actie, [StopGegevens(loc, ploeg) for loc in self.locaties[:stops]])
        sessie.commit()
        return actie


def maak_buurt(wereld: Wereld, kring: Kring, aantal: int = 5) -> Buurt:
    """Locations on one street, with a published checklist."""
    sessie, nu = db.session(), wereld.nu
    actor = kring.systeem
    x, y = (144000, 506000) if kring is wereld.een else (152000, 512000)
    type_ = Locatietype(
        gemeente_id=kring.gemeente.id, code="arbeid", naam="Huisvesting arbeidsmigranten", checklist_code="pand"
    )
    lijst = Checklist(gemeente_id=kring.gemeente.id, code="pand", titel="Pand")
    sessie.add_all([type_, lijst])
    sessie.flush()
    publiceer(kring, nu, "1", lijst)
    locaties = [
        voeg_locatie_toe(
            sessie,
            actor,
            nu,
            naam=f"Pand {nummer}",
            locatietype=type_,
            x=x + 50 * nummer,
            y=y,
            straat="Kade",
            huisnummer=Huisnummer(nummer),
            postcode="1234AB",
            woonplaats="Markerdorp",
        )
        for nummer in range(1, aantal + 1)
    ]
    sessie.commit()
    return Buurt(wereld, kring, locaties)


@pytest.fixture
def buurt(app: Flask, wereld: Wereld) -> Buurt:
    app.config["FOUTEN_DOORGEVEN"] = True
    return maak_buurt(wereld, wereld.een)


def vers(actie: Actie) -> Actie:
    """The action as it stands in the database now."""
    db.session.rollback()
    return db.session().scalars(select(Actie).where(Actie.uid == actie.uid)).one()
