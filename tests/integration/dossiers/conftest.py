"""A visit with a finding and photos, and a dossier about it in any state."""

import re
from dataclasses import dataclass
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from inspecties.audit.models import Auditregel
from inspecties.controles.models import Bevinding, Bezoek
from inspecties.controles.opslag import Opslag
from inspecties.core.actor import Actor
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers import beoordelen, operations, voorleggen
from inspecties.dossiers.models import Dossier
from inspecties.instellingen import opslag_van
from tests.integration.offline.conftest import actie, bezoek, boa
from tests.tusklant import Tus, jpeg, sha
from tests.veldwereld import Tablet
from tests.wereld import Wereld, csrf

__all__ = ["actie", "bezoek", "boa"]

TEKSTEN = {
    "samenvatting": "Twaalf bewoners op 40 m2.",
    "feiten": "Op 21 november zijn twaalf bewoners geteld.",
    "waarom_nu": "De vluchtweg is te smal voor dit aantal.",
    "geprobeerd": "Twee gesprekken met de eigenaar.",
    "bewoners": "Alleen volwassenen; opvang is geregeld.",
    "beoordeling": "Een lichter middel heeft niet geholpen.",
    "zienswijze": "De eigenaar heeft niet gereageerd.",
    "concept_besluit": "Last onder dwangsom van EUR 2.000 per week.",
}


@dataclass
class Zaak:
    """The world around one finding; ``bewijs`` holds the SHA-256 of its photos."""

    wereld: Wereld
    boa: Tablet
    bezoek: str
    bewijs: list[str]
    bevinding: UUID

    @property
    def jurist(self) -> Actor:
        return self.wereld.een.actoren[Rol.JURIST]

    @property
    def kabinet(self) -> Actor:
        return self.wereld.een.actoren[Rol.KABINET]

    @property
    def opslag(self) -> Opslag:
        return opslag_van(self.wereld.app.extensions["instellingen"])

    def rij(self) -> Bevinding:
        return db.session.scalars(select(Bevinding).where(Bevinding.uid == self.bevinding)).one()

    def dossier(self, *, teksten: bool = True, partij: bool = True) -> Dossier:
        """A dossier in ``opbouw`` with the finding in it; committed."""
        sessie, nu = db.session(), self.wereld.nu
        dossier = beoordelen.accepteer_nieuw(sessie, self.jurist, nu, self.rij(), "Duidelijk te veel bewoners", "last")
        for veld, tekst in TEKSTEN.items() if teksten else ():
            operations.wijzig_tekst(sessie, self.jurist, nu, dossier, veld, tekst)
        if partij:
            operations.voeg_partij_toe(sessie, self.jurist, nu, dossier, "Kade Beheer BV", "eigenaar", "01234567")
        sessie.commit()
        return dossier

    def voorgelegd(self) -> Dossier:
        """A dossier that waits for the cabinet; committed."""
        dossier = self.dossier()
        voorleggen.leg_voor(db.session(), self.jurist, self.wereld.nu, self.opslag, dossier)
        db.session.commit()
        return dossier


def foto(boa: Tablet, bezoek: str, kleur: str, vraag: str = "bewoners") -> str:
    """A photo at a question, sent and received; its SHA-256."""
    inhoud = jpeg(kleur)
    boa.op(bezoek, vraag, {"sha256": sha(inhoud), "soort": "image/jpeg", "omvang": len(inhoud)}, "attach")
    boa.sync()
    assert Tus(boa.client).stuur(inhoud, bezoek, vraag_id=vraag).status_code == 204
    return sha(inhoud)


@pytest.fixture
def zaak(wereld: Wereld, boa: Tablet, bezoek: str) -> Zaak:
    """Twelve residents counted, with two photos."""
    boa.op(bezoek, "bewoners", 12)
    boa.op(bezoek, "bewoners", "geteld per kamer", "note")
    bewijs = [foto(boa, bezoek, kleur) for kleur in ("navy", "maroon")]
    db.session.rollback()
    bevinding = db.session.scalars(select(Bevinding).join(Bezoek).where(Bezoek.uid == UUID(bezoek))).one()
    return Zaak(wereld, boa, bezoek, bewijs, bevinding.uid)


def verstuur(client: FlaskClient, pad: str, **velden: str) -> TestResponse:
    """POST a form with its token."""
    return client.post(pad, data=velden | {"csrf_token": csrf(client)})


def schrijf(client: FlaskClient, uid: object, veld: str, tekst: str) -> TestResponse:
    """Open one text of a dossier, as a person does, and store another."""
    pad = f"/dossiers/{uid}/tekst/{veld}"
    gezien = re.search(r'name="gezien"[^>]*value="([0-9a-f]{64})"', client.get(pad).get_data(as_text=True))
    assert gezien is not None
    return verstuur(client, pad, tekst=tekst, gezien=gezien[1])


def handelingen() -> list[str]:
    """Every act in the audit log, oldest first."""
    db.session.rollback()
    return list(db.session.scalars(select(Auditregel.handeling).order_by(Auditregel.id)))
