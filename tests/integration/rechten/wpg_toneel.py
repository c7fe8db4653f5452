"""A statement, an answer, a photo and a signal that stand apart as police data, and everybody named who can be."""

import hashlib
import io
import zipfile
from uuid import UUID

from sqlalchemy import select

from inspecties.audit.models_wpg import Wpglezer
from inspecties.controles.bewijs import zoek_bewijs
from inspecties.controles.models import Bezoek
from inspecties.controles.opslag import Opslag
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers.bewijsstukken import voeg_stuk_toe
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_bewijs import Bronstuk
from inspecties.dossiers.rules.bewijs import Stukgegevens
from inspecties.dossiers.wpg import Herkomst
from inspecties.dossiers.wpg_bezoek import vind_antwoord, zet_antwoord_apart, zet_foto_apart
from inspecties.dossiers.wpg_lezers import wijs_aan
from inspecties.dossiers.wpg_signaal import zet_signaal_apart
from inspecties.dossiers.wpg_stuk import zet_apart
from inspecties.gebruikers.models import Lidmaatschap
from inspecties.signalen.operations import Melding, meld
from tests.tusklant import Tus, jpeg, sha
from tests.veldwereld import Tablet
from tests.wereld import Kring, Wereld

# Words that stand in an answer, a note and a caption which stand apart, and nowhere else.
KANARIE = "Roerdompblauw"


def vul_bezoek(boa: Tablet, bezoek: str) -> str:
    """An answer with a note and a photo, and a photo at another question, all with the canary. SHA-256 of the last."""
    boa.op(bezoek, "opmerking", f"{KANARIE} zei iets")
    boa.op(bezoek, "opmerking", f"{KANARIE} wees naar de deur", "note")
    uit = ""
    for kleur, vraag in (("olive", "opmerking"), ("purple", "foto_gevel")):
        uit = _foto(boa, bezoek, kleur, vraag)
    return uit


def _foto(boa: Tablet, bezoek: str, kleur: str, vraag: str) -> str:
    inhoud = jpeg(kleur)
    waarde = {
        "sha256": sha(inhoud),
        "soort": "image/jpeg",
        "omvang": len(inhoud),
        "bijschrift": f"Hier stond {KANARIE}",
    }
    boa.op(bezoek, vraag, waarde, "attach")
    boa.sync()
    assert Tus(boa.client).stuur(inhoud, bezoek, vraag_id=vraag).status_code == 204
    return sha(inhoud)


def zet_bezoek_apart(wereld: Wereld, kring: Kring, bezoek: str, foto: str) -> None:
    """Everybody named who can be, and what ``vul_bezoek`` made stands apart; committed."""
    sessie, nu, jurist = db.session(), wereld.nu, kring.actoren[Rol.JURIST]
    sessie.rollback()
    for rol in (Rol.COORDINATOR, Rol.INSPECTEUR, Rol.JURIST):
        wie = kring.actoren[rol].gebruiker_id
        lid = sessie.scalars(select(Lidmaatschap).where(Lidmaatschap.gebruiker_id == wie)).one()
        wijs_aan(sessie, kring.actoren[Rol.BEHEERDER], nu, lid, "Is opsporingsambtenaar.")
    rij = sessie.scalars(select(Bezoek).where(Bezoek.uid == UUID(bezoek))).one()
    herkomst = Herkomst("Boa", "art. 8 Wpg", nu.date(), "Als opsporingsambtenaar gezien.")
    zet_antwoord_apart(sessie, jurist, nu, vind_antwoord(sessie, jurist, rij, "opmerking", None), herkomst)
    stuk = zoek_bewijs(sessie, jurist, rij, foto)
    assert stuk is not None
    zet_foto_apart(sessie, jurist, nu, stuk, herkomst)
    sessie.commit()


def sporen(inhoud: bytes, soort: str) -> list[str]:
    """What of it stands in an answer of the server, also inside a zip."""
    verboden = [KANARIE, *(sha(jpeg(kleur)) for kleur in ("olive", "purple"))]
    delen = [inhoud]
    if soort == "application/zip":
        with zipfile.ZipFile(io.BytesIO(inhoud)) as bestand:
            delen = [bestand.read(naam) for naam in bestand.namelist()]
            delen += [hashlib.sha256(deel).hexdigest().encode() for deel in delen]
    return [woord for woord in verboden if any(woord.encode() in deel for deel in delen)]


def maak_wpg(wereld: Wereld, kring: Kring, dossier: Dossier) -> dict[str, UUID]:
    """``stuk``: apart; ``vrij``: of the same dossier, not apart; ``lezer``: a naming that still runs."""
    sessie, nu, jurist = db.session(), wereld.nu, kring.actoren[Rol.JURIST]
    opslag = Opslag(wereld.app.extensions["instellingen"].opslagmap)
    melding = Melding(
        datum=nu.date(), bron="inwoner", vorm="arbeidsuitbuiting", urgentie="normaal", tekst=f"{KANARIE} belde vaak.",
        waar=f"Achter {KANARIE}", locatie=dossier.locaties[0],
    )  # fmt: skip
    functionaris = kring.actoren[Rol.AANDACHTSFUNCTIONARIS]
    signaal = meld(sessie, functionaris, nu, melding)
    herkomst = Herkomst("Boa", "art. 8 Wpg", nu.date(), "Kwam van een boa die opspoort.")
    zet_signaal_apart(sessie, functionaris, nu, signaal, herkomst)
    stukken = []
    for titel in ("Wat een boa zag", "Wat de buur zag"):
        gegevens = Stukgegevens("verklaring", titel, "Boa", nu.date(), "geen", tekst=f"{titel} aan de deur.")
        stukken.append(voeg_stuk_toe(sessie, jurist, nu, opslag, dossier, gegevens, set()))
    weg, vrij = stukken
    uids = {"stuk": weg.uid, "vrij": vrij.uid, "dossier": dossier.uid}
    zet_apart(sessie, jurist, nu, weg, Herkomst("Boa", "art. 8 Wpg", nu.date(), "Als opsporingsambtenaar gezien."))
    lezer = select(Wpglezer.uid).where(Wpglezer.gemeente_id == kring.gemeente.id).order_by(Wpglezer.id)
    uids["lezer"] = sessie.scalars(lezer).all()[0]
    sessie.commit()
    assert sessie.scalars(select(Bronstuk.id).where(Bronstuk.uid == uids["stuk"])).all() == []
    sessie.rollback()
    return uids
