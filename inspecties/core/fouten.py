"""Errors that a user may cause. ``melding`` is Dutch, names what is wrong and what would be right, and is shown so."""

from typing import Any


class InspectiesFout(Exception):
    """Base of all expected errors.

    ``veld`` names the form field, column or JSON member that the message is about, where there is one.
    """

    status = 400

    def __init__(self, melding: str, veld: str | None = None) -> None:
        super().__init__(melding)
        self.melding = melding
        self.veld = veld

    def __reduce__(self) -> tuple[Any, ...]:
        # Between processes: what a kind of error holds besides goes along, whatever its own constructor asks.
        return _herstel, (type(self), self.melding, self.veld, self.__dict__)


def _herstel(soort: type[InspectiesFout], melding: str, veld: str | None, eigen: dict[str, Any]) -> InspectiesFout:
    fout = soort.__new__(soort)
    InspectiesFout.__init__(fout, melding, veld)
    fout.__dict__.update(eigen)
    return fout


class OngeldigeInvoer(InspectiesFout):
    """What was sent can not be right; the message says what would be."""

    status = 422


class NietAangemeld(InspectiesFout):
    """Nobody is logged in, or the session has ended."""

    status = 401


class GeenRecht(InspectiesFout):
    """The actor's role does not allow this act. Objects of another gemeente are NietGevonden instead."""

    status = 403


class NietGevonden(InspectiesFout):
    """There is no such object, or it is not for this actor's eyes: the two look the same."""

    status = 404


class Conflict(InspectiesFout):
    """The object has changed, or its state does not allow this act."""

    status = 409


class OpslagVol(InspectiesFout):
    """Nothing could be written because the disk is full (RFC 4918, 507); nothing was acknowledged."""

    status = 507


class OpslagWeg(InspectiesFout):
    """The place where files are kept can not be reached or refuses (503); nothing was acknowledged, again may work."""

    status = 503
