"""What the server does before it forks its workers leaves nothing behind in its own process."""

from pathlib import Path

import pytest
from sqlalchemy import select

from inspecties import create_app
from inspecties.core.fouten import Conflict
from inspecties.database.basis import db
from inspecties.dienst.voorbereiding import bereid_voor
from inspecties.dossiers.models import Stuk
from inspecties.gebruikers.models import Gemeente
from tests.conftest import instellingen_voor


def draden() -> int:
    """Threads of this process, also those that Python does not know of."""
    return len(list(Path("/proc/self/task").iterdir()))


def test_de_demo_wordt_elders_geladen(tmp_path: Path) -> None:
    """The demo prints dossiers with typst, whose threads would be missing in every forked worker."""
    app = create_app(instellingen_voor(tmp_path, demo_wachtwoord="een wachtwoord voor de proef"))
    eerst = draden()
    assert bereid_voor(app) == "een wachtwoord voor de proef"
    assert draden() <= eerst  # numpy ends its own at a fork
    with app.app_context():
        assert db.session.scalars(select(Stuk)).first() is not None
        db.session.remove()
        db.engine.dispose()


def test_een_fout_komt_terug(tmp_path: Path) -> None:
    """A gemeente of somebody else's in the database: the demo is refused with the reason."""
    leeg = create_app(instellingen_voor(tmp_path, demo=False))
    assert bereid_voor(leeg) == ""
    with leeg.app_context():
        db.session.add(Gemeente(naam="Elders", code="0001", grens_wkt="POLYGON((0 0, 1 0, 1 1, 0 0))"))
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    with pytest.raises(Conflict):
        bereid_voor(create_app(instellingen_voor(tmp_path)))
