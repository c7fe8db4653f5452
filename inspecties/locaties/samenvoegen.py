"""Two locations become one, and apart again. Nothing is removed: rows move, and every move is written down."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from geoalchemy2 import WKTElement
from sqlalchemy import and_, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.database.basis import Model
from inspecties.database.bereik import select_voor
from inspecties.locaties.geschiedenis import leg_wijzigingen_vast, opgegaan_in, opgenomen
from inspecties.locaties.models import Locatiestatus, Locatietype, Risicolocatie
from inspecties.locaties.models_geschiedenis import Samenvoeging
from inspecties.locaties.prioriteit_verouderd import verouder
from inspecties.locaties.rules.coordinaten import naar_wgs84
from inspecties.locaties.rules.feiten import keur_reden
from inspecties.locaties.rules.samenvoegen import (
    DICHTBIJ_M,
    KEUZEVELDEN,
    VELDNAMEN,
    Plek,
    aantal_in_woorden,
    kies_velden,
    waarom_dubbel,
)
from inspecties.locaties.samenvoegen_rijen import breng_terug, schrijf_op, tel_zichtbaar, verhuis

MAX_KANDIDATEN = 10
_KOLOMMEN = tuple(k for kolommen in KEUZEVELDEN.values() for k in kolommen)
_OPEN = ("concept", "gereed", "in_uitvoering")


@dataclass(frozen=True)
class Kandidaat:
    """A location that looks like the same place, and why."""

    locatie: Risicolocatie
    waarom: str


def plek_van(locatie: Risicolocatie) -> Plek:
    """What the rule of doubles looks at."""
    return Plek(locatie.naam, locatie.adressleutel, locatie.x, locatie.y)


def kandidaten(sessie: Session, actor: Actor, locatie: Risicolocatie) -> list[Kandidaat]:
    """Locations in view that look like this one, the nearest first."""
    dichtbij: Any = and_(
        Risicolocatie.x.between(locatie.x - DICHTBIJ_M, locatie.x + DICHTBIJ_M),
        Risicolocatie.y.between(locatie.y - DICHTBIJ_M, locatie.y + DICHTBIJ_M),
    )
    if locatie.adressleutel:
        # By type, because the index on the address begins with it.
        typen = select(Locatietype.id).where(Locatietype.gemeente_id == actor.gemeente_id)
        zelfde = and_(Risicolocatie.locatietype_id.in_(typen), Risicolocatie.adressleutel == locatie.adressleutel)
        opdrachten = [dichtbij, zelfde]
    else:
        opdrachten = [dichtbij]
    gevonden: dict[int, Risicolocatie] = {}
    for voorwaarde in opdrachten:
        opdracht = (
            select_voor(actor, Risicolocatie)
            .where(voorwaarde, Risicolocatie.status != "uit_beeld", Risicolocatie.id != locatie.id)
            .order_by(Risicolocatie.id)
            .limit(200)
        )
        gevonden |= {rij.id: rij for rij in sessie.scalars(opdracht)}
    uit = [Kandidaat(rij, waarom_dubbel(plek_van(locatie), plek_van(rij))) for rij in gevonden.values()]
    uit = [k for k in uit if k.waarom]
    uit.sort(key=lambda k: (math.dist((locatie.x, locatie.y), (k.locatie.x, k.locatie.y)), k.locatie.id))
    return uit[:MAX_KANDIDATEN]


def waarden_van(locatie: Risicolocatie) -> dict[str, Any]:
    """The columns that are chosen between."""
    return {kolom: getattr(locatie, kolom) for kolom in _KOLOMMEN}


def vergrendel(sessie: Session, gezien: Sequence[tuple[Risicolocatie, str]]) -> None:
    """Lock these locations, in order of id. Raises Conflict where one is no longer as it was seen."""
    ids = sorted(locatie.id for locatie, _ in gezien)
    sessie.scalars(
        select(Risicolocatie)
        .where(Risicolocatie.id.in_(ids))
        .order_by(Risicolocatie.id)
        # Whole, not `key_share`: nobody may lay a new row under a location that is about to go.
        .with_for_update(of=Risicolocatie)
        .execution_options(populate_existing=True)
    ).all()
    for locatie, op in gezien:
        if locatie.gewijzigd_op.isoformat() != op:
            raise Conflict(
                f"Een collega wijzigde '{locatie.naam}' net. Kijk wat er veranderd is en probeer het opnieuw."
            )


def _keur(sessie: Session, actor: Actor, winnaar: Risicolocatie, verliezer: Risicolocatie) -> None:
    if winnaar.id == verliezer.id:
        raise OngeldigeInvoer("Kies twee verschillende locaties.", "andere")
    if winnaar.gemeente_id != actor.gemeente_id or verliezer.gemeente_id != actor.gemeente_id:
        raise OngeldigeInvoer("Alleen locaties van uw eigen gemeente kunnen worden samengevoegd.", "andere")
    for locatie in (winnaar, verliezer):
        samen = opgegaan_in(sessie, actor, locatie)
        if samen is not None:
            raise Conflict(f"'{locatie.naam}' is al samengevoegd met '{samen.winnaar.naam}'.", "andere")
    stop, actie = Model.metadata.tables["stop"], Model.metadata.tables["actie"]
    bij_winnaar = select(stop.c.actie_id).where(stop.c.locatie_id == winnaar.id)
    naam = sessie.execute(
        select(actie.c.naam)
        .join(stop, stop.c.actie_id == actie.c.id)
        .where(stop.c.locatie_id == verliezer.id, actie.c.toestand.in_(_OPEN), actie.c.id.in_(bij_winnaar))
        .order_by(actie.c.begin_op)
        .limit(1)
    ).scalar()
    if naam is not None:
        raise Conflict(f"Beide locaties zijn een stop van de actie '{naam}'. Haal er daar eerst een weg.", "andere")


def _als_json(waarde: Any) -> Any:
    return waarde.isoformat() if isinstance(waarde, datetime) else waarde


def _zet(locatie: Risicolocatie, waarden: Mapping[str, Any], nu: datetime) -> None:
    """Give a location these columns and what follows from a moved point."""
    for kolom, waarde in waarden.items():
        setattr(locatie, kolom, waarde)
    if {"x", "y"} & set(waarden):
        locatie.lon, locatie.lat = naar_wgs84(locatie.x, locatie.y)
        locatie.geom = WKTElement(f"POINT({locatie.x} {locatie.y})", srid=28992)
    locatie.gewijzigd_op = nu


def _zet_status(sessie: Session, actor: Actor, nu: datetime, locatie: Risicolocatie, naar: str, reden: str) -> None:
    if locatie.status == naar:
        return
    sessie.add(
        Locatiestatus(
            gemeente_id=actor.gemeente_id,
            locatie_id=locatie.id,
            van=locatie.status,
            naar=naar,
            reden=reden,
            door_id=actor.gebruiker_id,
            op=nu,
        )
    )
    locatie.status = naar


def voeg_samen(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    winnaar: Risicolocatie,
    verliezer: Risicolocatie,
    gezien_op: tuple[str, str],
    keuzes: Mapping[str, str],
    reden: str,
) -> Samenvoeging:
    """Let ``verliezer`` go up in ``winnaar``: rows move, chosen values are taken over, the loser goes out of view.

    ``gezien_op``: ``gewijzigd_op`` (ISO 8601) of both as the user saw them. ``keuzes``: see ``kies_velden``. Raises
    OngeldigeInvoer naming the field; Conflict where somebody changed one of them, where one is merged already, or where
    both are a stop of an action that is not done yet.
    """
    reden = keur_reden(reden)
    vergrendel(sessie, [(winnaar, gezien_op[0]), (verliezer, gezien_op[1])])
    _keur(sessie, actor, winnaar, verliezer)
    oud, ander = waarden_van(winnaar), waarden_van(verliezer)
    nieuw, fouten = kies_velden(oud, ander, keuzes)
    if fouten:
        veld, melding = next(iter(fouten.items()))
        raise OngeldigeInvoer(melding, veld)
    if nieuw.get("status", winnaar.status) == "uit_beeld":
        raise OngeldigeInvoer("De locatie die blijft, kan niet 'Uit beeld' zijn. Kies de andere status.", "status")
    bezoeken = [m for m in (winnaar.laatste_bezoek_op, verliezer.laatste_bezoek_op) if m is not None]
    if bezoeken and max(bezoeken) != winnaar.laatste_bezoek_op:
        oud["laatste_bezoek_op"], nieuw["laatste_bezoek_op"] = winnaar.laatste_bezoek_op, max(bezoeken)
    samen = Samenvoeging(
        gemeente_id=actor.gemeente_id,
        winnaar_id=winnaar.id,
        verliezer_id=verliezer.id,
        velden={k: [_als_json(oud[k]), _als_json(w)] for k, w in nieuw.items()},
        vorige_status=verliezer.status,
        reden=reden,
        door_id=actor.gebruiker_id,
        op=nu,
    )
    sessie.add(samen)
    delen = verhuis(sessie, verliezer.id, winnaar.id)
    schrijf_op(sessie, actor, delen, samenvoeging=samen.id)
    # First out of view: the address may then be the winner's.
    _zet_status(sessie, actor, nu, verliezer, "uit_beeld", f"Samengevoegd met {winnaar.naam}")
    verliezer.gewijzigd_op = nu
    sessie.flush()
    _zet_status(sessie, actor, nu, winnaar, nieuw.pop("status", winnaar.status), reden)
    _zet(winnaar, nieuw, nu)
    try:
        sessie.flush()
    except IntegrityError as fout:
        raise Conflict("Op dit adres staat al een derde locatie van dit type. Voeg die eerst samen.", "adres") from fout
    leg_wijzigingen_vast(sessie, actor, nu, [(winnaar.id, oud, nieuw)], "samenvoeging", reden)
    verouder(sessie, [winnaar.id, verliezer.id])
    gegevens = {
        "verliezer": str(verliezer.uid),
        "velden": sorted(nieuw),
        "verhuisd": {d.verwijzing.tabel.name: len(d.mee) for d in delen if d.mee},
        "gebleven": {d.verwijzing.tabel.name: len(d.bleef) for d in delen if d.bleef},
    }
    leg_vast(sessie, actor, nu, "locaties_samengevoegd", "risicolocatie", winnaar.uid, gegevens=gegevens)
    return samen


def maak_ongedaan(sessie: Session, actor: Actor, nu: datetime, samen: Samenvoeging, reden: str) -> None:
    """Take a merge back: both locations are as they were, with their own rows.

    What was added to the winner since stays there. Raises Conflict where something clashes: a value that the winner
    took over has changed since, one of them was merged again, or another location now lives at the loser's address.
    """
    reden = keur_reden(reden)
    winnaar, verliezer = samen.winnaar, samen.verliezer
    vergrendel(sessie, [(r, r.gewijzigd_op.isoformat()) for r in (winnaar, verliezer)])
    sessie.refresh(samen)
    if samen.ongedaan_op is not None:
        raise Conflict("Deze samenvoeging is al ongedaan gemaakt.", "reden")
    verder = opgegaan_in(sessie, actor, winnaar)
    if verder is not None:
        raise Conflict(
            f"'{winnaar.naam}' is daarna samengevoegd met '{verder.winnaar.naam}'. Maak dat eerst los.", "reden"
        )
    later = [s for s in opgenomen(sessie, actor, winnaar) if s.id > samen.id]
    if later:
        raise Conflict(f"Maak eerst de latere samenvoeging met '{later[0].verliezer.naam}' ongedaan.", "reden")
    if verliezer.status != "uit_beeld":
        raise Conflict(f"'{verliezer.naam}' kreeg daarna een andere status. Zet die eerst op 'Uit beeld'.", "reden")
    anders = [k for k, (_, w) in samen.velden.items() if _als_json(getattr(winnaar, k)) != w]
    # A visit since then is a fact about the winner; nobody has to take it back first.
    bezocht = "laatste_bezoek_op" in anders
    anders = [VELDNAMEN.get(k, k) for k in anders if k != "laatste_bezoek_op"]
    if anders:
        raise Conflict(f"Na het samenvoegen is gewijzigd: {', '.join(anders)}. Zet dat eerst terug.", "reden")
    terug = {k: _uit_json(k, oud) for k, (oud, _) in samen.velden.items()}
    if bezocht:
        del terug["laatste_bezoek_op"]
    huidig = {k: getattr(winnaar, k) for k in terug}
    try:
        aantal = breng_terug(sessie, samen.id, winnaar.id, verliezer.id)
        if "status" in terug:
            _zet_status(sessie, actor, nu, winnaar, terug.pop("status"), reden)
        _zet(winnaar, terug, nu)
        sessie.flush()
        _zet_status(sessie, actor, nu, verliezer, samen.vorige_status, f"Samenvoeging ongedaan gemaakt: {reden}")
        verliezer.gewijzigd_op = nu
        sessie.flush()
    except IntegrityError as fout:
        raise Conflict(
            "Losmaken kan niet: er is daarna iets toegevoegd dat ermee botst, zoals een andere locatie op dit adres.",
            "reden",
        ) from fout
    samen.ongedaan_op, samen.ongedaan_reden, samen.ongedaan_door_id = nu, reden, actor.gebruiker_id
    leg_wijzigingen_vast(sessie, actor, nu, [(winnaar.id, huidig, terug)], "losmaken", reden)
    verouder(sessie, [winnaar.id, verliezer.id])
    gegevens = {"verliezer": str(verliezer.uid), "verhuisd": aantal}
    leg_vast(sessie, actor, nu, "samenvoeging_ongedaan", "risicolocatie", winnaar.uid, gegevens=gegevens)


def _uit_json(kolom: str, waarde: Any) -> Any:
    return datetime.fromisoformat(waarde) if kolom.endswith("_op") and waarde is not None else waarde


def zoek_andere(sessie: Session, actor: Actor, locatie: Risicolocatie, tekst: str) -> list[Risicolocatie]:
    """Locations in view whose name, street or postcode holds the text; at most ten."""
    patroon = "%" + tekst.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    velden = (Risicolocatie.naam, Risicolocatie.straat, Risicolocatie.postcode)
    opdracht = (
        select_voor(actor, Risicolocatie)
        .where(or_(*(v.ilike(patroon, escape="\\") for v in velden)))
        .where(Risicolocatie.id != locatie.id, Risicolocatie.status != "uit_beeld")
        .order_by(Risicolocatie.naam, Risicolocatie.id)
        .limit(MAX_KANDIDATEN)
    )
    return list(sessie.scalars(opdracht))


def inhoud_in_woorden(sessie: Session, locatie: Risicolocatie) -> list[str]:
    """What belongs to a location: '3 bezoeken', '1 signaal'."""
    return [aantal_in_woorden(tabel, aantal) for tabel, aantal in tel_zichtbaar(sessie, locatie.id).items()]
