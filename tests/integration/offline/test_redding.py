"""The rescue copy: made by the tablet's own code, opened with the gemeente's private key, taken in like a sync."""

import base64
import hashlib
import io
import json
import subprocess
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from PIL import Image
from sqlalchemy import select

from inspecties.acties.models import Stop
from inspecties.audit.models import Auditregel
from inspecties.controles.models import Bewijsstuk, Operatie, Quarantaine
from inspecties.controles.queries import als_protocol
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.gebruikers.herstelsleutel import maak_prive, openbaar_jwk, schrijf_prive
from inspecties.gebruikers.models import Toestel
from inspecties.offline.redding_cli import redding
from inspecties.signalen.models import Signaal
from tests.veldwereld import Actieset, Tablet
from tests.wereld import Wereld

WORTEL = Path(__file__).parents[3]
WACHTZIN = "zes gewone woorden voor in de kluis"


@pytest.fixture(scope="session")
def prive() -> rsa.RSAPrivateKey:
    """A recovery key; making one takes a second."""
    return maak_prive()


def jpeg() -> bytes:
    beeld = io.BytesIO()
    Image.new("RGB", (40, 30), (120, 40, 40)).save(beeld, "JPEG")
    return beeld.getvalue()


class Kopie:
    """A copy on disk with the key that opens it, and the command."""

    def __init__(self, wereld: Wereld, actie: Actieset, boa: Tablet, bezoek: str, prive: Any, map_: Path) -> None:
        self.app, self.boa = wereld.app, boa
        self.foto = jpeg()
        self.sleutel, self.bestand = map_ / "herstel.pem", map_ / "kopie.ndjson"
        self.sleutel.write_bytes(schrijf_prive(prive, WACHTZIN.encode()))
        self.wens = {
            "gebruiker": {
                "id": boa.auteur,
                "naam": "Inspecteur",
                "rol": "inspecteur",
                "gemeente": wereld.een.gemeente.naam,
            },
            "jwk": openbaar_jwk(prive.public_key()),
            "toestel_id": boa.toestel_id,
            "form_versie": boa.form_versie,
            "bezoek": bezoek,
            "stop": str(actie.stops[0]),
            "foto": base64.b64encode(self.foto).decode(),
        }

    def maak(self, **rest: Any) -> None:
        uit = subprocess.run(
            ["node", "src/veld/proef/redding.js"],
            cwd=WORTEL / "static",
            input=json.dumps(self.wens | rest).encode(),
            capture_output=True,
            check=True,
            timeout=120,
        )
        self.bestand.write_bytes(uit.stdout)

    def lees(self, *meer: str) -> tuple[int, str]:
        uit = self.app.test_cli_runner().invoke(
            redding,
            ["lees", str(self.bestand), "--sleutel", str(self.sleutel), *meer],
            env={"HERSTEL_WACHTZIN": WACHTZIN},
        )
        return uit.exit_code, uit.output or str(uit.exception)


@pytest.fixture
def kopie(wereld: Wereld, actie: Actieset, boa: Tablet, bezoek: str, prive: rsa.RSAPrivateKey, tmp_path: Path) -> Kopie:
    uit = Kopie(wereld, actie, boa, bezoek, prive, tmp_path)
    uit.maak()
    return uit


def aantallen() -> tuple[int, int, int, int]:
    sessie = db.session()
    sessie.rollback()
    return (
        sessie.query(Operatie).count(),
        sessie.query(Quarantaine).count(),
        sessie.query(Bewijsstuk).count(),
        sessie.query(Signaal).count(),
    )


def test_een_reddingskopie_wordt_ingelezen_als_door_het_toestel_verzonden(
    kopie: Kopie, wereld: Wereld, actie: Actieset
) -> None:
    assert b"Twaalf bedden" not in kopie.bestand.read_bytes()
    voor = aantallen()
    code, uit = kopie.lees("--droog")
    assert (code, "3 antwoorden: ingelezen (zou gebeuren)" in uit) == (0, True), uit
    assert aantallen() == voor, "a trial changes nothing"

    code, uit = kopie.lees()
    assert code == 0, uit
    for zin in (
        "3 antwoorden: ingelezen",
        "1 antwoord: apart gezet voor de coördinator",
        "1 foto: ingelezen",
        "1 stand van een stop: ingelezen",
        "1 signaal: ingelezen",
    ):
        assert zin in uit
    # The command tells what there was, not what it says.
    for zin in ("Twaalf bedden", "Matrassen"):
        assert zin not in uit
    sessie = db.session()
    sessie.rollback()
    ops = sessie.scalars(select(Operatie).order_by(Operatie.rev)).all()
    assert [(op.vraag_id, op.auteur_id) for op in ops] == [
        (naam, wereld.een.actoren[Rol.INSPECTEUR].gebruiker_id) for naam in ("bewoners", "opmerking", "foto_gevel")
    ]
    apart = sessie.scalars(select(Quarantaine)).one()
    assert (apart.reden, apart.inhoud["vraag_id"]) == ("onbekende_vraag", "bestaat_niet")
    bewijs = sessie.scalars(select(Bewijsstuk)).one()
    assert (bewijs.sha256, bewijs.vraag_id) == (hashlib.sha256(kopie.foto).hexdigest(), "foto_gevel")
    assert sessie.scalars(select(Stop.toestand).where(Stop.uid == actie.stops[0])).one() == "binnen"
    regel = sessie.scalars(select(Auditregel).where(Auditregel.handeling == "redding_ingelezen")).one()
    assert (regel.object_uid, "signaal" in regel.gegevens["tellingen"]) == (kopie.boa.toestel_id, False)

    pagina = wereld.client(Rol.BEHEERDER).get("/beheer/redding").get_data(as_text=True)
    assert "antwoorden: 1 apart gezet, 3 ingelezen; foto&#39;s: 1 ingelezen" in pagina

    na = aantallen()
    code, uit = kopie.lees("--json")
    verslag = json.loads(uit)
    assert verslag["tellingen"]["antwoord"] == {"apart": 1, "was_er_al": 3}
    assert (verslag["tellingen"]["foto"], verslag["volledig"]) == ({"was_er_al": 1}, True)
    assert aantallen() == na, "reading twice doubles nothing"


