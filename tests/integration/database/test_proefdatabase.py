"""The tests' own databases: what one test leaves behind, the next does not see."""

from sqlalchemy import func, select

from inspecties.core.klok import VasteKlok
from inspecties.database import zonder_actor
from inspecties.database.basis import db
from inspecties.gebruikers.models import Gemeente
from tests.conftest import NU, Toepassingen
from tests.wereld import maak_wereld


def test_wie_een_verbinding_teruggeeft_laat_de_volgende_proef_met_rust(
    toepassingen: Toepassingen, database: str, klok: VasteKlok
) -> None:
    """A thread that ends after its test gives its connection to the pool, where the next test finds it."""
    app = toepassingen.geef(database, klok)
    with app.app_context():
        zonder_actor(db.session(), "a test's own session")
        maak_wereld(app, NU)
        db.session.commit()
        db.session.remove()
    app = toepassingen.geef(database, klok)
    with app.app_context():
        zonder_actor(db.session(), "a test's own session")
        assert db.session.scalar(select(func.count()).select_from(Gemeente)) == 0
        db.session.remove()
        db.engine.dispose()
