"""Nobody empties the office by a program: files per person have a limit (ASVS 2.1.3, 2.3.2, 2.4.1)."""

from dataclasses import replace

from flask import Flask
from sqlalchemy import func, select

from inspecties.audit.models import Auditregel
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from tests.wereld import Wereld


def test_wie_te_veel_bestanden_haalt_moet_even_wachten(app: Flask, wereld: Wereld) -> None:
    bus = app.extensions
    bus["instellingen"] = replace(bus["instellingen"], bestanden_limiet="4 per minute")
    client, collega = wereld.client(Rol.COORDINATOR), wereld.client(Rol.COORDINATOR, wereld.twee)
    pad = "/locaties/export?formaat=csv"
    uit = [client.get(pad) for _ in range(4)]
    assert [a.status_code for a in uit] == [200] * 4
    assert "attachment" in uit[0].headers["Content-Disposition"]
    db.session.rollback()
    regels = db.session.scalar(select(func.count(Auditregel.id)))
    dicht = client.get(pad)
    assert dicht.status_code == 429
    assert dicht.headers["Retry-After"] == "60"
    assert "in korte tijd veel bestanden" in dicht.get_data(as_text=True)
    db.session.rollback()
    # Refused before the work, not after it.
    assert db.session.scalar(select(func.count(Auditregel.id))) == regels
    # Pages stay open, and so does a colleague behind the same address.
    assert client.get("/locaties").status_code == 200
    assert collega.get(pad).status_code == 200
