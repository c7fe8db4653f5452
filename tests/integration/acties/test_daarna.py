"""After an action: results, hours, lessons, agreements with their reminders, and the frozen report."""

import io
from datetime import date, timedelta
from typing import Any

import pikepdf
import pytest
from click.testing import CliRunner
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from inspecties.acties.models import Actie
from inspecties.acties.models_daarna import Actieverslag, Afspraak, Stopbespreking, Urenregel
from inspecties.acties.queries import stops_van
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import Rol
from inspecties.database import db
from inspecties.gebruikers.models import Gebruiker
from inspecties.partners.models_partners import Contactpersoon
from inspecties.post.models import Bericht
from inspecties.start.herinner_cli import herinner
from tests.integration.acties.conftest import Buurt
from tests.wereld import csrf


def begonnen(buurt: Buurt) -> Actie:
    """An action that runs, with two stops that are done."""
    actie = buurt.actie(2)
    actie.toestand = "in_uitvoering"
    een, twee = stops_van(db.session(), buurt.planner, actie)
    een.toestand, twee.toestand = "afgerond", "niemand_thuis"
    db.session.commit()
    return actie


def stuur(buurt: Buurt, rol: Rol, pad: str, **velden: Any) -> tuple[int, str]:
    client = buurt.wereld.client(rol)
    antwoord = client.post(pad, data={"csrf_token": csrf(client), **velden}, follow_redirects=True)
    db.session.rollback()
    return antwoord.status_code, antwoord.get_data(as_text=True)


def test_een_stop_bespreken_en_de_tweede_overschrijft_niet(buurt: Buurt) -> None:
    actie = begonnen(buurt)
    stop = stops_van(db.session(), buurt.planner, actie)[0]
    pad = f"/acties/{actie.uid}/debriefing/stops/{stop.uid}"
    eerst = {"resultaat": "bevindingen", "opmerking": "Drie bedden te veel.", "versie": "0"}
    status, tekst = stuur(buurt, Rol.COORDINATOR, pad, **eerst)
    assert status == 200
    assert "Drie bedden te veel." in tekst
    # A second planner had the page open from before.
    status, tekst = stuur(buurt, Rol.COORDINATOR, pad, **(eerst | {"opmerking": "Vier bedden te veel."}))
    assert status == 409
    assert "Iemand anders heeft deze stop net besproken" in tekst
    assert "Drie bedden te veel." in tekst, "what is stored"
    assert "Vier bedden te veel." in tekst, "what was typed"
    assert db.session().scalars(select(Stopbespreking)).one().opmerking == "Drie bedden te veel."
    assert stuur(buurt, Rol.COORDINATOR, pad, resultaat="onzin", versie="1")[0] == 422
    assert stuur(buurt, Rol.JURIST, pad, **eerst)[0] == 403
    assert stuur(buurt, Rol.PARTNER, pad, **eerst)[0] == 403


# What a page says does not depend on the database.
@pytest.mark.parametrize("database", ["spatialite"])
def test_wat_nog_niet_begonnen_is_kijkt_niet_terug(buurt: Buurt) -> None:
    actie = buurt.actie(1)
    antwoord = buurt.wereld.client(Rol.COORDINATOR).get(f"/acties/{actie.uid}/debriefing")
    assert antwoord.status_code == 409
    assert "Terugkijken kan vanaf het starten" in antwoord.get_data(as_text=True)


