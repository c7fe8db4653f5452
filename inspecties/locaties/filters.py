"""The filter of list, map, export and API as it stands in the URL."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.locaties.queries import Filter, Vak
from inspecties.locaties.rules.prioriteit_woorden import BANDEN
from inspecties.locaties.rules.status import STATUSNAMEN

_CODE = re.compile(r"^[a-z0-9_]{1,60}$")
_ONZICHTBAAR = re.compile(r"[\x00-\x1f\x7f]")
# A filter names more than this only by accident.
MAX_KEUZES = 40


class Argumenten(Protocol):
    """What a request's query string offers (werkzeug's MultiDict)."""

    def get(self, sleutel: str, /) -> str | None: ...
    def getlist(self, sleutel: str, /) -> list[str]: ...


def lees_heel_getal(tekst: str, veld: str, laagste: int, hoogste: int) -> int:
    """A whole number between bounds. Raises OngeldigeInvoer naming the field."""
    if not (tekst.isascii() and tekst.isdigit() and len(tekst) < 10 and laagste <= int(tekst) <= hoogste):
        raise OngeldigeInvoer(f"'{veld}' moet een heel getal van {laagste} tot {hoogste} zijn.", veld)
    return int(tekst)


def lees_filter(args: Argumenten, nu: datetime) -> Filter:
    """The filter in a query string: ``type``, ``status``, ``prioriteit`` (repeatable), ``zoek``,
    ``niet_bezocht_maanden``.

    Raises OngeldigeInvoer naming the parameter.
    """
    maanden = (args.get("niet_bezocht_maanden") or "").strip()
    sinds = None
    if maanden:
        sinds = nu - timedelta(days=round(lees_heel_getal(maanden, "niet_bezocht_maanden", 1, 120) * 30.44))
    typen = tuple(t for t in args.getlist("type") if t)[:MAX_KEUZES]
    if not all(_CODE.match(t) for t in typen):
        raise OngeldigeInvoer("'type' moet de code van een locatietype zijn.", "type")
    statussen = tuple(s for s in args.getlist("status") if s)[:MAX_KEUZES]
    if not set(statussen) <= set(STATUSNAMEN):
        raise OngeldigeInvoer(f"'status' moet een van deze zijn: {', '.join(STATUSNAMEN)}.", "status")
    banden = tuple(b for b in args.getlist("prioriteit") if b)[:MAX_KEUZES]
    if not set(banden) <= set(BANDEN):
        raise OngeldigeInvoer(f"'prioriteit' moet een van deze zijn: {', '.join(BANDEN)}.", "prioriteit")
    zoek = _ONZICHTBAAR.sub(" ", args.get("zoek") or "").strip()[:100]
    return Filter(typen=typen, statussen=statussen, zoek=zoek, niet_bezocht_sinds=sinds, banden=banden)


def lees_vak(tekst: str) -> Vak:
    """'minx,miny,maxx,maxy' in degrees. Raises OngeldigeInvoer."""
    try:
        getallen = [float(d) for d in tekst.split(",")]
    except ValueError:
        getallen = []
    if len(getallen) != 4 or not all(-180 <= g <= 180 for g in getallen):
        raise OngeldigeInvoer(
            "bbox moet vier getallen in graden zijn, met komma's ertussen: minimale lengtegraad, minimale breedtegraad,"
            " maximale lengtegraad, maximale breedtegraad. Bijvoorbeeld 5.1,52.4,5.4,52.6.",
            "bbox",
        )
    vak = Vak(*getallen)
    if vak.min_lon >= vak.max_lon or vak.min_lat >= vak.max_lat:
        raise OngeldigeInvoer("bbox: het minimum moet kleiner zijn dan het maximum.", "bbox")
    return vak


def als_zin(filter_: Filter, typenamen: Mapping[str, str], maanden: str = "") -> str:
    """The filter in words: 'huisvesting arbeidsmigranten, actief, niet bezocht sinds 12 maanden'."""
    delen = [" of ".join(typenamen.get(t, t).lower() for t in filter_.typen)] if filter_.typen else []
    if filter_.statussen:
        delen.append(" of ".join(STATUSNAMEN[s].lower() for s in filter_.statussen))
    if filter_.niet_bezocht_sinds is not None:
        delen.append(f"niet bezocht sinds {maanden} maanden")
    if filter_.banden:
        delen.append(f"prioriteit {' of '.join(BANDEN[b].lower() for b in filter_.banden)}")
    if filter_.zoek:
        delen.append(f"met '{filter_.zoek}'")
    return ", ".join(delen) or "alle locaties"
