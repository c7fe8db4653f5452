"""The page of a visit, its evidence, differences and what was set apart."""

import io
import re
from uuid import UUID

import pytest
from PIL import Image
from sqlalchemy import select

from inspecties.audit.models import Auditregel
from inspecties.controles.models import Afgeleide, Operatie, Quarantaine, Toestelgat
from inspecties.controles.rules.operatie import hash_van
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from tests.tusklant import Tus, jpeg, sha
from tests.veldwereld import Tablet, haal_pak, tablet
from tests.wereld import Wereld, csrf


def _foto(boa: Tablet, bezoek: str, foto: bytes) -> None:
    boa.op(bezoek, "foto_gevel", {"sha256": sha(foto), "soort": "image/jpeg", "omvang": len(foto)}, "attach")
    boa.sync()
    assert Tus(boa.client).stuur(foto, bezoek).status_code == 204


def _handelingen() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Auditregel.handeling).order_by(Auditregel.id)))


def test_bezoek_toont_antwoorden_en_legt_het_lezen_vast(wereld: Wereld, boa: Tablet, bezoek: str) -> None:
    boa.op(bezoek, "bewoners", 12)
    boa.op(bezoek, "opmerking", "<script>alert(1)</script>")
    boa.op(bezoek, "slot_buiten", "ja")
    boa.op(bezoek, "slot_buiten", "sleutel hangt buiten", "note")
    boa.sync()
    pagina = wereld.client(Rol.JURIST).get(f"/bezoeken/{bezoek}")
    assert pagina.status_code == 200
    tekst = pagina.get_data(as_text=True)
    assert "<strong>12</strong>" in tekst
    assert "art. 22 Hvw" in tekst
    assert "sleutel hangt buiten" in tekst
    assert "<script>alert" not in tekst
    assert "&lt;script&gt;" in tekst
    assert _handelingen()[-1] == "bezoek_gelezen"


@pytest.mark.parametrize("rol", list(Rol))
def test_wie_een_bezoek_mag_lezen(wereld: Wereld, boa: Tablet, bezoek: str, rol: Rol) -> None:
    if rol is Rol.SYSTEEM:
        return
    status = wereld.client(rol).get(f"/bezoeken/{bezoek}").status_code
    assert status == (200 if rol in {Rol.COORDINATOR, Rol.INSPECTEUR, Rol.JURIST} else 403)
    assert wereld.client(rol, wereld.twee).get(f"/bezoeken/{bezoek}").status_code in {403, 404}
    assert wereld.client(rol, wereld.twee).get(f"/bezoeken/{bezoek}").status_code != 200


def test_schermkopie_is_zonder_metagegevens(wereld: Wereld, boa: Tablet, bezoek: str) -> None:
    foto = jpeg(maat=(3000, 2000), exif=True) + b"<script>staart</script>"
    assert b"GEHEIME-CAMERA" in foto
    _foto(boa, bezoek, foto)
    client = wereld.client(Rol.JURIST)
    for _ in range(2):
        antwoord = client.get(f"/bezoeken/{bezoek}/bewijs/{sha(foto)}")
        assert antwoord.status_code == 200
        assert antwoord.content_type == "image/jpeg"
        assert antwoord.headers["X-Content-Type-Options"] == "nosniff"
        kopie = antwoord.get_data()
        for spoor in (b"GEHEIM", b"Exif", b"<script>", b"http://ns.adobe.com"):
            assert spoor not in kopie
        beeld = Image.open(io.BytesIO(kopie))
        # Turned upright as its EXIF said, and small enough for a screen.
        assert beeld.size == (1067, 1600)
        assert not beeld.getexif()
    db.session.rollback()
    assert len(db.session.scalars(select(Afgeleide)).all()) == 1


def test_origineel_alleen_als_download_en_vastgelegd(wereld: Wereld, boa: Tablet, bezoek: str) -> None:
    foto = jpeg(exif=True)
    _foto(boa, bezoek, foto)
    plek = f"/bezoeken/{bezoek}/bewijs/{sha(foto)}?origineel=1"
    for rol in (Rol.JURIST, Rol.COORDINATOR):
        antwoord = wereld.client(rol).get(plek, buffered=True)
        assert antwoord.get_data() == foto
        assert antwoord.headers["Content-Disposition"].startswith("attachment")
        assert antwoord.content_type == "application/octet-stream"
        assert _handelingen()[-1] == "origineel_opgehaald"
    assert boa.client.get(plek).status_code == 403
    assert wereld.client(Rol.JURIST, wereld.twee).get(plek).status_code == 404
    assert wereld.client(Rol.JURIST).get(f"/bezoeken/{list(boa.revs)[1]}/bewijs/{sha(foto)}").status_code == 404


