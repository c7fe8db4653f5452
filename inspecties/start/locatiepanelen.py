"""The panels on the page of a location, in the order in which they stand there."""

from inspecties.locaties.koppelingen_views import paneel as koppelingen
from inspecties.locaties import prioriteit_beeld
from inspecties.locaties.panelen import Paneel

PANELEN: tuple[Paneel, ...] = (Paneel("koppelingen", "koppelingen/paneel.html", "hoofd", koppelingen),)
