"""Nobody is booked twice in the same hours, and reports and hours stay as they were: the database refuses it

Revision: 0013, after: 0012
"""

import logging
from uuid import uuid4

import sqlalchemy as sa
from alembic import op
from sqlalchemy.exc import DBAPIError

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_NAAM = "boeking_overlapt_niet"
VAST = ("actieverslag", "urenregel")

boeking = sa.table(
    "boeking",
    sa.column("uid", sa.Uuid()),
    sa.column("gemeente_id"),
    sa.column("soort"),
    sa.column("hulpbron_id"),
    sa.column("begin_op"),
    sa.column("eind_op"),
    sa.column("actie_id"),
)


def upgrade():
    verbinding = op.get_bind()
    sqlite = verbinding.dialect.name == "sqlite"
    _boek_wat_loopt(verbinding)
    if sqlite:
        _weiger_in_sqlite()
    else:
        _weiger_in_postgres(verbinding)
    for tabel in VAST:
        kop = f"CREATE TRIGGER {tabel}_vast BEFORE UPDATE ON {tabel} "
        if sqlite:
            op.execute(f"{kop} BEGIN SELECT RAISE(ABORT, '{tabel} is fixed'); END")
        else:
            # weiger_wijziging() stands in migration 0002.
            op.execute(f"{kop} FOR EACH ROW EXECUTE FUNCTION weiger_wijziging()")


def _boek_wat_loopt(verbinding):
    """Actions that were ready before there were bookings. Whoever stood in two at once is booked in the first."""
    rijen = verbinding.execute(
        sa.text(
            "SELECT DISTINCT a.begin_op, a.eind_op, a.id, a.gemeente_id, l.gebruiker_id FROM actie a "
            "JOIN ploeg p ON p.actie_id = a.id JOIN ploeglid l ON l.ploeg_id = p.id "
            "WHERE a.toestand IN ('gereed', 'in_uitvoering', 'afgerond') ORDER BY a.begin_op, a.id"
        ).columns(begin_op=sa.DateTime(), eind_op=sa.DateTime())
    ).all()
    tot, nieuw = {}, []
    for begin, eind, actie, gemeente, mens in rijen:
        if mens in tot and tot[mens] > begin:
            continue
        tot[mens] = eind
        nieuw.append(
            {
                "uid": uuid4(),
                "gemeente_id": gemeente,
                "soort": "persoon",
                "hulpbron_id": mens,
                "begin_op": begin,
                "eind_op": eind,
                "actie_id": actie,
            }
        )
    if nieuw:
        op.bulk_insert(boeking, nieuw)


def _weiger_in_sqlite():
    als = (
        "EXISTS (SELECT 1 FROM boeking b WHERE b.soort = NEW.soort AND b.hulpbron_id = NEW.hulpbron_id "
        "AND b.id IS NOT NEW.id AND b.begin_op < NEW.eind_op AND b.eind_op > NEW.begin_op)"
    )
    for act in ("INSERT", "UPDATE"):
        kop = f"CREATE TRIGGER {_NAAM}_{act.lower()} BEFORE {act} ON boeking"
        op.execute(f"{kop} WHEN {als} BEGIN SELECT RAISE(ABORT, '{_NAAM}'); END")


def _weiger_in_postgres(verbinding):
    """With btree_gist the database itself refuses; without it the lock on the resource's row is what there is."""
    try:
        with verbinding.begin_nested():
            verbinding.execute(sa.text("CREATE EXTENSION IF NOT EXISTS btree_gist"))
    except DBAPIError as fout:
        logging.getLogger(__name__).warning(
            "btree_gist kan niet worden aangezet (%s). Dubbele boekingen worden alleen door het programma geweigerd.",
            type(fout.orig).__name__,
        )
        return
    op.execute(
        f"ALTER TABLE boeking ADD CONSTRAINT {_NAAM} EXCLUDE USING gist "
        "(soort WITH =, hulpbron_id WITH =, tsrange(begin_op, eind_op) WITH &&)"
    )


def downgrade():
    sqlite = op.get_bind().dialect.name == "sqlite"
    for tabel in VAST:
        op.execute(f"DROP TRIGGER {tabel}_vast" + ("" if sqlite else f" ON {tabel}"))
    if sqlite:
        for act in ("insert", "update"):
            op.execute(f"DROP TRIGGER {_NAAM}_{act}")
    else:
        op.execute(f"ALTER TABLE boeking DROP CONSTRAINT IF EXISTS {_NAAM}")
    op.execute("DELETE FROM boeking")
