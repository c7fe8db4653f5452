"""Taking in what tablets send: idempotent, never refused into nothing, numbered per visit."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.audit.wpgmuur import achter_de_muur
from inspecties.controles.bevindingen import herbereken
from inspecties.controles.lakken import neem_afdekkingen_over
from inspecties.controles.models import Bezoek, Operatie, Quarantaine
from inspecties.controles.queries import als_protocol, auteurs_van, organisatiesoort, zichtbare_bezoeken
from inspecties.controles.rules import operatie as regels
from inspecties.controles.rules.aanvulling import AANVULLING, aanvullingfout
from inspecties.controles.rules.vragen import Vraag, mag_invullen, partnernaam, vragen_van
from inspecties.controles.tijdperk import epoch
from inspecties.controles.toestellen import werk_gaten_bij, zorg_voor_toestel
from inspecties.core.actor import Actor
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.database import zonder_muur
from inspecties.gebruikers.models import Toestel

OPGESLAGEN, QUARANTAINE, GEWEIGERD = "opgeslagen", "quarantaine", "geweigerd_inhoud"

REDENEN: dict[str, str] = {
    "vorm": "De vorm van dit antwoord klopt niet.",
    "onbekend_bezoek": "Dit bezoek is op de server niet bekend, of het is niet (meer) van u.",
    "geen_toegang": "Dit bezoek is op de server niet bekend, of het is niet (meer) van u.",
    "gesloten_bezoek": "Dit bezoek is gesloten.",
    "onbekende_versie": "Dit bezoek wordt met een andere versie van de checklist ingevuld.",
    "onbekende_vraag": "Deze vraag staat niet in de checklist.",
    "herhaling": "Deze vraag en de kamer of persoon waar hij bij hoort, passen niet bij elkaar.",
    "andere_auteur": "Dit antwoord is door iemand anders gegeven dan wie het verstuurt.",
    "andere_organisatie": "Deze vraag vult een andere organisatie in.",
    "toestel_ingetrokken": "Dit antwoord komt van een toestel dat is ingetrokken.",
    "andere_inhoud": "Er is al een ander antwoord met hetzelfde nummer. Beide zijn bewaard.",
}


@dataclass(frozen=True)
class Ontvangst:
    """A receipt for one operation; what it names is durable once the transaction is committed."""

    op_id: str
    hash: str
    status: str
    rev: int | None = None
    reden: str | None = None
    code: str | None = None


@dataclass
class _Inname:
    """What is known and looked up once for a whole message."""

    sessie: Session
    actor: Actor
    nu: datetime
    epoch: UUID
    bezoeken: dict[str, Bezoek]
    toegankelijk: set[int]
    opgeslagen: dict[str, Operatie]
    apart: dict[str, list[Quarantaine]]
    ingetrokken: set[UUID]
    organisatie: str | None
    papier: bool
    vragen: dict[str, dict[str, Vraag]] = field(default_factory=dict)
    geraakt: dict[int, Bezoek] = field(default_factory=dict)
    gehecht: list[tuple[Bezoek, Operatie]] = field(default_factory=list)
    tellingen: dict[str, dict[str, int]] = field(default_factory=dict)

    def tel(self, object_uid: str, wat: str) -> None:
        telling = self.tellingen.setdefault(object_uid, {})
        telling[wat] = telling.get(wat, 0) + 1


def neem_operaties_in(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    toestel_id: UUID,
    ops: Sequence[Any],
    hoogste_seq: int | None = None,
    *,
    papier: bool = False,
    uit_redding: bool = False,
) -> list[Ontvangst]:
    """Take in what a device sends. The same message again gives the same receipts and changes nothing.

    ``uit_redding``: the device did not send this itself, somebody read its rescue copy. Then a revoked device is no
    reason to take in nothing: its operations are set apart, for a person to judge.

    ``papier``: a paper form is typed over, on which each partner wrote its own part.

    An operation that does not fit is set apart with its reason. Raises OngeldigeInvoer where one can not even get a
    receipt (no op_id, no valid JSON value), ToestelIngetrokken for a revoked device; then nothing was taken in.
    """
    herkend: list[tuple[str, str, dict[str, Any]]] = []
    for i, bron in enumerate(ops):
        try:
            op_id, hash_ = regels.herkenning(bron)
        except regels.NietTeLezen as fout:
            veld = f"ops[{i}].{fout.veld}".rstrip(".")
            raise OngeldigeInvoer(f"{veld}: {fout.melding}", veld) from fout
        herkend.append((op_id, hash_, bron))
    # First the visits, then the device: a new one leaves an audit line, and whoever holds the head of that log may wait
    # for nothing any more. The end of an upload takes the two in the same order.
    inname = _open_inname(sessie, actor, nu, [bron for _, _, bron in herkend], papier=papier)
    toestel = zorg_voor_toestel(sessie, actor, nu, toestel_id, uit_redding=uit_redding)
    ontvangsten = [_neem_een(inname, op_id, hash_, bron) for op_id, hash_, bron in herkend]
    sessie.flush()
    # Also of a photo that stands apart: its covers are counted on, and go behind the wall with it.
    with achter_de_muur(sessie):
        for bezoek, op in inname.gehecht:
            neem_afdekkingen_over(sessie, actor, nu, bezoek, op)
    _werk_toestel_bij(inname, toestel, [bron for _, _, bron in herkend], hoogste_seq)
    for bezoek in inname.geraakt.values():
        herbereken(sessie, actor, nu, bezoek)
    for uid, telling in inname.tellingen.items():
        leg_vast(sessie, actor, nu, "antwoorden_ontvangen", "bezoek", uid or "onbekend", gegevens=telling)
    return ontvangsten


def _open_inname(sessie: Session, actor: Actor, nu: datetime, ops: list[dict[str, Any]], *, papier: bool) -> _Inname:
    bezoek_uids = {uid for op in ops if (uid := regels.lees_uuid(op.get("bezoek_id")))}
    op_ids = [str(op["op_id"]) for op in ops]
    # The lock gives out rev in turn. In order of id, so that two messages never wait for each other.
    bezoeken = sessie.scalars(
        select(Bezoek)
        .where(Bezoek.gemeente_id == actor.gemeente_id, Bezoek.uid.in_(bezoek_uids))
        .order_by(Bezoek.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).all()
    # Across gemeenten: an op_id is unique everywhere, and one that exists elsewhere must not be an error here.
    # And what stands apart as police data: it was received, and must not be taken in twice.
    with zonder_muur(sessie), achter_de_muur(sessie):
        opgeslagen = sessie.scalars(
            select(Operatie).where(Operatie.op_id.in_([uid for i in op_ids if (uid := regels.lees_uuid(i))]))
        ).all()
    apart: dict[str, list[Quarantaine]] = {}
    with achter_de_muur(sessie):
        for rij in sessie.scalars(
            select(Quarantaine).where(Quarantaine.gemeente_id == actor.gemeente_id, Quarantaine.op_id.in_(op_ids))
        ):
            apart.setdefault(rij.op_id, []).append(rij)
    ingetrokken = sessie.scalars(
        select(Toestel.toestel_id).where(
            Toestel.gemeente_id == actor.gemeente_id,
            Toestel.ingetrokken_op.is_not(None),
            Toestel.toestel_id.in_({uid for op in ops if (uid := regels.lees_uuid(op.get("toestel_id")))}),
        )
    ).all()
    return _Inname(
        sessie=sessie,
        actor=actor,
        nu=nu,
        epoch=epoch(sessie, nu),
        bezoeken={str(b.uid): b for b in bezoeken},
        toegankelijk={b.id for b in zichtbare_bezoeken(sessie, actor, bezoek_uids)},
        opgeslagen={str(op.op_id): op for op in opgeslagen},
        apart=apart,
        ingetrokken=set(ingetrokken),
        organisatie=organisatiesoort(sessie, actor),
        papier=papier,
    )


def _neem_een(inname: _Inname, op_id: str, hash_: str, bron: dict[str, Any]) -> Ontvangst:
    bestaand = inname.opgeslagen.get(op_id)
    if bestaand is not None and bestaand.hash == hash_ and bestaand.gemeente_id == inname.actor.gemeente_id:
        return Ontvangst(op_id, hash_, OPGESLAGEN, bestaand.rev)
    apart = inname.apart.get(op_id, [])
    for eerder in apart:
        if eerder.hash == hash_:
            return _ontvangst_van(eerder)
    if bestaand is not None or apart:
        if bestaand is not None and bestaand.gemeente_id == inname.actor.gemeente_id:
            _bewaar_eerste(inname, bestaand)
        return _zet_apart(inname, op_id, hash_, bron, "andere_inhoud", REDENEN["andere_inhoud"])
    bezwaar = _bezwaar(inname, bron)
    if bezwaar is not None:
        return _zet_apart(inname, op_id, hash_, bron, *bezwaar)
    bezoek = inname.bezoeken[bron["bezoek_id"]]
    rij = sla_op(inname.sessie, inname.actor, inname.nu, inname.epoch, bezoek, regels.alleen_protocol(bron), hash_)
    inname.opgeslagen[op_id] = rij
    inname.geraakt[bezoek.id] = bezoek
    if rij.soort == "attach":
        inname.gehecht.append((bezoek, rij))
    inname.tel(str(bezoek.uid), "opgeslagen")
    return Ontvangst(op_id, hash_, OPGESLAGEN, rij.rev)


def _bezwaar(inname: _Inname, op: dict[str, Any]) -> tuple[str, str] | None:
    """(code, explanation) of the first reason why an operation can not be taken in as it is."""
    if fout := _als_vormbezwaar(regels.vormfout(op)):
        return fout
    code = _bezwaar_bezoek(inname, op)
    if code is None:
        return _bezwaar_vraag(inname, op, inname.bezoeken[op["bezoek_id"]])
    return code, REDENEN[code]


def _bezwaar_bezoek(inname: _Inname, op: dict[str, Any]) -> str | None:
    bezoek = inname.bezoeken.get(op["bezoek_id"])
    code = None
    if op["auteur_id"] != inname.actor.gebruiker_uid:
        code = "andere_auteur"
    elif UUID(op["toestel_id"]) in inname.ingetrokken:
        code = "toestel_ingetrokken"
    elif bezoek is None:
        code = "onbekend_bezoek"
    elif bezoek.id not in inname.toegankelijk:
        code = "geen_toegang"
    elif bezoek.toestand == "gesloten":
        code = "gesloten_bezoek"
    return code


def _bezwaar_vraag(inname: _Inname, op: dict[str, Any], bezoek: Bezoek) -> tuple[str, str] | None:
    versie = next((v for v in bezoek.checklists if v.hash == op["form_versie"]), None)
    if versie is None:
        return "onbekende_versie", REDENEN["onbekende_versie"]
    if op["vraag_id"] == AANVULLING:
        return _als_vormbezwaar(aanvullingfout(op))
    if versie.hash not in inname.vragen:
        inname.vragen[versie.hash] = vragen_van(versie.definitie)
    vraag = inname.vragen[versie.hash].get(op["vraag_id"])
    if vraag is None:
        return "onbekende_vraag", f"{REDENEN['onbekende_vraag']} ({op['vraag_id']})"
    if (vraag.herhaling is not None) != (op["herhaling_id"] is not None):
        return "herhaling", f"{REDENEN['herhaling']} ({op['vraag_id']})"
    if not inname.papier and not mag_invullen(vraag, inname.organisatie):
        return "andere_organisatie", f"'{vraag.label}' vult alleen {partnernaam(vraag.rol)} in."
    is_plaats = vraag.soort == "herhaling" and op["soort"] == "set"
    return _als_vormbezwaar(regels.plaatsfout(op["waarde"])) if is_plaats else None


def _als_vormbezwaar(fout: regels.Vormfout | None) -> tuple[str, str] | None:
    return ("vorm", f"{fout.veld}: {fout.melding}") if fout else None


def sla_op(
    sessie: Session, actor: Actor, nu: datetime, tijdperk: UUID, bezoek: Bezoek, op: dict[str, Any], hash_: str
) -> Operatie:
    """Give an operation the next number of its visit. The caller locked the visit and judged the operation."""
    bezoek.rev += 1
    rij = Operatie(
        gemeente_id=actor.gemeente_id,
        op_id=UUID(op["op_id"]),
        hash=hash_,
        bezoek_id=bezoek.id,
        vraag_id=op["vraag_id"],
        herhaling_id=regels.lees_uuid(op["herhaling_id"]),
        soort=op["soort"],
        waarde=op["waarde"],
        base_op_ids=op["base_op_ids"],
        form_versie=op["form_versie"],
        toestel_id=UUID(op["toestel_id"]),
        toestel_seq=op["toestel_seq"],
        toestel_tijd=op["toestel_tijd"],
        auteur_id=actor.gebruiker_id,
        epoch=tijdperk,
        rev=bezoek.rev,
        na_afronden=bezoek.toestand == "afgerond",
        ontvangen_op=nu,
    )
    sessie.add(rij)
    return rij


def _zet_apart(inname: _Inname, op_id: str, hash_: str, bron: dict[str, Any], code: str, uitleg: str) -> Ontvangst:
    bezoek_uid = regels.lees_uuid(bron.get("bezoek_id"))
    seq = bron.get("toestel_seq")
    geldige_seq = isinstance(seq, int) and not isinstance(seq, bool) and 1 <= seq <= regels.MAX_SEQ
    rij = Quarantaine(
        gemeente_id=inname.actor.gemeente_id,
        op_id=op_id,
        hash=hash_,
        inhoud=bron,
        reden=code,
        uitleg=uitleg[:2000].replace("\x00", ""),
        bezoek_uid=str(bezoek_uid or ""),
        toestel_id=regels.lees_uuid(bron.get("toestel_id")),
        toestel_seq=seq if geldige_seq else None,
        afzender_id=inname.actor.gebruiker_id,
        ontvangen_op=inname.nu,
    )
    inname.sessie.add(rij)
    inname.apart.setdefault(op_id, []).append(rij)
    inname.tel(str(bezoek_uid or ""), code)
    return _ontvangst_van(rij)


def _bewaar_eerste(inname: _Inname, op: Operatie) -> None:
    """Put a copy of the operation that came first beside the other one, so that a person sees both."""
    if any(rij.hash == op.hash for rij in inname.apart.get(str(op.op_id), [])):
        return
    uids = auteurs_van(inname.sessie, [op.auteur_id])
    bezoek = inname.sessie.get_one(Bezoek, op.bezoek_id)
    rij = Quarantaine(
        gemeente_id=op.gemeente_id,
        op_id=str(op.op_id),
        hash=op.hash,
        inhoud=als_protocol(op, bezoek.uid, uids[op.auteur_id]),
        reden="eerste_inhoud",
        uitleg="Dit antwoord kwam het eerst en geldt. Onder hetzelfde nummer kwam later iets anders binnen.",
        bezoek_uid=str(bezoek.uid),
        toestel_id=op.toestel_id,
        toestel_seq=op.toestel_seq,
        afzender_id=op.auteur_id,
        ontvangen_op=op.ontvangen_op,
    )
    inname.sessie.add(rij)
    inname.apart.setdefault(str(op.op_id), []).append(rij)


def _ontvangst_van(rij: Quarantaine) -> Ontvangst:
    status = GEWEIGERD if rij.reden == "andere_inhoud" else QUARANTAINE
    return Ontvangst(rij.op_id, rij.hash, status, None, rij.uitleg, rij.reden)


def _werk_toestel_bij(inname: _Inname, toestel: Toestel, ops: list[dict[str, Any]], hoogste: int | None) -> None:
    eigen = str(toestel.toestel_id)
    seqs = [
        op["toestel_seq"]
        for op in ops
        if op.get("toestel_id") == eigen
        and isinstance(op.get("toestel_seq"), int)
        and 1 <= op["toestel_seq"] <= regels.MAX_SEQ
    ]
    nieuw = werk_gaten_bij(inname.sessie, inname.actor, inname.nu, toestel, seqs, hoogste)
    if nieuw:
        bereiken = [[gat.van_seq, gat.tot_seq] for gat in nieuw]
        leg_vast(
            inname.sessie,
            inname.actor,
            inname.nu,
            "toestelgat_gemeld",
            "toestel",
            eigen,
            gegevens={"ontbreekt": bereiken},
        )
