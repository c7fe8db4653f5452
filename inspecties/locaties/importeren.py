"""Import of risk locations: all or nothing, unless a part was asked for."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from geoalchemy2 import WKTElement
from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict
from inspecties.core.ids import nieuw_id
from inspecties.database.bereik import select_voor
from inspecties.locaties.inlezen import MAX_RIJEN, Rij, lees_bestand
from inspecties.locaties.models import Importproef, Locatieimport, Locatiestatus, Locatietype, Risicolocatie
from inspecties.locaties.plaats import Grens, Plaats, bepaal_plaats, lees_adressen
from inspecties.locaties.rules.importrij import Gelezen, lees_rij
from inspecties.locaties.rules.verslag import Dubbel, Importverslag, Nieuw, Rijfout

_BLOK = 1000
# How long a checked file waits for its confirmation.
PROEF_GELDIG = timedelta(hours=24)


@dataclass
class _Kennis:
    """What is already there, read once instead of once per row."""

    typen: dict[str, int]
    namen: dict[str, str]
    sleutels: dict[tuple[int, str], str]
    punten: dict[tuple[int, int, int], str]
    adressen: dict[str, Plaats]
    grens: Grens

    @classmethod
    def lees(cls, sessie: Session, actor: Actor) -> "_Kennis":
        typen = list(sessie.scalars(select_voor(actor, Locatietype)))
        namen = {t.code: t.code for t in typen} | {t.naam.lower(): t.code for t in typen}
        bestaand = sessie.execute(
            select_voor(actor, Risicolocatie).with_only_columns(
                Risicolocatie.locatietype_id,
                Risicolocatie.adressleutel,
                Risicolocatie.x,
                Risicolocatie.y,
                Risicolocatie.naam,
                Risicolocatie.status,
            )
        ).all()
        sleutels: dict[tuple[int, str], str] = {}
        punten: dict[tuple[int, int, int], str] = {}
        # What is out of view is known too: an import must not bring it back unseen. The living come last and win.
        for type_id, sleutel, x, y, naam, status in sorted(bestaand, key=lambda r: r.status != "uit_beeld"):
            wie = f"{naam} (uit beeld)" if status == "uit_beeld" else naam
            if sleutel:
                sleutels[type_id, sleutel] = wie
            punten[type_id, round(x), round(y)] = wie
        return cls(
            {t.code: t.id for t in typen},
            namen,
            sleutels,
            punten,
            lees_adressen(sessie, actor),
            Grens.lees(sessie, actor.gemeente_id),
        )

    def dubbel_met(self, rij: Gelezen, plaats: Plaats, nummer: int) -> str | None:
        """What this row repeats: the same type at the same address, or without address at the same metre.

        A row that repeats nothing is remembered.
        """
        type_id = self.typen[rij.type_code]
        punt = (type_id, round(plaats.x), round(plaats.y))
        met = self.sleutels.get((type_id, rij.sleutel)) if rij.sleutel else self.punten.get(punt)
        if met is None:
            if rij.sleutel:
                self.sleutels[type_id, rij.sleutel] = f"rij {nummer}"
            self.punten.setdefault(punt, f"rij {nummer}")
        return met


@dataclass
class Beoordeling:
    """A file that was read and checked: the report and the rows that can be stored."""

    verslag: Importverslag
    sha256: str
    typen: dict[str, int]
    goed: list[tuple[Gelezen, Plaats]] = field(default_factory=list)


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
) -> Beoordeling:
    """Check every row against the rules and what is already there. Only reads.

    Raises OngeldigeInvoer when the file cannot be read at all or has more than ``max_rijen`` rows.
    """
    bestand = lees_bestand(bestandsnaam, inhoud, max_rijen)
    verslag = Importverslag(bestandsnaam[:200], bestand.codering, genegeerde_kolommen=bestand.genegeerd[:50], deel=deel)
    kennis = _Kennis.lees(sessie, actor)
    uit = Beoordeling(verslag, hashlib.sha256(inhoud).hexdigest(), kennis.typen)
    _beoordeel_rijen(bestand.rijen, bestand.koppen, kennis, uit)
    return uit


def _beoordeel_rijen(rijen: Iterable[Rij], koppen: dict[str, str], kennis: _Kennis, uit: Beoordeling) -> None:
    verslag = uit.verslag
    for rij in rijen:
        verslag.gelezen += 1
        gelezen, fouten = lees_rij(rij.waarden, kennis.namen)
        plaats: Plaats | None = None
        if gelezen is not None:
            uitkomst = bepaal_plaats(gelezen, kennis.adressen, kennis.grens)
            if isinstance(uitkomst, str):
                kolom = "lon" if rij.waarden.get("lon") and not rij.waarden.get("x") else "x"
                fouten = [(kolom, uitkomst)]
            else:
                plaats = uitkomst
        if rij.te_veel:
            fouten.append(
                (
                    "naam",
                    "deze rij heeft meer waarden dan kolomnamen; zet tekst met een ; of , tussen aanhalingstekens",
                )
            )
        if gelezen is None or plaats is None or fouten:
            verslag.meld_fouten([Rijfout(rij.nummer, koppen.get(k, k), m) for k, m in fouten])
            continue
        met = kennis.dubbel_met(gelezen, plaats, rij.nummer)
        if met is not None:
            verslag.meld_dubbel(Dubbel(rij.nummer, gelezen.naam, met))
            continue
        verslag.meld_goed(Nieuw(rij.nummer, gelezen.naam, gelezen.type_code, _waar(gelezen, plaats)))
        uit.goed.append((gelezen, plaats))


def sla_op(sessie: Session, actor: Actor, nu: datetime, beoordeling: Beoordeling) -> Importverslag:
    """Store the good rows of a checked file; nothing where a row is wrong and no part was asked for.

    Raises Conflict when somebody else added one of these locations in the meantime.
    """
    verslag = beoordeling.verslag
    if not verslag.mag_opslaan:
        return verslag
    batch = Locatieimport(
        gemeente_id=actor.gemeente_id,
        bestandsnaam=verslag.bestandsnaam,
        sha256=beoordeling.sha256,
        gelezen=verslag.gelezen,
        toegevoegd=verslag.goed,
        overgeslagen=verslag.aantal_dubbel,
        fouten=verslag.foute_rijen,
        door_id=actor.gebruiker_id,
        gedaan_op=nu,
    )
    sessie.add(batch)
    sessie.flush()
    try:
        for begin in range(0, len(beoordeling.goed), _BLOK):
            blok = beoordeling.goed[begin : begin + _BLOK]
            _voeg_toe(sessie, actor, nu, batch.id, blok, beoordeling.typen)
    except IntegrityError as fout:
        raise Conflict(
            "Een collega voegde net een van deze locaties toe. Er is niets opgeslagen. Lees het bestand opnieuw in.",
            "bestand",
        ) from fout
    gegevens = {"sha256": batch.sha256, "toegevoegd": verslag.goed, "fouten": verslag.foute_rijen}
    leg_vast(sessie, actor, nu, "locaties_geimporteerd", "locatieimport", batch.uid, gegevens=gegevens)
    verslag.opgeslagen = True
    return verslag


def _voeg_toe(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    import_id: int,
    rijen: list[tuple[Gelezen, Plaats]],
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
        for r, p in rijen
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


def importeer(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    bestandsnaam: str,
    inhoud: bytes,
    *,
    deel: bool = False,
    max_rijen: int = MAX_RIJEN,
) -> Importverslag:
    """Check a file and store it, in one transaction. See ``beoordeel`` and ``sla_op``."""
    return sla_op(sessie, actor, nu, beoordeel(sessie, actor, bestandsnaam, inhoud, deel=deel, max_rijen=max_rijen))


def bewaar_proef(sessie: Session, actor: Actor, nu: datetime, beoordeling: Beoordeling, inhoud: bytes) -> Importproef:
    """Keep the report of a dry run for the user who asked for it; the file only where it can be imported as it is."""
    sessie.execute(
        delete(Importproef).where(
            Importproef.gemeente_id == actor.gemeente_id, Importproef.gemaakt_op < nu - PROEF_GELDIG
        )
    )
    verslag = beoordeling.verslag
    proef = Importproef(
        gemeente_id=actor.gemeente_id,
        bestandsnaam=verslag.bestandsnaam,
        inhoud=inhoud if verslag.mag_opslaan else None,
        verslag=verslag.als_json(),
        deel=verslag.deel,
        door_id=actor.gebruiker_id,
        gemaakt_op=nu,
    )
    sessie.add(proef)
    sessie.flush()
    return proef


def bevestig_proef(
    sessie: Session, actor: Actor, nu: datetime, proef: Importproef, max_rijen: int = MAX_RIJEN
) -> Importverslag:
    """Import the file of a dry run, checked again against what is there now, and forget the file.

    Raises Conflict where nothing waits, or where the file no longer fits what is there.
    """
    if proef.inhoud is None or proef.gemaakt_op < nu - PROEF_GELDIG:
        raise Conflict("Dit bestand wacht niet meer op inlezen. Kies het bestand opnieuw.", "bestand")
    verslag = importeer(sessie, actor, nu, proef.bestandsnaam, proef.inhoud, deel=proef.deel, max_rijen=max_rijen)
    if not verslag.opgeslagen:
        raise Conflict("Na de controle is er iets veranderd. Er is niets opgeslagen. Controleer het bestand opnieuw.")
    proef.inhoud = None
    proef.verslag = verslag.als_json()
    sessie.flush()
    return verslag
