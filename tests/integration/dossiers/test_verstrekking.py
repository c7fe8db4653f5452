"""Passing on: only what was ticked and read, nothing about persons where the ground forbids it, Bibob by its list."""

import html
import io
import re
from datetime import timedelta

import pypdf
import pytest
from sqlalchemy import select

from inspecties.controles import lakken
from inspecties.controles.models import Bevinding
from inspecties.core.fouten import Conflict
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers import beoordelen, operations, plaatsen, redactie, verstrekkingen
from inspecties.dossiers.beeld import lees_beeld
from inspecties.dossiers.bewijsstukken import voeg_stuk_toe
from inspecties.dossiers.models import Dossier, Voorstel
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.dossiers.models_verstrekking import Verstrekking
from inspecties.dossiers.rules.bewijs import Stukgegevens
from inspecties.dossiers.rules.gevolgen import instrumenten
from inspecties.dossiers.rules.verstrekking import Keuze
from inspecties.dossiers.verstrekking_herinneren import herinner
from tests.integration.dossiers.conftest import Zaak, handelingen, verstuur

NOOT = "geteld per kamer"


def _velden(zaak: Zaak, **anders: object) -> dict[str, object]:
    voor = lokale_datum(zaak.wereld.nu) + timedelta(days=14)
    basis = {
        "ontvanger": "nla", "grond": "arbeidswetten", "organisatie": "Arbeidsinspectie", "functie": "Meldingendesk",
        "doel": "Toezicht op de huisvesting", "wijze": "portaal", "antwoord_voor": voor.isoformat(),
    }  # fmt: skip
    return basis | anders


def _feiten(pagina: str) -> dict[str, str]:
    """Code -> what the tick box says."""
    paren = re.findall(r'name="feiten" value="([^"]+)"[^>]*><label[^>]*>(.*?)</label>', pagina, re.S)
    return {code: html.unescape(re.sub(r"<[^>]+>", "", tekst)) for code, tekst in paren}


