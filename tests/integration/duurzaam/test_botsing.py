"""Many tablets at once: where PostgreSQL breaks a deadlock, the end of an upload is done again and nobody sees it.

And the order that leaves no deadlock to break: whoever holds the head of the audit log waits for nothing any more.
"""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from psycopg.errors import DeadlockDetected
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from inspecties.acties.models import Stop
from inspecties.audit.models import Auditkop
from inspecties.audit.operations import leg_vast
from inspecties.controles.models import Bewijsstuk, Bezoek
from inspecties.core.rechten import Rol
from inspecties.database import db
from inspecties.database.rijmuur import zonder_actor
from inspecties.offline import ontvangst
from tests.tusklant import Tus, jpeg
from tests.veldwereld import Tablet, haal_pak, koppen, maak_actie, tablet
from tests.wereld import Wereld


@pytest.mark.parametrize(("botsingen", "status"), [(2, 204), (99, 503)])
def test_een_botsing_aan_het_eind_van_een_upload(
    wereld: Wereld, monkeypatch: pytest.MonkeyPatch, botsingen: int, status: int
) -> None:
    maak_actie(wereld.een, wereld.nu, (Rol.INSPECTEUR,))
    boa = tablet(wereld, Rol.INSPECTEUR)
    haal_pak(boa)
    echt, keren = ontvangst.rond_af, 0

    def botst(*argumenten: Any) -> None:
        nonlocal keren
        keren += 1
        # At the very end, with everything written that there is to write.
        echt(*argumenten)
        if keren <= botsingen:
            raise OperationalError("UPDATE", {}, DeadlockDetected("deadlock detected"))

    monkeypatch.setattr(ontvangst, "rond_af", botst)
    antwoord = Tus(boa.client).stuur(jpeg(), next(iter(boa.revs)))
    assert antwoord.status_code == status
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Bewijsstuk)) == (1 if status == 204 else 0)


WACHTENDEN = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


def doe_terwijl_vastgehouden(wat: Any, doe: Callable[[], int]) -> int:
    """Hold these rows, begin, wait until that waits for them, and then take the head of the audit log: it is free."""
    db.session.rollback()
    uit: list[int] = []
    with Session(db.engine) as ander, db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as kijk:
        zonder_actor(ander, "a colleague, seen from the database")
        assert ander.execute(wat.with_for_update(key_share=True)).all()
        draad = threading.Thread(target=lambda: uit.append(doe()))
        draad.start()
        einde = time.monotonic() + 20
        while not kijk.execute(WACHTENDEN).scalar() and draad.is_alive() and time.monotonic() < einde:
            time.sleep(0.02)
        assert draad.is_alive(), uit
        ander.execute(text("SET LOCAL lock_timeout = '500ms'"))
        assert ander.execute(select(Auditkop.seq).with_for_update(key_share=True)).all()
        ander.commit()
    draad.join(20)
    return uit[0]


@pytest.mark.parametrize("database", ["postgis"], indirect=True)
def test_een_nieuw_toestel_dat_instuurt_houdt_het_logboek_niet_vast_terwijl_het_op_een_bezoek_wacht(
    wereld: Wereld,
) -> None:
    """The end of an upload holds the visit and then writes to the log: the other way round they wait for each other."""
    maak_actie(wereld.een, wereld.nu, (Rol.INSPECTEUR,), stops=1)
    boa = tablet(wereld, Rol.INSPECTEUR)
    haal_pak(boa)
    nieuw = Tablet(boa.client, boa.auteur, form_versie=boa.form_versie, revs=boa.revs)
    nieuw.op(next(iter(boa.revs)), "opmerking", "Niemand thuis")
    nieuw.token = koppen(boa.client)
    assert doe_terwijl_vastgehouden(select(Bezoek.id), lambda: nieuw.stuur().status_code) == 200


@pytest.mark.parametrize("database", ["postgis"], indirect=True)
def test_wie_het_pak_haalt_houdt_het_logboek_niet_vast_terwijl_hij_op_een_stop_wacht(wereld: Wereld) -> None:
    """A colleague who reports a stop holds it and then writes to the log."""
    maak_actie(wereld.een, wereld.nu, (Rol.INSPECTEUR,), stops=2)
    boa = tablet(wereld, Rol.INSPECTEUR)
    leg_vast(db.session(), wereld.een.systeem, wereld.nu, "backup_gemaakt", "backup", "x")
    db.session.commit()
    tweede = select(Stop.id).where(Stop.volgorde == 2)
    assert doe_terwijl_vastgehouden(tweede, lambda: boa.client.get("/api/dienst?datum=2026-11-21").status_code) == 200
