"""A picture of somebody's home is never seen without a line: that of its page, or its own where it is fetched alone."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from inspecties.audit.models import Auditregel
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from tests.integration.rechten.toneel import bouw
from tests.wereld import Wereld, aangemeld


def _hoogste() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.max(Auditregel.id))) or 0


def _erna(hoogste: int) -> list[tuple[str, str]]:
    db.session.rollback()
    rijen = db.session.scalars(select(Auditregel).where(Auditregel.id > hoogste).order_by(Auditregel.id))
    return [(r.handeling, r.object_uid) for r in rijen]


@pytest.mark.parametrize("database", ["spatialite"], indirect=True)
def test_een_foto_los_opgehaald_laat_een_regel_achter(app: Flask, wereld: Wereld, klok: VasteKlok) -> None:
    toneel = bouw(wereld, wereld.een)
    beelden = [
        (Rol.JURIST, f"/bezoeken/{toneel.bezoek}", f"/bezoeken/{toneel.bezoek}/bewijs/{toneel.bewijs_sha}"),
        (Rol.JURIST, f"/dossiers/{toneel.dossier}", f"/dossiers/{toneel.dossier}/bewijs/{toneel.bewijs}"),
        (
            Rol.AANDACHTSFUNCTIONARIS,
            f"/signalen/uit-bezoeken/{toneel.mensenhandel}",
            f"/signalen/uit-bezoeken/{toneel.mensenhandel}/bewijs/{toneel.mensenhandel_sha}",
        ),
    ]
    for rol, pagina, beeld in beelden:
        object_uid = pagina.rsplit("/", 1)[1]
        # What was done to make the stage counts no more.
        klok.moment += timedelta(minutes=11)
        client = aangemeld(app, wereld.een.actoren[rol], klok.nu())
        voor = _hoogste()
        assert client.get(beeld).status_code == 200
        assert _erna(voor) == [("beeld_gezien", object_uid)], "fetched alone"
        voor = _hoogste()
        assert client.get(beeld).status_code == 200
        assert _erna(voor) == [], "within ten minutes it is the same looking"
        klok.moment += timedelta(minutes=11)
        client = aangemeld(app, wereld.een.actoren[rol], klok.nu())
        assert client.get(pagina).status_code == 200
        voor = _hoogste()
        assert client.get(beeld).status_code == 200
        assert _erna(voor) == [], "the page has its line"
        ander = aangemeld(app, wereld.een.actoren[Rol.COORDINATOR], klok.nu())
        if rol is Rol.JURIST:
            voor = _hoogste()
            assert ander.get(beeld).status_code == 200
            assert _erna(voor) == [("beeld_gezien", object_uid)], "another one's reading is no excuse"
        klok.moment += timedelta(minutes=11)
        client = aangemeld(app, wereld.een.actoren[rol], klok.nu())
        voor = _hoogste()
        assert client.get(beeld).status_code == 200
        assert _erna(voor) == [("beeld_gezien", object_uid)], "later it is read anew"
