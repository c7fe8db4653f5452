"""What lies outside the rows: proofs beside the database, files that no row names, databases that were put aside."""

import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, select, text

from inspecties.audit import vernietigen
from inspecties.audit.bewijsbestand import bewijsbestand, lees
from inspecties.audit.models_bewaren import Vernietiging
from inspecties.audit.models_vernietigen import Vernietigbestand
from inspecties.core.fouten import Conflict
from inspecties.core.ids import nieuw_id
from inspecties.core.klok import VasteKlok
from inspecties.core.opslag import Opslag, naam_van
from inspecties.core.rechten import Rol
from inspecties.database import metadata
from inspecties.database.basis import db
from inspecties.dienst.backup.herstellen import herstel
from inspecties.locaties.models_feiten import Document
from inspecties.signalen.models import Signaal
from inspecties.signalen.models_melder import Betrokkene, Melder
from inspecties.start.bewaar_beurt import alleen_wij
from inspecties.start.bewaartermijnen_cli import bewaartermijnen
from tests.integration.bewaren.test_bewaren_alles import draai
from tests.integration.bewaren.test_bewaren_houders import plek, tel
from tests.integration.signalen.test_bewaren import maak
from tests.wereld import Wereld, csrf


def test_een_signaal_dat_bij_de_herziening_wegging_komt_niet_terug_uit_een_backup(wereld: Wereld) -> None:
    """The backup is of last night, the review of this morning and the restore of this afternoon: no run in between."""
    uid = maak(wereld, 200).uid
    namen = ("signaal", "melder", "betrokkene")
    db.session.rollback()
    terug = {n: [dict(r._mapping) for r in db.session.execute(select(metadata.tables[n]))] for n in namen}
    db.session.rollback()
    client = wereld.client(Rol.AANDACHTSFUNCTIONARIS)
    velden = {"csrf_token": csrf(client), "keuze": "weg"}
    assert client.post(f"/signalen/{uid}/herzien", data=velden).status_code == 302
    assert tel(Signaal) == 0
    bestand = bewijsbestand(wereld.app.extensions["instellingen"].data, wereld.een.gemeente.uid)
    assert {r["soort"] for r in lees(bestand)} == set(namen)

    sessie = db.session()
    for naam, rijen in terug.items():
        sessie.execute(metadata.tables[naam].insert(), rijen)
    op_tabel = " ON vernietiging" if sessie.get_bind().dialect.name == "postgresql" else ""
    sessie.execute(text(f"DROP TRIGGER vernietiging_geen_delete{op_tabel}"))
    sessie.execute(delete(Vernietiging))
    sessie.commit()
    # At 200 days its own term does not take it: only the proof does.
    assert ("signaal", "na herstel") in {(r["soort"], r["regel"]) for r in draai()["vernietigd"]}
    assert (tel(Signaal), tel(Melder), tel(Betrokkene)) == (0, 0, 0)
    assert len({r["bewijs"] for r in lees(bestand)}) == len(lees(bestand))


def _oud(pad: Path, moment: datetime) -> Path:
    os.utime(pad, (moment.timestamp(), moment.timestamp()))
    return pad


def test_bestanden_zonder_rij_en_opzij_gezette_databases_gaan_weg(wereld: Wereld, klok: VasteKlok) -> None:
    inst, een, nu = wereld.app.extensions["instellingen"], wereld.een.gemeente, wereld.nu
    opslag = Opslag(inst.opslagmap)
    document = Document(
        gemeente_id=een.id, locatie_id=plek(wereld).id, titel="Huurcontract", bestandsnaam="huur.pdf", op=nu,
        mediatype="application/pdf", omvang=7, sha256=opslag.schrijf(een.uid, b"met rij"),
    )  # fmt: skip
    db.session.add(document)
    db.session.commit()
    genoemd = _oud(opslag.pad(een.uid, document.sha256), nu)
    wees = _oud(opslag.pad(een.uid, opslag.schrijf(een.uid, b"wees")), nu)
    half = wees.with_name(f".{wees.name}.12.34")
    half.write_bytes(b"wee")
    _oud(half, nu)
    onderweg = _oud(opslag.begin(nieuw_id()), nu)
    opzij = [
        inst.data / "database.voor-herstel-20261121T100000000000Z.dump",
        inst.data / "inspecties.db.voor-herstel-20261121T100000000000Z",
    ]
    for pad in opzij:
        pad.write_bytes(b"alles van iedereen")

    klok.moment = nu + timedelta(days=13)
    assert "bestand" not in {r["soort"] for r in draai()["vernietigd"]}
    assert wees.is_file()
    # Stored again in the meantime: the resend window begins anew.
    laat = opslag.pad(een.uid, opslag.schrijf(een.uid, b"later"))
    _oud(laat, klok.moment)

    klok.moment = nu + timedelta(days=15)
    droog = draai("--droog")["vernietigd"]
    assert ("bestand", "zonder_rij", 1) in _regels(droog)
    assert wees.is_file()
    assert _regels(draai()["vernietigd"]) == _regels(droog)
    assert (wees.exists(), half.exists()) == (False, False)
    assert genoemd.is_file()
    assert laat.is_file()
    assert onderweg.is_file()
    assert all(pad.is_file() for pad in opzij)

    # The term of a database that was put aside, and not while a restore is halfway.
    klok.moment = nu + timedelta(days=31)
    _oud(laat, klok.moment)
    (inst.data / ".herstel-half").write_text("bezig")
    draai()
    assert all(pad.is_file() for pad in opzij)
    (inst.data / ".herstel-half").unlink()
    assert ("oude_database", "voor_herstel", 2) in _regels(draai()["vernietigd"])
    assert not any(pad.exists() for pad in opzij)
    bewijzen = db.session.scalars(select(Vernietiging.soort).where(Vernietiging.gemeente_id == een.id)).all()
    assert sorted(bewijzen) == ["bestand", "oude_database"]
    assert genoemd.is_file()


