"""Acts on features of a location: record one, take one away with a reason."""

from datetime import date, datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.ids import nieuw_id
from inspecties.core.klok import lokale_datum
from inspecties.core.sleutelbos import Sleutelbos
from inspecties.locaties.kenmerken_models import VervallenKenmerk
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_partijen import Kenmerk
from inspecties.locaties.rules.kenmerk import normaliseer
from inspecties.locaties.rules.partijen import KENMERKSOORTEN

# What was seen longer ago says nothing about who is there now, and is a typing error more often than not.
_OUDSTE = date(2000, 1, 1)
_MAX_BRON, _MAX_REDEN = 160, 500


def _context(kenmerk_uid: object) -> str:
    return f"kenmerk:{kenmerk_uid}"


def ontsleutel(bos: Sleutelbos, kenmerk: Kenmerk | VervallenKenmerk) -> str:
    """The normal form of a feature. Raises SleutelFout where its key is not here."""
    return bos.ontsleutel(kenmerk.versleuteld, _context(kenmerk.uid))


def _controleer(bron: str, gezien_op: date, nu: datetime) -> None:
    if not bron:
        raise OngeldigeInvoer("Vul in waar u dit hebt gezien, bijvoorbeeld 'advertentie van 12 maart'.", "bron")
    if len(bron) > _MAX_BRON:
        raise OngeldigeInvoer(f"Houd de bron korter dan {_MAX_BRON} tekens.", "bron")
    if gezien_op > lokale_datum(nu):
        raise OngeldigeInvoer("Deze dag moet nog komen. Vul de dag in waarop het is gezien.", "gezien_op")
    if gezien_op < _OUDSTE:
        raise OngeldigeInvoer("Vul een dag na 1 januari 2000 in.", "gezien_op")


def leg_kenmerk_vast(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    bos: Sleutelbos,
    locatie: Risicolocatie,
    *,
    soort: str,
    waarde: str,
    bron: str,
    gezien_op: date,
) -> Kenmerk:
    """Record what was seen at a location. Raises OngeldigeInvoer, or Conflict where it is recorded there already."""
    if soort not in KENMERKSOORTEN:
        raise OngeldigeInvoer("Kies wat voor kenmerk het is.", "soort")
    normaal = normaliseer(soort, waarde)
    bron = bron.strip()
    _controleer(bron, gezien_op, nu)
    uid = nieuw_id()
    kenmerk = Kenmerk(
        uid=uid,
        gemeente_id=actor.gemeente_id,
        locatie_id=locatie.id,
        soort=soort,
        wisafdruk=bos.wis_af(soort, normaal),
        versleuteld=bos.versleutel(normaal, _context(uid)),
        bron=bron,
        gezien_op=gezien_op,
        vastgelegd_op=nu,
        door_id=actor.gebruiker_id,
    )
    try:
        with sessie.begin_nested():
            sessie.add(kenmerk)
            sessie.flush()
    except IntegrityError:
        naam = KENMERKSOORTEN[soort].lower()
        raise Conflict(f"Dit staat al bij deze locatie ({naam}). U ziet het in de lijst van kenmerken.") from None
    leg_vast(
        sessie,
        actor,
        nu,
        "kenmerk_vastgelegd",
        "risicolocatie",
        locatie.uid,
        gegevens={"soort": soort, "uid": str(uid)},
    )
    return kenmerk


def neem_kenmerk_weg(sessie: Session, actor: Actor, nu: datetime, kenmerk: Kenmerk, reden: str) -> VervallenKenmerk:
    """Take a feature away: it links no more, and stays readable with the reason. Raises OngeldigeInvoer without one."""
    reden = reden.strip()
    if not reden:
        raise OngeldigeInvoer("Schrijf waarom dit kenmerk hier weg moet.", "reden")
    if len(reden) > _MAX_REDEN:
        raise OngeldigeInvoer(f"Houd de reden korter dan {_MAX_REDEN} tekens.", "reden")
    velden = ("uid", "gemeente_id", "locatie_id", "soort", "wisafdruk", "versleuteld", "bron", "gezien_op")
    vervallen = VervallenKenmerk(
        **{veld: getattr(kenmerk, veld) for veld in (*velden, "vastgelegd_op", "door_id")},
        vervallen_op=nu,
        vervallen_door_id=actor.gebruiker_id,
        reden=reden,
    )
    locatie_uid = kenmerk.locatie.uid
    sessie.add(vervallen)
    sessie.delete(kenmerk)
    leg_vast(
        sessie,
        actor,
        nu,
        "kenmerk_weggenomen",
        "risicolocatie",
        locatie_uid,
        gegevens={"soort": vervallen.soort, "uid": str(vervallen.uid)},
    )
    return vervallen
