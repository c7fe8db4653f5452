"""Letters of a dossier: their kinds, the fields that a text may name, paragraphs, and places left open."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.dossiers.rules.gevolgen import BEVESTIGD, TE_BEVESTIGEN
from inspecties.dossiers.rules.toestanden import SOORTEN
from inspecties.dossiers.rules.wijzigingen import inhoudshash

BESTAND = Path(__file__).resolve().parents[3] / "config" / "brieven.toml"

AAN: dict[str, str] = {
    "partij": "Een partij in het dossier",
    "bewoner": "De bewoners van het pand, zonder namen",
    "instantie": "Een andere instantie",
    "bestuur": "Ons eigen bestuur",
}
STUKSOORTEN: dict[str, str] = {"brief": "Brief", "besluit": "Besluit"}
TALEN: dict[str, str] = {
    "nl": "Nederlands",
    "en": "Engels",
    "pl": "Pools",
    "ro": "Roemeens",
    "bg": "Bulgaars",
    "es": "Spaans",
}
WIJZEN: dict[str, str] = {
    "post": "Gewone post",
    "aangetekend": "Aangetekende post",
    "uitgereikt": "Uitgereikt",
    "elektronisch": "Elektronisch",
    "publicatie": "Gepubliceerd",
}
BLOKSOORTEN = ("adres", "kop", "alinea", "punt", "cel")
MAX_BLOK = 20_000
MAX_BLOKKEN = 400
# Stands in a letter until it is sent; the page and the document show the day on which they are made.
DATUMPLEK = "[dag van verzending]"


@dataclass(frozen=True)
class Veld:
    """A field that a template may name. ``bron``: where its value comes from (config/brieven.toml), ``kind:names`` in
    order of preference with a semicolon between. ``niet_bij``: kinds of letter in which it would be wrong."""

    naam: str
    titel: str
    bron: str
    voorbeeld: str
    persoon: bool = False
    bestuur: bool = False
    niet_bij: tuple[str, ...] = ()

    @property
    def bronnen(self) -> list[tuple[str, tuple[str, ...]]]:
        """Kind of source with the names to look for."""
        delen = [deel.partition(":") for deel in self.bron.split(";")]
        return [(soort, tuple(namen.split(",")) if namen else ()) for soort, _, namen in delen]


@dataclass(frozen=True)
class Briefsoort:
    """A kind of letter."""

    code: str
    naam: str
    dossiersoorten: tuple[str, ...]
    aan: str
    status: str
    bron: str
    grondslag: str = ""
    besluit: bool = False
    vervolg: bool = False
    bekendmaking: bool = False
    stuk: str = "brief"
    talen: tuple[str, ...] = ("nl",)
    # Other names by which a step of a track asks for this kind.
    ook: tuple[str, ...] = ()

    @property
    def bevestigd(self) -> bool:
        return self.status == BEVESTIGD


@dataclass(frozen=True)
class Brievenboek:
    """Every kind and every field of this installation."""

    soorten: Mapping[str, Briefsoort]
    velden: Mapping[str, Veld]

    def velden_van(self, soort: Briefsoort) -> dict[str, Veld]:
        """The fields that a letter of this kind may name: residents read nothing about other people."""
        return {
            naam: veld
            for naam, veld in self.velden.items()
            if not (veld.persoon and soort.aan == "bewoner")
            and not (veld.bestuur and soort.aan != "bestuur")
            and soort.code not in veld.niet_bij
        }

    def soorten_voor(self, dossiersoort: str) -> list[Briefsoort]:
        """The kinds of letter that a dossier of this kind can hold."""
        return [s for s in self.soorten.values() if dossiersoort in s.dossiersoorten]

    def gevraagd(self, documenten: Iterable[str]) -> set[str]:
        """The kinds that are meant by the names that steps of a track use."""
        namen = set(documenten)
        return {s.code for s in self.soorten.values() if {s.code, *s.ook} & namen}


def lees_brieven(inhoud: Mapping[str, Any]) -> Brievenboek:
    """Raises ValueError naming the kind or field and what is wrong."""
    velden: dict[str, Veld] = {}
    for rij in inhoud["veld"]:
        veld = Veld(**(rij | {"niet_bij": tuple(rij.get("niet_bij", ()))}))
        if not re.fullmatch(r"[a-z][a-z0-9_]{1,39}", veld.naam) or veld.naam in velden:
            raise ValueError(f"brieven.toml: veld {veld.naam}: not a name, or there twice")
        velden[veld.naam] = veld
    soorten: dict[str, Briefsoort] = {}
    for rij in inhoud["soort"]:
        soort = Briefsoort(
            **(
                rij
                | {
                    "dossiersoorten": tuple(rij["dossiersoorten"]),
                    "talen": tuple(rij.get("talen", ("nl",))),
                    "ook": tuple(rij.get("ook", ())),
                }
            )
        )
        fout = (
            "there twice" if soort.code in soorten
            else "unknown kind of dossier" if not set(soort.dossiersoorten) <= set(SOORTEN)
            else "unknown aan" if soort.aan not in AAN
            else "unknown status" if soort.status not in {BEVESTIGD, TE_BEVESTIGEN}
            else "unknown language" if not set(soort.talen) <= set(TALEN) or "nl" not in soort.talen
            else "unknown stuk" if soort.stuk not in STUKSOORTEN
            else "vervolg without besluit" if soort.vervolg and not soort.besluit
            else ""
        )  # fmt: skip
        if fout:
            raise ValueError(f"brieven.toml: soort {soort.code}: {fout}")
        soorten[soort.code] = soort
    for veld in velden.values():
        if not set(veld.niet_bij) <= set(soorten):
            raise ValueError(f"brieven.toml: veld {veld.naam}: niet_bij names an unknown kind")
    return Brievenboek(soorten, velden)


@lru_cache(maxsize=1)
def brievenboek() -> Brievenboek:
    """The kinds and fields of this installation."""
    return lees_brieven(tomllib.loads(BESTAND.read_text(encoding="utf-8")))


def briefsoort(code: str) -> Briefsoort:
    """Raises OngeldigeInvoer at 'soort' for a kind that does not exist."""
    soort = brievenboek().soorten.get(code)
    if soort is None:
        raise OngeldigeInvoer("Kies welke brief u wilt maken.", "soort")
    return soort


# Places that wait for a value: '[nog in te vullen: Duur]'.
_OPEN = re.compile(r"\[nog in te vullen: ([^\[\]\n]{1,120})\]", re.IGNORECASE)


class Open(str):
    """What stands where a value is not known: text that marks the place, and false in a condition."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False


