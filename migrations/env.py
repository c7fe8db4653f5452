"""Alembic environment: one set of migrations for SpatiaLite and PostGIS."""

from typing import Any

from alembic import context
from flask import current_app
from geoalchemy2 import alembic_helpers

from inspecties.database.basis import metadata
from inspecties.database.rijmuur import zonder_actor
from inspecties.database.typen import UtcMoment

# Tables that SpatiaLite and PostGIS make for themselves; geoalchemy2 knows most, not all of them.
EIGEN_TABELLEN = {
    "KNN",
    "KNN2",
    "SpatialIndex",
    "ElementaryGeometries",
    "sql_statements_log",
    "data_licenses",
    "rl2map_configurations_view",
    "spatial_ref_sys",
    "alembic_version",
    # Search index of addresses (0004) and what FTS5 keeps beside it.
    "adresstraat_fts",
    "adresstraat_fts_config",
    "adresstraat_fts_data",
    "adresstraat_fts_docsize",
    "adresstraat_fts_idx",
    "adresstraat_trigram",
}


def include_object(object_: Any, naam: str | None, soort: str, reflected: bool, compare_to: Any) -> bool:
    if soort == "table" and (naam in EIGEN_TABELLEN or str(naam).startswith(("idx_", "tiger", "topology"))):
        return False
    if soort == "index" and str(naam).startswith("idx_"):
        return False
    return bool(alembic_helpers.include_object(object_, naam, soort, reflected, compare_to))


def render_item(soort: str, object_: Any, autogen: Any) -> Any:
    # A migration says what the column was on the day it was written, not what the application's type is today.
    if soort == "type" and isinstance(object_, UtcMoment):
        return "sa.DateTime()"
    return alembic_helpers.render_item(soort, object_, autogen)


def voer_uit() -> None:
    engine = current_app.extensions["migrate"].db.engine
    # render_as_batch stays off: a batch copy of a spatial table loses its geometry triggers.
    with engine.connect() as verbinding:
        zonder_actor(verbinding, "a migration changes the rows of every gemeente")
        if verbinding.dialect.name == "postgresql":
            # A large table takes longer than any request may.
            verbinding.exec_driver_sql("SET statement_timeout = 0")
            verbinding.exec_driver_sql("SET idle_in_transaction_session_timeout = 0")
            verbinding.commit()  # alembic begins its own transaction
        context.configure(
            connection=verbinding,
            target_metadata=metadata,
            include_object=include_object,
            process_revision_directives=alembic_helpers.writer,
            render_item=render_item,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()


voer_uit()
