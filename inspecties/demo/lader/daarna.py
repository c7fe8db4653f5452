"""What came after the actions of the demo: results, agreements, lessons, hours; and vehicles for the next one."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from inspecties.acties.models import Actie, Stop
from inspecties.acties.models_boeking import Ploegvoertuig, Voertuig
from inspecties.acties.models_daarna import Afspraak, Les, Stopbespreking, Urenregel
from inspecties.acties.rules.debriefing import voorgesteld_resultaat
from inspecties.controles.uitkomsten import uitkomsten_van_stops
from inspecties.core.klok import lokale_datum
from inspecties.demo.lader.kring import Kring
from inspecties.demo.wereld import Gemeente as Wereldgemeente
from inspecties.partners.models import Organisatie

LESSEN = (
    ("voorbereiding", "Kijk een week van tevoren of de machtigingen er zijn."),
    ("samenwerking", "Spreek af wie er aanbelt: de politie stond al binnen voordat wij er waren."),
    ("veiligheid", "Parkeer om de hoek. De bus voor de deur werd herkend."),
    ("techniek", "Zet de stops op de tablet voordat u de kelder in gaat."),
)
AFSPRAKEN = (
    ("Nagaan of er arbeidsovereenkomsten zijn en dat terugmelden", "nla", -6),
    ("Brandveiligheid van de vluchtweg nakijken", "brandweer", 9),
    ("Aanschrijving voor het aantal bewoners voorbereiden", "", 14),
)


def laad_daarna(
    sessie: Session, kring: Kring, wereld: Wereldgemeente, locaties: Mapping[str, int], nu: datetime
) -> None:
    """The two newest actions that are over are looked back on; of the newest one thing is still missing."""
    del wereld, locaties
    gid, planner = kring.gemeente.id, kring.actoren["coordinator"].gebruiker_id
    _voertuigen(sessie, gid)
    afgerond = sessie.scalars(
        select(Actie)
        .where(Actie.gemeente_id == gid, Actie.toestand == "afgerond", Actie.eind_op < nu)
        .order_by(Actie.begin_op.desc())
        .limit(2)
    ).all()
    for plaats, actie in enumerate(afgerond):
        op = min(nu, actie.eind_op + timedelta(days=1))
        stops = sessie.scalars(select(Stop).where(Stop.actie_id == actie.id).order_by(Stop.volgorde)).all()
        uitkomsten = uitkomsten_van_stops(sessie, kring.actoren["coordinator"], [stop.id for stop in stops])
        for stop in stops[1:] if plaats == 0 else stops:
            uitkomst = uitkomsten.get(stop.id)
            gevonden = uitkomst.bevindingen if uitkomst else 0
            resultaat = voorgesteld_resultaat(stop.toestand, gevonden) or "niet_bezocht"
            sessie.add(Stopbespreking(gemeente_id=gid, stop_id=stop.id, resultaat=resultaat, door_id=planner, op=op))
        for categorie, tekst in LESSEN[plaats * 2 : plaats * 2 + 2]:
            sessie.add(
                Les(gemeente_id=gid, actie_id=actie.id, categorie=categorie, tekst=tekst, door_id=planner, op=op)
            )
        _uren(sessie, kring, actie, planner, op)
    if afgerond:
        _afspraken(sessie, kring, afgerond[0], planner, nu)
    sessie.flush()


def _voertuigen(sessie: Session, gid: int) -> None:
    autos = [
        Voertuig(gemeente_id=gid, naam=naam, kenteken=kenteken, zitplaatsen=plaatsen)
        for naam, kenteken, plaatsen in (("Bus 1", "X-900-XX", 8), ("Auto 2", "X-901-XX", 5))
    ]
    sessie.add_all(autos)
    sessie.flush()
    komend = sessie.scalars(
        select(Actie)
        .where(Actie.gemeente_id == gid, Actie.toestand == "concept")
        .order_by(Actie.begin_op)
        .options(joinedload(Actie.ploegen))
    ).unique()
    for actie in komend:
        for ploeg, auto in zip(actie.ploegen, autos, strict=False):
            sessie.add(Ploegvoertuig(gemeente_id=gid, ploeg_id=ploeg.id, voertuig_id=auto.id))


def _uren(sessie: Session, kring: Kring, actie: Actie, planner: int | None, op: datetime) -> None:
    """Own people worked half an hour longer than planned."""
    dienst = round((actie.eind_op - actie.begin_op).total_seconds() / 60)
    organisatie = {a.gebruiker_id: a.organisatie_id for a in kring.actoren.values()}
    for ploeg in actie.ploegen:
        per_wie: dict[int | None, int] = {}
        for lid in ploeg.leden:
            van = organisatie.get(lid.gebruiker_id)
            per_wie[van] = per_wie.get(van, 0) + 1
        for van, mensen in per_wie.items():
            sessie.add(
                Urenregel(
                    gemeente_id=kring.gemeente.id,
                    actie_id=actie.id,
                    ploeg_id=ploeg.id,
                    organisatie_id=van,
                    mensen=mensen,
                    gepland_min=mensen * dienst,
                    gewerkt_min=mensen * (dienst + (30 if van is None else 0)),
                    door_id=planner,
                    op=op,
                )
            )


def _afspraken(sessie: Session, kring: Kring, actie: Actie, planner: int | None, nu: datetime) -> None:
    gid = kring.gemeente.id
    per_soort = {o.soort: o.id for o in sessie.scalars(select(Organisatie).where(Organisatie.gemeente_id == gid))}
    for wat, soort, dagen in AFSPRAKEN:
        uiterlijk = max(lokale_datum(actie.begin_op), lokale_datum(nu) + timedelta(days=dagen))
        sessie.add(
            Afspraak(
                gemeente_id=gid,
                actie_id=actie.id,
                wat=wat,
                organisatie_id=per_soort.get(soort),
                gebruiker_id=None if soort in per_soort else planner,
                uiterlijk=uiterlijk,
                gemaakt_door_id=planner,
                gemaakt_op=min(nu, actie.eind_op + timedelta(hours=1)),
            )
        )
