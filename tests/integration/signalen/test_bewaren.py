"""Retention: what goes, what stays, the proof, the page of the review and the command."""

import hashlib
import json
from datetime import timedelta
from uuid import UUID

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from inspecties.audit.models import Auditregel
from inspecties.audit.models_bewaren import Vernietiging
from inspecties.audit.operations import controleer
from inspecties.core.ids import nieuw_id
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import MENSEN, Rol
from inspecties.database.basis import db
from inspecties.signalen.models import Signaal
from inspecties.signalen.models_melder import Betrokkene, Melder, Signaalherziening
from inspecties.signalen.models_meldroute import Doorzetting, Meldroute, Signaaldossier
from inspecties.start.bewaartermijnen_cli import bewaartermijnen
from tests.integration.signalen.test_melder import post
from tests.integration.signalen.test_signalen import laatste, meld, tekst
from tests.wereld import Kring, Wereld

KANARIE = "Kanarietekst bij de oude molen"


def maak(wereld: Wereld, dagen: int, tekst_: str = "Oud signaal", kring: Kring | None = None) -> Signaal:
    """A signal with reporter and person that came in so many days ago."""
    antwoord = meld(
        wereld.client(Rol.COORDINATOR, kring), tekst=tekst_, betrokkenen="Anna", bewaar_naam="y", waar="Dijk 1"
    )
    assert antwoord.status_code == 302
    rij = laatste()
    rij.ontvangen_op = wereld.nu - timedelta(days=dagen)
    db.session.commit()
    return rij


def draai(*opties: str) -> dict[str, object]:
    uit = CliRunner().invoke(bewaartermijnen, [*opties, "--klok-klopt", "--json"])
    assert uit.exit_code == 0, uit.output
    gelezen: dict[str, object] = json.loads(uit.stdout)
    db.session.rollback()
    return gelezen


