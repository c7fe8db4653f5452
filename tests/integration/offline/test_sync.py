"""POST /api/sync: receipts, idempotence, quarantine, gaps."""

import threading
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from inspecties.acties.models import Ploeglid
from inspecties.controles.models import Bezoek, Operatie, Quarantaine, Toestelgat
from inspecties.controles.rules.operatie import hash_van
from inspecties.core.ids import nieuw_id
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.gebruikers.models import Toestel
from tests.veldwereld import Actieset, Tablet, haal_pak, koppen, maak_actie, publiceer, tablet
from tests.wereld import Wereld


def _aantal(model: Any) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def _gaten(*, open_: bool = True) -> list[tuple[int, int]]:
    db.session.rollback()
    rijen = db.session.scalars(select(Toestelgat).order_by(Toestelgat.van_seq))
    return [(g.van_seq, g.tot_seq) for g in rijen if (g.gevuld_op is None) is open_]


def test_ontvangst_noemt_hash_en_nummer(boa: Tablet, bezoek: str) -> None:
    een = boa.op(bezoek, "bewoners", 7)
    twee = boa.op(bezoek, "opmerking", "tl-licht, geen dag\u00e9\u20ac")
    antwoord = boa.stuur()
    assert antwoord.status_code == 200
    inhoud = boa.verwerk(antwoord)
    assert [(o["op_id"], o["hash"], o["status"], o["rev"]) for o in inhoud["ontvangsten"]] == [
        (een["op_id"], hash_van(een), "opgeslagen", 1),
        (twee["op_id"], hash_van(twee), "opgeslagen", 2),
    ]
    assert boa.wachtrij == []
    assert inhoud["bezoeken"][bezoek]["rev"] == 2
    assert inhoud["bezoeken"][bezoek]["compleet"] is True


def test_wat_terugkomt_is_wat_werd_gestuurd(boa: Tablet, bezoek: str) -> None:
    waarden: list[Any] = [
        0.1,
        1e21,
        -3,
        ["a", "b"],
        {"lat": 52.55, "lon": 5.25},
        "",
        "\u0000 nul",
        "😀",
        True,
        None,
        2**60,
    ]
    for waarde in waarden:
        boa.op(bezoek, "opmerking", waarde)
    gestuurd = {op["op_id"]: hash_van(op) for op in boa.wachtrij}
    inhoud = boa.sync()
    terug = {op["op_id"]: hash_van(op) for op in inhoud["bezoeken"][bezoek]["ops"]}
    assert terug == gestuurd


def test_zelfde_bericht_geeft_zelfde_ontvangsten(boa: Tablet, bezoek: str) -> None:
    boa.op(bezoek, "bewoners", 7)
    boa.op(bezoek, "bestaat_niet", 1)
    ops = list(boa.wachtrij)
    eerste = boa.stuur(ops).get_json()["ontvangsten"]
    tweede = boa.stuur(ops).get_json()["ontvangsten"]
    assert eerste == tweede
    assert {o["status"] for o in eerste} == {"opgeslagen", "quarantaine"}
    assert (_aantal(Operatie), _aantal(Quarantaine)) == (1, 1)


def test_gelijktijdige_kopieen_tellen_een_keer(app: Flask, boa: Tablet, bezoek: str) -> None:
    for i in range(20):
        boa.op(bezoek, "opmerking", f"antwoord {i}")
    boa.op(bezoek, "weg", 1)
    ops = list(boa.wachtrij)
    kop = koppen(boa.client)
    bericht = {"protocol": 1, "toestel_id": boa.toestel_id, "ops": ops, "bezoeken": {}}
    cookie = boa.client.get_cookie("inspecties")
    assert cookie is not None
    antwoorden: list[Any] = []
    hek = threading.Barrier(4)

    def stuur() -> None:
        client = app.test_client()
        client.set_cookie("inspecties", cookie.value)
        hek.wait()
        antwoord = client.post("/api/sync", json=bericht, headers=kop)
        antwoorden.append((antwoord.status_code, antwoord.get_json()))

    draden = [threading.Thread(target=stuur) for _ in range(4)]
    db.session.rollback()
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert [status for status, _ in antwoorden] == [200] * 4
    assert all(inhoud["ontvangsten"] == antwoorden[0][1]["ontvangsten"] for _, inhoud in antwoorden)
    assert (_aantal(Operatie), _aantal(Quarantaine)) == (20, 1)
    assert sorted(db.session.scalars(select(Operatie.rev))) == list(range(1, 21))


