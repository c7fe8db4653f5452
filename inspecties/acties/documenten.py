"""Machtiging and verslag as a document: from the template in use, or the one that was kept with it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from inspecties.acties.machtiging_druk import waarden_van_machtiging
from inspecties.acties.models_documenten import Machtigingsjabloon, Verslagsjabloon
from inspecties.acties.models_machtiging import Machtiging
from inspecties.acties.models_verslag import Verslag
from inspecties.acties.rules.documenten import MACHTIGING, VERSLAG, Documentsoort, documentsoorten
from inspecties.acties.verslag_druk import waarden_van_verslag
from inspecties.core.actor import Actor
from inspecties.core.inhoudshash import inhoudshash
from inspecties.core.klok import lokale_datum
from inspecties.core.opslag import Opslag
from inspecties.database import select_voor
from inspecties.gebruikers.gemeenten import gemeente_uid
from inspecties.sjablonen import docx
from inspecties.sjablonen import operations as sjablonen
from inspecties.sjablonen.druk import Tekstdruk
from inspecties.sjablonen.models import Sjabloonversie

TAAL = "nl"


@dataclass(frozen=True)
class Bron:
    """A template: the Word file and its version, None for the default text."""

    soort: Documentsoort
    inhoud: bytes
    versie: Sjabloonversie | None

    @property
    def tekst_hash(self) -> str:
        """The same for the same words, also where Word stored them in another way."""
        return inhoudshash([docx.lees_titel(self.inhoud), *(b.tekst for b in docx.lees_blokken(self.inhoud))])


def _bron(
    sessie: Session,
    actor: Actor,
    opslag: Opslag,
    nu: datetime,
    code: str,
    gekozen: Machtigingsjabloon | Verslagsjabloon | None,
) -> Bron:
    """What was kept with the document; else what is in use today. Raises SjabloonGeschonden."""
    soort = documentsoorten()[code]
    if gekozen is None:
        return Bron(soort, *sjablonen.bron_van(sessie, actor, opslag, soort, TAAL, lokale_datum(nu)))
    if gekozen.versie is None:
        return Bron(soort, sjablonen.standaard_docx(soort, TAAL), None)
    return Bron(soort, sjablonen.lees_sjabloon(sessie, actor, opslag, gekozen.versie), gekozen.versie)


def sjabloon_van_machtiging(sessie: Session, actor: Actor, rij: Machtiging) -> Machtigingsjabloon | None:
    """What was kept with it; None for a draft, which follows what is in use."""
    if rij.toestand == "concept":
        return None
    return sessie.scalars(
        select_voor(actor, Machtigingsjabloon)
        .where(Machtigingsjabloon.machtiging_id == rij.id)
        .order_by(Machtigingsjabloon.id.desc())
        .limit(1)
    ).one_or_none()


def sjabloon_van_verslag(sessie: Session, actor: Actor, rij: Verslag) -> Verslagsjabloon | None:
    """What was kept with it; None for a draft."""
    return sessie.scalars(select_voor(actor, Verslagsjabloon).where(Verslagsjabloon.verslag_id == rij.id)).one_or_none()


def _druk(bron: Bron, gemeente: str, kenmerk: str, bekend: dict[str, str], nu: datetime, *, concept: bool) -> bytes:
    """The bytes of the PDF; the same for the same text on the same moment. Raises Sjabloonfout."""
    gevuld = docx.vul(bron.inhoud, bron.soort.waarden(bekend))
    return Tekstdruk(
        gemeente,
        kenmerk,
        docx.lees_titel(gevuld) or bron.soort.naam,
        TAAL,
        tuple(docx.lees_blokken(gevuld)),
        nu,
        concept,
        bron.soort.schrijflijnen,
    ).druk()


def _druk_machtiging(bron: Bron, gemeente: str, rij: Machtiging, nu: datetime) -> bytes:
    # Not signed yet it is the paper to sign: a line to write on, no watermark.
    return _druk(bron, gemeente, f"Machtiging {rij.nummer}", waarden_van_machtiging(gemeente, rij), nu, concept=False)


def lees_machtiging(sessie: Session, actor: Actor, opslag: Opslag, nu: datetime, rij: Machtiging) -> bytes:
    """The document to read before it is signed. Raises Sjabloonfout, SjabloonGeschonden."""
    gekozen = sjabloon_van_machtiging(sessie, actor, rij)
    return _druk_machtiging(_bron(sessie, actor, opslag, nu, MACHTIGING, gekozen), actor.gemeente_naam, rij, nu)


def bied_tekst_aan(sessie: Session, actor: Actor, opslag: Opslag, nu: datetime, rij: Machtiging) -> None:
    """Keep with which text it is offered: who signs, signs what they read, also when another text comes into use.

    Raises Sjabloonfout where the template cannot be filled.
    """
    bron = _bron(sessie, actor, opslag, nu, MACHTIGING, None)
    docx.vul(bron.inhoud, bron.soort.waarden(waarden_van_machtiging(actor.gemeente_naam, rij)))
    _onthoud_machtiging(sessie, rij, "aangeboden", bron, nu)


def _onthoud_machtiging(sessie: Session, rij: Machtiging, daad: str, bron: Bron, nu: datetime) -> None:
    sessie.add(
        Machtigingsjabloon(
            gemeente_id=rij.gemeente_id,
            machtiging_id=rij.id,
            daad=daad,
            versie_id=bron.versie.id if bron.versie else None,
            tekst_hash=bron.tekst_hash,
            vastgelegd_op=nu,
        )
    )


def bewaar_machtiging(sessie: Session, actor: Actor, opslag: Opslag, nu: datetime, rij: Machtiging) -> str:
    """Make the signed document and keep it with its template; its SHA-256. Raises Sjabloonfout."""
    gekozen = sjabloon_van_machtiging(sessie, actor, rij)
    bron = _bron(sessie, actor, opslag, nu, MACHTIGING, gekozen)
    sha256 = opslag.schrijf(gemeente_uid(sessie, actor), _druk_machtiging(bron, actor.gemeente_naam, rij, nu))
    _onthoud_machtiging(sessie, rij, "ondertekend", bron, nu)
    return sha256


def lees_verslag(sessie: Session, actor: Actor, opslag: Opslag, nu: datetime, rij: Verslag) -> bytes:
    """The draft to read. Raises Sjabloonfout, SjabloonGeschonden."""
    return _druk_verslag(_bron(sessie, actor, opslag, nu, VERSLAG, None), actor.gemeente_naam, rij, nu)


def _druk_verslag(bron: Bron, gemeente: str, rij: Verslag, nu: datetime) -> bytes:
    concept = rij.vast_op is None
    kenmerk = f"Verslag {rij.kenmerk}" + (" (concept)" if concept else "")
    return _druk(bron, gemeente, kenmerk, waarden_van_verslag(gemeente, rij), nu, concept=concept)


def bewaar_verslag(sessie: Session, actor: Actor, opslag: Opslag, nu: datetime, rij: Verslag) -> str:
    """Make the final document and keep it with its template; its SHA-256. Raises Sjabloonfout."""
    bron = _bron(sessie, actor, opslag, nu, VERSLAG, None)
    sha256 = opslag.schrijf(gemeente_uid(sessie, actor), _druk_verslag(bron, actor.gemeente_naam, rij, nu))
    sessie.add(
        Verslagsjabloon(
            gemeente_id=rij.gemeente_id,
            verslag_id=rij.id,
            versie_id=bron.versie.id if bron.versie else None,
            tekst_hash=bron.tekst_hash,
            vastgelegd_op=nu,
        )
    )
    return sha256
