"""Every login stands in the audit log with how it was proven, and so does what fails on the way (ASVS 16.3.1)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from inspecties.audit.models import Auditregel
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.gebruikers import herstelcodes
from tests.integration.gebruikers.test_aanmelden import meld_aan
from tests.integration.gebruikers.test_factoren import bos, geef_app, streng, vul_code
from tests.wereld import Wereld, csrf

__all__ = ["streng"]


@pytest.mark.parametrize("database", ["spatialite"], indirect=True)
def test_elke_manier_van_aanmelden_staat_in_het_auditlogboek(
    streng: Wereld,
    klok: VasteKlok,
) -> None:
    maker, app, email = geef_app(streng, Rol.JURIST), streng.app, streng.een.emails[Rol.JURIST]
    wie = streng.een.actoren[Rol.JURIST].gebruiker_id or 0
    (code, *_) = herstelcodes.maak_reeks(db.session(), bos(app), klok.nu(), wie)
    db.session.commit()
    begin = db.session.scalars(select(Auditregel.id).order_by(Auditregel.id.desc())).first() or 0
    client = app.test_client()
    meld_aan(client, email, "een fout wachtwoord, dit")
    meld_aan(client, "niemand@markerwaard.example", "een fout wachtwoord, dit")
    meld_aan(client, email)
    assert vul_code(client, "000000") == 401
    assert vul_code(client, maker.at(klok.moment)) == 302
    client.post("/account/bevestigen", data={"bevestig_wachtwoord": "000000", "csrf_token": csrf(client)})
    client.post("/afmelden", data={"csrf_token": csrf(client)})
    klok.moment += timedelta(minutes=1)
    meld_aan(client, email)
    assert vul_code(client, code) == 302
    db.session.rollback()
    regels = db.session.scalars(select(Auditregel).where(Auditregel.id > begin).order_by(Auditregel.id))
    gezien = [(r.handeling, r.gegevens.get("wijze", "")) for r in regels]
    verwacht = [
        ("aanmelden_mislukt", ""),
        ("aanmelden_mislukt", ""),
        ("tweede_stap_mislukt", ""),
        ("aangemeld", "wachtwoord+totp"),
        ("bevestigen_mislukt", ""),
        ("afgemeld", ""),
        ("aangemeld", "wachtwoord+herstelcode"),
    ]
    assert [paar for paar in gezien if paar[0] in dict(verwacht)] == verwacht