def test_uren_verbeteren_vraagt_een_reden_en_houdt_wat_er_stond(buurt: Buurt) -> None:
    actie = begonnen(buurt)
    pad, ploeg = f"/acties/{actie.uid}/debriefing/uren", actie.ploegen[0].uid
    eigen = f"{ploeg}:0"
    assert stuur(buurt, Rol.COORDINATOR, pad, **{f"uren-{eigen}": "5,5"})[0] == 200
    status, tekst = stuur(buurt, Rol.COORDINATOR, pad, **{f"uren-{eigen}": "6"})
    assert status == 422
    assert "Ploeg A, Gemeente: eerst 5:30. Schrijf waarom dat niet klopt." in tekst
    for onzin in ("veel", "-2", "7:75"):
        assert stuur(buurt, Rol.COORDINATOR, pad, **{f"uren-{eigen}": onzin})[0] == 422
    velden = {f"uren-{eigen}": "6:00", f"reden-{eigen}": "De nazorg telde niet mee."}
    status, tekst = stuur(buurt, Rol.COORDINATOR, pad, **velden)
    assert status == 200
    assert "Eerder: De nazorg telde niet mee." in tekst
    regels = db.session().scalars(select(Urenregel).order_by(Urenregel.id)).all()
    assert [(r.gewerkt_min, r.gepland_min, r.reden) for r in regels] == [
        (330, 300, ""),
        (360, 300, "De nazorg telde niet mee."),
    ]
    with pytest.raises(DBAPIError, match="urenregel"):
        db.session.execute(Urenregel.__table__.update().values(gewerkt_min=1))  # type: ignore[attr-defined]
    db.session.rollback()


def test_afspraken_zijn_van_wie_ze_doet(buurt: Buurt, klok: VasteKlok) -> None:
    actie = begonnen(buurt)
    organisatie = buurt.kring.organisatie
    assert organisatie is not None
    boa = db.session().get(Gebruiker, buurt.id_van(Rol.INSPECTEUR))
    assert boa is not None
    pad = f"/acties/{actie.uid}/debriefing/afspraken"
    uiterlijk = date(2026, 12, 1)
    for wat, wie in (("Identiteit nagaan", f"organisatie:{organisatie.uid}"), ("Brief sturen", f"mens:{boa.uid}")):
        velden = {"wat": wat, "wie": wie, "uiterlijk": uiterlijk.isoformat(), "stop": ""}
        assert stuur(buurt, Rol.COORDINATOR, pad, **velden)[0] == 200
    voor_de_actie = {"wat": "x", "wie": f"mens:{boa.uid}", "uiterlijk": "2026-11-01", "stop": ""}
    status, tekst = stuur(buurt, Rol.COORDINATOR, pad, **voor_de_actie)
    assert status == 422
    assert "Deze dag ligt voor de actie" in tekst
    van_partner, van_boa = db.session().scalars(select(Afspraak).order_by(Afspraak.id)).all()
    lijst = buurt.wereld.client(Rol.PARTNER).get("/acties/afspraken").get_data(as_text=True)
    assert "Identiteit nagaan" in lijst
    assert "Brief sturen" not in lijst
    gedaan = {"stand": "gedaan", "versie": str(van_partner.versie)}
    assert stuur(buurt, Rol.PARTNER, f"/acties/afspraken/{van_boa.uid}/stand", **gedaan)[0] == 404
    assert (
        stuur(buurt, Rol.PARTNER, f"/acties/afspraken/{van_partner.uid}/stand", **(gedaan | {"stand": "vervallen"}))[0]
        == 403
    )
    assert stuur(buurt, Rol.PARTNER, f"/acties/afspraken/{van_partner.uid}/stand", **gedaan)[0] == 200
    assert stuur(buurt, Rol.COORDINATOR, f"/acties/afspraken/{van_partner.uid}/stand", **gedaan)[0] == 409
    vervalt = {"stand": "vervallen", "versie": str(van_boa.versie)}
    assert stuur(buurt, Rol.COORDINATOR, f"/acties/afspraken/{van_boa.uid}/stand", **vervalt)[0] == 422
    klok.moment = buurt.wereld.nu = buurt.wereld.nu + timedelta(days=20)
    start = buurt.wereld.client(Rol.COORDINATOR).get("/").get_data(as_text=True)
    assert "Afspraken te laat" in start
    alle = buurt.wereld.client(Rol.COORDINATOR).get("/acties/afspraken?stand=te_laat").get_data(as_text=True)
    assert "Brief sturen" in alle
    assert "Identiteit nagaan" not in alle, "done"


