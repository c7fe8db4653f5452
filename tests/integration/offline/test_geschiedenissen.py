"""Any history converges: three devices edit, send, lose answers and send again; the server holds the union once.

Also when a backup is put back in between: the devices notice the new epoch and send again what they hold. ``make soak``
runs the same machine over many more and longer histories.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from sqlalchemy import select
from werkzeug.test import TestResponse

from inspecties import create_app
from inspecties.controles.models import Bezoek, Operatie, Quarantaine, Toestelgat
from inspecties.controles.queries import als_kop
from inspecties.controles.rules.operatie import hash_van
from inspecties.controles.rules.vouw import Kop, Vouw
from inspecties.controles.tijdperk import verhoog_epoch
from inspecties.core.ids import nieuw_id
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from tests.conftest import NU, Klant, Sjablonen, instellingen_voor
from tests.veldwereld import Tablet, haal_pak, maak_actie
from tests.wereld import Wereld, maak_wereld

ROLLEN = (Rol.INSPECTEUR, Rol.COORDINATOR, Rol.PARTNER)
TOESTEL = st.integers(0, len(ROLLEN) - 1)


@pytest.fixture(scope="module")
def wereld_(sjablonen: Sjablonen, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wereld]:
    """One database for all histories: each has a visit and devices of its own."""
    map_: Path = tmp_path_factory.mktemp("geschiedenissen")
    app: Flask = create_app(instellingen_voor(map_, sjablonen.nieuw("spatialite", map_)), VasteKlok(NU))
    app.testing = True
    app.test_client_class = Klant
    with app.app_context():
        yield maak_wereld(app, NU)
        db.session.remove()
        db.engine.dispose()


def _kop(op: dict[str, Any]) -> Kop:
    velden = ("op_id", "vraag_id", "herhaling_id", "soort", "waarde")
    return Kop(**{v: op[v] for v in velden}, base_op_ids=tuple(op["base_op_ids"]), rev=op.get("rev"))


class Reservekopie:
    """The whole database as it was at one moment, page for page, as a backup holds it."""

    def __init__(self) -> None:
        self._kopie = db.engine.dialect.dbapi.connect(":memory:", check_same_thread=False)
        with _rauw() as verbinding:
            verbinding.backup(self._kopie)

    def zet_terug(self) -> None:
        """The server forgets what came after, and says so with a new epoch."""
        with _rauw() as verbinding:
            self._kopie.backup(verbinding)
        verhoog_epoch(db.session(), NU)
        db.session.commit()


@contextmanager
def _rauw() -> Iterator[Any]:
    """The driver's own connection, outside any transaction."""
    db.session.rollback()
    verbinding = db.engine.raw_connection()
    try:
        yield verbinding.driver_connection
    finally:
        verbinding.close()


class Onthouder(Tablet):
    """A device that keeps what was acknowledged, and sends it again when the epoch changes."""

    def onthoud(self, gemaakt: dict[str, dict[str, Any]]) -> None:
        self.gemaakt, self.epoch = gemaakt, ""

    def verwerk(self, antwoord: TestResponse) -> dict[str, Any]:
        inhoud = antwoord.get_json()
        nieuw, self.epoch = self.epoch not in {"", inhoud["epoch"]}, inhoud["epoch"]
        if not nieuw:
            return super().verwerk(antwoord)
        self.wachtrij = [op for op in self.gemaakt.values() if op["toestel_id"] == self.toestel_id]
        self.ontvangen = {i: op | {"rev": None} for i, op in self.ontvangen.items()}
        super().verwerk(antwoord)
        # It was asked with numbers of the old history: ask from the start.
        self.revs = dict.fromkeys(self.revs, 0)
        return dict(inhoud)

    def alles(self) -> None:
        """Until nothing waits and the server's history is the one that was told last."""
        while True:
            toen = self.epoch
            self.sync()
            if not self.wachtrij and toen == self.epoch:
                return


