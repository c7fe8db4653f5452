"""The legal test of a closure: what has to be shown, and which questions from case law stop it (config/toetsen.toml).

A jurist answers; nothing here decides. A gate that stops can be overruled with a written reason, which goes into the
document that the mayor decides upon.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from inspecties.core.fouten import OngeldigeInvoer

BEVESTIGD, TE_BEVESTIGEN = "bevestigd", "te bevestigen"
OORDELEN: dict[str, str] = {"": "Nog geen oordeel", "voldaan": "Voldaan", "niet_voldaan": "Niet voldaan"}
ANTWOORDEN: dict[str, str] = {"ja": "Ja", "nee": "Nee"}
MAX_TEKST = 6000


@dataclass(frozen=True)
class Eis:
    """Something that has to be shown. ``bewijs``: the facts have to rest on evidence of the dossier."""

    code: str
    titel: str
    vraag: str
    artikel: str
    bron: str
    status: str
    bewijs: bool


@dataclass(frozen=True)
class Poort:
    """A yes/no question from case law or policy; ``stopt_bij`` is the answer that stands in the way."""

    code: str
    vraag: str
    stopt_bij: str
    regel: str
    uitspraak: str
    status: str

    @property
    def titel(self) -> str:
        return self.vraag


@dataclass(frozen=True)
class Toets:
    """The test of one instrument in one version."""

    instrument: str
    versie: str
    eisen: tuple[Eis, ...]
    poorten: tuple[Poort, ...]

    @property
    def delen(self) -> tuple[Eis | Poort, ...]:
        return (*self.eisen, *self.poorten)

    @classmethod
    def uit(cls, rij: Mapping[str, Any]) -> "Toets":
        """A test of the file, or one that a dossier kept. Raises ValueError naming what is wrong."""
        eisen = tuple(Eis(**e) for e in rij.get("eis", ()))
        poorten = tuple(Poort(**p) for p in rij.get("poort", ()))
        wat = f"toets {rij['instrument']}"
        toets = cls(rij["instrument"], str(rij["versie"]), eisen, poorten)
        if not eisen or len({d.code for d in toets.delen}) != len(toets.delen):
            raise ValueError(f"{wat}: no requirement, or a code twice")
        if any(d.status not in {BEVESTIGD, TE_BEVESTIGEN} for d in toets.delen):
            raise ValueError(f"{wat}: unknown status")
        if any(p.stopt_bij not in ANTWOORDEN for p in poorten):
            raise ValueError(f"{wat}: a gate stops at ja or nee")
        return toets

    def als_rij(self) -> dict[str, Any]:
        """As it is kept beside the dossier that began with it; ``uit`` reads it back."""
        return {
            "instrument": self.instrument,
            "versie": self.versie,
            "eis": [asdict(e) for e in self.eisen],
            "poort": [asdict(p) for p in self.poorten],
        }

    def deel(self, code: str) -> Eis | Poort:
        """The requirement or gate with this code. Raises OngeldigeInvoer."""
        for deel in self.delen:
            if deel.code == code:
                return deel
        raise OngeldigeInvoer("Dit onderdeel staat niet in de toets.", "code")


@dataclass(frozen=True)
class Invulling:
    """What a jurist wrote at one part. ``antwoord``: the judgement of a requirement, or ja/nee at a gate.

    ``bewijs``: numbers on the dossier's evidence list; ``stukken``: marks of reports, statements and conclusions.
    ``waarom_toch``: why a gate that stops does not stop here.
    """

    tekst: str = ""
    antwoord: str = ""
    waarom_toch: str = ""
    bewijs: tuple[int, ...] = ()
    stukken: tuple[str, ...] = ()


@dataclass(frozen=True)
class Zwakte:
    """A weak spot. ``blokkeert``: the dossier cannot be submitted like this."""

    code: str
    tekst: str
    blokkeert: bool


@dataclass(frozen=True)
class Stand:
    """The test as far as it has been filled in."""

    toets: Toets
    invulling: Mapping[str, Invulling] = field(default_factory=dict)

    def bij(self, code: str) -> Invulling:
        return self.invulling.get(code, Invulling())

    def stopt(self, poort: Poort) -> bool:
        """Whether the answer at this gate stands in the way."""
        return self.bij(poort.code).antwoord == poort.stopt_bij

    @property
    def zwakke_plekken(self) -> list[Zwakte]:
        """In the order of a judge: gates that stop, what was overruled, what is open, facts without evidence."""
        stopt: list[Zwakte] = []
        overruled: list[Zwakte] = []
        open_: list[Zwakte] = []
        zwak: list[Zwakte] = []
        for poort in self.toets.poorten:
            wat = self.bij(poort.code)
            if not wat.antwoord:
                open_.append(Zwakte(poort.code, f"Nog te beantwoorden: {poort.vraag}", True))
            elif self.stopt(poort) and wat.waarom_toch.strip():
                tekst = f"{poort.regel} Hier toch, omdat: {wat.waarom_toch.strip()}"
                overruled.append(Zwakte(poort.code, tekst, False))
            elif self.stopt(poort):
                stopt.append(Zwakte(poort.code, f"{poort.regel} ({poort.uitspraak})", True))
        for eis in self.toets.eisen:
            wat = self.bij(eis.code)
            if not wat.tekst.strip():
                open_.append(Zwakte(eis.code, f"Nog te schrijven: {eis.titel}.", True))
            elif wat.antwoord == "niet_voldaan":
                stopt.append(Zwakte(eis.code, f"Niet voldaan: {eis.titel}.", True))
            elif not wat.antwoord:
                open_.append(Zwakte(eis.code, f"Nog geen oordeel: {eis.titel}.", True))
            elif eis.bewijs and not (wat.bewijs or wat.stukken):
                zwak.append(Zwakte(eis.code, f"Zonder bewijs: {eis.titel}.", False))
        return [*stopt, *overruled, *open_, *zwak]

    @property
    def belemmeringen(self) -> list[str]:
        """What has to be solved before the dossier can be submitted."""
        return [f"Juridische toets: {z.tekst}" for z in self.zwakke_plekken if z.blokkeert]


def keur(deel: Eis | Poort, invulling: Invulling) -> Invulling:
    """What can be stored at a part. Raises OngeldigeInvoer naming the field."""
    for veld, tekst in (("tekst", invulling.tekst), ("waarom_toch", invulling.waarom_toch)):
        if len(tekst.strip()) > MAX_TEKST:
            raise OngeldigeInvoer(f"Dit is te lang: hooguit {MAX_TEKST} tekens.", veld)
    if isinstance(deel, Eis):
        if invulling.antwoord not in OORDELEN:
            raise OngeldigeInvoer("Kies: voldaan, niet voldaan of nog geen oordeel.", "antwoord")
        if invulling.antwoord == "voldaan" and not invulling.tekst.strip():
            raise OngeldigeInvoer("Schrijf eerst de feiten op waaruit dit blijkt.", "tekst")
        return Invulling(invulling.tekst.strip(), invulling.antwoord, "", invulling.bewijs, invulling.stukken)
    if invulling.antwoord not in {*ANTWOORDEN, ""}:
        raise OngeldigeInvoer("Kies ja of nee.", "antwoord")
    if invulling.waarom_toch.strip() and invulling.antwoord != deel.stopt_bij:
        raise OngeldigeInvoer("Bij dit antwoord is er niets om van af te wijken. Maak dit veld leeg.", "waarom_toch")
    return Invulling(
        invulling.tekst.strip(),
        invulling.antwoord,
        invulling.waarom_toch.strip(),
        invulling.bewijs,
        invulling.stukken,
    )


def lees_toetsen(rijen: Iterable[Mapping[str, Any]]) -> dict[str, Toets]:
    """Tests by instrument. Raises ValueError where an instrument stands there twice."""
    uit: dict[str, Toets] = {}
    for rij in rijen:
        toets = Toets.uit(rij)
        if toets.instrument in uit:
            raise ValueError(f"toets {toets.instrument} stands there twice")
        uit[toets.instrument] = toets
    return uit
