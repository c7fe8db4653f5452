"""The second process of the planner: a question as JSON on standard input, its plans on standard output."""

import dataclasses
import json
import sys
import time
from typing import Any

from inspecties.acties.route.opgave import Klasse, Opgave, Plannetje


def schrijf_vraag(opgave: Opgave, begin: Plannetje, zaad: int, zetten: int, uiterlijk: float) -> bytes:
    """The JSON that ``main`` reads. ``uiterlijk`` is on the monotonic clock, which all processes share."""
    vraag = {
        "opgave": dataclasses.asdict(opgave),
        "begin": begin,
        "zaad": zaad,
        "zetten": zetten,
        "uiterlijk": uiterlijk,
    }
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
    lijsten: dict[str, Any] = {naam: tuple(d[naam]) for naam in ("duur", "open", "dicht", "punten")}
    getallen = {naam: d[naam] for naam in ("n", "tik", "schaal", "toeslag")}
    return Opgave(reis=reis, klassen=klassen, **lijsten, **getallen)


def main() -> None:
    """Answer the question on standard input: a line per better plan, so that nothing is lost when time is up."""
    vraag = json.loads(sys.stdin.buffer.read())
    uiterlijk = vraag["uiterlijk"]
    from inspecties.acties.route.verkennen import verken  # noqa: PLC0415 - loads the solver after the question is in

    op_tijd = True

    def klok() -> bool:
        nonlocal op_tijd
        op_tijd = op_tijd and time.monotonic() < uiterlijk
        return op_tijd

    def schrijf(wat: dict[str, Any]) -> None:
        sys.stdout.write(json.dumps(wat, separators=(",", ":")) + "\n")
        sys.stdout.flush()

    opgave = _lees_opgave(vraag["opgave"])
    begin = tuple(tuple(tuple(r) for r in klasse) for klasse in vraag["begin"])
    vondst = verken(opgave, begin, vraag["zaad"], vraag["zetten"], klok, lambda p: schrijf({"beste": p}))
    schrijf({"beste": vondst.beste, "routes": vondst.routes, "op_tijd": op_tijd})


if __name__ == "__main__":
    main()
