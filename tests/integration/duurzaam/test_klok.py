"""The server's clock jumps: two years either way, through both changes of DST, and back in the middle of a session."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from inspecties.audit.klokwacht import GEDRAAID, STIL, keur, keur_klok, laatste_moment, laatste_run
from inspecties.audit.models import Auditregel
from inspecties.audit.operations import controleer, leg_vast
from inspecties.controles.models import Operatie
from inspecties.core.fouten import Conflict
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from tests.conftest import NU
from tests.veldwereld import haal_pak, maak_actie, tablet
from tests.wereld import Wereld

JAREN = timedelta(days=730)
# Also the hour that comes twice in October and the one that is not there in March.
SPRONGEN = (
    NU + JAREN,
    NU - JAREN,
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    datetime(2027, 3, 28, 0, 59, tzinfo=UTC),
    datetime(2027, 3, 28, 1, 1, tzinfo=UTC),
    NU,
)


def test_een_klok_die_springt_verandert_geen_volgorde(app: Flask, wereld: Wereld, klok: VasteKlok) -> None:
    maak_actie(wereld.een, wereld.nu, (Rol.INSPECTEUR,))
    tab = tablet(wereld, Rol.INSPECTEUR)
    haal_pak(tab)
    bezoek, gemaakt = next(iter(tab.revs)), []
    for nr, moment in enumerate(SPRONGEN):
        klok.moment = moment
        # Whoever is logged in at the other side of a jump logs in again; the tablet keeps what it has until then.
        tab.client, tab.token = tablet(Wereld(app, moment, wereld.een, wereld.twee), Rol.INSPECTEUR).client, {}
        gemaakt.append(tab.op(bezoek, "opmerking", f"sprong {nr}")["op_id"])
        tab.sync()
        assert tab.wachtrij == []
    rijen = db.session.scalars(select(Operatie).order_by(Operatie.rev)).all()
    assert [str(op.op_id) for op in rijen] == gemaakt
    assert [op.rev for op in rijen] == list(range(1, len(SPRONGEN) + 1))
    gid = wereld.een.gemeente.id
    regels = db.session.scalars(select(Auditregel).where(Auditregel.gemeente_id == gid).order_by(Auditregel.seq)).all()
    assert [r.seq for r in regels] == list(range(1, len(regels) + 1))
    assert controleer(db.session(), gid) is None


@pytest.mark.parametrize("heen", [timedelta(hours=13), JAREN])
def test_een_sessie_leeft_niet_langer_door_een_klok_die_terugspringt(
    wereld: Wereld, klok: VasteKlok, heen: timedelta
) -> None:
    klok.moment = NU + heen
    client = Wereld(wereld.app, klok.moment, wereld.een, wereld.twee).client(Rol.COORDINATOR)
    assert client.get("/").status_code == 200
    # A few seconds between two machines is no jump.
    klok.moment -= timedelta(minutes=1)
    assert client.get("/").status_code == 200
    klok.moment = NU
    assert client.get("/").status_code == 302
    # Nor does it come back to life: it was ended for this browser.
    klok.moment = NU + heen
    assert client.get("/").status_code == 302


def test_vernietigen_wacht_op_een_klok_die_klopt(app: Flask, wereld: Wereld) -> None:
    sessie = db.session()
    assert laatste_run(sessie) is None
    keur(sessie, NU)
    for kring in (wereld.een, wereld.twee):
        leg_vast(sessie, kring.systeem, NU, GEDRAAID, "gemeente", kring.gemeente.uid)
    run = laatste_run(sessie)
    assert run is not None
    # By the order of the log: a line from a clock that had jumped proves nothing, and with right ones after it holds
    # nothing up.
    leg_vast(sessie, wereld.een.systeem, NU + JAREN, "backup_gemaakt", "backup", "x")
    assert laatste_moment(sessie, run) == NU
    leg_vast(sessie, wereld.een.systeem, NU + timedelta(minutes=1), "backup_gemaakt", "backup", "x")
    assert laatste_moment(sessie, run) == NU + timedelta(minutes=1)
    keur_klok(NU, NU + STIL)
    keur_klok(NU, NU - timedelta(minutes=4))
    for fout in (NU + STIL + timedelta(minutes=1), NU + JAREN, NU - timedelta(hours=1), NU - JAREN):
        with pytest.raises(Conflict, match="--klok-klopt"):
            keur_klok(NU, fout)
