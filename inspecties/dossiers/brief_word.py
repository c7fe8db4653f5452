"""A letter as a Word file, and back: the file says of which version it was made, and nothing in it is filled or run."""

from datetime import datetime

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.opslag import Opslag
from inspecties.dossiers.bewijsbestand import lees_heel
from inspecties.dossiers.brieven import Briefconflict, begin_concept, blokken_van, leg_wijziging_vast, nieuwe_versie
from inspecties.dossiers.models_brieven import Brief, Briefversie
from inspecties.dossiers.werk import leg_dossier_vast
from inspecties.gebruikers.gemeenten import gemeente_uid
from inspecties.sjablonen import docx
from inspecties.sjablonen import operations as sjablonen
from inspecties.sjablonen.docx_keuring import keur_docx
from inspecties.sjablonen.druk import briefdatum, met_datum
from inspecties.sjablonen.rules.sjabloon import Sjabloonfout


class BriefGeschonden(sjablonen.SjabloonGeschonden):
    """The Word file of a letter is not what it was."""


def _basis(sessie: Session, actor: Actor, opslag: Opslag, versie: Briefversie) -> bytes:
    inhoud = lees_heel(sessie, actor, opslag, versie.docx_sha256)
    if inhoud is None:
        raise BriefGeschonden("Het Word-bestand van deze brief staat niet meer ongeschonden in de opslag.")
    return inhoud


def word_van(sessie: Session, actor: Actor, nu: datetime, opslag: Opslag, brief: Brief, versie: Briefversie) -> bytes:
    """A version as a Word file; it says of which letter and version it was made. The act is logged.

    A draft keeps the mark for the day of sending; what was sent has that day.
    """
    blokken = blokken_van(versie)
    if brief.verzending is not None:
        blokken = met_datum(blokken, briefdatum(brief.verzending.vastgelegd_op, brief.taal))
    leg_dossier_vast(
        sessie, actor, nu, brief.dossier, "brief_word_opgehaald", brief=str(brief.uid), versie=versie.volgnummer
    )
    return docx.schrijf_blokken(
        _basis(sessie, actor, opslag, versie), blokken,
        titel=brief.titel, kenmerk=str(brief.uid), versie=versie.volgnummer,
    )  # fmt: skip


def neem_word(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    opslag: Opslag,
    brief: Brief,
    inhoud: bytes,
    gezien: int,
    *,
    zelfde: bool = False,
) -> Briefversie:
    """Take a Word file that was worked on as the next version. ``gezien``: the version on the page; ``zelfde``: the
    person says that the file was made of that one, where it does not say so itself.

    Nothing in it is filled or run: text is text. Raises Sjabloonfout, Briefconflict where a newer version stands there
    than the file was made of.
    """
    versie = begin_concept(sessie, actor, nu, brief)
    keur_docx(inhoud)
    van_brief, van_versie = docx.herkomst(inhoud)
    if van_brief and van_brief != str(brief.uid):
        raise Sjabloonfout(["Dit bestand is van een andere brief. Kies het bestand van deze brief."])
    blokken = docx.lees_blokken(inhoud)
    if not blokken:
        raise Sjabloonfout(["Er staat geen tekst in dit bestand."])
    if not (van_brief and van_versie) and not zelfde:
        raise OngeldigeInvoer(
            f"Dit bestand zegt niet van welke versie het is gemaakt. Weet u zeker dat het van versie {gezien} van deze "
            "brief is? Vink dat aan en kies het bestand opnieuw. Haal anders het bestand hier op en werk daarin.",
            "zelfde_versie",
        )
    if min(van_versie or gezien, gezien) < versie.volgnummer:
        oud, nieuw = {b.tekst for b in blokken}, blokken_van(versie)
        raise Briefconflict(
            {b.id: b.tekst for b in nieuw if b.tekst not in oud},
            f"Het bestand is gemaakt van versie {min(van_versie or gezien, gezien)}, maar er is intussen versie "
            f"{versie.volgnummer}. Er is niets overgenomen. Haal het nieuwe bestand op en zet uw tekst daarin.",
        )
    sha256 = opslag.schrijf(gemeente_uid(sessie, actor), inhoud)
    titel = docx.lees_titel(inhoud)
    if titel and titel != brief.titel:
        brief.titel = titel
    rij = nieuwe_versie(sessie, actor, nu, brief, sha256, blokken, "Uit Word")
    leg_wijziging_vast(sessie, actor, nu, brief, rij)
    return rij
