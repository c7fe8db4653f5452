"""What hangs on a signal that stands apart as police data (Wpg) is behind the wall with it."""

from typing import Any

from sqlalchemy import ColumnElement, Integer, String, Uuid, and_, column, select, table

SIGNAAL = "signaal"
# Named without their models: a condition that goes into every statement must not be adapted to its aliases.
_MERK = table("wpggegeven", column("object_soort", String), column("object_uid", Uuid()))
_SIGNAAL = table("signaal", column("id", Integer), column("uid", Uuid()))


def bij_gewoon_signaal(signaal_id: Any) -> ColumnElement[bool]:
    """Hangs on no signal that stands apart."""
    signaal, merk = _SIGNAAL.alias("wpg_signaal"), _MERK.alias("wpg_signaalmerk")
    apart = select(signaal.c.id).select_from(
        merk.join(signaal, and_(merk.c.object_soort == SIGNAAL, merk.c.object_uid == signaal.c.uid))
    )
    return signaal_id.not_in(apart)  # type: ignore[no-any-return]  # a column of any model
