"""Splitting, joining and linking signals; what is known already; a visit that does not tell of the signal."""

from collections import Counter
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from inspecties.acties.models import Actie, Stop
from inspecties.acties.operations import maak_actie
from inspecties.acties.rules.gegevens import ActieGegevens
from inspecties.audit.models import Auditregel
from inspecties.checklists.models import Checklist
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers.models import Dossier
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_partijen import Partij, Partijrol
from inspecties.signalen import koppelen, triage
from inspecties.signalen.models import Signaal
from inspecties.signalen.models_meldroute import Signaalband, Signaallocatie
from tests.integration.signalen.test_meldroute import A, maak, post, regels, tekst
from tests.locatiewereld import maak_locatie, maak_typen
from tests.wereld import Wereld

TEKST = "Busjes voor de deur. Iemand huilde.\nIn de loods staat een bed."


def signaal_met(nummer: str) -> Signaal:
    return db.session.scalars(select(Signaal).where(Signaal.nummer == nummer)).one()


def plek(wereld: Wereld, naam: str = "Pension De Kade", **feiten: Any) -> Risicolocatie:
    if db.session.scalars(select(Checklist)).first() is None:
        db.session.add(Checklist(gemeente_id=wereld.een.gemeente.id, code="pand", titel="Pand"))
        maak_typen(wereld.een)
    return maak_locatie(wereld.een, wereld.nu, naam, **feiten)


def test_splitsen_bewaart_elk_woord_en_wijst_beide_kanten_op(wereld: Wereld) -> None:
    oud = maak(wereld, tekst=TEKST)
    uid, nummer, client = oud.uid, oud.nummer, wereld.client(A)
    assert "Vink aan welke zinnen" in tekst(post(client, f"/signalen/{uid}/splitsen"))
    assert "ten minste één zin" in tekst(post(client, f"/signalen/{uid}/splitsen", stukken=["0", "1", "2"]))
    antwoord = post(client, f"/signalen/{uid}/splitsen", stukken=["2"])
    nieuw_pagina = tekst(client.get(antwoord.location))
    nieuw = signaal_met("S2026-0002")
    assert (signaal_met(nummer).tekst, nieuw.tekst) == (
        "Busjes voor de deur. Iemand huilde.",
        "In de loods staat een bed.",
    )
    assert Counter(f"{signaal_met(nummer).tekst} {nieuw.tekst}".split()) == Counter(TEKST.split())
    assert nieuw.ontvangen_op == signaal_met(nummer).ontvangen_op, "how long it is kept does not begin again"
    assert "Afgesplitst van" in nieuw_pagina
    assert "S2026-0002" in tekst(client.get(f"/signalen/{uid}"))


def test_samenvoegen_laat_beide_leesbaar_en_neemt_alles_mee(wereld: Wereld) -> None:
    een, twee = plek(wereld), plek(wereld, "Loods 12", dx=500)
    hoofd = maak(wereld, tekst="Het eerste.", locatie=een)
    dubbel = maak(wereld, tekst="Het tweede.", locatie=twee, indicatoren=["schulden"])
    sessie, actor = db.session(), wereld.een.actoren[A]
    triage.beantwoord(sessie, actor, wereld.nu, dubbel, {"mogelijk_slachtoffer": "ja"})
    dubbel.urgentie = "hoog"
    sessie.commit()
    client, uid = wereld.client(A), dubbel.uid
    assert "Dit nummer bestaat niet" in tekst(post(client, f"/signalen/{uid}/samenvoegen", nummer="S1999-0001"))
    assert "niet met zichzelf" in tekst(post(client, f"/signalen/{uid}/samenvoegen", nummer=dubbel.nummer))
    antwoord = post(client, f"/signalen/{uid}/samenvoegen", nummer=" s2026-0001 ")
    pagina = tekst(client.get(antwoord.location))
    for woord in ("Het eerste.", "Het tweede.", "Ook gemeld als", "Loods 12", "Opgebouwde schulden"):
        assert woord in pagina
    hoofd, dubbel = signaal_met("S2026-0001"), signaal_met("S2026-0002")
    assert (hoofd.urgentie, hoofd.tekst, dubbel.tekst) == ("hoog", "Het eerste.", "Het tweede.")
    assert dubbel.status == "afgesloten"
    assert "mogelijk slachtoffer" in pagina, "care goes on at the main signal"
    assert "Samengevoegd met een ander signaal" in tekst(client.get(f"/signalen/{uid}"))
    assert post(client, f"/signalen/{uid}/samenvoegen", nummer="S2026-0001").status_code == 422, "joined already"
    los = post(client, f"/signalen/{uid}/stap/verrijken", gezien="afgesloten", reden="Toch iets anders.")
    assert los.status_code == 302
    assert db.session.scalars(select(Signaalband)).all() == []