def test_een_toestel_dat_later_toch_verzendt_verdubbelt_niets(kopie: Kopie) -> None:
    kopie.lees()
    na = aantallen()
    sessie = db.session()
    bezoek, auteur = UUID(str(kopie.wens["bezoek"])), UUID(kopie.boa.auteur)
    ops = [als_protocol(op, bezoek, auteur) for op in sessie.scalars(select(Operatie))]
    for op in ops:
        op.pop("rev", None)
    ops += [rij.inhoud for rij in sessie.scalars(select(Quarantaine))]
    antwoord = kopie.boa.stuur(ops).get_json()
    assert sorted(o["status"] for o in antwoord["ontvangsten"]) == [
        "opgeslagen",
        "opgeslagen",
        "opgeslagen",
        "quarantaine",
    ]
    assert aantallen() == na
    # The numbers of the device join up: what came by the copy is not reported as lost.
    assert kopie.boa.stuur([], hoogste_seq=4).status_code == 200
    handelingen = {regel.handeling for regel in db.session().scalars(select(Auditregel)).all()}
    assert "toestelgat_gemeld" not in handelingen


def test_een_beschadigd_gegeven_en_een_afgebroken_bestand_houden_de_rest_niet_tegen(kopie: Kopie) -> None:
    kopie.maak(beschadig=True)
    heel = kopie.bestand.read_bytes()
    code, uit = kopie.lees("--json")
    verslag = json.loads(uit)
    assert (code, verslag["tellingen"]["antwoord"]) == (1, {"apart": 1, "niet_ingelezen": 1, "opgeslagen": 2})
    regels = heel.split(b"\n")
    kopie.bestand.write_bytes(b"\n".join(regels[:-3]) + b"\n" + regels[-3][:40])
    code, uit = kopie.lees()
    assert (code, "dit bestand is afgebroken" in uit) == (1, True), uit
    assert "al op de server" in uit


def test_een_gegeven_op_de_plaats_van_een_ander_gaat_niet_open(kopie: Kopie) -> None:
    regels = [json.loads(regel) for regel in kopie.bestand.read_text().splitlines()]
    een, twee = [r for r in regels if r.get("winkel") == "ops"][:2]
    een["record"]["data"], twee["record"]["data"] = twee["record"]["data"], een["record"]["data"]
    kopie.bestand.write_text("\n".join(json.dumps(r, separators=(",", ":")) for r in regels) + "\n")
    _, uit = kopie.lees("--json")
    assert json.loads(uit)["tellingen"]["antwoord"]["niet_ingelezen"] == 2


def test_een_ingetrokken_toestel_komt_apart(kopie: Kopie) -> None:
    kopie.boa.stuur([])
    toestel = db.session.scalars(select(Toestel)).one()
    toestel.ingetrokken_op = toestel.gezien_op
    db.session.commit()
    code, uit = kopie.lees("--json")
    tellingen = json.loads(uit)["tellingen"]
    assert (code, tellingen["antwoord"], tellingen["stop"]) == (1, {"apart": 4}, {"niet_ingelezen": 1}), uit
    reden = {rij.reden for rij in db.session.scalars(select(Quarantaine)).all()}
    assert reden == {"toestel_ingetrokken"}


def test_een_andere_sleutel_of_een_ander_bestand_zegt_wat_er_mis_is(kopie: Kopie) -> None:
    ander = maak_prive()
    kopie.sleutel.write_bytes(schrijf_prive(ander, WACHTZIN.encode()))
    code, uit = kopie.lees()
    assert (code, "past niet" in uit) == (1, True), uit
    kopie.bestand.write_text('{"type": "FeatureCollection"}\n')
    code, uit = kopie.lees()
    assert (code, "geen reddingskopie" in uit) == (1, True), uit
    assert aantallen() == (0, 0, 0, 0)
