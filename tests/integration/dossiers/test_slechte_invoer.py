"""What goes wrong by hand: sent twice, changed by two, absurd days, too many photos. Clear, and nothing is lost."""

import re
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select

from inspecties.controles.models import Bewijsstuk, Bezoek
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers.models import Belanghebbende, Dossier, Dossierbewijs
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.locaties.models_feiten import Vergunning
from tests.integration.dossiers.conftest import Zaak, verstuur


def test_twee_keer_verstuurd_en_door_twee_gewijzigd(zaak: Zaak) -> None:
    """Double submits make no second row, and whoever comes second sees what stands there and keeps what was typed."""
    dossier = zaak.dossier()
    uid, client = dossier.uid, zaak.wereld.client(Rol.JURIST)
    partij = {"naam": "Duin BV", "rol": "huurder", "kvk": "12345678", "adres": "Dijk 1"}
    assert verstuur(client, f"/dossiers/{uid}/partijen", **partij).status_code == 302
    tweede = verstuur(client, f"/dossiers/{uid}/partijen", **partij)
    assert tweede.status_code == 409
    assert "staat al in dit dossier" in tweede.get_data(as_text=True)
    # The same name at another address is somebody else.
    assert verstuur(client, f"/dossiers/{uid}/partijen", **partij | {"adres": "Kade 9"}).status_code == 302

    vandaag = lokale_datum(zaak.wereld.nu)
    termijn = {"code": "bezwaar", "start": vandaag.isoformat(), "eigenaar": zaak.jurist.gebruiker_uid}
    assert verstuur(client, f"/dossiers/{uid}/termijnen/nieuw", **termijn).status_code == 302
    dubbel = verstuur(client, f"/dossiers/{uid}/termijnen/nieuw", **termijn)
    assert dubbel.status_code == 409
    assert "Deze termijn loopt al: Bezwaar maken" in dubbel.get_data(as_text=True)

    # Two people set the day to decide; the page of the second was open before the first saved.
    dag, andere = vandaag + timedelta(days=20), vandaag + timedelta(days=30)
    pad = f"/dossiers/{uid}/termijn"
    een = {"beslissen_voor": dag.isoformat(), "omdat": "art. 4:13 Awb", "gezien": ""}
    assert verstuur(client, pad, **een).status_code == 302
    botsing = verstuur(client, pad, **een | {"beslissen_voor": andere.isoformat(), "omdat": "afspraak"})
    pagina = botsing.get_data(as_text=True)
    assert botsing.status_code == 409
    assert "Er staat nu: 11 december 2026 (art. 4:13 Awb)" in pagina
    assert f'value="{andere.isoformat()}"' in pagina
    gezien = re.search(r'id="gezien" name="gezien"[^>]*value="([^"]*)"', pagina)
    assert gezien is not None
    opnieuw = een | {"beslissen_voor": andere.isoformat(), "omdat": "afspraak", "gezien": gezien[1]}
    assert verstuur(client, pad, **opnieuw).status_code == 302
    ver = verstuur(client, pad, **opnieuw | {"beslissen_voor": "9999-12-31", "gezien": andere.isoformat()})
    assert ver.status_code == 422
    assert "Dit jaar kan niet kloppen" in ver.get_data(as_text=True)

    # A colleague emptied the text: saving again works, now that both texts were shown.
    pad = f"/dossiers/{uid}/tekst/samenvatting"
    oud = re.search(r'name="gezien"[^>]*value="([0-9a-f]{64})"', client.get(pad).get_data(as_text=True))
    assert oud is not None
    assert verstuur(client, pad, tekst="", gezien=oud[1]).status_code == 302
    leeg = verstuur(client, pad, tekst="Mijn tekst", gezien=oud[1])
    assert leeg.status_code == 409
    assert "(leeg)" in leeg.get_data(as_text=True)
    assert "Mijn tekst" in leeg.get_data(as_text=True)
    nieuw = re.search(r'name="gezien"[^>]*value="([0-9a-f]{64})"', leeg.get_data(as_text=True))
    assert nieuw is not None
    assert verstuur(client, pad, tekst="Mijn tekst", gezien=nieuw[1]).status_code == 302

    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Belanghebbende)) == 3
    assert db.session.scalar(select(func.count()).select_from(Looptermijn)) == 1
    rij = db.session.scalars(select(Dossier)).one()
    assert (rij.beslissen_voor, rij.samenvatting) == (andere, "Mijn tekst")


def test_400_fotos_en_een_ingetrokken_vergunning(zaak: Zaak) -> None:
    """A heavy dossier opens in parts; every number still leads to its piece. A permit that went is said on top."""
    dossier, sessie = zaak.dossier(), db.session()
    uid = dossier.uid
    bezoek = sessie.scalars(select(Bezoek).where(Bezoek.uid == UUID(zaak.bezoek))).one()
    sjabloon = sessie.scalars(select(Bewijsstuk).where(Bewijsstuk.bezoek_id == bezoek.id)).first()
    assert sjabloon is not None
    fotos = [
        Bewijsstuk(
            gemeente_id=bezoek.gemeente_id,
            bezoek_id=bezoek.id,
            sha256=f"{n:064x}",
            grootte=1000,
            mediatype="image/jpeg",
            bestandsnaam=f"foto-{n}.jpg",
            ontvangen_op=zaak.wereld.nu,
            auteur_id=sjabloon.auteur_id,
        )
        for n in range(400)
    ]
    sessie.add_all(fotos)
    sessie.flush()
    sessie.add_all(
        Dossierbewijs(
            gemeente_id=bezoek.gemeente_id,
            dossier_id=dossier.id,
            bewijsstuk_id=foto.id,
            omschrijving=f"Kamer {n}",
            aard="waarneming",
        )
        for n, foto in enumerate(fotos[:300])
    )
    soorten = (("exploitatie seks", "ingetrokken"), ("drank", "ingetrokken"), ("drank", "verleend"))
    for soort, status in soorten:
        sessie.add(
            Vergunning(
                gemeente_id=bezoek.gemeente_id,
                locatie_id=dossier.locaties[0].id,
                soort=soort,
                status=status,
                vastgelegd_op=zaak.wereld.nu,
                gewijzigd_op=zaak.wereld.nu,
            )
        )
    sessie.commit()
    client = zaak.wereld.client(Rol.JURIST)
    pagina = client.get(f"/dossiers/{uid}").get_data(as_text=True)
    assert pagina.count("<img") == 48, "a sheet of the list and a sheet of what is not on it"
    assert len(pagina) < 250_000
    assert "Bewijs (302)" in pagina
    assert "Blad 1 van 13" in pagina
    laatste = client.get(f"/dossiers/{uid}?bewijs=13&over=99").get_data(as_text=True)
    assert 'id="bewijs-302"' in laatste
    assert "Blad 5 van 5" in laatste
    # What carries the finding stands on the first sheet; from the last sheet it is still one click.
    assert f"/dossiers/{uid}?bewijs=1#bewijs-1" in laatste
    # Also where somebody writes a letter or takes a step on it.
    brieven, traject = (client.get(f"/dossiers/{uid}/{deel}").get_data(as_text=True) for deel in ("brieven", "traject"))
    for tekst in (pagina, laatste, brieven, traject):
        assert tekst.count("De vergunning &#39;exploitatie seks&#39; van ") == 1
        assert "ingetrokken. Steun er niet op." in tekst
        assert "&#39;drank&#39;" not in tekst, "another of its kind holds"
