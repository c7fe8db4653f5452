"""Passing on to others: to whom, on which ground, which facts that ground allows, and what was chosen."""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import rfc8785

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.dossiers.rules import bibob
from inspecties.dossiers.rules.toestanden import SOORTEN
from inspecties.termijnen.rules.duur import Duur

BESTAND = Path(__file__).resolve().parents[3] / "config" / "verstrekkingen.toml"
BIBOB = "bibob"

# Kinds of facts, as headings of what goes out.
FEITSOORTEN: dict[str, str] = {
    "pand": "Het pand",
    "bezoek": "Het bezoek",
    "bevinding": "Bevindingen",
    "antwoord": "Antwoorden",
    "tekst": "Teksten uit het dossier",
    "foto": "Foto's",
    "stuk": "Stukken",
    "partij": "Partijen",
}
MAX_DOEL, MAX_NAAM = 2000, 160


@dataclass(frozen=True)
class Grond:
    """On what something may be passed on, and whether facts about persons may go with it."""

    code: str
    tekst: str
    personen: bool
    status: str
    bron: str

    @property
    def bevestigd(self) -> bool:
        return self.status == "bevestigd"


@dataclass(frozen=True)
class Ontvanger:
    """One recipient. ``antwoord``: in what time an answer is expected, such as "6w"; empty when none comes."""

    code: str
    naam: str
    functie: str
    soorten: tuple[str, ...]
    gevolgen: tuple[str, ...]
    antwoord: str
    mag: tuple[str, ...]
    gronden: tuple[Grond, ...]
    waarvoor: str = ""

    def grond(self, code: str) -> Grond:
        """Raises OngeldigeInvoer at 'grond'."""
        gevonden = next((g for g in self.gronden if g.code == code), None)
        if gevonden is None:
            raise OngeldigeInvoer("Kies op welke grond u dit mag doorgeven.", "grond")
        return gevonden


@dataclass(frozen=True)
class Feit:
    """One fact that can be ticked. ``persoon``: it says, or may say, something about a person.

    ``uid`` and ``sha256``: of a photo or a piece that goes with it.
    """

    code: str
    soort: str
    naam: str
    waarde: str
    persoon: bool = False
    uid: str = ""
    sha256: str = ""

    def als_json(self) -> dict[str, Any]:
        uit: dict[str, Any] = {"code": self.code, "soort": self.soort, "naam": self.naam, "waarde": self.waarde}
        uit["persoon"] = self.persoon
        return uit | ({"uid": self.uid, "sha256": self.sha256} if self.uid else {})


@dataclass(frozen=True)
class Keuze:
    """What a person fills in. ``gezien``: the hash of what that person read before sending."""

    ontvanger: str
    grond: str
    organisatie: str
    functie: str
    wijze: str
    doel: str
    feiten: tuple[str, ...]
    antwoord_voor: date | None = None
    gezien: str = ""


# Burgerlijk Wetboek 2:27, 2:66, 2:177 and 2:286: a legal person bears its form at the beginning or end of its name.
_RECHTSVORM = r"(?:b\.?v\.?|n\.?v\.?|stichting|vereniging|u\.?a\.?|besloten vennootschap|naamloze vennootschap)"
_RECHTSPERSOON = re.compile(rf"{_RECHTSVORM}\s.+|.+\s{_RECHTSVORM}", re.IGNORECASE | re.DOTALL)


def is_rechtspersoon(naam: str, kvk: str) -> bool:
    """Whether a party surely is no person. A KvK number does not say so: who trades under their own name has one."""
    return bool(kvk) and _RECHTSPERSOON.fullmatch(naam.strip()) is not None


def lees_ontvangers(rijen: Iterable[Mapping[str, Any]]) -> dict[str, Ontvanger]:
    """Recipients by code. Raises ValueError naming the row that is wrong."""
    uit: dict[str, Ontvanger] = {}
    for rij in rijen:
        velden = dict(rij)
        gronden = tuple(Grond(**g) for g in velden.pop("grond", ()))
        lijsten: dict[str, Any] = {naam: tuple(velden.pop(naam)) for naam in ("soorten", "gevolgen", "mag")}
        een = Ontvanger(**velden, **lijsten, gronden=gronden)
        if een.code in uit or not gronden:
            raise ValueError(f"ontvanger {een.code}: twice, or without a ground")
        if BIBOB in een.soorten or not set(een.soorten) <= set(SOORTEN) or not set(een.mag) <= set(FEITSOORTEN):
            raise ValueError(f"ontvanger {een.code}: unknown kind of dossier or of fact")
        if any(g.status not in {"bevestigd", "te bevestigen"} for g in gronden):
            raise ValueError(f"ontvanger {een.code}: unknown status")
        if een.antwoord:
            Duur.lees(een.antwoord)
        uit[een.code] = een
    return uit


@lru_cache(maxsize=1)
def ontvangers() -> Mapping[str, Ontvanger]:
    """The recipients of this installation, Bibob apart."""
    return lees_ontvangers(tomllib.loads(BESTAND.read_text(encoding="utf-8"))["ontvanger"])


