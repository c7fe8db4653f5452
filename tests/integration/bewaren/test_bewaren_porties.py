"""Who works never waits for the retention terms, and a run that is killed left whole portions only."""

import threading
import time
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from inspecties.audit.bewaren import bewijs_hash
from inspecties.audit.bewijsbestand import bewijsbestand, lees
from inspecties.audit.models import Auditregel
from inspecties.audit.models_bewaren import Bewaarslot, Vernietiging
from inspecties.audit.models_vernietigen import Vernietigbestand
from inspecties.audit.operations import controleer, leg_vast
from inspecties.audit.vernietigen import vernietig_delen
from inspecties.core.klok import VasteKlok
from inspecties.core.opslag import Opslag
from inspecties.core.rechten import Rol
from inspecties.database import bind_actor
from inspecties.database.basis import db
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_feiten import Document, Overlastmelding
from inspecties.start import bewaar_droog, bewaar_uitvoeren, bewaar_vooruit
from tests.integration.bewaren.test_bewaren_alles import draai
from tests.integration.bewaren.test_bewaren_houders import plek, tel
from tests.wereld import Wereld

LATER = datetime(2045, 2, 1, 12, 0, tzinfo=UTC)
AANTAL = 60


class Gedood(BaseException):
    """As a kill: nothing catches it."""


@pytest.fixture
def overlast(wereld: Wereld, klok: VasteKlok) -> Risicolocatie:
    """Many small things over their term."""
    adres = plek(wereld)
    for i in range(AANTAL):
        db.session.add(
            Overlastmelding(
                gemeente_id=wereld.een.gemeente.id, locatie_id=adres.id, datum=wereld.nu.date(), soort="bedreiging",
                tekst=f"Geroep {i}.", vastgelegd_op=wereld.nu,
            )
        )  # fmt: skip
    db.session.commit()
    klok.moment = LATER
    return adres


def _schrijf_intussen(wereld: Wereld) -> float:
    """How long somebody at work waits for one line in the log and one in a table."""
    duur: list[float] = []
    actor = wereld.een.actoren[Rol.COORDINATOR]

    def werk() -> None:
        with wereld.app.app_context():
            sessie = db.session()
            bind_actor(sessie, actor)
            begin = time.monotonic()
            leg_vast(sessie, actor, LATER, "backup_gemaakt", "backup", "x")
            sessie.commit()
            duur.append(time.monotonic() - begin)
            db.session.remove()

    draad = threading.Thread(target=werk)
    draad.start()
    draad.join(5)
    return duur[0] if duur else 99


