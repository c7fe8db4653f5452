"""What was passed on, weighed or destroyed: the database itself refuses to change it

Revision: 0006, after: 0005
"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# table -> acts that the database refuses. Retention may delete what was passed on, together with its signal.
GEWEIGERD = {
    "doorzetting": ("UPDATE OF signaal_id, ontvanger, grondslag, velden, tekst, sha256, doorgezet_op",),
    "weging": ("UPDATE", "DELETE"),
    "vernietiging": ("UPDATE", "DELETE"),
}


def _naam(tabel, act):
    return f"{tabel}_geen_{act.split()[0].lower()}"


def upgrade():
    sqlite = op.get_bind().dialect.name == "sqlite"
    for tabel, acts in GEWEIGERD.items():
        for act in acts:
            gevolg = (
                f"BEGIN SELECT RAISE(ABORT, '{tabel} is append-only'); END"
                if sqlite
                else "FOR EACH ROW EXECUTE FUNCTION weiger_wijziging()"
            )
            op.execute(f"CREATE TRIGGER {_naam(tabel, act)} BEFORE {act} ON {tabel} {gevolg}")


def downgrade():
    sqlite = op.get_bind().dialect.name == "sqlite"
    for tabel, acts in GEWEIGERD.items():
        for act in acts:
            op.execute(f"DROP TRIGGER {_naam(tabel, act)}" + ("" if sqlite else f" ON {tabel}"))
