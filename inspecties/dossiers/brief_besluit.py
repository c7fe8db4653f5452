"""Which decision a letter may announce, and whether it says what the cabinet approved."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict
from inspecties.core.inhoudshash import inhoudshash
from inspecties.database import select_voor
from inspecties.dossiers.besluitnemers import besluitnemers_van
from inspecties.dossiers.models import Belanghebbende, Besluit, Dossier, Stuk
from inspecties.dossiers.models_besluitnemer import Besluitaankondiging, Besluitnemer
from inspecties.dossiers.models_brieven import Brief, Briefverzending
from inspecties.dossiers.queries import DOSSIERSTUK
from inspecties.dossiers.rules.besluitnemer import soorten_voor_brief
from inspecties.dossiers.rules.brief import Briefsoort, brievenboek
from inspecties.dossiers.rules.toestanden import DOSSIER_TABELLEN
from inspecties.sjablonen.rules.tekst import Blok
from inspecties.web.sjablonen import datum

# The kind of piece that a letter becomes where it is the decision itself.
BESLUIT = "besluit"
TEKST = "concept_besluit"


class Besluittekstconflict(Conflict):
    """The letter does not say what was approved: both texts, nothing is frozen."""

    def __init__(self, goedgekeurd: str, in_brief: str) -> None:
        super().__init__(
            "De tekst van het besluit in deze brief is niet de tekst waarover het kabinet akkoord gaf. "
            "Zet de goedgekeurde tekst terug, of leg de nieuwe tekst eerst voor.",
            "tekst",
        )
        self.goedgekeurd, self.in_brief = goedgekeurd, in_brief


@dataclass(frozen=True)
class Aankondiging:
    """The decision that a letter announces, of the cabinet or of ``nemer``; or in words why it cannot."""

    besluit: Besluit | None = None
    waarom_niet: str = ""
    nemer: Besluitnemer | None = None

    @property
    def andere_tekst(self) -> str:
        """The text of the dossier that this decision does not stand in: that is what the cabinet approved before."""
        return TEKST if self.nemer is not None else ""


def _bekendgemaakt(sessie: Session, lezer: Actor, besluit: Besluit) -> list[Brief]:
    """The letters that announced this decision and that no later one replaced."""
    brieven = sessie.scalars(
        select_voor(lezer, Brief)
        .join(Briefverzending, Briefverzending.brief_id == Brief.id)
        .where(Briefverzending.besluit_id == besluit.id)
        .order_by(Brief.id)
    ).all()
    besluiten = {s.code for s in brievenboek().soorten.values() if s.stuk == BESLUIT}
    vervangen = {b.vervangt_id for b in brieven}
    return [b for b in brieven if b.soort in besluiten and b.id not in vervangen]


def _dezelfde(brief: Brief, partij: Belanghebbende | None, naam: str) -> bool:
    if brief.belanghebbende_id is not None and partij is not None:
        return brief.belanghebbende_id == partij.id
    return brief.aan_naam == naam


def aan_te_kondigen(
    sessie: Session,
    lezer: Actor,
    dossier: Dossier,
    soort: Briefsoort,
    partij: Belanghebbende | None,
    naam: str,
    vervangt_id: int | None = None,
) -> Aankondiging:
    """The decision that a letter of this kind to this addressee announces. ``lezer`` reads every letter.

    A letter that is the decision itself goes only while the approval is the last word: the dossier stands on it, the
    cabinet refused nothing since, and that decision was not announced to this addressee, or as another kind, before.
    """
    if not soort.besluit:
        return Aankondiging()
    nemer = _eigen_besluit(sessie, lezer, dossier, soort, partij, naam, vervangt_id)
    if nemer is not None:
        return Aankondiging(nemer=nemer)
    besluiten = sessie.scalars(
        select_voor(lezer, Besluit)
        .where(Besluit.dossier_id == dossier.id, Besluit.soort.in_(("akkoord", "afgewezen")))
        .order_by(Besluit.id)
    ).all()
    akkoord = next((b for b in reversed(besluiten) if b.soort == "akkoord"), None)
    if akkoord is None:
        waarom = f"'{soort.naam}' maakt een besluit bekend, en dat is er nog niet. Leg het dossier eerst voor."
    elif soort.stuk != BESLUIT:
        waarom = ""
    elif besluiten[-1] is not akkoord:
        waarom = f"Het kabinet wees het laatste voorstel af. Voor '{soort.naam}' is eerst een nieuw akkoord nodig."
    elif dossier.toestand != "akkoord":
        waarom = (
            f"Het dossier staat nu op '{DOSSIER_TABELLEN[dossier.tabelversie].namen[dossier.toestand]}'. "
            f"'{soort.naam}' kan pas weg als het kabinet akkoord gaf over de tekst die er nu staat."
        )
    else:
        eerder = [b for b in _bekendgemaakt(sessie, lezer, akkoord) if b.id != vervangt_id]
        waarom = _al_bekendgemaakt(akkoord, soort, eerder, partij, naam)
    return Aankondiging(None, waarom) if waarom else Aankondiging(akkoord)


def _eigen_besluit(
    sessie: Session,
    lezer: Actor,
    dossier: Dossier,
    soort: Briefsoort,
    partij: Belanghebbende | None,
    naam: str,
    vervangt_id: int | None,
) -> Besluitnemer | None:
    """The last decision that did not pass the desk, of the kind that this letter announces, if it still can be.

    One of the cabinet is announced as every other. One that this addressee was told of is not told again, save in a
    letter that replaces the first.
    """
    soorten = soorten_voor_brief(soort.code)
    rijen = [r for r in besluitnemers_van(sessie, lezer, dossier) if r.soort in soorten] if soorten else []
    if not rijen or rijen[-1].besluit_id is not None:
        return None
    eerder = sessie.scalars(
        select_voor(lezer, Brief)
        .join(Besluitaankondiging, Besluitaankondiging.brief_id == Brief.id)
        .where(Besluitaankondiging.besluitnemer_id == rijen[-1].id)
    ).all()
    vervangen = {b.vervangt_id for b in eerder} | {vervangt_id}
    bekend = any(_dezelfde(b, partij, naam) for b in eerder if b.id not in vervangen)
    return None if bekend else rijen[-1]


def _al_bekendgemaakt(
    akkoord: Besluit, soort: Briefsoort, eerder: Sequence[Brief], partij: Belanghebbende | None, naam: str
) -> str:
    """Why this decision is not announced once more, in words; empty where it may be."""
    dag = datum(akkoord.besloten_op)
    for brief in eerder:
        if brief.soort != soort.code:
            return (
                f"Het besluit van {dag} is al bekendgemaakt met '{brievenboek().soorten[brief.soort].naam}'. "
                f"Voor '{soort.naam}' is een nieuw besluit nodig. Leg dat eerst voor."
            )
        if _dezelfde(brief, partij, naam):
            return (
                f"Het besluit van {dag} is al bekendgemaakt aan {brief.aan_naam}, met brief {brief.nummer}. "
                "Maak een brief die deze vervangt, of leg eerst een nieuw besluit voor."
            )
    return ""


def _plat(tekst: str) -> str:
    """Words only: white space and capitals at the beginning of a sentence are no other decision."""
    return " ".join(tekst.split()).casefold()


def eis_goedgekeurde_tekst(
    sessie: Session, lezer: Actor, dossier: Dossier, besluit: Besluit, blokken: Sequence[Blok]
) -> None:
    """The letter holds the text that was approved, word for word. Raises Besluittekstconflict, Conflict."""
    stukken = sessie.scalars(
        select_voor(lezer, Stuk).where(
            Stuk.dossier_id == dossier.id, Stuk.soort == DOSSIERSTUK, Stuk.sha256 == besluit.stuk_sha256
        )
    ).all()
    vast = {(s.momentopname or {}).get("teksten", {}).get(TEKST) for s in stukken} - {None}
    tekst = dossier.concept_besluit
    if vast and inhoudshash(tekst) not in vast:
        raise Conflict(
            "De tekst van het besluit in het dossier is niet meer die van het akkoord. Leg het dossier opnieuw voor.",
            "tekst",
        )
    if _plat(tekst) not in _plat(" ".join(b.tekst for b in blokken)):
        lijkt = difflib.SequenceMatcher(b=_plat(tekst), autojunk=False)

        def gelijkenis(blok: Blok) -> float:
            lijkt.set_seq1(_plat(blok.tekst)[:2000])
            return lijkt.ratio()

        raise Besluittekstconflict(tekst, max(blokken, key=gelijkenis).tekst)