def test_alleen_wat_is_aangevinkt_en_gelezen(zaak: Zaak) -> None:
    dossier = zaak.dossier()
    client, pad = zaak.wereld.client(Rol.JURIST), f"/dossiers/{dossier.uid}/doorzetten/nieuw"
    ruim = _feiten(client.get(f"{pad}?ontvanger=nla&grond=uitbuiting").get_data(as_text=True))
    assert any(NOOT in tekst for tekst in ruim.values())
    krap = _feiten(client.get(f"{pad}?ontvanger=nla&grond=arbeidswetten").get_data(as_text=True))
    assert not any(NOOT in tekst for tekst in krap.values())
    over_personen = next(code for code, tekst in ruim.items() if NOOT in tekst)
    fout = verstuur(client, pad, **_velden(zaak, feiten=[over_personen], actie="voorbeeld"))  # type: ignore[arg-type]  # a list
    assert fout.status_code == 422
    assert "geen gegevens over personen naar Nederlandse Arbeidsinspectie" in fout.get_data(as_text=True)
    mee = [code for code in krap if code.startswith(("pand:", "antwoord:"))]
    velden = _velden(zaak, feiten=mee)
    voorbeeld = verstuur(client, pad, **velden, actie="voorbeeld").get_data(as_text=True)  # type: ignore[arg-type]  # a list
    gezien = re.search(r'name="gezien"[^>]*value="([0-9a-f]{64})"', voorbeeld)
    assert gezien is not None
    anders = verstuur(client, pad, **velden | {"doel": "Iets anders"}, actie="doorzetten", gezien=gezien[1])  # type: ignore[arg-type]  # a list
    assert anders.status_code == 409
    assert verstuur(client, pad, **velden, actie="doorzetten", gezien=gezien[1]).status_code == 302  # type: ignore[arg-type]  # a list
    db.session.rollback()
    rij = db.session.scalars(select(Verstrekking)).one()
    assert [f["code"] for f in rij.feiten] == [c for c in krap if c in mee]
    pdf = client.get(f"/verstrekkingen/{rij.uid}/document.pdf").get_data()
    tekst = " ".join(" ".join(b.extract_text() for b in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())
    assert "Gegevens voor Arbeidsinspectie" in tekst
    for weg in (NOOT, "Kade Beheer", "Twee gesprekken met de eigenaar", "concept"):
        assert weg not in tekst
    # A term runs until the answer is there.
    termijn = db.session.scalars(select(Looptermijn).where(Looptermijn.id == rij.looptermijn_id)).one()
    assert (termijn.stand, termijn.einde_datum) == ("loopt", rij.antwoord_voor)
    ander = zaak.wereld.client(Rol.COORDINATOR)
    assert ander.get(f"/verstrekkingen/{rij.uid}").status_code == 200
    velden_antwoord = {"versie": str(rij.versie), "antwoord": "Wij gaan kijken.", "op": f"{zaak.wereld.nu:%Y-%m-%d}"}
    assert verstuur(client, f"/verstrekkingen/{rij.uid}/antwoord", **velden_antwoord).status_code == 302
    assert verstuur(client, f"/verstrekkingen/{rij.uid}/antwoord", **velden_antwoord).status_code == 409
    db.session.rollback()
    assert db.session.scalars(select(Looptermijn).where(Looptermijn.id == termijn.id)).one().stand == "gedaan"
    assert {"verstrekt", "verstrekking_beantwoord"} <= set(handelingen())
    assert zaak.wereld.client(Rol.JURIST, zaak.wereld.twee).get(f"/verstrekkingen/{rij.uid}").status_code == 404


def test_zonder_grond_voor_personen_gaat_er_niets_mee_waarop_iemand_kan_staan(zaak: Zaak) -> None:
    sessie, nu, jurist, dossier = db.session(), zaak.wereld.nu, zaak.jurist, zaak.dossier()
    operations.voeg_partij_toe(sessie, jurist, nu, dossier, "Schilder J. de Vries", "huurder", "12345678")
    eerste, tweede = (r.stuk for r in lees_beeld(sessie, jurist, dossier).bewijs)
    for stuk in (eerste, tweede):
        operations.voeg_bewijs_toe(sessie, jurist, nu, dossier, stuk, "Anna bij haar bed")
        # Parties may see the whole photo: that says nothing about who is on it.
        redactie.oordeel(sessie, jurist, nu, dossier, redactie.bron_van(stuk), "geheel", "", gezien=0)
    vlak = [{"x": 0.1, "y": 0.1, "b": 0.2, "h": 0.1, "vorm": "rechthoek"}]
    lakken.lak(sessie, jurist, nu, tweede, vlak, "gezicht", "", 0)
    gegevens = Stukgegevens("verklaring", "Buur", "Bewoner", lokale_datum(nu), tekst="Ik zag Anna en Piet.")
    verklaring = voeg_stuk_toe(sessie, jurist, nu, zaak.opslag, dossier, gegevens, set())
    redactie.lak_tekst(sessie, jurist, nu, dossier, redactie.bron_van(verklaring), {}, {"Anna": "persoon"}, gezien=0)
    sessie.commit()
    client, pad = zaak.wereld.client(Rol.JURIST), f"/dossiers/{dossier.uid}/doorzetten/nieuw"
    ruim = _feiten(client.get(f"{pad}?ontvanger=nla&grond=uitbuiting").get_data(as_text=True))
    krap = _feiten(client.get(f"{pad}?ontvanger=nla&grond=arbeidswetten").get_data(as_text=True))
    over_personen = {f"foto:{eerste.uid}", f"stuk:{verklaring.uid}"} | {
        f"onderschrift:{s.uid}" for s in (eerste, tweede)
    }
    assert over_personen <= set(ruim)
    assert not over_personen & set(krap)
    assert f"foto:{tweede.uid}" in krap
    assert not any("Anna" in tekst or "de Vries" in tekst for tekst in krap.values())
    assert any("Kade Beheer BV" in tekst for tekst in krap.values())
    assert any("de Vries" in tekst for tekst in ruim.values())
    # Without its caption a photo says nothing of what was written under it.
    keuze = Keuze("nla", "arbeidswetten", "NLA", "Desk", "portaal", "Toezicht", (f"foto:{tweede.uid}",))
    voorbeeld = verstrekkingen.bereid(sessie, jurist, nu, zaak.opslag, dossier, keuze)
    tekst = " ".join(b.extract_text() for b in pypdf.PdfReader(io.BytesIO(voorbeeld.druk())).pages)
    assert "Anna" not in tekst + str(voorbeeld.inhoud)
    # The ground was never read in its source: whoever gets it sees that too.
    assert "(te bevestigen)" in " ".join(tekst.split())


def test_voorstel_zonder_dossier_en_herinnering(zaak: Zaak) -> None:
    sessie, nu, coordinator = db.session(), zaak.wereld.nu, zaak.wereld.een.actoren[Rol.COORDINATOR]
    client, pad = zaak.wereld.client(Rol.COORDINATOR), f"/voorstellen/{zaak.bevinding}/doorzetten"
    velden = _velden(zaak, feiten=[f"bevinding:{zaak.bevinding}"], actie="voorbeeld")
    assert verstuur(client, pad, **velden).status_code == 409  # type: ignore[arg-type]  # a list
    beoordelen.accepteer(sessie, coordinator, nu, zaak.rij(), "Voor de Arbeidsinspectie")
    sessie.commit()
    voorbeeld = verstuur(client, pad, **velden).get_data(as_text=True)  # type: ignore[arg-type]  # a list
    gezien = re.search(r'name="gezien"[^>]*value="([0-9a-f]{64})"', voorbeeld)
    assert gezien is not None
    velden |= {"actie": "doorzetten", "gezien": gezien[1]}
    assert verstuur(client, pad, **velden).status_code == 302  # type: ignore[arg-type]  # a list
    assert zaak.wereld.client(Rol.KABINET).get("/verstrekkingen").get_data(as_text=True).count("Arbeidsinspectie") == 0
    sessie.rollback()
    assert herinner(sessie, coordinator, nu) == 0
    laat = nu + timedelta(days=15)
    assert [herinner(sessie, coordinator, laat), herinner(sessie, coordinator, laat)] == [1, 0]
    assert herinner(sessie, coordinator, laat + timedelta(days=8)) == 1


def _bibob(zaak: Zaak, basis: Dossier) -> Dossier:
    grond = instrumenten()["bibob"].grondslag
    return operations.maak_dossier(
        db.session(), zaak.jurist, zaak.wereld.nu, "bibob", grond, "Bibob Kade", basis.locaties, ()
    )


def test_bibob_deelt_het_bewijs_en_niet_het_dossier(zaak: Zaak) -> None:
    sessie, nu, jurist = db.session(), zaak.wereld.nu, zaak.jurist
    dossier = zaak.dossier()
    bibob = _bibob(zaak, dossier)
    voorstel = sessie.scalars(select(Voorstel).where(Voorstel.dossier_id == dossier.id)).one()
    plaatsen.plaats_ook(sessie, jurist, nu, voorstel, bibob, "Aanleiding bij de vergunning: geheime afweging")
    with pytest.raises(Conflict):
        plaatsen.plaats_ook(sessie, jurist, nu, voorstel, bibob, "Nog eens")
    sessie.commit()
    # The same evidence in both, each with its own reason.
    daar, hier = lees_beeld(sessie, jurist, bibob), lees_beeld(sessie, jurist, dossier)
    assert [r.stuk.sha256 for r in daar.bewijs] == [r.stuk.sha256 for r in hier.bewijs] != []
    assert daar.bevindingen[0].reden.endswith("geheime afweging")
    assert hier.bevindingen[0].reden == "Duidelijk te veel bewoners"
    # Nothing of it comes back: not on the page of the proposal, the dossier, its evidence or its chain.
    for rol in (Rol.COORDINATOR, Rol.KABINET):
        client = zaak.wereld.client(rol)
        assert client.get(f"/dossiers/{bibob.uid}/bewijs").status_code == 404
        assert client.get(f"/dossiers/{bibob.uid}/doorzetten").status_code == 404
    client = zaak.wereld.client(Rol.COORDINATOR)
    uid = hier.bewijs[0].stuk.uid
    paden = (f"/voorstellen/{zaak.bevinding}", f"/dossiers/{dossier.uid}", f"/dossiers/{dossier.uid}/bewijs/stuk/{uid}",
             "/voorstellen?status=overgenomen", "/verstrekkingen")  # fmt: skip
    for pad in paden:
        pagina = client.get(pad).get_data(as_text=True)
        assert bibob.nummer not in pagina
        assert "geheime afweging" not in pagina
        assert "Bibob Kade" not in pagina
    # Out of it goes only what art. 28 lets go.
    keuze = Keuze("nla", "arbeidswetten", "NLA", "Desk", "portaal", "Toezicht", (f"pand:{dossier.locaties[0].uid}",))
    with pytest.raises(Conflict, match="artikel 28"):
        verstrekkingen.bereid(sessie, jurist, nu, zaak.opslag, bibob, keuze)
    goed = Keuze("lbb", "artikel", "LBB", "Bureau", "portaal", "Advies", (f"pand:{dossier.locaties[0].uid}",))
    assert verstrekkingen.bereid(sessie, jurist, nu, zaak.opslag, bibob, goed).inhoud["feiten"]
    # Taken out of the first, it stays in the second; and the finding itself is not dismissed.
    sessie.rollback()
    plaatsen.haal_weg(sessie, jurist, nu, voorstel, dossier, "Hoort hier niet")
    assert (voorstel.dossier_id, voorstel.status) == (None, "overgenomen")
    assert lees_beeld(sessie, jurist, bibob).bevindingen
    assert sessie.scalars(select(Bevinding)).first() is not None
