"""What the server does before it forks its workers leaves nothing behind in its own process.

In a fresh interpreter, as `serve` is one: this process may have typst's threads by now, and a fork hangs on them.
"""

import subprocess
import sys
from pathlib import Path

import pytest

# Fresh interpreters, on a machine that may be busy with other tests.
pytestmark = pytest.mark.timeout(500)
WORTEL = Path(__file__).parents[3]

BEGIN = """
import sys
from pathlib import Path
from inspecties import create_app
from inspecties.core.fouten import Conflict
from inspecties.database.basis import db
from inspecties.dienst.voorbereiding import bereid_voor
from inspecties.dossiers.models import Stuk
from inspecties.gebruikers.models import Gemeente
from sqlalchemy import select
from tests.conftest import instellingen_voor

data = Path(sys.argv[1])

def draden():
    return len(list(Path("/proc/self/task").iterdir()))
"""

LAADT_ELDERS = """
app = create_app(instellingen_voor(data, demo_wachtwoord="een wachtwoord voor de proef"))
eerst = draden()
assert bereid_voor(app) == "een wachtwoord voor de proef"
assert draden() <= eerst  # numpy ends its own at a fork
with app.app_context():
    assert db.session.scalars(select(Stuk)).first() is not None
print("goed")
"""

FOUT_KOMT_TERUG = """
leeg = create_app(instellingen_voor(data, demo=False))
assert bereid_voor(leeg) == ""
with leeg.app_context():
    db.session.add(Gemeente(naam="Elders", code="0001", grens_wkt="POLYGON((0 0, 1 0, 1 1, 0 0))"))
    db.session.commit()
    db.session.remove()
    db.engine.dispose()
try:
    bereid_voor(create_app(instellingen_voor(data)))
except Conflict:
    print("goed")
"""


def doe(script: str, data: Path) -> None:
    """Run it; its own assertions are the test."""
    opdracht = [sys.executable, "-c", BEGIN + script, str(data)]
    uit = subprocess.run(opdracht, cwd=WORTEL, capture_output=True, text=True, timeout=400, check=False)
    assert uit.stdout.strip().endswith("goed"), uit.stderr[-2000:]


def test_de_demo_wordt_elders_geladen(tmp_path: Path) -> None:
    """The demo prints dossiers with typst, whose threads would be missing in every forked worker."""
    doe(LAADT_ELDERS, tmp_path)


def test_een_fout_komt_terug(tmp_path: Path) -> None:
    """A gemeente of somebody else's in the database: the demo is refused with the reason."""
    doe(FOUT_KOMT_TERUG, tmp_path)