def test_zelfde_nummer_met_ander_antwoord_bewaart_beide(boa: Tablet, bezoek: str) -> None:
    op = boa.op(bezoek, "bewoners", 7)
    boa.sync()
    ander = op | {"waarde": 12}
    antwoord = boa.stuur([ander])
    assert antwoord.status_code == 409
    assert antwoord.content_type == "application/problem+json"
    inhoud = antwoord.get_json()
    assert inhoud["ontvangsten"][0]["status"] == "geweigerd_inhoud"
    assert inhoud["ontvangsten"][0]["hash"] == hash_van(ander)
    assert inhoud["protocol"] == 1
    assert bezoek in inhoud["bezoeken"]
    db.session.rollback()
    assert sorted(q.inhoud["waarde"] for q in db.session.scalars(select(Quarantaine))) == [7, 12]
    assert db.session.scalars(select(Operatie.waarde)).all() == [7]
    # The first content keeps its receipt, and the other its refusal.
    nog_eens = boa.stuur([op, ander]).get_json()["ontvangsten"]
    assert [o["status"] for o in nog_eens] == ["opgeslagen", "geweigerd_inhoud"]
    assert _aantal(Quarantaine) == 2


@pytest.mark.parametrize(
    ("wijziging", "code"),
    [
        ({"bezoek_id": "01890000-0000-7000-8000-00000000aaaa"}, "onbekend_bezoek"),
        ({"form_versie": "f" * 64}, "onbekende_versie"),
        ({"vraag_id": "bestaat_niet"}, "onbekende_vraag"),
        ({"auteur_id": "01890000-0000-7000-8000-00000000bbbb"}, "andere_auteur"),
        ({"herhaling_id": "01890000-0000-7000-8000-00000000cccc"}, "herhaling"),
        ({"vraag_id": "kamer_m2"}, "herhaling"),
        ({"soort": "gooi_weg"}, "vorm"),
        ({"toestel_seq": "drie"}, "vorm"),
        ({"toestel_tijd": "gisteren"}, "vorm"),
        ({"base_op_ids": None}, "vorm"),
        ({"vraag_id": "a\u0000b"}, "vorm"),
        ({"soort": "attach", "waarde": {"sha256": "../../etc/passwd"}}, "vorm"),
        ({"soort": ["set"]}, "vorm"),
        ({"bezoek_id": {"$ne": 1}}, "vorm"),
    ],
)
def test_wat_niet_past_wordt_apart_gezet(boa: Tablet, bezoek: str, wijziging: dict[str, Any], code: str) -> None:
    slecht = boa.op(bezoek, "bewoners", 7)
    slecht.update(wijziging)
    goed = boa.op(bezoek, "opmerking", "deze moet gewoon door")
    inhoud = boa.sync()
    assert [(o["op_id"], o["status"], o["code"]) for o in inhoud["ontvangsten"]] == [
        (slecht["op_id"], "quarantaine", code),
        (goed["op_id"], "opgeslagen", None),
    ]
    assert inhoud["ontvangsten"][0]["reden"]
    db.session.rollback()
    rij = db.session.scalars(select(Quarantaine)).one()
    assert rij.inhoud == slecht
    assert boa.wachtrij == []


def test_gesloten_bezoek_apart_en_afgerond_bezoek_aangevuld(boa: Tablet, bezoek: str) -> None:
    rij = db.session.scalars(select(Bezoek).where(Bezoek.uid == UUID(bezoek))).one()
    rij.toestand = "afgerond"
    db.session.commit()
    boa.op(bezoek, "opmerking", "nagekomen")
    assert boa.sync()["ontvangsten"][0]["status"] == "opgeslagen"
    db.session.rollback()
    assert db.session.scalars(select(Operatie.na_afronden)).all() == [True]
    db.session.scalars(select(Bezoek).where(Bezoek.uid == UUID(bezoek))).one().toestand = "gesloten"
    db.session.commit()
    boa.op(bezoek, "opmerking", "te laat")
    ontvangst = boa.sync()["ontvangsten"][0]
    assert (ontvangst["status"], ontvangst["code"]) == ("quarantaine", "gesloten_bezoek")


def test_wie_uit_de_ploeg_is_raakt_niets_kwijt(wereld: Wereld, actie: Actieset, boa: Tablet, bezoek: str) -> None:
    boa.op(bezoek, "bewoners", 7)
    db.session.query(Ploeglid).filter_by(gebruiker_id=wereld.een.actoren[Rol.INSPECTEUR].gebruiker_id).delete()
    db.session.commit()
    inhoud = boa.sync()
    assert inhoud["ontvangsten"][0]["code"] == "geen_toegang"
    assert inhoud["bezoeken"] == {}
    assert boa.wachtrij == []
    assert _aantal(Quarantaine) == 1


