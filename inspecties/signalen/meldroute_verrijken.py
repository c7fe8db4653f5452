"""Enriching: what is known here of an address, an organisation or a person, within the rights of who asks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from inspecties.core.actor import Actor
from inspecties.core.rechten import rol_mag
from inspecties.core.zoeken import zoekpatroon
from inspecties.database import select_voor
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_partijen import Kenmerk, Partij, Partijrol
from inspecties.locaties.tijdlijn import Bron, Punt, punten_van
from inspecties.signalen.koppelen import locaties_van
from inspecties.signalen.models import Signaal
from inspecties.signalen.models_meldroute import Signaallocatie

# Within this distance a place counts as near.
DICHTBIJ_M = 100.0
MAX_LOCATIES = 12
MAX_REGELS = 25
# Words that say nothing about where something is.
_STOPWOORDEN = frozenset({"de", "het", "een", "bij", "naast", "achter", "aan", "op", "in", "van", "huis", "straat"})


@dataclass(frozen=True)
class Plek:
    """A location with why it is shown, what happened there, who has to do with it and what it shares with others."""

    locatie: Risicolocatie
    waarom: str
    punten: list[Punt] = field(default_factory=list)
    partijen: Sequence[Partijrol] = ()
    kenmerken: Sequence[tuple[Kenmerk, int]] = ()


@dataclass(frozen=True)
class Partijvondst:
    """A party by the name or number that was sought, with where it has a role."""

    partij: Partij
    rollen: Sequence[Partijrol]


@dataclass(frozen=True)
class Bekend:
    """All that was found. ``niet`` names what this role may not see, so that nobody takes silence for nothing."""

    plekken: list[Plek]
    signalen: Sequence[Signaal]
    partijen: list[Partijvondst]
    niet: list[str]

    @property
    def leeg(self) -> bool:
        return not (self.plekken or self.signalen or self.partijen)


def zoekwoorden(tekst: str) -> list[str]:
    """The words of a description that can find a place, at most five."""
    woorden = [w.strip(".,;:()'\"") for w in tekst.split()]
    return [w for w in woorden if w.lower() not in _STOPWOORDEN and (len(w) > 2 or w.isdigit())][:5]


def zoek_bekend(
    sessie: Session, actor: Actor, signaal: Signaal, bronnen: Iterable[Bron], waar: str = "", wie: str = ""
) -> Bekend:
    """What is known of the places of a signal, of the words in ``waar``, and of the name or KvK number in ``wie``."""
    redenen = _plekken(sessie, actor, signaal, waar or signaal.waar)
    bronnen = tuple(bronnen)
    plekken = [_plek(sessie, actor, locatie, waarom, bronnen) for locatie, waarom in redenen.values()]
    partijen = _partijen(sessie, actor, wie) if wie and rol_mag(actor.rol, "locaties.lezen") else []
    niet = [
        naam
        for recht, naam in (("bezoeken.lezen", "bezoeken"), ("dossiers.lezen", "dossiers"), ("acties.lezen", "acties"))
        if not rol_mag(actor.rol, recht)
    ]
    return Bekend(plekken, _signalen(sessie, actor, signaal, list(redenen), waar or signaal.waar), partijen, niet)


def _plekken(sessie: Session, actor: Actor, signaal: Signaal, waar: str) -> dict[int, tuple[Risicolocatie, str]]:
    """Locations by id, the surest reason first."""
    uit: dict[int, tuple[Risicolocatie, str]] = {}
    if not rol_mag(actor.rol, "locaties.lezen"):
        return uit
    eigen = [signaal.locatie] if signaal.locatie else []
    eigen += [rij.locatie for rij in locaties_van(sessie, actor, signaal)]
    for locatie in eigen:
        uit[locatie.id] = (locatie, "Hoort bij dit signaal")
    for locatie in eigen:
        for ander in sessie.scalars(_zelfde_adres(actor, locatie)):
            uit.setdefault(ander.id, (ander, "Hetzelfde adres"))
        for ander in sessie.scalars(_dichtbij(actor, locatie)):
            afstand = round(((ander.x - locatie.x) ** 2 + (ander.y - locatie.y) ** 2) ** 0.5)
            if afstand <= DICHTBIJ_M:
                uit.setdefault(ander.id, (ander, f"Op {afstand} meter"))
    woorden = zoekwoorden(waar)
    if woorden:
        for ander in sessie.scalars(_met_woorden(actor, woorden)):
            uit.setdefault(ander.id, (ander, f"Past bij '{' '.join(woorden)}'"))
    return dict(list(uit.items())[:MAX_LOCATIES])


def _zelfde_adres(actor: Actor, locatie: Risicolocatie) -> Select[Risicolocatie]:
    sleutel = locatie.adressleutel or ""
    return select_voor(actor, Risicolocatie).where(
        Risicolocatie.adressleutel == sleutel, Risicolocatie.id != locatie.id
    )


def _dichtbij(actor: Actor, locatie: Risicolocatie) -> Select[Risicolocatie]:
    return (
        select_voor(actor, Risicolocatie)
        .where(
            Risicolocatie.x.between(locatie.x - DICHTBIJ_M, locatie.x + DICHTBIJ_M),
            Risicolocatie.y.between(locatie.y - DICHTBIJ_M, locatie.y + DICHTBIJ_M),
            Risicolocatie.id != locatie.id,
        )
        .order_by(func.abs(Risicolocatie.x - locatie.x) + func.abs(Risicolocatie.y - locatie.y))
        .limit(MAX_LOCATIES)
    )


def _met_woorden(actor: Actor, woorden: Sequence[str]) -> Select[Risicolocatie]:
    opdracht = select_voor(actor, Risicolocatie)
    for woord in woorden:
        patroon = zoekpatroon(woord)
        velden = (Risicolocatie.naam, Risicolocatie.straat, Risicolocatie.postcode, Risicolocatie.woonplaats)
        delen: list[ColumnElement[bool]] = [veld.ilike(patroon, escape="\\") for veld in velden]
        if woord.isascii() and woord.isdigit():
            delen.append(Risicolocatie.huisnummer == int(woord[:9]))
        opdracht = opdracht.where(or_(*delen))
    return opdracht.order_by(Risicolocatie.straat, Risicolocatie.huisnummer).limit(MAX_LOCATIES)


def _plek(sessie: Session, actor: Actor, locatie: Risicolocatie, waarom: str, bronnen: tuple[Bron, ...]) -> Plek:
    rollen = sessie.scalars(
        select_voor(actor, Partijrol)
        .options(joinedload(Partijrol.partij))
        .where(Partijrol.locatie_id == locatie.id)
        .order_by(Partijrol.id)
        .limit(MAX_REGELS)
    ).all()
    kenmerken = sessie.scalars(
        select_voor(actor, Kenmerk).where(Kenmerk.locatie_id == locatie.id).order_by(Kenmerk.id).limit(MAX_REGELS)
    ).all()
    elders = _elders(sessie, actor, kenmerken)
    punten = punten_van(sessie, actor, locatie, bronnen)[:8]
    return Plek(locatie, waarom, punten, rollen, [(k, elders.get(k.wisafdruk, 0)) for k in kenmerken])


def _elders(sessie: Session, actor: Actor, kenmerken: Sequence[Kenmerk]) -> Mapping[str, int]:
    """At how many other locations the same feature was found."""
    afdrukken = {k.wisafdruk for k in kenmerken}
    rijen = sessie.execute(
        select_voor(actor, Kenmerk)
        .where(Kenmerk.wisafdruk.in_(afdrukken))
        .with_only_columns(Kenmerk.wisafdruk, func.count(func.distinct(Kenmerk.locatie_id)))
        .group_by(Kenmerk.wisafdruk)
    )
    return {rij[0]: rij[1] - 1 for rij in rijen}


def _signalen(
    sessie: Session, actor: Actor, signaal: Signaal, locatie_ids: Sequence[int], waar: str
) -> Sequence[Signaal]:
    via = select(Signaallocatie.signaal_id).where(
        Signaallocatie.gemeente_id == actor.gemeente_id, Signaallocatie.locatie_id.in_(locatie_ids)
    )
    delen: list[ColumnElement[bool]] = [Signaal.locatie_id.in_(locatie_ids), Signaal.id.in_(via)]
    woorden = zoekwoorden(waar)
    if woorden:
        delen.append(and_(*(Signaal.waar.ilike(zoekpatroon(w), escape="\\") for w in woorden)))
    return sessie.scalars(
        select_voor(actor, Signaal)
        .options(joinedload(Signaal.locatie))
        .where(or_(*delen), Signaal.id != signaal.id)
        .order_by(Signaal.datum.desc())
        .limit(MAX_REGELS)
    ).all()


def _partijen(sessie: Session, actor: Actor, wie: str) -> list[Partijvondst]:
    opdracht = select_voor(actor, Partij)
    kvk = wie.replace(" ", "")
    if kvk.isascii() and kvk.isdigit() and len(kvk) == 8:
        opdracht = opdracht.where(Partij.kvk == kvk)
    else:
        for woord in wie.split()[:4]:
            opdracht = opdracht.where(Partij.naam.ilike(zoekpatroon(woord), escape="\\"))
    gevonden = sessie.scalars(opdracht.order_by(Partij.naam).limit(10)).all()
    rollen = sessie.scalars(
        select_voor(actor, Partijrol)
        .options(joinedload(Partijrol.locatie))
        .where(Partijrol.partij_id.in_([p.id for p in gevonden]))
        .order_by(Partijrol.id)
    ).all()
    return [Partijvondst(p, [r for r in rollen if r.partij_id == p.id]) for p in gevonden]
