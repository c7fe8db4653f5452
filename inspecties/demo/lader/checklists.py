"""The checklists of ``config/checklists``, published; of one also the version before it, so that there is a history."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from sqlalchemy.orm import Session

from inspecties.checklists import operations
from inspecties.checklists.rules.bouwen import Lezing, bouw
from inspecties.checklists.rules.bron import Blad, Bron, Rij
from inspecties.checklists.rules.formulier import lees_formulier
from inspecties.core.klok import lokale_datum
from inspecties.demo.lader.kring import Kring
from inspecties.instellingen import WORTEL

MAP = WORTEL / "config" / "checklists"

# The checklist with a history, and how its earlier version differed (invented): questions that were not there yet,
# cells that said something else, and a choice that was missing.
MET_VERLEDEN = "huisvesting_arbeidsmigranten"
OUDE_VERSIE = "2025.4"
_NOG_NIET = frozenset({"wtta_toelating", "contract_taal"})
_ANDERS: Mapping[str, Mapping[str, str]] = {
    "gebruiksmelding": {"grondslag": "Bbl art. 6.6", "bewijs": ""},
    "elektra_veilig": {"label::Nederlands (nl)": "Is de elektra veilig?"},
    "uren_per_week": {"gevolg_als": ". > 48"},
    "buiten_gezien": {"relevant": ""},
}
_KEUZE_NOG_NIET = ("meetwijze", "bag")
_VERVANGEN = "Vervangen: er ontbraken vragen over de taal van het contract en de toelating van de uitlener."


@cache
def _lees(pad: Path) -> Lezing:
    return lees_formulier(pad.name, pad.read_bytes())


@cache
def eerdere_versie(pad: Path) -> Lezing:
    """The form as it was before."""
    return bouw(Bron(tuple(_vroeger(blad) for blad in _lees(pad).bron.bladen)))


def _vroeger(blad: Blad) -> Blad:
    kolommen = {naam: i for i, naam in enumerate(blad.kolommen)}
    rijen = []
    for rij in blad.rijen:
        cellen = list(rij.cellen)
        if blad.naam == "survey":
            naam = cellen[kolommen["name"]]
            if naam in _NOG_NIET:
                continue
            for kolom, waarde in _ANDERS.get(naam, {}).items():
                cellen[kolommen[kolom]] = waarde
        elif blad.naam == "choices":
            if (cellen[kolommen["list_name"]], cellen[kolommen["name"]]) == _KEUZE_NOG_NIET:
                continue
        elif blad.naam == "settings":
            cellen[kolommen["version"]] = OUDE_VERSIE
        rijen.append(Rij(rij.nummer, tuple(cellen)))
    return replace(blad, rijen=tuple(rijen))


def publiceer_checklists(sessie: Session, kring: Kring, nu: datetime) -> None:
    """Every form of the map as a published version that is valid from the day of ``nu``, or just after."""
    (jurist,) = kring.leden(("jurist",))[:1]
    for pad in sorted(MAP.glob("*.csv")):
        eerder = None
        if pad.stem == MET_VERLEDEN:
            eerder = operations.bewaar(sessie, jurist, nu, eerdere_versie(pad), nieuw=True)
            operations.publiceer(sessie, jurist, nu, eerder, lokale_datum(nu))
        versie = operations.bewaar(sessie, jurist, nu, _lees(pad), nieuw=True)
        vanaf = lokale_datum(nu) + (timedelta(days=1) if eerder is not None else timedelta(0))
        operations.publiceer(sessie, jurist, nu, versie, vanaf)
        if eerder is not None:
            operations.trek_in(sessie, jurist, nu, eerder, _VERVANGEN, ())
