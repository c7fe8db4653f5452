"""Many tablets at once: where PostgreSQL breaks a deadlock, the end of an upload is done again and nobody sees it."""

from typing import Any

import pytest
from psycopg.errors import DeadlockDetected
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from inspecties.controles.models import Bewijsstuk
from inspecties.core.rechten import Rol
from inspecties.database import db
from inspecties.offline import ontvangst
from tests.tusklant import Tus, jpeg
from tests.veldwereld import haal_pak, maak_actie, tablet
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
