"""Several people and organisations in one visit: who sees and fills in what, who is where, what was added after."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from inspecties.acties.models import Ploeg, Ploeglid
from inspecties.controles.models import Bezoek, Operatie, Quarantaine
from inspecties.core.actor import Actor
from inspecties.core.ids import nieuw_id
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.gebruikers.models import Gebruiker, Lidmaatschap
from inspecties.offline.models_samen import Aanwezigheid
from inspecties.partners.models import Organisatie
from tests.tusklant import Tus, jpeg, sha
from tests.veldwereld import Actieset, Tablet, haal_pak, koppen, tablet
from tests.wereld import Kring, Wereld, aangemeld


def partner(wereld: Wereld, actie: Actieset, soort: str, naam: str) -> Tablet:
    """A tablet of somebody of this partner, who is in the team of the action."""
    kring: Kring = wereld.een
    sessie = db.session()
    organisatie = Organisatie(gemeente_id=kring.gemeente.id, naam=naam, soort=soort)
    gebruiker = Gebruiker(email=f"{soort}@samen.example", naam=f"Smit van {naam}", aangemaakt_op=wereld.nu)
    sessie.add_all([organisatie, gebruiker])
    sessie.flush()
    sessie.add(
        Lidmaatschap(
            gemeente_id=kring.gemeente.id,
            gebruiker_id=gebruiker.id,
            rol=Rol.PARTNER.value,
            organisatie_id=organisatie.id,
        )
    )
    ploeg = sessie.scalars(select(Ploeg).where(Ploeg.gemeente_id == kring.gemeente.id)).first()
    assert ploeg is not None
    sessie.add(Ploeglid(gemeente_id=kring.gemeente.id, ploeg_id=ploeg.id, gebruiker_id=gebruiker.id))
    sessie.commit()
    actor = Actor(
        gemeente_id=kring.gemeente.id,
        rol=Rol.PARTNER,
        gebruiker_id=gebruiker.id,
        gebruiker_uid=str(gebruiker.uid),
        organisatie_id=organisatie.id,
        naam=gebruiker.naam,
    )
    tab = Tablet(aangemeld(wereld.app, actor, wereld.nu), str(gebruiker.uid))
    haal_pak(tab)
    return tab


def _aanwezig(tab: Tablet, bezoek: str, deel: str) -> dict[str, Any]:
    antwoord = tab.client.post(
        f"/api/bezoeken/{bezoek}/aanwezig",
        json={"form_versie": tab.form_versie, "deel": deel},
        headers=koppen(tab.client),
    )
    assert antwoord.status_code == 200, antwoord.get_json()
    uit: dict[str, Any] = antwoord.get_json()
    return uit


def test_het_deel_van_een_partner_is_van_die_partner_alleen(
    wereld: Wereld, actie: Actieset, boa: Tablet, bezoek: str
) -> None:
    nla, od = partner(wereld, actie, "nla", "Arbeidsinspectie"), partner(wereld, actie, "omgevingsdienst", "OD")
    politie = tablet(wereld, Rol.PARTNER)
    haal_pak(politie)
    nla.op(bezoek, "werkuren", 60)
    assert [o["code"] for o in nla.sync()["ontvangsten"]] == [None]
    for ander in (boa, od, politie):
        ander.op(bezoek, "werkuren", 1)
        ander.op(bezoek, "opmerking", "dit mag iedereen")
        ontvangen = ander.sync()["ontvangsten"]
        assert [o["code"] for o in ontvangen] == ["andere_organisatie", None]
        assert ontvangen[0]["reden"] == "'Werkuren' vult alleen de Arbeidsinspectie in."
    # Nothing was lost: what did not fit stands apart, and only what the inspectorate said counts.
    assert db.session.scalar(select(func.count()).select_from(Quarantaine)) == 3
    assert {op["waarde"] for op in boa.ontvangen.values() if op["vraag_id"] == "werkuren"} == {60}
    for ander in (od, politie):
        ander.sync()
        assert {op["vraag_id"] for op in ander.ontvangen.values()} == {"opmerking"}


def test_een_partner_hoort_van_het_deel_van_een_ander_ook_geen_verschil_en_geen_foto(
    wereld: Wereld, actie: Actieset, boa: Tablet, bezoek: str
) -> None:
    nla, politie = partner(wereld, actie, "nla", "Arbeidsinspectie"), tablet(wereld, Rol.PARTNER)
    haal_pak(politie)
    foto, gezamenlijk = jpeg(), jpeg(maat=(70, 50))
    for waarde in (40, 60):
        nla.op(bezoek, "werkuren", waarde)
    nla.op(bezoek, "werkuren", {"sha256": sha(foto), "soort": "image/jpeg", "omvang": len(foto)}, "attach")
    nla.op(
        bezoek, "foto_gevel", {"sha256": sha(gezamenlijk), "soort": "image/jpeg", "omvang": len(gezamenlijk)}, "attach"
    )
    nla.op(bezoek, ":aanvulling", "loonstrook gezien", "note", herhaling_id=str(nieuw_id()))
    nla.sync()
    assert Tus(nla.client).stuur(foto, bezoek).status_code == 204
    stand = politie.sync()["bezoeken"][bezoek]
    assert [op["vraag_id"] for op in stand["ops"]] == ["foto_gevel"]
    assert (stand["conflicten"], list(stand["bijlagen"])) == ([], [sha(gezamenlijk)])
    gemeente = boa.sync()["bezoeken"][bezoek]
    assert [conflict["vraag_id"] for conflict in gemeente["conflicten"]] == ["werkuren"]
    assert set(gemeente["bijlagen"]) == {sha(foto), sha(gezamenlijk)}


def test_wie_waar_werkt_en_hoe_die_heet(wereld: Wereld, actie: Actieset, boa: Tablet, bezoek: str, klok: Any) -> None:
    nla, politie = partner(wereld, actie, "nla", "Arbeidsinspectie"), tablet(wereld, Rol.PARTNER)
    haal_pak(politie)
    assert _aanwezig(boa, bezoek, "kamer")["anderen"] == []
    klok.moment += timedelta(seconds=70)
    antwoord = _aanwezig(nla, bezoek, "nla_deel")
    assert [(een["id"], een["deel"], een["seconden"]) for een in antwoord["anderen"]] == [(boa.auteur, "kamer", 70)]
    namen = {mens["id"]: (mens["naam"], mens["organisatie"], mens["soort"]) for mens in antwoord["mensen"]}
    assert namen[nla.auteur] == ("Smit van Arbeidsinspectie", "Arbeidsinspectie", "nla")
    assert namen[boa.auteur] == ("inspecteur Markerwaard", "", "")
    assert all(set(mens) == {"id", "naam", "organisatie", "soort"} for mens in antwoord["mensen"])
    # Another partner learns who is there, not what they are recording.
    assert {een["id"]: een["deel"] for een in _aanwezig(politie, bezoek, "algemeen")["anderen"]} == {
        nla.auteur: "",
        boa.auteur: "kamer",
    }
    _aanwezig(boa, bezoek, "")
    assert boa.auteur not in {een["id"] for een in _aanwezig(nla, bezoek, "nla_deel")["anderen"]}
    klok.moment += timedelta(minutes=11)
    _aanwezig(boa, bezoek, "kamer")
    assert db.session.scalar(select(func.count()).select_from(Aanwezigheid)) == 1, "older rows are gone"


def test_aanwezig_alleen_in_een_eigen_bezoek(wereld: Wereld, boa: Tablet, bezoek: str) -> None:
    ander = tablet(wereld, Rol.INSPECTEUR, wereld.twee)
    post = {"json": {"form_versie": "a" * 64, "deel": "kamer"}, "headers": koppen(ander.client)}
    assert ander.client.post(f"/api/bezoeken/{bezoek}/aanwezig", **post).status_code == 404
    fout = boa.client.post(
        f"/api/bezoeken/{bezoek}/aanwezig", json={"form_versie": "x", "deel": "kamer"}, headers=koppen(boa.client)
    )
    assert (fout.status_code, fout.get_json()["veld"]) == (422, "form_versie")


def test_aanvullen_na_afronden_met_reden(wereld: Wereld, actie: Actieset, boa: Tablet, bezoek: str) -> None:
    boa.op(bezoek, "bewoners", 7)
    boa.sync()
    eerste = boa.op(bezoek, "opmerking", "rustig")
    boa.sync()
    rij = db.session.scalars(select(Bezoek).where(Bezoek.uid == UUID(bezoek))).one()
    rij.toestand = "afgerond"
    db.session.commit()
    boa.op(bezoek, "opmerking", "toch niet rustig", base_op_ids=[eerste["op_id"]])
    boa.op(bezoek, ":aanvulling", "Verkeerd geteld", "note", herhaling_id=str(nieuw_id()))
    boa.op(bezoek, "bewoners", 9)
    assert {o["status"] for o in boa.sync()["ontvangsten"]} == {"opgeslagen"}
    pagina = wereld.client(Rol.COORDINATOR).get(f"/bezoeken/{bezoek}").get_data(as_text=True)
    assert "Aangevuld na afronden:</strong> Verkeerd geteld" in pagina
    assert "Aangevuld na afronden:</strong> zonder reden" in pagina, "an older app gives none"
    assert "Bij het afronden stond hier: <strong>rustig</strong>" in pagina
    zonder = boa.op(bezoek, ":aanvulling", " ", "note", herhaling_id=str(nieuw_id()))
    assert [(o["op_id"], o["code"]) for o in boa.sync()["ontvangsten"]] == [(zonder["op_id"], "vorm")]


@pytest.mark.parametrize("keuze", ["Terugzetten", "Weglaten"])
def test_weggehaald_terwijl_een_ander_erin_schreef(
    wereld: Wereld, actie: Actieset, boa: Tablet, bezoek: str, keuze: str
) -> None:
    kamer, coordinator = str(nieuw_id()), tablet(wereld, Rol.COORDINATOR)
    haal_pak(coordinator)
    begin = boa.op(bezoek, "kamer", {"ouder": None, "plaats": 1}, herhaling_id=kamer)
    boa.sync()
    coordinator.op(bezoek, "kamer_m2", 12.5, herhaling_id=kamer)
    coordinator.sync()
    boa.op(bezoek, "kamer", {"gezien": []}, "clear", herhaling_id=kamer, base_op_ids=[begin["op_id"]])
    assert [c["vraag_id"] for c in boa.sync()["bezoeken"][bezoek]["conflicten"]] == ["kamer"]
    client = wereld.client(Rol.COORDINATOR)
    pagina = client.get(f"/bezoeken/{bezoek}").get_data(as_text=True)
    assert "De een haalde dit weg" in pagina
    assert "Kamer m2: 12.5" in pagina
    koppen_ = boa.sync()["bezoeken"][bezoek]["conflicten"][0]["koppen"]
    kies = koppen_[0] if keuze == "Terugzetten" else koppen_[1]
    formulier = {"sleutel": f"kamer@{kamer}", "baan": "waarde", "gezien": ",".join(koppen_), "kies": kies}
    antwoord = client.post(
        f"/bezoeken/{bezoek}/verschil", data=formulier | {"csrf_token": koppen(client)["X-CSRFToken"]}
    )
    assert antwoord.status_code == 302
    stand = boa.sync()["bezoeken"][bezoek]
    assert stand["conflicten"] == []
    besluit = db.session.scalars(select(Operatie).order_by(Operatie.rev.desc())).first()
    assert besluit is not None
    assert besluit.soort == ("set" if keuze == "Terugzetten" else "clear")
