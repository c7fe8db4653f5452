"""Counts of locations per grid cell, kept by triggers; the spatial indexes; an index to walk the list by name

Revision: 0005, after: 0004
"""
# ruff: noqa: S608 - the statements are put together from the constants of this file

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# Level and width of its cells in metres, as in locaties.rules.raster on the day of this migration.
NIVEAUS = {n: 70 * 156_543 * 0.609 / 2**n for n in (0, 8, 10, 12, 14, 16)}
_SLEUTEL = "gemeente_id, niveau, locatietype_id, status, kolom, rij"
_BIJ = ", ".join(f"{k} = kaartcel.{k} + excluded.{k}" for k in ("aantal", "som_x", "som_y", "som_id"))
_INVOEGEN = f"INSERT INTO kaartcel ({_SLEUTEL}, aantal, som_x, som_y, som_id) "
_TABEL = "(" + " UNION ALL ".join(f"SELECT {n} AS niveau, {cel!r} AS cel" for n, cel in NIVEAUS.items()) + ") n"
_PG_TABEL = _TABEL.replace(" AS cel", "::float8 AS cel")
# Tables with a column `geom`; the migrations that make them leave the index out.
RUIMTELIJK = ("risicolocatie", "locatievlak", "kaartgebied")
_FEITEN = ("id", "gemeente_id", "locatietype_id", "status", "x", "y")


def _sqlite_cellen(bron):
    """Every cell that one location (NEW or OLD) counts in: per level once for all, once for its type and status."""
    return (
        f"SELECT {bron}.gemeente_id, n.niveau, "
        f"CASE s.alles WHEN 1 THEN 0 ELSE {bron}.locatietype_id END, CASE s.alles WHEN 1 THEN '' ELSE {bron}.status END, "
        f"CAST({bron}.x / n.cel AS INTEGER), CAST({bron}.y / n.cel AS INTEGER) "
        f"FROM {_TABEL}, (SELECT 1 AS alles UNION ALL SELECT 0) s"
    )


def _sqlite_tel(bron, teken):
    cm = ", ".join(f"{teken} * CAST(round({bron}.{k} * 100) AS INTEGER)" for k in ("x", "y"))
    opdracht = (
        f"{_INVOEGEN} SELECT c.*, {teken}, {cm}, {teken} * {bron}.id FROM ({_sqlite_cellen(bron)}) c WHERE true "
        f"ON CONFLICT ({_SLEUTEL}) DO UPDATE SET {_BIJ};"
    )
    if teken < 0:
        opdracht += f" DELETE FROM kaartcel WHERE aantal = 0 AND ({_SLEUTEL}) IN ({_sqlite_cellen(bron)});"
    return opdracht


def _upgrade_sqlite():
    anders = " OR ".join(f"OLD.{k} IS NOT NEW.{k}" for k in _FEITEN)
    erbij, eraf = _sqlite_tel("NEW", 1), _sqlite_tel("OLD", -1)
    op.execute(f"CREATE TRIGGER kaartcel_erbij AFTER INSERT ON risicolocatie BEGIN {erbij} END")
    op.execute(f"CREATE TRIGGER kaartcel_eraf AFTER DELETE ON risicolocatie BEGIN {eraf} END")
    op.execute(
        f"CREATE TRIGGER kaartcel_anders AFTER UPDATE OF {', '.join(_FEITEN)} ON risicolocatie "
        f"WHEN {anders} BEGIN {eraf} {erbij} END"
    )


def _postgres_tel(*bronnen):
    """The body of a statement trigger: what the rows of its transition tables add and take away, in one statement.

    In the order of the key: concurrent writers wait for the same first row (level 0), so they do not cross.
    """
    rijen = " UNION ALL ".join(f"SELECT {', '.join(_FEITEN)}, {teken} AS teken FROM {bron}" for bron, teken in bronnen)
    sommen = (
        "sum(r.teken)",
        "sum(r.teken * round(r.x * 100)::bigint)",
        "sum(r.teken * round(r.y * 100)::bigint)",
        "sum(r.teken * r.id::bigint)",
    )
    return (
        f"{_INVOEGEN} SELECT r.gemeente_id, n.niveau, CASE WHEN s.alles THEN 0 ELSE r.locatietype_id END, "
        "CASE WHEN s.alles THEN '' ELSE r.status END, trunc(r.x / n.cel)::int, trunc(r.y / n.cel)::int, "
        f"{', '.join(sommen)} FROM ({rijen}) r CROSS JOIN {_PG_TABEL} CROSS JOIN (VALUES (true), (false)) s(alles) "
        f"GROUP BY 1, 2, 3, 4, 5, 6 HAVING {' OR '.join(f'{som} <> 0' for som in sommen)} "
        f"ORDER BY 1, 2, 3, 4, 5, 6 ON CONFLICT ({_SLEUTEL}) DO UPDATE SET {_BIJ};"
    )


