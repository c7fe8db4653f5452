"""A role that ends opens nothing any more, here and now; what the person has in another gemeente goes on."""

import pytest
from flask import Flask
from sqlalchemy import select

from inspecties.core.actor import systeem
from inspecties.core.fouten import Conflict
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers.vervanging import kabinetsleden
from inspecties.gebruikers.models import Lidmaatschap, Roleinde
from inspecties.gebruikers.operations import blokkeer, open_rol, sluit_rol, zonder_groep
from tests.integration.gebruikers.test_aanmelden import meld_aan
from tests.integration.gebruikers.test_beheer import post, tekst
from tests.integration.gebruikers.test_oidc import dienst, log_in, toepassing
from tests.oidcdienst import Oidcdienst
from tests.wereld import Wereld, csrf

__all__ = ["dienst", "toepassing"]


def _lid(wereld: Wereld, rol: Rol) -> Lidmaatschap:
    db.session.rollback()
    wie = wereld.een.actoren[rol]
    return db.session.scalars(
        select(Lidmaatschap).where(
            Lidmaatschap.gebruiker_id == wie.gebruiker_id, Lidmaatschap.gemeente_id == wie.gemeente_id
        )
    ).one()


def test_wie_ook_elders_werkt_is_hier_te_blokkeren(wereld: Wereld) -> None:
    wie, email = wereld.een.actoren[Rol.KABINET], wereld.een.emails[Rol.KABINET]
    beheerder, binnen = wereld.client(Rol.BEHEERDER), wereld.client(Rol.KABINET)
    uid = _lid(wereld, Rol.KABINET).uid
    db.session.add(Lidmaatschap(gemeente_id=wereld.twee.gemeente.id, gebruiker_id=wie.gebruiker_id, rol="jurist"))
    db.session.commit()
    assert any(str(wie.gebruiker_uid) == lid[0] for lid in kabinetsleden(db.session(), wereld.een.actoren[Rol.JURIST]))
    assert post(beheerder, f"/beheer/{uid}/blokkeren").status_code == 302
    assert binnen.get("/").status_code == 302, "out at once"
    assert "Geblokkeerd" in tekst(beheerder.get(f"/beheer/{uid}"))
    elders = wereld.app.test_client()
    assert meld_aan(elders, email).status_code == 302
    assert "Houtribdijk" in tekst(elders.get("/account")), "the other gemeente goes on"
    db.session.rollback()
    assert not [
        lid for lid in kabinetsleden(db.session(), wereld.een.actoren[Rol.JURIST]) if lid[0] == wie.gebruiker_uid
    ]
    assert post(beheerder, f"/beheer/{uid}/deblokkeren").status_code == 302
    weer = wereld.app.test_client()
    meld_aan(weer, email)
    assert "Markerwaard" in tekst(weer.get("/account"))


def test_zonder_groep_sluit_ook_het_geheime_adres(
    toepassing: Flask, wereld: Wereld, dienst: Oidcdienst, klok: VasteKlok
) -> None:
    """The calendar's address is no login: it must not outlive the role. Nor does the role count as a beheerder."""
    mens = {"email": "b2@markerwaard.example", "email_verified": True, "amr": ["mfa"]}
    dienst.zet("b2", **mens, groups=["mh-beheer"])
    client = toepassing.test_client()
    log_in(client, dienst, klok, "b2")
    dienst.zet("c2", email="c2@markerwaard.example", email_verified=True, amr=["mfa"], groups=["mh-coordinatoren"])
    planner = toepassing.test_client()
    log_in(planner, dienst, klok, "c2")
    pagina = planner.post(
        "/account/agenda", data={"keuze": "maken", "csrf_token": csrf(planner)}, follow_redirects=True
    )
    adres = next(deel for deel in tekst(pagina).split('"') if deel.endswith(".ics"))
    pad = adres[adres.index("/agenda/") :]
    assert toepassing.test_client().get(pad).status_code == 200
    for wie, naam in (("b2", "b2"), ("c2", "c2")):
        dienst.zet(wie, **mens | {"email": f"{naam}@markerwaard.example"}, groups=[])
        assert log_in(toepassing.test_client(), dienst, klok, wie).status_code == 403
    assert toepassing.test_client().get(pad).status_code == 404
    db.session.rollback()
    assert db.session.scalars(select(Roleinde.reden)).all() == ["groep", "groep"]
    # Who is out by the groups is no other beheerder: the one that is left cannot be blocked.
    with pytest.raises(Conflict, match="laatste beheerder"):
        blokkeer(db.session(), systeem(wereld.een.gemeente.id), klok.nu(), _lid(wereld, Rol.BEHEERDER))
    db.session.rollback()
    dienst.zet("b2", **mens, groups=["mh-beheer"])
    weer = toepassing.test_client()
    log_in(weer, dienst, klok, "b2")
    assert weer.get("/beheer").status_code == 200, "back in the group, back in the role"


@pytest.mark.parametrize("ook_elders", [True, False])
def test_wie_ook_is_geblokkeerd_blijft_dicht_als_de_groep_terugkomt(wereld: Wereld, ook_elders: bool) -> None:
    sessie, lid = db.session(), _lid(wereld, Rol.KABINET)
    if ook_elders:
        sessie.add(
            Lidmaatschap(gemeente_id=wereld.twee.gemeente.id, gebruiker_id=lid.gebruiker_id, rol=Rol.JURIST.value)
        )
        sessie.flush()
    assert sluit_rol(sessie, wereld.nu, lid, "groep")
    assert not sluit_rol(sessie, wereld.nu, lid, "groep")
    blokkeer(sessie, wereld.een.actoren[Rol.BEHEERDER], wereld.nu, lid)
    assert open_rol(sessie, wereld.nu, lid, "groep")
    assert lid.dicht_sinds is not None
    assert not zonder_groep(sessie, lid)
