"""A clock that jumped destroys nothing, and one gemeente that fails keeps no other from its terms."""

import logging
from datetime import datetime, timedelta
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from inspecties.audit.klokwacht import STIL
from inspecties.audit.models import Auditregel
from inspecties.audit.operations import leg_vast
from inspecties.controles.models import Bezoek
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.start import bewaartermijnen_cli
from inspecties.start.bewaartermijnen_cli import bewaartermijnen
from tests.integration.bewaren.test_bewaren_stop import LATER, een_bezoek
from tests.wereld import Kring, Wereld

JAREN = timedelta(days=6 * 365)


def nacht(*opties: str) -> Result:
    uit = CliRunner().invoke(bewaartermijnen, opties)
    db.session.rollback()
    return uit


def geweigerd(woord: str) -> None:
    uit = nacht()
    assert uit.exit_code == 1
    assert isinstance(uit.exception, Conflict), uit.output
    assert woord in uit.exception.melding
    assert "--klok-klopt" in uit.exception.melding


def regel(kring: Kring, moment: datetime) -> None:
    leg_vast(db.session(), kring.systeem, moment, "backup_gemaakt", "backup", "x")
    db.session.commit()


def bezoeken() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Bezoek)) or 0


def test_een_klok_die_jaren_vooruit_sprong_vernietigt_niets(wereld: Wereld, klok: VasteKlok) -> None:
    een_bezoek(wereld)
    # Nobody has ever said that this clock is right.
    geweigerd("eerste keer")
    assert nacht("--droog").exit_code == 0
    geweigerd("eerste keer")
    assert nacht("--klok-klopt").exit_code == 0
    for dag in (1, 2):
        klok.moment = wereld.nu + timedelta(days=dag)
        assert nacht().exit_code == 0

    # The clock jumps; the backup of 01:30 and somebody at work write what it says before the terms are computed.
    klok.moment += JAREN
    regel(wereld.twee, klok.moment - timedelta(minutes=90))
    assert wereld.client(Rol.AUDITOR).get("/").status_code in {200, 302}
    regel(wereld.een, klok.moment - timedelta(minutes=1))
    geweigerd("voor het laatst")
    assert bezoeken() == 1
    # Days of wrong lines make it no truer.
    for _ in range(3):
        klok.moment += timedelta(days=1)
        regel(wereld.een, klok.moment)
    geweigerd("voor het laatst")
    # Put right again, it goes on by itself; the wrong lines hold nothing up.
    klok.moment = wereld.nu + timedelta(days=3)
    regel(wereld.een, klok.moment)
    assert nacht().exit_code == 0
    assert bezoeken() == 1
    # Somebody looked, and it is really years later.
    klok.moment += JAREN
    regel(wereld.een, klok.moment)
    assert nacht("--klok-klopt").exit_code == 0
    assert bezoeken() == 0
    klok.moment += timedelta(days=1)
    assert nacht().exit_code == 0


@pytest.mark.parametrize("database", ["spatialite"], indirect=True)
def test_na_lang_niet_draaien_kijkt_iemand_eerst_naar_de_klok(wereld: Wereld, klok: VasteKlok) -> None:
    een_bezoek(wereld)
    assert nacht("--klok-klopt").exit_code == 0
    # People worked every week, so no two lines are far apart; the terms were not computed for two months.
    for week in range(1, 10):
        regel(wereld.een, wereld.nu + timedelta(weeks=week))
    klok.moment = wereld.nu + STIL
    assert nacht("--droog").exit_code == 0
    klok.moment += timedelta(hours=1)
    geweigerd("voor het laatst")
    # And a clock that stands before what was last done.
    klok.moment = wereld.nu
    geweigerd("laatste regel")


def test_een_gemeente_die_mislukt_houdt_de_andere_niet_op(
    wereld: Wereld, klok: VasteKlok, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    een_bezoek(wereld)
    klok.moment = LATER
    echt, geruimd = bewaartermijnen_cli.vernietig_alles, []

    def stuk(sessie: Session, actor: Actor, *rest: Any) -> Any:
        if actor.gemeente_id == wereld.twee.gemeente.id:
            raise IntegrityError("DELETE FROM dossier", {"naam": "A. de Vries"}, Exception("FOREIGN KEY"))
        return echt(sessie, actor, *rest)

    monkeypatch.setattr(bewaartermijnen_cli, "vernietig_alles", stuk)
    monkeypatch.setattr(bewaartermijnen_cli, "ruim_na", lambda _s, tabellen: geruimd.extend(tabellen))
    with caplog.at_level(logging.ERROR):
        uit = nacht("--klok-klopt")
    assert uit.exit_code == 1
    assert "Houtribdijk: mislukt" in uit.output
    assert "Markerwaard: bezoek, 1 vernietigd" in uit.output
    assert bezoeken() == 0
    assert "bezoek" in geruimd
    assert "IntegrityError" in caplog.text
    assert "de Vries" not in caplog.text + uit.output
    # What failed did not run: its log does not say so.
    gedraaid = select(Auditregel.gemeente_id).where(Auditregel.handeling == "bewaartermijnen_gedraaid")
    assert db.session.scalars(gedraaid).all() == [wereld.een.gemeente.id]
