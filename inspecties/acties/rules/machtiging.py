"""What a machtiging tot binnentreden covers (Algemene wet op het binnentreden, Awbi), compared with what is planned.

Article numbers: Awbi. Dwellings: art. 5. Who: art. 4. Last day: art. 6 (the Algemene termijnenwet does not extend it).
Night and absence: art. 7. Companions: art. 8.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.klok import TIJDZONE, lokaal, lokale_datum
from inspecties.core.toestanden import Overgang, Toestandstabel

# Valid up to and including this many days after the day of issue (art. 6, second paragraph).
DAGEN_GELDIG = 3
# The dwelling itself and at most three others that are named (art. 5).
WONINGEN_HOOGSTENS = 4
NACHT_TOT = 6
MEEGAANDEN_HOOGSTENS = 30

GEVERS: dict[str, str] = {
    "burgemeester": "Burgemeester",
    "ag": "Advocaat-generaal",
    "ovj": "Officier van justitie",
    "hovj": "Hulpofficier van justitie",
}

# Powers (config/bevoegdheden.toml) that let somebody enter a dwelling without consent, with their article. What
# somebody may enter for must be known before a machtiging is given (art. 4). All to be confirmed by a jurist.
GRONDSLAGEN: dict[str, str] = {
    "binnentreden": "art. 149a Gemeentewet en de APV",
    "omgevingsrecht": "art. 18.7 Omgevingswet",
    "huisvesting": "art. 34 Huisvestingswet 2014",
}

_A, _O = "machtigingen.aanvragen", "machtigingen.ondertekenen"
MACHTIGING_TABEL = Toestandstabel(
    naam="machtiging",
    versie="1",
    begin="concept",
    namen={
        "concept": "Concept",
        "ter_ondertekening": "Ter ondertekening",
        "ondertekend": "Ondertekend",
        "ingetrokken": "Ingetrokken",
    },
    overgangen=(
        Overgang("concept", "ter_ondertekening", "Ter ondertekening sturen", _A),
        Overgang("concept", "ondertekend", "Van papier overnemen", _A, waarom="De burgemeester tekende op papier."),
        Overgang("concept", "ingetrokken", "Intrekken", _A, reden_verplicht=True),
        Overgang("ter_ondertekening", "concept", "Teruggeven", _O, reden_verplicht=True),
        Overgang("ter_ondertekening", "ondertekend", "Ondertekenen", _O),
        Overgang("ondertekend", "ingetrokken", "Intrekken", _A, reden_verplicht=True),
    ),
    eind=frozenset({"ingetrokken", "ondertekend"}),
)

_ADRES = re.compile(
    r"(?P<straat>\D.*?) (?P<nr>[1-9]\d{0,4}) ?(?P<letter>[a-zA-Z]?)(?:-(?P<toevoeging>[0-9A-Za-z]{1,4}))?,"
    r" *(?P<postcode>[1-9]\d{3} ?[A-Za-z]{2}) (?P<plaats>.{1,80})"
)


@dataclass(frozen=True)
class Woning:
    """One dwelling by its full address: 12, 12a and 12-1 are three dwellings."""

    straat: str
    huisnummer: int
    huisletter: str = ""
    toevoeging: str = ""
    postcode: str = ""
    woonplaats: str = ""

    @property
    def sleutel(self) -> tuple[str, ...]:
        """Equal for the same dwelling, however it was typed."""
        plek = (self.postcode.replace(" ", "").upper(),) if self.postcode else (self.straat.casefold(),)
        plaats = "" if self.postcode else self.woonplaats.casefold()
        return (*plek, plaats, str(self.huisnummer), self.huisletter.upper(), self.toevoeging.upper())

    @property
    def regel(self) -> str:
        """As on an envelope, on one line."""
        nummer = f"{self.huisnummer}{self.huisletter}" + (f"-{self.toevoeging}" if self.toevoeging else "")
        plaats = " ".join(deel for deel in (self.postcode, self.woonplaats) if deel)
        return f"{self.straat} {nummer}" + (f", {plaats}" if plaats else "")

    @classmethod
    def lees(cls, regel: str, veld: str) -> "Woning":
        """From 'Kade 12a-1, 1234 AB Markerdorp'. Raises OngeldigeInvoer at ``veld``."""
        treffer = _ADRES.fullmatch(" ".join(regel.split()))
        if treffer is None:
            raise OngeldigeInvoer(f"'{regel[:60]}' is geen volledig adres. Typ: Kade 12a, 1234 AB Markerdorp.", veld)
        deel = treffer.groupdict(default="")
        postcode = deel["postcode"].replace(" ", "").upper()
        return cls(deel["straat"], int(deel["nr"]), deel["letter"], deel["toevoeging"], postcode, deel["plaats"])


@dataclass(frozen=True)
class Inhoud:
    """What a machtiging says. ``aan``: public id of the person it is given to. ``uren``: local times, both or none."""

    toestand: str
    woningen: Sequence[Woning]
    aan: str
    aan_naam: str
    afgifte: date | None = None
    nacht: bool = False
    uren: tuple[time, time] | None = None
    meegaanden: int = 0

    @property
    def geldig_tot(self) -> date | None:
        """The last day, whatever day of the week that is."""
        return laatste_dag(self.afgifte) if self.afgifte else None


@dataclass(frozen=True)
class Breuk:
    """One way in which the plan goes beyond the machtiging."""

    code: str
    melding: str

    @property
    def zin(self) -> str:
        """The message as a sentence of its own; the names in it keep their capitals."""
        return self.melding[:1].upper() + self.melding[1:]


def laatste_dag(afgifte: date) -> date:
    """The third day after issue (art. 6): a weekend or holiday changes nothing."""
    return afgifte + timedelta(days=DAGEN_GELDIG)


def is_nacht(begin: datetime, eind: datetime) -> bool:
    """Whether any instant of [begin, eind) lies between 00:00 and 06:00 on a Dutch clock; begin always counts."""
    dag, slot = lokale_datum(begin), lokale_datum(max(begin, eind))
    while dag <= slot:
        van = datetime(dag.year, dag.month, dag.day, tzinfo=TIJDZONE)
        tot = datetime(dag.year, dag.month, dag.day, NACHT_TOT, tzinfo=TIJDZONE)
        # As moments, so that the night in which the clock changes is as long as it is.
        if van.timestamp() <= begin.timestamp() < tot.timestamp() or (
            begin.timestamp() < tot.timestamp() and eind.timestamp() > van.timestamp()
        ):
            return True
        dag += timedelta(days=1)
    return False


def dekt(
    machtiging: Inhoud | None,
    woning: Woning | None,
    begin: datetime,
    eind: datetime,
    meegaanden: int,
    leden: Mapping[str, str],
) -> list[Breuk]:
    """What is wrong with entering this dwelling in [begin, eind) with this machtiging; empty when it covers all.

    ``meegaanden``: people who come along besides the one who is empowered. ``leden``: public id -> name.
    """
    if machtiging is None:
        return [Breuk("ontbreekt", "er is nog geen machtiging aangevraagd.")]
    uit = []
    if machtiging.toestand == "ingetrokken":
        uit.append(Breuk("ingetrokken", "de machtiging is ingetrokken. Vraag een nieuwe aan."))
    elif machtiging.toestand != "ondertekend":
        uit.append(Breuk("niet_ondertekend", "de machtiging is nog niet ondertekend."))
    if woning is None:
        uit.append(Breuk("adres", "de locatie heeft geen volledig adres. Een machtiging geldt voor één woning."))
    elif woning.sleutel not in {w.sleutel for w in machtiging.woningen}:
        voor = " en ".join(w.regel for w in machtiging.woningen)
        uit.append(Breuk("adres", f"de machtiging is voor {voor}, niet voor {woning.regel}."))
    uit += _dagen(machtiging, begin, eind)
    uit += _uren(machtiging, begin, eind)
    if meegaanden > machtiging.meegaanden:
        mag = f"hoogstens {machtiging.meegaanden}" if machtiging.meegaanden else "niemand"
        uit.append(Breuk("meegaanden", f"er gaan {meegaanden} mensen mee; de machtiging laat {mag} toe."))
    if machtiging.aan not in leden:
        uit.append(Breuk("persoon", f"{machtiging.aan_naam} heeft de machtiging, maar zit niet in de ploeg."))
    return uit


def _laatste_moment(begin: datetime, eind: datetime) -> datetime:
    return max(begin, eind - timedelta(microseconds=1))


def _dagen(machtiging: Inhoud, begin: datetime, eind: datetime) -> list[Breuk]:
    if machtiging.afgifte is None or machtiging.geldig_tot is None:
        return []
    if lokale_datum(begin) < machtiging.afgifte:
        return [Breuk("te_vroeg", f"de machtiging geldt pas vanaf {machtiging.afgifte:%d-%m-%Y}.")]
    if lokale_datum(_laatste_moment(begin, eind)) > machtiging.geldig_tot:
        tot = f"{machtiging.geldig_tot:%d-%m-%Y}"
        return [Breuk("verlopen", f"de machtiging geldt tot en met {tot} (de derde dag na afgifte).")]
    return []


def _uren(machtiging: Inhoud, begin: datetime, eind: datetime) -> list[Breuk]:
    uit = []
    if not machtiging.nacht and is_nacht(begin, eind):
        tekst = "het bezoek valt tussen 00:00 en 06:00 uur, en de machtiging staat dat niet toe."
        uit.append(Breuk("nacht", tekst))
    if machtiging.uren is not None:
        van, tot = machtiging.uren
        tijden = (lokaal(begin).time(), lokaal(_laatste_moment(begin, eind)).time())
        binnen = [van <= t < tot if van <= tot else t >= van or t < tot for t in tijden]
        # Over midnight both ends could lie within while the middle does not.
        te_lang = eind - begin > timedelta(days=1)
        if te_lang or not all(binnen) or (van <= tot and tijden[0] > tijden[1]):
            uit.append(
                Breuk("uren", f"het bezoek valt buiten de uren van de machtiging ({van:%H:%M} tot {tot:%H:%M}).")
            )
    return uit
