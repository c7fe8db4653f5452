"""tus 1.0 by hand, so that tests can do what a well-behaved client never would."""

import base64
import hashlib
import io
from typing import Any

from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from tests.veldwereld import koppen


def b64(ruw: bytes | str) -> str:
    return base64.b64encode(ruw.encode() if isinstance(ruw, str) else ruw).decode()


def sha(ruw: bytes) -> str:
    return hashlib.sha256(ruw).hexdigest()


def jpeg(kleur: str = "navy", maat: tuple[int, int] = (800, 600), *, exif: bool = False) -> bytes:
    """A photo; with EXIF that says where and with what it was made, when asked."""
    uit = io.BytesIO()
    beeld = Image.new("RGB", maat, kleur)
    extra: dict[str, Any] = {}
    if exif:
        gegevens = Image.Exif()
        gegevens[0x010F] = "GEHEIME-CAMERA"
        gegevens[0x0112] = 6
        gegevens.get_ifd(0x8825)[1] = "N"
        extra = {"exif": gegevens, "comment": b"GEHEIM-COMMENTAAR"}
    beeld.save(uit, "JPEG", **extra)
    return uit.getvalue()


class Tus:
    """One client's side of the protocol."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.koppen = koppen(client) | {"Tus-Resumable": "1.0.0"}

    def begin(self, inhoud: bytes, bezoek: str, **meta: str) -> TestResponse:
        velden = {
            "sha256": sha(inhoud),
            "bezoek_id": bezoek,
            "vraag_id": "foto_gevel",
            "herhaling_id": "",
            "soort": "image/jpeg",
            "op_id": "",
            "bestandsnaam": "foto.jpg",
        } | meta
        regel = ",".join(f"{k} {b64(v)}" if v else k for k, v in velden.items())
        return self.client.post(
            "/api/uploads/", headers=self.koppen | {"Upload-Length": str(len(inhoud)), "Upload-Metadata": regel}
        )

    def plek(self, inhoud: bytes, bezoek: str, **meta: str) -> str:
        antwoord = self.begin(inhoud, bezoek, **meta)
        assert antwoord.status_code == 201, antwoord.get_data(as_text=True)
        return str(antwoord.headers["Location"])

    def stuk(self, plek: str, offset: int, ruw: bytes, som: bytes | None = None, **koppen_: str) -> TestResponse:
        extra = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
        extra["Upload-Checksum"] = "sha256 " + b64(som or hashlib.sha256(ruw).digest())
        return self.client.patch(plek, data=ruw, headers=self.koppen | extra | koppen_)

    def stand(self, plek: str) -> int | None:
        antwoord = self.client.head(plek, headers=self.koppen)
        return int(antwoord.headers["Upload-Offset"]) if antwoord.status_code == 200 else None

    def stuur(self, inhoud: bytes, bezoek: str, stuk: int = 1 << 20, **meta: str) -> TestResponse:
        """A whole file in pieces; the answer to the last."""
        plek = self.plek(inhoud, bezoek, **meta)
        antwoord = None
        for begin in range(0, len(inhoud), stuk):
            antwoord = self.stuk(plek, begin, inhoud[begin : begin + stuk])
            if antwoord.status_code != 204:
                break
        assert antwoord is not None
        return antwoord
