"""The panels on the page of a location, in the order in which they stand there."""

from inspecties.locaties import prioriteit_beeld
from inspecties.locaties.adrespaneel import lees as adres
from inspecties.locaties.koppelingen_views import paneel as koppelingen
from inspecties.locaties.panelen import Paneel
from inspecties.locaties.panelen_feiten import FEITENPANELEN
from inspecties.locaties.samenvoegen_paneel import PANELEN as SAMENVOEGPANELEN

PANELEN: tuple[Paneel, ...] = (
    Paneel("prioriteit", "locaties/paneel_prioriteit.html", "hoofd", prioriteit_beeld.paneel),
    Paneel("koppelingen", "koppelingen/paneel.html", "hoofd", koppelingen),
    Paneel("adres", "locaties/paneel_adres.html", "zij", adres),
    *FEITENPANELEN,
    *SAMENVOEGPANELEN,
)
