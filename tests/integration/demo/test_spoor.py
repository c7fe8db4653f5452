"""More than a picture: real operations, evidence, an audit log, and a load that is all or nothing."""

import hashlib
import io
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select

from inspecties.acties.models import Actie, Stop
from inspecties.acties.operations_toestand import naar
from inspecties.audit.models import Auditregel
from inspecties.audit.operations import controleer
from inspecties.audit.wpgmuur import achter_de_muur
from inspecties.checklists.models import Checklistversie
from inspecties.controles.bezoeken import zet_stoptoestand
from inspecties.controles.models import Bevinding, Bewijsstuk, Bezoek, Operatie, Quarantaine, Toestelgat
from inspecties.controles.opslag import Opslag
from inspecties.controles.queries import als_protocol, vouw_van
from inspecties.controles.rules.invullen import vul_in
from inspecties.controles.rules.operatie import hash_van
from inspecties.core.actor import systeem
from inspecties.core.fouten import Conflict
from inspecties.core.ids import nieuw_id
from inspecties.core.klok import VasteKlok, lokale_datum
from inspecties.database.basis import db
from inspecties.demo.accounts import GEMEENTECODES
from inspecties.demo.laden import _geldig_wachtwoord, laad_demo
from inspecties.demo.lader.kring import lees_kring
from inspecties.demo.lader.vandaag import zorg_voor_actie_van_vandaag
from inspecties.gebruikers.models import Gebruiker, Gemeente
from inspecties.gebruikers.wachtwoorden import klopt
from tests.conftest import NU
from tests.integration.demo.conftest import Demo

# Loading takes a quarter of a minute on a machine of its own; beside other work it may take several times that.
pytestmark = pytest.mark.timeout(900)


def _tellingen() -> dict[str, int]:
    tellingen = {
        m.class_.__name__: db.session.scalar(select(func.count()).select_from(m.class_)) or 0
        for m in db.Model.registry.mappers
    }
    db.session.rollback()
    return tellingen


def test_een_afgebroken_begin_laat_niets_achter(demo: Demo) -> None:
    assert demo.gemeenten_na_afbreken == 0
    assert demo.bestanden_na_afbreken > 0


def test_het_wachtwoord_van_de_eerste_poging_blijft(demo: Demo) -> None:
    """It was shown, or is in the folder; the second attempt must not give another one."""
    assert demo.wachtwoord == "het-wachtwoord-van-de-eerste-poging"
    assert (demo.data / "demo-wachtwoord").stat().st_mode & 0o077 == 0


def test_een_tweede_start_verandert_niets(demo: Demo) -> None:
    voor = _tellingen()
    assert laad_demo(demo.app, "iets-heel-anders") == demo.wachtwoord
    assert _tellingen() == voor


def test_het_auditlogboek_klopt_en_loopt_vooruit(demo: Demo) -> None:
    for gemeente in db.session.scalars(select(Gemeente)):
        assert controleer(db.session(), gemeente.id) is None
        momenten = db.session.scalars(
            select(Auditregel.moment)
            .where(Auditregel.gemeente_id == gemeente.id, Auditregel.seq <= _laadregel(gemeente).seq)
            .order_by(Auditregel.seq)
        ).all()
        assert momenten == sorted(momenten)


def _laadregel(gemeente: Gemeente) -> Auditregel:
    return db.session.scalars(
        select(Auditregel).where(Auditregel.gemeente_id == gemeente.id, Auditregel.handeling == "demo_geladen")
    ).one()


def test_het_laden_staat_in_het_logboek(demo: Demo) -> None:
    for gemeente in db.session.scalars(select(Gemeente)):
        regel = _laadregel(gemeente)
        assert (regel.rol, regel.gebruiker_id, regel.moment) == ("systeem", None, NU)
        assert "Demo" in regel.grondslag
    rollen = {r.handeling: r.rol for r in db.session.scalars(select(Auditregel))}
    assert rollen["dossier_gemaakt"] == "jurist"
    assert rollen["dossier_besluit"] == "kabinet"
    assert rollen["actie_aangemaakt"] == "coordinator"


