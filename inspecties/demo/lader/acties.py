"""Actions with their partners, teams and stops, through the same acts as a planner's."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.acties.models import Actie, Stop
from inspecties.acties.operations import PloegGegevens, maak_actie, zet_partners, zet_ploegen
from inspecties.acties.operations_stops import StopGegevens, zet_stops
from inspecties.acties.operations_toestand import naar
from inspecties.acties.rules.gegevens import ActieGegevens
from inspecties.core.actor import Actor
from inspecties.core.rechten import Rol
from inspecties.demo.inhoud.model import Actie as Wereldactie
from inspecties.demo.lader.kring import Kring
from inspecties.locaties.models import Risicolocatie

_GEPLAND_VOORAF = timedelta(days=14)
_GEREED_VOORAF = timedelta(days=2)


def leden_van(kring: Kring, bron: Wereldactie, namen: tuple[str, ...]) -> list[Actor]:
    """Who of these is there: partners only where their organisation said yes."""
    mee = {kring.organisaties[soort] for soort, antwoord in bron.partners.items() if antwoord == "toegezegd"}
    return [a for a in kring.leden(namen) if a.rol is not Rol.PARTNER or a.organisatie_id in mee]


def plan_actie(
    sessie: Session, kring: Kring, bron: Wereldactie, locaties: Mapping[str, int], uiterlijk: datetime
) -> tuple[Actie, dict[str, Stop]]:
    """The action up to ``gereed``, or ``concept`` where it is still a draft; its stops by the world's key.

    ``uiterlijk``: nothing is planned after this moment. Stops at locations that are not in ``locaties`` are left out.
    """
    planner = kring.actoren["coordinator"]
    gepland = min(bron.begin_op - _GEPLAND_VOORAF, uiterlijk)
    gegevens = ActieGegevens(bron.naam, bron.soort, bron.begin_op, bron.eind_op, bron.doel, bron.aangekondigd)
    actie = maak_actie(sessie, planner, gepland, gegevens)
    partners = {kring.organisaties[soort]: antwoord for soort, antwoord in bron.partners.items()}
    zet_partners(sessie, planner, gepland, actie, partners)
    ploegen = zet_ploegen(
        sessie,
        planner,
        gepland,
        actie,
        [
            PloegGegevens(p.naam, tuple(a.gebruiker_id for a in leden_van(kring, bron, p.leden) if a.gebruiker_id))
            for p in bron.ploegen
        ],
    )
    per_naam = {p.naam: p for p in ploegen}
    bezocht = [s for s in bron.stops if s.locatie in locaties]
    rijen = {
        r.id: r
        for r in sessie.scalars(
            select(Risicolocatie).where(Risicolocatie.id.in_([locaties[s.locatie] for s in bezocht]))
        )
    }
    stops = zet_stops(
        sessie,
        planner,
        gepland,
        actie,
        [
            StopGegevens(
                locatie=rijen[locaties[s.locatie]],
                ploeg=per_naam[s.ploeg],
                duur_min=s.duur_min,
                toegangsgrond=s.toegangsgrond,
                wie_eerst=s.wie_eerst.capitalize(),
                veiligheid=s.veiligheid,
                venster_begin_op=s.venster[0] if s.venster else None,
                venster_eind_op=s.venster[1] if s.venster else None,
            )
            for s in bezocht
        ],
    )
    if bron.toestand != "concept":
        naar(sessie, planner, min(bron.begin_op - _GEREED_VOORAF, uiterlijk), actie, "gereed")
    return actie, {s.sleutel: stop for s, stop in zip(bezocht, stops, strict=True)}
