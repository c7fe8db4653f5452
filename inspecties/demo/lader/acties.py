"""Actions with their partners, teams and stops, through the same acts as a planner's."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.acties.models import Actie, Stop
from inspecties.acties.operations import PloegGegevens, maak_actie, zet_partners, zet_ploegen
from inspecties.acties.operations_stops import StopGegevens, zet_stops
from inspecties.acties.rules.gegevens import ActieGegevens
from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import Rol
from inspecties.demo.inhoud.model import Actie as Wereldactie
from inspecties.demo.lader.kring import Kring
from inspecties.demo.lader.locaties import moment
from inspecties.demo.lader.machtigingen import geef_machtigingen
from inspecties.locaties.models import Risicolocatie


def leden_van(kring: Kring, bron: Wereldactie, namen: tuple[str, ...]) -> list[Actor]:
    """Who of these is there: partners only where their organisation said yes."""
    mee = {kring.organisaties.get(soort) for soort, antwoord in bron.partners.items() if antwoord == "toegezegd"}
    return [a for a in kring.leden(namen) if a.rol is not Rol.PARTNER or a.organisatie_id in mee]


def tot_laat(bron: Wereldactie, nu: datetime) -> Wereldactie:
    """The action of tonight, until midnight where it would be nearly over: who opens the demo late sees it going on."""
    if bron.toestand != "gereed" or nu < bron.eind_op - timedelta(hours=1):
        return bron
    return replace(bron, eind_op=moment(lokale_datum(bron.begin_op) + timedelta(days=1), 0) - timedelta(minutes=1))


def plan_actie(
    sessie: Session, kring: Kring, bron: Wereldactie, locaties: Mapping[str, int], nu: datetime
) -> tuple[Actie, dict[str, Stop]]:
    """The action in concept, complete; its stops by the world's key.

    Stops at locations that are not in ``locaties`` are left out. Each gets the checklist of its location's type.
    """
    planner = kring.actoren["coordinator"]
    gegevens = ActieGegevens(bron.naam, bron.soort, bron.begin_op, bron.eind_op, bron.doel, bron.aangekondigd)
    actie = maak_actie(sessie, planner, nu, gegevens)
    partners = {kring.organisaties[s]: antwoord for s, antwoord in bron.partners.items() if s in kring.organisaties}
    zet_partners(sessie, planner, nu, actie, partners)
    ploegen = zet_ploegen(
        sessie,
        planner,
        nu,
        actie,
        [
            PloegGegevens(p.naam, tuple(a.gebruiker_id for a in leden_van(kring, bron, p.leden) if a.gebruiker_id))
            for p in bron.ploegen
        ],
    )
    per_naam = {p.naam: p for p in ploegen}
    te_bezoeken = [s for s in bron.stops if s.locatie in locaties]
    ids = [locaties[s.locatie] for s in te_bezoeken]
    rijen = {r.id: r for r in sessie.scalars(select(Risicolocatie).where(Risicolocatie.id.in_(ids)))}
    stops = zet_stops(
        sessie,
        planner,
        nu,
        actie,
        [
            StopGegevens(
                locatie=rijen[locatie_id],
                ploeg=per_naam[s.ploeg],
                duur_min=s.duur_min,
                toegangsgrond=s.toegangsgrond,
                wie_eerst=s.wie_eerst.capitalize(),
                veiligheid=s.veiligheid,
                venster_begin_op=s.venster[0] if s.venster else None,
                venster_eind_op=s.venster[1] if s.venster else None,
            )
            for locatie_id, s in zip(ids, te_bezoeken, strict=True)
        ],
    )
    geef_machtigingen(sessie, kring, actie, stops, nu, concept=bron.toestand == "concept")
    return actie, {s.sleutel: stop for s, stop in zip(te_bezoeken, stops, strict=True)}
