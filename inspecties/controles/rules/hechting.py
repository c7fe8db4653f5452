"""What the value of an ``attach`` operation may say about a photo: where, which way, a caption, covers."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from inspecties.controles.rules.lakken import Vlakfout, keur_reden, lees_vlakken

MAX_BIJSCHRIFT = 1000
_WINDSTREKEN = ("noorden", "noordoosten", "oosten", "zuidoosten", "zuiden", "zuidwesten", "westen", "noordwesten")
# For each member its lowest and highest value, and whether it has to be there.
_PLAATS: dict[str, tuple[float, float, bool]] = {
    "lat": (-90, 90, True),
    "lon": (-180, 180, True),
    "nauwkeurigheid_m": (0, 10_000_000, False),
    "richting_graden": (0, 360, False),
    "ouderdom_s": (0, 10_000_000, False),
}


@dataclass(frozen=True)
class Plaats:
    """Where the tablet thought it was (WGS 84, degrees), how sure (metres) and how long before the photo (seconds)."""

    lat: float
    lon: float
    nauwkeurigheid_m: float | None = None
    richting_graden: float | None = None
    ouderdom_s: float | None = None

    @property
    def tekst(self) -> str:
        """In a sentence, with a decimal comma."""
        delen = [f"{_komma(self.lat, 'noorder', 'zuider')}breedte, {_komma(self.lon, 'ooster', 'wester')}lengte"]
        if self.nauwkeurigheid_m is not None:
            delen.append(f"op {round(self.nauwkeurigheid_m)} m nauwkeurig")
        if self.ouderdom_s is not None and self.ouderdom_s >= 1:
            delen.append(f"bepaald {round(self.ouderdom_s)} s voor de foto")
        if self.richting_graden is not None:
            streek = _WINDSTREKEN[round(self.richting_graden / 45) % 8]
            delen.append(f"camera naar het {streek} ({round(self.richting_graden) % 360}°)")
        return "; ".join(delen)


def _komma(graden: float, boven: str, onder: str) -> str:
    return f"{abs(graden):.5f}".replace(".", ",") + f" {boven if graden >= 0 else onder}"


def _getal(waarde: Any) -> bool:
    return not isinstance(waarde, bool) and isinstance(waarde, int | float) and math.isfinite(waarde)


def feitfouten(waarde: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(member, message) of everything in the value of an ``attach`` that is not what it should be."""
    plaats = waarde.get("plaats")
    if plaats is not None and not isinstance(plaats, Mapping):
        yield "waarde.plaats", "plaats moet een object zijn met lat en lon."
    elif plaats is not None:
        for naam, (laagst, hoogst, nodig) in _PLAATS.items():
            deel = plaats.get(naam)
            if (deel is None and nodig) or (deel is not None and not (_getal(deel) and laagst <= deel <= hoogst)):
                yield f"waarde.plaats.{naam}", f"{naam} moet een getal van {laagst} tot {hoogst} zijn."
    bijschrift = waarde.get("bijschrift")
    if bijschrift is not None and (
        not isinstance(bijschrift, str) or len(bijschrift) > MAX_BIJSCHRIFT or "\x00" in bijschrift
    ):
        yield "waarde.bijschrift", f"bijschrift moet tekst zijn van hoogstens {MAX_BIJSCHRIFT} tekens."
    if waarde.get("afdekken") is not None:
        try:
            lees_vlakken(waarde["afdekken"])
            keur_reden(waarde.get("reden"), waarde.get("toelichting"))
        except Vlakfout as fout:
            yield "waarde.afdekken", str(fout)


def lees_plaats(waarde: Any) -> Plaats | None:
    """Where an ``attach`` says that the photo was taken, or None."""
    bron = waarde.get("plaats") if isinstance(waarde, Mapping) else None
    if not isinstance(bron, Mapping) or next(feitfouten({"plaats": bron}), None):
        return None
    return Plaats(**{naam: bron[naam] for naam in _PLAATS if bron.get(naam) is not None})
