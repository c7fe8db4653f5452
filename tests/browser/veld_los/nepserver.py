"""A server in memory that speaks protocol 1 and tus 1.0, with switches for what may go wrong on the road."""

import base64
import hashlib
import json
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import jinja2
import rfc8785

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'"
)
SLEUTELS = (
    "op_id",
    "bezoek_id",
    "vraag_id",
    "herhaling_id",
    "soort",
    "waarde",
    "base_op_ids",
    "form_versie",
    "toestel_id",
    "toestel_seq",
    "toestel_tijd",
    "auteur_id",
)
SOORTEN = {".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".png": "image/png"}


@dataclass
class Stand:
    """What the server knows, and how it behaves."""

    pak: dict[str, Any]
    gebruiker: dict[str, Any]
    aangemeld: bool = True
    epoch: str = field(default_factory=lambda: str(uuid.uuid4()))
    ops: dict[str, dict[str, Any]] = field(default_factory=dict)
    uploads: dict[str, bytearray] = field(default_factory=dict)
    uploadfeiten: dict[str, dict[str, str]] = field(default_factory=dict)
    bijlagen: dict[str, bytes] = field(default_factory=dict)
    toestanden: list[dict[str, Any]] = field(default_factory=list)
    toestellen: list[dict[str, Any]] = field(default_factory=list)
    herstelsleutel: dict[str, Any] | None = None
    ingetrokken: set[str] = field(default_factory=set)
    breek_upload_na: int | None = None
    gebroken: int = 0
    achter_werker: bytes = b""
    anderen: list[dict[str, Any]] = field(default_factory=list)
    mensen: list[dict[str, str]] = field(default_factory=list)
    gezien_in: list[str] = field(default_factory=list)
    bezoektoestand: str = "open"
    uitkomsten: dict[str, Any] | None = None
    # What comes after the pack; ``bij_get`` is asked before each GET, and False breaks the connection.
    tegel: bytes = b""
    eerdere_fotos: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    bij_get: Callable[[str], bool] = lambda _pad: True
    # (code, reason) where an operation is set apart, None where it is taken.
    oordeel: Callable[[dict[str, Any]], tuple[str, str] | None] = lambda _op: None
    slot: threading.RLock = field(default_factory=threading.RLock)

    def sync(self, verzoek: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """POST /api/sync."""
        ontvangsten = []
        status = 200
        for op in verzoek["ops"]:
            hash_ = hashlib.sha256(rfc8785.dumps({sleutel: op.get(sleutel) for sleutel in SLEUTELS})).hexdigest()
            bekend = self.ops.get(op["op_id"])
            if bekend and bekend["hash"] != hash_:
                status = 409
                ontvangsten.append(
                    {"op_id": op["op_id"], "hash": hash_, "status": "quarantaine", "rev": None, "reden": "Botst."}
                )
                continue
            apart = None if bekend else self.oordeel(op)
            if apart:
                bon = {"op_id": op["op_id"], "hash": hash_, "status": "quarantaine", "rev": None}
                ontvangsten.append(bon | {"code": apart[0], "reden": apart[1]})
                continue
            if not bekend:
                self.ops[op["op_id"]] = bekend = {"op": op, "hash": hash_, "rev": len(self.ops) + 1}
            ontvangsten.append(
                {"op_id": op["op_id"], "hash": hash_, "status": "opgeslagen", "rev": bekend["rev"], "reden": None}
            )
        return status, {
            "protocol": 1,
            "epoch": self.epoch,
            "ontvangsten": ontvangsten,
            "bezoeken": {bezoek: self._bezoek(bezoek, na) for bezoek, na in verzoek["bezoeken"].items()},
            "dienstversie": self.pak.get("versie"),
        }

    def van_ander(self, bezoek: str, auteur: str, vraag_id: str, waarde: Any, **rest: Any) -> dict[str, Any]:
        """A colleague's tablet sent this."""
        nummer = len(self.ops) + 1
        op = {
            "op_id": str(uuid.uuid4()),
            "bezoek_id": bezoek,
            "vraag_id": vraag_id,
            "herhaling_id": None,
            "soort": "set",
            "waarde": waarde,
            "base_op_ids": [],
            "form_versie": "ab" * 32,
            "toestel_id": "01890000-0000-7000-8000-00000000dddd",
            "toestel_seq": nummer,
            "toestel_tijd": "2026-11-21T20:04:00Z",
            "auteur_id": auteur,
        } | rest
        self.ops[str(op["op_id"])] = {"op": op, "hash": "", "rev": nummer}
        return op

    def aanwezig(self, verzoek: dict[str, Any]) -> dict[str, Any]:
        """POST /api/bezoeken/<uid>/aanwezig."""
        self.gezien_in.append(verzoek["deel"])
        return {
            "anderen": self.anderen,
            "mensen": self.mensen,
            "toestand": self.bezoektoestand,
            "rev": len(self.ops),
        }

    def _bezoek(self, bezoek: str, na: int) -> dict[str, Any]:
        ops = [bekend for bekend in self.ops.values() if bekend["op"]["bezoek_id"] == bezoek]
        sha = [b["op"]["waarde"]["sha256"] for b in ops if b["op"]["soort"] == "attach"]
        bijlagen = {s: "aanwezig" if s in self.bijlagen else "ontbreekt" for s in sha}
        return {
            "rev": len(self.ops),
            "ops": [{**b["op"], "rev": b["rev"]} for b in ops if b["rev"] > na],
            "conflicten": [],
            "bijlagen": bijlagen,
            "compleet": "ontbreekt" not in bijlagen.values(),
        }


class _Behandelaar(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    stand: Stand
    dist: Path
    sjabloon: str

    def log_message(self, *_: object) -> None:
        pass

    def _stuur(self, status: int, inhoud: bytes = b"", **koppen: str) -> None:
        self.send_response(status)
        koppen.setdefault("Content_Type", "application/octet-stream")
        for naam, waarde in koppen.items():
            self.send_header(naam.replace("_", "-"), waarde)
        self.send_header("Content-Security-Policy", CSP)
        self.send_header("Content-Length", str(len(inhoud)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(inhoud)

    def _json(self, inhoud: object, status: int = 200) -> None:
        soort = "application/problem+json" if status >= 400 else "application/json"
        self._stuur(status, json.dumps(inhoud).encode(), Content_Type=soort, Cache_Control="no-store")

    def _lijf(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _mag(self) -> bool:
        if not self.stand.aangemeld:
            self._json({"title": "Niet aangemeld", "status": 401}, 401)
            return False
        if self.command in {"POST", "PATCH", "DELETE"} and self.headers.get("X-CSRFToken") != "token-1":
            self._json({"title": "CSRF", "status": 403, "code": "csrf"}, 403)
            return False
        return True

    def do_GET(self) -> None:
        pad = self.path.partition("?")[0]
        if not self.stand.bij_get(pad):
            self.close_connection = True
            self.connection.close()
        elif pad == "/veld":
            html = jinja2.Template(self.sjabloon, autoescape=True).render(asset=self._asset)
            self._stuur(200, html.encode(), Content_Type="text/html; charset=utf-8")
        elif pad == "/sw.js":
            werker = (self.dist / "sw.js").read_bytes() + self.stand.achter_werker
            self._stuur(200, werker, Content_Type="text/javascript", Cache_Control="no-cache")
        elif pad == "/veld/manifest.webmanifest":
            self._json({"name": "Veldwerk", "start_url": "/veld", "scope": "/veld", "display": "standalone"})
        elif pad.startswith("/statisch/"):
            bestand = self.dist / Path(pad.removeprefix("/statisch/")).name
            self._stuur(200, bestand.read_bytes(), Content_Type=SOORTEN.get(bestand.suffix, "text/plain"))
        elif pad == "/api/csrf":
            if self._mag():
                self._json({"token": "token-1", "gebruiker": self.stand.gebruiker})
        elif pad.startswith("/api/toestellen/") and pad.endswith("/stand"):
            toestel_id = pad.split("/")[3]
            self._json({"toestel_id": toestel_id, "ingetrokken": toestel_id in self.stand.ingetrokken})
        elif pad == "/api/uitkomsten" and self.stand.uitkomsten:
            if self._mag():
                self._json(self.stand.uitkomsten)
        elif pad == "/api/dienst":
            if self._mag():
                self._json(self.stand.pak)
        elif pad.startswith("/api/veld/tegels/"):
            if self._mag():
                self._stuur(200 if self.stand.tegel else 404, self.stand.tegel, Content_Type="image/png")
        elif pad.endswith("/eerdere-fotos"):
            if self._mag():
                self._json({"stop": pad.split("/")[3], "fotos": self.stand.eerdere_fotos.get(pad.split("/")[3], [])})
        else:
            self._json({"title": "Niet gevonden", "status": 404}, 404)

    def _asset(self, naam: str) -> str:
        return "/statisch/" + str(json.loads((self.dist / "manifest.json").read_text())[naam])

    def do_POST(self) -> None:
        lijf = self._lijf()
        if not self._mag():
            return
        with self.stand.slot:
            if self.path == "/api/sync":
                status, antwoord = self.stand.sync(json.loads(lijf))
                self._json(antwoord, status)
            elif self.path == "/api/toestellen":
                inhoud = json.loads(lijf)
                self.stand.toestellen.append(inhoud)
                self._json({"toestel_id": inhoud["toestel_id"], "herstelsleutel": self.stand.herstelsleutel})
            elif self.path.startswith("/api/stops/"):
                inhoud = json.loads(lijf)
                self.stand.toestanden.append({"stop": self.path.split("/")[3], **inhoud})
                self._json({"op_id": inhoud["op_id"], "toestand": inhoud["toestand"]})
            elif self.path.startswith("/api/bezoeken/") and self.path.endswith("/aanwezig"):
                self._json(self.stand.aanwezig(json.loads(lijf)))
            elif self.path == "/api/uploads/":
                self._maak_upload()
            else:
                self._json({"title": "Niet gevonden", "status": 404}, 404)

    def _maak_upload(self) -> None:
        paren = (deel.partition(" ") for deel in self.headers["Upload-Metadata"].split(","))
        feiten = {naam: base64.b64decode(waarde).decode() for naam, _, waarde in paren}
        nummer = str(uuid.uuid4())
        self.stand.uploads[nummer] = bytearray()
        self.stand.uploadfeiten[nummer] = {**feiten, "lengte": self.headers["Upload-Length"]}
        self._stuur(201, Location=f"/api/uploads/{nummer}", Tus_Resumable="1.0.0")

    def do_HEAD(self) -> None:
        nummer = self.path.rsplit("/", 1)[-1]
        if nummer not in self.stand.uploads:
            self._stuur(404, Tus_Resumable="1.0.0")
            return
        offset = str(len(self.stand.uploads[nummer]))
        lengte = self.stand.uploadfeiten[nummer]["lengte"]
        self._stuur(200, Upload_Offset=offset, Upload_Length=lengte, Tus_Resumable="1.0.0", Cache_Control="no-store")

    def do_PATCH(self) -> None:
        lijf = self._lijf()
        if not self._mag():
            return
        nummer = self.path.rsplit("/", 1)[-1]
        stand = self.stand
        with stand.slot:
            inhoud = stand.uploads[nummer]
            if int(self.headers["Upload-Offset"]) != len(inhoud):
                self._stuur(409, Tus_Resumable="1.0.0")
                return
            soort, _, som = self.headers.get("Upload-Checksum", "").partition(" ")
            if soort != "sha256" or base64.b64decode(som) != hashlib.sha256(lijf).digest():
                self._stuur(460, Tus_Resumable="1.0.0")
                return
            if stand.breek_upload_na is not None and len(inhoud) >= stand.breek_upload_na:
                stand.gebroken += 1
                self.close_connection = True
                self.connection.close()
                return
            inhoud += lijf
            feiten = stand.uploadfeiten[nummer]
            if len(inhoud) == int(feiten["lengte"]):
                sha = hashlib.sha256(inhoud).hexdigest()
                if sha != feiten["sha256"]:
                    self._stuur(460, Tus_Resumable="1.0.0")
                    return
                stand.bijlagen[sha] = bytes(inhoud)
            self._stuur(204, Upload_Offset=str(len(inhoud)), Tus_Resumable="1.0.0")


def start(stand: Stand, dist: Path, sjabloon: Path) -> ThreadingHTTPServer:
    """Serve on a free loopback port until ``shutdown()``."""
    behandelaar = type(
        "Behandelaar", (_Behandelaar,), {"stand": stand, "dist": dist, "sjabloon": sjabloon.read_text(encoding="utf-8")}
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), behandelaar)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
