"""Versions of checklists: read in as a draft, publish, withdraw, throw a draft away."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.checklists import queries
from inspecties.checklists.gebruik import GeplandeStop
from inspecties.checklists.models import VERSIESTATUS, Checklist, Checklistversie
from inspecties.checklists.rules.bouwen import Lezing
from inspecties.checklists.rules.formulier import lees_formulier
from inspecties.checklists.rules.fouten import Formulierfout, Melding
from inspecties.checklists.rules.geldigheid import kies_versie
from inspecties.checklists.rules.schrijven import schrijf_csv
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.database import select_voor
from inspecties.locaties.models import Locatietype

TITEL_HOOGSTENS = 160
REDEN_HOOGSTENS = 2000
# Further ahead is a slip of the keyboard.
VOORUIT_HOOGSTENS = timedelta(days=5 * 366)
# What a form is called that does not say so (rules.bouwen).
ZONDER_NAAM = "formulier"
_NOEM_STOPS = 5


def nederlands(dag: date) -> str:
    """'21-11-2026'."""
    return f"{dag.day}-{dag.month}-{dag.year}"


def controleer_revisie(versie: Checklistversie, gezien: int | None) -> None:
    """Raise Conflict where the version has changed since its user looked; None: not asked."""
    if gezien is not None and gezien != versie.revisie:
        raise Conflict(
            f"Iemand anders heeft deze versie gewijzigd terwijl u bezig was. Zij is nu "
            f"'{VERSIESTATUS[versie.status].lower()}'. Er is niets opgeslagen. Kijk wat er veranderd is.",
            "status",
        )


def lees_in(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    naam: str,
    inhoud: bytes,
    *,
    bestanden: Mapping[str, bytes] | None = None,
    nieuw: bool = False,
) -> Checklistversie:
    """A form file becomes a draft version of the checklist that its ``form_id`` names.

    ``bestanden``: tables for pulldata(), by name. Raises Formulierfout and what ``bewaar`` raises.
    """
    return bewaar(sessie, actor, nu, lees_formulier(naam, inhoud, bestanden), nieuw=nieuw)


def bewaar(sessie: Session, actor: Actor, nu: datetime, lezing: Lezing, *, nieuw: bool = False) -> Checklistversie:
    """A form that was read becomes a draft version.

    ``nieuw``: a ``form_id`` that is not there yet is a new checklist, else it is taken for a slip. Raises Formulierfout
    (no name or number), OngeldigeInvoer (unknown checklist) and Conflict (this content or this version number is there
    already).
    """
    definitie = lezing.definitie
    titel = _titel(definitie)
    _eis_gegevens(definitie, titel)
    eerder = queries.bestaat_hash(sessie, actor, definitie["hash"])
    if eerder is not None:
        raise Conflict(
            f"Precies deze inhoud is er al: versie {eerder.versie} van '{eerder.checklist.titel}' "
            f"({VERSIESTATUS[eerder.status].lower()}). Er is niets opgeslagen.",
            "bestand",
        )
    checklist = _checklist(sessie, actor, definitie["naam"], titel, nieuw=nieuw)
    zelfde = sessie.scalars(
        select_voor(actor, Checklistversie).where(
            Checklistversie.checklist_id == checklist.id, Checklistversie.versie == definitie["versie"]
        )
    ).one_or_none()
    if zelfde is not None:
        concept = " Of gooi dat concept eerst weg." if zelfde.status == "concept" else ""
        raise Conflict(
            f"Versie {zelfde.versie} bestaat al ({VERSIESTATUS[zelfde.status].lower()}), met een andere inhoud. "
            f"Verhoog 'version' op het blad settings.{concept}",
            "bestand",
        )
    versie = Checklistversie(
        gemeente_id=actor.gemeente_id,
        checklist_id=checklist.id,
        hash=definitie["hash"],
        versie=definitie["versie"],
        bron_csv=schrijf_csv(lezing.bron),
        definitie=definitie,
        aangemaakt_op=nu,
        aangemaakt_door_id=actor.gebruiker_id,
    )
    sessie.add(versie)
    _schrijf(sessie, "Iemand anders heeft dit formulier net ingelezen. Kijk in de lijst met versies.")
    _leg_vast(sessie, actor, nu, "checklist_ingelezen", checklist, versie)
    return versie


def _titel(definitie: Mapping[str, Any]) -> str:
    titels: Mapping[str, str] = definitie["titel"]
    return titels.get(definitie["standaardtaal"]) or next(iter(titels.values()))


def _eis_gegevens(definitie: Mapping[str, Any], titel: str) -> None:
    """What a form may leave out elsewhere, but a version cannot do without."""
    meldingen = []
    if definitie["naam"] == ZONDER_NAAM:
        meldingen.append(Melding("Geef het formulier een eigen naam, zoals massagesalon.", "settings", kolom="form_id"))
    if not definitie["versie"]:
        meldingen.append(Melding("Geef de versie een nummer, zoals 2026.2.", "settings", kolom="version"))
    if len(titel) > TITEL_HOOGSTENS:
        meldingen.append(Melding(f"De titel heeft hoogstens {TITEL_HOOGSTENS} tekens.", "settings", kolom="form_title"))
    if meldingen:
        raise Formulierfout(meldingen)


def _checklist(sessie: Session, actor: Actor, code: str, titel: str, *, nieuw: bool) -> Checklist:
    checklist = sessie.scalars(select_voor(actor, Checklist).where(Checklist.code == code)).one_or_none()
    if checklist is None:
        if not nieuw:
            raise OngeldigeInvoer(
                f"De checklist '{code}' bestaat nog niet. Een schrijffout? Verbeter dan form_id op het blad settings. "
                "Is het een nieuwe checklist? Zet dan hier een vinkje.",
                "nieuw",
            )
        checklist = Checklist(gemeente_id=actor.gemeente_id, code=code, titel=titel)
        sessie.add(checklist)
        _schrijf(sessie, "Iemand anders heeft deze checklist net gemaakt. Lees het bestand nog eens in.")
    return checklist


def publiceer(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    versie: Checklistversie,
    geldig_vanaf: date,
    locatietypen: Sequence[str] = (),
    gezien: int | None = None,
) -> None:
    """A draft counts from a day; ``locatietypen``: only for these kinds of place, empty: for all.

    Visits that have begun keep their version. Raises OngeldigeInvoer (date, unknown kind of place) and Conflict (no
    draft any more, or another version begins on the same day).
    """
    _vergrendel(sessie, versie)
    controleer_revisie(versie, gezien)
    if versie.status != "concept":
        raise Conflict(
            f"Deze versie is al '{VERSIESTATUS[versie.status].lower()}'. Alleen een concept kunt u publiceren.",
            "status",
        )
    vandaag = lokale_datum(nu)
    if not vandaag <= geldig_vanaf <= vandaag + VOORUIT_HOOGSTENS:
        raise OngeldigeInvoer(
            f"Kies een dag vanaf vandaag ({nederlands(vandaag)}), hoogstens vijf jaar vooruit.", "geldig_vanaf"
        )
    bekend = set(sessie.scalars(select_voor(actor, Locatietype).with_only_columns(Locatietype.code)))
    for code in locatietypen:
        if code not in bekend:
            raise OngeldigeInvoer(f"Het soort plek '{code}' bestaat niet. Kies uit de lijst.", "locatietypen")
    ander = sessie.scalars(
        select_voor(actor, Checklistversie).where(
            Checklistversie.checklist_id == versie.checklist_id,
            Checklistversie.status == "gepubliceerd",
            Checklistversie.geldig_vanaf == geldig_vanaf,
        )
    ).one_or_none()
    if ander is not None:
        raise Conflict(
            f"Op {nederlands(geldig_vanaf)} begint versie {ander.versie} van deze checklist al. "
            "Kies een andere dag, of trek die versie eerst in.",
            "geldig_vanaf",
        )
    versie.status, versie.geldig_vanaf = "gepubliceerd", geldig_vanaf
    versie.locatietypen = list(dict.fromkeys(locatietypen))
    versie.gepubliceerd_op, versie.gepubliceerd_door_id = nu, actor.gebruiker_id
    versie.checklist.titel = _titel(versie.definitie)
    _schrijf(sessie, "Iemand anders heeft net een versie van deze checklist gepubliceerd. Kijk in de lijst.")
    _leg_vast(
        sessie,
        actor,
        nu,
        "checklist_gepubliceerd",
        versie.checklist,
        versie,
        geldig_vanaf=geldig_vanaf.isoformat(),
        locatietypen=versie.locatietypen,
    )


def trek_in(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    versie: Checklistversie,
    reden: str,
    gepland: Sequence[GeplandeStop],
    gezien: int | None = None,
) -> None:
    """A published version no longer counts. Visits that have begun with it keep it.

    ``gepland``: the stops that still need a version. Raises OngeldigeInvoer (no reason) and Conflict (not published, or
    a planned stop would be left without a version; the message names them).
    """
    _vergrendel(sessie, versie)
    controleer_revisie(versie, gezien)
    if versie.status != "gepubliceerd":
        raise Conflict(
            f"Deze versie is '{VERSIESTATUS[versie.status].lower()}'. Alleen wat gepubliceerd is, kunt u intrekken.",
            "status",
        )
    reden = reden.strip()
    if not reden:
        raise OngeldigeInvoer("Schrijf waarom u deze versie intrekt.", "reden")
    if len(reden) > REDEN_HOOGSTENS:
        raise OngeldigeInvoer(f"De reden heeft hoogstens {REDEN_HOOGSTENS} tekens.", "reden")
    zonder = _zonder_versie(sessie, actor, versie, gepland)
    if zonder:
        noem = [f"{stop.plek} ({stop.actie}, {nederlands(stop.datum)})" for stop in zonder[:_NOEM_STOPS]]
        rest = f" en nog {len(zonder) - _NOEM_STOPS}" if len(zonder) > _NOEM_STOPS else ""
        raise Conflict(
            f"Intrekken kan nog niet: dan is er geen geldige versie meer voor {'; '.join(noem)}{rest}. "
            "Publiceer eerst een andere versie, of kies bij die stops een andere checklist.",
            "status",
        )
    versie.status, versie.intrekreden = "ingetrokken", reden
    versie.ingetrokken_op, versie.ingetrokken_door_id = nu, actor.gebruiker_id
    _schrijf(sessie, "Iemand anders heeft deze versie net gewijzigd. Kijk wat er veranderd is.")
    _leg_vast(sessie, actor, nu, "checklist_ingetrokken", versie.checklist, versie)


def _zonder_versie(
    sessie: Session, actor: Actor, versie: Checklistversie, gepland: Sequence[GeplandeStop]
) -> list[GeplandeStop]:
    """The planned stops that count on this version and on no other."""
    code = versie.checklist.code
    uit = []
    per_dag: dict[date, list[queries.Uitgegeven]] = {}
    for stop in gepland:
        if code not in stop.codes:
            continue
        if stop.datum not in per_dag:
            per_dag[stop.datum] = queries.uitgegeven_op(sessie, actor, stop.datum).get(code, [])
        keuze = per_dag[stop.datum]
        gekozen = kies_versie(keuze, stop.datum, stop.soort)
        rest = [ander for ander in keuze if ander.id != versie.id]
        if gekozen is not None and gekozen.id == versie.id and kies_versie(rest, stop.datum, stop.soort) is None:
            uit.append(stop)
    return uit


def gooi_weg(sessie: Session, actor: Actor, nu: datetime, versie: Checklistversie, gezien: int | None = None) -> bool:
    """Delete a draft, and its checklist where nothing is left of it; whether the checklist went too.

    Raises Conflict when it is no draft any more: what was published stays for ever.
    """
    _vergrendel(sessie, versie)
    controleer_revisie(versie, gezien)
    if versie.status != "concept":
        raise Conflict(
            f"Deze versie is '{VERSIESTATUS[versie.status].lower()}' en blijft bewaard. Alleen een concept kan weg.",
            "status",
        )
    checklist = versie.checklist
    _leg_vast(sessie, actor, nu, "checklist_weggegooid", checklist, versie)
    sessie.delete(versie)
    _schrijf(sessie, "Iemand anders heeft deze versie net gewijzigd. Kijk wat er veranderd is.")
    sessie.expire(checklist)
    in_gebruik = sessie.scalars(
        select_voor(actor, Locatietype).where(Locatietype.checklist_code == checklist.code).limit(1)
    ).first()
    if checklist.versies or in_gebruik is not None:
        return False
    sessie.delete(checklist)
    sessie.flush()
    return True


def _vergrendel(sessie: Session, versie: Checklistversie) -> None:
    """One act at a time per checklist: two publications must see each other."""
    sessie.execute(select(Checklist.id).where(Checklist.id == versie.checklist_id).with_for_update(key_share=True))
    sessie.refresh(versie, ["status", "geldig_vanaf", "revisie"])


def _schrijf(sessie: Session, melding: str) -> None:
    """To the database; what a colleague did a moment earlier shows there as a broken constraint."""
    try:
        sessie.flush()
    except IntegrityError as fout:
        sessie.rollback()
        raise Conflict(melding) from fout


def _leg_vast(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    handeling: str,
    checklist: Checklist,
    versie: Checklistversie,
    **meer: Any,
) -> None:
    gegevens = {"code": checklist.code, "versie": versie.versie, "hash": versie.hash, **meer}
    leg_vast(sessie, actor, nu, handeling, "checklistversie", versie.uid, gegevens=gegevens)
