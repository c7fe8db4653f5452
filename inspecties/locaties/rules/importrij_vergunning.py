"""One row of a file with permits: what is wrong with it, and at which location it belongs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.ids import lees_id
from inspecties.locaties.rules.adres import adressleutel
from inspecties.locaties.rules.feiten import VERGUNNINGSTATUS, VergunningGegevens, keur_vergunning
from inspecties.locaties.rules.importrij import (
    Fout,
    Lezer,
    fout_in_cel,
    lees_nummer,
    lees_nummeraanduiding,
    lees_postcodeveld,
)

_DATUM = re.compile(r"^(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}))(?:[ T]00:00(?::00)?)?$")


@dataclass(frozen=True, slots=True)
class Vergunningrij:
    """A permit and how the file names its location: by id, by address, or by BAG number; ``type_code`` may help."""

    gegevens: VergunningGegevens
    locatie_uid: UUID | None = None
    sleutel: str | None = None
    nummeraanduiding: str = ""
    type_code: str = ""


def lees_datum(tekst: str) -> date | None:
    """'31-12-2026', '31/12/2026' or '2026-12-31'; None where it is no date."""
    gevonden = _DATUM.match(tekst.strip())
    if gevonden is None:
        return None
    delen = gevonden.group(1, 2, 3) if gevonden[1] else gevonden.group(6, 5, 4)
    try:
        return date(*(int(d) for d in delen))
    except ValueError:
        return None


def _datum(lezer: Lezer, veld: str) -> date | None:
    ruw = lezer.ruw(veld)
    if not ruw:
        return None
    dag = lees_datum(ruw)
    if dag is None:
        lezer.fouten.append((veld, f"'{ruw[:30]}' is geen datum; gebruik dag-maand-jaar, zoals 31-12-2026"))
    return dag


def _status(lezer: Lezer) -> str:
    ruw = lezer.ruw("status").lower()
    if ruw and ruw not in VERGUNNINGSTATUS:
        lezer.fouten.append(("status", f"'{ruw[:40]}' is onbekend; kies uit: {', '.join(VERGUNNINGSTATUS)}"))
    return ruw or "verleend"


def _locatie(lezer: Lezer) -> UUID | None:
    ruw = lezer.ruw("locatie")
    uid = lees_id(ruw) if ruw else None
    if ruw and uid is None:
        lezer.fouten.append(("locatie", f"'{ruw[:40]}' is geen kenmerk van een locatie; neem het over uit een export"))
    return uid


def _type(lezer: Lezer, typen: Mapping[str, str]) -> str:
    ruw = lezer.ruw("type")
    code = typen.get(ruw.lower().replace(" ", "_")) or typen.get(ruw.lower()) or ""
    if ruw and not code:
        lezer.fouten.append(("type", f"'{ruw[:60]}' is onbekend; kies uit: {', '.join(sorted(set(typen.values())))}"))
    return code


def lees_vergunningrij(
    waarden: Mapping[str, str], typen: Mapping[str, str], vandaag: date
) -> tuple[Vergunningrij | None, list[Fout]]:
    """Check one row, as ``importrij.lees_rij`` does for locations."""
    bedorven = [(veld, fout) for veld, ruw in waarden.items() if (fout := fout_in_cel(ruw))]
    if bedorven:
        return None, bedorven
    lezer = Lezer(waarden)
    nummer, postcode = lees_nummer(lezer), lees_postcodeveld(lezer)
    sleutel = adressleutel(postcode, nummer.nummer, nummer.letter, nummer.toevoeging) if nummer else None
    uid, bag, type_code = _locatie(lezer), lees_nummeraanduiding(lezer), _type(lezer, typen)
    gegevens = VergunningGegevens(
        soort=lezer.ruw("soort"),
        nummer=lezer.ruw("nummer"),
        houder=lezer.ruw("houder"),
        status=_status(lezer),
        geldig_vanaf=_datum(lezer, "geldig_vanaf"),
        geldig_tot=_datum(lezer, "geldig_tot"),
        intrekdatum=_datum(lezer, "intrekdatum"),
        voorwaarden=lezer.ruw("voorwaarden"),
        bron=lezer.ruw("bron"),
    )
    if not lezer.fouten and not (uid or sleutel or bag):
        lezer.fouten.append(("postcode", "geen locatie: vul postcode en huisnummer in, of het kenmerk van de locatie"))
    if not lezer.fouten:
        try:
            gegevens = keur_vergunning(gegevens, vandaag)
        except OngeldigeInvoer as fout:
            lezer.fouten.append((fout.veld or "soort", fout.melding[0].lower() + fout.melding[1:].rstrip(".")))
    if lezer.fouten:
        return None, lezer.fouten
    return Vergunningrij(gegevens, uid, sleutel, bag, type_code), []