def test_een_andere_rol_raakt_niets_kwijt_en_leest_niets(
    wereld: Wereld, actie: Actieset, boa: Tablet, bezoek: str
) -> None:
    boa.sync(ops=[boa.op(bezoek, "bewoners", 7)])
    for rol in (Rol.KABINET, Rol.JURIST, Rol.AUDITOR, Rol.BEHEERDER, Rol.AANDACHTSFUNCTIONARIS):
        ander = tablet(wereld, rol)
        ander.form_versie, ander.revs = boa.form_versie, {bezoek: 0}
        ander.op(bezoek, "bewoners", 99)
        inhoud = ander.sync()
        assert inhoud["ontvangsten"][0]["code"] == "geen_toegang", rol
        assert inhoud["bezoeken"] == {}, rol
    assert _aantal(Operatie) == 1


def test_een_andere_gemeente_ziet_en_raakt_niets(wereld: Wereld, boa: Tablet, bezoek: str) -> None:
    op = boa.op(bezoek, "bewoners", 7)
    boa.sync()
    ander = tablet(wereld, Rol.INSPECTEUR, wereld.twee)
    ander.form_versie, ander.revs = boa.form_versie, {bezoek: 0}
    ander.op(bezoek, "bewoners", 99)
    inhoud = ander.sync()
    assert inhoud["ontvangsten"][0]["code"] == "onbekend_bezoek"
    assert inhoud["bezoeken"] == {}
    # The same operation, replayed from another gemeente, gives no receipt as if it were stored there.
    assert ander.stuur([op]).get_json()["ontvangsten"][0]["status"] == "geweigerd_inhoud"
    assert _aantal(Operatie) == 1


def test_partner_vult_het_eigen_deel(wereld: Wereld, actie: Actieset, boa: Tablet, bezoek: str) -> None:
    partner = tablet(wereld, Rol.PARTNER)
    haal_pak(partner)
    partner.op(bezoek, "werkuren", 60)
    partner.op(bezoek, "opmerking", "samen gezien")
    assert [o["code"] for o in partner.sync()["ontvangsten"]] == ["andere_organisatie", None]
    boa.op(bezoek, "werkuren", 50)
    boa.sync()
    assert [op["vraag_id"] for op in partner.sync()["bezoeken"][bezoek]["ops"]] == []
    assert {op["vraag_id"] for op in partner.ontvangen.values()} == {"opmerking"}


def test_nieuwe_versie_laat_een_open_bezoek_met_rust(wereld: Wereld, boa: Tablet, bezoek: str) -> None:
    boa.op(bezoek, "bewoners", 7)
    nieuw = publiceer(wereld.een, wereld.nu, "2")
    stops = haal_pak(boa)
    assert nieuw not in stops[0]["checklists"]
    boa.op(bezoek, "opmerking", "nog steeds versie 1")
    assert {o["status"] for o in boa.sync()["ontvangsten"]} == {"opgeslagen"}


def test_gat_wordt_gemeld_en_gevuld(boa: Tablet, bezoek: str) -> None:
    ops = [boa.op(bezoek, "opmerking", str(i)) for i in range(10)]
    boa.stuur([*ops[:3], *ops[6:8]])
    assert _gaten() == [(4, 6)]
    boa.stuur([ops[4]])
    assert _gaten() == [(4, 4), (6, 6)]
    boa.stuur(ops)
    assert _gaten() == []
    assert len(_gaten(open_=False)) == 2


def test_verlies_aan_het_eind_blijkt_uit_hoogste_seq(boa: Tablet, bezoek: str) -> None:
    boa.op(bezoek, "bewoners", 7)
    boa.sync()
    assert _gaten() == []
    boa.sync(hoogste_seq=5)
    assert _gaten() == [(2, 5)]


def test_apart_gezet_is_geen_gat(boa: Tablet, bezoek: str) -> None:
    boa.op(bezoek, "bewoners", 1)
    boa.op(bezoek, "bestaat_niet", 1)
    boa.op(bezoek, "bewoners", 2)
    boa.sync()
    boa.sync(hoogste_seq=3)
    assert _gaten() == []


def test_verschil_blijft_staan_tot_een_mens_kiest(wereld: Wereld, boa: Tablet, bezoek: str) -> None:
    ander = tablet(wereld, Rol.COORDINATOR)
    haal_pak(ander)
    een, twee = boa.op(bezoek, "bewoners", 7), ander.op(bezoek, "bewoners", 9)
    boa.sync()
    conflict = ander.sync()["bezoeken"][bezoek]["conflicten"]
    assert conflict == [
        {"vraag_id": "bewoners", "herhaling_id": None, "baan": "waarde", "koppen": [een["op_id"], twee["op_id"]]}
    ]
    boa.op(bezoek, "bewoners", 8, base_op_ids=[een["op_id"], twee["op_id"]])
    assert boa.sync()["bezoeken"][bezoek]["conflicten"] == []


