"""Verifying a long log takes a while: meanwhile everybody goes on, and what they add is no break."""

from collections.abc import Callable, Iterator
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError

from inspecties.audit import rules
from inspecties.audit.operations import leg_vast
from inspecties.core.rechten import Rol
from inspecties.database import zonder_actor
from inspecties.database.basis import db
from inspecties.dienst.audit_cli import audit
from tests.wereld import Wereld, csrf

REGELS = 5


@pytest.fixture
def collega(app: Flask, wereld: Wereld, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Reads a location twice in every check: after the head was read and before the rows, and between the rows.

    Gives how that went, each time.
    """
    actor, uit = wereld.een.actoren[Rol.COORDINATOR], list[str]()
    gehasht, echt = 0, rules.bereken_hash

    def lees() -> None:
        try:
            with app.app_context():
                zonder_actor(db.session(), "a colleague at work meanwhile")
                leg_vast(db.session(), actor, wereld.nu, "locatie_gelezen", "risicolocatie", "een plek")
                db.session.commit()
            uit.append("gelezen")
        except SQLAlchemyError as fout:
            uit.append(str(fout))

    def ertussen() -> None:
        draad = Thread(target=lees)
        draad.start()
        draad.join()

    def voor_de_rijen(_verbinding: Any, _cursor: Any, opdracht: str, *_: Any) -> None:
        if "FROM auditregel" in opdracht and opdracht.endswith("ORDER BY auditregel.seq"):
            nonlocal gehasht
            gehasht = 0
            ertussen()

    def hash_van(*args: Any) -> str:
        nonlocal gehasht
        gehasht += 1
        if gehasht == 2:
            ertussen()
        return echt(*args)

    monkeypatch.setattr(rules, "bereken_hash", hash_van)
    event.listen(db.engine, "before_cursor_execute", voor_de_rijen)
    yield uit
    event.remove(db.engine, "before_cursor_execute", voor_de_rijen)


def _in_het_scherm(wereld: Wereld) -> tuple[bool, str]:
    auditor = wereld.client(Rol.AUDITOR)
    antwoord = auditor.post("/auditlog/controle", data={"csrf_token": csrf(auditor)}, follow_redirects=True)
    pagina = antwoord.get_data(as_text=True)
    return f"Alle {REGELS} regels zijn nagekeken" in pagina, pagina


def _met_de_opdracht(wereld: Wereld) -> tuple[bool, str]:
    uitkomst = wereld.app.test_cli_runner().invoke(audit, ["controleer"])
    return uitkomst.exit_code == 0, uitkomst.output


@pytest.mark.parametrize("controleer", [_in_het_scherm, _met_de_opdracht])
def test_wie_intussen_leest_wacht_niet_en_breekt_niets(
    wereld: Wereld, collega: list[str], controleer: Callable[[Wereld], tuple[bool, str]]
) -> None:
    for i in range(REGELS):
        leg_vast(db.session(), wereld.een.actoren[Rol.JURIST], wereld.nu, "dossier_gelezen", "dossier", f"d{i}")
    db.session.commit()
    goed, gezegd = controleer(wereld)
    assert goed, gezegd
    # The command verifies the other gemeente too.
    assert len(collega) >= 2
    assert set(collega) == {"gelezen"}
