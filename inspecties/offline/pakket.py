"""The pack of a shift: the least that a tablet needs for today's stops."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session, joinedload

from inspecties.acties.avond_berichten import haal_berichten
from inspecties.acties.briefing import deel_voor
from inspecties.acties.gereed_bronnen import leg_ophaling_vast
from inspecties.acties.machtiging_queries import aan_de_deur, machtigingen_van
from inspecties.acties.models import Actie, Ploeg, Stop
from inspecties.acties.models_machtiging import Machtiging
from inspecties.acties.models_plan import Stopplan
from inspecties.acties.rules.toestanden import TOEGANGSGRONDEN
from inspecties.audit.operations import leg_vast
from inspecties.controles.bezoeken import houd_stops_vast, zorg_voor_bezoek
from inspecties.controles.eerder import eerdere_bezoeken
from inspecties.controles.eerdere_fotos import stops_met_fotos
from inspecties.controles.models import Bezoek
from inspecties.controles.queries import organisatiesoort
from inspecties.core.actor import Actor
from inspecties.core.klok import lokaal
from inspecties.core.rechten import ROLNAMEN, rol_mag
from inspecties.database import select_voor
from inspecties.locaties.models import Kaartachtergrond, Risicolocatie
from inspecties.offline.dienstversie import versie_van
from inspecties.offline.ploegen import ploegen_van_dag
from inspecties.offline.samen import mensen_van
from inspecties.offline.zorgkaart import zorgkaart
from inspecties.partners.beschikbaar import Instelling, zicht_van
from inspecties.partners.models import Organisatie

# Degrees around the outermost stops: about 1.5 km in the Netherlands.
RAND_GRADEN = 0.02
TOEGANGSUITLEG = {
    "toezicht": "Laat uw legitimatie zien. Een woning gaat u alleen in met toestemming of een machtiging.",
    "toestemming": "Laat uw legitimatie zien en noem het doel. Vraag toestemming voordat u naar binnen gaat.",
    "machtiging": "Laat uw legitimatie en de machtiging zien. Die geldt voor deze woning, dit doel en deze uren.",
}


def _rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def stops_van_ploeg(sessie: Session, actor: Actor, ploeg: Ploeg) -> list[Stop]:
    """The stops that this person's team still has, in order."""
    opdracht = (
        select_voor(actor, Stop)
        .where(Stop.ploeg_id == ploeg.id, Stop.toestand != "vervallen")
        .order_by(Stop.volgorde, Stop.id)
        .options(joinedload(Stop.actie), joinedload(Stop.locatie).joinedload(Risicolocatie.locatietype))
    )
    return list(sessie.scalars(opdracht))


def _stop_json(
    stop: Stop,
    bezoek: Bezoek,
    eerder: list[dict[str, str]],
    machtiging: Machtiging | None,
    gepland: datetime | None,
) -> dict[str, Any]:
    locatie = stop.locatie
    venster = None
    if stop.venster_begin_op and stop.venster_eind_op:
        venster = [lokaal(m).strftime("%H:%M") for m in (stop.venster_begin_op, stop.venster_eind_op)]
    return {
        "id": str(stop.uid),
        "volgorde": stop.volgorde,
        "naam": locatie.naam,
        "adres": locatie.adresregel,
        "plaats": locatie.woonplaats,
        "lon": locatie.lon,
        "lat": locatie.lat,
        "type": locatie.locatietype.code,
        "type_naam": locatie.locatietype.naam,
        "venster": venster,
        "gepland": lokaal(gepland).strftime("%H:%M") if gepland else None,
        "duur_min": stop.duur_min,
        "toegang": {
            "code": stop.toegangsgrond,
            "grond": TOEGANGSGRONDEN[stop.toegangsgrond],
            "uitleg": TOEGANGSUITLEG[stop.toegangsgrond],
            "wie_eerst": stop.wie_eerst,
            "machtiging": aan_de_deur(machtiging) if stop.toegangsgrond == "machtiging" else None,
        },
        "veiligheid": stop.veiligheid or locatie.veiligheid,
        "eerder": eerder,
        "bezoek_id": str(bezoek.uid),
        "context": bezoek.context,
        "checklists": [versie.hash for versie in bezoek.checklists],
        "toestand": stop.toestand,
    }


def _verzwegen(zicht: Instelling) -> dict[str, Any]:
    uit: dict[str, Any] = {} if zicht.ziet_veiligheid else {"veiligheid": ""}
    return uit if zicht.ziet_eerder else uit | {"eerder": []}


def _briefing(sessie: Session, actor: Actor, actie: Actie) -> dict[str, Any] | None:
    """What was written for this person's own team and organisation; the stops stand in the pack itself."""
    deel = deel_voor(sessie, actor, actie) if rol_mag(actor.rol, "briefing.lezen") else None
    if deel is None:
        return None
    return {
        "versie": deel.briefing.nummer,
        "gemaakt_op": _rfc3339(deel.briefing.gemaakt_op),
        "wijzigingen": deel.wijzigingen,
        "inhoud": {sleutel: waarde for sleutel, waarde in deel.inhoud.items() if sleutel != "stops"},
    }


def _organisatie(sessie: Session, actor: Actor) -> str:
    """Whom a partner comes for; '' for the gemeente's own people."""
    if actor.organisatie_id is None:
        return ""
    return sessie.scalars(select_voor(actor, Organisatie).where(Organisatie.id == actor.organisatie_id)).one().naam


