"""Covers on photos, from tablet and office to the copies that leave; and the original that never changes."""

import hashlib
import io
import json
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from PIL import Image, ImageDraw
from pypdf import PdfReader
from sqlalchemy import select
from werkzeug.test import TestResponse

from inspecties.audit.models import Auditregel
from inspecties.controles.models import Afgeleide, Quarantaine
from inspecties.controles.models_lakken import Lakking
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from tests.integration.dossiers.conftest import Zaak, zaak
from tests.tusklant import Tus, sha
from tests.veldwereld import Tablet, haal_pak, tablet
from tests.wereld import Wereld, csrf

__all__ = ["zaak"]

GEZICHT = {"x": 0.25, "y": 0.25, "b": 0.25, "h": 0.25}
KENTEKEN = {"x": 0.7, "y": 0.7, "b": 0.2, "h": 0.1, "vorm": "ovaal"}


def _foto(stand: int = 1) -> bytes:
    """A red face in a green room, at a fixed place; the EXIF says which way is up."""
    beeld = Image.new("RGB", (1200, 800), (0, 160, 0))
    ImageDraw.Draw(beeld).rectangle((300, 200, 599, 399), fill=(230, 0, 0))
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "GEHEIME-CAMERA", stand
    if stand == 6:
        beeld = beeld.transpose(Image.Transpose.ROTATE_90)
    uit = io.BytesIO()
    beeld.save(uit, "JPEG", quality=92, exif=exif)
    return uit.getvalue()


def _rood(beeld: Image.Image) -> int:
    """How many pixels still look like the face, whatever the size."""
    klein = beeld.convert("RGB").resize((120, 80))
    return sum(1 for r, g, _ in klein.get_flattened_data() if r > 120 and g < 110)


def _hang_op(boa: Tablet, bezoek: str, foto: bytes, **waarde: Any) -> dict[str, Any]:
    basis = {"sha256": sha(foto), "soort": "image/jpeg", "omvang": len(foto), "bestandsnaam": "foto.jpg"}
    return boa.op(bezoek, "foto_gevel", basis | waarde, "attach")


def _zie(client: FlaskClient, bezoek: str, foto: bytes, vraag: str = "") -> Image.Image:
    antwoord = client.get(f"/bezoeken/{bezoek}/bewijs/{sha(foto)}{vraag}")
    assert antwoord.status_code == 200, antwoord.get_data(as_text=True)
    assert b"GEHEIM" not in antwoord.get_data()
    return Image.open(io.BytesIO(antwoord.get_data()))


def _dek_af(client: FlaskClient, bezoek: str, foto: bytes, *vlakken: dict[str, Any], **velden: str) -> TestResponse:
    inhoud = {"csrf_token": csrf(client), "gezien": "0", "reden": "gezicht", "vlakken": json.dumps(vlakken)} | velden
    return client.post(f"/bezoeken/{bezoek}/fotos/{sha(foto)}/afdekken", data=inhoud)


def _versies() -> list[Lakking]:
    db.session.rollback()
    return list(db.session.scalars(select(Lakking).order_by(Lakking.id)))


def _handelingen() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Auditregel.handeling).order_by(Auditregel.id)))


def test_afdekken_op_de_tablet_komt_in_elke_kopie_en_nooit_in_het_origineel(
    app: Flask, wereld: Wereld, boa: Tablet, bezoek: str
) -> None:
    # Turned by its EXIF: the areas are those of the picture as a person sees it.
    foto = _foto(6)
    eerste = _hang_op(boa, bezoek, foto)
    boa.sync()
    Tus(boa.client).stuur(foto, bezoek)
    jurist = wereld.client(Rol.JURIST)
    assert _rood(_zie(jurist, bezoek, foto)) > 500
    waarde = eerste["waarde"] | {"afdekken": [GEZICHT], "reden": "gezicht"}
    boa.op(bezoek, "foto_gevel", waarde, "attach", base_op_ids=[eerste["op_id"]])
    boa.sync()
    for client in (jurist, wereld.client(Rol.COORDINATOR), boa.client):
        assert _rood(_zie(client, bezoek, foto)) == 0
    opslag: Path = app.extensions["instellingen"].opslagmap
    origineel = opslag / str(wereld.een.gemeente.uid) / sha(foto)[:2] / sha(foto)
    assert hashlib.sha256(origineel.read_bytes()).hexdigest() == sha(foto)
    assert jurist.get(f"/bezoeken/{bezoek}/bewijs/{sha(foto)}?origineel=1", buffered=True).get_data() == foto
    (versie,) = _versies()
    assert (versie.nummer, versie.reden, versie.door_id) == (
        1,
        "gezicht",
        wereld.een.actoren[Rol.INSPECTEUR].gebruiker_id,
    )
    afgeleiden = {a.soort: a for a in db.session.scalars(select(Afgeleide))}
    assert set(afgeleiden) == {"scherm", "gelakt_1"}
    assert "Gezicht" in afgeleiden["gelakt_1"].reden
    assert "foto_afgedekt" in _handelingen()


