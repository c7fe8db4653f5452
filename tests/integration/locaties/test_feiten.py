"""Facts of a location: acts on both databases, their corrections, and what is read back for others."""

import io
from datetime import date, timedelta

import pytest
from geoalchemy2.shape import to_shape
from PIL import Image
from sqlalchemy import select

from inspecties.audit.models import Auditregel
from inspecties.core.fouten import Conflict, GeenRecht, OngeldigeInvoer
from inspecties.core.opslag import Opslag
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.locaties import queries_feiten as feiten
from inspecties.locaties.aantallen import leg_aantal_vast
from inspecties.locaties.documenten import MAX_MB, voeg_document_toe
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_feiten import Document, Feitcorrectie, Overlastmelding
from inspecties.locaties.models_partijen import Partij, Partijrol
from inspecties.locaties.overlast import haal_overlast_weg, leg_overlast_vast
from inspecties.locaties.panelen_feiten import herkomst_van_aantal
from inspecties.locaties.partijen import (
    beeindig_rol,
    geef_rol,
    haal_rol_weg,
    verbeter_rol,
    voeg_partij_toe,
    wijzig_partij,
)
from inspecties.locaties.rules.feiten import OverlastGegevens, VergunningGegevens
from inspecties.locaties.rules.partijen import PartijGegevens, RolGegevens
from inspecties.locaties.vergunningen import leg_vergunning_vast, trek_vergunning_in, wijzig_vergunning
from inspecties.locaties.vlakken import zet_vlak
from tests.locatiewereld import maak_locatie
from tests.wereld import Wereld


def _dag(wereld: Wereld, dagen: int) -> date:
    return wereld.nu.date() + timedelta(days=dagen)


def _twee(wereld: Wereld) -> tuple[Risicolocatie, Risicolocatie]:
    return maak_locatie(wereld.een, wereld.nu, "Pand A"), maak_locatie(wereld.een, wereld.nu, "Pand B", dx=50)


def test_een_partij_bij_meer_locaties(wereld: Wereld) -> None:
    sessie, wie, nu = db.session(), wereld.een.actoren[Rol.COORDINATOR], wereld.nu
    a, b = _twee(wereld)
    partij = voeg_partij_toe(sessie, wie, nu, PartijGegevens("organisatie", "Kade Beheer BV", "1234 5678"))
    rol = geef_rol(sessie, wie, nu, a, partij, RolGegevens("eigenaar", _dag(wereld, -100), bron="Kadaster"))
    geef_rol(sessie, wie, nu, b, partij, RolGegevens("eigenaar", bron="Kadaster"))
    assert [(t.partij.naam, t.locaties) for t in feiten.zoek_partijen(sessie, wie, "1234")] == [("Kade Beheer BV", 2)]
    assert [t.partij.id for t in feiten.zoek_partijen(sessie, wie, "beheer kade")] == [partij.id]
    assert feiten.zoek_partijen(sessie, wie, "100%") == []
    # The number is the organisation: nobody makes a second one.
    with pytest.raises(Conflict, match="Kade Beheer BV") as fout:
        voeg_partij_toe(sessie, wie, nu, PartijGegevens("organisatie", "Kade", "12345678"))
    assert fout.value.veld == "kvk"
    with pytest.raises(Conflict, match="al als eigenaar"):
        geef_rol(sessie, wie, nu, a, partij, RolGegevens("eigenaar", _dag(wereld, -10), bron="Kadaster"))
    beeindig_rol(sessie, wie, nu, rol, _dag(wereld, -20))
    with pytest.raises(Conflict, match="al beëindigd"):
        beeindig_rol(sessie, wie, nu, rol, _dag(wereld, -10))
    # After its end the same role may begin again.
    geef_rol(sessie, wie, nu, a, partij, RolGegevens("eigenaar", _dag(wereld, -10), bron="Kadaster"))
    sessie.commit()
    assert len(feiten.rollen_van_partij(sessie, wie, partij)) == 3


