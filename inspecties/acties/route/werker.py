"""The second process of the planner: reads one question as JSON on standard input, writes its routes on standard output."""

import dataclasses
import json
import sys
import time
from typing import Any

from inspecties.acties.route.opgave import Klasse, Opgave


def schrijf_vraag(opgave: Opgave, zaad: int, zetten: int, seconden: float) -> bytes:
    """The JSON that ``main`` reads."""
    vraag = {"opgave": dataclasses.asdict(opgave), "zaad": zaad, "zetten": zetten, "seconden": seconden}
    return json.dumps(vraag, separators=(",", ":")).encode()


def _lees_opgave(d: dict[str, Any]) -> Opgave:
    klassen = tuple(
        Klasse(
            tuple(k["ploegen"]),
            k["begin"],
            k["eind"],
            None if k["pauze"] is None else (k["pauze"][0], k["pauze"][1], k["pauze"][2]),
            k["mag"],
            tuple((m, h) for m, h in k["tellers"]),
        )
        for k in d["klassen"]
    )
    reis = tuple(tuple(rij) for rij in d["reis"])
    rest = {naam: tuple(d[naam]) for naam in ("duur", "open", "dicht", "punten")}
    return Opgave(n=d["n"], reis=reis, klassen=klassen, tik=d["tik"], **rest)


def main() -> None:
    """Answer the question on standard input."""
    begonnen = time.perf_counter()
    vraag = json.loads(sys.stdin.buffer.read())
    uiterlijk = begonnen + vraag["seconden"]
    from inspecties.acties.route.verkennen import verken  # noqa: PLC0415 - loads the solver after the question is in

    op_tijd = True

    def klok() -> bool:
        nonlocal op_tijd
        op_tijd = op_tijd and time.perf_counter() < uiterlijk
        return op_tijd

    routes = verken(_lees_opgave(vraag["opgave"]), vraag["zaad"], vraag["zetten"], klok)
    json.dump({"routes": routes, "op_tijd": op_tijd}, sys.stdout, separators=(",", ":"))


if __name__ == "__main__":
    main()
