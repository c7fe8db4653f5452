"""What the routes of the mayor's desk name: advice in a dossier, an office and a deputy."""

from uuid import UUID

from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers.kabinet_voorbereiding import Adviesgegevens, voeg_advies_toe
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_kabinet import Vervanging
from inspecties.dossiers.vervanging import geef_ambt
from tests.wereld import Kring, Wereld


def maak_kabinet(wereld: Wereld, kring: Kring, dossier: Dossier) -> dict[str, UUID]:
    """Advice in a dossier that is being built; the cabinet holds an office and has a deputy."""
    sessie, nu, actoren = db.session(), wereld.nu, kring.actoren
    gegevens = Adviesgegevens("politie", "Basisteam, teamchef", nu.date(), "voor", "Sluiten is nodig.")
    advies = voeg_advies_toe(sessie, actoren[Rol.JURIST], nu, dossier, gegevens)
    kabinet = actoren[Rol.KABINET]
    ambt = geef_ambt(
        sessie, actoren[Rol.BEHEERDER], nu, kabinet.gebruiker_uid, "burgemeester", nu.date(), "Koninklijk besluit"
    )
    deputy = Vervanging(
        gemeente_id=kring.gemeente.id,
        bekleding_id=ambt.id,
        vervanger_id=actoren[Rol.JURIST].gebruiker_id,
        van=nu.date(),
        tot=nu.date(),
        grond="Verlof",
        vastgelegd_op=nu,
    )
    sessie.add(deputy)
    sessie.commit()
    return {"advies": advies.uid, "ambt": ambt.uid, "vervanging": deputy.uid}
