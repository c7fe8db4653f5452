"""Findings follow the operations."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from inspecties.controles import bevindingen
from inspecties.controles.models import Bevinding, Bezoek, Operatie
from inspecties.database.basis import db
from tests.tusklant import Tus, jpeg, sha
from tests.veldwereld import Tablet


def _bevindingen(bezoek: str, *, vervallen: bool = False) -> dict[str, Bevinding]:
    db.session.rollback()
    rijen = db.session.scalars(select(Bevinding).join(Bezoek).where(Bezoek.uid == UUID(bezoek)))
    return {b.gevolg: b for b in rijen if (b.vervallen_op is not None) is vervallen}


def test_bevinding_noemt_antwoord_artikel_en_wat_ontbreekt(boa: Tablet, bezoek: str) -> None:
    boa.op(bezoek, "bewoners", 12)
    boa.sync()
    bevinding = _bevindingen(bezoek)["overbewoning"]
    assert bevinding.grondslag == "art. 22 Hvw"
    (drager,) = bevinding.dragers
    assert (drager["vraag"], drager["label"], drager["waarde"], drager["bewijs"]) == ("bewoners", "Bewoners", 12, [])
    assert [(o["vraag"], o["bewijs"]) for o in bevinding.ontbreekt] == [("bewoners", "foto")]
    foto = jpeg()
    boa.op(bezoek, "bewoners", {"sha256": sha(foto), "soort": "image/jpeg", "omvang": len(foto)}, "attach")
    boa.sync()
    bevinding = _bevindingen(bezoek)["overbewoning"]
    assert bevinding.dragers[0]["bewijs"] == [sha(foto)]
    assert bevinding.ontbreekt == []
    assert bevinding.rev == 2
    assert Tus(boa.client).stuur(foto, bezoek).status_code == 204


def test_gewijzigd_antwoord_laat_bevinding_vervallen_en_herleven(boa: Tablet, bezoek: str) -> None:
    een = boa.op(bezoek, "slot_buiten", "ja")
    boa.sync()
    bevinding = _bevindingen(bezoek)["signaal_mh"]
    assert bevinding.hard is True
    assert bevinding.dragers[0]["tekst"] == "Ja"
    twee = boa.op(bezoek, "slot_buiten", "nee", base_op_ids=[een["op_id"]])
    boa.sync()
    assert _bevindingen(bezoek) == {}
    assert set(_bevindingen(bezoek, vervallen=True)) == {"signaal_mh"}
    boa.op(bezoek, "slot_buiten", "ja", base_op_ids=[twee["op_id"]])
    boa.sync()
    assert set(_bevindingen(bezoek)) == {"signaal_mh"}


@pytest.mark.parametrize("waarde", ["tekst waar een getal hoort", {"a": [1]}, [None], True, 1e300, "\u0000", None])
def test_vreemd_antwoord_houdt_inname_niet_tegen(boa: Tablet, bezoek: str, waarde: Any) -> None:
    boa.op(bezoek, "bewoners", waarde)
    boa.op(bezoek, "slot_buiten", "ja")
    assert {o["status"] for o in boa.sync()["ontvangsten"]} == {"opgeslagen"}
    assert "signaal_mh" in _bevindingen(bezoek)


def test_fout_in_de_evaluatie_houdt_inname_niet_tegen(
    boa: Tablet, bezoek: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def kapot(*_: Any) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as m:
        m.setattr(bevindingen, "vul_in", kapot)
        boa.op(bezoek, "bewoners", 12)
        assert boa.sync()["ontvangsten"][0]["status"] == "opgeslagen"
        assert _bevindingen(bezoek) == {}
    boa.op(bezoek, "opmerking", "en nu wel")
    boa.sync()
    assert set(_bevindingen(bezoek)) == {"overbewoning"}
    assert len(db.session.scalars(select(Operatie)).all()) == 2


def test_herhalingen_ook_geneste_en_verdwaalde(boa: Tablet, bezoek: str) -> None:
    kamer, bed, verdwaald = (f"01890000-0000-7000-8000-00000000000{i}" for i in range(3))
    boa.op(bezoek, "bed", {"ouder": kamer, "plaats": 1}, herhaling_id=bed)
    boa.op(bezoek, "bed", {"ouder": verdwaald, "plaats": 1}, herhaling_id=verdwaald)
    boa.op(bezoek, "bed_naam", "onder het raam", herhaling_id=bed)
    boa.op(bezoek, "kamer", {"ouder": None, "plaats": 1}, herhaling_id=kamer)
    boa.op(bezoek, "kamer_m2", 7.5, herhaling_id=kamer)
    boa.op(bezoek, "bewoners", 2)
    assert {o["status"] for o in boa.sync()["ontvangsten"]} == {"opgeslagen"}
    assert set(_bevindingen(bezoek)) == {"overbewoning"}
