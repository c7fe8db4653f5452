"""Where addresses are sought: in the own file, or at PDOK with the own file behind it (setting ``adresbron``)."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

import structlog
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.fouten import NietGevonden
from inspecties.core.ids import nieuw_id
from inspecties.core.zoeken import zoektekst as schoon
from inspecties.database.bereik import haal, select_voor
from inspecties.gebruikers.models import Gemeente
from inspecties.locaties.adresvondst import Adresvondst, als_vondst
from inspecties.locaties.adreszoeken import MAX_TEKENS, voeg_straat_toe, zoek_adressen
from inspecties.locaties.models import Adres
from inspecties.locaties.pdok import BronStoring, Pdok, is_sleutel
from inspecties.locaties.rules.adreszoek import lees_zoektekst

SLEUTEL = "adresbron"
STORING = "PDOK is nu niet bereikbaar. U zoekt in het eigen adressenbestand; dat kan ouder zijn."
_NIET_DAAR = "Het adres bestaat niet, of u mag het niet zien."
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Zoekantwoord:
    """What was found and where. ``melding``: what the user should know about the source, '' where all is well."""

    vondsten: list[Adresvondst]
    bron: str
    melding: str = ""


class Adresbron(Protocol):
    """A source of addresses of the actor's gemeente."""

    def zoek(self, sessie: Session, actor: Actor, tekst: str, limiet: int) -> Zoekantwoord:
        """The best answers to what was typed."""

    def haal(self, sessie: Session, actor: Actor, sleutel: str) -> Adresvondst:
        """One address in full. Raises NietGevonden."""


class EigenBestand:
    """The imported address file."""

    def zoek(self, sessie: Session, actor: Actor, tekst: str, limiet: int) -> Zoekantwoord:
        """The best answers to what was typed."""
        return Zoekantwoord(zoek_adressen(sessie, actor, tekst, limiet), "eigen")

    def haal(self, sessie: Session, actor: Actor, sleutel: str) -> Adresvondst:
        """One address in full. Raises NietGevonden."""
        return als_vondst(haal(sessie, actor, Adres, _als_uid(sleutel), "Het adres"))


class PdokMetEigenBestand:
    """PDOK; the own file where PDOK is down, and for addresses that were chosen from it."""

    def __init__(self, pdok: Pdok) -> None:
        self._pdok, self._eigen = pdok, EigenBestand()

    def zoek(self, sessie: Session, actor: Actor, tekst: str, limiet: int) -> Zoekantwoord:
        """The best answers to what was typed, within the own gemeente."""
        tekst = schoon(tekst, MAX_TEKENS)
        if not lees_zoektekst(tekst):
            return Zoekantwoord([], "pdok")
        try:
            return Zoekantwoord(self._pdok.zoek(tekst, _code(sessie, actor), limiet), "pdok")
        except BronStoring as fout:
            log.warning("pdok_storing", reden=str(fout))
            return Zoekantwoord(zoek_adressen(sessie, actor, tekst, limiet), "eigen", STORING)

    def haal(self, sessie: Session, actor: Actor, sleutel: str) -> Adresvondst:
        """One address in full. Raises NietGevonden, also where PDOK does not answer."""
        if not is_sleutel(sleutel):
            return self._eigen.haal(sessie, actor, sleutel)
        try:
            vondst = self._pdok.haal(sleutel, _code(sessie, actor))
        except BronStoring as fout:
            log.warning("pdok_storing", reden=str(fout))
            raise NietGevonden("PDOK is nu niet bereikbaar. Zoek het adres opnieuw.") from fout
        if vondst is None:
            raise NietGevonden(_NIET_DAAR)
        return vondst


def _als_uid(sleutel: str) -> UUID | str:
    try:
        return UUID(sleutel)
    except ValueError:
        raise NietGevonden(_NIET_DAAR) from None


def _code(sessie: Session, actor: Actor) -> str:
    return str(sessie.scalar(select(Gemeente.code).where(Gemeente.id == actor.gemeente_id)))


def maak_adresbron(naam: str, pdok_url: str) -> Adresbron:
    """The source that is set. Raises ValueError with what would be right."""
    if naam == "eigen":
        return EigenBestand()
    if naam == "pdok":
        return PdokMetEigenBestand(Pdok(pdok_url))
    raise ValueError(f"kies eigen of pdok, niet '{naam}'")


def neem_over(sessie: Session, actor: Actor, vondst: Adresvondst) -> int:
    """The id of this address in the own file; it is added where it is not there yet."""
    if vondst.adres_id is not None:
        return vondst.adres_id
    er = sessie.scalar(
        select_voor(actor, Adres)
        .where(Adres.nummeraanduiding_id == vondst.nummeraanduiding_id)
        .with_only_columns(Adres.id)
    )
    if er is not None:
        return int(er)
    rij = {
        "uid": nieuw_id(),
        "gemeente_id": actor.gemeente_id,
        "nummeraanduiding_id": vondst.nummeraanduiding_id,
        "verblijfsobject_id": vondst.verblijfsobject_id,
        "openbare_ruimte": vondst.straat,
        "huisnummer": vondst.huisnummer,
        "huisletter": vondst.huisletter,
        "huisnummertoevoeging": vondst.toevoeging,
        "postcode": vondst.postcode,
        "woonplaats": vondst.woonplaats,
        "gebruiksdoel": vondst.gebruiksdoel,
        "oppervlakte_m2": vondst.oppervlakte_m2,
        "x": vondst.x,
        "y": vondst.y,
        "lon": vondst.lon,
        "lat": vondst.lat,
    }
    adres_id = sessie.scalars(insert(Adres).returning(Adres.id), rij).one()
    voeg_straat_toe(sessie, actor, vondst.straat, vondst.woonplaats)
    return adres_id
