"""What a role may know of links: of one location, of the network around it, and of the whole gemeente."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.rechten import rol_mag
from inspecties.core.sleutelbos import Sleutelbos, SleutelFout
from inspecties.locaties import koppelingen_queries as queries
from inspecties.locaties.kenmerken import ontsleutel
from inspecties.locaties.kenmerken_models import VervallenKenmerk
from inspecties.locaties.koppelingen_queries import Ding
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_partijen import Kenmerk, Partij
from inspecties.locaties.rules.kenmerk import leesbaar
from inspecties.locaties.rules.koppeling import (
    KOPPELSOORTEN,
    KVK,
    Koppeling,
    Tros,
    beperk,
    maak_koppelingen,
    maak_trossen,
)
from inspecties.locaties.rules.partijen import PARTIJROLLEN

PER_PAGINA = 10
# What still reads as a picture; the table below it says how many there are besides.
MAX_IN_BEELD = 20
_STAPPEN = 3
_ONLEESBAAR = "niet te lezen: de sleutel ontbreekt, vraag uw beheerder"


@dataclass(frozen=True)
class Plek:
    """One location of a link, since when, and what the party is there ('' for a feature)."""

    locatie: Risicolocatie
    op: date
    rol: str = ""


@dataclass(frozen=True)
class Getoond:
    """A link as this actor may see it. ``waarde`` is '' where the actor may not know what is shared."""

    koppeling: Koppeling
    waarde: str
    plekken: tuple[Plek, ...]

    @property
    def soort(self) -> str:
        return self.koppeling.soort

    @property
    def naam(self) -> str:
        return KOPPELSOORTEN[self.koppeling.soort]

    @property
    def sinds(self) -> date:
        return self.koppeling.sinds

    @property
    def zwak(self) -> str:
        return self.koppeling.zwak

    @property
    def meer(self) -> int:
        """Places that are not in ``plekken``."""
        return self.koppeling.totaal - len(self.plekken)


def mag_waarden(actor: Actor) -> bool:
    """Whether this actor may read telephone numbers, aliases, plates and account tails."""
    return rol_mag(actor.rol, "koppelingen.lezen")


def lees_waarde(bos: Sleutelbos, kenmerk: Kenmerk | VervallenKenmerk) -> str:
    """A feature as people write it; why not, where its key is missing."""
    try:
        return leesbaar(kenmerk.soort, ontsleutel(bos, kenmerk))
    except SleutelFout:
        return _ONLEESBAAR


def _partijwaarde(ding: Ding, partijen: list[Partij]) -> str:
    """Names that this actor may see: ``Partij.bereik`` leaves persons out for who has no right to them."""
    naam = ", ".join(dict.fromkeys(p.naam for p in partijen))
    return f"{ding[1]} ({naam})" if ding[0] == KVK else naam


def _waarden(
    sessie: Session, actor: Actor, bos: Sleutelbos, dingen: Collection[Ding], partijen: dict[Ding, list[Partij]]
) -> dict[Ding, str]:
    uit = {ding: _partijwaarde(ding, rijen) for ding, rijen in partijen.items()}
    if mag_waarden(actor):
        uit |= {ding: lees_waarde(bos, k) for ding, k in queries.kenmerken_van(sessie, actor, dingen).items()}
    return uit


def toon(sessie: Session, actor: Actor, bos: Sleutelbos | None, koppelingen: Iterable[Koppeling]) -> list[Getoond]:
    """Values, roles and locations with these links, within the actor's rights; without ``bos`` no values."""
    lijst = list(koppelingen)
    dingen = [k.wat for k in lijst]
    partijen = queries.partijen_van(sessie, actor, dingen)
    waarden = _waarden(sessie, actor, bos, dingen, partijen) if bos else {}
    rollen = queries.rollen_van(sessie, actor, [p.id for rijen in partijen.values() for p in rijen])
    locaties = queries.locaties_op_id(sessie, actor, {i for k in lijst for i in k.locatie_ids})
    uit = []
    for k in lijst:
        plekken = []
        for locatie_id, op in k.plekken:
            if locatie_id not in locaties:
                continue
            hier = [r for p in partijen.get(k.wat, []) for r in rollen.get((p.id, locatie_id), [])]
            wat = ", ".join(dict.fromkeys(PARTIJROLLEN[r.rol].lower() for r in hier))
            plekken.append(Plek(locaties[locatie_id], op, wat))
        uit.append(Getoond(k, waarden.get(k.wat, ""), tuple(plekken)))
    return uit


