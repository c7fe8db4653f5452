"""What features add to the home page, whatever the role: each builder asks the actor's right itself."""

from inspecties.start.kaartje import Bouwer

# What waits for an act of this user; overdue terms are ``dringend`` and stand first.
WACHT: tuple[Bouwer, ...] = ()
# What runs without an act.
LOOPT: tuple[Bouwer, ...] = ()
