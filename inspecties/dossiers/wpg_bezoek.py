"""Police data (Wpg) of a visit: a photo or scan, and an answer with its notes and photos."""

import base64
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import String, cast, or_, select
from sqlalchemy.orm import Session, joinedload

from inspecties.audit.models_vernietigen import Wpggegeven
from inspecties.controles.beelden import OnleesbaarBeeld
from inspecties.controles.bevindingen import herbereken
from inspecties.controles.bewijs import kopiewens, teken
from inspecties.controles.bezoekmuur import ANTWOORD, FOTO
from inspecties.controles.lakken import feiten_van
from inspecties.controles.models import Bewijsstuk, Bezoek, Operatie
from inspecties.controles.queries import als_kop
from inspecties.controles.rules.geraakt import Weg, afgeleid_van
from inspecties.controles.rules.herkenning import TE_TEKENEN
from inspecties.controles.rules.vouw import Kop, Vouw, sleutel_van
from inspecties.controles.rules.vragen import Vraag, keuzelabel, vragen_van
from inspecties.controles.wpg_bevindingen import Geraakt, beoordeeld_signaal, reken_zonder, veeg
from inspecties.core.actor import Actor, systeem
from inspecties.core.fouten import Conflict, NietGevonden
from inspecties.core.klok import lokaal
from inspecties.core.opslag import Opslag
from inspecties.database import select_voor
from inspecties.dossiers.models import Dossierbezoek, Voorstel
from inspecties.dossiers.models_bewijs import Bronstuk
from inspecties.dossiers.models_bibob import Bibobbron
from inspecties.dossiers.models_last import Overbewoning, Verbeurte
from inspecties.dossiers.models_toets import Toetsregel
from inspecties.dossiers.models_volledig import Volledigdossier
from inspecties.dossiers.rules.gevolgen import gevolg_van
from inspecties.dossiers.wonen import M2, MEETWIJZE, PERSONEN, VERBLIJF
from inspecties.dossiers.wpg import Bestand, Herkomst, Inhoud, Soort, Vondst, keur_apart, merk_apart
from inspecties.dossiers.wpg_vast import NIET_MEER, waar_het_vaststaat
from inspecties.gebruikers.gemeenten import gemeente_uid

_ONZICHTBAAR = (
    "wordt gebruikt op een plek die u misschien niet kunt zien. Bel de functionaris gegevensbescherming of de "
    "aandachtsfunctionaris voordat u het apart zet."
)


@dataclass(frozen=True)
class Antwoord:
    """An answer of a visit: its first operation stands for it."""

    bezoek: Bezoek
    anker: Operatie

    @property
    def sleutel(self) -> str:
        return sleutel_van(self.anker.vraag_id, str(self.anker.herhaling_id) if self.anker.herhaling_id else None)


def _plek(wat: str, bezoek: Bezoek) -> str:
    begin = lokaal(bezoek.begin_op or bezoek.aangemaakt_op)
    return f"{wat}, bezoek aan {bezoek.locatie.adresregel} op {begin:%d-%m-%Y}"


def _bezoek(sessie: Session, bezoek_id: int) -> Bezoek:
    return sessie.scalars(select(Bezoek).where(Bezoek.id == bezoek_id).options(joinedload(Bezoek.locatie))).one()


def _vraag(bezoek: Bezoek, naam: str) -> tuple[dict[str, object], Vraag] | None:
    for versie in bezoek.checklists:
        vraag = vragen_van(versie.definitie).get(naam)
        if vraag is not None:
            return versie.definitie, vraag
    return None


def _label(bezoek: Bezoek, naam: str) -> str:
    gevonden = _vraag(bezoek, naam)
    return gevonden[1].label if gevonden and gevonden[1].label else "Foto of scan"


def _zoek_fotos(sessie: Session, actor: Actor, uid: UUID | None) -> Sequence[Vondst]:
    opdracht = (
        select(Wpggegeven, Bewijsstuk)
        .join(Bewijsstuk, (Wpggegeven.object_uid == Bewijsstuk.uid) & (Wpggegeven.object_soort == FOTO))
        .where(Wpggegeven.gemeente_id == actor.gemeente_id, Wpggegeven.bereik(actor))
        .options(joinedload(Bewijsstuk.bezoek).joinedload(Bezoek.locatie), joinedload(Bewijsstuk.auteur))
    )
    if uid is not None:
        opdracht = opdracht.where(Bewijsstuk.uid == uid)
    return [Vondst(merk, rij, _plek("Foto of scan", rij.bezoek)) for merk, rij in sessie.execute(opdracht)]


