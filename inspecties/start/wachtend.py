"""What features add to the home page, whatever the role: each builder asks the actor's right itself."""

from inspecties.start.afspraakkaartjes import afspraken
from inspecties.start.feitenkaartjes import bewaartermijn, vergunningen
from inspecties.start.gereedkaartjes import briefing_te_lezen, niet_meer_gereed
from inspecties.start.kaartje import Bouwer
from inspecties.start.machtigingkaartjes import te_ondertekenen
from inspecties.start.meldroutekaartjes import antwoorden_uitgebleven, bedenktijden, te_late_meldstappen
from inspecties.start.signaalkaartjes import melden, te_herzien
from inspecties.start.termijnkaartjes import komende_termijnen, onbewaakte_termijnen, te_late_termijnen
from inspecties.start.uitnodigingkaartjes import laat_afgezegd, post_mislukt, uitnodigingen
from inspecties.start.verslagkaartjes import te_maken

# Before everything else of any role: terms that are over.
EERST: tuple[Bouwer, ...] = (
    laat_afgezegd,
    niet_meer_gereed,
    te_late_termijnen,
    onbewaakte_termijnen,
    briefing_te_lezen,
    te_late_meldstappen,
)
# What waits for an act of this user; overdue terms are ``dringend`` and stand first.
WACHT: tuple[Bouwer, ...] = (
    te_ondertekenen,
    komende_termijnen,
    te_maken,
    antwoorden_uitgebleven,
    bedenktijden,
    te_herzien,
    vergunningen,
    bewaartermijn,
    afspraken,
    uitnodigingen,
    post_mislukt,
)
# What runs without an act.
LOOPT: tuple[Bouwer, ...] = (melden,)