def test_herinneringen_gaan_een_keer_per_dag_zonder_inhoud(app: Flask, buurt: Buurt, klok: VasteKlok) -> None:
    actie, gid = begonnen(buurt), buurt.kring.gemeente.id
    organisatie = buurt.kring.organisatie
    assert organisatie is not None
    contact = {"gemeente_id": gid, "organisatie_id": organisatie.id, "naam": "Piet"}
    db.session.add_all(
        [
            Contactpersoon(**contact, email="piet@politie.example", krijgt_uitnodiging=True),
            Contactpersoon(**contact, email="ander@politie.example"),
            Afspraak(
                gemeente_id=gid,
                actie_id=actie.id,
                wat="Geheim onderzoek op Kade 1",
                organisatie_id=organisatie.id,
                uiterlijk=date(2026, 11, 20),
                gemaakt_op=buurt.wereld.nu,
            ),
        ]
    )
    db.session.commit()

    def draai() -> list[Bericht]:
        db.session.remove()
        uit = CliRunner().invoke(herinner, ["--json"])
        assert uit.exit_code == 0, uit.output
        return list(db.session().scalars(select(Bericht).where(Bericht.verwijzing == "afspraken")))

    (bericht,) = draai()
    assert bericht.aan == "piet@politie.example"
    assert "20 november 2026, te laat" in bericht.tekst
    assert "Geheim" not in bericht.tekst + bericht.onderwerp
    assert "Kade" not in bericht.tekst + bericht.onderwerp
    assert len(draai()) == 1
    klok.moment = klok.moment + timedelta(days=7)
    assert len(draai()) == 2


# What a page says does not depend on the database.
@pytest.mark.parametrize("database", ["spatialite"])
def test_het_verslag_ligt_vast_en_een_partner_leest_geen_adres(buurt: Buurt) -> None:
    actie = begonnen(buurt)
    pad = f"/acties/{actie.uid}/debriefing"
    stop = stops_van(db.session(), buurt.planner, actie)[0]
    bespreking = {"resultaat": "bevindingen", "opmerking": "Gesproken met de heer Pietersen.", "versie": "0"}
    assert stuur(buurt, Rol.COORDINATOR, f"{pad}/stops/{stop.uid}", **bespreking)[0] == 200
    les = {"categorie": "veiligheid", "tekst": "Parkeer om de hoek."}
    assert stuur(buurt, Rol.COORDINATOR, f"{pad}/lessen", **les)[0] == 200
    assert stuur(buurt, Rol.COORDINATOR, f"{pad}/verslag")[0] == 200
    assert stuur(buurt, Rol.COORDINATOR, f"{pad}/verslag")[0] == 409, "nothing changed"
    verslag = db.session().scalars(select(Actieverslag)).one()
    teksten = {}
    for rol in (Rol.COORDINATOR, Rol.PARTNER):
        antwoord = buurt.wereld.client(rol).get(f"/acties/verslagen/{verslag.uid}")
        assert antwoord.mimetype == "application/pdf"
        with pikepdf.open(io.BytesIO(antwoord.data)) as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert str(pdf.Root.Lang) == "nl"
        teksten[rol] = " ".join(blad.extract_text() for blad in PdfReader(io.BytesIO(antwoord.data)).pages)
    assert "Kade 1" in teksten[Rol.COORDINATOR]
    assert "Kade 1" not in teksten[Rol.PARTNER]
    for tekst in teksten.values():
        assert "Parkeer om de hoek." in tekst
        assert "Bevindingen" in tekst
        assert "Pietersen" not in tekst
        assert "coordinator Markerwaard" not in tekst
    # The lesson comes back when the next action of this kind is planned.
    volgende = buurt.actie(
        1,
        naam="Volgende",
        begin_op=buurt.wereld.nu + timedelta(days=9),
        eind_op=buurt.wereld.nu + timedelta(days=9, hours=3),
    )
    pagina = buurt.wereld.client(Rol.COORDINATOR).get(f"/acties/{volgende.uid}").get_data(as_text=True)
    assert "Geleerd bij eerdere acties" in pagina
    assert "Parkeer om de hoek." in pagina
