"""A score as a screen shows it: a bar with its parts, each with what this role may know of the facts behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import current_app, url_for
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.prioriteit_stand import bereken_nu
from inspecties.locaties.prioriteit_wegen import geldend
from inspecties.locaties.rules.prioriteit import hoogst_mogelijk, punten_tekst
from inspecties.locaties.rules.prioriteit_woorden import DELEN

# The facts of these parts are only for who may read them; the points are not secret.
_RECHT_VOOR: dict[str, str] = {"signalen": "signalen.lezen", "bevindingen": "bezoeken.lezen"}
_PAGINA: dict[str, tuple[str, str]] = {
    "signaal": ("signalen.toon", "signalen.lezen"),
    "bezoek": ("controles.bezoek", "bezoeken.lezen"),
}
VERBORGEN = "Wat hierachter zit, ziet uw rol niet. De punten tellen wel mee."


@dataclass(frozen=True)
class Feitregel:
    tekst: str
    bron: str
    datum: date
    punten: str
    url: str | None


@dataclass(frozen=True)
class Deelbeeld:
    """``begin`` and ``breedte`` are places on the bar in thousandths of its length."""

    code: str
    naam: str
    tienden: int
    punten: str
    zin: str
    feiten: tuple[Feitregel, ...]
    begin: int
    breedte: int


def _url(actor: Actor, verwijzing: str) -> str | None:
    soort, _, uid = verwijzing.partition(":")
    endpoint, recht = _PAGINA.get(soort, ("", ""))
    if not uid or endpoint not in current_app.view_functions or not rol_mag(actor.rol, recht):
        return None
    return url_for(endpoint, uid=uid)


def deelbeelden(actor: Actor, delen: Sequence[Mapping[str, Any]], hoogst: int) -> list[Deelbeeld]:
    """Parts (JSON of ``Beeld.delen_met_feiten``) for the eyes of this role. ``hoogst``: tenths at its end."""
    som = sum(int(d["tienden"]) for d in delen)
    lengte, op, uit = max(hoogst, som, 1), 0, []
    for d in delen:
        recht = _RECHT_VOOR.get(d["code"])
        mag = recht is None or rol_mag(actor.rol, recht)
        begin, eind = op * 1000 // lengte, (op + d["tienden"]) * 1000 // lengte
        op += d["tienden"]
        feiten = tuple(
            Feitregel(
                f["tekst"],
                f["bron"],
                date.fromisoformat(f["datum"]),
                punten_tekst(f["tienden"]),
                _url(actor, f["verwijzing"]),
            )
            for f in (d["feiten"] if mag else ())
        )
        zin = d["zin"] if mag else VERBORGEN
        uit.append(
            Deelbeeld(
                d["code"], DELEN[d["code"]], d["tienden"], punten_tekst(d["tienden"]), zin, feiten, begin, eind - begin
            )
        )
    return uit


def beeld_voor(sessie: Session, actor: Actor, locatie: Risicolocatie, nu: datetime) -> dict[str, Any]:
    """What the panel of a location shows: computed now, so that it is never behind the facts."""
    weging = geldend(sessie, actor.gemeente_id)
    beeld = bereken_nu(sessie, actor.gemeente_id, nu, [locatie.id], weging)[locatie.id]
    delen = deelbeelden(actor, beeld.delen_met_feiten(), hoogst_mogelijk(weging.gewichten))
    return {
        "delen": delen,
        "score": beeld.score.tienden,
        "geldend": beeld.geldend_tienden,
        "vastgezet": beeld.vastgezet,
        "band": beeld.band,
        "keuze": beeld.keuze,
        "versie": beeld.weging_versie,
        "dag": lokale_datum(nu),
    }


def paneel(sessie: Session, actor: Actor, locatie: Risicolocatie, nu: datetime) -> dict[str, Any] | None:
    """The panel on the page of a location, for everybody who may see that page."""
    return beeld_voor(sessie, actor, locatie, nu)
