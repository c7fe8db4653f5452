"""Which organisations and people have which powers on a day, read from rows of configuration."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from inspecties.core.fouten import OngeldigeInvoer

STATUSSEN: dict[str, str] = {"bevestigd": "Bevestigd", "te bevestigen": "Te bevestigen"}


@dataclass(frozen=True)
class Soort:
    """A kind of organisation. ``zonder_bevoegdheid``: it comes along to help and may never be given a power."""

    code: str
    naam: str
    zonder_bevoegdheid: bool = False


@dataclass(frozen=True)
class Bevoegdheid:
    """A power in a period: who has it, on which article, from which source.

    ``soorten``: kinds of organisation whose people all have it. ``persoonlijk``: own people are appointed one by one.
    """

    code: str
    naam: str
    artikel: str
    bron: str
    status: str
    soorten: tuple[str, ...] = ()
    persoonlijk: bool = False
    geldig_van: date = date.min
    geldig_tot: date = date.max
    toelichting: str = ""

    def geldt_op(self, dag: date) -> bool:
        """Whether the law knows it on this day; the last day counts."""
        return self.geldig_van <= dag <= self.geldig_tot


@dataclass(frozen=True)
class Houder:
    """A power that a person holds, up to and including ``geldig_tot`` (None: no end)."""

    code: str
    geldig_van: date
    geldig_tot: date | None = None

    def geldt_op(self, dag: date) -> bool:
        return self.geldig_van <= dag and (self.geldig_tot is None or dag <= self.geldig_tot)


@dataclass(frozen=True)
class Bevoegdhedentabel:
    """All kinds of organisation and all powers of the configuration."""

    soorten: Mapping[str, Soort]
    rijen: tuple[Bevoegdheid, ...]

    def op(self, dag: date) -> dict[str, Bevoegdheid]:
        """Code -> the row that counts on this day."""
        return {rij.code: rij for rij in self.rijen if rij.geldt_op(dag)}

    def naam(self, code: str) -> str:
        """The name of a power, also of one that has ended; the code itself where nobody knows it."""
        return next((rij.naam for rij in reversed(self.rijen) if rij.code == code), code)

    def soortnaam(self, code: str) -> str:
        """The name of a kind of organisation; the code itself where nobody knows it."""
        return self.soorten[code].naam if code in self.soorten else code

    def van_soort(self, soort: str, dag: date) -> tuple[Bevoegdheid, ...]:
        """What everybody of such an organisation may on this day."""
        return tuple(rij for rij in self.op(dag).values() if soort in rij.soorten)

    def persoonlijk(self, dag: date) -> tuple[Bevoegdheid, ...]:
        """To what own people can be appointed on this day."""
        return tuple(rij for rij in self.op(dag).values() if rij.persoonlijk)

    def van_mens(self, soort: str | None, houders: Iterable[Houder], dag: date) -> frozenset[str]:
        """The codes that one person has on a day: a partner those of the organisation, own people their own."""
        if soort is not None:
            return frozenset(rij.code for rij in self.van_soort(soort, dag))
        geldig = {rij.code for rij in self.persoonlijk(dag)}
        return frozenset(h.code for h in houders if h.geldt_op(dag)) & geldig


def lees_tabel(soorten: Sequence[Mapping[str, Any]], rijen: Sequence[Mapping[str, Any]]) -> Bevoegdhedentabel:
    """The checked table. Raises OngeldigeInvoer naming the row and what would be right."""
    per_code: dict[str, Soort] = {}
    for nummer, rij in enumerate(soorten, start=1):
        code, naam = str(rij.get("code", "")), str(rij.get("naam", ""))
        if not code or not naam or code in per_code:
            raise OngeldigeInvoer(f"Organisatiesoort {nummer} in bevoegdheden.toml: geef een eigen code en een naam.")
        per_code[code] = Soort(code, naam, rij.get("zonder_bevoegdheid") is True)
    uit: list[Bevoegdheid] = []
    for nummer, rij in enumerate(rijen, start=1):
        nieuw = _lees_rij(nummer, rij, per_code)
        for ander in uit:
            if (
                ander.code == nieuw.code
                and ander.geldig_van <= nieuw.geldig_tot
                and nieuw.geldig_van <= ander.geldig_tot
            ):
                raise OngeldigeInvoer(
                    f"Bevoegdheid '{nieuw.code}' staat twee keer in bevoegdheden.toml voor dezelfde dagen. "
                    "Sluit de oude rij met geldig_tot."
                )
        uit.append(nieuw)
    return Bevoegdhedentabel(per_code, tuple(uit))


def _lees_rij(nummer: int, rij: Mapping[str, Any], soorten: Mapping[str, Soort]) -> Bevoegdheid:
    waar = f"Bevoegdheid {nummer} ('{rij.get('code', '')}') in bevoegdheden.toml"
    for veld in ("code", "naam", "artikel", "bron", "status"):
        if not isinstance(rij.get(veld), str) or not rij[veld].strip():
            raise OngeldigeInvoer(f"{waar}: '{veld}' ontbreekt. Vul een tekst in.", veld)
    if rij["status"] not in STATUSSEN:
        raise OngeldigeInvoer(f"{waar}: status is 'bevestigd' of 'te bevestigen'.", "status")
    van, tot = rij.get("geldig_van", date.min), rij.get("geldig_tot", date.max)
    if not isinstance(van, date) or not isinstance(tot, date) or tot < van:
        raise OngeldigeInvoer(f"{waar}: geldig_van en geldig_tot zijn datums, zoals 2026-01-01, en in volgorde.")
    bij = tuple(rij.get("soorten", ()))
    for soort in bij:
        if soort not in soorten:
            raise OngeldigeInvoer(f"{waar}: de organisatiesoort '{soort}' bestaat niet.", "soorten")
        if soorten[soort].zonder_bevoegdheid:
            raise OngeldigeInvoer(f"{waar}: {soorten[soort].naam} heeft geen bevoegdheden.", "soorten")
    persoonlijk = rij.get("persoonlijk") is True
    if not bij and not persoonlijk:
        raise OngeldigeInvoer(f"{waar}: noem soorten, of zet persoonlijk op true.", "soorten")
    return Bevoegdheid(
        code=rij["code"],
        naam=rij["naam"],
        artikel=rij["artikel"],
        bron=rij["bron"],
        status=rij["status"],
        soorten=bij,
        persoonlijk=persoonlijk,
        geldig_van=van,
        geldig_tot=tot,
        toelichting=str(rij.get("toelichting", "")),
    )