def test_een_fout_in_een_rol_blijft_te_zien(wereld: Wereld) -> None:
    sessie, wie, nu = db.session(), wereld.een.actoren[Rol.COORDINATOR], wereld.nu
    plek, _ = _twee(wereld)
    gegevens = PartijGegevens("persoon", "A. Verzonnen", doel="toezicht")
    partij = voeg_partij_toe(sessie, wie, nu, gegevens)
    rol = geef_rol(sessie, wie, nu, plek, partij, RolGegevens("eigenaar", bron="Buurt"))
    with pytest.raises(OngeldigeInvoer) as fout:
        verbeter_rol(sessie, wie, nu, rol, RolGegevens("verhuurder", bron="Buurt"), " ")
    assert fout.value.veld == "reden"
    assert verbeter_rol(sessie, wie, nu, rol, RolGegevens("verhuurder", bron="Huurcontract"), "Verhuurt alleen.") == [
        "rol",
        "bron",
    ]
    haal_rol_weg(sessie, wie, nu, rol, "Ander pand.")
    wijzig_partij(
        sessie,
        wie,
        nu,
        partij,
        PartijGegevens("persoon", "B. Verzonnen", doel="toezicht", bewaren_tot=partij.bewaren_tot),
        "Naam fout gespeld.",
        partij.gewijzigd_op.isoformat(),
    )
    sessie.commit()
    assert feiten.rollen_van(sessie, wie, plek) == []
    rijen = sessie.scalars(select(Feitcorrectie).order_by(Feitcorrectie.id)).all()
    assert [(r.handeling, r.oud.get("rol"), r.over_persoon) for r in rijen] == [
        ("gewijzigd", "eigenaar", True),
        ("verwijderd", "verhuurder", True),
        ("gewijzigd", None, True),
    ]
    # Neither the record of the mistake nor the audit log keeps what a person was called.
    log = sessie.scalars(select(Auditregel)).all()
    assert "Verzonnen" not in str([r.oud for r in rijen]) + str([r.gegevens for r in log])
    # Somebody without the right to see persons does not see that there was one.
    inspecteur = wereld.een.actoren[Rol.INSPECTEUR]
    assert feiten.correcties_van(sessie, inspecteur, plek) == []


def test_zonder_recht_geen_personen(wereld: Wereld) -> None:
    sessie, nu = db.session(), wereld.nu
    wie, inspecteur = wereld.een.actoren[Rol.COORDINATOR], wereld.een.actoren[Rol.INSPECTEUR]
    plek, _ = _twee(wereld)
    persoon = voeg_partij_toe(sessie, wie, nu, PartijGegevens("persoon", "A. Verzonnen", doel="toezicht"))
    bedrijf = voeg_partij_toe(sessie, wie, nu, PartijGegevens("organisatie", "Kade BV"))
    for partij in (persoon, bedrijf):
        geef_rol(sessie, wie, nu, plek, partij, RolGegevens("eigenaar", bron="Kadaster"))
    sessie.commit()
    assert [r.partij.naam for r in feiten.rollen_van(sessie, inspecteur, plek)] == ["Kade BV"]
    assert feiten.zoek_partijen(sessie, inspecteur, "verzonnen") == []
    assert feiten.personen(sessie, inspecteur) == []
    with pytest.raises(GeenRecht):
        voeg_partij_toe(sessie, inspecteur, nu, PartijGegevens("persoon", "C. Verzonnen", doel="toezicht"))
    # After two years the term has passed.
    assert feiten.personen(sessie, wie, voor=_dag(wereld, 700)) == []
    assert [p.id for p in feiten.personen(sessie, wie, voor=_dag(wereld, 732))] == [persoon.id]


def test_vergunningen_per_locatie_en_wat_afloopt(wereld: Wereld) -> None:
    sessie, wie, nu = db.session(), wereld.een.actoren[Rol.COORDINATOR], wereld.nu
    a, b = _twee(wereld)
    vandaag = _dag(wereld, 0)

    def leg(plek: Risicolocatie, nummer: str, van: int, tot: int | None) -> int:
        gegevens = VergunningGegevens(
            "Exploitatie", nummer, geldig_vanaf=_dag(wereld, van), geldig_tot=None if tot is None else _dag(wereld, tot)
        )
        return leg_vergunning_vast(sessie, wie, nu, plek, gegevens).id

    verlopen = leg(a, "1", -800, -30)
    leg(b, "2", -800, -30)
    opvolger = leg(b, "3", -29, 400)
    straks = leg(a, "4", -29, 60)
    with pytest.raises(Conflict, match="dit nummer"):
        leg(a, "4", -29, 60)
    sessie.commit()
    geldig = feiten.geldige_vergunningen(sessie, wie, [a.id, b.id], vandaag)
    assert {plek: [v.id for v in rijen] for plek, rijen in geldig.items()} == {a.id: [straks], b.id: [opvolger]}
    assert [(v.id, s.code) for v, s in feiten.aflopend(sessie, wie, vandaag)] == [
        (verlopen, "verlopen"),
        (straks, "loopt_af"),
    ]
    a.status = "gesloten"
    sessie.commit()
    assert feiten.aflopend(sessie, wie, vandaag) == []
    vreemde = wereld.twee.actoren[Rol.COORDINATOR]
    assert feiten.geldige_vergunningen(sessie, vreemde, [a.id, b.id], vandaag) == {}


