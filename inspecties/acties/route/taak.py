"""A planning question in a process of its own: nobody waits for it, and ending it stops the search.

The question (the format of ``inspecties route``, times in whole minutes) comes on standard input; ``houden`` names the
stops that must stay where they are. Each line of output is progress, the last one is the plan.
"""

import dataclasses
import json
import sys
import time
from collections.abc import Callable
from typing import Any

from inspecties.acties.route.instantie import Instantie
from inspecties.acties.route.plannen import Voortgang, plan
from inspecties.acties.route.uitkomst import Plan


def los_op(vraag: dict[str, Any], meld: Callable[[Voortgang], None], al_verbruikt_s: float = 0.0) -> dict[str, Any]:
    """The plan as JSON. What is locked comes before what is only compulsory: then the latter may give way."""
    houden = set(vraag.pop("houden", ()))
    instantie = dataclasses.replace(Instantie.uit_json(vraag), hele_minuten=True)
    begin = time.perf_counter() - al_verbruikt_s
    ruimte = instantie.tijdslimiet_s
    eerste = dataclasses.replace(instantie, tijdslimiet_s=ruimte * 0.6) if _kan_botsen(instantie, houden) else instantie
    uit = plan(eerste, meld, al_verbruikt_s=al_verbruikt_s, kort=True)
    if houden & {n.id for n in uit.niet_gepland} and eerste is not instantie:
        stops = tuple(s if s.id in houden else dataclasses.replace(s, verplicht=False) for s in instantie.stops)
        rest = max(0.5, ruimte - (time.perf_counter() - begin))
        uit = plan(dataclasses.replace(instantie, stops=stops, tijdslimiet_s=rest), meld, kort=True)
    return _als_json(uit)


def _kan_botsen(instantie: Instantie, houden: set[str]) -> bool:
    return bool(houden) and any(s.verplicht and s.id not in houden for s in instantie.stops)


def _als_json(uit: Plan) -> dict[str, Any]:
    return {
        "ploegen": {p.id: [b.id for b in p.stops] for p in uit.ploegen},
        "niet_gepland": {n.id: n.reden for n in uit.niet_gepland},
        "waarde": uit.waarde,
        "bewezen": uit.bewezen_optimaal,
        "afgebroken": uit.afgebroken,
    }


def main() -> None:
    """Answer the question on standard input."""

    def schrijf(wat: dict[str, Any]) -> None:
        sys.stdout.write(json.dumps(wat) + "\n")
        sys.stdout.flush()

    vraag = json.loads(sys.stdin.buffer.read())
    verbruikt = time.process_time()
    schrijf(
        {
            "plan": los_op(
                vraag, lambda v: schrijf({"fase": v.fase, "waarde": v.waarde, "grens": v.bovengrens}), verbruikt
            )
        }
    )


if __name__ == "__main__":
    main()
