"""A visit whose answers point to trafficking, with photos, and the people around it."""

import re
from dataclasses import dataclass
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from inspecties.audit.models import Auditregel
from inspecties.controles.models import Bevinding, Bezoek, Signaaloordeel
from inspecties.core.actor import Actor
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.signalen.models import Signaal
from tests.integration.dossiers.conftest import foto
from tests.integration.offline.conftest import actie, bezoek, boa
from tests.veldwereld import Tablet
from tests.wereld import Wereld, csrf

__all__ = ["actie", "bezoek", "boa"]

LIJST = "/signalen/uit-bezoeken"


@dataclass
class Geval:
    """One finding for the aandachtsfunctionaris; ``bewijs`` hangs on its answer, ``ander_bewijs`` elsewhere."""

    wereld: Wereld
    boa: Tablet
    bezoek: str
    bevinding: UUID
    bewijs: str
    ander_bewijs: str

    @property
    def pad(self) -> str:
        return f"{LIJST}/{self.bevinding}"

    @property
    def actor(self) -> Actor:
        return self.wereld.een.actoren[Rol.AANDACHTSFUNCTIONARIS]

    def client(self) -> FlaskClient:
        return self.wereld.client(Rol.AANDACHTSFUNCTIONARIS)

    def rij(self) -> Bevinding:
        return db.session.scalars(select(Bevinding).where(Bevinding.uid == self.bevinding)).one()

    def oordeel(self) -> Signaaloordeel:
        db.session.rollback()
        return db.session.scalars(select(Signaaloordeel)).one()

    def signalen(self) -> list[Signaal]:
        db.session.rollback()
        return list(db.session.scalars(select(Signaal).order_by(Signaal.id)))

    def neem_aan(self, client: FlaskClient | None = None, **velden: object) -> TestResponse:
        """Open the page and press 'Neem aan als signaal', as a person does."""
        client = client or self.client()
        gezien = re.search(r'name="gezien"[^>]*value="(\d+)"', tekst(client.get(self.pad)))
        assert gezien is not None
        standaard = {"gezien": gezien[1], "vorm": "arbeidsuitbuiting", "urgentie": "hoog"}
        return verstuur(client, f"{self.pad}/aannemen", **standaard | velden)

    def geen(self, reden: str, client: FlaskClient | None = None) -> TestResponse:
        gezien = str(self.rij().rev)
        db.session.rollback()
        return verstuur(client or self.client(), f"{self.pad}/geen-signaal", reden=reden, gezien=gezien)


def tekst(antwoord: TestResponse) -> str:
    return str(antwoord.get_data(as_text=True))


def verstuur(client: FlaskClient, pad: str, **velden: object) -> TestResponse:
    """POST a form with its token."""
    return client.post(pad, data=velden | {"csrf_token": csrf(client)})


def regels(handeling: str) -> list[Auditregel]:
    """The audit lines of one kind of act, oldest first."""
    db.session.rollback()
    return list(db.session.scalars(select(Auditregel).where(Auditregel.handeling == handeling).order_by(Auditregel.id)))


def signaal_van(bezoek: str) -> Bevinding | None:
    db.session.rollback()
    return db.session.scalars(
        select(Bevinding).join(Bezoek).where(Bezoek.uid == UUID(bezoek), Bevinding.gevolg == "signaal_mh")
    ).one_or_none()


@pytest.fixture
def geval(wereld: Wereld, boa: Tablet, bezoek: str) -> Geval:
    """A lock on the outside, with a note and a photo; besides, too many residents."""
    boa.op(bezoek, "bewoners", 12)
    boa.op(bezoek, "opmerking", "GEHEIM-VAN-HET-BEZOEK")
    boa.op(bezoek, "slot_buiten", "ja")
    boa.op(bezoek, "slot_buiten", "sleutel hangt buiten", "note")
    bewijs, ander = foto(boa, bezoek, "navy", "slot_buiten"), foto(boa, bezoek, "maroon", "bewoners")
    bevinding = signaal_van(bezoek)
    assert bevinding is not None
    return Geval(wereld, boa, bezoek, bevinding.uid, bewijs, ander)