def open_plek(titel: str) -> Open:
    """The mark for the field with this title."""
    return Open(f"[nog in te vullen: {titel}]")


def open_plekken(teksten: Iterable[str]) -> list[str]:
    """What is still to be filled in, each once, in order."""
    return list(dict.fromkeys(m[1].strip() for tekst in teksten for m in _OPEN.finditer(tekst)))


def vul_plek(tekst: str, titel: str, waarde: str) -> str:
    """The text with every place of this title filled in."""
    return _OPEN.sub(lambda m: waarde if m[1].strip().casefold() == titel.casefold() else m[0], tekst)


def stukken(tekst: str) -> list[tuple[str, bool]]:
    """The text in pieces: (piece, whether it is a place that is still open), to be marked in yellow."""
    uit: list[tuple[str, bool]] = []
    begin = 0
    for m in _OPEN.finditer(tekst):
        if m.start() > begin:
            uit.append((tekst[begin : m.start()], False))
        uit.append((m[0], True))
        begin = m.end()
    if begin < len(tekst):
        uit.append((tekst[begin:], False))
    return uit


@dataclass(frozen=True)
class Blok:
    """One paragraph of a letter. ``plek``: its place in the Word file that the letter stands on, None where it was
    added on the page. ``cel``: (table, row, column) of a paragraph in a table."""

    id: str
    soort: str
    tekst: str
    plek: int | None = None
    cel: tuple[int, int, int] | None = None

    @property
    def hash(self) -> str:
        """The same for the same words."""
        return inhoudshash(self.tekst.strip())

    @property
    def stukken(self) -> list[tuple[str, bool]]:
        return stukken(self.tekst)

    def met(self, tekst: str) -> "Blok":
        return replace(self, tekst=tekst)

    def als_rij(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def uit(cls, rij: Mapping[str, Any]) -> "Blok":
        cel = rij.get("cel")
        return cls(rij["id"], rij["soort"], rij["tekst"], rij.get("plek"), tuple(cel) if cel else None)


def keur_blok(tekst: str) -> str:
    """The text of a paragraph as it may be stored. Raises OngeldigeInvoer."""
    schoon = "\n".join(regel.rstrip() for regel in tekst.replace("\r\n", "\n").replace("\r", "\n").split("\n")).strip()
    if len(schoon) > MAX_BLOK:
        raise OngeldigeInvoer(f"Deze alinea is te lang: {len(schoon)} tekens, {MAX_BLOK} is het meeste.", "tekst")
    fout = next((t for t in schoon if ord(t) < 32 and t not in "\n\t"), None)
    if fout is not None:
        raise OngeldigeInvoer("In deze alinea staat een teken dat niet kan. Typ de tekst opnieuw.", "tekst")
    return schoon
