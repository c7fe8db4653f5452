"""Keys change without anything becoming unreadable: encrypted fields, keyed hashes, sessions and links."""

import base64
import dataclasses
import os
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Table, select

from inspecties import create_app
from inspecties.audit.models_beperking import Rectificatie
from inspecties.core.ids import nieuw_id
from inspecties.core.rechten import Rol
from inspecties.core.sleutelbos import Sleutelbos, SleutelFout
from inspecties.database.basis import db, metadata
from inspecties.dienst.versleuteld import VERSLEUTELD, WISAFDRUKKEN, herversleutel, tel_per_sleutel
from inspecties.gebruikers import totp
from inspecties.gebruikers.beheer_link import lees_link, maak_link
from inspecties.gebruikers.models import Gebruiker
from inspecties.locaties.kenmerken import leg_kenmerk_vast, neem_kenmerk_weg
from inspecties.signalen.melder import Betrokkengegevens, Meldergegevens, bewaar_betrokkene, bewaar_melder
from inspecties.signalen.operations import Melding, meld
from inspecties.start import inzage
from tests.conftest import Klant
from tests.locatiewereld import maak_locatie, maak_typen
from tests.wereld import Wereld

OUD, NIEUW = (os.urandom(32) for _ in range(2))


def stil(tekst: str) -> None:
    """Nobody watches the progress."""


def vul(wereld: Wereld, bos: Sleutelbos) -> None:
    """Something in every encrypted column, by the operations that the pages use; committed."""
    sessie, nu, kring = db.session(), wereld.nu, wereld.een
    maak_typen(kring)
    locatie = maak_locatie(kring, nu, "Pand")
    dag, wie = nu.date(), kring.actoren[Rol.COORDINATOR]
    vast: dict[str, Any] = {"bron": "gezien", "gezien_op": dag}
    for nr in range(210):
        leg_kenmerk_vast(sessie, wie, nu, bos, locatie, soort="alias", waarde=f"Naam {nr}", **vast)
    weg = leg_kenmerk_vast(sessie, wie, nu, bos, locatie, soort="alias", waarde="Verkeerd", **vast)
    neem_kenmerk_weg(sessie, wie, nu, weg, "Verkeerd gelezen.")
    melding = Melding(dag, "medewerker", "arbeidsuitbuiting", "normaal", "Busjes voor de deur.", "Dijkstraat 4")
    signaal = meld(sessie, kring.actoren[Rol.INSPECTEUR], nu, melding)
    bewaar_melder(sessie, bos, signaal, Meldergegevens(naam="Buur Man"), terugkoppeling=True)
    bewaar_betrokkene(sessie, bos, nu, signaal, "onbekend", Betrokkengegevens(naam="Iemand"))
    gebruiker = sessie.get_one(Gebruiker, wie.gebruiker_id)
    totp.begin_opzet(sessie, bos, nu, gebruiker, nieuw=True)
    jurist = kring.actoren[Rol.JURIST]
    verzoek = inzage.neem_aan(sessie, jurist, nu, bos, "inzage", inzage.Aanvrager("A. de Vries"), dag)
    for kolom in ("zoeken", "inhoud"):
        setattr(verzoek, kolom, bos.versleutel("{}", f"inzageverzoek:{verzoek.uid}:{kolom}"))
    uid = nieuw_id()
    tekst = {naam: bos.versleutel(naam, f"rectificatie:{uid}") for naam in ("oud", "nieuw")}
    vast = {"object_soort": "partij", "object_uid": str(uid), "veld": "partij.naam", "aangepast": False, "reden": "x"}
    sessie.add(Rectificatie(uid=uid, gemeente_id=kring.gemeente.id, op=nu, **tekst, **vast))
    sessie.commit()


def lees_alles(bos: Sleutelbos) -> dict[tuple[str, str, str], str]:
    """Every encrypted field, read."""
    uit = {}
    for (naam, kolom), context in VERSLEUTELD.items():
        tabel: Table = metadata.tables[naam]
        for uid, waarde in db.session.execute(select(tabel.c.uid, tabel.c[kolom])):
            uit[naam, kolom, str(uid)] = bos.ontsleutel(waarde, context.format(uid=uid))
    db.session.rollback()
    return uit


def hashes(bos: Sleutelbos) -> bool:
    """Whether every keyed hash is the one that this set of keys makes."""
    goed = True
    for naam, (hash_, soort, geheim) in WISAFDRUKKEN.items():
        tabel = metadata.tables[naam]
        for rij in db.session.execute(select(tabel.c.uid, tabel.c[hash_], tabel.c[soort], tabel.c[geheim])):
            tekst = bos.ontsleutel(rij[3], VERSLEUTELD[naam, geheim].format(uid=rij[0]))
            goed = goed and rij[1] == bos.wis_af(rij[2], tekst)
    db.session.rollback()
    return goed