def _uit_bibob(rij: bibob.Rij) -> Ontvanger:
    grond = Grond("artikel", f"{rij.artikel}: {rij.waarvoor}", True, rij.status, rij.bron)
    mag = ("pand", "tekst", "stuk", "partij")
    return Ontvanger(
        rij.code, rij.naam, "", (BIBOB,), (), "8w" if rij.code == "lbb" else "", mag, (grond,), rij.waarvoor
    )


def ontvangers_voor(soort: str) -> list[Ontvanger]:
    """To whom something of a dossier of this kind may go; of a Bibob dossier only the closed list of art. 28."""
    if soort == BIBOB:
        return [_uit_bibob(rij) for rij in bibob.bibobregels().ontvangers.values()]
    return [o for o in ontvangers().values() if not soort or soort in o.soorten]


def mag_verstrekken(soort: str, ontvanger: str) -> Ontvanger:
    """The recipient, if something of this kind of dossier may go there ("" for a proposal without a dossier).

    Raises Conflict for whoever is not on the closed list of a Bibob dossier, OngeldigeInvoer for an unknown one.
    """
    if soort == BIBOB:
        return _uit_bibob(bibob.mag_verstrekken(ontvanger))
    gevonden = next((o for o in ontvangers_voor(soort) if o.code == ontvanger), None)
    if gevonden is None:
        raise OngeldigeInvoer("Kies aan wie u doorzet uit de lijst.", "ontvanger")
    return gevonden


def ontvanger_bij(gevolg: str) -> str:
    """The recipient that a consequence leads to; empty where it leads to none."""
    return next((o.code for o in ontvangers().values() if gevolg in o.gevolgen), "")


def passend(feiten: Sequence[Feit], ontvanger: Ontvanger, grond: Grond) -> list[Feit]:
    """What may go to this recipient on this ground."""
    return [f for f in feiten if f.soort in ontvanger.mag and (grond.personen or not f.persoon)]


def hash_van(inhoud: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of the canonical JSON, by which what was read is recognised."""
    return hashlib.sha256(rfc8785.dumps(dict(inhoud))).hexdigest()


def _kort(tekst: str, veld: str, melding: str, hoogstens: int) -> str:
    schoon = tekst.strip() if veld == "doel" else " ".join(tekst.split())
    if not schoon:
        raise OngeldigeInvoer(melding, veld)
    if len(schoon) > hoogstens:
        raise OngeldigeInvoer(f"Dit is te lang: hooguit {hoogstens} tekens.", veld)
    return schoon


def stel_op(
    soort: str, keuze: Keuze, feiten: Sequence[Feit], wijzen: Mapping[str, str], vandaag: date, kenmerk: str
) -> dict[str, Any]:
    """Exactly what goes out, in the order of the list of facts. Raises OngeldigeInvoer naming the field, Conflict."""
    ontvanger = mag_verstrekken(soort, keuze.ontvanger)
    grond = ontvanger.grond(keuze.grond)
    organisatie = _kort(keuze.organisatie, "organisatie", "Schrijf op welke organisatie dit krijgt.", MAX_NAAM)
    functie = _kort(keuze.functie, "functie", "Schrijf op welke functie of afdeling dit krijgt.", MAX_NAAM)
    doel = _kort(keuze.doel, "doel", "Schrijf op waarvoor de ontvanger dit nodig heeft.", MAX_DOEL)
    if keuze.wijze not in wijzen:
        raise OngeldigeInvoer("Kies hoe u het doorgeeft.", "wijze")
    gekozen = set(keuze.feiten)
    if not gekozen:
        raise OngeldigeInvoer("Vink aan wat u doorgeeft. Geef niet meer door dan nodig is.", "feiten")
    mee = [f for f in feiten if f.code in gekozen]
    if len(mee) != len(gekozen):
        raise OngeldigeInvoer("Een van de gekozen feiten is er niet meer. Kijk de lijst na.", "feiten")
    mag = {f.code for f in passend(feiten, ontvanger, grond)}
    fout = next((f for f in mee if f.code not in mag), None)
    if fout is not None:
        waarom = "over personen" if fout.soort in ontvanger.mag else "van deze soort"
        raise OngeldigeInvoer(
            f"'{fout.naam}' mag niet mee: op deze grond gaan er geen gegevens {waarom} naar {ontvanger.naam}.", "feiten"
        )
    if keuze.antwoord_voor is not None and not vandaag < keuze.antwoord_voor <= date(vandaag.year + 1, 12, 31):
        raise OngeldigeInvoer("Kies een dag vanaf morgen, hooguit tot eind volgend jaar.", "antwoord_voor")
    return {
        "kenmerk": kenmerk,
        "ontvanger": {"code": ontvanger.code, "organisatie": organisatie, "functie": functie},
        "grondslag": {"tekst": grond.tekst, "status": grond.status},
        "doel": doel,
        "wijze": keuze.wijze,
        "antwoord_voor": keuze.antwoord_voor.isoformat() if keuze.antwoord_voor else "",
        "feiten": [f.als_json() for f in mee],
    }
