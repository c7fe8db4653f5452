"""What features add to the demo of one gemeente, after its year has been played, in this order."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from inspecties.demo.lader.bewaren import laad_bewaren
from inspecties.demo.lader.bewijs import laad_bewijs
from inspecties.demo.lader.briefing import laad_briefing
from inspecties.demo.lader.brieven import laad_brieven
from inspecties.demo.lader.daarna import laad_daarna
from inspecties.demo.lader.feiten import laad_feiten
from inspecties.demo.lader.inzage import laad_inzage
from inspecties.demo.lader.kaart import laad_kaart
from inspecties.demo.lader.kabinet import laad_kabinet
from inspecties.demo.lader.koppelingen import laad_koppelingen
from inspecties.demo.lader.kring import Kring
from inspecties.demo.lader.melders import laad_melders
from inspecties.demo.lader.meldroute import vul_meldroute
from inspecties.demo.lader.partners import laad_partners
from inspecties.demo.lader.planning import laad_planning
from inspecties.demo.lader.prioriteit import laad_prioriteit
from inspecties.demo.lader.termijnen import laad_termijnen
from inspecties.demo.lader.trekking import laad_trekking
from inspecties.demo.lader.uitnodigingen import laad_uitnodigingen
from inspecties.demo.lader.wonen import laad_wonen
from inspecties.demo.wereld import Gemeente as Wereldgemeente

# (session, people of the gemeente, its invented world, key of a location -> id, now)
Aanvulling = Callable[[Session, Kring, Wereldgemeente, Mapping[str, int], datetime], None]

AANVULLINGEN: tuple[Aanvulling, ...] = (
    laad_koppelingen,
    laad_feiten,
    vul_meldroute,
    laad_prioriteit,
    laad_melders,
    laad_kaart,
    laad_partners,
    laad_uitnodigingen,
    laad_trekking,
    laad_daarna,
    laad_planning,
    laad_briefing,
    laad_termijnen,
    laad_bewijs,
    laad_wonen,
    laad_kabinet,
    laad_brieven,
    laad_inzage,
    laad_bewaren,
)