def _zoek_antwoorden(sessie: Session, actor: Actor, uid: UUID | None) -> Sequence[Vondst]:
    opdracht = (
        select(Wpggegeven, Operatie)
        .join(Operatie, (Wpggegeven.object_uid == Operatie.uid) & (Wpggegeven.object_soort == ANTWOORD))
        .where(Wpggegeven.gemeente_id == actor.gemeente_id, Wpggegeven.bereik(actor))
    )
    if uid is not None:
        opdracht = opdracht.where(Operatie.uid == uid)
    uit = []
    for merk, op in sessie.execute(opdracht).all():
        bezoek = _bezoek(sessie, op.bezoek_id)
        uit.append(Vondst(merk, Antwoord(bezoek, op), _plek("Antwoord", bezoek)))
    return uit


def _als_bestand(sessie: Session, actor: Actor, opslag: Opslag, stuk: Bewijsstuk, bijschrift: str) -> Bestand:
    """With the picture itself: a page of its own would be a second way to it."""
    pad, beeld = opslag.pad(gemeente_uid(sessie, actor), stuk.sha256), ""
    if stuk.mediatype in TE_TEKENEN and pad.is_file():
        try:
            inhoud = teken(pad, kopiewens(sessie, actor, stuk)).inhoud
        except OnleesbaarBeeld:
            inhoud = b""
        beeld = f"data:image/jpeg;base64,{base64.b64encode(inhoud).decode('ascii')}" if inhoud else ""
    return Bestand(stuk.sha256, stuk.mediatype, beeld, bijschrift)


def _lees_foto(sessie: Session, actor: Actor, opslag: Opslag, rij: Bewijsstuk) -> Inhoud:
    feit = feiten_van(sessie, actor, [rij.bezoek_id]).get((rij.bezoek_id, rij.sha256))
    regels = [f"Door {rij.auteur.naam}, ontvangen op {lokaal(rij.ontvangen_op):%d-%m-%Y om %H:%M}."]
    if feit and feit.plaats:
        regels.append(f"Plaats: {feit.plaats.tekst}.")
    bijschrift = feit.bijschrift if feit else ""
    beeld = _als_bestand(sessie, actor, opslag, rij, bijschrift)
    return Inhoud(_label(rij.bezoek, rij.vraag_id), tuple(regels), (bijschrift,) if bijschrift else (), (beeld,))


def _operaties(sessie: Session, bezoek: Bezoek, vraag_id: str, herhaling_id: UUID | None) -> list[Operatie]:
    """Every operation on one question, oldest first."""
    waar = Operatie.herhaling_id.is_(None) if herhaling_id is None else Operatie.herhaling_id == herhaling_id
    return list(
        sessie.scalars(
            select_voor(systeem(bezoek.gemeente_id), Operatie)
            .where(Operatie.bezoek_id == bezoek.id, Operatie.vraag_id == vraag_id, waar)
            .order_by(Operatie.rev)
            .options(joinedload(Operatie.auteur))
        )
    )


def _fotos_bij(sessie: Session, bezoek: Bezoek, ops: Sequence[Operatie]) -> list[Bewijsstuk]:
    hashes = {op.waarde["sha256"] for op in ops if op.soort == "attach"}
    return list(
        sessie.scalars(
            select_voor(systeem(bezoek.gemeente_id), Bewijsstuk)
            .where(Bewijsstuk.bezoek_id == bezoek.id, Bewijsstuk.sha256.in_(hashes))
            .order_by(Bewijsstuk.id)
        )
    )


def _van(rij: Antwoord, sessie: Session) -> list[Operatie]:
    return _operaties(sessie, rij.bezoek, rij.anker.vraag_id, rij.anker.herhaling_id)


def _lees_antwoord(sessie: Session, actor: Actor, opslag: Opslag, rij: Antwoord) -> Inhoud:
    ops = _van(rij, sessie)
    vouw, gevonden = Vouw(als_kop(op, op.auteur.naam) for op in ops), _vraag(rij.bezoek, rij.anker.vraag_id)

    def tekst(kop: Kop) -> str:
        waarde = None if kop.soort == "clear" else kop.waarde
        zegt = keuzelabel(*gevonden, waarde) if gevonden and kop.soort != "note" else str(waarde or "")
        wat = "Notitie: " if kop.soort == "note" else ""
        return f"{wat}{zegt or '(leeg)'}, door {kop.auteur}"

    regels = [tekst(kop) for baan in ("waarde", "noot") for kop in vouw.koppen(rij.sleutel, baan)]
    feiten = feiten_van(sessie, actor, [rij.bezoek.id])
    bestanden = []
    for stuk in _fotos_bij(sessie, rij.bezoek, ops):
        feit = feiten.get((stuk.bezoek_id, stuk.sha256))
        bestanden.append(_als_bestand(sessie, actor, opslag, stuk, feit.bijschrift if feit else ""))
    return Inhoud(_label(rij.bezoek, rij.anker.vraag_id), (), tuple(regels), tuple(bestanden))


