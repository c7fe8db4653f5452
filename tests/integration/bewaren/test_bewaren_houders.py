"""A hold reaches what belongs to it: the signals of a place, and what is known of the places of a dossier."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from inspecties.acties.models import Stop
from inspecties.acties.models_machtiging import Machtiging
from inspecties.acties.models_verslag import Verslag
from inspecties.audit.models_bewaren import Bewaarslot
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers.models import Dossier, Voorstel
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_feiten import Overlastmelding
from inspecties.signalen.melder import Betrokkengegevens, Meldergegevens, bewaar_betrokkene, bewaar_melder
from inspecties.signalen.models import Signaal
from inspecties.signalen.models_melder import Betrokkene, Melder
from inspecties.start.models_inzage import Inzagestap, Inzageverzoek
from tests.integration.bewaren.test_bewaren_alles import draai
from tests.integration.bewaren.test_bewaren_stop import een_bezoek
from tests.integration.rechten.machtiging_toneel import maak_machtiging
from tests.integration.rechten.verslag_toneel import maak_verslag
from tests.locatiewereld import maak_locatie, maak_typen
from tests.overzichtwereld import maak_bevinding
from tests.wereld import Wereld, csrf

LATER = datetime(2032, 2, 1, 12, 0, tzinfo=UTC)
OP_SLOT = "de vernietiging is stopgezet"


def plek(wereld: Wereld, adres: str = "Kade 8") -> Risicolocatie:
    maak_typen(wereld.een)
    return maak_locatie(wereld.een, wereld.nu, adres)


def tel(model: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def slot(wereld: Wereld, soort: str, uid: object) -> None:
    db.session.add(
        Bewaarslot(
            gemeente_id=wereld.een.gemeente.id, object_soort=soort, object_uid=str(uid), reden="Zaak bij de rechter",
            gezet_op=wereld.nu,
        )
    )  # fmt: skip
    db.session.commit()


def laat_los(wereld: Wereld) -> None:
    db.session.scalars(select(Bewaarslot)).one().opgeheven_op = wereld.nu
    db.session.commit()


def redenen(uit: dict[str, Any]) -> set[tuple[str, str]]:
    return {(r["soort"], r["reden"]) for r in uit["blijft"]}


def test_een_slot_op_de_locatie_houdt_haar_signalen_met_wie_erin_staat(wereld: Wereld, klok: VasteKlok) -> None:
    sessie, een, nu = db.session(), wereld.een, wereld.nu
    bos = wereld.app.extensions["sleutelbos"]
    adres = plek(wereld)
    signaal = Signaal(
        gemeente_id=een.gemeente.id, nummer="S1", datum=nu.date(), bron="inwoner", vorm="arbeidsuitbuiting",
        tekst="Busje voor de deur.", ontvangen_op=nu, locatie_id=adres.id, status="afgesloten",
    )  # fmt: skip
    sessie.add(signaal)
    sessie.flush()
    bewaar_melder(sessie, bos, signaal, Meldergegevens("Buur Snoek", "06-12345678"), terugkoppeling=False)
    bewaar_betrokkene(sessie, bos, nu, signaal, "onbekend", Betrokkengegevens(naam="Anna"))
    sessie.commit()
    slot(wereld, "locatie", adres.uid)
    klok.moment = LATER
    for opties in (("--droog",), ()):
        uit = draai(*opties)
        assert uit["vernietigd"] == []
        assert redenen(uit) >= {
            ("Signalen zonder opvolging", OP_SLOT), ("Melders", OP_SLOT), ("Betrokkenen", OP_SLOT)
        }  # fmt: skip
    assert (tel(Signaal), tel(Melder), tel(Betrokkene)) == (1, 1, 1)
    laat_los(wereld)
    draai()
    assert (tel(Signaal), tel(Melder), tel(Betrokkene)) == (0, 0, 0)


def _dossier(wereld: Wereld, adres: Risicolocatie) -> Dossier:
    jurist = wereld.een.actoren[Rol.JURIST]
    dossier = Dossier(
        gemeente_id=wereld.een.gemeente.id, nummer="2026-001", soort="sluiting", grondslag="x", titel="Kade",
        opgesteld_door_id=jurist.gebruiker_id, aangemaakt_op=wereld.nu,
    )  # fmt: skip
    dossier.locaties.append(adres)
    db.session.add(dossier)
    db.session.add(
        Overlastmelding(
            gemeente_id=wereld.een.gemeente.id, locatie_id=adres.id, datum=wereld.nu.date(), soort="bedreiging",
            tekst="Geroep in de nacht.", vastgelegd_op=wereld.nu,
        )
    )  # fmt: skip
    db.session.commit()
    return dossier


def _termijn(wereld: Wereld, dossier: Dossier) -> None:
    db.session.add(
        Looptermijn(
            gemeente_id=wereld.een.gemeente.id, dossier_id=dossier.id, code="bezwaar", regel={},
            start_datum=wereld.nu.date(), einde_datum=LATER.date(), gemaakt_op=wereld.nu,
            eigenaar_id=wereld.een.actoren[Rol.JURIST].gebruiker_id,
        )
    )  # fmt: skip
    db.session.commit()


def _termijn_gedaan() -> None:
    termijn = db.session.scalars(select(Looptermijn)).one()
    termijn.stand, termijn.klaar_op = "gedaan", LATER
    db.session.commit()


@pytest.mark.parametrize("waardoor", ["slot", "procedure"])
def test_een_dossier_houdt_wat_van_zijn_locatie_bekend_is(wereld: Wereld, klok: VasteKlok, waardoor: str) -> None:
    adres = plek(wereld)
    dossier = _dossier(wereld, adres)
    if waardoor == "slot":
        slot(wereld, "dossier", dossier.uid)
        reden = OP_SLOT
    else:
        _termijn(wereld, dossier)
        reden = f"er loopt een termijn tot en met {LATER:%d-%m-%Y}"
    klok.moment = LATER
    for opties in (("--droog",), ()):
        uit = draai(*opties)
        assert "overlastmelding" not in {r["soort"] for r in uit["vernietigd"]}
        assert ("Meldingen van overlast", reden) in redenen(uit)
    assert tel(Overlastmelding) == 1
    if waardoor == "slot":
        laat_los(wereld)
    else:
        _termijn_gedaan()
    draai()
    assert tel(Overlastmelding) == 0


def test_een_afgewezen_verzoek_van_een_persoon_gaat_ook_weg(wereld: Wereld, klok: VasteKlok) -> None:
    client = wereld.client(Rol.JURIST)

    def doe(pad: str, **velden: str) -> int:
        return client.post(pad, data=velden | {"csrf_token": csrf(client)}).status_code

    assert doe("/verzoeken/nieuw", soort="inzage", naam="Annika Snoek", ontvangen_op="2026-11-20") == 302
    verzoek = db.session.scalars(select(Inzageverzoek)).one()
    assert doe(f"/verzoeken/{verzoek.uid}/afwijzen", afwijzing="De persoon toont niet wie zij is.") == 302
    db.session.rollback()
    assert db.session.scalars(select(Inzagestap.naar).order_by(Inzagestap.id)).all()[-1] == "afgewezen"
    # Two years after the rejection, as after an answer; not a day before.
    klok.moment = datetime(2028, 11, 20, 12, 0, tzinfo=UTC)
    assert "inzageverzoek" not in {r["soort"] for r in draai()["vernietigd"]}
    assert tel(Inzageverzoek) == 1
    klok.moment = datetime(2028, 11, 21, 12, 0, tzinfo=UTC)
    assert "inzageverzoek" in {r["soort"] for r in draai()["vernietigd"]}
    assert (tel(Inzageverzoek), tel(Inzagestap)) == (0, 0)


@pytest.mark.parametrize("waardoor", ["bezoek", "dossier", "procedure", "bevinding"])
def test_machtiging_en_verslag_blijven_zolang_het_bezoek_of_zijn_dossier_moet(
    wereld: Wereld, klok: VasteKlok, waardoor: str
) -> None:
    """They show that the inspectors were there lawfully: without them what they found is worth nothing in court."""
    bezoek = een_bezoek(wereld)
    stop = db.session.scalars(select(Stop.uid).where(Stop.id == bezoek.stop_id)).one()
    maak_machtiging(wereld, wereld.een, stop)
    maak_verslag(wereld, wereld.een, stop)
    dossier = _dossier(wereld, bezoek.locatie)
    if waardoor == "bevinding":
        gid = wereld.een.gemeente.id
        bevinding = maak_bevinding(bezoek, "overbewoning")
        db.session.add(
            Voorstel(
                gemeente_id=gid, bevinding_id=bevinding.id, dossier_id=dossier.id, status="open", gemaakt_op=wereld.nu
            )
        )
    else:
        dossier.bezoeken.append(bezoek)
    db.session.commit()
    if waardoor == "procedure":
        _termijn(wereld, dossier)
    else:
        slot(wereld, *(("bezoek", bezoek.uid) if waardoor == "bezoek" else ("dossier", dossier.uid)))
    klok.moment = LATER
    uit = draai()
    assert {"machtiging", "verslag_binnentreden"} & {r["soort"] for r in uit["vernietigd"]} == set()
    assert (tel(Machtiging), tel(Verslag)) == (1, 1)
    reden = f"er loopt een termijn tot en met {LATER:%d-%m-%Y}" if waardoor == "procedure" else OP_SLOT
    assert redenen(uit) >= {("Machtigingen tot binnentreden", reden), ("Verslagen van binnentreden", reden)}
    if waardoor == "procedure":
        _termijn_gedaan()
    else:
        laat_los(wereld)
    draai()
    assert (tel(Machtiging), tel(Verslag)) == (0, 0)
