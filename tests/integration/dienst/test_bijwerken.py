"""An upgrade loses no write and gives no false receipt: the old server ends gracefully while ten tablets sync, a new
one takes over the same socket and the same data.
"""

import http.client
import threading
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from inspecties import create_app
from inspecties.controles.models import Operatie
from inspecties.core.klok import SysteemKlok, lokale_datum
from inspecties.core.rechten import Rol
from inspecties.database import db, zonder_actor
from inspecties.gebruikers.models import Sessie
from inspecties.gebruikers.models_factoren import Sessiefactor
from tests.conftest import Sjablonen, instellingen_voor
from tests.integration.dienst.bijwerkdienst import GEHEIM, Netklant, Voordeur, wacht_tot
from tests.veldwereld import Tablet, maak_actie
from tests.wereld import Wereld, maak_wereld

SCHRIJVERS = 10


def _koekje(wereld: Wereld) -> str:
    """The cookie of a login that rests on two factors."""
    client: FlaskClient = wereld.client(Rol.INSPECTEUR)
    sessie = db.session.scalars(select(Sessie).order_by(Sessie.id.desc())).first()
    assert sessie is not None
    db.session.add(Sessiefactor(sessie_id=sessie.id, wijze="totp", op=wereld.nu))
    db.session.commit()
    koekje = next(k for k in client._cookies.values() if "inspecties" in k.key)
    return f"{koekje.key}={koekje.value}"


class Schrijver(threading.Thread):
    """A tablet that keeps writing and sending until it is told to stop, and believes only receipts."""

    def __init__(self, poort: int, koekje: str, auteur: str, dag: str) -> None:
        super().__init__(daemon=True)
        self.net = Netklant(poort, koekje)
        self.tab = Tablet(self.net, auteur)  # type: ignore[arg-type]  # what a tablet asks of a client is the same
        self.dag, self.genoeg = dag, threading.Event()
        self.gemaakt: list[str] = []
        self.bevestigd: list[str] = []
        self.fout: Exception | None = None

    def run(self) -> None:
        try:
            self._begin()
            while not self.genoeg.is_set():
                self.gemaakt.append(str(self.tab.op(self.bezoek, "opmerking", f"stap {len(self.gemaakt)}")["op_id"]))
                self._stuur()
            while self.tab.wachtrij:
                self._stuur()
        except Exception as fout:  # noqa: BLE001 - told to the test, which fails on it
            self.fout = fout

    def _haal(self, pad: str) -> Any:
        """What is there, however busy it is."""
        while True:
            try:
                antwoord = self.net.get(pad)
            except (OSError, http.client.HTTPException):
                # Waited for too long: a tablet asks again.
                continue
            if antwoord.status_code == 200:
                return antwoord.get_json()
            self._druk(antwoord)

    def _druk(self, antwoord: Any) -> None:
        """The one answer besides a good one: somebody else saves for too long. The tablet keeps its work and waits."""
        if antwoord.status_code != 503:
            raise AssertionError(f"{antwoord.status_code}: {antwoord.inhoud[:300]!r}")
        time.sleep(0.5)

    def _begin(self) -> None:
        stop = self._haal(f"/api/dienst?datum={self.dag}")["acties"][0]["stops"][0]
        self.bezoek, self.tab.form_versie = stop["bezoek_id"], stop["checklists"][0]
        self.tab.revs[self.bezoek] = 0
        self.tab.token = {"X-CSRFToken": self._haal("/api/csrf")["token"]}

    def _stuur(self) -> None:
        try:
            antwoord: Any = self.tab.stuur()
        except (OSError, http.client.HTTPException):
            return
        if antwoord.status_code != 200:
            self._druk(antwoord)
            return
        self.bevestigd += [o["op_id"] for o in self.tab.verwerk(antwoord)["ontvangsten"]]


def _niemand_zag_een_fout(schrijvers: list[Schrijver], logboek: Path) -> None:
    """Asked before the server is told to end: all who see a wrong at once would end one that had hardly begun (-15)."""
    regels = logboek.read_text().splitlines()
    assert [s.fout for s in schrijvers if s.fout] == [], [r for r in regels if '"error"' in r][-5:] + regels[-5:]


# Two starts of the server, on a machine that may be busy with other tests.
@pytest.mark.timeout(400)
def test_bijwerken_verliest_niets_en_bevestigt_niets_ten_onrechte(sjablonen: Sjablonen, tmp_path: Path) -> None:
    sjablonen.nieuw("spatialite", tmp_path)
    nu = datetime.now(UTC)
    app = create_app(instellingen_voor(tmp_path, demo=False, secret_key=GEHEIM), SysteemKlok())
    deur = Voordeur(tmp_path)
    with app.app_context():
        zonder_actor(db.session(), "de test schrijft een hele wereld")
        wereld = maak_wereld(app, nu)
        maak_actie(wereld.een, nu, (Rol.INSPECTEUR,))
        auteur = wereld.een.actoren[Rol.INSPECTEUR].gebruiker_uid
        dag = lokale_datum(nu).isoformat()
        schrijvers = [Schrijver(deur.poort, _koekje(wereld), auteur, dag) for _ in range(SCHRIJVERS)]
        db.session.remove()
        db.engine.dispose()
    try:
        deur.start()
        for schrijver in schrijvers:
            schrijver.start()
        wacht_tot(lambda: all(len(s.bevestigd) >= 2 or s.fout for s in schrijvers), 150)
        _niemand_zag_een_fout(schrijvers, tmp_path / "dienst.log")
        # The upgrade: the old one ends what it was doing, and while nobody listens the tablets wait in the socket.
        einde = deur.stop()
        toen = [len(s.bevestigd) for s in schrijvers]
        deur.start()
        wacht_tot(lambda: all(len(s.bevestigd) >= n + 2 or s.fout for s, n in zip(schrijvers, toen, strict=True)), 150)
        _niemand_zag_een_fout(schrijvers, tmp_path / "dienst.log")
        for schrijver in schrijvers:
            schrijver.genoeg.set()
        for schrijver in schrijvers:
            schrijver.join(60)
        assert deur.stop() == 0
    except TimeoutError:
        raise AssertionError((tmp_path / "dienst.log").read_text()[-3000:]) from None
    finally:
        deur.sluit()
    _niemand_zag_een_fout(schrijvers, tmp_path / "dienst.log")
    assert einde == 0
    with app.app_context():
        zonder_actor(db.session(), "de test telt")
        er = Counter(str(uid) for uid in db.session.scalars(select(Operatie.op_id)))
        db.session.remove()
        db.engine.dispose()
    bevestigd = Counter(op for s in schrijvers for op in s.bevestigd)
    gemaakt = {op for s in schrijvers for op in s.gemaakt}
    # No false receipt, nothing lost, nothing twice.
    assert set(bevestigd) <= set(er)
    assert set(er) == gemaakt == set(bevestigd)
    assert set(er.values()) == {1}
    # Nobody was turned away at the door.
    assert sum(s.net.geweigerd for s in schrijvers) == 0
