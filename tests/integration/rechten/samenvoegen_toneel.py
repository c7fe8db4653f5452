"""A location that another went up in, and a kind of location, for the table of routes."""

from uuid import UUID

from inspecties.database.basis import db
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.operations import voeg_locatie_toe
from inspecties.locaties.rules.samenvoegen import voorstel
from inspecties.locaties.samenvoegen import voeg_samen, waarden_van
from tests.locatiewereld import MIDDEN
from tests.wereld import Kring, Wereld


def maak_samenvoeging(wereld: Wereld, kring: Kring, locatie: Risicolocatie) -> dict[str, UUID]:
    """Public ids: ``ander_uid``, ``samen_uid`` (of a merge into that other one) and ``soort``. Committed."""
    sessie, (x, y) = db.session(), MIDDEN[kring.gemeente.naam]
    twee = [
        voeg_locatie_toe(
            sessie,
            kring.systeem,
            wereld.nu,
            naam=naam,
            locatietype=locatie.locatietype,
            x=x,
            y=y,
        )
        for naam in ("Loods", "Loods achter")
    ]
    gezien = (twee[0].gewijzigd_op.isoformat(), twee[1].gewijzigd_op.isoformat())
    keuzes = voorstel(*(waarden_van(rij) for rij in twee))
    samen = voeg_samen(sessie, kring.systeem, wereld.nu, twee[0], twee[1], gezien, keuzes, "Dezelfde loods")
    sessie.commit()
    return {"ander_uid": twee[0].uid, "samen_uid": samen.uid, "soort": locatie.locatietype.uid}
