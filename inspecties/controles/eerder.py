"""What earlier visits to a location found, in one line each."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from inspecties.controles.models import Bevinding, Bezoek
from inspecties.core.actor import Actor, systeem
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import Rol
from inspecties.database import select_voor

HOOGSTENS = 5


def eerdere_bezoeken(
    sessie: Session, actor: Actor, locatie_ids: Iterable[int], behalve: set[Bezoek]
) -> dict[int, list[dict[str, str]]]:
    """Risicolocatie.id -> its latest finished visits as ``{"datum", "samenvatting"}``, newest first.

    The gemeente's own people know what was found at a door before they knock, also by another team. Partners do not
    get it: they see only what they take part in.
    """
    if actor.rol is Rol.PARTNER:
        return {}
    lezer = systeem(actor.gemeente_id)
    weg = {bezoek.id for bezoek in behalve}
    bezoeken = sessie.scalars(
        select_voor(lezer, Bezoek)
        .where(Bezoek.locatie_id.in_(list(locatie_ids)), Bezoek.toestand != "open", Bezoek.eind_op.is_not(None))
        .order_by(Bezoek.eind_op.desc())
    ).all()
    bevindingen: dict[int, list[str]] = {}
    for bevinding in sessie.scalars(
        select_voor(lezer, Bevinding)
        .where(
            Bevinding.bezoek_id.in_([b.id for b in bezoeken]),
            Bevinding.vervallen_op.is_(None),
            # At the next door nobody may read on a tablet that there was a signal of trafficking.
            Bevinding.zonder_signalen(),
        )
        .order_by(Bevinding.id)
    ):
        bevindingen.setdefault(bevinding.bezoek_id, []).append(bevinding.gevolg.replace("_", " "))
    uit: dict[int, list[dict[str, str]]] = {}
    for bezoek in bezoeken:
        lijst = uit.setdefault(bezoek.locatie_id, [])
        if bezoek.id in weg or bezoek.eind_op is None or len(lijst) >= HOOGSTENS:
            continue
        gevonden = list(dict.fromkeys(bevindingen.get(bezoek.id, [])))
        tekst = "Gevonden: " + ", ".join(gevonden) if gevonden else "Geen bijzonderheden gevonden"
        lijst.append({"datum": lokale_datum(bezoek.eind_op).isoformat(), "samenvatting": tekst})
    return uit
