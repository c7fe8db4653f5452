"""The bestuurlijke boete: rapport, zienswijze, cautie, term and amount (Awb titel 5.4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.dossiers.rules.bedrag import schrijf_euro
from inspecties.termijnen.rules.feestdagen import schrijf_dag

BEVESTIGD, TE_BEVESTIGEN = "bevestigd", "te bevestigen"
STANDEN: dict[str, str] = {
    "ontwerp": "In voorbereiding",
    "opgelegd": "Opgelegd",
    "afgezien": "Van boete afgezien",
}


@dataclass(frozen=True)
class Boetebedrag:
    """What a gemeente's verordening says of one breach: the amount, and the amount of a repeat, in cents.

    ``maximum_cent``: the most that the law allows; it decides whether art. 5:53 holds.
    """

    code: str
    naam: str
    artikel: str
    bedrag_cent: int
    herhaling_cent: int
    maximum_cent: int
    bron: str
    status: str
    gemeente: str = ""
    geldig_van: date = date.min
    geldig_tot: date = date.max

    @property
    def bevestigd(self) -> bool:
        return self.status == BEVESTIGD

    def bedrag(self, herhaling: bool) -> int:
        return self.herhaling_cent if herhaling else self.bedrag_cent


@dataclass(frozen=True)
class Grens:
    """From when on a fine is heavy, and by which article (art. 5:53)."""

    zwaar_boven_cent: int
    artikel: str
    bron: str
    status: str


def lees_bedragen(rijen: Iterable[Mapping[str, Any]]) -> tuple[Boetebedrag, ...]:
    """All amounts. Raises ValueError naming what is wrong."""
    bekend = {f.name for f in fields(Boetebedrag)}
    uit = []
    for rij in rijen:
        if set(rij) - bekend or rij["status"] not in {BEVESTIGD, TE_BEVESTIGEN}:
            raise ValueError(f"boete {rij.get('code')}: unknown key or status")
        bedrag = Boetebedrag(**rij)
        if not 0 < bedrag.bedrag_cent <= bedrag.herhaling_cent <= bedrag.maximum_cent:
            raise ValueError(f"boete {bedrag.code}: amount, repeat and maximum do not ascend")
        uit.append(bedrag)
    return tuple(uit)


def bedragen_op(bedragen: Iterable[Boetebedrag], gemeente: str, dag: date) -> dict[str, Boetebedrag]:
    """By code what holds for this gemeente on the day of the breach: its own row, else the general one."""
    uit: dict[str, Boetebedrag] = {}
    for bedrag in bedragen:
        geldt = bedrag.geldig_van <= dag <= bedrag.geldig_tot and bedrag.gemeente in {"", gemeente}
        if geldt and (bedrag.gemeente or bedrag.code not in uit):
            uit[bedrag.code] = bedrag
    return uit


@dataclass(frozen=True)
class Boetefeiten:
    """What stands in a fine that is being prepared."""

    overtreding_op: date | None = None
    rapport_op: date | None = None
    verhoor_op: date | None = None
    cautie: bool = False
    zienswijze_gevraagd_op: date | None = None
    zienswijze_tot: date | None = None
    strafzaak: str = ""
    bedrag_cent: int = 0
    normaal_cent: int = 0
    maximum_cent: int = 0
    reden_bedrag: str = ""


def is_zwaar(maximum_cent: int, grens: Grens) -> bool:
    """Art. 5:53 lid 1: what counts is the highest fine for the breach, not the one that is proposed."""
    return maximum_cent > grens.zwaar_boven_cent


def keur_feiten(feiten: Boetefeiten, vandaag: date) -> None:
    """What cannot be right in itself. Raises OngeldigeInvoer naming the field."""
    for veld, dag in (
        ("overtreding_op", feiten.overtreding_op),
        ("rapport_op", feiten.rapport_op),
        ("verhoor_op", feiten.verhoor_op),
        ("zienswijze_gevraagd_op", feiten.zienswijze_gevraagd_op),
    ):
        if dag is not None and dag > vandaag:
            raise OngeldigeInvoer("Deze dag moet nog komen. Leg vast wat al is gebeurd.", veld)
    if feiten.overtreding_op and feiten.rapport_op and feiten.rapport_op < feiten.overtreding_op:
        raise OngeldigeInvoer("Het rapport kan niet voor de overtreding zijn gemaakt.", "rapport_op")
    if feiten.zienswijze_tot and not feiten.zienswijze_gevraagd_op:
        raise OngeldigeInvoer("Vul ook in wanneer om een zienswijze is gevraagd.", "zienswijze_gevraagd_op")
    if (
        feiten.zienswijze_tot
        and feiten.zienswijze_gevraagd_op
        and feiten.zienswijze_tot <= feiten.zienswijze_gevraagd_op
    ):
        raise OngeldigeInvoer("De laatste dag ligt voor het verzoek om een zienswijze.", "zienswijze_tot")
    if feiten.bedrag_cent > feiten.maximum_cent:
        raise OngeldigeInvoer(
            f"Dit is meer dan de wet toestaat: hoogstens {schrijf_euro(feiten.maximum_cent)}.", "bedrag"
        )
    if feiten.bedrag_cent != feiten.normaal_cent and not feiten.reden_bedrag.strip():
        raise OngeldigeInvoer(
            f"U wijkt af van het bedrag van de gemeente ({schrijf_euro(feiten.normaal_cent)}). Schrijf op waarom "
            "(art. 5:46 lid 2 en 3 Awb).",
            "reden_bedrag",
        )


def ontbreekt(feiten: Boetefeiten, grens: Grens, vandaag: date) -> list[str]:
    """What stands in the way of imposing this fine, each as a sentence with its article."""
    uit = []
    if feiten.overtreding_op is None:
        uit.append("Vul in op welke dag de overtreding is gezien (art. 5:48 lid 2 Awb).")
    if feiten.verhoor_op is not None and not feiten.cautie:
        uit.append(
            "De overtreder is verhoord zonder cautie (art. 5:10a Awb). Die verklaring kan de boete niet dragen: "
            "verhoor opnieuw met cautie, of laat de verklaring weg."
        )
    if is_zwaar(feiten.maximum_cent, grens):
        boven = f"Boven {schrijf_euro(grens.zwaar_boven_cent)}"
        if feiten.rapport_op is None:
            uit.append(f"{boven} is een rapport verplicht ({grens.artikel} en art. 5:48 Awb).")
        if feiten.zienswijze_gevraagd_op is None:
            uit.append(f"{boven} moet de overtreder een zienswijze kunnen geven ({grens.artikel}).")
    if feiten.zienswijze_tot is not None and vandaag <= feiten.zienswijze_tot:
        uit.append(f"De overtreder kan nog reageren tot en met {schrijf_dag(feiten.zienswijze_tot)}.")
    if feiten.strafzaak == "ja":
        uit.append("Er loopt een strafzaak voor hetzelfde feit: dan kan geen boete volgen (art. 5:44 Awb).")
    elif feiten.strafzaak != "nee":
        uit.append("Vul in of voor hetzelfde feit een strafzaak loopt (art. 5:44 Awb).")
    return uit


def eis_opleggen(feiten: Boetefeiten, grens: Grens, vandaag: date) -> None:
    """Raises Conflict naming all that is missing."""
    mist = ontbreekt(feiten, grens, vandaag)
    if mist:
        raise Conflict("De boete kan nog niet worden opgelegd. " + " ".join(mist))


def overschrijding(beslissen_voor: date, besloten_op: date) -> str:
    """Art. 5:51 is a term of order: what being late means, in a sentence; empty when in time."""
    dagen = (besloten_op - beslissen_voor).days
    if dagen <= 0:
        return ""
    return (
        f"Het besluit is {dagen} {'dag' if dagen == 1 else 'dagen'} te laat (art. 5:51 Awb). De boete kan nog, "
        "maar weeg of zij lager moet."
    )
