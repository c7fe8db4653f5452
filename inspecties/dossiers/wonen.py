"""The worksheet of building and housing: what a visit measured and counted, corrections with a reason, other facts."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.controles.models import Bezoek
from inspecties.controles.queries import vouwen_van
from inspecties.core.actor import Actor, systeem
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.inhoudshash import inhoudshash
from inspecties.core.klok import lokale_datum
from inspecties.core.reden import MAX_REDEN
from inspecties.database import select_voor
from inspecties.dossiers.beeld import bezoekdatum
from inspecties.dossiers.besluitteksten import SOORT
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_last import Overbewoning, Woonfeit
from inspecties.dossiers.operations import wijzig_tekst
from inspecties.dossiers.rules.boete import Boetebedrag, Grens, lees_bedragen
from inspecties.dossiers.rules.overbewoning import (
    HOOGSTE_AANTAL,
    HOOGSTE_M2,
    MEETWIJZEN,
    VERBLIJVEN,
    Berekening,
    Feitsoort,
    Norm,
    eis_reden,
    lees_feitsoorten,
    lees_normen,
    norm_op,
)
from inspecties.dossiers.werk import begin_werk, leg_dossier_vast, zet_stap
from inspecties.gebruikers.models import Gemeente
from inspecties.web.sjablonen import datum

BESTAND = Path(__file__).resolve().parents[2] / "config" / "wonen.toml"
# What the checklists call them.
M2, PERSONEN, MEETWIJZE, VERBLIJF = "gebruiksoppervlakte_m2", "aantal_personen", "meetwijze", "verblijf_soort"


@lru_cache(maxsize=1)
def _inhoud() -> dict[str, Any]:
    return tomllib.loads(BESTAND.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def normen() -> tuple[Norm, ...]:
    """The norms of this installation."""
    return lees_normen(_inhoud()["norm"])


@lru_cache(maxsize=1)
def feitsoorten() -> Mapping[str, Feitsoort]:
    """The other kinds of breach, in the order of the page."""
    return lees_feitsoorten(_inhoud()["feit"])


@lru_cache(maxsize=1)
def boetebedragen() -> tuple[Boetebedrag, ...]:
    """The amounts of fines of this installation."""
    return lees_bedragen(_inhoud()["boete"])


@lru_cache(maxsize=1)
def boetegrens() -> Grens:
    """From when on a fine is heavy."""
    return Grens(**_inhoud()["boetegrens"])


def gemeentecode(sessie: Session, actor: Actor) -> str:
    """The code by which the configuration names the actor's gemeente."""
    return str(sessie.scalar(select(Gemeente.code).where(Gemeente.id == actor.gemeente_id)))


@dataclass(frozen=True)
class Meting:
    """What one visit says of the home; None, or an empty ``meetwijze``, where it does not say."""

    bezoek: Bezoek
    op: date
    m2: Decimal | None
    personen: int | None
    meetwijze: str
    verblijf: str

    @property
    def naam(self) -> str:
        return f"{bezoekdatum(self.bezoek)}, {self.bezoek.locatie.adresregel}"


def _decimaal(waarde: object) -> Decimal | None:
    try:
        m2 = Decimal(str(waarde)).quantize(Decimal("0.01"))
    except (InvalidOperation, ValueError):
        return None
    return m2 if 0 < m2 <= HOOGSTE_M2 else None


def _getal(waarde: object) -> int | None:
    try:
        aantal = int(str(waarde))
    except ValueError:
        return None
    return aantal if 0 <= aantal <= HOOGSTE_AANTAL else None


def metingen_van(sessie: Session, actor: Actor, dossier: Dossier) -> list[Meting]:
    """The visits of a dossier with what they measured and counted, the last one first."""
    # Who may see the dossier may see what carries it; the visits themselves are not in the cabinet's reach.
    lezer = systeem(actor.gemeente_id)
    vouwen = vouwen_van(sessie, lezer, dossier.bezoeken)
    uit = []
    for bezoek in dossier.bezoeken:
        vouw = vouwen[bezoek.id]
        verblijf, meetwijze = str(vouw.waarde(VERBLIJF) or ""), str(vouw.waarde(MEETWIJZE) or "")
        uit.append(
            Meting(
                bezoek,
                lokale_datum(bezoek.begin_op or bezoek.aangemaakt_op),
                _decimaal(vouw.waarde(M2)),
                _getal(vouw.waarde(PERSONEN)),
                meetwijze if meetwijze in MEETWIJZEN else "",
                verblijf if verblijf in VERBLIJVEN else "woning",
            )
        )
    return sorted(uit, key=lambda m: (m.op, m.bezoek.id), reverse=True)


