"""What may never be taken out can be destroyed when its term is over: only in a transaction that holds an order for it

Revision: 0022, after: 0021
"""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

# table -> (what it says, on which row it refuses without an order); the triggers <table>_weg of 0011, 0014 and 0018.
GEWEIGERD = {
    "machtiging": ("fixed", "OLD.ondertekend_op IS NOT NULL"),
    "verslag_binnentreden": ("append-only", "OLD.toestand <> 'concept'"),
    "verslag_aflevering": ("append-only", ""),
    "verstrekking": ("append-only", ""),
}
_OPDRACHT = "EXISTS (SELECT 1 FROM vernietigopdracht v WHERE v.tabel = {tabel} AND v.rij_id = OLD.id)"


def _trigger(tabel, als, functie, woord, sqlite, met_opdracht):
    kop = f"CREATE TRIGGER {tabel}_weg BEFORE DELETE ON {tabel}"
    if not sqlite:
        wanneer = f"WHEN ({als})" if als else ""
        op.execute(f"{kop} FOR EACH ROW {wanneer} EXECUTE FUNCTION {functie}()")
        return
    delen = [f"({als})"] if als else []
    if met_opdracht:
        delen.append("NOT " + _OPDRACHT.format(tabel=f"'{tabel}'"))
    wanneer = f"WHEN {' AND '.join(delen)}" if delen else ""
    op.execute(f"{kop} {wanneer} BEGIN SELECT RAISE(ABORT, '{tabel} is {woord}'); END")


def upgrade():
    sqlite = op.get_bind().dialect.name == "sqlite"
    if not sqlite:
        op.execute(
            "CREATE FUNCTION weiger_weghalen() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {_OPDRACHT.format(tabel='TG_TABLE_NAME')} THEN RETURN OLD; END IF; "
            "RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
        )
    for tabel, (woord, als) in GEWEIGERD.items():
        op.execute(f"DROP TRIGGER {tabel}_weg" + ("" if sqlite else f" ON {tabel}"))
        _trigger(tabel, als, "weiger_weghalen", woord, sqlite, met_opdracht=True)


def downgrade():
    sqlite = op.get_bind().dialect.name == "sqlite"
    for tabel, (woord, als) in GEWEIGERD.items():
        op.execute(f"DROP TRIGGER {tabel}_weg" + ("" if sqlite else f" ON {tabel}"))
        _trigger(tabel, als, "weiger_wijziging", woord, sqlite, met_opdracht=False)
    if not sqlite:
        op.execute("DROP FUNCTION weiger_weghalen()")