def test_afgedekt_voordat_de_foto_binnen_is(wereld: Wereld, boa: Tablet, bezoek: str) -> None:
    foto = _foto()
    _hang_op(boa, bezoek, foto, afdekken=[GEZICHT], reden="anders", toelichting="Tatoeage")
    assert boa.sync()["ontvangsten"][0]["status"] == "opgeslagen"
    Tus(boa.client).stuur(foto, bezoek)
    assert _rood(_zie(wereld.client(Rol.JURIST), bezoek, foto)) == 0
    assert "scherm" not in {a.soort for a in db.session.scalars(select(Afgeleide))}


def test_twee_mensen_die_los_van_elkaar_afdekken_leggen_niets_bloot(wereld: Wereld, boa: Tablet, bezoek: str) -> None:
    foto = _foto()
    eerste = _hang_op(boa, bezoek, foto)
    boa.sync()
    Tus(boa.client).stuur(foto, bezoek)

    def op(van: Tablet, basis: dict[str, Any], vlakken: list[dict[str, Any]], reden: str = "gezicht") -> dict[str, Any]:
        waarde = basis["waarde"] | {"afdekken": vlakken, "reden": reden, "toelichting": "x"}
        nieuw = van.op(bezoek, "foto_gevel", waarde, "attach", base_op_ids=[basis["op_id"]])
        assert [o["status"] for o in van.sync()["ontvangsten"]] == ["opgeslagen"]
        return nieuw

    collega = tablet(wereld, Rol.COORDINATOR)
    haal_pak(collega)
    gezicht = op(boa, eerste, [GEZICHT])
    # The colleague had not seen the first cover, and the partner may take nothing away.
    op(collega, eerste, [KENTEKEN], "kenteken")
    partner = tablet(wereld, Rol.PARTNER)
    haal_pak(partner)
    weg = op(partner, gezicht, [])
    assert [len(v.vlakken) for v in _versies()] == [1, 2]
    assert _rood(_zie(wereld.client(Rol.JURIST), bezoek, foto)) == 0
    # Who took the photo and saw what was covered may take it away; a caption in between does not break the chain.
    laatste = op(boa, gezicht | {"op_id": str(_versies()[-1].op_id)}, [GEZICHT, KENTEKEN])
    bijschrift = boa.op(
        bezoek, "foto_gevel", laatste["waarde"] | {"bijschrift": "De gang"}, "attach", base_op_ids=[laatste["op_id"]]
    )
    boa.sync()
    op(boa, bijschrift, [KENTEKEN])
    assert [v["vorm"] for v in _versies()[-1].vlakken] == ["ovaal"]
    assert _rood(_zie(wereld.client(Rol.JURIST), bezoek, foto)) > 500
    assert weg["op_id"] not in {str(v.op_id) for v in _versies()}


