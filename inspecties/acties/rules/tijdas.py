"""Where moments stand on a time axis, as percentages of its width."""

from dataclasses import dataclass
from datetime import datetime, timedelta

_UUR = timedelta(hours=1)


@dataclass(frozen=True)
class Tijdas:
    """From ``begin`` to ``eind`` in whole hours. ``nu`` None: now lies outside of it."""

    begin: datetime
    eind: datetime
    nu: datetime | None

    def x(self, moment: datetime) -> float:
        """Percentage from the left, within 0 to 100, to two decimals."""
        deel = (moment - self.begin) / (self.eind - self.begin)
        return round(100 * min(max(deel, 0.0), 1.0), 2)

    def breedte(self, van: datetime, tot: datetime) -> float:
        """Width of a block as a percentage, never so small that nobody sees it."""
        return round(max(self.x(tot) - self.x(van), 0.6), 2)

    @property
    def uren(self) -> tuple[datetime, ...]:
        """Every whole hour on it."""
        aantal = round((self.eind - self.begin) / _UUR)
        return tuple(self.begin + i * _UUR for i in range(aantal + 1))


def maak_as(begin: datetime, eind: datetime, nu: datetime) -> Tijdas:
    """An axis of whole hours around these moments; in the Netherlands an hour begins with minute 0 in UTC too."""
    van = begin.replace(minute=0, second=0, microsecond=0)
    tot = eind.replace(minute=0, second=0, microsecond=0)
    if tot < eind or tot == van:
        tot += _UUR
    return Tijdas(van, tot, nu if van <= nu <= tot else None)
