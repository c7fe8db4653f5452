"""Which cards stand on the page of a dossier, in this order."""

from inspecties.dossiers.bewijs_paneel import bewijs_paneel, doorzet_paneel
from inspecties.dossiers.brief_paneel import brieven_paneel
from inspecties.dossiers.kabinet_voorbereiding_views import paneel_telefoon, paneel_voorbereiding
from inspecties.dossiers.panelen import MAKERS
from inspecties.dossiers.traject_paneel import maak_paneel as traject_paneel
from inspecties.dossiers.wonen_panelen import boete_paneel, last_paneel, wonen_paneel

MAKERS.append(traject_paneel)
MAKERS.extend((paneel_voorbereiding, paneel_telefoon))
MAKERS.extend((wonen_paneel, last_paneel, boete_paneel))
MAKERS.append(brieven_paneel)
MAKERS.extend((bewijs_paneel, doorzet_paneel))
