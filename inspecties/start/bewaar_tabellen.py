"""Tables by name, for the kinds under a term: all models are read, so that none is missing."""

from importlib import import_module

from sqlalchemy import Table

from inspecties.audit.aanvang import vanaf
from inspecties.audit.geheel import Geheel
from inspecties.database import metadata

# By name: it walks the package to find every model, which reads as an import of everything.
import_module("inspecties.modellen")


def tabel(naam: str) -> Table:
    """The table. Raises KeyError where there is none."""
    return metadata.tables[naam]


def soort(
    naam: str,
    tabel_: str,
    kolom: str,
    *,
    code: str = "",
    termijn: str = "",
    is_dag: bool = False,
    houders: tuple[tuple[str, ...], ...] = (),
    mee: tuple[str, ...] = (),
) -> Geheel:
    """A kind whose term runs from one of its columns. Code and term are called as the table unless said otherwise."""
    t, code = tabel(tabel_), code or tabel_
    termijn = termijn or code
    return Geheel(
        code, naam, t, (termijn,), vanaf(t, termijn, t.c[kolom], is_dag=is_dag), frozenset(mee), houders=houders
    )