def test_locaties_koppelen_en_losmaken(wereld: Wereld) -> None:
    een, twee = plek(wereld), plek(wereld, "Loods 12", dx=500)
    signaal = maak(wereld)
    uid, client = signaal.uid, wereld.client(A)
    assert "Loods 12" in tekst(client.get(f"/signalen/{uid}/koppelen?zoek=loods"))
    for locatie in (een, twee):
        assert post(client, f"/signalen/{uid}/locaties", locatie=str(locatie.uid)).status_code == 302
    assert "hoort al bij" in tekst(post(client, f"/signalen/{uid}/locaties", locatie=str(twee.uid)))
    assert signaal_met("S2026-0001").locatie_id == een.id
    assert signaal_met("S2026-0001").nummer in tekst(client.get(f"/locaties/{twee.uid}")), "also on the timeline there"
    post(client, f"/signalen/{uid}/locaties/weg", locatie=str(een.uid))
    assert signaal_met("S2026-0001").locatie_id == twee.id, "the next becomes the main one"
    assert db.session.scalars(select(Signaallocatie)).all() == []
    assert post(client, f"/signalen/{uid}/locaties", locatie="onzin").status_code == 422


def _dossier(wereld: Wereld, nummer: str, soort: str) -> None:
    db.session.add(
        Dossier(
            gemeente_id=wereld.een.gemeente.id,
            nummer=nummer,
            soort=soort,
            grondslag="",
            titel="Zaak",
            opgesteld_door_id=wereld.een.actoren[Rol.JURIST].gebruiker_id,
            aangemaakt_op=wereld.nu,
        )
    )
    db.session.commit()


def test_dossier_koppelen_op_nummer(wereld: Wereld) -> None:
    _dossier(wereld, "D2026-0001", "sluiting")
    _dossier(wereld, "D2026-0002", "bibob")
    uid, client = maak(wereld).uid, wereld.client(A)
    assert post(client, f"/signalen/{uid}/dossier", dossier="d2026-0001").status_code == 302
    assert "D2026-0001" in tekst(client.get(f"/signalen/{uid}"))
    for nummer in ("D2026-0002", "D2026-0009"):
        antwoord = post(client, f"/signalen/{uid}/dossier", dossier=nummer)
        assert "Dit dossier bestaat niet" in tekst(antwoord), "a Bibob dossier is as if it were not there"


