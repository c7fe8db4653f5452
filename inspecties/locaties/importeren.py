"""Import of risk locations: all or nothing, unless a part was asked for."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from geoalchemy2 import WKTElement
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict
from inspecties.core.ids import nieuw_id
from inspecties.locaties.importeren_bijwerken import Bijwerking, schrijf, vergelijk
from inspecties.locaties.importeren_kennis import Kennis
from inspecties.locaties.inlezen import MAX_RIJEN, Bestand, Rij, lees_bestand
from inspecties.locaties.models import Locatieimport, Locatiestatus, Risicolocatie
from inspecties.locaties.models_import import Importregel
from inspecties.locaties.plaats import Plaats, bepaal_plaats
from inspecties.locaties.rules.importrij import Gelezen, lees_rij
from inspecties.locaties.rules.importrij_kolommen import LOCATIES, Leeswijze
from inspecties.locaties.rules.verslag import Dubbel, Importverslag, Nieuw, Rijfout

_BLOK = 1000


@dataclass
class Beoordeling:
    """A file that was read and checked: the report and the rows that can be stored."""

    verslag: Importverslag
    sha256: str
    typen: dict[str, int] = field(default_factory=dict)
    goed: list[tuple[int, Gelezen, Plaats]] = field(default_factory=list)
    bijwerkingen: list[Bijwerking] = field(default_factory=list)


def _waar(rij: Gelezen, plaats: Plaats) -> str:
    h = rij.huisnummer
    if not rij.straat or h is None:
        return f"RD {plaats.x:.0f}, {plaats.y:.0f}"
    return f"{rij.straat} {h.nummer}{h.letter}" + (f"-{h.toevoeging}" if h.toevoeging else "")


def beoordeel(
    sessie: Session,
    actor: Actor,
    bestandsnaam: str,
    inhoud: bytes,
    *,
    deel: bool = False,
    max_rijen: int = MAX_RIJEN,
    wijze: Leeswijze | None = None,
) -> Beoordeling:
    """Check every row against the rules and what is already there. Only reads.

    Raises OngeldigeInvoer when the file cannot be read at all or has more than ``max_rijen`` rows.
    """
    wijze = wijze or Leeswijze(deel=deel)
    bestand = lees_bestand(bestandsnaam, inhoud, max_rijen, LOCATIES, wijze.toewijzing)
    uit = Beoordeling(begin_verslag(bestandsnaam, bestand, wijze), hashlib.sha256(inhoud).hexdigest())
    kennis = Kennis.lees(sessie, actor, met_bag="nummeraanduiding" in bestand.koppen)
    uit.typen = kennis.typen
    bestaand = _beoordeel_rijen(bestand, kennis, uit)
    for bijwerking in vergelijk(sessie, actor, bestaand):
        if bijwerking is None:
            uit.verslag.aantal_gelijk += 1
        else:
            uit.bijwerkingen.append(bijwerking)
            uit.verslag.meld_wijziging(bijwerking.als_wijziging())
    return uit


def begin_verslag(bestandsnaam: str, bestand: Bestand, wijze: Leeswijze) -> Importverslag:
    """An empty report that says how the file was read."""
    return Importverslag(
        bestandsnaam[:200],
        bestand.codering,
        genegeerde_kolommen=bestand.genegeerd[:50],
        deel=wijze.deel,
        soort=wijze.soort,
        bijwerken=wijze.bijwerken,
        bron=wijze.bron,
        toewijzing=dict(wijze.toewijzing) if wijze.toewijzing is not None else None,
        onthouden_op=wijze.onthouden_op.isoformat() if wijze.onthouden_op else "",
    )


TE_VEEL = "deze rij heeft meer waarden dan kolomnamen; zet tekst met een ; of , tussen aanhalingstekens"


def _beoordeel_rij(rij: Rij, kennis: Kennis) -> tuple[Gelezen | None, Plaats | None, list[tuple[str, str]]]:
    gelezen, fouten = lees_rij(rij.waarden, kennis.namen)
    plaats: Plaats | None = None
    if gelezen is not None:
        aangevuld = kennis.vul_adres_aan(gelezen)
        if isinstance(aangevuld, str):
            return None, None, [("nummeraanduiding", aangevuld)]
        gelezen = aangevuld
        uitkomst = bepaal_plaats(gelezen, kennis.adressen, kennis.grens)
        if isinstance(uitkomst, str):
            kolom = "lon" if rij.waarden.get("lon") and not rij.waarden.get("x") else "x"
            fouten = [(kolom, uitkomst)]
        else:
            plaats = uitkomst
    if rij.te_veel:
        fouten.append(("naam", TE_VEEL))
    return gelezen, plaats, fouten


def _beoordeel_rijen(bestand: Bestand, kennis: Kennis, uit: Beoordeling) -> list[tuple[int, int, Gelezen, Plaats]]:
    """Fill the report; gives the rows that may change a location: (row number, its id, row, place)."""
    verslag, koppen = uit.verslag, bestand.koppen
    bestaand: list[tuple[int, int, Gelezen, Plaats]] = []
    van_rij: dict[int, int] = {}
    for rij in bestand.rijen:
        verslag.gelezen += 1
        gelezen, plaats, fouten = _beoordeel_rij(rij, kennis)
        if gelezen is None or plaats is None or fouten:
            verslag.meld_fouten([Rijfout(rij.nummer, koppen.get(k, k), m) for k, m in fouten])
            continue
        bekend = kennis.herhaling_van(gelezen, plaats, rij.nummer)
        if bekend is None:
            verslag.meld_goed(Nieuw(rij.nummer, gelezen.naam, gelezen.type_code, _waar(gelezen, plaats)))
            uit.goed.append((rij.nummer, gelezen, plaats))
        elif not verslag.bijwerken or bekend.id is None or bekend.uit_beeld:
            verslag.meld_dubbel(Dubbel(rij.nummer, gelezen.naam, bekend.wie))
        elif bekend.id in van_rij:
            verslag.meld_dubbel(Dubbel(rij.nummer, gelezen.naam, f"rij {van_rij[bekend.id]}"))
        else:
            van_rij[bekend.id] = rij.nummer
            bestaand.append((rij.nummer, bekend.id, gelezen, plaats))
    return bestaand


def sla_op(sessie: Session, actor: Actor, nu: datetime, beoordeling: Beoordeling) -> Importverslag:
    """Store the good rows of a checked file; nothing where a row is wrong and no part was asked for.

    Raises Conflict when somebody else added or changed one of these locations in the meantime.
    """
    verslag = beoordeling.verslag
    if not verslag.mag_opslaan:
        return verslag
    batch = maak_batch(sessie, actor, nu, verslag, beoordeling.sha256)
    try:
        for begin in range(0, len(beoordeling.goed), _BLOK):
            _voeg_toe(sessie, actor, nu, batch.id, beoordeling.goed[begin : begin + _BLOK], beoordeling.typen)
    except IntegrityError as fout:
        raise Conflict(
            "Een collega voegde net een van deze locaties toe. Er is niets opgeslagen. Lees het bestand opnieuw in.",
            "bestand",
        ) from fout
    schrijf(sessie, actor, nu, beoordeling.bijwerkingen, f"Uit het bestand {verslag.bestandsnaam}")
    bewaar_regels(
        sessie,
        actor,
        batch.id,
        [
            {
                "rij": b.rij,
                "wat": "bijgewerkt",
                "object_soort": "locatie",
                "object_uid": b.uid,
                "naam": b.naam,
                "oud": b.oud,
                "nieuw": b.nieuw,
                "achtergelaten_op": nu,
            }
            for b in beoordeling.bijwerkingen
        ],
    )
    return sluit_af(sessie, actor, nu, batch, verslag)


def maak_batch(sessie: Session, actor: Actor, nu: datetime, verslag: Importverslag, sha256: str) -> Locatieimport:
    """The row of this import, flushed."""
    batch = Locatieimport(
        gemeente_id=actor.gemeente_id,
        soort=verslag.soort,
        bron=verslag.bron,
        bestandsnaam=verslag.bestandsnaam,
        sha256=sha256,
        gelezen=verslag.gelezen,
        toegevoegd=verslag.goed,
        bijgewerkt=verslag.aantal_bijgewerkt,
        overgeslagen=verslag.aantal_dubbel,
        fouten=verslag.foute_rijen,
        door_id=actor.gebruiker_id,
        gedaan_op=nu,
    )
    sessie.add(batch)
    sessie.flush()
    return batch


def bewaar_regels(sessie: Session, actor: Actor, import_id: int, regels: list[dict[str, Any]]) -> None:
    """Write down row by row what was stored, so that it can be undone."""
    leeg = {"oud": None, "nieuw": None, "teruggedraaid_op": None}
    for begin in range(0, len(regels), _BLOK):
        sessie.execute(
            insert(Importregel),
            [
                {**leeg, "uid": nieuw_id(), "gemeente_id": actor.gemeente_id, "import_id": import_id, **regel}
                for regel in regels[begin : begin + _BLOK]
            ],
        )


def sluit_af(
    sessie: Session, actor: Actor, nu: datetime, batch: Locatieimport, verslag: Importverslag
) -> Importverslag:
    """The audit line of an import."""
    gegevens = {
        "soort": verslag.soort,
        "sha256": batch.sha256,
        "toegevoegd": verslag.goed,
        "bijgewerkt": verslag.aantal_bijgewerkt,
        "fouten": verslag.foute_rijen,
    }
    leg_vast(sessie, actor, nu, "locaties_geimporteerd", "locatieimport", batch.uid, gegevens=gegevens)
    verslag.opgeslagen = True
    return verslag


def _voeg_toe(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    import_id: int,
    rijen: list[tuple[int, Gelezen, Plaats]],
    typen: dict[str, int],
) -> None:
    waarden = [
        {
            "uid": nieuw_id(),
            "gemeente_id": actor.gemeente_id,
            "naam": r.naam,
            "locatietype_id": typen[r.type_code],
            "adres_id": p.adres_id,
            "straat": r.straat,
            "huisnummer": r.huisnummer.nummer if r.huisnummer else None,
            "huisletter": r.huisnummer.letter if r.huisnummer else "",
            "toevoeging": r.huisnummer.toevoeging if r.huisnummer else "",
            "postcode": r.postcode,
            "woonplaats": r.plaats,
            "adressleutel": r.sleutel,
            "x": p.x,
            "y": p.y,
            "lon": p.lon,
            "lat": p.lat,
            "geom": WKTElement(f"POINT({p.x} {p.y})", srid=28992),
            "status": "in_beeld",
            "bron": r.bron,
            "notitie": r.notitie,
            "veiligheid": "",
            "capaciteit": r.capaciteit,
            "personen_brp": r.personen_brp,
            "import_id": import_id,
            "aangemaakt_op": nu,
            "gewijzigd_op": nu,
        }
        for _, r, p in rijen
    ]
    ids = sessie.scalars(insert(Risicolocatie).returning(Risicolocatie.id), waarden).all()
    sessie.execute(
        insert(Locatiestatus),
        [
            {
                "uid": nieuw_id(),
                "gemeente_id": actor.gemeente_id,
                "locatie_id": i,
                "naar": "in_beeld",
                "van": "",
                "reden": "Import",
                "door_id": actor.gebruiker_id,
                "op": nu,
            }
            for i in ids
        ],
    )
    bewaar_regels(
        sessie,
        actor,
        import_id,
        [
            {
                "rij": nummer,
                "wat": "toegevoegd",
                "object_soort": "locatie",
                "object_uid": w["uid"],
                "naam": r.naam,
                "achtergelaten_op": nu,
            }
            for (nummer, r, _), w in zip(rijen, waarden, strict=True)
        ],
    )


def importeer(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    bestandsnaam: str,
    inhoud: bytes,
    *,
    deel: bool = False,
    max_rijen: int = MAX_RIJEN,
    wijze: Leeswijze | None = None,
) -> Importverslag:
    """Check a file with locations and store it, in one transaction. See ``beoordeel`` and ``sla_op``."""
    beoordeling = beoordeel(sessie, actor, bestandsnaam, inhoud, deel=deel, max_rijen=max_rijen, wijze=wijze)
    return sla_op(sessie, actor, nu, beoordeling)
