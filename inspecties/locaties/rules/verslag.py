"""What became of every row of an import file."""

from dataclasses import dataclass, field
from typing import Any

# Errors and doubles that are kept one by one; beyond that they are only counted.
MAX_BEWAARD = 5_000
MAX_VOORBEELD = 20


@dataclass(frozen=True, slots=True)
class Rijfout:
    """What is wrong in one cell and what would be right. ``kolom`` is the heading as it stands in the file."""

    rij: int
    kolom: str
    melding: str


@dataclass(frozen=True, slots=True)
class Dubbel:
    """A row that is there already. ``met``: an existing location, or 'rij 12' of the same file."""

    rij: int
    naam: str
    met: str


@dataclass(frozen=True, slots=True)
class Nieuw:
    """A row that can be stored."""

    rij: int
    naam: str
    type: str
    waar: str


@dataclass(frozen=True, slots=True)
class Wijziging:
    """A row that changes what is there: field -> (old, new), as people read it."""

    rij: int
    naam: str
    velden: dict[str, tuple[str, str]]


@dataclass
class Importverslag:
    """The report of one file. ``opgeslagen`` says whether anything was stored at all.

    ``toewijzing``: heading -> field, where somebody chose; ``onthouden_op``: the day (ISO 8601) on which that was
    remembered for ``bron``.
    """

    bestandsnaam: str
    codering: str = ""
    gelezen: int = 0
    goed: int = 0
    foute_rijen: int = 0
    aantal_fouten: int = 0
    aantal_dubbel: int = 0
    fouten: list[Rijfout] = field(default_factory=list)
    dubbel: list[Dubbel] = field(default_factory=list)
    voorbeeld: list[Nieuw] = field(default_factory=list)
    genegeerde_kolommen: tuple[str, ...] = ()
    deel: bool = False
    opgeslagen: bool = False
    soort: str = "locaties"
    bijwerken: bool = False
    bron: str = ""
    toewijzing: dict[str, str] | None = None
    onthouden_op: str = ""
    aantal_bijgewerkt: int = 0
    aantal_gelijk: int = 0
    wijzigingen: list[Wijziging] = field(default_factory=list)

    @property
    def mag_opslaan(self) -> bool:
        """Whether there is something to store and nothing that forbids it."""
        return self.goed + self.aantal_bijgewerkt > 0 and (self.foute_rijen == 0 or self.deel)

    def meld_fouten(self, fouten: list[Rijfout]) -> None:
        """One wrong row."""
        self.foute_rijen += 1
        self.aantal_fouten += len(fouten)
        self.fouten += fouten[: max(0, MAX_BEWAARD - len(self.fouten))]

    def meld_dubbel(self, dubbel: Dubbel) -> None:
        """One row that is there already."""
        self.aantal_dubbel += 1
        if len(self.dubbel) < MAX_BEWAARD:
            self.dubbel.append(dubbel)

    def meld_goed(self, nieuw: Nieuw) -> None:
        """One row that can be stored."""
        self.goed += 1
        if len(self.voorbeeld) < MAX_VOORBEELD:
            self.voorbeeld.append(nieuw)

    def meld_wijziging(self, wijziging: Wijziging) -> None:
        """One row that changes what is there."""
        self.aantal_bijgewerkt += 1
        if len(self.wijzigingen) < MAX_BEWAARD:
            self.wijzigingen.append(wijziging)

    def als_json(self) -> dict[str, Any]:
        """As the command prints it and the dry run keeps it."""
        return {
            "bestand": self.bestandsnaam,
            "codering": self.codering,
            "gelezen": self.gelezen,
            "goed": self.goed,
            "toegevoegd": self.goed if self.opgeslagen else 0,
            "bestaat_al": self.aantal_dubbel,
            "foute_rijen": self.foute_rijen,
            "aantal_fouten": self.aantal_fouten,
            "fouten": [{"rij": f.rij, "kolom": f.kolom, "melding": f.melding} for f in self.fouten],
            "dubbel": [{"rij": d.rij, "naam": d.naam, "met": d.met} for d in self.dubbel],
            "voorbeeld": [{"rij": n.rij, "naam": n.naam, "type": n.type, "waar": n.waar} for n in self.voorbeeld],
            "genegeerde_kolommen": list(self.genegeerde_kolommen),
            "deel": self.deel,
            "opgeslagen": self.opgeslagen,
            "soort": self.soort,
            "bijwerken": self.bijwerken,
            "bron": self.bron,
            "toewijzing": self.toewijzing,
            "onthouden_op": self.onthouden_op,
            "bij_te_werken": self.aantal_bijgewerkt,
            "bijgewerkt": self.aantal_bijgewerkt if self.opgeslagen else 0,
            "gelijk": self.aantal_gelijk,
            "wijzigingen": [
                {"rij": w.rij, "naam": w.naam, "velden": {k: list(v) for k, v in w.velden.items()}}
                for w in self.wijzigingen
            ],
        }