def test_vergunning_wijzigen_en_intrekken(wereld: Wereld) -> None:
    sessie, wie, nu = db.session(), wereld.een.actoren[Rol.COORDINATOR], wereld.nu
    plek, _ = _twee(wereld)
    gegevens = VergunningGegevens("Exploitatie", "1", geldig_vanaf=_dag(wereld, -10))
    rij = leg_vergunning_vast(sessie, wie, nu, plek, gegevens)
    gezien = rij.gewijzigd_op.isoformat()
    assert wijzig_vergunning(sessie, wie, nu, rij, gegevens, "", gezien) == []
    later = nu + timedelta(minutes=5)
    nieuw = VergunningGegevens("Exploitatie", "1", "Kade BV", geldig_vanaf=_dag(wereld, -10))
    assert wijzig_vergunning(sessie, wie, later, rij, nieuw, "Houder ontbrak.", gezien) == ["houder"]
    with pytest.raises(Conflict, match="collega"):
        wijzig_vergunning(sessie, wie, later, rij, gegevens, "Toch niet.", gezien)
    with pytest.raises(OngeldigeInvoer, match="voor de eerste dag"):
        trek_vergunning_in(sessie, wie, later, rij, _dag(wereld, -11), "Bibob.")
    trek_vergunning_in(sessie, wie, later, rij, _dag(wereld, 0), "Bibob.")
    sessie.commit()
    assert feiten.stand_van(rij, _dag(wereld, -1)).geldig
    assert feiten.stand_van(rij, _dag(wereld, 0)).woord == "ingetrokken per"
    assert [c.reden for c in feiten.correcties_van(sessie, wie, plek)] == ["Bibob.", "Houder ontbrak."]
    with pytest.raises(Conflict, match="Alleen een verleende"):
        trek_vergunning_in(sessie, wie, later, rij, _dag(wereld, 0), "Nog eens.")


def test_overlast_die_niet_klopte_telt_niet_mee(wereld: Wereld) -> None:
    sessie, wie, nu = db.session(), wereld.een.actoren[Rol.COORDINATOR], wereld.nu
    plek, ander = _twee(wereld)
    oud, nieuw = (
        leg_overlast_vast(sessie, wie, nu, plek, OverlastGegevens(_dag(wereld, -d), "geluid", "Muziek."))
        for d in (400, 3)
    )
    fout = leg_overlast_vast(sessie, wie, nu, ander, OverlastGegevens(_dag(wereld, -2), "afval"))
    haal_overlast_weg(sessie, wie, nu, fout, "Ging over de buren.")
    sessie.commit()
    gevonden = feiten.overlast_per_locatie(sessie, wie, [plek.id, ander.id], _dag(wereld, -365))
    assert {k: [o.id for o in v] for k, v in gevonden.items()} == {plek.id: [nieuw.id]}
    assert {o.id for o in sessie.scalars(select(Overlastmelding))} == {oud.id, nieuw.id}
    bewaard = feiten.correcties_van(sessie, wie, ander)
    assert [(c.handeling, c.oud["soort"]) for c in bewaard] == [("verwijderd", "afval")]


