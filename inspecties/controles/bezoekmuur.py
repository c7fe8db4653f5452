"""What of a visit stands apart as police data (Wpg): which answers, which photos, and what hangs on them.

A photo is marked itself. An answer is marked by the first operation on its question: every operation on that question
is behind the wall, also one that a tablet brings later, and so is every photo that was ever attached to it. The tables
are named here without their models: a condition that goes into every statement must not be adapted to its aliases.
"""

from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    CompoundSelect,
    FromClause,
    Integer,
    Select,
    String,
    Uuid,
    and_,
    cast,
    column,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
    table,
    tuple_,
    union_all,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

ANTWOORD, FOTO = "antwoord", "bewijsstuk"
# How the value of an operation that attaches something names it, as it is stored.
_SHA = '"sha256": "'

_MERK = table("wpggegeven", column("object_soort", String), column("object_uid", Uuid()))
_OP = table(
    "operatie",
    *(column("uid", Uuid()), column("bezoek_id", Integer), column("vraag_id", String)),
    *(column("herhaling_id", Uuid()), column("soort", String), column("waarde", JSON)),
)
_BEZOEK = table("bezoek", column("id", Integer), column("uid", Uuid()))
_FOTO = table(
    "bewijsstuk",
    *(column("id", Integer), column("uid", Uuid()), column("bezoek_id", Integer), column("sha256", String)),
    *(column("vraag_id", String), column("herhaling_id", Uuid())),
)


def _herhaling(kolom: Any) -> ColumnElement[str]:
    return func.coalesce(cast(kolom, String), "")


def _ankers() -> tuple[FromClause, FromClause]:
    """The first operations of what stands apart: (alias, joined to their marks)."""
    anker, merk = _OP.alias("wpg_anker"), _MERK.alias("wpg_merk")
    waar = and_(merk.c.object_soort == ANTWOORD, merk.c.object_uid == anker.c.uid)
    return anker, merk.join(anker, waar)


def aparte_antwoorden() -> Select[Any]:
    """(bezoek_id, vraag_id, herhaling_id or '') of every answer that stands apart."""
    anker, uit = _ankers()
    return select(anker.c.bezoek_id, anker.c.vraag_id, _herhaling(anker.c.herhaling_id)).select_from(uit)


class _Waar(FunctionElement[int]):
    """Where a text stands in another, from 1; 0 where it does not."""

    type = Integer()
    inherit_cache = True
    name = "waar"


@compiles(_Waar)
def _schrijf_waar(element: _Waar, compiler: SQLCompiler, **opties: Any) -> str:
    naam = "strpos" if compiler.dialect.name == "postgresql" else "instr"
    return f"{naam}({compiler.process(element.clauses, **opties)})"


def sha_van(waarde: Any) -> ColumnElement[str]:
    """The SHA-256 in what an operation attached. Read as text: PostgreSQL refuses to take a part out of JSON in which
    a tablet wrote a NUL, and one such value would stop every page."""
    tekst, begin = cast(waarde, String), literal(_SHA)
    return func.substr(tekst, _Waar(tekst, begin) + len(_SHA), 64)


def fotos_bij_antwoorden() -> CompoundSelect[Any]:
    """(bezoek_id, sha256) of every photo at an answer that stands apart, by its operations and by its own row."""
    anker, uit = _ankers()
    op, foto = _OP.alias("wpg_op"), _FOTO.alias("wpg_foto")

    def bij(kind: FromClause) -> ColumnElement[bool]:
        return and_(
            kind.c.bezoek_id == anker.c.bezoek_id,
            kind.c.vraag_id == anker.c.vraag_id,
            _herhaling(kind.c.herhaling_id) == _herhaling(anker.c.herhaling_id),
        )

    return union_all(
        select(op.c.bezoek_id, sha_van(op.c.waarde).label("sha256"))
        .select_from(uit.join(op, bij(op)))
        .where(op.c.soort == "attach"),
        select(foto.c.bezoek_id, foto.c.sha256).select_from(uit.join(foto, bij(foto))),
    )


def noemt(json: Any, tekst: Any) -> ColumnElement[bool]:
    """Whether a JSON value holds this text."""
    return cast(json, String).contains(tekst)


def aparte_fotos() -> CompoundSelect[Any]:
    """(bezoek_id, sha256) of every photo that stands apart, by itself or with its answer."""
    foto, merk = _FOTO.alias("wpg_eigen"), _MERK.alias("wpg_fotomerk")
    zelf = select(foto.c.bezoek_id, foto.c.sha256).select_from(
        merk.join(foto, and_(merk.c.object_soort == FOTO, merk.c.object_uid == foto.c.uid))
    )
    return union_all(zelf, *fotos_bij_antwoorden().selects)


def _uit_fotos(kolom: str) -> Select[Any]:
    foto = _FOTO.alias("wpg_rij")
    return select(foto.c[kolom]).where(tuple_(foto.c.bezoek_id, foto.c.sha256).in_(aparte_fotos()))


def _kaal(uid: Any) -> ColumnElement[str]:
    """A public id as text without dashes: SQLite keeps it so."""
    return func.replace(uid, "-", "")


def gewone_foto(bezoek_id: Any, sha256: Any) -> ColumnElement[bool]:
    """No photo that stands apart."""
    return tuple_(bezoek_id, sha256).not_in(aparte_fotos())


def bij_gewone_foto(bewijsstuk_id: Any) -> ColumnElement[bool]:
    """Hangs on no photo that stands apart."""
    return bewijsstuk_id.not_in(_uit_fotos("id"))  # type: ignore[no-any-return]  # a column of any model


def geen_aparte_foto(uid: Any) -> ColumnElement[bool]:
    """Is no public id of a photo that stands apart."""
    return uid.not_in(_uit_fotos("uid"))  # type: ignore[no-any-return]  # a column of any model


def gewone_operatie(bezoek_id: Any, vraag_id: Any, herhaling_id: Any, soort: Any, waarde: Any) -> ColumnElement[bool]:
    """On no answer and attaching no photo that stands apart."""
    return and_(
        tuple_(bezoek_id, vraag_id, _herhaling(herhaling_id)).not_in(aparte_antwoorden()),
        or_(soort != "attach", gewone_foto(bezoek_id, sha_van(waarde))),
    )


def gewone_quarantaine(bezoek_uid: Any, op: Any) -> ColumnElement[bool]:
    """What was set apart at intake, an operation as it was sent, is of nothing that stands apart as police data."""
    bezoek, (anker, uit) = _BEZOEK.alias("wpg_bezoek"), _ankers()
    fotos = aparte_fotos().subquery("wpg_fotos")
    uid, kaal = _kaal(cast(bezoek.c.uid, String)), _kaal(bezoek_uid)
    antwoord = exists(
        select(bezoek.c.id)
        .select_from(uit.join(bezoek, bezoek.c.id == anker.c.bezoek_id))
        .where(
            uid == kaal,
            noemt(op, literal('"vraag_id": "') + anker.c.vraag_id + literal('"')),
            or_(
                anker.c.herhaling_id.is_(None),
                _kaal(cast(op, String)).contains(_kaal(_herhaling(anker.c.herhaling_id))),
            ),
        )
        .correlate_except(anker, bezoek, uit)
    )
    foto = exists(
        select(bezoek.c.id)
        .select_from(bezoek.join(fotos, fotos.c.bezoek_id == bezoek.c.id))
        .where(uid == kaal, noemt(op, fotos.c.sha256))
        .correlate_except(bezoek, fotos)
    )
    return and_(not_(antwoord), not_(foto))