def blad_van(sessie: Session, actor: Actor, dossier: Dossier) -> Overbewoning | None:
    """The worksheet of a dossier, or None."""
    return sessie.scalars(select_voor(actor, Overbewoning).where(Overbewoning.dossier_id == dossier.id)).one_or_none()


def berekening_van(blad: Overbewoning) -> Berekening:
    """The sum of a worksheet, by the norm that it keeps."""
    return Berekening(Norm.uit_rij(blad.norm), Decimal(blad.oppervlakte_m2), blad.bewoners)


def zin_van(blad: Overbewoning) -> str:
    """What the dossier says of the worksheet."""
    return berekening_van(blad).zin(datum(blad.op_datum), blad.meetwijze == "gemeten")


@dataclass(frozen=True)
class Ingevuld:
    """The worksheet as somebody sends it in. ``bezoek``: public id, empty where none; ``versie`` 0: there was none."""

    verblijf: str
    op_datum: date
    oppervlakte_m2: Decimal
    bewoners: int
    meetwijze: str = "gemeten"
    bezoek: str = ""
    reden_oppervlakte: str = ""
    reden_bewoners: str = ""
    versie: int = 0


class Bladconflict(Conflict):
    """Somebody else changed the worksheet meanwhile; ``staat_er`` is what it says now."""

    def __init__(self, staat_er: str) -> None:
        super().__init__("Een collega veranderde dit werkblad net. Uw invoer staat hieronder; er is niets bewaard.")
        self.staat_er = staat_er


def bewaar_blad(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, wat: Ingevuld) -> Overbewoning:
    """Store the worksheet. What departs from the visit needs a reason.

    Raises OngeldigeInvoer naming the field, Bladconflict, Conflict for a dossier that is not open.
    """
    _eis_soort(dossier)
    begin_werk(sessie, actor, nu, dossier)
    blad = blad_van(sessie, actor, dossier)
    if (blad.versie if blad else 0) != wat.versie:
        raise Bladconflict(zin_van(blad) if blad else "Er staat niets meer.")
    if wat.verblijf not in VERBLIJVEN:
        raise OngeldigeInvoer("Kies wat voor verblijf dit is.", "verblijf")
    if wat.meetwijze not in MEETWIJZEN:
        raise OngeldigeInvoer("Kies hoe de oppervlakte is bepaald.", "meetwijze")
    if wat.op_datum > lokale_datum(nu):
        raise OngeldigeInvoer("Deze dag moet nog komen.", "op_datum")
    if not 0 <= wat.bewoners <= HOOGSTE_AANTAL:
        raise OngeldigeInvoer("Vul een aantal in van 0 tot en met 999.", "bewoners")
    meting = next((m for m in metingen_van(sessie, actor, dossier) if str(m.bezoek.uid) == wat.bezoek), None)
    if wat.bezoek and meting is None:
        raise OngeldigeInvoer("Dit bezoek hoort niet (meer) bij het dossier. Kies een ander.", "bezoek")
    if meting is not None:
        eis_reden(meting.m2, wat.oppervlakte_m2, wat.reden_oppervlakte, "de oppervlakte", "reden_oppervlakte")
        eis_reden(meting.personen, wat.bewoners, wat.reden_bewoners, "het aantal bewoners", "reden_bewoners")
    for veld, reden in (("reden_oppervlakte", wat.reden_oppervlakte), ("reden_bewoners", wat.reden_bewoners)):
        if len(reden) > MAX_REDEN:
            raise OngeldigeInvoer(f"Dit is te lang: hooguit {MAX_REDEN} tekens.", veld)
    norm = norm_op(normen(), gemeentecode(sessie, actor), wat.verblijf, wat.op_datum)
    if blad is None:
        blad = Overbewoning(gemeente_id=dossier.gemeente_id, dossier_id=dossier.id)
        sessie.add(blad)
    blad.bezoek_id = meting.bezoek.id if meting else None
    blad.verblijf, blad.norm, blad.op_datum = wat.verblijf, norm.als_rij(), wat.op_datum
    blad.meetwijze, blad.oppervlakte_m2, blad.bewoners = wat.meetwijze, wat.oppervlakte_m2, wat.bewoners
    blad.reden_oppervlakte, blad.reden_bewoners = wat.reden_oppervlakte.strip(), wat.reden_bewoners.strip()
    blad.gewijzigd_op, blad.gewijzigd_door_id = nu, actor.gebruiker_id
    sessie.flush()
    te_veel = berekening_van(blad).te_veel
    zet_stap(sessie, actor, nu, dossier, "wonen", f"Overbewoning berekend: {te_veel} te veel.")
    leg_dossier_vast(
        sessie, actor, nu, dossier, "overbewoning_berekend", m2=str(blad.oppervlakte_m2), bewoners=blad.bewoners,
        te_veel=te_veel, norm=norm.artikel,
    )  # fmt: skip
    return blad


