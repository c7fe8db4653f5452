"""Search index of addresses: trigrams of the streets (FTS5 on SpatiaLite, pg_trgm on PostGIS), filled from what is there

Revision: 0004, after: 0003
"""

import re
import unicodedata
import uuid

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# External content: the index holds no second copy of the text. The triggers keep it in step within the transaction.
FTS = (
    "CREATE VIRTUAL TABLE adresstraat_fts USING fts5("
    "zoektekst, content='adresstraat', content_rowid='id', tokenize='trigram')",
    # How often a trigram occurs: a search with typing errors looks for the rare ones.
    "CREATE VIRTUAL TABLE adresstraat_trigram USING fts5vocab('adresstraat_fts', 'row')",
    "CREATE TRIGGER adresstraat_fts_erbij AFTER INSERT ON adresstraat BEGIN "
    "INSERT INTO adresstraat_fts(rowid, zoektekst) VALUES (NEW.id, NEW.zoektekst); END",
    "CREATE TRIGGER adresstraat_fts_eraf AFTER DELETE ON adresstraat BEGIN "
    "INSERT INTO adresstraat_fts(adresstraat_fts, rowid, zoektekst) VALUES ('delete', OLD.id, OLD.zoektekst); END",
    "CREATE TRIGGER adresstraat_fts_anders AFTER UPDATE OF zoektekst ON adresstraat BEGIN "
    "INSERT INTO adresstraat_fts(adresstraat_fts, rowid, zoektekst) VALUES ('delete', OLD.id, OLD.zoektekst); "
    "INSERT INTO adresstraat_fts(rowid, zoektekst) VALUES (NEW.id, NEW.zoektekst); END",
)


def upgrade():
    if op.get_bind().dialect.name == "sqlite":
        for opdracht in FTS:
            op.execute(opdracht)
    else:
        op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        # Without fastupdate: after an import every search would read through the list of what is not indexed yet.
        op.execute(
            "CREATE INDEX idx_adresstraat_zoektekst_trgm ON adresstraat USING gin (zoektekst gin_trgm_ops) "
            "WITH (fastupdate = off)"
        )
    _vul()


def _plat(tekst):
    # As rules.adreszoek.platte_tekst was on the day of this migration.
    los = unicodedata.normalize("NFKD", tekst.lower().replace("ß", "ss"))
    zonder = "".join(t for t in los if not unicodedata.combining(t)).replace("'", "")
    return re.sub(r"[^a-z0-9]+", " ", zonder).strip()


def _vul():
    verbinding = op.get_bind()
    rijen = verbinding.execute(sa.text("SELECT DISTINCT gemeente_id, openbare_ruimte, woonplaats FROM adres")).all()
    straat = sa.table(
        "adresstraat",
        sa.column("uid", sa.Uuid()),
        sa.column("gemeente_id", sa.Integer()),
        sa.column("openbare_ruimte", sa.String()),
        sa.column("woonplaats", sa.String()),
        sa.column("zoektekst", sa.String()),
    )
    if rijen:
        waarden = [
            {
                "uid": uuid.uuid4(),
                "gemeente_id": r.gemeente_id,
                "openbare_ruimte": r.openbare_ruimte,
                "woonplaats": r.woonplaats,
                "zoektekst": f" {_plat(r.openbare_ruimte)} {_plat(r.woonplaats)} ",
            }
            for r in sorted(rijen, key=tuple)
        ]
        op.bulk_insert(straat, waarden)


def downgrade():
    if op.get_bind().dialect.name == "sqlite":
        for naam in ("erbij", "eraf", "anders"):
            op.execute(f"DROP TRIGGER adresstraat_fts_{naam}")
        op.execute("DROP TABLE adresstraat_trigram")
        op.execute("DROP TABLE adresstraat_fts")
    else:
        op.execute("DROP INDEX idx_adresstraat_zoektekst_trgm")
