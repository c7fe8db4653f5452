"""What needs somebody now, per role: counts and moments, no content of a case, so reading it needs no audit line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from inspecties.acties import queries as actiequeries
from inspecties.acties.gereedheidsbronnen import gereedheid
from inspecties.acties.models import Actie
from inspecties.acties.rules.toestanden import ACTIE_TABEL
from inspecties.audit.queries import stand_van_de_keten
from inspecties.controles.mensenhandel_queries import tel_open
from inspecties.controles.models import Bevinding
from inspecties.controles.queries import apart_gezet, open_gaten
from inspecties.core.actor import Actor
from inspecties.core.klok import TIJDZONE, lokaal, lokale_datum
from inspecties.core.rechten import ROLNAMEN, Rol
from inspecties.database import select_voor
from inspecties.dossiers.kabinet_wachtrij import voorrang_van
from inspecties.dossiers.models import Dossier, Voorstel
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.dossiers.queries import open_bevindingen, wacht_op_kabinet, zonder_dossier
from inspecties.dossiers.rules.gevolgen import gevolgen
from inspecties.dossiers.rules.wachten import WAARSCHUW_DAGEN
from inspecties.gebruikers.beheer_queries import tel_gebruikers
from inspecties.rapportages import queries as rapportagequeries
from inspecties.rapportages.rules import Normregel
from inspecties.signalen.queries import tel_per_status, wachtend
from inspecties.start.kaartje import Bouwer, Kaartje
from inspecties.start.wachtend import EERST, LOOPT, WACHT

VOORUIT = timedelta(days=7)
KLAAR = frozenset({"afgerond", "niemand_thuis", "geweigerd", "vervallen"})


@dataclass(frozen=True)
class Vandaag:
    """The page: what must be done today, what waits by its term, what runs, the norms of the year.

    ``rustig``: where there is nothing to do now.
    """

    nu: list[Kaartje]
    wacht: list[Kaartje]
    rustig: list[Kaartje]
    loopt: list[Kaartje]
    normen: list[Normregel]


def _tel(sessie: Session, opdracht: Select[Any]) -> int:
    kaal = opdracht.order_by(None).with_only_columns(func.count(), maintain_column_froms=True)
    return sessie.scalar(kaal) or 0


def _meervoud(n: int, een: str, meer: str) -> str:
    return f"{n} {een if n == 1 else meer}"


def _wanneer(moment: datetime, nu: datetime) -> str:
    dagen = (lokale_datum(moment) - lokale_datum(nu)).days
    dag = {-1: "gisteren", 0: "vandaag", 1: "morgen"}.get(dagen, f"{lokaal(moment):%d-%m}")
    return f"{dag} om {lokaal(moment):%H:%M}"


def acties_van_nu(sessie: Session, actor: Actor, nu: datetime) -> list[Actie]:
    """Actions in scope that run, begin within a week, or began today; soonest first."""
    dag = datetime.combine(lokale_datum(nu), datetime.min.time(), TIJDZONE).astimezone(UTC)
    opdracht = actiequeries.gefilterd(actor, actiequeries.Filter()).where(
        (Actie.toestand == "in_uitvoering")
        | ((Actie.begin_op >= dag) & (Actie.begin_op < nu + VOORUIT) & Actie.toestand.in_(("concept", "gereed")))
    )
    return list(sessie.scalars(opdracht.order_by(Actie.begin_op).limit(5)))


def _actiekaartje(sessie: Session, actor: Actor, nu: datetime, actie: Actie) -> Kaartje:
    tellingen = actiequeries.stoptellingen(sessie, actor, [actie]).get(actie.id, {})
    stops = sum(tellingen.values())
    klaar = sum(n for toestand, n in tellingen.items() if toestand in KLAAR)
    zin = f"{_wanneer(actie.begin_op, nu).capitalize()}, {_meervoud(stops, 'stop', 'stops')}"
    dringend = False
    if actie.toestand == "in_uitvoering":
        zin += f", {klaar} klaar."
    elif actie.toestand == "concept":
        blokkades = len(gereedheid(sessie, actor, actie, nu).blokkades)
        dringend = blokkades > 0
        reden = f"{_meervoud(blokkades, 'ding houdt', 'dingen houden')} 'gereed' tegen" if blokkades else "kan gereed"
        zin += f"; {reden}."
    else:
        zin += f"; {ACTIE_TABEL.namen[actie.toestand].lower()}."
    return Kaartje(actie.naam, zin, None, dringend, "acties.toon", {"uid": actie.uid}, "Actie openen")


def _acties(sessie: Session, actor: Actor, nu: datetime) -> list[Kaartje]:
    kaartjes = [_actiekaartje(sessie, actor, nu, actie) for actie in acties_van_nu(sessie, actor, nu)]
    return kaartjes or [
        Kaartje(
            "Geen actie deze week",
            "Er staat niets gepland voor de komende zeven dagen.",
            endpoint="acties.lijst",
            actie="Alle acties",
        )
    ]


def _eigen_stops(sessie: Session, actor: Actor, nu: datetime) -> list[Kaartje]:
    van_nu = [a for a in acties_van_nu(sessie, actor, nu) if lokale_datum(a.begin_op) <= lokale_datum(nu)]
    tellingen = actiequeries.stoptellingen(sessie, actor, van_nu)
    aantal = sum(n for per in tellingen.values() for n in per.values())
    open_ = sum(n for per in tellingen.values() for toestand, n in per.items() if toestand not in KLAAR)
    if not aantal:
        zin = "U bent vandaag bij geen enkele actie ingedeeld."
        return [Kaartje("Vandaag geen stops", zin, 0, endpoint="offline.veld", actie="Veldapp openen")]
    begin = _wanneer(van_nu[0].begin_op, nu)
    zin = f"Begint {begin}. Haal de dienst op zolang u verbinding hebt: daarna werkt alles zonder."
    return [Kaartje("Uw stops van vandaag", zin, open_, open_ > 0, "offline.veld", {}, "Veldapp openen")]


def _voorstellen(sessie: Session, actor: Actor, _nu: datetime) -> list[Kaartje]:
    n = _tel(sessie, open_bevindingen(actor))
    zin = "Bevindingen uit bezoeken wachten op uw oordeel." if n else "Elk voorstel is beoordeeld."
    return [
        Kaartje(
            "Voorstellen te beoordelen", zin, n, False, "dossiers.voorstellen", {}, "Beoordelen" if n else "Bekijken"
        )
    ]


def _nieuwe_signalen(sessie: Session, actor: Actor, nu: datetime) -> list[Kaartje]:
    rijen = list(sessie.scalars(wachtend(actor)))
    ernstig = sum(s.urgentie == "direct_gevaar" for s in rijen)
    zin = "Elk signaal is opgepakt."
    if rijen:
        dagen = (lokale_datum(nu) - min(s.datum for s in rijen)).days
        zin = f"Het oudste is van {_meervoud(dagen, 'dag', 'dagen')} geleden."
        if ernstig:
            zin = f"{ernstig} keer direct gevaar. {zin}"
    parameters = {"status": "ontvangen", "sorteer": "urgentie", "richting": "op"}
    return [Kaartje("Nieuwe signalen", zin, len(rijen), ernstig > 0, "signalen.lijst", parameters, "Bekijken")]


def _uit_bezoeken(sessie: Session, actor: Actor, _nu: datetime) -> list[Kaartje]:
    n, hard = tel_open(sessie, actor)
    zin = "Wat bezoeken aan signalen gaven, is beoordeeld."
    if n:
        zin = "Antwoorden uit bezoeken wijzen op mensenhandel en wachten op uw oordeel."
    if hard:
        zin = f"{hard} met een harde aanwijzing. {zin}"
    actie = "Beoordelen" if n else "Bekijken"
    return [Kaartje("Signalen uit bezoeken", zin, n, hard > 0, "mensenhandel.lijst", {}, actie)]


def _lopende_signalen(sessie: Session, actor: Actor, _nu: datetime) -> list[Kaartje]:
    per = tel_per_status(sessie, actor)
    zin = (
        f"{per.get('verrijken', 0)} te verrijken, {per.get('bespreken', 0)} te bespreken, "
        f"{per.get('doorgezet', 0)} doorgezet zonder terugkoppeling."
    )
    bezig = sum(per.get(stap, 0) for stap in ("verrijken", "bespreken", "doorgezet"))
    return [Kaartje("Signalen onderweg", zin, bezig, False, "signalen.lijst", {"status": "open"}, "Bekijken")]


def _apart(sessie: Session, actor: Actor, _nu: datetime) -> list[Kaartje]:
    los, gaten = _tel(sessie, apart_gezet(actor)), _tel(sessie, open_gaten(actor))
    zin = "Alles wat toestellen stuurden, paste." if not los + gaten else ""
    if los:
        zin = f"{_meervoud(los, 'antwoord paste', 'antwoorden pasten')} niet. "
    if gaten:
        zin += f"{_meervoud(gaten, 'toestel mist', 'toestellen missen')} gegevens."
    return [
        Kaartje(
            "Apart gezet",
            zin.strip(),
            los + gaten,
            gaten > 0,
            "controles.apart",
            {},
            "Beoordelen" if los + gaten else "Bekijken",
        )
    ]


def _eerste_besluitdag(rijen: Iterable[Dossier]) -> date | None:
    return min((d.beslissen_voor for d in rijen if d.beslissen_voor), default=None)


def _dringt(voor: date | None, nu: datetime) -> bool:
    return voor is not None and (voor - lokale_datum(nu)).days <= WAARSCHUW_DAGEN


def _teruggestuurd(sessie: Session, actor: Actor, nu: datetime) -> list[Kaartje]:
    rijen = list(sessie.scalars(select_voor(actor, Dossier).where(Dossier.toestand == "teruggestuurd")))
    voor = _eerste_besluitdag(rijen)
    zin = "Het kabinet stelde vragen." if rijen else "Geen dossier wacht op een antwoord van u."
    return [
        Kaartje(
            "Dossiers terug met vragen",
            zin,
            len(rijen),
            _dringt(voor, nu),
            "dossiers.lijst",
            {"toestand": "teruggestuurd"},
            "Vragen bekijken",
            voor,
        )
    ]


def _bekend_te_maken(sessie: Session, actor: Actor, _nu: datetime) -> list[Kaartje]:
    """Decisions that were taken, while no term to object runs or ran: they were not made known yet."""
    met_termijn = select(Looptermijn.dossier_id).where(
        Looptermijn.gemeente_id == actor.gemeente_id, Looptermijn.code == "bezwaar"
    )
    n = _tel(sessie, select_voor(actor, Dossier).where(Dossier.toestand == "akkoord", Dossier.id.not_in(met_termijn)))
    if not n:
        return []
    zin = "Het kabinet ging akkoord. Een besluit werkt pas als het bekend is gemaakt (art. 3:40 Awb)."
    parameters = {"toestand": "akkoord"}
    return [Kaartje("Besluiten bekend te maken", zin, n, False, "dossiers.lijst", parameters, "Dossiers bekijken")]


def _zonder_dossier(sessie: Session, actor: Actor, _nu: datetime) -> list[Kaartje]:
    # What is passed on to others (no kind of dossier) never stands in one.
    codes = [code for code, gevolg in gevolgen().items() if gevolg.soorten]
    n = _tel(sessie, zonder_dossier(actor).where(Voorstel.bevinding.has(Bevinding.gevolg.in_(codes))))
    zin = "Overgenomen voorstellen die nog in geen dossier staan." if n else "Wat is overgenomen, staat in een dossier."
    parameters = {"status": "overgenomen"}
    return [Kaartje("Nog zonder dossier", zin, n, False, "dossiers.voorstellen", parameters, "Plaatsen")]


def _dossiers(sessie: Session, actor: Actor) -> dict[str, int]:
    rijen = sessie.execute(
        select_voor(actor, Dossier).with_only_columns(Dossier.toestand, func.count()).group_by(Dossier.toestand)
    )
    return {rij[0]: rij[1] for rij in rijen}


def _dossiers_onderweg(sessie: Session, actor: Actor, _nu: datetime) -> list[Kaartje]:
    per = _dossiers(sessie, actor)
    opbouw, voorgelegd, akkoord = (per.get(t, 0) for t in ("opbouw", "voorgelegd", "akkoord"))
    zin = f"{opbouw} in opbouw, {voorgelegd} bij het kabinet, {akkoord} akkoord."
    n = sum(per.get(t, 0) for t in ("opbouw", "voorgelegd", "teruggestuurd", "akkoord"))
    return [Kaartje("Lopende dossiers", zin, n, False, "dossiers.lijst", {}, "Alle dossiers")]


def _kabinet(sessie: Session, actor: Actor, nu: datetime) -> list[Kaartje]:
    rijen = list(sessie.scalars(wacht_op_kabinet(actor)))
    druk = voorrang_van(sessie, actor, rijen).values()
    zin, voor = "Er ligt niets voor u klaar.", min((d.dag for d in druk if d.dag), default=None)
    spoed = sum(d.spoed for d in druk)
    if rijen:
        oudste = min(d.voorgelegd_op or nu for d in rijen)
        zin = (
            f"Het langst wachtende ligt er {_meervoud((lokale_datum(nu) - lokale_datum(oudste)).days, 'dag', 'dagen')}."
        )
        if spoed:
            zin = f"{spoed} met spoed. {zin}"
        if voor is not None:
            zin += f" De eerste termijn loopt tot {voor:%d-%m-%Y}."
    return [
        Kaartje(
            "Wacht op uw besluit",
            zin,
            len(rijen),
            spoed > 0 or _dringt(voor, nu),
            "dossiers.kabinet",
            {},
            "Dossiers openen",
            voor,
        )
    ]


def _keten(sessie: Session, actor: Actor, nu: datetime) -> list[Kaartje]:
    aantal, gecontroleerd_op, breuk = stand_van_de_keten(sessie, actor)
    if breuk is not None:
        zin, dringend = f"De keten klopt niet bij regel {breuk.gegevens['seq']}.", True
    elif gecontroleerd_op is None:
        zin, dringend = "De keten is nog niet gecontroleerd.", True
    else:
        zin, dringend = f"De keten klopte bij de controle van {_wanneer(gecontroleerd_op, nu)}.", False
    return [Kaartje("Auditlogboek", f"{aantal} regels. {zin}", None, dringend, "audit.lijst", {}, "Logboek openen")]


def _gebruikers(sessie: Session, actor: Actor, _nu: datetime) -> list[Kaartje]:
    per = tel_gebruikers(sessie, actor)
    actief = sum(n for rol, n in per.items() if rol != "geblokkeerd")
    zin = f"{per['geblokkeerd']} geblokkeerd."
    return [Kaartje("Gebruikers", zin, actief, False, "gebruikers.beheer", {}, "Beheren")]


def _rollen(sessie: Session, actor: Actor, _nu: datetime) -> list[Kaartje]:
    per = tel_gebruikers(sessie, actor)
    uit = []
    if per[Rol.BEHEERDER.value] == 1:
        zin = "Er is maar één beheerder. Maak een tweede, zodat iemand u kan vervangen."
        uit.append(Kaartje("Eén beheerder", zin, None, False, "gebruikers.nieuw", {}, "Gebruiker toevoegen"))
    leeg = [ROLNAMEN[Rol(rol)] for rol, n in per.items() if n == 0 and rol not in {"geblokkeerd", "partner"}]
    if leeg:
        zin = f"Niemand heeft deze rol: {', '.join(leeg)}."
        uit.append(
            Kaartje("Rollen zonder gebruiker", zin, len(leeg), False, "gebruikers.nieuw", {}, "Gebruiker toevoegen")
        )
    return uit


def _melden(_sessie: Session, _actor: Actor, _nu: datetime) -> list[Kaartje]:
    zin = "Zag of hoorde u iets dat niet klopt? Ook een onderbuikgevoel telt."
    return [Kaartje("Signaal melden", zin, None, False, "signaalmelden.nieuw", {}, "Melden")]


# Per role: what waits for an act, and what runs without one.
INDELING: dict[Rol, tuple[tuple[Bouwer, ...], tuple[Bouwer, ...]]] = {
    Rol.COORDINATOR: ((_voorstellen, _nieuwe_signalen, _apart), (_acties,)),
    Rol.INSPECTEUR: ((_eigen_stops,), (_acties, _melden)),
    Rol.PARTNER: ((_eigen_stops,), (_acties,)),
    Rol.AANDACHTSFUNCTIONARIS: ((_uit_bezoeken, _nieuwe_signalen), (_lopende_signalen, _melden)),
    Rol.JURIST: ((_teruggestuurd, _bekend_te_maken, _voorstellen, _zonder_dossier), (_dossiers_onderweg,)),
    Rol.KABINET: ((_kabinet,), ()),
    Rol.AUDITOR: ((_keten,), ()),
    Rol.BEHEERDER: ((_rollen,), (_gebruikers,)),
}
MET_NORMEN = frozenset({Rol.COORDINATOR})


def _volgorde(kaartje: Kaartje) -> tuple[date, bool]:
    """What ends first stands first; what has no term comes after what has one."""
    return (kaartje.voor or date.max, not kaartje.dringend)


def stel_samen(sessie: Session, actor: Actor, nu: datetime) -> Vandaag:
    """The page for this actor: what must be done today first, and all of it by term."""
    wacht, loopt = INDELING[actor.rol]
    vandaag = lokale_datum(nu)
    kaartjes = sorted((k for bouw in (*EERST, *wacht, *WACHT) for k in bouw(sessie, actor, nu)), key=_volgorde)
    normen = []
    if actor.rol in MET_NORMEN:
        normen = rapportagequeries.overzicht(sessie, actor, vandaag.year).normen
    return Vandaag(
        nu=[k for k in kaartjes if k.moet(vandaag)],
        wacht=[k for k in kaartjes if not k.moet(vandaag) and not k.rustig],
        rustig=[k for k in kaartjes if k.rustig],
        loopt=[k for bouw in (*loopt, *LOOPT) for k in bouw(sessie, actor, nu)],
        normen=[n for n in normen if n.norm],
    )
