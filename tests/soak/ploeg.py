"""Twenty and more people who write at the same time over the network, and a count of what they hold receipts for.

Each has a tablet (operations and photos) and an office form. What has no receipt is sent again, as the field app does;
nothing but a receipt is believed.
"""

import base64
import dataclasses
import hashlib
import http.client
import threading
import time
from collections import Counter
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import select

from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import Rol
from inspecties.database import db
from inspecties.gebruikers.models import Gebruiker, Lidmaatschap, Sessie
from inspecties.gebruikers.models_factoren import Sessiefactor
from inspecties.locaties.models import Risicolocatie
from tests.soak.fotos import foto
from tests.soak.werkdienst import Antwoord, Lijn
from tests.veldwereld import Tablet, maak_actie
from tests.wereld import Kring, Wereld, aangemeld

GEEN_ANTWOORD = (OSError, http.client.HTTPException)


@dataclasses.dataclass
class Mens:
    """Somebody with a session that rests on two factors; ``locatie`` is where the office form is about."""

    koekje: str
    auteur: str
    dag: str
    locatie: str


def maak_mensen(app: Flask, wereld: Wereld, nu: datetime, aantal: int, *, samen: int = 2) -> list[Mens]:
    """So many coordinators, ``samen`` of them in each team; committed. They may do field work and office work."""
    kring, mensen = wereld.een, list[Mens]()
    actoren = [_actor(kring, nu, i) for i in range(aantal)]
    db.session.commit()
    for eerste in range(0, aantal, samen):
        ploeg = actoren[eerste : eerste + samen]
        # One role per place in the team: ``maak_actie`` asks for the people by their role.
        plekken = dict(zip(Rol, ploeg, strict=False))
        naam = f"Actie {eerste}-{nu.timestamp()}"
        maak_actie(dataclasses.replace(kring, actoren=plekken), nu, tuple(plekken), 1, naam=naam)
        locatie = db.session.scalars(select(Risicolocatie).order_by(Risicolocatie.id.desc())).first()
        assert locatie is not None
        for actor in ploeg:
            koekje = _koekje(app, actor, nu)
            mensen.append(Mens(koekje, actor.gebruiker_uid, lokale_datum(nu).isoformat(), str(locatie.uid)))
    return mensen


def _actor(kring: Kring, nu: datetime, nr: int) -> Actor:
    gebruiker = Gebruiker(
        email=f"mens{nr}@markerwaard.example", naam=f"Mens {nr}", wachtwoord_hash="", aangemaakt_op=nu
    )
    db.session.add(gebruiker)
    db.session.flush()
    rol = Rol.COORDINATOR
    db.session.add(Lidmaatschap(gemeente_id=kring.gemeente.id, gebruiker_id=gebruiker.id, rol=rol.value))
    db.session.flush()
    return Actor(
        gemeente_id=kring.gemeente.id,
        rol=rol,
        gebruiker_id=gebruiker.id,
        gebruiker_uid=str(gebruiker.uid),
        naam=gebruiker.naam,
        gemeente_naam=kring.gemeente.naam,
    )


def _koekje(app: Flask, actor: Actor, nu: datetime) -> str:
    client: Any = aangemeld(app, actor, nu)
    sessie = db.session.scalars(select(Sessie).order_by(Sessie.id.desc())).first()
    assert sessie is not None
    db.session.add(Sessiefactor(sessie_id=sessie.id, wijze="totp", op=nu))
    db.session.commit()
    koekje = next(k for k in client._cookies.values() if "inspecties" in k.key)
    return f"{koekje.key}={koekje.value}"


