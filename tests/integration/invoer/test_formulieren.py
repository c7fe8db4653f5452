"""Every field of every form and every parameter of every link, spoilt: no error of ours, and nothing half kept.

All values at every field: ``make soak`` (``tests/soak/schemas.py``).
"""

import os
from collections import Counter

from tests.integration.invoer.vijandig import BLIJFT, Bewaard, pogingen, stuur
from tests.integration.rechten.podium import Podium

# Values per field, at one in so many fields.
AANTAL = int(os.environ.get("INVOER_WAARDEN", "1"))
ELKE = int(os.environ.get("INVOER_ELKE", "4"))


def mis_bij(podium: Podium, aantal: int, elke: int) -> tuple[Counter[int], list[str]]:
    """How often each status came, and what went wrong, as sentences."""
    podium.app.config["FOUTEN_DOORGEVEN"] = True
    bewaard, tel, mis = Bewaard(), Counter[int](), list[str]()
    houd_op = bewaard.luister()
    try:
        for client, token, form, naam, waarde in pogingen(podium, aantal, elke):
            wie = f"{form.methode} {form.pad} {naam}={waarde[:30]!r}"
            bewaard.klaar.clear()
            try:
                antwoord = stuur(client, token, form, naam, waarde)
            except Exception as fout:  # noqa: BLE001 - told with its request, so that all are seen at once
                spoor = fout.__traceback__
                while (
                    spoor is not None
                    and spoor.tb_next is not None
                    and "inspecties" in spoor.tb_next.tb_frame.f_code.co_filename
                ):
                    spoor = spoor.tb_next
                plaats = f"{spoor.tb_frame.f_code.co_filename}:{spoor.tb_lineno}" if spoor else ""
                mis.append(f"{wie}: {type(fout).__name__} {str(fout)[:200]} {plaats}")
                continue
            with antwoord:
                tel[antwoord.status_code] += 1
                leesbaar = antwoord.mimetype == "text/html"
                tekst = antwoord.get_data(as_text=True) if leesbaar else ""
                if antwoord.status_code >= 500 and antwoord.status_code != 503:
                    mis.append(f"{wie}: {antwoord.status_code}")
                if (
                    "X-Kop" in antwoord.headers
                    or "kwaad.example" in antwoord.headers.get("Location", "").partition("?")[0]
                ):
                    mis.append(f"{wie}: {antwoord.headers}")
                if antwoord.status_code >= 400 and bewaard.klaar - BLIJFT:
                    mis.append(f"{wie}: {antwoord.status_code} en toch bewaard: {sorted(bewaard.klaar - BLIJFT)}")
                if leesbaar and antwoord.status_code >= 400 and '<html lang="nl">' not in tekst:
                    mis.append(f"{wie}: geen pagina in het Nederlands")
    finally:
        houd_op()
    return tel, mis


def test_elk_veld_met_wat_niemand_hoort_te_sturen(podium: Podium) -> None:
    tel, mis = mis_bij(podium, AANTAL, ELKE)
    assert not mis, "\n".join(mis)
    # Otherwise little was tried, or nothing got through to what looks at a value.
    assert sum(tel.values()) > 100
    assert tel[422] > 10
    assert tel[200] > 10