def _gepland(sessie: Session, actor: Actor, stops: list[Stop]) -> dict[int, datetime | None]:
    """Stop.id -> when the team is expected to begin there."""
    rijen = sessie.scalars(select_voor(actor, Stopplan).where(Stopplan.stop_id.in_([stop.id for stop in stops])))
    return {rij.stop_id: rij.begin_op for rij in rijen}


def _grenzen(punten: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    lon, lat = [p[0] for p in punten], [p[1] for p in punten]
    return min(lon) - RAND_GRADEN, min(lat) - RAND_GRADEN, max(lon) + RAND_GRADEN, max(lat) + RAND_GRADEN


def _coordinaten(deel: Any) -> list[tuple[float, float]]:
    """All positions in a GeoJSON coordinates array, however deep."""
    if not isinstance(deel, list) or not deel:
        return []
    if isinstance(deel[0], int | float):
        return [(deel[0], deel[1])]
    return [punt for kind in deel for punt in _coordinaten(kind)]


def knip_achtergrond(geojson: dict[str, Any], punten: list[tuple[float, float]]) -> dict[str, Any]:
    """The features of a background map that lie around these points (lon, lat)."""
    leeg = {"type": "FeatureCollection", "features": []}
    if not punten:
        return leeg
    x1, y1, x2, y2 = _grenzen(punten)

    def raakt(vorm: dict[str, Any]) -> bool:
        plek = _coordinaten((vorm.get("geometry") or {}).get("coordinates"))
        if not plek:
            return False
        lon, lat = [p[0] for p in plek], [p[1] for p in plek]
        return max(lon) >= x1 and min(lon) <= x2 and max(lat) >= y1 and min(lat) <= y2

    return leeg | {"features": [vorm for vorm in geojson.get("features", []) if raakt(vorm)]}


def maak_pakket(sessie: Session, actor: Actor, nu: datetime, datum: date, geldig_uur: int) -> dict[str, Any]:
    """The pack of one person for one day; makes the visits that do not exist yet. Reading it is an act, and logged."""
    acties: list[dict[str, Any]] = []
    definities: dict[str, Any] = {}
    punten: list[tuple[float, float]] = []
    ploegen = ploegen_van_dag(sessie, actor, datum)
    per_ploeg = [(actie, ploeg, stops_van_ploeg(sessie, actor, ploeg)) for actie, ploeg in ploegen]
    houd_stops_vast(sessie, [stop for _, _, stops in per_ploeg for stop in stops])
    zicht = zicht_van(sessie, actor)
    for actie, ploeg, stops in per_ploeg:
        bezoeken = {stop.id: zorg_voor_bezoek(sessie, actor, nu, stop) for stop in stops}
        if stops:
            leg_ophaling_vast(sessie, actor, nu, actie, ploeg)
        eerder = eerdere_bezoeken(sessie, actor, [stop.locatie_id for stop in stops], set(bezoeken.values()))
        for bezoek in bezoeken.values():
            definities |= {versie.hash: versie.definitie for versie in bezoek.checklists}
        met_fotos = stops_met_fotos(sessie, actor, stops)
        machtigingen = machtigingen_van(sessie, actor, [stop.id for stop in stops])
        gepland = _gepland(sessie, actor, stops)
        punten += [(stop.locatie.lon, stop.locatie.lat) for stop in stops]
        acties.append(
            {
                "id": str(actie.uid),
                "naam": actie.naam,
                "soort": actie.soort,
                "begin": _rfc3339(actie.begin_op),
                "eind": _rfc3339(actie.eind_op),
                "ploeg": ploeg.naam,
                "leden": [lid.gebruiker.naam for lid in ploeg.leden],
                "mensen": mensen_van(sessie, actor, [lid.gebruiker_id for lid in ploeg.leden]),
                "berichten": haal_berichten(sessie, actor, nu, ploeg),
                "briefing": _briefing(sessie, actor, actie),
                "stops": [
                    _stop_json(
                        stop,
                        bezoeken[stop.id],
                        eerder.get(stop.locatie_id, []),
                        machtigingen.get(stop.id),
                        gepland.get(stop.id),
                    )
                    | {"eerdere_fotos": stop.id in met_fotos}
                    | _verzwegen(zicht)
                    for stop in stops
                ],
            }
        )
    kaart = sessie.scalars(select_voor(actor, Kaartachtergrond)).one_or_none()
    leg_vast(
        sessie,
        actor,
        nu,
        "dienst_opgehaald",
        "gebruiker",
        actor.gebruiker_uid,
        gegevens={
            "datum": datum.isoformat(),
            "stops": [stop["id"] for actie in acties for stop in actie["stops"]],
            "briefings": {actie["id"]: actie["briefing"]["versie"] for actie in acties if actie["briefing"]},
        },
    )
    return {
        "protocol": 1,
        "versie": versie_van(sessie, actor, ploegen),
        "gemaakt_op": _rfc3339(nu),
        "vervalt_op": _rfc3339(nu + timedelta(hours=geldig_uur)),
        "gebruiker": {
            "id": actor.gebruiker_uid,
            "naam": actor.naam,
            "rol": actor.rol.value,
            "rol_naam": ROLNAMEN[actor.rol],
            "organisatie": _organisatie(sessie, actor),
            "gemeente": actor.gemeente_naam,
            # Which partner's parts of a checklist this person fills in; empty for the gemeente's own people.
            "partnersoort": organisatiesoort(sessie, actor) or "",
        },
        "acties": acties,
        "definities": definities,
        "achtergrond": knip_achtergrond(kaart.geojson if kaart else {}, punten),
        "zorgkaart": zorgkaart(),
    }
