"""Legal hold on a case, what a running procedure holds, and what a restored backup brings back."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, select, text

from inspecties.audit.beperken import beperk, hef_op
from inspecties.audit.bewijsbestand import bewijsbestand
from inspecties.audit.models_beperking import Beperking
from inspecties.audit.models_bewaren import Bewaarslot, Vernietiging
from inspecties.controles.models import Bewijsstuk, Bezoek
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import Rol
from inspecties.database import metadata
from inspecties.database.basis import db
from inspecties.signalen.melder import Betrokkengegevens, bewaar_betrokkene
from inspecties.signalen.models import Signaal
from inspecties.signalen.models_melder import Betrokkene
from tests.integration.bewaren.test_bewaren_alles import draai
from tests.veldwereld import haal_pak, maak_actie, tablet
from tests.wereld import Wereld, csrf

LATER = datetime(2029, 1, 1, 12, 0, tzinfo=UTC)


def een_bezoek(wereld: Wereld) -> Bezoek:
    """A visit that found nothing, closed."""
    maak_actie(wereld.een, wereld.nu, (Rol.INSPECTEUR,), stops=1)
    boa = tablet(wereld, Rol.INSPECTEUR, wereld.een)
    haal_pak(boa)
    db.session.rollback()
    bezoek = db.session.scalars(select(Bezoek)).one()
    bezoek.toestand, bezoek.begin_op, bezoek.eind_op = "gesloten", wereld.nu, wereld.nu
    db.session.commit()
    return bezoek


def zet(wereld: Wereld, rol: Rol, pad: str, **velden: str) -> int:
    client = wereld.client(rol)
    return client.post(pad, data={"csrf_token": csrf(client), **velden}).status_code


def test_een_slot_op_de_locatie_houdt_het_bezoek_en_een_backup_brengt_niets_terug(
    wereld: Wereld, klok: VasteKlok
) -> None:
    bezoek = een_bezoek(wereld)
    pad = f"/bewaren/stopzetten/locatie/{bezoek.locatie.uid}"
    sleutel, naar = bezoek.id, f"/locaties/{bezoek.locatie.uid}"
    assert zet(wereld, Rol.JURIST, pad, keuze="stop", reden="") == 422
    assert zet(wereld, Rol.JURIST, pad, keuze="stop", reden="Zaak bij de rechtbank") == 302
    assert zet(wereld, Rol.COORDINATOR, pad, keuze="stop", reden="Nog eens") == 422
    assert zet(wereld, Rol.INSPECTEUR, pad, keuze="hervat", reden="x") == 403
    assert "Zaak bij de rechtbank" in wereld.client(Rol.INSPECTEUR).get(naar).text
    assert "Zaak bij de rechtbank" in wereld.client(Rol.AUDITOR).get("/bewaren").text

    # A year and a day later the visit is over its term, and stays.
    klok.moment = datetime(2027, 11, 23, 12, 0, tzinfo=UTC)
    uit = draai()
    assert "bezoek" not in {r["soort"] for r in uit["vernietigd"]}
    assert [r["reden"] for r in uit["blijft"] if r["soort"].startswith("Bezoeken")] == ["de vernietiging is stopgezet"]
    db.session.rollback()
    assert db.session.get(Bezoek, sleutel) is not None

    klok.moment = wereld.nu
    assert zet(wereld, Rol.JURIST, pad, keuze="hervat", reden="Uitspraak is onherroepelijk") == 302
    assert "Zaak bij de rechtbank" not in wereld.client(Rol.INSPECTEUR).get(naar).text
    assert db.session.scalars(select(Bewaarslot)).one().opgeheven_op is not None
    db.session.rollback()
    # The day before the term nothing goes; on the day itself it does.
    klok.moment = datetime(2027, 11, 20, 12, 0, tzinfo=UTC)
    assert "bezoek" not in {r["soort"] for r in draai()["vernietigd"]}
    terug = {n: _rijen(n) for n in ("bezoek", "bezoekchecklist")}
    klok.moment = datetime(2027, 11, 21, 12, 0, tzinfo=UTC)
    assert "bezoek" in {r["soort"] for r in draai()["vernietigd"]}
    assert _rijen("bezoek") == []

    # An older backup: the rows are back and their proofs are not. The next run destroys them again.
    bestand = bewijsbestand(wereld.app.extensions["instellingen"].data, wereld.een.gemeente.uid)
    voor = len(bestand.read_text().splitlines())
    for naam, rijen in terug.items():
        db.session.execute(metadata.tables[naam].insert(), rijen)
    _zonder_bewijs()
    uit = draai()
    assert ("bezoek", "na herstel") in {(r["soort"], r["regel"]) for r in uit["vernietigd"]}
    assert _rijen("bezoek") == []
    assert len(bestand.read_text().splitlines()) > voor
    assert draai()["vernietigd"] == []


@pytest.mark.parametrize("waardoor", ["verder_gewerkt", "bezoek", "locatie"])
def test_wat_terugkwam_en_weer_in_gebruik_is_gaat_niet_op_zijn_bewijs_alleen(
    wereld: Wereld, klok: VasteKlok, waardoor: str
) -> None:
    """Somebody went on with it before the proofs were there: its own term judges it, and nothing else waits for it."""
    bezoek = een_bezoek(wereld)
    uid, sleutel, plek_uid = bezoek.uid, bezoek.id, bezoek.locatie.uid
    auteur_id = wereld.een.actoren[Rol.INSPECTEUR].gebruiker_id
    klok.moment = datetime(2027, 11, 21, 12, 0, tzinfo=UTC)
    terug = {n: _rijen(n) for n in ("bezoek", "bezoekchecklist")}
    assert "bezoek" in {r["soort"] for r in draai()["vernietigd"]}
    klok.moment = wereld.nu
    for naam, rijen in terug.items():
        db.session.execute(metadata.tables[naam].insert(), rijen)
    foto = Bewijsstuk(
        gemeente_id=wereld.een.gemeente.id, bezoek_id=sleutel, sha256="a" * 64, grootte=3, mediatype="image/jpeg",
        bestandsnaam="a.jpg", ontvangen_op=wereld.nu, auteur_id=auteur_id,
    )  # fmt: skip
    _zonder_bewijs()
    if waardoor == "verder_gewerkt":
        db.session.add(foto)
        db.session.commit()
    else:
        pad = f"/bewaren/stopzetten/{waardoor}/{uid if waardoor == 'bezoek' else plek_uid}"
        assert zet(wereld, Rol.JURIST, pad, keuze="stop", reden="Nieuwe zaak") == 302
    assert ("bezoek", "na herstel") not in {(r["soort"], r["regel"]) for r in draai("--droog")["vernietigd"]}
    uit = draai()
    assert (uit["mislukt"], uit["vernietigd"]) == ([], [])
    assert len(_rijen("bezoek")) == 1
    assert len(_rijen("bewijsstuk")) == (waardoor == "verder_gewerkt")
    if waardoor != "verder_gewerkt":
        assert zet(wereld, Rol.JURIST, pad, keuze="hervat", reden="Zaak is klaar") == 302
        assert ("bezoek", "na herstel") in {(r["soort"], r["regel"]) for r in draai()["vernietigd"]}
    else:
        klok.moment = datetime(2027, 11, 21, 12, 0, tzinfo=UTC)
        assert {("bezoek", 1), ("bewijsstuk", 1)} <= {(r["soort"], r["aantal"]) for r in draai()["vernietigd"]}
    assert _rijen("bezoek") == []
    assert draai()["vernietigd"] == []


def _rijen(naam: str) -> list[dict[str, object]]:
    db.session.rollback()
    uit = [dict(rij._mapping) for rij in db.session.execute(select(metadata.tables[naam]))]
    db.session.rollback()
    return uit


def _zonder_bewijs() -> None:
    """As a database is that was made before the destruction."""
    sessie = db.session()
    op_tabel = " ON vernietiging" if sessie.get_bind().dialect.name == "postgresql" else ""
    sessie.execute(text(f"DROP TRIGGER vernietiging_geen_delete{op_tabel}"))
    sessie.execute(delete(Vernietiging))
    sessie.commit()


@pytest.mark.parametrize("database", ["spatialite"], indirect=True)
def test_het_bewijs_en_het_register_als_bestand(wereld: Wereld, klok: VasteKlok) -> None:
    een_bezoek(wereld)
    klok.moment = LATER
    draai()
    klok.moment = wereld.nu
    tekst = wereld.client(Rol.AUDITOR).get("/bewaren/bewijs.txt").text
    assert "bezoek; 1 stuks; termijn bezoek_zonder_bevinding" in tekst
    register = wereld.client(Rol.BEHEERDER).get("/register/register.md").text
    assert "# Register van verwerkingen van Markerwaard" in register
    assert wereld.client(Rol.COORDINATOR).get("/register").status_code == 403
    assert wereld.client(Rol.JURIST, wereld.twee).get("/bewaren/bewijs.txt").text.count("stuks") == 0


def test_een_beperking_houdt_de_vernietiging_tegen_zolang_zij_staat(wereld: Wereld, klok: VasteKlok) -> None:
    """Art. 18(1)(c) AVG: who needs the data for a procedure asks that they stay; our own term does not take them."""
    bezoek, jurist = een_bezoek(wereld), wereld.een.actoren[Rol.JURIST]
    sessie, nu, gid = db.session(), wereld.nu, wereld.een.gemeente.id
    sleutel, plek = bezoek.id, bezoek.locatie
    signaal = Signaal(
        gemeente_id=gid, nummer="S1", datum=nu.date(), bron="inwoner", vorm="arbeidsuitbuiting", tekst="Busje.",
        ontvangen_op=nu,
    )  # fmt: skip
    sessie.add(signaal)
    sessie.flush()
    signaalsleutel = signaal.id
    bos = wereld.app.extensions["sleutelbos"]
    wie = bewaar_betrokkene(sessie, bos, nu, signaal, "onbekend", Betrokkengegevens(naam="A. de Vries"))
    merken = [
        beperk(sessie, jurist, nu, soort, uid, "claim", "Nodig voor een klacht bij de rechter.").uid
        for soort, uid in (("risicolocatie", plek.uid), ("bezoek", bezoek.uid), ("betrokkene", wie.uid))
    ]
    sessie.commit()
    klok.moment = LATER

    def staan_er() -> tuple[bool, bool, bool]:
        db.session.rollback()
        return (
            db.session.get(Bezoek, sleutel) is not None,
            db.session.get(Signaal, signaalsleutel) is not None,
            db.session.scalars(select(Betrokkene.id)).first() is not None,
        )

    uit = draai()
    assert staan_er() == (True, True, True)
    assert "het gebruik is beperkt (art. 18 AVG)" in {r["reden"] for r in uit["blijft"]}

    def hef(uid: object) -> None:
        rij = db.session.scalars(select(Beperking).where(Beperking.uid == uid)).one()
        hef_op(db.session(), jurist, LATER, rij, "De zaak is klaar.")
        db.session.commit()

    # The mark on the place is gone: the one on the visit still holds it.
    hef(merken[0])
    draai()
    assert staan_er() == (True, True, True)
    for uid in merken[1:]:
        hef(uid)
    draai()
    assert staan_er() == (False, False, False)
