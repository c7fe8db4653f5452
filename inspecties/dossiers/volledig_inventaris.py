"""The inventory of a dossier as it stands: its pieces with their numbers and what a jurist decided about each."""

from datetime import datetime

from sqlalchemy.orm import Session, joinedload

from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, GeenRecht, NietGevonden, OngeldigeInvoer
from inspecties.core.inhoudshash import inhoudshash
from inspecties.core.rechten import rol_mag
from inspecties.database import select_voor
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_stukinhoud import Stukoordeelinhoud
from inspecties.dossiers.models_volledig import Stuknummer, Stukoordeel
from inspecties.dossiers.rules.inventaris import (
    KEUZES,
    MAG,
    MAX_REDEN,
    MET_REDEN,
    Deelregel,
    Oordeel,
    Regel,
    geef_nummers,
    maak_regels,
)
from inspecties.dossiers.volledig_bronnen import lees_stukken
from inspecties.dossiers.werk import leg_dossier_vast, vergrendel


def _nummers(sessie: Session, actor: Actor, dossier: Dossier) -> dict[str, tuple[int, int]]:
    rijen = sessie.scalars(select_voor(actor, Stuknummer).where(Stuknummer.dossier_id == dossier.id))
    return {rij.sleutel: (rij.nummer, rij.onder) for rij in rijen}


def _oordelen(sessie: Session, actor: Actor, dossier: Dossier) -> dict[str, tuple[int, Oordeel]]:
    """Key of a piece -> the row that counts and what it says."""
    rijen = sessie.scalars(
        select_voor(actor, Stukoordeel)
        .where(Stukoordeel.dossier_id == dossier.id)
        .order_by(Stukoordeel.id)
        .options(joinedload(Stukoordeel.door))
    )
    gezien = {
        rij.stukoordeel_id: rij
        for rij in sessie.scalars(
            select_voor(actor, Stukoordeelinhoud).where(
                Stukoordeelinhoud.stukoordeel.has(Stukoordeel.dossier_id == dossier.id)
            )
        )
    }
    uit = {}
    for rij in rijen:
        inhoud = gezien.get(rij.id)
        uit[rij.sleutel] = rij.id, Oordeel(
            rij.keuze, rij.reden, rij.door.naam if rij.door else "", rij.op, gegeven=True,
            inhoud_hash=inhoud.inhoud_hash if inhoud else "", delen=frozenset(inhoud.delen if inhoud else ()),
        )  # fmt: skip
    return uit


def lees_inventaris(sessie: Session, actor: Actor, dossier: Dossier) -> list[Regel]:
    """Every piece with its number and judgement. The caller writes the audit line of the reading."""
    oordelen = {sleutel: oordeel for sleutel, (_, oordeel) in _oordelen(sessie, actor, dossier).items()}
    return maak_regels(lees_stukken(sessie, actor, dossier), _nummers(sessie, actor, dossier), oordelen)


def laatste_oordeel(sessie: Session, actor: Actor, dossier: Dossier) -> int:
    """What a page sends back to say which judgements its reader saw: the newest row, 0 for none."""
    return max((rij for rij, _ in _oordelen(sessie, actor, dossier).values()), default=0)


def lees_genummerd(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier) -> list[Regel]:
    """As ``lees_inventaris``, after giving every piece that has none its number. A number is never given again."""
    vergrendel(sessie, actor, dossier)
    stukken = lees_stukken(sessie, actor, dossier)
    bestaand = _nummers(sessie, actor, dossier)
    nieuw = geef_nummers(stukken, bestaand)
    for sleutel, (nr, onder) in nieuw.items():
        sessie.add(
            Stuknummer(
                gemeente_id=dossier.gemeente_id,
                dossier_id=dossier.id,
                sleutel=sleutel,
                nummer=nr,
                onder=onder,
                gegeven_op=nu,
            )
        )
    sessie.flush()
    oordelen = {sleutel: oordeel for sleutel, (_, oordeel) in _oordelen(sessie, actor, dossier).items()}
    return maak_regels(stukken, bestaand | nieuw, oordelen)


