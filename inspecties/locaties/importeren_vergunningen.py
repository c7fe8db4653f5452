"""Import of permits: each belongs at a location that is there already, found by id, address or BAG number."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict
from inspecties.core.klok import lokale_datum
from inspecties.database.bereik import select_voor
from inspecties.locaties.importeren import TE_VEEL, begin_verslag, bewaar_regels, maak_batch, sluit_af
from inspecties.locaties.importeren_kennis import Bagadres, lees_bag
from inspecties.locaties.inlezen import MAX_RIJEN, Bestand, lees_bestand
from inspecties.locaties.models import Locatietype, Risicolocatie
from inspecties.locaties.models_feiten import Vergunning
from inspecties.locaties.rules.feiten import VergunningGegevens
from inspecties.locaties.rules.importrij_kolommen import VERGUNNINGEN, Leeswijze
from inspecties.locaties.rules.importrij_vergunning import Vergunningrij, lees_vergunningrij
from inspecties.locaties.rules.verslag import Dubbel, Importverslag, Nieuw, Rijfout
from inspecties.locaties.vergunningen import leg_vergunning_vast

# Every permit is an act of its own in the audit log; more than this at once takes minutes.
MAX_VERGUNNINGEN = 20_000


@dataclass(frozen=True, slots=True)
class _Plek:
    id: int
    naam: str
    type_code: str


@dataclass
class Beoordeling:
    """A file that was read and checked: the report and the permits that can be stored, with their location's id."""

    verslag: Importverslag
    sha256: str
    goed: list[tuple[int, int, VergunningGegevens]] = field(default_factory=list)


@dataclass
class _Kennis:
    """Locations by each of their names, and the permits that they have."""

    typen: dict[str, str]
    op_uid: dict[UUID, _Plek] = field(default_factory=dict)
    op_sleutel: dict[str, list[_Plek]] = field(default_factory=dict)
    bag: dict[str, Bagadres] = field(default_factory=dict)
    vergunningen: set[tuple[int, str, str]] = field(default_factory=set)

    @classmethod
    def lees(cls, sessie: Session, actor: Actor, *, met_bag: bool) -> "_Kennis":
        typen = list(sessie.scalars(select_voor(actor, Locatietype)))
        uit = cls({t.code: t.code for t in typen} | {t.naam.lower(): t.code for t in typen})
        codes = {t.id: t.code for t in typen}
        rijen = sessie.execute(
            select_voor(actor, Risicolocatie)
            .where(Risicolocatie.status != "uit_beeld")
            .with_only_columns(
                Risicolocatie.id,
                Risicolocatie.uid,
                Risicolocatie.naam,
                Risicolocatie.locatietype_id,
                Risicolocatie.adressleutel,
            )
        )
        for id_, uid, naam, type_id, sleutel in rijen:
            plek = _Plek(id_, naam, codes[type_id])
            uit.op_uid[uid] = plek
            if sleutel:
                uit.op_sleutel.setdefault(sleutel, []).append(plek)
        uit.bag = lees_bag(sessie, actor) if met_bag else {}
        bestaand = select_voor(actor, Vergunning).with_only_columns(
            Vergunning.locatie_id, Vergunning.soort, Vergunning.nummer
        )
        uit.vergunningen = {_kenmerk(*rij) for rij in sessie.execute(bestaand)}
        return uit

    def locatie_van(self, rij: Vergunningrij) -> _Plek | tuple[str, str]:
        """The one location of a row, or (field, what would be right)."""
        if rij.locatie_uid is not None:
            return self.op_uid.get(rij.locatie_uid) or ("locatie", "deze locatie bestaat niet, of is uit beeld")
        veld, sleutel = "postcode", rij.sleutel
        if sleutel is None:
            adres = self.bag.get(rij.nummeraanduiding)
            if adres is None:
                return "nummeraanduiding", f"BAG-nummer {rij.nummeraanduiding} staat niet in het adressenbestand"
            veld, sleutel = "nummeraanduiding", adres.sleutel
        plekken = [p for p in self.op_sleutel.get(sleutel, ()) if rij.type_code in {"", p.type_code}]
        if not plekken:
            return veld, "op dit adres staat geen locatie; voeg die eerst toe"
        if len(plekken) > 1:
            namen = ", ".join(f"{p.naam} ({p.type_code})" for p in plekken[:5])
            return veld, f"op dit adres staan {len(plekken)} locaties: {namen}; vul ook het type van de locatie in"
        return plekken[0]


