"""A token opens the door it was made for and no other, and none that was made with another key (ASVS 9.1.1, 9.2.2)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from inspecties.acties.agendafeed import maak_feed
from inspecties.core.ids import nieuw_id
from inspecties.core.rechten import Rol
from inspecties.core.sleutelbos import lees_sleutelbos
from inspecties.database.basis import db
from inspecties.gebruikers.beheer_link import maak_link
from inspecties.gebruikers.models import Gebruiker
from inspecties.gebruikers.models_factoren import Wachtwoordverzoek
from inspecties.post.links import maak_token
from inspecties.post.rules.bericht import Geheimlink
from tests.integration.gebruikers.test_aanmelden import meld_aan
from tests.wereld import Wereld

# Door -> what it says of a token: the code with which it opens, and how it is asked.
DEUREN: dict[str, Callable[[Flask, str], int]] = {
    "wachtwoordlink": lambda app, t: app.test_client().get(f"/wachtwoord/{t}").status_code,
    "mail": lambda app, t: app.test_client().get(f"/wachtwoord-nieuw/{t}").status_code,
    "uitnodiging": lambda app, t: app.test_client().get(f"/uitnodiging/{t}").status_code,
    "agenda": lambda app, t: app.test_client().get(f"/agenda/{t}.ics").status_code,
    "sessie": lambda app, t: _met_koekje(app, "inspecties", t),
}


def _met_koekje(app: Flask, naam: str, waarde: str) -> int:
    client = app.test_client()
    client.set_cookie(naam, waarde)
    return client.get("/hulp").status_code


@pytest.fixture
def tokens(wereld: Wereld) -> dict[str, str]:
    """One of each kind, fresh; "toestel" is the cookie that only knows a browser again."""
    app, sessie, nu = wereld.app, db.session(), wereld.nu
    client = app.test_client()
    email = wereld.een.emails[Rol.INSPECTEUR]
    assert meld_aan(client, email).status_code == 302
    gebruiker = sessie.scalars(select(Gebruiker).where(Gebruiker.email == email)).one()
    verzoek = Wachtwoordverzoek(gebruiker_id=gebruiker.id, gevraagd_op=nu, geldig_tot=nu + timedelta(hours=1))
    sessie.add(verzoek)
    sessie.flush()
    bos = app.extensions["sleutelbos"]
    uit = {
        "wachtwoordlink": maak_link(str(app.secret_key), nu, gebruiker).bewijs,
        "mail": maak_token(bos, Geheimlink("wachtwoord", str(verzoek.uid), 1)),
        "agenda": maak_feed(sessie, wereld.een.actoren[Rol.INSPECTEUR], nu),
        # Of the same row, signed for something else, or in another round, or with another key.
        "mail voor een ander doel": maak_token(bos, Geheimlink("uitnodiging", str(verzoek.uid), 1)),
        "mail van een andere ronde": maak_token(bos, Geheimlink("wachtwoord", str(verzoek.uid), 2)),
        "mail met een andere sleutel": maak_token(
            lees_sleutelbos("", "een-ander-geheim-" * 3), Geheimlink("wachtwoord", str(verzoek.uid), 1)
        ),
        "link met een andere sleutel": maak_link("een-ander-geheim-" * 3, nu, gebruiker).bewijs,
        "link van een ander": maak_token(bos, Geheimlink("wachtwoord", str(nieuw_id()), 1)),
    }
    for soort, naam in (("sessie", "inspecties"), ("toestel", "inspecties_toestel")):
        koekje = client.get_cookie(naam)
        assert koekje is not None
        uit[soort] = koekje.value
    sessie.commit()
    return uit


@pytest.mark.parametrize("database", ["spatialite"], indirect=True)
def test_een_token_opent_alleen_de_eigen_deur(app: Flask, tokens: dict[str, str]) -> None:
    open_ = {(soort, deur) for soort, t in tokens.items() for deur, doe in DEUREN.items() if doe(app, t) == 200}
    assert open_ == {(deur, deur) for deur in ("wachtwoordlink", "mail", "agenda", "sessie")}