def _bestand_van_foto(_sessie: Session, _actor: Actor, rij: Bewijsstuk) -> Sequence[tuple[str, str]]:
    return [(rij.sha256, rij.mediatype)]


def _bestanden_van_antwoord(sessie: Session, _actor: Actor, rij: Antwoord) -> Sequence[tuple[str, str]]:
    return [(s.sha256, s.mediatype) for s in _fotos_bij(sessie, rij.bezoek, _van(rij, sessie))]


def _reken_foto_mee(sessie: Session, actor: Actor, nu: datetime, rij: Bewijsstuk) -> None:
    herbereken(sessie, actor, nu, rij.bezoek)


def _reken_antwoord_mee(sessie: Session, actor: Actor, nu: datetime, rij: Antwoord) -> None:
    herbereken(sessie, actor, nu, rij.bezoek)


_TERUG = "Wie het bezoek mag lezen, ziet het dan weer. Bevindingen worden opnieuw berekend."
FOTO_APART = Soort(FOTO, "foto", _TERUG, _zoek_fotos, _lees_foto, _bestand_van_foto, _reken_foto_mee)
ANTWOORD_APART = Soort(
    ANTWOORD, "antwoord", _TERUG, _zoek_antwoorden, _lees_antwoord, _bestanden_van_antwoord, _reken_antwoord_mee
)


def label_van(rij: Antwoord) -> str:
    """The question."""
    return _label(rij.bezoek, rij.anker.vraag_id)


def vind_antwoord(sessie: Session, actor: Actor, bezoek: Bezoek, vraag_id: str, herhaling_id: UUID | None) -> Antwoord:
    """The answer that somebody sees now. Raises NietGevonden, also where it stands apart already."""
    ops = [op for op in _operaties(sessie, bezoek, vraag_id, herhaling_id) if op.gemeente_id == actor.gemeente_id]
    gevonden = _vraag(bezoek, vraag_id)
    if not ops or gevonden is None or gevonden[1].soort != "vraag":
        raise NietGevonden("Dit antwoord staat niet bij dit bezoek.")
    return Antwoord(bezoek, ops[0])


def zet_foto_apart(sessie: Session, actor: Actor, nu: datetime, stuk: Bewijsstuk, herkomst: Herkomst) -> Wpggegeven:
    """From now on only who is named sees this photo or scan, nor what was written at it.

    Raises OngeldigeInvoer naming the field, Conflict where something rests on it or holds it for good.
    """
    schoon = keur_apart(sessie, actor, nu, herkomst)
    _vergrendel(sessie, stuk.bezoek)
    _eis_los(sessie, actor, stuk.bezoek, [stuk], "Deze foto")
    merk = merk_apart(sessie, actor, nu, FOTO, stuk.uid, schoon)
    _reken_zonder(sessie, actor, nu, stuk.bezoek, Weg("", frozenset({stuk.sha256})), "deze foto")
    return merk


def zet_antwoord_apart(sessie: Session, actor: Actor, nu: datetime, rij: Antwoord, herkomst: Herkomst) -> Wpggegeven:
    """From now on only who is named reads this answer, its notes and its photos, also what a tablet still brings.

    Raises OngeldigeInvoer naming the field, Conflict where something rests on it or holds it for good.
    """
    schoon = keur_apart(sessie, actor, nu, herkomst)
    bezoek, vraag_id = rij.bezoek, rij.anker.vraag_id
    _vergrendel(sessie, bezoek)
    fotos = _fotos_bij(sessie, bezoek, _van(rij, sessie))
    _eis_los(sessie, actor, bezoek, fotos, "Een foto bij dit antwoord")
    blad = select(Overbewoning.id).where(
        Overbewoning.gemeente_id == actor.gemeente_id, Overbewoning.bezoek_id == bezoek.id
    )
    if vraag_id in {M2, PERSONEN, MEETWIJZE, VERBLIJF} and sessie.scalars(blad).first() is not None:
        raise Conflict("Met dit antwoord is in een dossier de overbewoning berekend. Kies daar eerst een ander bezoek.")
    merk = merk_apart(sessie, actor, nu, ANTWOORD, rij.anker.uid, schoon)
    weg = Weg(
        rij.sleutel,
        frozenset(stuk.sha256 for stuk in fotos),
        afgeleid_van((versie.definitie for versie in bezoek.checklists), vraag_id),
    )
    _reken_zonder(sessie, actor, nu, bezoek, weg, "dit antwoord")
    return merk


