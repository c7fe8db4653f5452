"""What was fixed while an action was carried out stays as it was: the database itself refuses to change it

Revision: 0014, after: 0013
"""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_VERSLAG = (
    "uid, gemeente_id, stop_id, machtiging_id, nummer, volgnummer, toestand, binnentreder_id, grond, naam, hoedanigheid, "
    "zonder_naam, zonder_naam_reden, machtiging_tekst, spoed_reden, grondslag, doel, plaats, bewoner, wijze, binnen_op, "
    "verlaten_op, verricht, meegaanden, meegaanden_wie, meegenomen, afwijking, correctie_reden, elders, eed, vast_op, sha256"
)
_TREKKING = "uid, gemeente_id, zin, filter, pool, pool_sha256, zaad, algoritme, procent, aantal"
# table -> {name: (act, on which row)}; '' is every row.
GEWEIGERD = {
    "verslag_binnentreden": {
        "inhoud": (f"UPDATE OF {_VERSLAG}", "OLD.toestand <> 'concept'"),
        "weg": ("DELETE", "OLD.toestand <> 'concept'"),
    },
    "verslag_aflevering": {"inhoud": ("UPDATE", ""), "weg": ("DELETE", "")},
    "trekking": {
        "pool": (f"UPDATE OF {_TREKKING}", ""),
        "uitkomst": ("UPDATE OF uitkomst, getrokken_op", "OLD.getrokken_op IS NOT NULL"),
    },
    "trekkinguitval": {"inhoud": ("UPDATE", "")},
    "briefingdeel": {
        "inhoud": ("UPDATE OF uid, gemeente_id, briefing_id, actie_id, sleutel, naam, inhoud, hash, wijzigingen", "")
    },
    "briefinglezing": {"inhoud": ("UPDATE", "")},
}


def upgrade():
    sqlite = op.get_bind().dialect.name == "sqlite"
    for tabel, regels in GEWEIGERD.items():
        for naam, (act, als) in regels.items():
            kop = f"CREATE TRIGGER {tabel}_{naam} BEFORE {act} ON {tabel} "
            wanneer = f"WHEN ({als})" if als else ""
            if sqlite:
                op.execute(f"{kop} {wanneer} BEGIN SELECT RAISE(ABORT, '{tabel} is append-only'); END")
            else:
                # weiger_wijziging() stands in migration 0002.
                op.execute(f"{kop} FOR EACH ROW {wanneer} EXECUTE FUNCTION weiger_wijziging()")


def downgrade():
    sqlite = op.get_bind().dialect.name == "sqlite"
    for tabel, regels in GEWEIGERD.items():
        for naam in regels:
            op.execute(f"DROP TRIGGER {tabel}_{naam}" + ("" if sqlite else f" ON {tabel}"))
