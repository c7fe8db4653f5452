"""A dossier about several places has one owner: a second place of that owner goes in, one of another does not."""

import io

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers import beoordelen, operations, plaatsen, volledig_werk
from inspecties.dossiers.models import Dossier, Voorstel
from inspecties.dossiers.models_volledig import Volledigdossier
from inspecties.locaties.models import Risicolocatie
from tests.integration.dossiers.conftest import Zaak, handelingen, verstuur
from tests.koppelwereld import geef_rol, maak_partij
from tests.overzichtwereld import maak_locatie


@pytest.fixture
def meteen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The making runs before the answer comes, in the process of its own that it always has."""
    monkeypatch.setattr(volledig_werk, "start", volledig_werk.voer_uit)


def _plekken(zaak: Zaak, dossier: Dossier) -> tuple[Risicolocatie, Risicolocatie, Risicolocatie]:
    """The place of the dossier, another of the same owner, and one of somebody else."""
    kring, nu = zaak.wereld.een, zaak.wereld.nu
    eigen = dossier.locaties[0]
    zelfde, ander = (
        maak_locatie(kring, naam, nu, nr) for naam, nr in (("Tweede pand", 14), ("Pand van een ander", 16))
    )
    kade, buur = maak_partij(kring, nu, "Kade Beheer BV", "01234567"), maak_partij(kring, nu, "Buur BV", "12345678")
    for plek, partij in ((eigen, kade), (zelfde, kade), (ander, buur)):
        geef_rol(partij, nu, plek, "eigenaar")
    return eigen, zelfde, ander


@pytest.mark.usefixtures("meteen")
def test_een_tweede_pand_van_dezelfde_eigenaar_en_niet_van_een_ander(zaak: Zaak) -> None:
    sessie, dossier, client = db.session(), zaak.dossier(), zaak.wereld.client(Rol.JURIST)
    eigen, zelfde, ander = _plekken(zaak, dossier)
    pad = f"/dossiers/{dossier.uid}/bewijs/samenstelling"
    weg = verstuur(client, pad, wat="locatie_erbij", doel=str(ander.uid), reden="Hoort erbij.")
    assert weg.status_code == 422
    assert f"{ander.adresregel} heeft een andere eigenaar dan de panden in dit dossier" in weg.text
    assert verstuur(client, pad, wat="locatie_erbij", doel=str(zelfde.uid), reden="Zelfde eigenaar.").status_code == 302
    sessie.expire_all()
    assert {x.id for x in dossier.locaties} == {eigen.id, zelfde.id}
    assert "dossierlocatie_toegevoegd" in handelingen()
    # The complete file names both, and not the one that was refused.
    adressen = [f"{x.adresregel}, {x.postcode}".rstrip(", ") for x in dossier.locaties]
    geweigerd = ander.adresregel
    sessie.rollback()
    antwoord = verstuur(client, f"/dossiers/{dossier.uid}/volledig", uitvoering="volledig")
    assert antwoord.status_code == 302, antwoord.text
    sessie.rollback()
    rij = sessie.scalars(select(Volledigdossier)).one()
    assert (rij.stand, rij.melding) == ("klaar", "")
    with client.get(f"/dossiers/volledig/{rij.uid}/pdf") as pdf:
        omslag = PdfReader(io.BytesIO(pdf.get_data())).pages[0].extract_text()
    for adres in adressen:
        assert adres in " ".join(omslag.split()), adres
    assert geweigerd not in omslag


def test_ook_via_een_bevinding_komt_er_geen_pand_van_een_ander_in(zaak: Zaak) -> None:
    sessie, nu, dossier = db.session(), zaak.wereld.nu, zaak.dossier()
    *_, ander = _plekken(zaak, dossier)
    # A dossier about the place of somebody else, and the finding of this one.
    ander_dossier = operations.maak_dossier(
        sessie, zaak.jurist, nu, dossier.soort, dossier.grondslag, "Pand van een ander", [ander]
    )
    voorstel = sessie.scalars(select(Voorstel)).one()
    with pytest.raises(OngeldigeInvoer, match="heeft een andere eigenaar dan de panden in dit dossier"):
        plaatsen.plaats_ook(sessie, zaak.jurist, nu, voorstel, ander_dossier, "Zelfde zaak.")
    voorstel.dossier_id = None
    sessie.flush()
    with pytest.raises(OngeldigeInvoer, match="heeft een andere eigenaar dan de panden in dit dossier"):
        beoordelen.plaats(sessie, zaak.jurist, nu, voorstel, ander_dossier)
    sessie.rollback()
