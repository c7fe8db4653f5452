"""The evidence of a dossier as one list of three kinds, and for each piece what happened to it and where it is used."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from inspecties.audit.models import Auditregel
from inspecties.controles.lakken import versies as lakversies
from inspecties.controles.models import Afgeleide, Bewijsstuk, Operatie
from inspecties.controles.rules.fotofeiten import moment_van
from inspecties.controles.rules.lakken import REDENEN
from inspecties.core.actor import Actor, systeem
from inspecties.database import select_voor
from inspecties.dossiers import redactie
from inspecties.dossiers.beeld import Bewijsregel, Dossierbeeld
from inspecties.dossiers.bewijsstukken import stukken_van
from inspecties.dossiers.models import Dossier, Stuk
from inspecties.dossiers.models_bewijs import Bewijscontrole, Bronstuk, Redactie, Redactiekopie
from inspecties.dossiers.models_verstrekking import Verstrekking
from inspecties.dossiers.rules.bewijs import CONCLUSIE, LIJSTEN, VERKLARING, WAARNEMING
from inspecties.dossiers.rules.redactie import OORDELEN
from inspecties.dossiers.rules.toets import Eis

_BEKEKEN = {"origineel_opgehaald": "Origineel opgehaald", "foto_zonder_afdekking": "Bekeken zonder afdekking"}


@dataclass(frozen=True)
class Schakel:
    """One link of the chain of custody: when, what, who. ``hash``: the SHA-256 that was true there and then."""

    op: datetime | None
    wat: str
    wie: str = ""
    hash: str = ""
    toon: str = ""


@dataclass(frozen=True)
class Regel:
    """One piece on the list, photo or report alike. ``gebruikt``: legal test, findings and conclusions that use it."""

    merk: str
    uid: UUID
    titel: str
    aard: str
    foto: Bewijsregel | None = None
    stuk: Bronstuk | None = None
    gebruikt: tuple[str, ...] = ()
    rust_op: tuple[str, ...] = ()
    partijen: str = ""
    controle: Bewijscontrole | None = None

    @property
    def sha256(self) -> str:
        return self.foto.stuk.sha256 if self.foto else self.stuk.sha256 if self.stuk else ""

    @property
    def beoordeling(self) -> str:
        """What parties get of it, in words."""
        return OORDELEN.get(self.partijen, "Nog niet beoordeeld voor partijen")


@dataclass(frozen=True)
class Bewijslijst:
    """The evidence of a dossier, observations, statements and conclusions apart."""

    lijsten: dict[str, list[Regel]]
    ingetrokken: list[Bronstuk] = field(default_factory=list)

    def alle(self) -> list[Regel]:
        return [regel for lijst in self.lijsten.values() for regel in lijst]

    def keuzes(self) -> list[Regel]:
        """What a conclusion may rest on."""
        return [*self.lijsten[WAARNEMING], *self.lijsten[VERKLARING]]

    def regel(self, uid: UUID) -> Regel | None:
        return next((r for r in self.alle() if r.uid == uid), None)

    @property
    def nog_te_beoordelen(self) -> int:
        return sum(not r.partijen for r in self.alle())


def lees_lijst(sessie: Session, actor: Actor, beeld: Dossierbeeld) -> Bewijslijst:
    """The list. Who may see the dossier may see what stands on it; the caller wrote the audit line of the reading."""
    dossier = beeld.dossier
    stukken = stukken_van(sessie, actor, dossier)
    standen = redactie.standen_van(sessie, actor, dossier, [*(r.stuk for r in beeld.bewijs), *stukken])
    merken = {str(r.stuk.uid): f"nr. {r.nr}" for r in beeld.bewijs} | {str(s.uid): s.merk for s in stukken}
    gebruik = _gebruik(beeld, stukken)
    controles = {
        rij.stuk_uid: rij
        for rij in sessie.scalars(
            select_voor(actor, Bewijscontrole)
            .where(Bewijscontrole.dossier_id == dossier.id)
            .order_by(Bewijscontrole.id)
        )
    }
    uit: dict[str, list[Regel]] = {aard: [] for aard in LIJSTEN}
    for foto in sorted(beeld.bewijs, key=lambda r: r.nr):
        uid = foto.stuk.uid
        uit[foto.aard if foto.aard in uit else WAARNEMING].append(
            Regel(
                merken[str(uid)], uid, foto.onderschrift, foto.aard, foto=foto,
                gebruikt=tuple(gebruik.get(str(uid), ())), partijen=standen[uid], controle=controles.get(uid),
            )
        )  # fmt: skip
    for stuk in stukken:
        if stuk.ingetrokken_op is None:
            uit[stuk.aard].append(
                Regel(
                    stuk.merk, stuk.uid, stuk.titel, stuk.aard, stuk=stuk,
                    gebruikt=tuple(gebruik.get(str(stuk.uid), ())),
                    rust_op=tuple(merken[u] for u in stuk.rust_op if u in merken),
                    partijen=standen[stuk.uid], controle=controles.get(stuk.uid),
                )
            )  # fmt: skip
    return Bewijslijst(uit, [s for s in stukken if s.ingetrokken_op is not None])


def _gebruik(beeld: Dossierbeeld, stukken: Iterable[Bronstuk]) -> dict[str, list[str]]:
    uit: dict[str, list[str]] = {}
    for bevinding in beeld.bevindingen if beeld else ():
        if bevinding.vervallen:
            continue
        dragend = {sha for drager in bevinding.bevinding.dragers for sha in drager["bewijs"]}
        for foto in beeld.bewijs:
            if foto.stuk.sha256 in dragend and foto.stuk.bezoek_id == bevinding.bevinding.bezoek_id:
                uit.setdefault(str(foto.stuk.uid), []).append(f"Bevinding: {bevinding.gevolg.naam}")
    if beeld.toets is not None:
        for code, deel in beeld.toets.delen.items():
            toetsdeel = beeld.toets.stand.toets.deel(code)
            titel = toetsdeel.titel if isinstance(toetsdeel, Eis) else toetsdeel.vraag
            for uid in deel.bewijs:
                uit.setdefault(uid, []).append(f"Toets: {titel}")
    for stuk in stukken:
        if stuk.aard == CONCLUSIE and stuk.ingetrokken_op is None:
            for uid in stuk.rust_op:
                uit.setdefault(uid, []).append(f"Conclusie {stuk.merk}")
    return uit


def keten(sessie: Session, actor: Actor, dossier: Dossier, stuk: redactie.Stuksoort) -> list[Schakel]:
    """What happened to a piece, oldest first: taken, received, checked, copied, covered, printed, passed on."""
    lezer = systeem(actor.gemeente_id)
    uit = _herkomst(sessie, lezer, stuk)
    uit += _gebeurd(sessie, lezer, dossier, stuk)
    eerste = uit[0].op if uit else None
    begin = min((s.op for s in uit if s.op is not None), default=None)
    # A tablet may have had another idea of the time: what was taken first stands first.
    return sorted(
        uit,
        key=lambda s: (
            s is not uit[0],
            s.op or eerste or begin or datetime.min.replace(tzinfo=dossier.aangemaakt_op.tzinfo),
        ),
    )


def _herkomst(sessie: Session, lezer: Actor, stuk: redactie.Stuksoort) -> list[Schakel]:
    if isinstance(stuk, Bewijsstuk):
        return _van_bezoek(sessie, lezer, stuk)
    if isinstance(stuk, Bronstuk):
        wie = stuk.door.naam if stuk.door else ""
        uit = []
        if stuk.hash_afzender:
            uit.append(
                Schakel(None, f"Verstuurd door: {stuk.van}. Hash volgens de afzender", stuk.van, stuk.hash_afzender)
            )
        wat = f"Ontvangen als bestand ({stuk.mediatype})" if stuk.sha256 else "Hier getypt"
        uit.append(Schakel(stuk.ontvangen_op, wat, wie, stuk.sha256))
        if stuk.ingetrokken_op is not None:
            uit.append(Schakel(stuk.ingetrokken_op, f"Ingetrokken: {stuk.ingetrokken_reden}"))
        return uit
    return [Schakel(stuk.gemaakt_op, "Gemaakt en vastgelegd", "", stuk.sha256)]


def _van_bezoek(sessie: Session, lezer: Actor, stuk: Bewijsstuk) -> list[Schakel]:
    ops = [
        op
        for op in sessie.scalars(
            select_voor(lezer, Operatie)
            .where(Operatie.bezoek_id == stuk.bezoek_id, Operatie.soort == "attach")
            .order_by(Operatie.rev)
            .options(joinedload(Operatie.auteur))
        )
        if op.waarde and op.waarde.get("sha256") == stuk.sha256
    ]
    uit = []
    if ops:
        eerste = ops[0]
        toestel = f"toestel {str(eerste.toestel_id)[-6:]}"
        gemaakt = f"Gemaakt op {toestel}, volgens de klok van dat toestel; hash op dat moment"
        uit.append(Schakel(moment_van(eerste.toestel_tijd), gemaakt, eerste.auteur.naam, eerste.waarde["sha256"]))
        uit.append(Schakel(eerste.ontvangen_op, f"Aankondiging met hash ontvangen van {toestel}", eerste.auteur.naam))
        if any(op.waarde.get("verwijderd") for op in ops):
            weg = next(op for op in ops if op.waarde.get("verwijderd"))
            uit.append(Schakel(weg.ontvangen_op, "Op het toestel ingetrokken; het bestand is bewaard", weg.auteur.naam))
    uit.append(
        Schakel(stuk.ontvangen_op, "Bestand ontvangen; hash berekend door de server", stuk.auteur.naam, stuk.sha256)
    )
    for kopie in sessie.scalars(select_voor(lezer, Afgeleide).where(Afgeleide.bewijsstuk_id == stuk.id)):
        uit.append(Schakel(kopie.gemaakt_op, f"Afgeleide gemaakt: {kopie.reden}", "", kopie.sha256))
    for lak in lakversies(sessie, lezer, stuk.bezoek_id, stuk.sha256):
        wat = f"Afdekking, versie {lak.nummer}: {REDENEN[lak.reden].lower()}" if lak.vlakken else "Afdekking weggehaald"
        uit.append(Schakel(lak.gemaakt_op, wat, lak.door.naam))
    # SQLite and PostgreSQL read JSON each in their own way: the few lines of one visit are compared here.
    regels = sessie.scalars(
        select(Auditregel).where(
            Auditregel.gemeente_id == lezer.gemeente_id,
            Auditregel.object_uid == str(stuk.bezoek.uid),
            Auditregel.handeling.in_(list(_BEKEKEN)),
        )
    )
    for regel in regels:
        if regel.gegevens.get("sha256") == stuk.sha256:
            wie = regel.gebruiker.naam if regel.gebruiker else ""
            uit.append(Schakel(regel.moment, _BEKEKEN[regel.handeling], wie))
    return uit


def _gebeurd(sessie: Session, lezer: Actor, dossier: Dossier, stuk: redactie.Stuksoort) -> list[Schakel]:
    """Within this dossier only: what another dossier did with the same photo stays there."""
    uit = []
    for rij in sessie.scalars(
        select_voor(lezer, Bewijscontrole)
        .where(Bewijscontrole.dossier_id == dossier.id, Bewijscontrole.stuk_uid == stuk.uid)
        .options(joinedload(Bewijscontrole.door))
    ):
        wat = "Gecontroleerd: ongeschonden" if rij.heel else "Gecontroleerd: NIET ongeschonden, waarschuw de beheerder"
        uit.append(
            Schakel(rij.op, wat, rij.door.naam if rij.door else "", rij.gevonden_hash, "" if rij.heel else "fout")
        )
    for rij_ in sessie.scalars(
        select_voor(lezer, Redactie)
        .where(Redactie.dossier_id == dossier.id, Redactie.stuk_uid == stuk.uid)
        .options(joinedload(Redactie.door))
    ):
        wie = rij_.door.naam if rij_.door else ""
        uit.append(
            Schakel(rij_.op, f"Voor partijen beoordeeld (versie {rij_.nummer}): {OORDELEN[rij_.oordeel].lower()}", wie)
        )
    for kopie in sessie.scalars(
        select_voor(lezer, Redactiekopie).where(
            Redactiekopie.redactie.has((Redactie.dossier_id == dossier.id) & (Redactie.stuk_uid == stuk.uid))
        )
    ):
        uit.append(Schakel(kopie.gemaakt_op, "Kopie voor partijen gemaakt", "", kopie.sha256))
    if isinstance(stuk, Bewijsstuk):
        for druk in sessie.scalars(select_voor(lezer, Stuk).where(Stuk.dossier_id == dossier.id).order_by(Stuk.id)):
            if stuk.sha256 in (druk.momentopname or {}).get("bewijs", {}):
                uit.append(Schakel(druk.gemaakt_op, f"Afgedrukt in: {druk.titel}", "", druk.sha256))
    for weg in sessie.scalars(
        select_voor(lezer, Verstrekking)
        .where(Verstrekking.dossier_id == dossier.id)
        .options(joinedload(Verstrekking.door))
    ):
        if any(b.get("uid") == str(stuk.uid) for b in weg.bijlagen):
            uit.append(Schakel(weg.verstrekt_op, f"Doorgezet aan {weg.organisatie}", weg.door.naam, weg.sha256))
    return uit