def _postgres_weg(bron):
    return (
        "DELETE FROM kaartcel k USING (SELECT DISTINCT r.gemeente_id, n.niveau, trunc(r.x / n.cel)::int AS kolom, "
        f"trunc(r.y / n.cel)::int AS rij FROM {bron} r CROSS JOIN {_PG_TABEL}) c "
        "WHERE k.aantal = 0 AND k.gemeente_id = c.gemeente_id AND k.niveau = c.niveau "
        "AND k.kolom = c.kolom AND k.rij = c.rij;"
    )


def _upgrade_postgres():
    af_en_bij = _postgres_tel(("oud", -1), ("nieuw", 1)) + _postgres_weg("oud")
    functies = {
        "erbij": ("INSERT", "REFERENCING NEW TABLE AS nieuw", _postgres_tel(("nieuw", 1))),
        "eraf": ("DELETE", "REFERENCING OLD TABLE AS oud", _postgres_tel(("oud", -1)) + _postgres_weg("oud")),
        "anders": ("UPDATE", "REFERENCING OLD TABLE AS oud NEW TABLE AS nieuw", af_en_bij),
        "leeg": ("TRUNCATE", "", "DELETE FROM kaartcel;"),
    }
    for naam, (act, tabellen, lijf) in functies.items():
        op.execute(
            f"CREATE FUNCTION kaartcel_{naam}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {lijf} RETURN NULL; END $$"
        )
        op.execute(
            f"CREATE TRIGGER kaartcel_{naam} AFTER {act} ON risicolocatie {tabellen} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION kaartcel_{naam}()"
        )


def vullingen(sqlite):
    """What fills an empty table of cells from what is there already, by the same rules as the triggers."""
    kolom = "CAST({0} / n.cel AS INTEGER)" if sqlite else "trunc({0} / n.cel)::int"
    cm = "sum(CAST(round({0} * 100) AS INTEGER))" if sqlite else "sum(round({0} * 100)::bigint)"
    return [
        f"{_INVOEGEN} SELECT gemeente_id, niveau, {soort}, {status}, {kolom.format('x')}, {kolom.format('y')}, "
        f"count(*), {cm.format('x')}, {cm.format('y')}, sum(id) "
        f"FROM risicolocatie CROSS JOIN {_TABEL if sqlite else _PG_TABEL} GROUP BY 1, 2, 3, 4, 5, 6"
        for soort, status in (("0", "''"), ("locatietype_id", "status"))
    ]


def upgrade():
    sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute("DELETE FROM kaartcel")
    for opdracht in vullingen(sqlite):
        op.execute(opdracht)
    # In the order of kaartvragen.op_naam. Alembic leaves names with idx_ alone; on SQLite it cannot read expressions.
    naam = "naam COLLATE NOCASE" if sqlite else "lower(naam)"
    op.execute(f"CREATE INDEX idx_risicolocatie_gemeente_naam ON risicolocatie (gemeente_id, {naam}, id)")
    for tabel in RUIMTELIJK:
        op.execute(
            f"SELECT CreateSpatialIndex('{tabel}', 'geom')"
            if sqlite
            else f"CREATE INDEX idx_{tabel}_geom ON {tabel} USING gist (geom)"
        )
    if sqlite:
        _upgrade_sqlite()
    else:
        _upgrade_postgres()


def downgrade():
    sqlite = op.get_bind().dialect.name == "sqlite"
    for naam in ("erbij", "eraf", "anders") if sqlite else ("erbij", "eraf", "anders", "leeg"):
        op.execute(f"DROP TRIGGER kaartcel_{naam}" + ("" if sqlite else " ON risicolocatie"))
        if not sqlite:
            op.execute(f"DROP FUNCTION kaartcel_{naam}()")
    op.execute("DROP INDEX idx_risicolocatie_gemeente_naam")
    for tabel in RUIMTELIJK:
        if sqlite:
            op.execute(f"SELECT DisableSpatialIndex('{tabel}', 'geom')")
            op.execute(f"DROP TABLE idx_{tabel}_geom")
        else:
            op.execute(f"DROP INDEX idx_{tabel}_geom")
