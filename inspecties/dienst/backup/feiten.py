"""What a database says about itself, asked in plain SQL of the very state that the backup holds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from inspecties.core.opslag import naam_van
from inspecties.database.basis import metadata
from inspecties.database.bestandskolommen import BESTANDSKOLOMMEN

Vraag = Callable[[str], Sequence[Sequence[Any]]]


@dataclass(frozen=True)
class Feiten:
    """``genoemd``: path in the store, from its root, of every file that a row names."""

    migratie: str
    epoch: str
    tellingen: dict[str, int]
    genoemd: frozenset[str]


def lees_feiten(vraag: Vraag, kolommen: dict[str, set[str]]) -> Feiten:
    """``kolommen``: the tables that there are with their columns (a database may be older than this code)."""
    eigen = sorted({*metadata.tables, "alembic_version"} & set(kolommen))
    tellingen = {
        tabel: int(vraag(f'SELECT count(*) FROM "{tabel}"')[0][0])  # noqa: S608 - names of our own models
        for tabel in eigen
    }
    migratie = vraag("SELECT version_num FROM alembic_version") if "alembic_version" in kolommen else []
    epoch = vraag("SELECT epoch FROM tijdperk") if "tijdperk" in kolommen else []
    return Feiten(
        migratie=str(migratie[0][0]) if migratie else "",
        epoch=str(UUID(str(epoch[0][0]))) if epoch else "",
        tellingen=tellingen,
        genoemd=frozenset(_genoemd(vraag, kolommen)),
    )


def _genoemd(vraag: Vraag, kolommen: dict[str, set[str]]) -> set[str]:
    uit: set[str] = set()
    # tests/unit/dienst holds the list against the models.
    for tabel, kolom in sorted(BESTANDSKOLOMMEN):
        if kolom not in kolommen.get(tabel, ()):
            continue
        rijen = vraag(
            f'SELECT DISTINCT g.uid, t."{kolom}" FROM "{tabel}" t '  # noqa: S608 - names from the list above
            f"JOIN gemeente g ON g.id = t.gemeente_id WHERE t.\"{kolom}\" <> ''"
        )
        uit |= {naam_van(UUID(str(uid)), sha256) for uid, sha256 in rijen}
    return uit
