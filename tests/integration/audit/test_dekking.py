"""By generation: whoever sees a person or a dossier leaves a line that names it."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.routing import Rule

from inspecties.audit.models import Auditregel
from inspecties.core.rechten import MENSEN, RECHTEN, Rol, rol_mag
from inspecties.database.basis import db
from tests.integration.rechten.routes import RECHT_VAN, noemt_object, waarden_voor
from tests.integration.rechten.tegel_toneel import zet_tegels_klaar
from tests.integration.rechten.test_matrix import pad_van, routes
from tests.integration.rechten.toneel import Toneel, bouw
from tests.wereld import Wereld

# What opens persons, cases and proof. A new right is thought about: the test below fails for one in neither list.
OVER_PERSONEN = {
    *("bewaren.lezen", "bewaren.stopzetten"),
    *("bewijs.afdekken", "bewijs.origineel", "bezoeken.herstellen", "bezoeken.lezen", "bibob.lezen"),
    *("dossiers.besluiten", "dossiers.bewerken", "dossiers.lezen", "locaties.personen", "melder.lezen"),
    *("betrokkenen.lezen", "mensenhandel.beoordelen", "signalen.lezen", "signalen.behandelen", "signalen.bewaren"),
    *("voorstellen.lezen", "voorstellen.beoordelen", "verslagen.lezen", "machtigingen.lezen"),
    *(
        "politiegegevens.apart",
        "politiegegevens.apart_bezoek",
        "politiegegevens.apart_signaal",
        "politiegegevens.lezen",
        "politiegegevens.terug",
    ),
    *("inzage.lezen", "inzage.behandelen", "inzage.beoordelen", "inzage.controleren", "audit.lezen"),
}
# What else a role may do: places, work and settings. Employees stand there by name, in what they do for their work.
ZONDER_PERSONEN = {
    "register.lezen",
    "politiegegevens.aanwijzen",
    *("account.beheren", "acties.lezen", "acties.plannen", "actieverslag.lezen", "adressen.importeren"),
    *("adressen.zoeken", "afspraken.bijwerken", "afspraken.lezen", "ambten.vastleggen", "bezoeken.invullen"),
    *("bezoeken.papier", "briefing.lezen", "checklists.beheren", "checklists.lezen", "debriefing.lezen"),
    *("debriefing.vastleggen", "dienst.ophalen", "gebruikers.beheren", "hulp.lezen", "koppelingen.elders"),
    *("koppelingen.lezen", "koppelingen.vastleggen", "locaties.bewerken", "locaties.exporteren", "locaties.importeren"),
    *("locaties.lezen", "locaties.samenvoegen", "locatietypen.beheren", "machtigingen.aanvragen"),
    *("machtigingen.ondertekenen", "operaties.insturen", "partners.beheren", "partners.lezen", "post.beheren"),
    *("prioriteit.kiezen", "prioriteit.lezen", "prioriteit.wegen", "rapportages.lezen", "samenwerking.beheren"),
    *(
        "signalen.melden",
        "sjablonen.beheren",
        "startpagina.lezen",
        "telefoonbesluiten.vastleggen",
        "toestellen.beheren",
    ),
    *("uitkomsten.lezen", "vervanging.regelen", "verslagen.maken", "voertuigen.beheren"),
}
# Forms without anything of a person in them, and lists of kinds or numbers.
ZONDER: dict[str, str] = {
    "bibob.nieuw": "an empty form",
    "bureau.kaart": "the map on a page whose reading is logged",
    "controles.bewijsstuk": "its page was read just now; fetched by itself it leaves a line (test_beelden)",
    "dossiers.bewijsbeeld": "its page was read just now; fetched by itself it leaves a line (test_beelden)",
    "inzage.lijst": "numbers, kinds and days of requests; who asks stands on the page of each",
    "inzage.nieuw": "an empty form",
    "inzage.plek": "the line is on the thing that was read, with the number of the request",
    "kaart_api.signaalwarmte": "coarse counts per cell",
    "meldroute.nieuw_overleg": "an empty form",
    "meldroute.overleggen": "names and days of meetings; the page of each is logged",
    "mensenhandel.bewijs": "its page was read just now; fetched by itself it leaves a line (test_beelden)",
    "signaalmelder.betrokkenen": "asks the purpose; the answer to that form is logged",
    "signaalmelder.toon_melder": "asks the purpose; the answer to that form is logged",
    "termijnen.termijn": "the line is on the dossier of the term",
    "termijnen.waarschuwen": "on which days one is warned: no dossier",
    "volledig.stand": "how far the making of a file is; the page around it is logged",
}


def test_van_elk_recht_is_bedacht_of_het_over_personen_gaat() -> None:
    assert OVER_PERSONEN.isdisjoint(ZONDER_PERSONEN)
    assert set(RECHTEN) == OVER_PERSONEN | ZONDER_PERSONEN


def laatste(sessie_nr: int) -> list[Auditregel]:
    db.session.rollback()
    return list(db.session.scalars(select(Auditregel).where(Auditregel.id > sessie_nr).order_by(Auditregel.id)))


def over_personen(app: Flask, toneel: Toneel, rol: Rol) -> Iterator[tuple[Rule, str]]:
    for regel, methode in routes(app):
        recht = RECHT_VAN[regel.endpoint]
        if methode == "GET" and recht in OVER_PERSONEN and rol_mag(rol, recht):
            yield regel, pad_van(app, regel, waarden_voor(regel, toneel, rol))


# Every page of a person or a case for every role: on a machine that does other work, some minutes.
@pytest.mark.timeout(900)
@pytest.mark.parametrize("database", ["spatialite"], indirect=True)
def test_wie_een_persoon_of_dossier_ziet_staat_in_het_logboek(
    app: Flask, wereld: Wereld, monkeypatch: pytest.MonkeyPatch
) -> None:
    zet_tegels_klaar(app, monkeypatch)
    toneel = bouw(wereld, wereld.een)
    stil: dict[str, str] = {}
    gezien: set[str] = set()
    for rol in sorted(MENSEN):
        client = wereld.client(rol)
        for regel, pad in over_personen(app, toneel, rol):
            hoogste = db.session.scalar(select(func.max(Auditregel.id))) or 0
            with client.get(pad) as antwoord:
                if antwoord.status_code != 200:
                    continue
            gezien.add(regel.endpoint)
            regels = laatste(hoogste)
            wie = wereld.een.actoren[rol].gebruiker_id
            eigen = [r for r in regels if r.gebruiker_id == wie]
            if not eigen:
                stil[regel.endpoint] = "geen regel"
            elif noemt_object(regel):
                genoemd = " ".join(f"{r.object_uid} {r.gegevens}" for r in eigen)
                waarden = [str(w) for w in waarden_voor(regel, toneel, rol).values()]
                if not any(w in genoemd for w in waarden):
                    stil[regel.endpoint] = f"noemt het niet: {[r.handeling for r in eigen]}"
    assert len(gezien) > 60
    vergeten = sorted(f"{e}: {w}" for e, w in stil.items() if e not in ZONDER)
    if vergeten:
        pytest.fail("Zonder regel in het logboek:\n" + "\n".join(vergeten))
    assert set(ZONDER) <= set(stil), "what leaves a line now needs no reason any more"
