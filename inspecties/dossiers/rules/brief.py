"""Letters of a dossier: their kinds, the fields that a text may name, paragraphs, and places left open."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.dossiers.rules.gevolgen import BEVESTIGD, TE_BEVESTIGEN
from inspecties.dossiers.rules.toestanden import SOORTEN
from inspecties.sjablonen.rules.sjabloon import Standaardtekst, Velden, lees_standaardtekst
from inspecties.sjablonen.rules.tekst import TALEN

CONFIG = Path(__file__).resolve().parents[3] / "config"
BESTAND = CONFIG / "brieven.toml"
TEKSTEN = CONFIG / "documenten" / "brieven"

AAN: dict[str, str] = {
    "partij": "Een partij in het dossier",
    "bewoner": "De bewoners van het pand, zonder namen",
    "instantie": "Een andere instantie",
    "bestuur": "Ons eigen bestuur",
}
STUKSOORTEN: dict[str, str] = {"brief": "Brief", "besluit": "Besluit"}
WIJZEN: dict[str, str] = {
    "post": "Gewone post",
    "aangetekend": "Aangetekende post",
    "uitgereikt": "Uitgereikt",
    "elektronisch": "Elektronisch",
    "publicatie": "Gepubliceerd",
}


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
    # Who decides on it where that is another body than the one of the dossier's article.
    bevoegd: str = ""

    @property
    def bevestigd(self) -> bool:
        return self.status == BEVESTIGD

    @property
    def velden(self) -> Velden:
        """What a template of this kind may name."""
        boek = brievenboek()
        waarom = "een brief aan bewoners" if self.aan == "bewoner" else "deze brief"
        mag = boek.velden_van(self)
        return Velden(
            mag, {n: f"mag niet in {waarom}: {v.titel.lower()}" for n, v in boek.velden.items() if n not in mag}
        )

    def standaardtekst(self, taal: str) -> Standaardtekst:
        """Raises ValueError naming the file and what is wrong."""
        return lees_standaardtekst(TEKSTEN, self.code, taal)


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