def zoek(regels: list[Regel], sleutel: str) -> tuple[Regel, Deelregel | None]:
    """The piece, or the piece and its part, with this key. Raises NietGevonden."""
    for regel in regels:
        if regel.stuk.sleutel == sleutel:
            return regel, None
        for deel in regel.delen:
            if deel.deel.sleutel == sleutel:
                return regel, deel
    raise NietGevonden("Dit stuk hoort niet (meer) bij dit dossier. Ga terug naar de inventaris.")


def getoond(regel: Regel, deel: Deelregel | None) -> str:
    """What a page sends back to say what its reader saw: the content, and the parts where a piece has them."""
    if deel is not None:
        return deel.deel.inhoud_hash
    return inhoudshash([regel.stuk.inhoud_hash, sorted(d.deel.sleutel for d in regel.delen)])


def oordeel(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    dossier: Dossier,
    sleutel: str,
    keuze: str,
    reden: str,
    *,
    gezien: int,
    inhoud: str = "",
) -> Stukoordeel | None:
    """Decide about one piece; None where that is what stands already. ``gezien``: ``laatste_oordeel`` of the page;
    ``inhoud``: ``getoond`` of it, which letting a piece through needs.

    Raises OngeldigeInvoer naming the field, and Conflict with what a colleague decided about this piece meanwhile, or
    where it is no longer what the page showed.
    """
    if not rol_mag(actor.rol, "dossiers.bewerken"):
        raise GeenRecht("Alleen een jurist beslist wat er in het dossier komt.")
    vergrendel(sessie, actor, dossier)
    regel, deel = zoek(lees_inventaris(sessie, actor, dossier), sleutel)
    keuzes, titel = regel.stuk.keuzes, deel.deel.titel if deel is not None else regel.stuk.titel
    if keuze not in keuzes:
        raise OngeldigeInvoer(f"Kies voor '{titel}' een van: {'; '.join(keuzes.values())}.", "keuze")
    schoon = reden.replace("\r\n", "\n").strip()
    if len(schoon) > MAX_REDEN:
        raise OngeldigeInvoer(f"De reden is te lang: hooguit {MAX_REDEN} tekens.", "reden")
    if keuze in MET_REDEN and not schoon:
        raise OngeldigeInvoer(f"Schrijf op waarom: '{KEUZES[keuze]}' staat met de reden in de inventaris.", "reden")
    rij, staat_er = _oordelen(sessie, actor, dossier).get(sleutel, (0, None))
    if rij > gezien and staat_er is not None:
        reden_er = f" Reden: {staat_er.reden}." if staat_er.reden else ""
        raise Conflict(
            f"{staat_er.door or 'Een collega'} koos intussen voor '{titel}': {KEUZES[staat_er.keuze]}.{reden_er} "
            f"Uw keuze was: {KEUZES[keuze]}.{f' Reden: {schoon}.' if schoon else ''} Er is niets overschreven.",
            "keuze",
        )
    if keuze == MAG and inhoud != getoond(regel, deel):
        raise Conflict(
            f"'{titel}' is gewijzigd, of er kwam iets bij, nadat u deze pagina opende. Bekijk het opnieuw en kies dan.",
            "keuze",
        )
    # What was let through and changed since is let through anew, with the same words.
    vervallen = keuze == MAG and (deel.oordeel if deel is not None else regel.oordeel).keuze != MAG
    if staat_er is not None and (staat_er.keuze, staat_er.reden) == (keuze, schoon) and not vervallen:
        return None
    nieuw = Stukoordeel(
        gemeente_id=dossier.gemeente_id,
        dossier_id=dossier.id,
        sleutel=sleutel,
        keuze=keuze,
        reden=schoon,
        door_id=actor.gebruiker_id,
        op=nu,
    )
    sessie.add(nieuw)
    sessie.flush()
    if keuze == MAG:
        sessie.add(
            Stukoordeelinhoud(
                gemeente_id=dossier.gemeente_id,
                stukoordeel_id=nieuw.id,
                inhoud_hash=deel.deel.inhoud_hash if deel is not None else regel.stuk.inhoud_hash,
                delen=[] if deel is not None else sorted(d.deel.sleutel for d in regel.delen),
            )
        )
        sessie.flush()
    leg_dossier_vast(sessie, actor, nu, dossier, "dossierstuk_beoordeeld", stuk=sleutel, keuze=keuze)
    return nieuw
