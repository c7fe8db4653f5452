"""Read the format of ``inspecties route``. What can not be right is refused, with the field and what would be right."""

import json
import math
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from inspecties.acties.route.instantie import Instantie, Pauze, Ploeg, Stop
from inspecties.acties.route.tijden import lees_klok
from inspecties.core.fouten import OngeldigeInvoer

MAX_STOPS, MAX_PLOEGEN = 500, 50
_GROOT = 1e6
_VELDEN = {"depot", "eenheid", "snelheid_kmh", "ploegen", "stops", "reistijden_min", "tijdslimiet_s", "zaad", "bron"}
_PLOEG = {"id", "begin", "eind", "bevoegdheden", "pauze", "max_stops", "max_per_bevoegdheid", "max_van"}
_STOP = {"id", "x", "y", "duur_min", "venster", "waarde", "vereist", "verplicht", "vast_ploeg", "vast_begin"}
_METER = {"m": 1.0, "km": 1000.0}


class _Tijden:
    """Reads times and remembers whether the file speaks in clock times."""

    def __init__(self) -> None:
        self.klok = False

    def lees(self, waarde: Any, veld: str) -> float:
        if isinstance(waarde, str):
            minuten = lees_klok(waarde)
            if minuten is not None:
                self.klok = True
                return minuten
        elif not isinstance(waarde, bool) and isinstance(waarde, (int, float)) and 0 <= waarde <= _GROOT:
            return float(waarde)
        raise _fout(
            veld,
            f'is {_toon(waarde)}; geef een tijd als "18:00" (na middernacht "25:00") '
            "of een aantal minuten van 0 of meer",
        )


def lees_instantie(gegevens: Mapping[str, Any]) -> Instantie:
    """Check and convert; raises ``OngeldigeInvoer`` with ``veld``."""
    wortel = _object(gegevens, "het bestand", _VELDEN, {"ploegen", "stops"})
    tijden = _Tijden()
    ploegen = tuple(
        _ploeg(p, f"ploegen[{i}]", tijden) for i, p in enumerate(_lijst(wortel["ploegen"], "ploegen", 1, MAX_PLOEGEN))
    )
    stops = tuple(_stop(s, f"stops[{i}]", tijden) for i, s in enumerate(_lijst(wortel["stops"], "stops", 0, MAX_STOPS)))
    _uniek([p.id for p in ploegen], "ploegen")
    _uniek([s.id for s in stops], "stops")
    namen = {p.id for p in ploegen}
    for i, stop in enumerate(stops):
        if stop.vast_ploeg is not None and stop.vast_ploeg not in namen:
            raise _fout(
                f"stops[{i}].vast_ploeg",
                f"is {_toon(stop.vast_ploeg)}; kies een van de ploegen: {', '.join(sorted(namen))}",
            )
    matrix = wortel.get("reistijden_min")
    reistijden = None if matrix is None else _matrix(matrix, len(stops) + 1)
    depot = (0.0, 0.0)
    if "depot" in wortel:
        punt = _object(wortel["depot"], "depot", {"x", "y"}, {"x", "y"})
        depot = (_getal(punt["x"], "depot.x", -1e9, 1e9), _getal(punt["y"], "depot.y", -1e9, 1e9))
    elif reistijden is None:
        raise _fout("depot", 'ontbreekt; geef {"x": ..., "y": ...} of een volledige tabel reistijden_min')
    if reistijden is None:
        for i, s in enumerate(wortel["stops"]):
            for as_ in ("x", "y"):
                if as_ not in s:
                    raise _fout(f"stops[{i}].{as_}", "ontbreekt; geef x en y, of een volledige tabel reistijden_min")
    eenheid = wortel.get("eenheid", "m")
    if not isinstance(eenheid, str) or eenheid not in _METER:
        raise _fout("eenheid", f'is {_toon(eenheid)}; kies "m" of "km"')
    snelheid = _getal(wortel.get("snelheid_kmh", 30.0), "snelheid_kmh", 0.001, 1000)
    zaad = wortel.get("zaad", 1)
    if isinstance(zaad, bool) or not isinstance(zaad, int) or not 0 <= zaad < 2**32:
        raise _fout("zaad", f"is {_toon(zaad)}; geef een heel getal van 0 tot 4294967295")
    return Instantie(
        ploegen,
        stops,
        depot,
        snelheid * 1000 / 60 / _METER[eenheid],
        reistijden,
        _getal(wortel.get("tijdslimiet_s", 5), "tijdslimiet_s", 0.1, 3600),
        zaad,
        tijden.klok,
    )


