"""The verslag van binnentreden (art. 10 and 11 Awbi): when one is due, by when, what it must say and how it stands.

Needed after every entry of a dwelling without consent: with a machtiging, or without one in immediate danger (art. 2,
third paragraph). It goes to whoever gave the machtiging and to the resident no later than the fourth day after the day
of entry. What the resident gets may wait when the purpose asks so; what could not be handed over stays available.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from inspecties.acties.rules.gegevens import lokaal_moment
from inspecties.acties.rules.machtiging import Breuk, Inhoud, Woning, dekt
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.klok import lokaal, lokale_datum
from inspecties.core.toestanden import Overgang, Toestandstabel

GRONDEN: dict[str, str] = {
    "machtiging": "Met een machtiging tot binnentreden (art. 2, eerste lid, Awbi)",
    "spoed": "Zonder machtiging, bij ernstig en onmiddellijk gevaar (art. 2, derde lid, Awbi)",
}
# What was left out of the verslag to keep somebody safe: a number stands there instead of a name.
EDEN: dict[str, str] = {"ambtseed": "Ambtseed", "ambtsbelofte": "Ambtsbelofte"}
AAN: dict[str, str] = {"gever": "Wie de machtiging gaf", "bewoner": "De bewoner"}
WIJZEN: dict[str, str] = {
    "uitgereikt": "Uitgereikt",
    "toegestuurd": "Toegestuurd",
    "niet_mogelijk": "Lukte niet; ligt klaar voor de bewoner",
    "uitgesteld": "Later, omdat het doel dat vraagt",
}
_AFGELEVERD = frozenset({"uitgereikt", "toegestuurd", "niet_mogelijk"})
BINNEN_HOOGSTENS = timedelta(hours=12)

_M = "verslagen.maken"
VERSLAG_TABEL = Toestandstabel(
    naam="verslag van binnentreden",
    versie="1",
    begin="concept",
    namen={"concept": "Concept", "vast": "Vastgesteld", "elders": "Elders gemaakt"},
    overgangen=(
        Overgang("concept", "vast", "Vaststellen", _M),
        Overgang("concept", "elders", "Elders gemaakt", _M, reden_verplicht=True),
    ),
    eind=frozenset({"vast", "elders"}),
)


@dataclass(frozen=True)
class Deurbericht:
    """What a visit says of the entry. Times are Dutch wall-clock times; '' and None: not filled in."""

    grond: str = ""
    machtiging_geldig: str = ""
    spoed_reden: str = ""
    binnen: time | None = None
    verlaten: time | None = None
    begin_op: datetime | None = None
    eind_op: datetime | None = None
    nummer: str = ""
    partners: tuple[str, ...] = ()
    bezoek_uid: str = ""


def aanleiding(gepland: str, toestand: str, bericht: Deurbericht | None) -> str:
    """'machtiging', 'spoed' or '' (no verslag needed). What the team wrote at the door goes before the plan."""
    bericht = bericht or Deurbericht()
    grond = bericht.grond or gepland
    if grond not in GRONDEN:
        return ""
    if bericht.machtiging_geldig == "nee" and bericht.binnen is None:
        return ""
    return grond if toestand in {"binnen", "afgerond"} or bericht.binnen is not None else ""


def tijden(bericht: Deurbericht | None, dag: date) -> tuple[datetime | None, datetime | None]:
    """From when until when they were inside, as the visit says; ``dag``: the day to count from where it has none."""
    if bericht is None:
        return None, None
    begin, eind = bericht.begin_op, bericht.eind_op
    eerste = lokale_datum(begin) if begin else dag
    try:
        if bericht.binnen is not None:
            begin = moment_van(eerste, bericht.binnen, "binnen")
        if bericht.verlaten is not None and begin is not None:
            eind = verlaten_na(begin, bericht.verlaten)
    except OngeldigeInvoer:
        return bericht.begin_op, bericht.eind_op
    return begin, eind if begin and eind and eind >= begin else None


def komt_twee_keer(dag: date, uur: time) -> bool:
    """Whether the clock shows this time twice on this day: the night in which summer time ends."""
    eerste = lokaal_moment(dag, uur, "")
    later = eerste + timedelta(hours=1)
    return lokaal(later).replace(tzinfo=None) == datetime.combine(dag, uur)


def moment_van(dag: date, uur: time, veld: str, *, tweede: bool = False) -> datetime:
    """A wall-clock time as a moment. ``tweede``: of an hour that comes twice the second. Raises OngeldigeInvoer."""
    eerste = lokaal_moment(dag, uur, veld)
    return eerste + timedelta(hours=1) if tweede and komt_twee_keer(dag, uur) else eerste


def verlaten_na(binnen: datetime, uur: time, *, tweede: bool = False) -> datetime:
    """When they left: on the same day, or after midnight. Raises OngeldigeInvoer at 'verlaten'."""
    dag = lokale_datum(binnen)
    eind = moment_van(dag, uur, "verlaten", tweede=tweede)
    if eind < binnen:
        eind = moment_van(dag, uur, "verlaten", tweede=True)
    if eind < binnen:
        eind = moment_van(dag + timedelta(days=1), uur, "verlaten", tweede=tweede)
    if eind - binnen > BINNEN_HOOGSTENS:
        raise OngeldigeInvoer(
            f"{uur:%H:%M} ligt voor de tijd van binnentreden ({lokaal(binnen):%H:%M}). Vul een latere tijd in.",
            "verlaten",
        )
    return eind.astimezone(UTC)


@dataclass(frozen=True)
class Verslagtekst:
    """What somebody fills in (art. 10, second paragraph). Moments are aware."""

    grond: str
    naam: str
    hoedanigheid: str
    grondslag: str
    doel: str
    plaats: str
    wijze: str
    verricht: str
    binnen_op: datetime
    verlaten_op: datetime
    # Name of the resident as far as known, and of who was there.
    bewoner: str = ""
    spoed_reden: str = ""
    meegaanden: int = 0
    meegaanden_wie: str = ""
    meegenomen: str = ""
    # Why a number stands where a name could stand.
    zonder_naam: bool = False
    zonder_naam_reden: str = ""
    # Where the entry went beyond the machtiging: why.
    afwijking: str = ""


def gebreken(tekst: Verslagtekst, breuken: Sequence[Breuk], nu: datetime) -> list[tuple[str, str]]:
    """(field, what must be done) of everything that keeps this from being final."""
    uit: list[tuple[str, str]] = []
    if tekst.verlaten_op < tekst.binnen_op:
        uit.append(("verlaten", "De tijd van weggaan ligt voor de tijd van binnentreden. Vul een latere tijd in."))
    if tekst.binnen_op > nu or tekst.verlaten_op > nu:
        uit.append(("dag", "Dit tijdstip is nog niet geweest. Kies de dag en de tijd waarop u binnen was."))
    verplicht = (
        ("naam", "Vul de naam of het nummer in van wie binnentrad."),
        ("hoedanigheid", "Vul de hoedanigheid in, zoals toezichthouder."),
        ("grondslag", "Schrijf op grond van welke wet er is binnengetreden."),
        ("doel", "Schrijf waarvoor er is binnengetreden."),
        ("plaats", "Vul het adres in waar is binnengetreden."),
        ("wijze", "Schrijf hoe u binnenkwam, bijvoorbeeld: de bewoner deed open."),
        ("verricht", "Schrijf wat er binnen is gedaan en gebeurd."),
    )
    uit += [(veld, melding) for veld, melding in verplicht if not getattr(tekst, veld).strip()]
    if tekst.grond == "spoed" and not tekst.spoed_reden.strip():
        uit.append(("spoed_reden", "Schrijf welk ernstig en onmiddellijk gevaar er was (art. 2, derde lid, Awbi)."))
    if tekst.meegaanden and not tekst.meegaanden_wie.strip():
        uit.append(("meegaanden_wie", "Schrijf van ieder die meeging de naam of het nummer en de hoedanigheid."))
    if tekst.zonder_naam and not tekst.zonder_naam_reden.strip():
        uit.append(("zonder_naam_reden", "Schrijf waarom er een nummer staat in plaats van een naam."))
    if breuken and not tekst.afwijking.strip():
        waarin = " ".join(b.zin for b in breuken)
        uit.append(("afwijking", f"Het binnentreden past niet in de machtiging. {waarin} Schrijf hoe dat kwam."))
    return uit


def vergelijk(
    machtiging: Inhoud | None, plaats: Woning | None, aan: Mapping[str, str], tekst: Verslagtekst
) -> list[Breuk]:
    """In what the entry went beyond the machtiging. ``aan``: public id -> name of who entered."""
    if tekst.grond != "machtiging":
        return []
    if machtiging is None:
        return [Breuk("ontbreekt", "er was geen machtiging voor deze woning.")]
    # An entry that was over is judged by what the machtiging was, so one that was withdrawn later still counted.
    breuken = dekt(machtiging, plaats, tekst.binnen_op, tekst.verlaten_op, tekst.meegaanden, aan)
    zinnen = {
        "persoon": f"de machtiging is voor {machtiging.aan_naam}, niet voor wie binnentrad.",
        "niet_ondertekend": "de machtiging was niet ondertekend.",
        "ingetrokken": "de machtiging is ingetrokken.",
    }
    return [Breuk(b.code, zinnen.get(b.code, b.melding)) for b in breuken]


@dataclass(frozen=True)
class Stand:
    """How a verslag stands. ``rood``: a day that the law sets has gone by."""

    code: str
    naam: str
    toon: str
    zin: str
    rood: bool = False

    @property
    def open(self) -> bool:
        """Whether somebody must still do something."""
        return self.code not in {"klaar", "niet_nodig"}


def stand(
    grond: str, toestand: str, afgeleverd: Iterable[tuple[str, str, date]], uiterlijk: date, vandaag: date
) -> Stand:
    """``toestand``: of the newest verslag, '' for none. ``afgeleverd``: (to whom, how, on which day) in order."""
    rijen = list(afgeleverd)
    hoe = {wie: wijze for wie, wijze, _ in rijen}
    tot = f"{uiterlijk:%d-%m-%Y}"
    rood = vandaag > uiterlijk
    haast = "fout" if rood else "let-op" if uiterlijk - vandaag <= timedelta(days=1) else "actief"
    laat = f"Dit moest op {tot} klaar zijn." if rood else f"Uiterlijk op {tot}."
    if toestand == "elders":
        return Stand("klaar", "Elders gemaakt", "goed", "Het verslag is buiten dit systeem gemaakt.")
    if toestand in {"", "concept"}:
        naam = "Te laat" if rood else "Concept" if toestand else "Te maken"
        return Stand(toestand or "te_maken", naam, haast, f"Maak het verslag en verstuur het. {laat}", rood)
    nodig = ["bewoner"] if grond == "spoed" else ["gever", "bewoner"]
    mist = [wie for wie in nodig if hoe.get(wie) not in _AFGELEVERD]
    if not mist:
        eerste = {wie: min(op for w, hoe, op in rijen if w == wie and hoe in _AFGELEVERD) for wie in nodig}
        if max(eerste.values()) > uiterlijk:
            return Stand("klaar", "Te laat verstuurd", "let-op", f"Het verslag is verstuurd, maar na {tot}.")
        return Stand("klaar", "Verstuurd", "goed", "Het verslag is gemaakt en verstuurd.")
    if mist == ["bewoner"] and hoe.get("bewoner") == "uitgesteld":
        zin = "De bewoner krijgt het verslag later. Geef het zodra het doel dat toelaat."
        return Stand("uitgesteld", "Uitgesteld", "let-op", zin)
    namen = " en ".join(AAN[wie].lower() for wie in mist)
    return Stand("te_versturen", "Te laat" if rood else "Te versturen", haast, f"Nog niet naar {namen}. {laat}", rood)
