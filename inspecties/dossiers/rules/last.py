"""The last: dwangsom or bestuursdwang, what may be forfeited and when, collecting, lifting (Awb titel 5.3).

Articles as in the legal fact sheet, section 1 and 2; config/wonen.toml says which were confirmed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.dossiers.rules.bedrag import schrijf_euro
from inspecties.termijnen.rules.duur import Duur, Eenheid, tel_op
from inspecties.termijnen.rules.feestdagen import Kalender, schrijf_dag

LASTSOORTEN: dict[str, str] = {"dwangsom": "Last onder dwangsom", "bestuursdwang": "Last onder bestuursdwang"}
EENHEDEN: dict[str, str] = {
    "ineens": "ineens",
    "per_keer": "per keer dat de overtreding is vastgesteld",
    "per_dag": "per dag",
    "per_week": "per week",
    "per_maand": "per maand",
}
SPOED: dict[str, str] = {
    "": "Geen spoed: eerst de last, dan de termijn",
    "lid1": "Spoed: een besluit zonder termijn (art. 5:31 lid 1 Awb)",
    "lid2": "Zeer grote spoed: eerst optreden, het besluit zo snel mogelijk daarna (art. 5:31 lid 2 Awb)",
}
STANDEN: dict[str, str] = {
    "ontwerp": "In voorbereiding",
    "van_kracht": "Van kracht",
    "opgeheven": "Opgeheven",
    "ingetrokken": "Ingetrokken",
}
# Nothing was ever due under a last that did not hold.
HERROEPEN = "herroepen"
# Why a last ends: (name, article).
EINDGRONDEN: dict[str, tuple[str, str]] = {
    "verzoek_jaar": ("Op verzoek, na een jaar zonder verbeurte", "art. 5:34 lid 2 Awb"),
    "onmogelijk": ("Op verzoek, omdat voldoen niet mogelijk is", "art. 5:34 lid 1 Awb"),
    "voldaan": ("De overtreding is beëindigd en herhaling is niet te verwachten", "art. 5:34 Awb, ambtshalve"),
    HERROEPEN: ("Herroepen in bezwaar of vernietigd door de rechter", "art. 7:11 of 8:72 Awb"),
}
INVORDERDADEN: dict[str, tuple[str, str]] = {
    "betaling": ("Betaling", "art. 5:33 Awb"),
    "invorderingsbeschikking": ("Invorderingsbeschikking", "art. 5:37 lid 1 Awb"),
    "aanmaning": ("Aanmaning", "art. 4:112 Awb"),
    "dwangbevel": ("Dwangbevel", "art. 4:114 en 5:10 Awb"),
    "erkenning": ("Erkenning van de schuld", "art. 4:105 Awb"),
    "afzien": ("Afzien van invordering", "art. 5:37 Awb"),
}
MET_BEDRAG = frozenset({"betaling"})
HOOGSTE_BEGUNSTIGING_JAREN = 2


@dataclass(frozen=True)
class Dwangsom:
    """Amount per unit and the most that can be forfeited, in cents (art. 5:32b lid 1 and 2)."""

    eenheid: str
    bedrag_cent: int
    maximum_cent: int

    @property
    def in_woorden(self) -> str:
        if self.eenheid == "ineens":
            return f"{schrijf_euro(self.bedrag_cent)} ineens"
        hoe = EENHEDEN[self.eenheid]
        return f"{schrijf_euro(self.bedrag_cent)} {hoe}, met een maximum van {schrijf_euro(self.maximum_cent)}"


def keur_dwangsom(eenheid: str, bedrag_cent: int | None, maximum_cent: int | None) -> Dwangsom:
    """Art. 5:32b: an amount at once, per time or per breach; the last two with a maximum. Raises OngeldigeInvoer."""
    if eenheid not in EENHEDEN:
        raise OngeldigeInvoer("Kies waarvoor het bedrag geldt: ineens, per keer of per dag, week of maand.", "eenheid")
    if not bedrag_cent:
        raise OngeldigeInvoer("Vul het bedrag van de dwangsom in (art. 5:32b Awb).", "bedrag")
    if eenheid == "ineens":
        if maximum_cent not in {None, bedrag_cent}:
            raise OngeldigeInvoer("Bij een bedrag ineens is het bedrag zelf het maximum. Laat dit leeg.", "maximum")
        return Dwangsom(eenheid, bedrag_cent, bedrag_cent)
    if not maximum_cent:
        raise OngeldigeInvoer(
            "Vul het maximum in: zonder maximum klopt de last niet (art. 5:32b lid 2 Awb).", "maximum"
        )
    if maximum_cent < bedrag_cent:
        raise OngeldigeInvoer("Het maximum is lager dan het bedrag zelf. Kies een hoger maximum.", "maximum")
    return Dwangsom(eenheid, bedrag_cent, maximum_cent)


def eis_een_soort(soort: str, andere: Iterable[tuple[str, str]]) -> None:
    """Art. 5:6: no dwangsom while bestuursdwang stands for the same breach, nor the other way round.

    ``andere``: (soort, stand) of the other lasten of the dossier. Raises Conflict.
    """
    for die, stand in andere:
        if die != soort and stand in {"ontwerp", "van_kracht"}:
            raise Conflict(
                f"In dit dossier staat al een {LASTSOORTEN[die].lower()}. Dwangsom en bestuursdwang kunnen niet "
                "tegelijk voor dezelfde overtreding (art. 5:6 Awb). Trek eerst de andere in.",
                "soort",
            )


def eis_begunstiging(soort: str, duur: str, spoed: str) -> None:
    """Art. 5:24 lid 2 and 5:32a lid 2: the last sets a term, save with spoed. Raises OngeldigeInvoer at ``duur``."""
    if spoed not in SPOED:
        raise OngeldigeInvoer("Kies of er spoed is.", "spoed")
    if spoed and soort != "bestuursdwang":
        raise OngeldigeInvoer("Optreden met spoed kan alleen met bestuursdwang (art. 5:31 Awb).", "spoed")
    if spoed:
        if duur.strip():
            raise OngeldigeInvoer("Bij spoed is er geen begunstigingstermijn. Laat dit leeg.", "duur")
        return
    if not duur.strip():
        artikel = "art. 5:32a lid 2 Awb" if soort == "dwangsom" else "art. 5:24 lid 2 Awb"
        raise OngeldigeInvoer(f"Vul in hoe lang de overtreder krijgt om te voldoen, zoals 4w ({artikel}).", "duur")
    lengte = Duur.lees(duur)
    if lengte.eenheid is Eenheid.UREN:
        raise OngeldigeInvoer("Schrijf de termijn in dagen, weken of maanden, zoals 4w.", "duur")
    if tel_op(date(2020, 1, 1), lengte) > date(2020 + HOOGSTE_BEGUNSTIGING_JAREN, 1, 1):
        raise OngeldigeInvoer("Deze termijn is langer dan twee jaar. Kies een kortere.", "duur")


def eis_bekendmaking(op: date, besloten_op: date, vandaag: date) -> None:
    """A decision is made known on or after its day, and never in the future (art. 3:41). Raises OngeldigeInvoer.

    Also with great spoed: then the act comes first (art. 5:31 lid 2), not the publication.
    """
    if op > vandaag:
        raise OngeldigeInvoer("Deze dag moet nog komen. Leg de bekendmaking vast als zij is gebeurd.", "op")
    if op < besloten_op:
        raise OngeldigeInvoer(
            f"De bekendmaking kan niet voor het besluit liggen: dat is van {schrijf_dag(besloten_op)}.", "op"
        )


class GeenVerbeurte(Conflict):
    """A breach was seen, and no dwangsom is forfeited by it; the message says why."""


@dataclass(frozen=True)
class Tijdvak:
    """The stretch for which one dwangsom is forfeited: number from 1, first and last day."""

    nummer: int
    van: date
    tot: date


def tijdvak_van(eenheid: str, begunstiging_tot: date, op: date) -> Tijdvak:
    """In which stretch after the begunstigingstermijn a day falls. The first begins the day after that term.

    Raises GeenVerbeurte for a day within the term: until then nothing is forfeited (art. 5:32a).
    """
    eerste = begunstiging_tot + timedelta(days=1)
    if op < eerste:
        raise GeenVerbeurte(
            f"De begunstigingstermijn loopt tot en met {schrijf_dag(begunstiging_tot)}. Tot en met die dag kan geen "
            "dwangsom worden verbeurd (art. 5:32a lid 2 Awb).",
            "op",
        )
    dagen = (op - eerste).days
    if eenheid == "per_dag":
        return Tijdvak(dagen + 1, op, op)
    if eenheid == "per_week":
        nr = dagen // 7
        return Tijdvak(nr + 1, eerste + timedelta(days=7 * nr), eerste + timedelta(days=7 * nr + 6))
    if eenheid == "per_maand":
        nr = (op.year - eerste.year) * 12 + op.month - eerste.month
        if _maanden_na(eerste, nr) > op:
            nr -= 1
        return Tijdvak(nr + 1, _maanden_na(eerste, nr), _maanden_na(eerste, nr + 1) - timedelta(days=1))
    return Tijdvak(1, op, op)


def _maanden_na(dag: date, aantal: int) -> date:
    return tel_op(dag, Duur(aantal, Eenheid.MAANDEN)) if aantal else dag


@dataclass(frozen=True)
class Verbeurd:
    """What was forfeited before: day, stretch and amount."""

    op: date
    tijdvak: int
    cent: int


def verbeur(dwangsom: Dwangsom, eerder: Sequence[Verbeurd], begunstiging_tot: date, op: date) -> tuple[Tijdvak, int]:
    """The stretch and the amount that one finding makes forfeited (art. 5:33), never above the maximum together.

    Raises GeenVerbeurte where nothing can be forfeited: within the term, twice for one stretch, or above the maximum.
    """
    vak = tijdvak_van(dwangsom.eenheid, begunstiging_tot, op)
    if dwangsom.eenheid == "per_keer":
        vak = Tijdvak(len(eerder) + 1, op, op)
        if any(e.op == op for e in eerder):
            raise GeenVerbeurte("Op deze dag is al een overtreding vastgesteld en een dwangsom verbeurd.", "op")
    elif any(e.tijdvak == vak.nummer for e in eerder):
        hoe = "Het bedrag ineens" if dwangsom.eenheid == "ineens" else "Voor dit tijdvak"
        raise GeenVerbeurte(
            f"{hoe} is al {'verbeurd' if dwangsom.eenheid == 'ineens' else 'een dwangsom verbeurd'}"
            f"{'' if dwangsom.eenheid == 'ineens' else f' ({vak.van:%d-%m-%Y} tot en met {vak.tot:%d-%m-%Y})'}.",
            "op",
        )
    al = sum(e.cent for e in eerder)
    bedrag = min(dwangsom.bedrag_cent, dwangsom.maximum_cent - al)
    if bedrag <= 0:
        raise GeenVerbeurte(
            f"Het maximum van {schrijf_euro(dwangsom.maximum_cent)} is bereikt (art. 5:32b lid 2 Awb). "
            "Leg een nieuwe last voor als de overtreding doorgaat.",
            "op",
        )
    return vak, bedrag


@dataclass(frozen=True)
class Invordering:
    """An act of collecting on one dwangsom."""

    soort: str
    op: date
    cent: int = 0


def openstaand(cent: int, daden: Iterable[Invordering]) -> int:
    """What is still to be paid; nothing after somebody decided not to collect."""
    lijst = list(daden)
    if any(d.soort == "afzien" for d in lijst):
        return 0
    return max(0, cent - sum(d.cent for d in lijst if d.soort == "betaling"))


def eis_invordering(
    nieuw: Invordering, verbeurd_op: date, cent: int, daden: Sequence[Invordering], betalen_voor: date, vandaag: date
) -> None:
    """The order of collecting (art. 5:33, 5:37 and 4:112 to 4:117). Raises OngeldigeInvoer and Conflict."""
    if nieuw.soort not in INVORDERDADEN:
        raise OngeldigeInvoer("Kies wat er is gebeurd.", "soort")
    if nieuw.op > vandaag:
        raise OngeldigeInvoer("Deze dag moet nog komen. Leg vast wat al is gebeurd.", "op")
    if nieuw.op < verbeurd_op:
        raise OngeldigeInvoer(f"Deze dag ligt voor de verbeurte op {schrijf_dag(verbeurd_op)}.", "op")
    rest = openstaand(cent, daden)
    if rest == 0:
        raise Conflict("Er staat niets meer open: deze dwangsom is betaald of er is van afgezien.", "soort")
    if nieuw.soort in MET_BEDRAG and not 0 < nieuw.cent <= rest:
        raise OngeldigeInvoer(f"Vul een bedrag in van hoogstens {schrijf_euro(rest)}: meer staat niet open.", "bedrag")
    eerste = {d.soort: min(x.op for x in daden if x.soort == d.soort) for d in daden}
    if nieuw.soort == "aanmaning":
        if "invorderingsbeschikking" not in eerste or nieuw.op < eerste["invorderingsbeschikking"]:
            raise Conflict(
                "Aanmanen kan pas na een invorderingsbeschikking (art. 5:37 lid 1 Awb). Leg die eerst vast.", "soort"
            )
        if nieuw.op <= betalen_voor:
            raise Conflict(
                f"Betalen kan nog tot en met {schrijf_dag(betalen_voor)} (art. 5:33 Awb). Aanmanen kan daarna.", "op"
            )
    if nieuw.soort == "dwangbevel" and ("aanmaning" not in eerste or nieuw.op < eerste["aanmaning"]):
        raise Conflict("Een dwangbevel kan pas na een aanmaning (art. 4:117 Awb). Leg die eerst vast.", "soort")


def eis_einde(grond: str, van_kracht_op: date, verbeurtes: Iterable[date], op: date, vandaag: date) -> None:
    """Art. 5:34. Raises OngeldigeInvoer, and Conflict where a year without verbeurte has not passed."""
    if grond not in EINDGRONDEN:
        raise OngeldigeInvoer("Kies waarom de last eindigt.", "grond")
    if op > vandaag:
        raise OngeldigeInvoer("Deze dag moet nog komen. Leg het besluit vast als het is genomen.", "op")
    if op < van_kracht_op:
        raise OngeldigeInvoer(f"De last is pas van kracht sinds {schrijf_dag(van_kracht_op)}.", "op")
    if grond == "verzoek_jaar":
        kan_op = opheffing_vanaf(van_kracht_op, verbeurtes)
        if op < kan_op:
            raise Conflict(
                "Opheffen op deze grond kan als de last een jaar van kracht is zonder dat een dwangsom is verbeurd: "
                f"vanaf {schrijf_dag(kan_op)} (art. 5:34 lid 2 Awb).",
                "op",
            )


def opheffing_vanaf(van_kracht_op: date, verbeurtes: Iterable[date]) -> date:
    """The first day on which a year has passed since the last came into force, or since the latest verbeurte."""
    return tel_op(max([van_kracht_op, *verbeurtes]), Duur(1, Eenheid.JAREN)) + timedelta(days=1)


def eis_kosten(aangekondigd: bool, toegepast_op: date | None, vastgesteld_op: date, laatste_dag: date | None) -> None:
    """Art. 5:25: costs are recovered where the last said so, and are set within five years. Raises Conflict."""
    if toegepast_op is None or laatste_dag is None:
        raise Conflict("Leg eerst vast op welke dag bestuursdwang is toegepast.", "op")
    if not aangekondigd:
        raise Conflict(
            "De last vermeldt niet dat de kosten worden verhaald. Dan kan kostenverhaal niet (art. 5:25 lid 2 Awb).",
            "op",
        )
    if vastgesteld_op < toegepast_op:
        raise OngeldigeInvoer("De kosten kunnen niet zijn vastgesteld voor de bestuursdwang is toegepast.", "op")
    if vastgesteld_op > laatste_dag:
        raise Conflict(
            f"De kosten moesten uiterlijk {schrijf_dag(laatste_dag)} zijn vastgesteld (art. 5:25 lid 6 Awb). "
            "Dat is voorbij.",
            "op",
        )


def werkdagadvies(dag: date, kalender: Kalender) -> str:
    """A word for who chose a day that is no working day; empty where it is one."""
    vrij = kalender.vrije_dag(dag)
    if vrij is None:
        return ""
    return f"{schrijf_dag(dag).capitalize()} is geen werkdag. Kies {schrijf_dag(kalender.eerste_werkdag(dag))}."
