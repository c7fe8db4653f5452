"""What features add to the home page, whatever the role: each builder asks the actor's right itself."""

from inspecties.start.feitenkaartjes import bewaartermijn, vergunningen
from inspecties.start.kaartje import Bouwer
from inspecties.start.machtigingkaartjes import te_ondertekenen
from inspecties.start.meldroutekaartjes import antwoorden_uitgebleven, bedenktijden, te_late_meldstappen
from inspecties.start.signaalkaartjes import melden, te_herzien

# Before everything else of any role: terms that are over.
EERST: tuple[Bouwer, ...] = (te_late_meldstappen,)
# What waits for an act of this user; overdue terms are ``dringend`` and stand first.
WACHT: tuple[Bouwer, ...] = (
    te_ondertekenen,
    antwoorden_uitgebleven,
    bedenktijden,
    te_herzien,
    vergunningen,
    bewaartermijn,
)
# What runs without an act.
LOOPT: tuple[Bouwer, ...] = (melden,)
