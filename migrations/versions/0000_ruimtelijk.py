"""Spatial metadata (SpatiaLite) or extension (PostGIS)

Revision: 0000, the first
"""

from alembic import op

revision = "0000"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    if op.get_bind().dialect.name == "sqlite":
        # Without its own transaction (argument 0): Alembic already began one.
        op.execute("SELECT InitSpatialMetaData(0) WHERE CheckSpatialMetaData() = 0")
    else:
        op.execute("CREATE EXTENSION IF NOT EXISTS postgis")
        op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")


def downgrade():
    # The metadata stays: other tables of the same database may use it.
    pass