def _regels(rijen: list[dict[str, Any]]) -> set[tuple[str, str, int]]:
    return {(r["soort"], r["regel"], r["aantal"]) for r in rijen if r["gemeente"] == "Markerwaard"}


@pytest.mark.parametrize("database", ["spatialite"], indirect=True)
def test_wat_intussen_weer_wordt_bewaard_gaat_niet_weg(wereld: Wereld) -> None:
    """Somebody stores the same content between the search and the taking away."""
    opslag, uid = Opslag(wereld.app.extensions["instellingen"].opslagmap), wereld.een.gemeente.uid
    pad = _oud(opslag.pad(uid, opslag.schrijf(uid, b"foto")), wereld.nu)
    grens = wereld.nu + timedelta(days=1)
    opslag.schrijf(uid, b"foto")
    _oud(pad, max(grens + timedelta(days=1), datetime.fromtimestamp(pad.stat().st_mtime, grens.tzinfo)))
    assert opslag.haal_weg(uid, [pad.name], grens) == 0
    assert pad.read_bytes() == b"foto"
    _oud(pad, wereld.nu)
    assert opslag.haal_weg(uid, [pad.name], grens) == 1
    assert list(pad.parent.iterdir()) == []


@pytest.mark.parametrize("database", ["spatialite"], indirect=True)
def test_wie_een_bestand_opnieuw_brengt_terwijl_het_weggaat_verliest_het_niet(
    wereld: Wereld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its row is destroyed; the same content comes in after the run looked who names it, and its row a moment later."""
    een, sessie, sinds = wereld.een.gemeente, db.session(), wereld.nu + timedelta(days=400)
    opslag = Opslag(wereld.app.extensions["instellingen"].opslagmap)
    paden = [_oud(opslag.pad(een.uid, opslag.schrijf(een.uid, wat)), wereld.nu) for wat in (b"weer", b"weg")]
    for pad in paden:
        sessie.add(Vernietigbestand(gemeente_id=een.id, pad=naam_van(een.uid, pad.name), sinds_op=sinds))
    sessie.commit()
    echt = vernietigen.in_gebruik

    def kijk(*wat: Any) -> set[str]:
        uit = echt(*wat)
        opslag.schrijf(een.uid, b"weer")
        _oud(paden[0], sinds + timedelta(seconds=1))
        return uit

    monkeypatch.setattr(vernietigen, "in_gebruik", kijk)
    assert vernietigen.ruim_bestanden(sessie, wereld.een.systeem, opslag, sinds) == 1
    sessie.commit()
    assert [pad.exists() for pad in paden] == [True, False]
    assert tel(Vernietigbestand) == 0


@pytest.mark.parametrize("database", ["spatialite"], indirect=True)
def test_kijken_verplaatst_niets_en_een_gedode_run_wordt_afgemaakt(wereld: Wereld, klok: VasteKlok) -> None:
    """A dry run looks while a real run has a file in its hands; and what a killed run had there is not lost."""
    een, nu = wereld.een.gemeente, wereld.nu
    opslag = Opslag(wereld.app.extensions["instellingen"].opslagmap)
    paden = [_oud(opslag.pad(een.uid, opslag.schrijf(een.uid, wat)), nu) for wat in (b"een", b"twee", b"drie")]
    opzij = [pad.rename(pad.with_name(f".{pad.name}.weg")) for pad in paden]
    klok.moment = nu + timedelta(days=15)
    assert ("bestand", "zonder_rij", 3) in _regels(draai("--droog")["vernietigd"])
    assert all(pad.is_file() for pad in opzij)
    assert not any(pad.exists() for pad in paden)
    # One that was stored again is as new as that, whatever the run before had in its hands; one is named by a row.
    opslag.schrijf(een.uid, b"twee")
    _oud(paden[1], klok.moment)
    db.session.add(
        Document(
            gemeente_id=een.id, locatie_id=plek(wereld).id, titel="Brief", bestandsnaam="brief.pdf", op=nu,
            mediatype="application/pdf", omvang=4, sha256=paden[2].name,
        )
    )  # fmt: skip
    db.session.commit()
    assert ("bestand", "zonder_rij", 1) in _regels(draai()["vernietigd"])
    assert [pad.exists() for pad in paden] == [False, True, True]
    assert not any(pad.exists() for pad in opzij)


@pytest.mark.parametrize("database", ["spatialite"], indirect=True)
def test_twee_runs_tegelijk_of_tijdens_een_herstel_gaan_niet(wereld: Wereld, klok: VasteKlok) -> None:
    """The second says so and does nothing; looking is free. And a restore waits for the run."""
    inst = wereld.app.extensions["instellingen"]
    with alleen_wij(inst.data):
        uit = CliRunner().invoke(bewaartermijnen, ["--klok-klopt"])
        assert isinstance(uit.exception, Conflict)
        assert "al uitgevoerd" in uit.exception.melding
        assert draai("--droog")["droog"]
        with pytest.raises(Conflict, match="De bewaartermijnen worden uitgevoerd"):
            herstel(inst, wereld.app.extensions["sleutelbos"], klok, inst.data, print)
    assert not draai()["mislukt"]
