"""What was fixed in planning stays as it was: the database itself refuses to change it

Revision: 0011, after: 0010
"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_INHOUD = (
    "uid, gemeente_id, nummer, gever_soort, gever_naam, aan_id, aan_naam, aan_hoedanigheid, woningen, grondslag, doel, "
    "afgifte, nacht, afwezig, dringend, uren_van, uren_tot, meegaanden, meegaanden_rol, aangevraagd_door_id, "
    "aangevraagd_op, ondertekend_door_id, ondertekend_op, papier, sha256, mediatype"
)
# table -> {name: (act, on which row)}
GEWEIGERD = {
    "machtiging": {
        "inhoud": (f"UPDATE OF {_INHOUD}", "OLD.ondertekend_op IS NOT NULL"),
        "toestand": (
            "UPDATE OF toestand",
            "OLD.toestand = 'ingetrokken' OR (OLD.toestand = 'ondertekend' AND NEW.toestand <> 'ingetrokken')",
        ),
        "weg": ("DELETE", "OLD.ondertekend_op IS NOT NULL"),
    },
}


def upgrade():
    sqlite = op.get_bind().dialect.name == "sqlite"
    for tabel, regels in GEWEIGERD.items():
        for naam, (act, als) in regels.items():
            kop = f"CREATE TRIGGER {tabel}_{naam} BEFORE {act} ON {tabel} "
            if sqlite:
                op.execute(f"{kop} WHEN {als} BEGIN SELECT RAISE(ABORT, '{tabel} is fixed'); END")
            else:
                # weiger_wijziging() stands in migration 0002.
                op.execute(f"{kop} FOR EACH ROW WHEN ({als}) EXECUTE FUNCTION weiger_wijziging()")


def downgrade():
    sqlite = op.get_bind().dialect.name == "sqlite"
    for tabel, regels in GEWEIGERD.items():
        for naam in regels:
            op.execute(f"DROP TRIGGER {tabel}_{naam}" + ("" if sqlite else f" ON {tabel}"))
