"""Who decided what was not decided at the mayor's desk: written down first, then the act or the step that it carries.

The mandate rules of the desk hold (``kabinet_bevoegd``), and nobody decides on a dossier that they worked on.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from inspecties.core.actor import Actor, systeem
from inspecties.core.fouten import Conflict, GeenRecht, OngeldigeInvoer
from inspecties.core.inhoudshash import inhoudshash
from inspecties.core.klok import TIJDZONE, lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.database import select_voor
from inspecties.dossiers.kabinet_bevoegd import bevoegdheid, regel_voor, wie_besluiten
from inspecties.dossiers.models import Besluit, Dossier
from inspecties.dossiers.models_besluitnemer import Besluitnemer
from inspecties.dossiers.models_kabinet import Besluitvastlegging
from inspecties.dossiers.queries import opstellers_van
from inspecties.dossiers.rules.besluitnemer import (
    BEZWAAR,
    NIET_VASTGELEGD,
    ORGAAN,
    SOORTEN,
    keur_dag,
    keur_kenmerk,
    wie_in_woorden,
)
from inspecties.dossiers.rules.mandaat import Hoedanigheid
from inspecties.dossiers.werk import leg_dossier_vast, noteer_opsteller, vergrendel, zet_stap
from inspecties.gebruikers.models import Gebruiker
from inspecties.web.sjablonen import datum

STAPSOORT = "besluitnemer"
# What a person chooses where the decision stands in the text that the cabinet approved, before its public id.
KABINET = "kabinet:"


@dataclass(frozen=True)
class Genomen:
    """What somebody fills in. ``wie``: public id of a person, ``ORGAAN``, or ``KABINET`` with that of a decision."""

    soort: str
    wie: str
    besloten_op: date | None
    kenmerk: str
    over: tuple[str, ...] = ()
    over_tekst: str = ""
    niet_voor: date | None = None


def besluitnemers_van(sessie: Session, actor: Actor, dossier: Dossier) -> Sequence[Besluitnemer]:
    """What was written down of a dossier, the first one first."""
    return sessie.scalars(
        select_voor(actor, Besluitnemer)
        .where(Besluitnemer.dossier_id == dossier.id)
        .order_by(Besluitnemer.id)
        .options(joinedload(Besluitnemer.vastgelegd_door), joinedload(Besluitnemer.besluit))
    ).all()


def is_ongeschonden(rij: Besluitnemer) -> bool:
    """Whether what was frozen is what it was."""
    return inhoudshash(_inhoud(rij)) == rij.hash


def _inhoud(rij: Besluitnemer) -> dict[str, Any]:
    return {
        "soort": rij.soort,
        "over": list(rij.over),
        "besloten_op": rij.besloten_op.isoformat(),
        "naam": rij.naam,
        "bevoegdheid": rij.bevoegdheid,
        "kenmerk": rij.kenmerk,
    }


def _momenten(dag: date, nu: datetime) -> tuple[datetime, datetime]:
    """From when until when somebody could decide on a day."""
    begin = datetime.combine(dag, time(), TIJDZONE)
    return begin, min(nu, begin + timedelta(days=1) - timedelta(seconds=1))


def kandidaten(sessie: Session, actor: Actor, dossier: Dossier, dag: date, nu: datetime) -> list[tuple[str, str]]:
    """Who could take a decision on this day: persons, the body in session, and what the cabinet approved."""
    mensen = {uid: naam for moment in _momenten(dag, nu) for uid, naam in wie_besluiten(sessie, actor, dossier, moment)}
    mensen.pop(actor.gebruiker_uid, None)
    regel = regel_voor(dossier, _momenten(dag, nu)[1])
    samen = [] if regel.zelf else [(ORGAAN, f"{regel.orgaan}, in vergadering")]
    akkoorden = [
        (f"{KABINET}{b.uid}", f"Het kabinet, met het akkoord van {datum(b.besloten_op)}")
        for b in dossier.besluiten
        if b.soort == "akkoord"
    ]
    return [*sorted(mensen.items(), key=lambda paar: paar[1]), *samen, *akkoorden]


def eerste_akkoord(dossier: Dossier) -> Besluit | None:
    """The first decision of the dossier: what is decided elsewhere follows on it."""
    return next((b for b in dossier.besluiten if b.soort == "akkoord"), None)


@dataclass(frozen=True)
class _Wie:
    naam: str
    bevoegdheid: dict[str, Any]
    gebruiker_id: int | None = None
    besluit_id: int | None = None


def _van_kabinet(sessie: Session, actor: Actor, dossier: Dossier, wie: str, dag: date) -> _Wie:
    besluit = next((b for b in dossier.besluiten if f"{KABINET}{b.uid}" == wie and b.soort == "akkoord"), None)
    if besluit is None:
        raise OngeldigeInvoer("Kies wie er besloot uit de lijst.", "wie")
    genomen = lokale_datum(besluit.besloten_op)
    if genomen != dag:
        raise OngeldigeInvoer(f"Dat akkoord is van {datum(genomen)}. Vul die dag in.", "besloten_op")
    vast = sessie.scalars(
        select_voor(systeem(actor.gemeente_id), Besluitvastlegging).where(Besluitvastlegging.besluit_id == besluit.id)
    ).one_or_none()
    bevoegd = vast.inhoud["bevoegdheid"] if vast else {
        "regel": regel_voor(dossier, besluit.besloten_op).als_rij(), "hoedanigheid": None,
    }  # fmt: skip
    return _Wie(besluit.besloten_door.naam, bevoegd, besluit.besloten_door_id, besluit.id)


def _van_persoon(sessie: Session, actor: Actor, dossier: Dossier, wat: Genomen, dag: date, nu: datetime) -> _Wie:
    if wat.wie == ORGAAN:
        regel = regel_voor(dossier, _momenten(dag, nu)[1])
        if regel.zelf:
            raise OngeldigeInvoer("Kies wie er besloot uit de lijst.", "wie")
        samen = Hoedanigheid(f"{regel.orgaan}, in vergadering")
        return _Wie(regel.orgaan, {"regel": regel.als_rij(), "hoedanigheid": asdict(samen)})
    if wat.wie == actor.gebruiker_uid:
        raise GeenRecht("U legt dit besluit vast. Dan kunt u het niet zelf hebben genomen.")
    try:
        gezocht = UUID(wat.wie)
    except ValueError:
        raise OngeldigeInvoer("Kies wie er besloot uit de lijst.", "wie") from None
    wie = sessie.scalars(select(Gebruiker).where(Gebruiker.uid == gezocht)).one_or_none()
    if wie is not None and wie.id in opstellers_van(sessie, dossier):
        raise OngeldigeInvoer(f"{wie.naam} werkte mee aan dit dossier. Kies iemand die er niet aan werkte.", "wie")
    if wie is not None and wat.wie in dict(kandidaten(sessie, actor, dossier, dag, nu)):
        for moment in _momenten(dag, nu):
            bevoegd = bevoegdheid(sessie, actor, dossier, wie.id, moment)
            if bevoegd.hoedanigheid is not None:
                _eis_ander_bij_bezwaar(dossier, wat.soort, wie, in_mandaat=bevoegd.hoedanigheid.in_mandaat)
                return _Wie(wie.naam, bevoegd.als_rij(), wie.id)
    raise OngeldigeInvoer(
        f"Deze persoon kon op {datum(dag)} niet over dit dossier besluiten. Kies wie dat wel kon uit de lijst.", "wie"
    )


def _eis_ander_bij_bezwaar(dossier: Dossier, soort: str, wie: Gebruiker, *, in_mandaat: bool) -> None:
    """Awb 10:3(3), to be confirmed: no mandate to decide on an objection against what one decided under mandate."""
    zelf = any(b.besloten_door_id == wie.id and b.soort == "akkoord" for b in dossier.besluiten)
    if soort == BEZWAAR and in_mandaat and zelf:
        raise OngeldigeInvoer(
            f"{wie.naam} nam het besluit waartegen bezwaar is gemaakt. Een ander beslist op het bezwaar "
            "(art. 10:3 lid 3 Awb, te bevestigen).",
            "wie",
        )


def leg_besluitnemer_vast(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, wat: Genomen) -> Besluitnemer:
    """Write down who took a decision. Raises GeenRecht, OngeldigeInvoer naming the field, Conflict."""
    if not rol_mag(actor.rol, "dossiers.bewerken") or actor.gebruiker_id is None:
        raise GeenRecht("Alleen een jurist legt vast wie er besloot.")
    vergrendel(sessie, actor, dossier)
    if dossier.toestand == "afgesloten":
        raise Conflict("Dit dossier is afgesloten. Er komt geen besluit meer bij.", "soort")
    soort = SOORTEN.get(wat.soort)
    if soort is None:
        raise OngeldigeInvoer("Kies welk besluit het is.", "soort")
    eerste = eerste_akkoord(dossier)
    if eerste is None:
        raise Conflict("In dit dossier is nog niets besloten. Leg het eerst aan het kabinet voor.", "soort")
    eerder, waarvan = lokale_datum(eerste.besloten_op), "Het eerste besluit in dit dossier"
    if wat.niet_voor is not None and wat.niet_voor > eerder:
        eerder, waarvan = wat.niet_voor, "Waar dit besluit over gaat,"
    dag = keur_dag(wat.besloten_op, lokale_datum(nu), eerder, waarvan)
    kenmerk = keur_kenmerk(wat.kenmerk)
    van_kabinet = wat.wie.startswith(KABINET)
    wie = (
        _van_kabinet(sessie, actor, dossier, wat.wie, dag)
        if van_kabinet
        else _van_persoon(sessie, actor, dossier, wat, dag, nu)
    )
    noteer_opsteller(sessie, actor, nu, dossier)
    rij = Besluitnemer(
        gemeente_id=dossier.gemeente_id,
        dossier_id=dossier.id,
        soort=soort.code,
        over=list(wat.over),
        over_tekst=wat.over_tekst[:300],
        besloten_op=dag,
        gebruiker_id=wie.gebruiker_id,
        besluit_id=wie.besluit_id,
        naam=wie.naam,
        bevoegdheid=wie.bevoegdheid,
        kenmerk=kenmerk,
        vastgelegd_op=nu,
        vastgelegd_door_id=actor.gebruiker_id,
    )
    rij.hash = inhoudshash(_inhoud(rij))
    sessie.add(rij)
    sessie.flush()
    over = f" ({rij.over_tekst})" if rij.over_tekst else ""
    tekst = f"{soort.naam}{over}: besloten op {datum(dag)} door {in_woorden(rij)}. Kenmerk {kenmerk}."
    zet_stap(sessie, actor, nu, dossier, STAPSOORT, tekst)
    leg_dossier_vast(
        sessie,
        actor,
        nu,
        dossier,
        "besluitnemer_vastgelegd",
        soort=soort.code,
        besluitnemer=str(rij.uid),
        ambt=(wie.bevoegdheid["hoedanigheid"] or {}).get("ambt", ""),
        vastlegging=rij.hash,
    )
    return rij


def in_woorden(rij: Besluitnemer | None, *, met_naam: bool = True) -> str:
    """Who decided, as the screens and documents say it; of what is older than this table nobody knows."""
    return wie_in_woorden(rij.naam, rij.bevoegdheid, met_naam=met_naam) if rij is not None else NIET_VASTGELEGD


def besluitnemer_over(sessie: Session, actor: Actor, dossier: Dossier, soort: str, over: object) -> Besluitnemer | None:
    """The last decision of a kind about a thing (its public id), or None."""
    return besluitnemer_in(besluitnemers_van(sessie, systeem(actor.gemeente_id), dossier), soort, over)


def besluitnemer_in(rijen: Sequence[Besluitnemer], soort: str, over: object) -> Besluitnemer | None:
    """The last decision of a kind about a thing (its public id) in this list, or None."""
    return next((r for r in reversed(rijen) if r.soort == soort and str(over) in r.over), None)


def eis_besluitnemer(
    sessie: Session, actor: Actor, dossier: Dossier, soort: str, over: object, op: date, veld: str
) -> Besluitnemer:
    """Who decided was written down, and the act is not dated before it. Raises Conflict and OngeldigeInvoer."""
    rij = besluitnemer_over(sessie, actor, dossier, soort, over)
    if rij is None:
        raise Conflict(
            f"Leg eerst vast wie hierover besloot ({SOORTEN[soort].naam.lower()}): in dit dossier, bij 'Wie besloot'.",
            veld,
        )
    if op < rij.besloten_op:
        raise OngeldigeInvoer(f"Het besluit is van {datum(rij.besloten_op)}. Vul die dag in, of een latere.", "op")
    return rij
