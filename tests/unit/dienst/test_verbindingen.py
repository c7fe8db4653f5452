"""Every thread that answers can have its connection to PostgreSQL at the same time, also beside the background."""

from inspecties.database.motor import engine_opties
from inspecties.dienst.server import DRADEN

# Mail, and the heads of the audit log.
ACHTERGROND = 3


def test_geen_draad_wacht_op_een_verbinding() -> None:
    opties = engine_opties("postgresql+psycopg://x@127.0.0.1/x")
    assert opties["pool_size"] + opties["max_overflow"] >= DRADEN + ACHTERGROND
    # A server that is there and says nothing does not hold them all for minutes.
    assert opties["connect_args"]["connect_timeout"] <= 10
