"""The filter of list, map and API as it stands in the URL."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.locaties.queries import Filter, Vak


class Argumenten(Protocol):
    """What a request's query string offers (werkzeug's MultiDict)."""

    def get(self, sleutel: str, /) -> str | None: ...
    def getlist(self, sleutel: str, /) -> list[str]: ...


def lees_filter(args: Argumenten, nu: datetime) -> Filter:
    """The filter in a query string: ``type``, ``status`` (repeatable), ``zoek``, ``niet_bezocht_maanden``."""
    maanden = (args.get("niet_bezocht_maanden") or "").strip()
    sinds = None
    if maanden:
        if not maanden.isdigit() or not 1 <= int(maanden) <= 120:
            raise OngeldigeInvoer(
                "'Niet bezocht' moet een heel aantal maanden van 1 tot 120 zijn.", "niet_bezocht_maanden"
            )
        sinds = nu - timedelta(days=round(int(maanden) * 30.44))
    return Filter(
        typen=tuple(t for t in args.getlist("type") if t),
        statussen=tuple(s for s in args.getlist("status") if s),
        zoek=(args.get("zoek") or "").strip()[:100],
        niet_bezocht_sinds=sinds,
    )


def lees_vak(tekst: str) -> Vak:
    """'minx,miny,maxx,maxy' in degrees. Raises OngeldigeInvoer."""
    try:
        getallen = [float(d) for d in tekst.split(",")]
    except ValueError:
        getallen = []
    if len(getallen) != 4 or not all(-180 <= g <= 180 for g in getallen):
        raise OngeldigeInvoer("bbox moet vier getallen zijn: min lon, min lat, max lon, max lat.", "bbox")
    vak = Vak(*getallen)
    if vak.min_lon >= vak.max_lon or vak.min_lat >= vak.max_lat:
        raise OngeldigeInvoer("bbox: het minimum moet kleiner zijn dan het maximum.", "bbox")
    return vak


def als_zin(filter_: Filter, typenamen: Mapping[str, str], statusnamen: Mapping[str, str], maanden: str) -> str:
    """The filter in words: 'huisvesting arbeidsmigranten, actief, niet bezocht sinds 12 maanden'."""
    delen = [" of ".join(typenamen.get(t, t).lower() for t in filter_.typen)] if filter_.typen else []
    if filter_.statussen:
        delen.append(" of ".join(statusnamen.get(s, s).lower() for s in filter_.statussen))
    if filter_.niet_bezocht_sinds is not None:
        delen.append(f"niet bezocht sinds {maanden} maanden")
    if filter_.zoek:
        delen.append(f"met '{filter_.zoek}'")
    return ", ".join(delen) or "alle locaties"
