"""A proof that stood in the old database only: a restore takes it out before that database is replaced."""

from datetime import UTC, datetime, timedelta

import pytest

from inspecties.audit.bewijsbestand import bewijsbestand, lees
from inspecties.core.fouten import NietGevonden
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dienst.backup import oude_bewijzen
from inspecties.gebruikers import herstelcodes
from inspecties.gebruikers.models_factoren import Wachtwoordverzoek
from inspecties.gebruikers.vergeten import open_verzoek
from tests.integration.bewaren.test_bewaren_alles import draai
from tests.integration.bewaren.test_bewaren_stop import een_bezoek
from tests.integration.dienst.test_backup import Dienst, dienst
from tests.integration.dienst.test_backup_vernietigd import hoeveel
from tests.wereld import Wereld

__all__ = ["dienst"]

LATER = datetime(2028, 3, 1, 12, 0, tzinfo=UTC)


def test_wat_een_keer_werkt_komt_niet_terug(dienst: Dienst, wereld: Wereld) -> None:
    """A recovery code and a link may have been used after the backup."""
    wie = wereld.een.actoren[Rol.JURIST].gebruiker_id or 0
    bos = dienst.app.extensions["sleutelbos"]
    code = herstelcodes.maak_reeks(db.session(), bos, wereld.nu, wie)[0]
    verzoek = Wachtwoordverzoek(gebruiker_id=wie, gevraagd_op=wereld.nu, geldig_tot=wereld.nu + timedelta(days=9))
    db.session.add(verzoek)
    db.session.commit()
    uid = verzoek.uid
    backup = dienst.backup()
    dienst.herstel(backup, overschrijf=True)
    assert not herstelcodes.verbruik_code(db.session(), bos, dienst.klok.nu(), wie, code)
    with pytest.raises(NietGevonden):
        open_verzoek(db.session(), dienst.klok.nu(), uid)


def test_herstel_leest_eerst_de_bewijzen_van_wat_er_stond(
    dienst: Dienst, wereld: Wereld, klok: VasteKlok, monkeypatch: pytest.MonkeyPatch
) -> None:
    een_bezoek(wereld)
    backup = dienst.backup()
    klok.moment = LATER
    draai()
    # Killed between the destruction and the file.
    bestand = bewijsbestand(dienst.inst.data, wereld.een.gemeente.uid)
    bestand.unlink()
    uit = dienst.herstel(backup, overschrijf=True)
    assert uit.problemen == []
    assert uit.opnieuw_vernietigd > 0
    assert hoeveel(dienst.inst, klok)[0] == 0
    assert "bezoek" in {regel["soort"] for regel in lees(bestand)}

    # What cannot be written stops no restore, and is said.
    def vol(*_: object) -> int:
        raise OSError(28, "vol")

    monkeypatch.setattr(oude_bewijzen, "schrijf", vol)
    klok.moment = LATER.replace(hour=13)
    uit = dienst.herstel(backup, overschrijf=True)
    assert [p for p in uit.problemen if "bewijzen van vernietiging" in p and "OSError" in p]
