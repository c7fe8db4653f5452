"""Taking in what a rescue copy holds: through the same reception as the sync, in the name of who made it.

Everything is idempotent: reading a copy twice, or a tablet that sends later after all, doubles nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from inspecties.acties.models import Stop, Stopstap
from inspecties.audit.operations import leg_vast
from inspecties.audit.wpgmuur import achter_de_muur
from inspecties.controles import bezoeken
from inspecties.controles.bewijs import keur_inhoud, registreer, zoek_ook_apart
from inspecties.controles.models import Bezoek, Operatie, Quarantaine
from inspecties.controles.operations import OPGESLAGEN, Ontvangst, neem_operaties_in
from inspecties.controles.opslag import Opslag
from inspecties.controles.rules.operatie import MAX_OPS, NietTeLezen, herkenning, is_sha256, is_uuid, lees_uuid
from inspecties.core.actor import Actor, systeem
from inspecties.core.fouten import InspectiesFout, NietGevonden, OngeldigeInvoer
from inspecties.core.ids import lees_id, nieuw_id
from inspecties.core.rechten import Rol, rol_mag
from inspecties.core.sleutelbos import Sleutelbos
from inspecties.database import haal, zonder_muur
from inspecties.gebruikers.gemeenten import gemeente_uid
from inspecties.gebruikers.models import Gebruiker, Gemeente, Lidmaatschap, Toestel
from inspecties.offline.redding import Foto, Inhoud, fotobytes
from inspecties.signalen.melden import hash_van, neem_inzending
from inspecties.signalen.melden_invoer import KERN, lees_inzending

NIEUW, WAS_ER_AL, APART, NIET = "opgeslagen", "was_er_al", "apart", "niet_ingelezen"
POGINGEN = 4
INGETROKKEN = "Dit toestel is als kwijt gemeld. De stand van de stop is niet gewijzigd."
T = TypeVar("T")


@dataclass(frozen=True)
class Regel:
    """What became of one record. ``uitleg`` is for a person and names no answer and no name of anybody."""

    soort: str
    id: str
    uitkomst: str
    uitleg: str = ""
    bezoek_id: str = ""


@dataclass
class Verslag:
    """What became of a rescue copy."""

    kluis: str
    gemaakt_op: str
    gebruiker: str
    toestel_id: str
    droog: bool
    volledig: bool | None
    regels: list[Regel] = field(default_factory=list)

    def tellingen(self) -> dict[str, dict[str, int]]:
        """Per kind of record how many had which outcome."""
        uit: dict[str, dict[str, int]] = {}
        for (soort, uitkomst), aantal in sorted(Counter((r.soort, r.uitkomst) for r in self.regels).items()):
            uit.setdefault(soort, {})[uitkomst] = aantal
        return uit

    def als_json(self) -> dict[str, Any]:
        """One JSON document."""
        return asdict(self) | {"tellingen": self.tellingen()}


def zoek_actor(sessie: Session, gebruiker: dict[str, Any], nu: datetime) -> Actor:
    """Whose work it is, as they would send it now. Raises NietGevonden where they are not known here (any more)."""
    uid = lees_id(str(gebruiker.get("id") or ""))
    with zonder_muur(sessie):
        # A command has no gemeente of its own; whose copy it is says which one it is.
        leden = sessie.scalars(select(Lidmaatschap).join(Gebruiker).where(Gebruiker.uid == uid)).all() if uid else []
        passend = [lid for lid in leden if lid.gemeente.naam == gebruiker.get("gemeente")] or list(leden)
        if len(passend) != 1:
            raise NietGevonden("De gebruiker van deze reddingskopie is op deze server niet bekend.")
        lid = passend[0]
        return Actor(
            gemeente_id=lid.gemeente_id,
            rol=Rol(lid.rol),
            gebruiker_id=lid.gebruiker_id,
            gebruiker_uid=str(lid.gebruiker.uid),
            organisatie_id=lid.organisatie_id,
            naam=lid.gebruiker.naam,
            gemeente_naam=lid.gemeente.naam,
            moment=nu,
        )


@dataclass
class Redding:
    """One reading of one copy. ``droog``: judge everything and keep nothing."""

    sessie: Session
    actor: Actor
    nu: datetime
    opslag: Opslag
    bos: Sleutelbos
    grootste: int
    droog: bool

    def lees(self, pad: Path, inhoud: Inhoud, sha256: str) -> Verslag:
        """Take everything in, in parts that are each committed; what was taken in stays, whatever happens later."""
        verslag = Verslag(
            inhoud.kluis, inhoud.gemaakt_op, self.actor.naam, inhoud.toestel_id, self.droog, inhoud.volledig
        )
        for kapot in inhoud.beschadigd:
            verslag.regels.append(Regel(WINKELNAMEN.get(kapot.winkel, kapot.winkel), kapot.sleutel, NIET, kapot.uitleg))
        if not is_uuid(inhoud.toestel_id):
            raise OngeldigeInvoer("Het kenmerk van het toestel in deze reddingskopie klopt niet.", "bestand")
        ingetrokken = self._is_ingetrokken(UUID(inhoud.toestel_id))
        self._operaties(inhoud, verslag.regels)
        for stap in inhoud.toestanden:
            if ingetrokken:
                verslag.regels.append(Regel("stop", str(stap["op_id"]), NIET, INGETROKKEN))
            else:
                verslag.regels.append(self._een(partial(self._toestand, stap)))
        for foto, bytes_ in fotobytes(pad, inhoud):
            verslag.regels.append(self._een(partial(self._foto, foto, bytes_)))
        for op_id, signaal in inhoud.signalen:
            verslag.regels.append(self._een(partial(self._signaal, op_id, signaal)))
        self._een(partial(self._leg_vast, verslag, sha256))
        return verslag

    def _is_ingetrokken(self, toestel_id: UUID) -> bool:
        return (
            self.sessie.scalar(
                select(Toestel.id).where(
                    Toestel.gemeente_id == self.actor.gemeente_id,
                    Toestel.toestel_id == toestel_id,
                    Toestel.ingetrokken_op.is_not(None),
                )
            )
            is not None
        )

    def _een(self, doe: Callable[[], T]) -> T:
        """One transaction, or none that lasts; again where a tablet was just ahead with the same."""
        for poging in range(POGINGEN):
            try:
                uit = doe()
                if self.droog:
                    self.sessie.rollback()
                else:
                    self.sessie.commit()
            except IntegrityError:
                self.sessie.rollback()
                if poging == POGINGEN - 1:
                    raise
            except InspectiesFout:
                self.sessie.rollback()
                raise
            else:
                return uit
        raise AssertionError("unreachable")

    def _operaties(self, inhoud: Inhoud, regels: list[Regel]) -> None:
        goed: list[dict[str, Any]] = []
        for op in inhoud.ops:
            try:
                herkenning(op)
            except NietTeLezen as fout:
                regels.append(Regel("antwoord", str(op.get("op_id")), NIET, fout.melding))
            else:
                goed.append(op)
        for i in range(0, len(goed), MAX_OPS):
            deel = goed[i : i + MAX_OPS]
            regels += self._een(partial(self._neem, UUID(inhoud.toestel_id), deel))

    def _neem(self, toestel_id: UUID, ops: list[dict[str, Any]]) -> list[Regel]:
        bekend = self._bekend(str(op["op_id"]) for op in ops)
        ontvangsten = neem_operaties_in(self.sessie, self.actor, self.nu, toestel_id, ops, uit_redding=True)
        return [self._regel(o, op, bekend) for o, op in zip(ontvangsten, ops, strict=True)]

    def _bekend(self, op_ids: Iterable[str]) -> set[tuple[str, str]]:
        """(op_id, hash) of what the server has already."""
        alle = list(op_ids)
        uids = [uid for i in alle if (uid := lees_uuid(i))]
        with achter_de_muur(self.sessie):  # also what stands apart as police data is there already
            rijen = self.sessie.execute(
                select(Operatie.op_id, Operatie.hash).where(
                    Operatie.gemeente_id == self.actor.gemeente_id, Operatie.op_id.in_(uids)
                )
            ).all()
            apart = self.sessie.execute(
                select(Quarantaine.op_id, Quarantaine.hash).where(
                    Quarantaine.gemeente_id == self.actor.gemeente_id, Quarantaine.op_id.in_(alle)
                )
            ).all()
        return {(str(op_id), hash_) for op_id, hash_ in [*rijen, *apart]}

    def _regel(self, o: Ontvangst, op: dict[str, Any], bekend: set[tuple[str, str]]) -> Regel:
        waar = str(op.get("bezoek_id") or "")
        if o.status != OPGESLAGEN:
            return Regel("antwoord", o.op_id, APART, o.reden or "", waar)
        return Regel("antwoord", o.op_id, WAS_ER_AL if (o.op_id, o.hash) in bekend else NIEUW, "", waar)

    def _toestand(self, stap: dict[str, Any]) -> Regel:
        op_id = str(stap.get("op_id"))
        try:
            if not is_uuid(op_id):
                raise OngeldigeInvoer("Het nummer van deze stap klopt niet.")
            if not rol_mag(self.actor.rol, "bezoeken.invullen"):
                raise NietGevonden("Deze gebruiker mag geen bezoeken (meer) invullen.")
            al = self.sessie.scalar(
                select(Stopstap.id).where(Stopstap.gemeente_id == self.actor.gemeente_id, Stopstap.op_id == op_id)
            )
            if al is not None:
                return Regel("stop", op_id, WAS_ER_AL)
            stop = haal(self.sessie, self.actor, Stop, str(stap.get("stop_id")), "De stop")
            op = datetime.fromisoformat(str(stap.get("op")))
            bezoeken.zet_stoptoestand(
                self.sessie, self.actor, self.nu, stop, str(stap.get("toestand")), UUID(op_id), op, ""
            )
        except (InspectiesFout, ValueError) as fout:
            self.sessie.rollback()
            uitleg = fout.melding if isinstance(fout, InspectiesFout) else "De tijd van deze stap klopt niet."
            return Regel("stop", op_id, NIET, uitleg)
        return Regel("stop", op_id, NIEUW)

    def _foto(self, foto: Foto, bytes_: bytes | None) -> Regel:
        if bytes_ is None:
            return Regel("foto", foto.id, NIET, "De foto zelf is beschadigd of ontbreekt.", foto.bezoek_id)
        try:
            return self._bewaar_foto(foto, bytes_)
        except InspectiesFout as fout:
            self.sessie.rollback()
            return Regel("foto", foto.id, NIET, fout.melding, foto.bezoek_id)

    def _bewaar_foto(self, foto: Foto, bytes_: bytes) -> Regel:
        if not is_sha256(foto.sha256) or len(bytes_) > self.grootste:
            raise OngeldigeInvoer("Deze foto is groter dan de gemeente toestaat, of heeft geen goed kenmerk.")
        if not rol_mag(self.actor.rol, "bezoeken.invullen"):
            raise NietGevonden("Deze gebruiker mag geen bezoeken (meer) invullen.")
        bezoek = haal(self.sessie, self.actor, Bezoek, foto.bezoek_id, "Het bezoek")
        if zoek_ook_apart(self.sessie, self.actor, bezoek, foto.sha256) is not None:
            return Regel("foto", foto.id, WAS_ER_AL, "", foto.bezoek_id)
        deel = self.opslag.begin(nieuw_id())
        try:
            deel.write_bytes(bytes_)
            mediatype = keur_inhoud(deel)
            if self.droog:
                return Regel("foto", foto.id, NIEUW, "", foto.bezoek_id)
            doel = self.opslag.neem_op(deel, gemeente_uid(self.sessie, self.actor), foto.sha256)
        finally:
            deel.unlink(missing_ok=True)
        gegevens = {naam: str(foto.feiten.get(naam) or "") for naam in ("vraag_id", "herhaling_id", "bestandsnaam")}
        if gegevens["herhaling_id"] and not is_uuid(gegevens["herhaling_id"]):
            gegevens["herhaling_id"] = ""
        registreer(self.sessie, self.actor, self.nu, bezoek, doel, foto.sha256, mediatype, gegevens)
        return Regel("foto", foto.id, NIEUW, "", foto.bezoek_id)

    def _signaal(self, op_id: str, signaal: dict[str, Any]) -> Regel:
        try:
            if not rol_mag(self.actor.rol, "signalen.melden"):
                raise NietGevonden("Deze gebruiker mag geen signalen (meer) melden.")
            uid, inzending = lees_inzending({"op_id": op_id} | {k: v for k, v in signaal.items() if k in KERN})
            ontvangst = neem_inzending(
                self.sessie, self.actor, self.nu, self.bos, uid, hash_van(inzending.kern), inzending.intake
            )
        except InspectiesFout as fout:
            self.sessie.rollback()
            return Regel("signaal", op_id, NIET, fout.melding)
        return Regel("signaal", op_id, NIEUW, f"Nummer {ontvangst.nummer}.")

    def _leg_vast(self, verslag: Verslag, sha256: str) -> None:
        gemeente = self.sessie.get_one(Gemeente, self.actor.gemeente_id)
        # A report writes no line that leads to who made it (``signalen.melden``): signals are not counted here.
        tellingen = {soort: telling for soort, telling in verslag.tellingen().items() if soort != "signaal"}
        leg_vast(
            self.sessie,
            systeem(gemeente.id, "inspecties redding"),
            self.nu,
            "redding_ingelezen",
            "toestel",
            verslag.toestel_id,
            gegevens={"bestand_sha256": sha256, "gebruiker": self.actor.gebruiker_uid, "tellingen": tellingen},
        )


WINKELNAMEN = {"ops": "antwoord", "fotos": "foto", "foto_bytes": "foto", "toestanden": "stop", "signalen": "signaal"}