def test_een_droge_run_houdt_niemand_op(
    wereld: Wereld, overlast: Risicolocatie, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Halfway, with everything that it will hold in its hands, a colleague saves."""
    wachttijden: list[float] = []
    echt = bewaar_droog._neem

    def neem(*wat: Any) -> int:
        uit = echt(*wat)
        if uit and not wachttijden:
            wachttijden.append(_schrijf_intussen(wereld))
        return uit

    monkeypatch.setattr(bewaar_droog, "_neem", neem)
    voor = db.session.scalar(select(func.count()).select_from(Auditregel))
    db.session.rollback()
    uit = draai("--droog")
    assert ("overlastmelding", AANTAL) in {(r["soort"], r["aantal"]) for r in uit["vernietigd"]}
    assert wachttijden
    assert wachttijden[0] < 2
    # And what it covered for itself is there for everybody else.
    assert (tel(Overlastmelding), tel(Vernietiging)) == (AANTAL, 0)
    assert db.session.scalar(select(func.count()).select_from(Auditregel)) == (voor or 0) + 1
    assert overlast is not None


def test_het_overzicht_houdt_niemand_op(wereld: Wereld, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every kind is judged for that page; meanwhile a colleague saves."""
    wachttijden: list[float] = []
    echt = bewaar_vooruit.vooruit

    def kijk(*wat: Any) -> Any:
        wachttijden.append(_schrijf_intussen(wereld))
        return echt(*wat)

    monkeypatch.setattr(bewaar_vooruit, "vooruit", kijk)
    assert wereld.client(Rol.JURIST).get("/bewaren").status_code == 200
    assert wachttijden[0] < 2


def test_wie_werkt_wacht_hoogstens_op_een_portie(
    wereld: Wereld, overlast: Risicolocatie, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between two portions the database is free, and what a colleague stops meanwhile stays."""
    wachttijden: list[float] = []
    echt = time.sleep

    def tussendoor(seconden: float) -> None:
        if seconden == bewaar_uitvoeren.KORT_S:
            wachttijden.append(_schrijf_intussen(wereld))
            if len(wachttijden) == 1:
                sessie = db.session()
                uid = sessie.scalar(select(Risicolocatie.uid))
                sessie.add(
                    Bewaarslot(
                        gemeente_id=wereld.een.gemeente.id, object_soort="locatie", object_uid=str(uid), reden="Zaak",
                        gezet_op=LATER,
                    )
                )  # fmt: skip
                sessie.commit()
        else:
            echt(seconden)

    monkeypatch.setattr(bewaar_uitvoeren.time, "sleep", tussendoor)
    uit = draai()
    assert wachttijden
    assert max(wachttijden) < 2
    over = tel(Overlastmelding)
    assert 0 < over < AANTAL
    reden = {r["aantal"] for r in uit["blijft"] if r["soort"] == "Meldingen van overlast"}
    assert reden == {over}
    assert overlast is not None


@pytest.mark.parametrize("waar", ["in_de_portie", "voor_het_bewijsbestand", "voor_de_bestanden"])
def test_een_run_die_gedood_is_gaat_verder_en_bewijst_alles(
    wereld: Wereld, overlast: Risicolocatie, monkeypatch: pytest.MonkeyPatch, waar: str
) -> None:
    een, inst, actor = wereld.een, wereld.app.extensions["instellingen"], wereld.een.systeem
    sessie, opslag = db.session(), Opslag(inst.opslagmap)
    overlast = sessie.merge(overlast)
    overlast.status, overlast.gewijzigd_op = "uit_beeld", wereld.nu
    sha = opslag.schrijf(een.gemeente.uid, b"%PDF-1.7 canary")
    sessie.add(
        Document(
            gemeente_id=een.gemeente.id, locatie_id=overlast.id, titel="Brief", bestandsnaam="brief.pdf", op=wereld.nu,
            mediatype="application/pdf", omvang=15, sha256=sha,
        )
    )  # fmt: skip
    sessie.commit()
    hashes = {bewijs_hash("overlastmelding", u) for u in sessie.scalars(select(Overlastmelding.uid))}
    sessie.rollback()
    met_bewijs: list[int] = []
    echt_delen, echt_schrijf = vernietig_delen, bewaar_uitvoeren.Bewijsboek.schrijf
    echt_ruim = bewaar_uitvoeren.ruim_bestanden

    def dood_in(*wat: Any, **meer: Any) -> Any:
        uit = echt_delen(*wat, **meer)
        met_bewijs.append(1)
        if len(met_bewijs) == 2:
            raise Gedood()
        return uit

    def dood_voor(*wat: Any) -> Any:
        if len(wat) == 4 and wat[3]:
            raise Gedood()
        return echt_schrijf(*wat)

    def dood_bij(*wat: Any) -> Any:
        if wat[0].scalars(select(Vernietigbestand)).first() is not None:
            raise Gedood()
        return echt_ruim(*wat)

    with monkeypatch.context() as m:
        if waar == "in_de_portie":
            m.setattr("inspecties.audit.vernietigen.vernietig_delen", dood_in)
        elif waar == "voor_het_bewijsbestand":
            m.setattr(bewaar_uitvoeren.Bewijsboek, "schrijf", dood_voor)
        else:
            m.setattr(bewaar_uitvoeren, "ruim_bestanden", dood_bij)
        with pytest.raises(Gedood):
            draai()
    db.session.rollback()
    bind_actor(db.session(), actor)
    # What is gone has its proof at every moment, and the run that did not end does not say that it did.
    weg = AANTAL - tel(Overlastmelding)
    bewezen = [h for rij in db.session.scalars(select(Vernietiging)) for h in rij.hashes if h in hashes]
    assert len(bewezen) == len(set(bewezen)) == weg
    assert weg > 0
    klaar = select(func.count()).select_from(Auditregel).where(Auditregel.handeling == "bewaartermijnen_gedraaid")
    assert db.session.scalar(klaar.where(Auditregel.gemeente_id == een.gemeente.id)) == 0

    draai()
    assert (tel(Overlastmelding), tel(Document)) == (0, 0)
    assert not opslag.pad(een.gemeente.uid, sha).exists()
    bestand = lees(bewijsbestand(inst.data, een.gemeente.uid))
    in_bestand = [h for r in bestand for h in r["hashes"]]
    assert hashes <= set(in_bestand)
    assert len({r["bewijs"] for r in bestand}) == len(bestand) == tel(Vernietiging)
    assert controleer(db.session(), een.gemeente.id) is None
    assert draai()["vernietigd"] == []
