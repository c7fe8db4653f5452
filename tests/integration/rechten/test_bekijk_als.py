"""What the beheerder sees of a role or a user: rights, pages and numbers, and nothing that anybody wrote down."""

import pytest
from sqlalchemy import String, Text, cast, literal, select, update
from sqlalchemy.exc import DatabaseError

from inspecties.core.rechten import MENSEN, Rol
from inspecties.database.basis import db, metadata
from inspecties.gebruikers.models import Lidmaatschap
from tests.integration.rechten.podium import Podium

KANARIE = "kanarievogel"
# Who works here, and for whom, is what user management is about.
VAN_HET_BEHEER = {"gebruiker", "gemeente", "organisatie", "lidmaatschap", "sessie", "alembic_version"}


def zet_kanaries() -> int:
    """Write the word in every text column that takes it, of every row of both gemeenten; in how many that was."""
    gelukt = 0
    for tabel in metadata.sorted_tables:
        for kolom in tabel.columns:
            if tabel.name in VAN_HET_BEHEER or not isinstance(kolom.type, String | Text) or "id" not in tabel.c:
                continue
            try:
                with db.session.begin_nested():
                    # The key beside it: some columns hold each value once.
                    waarde = literal(f"{KANARIE} ") + cast(tabel.c.id, String)
                    uit = db.session.execute(update(tabel).values({kolom.name: waarde}))
            except DatabaseError:
                # A list of words, a number in text, or a row that never changes.
                continue
            gelukt += int(getattr(uit, "rowcount", 0)) > 0
    db.session.commit()
    return gelukt


@pytest.mark.parametrize("database", ["spatialite"], indirect=True)
def test_bekijk_als_toont_niets_van_wat_iemand_schreef(podium: Podium) -> None:
    van_hier = select(Lidmaatschap.uid).where(
        Lidmaatschap.gemeente_id == podium.wereld.een.actoren[Rol.BEHEERDER].gemeente_id
    )
    leden = [str(uid) for uid in db.session.scalars(van_hier)]
    assert zet_kanaries() > 100
    beheerder = podium.wereld.client(Rol.BEHEERDER)
    # The word does come out where content is shown.
    assert KANARIE in podium.wereld.client(Rol.COORDINATOR).get("/locaties").get_data(as_text=True)
    paden = ["", *(f"?rol={rol}" for rol in sorted(MENSEN)), *(f"?gebruiker={uid}" for uid in leden)]
    assert len(paden) == 1 + 2 * len(MENSEN)
    for pad in paden:
        antwoord = beheerder.get(f"/beheer/bekijk-als{pad}")
        assert antwoord.status_code == 200, pad
        assert KANARIE not in antwoord.get_data(as_text=True), pad
    # The page of a user too: since when and on what kind of device, and not what was done there.
    for uid in leden:
        pagina = beheerder.get(f"/beheer/{uid}").get_data(as_text=True)
        assert "Waar deze gebruiker is aangemeld" in pagina or "Dit bent u zelf" in pagina
        gezien = pagina.split('id="toestellen-kop"')[0]
        assert KANARIE not in gezien, uid