def machine(wereld: Wereld, geteld: Counter[str]) -> type[RuleBasedStateMachine]:
    """The state machine on this world; what it did is counted."""

    class Geschiedenis(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            maak_actie(wereld.een, NU, ROLLEN, 1, naam=f"Actie {nieuw_id()}")
            self.gemaakt: dict[str, dict[str, Any]] = {}
            self.toestellen = [self._toestel(rol) for rol in ROLLEN]
            self.bezoek = ""
            for toestel in self.toestellen:
                self.bezoek = haal_pak(toestel)[-1]["bezoek_id"]
                toestel.revs = {self.bezoek: 0}
            self.kopie = Reservekopie()

        def _toestel(self, rol: Rol) -> Onthouder:
            toestel = Onthouder(wereld.client(rol), wereld.een.actoren[rol].gebruiker_uid)
            toestel.onthoud(self.gemaakt)
            return toestel

        def _koppen(self, toestel: Tablet, vraag: str, baan: str) -> list[str]:
            eigen = [op for op in self.gemaakt.values() if op["toestel_id"] == toestel.toestel_id]
            vouw = Vouw(_kop(op) for op in [*eigen, *toestel.ontvangen.values()])
            return [kop.op_id for kop in vouw.koppen(vraag, baan)]

        @rule(wie=TOESTEL, vraag=st.sampled_from(["bewoners", "opmerking"]), waarde=st.integers(0, 9) | st.none())
        def antwoord(self, wie: int, vraag: str, waarde: int | None) -> None:
            toestel = self.toestellen[wie]
            soort = "clear" if waarde is None else "set"
            op = toestel.op(self.bezoek, vraag, waarde, soort, base_op_ids=self._koppen(toestel, vraag, "waarde"))
            self.gemaakt[op["op_id"]] = op

        @rule(wie=TOESTEL, tekst=st.sampled_from(["a", "b"]))
        def notitie(self, wie: int, tekst: str) -> None:
            toestel = self.toestellen[wie]
            op = toestel.op(
                self.bezoek, "opmerking", tekst, "note", base_op_ids=self._koppen(toestel, "opmerking", "noot")
            )
            self.gemaakt[op["op_id"]] = op

        @rule(wie=TOESTEL, hoe=st.sampled_from(["goed", "antwoord kwijt", "dubbel"]))
        def verstuur(self, wie: int, hoe: str) -> None:
            toestel = self.toestellen[wie]
            antwoord = toestel.stuur()
            geteld[f"verstuurd: {hoe}"] += 1
            assert antwoord.status_code == 200
            if hoe == "dubbel":
                nog_eens = toestel.stuur()
                assert nog_eens.get_json()["ontvangsten"] == antwoord.get_json()["ontvangsten"]
            assert {o["status"] for o in antwoord.get_json()["ontvangsten"]} <= {"opgeslagen"}
            if hoe != "antwoord kwijt":
                toestel.verwerk(antwoord)

        @rule(wie=TOESTEL, data=st.data())
        def verstuur_een_deel_door_elkaar(self, wie: int, data: st.DataObject) -> None:
            toestel = self.toestellen[wie]
            if toestel.wachtrij:
                deel = data.draw(st.lists(st.sampled_from(toestel.wachtrij), unique_by=lambda op: op["op_id"]))
                toestel.verwerk(toestel.stuur(data.draw(st.permutations(deel))))

        @rule()
        def maak_reservekopie(self) -> None:
            self.kopie = Reservekopie()

        @rule()
        def zet_reservekopie_terug(self) -> None:
            geteld["reservekopieën teruggezet"] += 1
            self.kopie.zet_terug()

        def teardown(self) -> None:
            for _ in range(2):
                for toestel in self.toestellen:
                    toestel.alles()
                    toestel.sync(hoogste_seq=toestel.seq)
            db.session.rollback()
            bezoek = db.session.scalars(select(Bezoek).order_by(Bezoek.id.desc())).first()
            assert bezoek is not None
            geteld["doorlopen"] += 1
            geteld["antwoorden"] += len(self.gemaakt)
            assert str(bezoek.uid) == self.bezoek
            rijen = db.session.scalars(
                select(Operatie).where(Operatie.bezoek_id == bezoek.id).order_by(Operatie.rev)
            ).all()
            assert {str(op.op_id): op.hash for op in rijen} == {i: hash_van(op) for i, op in self.gemaakt.items()}
            assert [op.rev for op in rijen] == list(range(1, len(self.gemaakt) + 1))
            assert db.session.scalars(select(Quarantaine)).all() == []
            assert db.session.scalars(select(Toestelgat).where(Toestelgat.gevuld_op.is_(None))).all() == []
            server = Vouw(als_kop(op) for op in rijen)
            for toestel in self.toestellen:
                eigen = Vouw(_kop(op) for op in toestel.ontvangen.values())
                for sleutel in server.sleutels():
                    for baan in ("waarde", "noot"):
                        hier, daar = eigen.koppen(sleutel, baan), server.koppen(sleutel, baan)
                        assert [kop.op_id for kop in hier] == [kop.op_id for kop in daar]
                    assert (eigen.waarde(sleutel), eigen.noot(sleutel)) == (
                        server.waarde(sleutel),
                        server.noot(sleutel),
                    )

    return Geschiedenis


def doorloop(wereld: Wereld, geschiedenissen: int, stappen: int) -> Counter[str]:
    """So many histories of at most so many steps; how much happened in them."""
    geteld: Counter[str] = Counter()
    run_state_machine_as_test(
        machine(wereld, geteld),
        settings=settings(
            max_examples=geschiedenissen,
            stateful_step_count=stappen,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
    return geteld


def test_elke_geschiedenis_komt_samen(wereld_: Wereld) -> None:
    geteld = doorloop(wereld_, 12, 15)
    assert geteld["doorlopen"] >= 12
