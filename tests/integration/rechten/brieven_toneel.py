"""A letter that was sent with its proof, for the table of rights."""

import io

from inspecties.core.actor import Actor
from inspecties.core.opslag import Opslag
from inspecties.database.basis import db
from inspecties.dossiers.brief_verzenden import Bewijs, geef_kennis, leg_vast
from inspecties.dossiers.brieven import laatste_versie, maak_brief, nog_open, vul_aan
from inspecties.dossiers.models import Belanghebbende, Dossier
from tests.tusklant import jpeg
from tests.wereld import Wereld


def maak_brieven(
    wereld: Wereld, jurist: Actor, dossier: Dossier, soort: str = "rapportage", partij: Belanghebbende | None = None
) -> None:
    """One letter, with a picture as proof; not committed."""
    sessie, nu = db.session(), wereld.nu
    opslag = Opslag(wereld.app.extensions["instellingen"].opslagmap)
    brief = maak_brief(sessie, jurist, nu, opslag, dossier, soort, partij=partij)
    vul_aan(sessie, jurist, nu, brief, dict.fromkeys(nog_open(laatste_versie(sessie, jurist, brief)), "team Toezicht"))
    leg_vast(sessie, jurist, nu, opslag, brief, laatste_versie(sessie, jurist, brief).volgnummer)
    geef_kennis(
        sessie, jurist, nu, opslag, brief, "uitgereikt", nu.date(), Bewijs("", io.BytesIO(jpeg("olive")), "bon.jpg")
    )
