"""What became of every row of an address file."""

from dataclasses import dataclass, field
from typing import Any

from inspecties.locaties.rules.verslag import MAX_BEWAARD, MAX_VOORBEELD, Rijfout


@dataclass(frozen=True, slots=True)
class Adresvoorbeeld:
    """A row that can be stored, to see whether the columns were understood. ``wat``: nieuw or gewijzigd."""

    rij: int
    wat: str
    adres: str


@dataclass
class Adresverslag:
    """The report of one file. ``opgeslagen`` says whether anything was stored at all."""

    bestandsnaam: str
    codering: str = ""
    gelezen: int = 0
    nieuw: int = 0
    gewijzigd: int = 0
    ongewijzigd: int = 0
    herhaald: int = 0
    foute_rijen: int = 0
    aantal_fouten: int = 0
    fouten: list[Rijfout] = field(default_factory=list)
    voorbeeld: list[Adresvoorbeeld] = field(default_factory=list)
    genegeerde_kolommen: tuple[str, ...] = ()
    deel: bool = False
    opgeslagen: bool = False

    @property
    def goed(self) -> int:
        """Rows that change something when they are stored."""
        return self.nieuw + self.gewijzigd

    @property
    def mag_opslaan(self) -> bool:
        """Whether there is something to store and nothing that forbids it."""
        return self.goed > 0 and (self.foute_rijen == 0 or self.deel)

    def meld_fouten(self, fouten: list[Rijfout]) -> None:
        """One wrong row."""
        self.foute_rijen += 1
        self.aantal_fouten += len(fouten)
        self.fouten += fouten[: max(0, MAX_BEWAARD - len(self.fouten))]

    @property
    def wil_voorbeeld(self) -> bool:
        """Whether there is room for another example."""
        return len(self.voorbeeld) < MAX_VOORBEELD

    def als_json(self) -> dict[str, Any]:
        """As the command prints it and the dry run keeps it."""
        return {
            "soort": "adressen",
            "bestand": self.bestandsnaam,
            "codering": self.codering,
            "gelezen": self.gelezen,
            "goed": self.goed,
            "nieuw": self.nieuw,
            "gewijzigd": self.gewijzigd,
            "ongewijzigd": self.ongewijzigd,
            "herhaald": self.herhaald,
            "toegevoegd": self.nieuw if self.opgeslagen else 0,
            "bijgewerkt": self.gewijzigd if self.opgeslagen else 0,
            "foute_rijen": self.foute_rijen,
            "aantal_fouten": self.aantal_fouten,
            "fouten": [{"rij": f.rij, "kolom": f.kolom, "melding": f.melding} for f in self.fouten],
            "voorbeeld": [{"rij": v.rij, "wat": v.wat, "adres": v.adres} for v in self.voorbeeld],
            "genegeerde_kolommen": list(self.genegeerde_kolommen),
            "deel": self.deel,
            "opgeslagen": self.opgeslagen,
        }
