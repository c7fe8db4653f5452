"""Terms of cases: dossiers, visits and what was set apart of them."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspecties.audit.aanvang import einde_van, vanaf
from inspecties.audit.geheel import Geheel, Ids, Zoeker, alleen, stukken
from inspecties.audit.rules_bewaren import Aanvang, termijn_van_bezoek, termijn_van_dossier
from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.dossiers.rules.looptermijn import LOPEND
from inspecties.start.bewaar_tabellen import soort, tabel

# Tracks after which a dossier is kept longest: they close a place, or lay an order on somebody.
ZWARE_TRAJECTEN = frozenset(
    (
        *("sluiting_13b", "sluiting_174a", "sluiting_apv", "sluiting_woningwet17", "victor"),
        *("last_dwangsom", "last_bestuursdwang"),
    )
)
_DOSSIER, _STAP, _TERMIJN = tabel("dossier"), tabel("stap"), tabel("looptermijn")
_TRAJECT, _GANG = tabel("dossiertraject"), tabel("trajectgang")
_LAST, _PROCEDURE = tabel("last"), tabel("lastprocedure")
_BEZOEK, _BEVINDING, _VOORSTEL = tabel("bezoek"), tabel("bevinding"), tabel("voorstel")
_VERSTREKKING, _QUARANTAINE, _UPLOAD = tabel("verstrekking"), tabel("quarantaine"), tabel("upload")
_VOLLEDIG = tabel("volledigdossier")


def _rijen(sessie: Session, opdracht: Any, kolom: Any, ids: Collection[int]) -> Iterator[Any]:
    for stuk in stukken(ids):
        yield from sessie.execute(opdracht.where(kolom.in_(stuk))).all()


def _lopende_banen(sessie: Session, ids: Collection[int]) -> dict[int, set[str]]:
    """Per dossier the objections and appeals that did not end: whose last step is no end of its table."""
    opdracht = (
        select(_TRAJECT.c.dossier_id, _TRAJECT.c.id, _GANG.c.baan, _GANG.c.naar, _TRAJECT.c.tabel)
        .join(_GANG, _GANG.c.traject_id == _TRAJECT.c.id)
        .where(_GANG.c.baan != "")
        .order_by(_GANG.c.id)
    )
    laatste: dict[tuple[int, int, str], tuple[str, Any]] = {}
    for dossier, traject, baan, naar, definitie in _rijen(sessie, opdracht, _TRAJECT.c.dossier_id, ids):
        laatste[(dossier, traject, baan)] = (naar, definitie)
    uit: dict[int, set[str]] = {}
    for (dossier, _, baan), (naar, definitie) in laatste.items():
        if naar not in definitie.get("eind", ()):
            uit.setdefault(dossier, set()).add(f"er loopt nog een procedure ({baan})")
    return uit


def wat_loopt(sessie: Session, ids: Collection[int]) -> dict[int, set[str]]:
    """Per dossier why it is not over: a term that runs, an objection or an appeal."""
    uit = _lopende_banen(sessie, ids)
    termijnen = select(_TERMIJN.c.dossier_id, _TERMIJN.c.einde_datum).where(_TERMIJN.c.stand.in_(sorted(LOPEND)))
    for dossier, einde in _rijen(sessie, termijnen, _TERMIJN.c.dossier_id, ids):
        uit.setdefault(dossier, set()).add(f"er loopt een termijn tot en met {einde:%d-%m-%Y}")
    procedures = (
        select(_LAST.c.dossier_id, _PROCEDURE.c.soort)
        .join(_PROCEDURE, _PROCEDURE.c.last_id == _LAST.c.id)
        .where(_PROCEDURE.c.onherroepelijk_op.is_(None))
    )
    for dossier, welke in _rijen(sessie, procedures, _LAST.c.dossier_id, ids):
        uit.setdefault(dossier, set()).add(f"er loopt nog een procedure ({welke})")
    return uit


def dossiers(sessie: Session, actor: Actor, tot: date, ids: Ids = None, /) -> list[Aanvang]:
    """Closed dossiers, from the day on which they were closed last."""
    gesloten = func.max(_STAP.c.op)
    opdracht = (
        select(_DOSSIER.c.id, _DOSSIER.c.uid, _DOSSIER.c.soort, gesloten)
        .join(_STAP, _STAP.c.dossier_id == _DOSSIER.c.id)
        .where(
            _DOSSIER.c.gemeente_id == actor.gemeente_id,
            _DOSSIER.c.toestand == "afgesloten",
            _STAP.c.naar == "afgesloten",
            alleen(_DOSSIER.c.id, ids),
        )
        .group_by(_DOSSIER.c.id, _DOSSIER.c.uid, _DOSSIER.c.soort)
        .having(gesloten <= einde_van(tot))
    )
    rijen = sessie.execute(opdracht).all()
    dossier_ids = [rij[0] for rij in rijen]
    trajecten: dict[int, set[str]] = {}
    codes = select(_TRAJECT.c.dossier_id, _TRAJECT.c.code)
    for dossier, code in _rijen(sessie, codes, _TRAJECT.c.dossier_id, dossier_ids):
        trajecten.setdefault(dossier, set()).add(code)
    for rij in _rijen(sessie, select(_LAST.c.dossier_id), _LAST.c.dossier_id, dossier_ids):
        # A last that was laid before tracks had their own tables counts as one.
        trajecten.setdefault(rij[0], set()).add("last_dwangsom")
    loopt = wat_loopt(sessie, dossier_ids)
    return [
        Aanvang(
            i,
            uid,
            lokale_datum(op),
            termijn_van_dossier(welke, frozenset(trajecten.get(i, ())), ZWARE_TRAJECTEN),
            tuple(sorted(loopt.get(i, ()))),
        )
        for i, uid, welke, op in rijen
    ]


def bezoeken(sessie: Session, actor: Actor, tot: date, ids: Ids = None, /) -> list[Aanvang]:
    """Visits, from their end; what a dossier uses stays as long as that does."""
    begin = func.coalesce(_BEZOEK.c.eind_op, _BEZOEK.c.begin_op, _BEZOEK.c.aangemaakt_op)
    rijen = sessie.execute(
        select(_BEZOEK.c.id, _BEZOEK.c.uid, _BEZOEK.c.toestand, begin).where(
            _BEZOEK.c.gemeente_id == actor.gemeente_id, begin <= einde_van(tot), alleen(_BEZOEK.c.id, ids)
        )
    ).all()
    bezoek_ids = [rij[0] for rij in rijen]
    geldig = select(_BEVINDING.c.bezoek_id).where(_BEVINDING.c.vervallen_op.is_(None))
    gevonden = {rij[0] for rij in _rijen(sessie, geldig, _BEVINDING.c.bezoek_id, bezoek_ids)}
    redenen: dict[int, set[str]] = {}
    for ander, woorden in (
        (_VOORSTEL, "een bevinding staat in een dossier"),
        (_VERSTREKKING, "verstrekt in een dossier"),
    ):
        bij = (
            select(_BEVINDING.c.bezoek_id)
            .join(ander, ander.c.bevinding_id == _BEVINDING.c.id)
            .where(ander.c.dossier_id.is_not(None))
        )
        for rij in _rijen(sessie, bij, _BEVINDING.c.bezoek_id, bezoek_ids):
            redenen.setdefault(rij[0], set()).add(woorden)
    for i, _, toestand, _ in rijen:
        if toestand == "open":
            redenen.setdefault(i, set()).add("het bezoek is niet afgerond")
    return [
        Aanvang(
            i,
            uid,
            lokale_datum(op),
            termijn_van_bezoek(met_bevinding=i in gevonden),
            tuple(sorted(redenen.get(i, ()))),
        )
        for i, uid, _, op in rijen
    ]


def oude_volledige(sessie: Session, actor: Actor, tot: date, ids: Ids = None, /) -> list[Aanvang]:
    """Makings of a complete file that a newer whole one of the same kind has replaced, or that failed."""
    kolommen = (_VOLLEDIG.c.id, _VOLLEDIG.c.uid, _VOLLEDIG.c.dossier_id, _VOLLEDIG.c.uitvoering, _VOLLEDIG.c.stand)
    rijen = sessie.execute(
        select(*kolommen, _VOLLEDIG.c.begonnen_op)
        .where(_VOLLEDIG.c.gemeente_id == actor.gemeente_id, _VOLLEDIG.c.begonnen_op <= einde_van(tot))
        .order_by(_VOLLEDIG.c.id)
    ).all()
    nieuwste = {(r.dossier_id, r.uitvoering): r.id for r in rijen if r.stand == "klaar"}
    return [
        Aanvang(r.id, r.uid, lokale_datum(r.begonnen_op), "volledig_dossier")
        for r in rijen
        if nieuwste.get((r.dossier_id, r.uitvoering)) != r.id and (ids is None or r.id in ids)
    ]


def _uploads(sessie: Session, ids: Collection[int]) -> list[str]:
    """The files of uploads that were never whole."""
    return [f"onderweg/{rij[0]}.deel" for rij in _rijen(sessie, select(_UPLOAD.c.uid), _UPLOAD.c.id, ids)]


def _quarantaine() -> Zoeker:
    op = func.coalesce(_QUARANTAINE.c.beoordeeld_op, _QUARANTAINE.c.ontvangen_op)
    beoordeeld = vanaf(_QUARANTAINE, "quarantaine", op, _QUARANTAINE.c.beoordeeld_op.is_not(None))
    # Never judged: it may be somebody's evening, so it stays as long as a visit with a finding.
    nooit = vanaf(_QUARANTAINE, "bezoek_met_bevinding", op, _QUARANTAINE.c.beoordeeld_op.is_(None))

    def zoek(sessie: Session, actor: Actor, tot: date, ids: Ids = None, /) -> list[Aanvang]:
        return [*beoordeeld(sessie, actor, tot, ids), *nooit(sessie, actor, tot, ids)]

    return zoek


_LOCATIE_VAN_DOSSIER = ("risicolocatie", "dossierlocatie.dossier_id>locatie_id")

SOORTEN: tuple[Geheel, ...] = (
    Geheel(
        "dossier",
        "Dossiers die zijn afgesloten",
        _DOSSIER,
        ("dossier", "dossier_zwaar", "dossier_bibob"),
        dossiers,
        frozenset({"verstrekking.dossier_id"}),
        (_LOCATIE_VAN_DOSSIER,),
    ),
    Geheel(
        "volledig_dossier",
        "Oude volledige dossiers",
        _VOLLEDIG,
        ("volledig_dossier",),
        oude_volledige,
        houders=(("dossier", "volledigdossier.id>dossier_id"),),
    ),
    Geheel(
        "bezoek",
        "Bezoeken, met antwoorden, foto's en bevindingen",
        _BEZOEK,
        ("bezoek_zonder_bevinding", "bezoek_met_bevinding"),
        bezoeken,
        frozenset(
            (
                *("operatie.bezoek_id", "bewijsstuk.bezoek_id", "bevinding.bezoek_id", "bezoekchecklist.bezoek_id"),
                *(
                    "lakking.bezoek_id",
                    "papierinvoer.bezoek_id",
                    "signaaloordeel.bevinding_id",
                    "voorstel.bevinding_id",
                ),
                *("signaaloordeelstap.oordeel_id", "verstrekking.bevinding_id"),
            )
        ),
        (
            ("risicolocatie", "bezoek.id>locatie_id"),
            ("actie", "bezoek.id>stop_id", "stop.id>actie_id"),
            ("dossier", "dossierbezoek.bezoek_id>dossier_id"),
        ),
    ),
    Geheel(
        "quarantaine",
        "Apart gezette gegevens van tablets",
        _QUARANTAINE,
        ("quarantaine", "bezoek_met_bevinding"),
        _quarantaine(),
    ),
    replace(soort("Foto's die nooit heel aankwamen", "upload", "begonnen_op"), paden=_uploads),
)