def test_afdekken_op_kantoor_met_versies_en_wie_eronder_mag_kijken(wereld: Wereld, boa: Tablet, bezoek: str) -> None:
    foto = _foto()
    _hang_op(boa, bezoek, foto, plaats={"lat": 52.5, "lon": 5.25, "nauwkeurigheid_m": 9, "richting_graden": 225})
    boa.sync()
    Tus(boa.client).stuur(foto, bezoek)
    jurist, coordinator = wereld.client(Rol.JURIST), wereld.client(Rol.COORDINATOR)
    pagina = jurist.get(f"/bezoeken/{bezoek}/fotos/{sha(foto)}").get_data(as_text=True)
    for deel in (
        "52,50000 noorderbreedte",
        "op 9 m nauwkeurig",
        "zuidwesten",
        "klok van het toestel",
        "klok van de server",
    ):
        assert deel in pagina
    assert _dek_af(jurist, bezoek, foto, GEZICHT, reden="").status_code == 422
    assert _dek_af(jurist, bezoek, foto, GEZICHT, reden="anders").status_code == 422
    assert _dek_af(jurist, bezoek, foto).status_code == 422
    assert _dek_af(jurist, bezoek, foto, vlakken="{").status_code == 422
    assert _dek_af(jurist, bezoek, foto, {"x": 0, "y": 0, "b": 0, "h": 0}).status_code == 422
    assert _versies() == []
    assert _dek_af(jurist, bezoek, foto, GEZICHT).status_code == 302
    # Somebody who still looks at the page of before is told, and overwrites nothing.
    assert _dek_af(coordinator, bezoek, foto, KENTEKEN).status_code == 409
    assert _dek_af(coordinator, bezoek, foto, GEZICHT, KENTEKEN, gezien="1", reden="kenteken").status_code == 302
    assert [(v.nummer, v.reden, len(v.vlakken)) for v in _versies()] == [(1, "gezicht", 1), (2, "kenteken", 2)]
    assert _rood(_zie(jurist, bezoek, foto)) == 0
    for client in (jurist, coordinator, boa.client):
        assert _rood(_zie(client, bezoek, foto, "?zonder=1")) > 500
        assert _handelingen()[-1] == "foto_zonder_afdekking"
    pagina = coordinator.get(f"/bezoeken/{bezoek}/fotos/{sha(foto)}").get_data(as_text=True)
    assert "Versie 2" in pagina
    assert "2 vlakken" in pagina
    # Undone, with a reason: that is a version too.
    assert _dek_af(jurist, bezoek, foto, gezien="2", reden="anders", toelichting="Vergissing").status_code == 302
    assert _rood(_zie(jurist, bezoek, foto)) > 500
    assert "niets meer afgedekt" in jurist.get(f"/bezoeken/{bezoek}/fotos/{sha(foto)}").get_data(as_text=True)


def test_verkeerde_plaats_of_afdekking_wordt_apart_gezet_en_niet_geraden(boa: Tablet, bezoek: str) -> None:
    foto = _foto()
    _hang_op(boa, bezoek, foto, plaats={"lat": 200, "lon": 5})
    _hang_op(boa, bezoek, foto, afdekken=[GEZICHT])
    goed = _hang_op(boa, bezoek, foto)
    antwoord = boa.sync()
    assert [o["code"] for o in antwoord["ontvangsten"]] == ["vorm", "vorm", None]
    assert antwoord["ontvangsten"][2]["op_id"] == goed["op_id"]
    uitleg = [q.uitleg for q in db.session.scalars(select(Quarantaine).order_by(Quarantaine.id))]
    assert "plaats.lat" in uitleg[0]
    assert "Kies waarom" in uitleg[1]
    assert _versies() == []


def test_dossier_en_kabinet_krijgen_de_afgedekte_kopie(zaak: Zaak) -> None:
    foto, bezoek, boa = _foto(), zaak.bezoek, zaak.boa
    boa.op(bezoek, "bewoners", {"sha256": sha(foto), "soort": "image/jpeg", "omvang": len(foto)}, "attach")
    boa.sync()
    Tus(boa.client).stuur(foto, bezoek)
    jurist, kabinet = zaak.wereld.client(Rol.JURIST), zaak.wereld.client(Rol.KABINET)
    assert _dek_af(jurist, bezoek, foto, GEZICHT).status_code == 302
    dossier = zaak.voorgelegd()
    pdf = kabinet.get(f"/dossiers/{dossier.uid}/document.pdf").get_data()
    lezer = PdfReader(io.BytesIO(pdf))
    beelden = [b.image for pagina in lezer.pages for b in pagina.images if b.image]
    groen = [b for b in beelden if b.convert("RGB").getpixel((10, 10))[1] > 120 and b.width > b.height]
    assert len(groen) >= 1
    assert all(_rood(b) == 0 for b in groen)
    assert "Deels afgedekt" in " ".join(" ".join(p.extract_text() for p in lezer.pages).split())
    stukken = kabinet.get(f"/dossiers/{dossier.uid}").get_data(as_text=True)
    assert "Deels afgedekt" in stukken
