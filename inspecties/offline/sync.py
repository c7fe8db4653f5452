"""The answer of POST /api/sync: receipts, and per visit what the device does not have yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.audit.wpgmuur import achter_de_muur
from inspecties.controles.models import Bezoek, Operatie
from inspecties.controles.operations import GEWEIGERD, Ontvangst, neem_operaties_in
from inspecties.controles.queries import (
    aanwezig_bewijs,
    als_protocol,
    auteurs_van,
    is_compleet,
    met_apart,
    organisatiesoort,
    vouwen_van,
    zichtbare_bezoeken,
)
from inspecties.controles.rules.operatie import MAX_OPS, is_uuid, lees_uuid
from inspecties.controles.rules.vouw import Vouw
from inspecties.controles.rules.vragen import verborgen_voor
from inspecties.controles.tijdperk import epoch
from inspecties.core.actor import Actor
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.database import select_voor
from inspecties.offline.dienstversie import versie_nu
from inspecties.offline.invoer import TeVeel, lees_id_veld, lees_volgnummer

MAX_BEZOEKEN = 500
# More than this of one visit goes into the next message; ``rev`` says how far this one came.
MAX_OPS_PER_BEZOEK = 5000


@dataclass(frozen=True)
class Bericht:
    """A sync message whose frame is right; its operations are judged one by one."""

    toestel_id: UUID
    ops: list[Any]
    bezoeken: Mapping[UUID, int]
    hoogste_seq: int | None


def lees_bericht(inhoud: dict[str, Any]) -> Bericht:
    """Raises OngeldigeInvoer naming the member, TeVeel above 100 operations."""
    if inhoud.get("protocol") != 1:
        raise OngeldigeInvoer("protocol moet 1 zijn.", "protocol")
    ops = inhoud.get("ops")
    if not isinstance(ops, list):
        raise OngeldigeInvoer("ops moet een lijst van operaties zijn.", "ops")
    if len(ops) > MAX_OPS:
        raise TeVeel(f"Stuur hoogstens {MAX_OPS} operaties per bericht; dit waren er {len(ops)}.", "ops")
    gevraagd = inhoud.get("bezoeken")
    gevraagd = {} if gevraagd is None else gevraagd
    if not isinstance(gevraagd, dict) or len(gevraagd) > MAX_BEZOEKEN:
        raise OngeldigeInvoer(f"bezoeken moet een object zijn met hoogstens {MAX_BEZOEKEN} bezoeken.", "bezoeken")
    bezoeken: dict[UUID, int] = {}
    for uid, rev in gevraagd.items():
        if not is_uuid(uid) or isinstance(rev, bool) or not isinstance(rev, int) or rev < 0:
            raise OngeldigeInvoer("bezoeken moet per bezoek-id het laatst ontvangen nummer noemen.", "bezoeken")
        bezoeken[UUID(uid)] = rev
    return Bericht(lees_id_veld(inhoud, "toestel_id"), ops, bezoeken, lees_volgnummer(inhoud, "hoogste_seq"))


def verwerk(sessie: Session, actor: Actor, nu: datetime, bericht: Bericht) -> tuple[dict[str, Any], bool]:
    """Take the operations in and make the answer. True where an ``op_id`` came with other content (HTTP 409)."""
    ontvangsten = neem_operaties_in(sessie, actor, nu, bericht.toestel_id, bericht.ops, bericht.hoogste_seq)
    gevraagd = dict(bericht.bezoeken)
    for op in bericht.ops:
        if uid := lees_uuid(op.get("bezoek_id")):
            gevraagd.setdefault(uid, 0)
    antwoord = {
        "protocol": 1,
        "epoch": str(epoch(sessie, nu)),
        "ontvangsten": [_ontvangst_json(o) for o in ontvangsten],
        "bezoeken": _bezoeken_json(sessie, actor, nu, gevraagd, bericht.toestel_id),
        # Other than that of the pack on the tablet: the plan or a message is new.
        "dienstversie": versie_nu(sessie, actor, nu),
    }
    return antwoord, any(o.status == GEWEIGERD for o in ontvangsten)


def _ontvangst_json(o: Ontvangst) -> dict[str, Any]:
    return {"op_id": o.op_id, "hash": o.hash, "status": o.status, "rev": o.rev, "reden": o.reden, "code": o.code}


def _bezoeken_json(
    sessie: Session, actor: Actor, nu: datetime, gevraagd: Mapping[UUID, int], toestel_id: UUID
) -> dict[str, Any]:
    bezoeken = zichtbare_bezoeken(sessie, actor, gevraagd)
    vouwen = vouwen_van(sessie, actor, bezoeken)
    # What stands apart as police data goes to nobody, but it is here: whether a visit is complete counts it.
    with achter_de_muur(sessie):
        bewijs = aanwezig_bewijs(sessie, actor, bezoeken)
        alles = vouwen | vouwen_van(sessie, actor, met_apart(sessie, bezoeken))
    soort = organisatiesoort(sessie, actor)
    uit = {}
    for bezoek in bezoeken:
        # What another partner records on its own powers does not leave the server for this one: no answer, no photo.
        verborgen = verborgen_voor((versie.definitie for versie in bezoek.checklists), soort)
        deel = _nieuwe_ops(sessie, actor, bezoek, gevraagd[bezoek.uid], verborgen)
        if any(op["auteur_id"] != actor.gebruiker_uid for op in deel["ops"]):
            # Reading what colleagues wrote about people is an act.
            leg_vast(sessie, actor, nu, "antwoorden_gelezen", "bezoek", bezoek.uid, gegevens={"tot_rev": deel["rev"]})
        uit[str(bezoek.uid)] = deel | _stand(
            vouwen[bezoek.id], alles[bezoek.id], bewijs[bezoek.id], verborgen, str(toestel_id)
        )
    return uit


def _nieuwe_ops(sessie: Session, actor: Actor, bezoek: Bezoek, na_rev: int, verborgen: set[str]) -> dict[str, Any]:
    rijen = sessie.scalars(
        select_voor(actor, Operatie)
        .where(Operatie.bezoek_id == bezoek.id, Operatie.rev > na_rev)
        .order_by(Operatie.rev)
        .limit(MAX_OPS_PER_BEZOEK)
    ).all()
    rev = rijen[-1].rev if len(rijen) == MAX_OPS_PER_BEZOEK else bezoek.rev
    rijen = [op for op in rijen if op.vraag_id not in verborgen]
    auteurs = auteurs_van(sessie, [op.auteur_id for op in rijen])
    return {"rev": rev, "ops": [als_protocol(op, bezoek.uid, auteurs[op.auteur_id]) for op in rijen]}


def _stand(vouw: Vouw, alles: Vouw, aanwezig: set[str], verborgen: set[str], toestel_id: str) -> dict[str, Any]:
    """``alles``: also what stands apart; of that a device hears only of the photos that it took itself."""
    eigen = {sha256: kop for sha256, kop in alles.manifest(zonder=verborgen).items() if kop.toestel == toestel_id}
    manifest = vouw.manifest(zonder=verborgen) | eigen
    return {
        "conflicten": [
            {
                "vraag_id": verschil.vraag_id,
                "herhaling_id": verschil.herhaling_id,
                "baan": verschil.baan,
                "koppen": [kop.op_id for kop in verschil.koppen],
            }
            for verschil in vouw.verschillen()
            if verschil.vraag_id not in verborgen
        ],
        "bijlagen": {sha256: "aanwezig" if sha256 in aanwezig else "ontbreekt" for sha256 in manifest},
        "compleet": is_compleet(alles, aanwezig),
    }
