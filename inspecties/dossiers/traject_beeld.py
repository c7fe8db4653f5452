"""A track as a person sees it: what was done, where it stands, what can follow and what that still needs."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy.orm import Session, joinedload

from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import RECHTEN, rol_mag
from inspecties.database import select_voor
from inspecties.dossiers.akkoorden import ongebruikt_akkoord
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.dossiers.models_traject import Dossiertraject, Trajectgang, Trajecttermijn
from inspecties.dossiers.rules.traject import NERGENS, Trajectovergang, Trajectstap, Trajecttabel
from inspecties.dossiers.rules.trajectgang import ingebouwd
from inspecties.dossiers.trajecten import (
    BESLUIT,
    Eisvraag,
    gedaan_van,
    stand_van,
    tabel_van,
    tabellen,
    trajecten_van,
    waarom_niet,
    waarom_niet_beginnen,
)

KLAAR, NU, STRAKS = "klaar", "nu", "straks"


@dataclass(frozen=True)
class Stapregel:
    """One step on the line. ``stand``: klaar, nu or straks."""

    stap: Trajectstap
    stand: str
    op: date | None = None


@dataclass(frozen=True)
class Keuze:
    """A step that can follow; ``redenen`` says what it still needs, empty when nothing."""

    stap: Trajectstap
    overgang: Trajectovergang
    redenen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Baanregel:
    """A side lane: where it stands and what can follow there."""

    naam: str
    stand: str
    klaar: bool
    keuzes: tuple[Keuze, ...]


@dataclass(frozen=True)
class Gangregel:
    """A step that was taken, with its answers in words and the terms that it began."""

    gang: Trajectgang
    stap: Trajectstap
    antwoorden: tuple[tuple[str, str], ...]
    termijnen: tuple[Looptermijn, ...] = ()


@dataclass(frozen=True)
class Trajectbeeld:
    """One track. ``besluit_nodig``: the next step waits for a new approval of the cabinet."""

    traject: Dossiertraject
    tabel: Trajecttabel
    nu: Trajectstap
    klaar: bool
    lijn: tuple[Stapregel, ...]
    keuzes: tuple[Keuze, ...]
    banen: tuple[Baanregel, ...]
    gangen: tuple[Gangregel, ...]
    besluit_nodig: bool = False

    @property
    def alle_keuzes(self) -> tuple[Keuze, ...]:
        return (*self.keuzes, *(k for baan in self.banen for k in baan.keuzes))

    def keuze(self, code: str) -> Keuze | None:
        """The step with this code where it can follow; else the first that can, on the usual way."""
        gekozen = next((k for k in self.alle_keuzes if k.stap.code == code), None)
        if gekozen is not None or not self.keuzes:
            return gekozen
        # What waits for something is still the next step: going back or stopping is never proposed instead.
        verder = [k for k in self.keuzes if self.gaat_verder(k)]
        return next((k for k in verder if not k.redenen), (verder or self.keuzes)[0])

    def gaat_verder(self, keuze: Keuze) -> bool:
        """Whether this step lies ahead on the usual way."""
        weg = self.tabel.weg
        if keuze.stap.code not in weg:
            return False
        return self.nu.code not in weg or weg.index(keuze.stap.code) > weg.index(self.nu.code)


@dataclass(frozen=True)
class Begin:
    """A track that this dossier could have; ``reden`` says why it cannot begin."""

    tabel: Trajecttabel
    reden: str = ""


@dataclass
class Trajectpagina:
    """Everything about tracks in one dossier."""

    beelden: list[Trajectbeeld] = field(default_factory=list)
    begin: list[Begin] = field(default_factory=list)


def _vraag(sessie: Session, actor: Actor, nu: datetime, traject: Dossiertraject, tabel: Trajecttabel) -> Eisvraag:
    return Eisvraag(sessie, actor, nu, traject.dossier, tabel, traject, gangen=list(traject.gangen), voorlopig=True)


def _keuzes(vraag: Eisvraag, stand: str, baan: str) -> list[Keuze]:
    """Edges from here that this person may walk. One that is closed for good by what was done or chosen is left out."""
    namen = {s.code: s.naam for s in vraag.tabel.stappen}
    gedaan = gedaan_van(vraag.gangen)
    uit = []
    for overgang in vraag.tabel.vanuit(stand, baan):
        dicht = any(ingebouwd(e, namen, gedaan) is not None for e in overgang.eis if ":" in e)
        if dicht or overgang.recht not in RECHTEN or not rol_mag(vraag.actor.rol, overgang.recht):
            continue
        stap = vraag.tabel.stap(overgang.naar)
        uit.append(Keuze(stap, overgang, tuple(waarom_niet(replace(vraag, stap=stap), overgang))))
    return uit


def lijn_van(traject: Dossiertraject, tabel: Trajecttabel) -> tuple[Stapregel, ...]:
    """What was done in the main lane, where it stands, and the usual way from there."""
    weg, gangen = list(tabel.weg), [g for g in traject.gangen if not g.baan]
    gelopen = {g.naar: g for g in gangen}
    plek = weg.index(traject.stand) if traject.stand in weg else None
    klaar = [
        g for code, g in gelopen.items()
        if code != traject.stand and (plek is None or code not in weg or weg.index(code) < plek)
    ]  # fmt: skip
    uit = [Stapregel(tabel.stap(g.naar), KLAAR, g.op_datum) for g in sorted(klaar, key=lambda g: g.id)]
    nu = gelopen.get(traject.stand)
    uit.append(Stapregel(tabel.stap(traject.stand), NU, nu.op_datum if nu else None))
    if tabel.is_eind(traject.stand):
        return tuple(uit)
    verst = plek if plek is not None else max((weg.index(c) for c in gelopen if c in weg), default=-1)
    namen, gedaan = {s.code: s.naam for s in tabel.stappen}, gedaan_van(list(traject.gangen))
    hierna = [
        weg.index(o.naar)
        for o in tabel.vanuit(traject.stand)
        if o.naar in weg[verst + 1 :] and all(ingebouwd(e, namen, gedaan) is None for e in o.eis if ":" in e)
    ]
    straks = weg[min(hierna) :] if hierna else []
    return (*uit, *(Stapregel(tabel.stap(code), STRAKS) for code in straks if code not in {s.stap.code for s in uit}))


def _gangen(traject: Dossiertraject, tabel: Trajecttabel, termijnen: Sequence[Trajecttermijn]) -> tuple[Gangregel, ...]:
    per_gang: dict[int, list[Looptermijn]] = {}
    for rij in termijnen:
        per_gang.setdefault(rij.gang_id, []).append(rij.looptermijn)
    uit = []
    for gang in traject.gangen:
        stap = tabel.stap(gang.naar)
        antwoorden = tuple(
            (v.label, v.in_woorden(gang.gegevens[v.naam])) for v in stap.vereist if v.naam in gang.gegevens
        )
        uit.append(Gangregel(gang, stap, antwoorden, tuple(per_gang.get(gang.id, ()))))
    return tuple(reversed(uit))


def maak_beeld(sessie: Session, actor: Actor, nu: datetime, traject: Dossiertraject) -> Trajectbeeld:
    """One track as this person sees it."""
    tabel, open_ = tabel_van(traject), traject.dossier.toestand != "afgesloten"
    vraag = _vraag(sessie, actor, nu, traject, tabel)
    keuzes = _keuzes(vraag, traject.stand, "") if open_ else []
    plaats = {code: nr for nr, code in enumerate(tabel.weg)}
    hier = plaats.get(traject.stand, -1)
    # What lies ahead first, then side ways, then going back; stopping last.
    keuzes.sort(
        key=lambda k: (
            k.stap.code == tabel.stop,
            plaats.get(k.stap.code, len(plaats)) < hier,
            plaats.get(k.stap.code, len(plaats)),
        )
    )
    banen = []
    for code, naam in tabel.banen:
        stand = stand_van(traject, tabel, code)
        kan = tuple(_keuzes(vraag, stand, code)) if open_ else ()
        if stand == NERGENS:
            # What has not begun and cannot begin yet is no news.
            kan = tuple(k for k in kan if not k.redenen)
            if kan:
                banen.append(Baanregel(naam, "Niet aan de orde", True, kan))
        else:
            banen.append(Baanregel(naam, tabel.stap(stand).naam, tabel.is_eind(stand), kan))
    termijnen = sessie.scalars(
        select_voor(actor, Trajecttermijn)
        .where(Trajecttermijn.gang_id.in_([g.id for g in traject.gangen]))
        .order_by(Trajecttermijn.id)
        .options(joinedload(Trajecttermijn.looptermijn))
    ).all()
    nodig = any(BESLUIT in (*k.stap.eis, *k.overgang.eis) for k in keuzes)
    return Trajectbeeld(
        traject,
        tabel,
        tabel.stap(traject.stand),
        tabel.is_eind(traject.stand),
        lijn_van(traject, tabel),
        tuple(keuzes),
        tuple(banen),
        _gangen(traject, tabel, termijnen),
        nodig and ongebruikt_akkoord(sessie, actor, traject.dossier, traject.code) is None,
    )


def maak_pagina(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier) -> Trajectpagina:
    """The tracks of a dossier, the one in which it is now first, and those that it could have."""
    rijen = trajecten_van(sessie, actor, dossier)
    beelden = [maak_beeld(sessie, actor, nu, rij) for rij in rijen]
    beelden.sort(key=lambda b: b.klaar)
    begin = []
    if rol_mag(actor.rol, "dossiers.bewerken") and dossier.toestand != "afgesloten":
        al = {b.traject.code for b in beelden}
        for tabel in tabellen(lokale_datum(nu)).values():
            if tabel.soort == dossier.soort and tabel.code not in al:
                begin.append(Begin(tabel, waarom_niet_beginnen(sessie, actor, nu, dossier, tabel, rijen) or ""))
        begin.sort(key=lambda b: bool(b.reden))
    return Trajectpagina(beelden, begin)
