"""Across gemeenten: only that a feature occurs on both sides and whom to call, and only while both share."""

from datetime import timedelta
from itertools import product

from inspecties.audit.models import Auditregel
from inspecties.audit.operations import controleer
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.gebruikers import verband
from inspecties.gebruikers.models_verband import Samenwerkingsverband, Verbandlid
from inspecties.gebruikers.verband_queries import delende_partners
from inspecties.locaties.koppelingen_verband import toon_elders
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_partijen import Kenmerk
from tests.koppelwereld import geef_rol, in_verband, maak_partij, schakel, zie
from tests.locatiewereld import maak_locatie
from tests.wereld import Kring, Wereld, csrf

GEHEIM = ("Massagesalon Geheim", "Kanaalstraat Ver 9", "Vlijt Daar BV", "bron van de buren")


def _tweeling(wereld: Wereld) -> tuple[Risicolocatie, list[str]]:
    """The same telephone and KvK number on both sides; what of the other side must never show."""
    nu = wereld.nu
    hier = maak_locatie(wereld.een, nu, "Pand Hier")
    daar = [maak_locatie(wereld.twee, nu, GEHEIM[0], "massagesalon", dx=i * 50, notitie=GEHEIM[1]) for i in range(2)]
    zie(wereld.een, nu, hier, "telefoon", "06-12345678")
    kenmerken = [zie(wereld.twee, nu, plek, "telefoon", "+31612345678", bron=GEHEIM[3]) for plek in daar]
    geef_rol(maak_partij(wereld.een, nu, "Vlijt Hier BV", "90000017"), nu, hier)
    partij = maak_partij(wereld.twee, nu, GEHEIM[2], "90000017")
    geef_rol(partij, nu, daar[0], "bemiddelaar")
    uids = [str(o.uid) for o in (*daar, *kenmerken, partij, daar[0].locatietype)]
    return hier, [*GEHEIM, *uids, kenmerken[0].versleuteld]


def _ziet(wereld: Wereld, kring: Kring, locatie: Risicolocatie) -> list[tuple[str, str, str]]:
    """(kind, gemeente, contact) that the coordinator is shown of a location."""
    sessie = db.session()
    gevonden, _ = toon_elders(sessie, kring.actoren[Rol.COORDINATOR], wereld.nu, locatie.id)
    uit = [(e.soort, e.partner.gemeente, e.partner.contact_naam) for e in gevonden]
    sessie.rollback()
    return uit


def test_elke_stand_van_de_schakelaars(wereld: Wereld) -> None:
    hier, _ = _tweeling(wereld)
    daar = (
        db.session.query(Risicolocatie)
        .filter_by(gemeente_id=wereld.twee.gemeente.id)
        .order_by(Risicolocatie.id)
        .first()
    )
    assert daar is not None
    assert _ziet(wereld, wereld.een, hier) == []  # no partnership at all
    eerste, tweede = in_verband(wereld.een, wereld.twee, wereld.nu)
    for een, twee in [*product((False, True), repeat=2), (True, False), (False, False), (True, True)]:
        schakel(wereld.een, eerste, wereld.nu, aan=een)
        schakel(wereld.twee, tweede, wereld.nu, aan=twee)
        soorten = [("kvk", "Houtribdijk", "Bel Twee"), ("telefoon", "Houtribdijk", "Bel Twee")]
        assert _ziet(wereld, wereld.een, hier) == (soorten if een and twee else [])
        terug = [(s, "Markerwaard", "Bel Een") for s, _, _ in soorten]
        assert _ziet(wereld, wereld.twee, daar) == (terug if een and twee else [])
    verband.verlaat(db.session(), wereld.twee.actoren[Rol.BEHEERDER], wereld.nu, tweede)
    db.session.commit()
    assert _ziet(wereld, wereld.een, hier) == []


def test_toelaten_en_opnieuw_aanzetten(wereld: Wereld) -> None:
    """Who only asked shares nothing, and a yes does not cover who came later."""
    hier, _ = _tweeling(wereld)
    sessie, nu = db.session(), wereld.nu
    een, twee = (k.actoren[Rol.BEHEERDER] for k in (wereld.een, wereld.twee))
    eerste = verband.richt_op(sessie, een, nu, "Markermeer")
    verband.wijzig_contact(sessie, een, nu, eerste, "Bel Een", "0320 000010", "bel@een.example")
    verband.zet_delen(sessie, een, nu, eerste, aan=True)
    tweede = verband.vraag_aan(sessie, twee, nu + timedelta(hours=1), eerste.verband)
    verband.wijzig_contact(sessie, twee, nu, tweede, "Bel Twee", "0320 000010", "bel@twee.example")
    sessie.commit()
    later = nu + timedelta(hours=2)
    verband.laat_toe(sessie, een, later, eerste, "9902")
    verband.zet_delen(sessie, twee, later, tweede, aan=True)
    sessie.commit()
    assert _ziet(wereld, wereld.een, hier) == []
    verband.zet_delen(sessie, een, later + timedelta(minutes=1), eerste, aan=True)
    sessie.commit()
    assert len(_ziet(wereld, wereld.een, hier)) == 2


