"""Row 22: the end of a shift: fifty tablets with forty answers and ten photos each, all at once."""

from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from tests.postgres import Cluster
from tests.soak.omgeving import Omgeving
from tests.soak.ploeg import laat_afmaken, schrijvers_voor
from tests.soak.stroomstoring import Databaseserver, Installatie, vergelijk

OPS, FOTOS = 40, 10


def p95(tijden: list[float]) -> int:
    """The 95th percentile, in milliseconds."""
    return round(1000 * sorted(tijden)[max(0, int(len(tijden) * 0.95) - 1)])


def proef(
    installatie: Installatie, toestellen: int, *, ops: int = OPS, fotos: int = FOTOS, leeg: bool = True
) -> dict[str, Any]:
    """Everybody at once, once. AssertionError for one 5xx, one lost answer or one lock that somebody saw."""
    installatie.richt_in(toestellen, leeg=leeg)
    dienst = installatie.dienst()
    dienst.start()
    try:
        ploeg = schrijvers_voor(dienst.poort, installatie.mensen, ops=ops, fotos=fotos, kantoor=False)
        for schrijver in ploeg:
            schrijver.meeste_ronden = 1
            schrijver.start()
        for schrijver in ploeg:
            schrijver.join(540)
        laat_afmaken(ploeg)
        dienst.stop()
    finally:
        if dienst.leeft:
            dienst.dood()
    er = vergelijk(ploeg, installatie.kijk_na())
    assert er == {"op": toestellen * ops, "foto": toestellen * fotos}
    statussen = sum((s.net.statussen for s in ploeg), Counter[int]())
    assert not [status for status in statussen if status >= 500], statussen
    assert sum(s.net.afgebroken for s in ploeg) == 0
    assert "locked" not in dienst.logboek.read_text()
    per = defaultdict(list)
    for schrijver in ploeg:
        for soort, seconden in schrijver.net.tijden:
            per[soort].append(seconden)
    return {"aangekomen": dict(er), "antwoorden": dict(sorted(statussen.items()))} | {
        f"p95 {soort} (ms)": p95(tijden) for soort, tijden in sorted(per.items())
    }


def op_database(map_: Path, soort: str, toestellen: int) -> dict[str, Any]:
    """On a database of its own, which writes durably."""
    server: Cluster | None = Databaseserver() if soort == "postgis" else None
    try:
        return proef(Installatie(map_, server.maak("dienst") if server else ""), toestellen)
    finally:
        if server is not None:
            server.stop()


def draai(omgeving: Omgeving) -> dict[str, Any]:
    uit: dict[str, Any] = {"toestellen": omgeving.getal["TOESTELLEN"]}
    for soort in ("spatialite", "postgis"):
        cijfers = op_database(omgeving.nieuwe_map(f"dienst-{soort}"), soort, omgeving.getal["TOESTELLEN"])
        uit |= {f"{soort}: {naam}": waarde for naam, waarde in cijfers.items()}
    return uit
