"""Tracks of dossiers: beginning one, taking a step with its guards, terms and effects, reading how it stands.

Guards (``EISEN``) and effects (``GEVOLGEN``) live in their own modules and are registered in ``trajecthaken``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from importlib import import_module
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session, selectinload

from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, GeenRecht, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import RECHTEN, rol_mag
from inspecties.core.reden import MAX_REDEN, schrijf_reden
from inspecties.database import select_voor
from inspecties.dossiers.akkoorden import ongebruikt_akkoord
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_traject import Dossiertraject, Trajectgang
from inspecties.dossiers.rules.brief import brievenboek
from inspecties.dossiers.rules.gevolgen import instrument_bij, instrumenten
from inspecties.dossiers.rules.traject import (
    NERGENS,
    STANDAARDRECHT,
    Bekend,
    Trajectovergang,
    Trajectstap,
    Trajecttabel,
    geldend,
    lees_versies,
)
from inspecties.dossiers.rules.trajectgang import Gedaan, ingebouwd, keur_gegevens, keur_op_datum
from inspecties.dossiers.rules.trajectveld import Waarde, dag_in_woorden
from inspecties.dossiers.werk import leg_dossier_vast, noteer_opsteller, vergrendel, zet_stap
from inspecties.termijnen.bronnen import termijntabel

# On the timeline of the case, and in its history.
STAPSOORT = "traject"
# The guard that asks for an approval of the cabinet: the step then carries that decision.
BESLUIT = "besluit_akkoord"
# The effect that every step has: it begins and ends the terms of its row (traject_termijnen.py).
TERMIJNEN = "termijnen"


@dataclass(frozen=True)
class Eisvraag:
    """What a guard looks at. ``voorlopig``: the page asks, before anything was filled in; then ``gegevens`` is empty
    and a guard that depends on them says None. ``traject`` and ``stap`` are None when a track is about to begin."""

    sessie: Session
    actor: Actor
    nu: datetime
    dossier: Dossier
    tabel: Trajecttabel
    traject: Dossiertraject | None = None
    stap: Trajectstap | None = None
    gangen: Sequence[Trajectgang] = ()
    op_datum: date | None = None
    gegevens: Mapping[str, Waarde] = field(default_factory=dict)
    voorlopig: bool = False

    def laatste(self, stap: str) -> Trajectgang | None:
        """The last time that this step was taken, or None."""
        return laatste_gang(self.gangen, stap)


@dataclass(frozen=True)
class Gevolgvraag:
    """What an effect works with; the step has been written down."""

    sessie: Session
    actor: Actor
    nu: datetime
    dossier: Dossier
    traject: Dossiertraject
    tabel: Trajecttabel
    stap: Trajectstap
    gang: Trajectgang


EISEN: dict[str, Callable[[Eisvraag], str | None]] = {}
GEVOLGEN: dict[str, Callable[[Gevolgvraag], None]] = {}


class Trajectfouten(OngeldigeInvoer):
    """What was given with a step cannot be right: field (or ``op_datum``, ``toelichting``) -> message."""

    def __init__(self, fouten: Mapping[str, str]) -> None:
        super().__init__(" ".join(fouten.values()), next(iter(fouten)))
        self.fouten = dict(fouten)


class Nietzover(Conflict):
    """The step cannot be taken yet; ``redenen`` says in words what has to be done first."""

    def __init__(self, stap: str, redenen: Sequence[str]) -> None:
        super().__init__(f"De stap '{stap}' kan nog niet. {' '.join(redenen)}", "naar")
        self.redenen = list(redenen)


@lru_cache(maxsize=1)
def _versies() -> Mapping[str, tuple[Trajecttabel, ...]]:
    # By name: the modules with guards import this one.
    import_module("inspecties.dossiers.trajecthaken")
    brieven = {naam for soort in brievenboek().soorten.values() for naam in (soort.code, *soort.ook)}
    bekend = Bekend(EISEN, GEVOLGEN, {r.code for r in termijntabel().regels}, brieven, instrumenten())
    return lees_versies(bekend=bekend)


def tabellen(op: date | None = None) -> Mapping[str, Trajecttabel]:
    """The tracks of this installation, by code: the version that holds on this day, else the newest.

    Raises ValueError naming file and key.
    """
    return {code: tabel for code, versies in _versies().items() if (tabel := geldend(versies, op)) is not None}


# What a dossier kept was checked when it was read from its file, and never changes.
_GELEZEN: dict[UUID, tuple[Mapping[str, Any], Trajecttabel]] = {}
_HOOGSTENS = 500


def tabel_van(traject: Dossiertraject) -> Trajecttabel:
    """The table by which this track runs. One that names what the program has dropped since stays readable."""
    gelezen = _GELEZEN.get(traject.uid)
    if gelezen is None or gelezen[0] != traject.tabel:
        if len(_GELEZEN) >= _HOOGSTENS:
            _GELEZEN.clear()
        gelezen = _GELEZEN[traject.uid] = (traject.tabel, Trajecttabel.uit_rij(traject.tabel, keur=False))
    return gelezen[1]


def trajecten_van(sessie: Session, actor: Actor, dossier: Dossier) -> list[Dossiertraject]:
    """The tracks of a dossier that this actor may see, in the order in which they began."""
    return list(
        sessie.scalars(
            select_voor(actor, Dossiertraject)
            .where(Dossiertraject.dossier_id == dossier.id)
            .order_by(Dossiertraject.id)
            .options(selectinload(Dossiertraject.gangen))
        )
    )


def traject_van(sessie: Session, actor: Actor, dossier: Dossier) -> Dossiertraject | None:
    """The track in which the dossier is now: the last one that has not ended, else the last one."""
    rijen = trajecten_van(sessie, actor, dossier)
    lopend = [r for r in rijen if not tabel_van(r).is_eind(r.stand)]
    return next(reversed(lopend or rijen), None)


def laatste_gang(gangen: Sequence[Trajectgang], stap: str) -> Trajectgang | None:
    """The last time that this step was taken, or None."""
    return next((g for g in reversed(gangen) if g.naar == stap), None)


def gedaan_van(gangen: Sequence[Trajectgang]) -> dict[str, Gedaan]:
    """What was given with each step, the last time that it was taken."""
    return {g.naar: Gedaan(g.op_datum, dict(g.gegevens)) for g in gangen}


def stand_van(traject: Dossiertraject, tabel: Trajecttabel, baan: str) -> str:
    """Where a lane stands; ``-`` where a side lane has not begun."""
    if not baan:
        return traject.stand
    eigen = {s.code for s in tabel.stappen_van(baan)}
    return next((g.naar for g in reversed(traject.gangen) if g.naar in eigen), NERGENS)


def waarom_niet_beginnen(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    dossier: Dossier,
    tabel: Trajecttabel,
    rijen: Sequence[Dossiertraject] | None = None,
) -> str | None:
    """Why this track cannot begin in this dossier, or None. ``rijen``: its tracks, where the caller has them."""
    if tabel.uit:
        return tabel.uit
    if dossier.soort != tabel.soort:
        return "Dit traject hoort niet bij dit soort dossier."
    rijen = trajecten_van(sessie, actor, dossier) if rijen is None else rijen
    eerder = next((r for r in rijen if r.code == tabel.code), None)
    if eerder is not None:
        toen = tabel_van(eerder)
        if not toen.is_eind(eerder.stand):
            return "Dit traject loopt al in dit dossier."
        return (
            f"Dit traject is in dit dossier al afgelopen: '{toen.stap(eerder.stand).naam}'. "
            "Maak een nieuw dossier om het opnieuw te beginnen."
        )
    if tabel.volgt_op:
        nodig = {(code, stap) for code, codes in tabel.volgt_op.items() for stap in codes}
        if not nodig & {(r.code, g.naar) for r in rijen for g in r.gangen}:
            alle = tabellen()
            stappen = [alle[code].stap(stap).naam for code, codes in tabel.volgt_op.items() for stap in codes]
            return f"Dit traject volgt op een ander. Daarvan is eerst nodig: {' of '.join(dict.fromkeys(stappen))}."
    vraag = Eisvraag(sessie, actor, nu, dossier, tabel)
    return next((zin for naam in tabel.eis if (zin := _eis(naam)(vraag)) is not None), None)


def begin_traject(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    dossier: Dossier,
    code: str,
    *,
    op_datum: date | None = None,
    toelichting: str = "",
) -> Dossiertraject:
    """Begin a track in a dossier. ``op_datum``: the day of its first step, today where none is given.

    Raises OngeldigeInvoer, Conflict saying why it cannot begin, GeenRecht.
    """
    if not rol_mag(actor.rol, STANDAARDRECHT):
        raise GeenRecht(f"Uw rol mag dit niet: {RECHTEN[STANDAARDRECHT].uitleg.lower()}.")
    tabel = tabellen(lokale_datum(nu)).get(code)
    if tabel is None:
        raise OngeldigeInvoer("Kies een traject uit de lijst.", "code")
    vergrendel(sessie, actor, dossier)
    _eis_open(dossier)
    reden = waarom_niet_beginnen(sessie, actor, nu, dossier, tabel)
    if reden is not None:
        raise Conflict(f"{tabel.naam}: {reden}", "code")
    if op_datum is not None:
        keur_op_datum(op_datum, None, lokale_datum(nu))
    noteer_opsteller(sessie, actor, nu, dossier)
    traject = Dossiertraject(
        gemeente_id=dossier.gemeente_id,
        dossier_id=dossier.id,
        code=tabel.code,
        tabelversie=tabel.versie,
        tabel=tabel.als_rij(),
        stand=tabel.begin,
        begonnen_op=nu,
        begonnen_door_id=actor.gebruiker_id,
        gewijzigd_op=nu,
        gangen=[],
    )
    sessie.add(traject)
    sessie.flush()
    stap, overgang = tabel.stap(tabel.begin), Trajectovergang("", tabel.begin, "Begonnen")
    _schrijf(sessie, actor, nu, traject, stap, overgang, op_datum or lokale_datum(nu), {}, toelichting)
    sessie.expire(traject, ["gangen"])
    zet_stap(sessie, actor, nu, dossier, STAPSOORT, f"Traject begonnen: {tabel.naam}.")
    _log(sessie, actor, nu, dossier, "traject_begonnen", traject=tabel.code, versie=tabel.versie)
    return traject


def begin_vanzelf(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier) -> Dossiertraject | None:
    """Begin the track of a new dossier by its instrument, where exactly one track belongs to that."""
    instrument = instrument_bij(dossier.soort, dossier.grondslag)
    if instrument is None or not rol_mag(actor.rol, STANDAARDRECHT):
        return None
    past = [t for t in tabellen(lokale_datum(nu)).values() if t.vanzelf and instrument.code in t.instrumenten]
    if len(past) != 1 or waarom_niet_beginnen(sessie, actor, nu, dossier, past[0]) is not None:
        return None
    return begin_traject(sessie, actor, nu, dossier, past[0].code)


def zet_trajectstap(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    traject: Dossiertraject,
    naar: str,
    op_datum: date,
    gegevens: Mapping[str, Any],
    toelichting: str = "",
    *,
    versie: int,
) -> Trajectgang:
    """Take a step on the day on which it happened, with what that step asks.

    Raises Trajectfouten per field, Nietzover with what has to be done first, Conflict, GeenRecht.
    """
    dossier = traject.dossier
    vergrendel(sessie, actor, dossier)
    sessie.refresh(traject)
    if traject.versie != versie:
        raise Conflict("Een collega zette net een stap in dit traject. Kijk wat er nu staat en probeer het opnieuw.")
    _eis_open(dossier)
    tabel = tabel_van(traject)
    stap = tabel.stap(naar)
    overgang = tabel.overgang(stand_van(traject, tabel, stap.baan), naar)
    if overgang.recht not in RECHTEN:
        raise Conflict(f"Deze stap vraagt een recht dat niet meer bestaat ({overgang.recht}). Waarschuw de beheerder.")
    if not rol_mag(actor.rol, overgang.recht):
        raise GeenRecht(f"Uw rol mag dit niet: {RECHTEN[overgang.recht].uitleg.lower()}.")
    tekst = _keur(traject, tabel, stap, overgang, op_datum, gegevens, toelichting, lokale_datum(nu))
    vraag = Eisvraag(sessie, actor, nu, dossier, tabel, traject, stap, list(traject.gangen), op_datum, tekst.gegevens)
    redenen = waarom_niet(vraag, overgang)
    if redenen:
        raise Nietzover(stap.naam, redenen)
    noteer_opsteller(sessie, actor, nu, dossier)
    gang = _schrijf(sessie, actor, nu, traject, stap, overgang, op_datum, tekst.gegevens, tekst.toelichting)
    if not stap.baan:
        traject.stand = naar
    traject.gewijzigd_op = nu
    sessie.flush()
    sessie.expire(traject, ["gangen"])
    wanneer = dag_in_woorden(op_datum)
    zet_stap(sessie, actor, nu, dossier, STAPSOORT, f"{stap.naam} ({wanneer}). {tekst.toelichting}".strip())
    _log(sessie, actor, nu, dossier, "traject_stap", traject=traject.code, stap=naar, datum=op_datum.isoformat())
    tabellen()  # fills the registries
    vervolg = Gevolgvraag(sessie, actor, nu, dossier, traject, tabel, stap, gang)
    for naam in (TERMIJNEN, *stap.gevolg):
        GEVOLGEN[naam](vervolg)
    return gang


@dataclass(frozen=True)
class _Schoon:
    gegevens: dict[str, Waarde]
    toelichting: str


def _keur(
    traject: Dossiertraject,
    tabel: Trajecttabel,
    stap: Trajectstap,
    overgang: Trajectovergang,
    op_datum: date,
    gegevens: Mapping[str, Any],
    toelichting: str,
    vandaag: date,
) -> _Schoon:
    gangen = list(traject.gangen)
    vorige = next((g for g in reversed(gangen) if not g.baan), None) if not stap.baan else None
    # The first step of a track that began by itself is dated on the day on which it was written down.
    na = (tabel.stap(vorige.naar).naam, vorige.op_datum) if vorige is not None and vorige.van else None
    fouten: dict[str, str] = {}
    try:
        keur_op_datum(op_datum, na, vandaag)
    except OngeldigeInvoer as fout:
        fouten["op_datum"] = fout.melding
    schoon, mis = keur_gegevens(tabel, stap, gegevens, op_datum, gedaan_van(gangen), vandaag)
    fouten |= mis
    tekst = toelichting.strip()
    try:
        if overgang.reden_verplicht:
            tekst = schrijf_reden(toelichting, f"Schrijf op waarom: '{overgang.naam}' kan niet zonder uitleg.")
        elif len(tekst) > MAX_REDEN:
            raise OngeldigeInvoer(f"Dit is te lang: hooguit {MAX_REDEN} tekens.")
    except OngeldigeInvoer as fout:
        fouten["toelichting"] = fout.melding
    if fouten:
        raise Trajectfouten(fouten)
    return _Schoon(schoon, tekst)


def waarom_niet(vraag: Eisvraag, overgang: Trajectovergang) -> list[str]:
    """What stands in the way of this step, in words; empty when it can be taken."""
    assert vraag.stap is not None  # a step is asked about
    namen = {s.code: s.naam for s in vraag.tabel.stappen}
    gedaan = gedaan_van(vraag.gangen)
    uit = []
    for naam in (*vraag.stap.eis, *overgang.eis):
        zin = ingebouwd(naam, namen, gedaan) if ":" in naam else _eis(naam)(vraag)
        if zin is not None and zin not in uit:
            uit.append(zin)
    return uit


def _eis(naam: str) -> Callable[[Eisvraag], str | None]:
    """A guard by name. A table that a dossier kept may name one that is gone: the step then waits, and says why."""
    tabellen()
    weg = f"Deze stap vraagt een controle die het programma niet meer kent ({naam}). Waarschuw de beheerder."
    return EISEN.get(naam, lambda _vraag: weg)


def _schrijf(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    traject: Dossiertraject,
    stap: Trajectstap,
    overgang: Trajectovergang,
    op_datum: date,
    gegevens: Mapping[str, Waarde],
    toelichting: str,
) -> Trajectgang:
    besluit = None
    if BESLUIT in (*stap.eis, *overgang.eis):
        besluit = ongebruikt_akkoord(sessie, actor, traject.dossier, traject.code)
    gang = Trajectgang(
        gemeente_id=traject.gemeente_id,
        traject_id=traject.id,
        baan=stap.baan,
        van=overgang.van,
        naar=stap.code,
        op_datum=op_datum,
        gegevens=dict(gegevens),
        toelichting=toelichting,
        besluit_id=besluit.id if besluit else None,
        door_id=actor.gebruiker_id,
        op=nu,
    )
    sessie.add(gang)
    sessie.flush()
    return gang


def _eis_open(dossier: Dossier) -> None:
    if dossier.toestand == "afgesloten":
        raise Conflict("Dit dossier is afgesloten. Er komt geen stap meer bij.")


def _log(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, handeling: str, **gegevens: Any) -> None:
    # What happens in a Bibob dossier is for the named people only; the log says who and when.
    leg_dossier_vast(sessie, actor, nu, dossier, handeling, **({} if dossier.soort == "bibob" else gegevens))