def van_locatie(sessie: Session, actor: Actor, bos: Sleutelbos, locatie: Risicolocatie) -> list[Getoond]:
    """The links of one location."""
    gevonden = queries.draden_rond(sessie, actor, [locatie.id])
    koppelingen = maak_koppelingen(gevonden.draden, gevonden.aantallen)
    return toon(sessie, actor, bos, (k for k in koppelingen if locatie.id in k.locatie_ids))


@dataclass(frozen=True)
class Net:
    """The network around a location: its places in the order in which they were found, and what links them.

    ``afgekapt``: there are more places than are shown.
    """

    locaties: tuple[Risicolocatie, ...]
    koppelingen: tuple[Getoond, ...]
    afgekapt: bool


def net_rond(sessie: Session, actor: Actor, bos: Sleutelbos | None, locatie: Risicolocatie) -> Net:
    """Follow links from a location, up to three steps; over a weak link only the first one."""
    gevonden, rand = [locatie.id], [locatie.id]
    alles = queries.Draden([], {})
    afgekapt = False
    for stap in range(_STAPPEN):
        rondom = queries.draden_rond(sessie, actor, rand)
        alles += rondom
        volgend: list[int] = []
        for k in maak_koppelingen(rondom.draden, rondom.aantallen):
            if k.zwak and stap > 0:
                continue
            afgekapt = afgekapt or k.totaal > len(k.plekken)
            volgend += [i for i in k.locatie_ids if i not in gevonden and i not in volgend]
        ruimte = MAX_IN_BEELD - len(gevonden)
        afgekapt = afgekapt or len(volgend) > ruimte
        rand = volgend[:ruimte]
        gevonden += rand
        if not rand:
            break
    else:
        # The places of the last step may share things among themselves and with others.
        laatste = queries.draden_rond(sessie, actor, rand)
        alles += laatste
        sterk = [k for k in maak_koppelingen(laatste.draden) if not k.zwak]
        afgekapt = afgekapt or any(i not in gevonden for k in sterk for i in k.locatie_ids)
    ids = set(gevonden)
    koppelingen = beperk(maak_koppelingen(alles.draden, alles.aantallen), ids)
    rijen = queries.locaties_op_id(sessie, actor, ids)
    getoond = toon(sessie, actor, bos, koppelingen)
    return Net(tuple(rijen[i] for i in gevonden if i in rijen), tuple(getoond), afgekapt)


@dataclass(frozen=True)
class Getoondetros:
    """A cluster: its places (the best linked first) and its links."""

    locaties: tuple[Risicolocatie, ...]
    aantal: int
    sinds: date
    koppelingen: tuple[Getoond, ...]


@dataclass(frozen=True)
class Overzicht:
    """One page of clusters."""

    trossen: list[Getoondetros]
    totaal: int
    pagina: int
    paginas: int


# Names that fit in one card; the picture and its table show more.
_NAMEN_PER_TROS = 6
_DINGEN_PER_TROS = 5


def overzicht(sessie: Session, actor: Actor, bos: Sleutelbos, soort: str, pagina: int) -> Overzicht:
    """The clusters of the gemeente, the largest first; ``soort`` narrows to links of one kind."""
    gevonden = queries.alle_draden(sessie, actor, soort)
    trossen = maak_trossen(maak_koppelingen(gevonden.draden, gevonden.aantallen), zwak_bindt=bool(soort))
    paginas = max(1, -(-len(trossen) // PER_PAGINA))
    pagina = min(max(1, pagina), paginas)
    deel = trossen[(pagina - 1) * PER_PAGINA : pagina * PER_PAGINA]
    return Overzicht(_toon_trossen(sessie, actor, bos, deel), len(trossen), pagina, paginas)


def _toon_trossen(sessie: Session, actor: Actor, bos: Sleutelbos, trossen: list[Tros]) -> list[Getoondetros]:
    per_tros = [maak_kort(t) for t in trossen]
    getoond = {g.koppeling.wat: g for g in toon(sessie, actor, bos, (k for deel in per_tros for k in deel))}
    namen = {i for t in trossen for i in t.locatie_ids[:_NAMEN_PER_TROS]}
    locaties = queries.locaties_op_id(sessie, actor, namen)
    return [
        Getoondetros(
            tuple(locaties[i] for i in t.locatie_ids[:_NAMEN_PER_TROS] if i in locaties),
            len(t.locatie_ids),
            t.sinds,
            tuple(getoond[k.wat] for k in deel),
        )
        for t, deel in zip(trossen, per_tros, strict=True)
    ]


def maak_kort(tros: Tros) -> list[Koppeling]:
    """The links of a cluster that its card tells."""
    return list(tros.koppelingen[:_DINGEN_PER_TROS])
