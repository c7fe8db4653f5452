"""Append-only tables: the database itself refuses to change what was recorded

Revision: 0002, after: 0001
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# table -> acts that the database refuses. Retention may delete operations, never audit rows.
GEWEIGERD = {
    "auditregel": ("UPDATE", "DELETE"),
    "operatie": ("UPDATE",),
    "bewijsstuk": ("UPDATE",),
    "besluit": ("UPDATE",),
    "stuk": ("UPDATE",),
    "dossieropsteller": ("UPDATE",),
}

# A checklist version: what it asks never changes, when and for whom it counts is fixed once it is published, and only
# a draft can be thrown away.
_INHOUD = "hash, versie, bron_csv, definitie, checklist_id, gemeente_id, uid"
VERSIE = {
    "inhoud": (f"UPDATE OF {_INHOUD}", ""),
    "publicatie": ("UPDATE OF geldig_vanaf, locatietypen, gepubliceerd_op", "WHEN (OLD.status <> 'concept')"),
    "intrekking": ("UPDATE OF status", "WHEN (OLD.status = 'ingetrokken')"),
    "weg": ("DELETE", "WHEN (OLD.status <> 'concept')"),
}

# Who worked on a dossier never decides on it: the database says so too.
_OPSTELLER = (
    "EXISTS (SELECT 1 FROM dossieropsteller o WHERE o.dossier_id = NEW.dossier_id "
    "AND o.gebruiker_id = NEW.besloten_door_id)"
)


def upgrade():
    if op.get_bind().dialect.name == "sqlite":
        for tabel, acts in GEWEIGERD.items():
            for act in acts:
                op.execute(
                    f"CREATE TRIGGER {tabel}_geen_{act.lower()} BEFORE {act} ON {tabel} "
                    f"BEGIN SELECT RAISE(ABORT, '{tabel} is append-only'); END"
                )
        for naam, (act, als) in VERSIE.items():
            op.execute(
                f"CREATE TRIGGER checklistversie_{naam} BEFORE {act} ON checklistversie {als} "
                f"BEGIN SELECT RAISE(ABORT, 'checklistversie is append-only'); END"
            )
        op.execute(
            f"CREATE TRIGGER besluit_niet_door_opsteller BEFORE INSERT ON besluit WHEN {_OPSTELLER} "
            "BEGIN SELECT RAISE(ABORT, 'besluit door de opsteller'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION weiger_wijziging() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for tabel, acts in GEWEIGERD.items():
        for act in acts:
            op.execute(
                f"CREATE TRIGGER {tabel}_geen_{act.lower()} BEFORE {act} ON {tabel} "
                "FOR EACH ROW EXECUTE FUNCTION weiger_wijziging()"
            )
    for naam, (act, als) in VERSIE.items():
        op.execute(
            f"CREATE TRIGGER checklistversie_{naam} BEFORE {act} ON checklistversie "
            f"FOR EACH ROW {als} EXECUTE FUNCTION weiger_wijziging()"
        )
    op.execute(
        "CREATE FUNCTION weiger_opsteller() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {_OPSTELLER} THEN RAISE EXCEPTION 'besluit door de opsteller' USING ERRCODE = '23514'; END IF; "
        "RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER besluit_niet_door_opsteller BEFORE INSERT ON besluit "
        "FOR EACH ROW EXECUTE FUNCTION weiger_opsteller()"
    )


def downgrade():
    sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute("DROP TRIGGER besluit_niet_door_opsteller" + ("" if sqlite else " ON besluit"))
    for naam in VERSIE:
        op.execute(f"DROP TRIGGER checklistversie_{naam}" + ("" if sqlite else " ON checklistversie"))
    for tabel, acts in GEWEIGERD.items():
        for act in acts:
            op.execute(f"DROP TRIGGER {tabel}_geen_{act.lower()}" + ("" if sqlite else f" ON {tabel}"))
    if not sqlite:
        op.execute("DROP FUNCTION weiger_opsteller()")
        op.execute("DROP FUNCTION weiger_wijziging()")
