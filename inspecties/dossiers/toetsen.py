"""Filling in the legal test of a dossier, and reading how it stands."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from sqlalchemy.orm import Session, selectinload

from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.inhoudshash import inhoudshash
from inspecties.database import select_voor
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_toets import Dossiertoets, Toetsregel
from inspecties.dossiers.rules.gevolgen import instrument_bij
from inspecties.dossiers.rules.toets import Eis, Invulling, Stand, Toets, keur, lees_toetsen
from inspecties.dossiers.werk import begin_werk, leg_dossier_vast, zet_stap

BESTAND = Path(__file__).resolve().parents[2] / "config" / "toetsen.toml"


@lru_cache(maxsize=1)
def toetsen() -> Mapping[str, Toets]:
    """The tests of this installation, by instrument."""
    return lees_toetsen(tomllib.loads(BESTAND.read_text(encoding="utf-8"))["toets"])


@dataclass(frozen=True)
class Ingezonden:
    """One part as somebody sends it in. ``bewijs``: public ids. ``gezien``: the hash of what they started from."""

    tekst: str = ""
    antwoord: str = ""
    waarom_toch: str = ""
    bewijs: tuple[str, ...] = ()
    gezien: str | None = None

    @property
    def hash(self) -> str:
        return inhoudshash([self.tekst.strip(), self.antwoord, self.waarom_toch.strip(), sorted(self.bewijs)])


class Toetsfouten(OngeldigeInvoer):
    """Parts that cannot be stored like this: code -> (field, message). Nothing was stored."""

    def __init__(self, fouten: dict[str, tuple[str, str]]) -> None:
        super().__init__("Een deel van de toets klopt nog niet. Er is niets bewaard.", "toets")
        self.fouten = fouten


class Toetsconflict(Conflict):
    """Somebody else changed these parts meanwhile: code -> what stands there now. Nothing was stored."""

    def __init__(self, staat_er: dict[str, Ingezonden]) -> None:
        super().__init__("Een deel is intussen door iemand anders gewijzigd. Beide teksten staan eronder.", "toets")
        self.staat_er = staat_er


def _rij(sessie: Session, lezer: Actor, dossier: Dossier) -> Dossiertoets | None:
    return sessie.scalars(
        select_voor(lezer, Dossiertoets)
        .where(Dossiertoets.dossier_id == dossier.id)
        .options(selectinload(Dossiertoets.regels))
        .execution_options(populate_existing=True)
    ).one_or_none()


def toets_voor(rij: Dossiertoets | None, dossier: Dossier) -> Toets | None:
    """The test that the dossier began with, else the present one of its instrument; None where there is none."""
    if rij is not None:
        return Toets.uit(rij.definitie)
    instrument = instrument_bij(dossier.soort, dossier.grondslag)
    return toetsen().get(instrument.code) if instrument else None


def ingevuld(rij: Dossiertoets | None) -> dict[str, Ingezonden]:
    """What stands at each part."""
    return {
        r.code: Ingezonden(r.tekst, r.antwoord, r.waarom_toch, tuple(r.bewijs)) for r in (rij.regels if rij else ())
    }


@dataclass(frozen=True)
class Gelezen:
    """The test of a dossier: how it stands, and what was stored per part."""

    stand: Stand
    delen: Mapping[str, Ingezonden]


def heeft_toets(sessie: Session, lezer: Actor, dossier: Dossier) -> bool:
    """Whether there is a test for what this dossier rests on."""
    return toets_voor(_rij(sessie, lezer, dossier), dossier) is not None


def lees(
    sessie: Session, lezer: Actor, dossier: Dossier, nummers: Mapping[str, int], merken: Mapping[str, str] | None = None
) -> Gelezen | None:
    """The test of a dossier. ``nummers``: public id of evidence -> its number on the list; ``merken``: of a report,
    statement or conclusion -> its mark, in order. Others do not count."""
    rij = _rij(sessie, lezer, dossier)
    toets = toets_voor(rij, dossier)
    if toets is None:
        return None
    delen = ingevuld(rij)
    invulling = {
        code: Invulling(
            deel.tekst,
            deel.antwoord,
            deel.waarom_toch,
            tuple(sorted(nummers[b] for b in deel.bewijs if b in nummers)),
            tuple(merk for uid, merk in (merken or {}).items() if uid in deel.bewijs),
        )
        for code, deel in delen.items()
    }
    return Gelezen(Stand(toets, invulling), delen)


def vul_in(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    dossier: Dossier,
    delen: Mapping[str, Ingezonden],
    bewijs: Collection[str],
) -> int:
    """Store the parts that changed; how many. ``bewijs``: public ids of what may be referred to.

    Raises Toetsfouten, Toetsconflict, Conflict; then nothing was stored.
    """
    begin_werk(sessie, actor, nu, dossier)
    rij = _rij(sessie, actor, dossier)
    toets = toets_voor(rij, dossier)
    if toets is None:
        raise Conflict("Voor deze grondslag is er geen toets.")
    oud = ingevuld(rij)
    fouten: dict[str, tuple[str, str]] = {}
    botst: dict[str, Ingezonden] = {}
    nieuw: dict[str, tuple[Invulling, Ingezonden]] = {}
    for code, deel in delen.items():
        staat_er = oud.get(code, Ingezonden())
        if deel.hash in {staat_er.hash, deel.gezien}:
            # As it stands, or as it was when the page was opened: then this person changed nothing here.
            continue
        if deel.gezien is not None and deel.gezien != staat_er.hash:
            botst[code] = staat_er
            continue
        try:
            soort = toets.deel(code)
            if not set(deel.bewijs) <= set(bewijs):
                raise OngeldigeInvoer("Dit bewijs staat niet meer op de lijst. Ververs de pagina.", "bewijs")
            schoon = keur(soort, Invulling(deel.tekst, deel.antwoord, deel.waarom_toch))
        except OngeldigeInvoer as fout:
            fouten[code] = (fout.veld or "tekst", fout.melding)
            continue
        nieuw[code] = (schoon, deel)
    if fouten:
        raise Toetsfouten(fouten)
    if botst:
        raise Toetsconflict(botst)
    if not nieuw:
        return 0
    if rij is None:
        rij = Dossiertoets(
            gemeente_id=dossier.gemeente_id, dossier_id=dossier.id, definitie=toets.als_rij(), begonnen_op=nu, regels=[]
        )
        sessie.add(rij)
        sessie.flush()
    bestaand = {r.code: r for r in rij.regels}
    for code, (schoon, deel) in nieuw.items():
        regel = bestaand.get(code)
        if regel is None:
            regel = Toetsregel(gemeente_id=dossier.gemeente_id, toets_id=rij.id, code=code)
            sessie.add(regel)
        regel.tekst, regel.antwoord, regel.waarom_toch = schoon.tekst, schoon.antwoord, schoon.waarom_toch
        regel.bewijs = sorted(deel.bewijs)
        regel.gewijzigd_op, regel.gewijzigd_door_id = nu, actor.gebruiker_id
    sessie.flush()
    sessie.expire(rij, ["regels"])
    titels = [_titel(toets, code) for code in nieuw]
    zet_stap(sessie, actor, nu, dossier, "toets", f"Juridische toets: {'; '.join(titels)[:3000]}.")
    hashes = {code: deel.hash for code, (_, deel) in nieuw.items()}
    tegen = [code for code, (schoon, _) in nieuw.items() if schoon.waarom_toch]
    leg_dossier_vast(sessie, actor, nu, dossier, "dossier_toets", delen=hashes, afgeweken=tegen)
    return len(nieuw)


def _titel(toets: Toets, code: str) -> str:
    deel = toets.deel(code)
    return deel.titel if isinstance(deel, Eis) else deel.vraag.rstrip("?")
