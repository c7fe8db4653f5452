"""What changed a term, and what was covered on a photo, stays as it was: the database itself refuses to change it

Revision: 0016, after: 0015
"""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

# Removing goes with the dossier or the visit, by retention only.
TABELLEN = ("termijndaad", "lakking")


def upgrade():
    sqlite = op.get_bind().dialect.name == "sqlite"
    for tabel in TABELLEN:
        kop = f"CREATE TRIGGER {tabel}_inhoud BEFORE UPDATE ON {tabel} "
        if sqlite:
            op.execute(f"{kop} BEGIN SELECT RAISE(ABORT, '{tabel} is append-only'); END")
        else:
            # weiger_wijziging() stands in migration 0002.
            op.execute(f"{kop} FOR EACH ROW EXECUTE FUNCTION weiger_wijziging()")


def downgrade():
    sqlite = op.get_bind().dialect.name == "sqlite"
    for tabel in TABELLEN:
        op.execute(f"DROP TRIGGER {tabel}_inhoud" + ("" if sqlite else f" ON {tabel}"))
