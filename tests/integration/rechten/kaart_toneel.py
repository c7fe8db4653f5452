"""An area, and a saved view of every role, for the table of routes."""

from uuid import UUID

from inspecties.core.rechten import MENSEN
from inspecties.database.basis import db
from inspecties.locaties.gebieden import bewaar_gebied
from inspecties.locaties.kaartweergaven import bewaar_weergave
from inspecties.locaties.rules.coordinaten import naar_wgs84
from inspecties.locaties.rules.gebied import lees_cirkel
from tests.locatiewereld import MIDDEN
from tests.wereld import Kring, Wereld


def maak_kaart(wereld: Wereld, kring: Kring) -> dict[str, UUID]:
    """Public ids: ``gebied``, and per role its own view. Committed."""
    lon, lat = naar_wgs84(*MIDDEN[kring.gemeente.naam])
    vlak = lees_cirkel(f"{lon},{lat}", "500")
    sessie = db.session()
    uit = {"gebied": bewaar_gebied(sessie, kring.systeem, wereld.nu, "wijk", "Haven", vlak).uid}
    for rol in sorted(MENSEN):
        uit[rol.value] = bewaar_weergave(
            sessie, kring.actoren[rol], wereld.nu, "Gesloten", {"status": ["gesloten"]}
        ).uid
    sessie.commit()
    return uit