def tel(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_het_commando_vernietigt_met_bewijs_en_twee_keer_kan_geen_kwaad(wereld: Wereld, database: str) -> None:
    weg = maak(wereld, 366, KANARIE)
    uid, gemeente_id = weg.uid, weg.gemeente_id
    maak(wereld, 300)  # to be reviewed: the names are over their term, the signal is not
    maak(wereld, 10)
    elders = maak(wereld, 400, kring=wereld.twee)
    slot, dossier = maak(wereld, 800, "Rechtszaak"), maak(wereld, 800, "In een dossier")
    db.session.add(
        Signaaldossier(
            gemeente_id=gemeente_id, signaal_id=dossier.id, dossier_uid=nieuw_id(), nummer="D1", op=wereld.nu
        )
    )
    db.session.commit()
    del elders
    aandacht = wereld.client(Rol.AANDACHTSFUNCTIONARIS)
    assert post(aandacht, f"/signalen/{slot.uid}/herzien", keuze="slot", reden="Klacht loopt").status_code == 302

    assert draai("--droog") == draai("--droog")
    assert tel(Signaal) == 6
    verwacht = {
        ("Markerwaard", "signaal", "signaal_weg", 1),
        ("Markerwaard", "melder", "signaal_weg", 1),
        ("Markerwaard", "betrokkene", "signaal_weg", 1),
        ("Markerwaard", "betrokkene", "betrokkene", 1),
        ("Houtribdijk", "signaal", "signaal_weg", 1),
        ("Houtribdijk", "melder", "signaal_weg", 1),
        ("Houtribdijk", "betrokkene", "signaal_weg", 1),
    }
    uit = draai()["vernietigd"]
    assert isinstance(uit, list)
    assert {(r["gemeente"], r["soort"], r["regel"], r["aantal"]) for r in uit} == verwacht
    assert (tel(Signaal), tel(Melder), tel(Betrokkene)) == (4, 4, 3)
    bewijs = db.session.scalars(
        select(Vernietiging).where(Vernietiging.soort == "signaal", Vernietiging.gemeente_id == gemeente_id)
    ).one()
    assert bewijs.hashes == [hashlib.sha256(f"signaal:{uid}".encode()).hexdigest()]
    regels = db.session.scalars(
        select(Auditregel).where(Auditregel.handeling == "vernietigd").order_by(Auditregel.id)
    ).all()
    assert len(regels) == tel(Vernietiging) == len(verwacht)
    assert controleer(db.session(), gemeente_id) is None
    db.session.rollback()
    if database == "spatialite":
        ruw = b"".join(p.read_bytes() for p in wereld.app.extensions["instellingen"].data.rglob("*.db*"))
        assert b"Rechtszaak" in ruw, "the scan reads the file"
        assert KANARIE.encode() not in ruw
    assert draai()["vernietigd"] == []
    assert tel(Vernietiging) == len(verwacht)


def test_melder_gaat_na_het_afsluiten_en_wat_doorgezet_is_blijft(wereld: Wereld, klok: VasteKlok) -> None:
    rij = maak(wereld, 500)
    rij.status = "afgesloten"
    db.session.add(
        Doorzetting(
            gemeente_id=rij.gemeente_id,
            signaal_id=rij.id,
            ontvanger="avim",
            wijze="telefoon",
            grondslag="x",
            velden=[],
            tekst="x",
            sha256="0" * 64,
            doorgezet_op=wereld.nu,
        )
    )
    db.session.add(
        Meldroute(gemeente_id=rij.gemeente_id, signaal_id=rij.id, tabel="t", versie="1", gesloten_op=wereld.nu)
    )
    db.session.commit()
    assert draai()["vernietigd"] == []
    klok.moment = wereld.nu + timedelta(days=95)
    assert [r["soort"] for r in draai()["vernietigd"]] == ["betrokkene"]  # type: ignore[attr-defined]
    klok.moment = wereld.nu + timedelta(days=185)
    assert "melder" in [r["soort"] for r in draai()["vernietigd"]]  # type: ignore[attr-defined]
    assert tel(Signaal) == 1
    uid = rij.uid
    klok.moment = wereld.nu  # the login would be over by then
    weg = tekst(post(wereld.client(Rol.AANDACHTSFUNCTIONARIS), f"/signalen/{uid}/melder", doel="inzage"))
    assert "geen melder bekend" in weg


def test_herzien_op_de_pagina(wereld: Wereld) -> None:
    oud, ouder, nieuw = maak(wereld, 200), maak(wereld, 400), maak(wereld, 5)
    namen: dict[str, tuple[str, UUID]] = {
        n: (s.nummer, s.uid) for n, s in (("oud", oud), ("ouder", ouder), ("nieuw", nieuw))
    }
    client = wereld.client(Rol.AANDACHTSFUNCTIONARIS)
    home = tekst(client.get("/"))
    assert "Te herzien signalen" in home
    lijst = tekst(client.get("/signalen/te-herzien"))
    assert lijst.index(namen["ouder"][0]) < lijst.index(namen["oud"][0])
    assert namen["nieuw"][0] not in lijst
    assert "te bevestigen" in lijst
    pad = f"/signalen/{namen['oud'][1]}/herzien"
    assert "Vernietig dit signaal" in tekst(client.get(pad))
    for fout, zin in (
        ({"keuze": "langer", "reden": "", "bewaren_tot": "2027-01-15"}, "Schrijf op waarom"),
        ({"keuze": "langer", "reden": "Loopt nog", "bewaren_tot": ""}, "Kies tot welke dag"),
        ({"keuze": "langer", "reden": "Loopt nog", "bewaren_tot": "2026-11-21"}, "in de toekomst"),
        ({"keuze": "langer", "reden": "Loopt nog", "bewaren_tot": "2028-11-21"}, "binnen een jaar"),
        ({"keuze": "hervat"}, "niet stopgezet"),
        ({"keuze": "?"}, "Kies wat er"),
    ):
        antwoord = post(client, pad, **fout)
        assert antwoord.status_code == 422
        assert zin in tekst(antwoord)
    goed = post(client, pad, keuze="langer", reden="Onderzoek loopt nog", bewaren_tot="2027-01-15")
    assert goed.location == "/signalen/te-herzien"
    assert namen["oud"][0] not in tekst(client.get("/signalen/te-herzien")).split("</h1>")[1].split("melding")[0]
    assert db.session.scalars(select(Signaalherziening)).one().reden == "Onderzoek loopt nog"
    assert post(client, f"/signalen/{namen['ouder'][1]}/herzien", keuze="weg").status_code == 302
    assert client.get(f"/signalen/{namen['ouder'][1]}").status_code == 404
    assert tel(Signaal) == tel(Melder) == 2
    # Not yet due, or held: no.
    vers = post(client, f"/signalen/{namen['nieuw'][1]}/herzien", keuze="weg")
    assert "nog niet aan herziening toe" in tekst(vers)
    vast = f"/signalen/{namen['nieuw'][1]}/herzien"
    assert post(client, vast, keuze="slot", reden="Klacht").status_code == 302
    assert "stopgezet: Klacht" in tekst(client.get(vast))
    assert "al stopgezet" in tekst(post(client, vast, keuze="slot", reden="Klacht"))
    assert "kan niet weg" in tekst(post(client, vast, keuze="weg"))
    assert post(client, vast, keuze="hervat").status_code == 302


@pytest.mark.parametrize("database", ["spatialite"], indirect=True)
def test_rechten(wereld: Wereld) -> None:
    rij = maak(wereld, 400)
    uid = rij.uid
    for rol in sorted(MENSEN):
        client = wereld.client(rol)
        mag = 200 if rol is Rol.AANDACHTSFUNCTIONARIS else 403
        assert client.get("/signalen/te-herzien").status_code == mag
        assert client.get(f"/signalen/{uid}/herzien").status_code == mag
        assert ("Te herzien signalen" in tekst(client.get("/"))) is (mag == 200)
    vreemd = wereld.client(Rol.AANDACHTSFUNCTIONARIS, wereld.twee)
    assert vreemd.get(f"/signalen/{uid}/herzien").status_code == 404
    assert post(vreemd, f"/signalen/{uid}/herzien", keuze="weg").status_code == 404