def test_alleen_dat_het_er_is_en_wie_u_belt(wereld: Wereld) -> None:
    hier, geheim = _tweeling(wereld)
    for kring in (wereld.een, wereld.twee):
        persoon = maak_partij(kring, wereld.nu, "Eenmans Jan", "90000025", soort="persoon")
        plek = (
            db.session.query(Risicolocatie).filter_by(gemeente_id=kring.gemeente.id).order_by(Risicolocatie.id).first()
        )
        assert plek is not None
        geef_rol(persoon, wereld.nu, plek)
    eerste, tweede = in_verband(wereld.een, wereld.twee, wereld.nu)
    schakel(wereld.een, eerste, wereld.nu, aan=True)
    schakel(wereld.twee, tweede, wereld.nu, aan=True)
    client = wereld.client(Rol.COORDINATOR)
    for pad in (f"/locaties/{hier.uid}/koppelingen", "/locaties/koppelingen/elders"):
        pagina = client.get(pad).get_data(as_text=True)
        assert pagina.count("Ook in Houtribdijk komt dit kenmerk voor. Bel Bel Twee") == 2  # not once per place there
        assert "06 1234 5678" in pagina
        assert "90000025" not in pagina.partition("Op de kaart")[0]  # a person's number is never compared
    for pad in (
        *(f"/locaties/{hier.uid}{rest}" for rest in ("", "/koppelingen", "/koppelingen/kaart.js")),
        *("/locaties/koppelingen", "/locaties/koppelingen/elders", f"/api/locaties/{hier.uid}/koppelingen"),
    ):
        antwoord = client.get(pad)
        assert antwoord.status_code == 200
        tekst = antwoord.get_data(as_text=True)
        for wat in geheim:
            assert wat not in tekst, f"{pad} verraadt {wat}"
    # Nor in the own log, which the own auditor reads.
    eigen = db.session.query(Auditregel).filter_by(gemeente_id=wereld.een.gemeente.id)
    assert not any(wat in str(r.gegevens) + r.object_uid for r in eigen for wat in geheim)
    for rol in (Rol.AANDACHTSFUNCTIONARIS, Rol.JURIST, Rol.INSPECTEUR):
        ander = wereld.client(rol)
        for pad in (f"/locaties/{hier.uid}", f"/locaties/{hier.uid}/koppelingen", "/locaties/koppelingen/elders"):
            assert "Houtribdijk" not in ander.get(pad).get_data(as_text=True)


def test_beide_logboeken_en_uit_is_meteen_uit(wereld: Wereld) -> None:
    hier, _ = _tweeling(wereld)
    eerste, tweede = in_verband(wereld.een, wereld.twee, wereld.nu)
    schakel(wereld.een, eerste, wereld.nu, aan=True)
    schakel(wereld.twee, tweede, wereld.nu, aan=True)
    client = wereld.client(Rol.COORDINATOR)
    pad = f"/locaties/{hier.uid}/koppelingen"
    assert "Ook in Houtribdijk" in client.get(pad).get_data(as_text=True)
    wisafdruk = db.session.query(Kenmerk).filter_by(locatie_id=hier.id).one().wisafdruk
    regels = {}
    for kring, handeling in ((wereld.een, "koppeling_elders_gezien"), (wereld.twee, "koppeling_aan_ander_getoond")):
        [regel] = db.session.query(Auditregel).filter_by(gemeente_id=kring.gemeente.id, handeling=handeling)
        dingen = {(d["soort"], d["sleutel"]) for d in regel.gegevens["dingen"]}
        assert dingen == {("telefoon", wisafdruk), ("kvk", "90000017")}
        regels[kring.gemeente.naam] = regel
        assert controleer(db.session(), kring.gemeente.id) is None
    assert regels["Houtribdijk"].gegevens["gemeente"] == "Markerwaard"
    assert regels["Houtribdijk"].gebruiker_id is None  # which colleague looked is the other's own affair
    assert regels["Markerwaard"].gebruiker_id == wereld.een.actoren[Rol.COORDINATOR].gebruiker_id
    schakel(wereld.twee, tweede, wereld.nu, aan=False)
    assert "Ook in Houtribdijk" not in client.get(pad).get_data(as_text=True)
    aantal = db.session.query(Auditregel).filter_by(handeling="koppeling_aan_ander_getoond").count()
    assert aantal == 1


