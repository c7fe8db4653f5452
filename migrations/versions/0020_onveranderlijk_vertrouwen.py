"""How a request was handled, what was judged and when an office ended stay as they were: the database itself refuses

Revision: 0020, after: 0019
"""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

# Never changed; removing goes by retention only.
VAST = ("ambtseinde", "inzagestap", "rectificatie", "stukoordeelinhoud")
# Ciphertext is carried over to a new key; what it says is bound to its row, and nobody changes that without the key.
# table -> the columns that never change at all.
ALLEEN = {
    "rectificatie": "id, uid, gemeente_id, object_soort, object_uid, veld, aangepast, reden, op, door_id",
}


def _alleen(tabel):
    return f" OF {ALLEEN[tabel]}" if tabel in ALLEEN else ""


def upgrade():
    sqlite = op.get_bind().dialect.name == "sqlite"
    for tabel in VAST:
        kop = f"CREATE TRIGGER {tabel}_inhoud BEFORE UPDATE{_alleen(tabel)} ON {tabel}"
        if sqlite:
            op.execute(f"{kop} BEGIN SELECT RAISE(ABORT, '{tabel} is append-only'); END")
        else:
            # weiger_wijziging() stands in migration 0002.
            op.execute(f"{kop} FOR EACH ROW EXECUTE FUNCTION weiger_wijziging()")


def downgrade():
    sqlite = op.get_bind().dialect.name == "sqlite"
    for tabel in VAST:
        op.execute(f"DROP TRIGGER {tabel}_inhoud" + ("" if sqlite else f" ON {tabel}"))