def test_operaties_zijn_echt(demo: Demo) -> None:
    """Hashes fit the content, revisions have no holes, nothing was set apart and no device misses a number."""
    # With what stands apart as police data: a number that is behind the wall is no hole.
    with achter_de_muur(db.session()):
        rijen = db.session.execute(
            select(Operatie, Bezoek.uid, Gebruiker.uid)
            .join(Bezoek, Bezoek.id == Operatie.bezoek_id)
            .join(Gebruiker, Gebruiker.id == Operatie.auteur_id)
            .order_by(Operatie.bezoek_id, Operatie.rev)
        ).all()
    assert len(rijen) > 3000
    revs: dict[int, list[int]] = {}
    seqs: dict[object, set[int]] = {}
    for op, bezoek_uid, auteur_uid in rijen:
        assert hash_van(als_protocol(op, bezoek_uid, auteur_uid)) == op.hash
        revs.setdefault(op.bezoek_id, []).append(op.rev)
        seqs.setdefault(op.toestel_id, set()).add(op.toestel_seq)
        assert not op.na_afronden
    assert all(r == list(range(1, len(r) + 1)) for r in revs.values())
    assert all(s == set(range(1, len(s) + 1)) for s in seqs.values())
    assert db.session.scalar(select(func.count()).select_from(Quarantaine)) == 0
    assert db.session.scalar(select(func.count()).select_from(Toestelgat)) == 0


def test_elk_bezoek_is_geldig_ingevuld(demo: Demo) -> None:
    """Where the team got in nothing required is empty, nothing is invalid and all evidence is there."""
    bezoeken = db.session.scalars(select(Bezoek).where(Bezoek.toestand == "afgerond")).all()
    assert len(bezoeken) > 60
    for bezoek in bezoeken:
        lezer = systeem(bezoek.gemeente_id)
        vouw = vouw_van(db.session(), lezer, bezoek)
        assert len(bezoek.checklists) == 1
        ingevuld = vul_in(bezoek.checklists[0].definitie, bezoek.context, vouw)
        assert ingevuld.verplicht_leeg() == []
        assert ingevuld.ongeldig() == []
        bewijs = set(db.session.scalars(select(Bewijsstuk.sha256).where(Bewijsstuk.bezoek_id == bezoek.id)))
        assert set(vouw.manifest()) == bewijs


def test_bevindingen_volgen_uit_de_antwoorden(demo: Demo) -> None:
    gevolgen = set(db.session.scalars(select(Bevinding.gevolg)))
    assert {"overbewoning", "victoria", "bibob", "bbl", "signaal_mh", "nla"} <= gevolgen
    # One that lapsed because its answer stands apart quotes nothing any more.
    dragers = db.session.scalars(select(Bevinding.dragers).where(Bevinding.vervallen_op.is_(None))).all()
    assert all(dragers)
    # Some evidence is still missing, so that the screens show what that looks like.
    assert any(db.session.scalars(select(Bevinding.ontbreekt)))


def test_fotos_zijn_getekend_en_dragen_niets_mee(demo: Demo) -> None:
    opslag = Opslag(demo.app.extensions["instellingen"].opslagmap)
    uids = {g.id: g.uid for g in db.session.scalars(select(Gemeente))}
    stukken = db.session.scalars(select(Bewijsstuk)).all()
    assert len(stukken) > 100
    for stuk in stukken:
        inhoud = opslag.pad(uids[stuk.gemeente_id], stuk.sha256).read_bytes()
        assert hashlib.sha256(inhoud).hexdigest() == stuk.sha256
        assert len(inhoud) == stuk.grootte
        with Image.open(io.BytesIO(inhoud)) as beeld:
            assert len(beeld.getexif()) == 0
            assert beeld.size in {(1280, 960), (600, 200)}


@pytest.mark.parametrize("dagen", [1, 7, 100])
def test_een_week_later_is_er_weer_een_actie_voor_vandaag(demo: Demo, dagen: int) -> None:
    later = NU + timedelta(days=dagen)
    kring = lees_kring(db.session(), GEMEENTECODES["Markerwaard"])
    nieuw = zorg_voor_actie_van_vandaag(db.session(), kring, later)
    assert nieuw is not None
    assert nieuw.toestand == "gereed"
    assert lokale_datum(nieuw.begin_op) == lokale_datum(later)
    stops = db.session.scalars(select(Stop).where(Stop.actie_id == nieuw.id)).all()
    assert len(stops) == 8
    oud = db.session.scalars(select(Actie).where(Actie.naam == nieuw.naam, Actie.id != nieuw.id)).all()
    assert [a.toestand for a in oud] == ["vervallen"]
    assert zorg_voor_actie_van_vandaag(db.session(), kring, later) is None


