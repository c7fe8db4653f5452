"""What a planner fills in about an action, and what is wrong with it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from inspecties.acties.rules.toestanden import SOORTEN
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.klok import TIJDZONE, lokaal

NAAM_HOOGSTENS = 160
# Working hours act: a shift of more than 12 hours is not planned (art. 5:7 Arbeidstijdenwet).
DIENST_HOOGSTENS = timedelta(hours=12)


@dataclass(frozen=True)
class ActieGegevens:
    """The basics of an action. Moments are aware."""

    naam: str
    soort: str
    begin_op: datetime
    eind_op: datetime
    doel: str = ""
    aangekondigd: bool = False


def lokaal_moment(dag: date, uur: time, veld: str) -> datetime:
    """A Dutch wall-clock time as a moment, in UTC: differences of local times forget the hour that the clock jumps.

    Raises OngeldigeInvoer for the hour that is skipped in spring; of the hour that comes twice in autumn the first.
    """
    moment = datetime.combine(dag, uur, TIJDZONE).astimezone(UTC)
    if lokaal(moment).replace(tzinfo=None) != datetime.combine(dag, uur):
        raise OngeldigeInvoer(
            f"{uur:%H:%M} bestaat niet op deze dag: de klok gaat dan een uur vooruit. Kies een andere tijd.", veld
        )
    return moment


def maak_dienst(dag: date, van: time, tot: time, *, na_middernacht: bool) -> tuple[datetime, datetime]:
    """Begin and end of a shift. Raises OngeldigeInvoer naming ``tot`` where it does not end after it begins."""
    begin = lokaal_moment(dag, van, "van")
    eind = lokaal_moment(dag + timedelta(days=1) if na_middernacht else dag, tot, "tot")
    if eind <= begin:
        raise OngeldigeInvoer(
            "De dienst eindigt voordat hij begint. Kies een latere eindtijd, of vink 'na middernacht' aan.",
            "tot",
        )
    return begin, eind


def controleer_gegevens(gegevens: ActieGegevens) -> ActieGegevens:
    """The same, tidied. Raises OngeldigeInvoer naming the field and what would be right."""
    naam = " ".join(gegevens.naam.split())
    if not naam:
        raise OngeldigeInvoer("Geef de actie een naam.", "naam")
    if len(naam) > NAAM_HOOGSTENS:
        raise OngeldigeInvoer(f"De naam is te lang: gebruik hoogstens {NAAM_HOOGSTENS} tekens.", "naam")
    if gegevens.soort not in SOORTEN:
        raise OngeldigeInvoer(f"Kies een soort uit: {', '.join(SOORTEN.values())}.", "soort")
    if gegevens.eind_op <= gegevens.begin_op:
        raise OngeldigeInvoer("De dienst eindigt voordat hij begint. Kies een latere eindtijd.", "tot")
    if gegevens.eind_op - gegevens.begin_op > DIENST_HOOGSTENS:
        raise OngeldigeInvoer("De dienst duurt langer dan 12 uur. Maak er twee acties van.", "tot")
    return ActieGegevens(
        naam, gegevens.soort, gegevens.begin_op, gegevens.eind_op, gegevens.doel.strip(), gegevens.aangekondigd
    )


def binnen_dienst(begin: datetime, eind: datetime, uur: time, veld: str) -> datetime:
    """The moment that ``uur`` means within a shift: on its first day, or on the next where the shift runs on."""
    dag = lokaal(begin).date()
    moment = lokaal_moment(dag, uur, veld)
    if moment < begin and lokaal(eind).date() > dag:
        return lokaal_moment(dag + timedelta(days=1), uur, veld)
    return moment