def test_een_nieuwe_sleutel_neemt_alles_over_en_de_oude_kan_weg(
    app: Flask, wereld: Wereld, monkeypatch: pytest.MonkeyPatch
) -> None:
    oud, beide, nieuw = Sleutelbos({"a": OUD}), Sleutelbos({"b": NIEUW, "a": OUD}), Sleutelbos({"b": NIEUW})
    vul(wereld, oud)
    leesbaar = lees_alles(oud)
    assert {(tabel, kolom) for tabel, kolom, _ in leesbaar} == set(VERSLEUTELD)
    # The new key is in front: everything still reads, and what is not here says which key it misses.
    assert lees_alles(beide) == leesbaar
    with pytest.raises(SleutelFout, match="'a' ontbreekt"):
        lees_alles(nieuw)
    uit = herversleutel(db.session(), nieuw, stil)
    assert (uit.omgezet, uit.onleesbaar) == (0, len(leesbaar))
    assert all("'a'" in fout for fout in uit.fouten)
    # Broken off in the middle: every row is readable at every moment, and the next run does the rest.
    keren = 0
    echt = Sleutelbos.versleutel

    def breekt_af(bos: Sleutelbos, tekst: str, context: str) -> str:
        nonlocal keren
        keren += 1
        if keren > 208:
            raise KeyboardInterrupt
        return echt(bos, tekst, context)

    with monkeypatch.context() as m:
        m.setattr(Sleutelbos, "versleutel", breekt_af)
        with pytest.raises(KeyboardInterrupt):
            herversleutel(db.session(), beide, stil)
    db.session.rollback()
    half = tel_per_sleutel(db.session())
    assert half["a"] > 0 < half["b"]
    assert lees_alles(beide) == leesbaar
    uit = herversleutel(db.session(), beide, stil)
    assert (uit.omgezet, uit.onleesbaar) == (half["a"], 0)
    assert tel_per_sleutel(db.session()) == {"b": len(leesbaar)}
    # The old key goes: the hashes by which equal values find each other are made again, once.
    assert hashes(beide)
    assert herversleutel(db.session(), nieuw, stil).hashes == 211
    assert hashes(nieuw)
    again = herversleutel(db.session(), nieuw, stil)
    assert (again.omgezet, again.hashes, again.fouten) == (0, 0, [])
    assert lees_alles(nieuw) == leesbaar
    # A key of the same name that is another says so, and destroys nothing.
    vals = Sleutelbos({"c": OUD, "b": OUD})
    assert herversleutel(db.session(), vals, stil).onleesbaar == len(leesbaar)
    assert lees_alles(nieuw) == leesbaar


def test_een_nieuw_geheim_laat_sessies_en_links_heel(app: Flask, wereld: Wereld) -> None:
    inst = app.extensions["instellingen"]
    velden = "basis:" + base64.urlsafe_b64encode(app.extensions["sleutelbos"].sleutels["basis"]).decode()
    client = wereld.client(Rol.COORDINATOR)
    koekje = next(k for k in client._cookies.values() if k.key == "inspecties")
    gebruiker = db.session.get_one(Gebruiker, wereld.een.actoren[Rol.INSPECTEUR].gebruiker_id)
    link = maak_link(inst.secret_key, wereld.nu, gebruiker)
    db.session.rollback()

    def status(**anders: str) -> tuple[int, int]:
        ander = create_app(dataclasses.replace(inst, veldsleutels=velden, **anders), app.extensions["klok"])
        ander.testing, ander.test_client_class = True, Klant
        nieuwe = ander.test_client()
        nieuwe.set_cookie("inspecties", koekje.value)
        beide = nieuwe.get("/").status_code, nieuwe.get(f"/wachtwoord/{link.bewijs}").status_code
        with ander.app_context():
            db.session.remove()
            db.engine.dispose()
        return beide

    assert status() == (200, 200)
    assert status(secret_key="n" * 40, secret_key_oud=inst.secret_key) == (200, 200)
    assert status(secret_key="n" * 40, secret_key_oud="x" * 40 + "," + inst.secret_key) == (200, 200)
    # Taken out of the settings, it opens nothing any more.
    assert status(secret_key="n" * 40) == (302, 404)
    lees_link(db.session(), ["n" * 40, inst.secret_key], wereld.nu, link.bewijs)