def test_niets_gemeen_schrijft_niets_bij_de_ander(wereld: Wereld) -> None:
    hier = maak_locatie(wereld.een, wereld.nu, "Pand Hier")
    zie(wereld.een, wereld.nu, hier, "telefoon", "0611111111")
    zie(wereld.een, wereld.nu, hier, "rekening", "4300")
    daar = maak_locatie(wereld.twee, wereld.nu, "Pand Daar")
    zie(wereld.twee, wereld.nu, daar, "alias", "0611111111")  # the same text, another kind
    zie(wereld.twee, wereld.nu, daar, "rekening", "4300")
    eerste, tweede = in_verband(wereld.een, wereld.twee, wereld.nu)
    schakel(wereld.een, eerste, wereld.nu, aan=True)
    schakel(wereld.twee, tweede, wereld.nu, aan=True)
    client = wereld.client(Rol.COORDINATOR)
    pagina = client.get("/locaties/koppelingen/elders").get_data(as_text=True)
    assert "Geen van onze kenmerken komt daar voor." in pagina  # weak ones are not asked for all at once
    assert db.session.query(Auditregel).filter_by(handeling="koppeling_aan_ander_getoond").count() == 0
    een_plek = client.get(f"/locaties/{hier.uid}/koppelingen").get_data(as_text=True)
    assert een_plek.count("Ook in Houtribdijk") == 1
    assert "zwakke aanwijzing: 4 cijfers kunnen toeval zijn" in een_plek


def test_beheerder_richt_op_sluit_aan_en_schakelt(wereld: Wereld) -> None:
    """Through the pages, on both sides."""
    een, twee = wereld.client(Rol.BEHEERDER), wereld.client(Rol.BEHEERDER, wereld.twee)
    basis = "/beheer/samenwerking"
    leeg = een.post(f"{basis}/oprichten", data={"naam": "", "csrf_token": csrf(een)})
    assert leeg.status_code == 422
    nieuw = een.post(f"{basis}/oprichten", data={"naam": "Markermeer", "csrf_token": csrf(een)})
    eigen = nieuw.headers["Location"]
    dubbel = twee.post(f"{basis}/oprichten", data={"naam": "MARKERMEER", "csrf_token": csrf(twee)})
    assert dubbel.status_code == 422
    assert "bestaat al" in dubbel.get_data(as_text=True)
    verband_uid = str(db.session.query(Samenwerkingsverband).one().uid)
    gevraagd = twee.post(f"{basis}/aansluiten", data={"verband": verband_uid, "csrf_token": csrf(twee)})
    ander = gevraagd.headers["Location"]
    te_vroeg = twee.post(f"{ander}/delen", data={"aan": "ja", "csrf_token": csrf(twee)})
    assert te_vroeg.status_code == 409
    assert "nog niet toegelaten" in te_vroeg.get_data(as_text=True)
    assert "Markerwaard" not in twee.get(ander).get_data(as_text=True)  # members are known to members only
    # Nobody lets himself in, and nobody switches for another.
    assert twee.post(f"{ander}/toelaten", data={"gemeente": "9902", "csrf_token": csrf(twee)}).status_code == 409
    assert twee.get(eigen).status_code == 404
    assert twee.post(f"{eigen}/delen", data={"aan": "ja", "csrf_token": csrf(twee)}).status_code == 404
    assert een.post(f"{eigen}/toelaten", data={"gemeente": "9902", "csrf_token": csrf(een)}).status_code == 303
    zonder = een.post(f"{eigen}/delen", data={"aan": "ja", "csrf_token": csrf(een)})
    assert "Vul eerst in wie de andere gemeente kan bellen." in zonder.get_data(as_text=True)
    contact = {"contact_naam": "Piet", "contact_telefoon": "0320 000010", "contact_email": "piet@een.example"}
    fout = een.post(eigen, data=contact | {"contact_telefoon": "bel maar", "csrf_token": csrf(een)})
    assert "Typ 10 cijfers, zoals 0320 123456." in fout.get_data(as_text=True)
    for client, pad in ((een, eigen), (twee, ander)):
        assert client.post(pad, data=contact | {"csrf_token": csrf(client)}).status_code == 303
        assert client.post(f"{pad}/delen", data={"aan": "ja", "csrf_token": csrf(client)}).status_code == 303
    assert [p.gemeente for p in delende_partners(db.session(), wereld.een.actoren[Rol.COORDINATOR])] == ["Houtribdijk"]
    assert "aangezet door beheerder Markerwaard" in een.get(eigen).get_data(as_text=True)
    blijf = twee.post(f"{ander}/verlaten", data={"csrf_token": csrf(twee)})
    assert "Zet een vinkje" in blijf.get_data(as_text=True)
    assert twee.post(f"{ander}/verlaten", data={"zeker": "ja", "csrf_token": csrf(twee)}).status_code == 303
    db.session.rollback()
    assert delende_partners(db.session(), wereld.een.actoren[Rol.COORDINATOR]) == []
    assert db.session.query(Verbandlid).filter(Verbandlid.verlaten_op.is_not(None)).count() == 1
    # Coming back is asking again.
    opnieuw = twee.post(f"{basis}/aansluiten", data={"verband": verband_uid, "csrf_token": csrf(twee)})
    assert opnieuw.status_code == 303