def _ploeg(ruw: Any, veld: str, tijden: _Tijden) -> Ploeg:
    d = _object(ruw, veld, _PLOEG, {"id", "begin", "eind"})
    begin, eind = tijden.lees(d["begin"], f"{veld}.begin"), tijden.lees(d["eind"], f"{veld}.eind")
    if eind <= begin:
        raise _fout(
            f"{veld}.eind",
            f"({_toon(d['eind'])}) is niet na het begin ({_toon(d['begin'])}); "
            'eindigt de dienst na middernacht, schrijf dan bijvoorbeeld "25:00" voor 01:00',
        )
    pauze = None if d.get("pauze") is None else _pauze(d["pauze"], f"{veld}.pauze", tijden, begin, eind)
    hoogste = d.get("max_per_bevoegdheid") or {}
    if not isinstance(hoogste, dict):
        raise _fout(f"{veld}.max_per_bevoegdheid", 'moet er uitzien als {"politie": 4}')
    per = tuple(sorted((b, _aantal(a, f"{veld}.max_per_bevoegdheid.{b}")) for b, a in hoogste.items()))
    max_stops = None if d.get("max_stops") is None else _aantal(d["max_stops"], f"{veld}.max_stops")
    naam = _naam(d["id"], f"{veld}.id")
    van = tuple(
        _max_van(r, f"{veld}.max_van[{i}]")
        for i, r in enumerate(_lijst(d.get("max_van", []), f"{veld}.max_van", 0, 50))
    )
    return Ploeg(
        naam, begin, eind, _namen(d.get("bevoegdheden", []), f"{veld}.bevoegdheden"), pauze, max_stops, per, van
    )


def _max_van(ruw: Any, veld: str) -> tuple[frozenset[str], int]:
    d = _object(ruw, veld, {"bevoegdheden", "hoogste"}, {"bevoegdheden", "hoogste"})
    return _namen(d["bevoegdheden"], f"{veld}.bevoegdheden"), _aantal(d["hoogste"], f"{veld}.hoogste")


def _pauze(ruw: Any, veld: str, tijden: _Tijden, begin: float, eind: float) -> Pauze:
    d = _object(ruw, veld, {"venster", "duur_min"}, {"venster", "duur_min"})
    vroegst, laatst = _venster(d["venster"], f"{veld}.venster", tijden)
    duur = _getal(d["duur_min"], f"{veld}.duur_min", 0, _GROOT)
    if max(vroegst, begin) > laatst or max(vroegst, begin) + duur > eind:
        raise _fout(
            veld,
            "past niet in de dienst; laat het venster binnen begin en eind van de ploeg beginnen "
            "en de pauze voor het eind klaar zijn",
        )
    return Pauze(vroegst, laatst, duur)


def _stop(ruw: Any, veld: str, tijden: _Tijden) -> Stop:
    d = _object(ruw, veld, _STOP, {"id", "duur_min", "venster", "waarde"})
    open_, dicht = _venster(d["venster"], f"{veld}.venster", tijden)
    vast_begin = None
    if d.get("vast_begin") is not None:
        vast_begin = tijden.lees(d["vast_begin"], f"{veld}.vast_begin")
        if not open_ <= vast_begin <= dicht:
            raise _fout(
                f"{veld}.vast_begin",
                f"({_toon(d['vast_begin'])}) valt buiten het venster; kies een moment binnen {_toon(d['venster'])}",
            )
    verplicht = d.get("verplicht", False)
    if not isinstance(verplicht, bool):
        raise _fout(f"{veld}.verplicht", f"is {_toon(verplicht)}; kies true of false")
    return Stop(
        _naam(d["id"], f"{veld}.id"),
        _getal(d.get("x", 0.0), f"{veld}.x", -1e9, 1e9),
        _getal(d.get("y", 0.0), f"{veld}.y", -1e9, 1e9),
        _getal(d["duur_min"], f"{veld}.duur_min", 0, _GROOT),
        open_,
        dicht,
        _getal(d["waarde"], f"{veld}.waarde", 0, _GROOT),
        _namen(d.get("vereist", []), f"{veld}.vereist"),
        verplicht,
        None if d.get("vast_ploeg") is None else _naam(d["vast_ploeg"], f"{veld}.vast_ploeg"),
        vast_begin,
    )


def _venster(ruw: Any, veld: str, tijden: _Tijden) -> tuple[float, float]:
    if not isinstance(ruw, list) or len(ruw) != 2:
        raise _fout(veld, f'is {_toon(ruw)}; geef twee tijden, bijvoorbeeld ["18:00", "22:00"]')
    open_, dicht = tijden.lees(ruw[0], f"{veld}[0]"), tijden.lees(ruw[1], f"{veld}[1]")
    if dicht < open_:
        raise _fout(veld, f"sluit ({_toon(ruw[1])}) voordat het opent ({_toon(ruw[0])}); zet de vroegste tijd eerst")
    return open_, dicht


