"""A gemeente with the checklist 'proef' and what is done with it through the screens."""

import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from inspecties.audit.models import Auditregel
from inspecties.checklists.models import Checklistversie
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.locaties.models import Locatietype
from tests.wereld import Kring, Wereld, csrf

FORMULIEREN = sorted((Path(__file__).parents[3] / "config" / "checklists").glob("*.csv"))


def formulier(versie: str = "1", *vragen: str, form_id: str = "proef", titel: str = "Proefformulier") -> bytes:
    """A form with these rows in survey (type, name, label, then relevant, gevolg, grondslag)."""
    rijen = vragen or ("integer,bewoners,Hoeveel bewoners?,,overbewoning,art. 22 Hvw",)
    return "\n".join(
        [
            "survey",
            ",type,name,label,relevant,gevolg,grondslag",
            *(f",{rij}" for rij in rijen),
            "settings",
            ",form_title,form_id,version",
            f",{titel},{form_id},{versie}",
            "",
        ]
    ).encode()


@dataclass
class Bureau:
    """Somebody at a desk; a form is sent as the browser does, with the revision that the page showed."""

    wereld: Wereld
    client: FlaskClient
    kring: Kring

    def lees_in(self, inhoud: bytes, naam: str = "proef.csv", **velden: Any) -> TestResponse:
        data = {"bestand": (io.BytesIO(inhoud), naam), "csrf_token": csrf(self.client), **velden}
        return self.client.post("/checklists/inlezen", data=data)

    def concept(self, inhoud: bytes, naam: str = "proef.csv") -> UUID:
        """A draft; its uid."""
        antwoord = self.lees_in(inhoud, naam, nieuw="y")
        assert antwoord.status_code == 303, antwoord.get_data(as_text=True)
        return UUID(antwoord.headers["Location"].rsplit("/", 1)[1])

    def doe(self, uid: UUID, wat: str, revisie: int | None = None, **velden: Any) -> TestResponse:
        """publiceren, intrekken or weggooien."""
        rij = versie(uid)
        data = {"csrf_token": csrf(self.client), "revisie": str(rij.revisie if revisie is None else revisie), **velden}
        return self.client.post(f"/checklists/versies/{uid}/{wat}", data=data)

    def publiceer(self, uid: UUID, vanaf: date, *typen: str) -> TestResponse:
        return self.doe(uid, "publiceren", geldig_vanaf=vanaf.isoformat(), locatietypen=list(typen))

    def pagina(self, pad: str) -> str:
        antwoord = self.client.get(pad)
        assert antwoord.status_code == 200, antwoord.get_data(as_text=True)
        return antwoord.get_data(as_text=True)


def versie(uid: UUID) -> Checklistversie:
    """The version as it stands in the database now."""
    db.session.rollback()
    return db.session.scalars(
        select(Checklistversie).where(Checklistversie.uid == uid).execution_options(populate_existing=True)
    ).one()


def handelingen() -> list[str]:
    """The acts on versions in the audit log, oldest first."""
    db.session.rollback()
    rijen = db.session.scalars(
        select(Auditregel).where(Auditregel.object_soort == "checklistversie").order_by(Auditregel.id)
    )
    return [rij.handeling for rij in rijen]


def bureau_van(wereld: Wereld, rol: Rol, kring: Kring) -> Bureau:
    return Bureau(wereld, wereld.client(rol, kring), kring)


@pytest.fixture
def jurist(app: Flask, wereld: Wereld) -> Bureau:
    """The jurist of the first gemeente, which has two kinds of place."""
    for i, (code, naam) in enumerate((("woning", "Woning"), ("zaak", "Bedrijfspand"))):
        db.session.add(
            Locatietype(gemeente_id=wereld.een.gemeente.id, code=code, naam=naam, checklist_code="proef", volgorde=i)
        )
    db.session.commit()
    return bureau_van(wereld, Rol.JURIST, wereld.een)
