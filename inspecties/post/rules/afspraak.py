"""An appointment in a mail: what a calendar is told (RFC 5545, RFC 5546)."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

Methode = Literal["REQUEST", "CANCEL", "PUBLISH"]


@dataclass(frozen=True)
class Afspraak:
    """One event for one attendee. ``uid`` is the row's id: the UID in the mail gets a secret besides, when it is sent.

    ``titel`` and ``plaats`` say no more than the kind of action and the gemeente.
    """

    methode: Methode
    uid: str
    volgnummer: int
    begin_op: datetime
    eind_op: datetime
    titel: str
    plaats: str
    deelnemer: str = ""
    partstat: Literal["NEEDS-ACTION", "ACCEPTED", "DECLINED", "TENTATIVE"] = "NEEDS-ACTION"

    def als_json(self) -> dict[str, Any]:
        """As it is kept until the mail is sent."""
        return asdict(self) | {"begin_op": self.begin_op.isoformat(), "eind_op": self.eind_op.isoformat()}

    @classmethod
    def van_json(cls, rij: dict[str, Any]) -> "Afspraak":
        """The inverse of ``als_json``."""
        momenten = {naam: datetime.fromisoformat(rij[naam]) for naam in ("begin_op", "eind_op")}
        return cls(**{**rij, **momenten})