def test_aantal_met_bron_en_dag(wereld: Wereld) -> None:
    sessie, wie, nu = db.session(), wereld.een.actoren[Rol.COORDINATOR], wereld.nu
    plek, _ = _twee(wereld)
    leg_aantal_vast(sessie, wie, nu, plek, "personen_brp", 11, "BRP", _dag(wereld, -3))
    sessie.commit()
    rijen = list(feiten.aantallen_van(sessie, wie, plek))
    assert plek.personen_brp == 11
    assert herkomst_van_aantal(plek, "personen_brp", rijen) == ("BRP", _dag(wereld, -3))
    # An import wrote another number since: its source is the location's.
    plek.personen_brp, plek.bron = 4, "Lijst 2026"
    assert herkomst_van_aantal(plek, "personen_brp", rijen)[0] == "Lijst 2026"
    assert herkomst_van_aantal(plek, "capaciteit", rijen) == ("", None)


def test_omtrek_wordt_vervangen(wereld: Wereld) -> None:
    sessie, wie, nu = db.session(), wereld.een.actoren[Rol.COORDINATOR], wereld.nu
    plek, _ = _twee(wereld)
    for breed in (10, 20):
        x, y = plek.x, plek.y
        wkt = f"POLYGON(({x} {y}, {x + breed} {y}, {x + breed} {y + 10}, {x} {y + 10}, {x} {y}))"
        zet_vlak(sessie, wie, nu, plek, "pand", wkt, "BAG")
    sessie.commit()
    sessie.expire_all()
    (vlak,) = feiten.vlakken_van(sessie, wie, plek)
    assert vlak.oppervlakte_m2 == 200
    assert to_shape(vlak.geom).area == pytest.approx(200)


def _png(kleur: str = "navy") -> bytes:
    uit = io.BytesIO()
    Image.new("RGB", (40, 30), kleur).save(uit, "PNG")
    return uit.getvalue()


def test_document_naar_inhoud(wereld: Wereld) -> None:
    sessie, wie, nu = db.session(), wereld.een.actoren[Rol.COORDINATOR], wereld.nu
    plek, _ = _twee(wereld)
    opslag = Opslag(wereld.app.extensions["instellingen"].opslagmap)

    def neem(inhoud: bytes, naam: str = "scan.png") -> Document:
        return voeg_document_toe(sessie, wie, nu, opslag, plek, io.BytesIO(inhoud), naam)

    rij = neem(_png(), "../../etc/kaart.exe")
    assert (rij.bestandsnaam, rij.mediatype, rij.titel, rij.met_personen) == ("kaart.png", "image/png", "kaart", True)
    with pytest.raises(Conflict, match="staat al bij"):
        neem(_png())
    weigeringen = {
        b"": "leeg",
        b"<svg onload=alert(1)>": "Kies een PDF",
        b"ID3" + bytes(20): "Kies een PDF",
        b"\x89PNG\r\n\x1a\n" + bytes(40): "beschadigd",
        b"%PDF-" + bytes(MAX_MB * 1024 * 1024): "te groot",
    }
    for inhoud, melding in weigeringen.items():
        with pytest.raises(OngeldigeInvoer, match=melding) as fout:
            neem(inhoud)
        assert fout.value.veld == "bestand"
    sessie.commit()
    assert [d.id for d in feiten.documenten_van(sessie, wie, plek)] == [rij.id]
    # It names persons unless somebody says it does not.
    assert feiten.documenten_van(sessie, wereld.een.actoren[Rol.INSPECTEUR], plek) == []


def test_wat_verkeerd_is_komt_ook_niet_langs_de_database(wereld: Wereld) -> None:
    sessie, wie, nu = db.session(), wereld.een.actoren[Rol.COORDINATOR], wereld.nu
    plek, _ = _twee(wereld)
    partij = voeg_partij_toe(sessie, wie, nu, PartijGegevens("organisatie", "Kade BV"))
    sessie.commit()
    fout_einde = Partijrol(
        partij_id=partij.id, locatie_id=plek.id, rol="eigenaar", van=_dag(wereld, 0), tot=_dag(wereld, -1)
    )
    zonder_doel = Partij(soort="persoon", naam="A. Verzonnen", aangemaakt_op=nu, gewijzigd_op=nu)
    fout_einde.vastgelegd_op = nu
    for rij in (fout_einde, zonder_doel):
        rij.gemeente_id = wereld.een.gemeente.id
        sessie.add(rij)
        with pytest.raises(Exception, match=r"tot_na_van|persoon_met_doel"):
            sessie.flush()
        sessie.rollback()