def feiten_van(sessie: Session, actor: Actor, dossier: Dossier) -> dict[str, Woonfeit]:
    """The other facts of a dossier, by kind."""
    rijen = sessie.scalars(select_voor(actor, Woonfeit).where(Woonfeit.dossier_id == dossier.id).order_by(Woonfeit.id))
    return {rij.code: rij for rij in rijen}


class Feitconflict(Conflict):
    """Somebody else changed these facts meanwhile: code -> what stands there now. Nothing was stored."""

    def __init__(self, staat_er: dict[str, str]) -> None:
        super().__init__("Een collega schreef intussen aan hetzelfde feit. Beide teksten staan eronder.")
        self.staat_er = staat_er


def bewaar_feiten(
    sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, teksten: Mapping[str, tuple[str, str]]
) -> int:
    """Store facts that changed; how many. ``teksten``: kind -> (text, hash of what this person started from).

    An empty text takes the fact away. Raises OngeldigeInvoer, Feitconflict, Conflict; then nothing was stored.
    """
    _eis_soort(dossier)
    begin_werk(sessie, actor, nu, dossier)
    er = feiten_van(sessie, actor, dossier)
    soorten, botst, nieuw = feitsoorten(), {}, {}
    for code, (ruw, gezien) in teksten.items():
        if code not in soorten:
            raise OngeldigeInvoer("Dit soort feit bestaat niet. Ververs de pagina.", code)
        tekst = ruw.replace("\r\n", "\n").strip()
        staat = er[code].tekst if code in er else ""
        if len(tekst) > MAX_REDEN:
            raise OngeldigeInvoer(f"{soorten[code].naam}: dit is te lang, hooguit {MAX_REDEN} tekens.", code)
        if tekst == staat or inhoudshash(tekst) == gezien:
            continue
        if gezien != inhoudshash(staat):
            botst[code] = staat
        nieuw[code] = tekst
    if botst:
        raise Feitconflict(botst)
    for code, tekst in nieuw.items():
        rij = er.get(code)
        if not tekst:
            sessie.delete(er[code])
            continue
        if rij is None:
            rij = Woonfeit(gemeente_id=dossier.gemeente_id, dossier_id=dossier.id, code=code)
            sessie.add(rij)
        rij.artikel, rij.status, rij.tekst = soorten[code].artikel[:200], soorten[code].status, tekst
        rij.gewijzigd_op, rij.gewijzigd_door_id = nu, actor.gebruiker_id
    if nieuw:
        sessie.flush()
        namen = "; ".join(soorten[code].naam for code in nieuw)
        zet_stap(sessie, actor, nu, dossier, "wonen", f"Feiten gewijzigd: {namen}.")
        leg_dossier_vast(sessie, actor, nu, dossier, "woonfeiten_gewijzigd", feiten=sorted(nieuw))
    return len(nieuw)


def tekst_van(sessie: Session, actor: Actor, dossier: Dossier) -> str:
    """The worksheet and the facts as paragraphs for the dossier; empty where there is nothing."""
    blad, soorten = blad_van(sessie, actor, dossier), feitsoorten()
    delen = [zin_van(blad)] if blad else []
    for code, feit in feiten_van(sessie, actor, dossier).items():
        naam = soorten[code].naam if code in soorten else code
        delen.append(f"{naam} ({feit.artikel}): {feit.tekst}")
    return "\n".join(delen)


def zet_in_feiten(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier) -> bool:
    """Add what the worksheet says to the text 'Feiten'; what stands there already is not added again.

    Whether something was added. Raises Conflict where there is nothing to add or the dossier is not open.
    """
    nieuw = [regel for regel in tekst_van(sessie, actor, dossier).split("\n") if regel]
    if not nieuw:
        raise Conflict("Er is nog niets berekend of opgeschreven om over te nemen.")
    erbij = [regel for regel in nieuw if regel not in dossier.feiten]
    if erbij:
        wijzig_tekst(sessie, actor, nu, dossier, "feiten", "\n".join(filter(None, [dossier.feiten, *erbij])))
    return bool(erbij)


def _eis_soort(dossier: Dossier) -> None:
    if dossier.soort != SOORT:
        raise Conflict("Dit hoort alleen bij een dossier over bouwen en wonen.")
