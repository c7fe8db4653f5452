"""Readiness in the round: passing over with a reason, breaking after 'gereed', who read and who fetched."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from inspecties.acties.gereedheidsbronnen import gereedheid
from inspecties.acties.models import Actie
from inspecties.acties.models_gereed import Gereedheidsuitzondering
from inspecties.acties.operations import zet_partners
from inspecties.acties.operations_toestand import naar
from inspecties.acties.queries import stops_van
from inspecties.audit.models import Auditregel
from inspecties.core.rechten import Rol
from inspecties.database import db
from inspecties.partners.models_partners import Beschikbaarheid
from tests.integration.acties.conftest import Buurt, vers
from tests.wereld import csrf


def _ziek(buurt: Buurt, toelichting: str = "", eind: datetime | None = None) -> None:
    """The inspector is away in the shift."""
    nu = buurt.wereld.nu
    db.session.add(
        Beschikbaarheid(
            gemeente_id=buurt.kring.gemeente.id,
            gebruiker_id=buurt.id_van(Rol.INSPECTEUR),
            begin_op=nu,
            eind_op=eind or nu + timedelta(hours=8),
            toelichting=toelichting,
        )
    )
    db.session.commit()


def _stuur(buurt: Buurt, actie: Actie, pad: str, **data: Any) -> Any:
    client = buurt.wereld.client(Rol.COORDINATOR)
    antwoord = client.post(f"/acties/{actie.uid}/{pad}", data={"csrf_token": csrf(client)} | data)
    db.session.rollback()
    return antwoord


def _open(buurt: Buurt, actie: Actie) -> list[str]:
    stand = gereedheid(db.session(), buurt.planner, vers(actie), buurt.wereld.nu)
    return [punt.code for punt in stand.blokkades]


def test_overslaan_met_reden_en_het_punt_verandert(buurt: Buurt) -> None:
    actie = buurt.actie(2)
    _ziek(buurt)
    assert _open(buurt, actie) == ["mens_niet_beschikbaar"]
    punt = {"code": "mens_niet_beschikbaar", "sleutel": str(buurt.id_van(Rol.INSPECTEUR))}
    kort = _stuur(buurt, actie, "gereedheid/overslaan", **punt, reden="mag")
    assert kort.status_code == 422
    assert "minstens 10 tekens" in kort.get_data(as_text=True)
    assert _stuur(buurt, actie, "gereedheid/overslaan", **punt, reden="Komt toch, is afgesproken.").status_code == 302
    assert _open(buurt, actie) == []
    # Shown as passed over, on the list and on the page of the action.
    client = buurt.wereld.client(Rol.COORDINATOR)
    for pad in (f"/acties/{actie.uid}/gereedheid", f"/acties/{actie.uid}"):
        tekst = client.get(pad).get_data(as_text=True)
        assert "Komt toch, is afgesproken." in tekst
        assert "Overgeslagen" in tekst
    # The point says something else now: the reason was not about that.
    db.session.rollback()
    db.session.query(Beschikbaarheid).update({"eind_op": buurt.wereld.nu + timedelta(hours=2)})
    db.session.commit()
    assert _open(buurt, actie) == ["mens_niet_beschikbaar"]
    assert _stuur(buurt, actie, "gereedheid/overslaan", **punt, reden="Komt na de vergadering.").status_code == 302
    rijen = db.session.scalars(select(Gereedheidsuitzondering).order_by(Gereedheidsuitzondering.id)).all()
    assert [rij.vervallen_reden for rij in rijen] == ["Het punt is veranderd.", ""]
    assert _stuur(buurt, actie, f"gereedheid/{rijen[1].uid}/terug").status_code == 302
    assert _open(buurt, actie) == ["mens_niet_beschikbaar"]
    daden = db.session.scalars(
        select(Auditregel.handeling).where(Auditregel.handeling.like("gereedheid%")).order_by(Auditregel.id)
    ).all()
    assert list(daden) == ["gereedheid_overgeslagen", "gereedheid_hersteld"] * 2


def test_onrechtmatig_binnentreden_is_niet_over_te_slaan(buurt: Buurt) -> None:
    actie = buurt.actie(1)
    (stop,) = stops_van(db.session(), buurt.planner, actie)
    stop.toegangsgrond = "machtiging"
    uid = str(stop.uid)
    db.session.commit()
    antwoord = _stuur(
        buurt,
        actie,
        "gereedheid/overslaan",
        code="machtiging_ontbreekt",
        sleutel=uid,
        reden="Wij gaan toch naar binnen.",
    )
    assert antwoord.status_code == 409
    assert "Dit punt kunt u niet overslaan." in antwoord.get_data(as_text=True)
    assert "machtiging_ontbreekt" in _open(buurt, actie)


def test_na_gereed_afgezegd_staat_rood_en_blijft_gereed(buurt: Buurt) -> None:
    actie = buurt.actie(1)
    sessie, nu = db.session(), buurt.wereld.nu
    naar(sessie, buurt.planner, nu, actie, "gereed")
    sessie.commit()
    client = buurt.wereld.client(Rol.COORDINATOR)
    assert "Niet meer gereed" not in client.get("/").get_data(as_text=True)
    assert buurt.kring.organisatie is not None
    zet_partners(sessie, buurt.planner, nu, vers(actie), {buurt.kring.organisatie.id: "afgezegd"})
    sessie.commit()
    for pad in (f"/acties/{actie.uid}", f"/acties/{actie.uid}/gereedheid"):
        tekst = client.get(pad).get_data(as_text=True)
        assert "Politie heeft afgezegd" in tekst, pad
    thuis = client.get("/").get_data(as_text=True)
    assert "Niet meer gereed" in thuis
    assert "Politie heeft afgezegd" not in thuis, "no names on the home page"
    assert vers(actie).toestand == "gereed"
    # Who goes along is not troubled with it.
    assert "Niet meer gereed" not in buurt.wereld.client(Rol.INSPECTEUR).get("/").get_data(as_text=True)


@pytest.mark.parametrize("database", ["spatialite"], indirect=True)
def test_wie_het_plan_ophaalde_en_van_welk_plan(buurt: Buurt) -> None:
    actie = buurt.actie(2)
    sessie, nu = db.session(), buurt.wereld.nu
    naar(sessie, buurt.planner, nu, actie, "gereed")
    sessie.commit()

    def tablets() -> list[str]:
        stand = gereedheid(db.session(), buurt.planner, vers(actie), nu)
        return [punt.code for punt in stand.aandacht if punt.code.startswith("tablet")]

    assert tablets() == ["tablet_geen"]
    assert buurt.wereld.client(Rol.INSPECTEUR).get("/api/dienst?datum=2026-11-21").status_code == 200
    assert tablets() == []
    stops_van(db.session(), buurt.planner, vers(actie))[0].duur_min = 45
    db.session.commit()
    assert tablets() == ["tablet_oud"]
