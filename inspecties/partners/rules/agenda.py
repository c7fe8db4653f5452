"""Reading a calendar file (.ics, RFC 5545): when somebody is busy, and nothing of what they are doing then."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from icalendar import Calendar

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.partners.rules.herhaling import controleer_regel, in_utc, keren

OMVANG_HOOGSTENS = 1_000_000
GEBEURTENISSEN_HOOGSTENS = 2_000
PERIODES_HOOGSTENS = 3_000
TERUG = timedelta(days=31)
VOORUIT = timedelta(days=400)
# What the times hang on: the library leaves out what it cannot read, we may not.
_NODIG = frozenset({"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "SEQUENCE"})
_GEEN_AGENDA = "Dit is geen agendabestand. Sla de agenda op als iCalendar (.ics) en kies dat bestand."


@dataclass
class Gebeurtenis:
    """All that one UID says: its periods within the horizon (none: it lapsed), and its newest SEQUENCE."""

    uid: str
    volgnummer: int = 0
    periodes: list[tuple[datetime, datetime]] = field(default_factory=list)


def lees_ics(inhoud: bytes, nu: datetime) -> list[Gebeurtenis]:
    """The events of a file, with the periods from a month ago to over a year ahead.

    An event that was cancelled or that leaves somebody free has no periods. Raises OngeldigeInvoer, naming the event.
    """
    if len(inhoud) > OMVANG_HOOGSTENS:
        raise OngeldigeInvoer("Dit bestand is groter dan 1 MB. Sla een kortere periode op.", "bestand")
    try:
        agendas: Any = Calendar.from_ical(inhoud, multiple=True)
        onderdelen = [deel for agenda in agendas for deel in agenda.walk("VEVENT")]
        goed = bool(agendas) and all(agenda.name == "VCALENDAR" for agenda in agendas)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError) as fout:
        raise OngeldigeInvoer(_GEEN_AGENDA, "bestand") from fout
    if not goed:
        raise OngeldigeInvoer(_GEEN_AGENDA, "bestand")
    if len(onderdelen) > GEBEURTENISSEN_HOOGSTENS:
        raise OngeldigeInvoer(f"In dit bestand staan meer dan {GEBEURTENISSEN_HOOGSTENS} afspraken.", "bestand")
    per_uid: dict[str, list[tuple[str, Any]]] = defaultdict(list)
    for nummer, deel in enumerate(onderdelen, start=1):
        wie = _noem(nummer, deel)
        stuk = sorted({str(naam).upper() for naam, _ in deel.errors} & _NODIG)
        if stuk:
            raise OngeldigeInvoer(f"{wie}: {', '.join(stuk)} is niet te lezen. Sla de agenda opnieuw op.", "bestand")
        uid = str(deel.get("UID", "")).strip()
        if not uid or len(uid) > 255:
            raise OngeldigeInvoer(f"{wie}: de UID ontbreekt of is te lang. Sla de agenda opnieuw op.", "bestand")
        per_uid[uid].append((wie, deel))
    uit = [_lees_uid(uid, delen, nu - TERUG, nu + VOORUIT) for uid, delen in per_uid.items()]
    if sum(len(g.periodes) for g in uit) > PERIODES_HOOGSTENS:
        raise OngeldigeInvoer(
            f"Deze agenda heeft meer dan {PERIODES_HOOGSTENS} afspraken in een jaar. Sla een kortere periode op.",
            "bestand",
        )
    return uit


def _noem(nummer: int, deel: Any) -> str:
    titel = " ".join(str(deel.get("SUMMARY", "")).split())[:60]
    return f"Afspraak {nummer} ('{titel}')" if titel else f"Afspraak {nummer}"


def _lees_uid(uid: str, delen: list[tuple[str, Any]], van: datetime, tot: datetime) -> Gebeurtenis:
    """The series with what was changed of single times (RECURRENCE-ID) put in its place."""
    uit = Gebeurtenis(uid)
    periodes: dict[datetime, tuple[datetime, datetime]] = {}
    for wie, deel in sorted(delen, key=lambda paar: "RECURRENCE-ID" in paar[1]):
        try:
            uit.volgnummer = max(uit.volgnummer, int(deel.get("SEQUENCE", 0)))
            herhaald = deel.get("RECURRENCE-ID")
            if herhaald is not None:
                if "RANGE" in herhaald.params:
                    raise OngeldigeInvoer("hij wijzigt ook alle latere keren. Sla de agenda zonder herhalingen op")
                periodes.pop(in_utc(herhaald.dt), None)
            if str(deel.get("STATUS", "")).upper() == "CANCELLED" or _is_vrij(deel):
                continue
            for sleutel, begin, eind in _periodes(deel, tot):
                if begin < eind and eind > van and begin < tot:
                    periodes[sleutel] = (begin, eind)
        except OngeldigeInvoer as fout:
            raise OngeldigeInvoer(f"{wie}: {fout.melding.rstrip('.')}.", "bestand") from fout
        except (ValueError, TypeError, AttributeError, KeyError, OverflowError) as fout:
            melding = f"{wie}: de datum, tijd of herhaling is niet te lezen. Sla de agenda opnieuw op."
            raise OngeldigeInvoer(melding, "bestand") from fout
        if len(periodes) > PERIODES_HOOGSTENS:
            raise OngeldigeInvoer(f"{wie}: komt te vaak voor. Sla een kortere periode op.", "bestand")
    uit.periodes = sorted(periodes.values())
    return uit


def _is_vrij(deel: Any) -> bool:
    vrij = str(deel.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper() == "FREE"
    return vrij or str(deel.get("TRANSP", "")).upper() == "TRANSPARENT"


def _moment(veld: Any, wat: str) -> datetime | date:
    moment = veld.dt
    zone = veld.params.get("TZID") if hasattr(veld, "params") else None
    if zone and isinstance(moment, datetime) and moment.tzinfo is None:
        raise OngeldigeInvoer(f"de tijdzone '{zone}' van {wat} is niet bekend")
    if not isinstance(moment, date):
        raise OngeldigeInvoer(f"{wat} is geen datum")
    return moment


def _duur(deel: Any, begin: datetime | date) -> timedelta:
    """From DTEND or DURATION; without either a whole day, or no time at all (RFC 5545, 3.6.1)."""
    if "DTEND" in deel:
        eind = _moment(deel["DTEND"], "het einde")
        if isinstance(eind, datetime) != isinstance(begin, datetime):
            raise OngeldigeInvoer("begin en einde zijn niet allebei een dag of allebei een tijd")
        duur = in_utc(eind) - in_utc(begin) if isinstance(begin, datetime) else eind - begin
    elif "DURATION" in deel:
        duur = deel["DURATION"].dt
    else:
        duur = timedelta(0) if isinstance(begin, datetime) else timedelta(days=1)
    if duur < timedelta(0):
        raise OngeldigeInvoer("hij eindigt voordat hij begint. Verbeter dat in de agenda")
    return duur


def _lijst(waarde: Any) -> list[Any]:
    return waarde if isinstance(waarde, list) else [] if waarde is None else [waarde]


def _dagen(deel: Any, naam: str) -> list[Any]:
    """Days, moments, or (RDATE) periods as a pair."""
    return [item.dt if hasattr(item, "dt") else item for groep in _lijst(deel.get(naam)) for item in groep.dts]


def _periodes(deel: Any, tot: datetime) -> Iterator[tuple[datetime, datetime, datetime]]:
    """(key of the time in the series, begin, end) of every time before ``tot``."""
    if "DTSTART" not in deel:
        raise OngeldigeInvoer("het begin ontbreekt")
    eerste = _moment(deel["DTSTART"], "het begin")
    duur = _duur(deel, eerste)
    hele_dag = not isinstance(eerste, datetime)
    begin = eerste if isinstance(eerste, datetime) else datetime.combine(eerste, time())
    alle: list[datetime | date] = [eerste]
    for regel in _lijst(deel.get("RRULE")):
        controleer_regel(regel)
        kaal = {naam: waarden for naam, waarden in regel.items() if str(naam).upper() != "UNTIL"}
        until = next(iter(regel.get("UNTIL", [])), None)
        moment: datetime | date
        for moment in keren(type(regel)(kaal).to_ical().decode(), until, begin, tot):
            alle.append(moment.date() if hele_dag else moment)
    for extra in _dagen(deel, "RDATE"):
        alle.append(extra[0] if isinstance(extra, tuple) else extra)
    weg = {in_utc(dag) for dag in _dagen(deel, "EXDATE")}
    for begin_keer in alle:
        sleutel = in_utc(begin_keer)
        if sleutel in weg:
            continue
        herhaald = deel.get("RECURRENCE-ID")
        eind = in_utc(begin_keer + duur) if not isinstance(begin_keer, datetime) else sleutel + duur
        yield (in_utc(herhaald.dt) if herhaald is not None else sleutel), sleutel, eind
