"""Where a planner finds stops: by priority, overdue, in an area, with open signals, or just by searching; and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, Subquery, case, func, null, or_, select, union_all
from sqlalchemy.orm import Session

from inspecties.acties.hercontroles import hercontroles
from inspecties.core.actor import Actor
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.database import select_voor
from inspecties.locaties.filters import Argumenten
from inspecties.locaties.gebieden import MAX_TELLEN, lees_selectie, locaties_in
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_prioriteit import Prioriteitstand
from inspecties.locaties.prioriteit_bronnen import bronnen
from inspecties.locaties.prioriteit_stand import bereken_nu
from inspecties.locaties.prioriteit_suggesties import TE_BEZOEKEN
from inspecties.locaties.queries import Filter, typen_van
from inspecties.locaties.rules.prioriteit import punten_tekst
from inspecties.locaties.rules.prioriteit_woorden import BANDEN, DELEN
from inspecties.signalen.models import Signaal
from inspecties.signalen.models_meldroute import Signaalband, Signaallocatie
from inspecties.signalen.rules.indeling import CONTROLE, URGENTIES

# code -> (name of the tab, HERKOMSTEN of what is chosen there)
BRONNEN: dict[str, tuple[str, str]] = {
    "lijst": ("Alle locaties", "hand"),
    "prioriteit": ("Suggesties", "prioriteit"),
    "achterstallig": ("Te lang niet bezocht", "achterstallig"),
    "gebied": ("Gebied", "gebied"),
    "signaal": ("Signalen", "signaal"),
    "hercontrole": ("Hercontroles", "hand"),
    "adres": ("Adres", "adres"),
}
# A page that leads to a new action may say this of what was chosen there.
VAN_BUITEN = frozenset({"prioriteit", "gebied", "achterstallig"})
_REDENEN = 3
_ERNST = case({code: plaats for plaats, code in enumerate(URGENTIES)}, value=Signaal.urgentie, else_=0)


@dataclass(frozen=True)
class Waarom:
    """``redenen``: why it is suggested; ``gepland``: the action that it is a stop of already, '' where none."""

    redenen: tuple[str, ...] = ()
    gepland: str = ""


def tabs(actor: Actor) -> dict[str, str]:
    """Code -> name of the sources that this role may use."""
    mag = {"signaal": "signalen.lezen", "adres": "locaties.bewerken", "hercontrole": "dossiers.lezen"}
    return {code: naam for code, (naam, _) in BRONNEN.items() if code not in mag or rol_mag(actor.rol, mag[code])}


def lees_bron(actor: Actor, tekst: str | None) -> str:
    """The source that was asked, or the whole list."""
    return tekst if tekst in tabs(actor) else "lijst"


def herkomst_bij_nieuw(bron: str, args: Argumenten) -> str:
    """HERKOMSTEN of the locations that a page sent along for a new action."""
    if bron in VAN_BUITEN:
        return bron
    return "gebied" if any(args.get(naam) for naam in ("gebied", "vlak", "midden")) else "hand"


def kandidaten(
    sessie: Session, actor: Actor, nu: datetime, bron: str, pool: Select[Risicolocatie], args: Argumenten
) -> Select[Risicolocatie]:
    """``pool`` (what fits the filter and is no stop yet) narrowed to a source, the best candidate first.

    Raises OngeldigeInvoer for an area that cannot be read.
    """
    if bron == "prioriteit":
        return (
            pool.join(Prioriteitstand, Prioriteitstand.locatie_id == Risicolocatie.id)
            .where(Prioriteitstand.gemeente_id == actor.gemeente_id, Risicolocatie.status.in_(TE_BEZOEKEN))
            .order_by(Prioriteitstand.vastgezet.desc(), Prioriteitstand.geldend_tienden.desc(), Risicolocatie.id)
        )
    if bron == "achterstallig":
        sinds = func.coalesce(Risicolocatie.laatste_bezoek_op, Risicolocatie.aangemaakt_op)
        te_laat = [
            (Risicolocatie.locatietype_id == soort.id) & (sinds < nu - timedelta(days=soort.interval_dagen))
            for soort in typen_van(sessie, actor)
        ]
        past = or_(*te_laat) if te_laat else Risicolocatie.id.is_(null())
        return pool.where(past, Risicolocatie.status.in_(TE_BEZOEKEN)).order_by(sinds, Risicolocatie.id)
    if bron == "gebied":
        selectie = lees_selectie(sessie, actor, args)
        if selectie is None:
            return pool.where(Risicolocatie.id.is_(null())).order_by(Risicolocatie.id)
        gevonden, totaal = locaties_in(sessie, actor, Filter(), selectie.vlak, MAX_TELLEN)
        if totaal >= MAX_TELLEN:
            raise OngeldigeInvoer("In dit gebied liggen te veel locaties. Kies een kleiner gebied.", "gebied")
        ids = [loc.id for loc in gevonden]
        return pool.where(Risicolocatie.id.in_(ids)).order_by(func.lower(Risicolocatie.naam), Risicolocatie.id)
    if bron == "signaal":
        open_ = _open_signalen(actor)
        return pool.join(open_, open_.c.locatie_id == Risicolocatie.id).order_by(
            open_.c.ernst.desc(), open_.c.aantal.desc(), Risicolocatie.id
        )
    volgorde: list[Any] = []
    if bron == "hercontrole":
        gevraagd = list(hercontroles(sessie, actor, nu))
        pool = pool.where(Risicolocatie.id.in_(gevraagd))
        volgorde = (
            [case({id_: n for n, id_ in enumerate(gevraagd)}, value=Risicolocatie.id, else_=0)] if gevraagd else []
        )
    return pool.order_by(
        *volgorde, Risicolocatie.laatste_bezoek_op.is_not(None), Risicolocatie.laatste_bezoek_op, Risicolocatie.id
    )


def _open_signalen(actor: Actor) -> Subquery:
    """Per location how many signals are open and how serious the most serious is; nothing of what they say.

    What was told twice counts once, and what an own visit led to is no reason for the next visit.
    """
    dubbel = select(Signaalband.van_id).where(Signaalband.soort == "samengevoegd")
    telt = (Signaal.status != "afgesloten", Signaal.bron != CONTROLE, Signaal.id.not_in(dubbel))
    kern = select_voor(actor, Signaal).where(*telt)
    eigen = kern.where(Signaal.locatie_id.is_not(None)).with_only_columns(
        Signaal.id.label("signaal_id"), Signaal.locatie_id.label("locatie_id"), _ERNST.label("ernst")
    )
    ook = kern.join(Signaallocatie, Signaallocatie.signaal_id == Signaal.id).with_only_columns(
        Signaal.id, Signaallocatie.locatie_id, _ERNST
    )
    alle = union_all(eigen, ook).subquery()
    return (
        select(
            alle.c.locatie_id,
            func.count(func.distinct(alle.c.signaal_id)).label("aantal"),
            func.max(alle.c.ernst).label("ernst"),
        )
        .group_by(alle.c.locatie_id)
        .subquery()
    )


def waarom(
    sessie: Session, actor: Actor, nu: datetime, bron: str, locaties: Sequence[Risicolocatie], args: Argumenten
) -> dict[int, Waarom]:
    """Risicolocatie.id -> why this source names it, and whether another action has it already."""
    ids = [loc.id for loc in locaties]
    gepland = bronnen().gepland(sessie, actor, nu, ids)
    redenen: Mapping[int, Sequence[str]] = {}
    if bron == "prioriteit":
        redenen = _uit_score(sessie, actor, nu, ids)
    elif bron == "achterstallig":
        redenen = {loc.id: [_te_laat(loc)] for loc in locaties}
    elif bron == "gebied":
        selectie = lees_selectie(sessie, actor, args)
        redenen = {id_: [f"Ligt in {selectie.zin}".replace("in binnen", "binnen")] for id_ in ids} if selectie else {}
    elif bron == "hercontrole":
        redenen = {id_: [rij.waarom] for id_, rij in hercontroles(sessie, actor, nu).items()}
    elif bron == "signaal":
        namen = list(URGENTIES.values())
        open_ = _open_signalen(actor)
        redenen = {
            rij.locatie_id: [
                f"{rij.aantal} open {'signaal' if rij.aantal == 1 else 'signalen'}, "
                f"hoogste urgentie: {namen[rij.ernst].lower()}"
            ]
            for rij in sessie.execute(select(open_).where(open_.c.locatie_id.in_(ids)))
        }
    return {id_: Waarom(tuple(redenen.get(id_, ())), gepland.get(id_, "")) for id_ in ids}


def _uit_score(sessie: Session, actor: Actor, nu: datetime, ids: Sequence[int]) -> dict[int, list[str]]:
    uit = {}
    for id_, beeld in bereken_nu(sessie, actor.gemeente_id, nu, ids).items():
        delen = sorted((d for d in beeld.score.delen if d.tienden), key=lambda d: -d.tienden)[:_REDENEN]
        kop = f"{BANDEN[beeld.band]}, {punten_tekst(beeld.geldend_tienden)} punten"
        regels = [f"{DELEN[d.code]}: {punten_tekst(d.tienden)}" for d in delen]
        if beeld.keuze is not None:
            regels.insert(0, f"{'Vastgezet' if beeld.vastgezet else 'Score met de hand'}: {beeld.keuze.reden}")
        uit[id_] = [kop, *regels]
    return uit


def _te_laat(locatie: Risicolocatie) -> str:
    dagen = locatie.locatietype.interval_dagen
    laatste = locatie.laatste_bezoek_op
    moest = lokale_datum((laatste or locatie.aangemaakt_op) + timedelta(days=dagen))
    if laatste is None:
        return f"Nog nooit bezocht; een bezoek was nodig voor {moest:%d-%m-%Y} (elke {dagen} dagen)"
    return f"Moest weer voor {moest:%d-%m-%Y} (elke {dagen} dagen)"