def test_verschil_wordt_opgelost_door_te_kiezen(wereld: Wereld, boa: Tablet, bezoek: str) -> None:
    ander = tablet(wereld, Rol.COORDINATOR)
    haal_pak(ander)
    een, twee = boa.op(bezoek, "bewoners", 7), ander.op(bezoek, "bewoners", 9)
    boa.sync()
    ander.sync()
    client = wereld.client(Rol.COORDINATOR)
    tekst = client.get(f"/bezoeken/{bezoek}").get_data(as_text=True)
    assert "Verschillende antwoorden" in tekst
    gezien = re.search(r'name="gezien" value="([^"]+)"', tekst)
    assert gezien is not None
    formulier = {"sleutel": "bewoners", "baan": "waarde", "gezien": gezien[1], "csrf_token": csrf(client)}
    assert client.post(f"/bezoeken/{bezoek}/verschil", data=formulier).status_code == 422
    goed = formulier | {"kies": een["op_id"]}
    assert client.post(f"/bezoeken/{bezoek}/verschil", data=goed | {"gezien": een["op_id"]}).status_code == 409
    assert client.post(f"/bezoeken/{bezoek}/verschil", data=goed).status_code == 302
    db.session.rollback()
    op = db.session.scalars(select(Operatie).order_by(Operatie.rev.desc())).first()
    assert op is not None
    assert (op.waarde, set(op.base_op_ids)) == (7, {een["op_id"], twee["op_id"]})
    stand = boa.sync()["bezoeken"][bezoek]
    assert stand["conflicten"] == []
    assert hash_van(stand["ops"][-1]) == op.hash
    assert client.post(f"/bezoeken/{bezoek}/verschil", data=goed).status_code == 409
    inspecteur = boa.client
    assert (
        inspecteur.post(f"/bezoeken/{bezoek}/verschil", data=goed | {"csrf_token": csrf(inspecteur)}).status_code == 403
    )


def test_apart_gezet_en_gat_worden_beoordeeld(wereld: Wereld, boa: Tablet, bezoek: str) -> None:
    boa.op(bezoek, "bestaat_niet", "geheim antwoord")
    boa.seq += 3
    boa.op(bezoek, "bewoners", 7)
    boa.sync()
    client = wereld.client(Rol.COORDINATOR)
    tekst = client.get("/bezoeken/apart").get_data(as_text=True)
    assert "geheim antwoord" in tekst
    assert "3 antwoorden kwamen niet aan" in tekst
    db.session.rollback()
    rij, gat = db.session.scalars(select(Quarantaine)).one(), db.session.scalars(select(Toestelgat)).one()
    apart, gaten = f"/bezoeken/apart/{rij.uid}", f"/bezoeken/gaten/{gat.uid}"
    token = csrf(client)
    leeg = client.post(apart, data={"reden": " ", "csrf_token": token})
    assert leeg.status_code == 422
    assert "Schrijf op wat u besloot" in leeg.get_data(as_text=True)
    for plek in (apart, gaten):
        assert client.post(plek, data={"reden": "gebeld met team", "csrf_token": token}).status_code == 302
        assert client.post(plek, data={"reden": "nog eens", "csrf_token": token}).status_code == 409
        ander = wereld.client(Rol.COORDINATOR, wereld.twee)
        assert ander.post(plek, data={"reden": "x", "csrf_token": csrf(ander)}).status_code == 404
    assert "geheim antwoord" not in client.get("/bezoeken/apart").get_data(as_text=True)
    assert "gebeld met team" in client.get("/bezoeken/apart?alles=1").get_data(as_text=True)
    for rol in (Rol.INSPECTEUR, Rol.JURIST, Rol.KABINET, Rol.AUDITOR, Rol.PARTNER, Rol.BEHEERDER):
        assert wereld.client(rol).get("/bezoeken/apart").status_code == 403
    assert UUID(bezoek)
