"""The complete file: what a jurist makes and a third party checks; what parties never get; what is never half."""

import hashlib
import html
import io
import json
import re
import shutil
import subprocess
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import pikepdf
import pytest
from pypdf import PdfReader
from sqlalchemy import select
from werkzeug.test import TestResponse

from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers import volledig_werk
from inspecties.dossiers.models import Dossier, Stuk
from inspecties.dossiers.models_kabinet import Besluitvastlegging
from inspecties.dossiers.models_volledig import Stuknummer, Volledigdossier
from inspecties.dossiers.volledig_opdracht import Opdrachtgever
from inspecties.gebruikers.bevestigen import VELD
from tests.integration.dossiers.conftest import Zaak, foto, handelingen, verstuur
from tests.pdfkeuring import keur_pdf
from tests.wereld import WACHTWOORD

SHA256SUM = shutil.which("sha256sum")


@pytest.fixture
def meteen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The making runs before the answer comes, in the process of its own that it always has."""
    monkeypatch.setattr(volledig_werk, "start", volledig_werk.voer_uit)


def _tekst(pdf: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(p.extract_text() for p in PdfReader(io.BytesIO(pdf)).pages))


def _maak(zaak: Zaak, dossier: Dossier, uitvoering: str) -> TestResponse:
    antwoord = verstuur(zaak.wereld.client(Rol.JURIST), f"/dossiers/{dossier.uid}/volledig", uitvoering=uitvoering)
    db.session.rollback()
    return antwoord


def _laatste(dossier: Dossier) -> Volledigdossier:
    """The newest making as it stands now; without a transaction that others would wait for."""
    db.session.rollback()
    opdracht = select(Volledigdossier).where(Volledigdossier.dossier_id == dossier.id)
    rij = db.session.scalars(opdracht.order_by(Volledigdossier.id.desc())).first()
    assert rij is not None
    db.session.expunge(rij)
    db.session.rollback()
    return rij


def _oordeel(zaak: Zaak, dossier: Dossier, sleutel: str, keuze: str, reden: str = "", **anders: str) -> tuple[int, str]:
    client, pad = zaak.wereld.client(Rol.JURIST), f"/dossiers/{dossier.uid}/volledig/stuk"
    pagina = client.get(pad, query_string={"sleutel": sleutel}).get_data(as_text=True)
    gezien = re.search(r'name="gezien" value="(\d+)"', pagina)
    assert gezien is not None
    velden = {
        "sleutel": sleutel, "keuze": keuze, "reden": reden, "gezien": gezien[1],
        "inhoud": _inhoud(zaak, dossier, sleutel),
    }  # fmt: skip
    velden |= anders
    antwoord = verstuur(client, pad, **velden)
    return antwoord.status_code, html.unescape(antwoord.get_data(as_text=True))


def _inhoud(zaak: Zaak, dossier: Dossier, sleutel: str) -> str:
    """What the page of a piece says that its reader saw."""
    pad = f"/dossiers/{dossier.uid}/volledig/stuk"
    pagina = zaak.wereld.client(Rol.JURIST).get(pad, query_string={"sleutel": sleutel}).get_data(as_text=True)
    gevonden = re.search(r'name="inhoud" value="([0-9a-f]{64})"', pagina)
    assert gevonden is not None
    return gevonden[1]


def _haal(zaak: Zaak, rij: Volledigdossier, soort: str, rol: Rol = Rol.JURIST) -> bytes:
    with zaak.wereld.client(rol).get(f"/dossiers/volledig/{rij.uid}/{soort}") as antwoord:
        assert antwoord.status_code == 200
        assert antwoord.headers["Cache-Control"] == "no-store"
        return antwoord.get_data()


def _pak_uit(inhoud: bytes, map_: Path) -> dict[str, Any]:
    """Unpack and check as a third party does; the manifest."""
    with zipfile.ZipFile(io.BytesIO(inhoud)) as pakket:
        assert pakket.testzip() is None
        pakket.extractall(map_)
    assert SHA256SUM is not None, "sha256sum is needed"
    uit = subprocess.run([SHA256SUM, "-c", "--strict", "SHA256SUMS"], cwd=map_, capture_output=True, check=False)
    assert uit.returncode == 0, uit.stdout + uit.stderr
    genoemd = {regel.split("  ", 1)[1] for regel in (map_ / "SHA256SUMS").read_text().splitlines()}
    assert genoemd | {"SHA256SUMS"} == {str(p.relative_to(map_)) for p in map_.rglob("*") if p.is_file()}
    manifest: dict[str, Any] = json.loads((map_ / "manifest.json").read_text())
    return manifest


@pytest.mark.usefixtures("meteen")
def test_volledig_dossier_is_geldig_compleet_en_na_te_rekenen(zaak: Zaak, tmp_path: Path) -> None:
    dossier = zaak.voorgelegd()
    assert _maak(zaak, dossier, "volledig").status_code == 302
    rij = _laatste(dossier)
    assert (rij.stand, rij.melding) == ("klaar", "")
    pdf = _haal(zaak, rij, "pdf")
    assert hashlib.sha256(pdf).hexdigest() == rij.pdf_sha256
    assert keur_pdf(pdf, deel="3") == []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        xmp = document.open_metadata()
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"], xmp["pdfuaid:part"]) == ("3", "A", "1")
        assert (str(document.Root.Lang), bool(document.Root.MarkInfo.Marked)) == ("nl-NL", True)
        assert document.Root.ViewerPreferences.DisplayDocTitle
        # One tree over everything: every page finds its way into it, and no two notes or headers share an id.
        sleutels = list(document.Root.StructTreeRoot.ParentTree.Nums)[::2]
        assert sorted(sleutels) == sorted(set(sleutels))
        assert all(int(blad.obj.StructParents) in [int(s) for s in sleutels] for blad in document.pages)
        stukken = [r for r in rij.inventaris if not r["onder"]]
        assert len(document.Root.StructTreeRoot.K[0].K) == 1 + len(stukken)
        alts = [str(o.Alt) for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o]
        fotos = [r["nr"] for r in rij.inventaris if r["onder"]]
        assert len(fotos) == 2
        assert all(sum(alt.startswith(f"Foto {nr}:") for alt in alts) == 1 for nr in fotos)
    lezer = PdfReader(io.BytesIO(pdf))
    titels = [str(item["/Title"]) for item in lezer.outline if not isinstance(item, list)]
    assert titels[0] == "Omslag en inventaris"
    assert titels[1:] == [f"Stuk {r['nr']}: {r['titel']}" for r in stukken]
    # The index tells the truth: on that page that piece begins, and its stamp stands there.
    for r in rij.inventaris:
        assert f"Stuk {r['nr'].split('.')[0]}" in lezer.pages[r["blz"] - 1].extract_text()
    assert lezer.page_labels[:2] == ["1", "2"]
    bijlage = json.loads(lezer.attachments["inventaris.json"][0])
    assert [s["nummer"] for s in bijlage["stukken"]] == [r["nr"] for r in rij.inventaris]
    manifest = _pak_uit(_haal(zaak, rij, "zip"), tmp_path)
    # The originals as they came, and the document as it was submitted.
    stuk = db.session.scalars(select(Stuk).where(Stuk.dossier_id == dossier.id)).one()
    assert {s["sha256"] for s in manifest["stukken"]} >= {*zaak.bewijs, stuk.sha256}
    som = {hashlib.sha256(p.read_bytes()).hexdigest() for p in (tmp_path / "stukken").iterdir()}
    assert som >= {*zaak.bewijs, stuk.sha256}
    assert handelingen().count("volledig_opgehaald") == 2
    assert not list((zaak.opslag.wortel / "onderweg" / "volledig").iterdir())


@pytest.mark.usefixtures("meteen")
def test_nummers_blijven_ook_als_er_stukken_bij_komen(zaak: Zaak) -> None:
    dossier = zaak.voorgelegd()
    _maak(zaak, dossier, "volledig")
    eerst = {r.sleutel: (r.nummer, r.onder) for r in db.session.scalars(select(Stuknummer))}
    # An older photo of the same visit, at an answer that carries the finding.
    voorleggen_terug(zaak, dossier)
    foto(zaak.boa, zaak.bezoek, "teal")
    db.session.rollback()
    _maak(zaak, dossier, "volledig")
    later = {r.sleutel: (r.nummer, r.onder) for r in db.session.scalars(select(Stuknummer))}
    assert {sleutel: later[sleutel] for sleutel in eerst} == eerst
    nieuw = set(later) - set(eerst)
    assert len(nieuw) == 1
    fotos = next(sleutel for sleutel in eerst if sleutel.startswith("fotos:"))
    assert later[nieuw.pop()] == (eerst[fotos][0], 3)


def voorleggen_terug(zaak: Zaak, dossier: Dossier) -> None:
    """Take the dossier back to work on it."""
    antwoord = verstuur(zaak.wereld.client(Rol.JURIST), f"/dossiers/{dossier.uid}/terughalen", reden="Nog een foto.")
    assert antwoord.status_code == 302


@pytest.mark.usefixtures("meteen")
def test_versie_voor_partijen(zaak: Zaak, tmp_path: Path) -> None:
    # A photo with metadata and a face, covered; and one that nobody looked at yet.
    dossier = zaak.voorgelegd()
    geweigerd = _maak(zaak, dossier, "partijen")
    assert geweigerd.status_code == 409
    pagina = html.unescape(geweigerd.get_data(as_text=True))
    assert "2 onderdelen zijn nog niet bekeken op afdekken" in pagina
    assert db.session.scalars(select(Volledigdossier)).all() == []
    regels = dict(_sleutels(zaak, dossier))
    status, pagina = _oordeel(zaak, dossier, regels["Voorgelegd dossier"], "geheim")
    assert status == 422
    assert "Schrijf op waarom" in pagina
    assert _oordeel(zaak, dossier, regels["Voorgelegd dossier"], "geheim", "Namen van toezichthouders.")[0] == 302
    assert _oordeel(zaak, dossier, regels["Foto's"], "mag")[0] == 302
    # Somebody with an older page does not overwrite that, and reads both.
    status, pagina = _oordeel(zaak, dossier, regels["Foto's"], "weglaten", "Dubbel.", gezien="0")
    assert status == 409
    assert "koos intussen" in pagina
    assert "Dubbel." in pagina
    assert _maak(zaak, dossier, "partijen").status_code == 302
    rij = _laatste(dossier)
    assert (rij.stand, rij.melding) == ("klaar", "")
    pdf = _haal(zaak, rij, "pdf")
    tekst = _tekst(pdf)
    assert "Alleen voor de rechter (artikel 8:29 Awb): Namen van toezichthouders." in tekst
    assert zaak.jurist.naam not in tekst
    pakket = _haal(zaak, rij, "zip")
    manifest = _pak_uit(pakket, tmp_path)
    stuk = db.session.scalars(select(Stuk).where(Stuk.dossier_id == dossier.id)).one()
    for verboden in (*zaak.bewijs, stuk.sha256):
        assert verboden not in json.dumps(manifest)
        assert verboden not in tekst
    alles = [p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()]
    assert not {hashlib.sha256(inhoud).hexdigest() for inhoud in alles} & {*zaak.bewijs, stuk.sha256}
    assert len([p for p in (tmp_path / "stukken").iterdir() if p.suffix == ".jpg"]) == 2
    # A tablet sends one more: nobody looked at it, so it does not go along with what was let through.
    sleutel = regels["Foto's"]
    zag = _inhoud(zaak, dossier, sleutel)
    foto(zaak.boa, zaak.bezoek, "teal")
    db.session.rollback()
    geweigerd = _maak(zaak, dossier, "partijen")
    assert geweigerd.status_code == 409
    assert "1 onderdeel is nog niet bekeken op afdekken" in html.unescape(geweigerd.get_data(as_text=True))
    # Who still has the page with two open lets through what they did not see.
    status, pagina = _oordeel(zaak, dossier, sleutel, "mag", inhoud=zag)
    assert status == 409
    assert "of er kwam iets bij" in pagina
    assert _oordeel(zaak, dossier, sleutel, "mag")[0] == 302
    assert _maak(zaak, dossier, "partijen").status_code == 302
    assert [r["nr"] for r in _laatste(dossier).inventaris if r["onder"]] == ["1.1", "1.2", "1.3"]


@pytest.mark.usefixtures("meteen")
def test_vragen_van_het_kabinet_en_hoe_er_is_besloten_staan_erin(zaak: Zaak) -> None:
    dossier = zaak.voorgelegd()
    stuk = db.session.scalars(select(Stuk.sha256).where(Stuk.dossier_id == dossier.id)).one()
    velden = {
        "stuk": stuk, "besluit": "teruggestuurd", "vraag-bewoners-1": "Waar slapen zij?",
        "vragen": "Welke dagen?", VELD: WACHTWOORD,
    }  # fmt: skip
    kabinet, pad = zaak.wereld.client(Rol.KABINET), f"/kabinet/{dossier.uid}/besluit"
    assert verstuur(kabinet, pad, **velden).status_code == 302
    assert _maak(zaak, dossier, "volledig").status_code == 302
    tekst = _tekst(_haal(zaak, _laatste(dossier), "pdf"))
    assert "Bij 'Wie wonen er' ('Alleen volwassenen; opvang is geregeld.'): Waar slapen zij?" in tekst
    assert "Welke dagen?" in tekst
    vast = db.session.scalars(select(Besluitvastlegging)).one()
    assert vast.inhoud["bevoegdheid"]["regel"]["artikel"] in tekst
    assert "wie het ambt bekleedt is nog niet vastgelegd" in tekst
    assert vast.hash in tekst.replace(" ", "")


def test_gestopt_afgebroken_en_wie_wat_mag(zaak: Zaak, monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = zaak.voorgelegd()
    client, pad = zaak.wereld.client(Rol.JURIST), f"/dossiers/{dossier.uid}/volledig"
    # The server is stopped under it: nobody runs it on, and after a while it counts as failed.
    monkeypatch.setattr(volledig_werk, "start", lambda *_: None)
    assert _maak(zaak, dossier, "volledig").status_code == 302
    bezet = _maak(zaak, dossier, "partijen")
    assert bezet.status_code == 409
    assert "wordt al gemaakt" in bezet.get_data(as_text=True)
    rij = _laatste(dossier)
    stand = f"/dossiers/volledig/{rij.uid}/stand"
    assert client.get(stand).get_json()["stand"] == "bezig"
    klok = zaak.wereld.app.extensions["klok"]
    zaak.wereld.app.extensions["klok"] = VasteKlok(klok.nu() + timedelta(minutes=2))
    assert client.get(stand).get_json()["stand"] == "mislukt"
    assert "Het maken is afgebroken" in client.get(pad).get_data(as_text=True)
    assert client.get(f"/dossiers/volledig/{rij.uid}/pdf").status_code == 404
    # It can begin again; stopping it leaves nothing, also when its process comes to an end later.
    assert _maak(zaak, dossier, "volledig").status_code == 302
    rij = _laatste(dossier)
    assert verstuur(client, f"/dossiers/volledig/{rij.uid}/stoppen").status_code == 302
    dossier_uid = dossier.uid
    db.session.rollback()
    volledig_werk.voer_uit(zaak.wereld.app, zaak.jurist, dossier_uid, rij.uid)
    assert (_laatste(dossier).stand, _laatste(dossier).pdf_sha256) == ("gestopt", "")
    # A file of the store that was changed: said so, nothing kept.
    stuk = db.session.scalars(select(Stuk).where(Stuk.dossier_id == dossier.id)).one()
    weg = zaak.opslag.pad(zaak.wereld.een.gemeente.uid, stuk.sha256)
    db.session.rollback()
    inhoud = weg.read_bytes()
    weg.write_bytes(inhoud + b" ")
    monkeypatch.setattr(volledig_werk, "start", volledig_werk.voer_uit)
    assert _maak(zaak, dossier, "volledig").status_code == 302
    assert "niet meer ongeschonden" in _laatste(dossier).melding
    weg.write_bytes(inhoud)
    # Whole, but nobody could write that down, or somebody stopped it just then: no package stays behind.
    eerst = _in_opslag(zaak)
    for uitval in (_geen_database, lambda *_: False):
        with monkeypatch.context() as even:
            even.setattr(volledig_werk, "_zeg_klaar", uitval)
            assert _maak(zaak, dossier, "volledig").status_code == 302
        assert _laatste(dossier).stand != "klaar"
        assert _in_opslag(zaak) == eerst
        klok = zaak.wereld.app.extensions["klok"]
        zaak.wereld.app.extensions["klok"] = VasteKlok(klok.nu() + timedelta(minutes=2))
    # A process that crashes tells the log where.
    logs = MagicMock()
    with monkeypatch.context() as even:
        even.setattr(volledig_werk, "log", logs)
        even.setattr(Opdrachtgever, "stel_op", lambda *_: {"werkmap": str(zaak.opslag.wortel)})
        assert _maak(zaak, dossier, "volledig").status_code == 302
    assert "KeyError" in logs.warning.call_args.kwargs["klachten"]
    assert _maak(zaak, dossier, "volledig").status_code == 302
    rij = _laatste(dossier)
    assert rij.stand == "klaar"
    kabinet = zaak.wereld.client(Rol.KABINET)
    assert hashlib.sha256(_haal(zaak, rij, "pdf", Rol.KABINET)).hexdigest() == rij.pdf_sha256
    assert kabinet.get(f"/dossiers/volledig/{rij.uid}/zip").status_code == 403
    assert zaak.wereld.client(Rol.INSPECTEUR).get(pad).status_code == 403
    # The other gemeente does not know of it.
    assert zaak.wereld.client(Rol.JURIST, zaak.wereld.twee).get(f"/dossiers/volledig/{rij.uid}/pdf").status_code == 404


def _in_opslag(zaak: Zaak) -> set[str]:
    """Every file in the store of this gemeente."""
    map_ = zaak.opslag.wortel / str(zaak.wereld.een.gemeente.uid)
    return {pad.name for pad in map_.rglob("*") if pad.is_file()}


def _geen_database(*_: object) -> bool:
    raise OSError("the database is gone")


def _sleutels(zaak: Zaak, dossier: Dossier) -> list[tuple[str, str]]:
    """(kind, key) of every piece, as the page shows them."""
    pagina = zaak.wereld.client(Rol.JURIST).get(f"/dossiers/{dossier.uid}/volledig").get_data(as_text=True)
    paren = re.findall(r'sleutel=([^"]+)">[^<]*</a><br><span class="veld__hint">([^,]+),', pagina)
    return [(html.unescape(soort), html.unescape(sleutel).replace("%3A", ":")) for sleutel, soort in paren]