def _kenmerk(locatie_id: int, soort: str, nummer: str) -> tuple[int, str, str]:
    """What makes two permits the same: the number, or without one the kind."""
    return (locatie_id, "", nummer) if nummer else (locatie_id, soort.lower(), "")


def beoordeel(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    bestandsnaam: str,
    inhoud: bytes,
    wijze: Leeswijze,
    max_rijen: int = MAX_RIJEN,
) -> Beoordeling:
    """Check every row. Only reads. Raises OngeldigeInvoer when the file cannot be read at all."""
    bestand = lees_bestand(bestandsnaam, inhoud, min(max_rijen, MAX_VERGUNNINGEN), VERGUNNINGEN, wijze.toewijzing)
    uit = Beoordeling(begin_verslag(bestandsnaam, bestand, wijze), hashlib.sha256(inhoud).hexdigest())
    kennis = _Kennis.lees(sessie, actor, met_bag="nummeraanduiding" in bestand.koppen)
    _beoordeel_rijen(bestand, kennis, nu, uit)
    return uit


def _beoordeel_rijen(bestand: Bestand, kennis: _Kennis, nu: datetime, uit: Beoordeling) -> None:
    verslag, koppen, vandaag = uit.verslag, bestand.koppen, lokale_datum(nu)
    in_bestand: dict[tuple[int, str, str], int] = {}
    for rij in bestand.rijen:
        verslag.gelezen += 1
        gelezen, fouten = lees_vergunningrij(rij.waarden, kennis.typen, vandaag)
        if rij.te_veel:
            fouten.append(("soort", TE_VEEL))
        plek = kennis.locatie_van(gelezen) if gelezen is not None and not fouten else None
        if isinstance(plek, tuple):
            fouten.append(plek)
        if gelezen is None or fouten or not isinstance(plek, _Plek):
            verslag.meld_fouten([Rijfout(rij.nummer, koppen.get(k, k), m) for k, m in fouten])
            continue
        g = gelezen.gegevens
        wie, kenmerk = f"{g.soort} {g.nummer}".strip(), _kenmerk(plek.id, g.soort, g.nummer)
        if kenmerk in kennis.vergunningen:
            verslag.meld_dubbel(Dubbel(rij.nummer, wie, f"{wie} van {plek.naam}"))
        elif kenmerk in in_bestand:
            verslag.meld_dubbel(Dubbel(rij.nummer, wie, f"rij {in_bestand[kenmerk]}"))
        else:
            in_bestand[kenmerk] = rij.nummer
            verslag.meld_goed(Nieuw(rij.nummer, wie, plek.type_code, plek.naam))
            uit.goed.append((rij.nummer, plek.id, g))


def sla_op(sessie: Session, actor: Actor, nu: datetime, beoordeling: Beoordeling) -> Importverslag:
    """Store the good permits; nothing where a row is wrong and no part was asked for. Raises Conflict."""
    verslag = beoordeling.verslag
    if not verslag.mag_opslaan:
        return verslag
    batch = maak_batch(sessie, actor, nu, verslag, beoordeling.sha256)
    ids = list({locatie_id for _, locatie_id, _ in beoordeling.goed})
    locaties: dict[int, Risicolocatie] = {}
    for begin in range(0, len(ids), 500):
        opdracht = select_voor(actor, Risicolocatie).where(Risicolocatie.id.in_(ids[begin : begin + 500]))
        locaties |= {rij.id: rij for rij in sessie.scalars(opdracht)}
    regels = []
    for nummer, locatie_id, gegevens in beoordeling.goed:
        locatie = locaties.get(locatie_id)
        if locatie is None:
            raise Conflict(f"De locatie van rij {nummer} is er niet meer. Er is niets opgeslagen.", "bestand")
        rij = leg_vergunning_vast(sessie, actor, nu, locatie, gegevens)
        regels.append(
            {
                "rij": nummer,
                "wat": "toegevoegd",
                "object_soort": "vergunning",
                "object_uid": rij.uid,
                "naam": f"{rij.soort} {rij.nummer}, {locatie.naam}"[:200],
                "achtergelaten_op": nu,
            }
        )
    bewaar_regels(sessie, actor, batch.id, regels)
    return sluit_af(sessie, actor, nu, batch, verslag)