def _matrix(ruw: Any, maat: int) -> tuple[tuple[float, ...], ...]:
    if not isinstance(ruw, list) or len(ruw) != maat:
        heeft = f"heeft {len(ruw)} rijen" if isinstance(ruw, list) else f"is {_toon(ruw)}"
        raise _fout(
            "reistijden_min",
            f"{heeft}; nodig zijn {maat} rijen van {maat} getallen (eerst het depot, dan de stops op volgorde)",
        )
    for i, rij in enumerate(ruw):
        if not isinstance(rij, list) or len(rij) != maat:
            heeft = f"heeft {len(rij)} getallen" if isinstance(rij, list) else f"is {_toon(rij)}"
            raise _fout(
                f"reistijden_min[{i}]", f"{heeft}; nodig zijn er {maat} (eerst het depot, dan de stops op volgorde)"
            )
    return tuple(
        tuple(_getal(t, f"reistijden_min[{i}][{j}]", 0, _GROOT) for j, t in enumerate(rij)) for i, rij in enumerate(ruw)
    )


def _object(ruw: Any, veld: str, mag: set[str], moet: set[str]) -> Mapping[str, Any]:
    if not isinstance(ruw, Mapping):
        raise _fout(veld, f"is {_toon(ruw)}; hier hoort een object met {', '.join(sorted(moet))}")
    pad = "" if veld == "het bestand" else f"{veld}."
    for naam in sorted(moet - set(ruw)):
        raise _fout(f"{pad}{naam}", "ontbreekt en is nodig")
    # Own fields of whoever made the file may stay; one that looks like ours is a slip that would be missed in silence.
    for naam in sorted(str(n) for n in set(ruw) - mag):
        if lijkt_op := get_close_matches(naam.lower(), sorted(mag), 1, 0.8):
            raise _fout(f"{pad}{naam}", f"is onbekend; bedoelt u {lijkt_op[0]}?")
    return ruw


def _lijst(ruw: Any, veld: str, minst: int, meest: int) -> Sequence[Any]:
    if not isinstance(ruw, list):
        raise _fout(veld, f"is {_toon(ruw)}; hier hoort een lijst")
    if not minst <= len(ruw) <= meest:
        raise _fout(veld, f"telt er {len(ruw)}; geef er {minst} tot en met {meest}")
    return ruw


def _getal(ruw: Any, veld: str, laagst: float, hoogst: float) -> float:
    if (
        isinstance(ruw, bool)
        or not isinstance(ruw, (int, float))
        or not laagst <= ruw <= hoogst
        or not math.isfinite(ruw)
    ):
        raise _fout(veld, f"is {_toon(ruw)}; geef een getal van {laagst:.10g} tot en met {hoogst:.10g}")
    return float(ruw)


def _aantal(ruw: Any, veld: str) -> int:
    if isinstance(ruw, bool) or not isinstance(ruw, int) or not 0 <= ruw <= MAX_STOPS:
        raise _fout(veld, f"is {_toon(ruw)}; geef een heel getal van 0 tot en met {MAX_STOPS}")
    return ruw


def _naam(ruw: Any, veld: str) -> str:
    if not isinstance(ruw, str) or not ruw.strip():
        raise _fout(veld, f"is {_toon(ruw)}; geef een naam tussen aanhalingstekens")
    if not ruw.isprintable():
        raise _fout(veld, f"is {_toon(ruw)}; laat tekens weg die niet te lezen zijn")
    return ruw


def _namen(ruw: Any, veld: str) -> frozenset[str]:
    if not isinstance(ruw, list):
        raise _fout(veld, f'is {_toon(ruw)}; geef een lijst, bijvoorbeeld ["politie"]')
    return frozenset(_naam(n, f"{veld}[{i}]") for i, n in enumerate(ruw))


def _uniek(namen: list[str], veld: str) -> None:
    for i, naam in enumerate(namen):
        if naam in namen[:i]:
            raise _fout(
                f"{veld}[{i}].id", f"is {_toon(naam)}, en dat is ook {veld}[{namen.index(naam)}]; geef elk een eigen id"
            )


def _toon(waarde: Any) -> str:
    if waarde is None:
        return "leeg"
    if isinstance(waarde, str):
        tekst = '"' + "".join(c if c.isprintable() else "?" for c in waarde) + '"'
    else:
        tekst = json.dumps(waarde) if isinstance(waarde, bool) else str(waarde)
    return tekst if len(tekst) <= 60 else f"{tekst[:57]}..."


def _fout(veld: str, tekst: str) -> OngeldigeInvoer:
    return OngeldigeInvoer(f"{veld} {tekst}.", veld)
