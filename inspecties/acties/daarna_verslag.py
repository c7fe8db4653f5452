"""The report of an action: what it says, frozen with a hash, and its PDF (PDF/A-2a and PDF/UA-1).

No persons in it. Addresses and the text of agreements stand only in the version for who reads the whole debriefing;
the other version has counts.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspecties.acties.daarna import eis_begonnen
from inspecties.acties.daarna_queries import Terugblik, lees_terugblik
from inspecties.acties.models import Actie
from inspecties.acties.models_daarna import Actieverslag
from inspecties.acties.rules.debriefing import AFSPRAAKSTANDEN, CATEGORIEEN, RESULTATEN, schrijf_uren
from inspecties.acties.rules.toestanden import ACTIE_TABEL, SOORTEN
from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict
from inspecties.core.klok import lokale_datum
from inspecties.sjablonen.druk import zet_pdf
from inspecties.web.sjablonen import datum, tijd

SJABLOON = Path(__file__).resolve().parents[2] / "config" / "documenten" / "actieverslag.typ"
NOG_NIET = "Nog niet besproken"


def stel_op(blik: Terugblik) -> dict[str, Any]:
    """What the report says now, as JSON values."""
    actie = blik.actie
    dag_erna = lokale_datum(actie.eind_op) != lokale_datum(actie.begin_op)
    resultaten = [RESULTATEN[b.bespreking.resultaat] if b.bespreking else NOG_NIET for b in blik.stops]
    tellingen = Counter(resultaten)
    return {
        "naam": actie.naam,
        "soort": SOORTEN[actie.soort],
        "toestand": ACTIE_TABEL.namen[actie.toestand],
        "datum": datum(actie.begin_op),
        "dienst": f"{tijd(actie.begin_op)} tot {tijd(actie.eind_op)} uur{' (volgende dag)' if dag_erna else ''}",
        "aangekondigd": actie.aangekondigd,
        "tellingen": [[naam, tellingen[naam]] for naam in [*RESULTATEN.values(), NOG_NIET] if tellingen[naam]],
        "voorstellen": {
            "overgenomen": sum(b.voorstellen.overgenomen for b in blik.stops),
            "afgewezen": sum(b.voorstellen.afgewezen for b in blik.stops),
            "open": sum(b.voorstellen.open for b in blik.stops),
        },
        "stops": [
            {
                "nummer": b.stop.volgorde,
                "adres": b.stop.locatie.adresregel,
                "soort": b.stop.locatie.locatietype.naam,
                "ploeg": b.stop.ploeg.naam if b.stop.ploeg else "",
                "resultaat": resultaat,
            }
            for b, resultaat in zip(blik.stops, resultaten, strict=True)
        ],
        "afspraken": [
            {
                "wat": a.wat,
                "wie": a.organisatie.naam if a.organisatie else "Gemeente",
                "uiterlijk": datum(a.uiterlijk),
                "stand": AFSPRAAKSTANDEN[a.toestand],
            }
            for a in blik.afspraken
        ],
        "lessen": [[CATEGORIEEN[les.categorie], les.tekst] for les in blik.lessen],
        "uren": [
            {
                "ploeg": vak.ploeg.naam,
                "wie": vak.naam,
                "mensen": vak.mensen,
                "gepland": schrijf_uren(vak.gepland_min),
                "gewerkt": schrijf_uren(vak.gewerkt_min) if vak.gewerkt_min is not None else "",
            }
            for vak in blik.uren
        ],
    }


def hash_van(inhoud: dict[str, Any]) -> str:
    """SHA-256 of the content in one fixed way of writing."""
    tekst = json.dumps(inhoud, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(tekst.encode()).hexdigest()


def vingerafdruk(blik: Terugblik) -> str:
    """The hash of a report that would be made now."""
    return hash_van(stel_op(blik))


def druk_verslag(gemeente: str, nummer: int, inhoud: dict[str, Any], nu: datetime, *, adressen: bool) -> bytes:
    """The bytes of the PDF; the same for the same content on the same moment."""
    dag = nu.astimezone(UTC)
    per_wie = Counter((a["wie"], a["stand"]) for a in inhoud["afspraken"])
    data = inhoud | {
        "gemeente": gemeente,
        "nummer": nummer,
        "hash": hash_van(inhoud),
        "met_adressen": adressen,
        "stops": inhoud["stops"] if adressen else [],
        "afspraken": inhoud["afspraken"] if adressen else [],
        "afspraaktelling": [[wie, stand, aantal] for (wie, stand), aantal in sorted(per_wie.items())],
        "jaar": dag.year,
        "maand": dag.month,
        "dag": dag.day,
    }
    return zet_pdf(SJABLOON, data, nu)


def leg_verslag_vast(
    sessie: Session, actor: Actor, nu: datetime, actie: Actie, bewaar: Callable[[bytes], str]
) -> Actieverslag:
    """Freeze what the debriefing says now. ``bewaar`` stores bytes and gives their SHA-256.

    Raises Conflict where the newest report says the same already.
    """
    eis_begonnen(actie)
    sessie.execute(select(Actie.id).where(Actie.id == actie.id).with_for_update(key_share=True))
    blik = lees_terugblik(sessie, actor, actie, nu, vingerafdruk)
    inhoud = stel_op(blik)
    afdruk = hash_van(inhoud)
    if blik.verslagen and blik.verslagen[0].inhoud_hash == afdruk:
        raise Conflict(f"Verslag {blik.verslagen[0].nummer} zegt al hetzelfde. Er is niets veranderd.")
    nummer = 1 + (sessie.scalar(select(func.max(Actieverslag.nummer)).where(Actieverslag.actie_id == actie.id)) or 0)
    met, zonder = (
        bewaar(druk_verslag(actor.gemeente_naam, nummer, inhoud, nu, adressen=adressen)) for adressen in (True, False)
    )
    verslag = Actieverslag(
        gemeente_id=actor.gemeente_id,
        actie_id=actie.id,
        nummer=nummer,
        inhoud=inhoud,
        inhoud_hash=afdruk,
        sha256=met,
        sha256_zonder=zonder,
        door_id=actor.gebruiker_id,
        op=nu,
    )
    sessie.add(verslag)
    sessie.flush()
    leg_vast(
        sessie,
        actor,
        nu,
        "actieverslag_gemaakt",
        "actieverslag",
        verslag.uid,
        gegevens={"nummer": nummer, "hash": afdruk},
    )
    return verslag
