"""Kinds of action, read from rows of configuration: what a new action of that kind begins with."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from inspecties.acties.rules.trekking import PROCENT_HOOGSTENS
from inspecties.core.fouten import OngeldigeInvoer

# Fixed by a constraint in the database: the configuration describes exactly these.
CODES = (
    *("pandenactie", "branchecontrole", "jaarcontrole", "hotelcontrole"),
    *("hercontrole", "spoedcontrole", "thema_actie"),
)
DUUR_HOOGSTENS_MIN = 720


@dataclass(frozen=True)
class Actiesoort:
    """A kind of action. ``partners``: kinds of organisation; ``norm``: the norm that it counts for ("": none).

    ``trekking_procent``: the share of its stops that is drawn by lot, where a planner does not choose another.
    """

    code: str
    naam: str
    uitleg: str
    aangekondigd: bool
    begin: time
    duur_min: int
    partners: tuple[str, ...] = ()
    checklists: tuple[str, ...] = ()
    norm: str = ""
    trekking_procent: int = 0

    def dienst(self) -> tuple[time, time, bool]:
        """The usual shift on the clock: begin, end, whether it ends after midnight."""
        begin = datetime.combine(date(2026, 1, 1), self.begin)
        eind = begin + timedelta(minutes=self.duur_min)
        return begin.time(), eind.time(), eind.date() > begin.date()


def lees_soorten(rijen: Sequence[Mapping[str, Any]]) -> dict[str, Actiesoort]:
    """Code -> kind, in the order of the file. Raises OngeldigeInvoer naming the kind and what would be right."""
    uit: dict[str, Actiesoort] = {}
    for rij in rijen:
        soort = _lees(rij)
        if soort.code in uit:
            raise OngeldigeInvoer(f"Soort '{soort.code}' staat twee keer in actiesoorten.toml.", "code")
        uit[soort.code] = soort
    if set(uit) != set(CODES):
        anders = ", ".join(sorted(set(uit) ^ set(CODES)))
        raise OngeldigeInvoer(f"In actiesoorten.toml horen precies deze soorten: {', '.join(CODES)}. Anders: {anders}.")
    return uit


def _lees(rij: Mapping[str, Any]) -> Actiesoort:
    waar = f"Soort '{rij.get('code', '')}' in actiesoorten.toml"
    for veld in ("code", "naam"):
        if not isinstance(rij.get(veld), str) or not rij[veld].strip():
            raise OngeldigeInvoer(f"{waar}: '{veld}' ontbreekt. Vul een tekst in.", veld)
    try:
        begin = time.fromisoformat(str(rij.get("begin", "")))
    except ValueError:
        raise OngeldigeInvoer(f"{waar}: 'begin' is een tijd, zoals \"17:00\".", "begin") from None
    duur = rij.get("duur_min")
    if not isinstance(duur, int) or isinstance(duur, bool) or not 0 < duur <= DUUR_HOOGSTENS_MIN:
        raise OngeldigeInvoer(f"{waar}: 'duur_min' is een getal van 1 tot {DUUR_HOOGSTENS_MIN}.", "duur_min")
    norm = str(rij.get("norm", ""))
    if norm and norm not in CODES:
        raise OngeldigeInvoer(f"{waar}: 'norm' is leeg of een van: {', '.join(CODES)}.", "norm")
    trekking = rij.get("trekking_procent", 0)
    if not isinstance(trekking, int) or isinstance(trekking, bool) or not 0 <= trekking <= PROCENT_HOOGSTENS:
        raise OngeldigeInvoer(
            f"{waar}: 'trekking_procent' is een getal van 0 tot en met {PROCENT_HOOGSTENS}.", "trekking_procent"
        )
    lijsten: dict[str, tuple[str, ...]] = {}
    for veld in ("partners", "checklists"):
        waarde = rij.get(veld, [])
        if not isinstance(waarde, list) or not all(isinstance(w, str) for w in waarde):
            raise OngeldigeInvoer(f"{waar}: '{veld}' is een lijst van codes, zoals [\"politie\"].", veld)
        lijsten[veld] = tuple(waarde)
    return Actiesoort(
        code=rij["code"],
        naam=rij["naam"],
        uitleg=str(rij.get("uitleg", "")),
        aangekondigd=rij.get("aangekondigd") is True,
        begin=begin,
        duur_min=duur,
        norm=norm,
        trekking_procent=trekking,
        **lijsten,
    )


def controleer_partners(soorten: Mapping[str, Actiesoort], bekend: Collection[str]) -> None:
    """Raise OngeldigeInvoer where a kind of action names a kind of organisation that does not exist."""
    for soort in soorten.values():
        for partner in soort.partners:
            if partner not in bekend:
                raise OngeldigeInvoer(
                    f"Soort '{soort.code}' in actiesoorten.toml noemt de partner '{partner}'. "
                    f"Kies uit: {', '.join(sorted(bekend))}.",
                    "partners",
                )
