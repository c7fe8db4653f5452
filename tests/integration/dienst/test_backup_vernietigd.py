"""A backup still holds what was destroyed after it; putting it back brings nothing of that back to anybody."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from inspecties import create_app
from inspecties.audit.bewijsbestand import MAP
from inspecties.audit.models import Auditregel
from inspecties.audit.models_bewaren import Vernietiging
from inspecties.controles.models import Bezoek
from inspecties.core.klok import VasteKlok
from inspecties.database.basis import db
from inspecties.database.rijmuur import zonder_actor
from inspecties.dienst.backup import bewijzen
from inspecties.instellingen import Instellingen
from tests.integration.bewaren.test_bewaren_alles import draai
from tests.integration.bewaren.test_bewaren_stop import een_bezoek
from tests.integration.dienst.test_backup import Dienst, dienst
from tests.wereld import Wereld

__all__ = ["dienst"]

LATER = datetime(2028, 3, 1, 12, 0, tzinfo=UTC)


def hoeveel(inst: Instellingen, klok: VasteKlok) -> tuple[int, int]:
    """Visits and proofs of visits in this database, as a service that starts now finds them."""
    app = create_app(inst, klok)
    with app.app_context():
        zonder_actor(db.session(), "a test looks at the whole database")
        bewijs = select(func.count(Vernietiging.id)).where(Vernietiging.soort == "bezoek")
        uit = db.session.scalar(select(func.count(Bezoek.id))) or 0, db.session.scalar(bewijs) or 0
        db.session.remove()
        db.engine.dispose()
    return uit


def test_herstel_vernietigt_opnieuw_voordat_iemand_het_leest(
    dienst: Dienst, elders: Instellingen, wereld: Wereld, klok: VasteKlok, app: Flask
) -> None:
    een_bezoek(wereld)
    backup = dienst.backup()
    klok.moment = LATER
    draai()
    data, kopie = dienst.inst.data, dienst.doel
    assert bewijzen.neem_bewijzen_mee(data, kopie) > 0
    assert bewijzen.neem_bewijzen_mee(data, kopie) == 0, "what is there stays, once"

    uit = dienst.herstel(backup, overschrijf=True)
    assert uit.problemen == []
    assert uit.opnieuw_vernietigd > 0
    assert hoeveel(dienst.inst, klok) == (0, 2), "the proof of then, and that it was destroyed again"
    weer = select(Auditregel.gegevens).where(Auditregel.handeling == "vernietigd")
    assert any("bezoek" in gegevens.get("delen", {}) for gegevens in db.session.scalars(weer))
    db.session.rollback()
    draai()
    klok.moment += timedelta(minutes=1)
    assert dienst.herstel(backup, overschrijf=True).opnieuw_vernietigd > 0, "also the second time"

    # Another machine has no proofs: then it says so, and a copy that a person puts there counts.
    assert dienst.herstel(backup, elders).opnieuw_vernietigd == 0
    assert hoeveel(elders, klok)[0] == 1
    shutil.copytree(kopie / MAP, elders.data / MAP)
    klok.moment += timedelta(minutes=1)
    assert dienst.herstel(backup, elders, overschrijf=True).opnieuw_vernietigd > 0
    assert hoeveel(elders, klok)[0] == 0


def test_lukt_het_niet_dan_staat_de_backup_er_en_wordt_het_gezegd(
    dienst: Dienst, wereld: Wereld, klok: VasteKlok, monkeypatch: pytest.MonkeyPatch
) -> None:
    een_bezoek(wereld)
    backup = dienst.backup()
    klok.moment = LATER
    draai()

    def breekt(*_: object) -> list[Vernietiging]:
        raise IntegrityError("DELETE", {}, Exception("nog genoemd"))

    monkeypatch.setattr(bewijzen, "vernietig_opnieuw", breekt)
    uit = dienst.herstel(backup, overschrijf=True)
    assert any("wat na de backup was vernietigd, is terug" in probleem for probleem in uit.problemen)
    assert hoeveel(dienst.inst, klok)[0] == 1