def test_ingetrokken_toestel(boa: Tablet, bezoek: str) -> None:
    boa.op(bezoek, "bewoners", 7)
    boa.sync()
    db.session.rollback()
    toestel = db.session.scalars(select(Toestel)).one()
    toestel.ingetrokken_op = toestel.gezien_op
    db.session.commit()
    boa.op(bezoek, "bewoners", 8)
    antwoord = boa.stuur()
    assert (antwoord.status_code, antwoord.get_json()["code"]) == (403, "toestel_ingetrokken")
    assert "ontvangsten" not in antwoord.get_json()
    assert _aantal(Operatie) == 1


def test_toestel_van_een_ander(wereld: Wereld, boa: Tablet, bezoek: str) -> None:
    boa.sync()
    ander = tablet(wereld, Rol.COORDINATOR)
    ander.toestel_id = boa.toestel_id
    antwoord = ander.stuur()
    assert antwoord.status_code == 409
    assert antwoord.get_json()["veld"] == "toestel_id"


def test_honderd_mag_honderdeen_niet(boa: Tablet, bezoek: str) -> None:
    ops = [boa.op(bezoek, "opmerking", str(i)) for i in range(101)]
    antwoord = boa.stuur(ops)
    assert antwoord.status_code == 413
    assert "100" in antwoord.get_json()["detail"]
    assert _aantal(Operatie) == 0
    assert boa.stuur(ops[:100]).status_code == 200
    assert _aantal(Operatie) == 100


@pytest.mark.parametrize(
    "lijf",
    [b'{"protocol": 1, "ops": [{"op_', b"", b"<html>", b"\xff\xfe", b'{"a": NaN}', b"[" * 100_000, b"9" * 10_000],
)
def test_half_bericht_slaat_niets_op(boa: Tablet, lijf: bytes) -> None:
    antwoord = boa.client.post("/api/sync", data=lijf, content_type="application/json", headers=koppen(boa.client))
    assert antwoord.status_code in {400, 422}
    assert antwoord.content_type == "application/problem+json"
    assert antwoord.get_json()["detail"]


@pytest.mark.parametrize(
    ("deel", "veld"),
    [
        ({"protocol": 2}, "protocol"),
        ({"ops": {}}, "ops"),
        ({"toestel_id": "mijn-tablet"}, "toestel_id"),
        ({"bezoeken": {"x": 0}}, "bezoeken"),
        ({"bezoeken": []}, "bezoeken"),
        ({"hoogste_seq": -1}, "hoogste_seq"),
        ({"ops": ["tekst"]}, "ops[0]"),
        ({"ops": [{"vraag_id": "a"}]}, "ops[0].op_id"),
        ({"ops": [{"op_id": "a", "waarde": 1e400}]}, None),
        ({"ops": [{"op_id": "a", "waarde": "\ud800"}]}, "ops[0].waarde"),
    ],
)
def test_verkeerd_bericht_noemt_het_veld(boa: Tablet, deel: dict[str, Any], veld: str | None) -> None:
    antwoord = boa.stuur(**({"ops": []} | deel))
    assert antwoord.status_code in {400, 422}
    assert antwoord.get_json().get("veld") == veld
    assert _aantal(Operatie) == 0


def test_zonder_aanmelding_of_token(app: Flask, boa: Tablet) -> None:
    assert boa.client.post("/api/sync", json={}).get_json()["code"] == "csrf"
    vreemd = app.test_client()
    assert vreemd.get("/api/dienst").status_code == 401


def test_twee_gelijke_op_ids_in_een_bericht(boa: Tablet, bezoek: str) -> None:
    op = boa.op(bezoek, "bewoners", 7)
    antwoord = boa.stuur([op, op, op | {"waarde": 8}])
    assert antwoord.status_code == 409
    assert [o["status"] for o in antwoord.get_json()["ontvangsten"]] == ["opgeslagen", "opgeslagen", "geweigerd_inhoud"]
    assert _aantal(Operatie) == 1


def test_ander_bezoek_onder_hetzelfde_nummer(wereld: Wereld, boa: Tablet) -> None:
    een, twee = list(boa.revs)[:2]
    op = boa.op(een, "bewoners", 7)
    assert boa.stuur([op]).status_code == 200
    assert boa.stuur([op | {"bezoek_id": twee}]).status_code == 409
    assert maak_actie(wereld.een, wereld.nu, (Rol.COORDINATOR,), naam="Tweede").stops
    assert boa.stuur([op | {"bezoek_id": str(nieuw_id())}]).status_code == 409
    assert _aantal(Operatie) == 1