def test_wat_gebruikers_wijzigden_houdt_de_start_niet_tegen(demo: Demo) -> None:
    """Checklists withdrawn: no action can be made ready, and the old one is left as it was."""
    kring = lees_kring(db.session(), GEMEENTECODES["Markerwaard"])
    for versie in db.session.scalars(select(Checklistversie)):
        versie.status, versie.ingetrokken_op, versie.intrekreden = "ingetrokken", NU, "Voor deze test."
    db.session.flush()
    aantal = db.session.scalar(select(func.count()).select_from(Actie))
    assert zorg_voor_actie_van_vandaag(db.session(), kring, NU + timedelta(days=1)) is None
    assert db.session.scalar(select(func.count()).select_from(Actie)) == aantal
    assert len(db.session.scalars(select(Actie).where(Actie.toestand == "gereed")).all()) == 1


def test_terug_in_concept_komt_er_geen_tweede(demo: Demo) -> None:
    kring = lees_kring(db.session(), GEMEENTECODES["Markerwaard"])
    actie = db.session.scalars(select(Actie).where(Actie.toestand == "gereed")).one()
    naar(db.session(), kring.actoren["coordinator"], NU, actie, "concept")
    assert zorg_voor_actie_van_vandaag(db.session(), kring, NU) is None


def test_een_begonnen_actie_blijft_staan(demo: Demo) -> None:
    kring = lees_kring(db.session(), GEMEENTECODES["Markerwaard"])
    actie = db.session.scalars(
        select(Actie).where(Actie.toestand == "gereed", Actie.gemeente_id == kring.gemeente.id)
    ).one()
    naar(db.session(), kring.actoren["coordinator"], NU, actie, "in_uitvoering")
    stop = db.session.scalars(select(Stop).where(Stop.actie_id == actie.id)).first()
    assert stop is not None
    zet_stoptoestand(db.session(), kring.actoren["inspecteur1"], NU, stop, "onderweg", nieuw_id(), NU, "")
    assert zorg_voor_actie_van_vandaag(db.session(), kring, NU + timedelta(days=1)) is not None
    assert actie.toestand == "in_uitvoering"


def test_laat_op_de_avond_kan_het_nog(demo: Demo) -> None:
    """Just before midnight the shift is over, but the day is the same: a demo still has its action."""
    kring = lees_kring(db.session(), GEMEENTECODES["Markerwaard"])
    laat = NU.replace(hour=22, minute=50) + timedelta(days=2)
    nieuw = zorg_voor_actie_van_vandaag(db.session(), kring, laat)
    assert nieuw is not None
    assert nieuw.toestand == "gereed"
    assert lokale_datum(nieuw.begin_op) == lokale_datum(laat)


def test_een_vast_wachtwoord_vervangt_dat_van_een_oude_demo(demo: Demo) -> None:
    inst = replace(demo.app.extensions["instellingen"], demo_wachtwoord="kort")
    gebruikers = db.session.scalars(select(Gebruiker)).all()
    assert _geldig_wachtwoord(db.session(), inst, gebruikers, NU) == "kort"
    assert all(klopt(g.wachtwoord_hash, "kort") for g in gebruikers)
    db.session.flush()
    for gemeente in db.session.scalars(select(Gemeente)):
        assert controleer(db.session(), gemeente.id) is None


def test_de_demo_komt_niet_naast_een_echte_gemeente(app: Flask, klok: VasteKlok) -> None:
    db.session.add(Gemeente(code="0034", naam="Elders", thema={}, normen={}))
    db.session.commit()
    with pytest.raises(Conflict, match="Elders"):
        laad_demo(app, "wachtwoord-van-de-demo")
    assert db.session.scalar(select(func.count()).select_from(Gebruiker)) == 0


def test_een_gemeente_met_de_naam_van_de_demo_is_nog_geen_demo(app: Flask) -> None:
    db.session.add(Gemeente(code="9901", naam="Markerwaard", thema={}, normen={}))
    db.session.commit()
    with pytest.raises(Conflict, match="Markerwaard"):
        laad_demo(app, "wachtwoord-van-de-demo")
