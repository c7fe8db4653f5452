"""For everybody else a signal of trafficking is not there: no proposal, no dossier, no figure, no history at a door."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from inspecties.acties.models import Stop
from inspecties.acties.uitkomsten import Uitkomst
from inspecties.controles import bevindingen
from inspecties.controles.bevindingen import herbereken
from inspecties.controles.models import Bevinding, Bezoek, Bezoekchecklist
from inspecties.controles.uitkomsten import uitkomsten_van_stops
from inspecties.core.actor import systeem
from inspecties.core.fouten import NietGevonden
from inspecties.core.rechten import MENSEN, Rol
from inspecties.database import select_voor
from inspecties.database.basis import db
from inspecties.dossiers import beoordelen, operations
from inspecties.dossiers.beeld import lees_beeld
from inspecties.dossiers.models import Voorstel
from inspecties.rapportages.queries import overzicht
from inspecties.start.vandaag import stel_samen
from tests.integration.mensenhandel.conftest import Geval, signaal_van, tekst, verstuur
from tests.veldwereld import Tablet, definitie, maak_actie, vraag
from tests.wereld import Wereld

ANDEREN = sorted(MENSEN - {Rol.AANDACHTSFUNCTIONARIS})


@pytest.mark.parametrize("rol", [Rol.JURIST, Rol.COORDINATOR])
def test_het_is_geen_voorstel(geval: Geval, rol: Rol) -> None:
    client = geval.wereld.client(rol)
    for status in ("open", "overgenomen", "afgewezen"):
        pagina = tekst(client.get(f"/voorstellen?status={status}"))
        assert "mensenhandel" not in pagina.lower()
        assert str(geval.bevinding) not in pagina
    pad = f"/voorstellen/{geval.bevinding}"
    assert client.get(pad).status_code == 404
    for deel in ("", "/heropenen"):
        assert verstuur(client, pad + deel, reden="x", oordeel="afwijzen").status_code == 404
    if rol is Rol.JURIST:
        assert verstuur(client, f"{pad}/plaatsen", bestemming="nieuw:last").status_code == 404
    db.session.rollback()
    assert db.session.scalars(select(Voorstel)).all() == []


@pytest.mark.parametrize("rol", ANDEREN)
def test_geen_telling_verandert_door_een_signaal(wereld: Wereld, boa: Tablet, bezoek: str, rol: Rol) -> None:
    """The whole of home, report and action page, before and after: a signal may not be inferred from a figure."""

    def beeld() -> tuple[object, ...]:
        db.session.rollback()
        actor = wereld.een.actoren[rol]
        stops = list(db.session.scalars(select(Stop.id)))
        cijfers: list[tuple[int, Uitkomst]] = sorted(uitkomsten_van_stops(db.session(), actor, stops).items())
        return (
            stel_samen(db.session(), actor, wereld.nu),
            overzicht(db.session(), actor, wereld.nu.year),
            [(nr, u.bevindingen) for nr, u in cijfers],
            [b.gevolg for b in db.session.scalars(select_voor(actor, Bevinding))],
        )

    boa.op(bezoek, "bewoners", 12)
    boa.sync()
    rij = db.session.scalars(select(Bezoek).where(Bezoek.uid == UUID(bezoek))).one()
    rij.begin_op = wereld.nu - timedelta(minutes=5)
    db.session.commit()
    voor = beeld()
    boa.op(bezoek, "slot_buiten", "ja")
    boa.sync()
    assert signaal_van(bezoek) is not None
    na = beeld()
    # The audit log counts its own lines; what it says of this is only that a visit was synchronised.
    if rol is not Rol.AUDITOR:
        assert na == voor
    assert na[1:] == voor[1:]


def test_wie_het_bezoek_leest_weet_alleen_dat_er_een_signaal_is(geval: Geval) -> None:
    for rol in (Rol.COORDINATOR, Rol.JURIST, Rol.INSPECTEUR):
        pagina = tekst(geval.wereld.client(rol).get(f"/bezoeken/{geval.bezoek}"))
        bevindingen = pagina.split('id="bevindingen"')[1].split("</section>")[0]
        assert "Er is een signaal naar de aandachtsfunctionaris." in bevindingen
        assert "Overbewoning" in bevindingen
        for deel in ("Slot buiten", "mensenhandel", "ignaal mh", "art. 273f", str(geval.bevinding)):
            assert deel not in bevindingen
        # The answers themselves are the visit's.
        assert "Slot buiten" in pagina.split('id="antwoorden"')[1]
    geval.geen("Er is een verklaring")
    pagina = tekst(geval.wereld.client(Rol.JURIST).get(f"/bezoeken/{geval.bezoek}"))
    assert "Er is een signaal naar de aandachtsfunctionaris." in pagina
    assert "verklaring" not in pagina


def test_bij_de_volgende_deur_staat_het_niet(geval: Geval, wereld: Wereld) -> None:
    rij = db.session.scalars(select(Bezoek).where(Bezoek.uid == UUID(geval.bezoek))).one()
    rij.toestand, rij.begin_op, rij.eind_op = "afgerond", wereld.nu - timedelta(hours=2), wereld.nu
    locatie = rij.locatie_id
    db.session.commit()
    nieuw = maak_actie(wereld.een, wereld.nu + timedelta(days=3), (Rol.INSPECTEUR, Rol.PARTNER), 1, "Hercontrole")
    db.session.scalars(select(Stop).where(Stop.uid == nieuw.stops[0])).one().locatie_id = locatie
    db.session.commit()
    pak = wereld.client(Rol.INSPECTEUR).get("/api/dienst?datum=2026-11-24").get_json()
    assert pak["acties"][0]["stops"][0]["eerder"] == [{"datum": "2026-11-21", "samenvatting": "Gevonden: overbewoning"}]


def test_een_dossier_kan_het_niet_bevatten(geval: Geval) -> None:
    sessie, nu, jurist = db.session(), geval.wereld.nu, geval.wereld.een.actoren[Rol.JURIST]
    bezoek = geval.rij().bezoek
    dossier = operations.maak_dossier(
        sessie, jurist, nu, "sluiting", "art. 174a Gemeentewet", "X", [bezoek.locatie], [bezoek], {}
    )
    with pytest.raises(NietGevonden):
        beoordelen.accepteer(sessie, jurist, nu, geval.rij(), "reden", dossier)
    with pytest.raises(NietGevonden):
        beoordelen.accepteer_nieuw(sessie, jurist, nu, geval.rij(), "reden", "victoria")
    with pytest.raises(NietGevonden):
        beoordelen.wijs_af(sessie, jurist, nu, geval.rij(), "reden")
    # Not even when somebody puts the row there past all of this.
    sessie.add(
        Voorstel(
            gemeente_id=dossier.gemeente_id,
            bevinding_id=geval.rij().id,
            status="overgenomen",
            gemaakt_op=nu,
            beoordeeld_op=nu,
            dossier_id=dossier.id,
        )
    )
    sessie.flush()
    beeld = lees_beeld(sessie, jurist, dossier)
    assert beeld.bevindingen == []
    assert beeld.bewijs == []
    assert [grond for w in beeld.waarnemingen for grond in w.gronden] == []
    assert sessie.scalars(select_voor(jurist, Voorstel)).all() == []


def _met_tweede_lijst(bezoek: str, wereld: Wereld) -> Bezoek:
    """Add another checklist to the visit, with an indicator of its own and one that the first has too."""
    rij = db.session.scalars(select(Bezoek).where(Bezoek.uid == UUID(bezoek))).one()
    eerste = rij.checklists[0]
    inhoud = definitie("tweede") | {
        "kinderen": [
            vraag("koffer", "select_one", keuzelijst="jno", gevolg=["signaal_mh"], grondslag="Sr art. 273f"),
            vraag("schuld", "select_one", keuzelijst="jno", gevolg=["signaal_mh"], grondslag="Sr art. 273f lid 1"),
        ],
        "hash": "f" * 64,
    }
    tweede = type(eerste)(
        gemeente_id=rij.gemeente_id,
        checklist_id=eerste.checklist_id,
        hash=inhoud["hash"],
        versie="tweede",
        bron_csv="",
        definitie=inhoud,
        status="gepubliceerd",
        geldig_vanaf=wereld.nu.date(),
        aangemaakt_op=wereld.nu,
    )
    db.session.add(tweede)
    db.session.flush()
    db.session.add(Bezoekchecklist(bezoek_id=rij.id, checklistversie_id=tweede.id))
    db.session.commit()
    return rij


def test_twee_checklists_van_een_bezoek_geven_samen_een_signaal(wereld: Wereld, boa: Tablet, bezoek: str) -> None:
    _met_tweede_lijst(bezoek, wereld)
    boa.op(bezoek, "koffer", "ja")
    boa.sync()
    # Both checklists ask this; it was answered once.
    assert signaal_van(bezoek) is None
    kamer = "01890000-0000-7000-8000-000000000001"
    boa.op(bezoek, "kamer", {"ouder": None, "plaats": 1}, herhaling_id=kamer)
    boa.op(bezoek, "angst", "ja", herhaling_id=kamer)
    boa.sync()
    eerste = signaal_van(bezoek)
    assert eerste is not None
    assert [(d["vraag"], d["hard"]) for d in eerste.dragers] == [("koffer", False), ("angst", False)]
    boa.op(bezoek, "schuld", "ja", form_versie="f" * 64)
    boa.sync()
    zelfde = signaal_van(bezoek)
    assert zelfde is not None
    # An article more, and still the same finding: its judgement stays with it.
    assert zelfde.uid == eerste.uid
    assert zelfde.grondslag == "Sr art. 273f; Sr art. 273f lid 1"
    assert [d["vraag"] for d in zelfde.dragers] == ["koffer", "angst", "schuld"]


def test_een_lijst_die_niet_te_lezen_is_laat_een_signaal_niet_vervallen(
    geval: Geval, wereld: Wereld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What carries the signal stands in the checklist that fails: the other one, that works, may not take it away."""
    rij = _met_tweede_lijst(geval.bezoek, wereld)
    kapot = rij.checklists[0].definitie

    def vul_in(definitie: dict[str, Any], *rest: Any) -> Any:
        if definitie == kapot:
            raise ZeroDivisionError
        return echt(definitie, *rest)

    echt = bevindingen.vul_in
    with monkeypatch.context() as m:
        m.setattr(bevindingen, "vul_in", vul_in)
        herbereken(db.session(), systeem(rij.gemeente_id), wereld.nu, rij)
        assert geval.rij().vervallen_op is None
    herbereken(db.session(), systeem(rij.gemeente_id), wereld.nu, rij)
    assert geval.rij().vervallen_op is None


def test_de_database_houdt_een_signaal_per_bezoek(geval: Geval) -> None:
    rij = geval.rij()
    db.session.add(
        Bevinding(
            gemeente_id=rij.gemeente_id,
            bezoek_id=rij.bezoek_id,
            form_versie="e" * 64,
            gevolg="signaal_mh",
            grondslag="anders",
            dragers=[],
            rev=1,
            berekend_op=geval.wereld.nu,
        )
    )
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()
