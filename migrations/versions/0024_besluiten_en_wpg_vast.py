"""Who decided, what happened to police data and which text was signed stay as they were; the rows have their wall

Revision: 0024, after: 0023
"""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

# Never changed; removing goes by retention only.
VAST = ("besluitaankondiging", "besluitnemer", "machtigingsjabloon", "verslagsjabloon", "wpgstap")


def upgrade():
    sqlite = op.get_bind().dialect.name == "sqlite"
    for tabel in VAST:
        kop = f"CREATE TRIGGER {tabel}_inhoud BEFORE UPDATE ON {tabel}"
        if sqlite:
            op.execute(f"{kop} BEGIN SELECT RAISE(ABORT, '{tabel} is append-only'); END")
        else:
            # weiger_wijziging() stands in migration 0002.
            op.execute(f"{kop} FOR EACH ROW EXECUTE FUNCTION weiger_wijziging()")
    if not sqlite:
        op.execute("SELECT beveilig_rijen()")


def downgrade():
    sqlite = op.get_bind().dialect.name == "sqlite"
    for tabel in VAST:
        op.execute(f"DROP TRIGGER {tabel}_inhoud" + ("" if sqlite else f" ON {tabel}"))