def _vergrendel(sessie: Session, bezoek: Bezoek) -> None:
    """A tablet that brings more waits until it is decided."""
    sessie.execute(select(Bezoek.id).where(Bezoek.id == bezoek.id).with_for_update(key_share=True))


def _eis_los(sessie: Session, actor: Actor, bezoek: Bezoek, fotos: Sequence[Bewijsstuk], wat: str) -> None:
    """Raises Conflict where a photo is used in a dossier or stands in what never changes."""
    if not fotos:
        return
    uids = {str(stuk.uid) for stuk in fotos}
    rust = _waar_rust_op(sessie, actor, uids)
    if rust:
        raise Conflict(f"{wat} wordt nog gebruikt: {rust}. Haal de verwijzing daar eerst weg.")
    vol = select(Volledigdossier.id).where(
        Volledigdossier.dossier_id.in_(select(Dossierbezoek.dossier_id).where(Dossierbezoek.bezoek_id == bezoek.id)),
        Volledigdossier.stand.in_(("bezig", "klaar")),
        Volledigdossier.begonnen_op >= min(stuk.ontvangen_op for stuk in fotos),
    )
    staat = waar_het_vaststaat(sessie, actor, uids | {stuk.sha256 for stuk in fotos})
    if not staat and sessie.scalars(vol).first() is not None:
        staat = "een volledig dossier"
    if staat:
        raise Conflict(f"{wat} staat al in {staat}. {NIET_MEER}")


def _waar_rust_op(sessie: Session, actor: Actor, uids: Collection[str]) -> str:
    plekken = (
        (select(Bronstuk.id).where(Bronstuk.ingetrokken_op.is_(None)), Bronstuk, Bronstuk.rust_op, "een conclusie"),
        (select(Toetsregel.id), Toetsregel, Toetsregel.bewijs, "de juridische toets"),
        (select(Verbeurte.id), Verbeurte, Verbeurte.bewijs, "een verbeurde dwangsom"),
    )
    for opdracht, model, kolom, naam in plekken:
        noemt = or_(*(cast(kolom, String).contains(uid) for uid in sorted(uids)))
        if sessie.scalars(opdracht.where(model.gemeente_id == actor.gemeente_id, noemt)).first() is not None:
            return f"{naam} in een dossier"
    return ""


def _reken_zonder(sessie: Session, actor: Actor, nu: datetime, bezoek: Bezoek, weg: Weg, wat: str) -> None:
    """Findings without it. Raises Conflict where a person already judged on it."""
    geraakt = reken_zonder(sessie, actor, nu, bezoek, weg)
    if beoordeeld_signaal(sessie, bezoek, geraakt, weg):
        raise Conflict(f"{wat.capitalize()} {_ONZICHTBAAR}")
    _eis_geen_voorstel(sessie, actor, bezoek, geraakt, weg, wat)
    uids = {str(g.bevinding.uid) for g in geraakt}
    if _in_bibob(sessie, actor, uids):
        raise Conflict(f"{wat.capitalize()} {_ONZICHTBAAR}")
    staat = waar_het_vaststaat(sessie, actor, uids)
    if staat:
        raise Conflict(f"Een bevinding uit {wat} staat al in {staat}. {NIET_MEER}")
    veeg(sessie, geraakt, weg)


def _eis_geen_voorstel(
    sessie: Session, actor: Actor, bezoek: Bezoek, geraakt: Sequence[Geraakt], weg: Weg, wat: str
) -> None:
    anders = {g.bevinding.id for g in geraakt}
    lezer = systeem(actor.gemeente_id)
    rijen = sessie.scalars(
        select_voor(lezer, Voorstel)
        .join(Voorstel.bevinding)
        .where(Voorstel.status != "open", Voorstel.bevinding.has(bezoek_id=bezoek.id))
        .order_by(Voorstel.id)
    )
    for voorstel in rijen:
        vast = ((voorstel.vastgelegd or {}).get("inhoud") or {}).get("dragers", [])
        if voorstel.bevinding_id not in anders and not weg.noemt(vast):
            continue
        naam = gevolg_van(voorstel.bevinding.gevolg).naam
        if voorstel.dossier_id is not None:
            doe = "Haal het eerst uit het dossier en beoordeel het daarna opnieuw (bij Voorstellen)"
        else:
            doe = "Kies daar eerst 'Opnieuw beoordelen' (bij Voorstellen)"
        raise Conflict(f"Op {wat} rust het voorstel '{naam}', dat al is {voorstel.status}. {doe}.")


def _in_bibob(sessie: Session, actor: Actor, uids: Collection[str]) -> bool:
    opdracht = select(Bibobbron.id).where(
        Bibobbron.gemeente_id == actor.gemeente_id, Bibobbron.bevinding_uid.in_(sorted(uids))
    )
    return sessie.scalars(opdracht).first() is not None