def test_bezoek_plannen_zonder_het_signaal(wereld: Wereld) -> None:
    locatie = plek(wereld, veiligheid="Loslopende hond.")
    uid = maak(wereld, locatie=locatie).uid
    begin = wereld.nu + timedelta(days=3)
    planner = wereld.een.actoren[Rol.COORDINATOR]
    gegevens = ActieGegevens("Pandenactie", "pandenactie", begin, begin + timedelta(hours=4))
    actie = maak_actie(db.session(), planner, wereld.nu, gegevens)
    db.session.commit()
    client, pad = wereld.client(Rol.COORDINATOR), f"/signalen/{uid}/bezoek"
    assert "Pandenactie" in tekst(client.get(pad))
    assert "Kies een actie" in tekst(post(client, pad))
    assert post(client, pad, actie=str(actie.uid)).status_code == 302
    assert post(client, pad, actie=str(actie.uid)).status_code == 422, "twice in one action"
    assert post(client, pad, spoed="1").status_code == 302
    stops = db.session.scalars(select(Stop).order_by(Stop.id)).all()
    assert [(s.veiligheid, s.checklists) for s in stops] == [("Loslopende hond.", ["pand"])] * 2
    spoed = db.session.scalars(select(Actie).where(Actie.soort == "spoedcontrole")).one()
    alles = " ".join(f"{a.naam} {a.doel}" for a in db.session.scalars(select(Actie)))
    for woord in ("huilde", "S2026", "signaal", "Busjes"):
        assert woord not in alles
        # Who plans reads signals too, and is told where a stop comes from; nobody else is.
        for wie in (client, wereld.client(Rol.JURIST)) if woord != "signaal" else (wereld.client(Rol.JURIST),):
            pagina = wie.get(f"/acties/{spoed.uid}")
            assert pagina.status_code == 200
            assert woord not in tekst(pagina).replace("/signalen", "").replace("Signalen", "")
    assert wereld.client(A).get(pad).status_code == 403
    assert len(regels("signaal_naar_actie")) == 2


def test_bezoek_zonder_locatie_zegt_wat_er_nodig_is(wereld: Wereld) -> None:
    pad = f"/signalen/{maak(wereld).uid}/bezoek"
    assert "nog geen locatie" in tekst(post(wereld.client(Rol.COORDINATOR), pad, spoed="1"))


def test_wat_hier_bekend_is(wereld: Wereld) -> None:
    locatie = plek(wereld)
    dichtbij = plek(wereld, "Buurpand", dx=60)
    plek(wereld, "Ver weg", dx=900)
    partij = Partij(
        gemeente_id=wereld.een.gemeente.id,
        soort="organisatie",
        naam="Kade Beheer BV",
        kvk="12345678",
        aangemaakt_op=wereld.nu,
        gewijzigd_op=wereld.nu,
    )
    db.session.add(partij)
    db.session.flush()
    rol = {"gemeente_id": wereld.een.gemeente.id, "partij_id": partij.id, "vastgelegd_op": wereld.nu}
    db.session.add(Partijrol(locatie_id=dichtbij.id, rol="eigenaar", **rol))
    db.session.commit()
    ander = maak(wereld, locatie=locatie, tekst="Eerder gezien.")
    signaal = maak(wereld, locatie=locatie)
    client, pad = wereld.client(A), f"/signalen/{signaal.uid}/bekend"
    pagina = tekst(client.get(pad))
    assert ander.nummer in pagina
    assert "Op 60 meter" in pagina
    assert "Ver weg" not in pagina
    assert "Kade Beheer BV" in pagina
    assert "Uw rol ziet hier geen bezoeken" in pagina, "silence is not nothing"
    gezocht = tekst(post(client, pad, wie="12345678"))
    assert "Kade Beheer BV, KvK" in gezocht.replace("</strong>", "")
    assert "Niemand met deze naam" in tekst(post(client, pad, wie="Jansen"))
    log = db.session.scalars(
        select(Auditregel).where(Auditregel.handeling == "signaal_verrijkt").order_by(Auditregel.id)
    ).all()
    assert len(log) == 3
    assert "Jansen" not in str([r.gegevens for r in log])


def test_gedeelde_zoekfunctie_vindt_ook_de_andere_locaties(wereld: Wereld) -> None:
    een, twee = plek(wereld), plek(wereld, "Loods 12", dx=500)
    signaal = maak(wereld, locatie=een)
    koppelen.koppel_locatie(db.session(), wereld.een.actoren[A], wereld.nu, signaal, twee)
    db.session.commit()
    bij = select(Signaal.id).where(koppelen.over_locatie(wereld.een.actoren[A], twee.id))
    assert db.session.scalars(bij).all() == [signaal.id]