class Schrijver(threading.Thread):
    """Writes rounds of answers, a photo and an office form, until told to stop or ``ronden`` are done.

    ``fout`` is set when the server said something that it may never say.
    """

    def __init__(self, poort: int, mens: Mens, nr: int, *, ops: int = 5, fotos: int = 1, kantoor: bool = True) -> None:
        super().__init__(daemon=True)
        self.net = Lijn(poort, mens.koekje)
        self.tab = Tablet(self.net, mens.auteur)  # type: ignore[arg-type]  # what a tablet asks of a client is the same
        self.mens, self.nr, self.ops, self.fotos, self.kantoor = mens, nr, ops, fotos, kantoor
        self.ronden, self.genoeg = 0, threading.Event()
        self.meeste_ronden = 1_000_000
        self.gemaakt: Counter[str] = Counter()
        self.bevestigd: Counter[str] = Counter()
        self.fout: BaseException | None = None

    def run(self) -> None:
        try:
            self.haal_op()
            while not self.genoeg.is_set() and self.ronden < self.meeste_ronden:
                self.ronde()
                self.ronden += 1
        except Exception as fout:  # noqa: BLE001 - told to the test, which fails on it
            self.fout = fout

    def _houd_vol(self, wat: Any) -> Antwoord:
        """Ask until there is an answer that is no 5xx."""
        while True:
            try:
                antwoord: Antwoord = wat()
            except GEEN_ANTWOORD:
                time.sleep(0.1)
                continue
            if antwoord.status_code < 500:
                return antwoord
            time.sleep(0.1)

    def haal_op(self) -> None:
        pak = self._houd_vol(lambda: self.net.get(f"/api/dienst?datum={self.mens.dag}")).get_json()
        stop = pak["acties"][0]["stops"][0]
        self.bezoek, self.tab.form_versie = stop["bezoek_id"], stop["checklists"][0]
        self.tab.revs[self.bezoek] = 0
        self.tab.token = {"X-CSRFToken": self._houd_vol(lambda: self.net.get("/api/csrf")).get_json()["token"]}

    def ronde(self) -> None:
        for i in range(self.ops):
            op = self.tab.op(self.bezoek, "opmerking", f"{self.nr}/{self.ronden}/{i}")
            self.gemaakt[f"op {op['op_id']}"] += 1
        while self.tab.wachtrij:
            self._sync()
        for i in range(self.fotos):
            self._foto(foto(self.nr * 1_000_000 + self.ronden * 1000 + i))
        if self.kantoor:
            self._formulier(f"{self.nr}-{self.ronden}")

    def _sync(self) -> None:
        antwoord = self._houd_vol(self.tab.stuur)
        if antwoord.status_code != 200:
            raise AssertionError(f"sync: {antwoord.status_code} {antwoord.inhoud[:300]!r}")
        self.verwerk(antwoord)

    def verwerk(self, antwoord: Antwoord) -> None:
        """Take in the receipts of a message."""
        voor = {op["op_id"] for op in self.tab.wachtrij}
        self.tab.verwerk(antwoord)  # type: ignore[arg-type]
        for op_id in voor - {op["op_id"] for op in self.tab.wachtrij}:
            self.bevestigd[f"op {op_id}"] += 1

    def _foto(self, inhoud: bytes) -> None:
        """In two pieces; after a cut it goes on where the server says that it is."""
        naam = hashlib.sha256(inhoud).hexdigest()
        self.gemaakt[f"foto {naam}"] += 1
        plek = ""
        while True:
            if not plek:
                koppen = self.aankondiging(inhoud, naam)
                antwoord = self._houd_vol(lambda koppen=koppen: self.net.post("/api/uploads/", headers=koppen))
                if antwoord.status_code != 201:
                    raise AssertionError(f"upload: {antwoord.status_code} {antwoord.inhoud[:300]!r}")
                plek = antwoord.headers["Location"]
            stand = self._houd_vol(lambda plek=plek: self.net.head(plek, self._tus()))
            if stand.status_code == 404:
                plek = ""
                continue
            if stand.status_code != 200:
                raise AssertionError(f"upload, stand: {stand.status_code}")
            offset = int(stand.headers["Upload-Offset"])
            if offset == len(inhoud):
                self.bevestigd[f"foto {naam}"] += 1
                return
            self._stuk(plek, offset, inhoud[offset : offset + len(inhoud) // 2 + 1])

    def stuk(self, plek: str, offset: int, ruw: bytes) -> Antwoord:
        """One piece of a photo, from this byte on."""
        koppen = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
        som = {"Upload-Checksum": "sha256 " + base64.b64encode(hashlib.sha256(ruw).digest()).decode()}
        return self.net.patch(plek, ruw, self._tus() | koppen | som)

    def _stuk(self, plek: str, offset: int, ruw: bytes) -> None:
        try:
            antwoord = self.stuk(plek, offset, ruw)
        except GEEN_ANTWOORD:
            return
        if antwoord.status_code not in {204, 404, 409, 423} and antwoord.status_code < 500:
            raise AssertionError(f"stuk: {antwoord.status_code} {antwoord.inhoud[:300]!r}")

    def _tus(self) -> dict[str, str]:
        return self.tab.token | {"Tus-Resumable": "1.0.0"}

    def aankondiging(self, inhoud: bytes, naam: str) -> dict[str, str]:
        velden = {
            "sha256": naam,
            "bezoek_id": self.bezoek,
            "vraag_id": "foto_gevel",
            "soort": "image/jpeg",
            "bestandsnaam": "foto.jpg",
        }
        regel = ",".join(f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in velden.items())
        return self._tus() | {"Upload-Length": str(len(inhoud)), "Upload-Metadata": regel}

    def _formulier(self, kenmerk: str) -> None:
        """A feature of a location: 303 is its receipt; the same again is refused as being there already."""
        self.gemaakt[f"kenmerk {kenmerk}"] += 1
        antwoord = self._houd_vol(lambda: verstuur_formulier(self.net, self.tab.token, self.mens, kenmerk))
        if antwoord.status_code != 303 and b"staat al bij deze locatie" not in antwoord.inhoud:
            raise AssertionError(f"formulier: {antwoord.status_code} {antwoord.inhoud[-1500:]!r}")
        self.bevestigd[f"kenmerk {kenmerk}"] += 1


def verstuur_formulier(net: Lijn, token: dict[str, str], mens: Mens, kenmerk: str) -> Antwoord:
    """The office form "Kenmerk vastleggen" with a source that nobody else writes."""
    velden = {
        "soort": "alias",
        "waarde": f"Soak {kenmerk}",
        "bron": f"soak {kenmerk}",
        "gezien_op": mens.dag,
    }
    koppen = token | {"Content-Type": "application/x-www-form-urlencoded"}
    return net.post(f"/locaties/{mens.locatie}/kenmerken/nieuw", data=urlencode(velden).encode(), headers=koppen)


def schrijvers_voor(poort: int, mensen: list[Mens], **hoe: Any) -> list[Schrijver]:
    """One writer per person, not started."""
    return [Schrijver(poort, mens, nr, **hoe) for nr, mens in enumerate(mensen)]


def laat_afmaken(schrijvers: list[Schrijver], seconden: float = 120) -> None:
    """Everyone finishes the round that they are in. Raises AssertionError for one that can not, or that saw a wrong."""
    for schrijver in schrijvers:
        schrijver.genoeg.set()
    for schrijver in schrijvers:
        schrijver.join(seconden)
    assert [s.fout for s in schrijvers if s.fout] == []
    assert [s.nr for s in schrijvers if s.is_alive()] == [], "iemand kreeg het werk niet weg"
