"""What the database itself refuses to change, on both databases."""

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from inspecties.acties.models_briefing import Briefingdeel, Briefinglezing
from inspecties.acties.models_documenten import Verslagsjabloon
from inspecties.acties.models_trekking import Trekking, Trekkinguitval
from inspecties.acties.models_verslag import Verslag, Verslagaflevering
from inspecties.audit.models_bewaren import Vernietiging
from inspecties.audit.models_wpg import Wpgstap
from inspecties.core.ids import nieuw_id
from inspecties.core.rechten import Rol
from inspecties.database.basis import db, metadata
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_besluitnemer import Besluitnemer
from inspecties.locaties.models_prioriteit import Weging
from tests.conftest import NU
from tests.integration.rechten.toneel import bouw
from tests.wereld import Wereld

OPDRACHTEN = {
    "doorzetting": ["UPDATE doorzetting SET tekst = 'iets anders'"],
    "weging": ["UPDATE weging SET reden = 'iets anders'", "DELETE FROM weging"],
    "verslag_binnentreden": [
        "UPDATE verslag_binnentreden SET verricht = 'iets anders' WHERE toestand = 'vast'",
        "UPDATE verslag_binnentreden SET toestand = 'concept' WHERE toestand = 'vast'",
        "DELETE FROM verslag_binnentreden WHERE toestand = 'vast'",
    ],
    "verslag_aflevering": ["UPDATE verslag_aflevering SET toelichting = 'anders'", "DELETE FROM verslag_aflevering"],
    "trekking": [
        "UPDATE trekking SET zaad = 'iets anders'",
        "UPDATE trekking SET uitkomst = '[]' WHERE toestand = 'getrokken'",
    ],
    "trekkinguitval": ["UPDATE trekkinguitval SET reden = 'iets anders'"],
    "briefingdeel": ["UPDATE briefingdeel SET hash = '0'"],
    "briefinglezing": ["UPDATE briefinglezing SET gebruiker_id = gebruiker_id"],
    "wpgstap": ["UPDATE wpgstap SET reden = 'iets anders'"],
    "besluitnemer": ["UPDATE besluitnemer SET naam = 'een ander'"],
    "verslagsjabloon": ["UPDATE verslagsjabloon SET tekst_hash = tekst_hash"],
    "vernietiging": ["UPDATE vernietiging SET aantal = 99", "DELETE FROM vernietiging"],
}


def test_vastgelegd_is_vastgelegd(app: Flask, wereld: Wereld) -> None:
    bouw(wereld, wereld.een)
    gemeente_id, wie = wereld.een.gemeente.id, wereld.een.actoren[Rol.COORDINATOR].gebruiker_id
    verslag = db.session.scalars(select(Verslag.id)).one()
    trekking = db.session.scalars(select(Trekking)).one()
    trekking.toestand, trekking.getrokken_op, trekking.uitkomst = "getrokken", NU, trekking.pool[:1]
    deel = db.session.scalars(select(Briefingdeel.id).order_by(Briefingdeel.id)).first()
    vast = {"gemeente_id": gemeente_id, "op": NU}
    db.session.add_all(
        [
            Verslagaflevering(
                **vast | {"op": NU.date()},
                verslag_id=verslag,
                aan="gever",
                wijze="toegestuurd",
                door_id=wie,
                vastgelegd_op=NU,
            ),
            Trekkinguitval(**vast, trekking_id=trekking.id, locatie_uid=nieuw_id(), reden="Gesloopt"),
            Briefinglezing(**vast, briefingdeel_id=deel, gebruiker_id=wie),
        ]
    )
    db.session.add_all(
        [
            Weging(gemeente_id=gemeente_id, versie=1, waarden={}, reden="Proef", op=NU),
            Vernietiging(
                gemeente_id=gemeente_id,
                soort="melder",
                aantal=1,
                hashes=["0" * 64],
                regel="proef",
                vernietigd_op=NU,
            ),
        ]
    )
    jurist = wereld.een.actoren[Rol.JURIST].gebruiker_id
    db.session.add_all(
        [
            Wpgstap(**vast, object_soort="bronstuk", object_uid=nieuw_id(), soort="apart", grond="art. 8", reden="Boa"),
            Besluitnemer(
                gemeente_id=gemeente_id,
                dossier_id=db.session.scalars(select(Dossier.id).order_by(Dossier.id)).first(),
                soort="afzien",
                over=[],
                over_tekst="Dwangsom 1",
                besloten_op=NU.date(),
                naam="M. Voorbeeld",
                bevoegdheid={},
                kenmerk="B-1",
                hash="0" * 64,
                vastgelegd_op=NU,
                vastgelegd_door_id=jurist,
            ),
            Verslagsjabloon(gemeente_id=gemeente_id, verslag_id=verslag, tekst_hash="0" * 64, vastgelegd_op=NU),
        ]
    )
    db.session.commit()
    for tabel, opdrachten in OPDRACHTEN.items():
        aantal = db.session.scalar(select(func.count()).select_from(metadata.tables[tabel]))
        assert aantal, f"nothing of {tabel} to try it on"
        for opdracht in opdrachten:
            with pytest.raises(DBAPIError, match="append-only"):
                db.session.execute(text(opdracht))
            db.session.rollback()
    # An answer to what was passed on may still be written down.
    db.session.execute(text("UPDATE doorzetting SET antwoord = 'ontvangen'"))
    db.session.commit()
