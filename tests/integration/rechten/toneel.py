"""In a gemeente: one of everything that a route can name, reachable for every role that may reach it."""

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.checklists.models import Checklist
from inspecties.checklists.operations import lees_in
from inspecties.controles.models import Bevinding, Bewijsstuk, Bezoek, Quarantaine, Toestelgat
from inspecties.controles.opslag import Opslag
from inspecties.controles.papier import begin_invoer
from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers import beoordelen, looptermijnen, operations, toetsen, voorleggen
from inspecties.dossiers.models import Belanghebbende, Dossier, Dossierbewijs, Voorstel
from inspecties.dossiers.models_last import Last
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.dossiers.models_toets import Dossiertoets
from inspecties.dossiers.rules.gevolgen import instrumenten
from inspecties.gebruikers.models import Lidmaatschap
from inspecties.locaties import adresimport
from inspecties.locaties.importeren import importeer
from inspecties.locaties.kolomkeuze import onthoud
from inspecties.locaties.models import Locatieimport, Risicolocatie
from inspecties.locaties.prioriteit_keuze import kies
from inspecties.offline.tegelgebied import Tegel
from inspecties.signalen import overleg
from inspecties.signalen.meldroute_doorzetten import Doorzetgegevens, hash_van, stel_op, zet_door
from inspecties.signalen.models import Signaal
from inspecties.signalen.triage_zorg import begin_bedenktijd
from tests.integration.dossiers.conftest import TEKSTEN, foto
from tests.integration.rechten.bewijs_toneel import maak_bewijs
from tests.integration.rechten.bibob_toneel import maak_bibob
from tests.integration.rechten.briefing_toneel import maak_briefing
from tests.integration.rechten.brieven_toneel import maak_brieven
from tests.integration.rechten.daarna_toneel import maak_daarna
from tests.integration.rechten.feiten_toneel import maak_feiten
from tests.integration.rechten.inzage_toneel import maak_inzage
from tests.integration.rechten.kaart_toneel import maak_kaart
from tests.integration.rechten.kabinet_toneel import maak_kabinet
from tests.integration.rechten.machtiging_toneel import maak_machtiging
from tests.integration.rechten.partners_toneel import maak_partners
from tests.integration.rechten.samenvoegen_toneel import maak_samenvoeging
from tests.integration.rechten.tegel_toneel import tegel_van
from tests.integration.rechten.toestel_toneel import maak_toestellen
from tests.integration.rechten.trekking_toneel import maak_trekking
from tests.integration.rechten.uitnodiging_toneel import maak_uitnodiging
from tests.integration.rechten.verslag_toneel import maak_verslag
from tests.integration.rechten.volledig_toneel import maak_volledig
from tests.integration.rechten.wonen_toneel import maak_wonen
from tests.integration.rechten.wpg_toneel import maak_wpg, vul_bezoek, zet_bezoek_apart
from tests.koppelwereld import begin_verband, zie
from tests.locatiewereld import MIDDEN, maak_adres
from tests.tusklant import Tus, jpeg
from tests.veldwereld import haal_pak, maak_actie, tablet
from tests.wereld import Kring, Wereld, csrf

CSV = "naam;type;straat;huisnummer;x;y\nHuis {0};arbeid;Dijk;{0};{1};{2}\n"


@dataclass(frozen=True)
class Toneel:
    """Public ids; ``upload`` by role, because an upload is its sender's own."""

    actie: UUID
    stop: UUID
    locatie: UUID
    bezoek: str
    bewijs_sha: str
    bewijs: UUID
    bevinding: UUID
    open_bevinding: UUID
    mensenhandel: UUID
    mensenhandel_sha: str
    dossier: UUID
    looptermijn: UUID
    tegel: Tegel
    toetsdossier: UUID
    volledig: UUID
    last: UUID
    wonendossier: UUID
    voorstel: UUID
    partij: UUID
    dossierbewijs: UUID
    apart: UUID
    gat: UUID
    importproef: str
    imports: dict[str, UUID]
    adres: UUID
    adresproef: dict[Rol, UUID]
    signaal: UUID
    meldroute: dict[str, UUID]
    keuze: UUID
    gebruiker: UUID
    checklist: UUID
    checklistversie: UUID
    upload: dict[Rol, str]
    papierinvoer: dict[Rol, UUID]
    kenmerk: UUID
    verbandlid: UUID
    feiten: dict[str, UUID]
    kaart: dict[str, UUID]
    partners: dict[str, UUID]
    machtiging: UUID
    uitnodigingen: dict[str, UUID]
    verslag: UUID
    briefing: dict[str, UUID]
    daarna: dict[str, UUID]
    samen: dict[str, UUID]
    trekking: UUID
    toestellen: dict[Rol, UUID]
    bibob: dict[str, UUID]
    kabinet: dict[str, UUID]
    inzage: dict[str, UUID]
    wpg: dict[str, UUID]


def _eerste(model: type[Any], gemeente_id: int) -> Any:
    return db.session.scalars(select(model).where(model.gemeente_id == gemeente_id).order_by(model.id)).first()


def bouw(wereld: Wereld, kring: Kring) -> Toneel:
    """One of everything in this gemeente; committed."""
    set_ = maak_actie(kring, wereld.nu, (Rol.INSPECTEUR, Rol.PARTNER, Rol.COORDINATOR), stops=1)
    boa = tablet(wereld, Rol.INSPECTEUR, kring)
    bezoek = str(haal_pak(boa)[0]["bezoek_id"])
    boa.op(bezoek, "bewoners", 12)
    boa.op(bezoek, "slot_buiten", "ja")
    boa.op(bezoek, "elektra_gevaar", "ja")
    sha = foto(boa, bezoek, "navy")
    slot = foto(boa, bezoek, "teal", "slot_buiten")
    apart = vul_bezoek(boa, bezoek)
    boa.seq += 3  # numbers that never arrive: a gap
    boa.op("018f0000-0000-7000-8000-000000000000", "bewoners", 1)  # a visit that is not there: set apart
    boa.sync()
    uploads = {}
    for rol in (Rol.INSPECTEUR, Rol.PARTNER, Rol.COORDINATOR):
        begonnen = Tus(wereld.client(rol, kring)).begin(jpeg("green"), bezoek)
        uploads[rol] = begonnen.headers["Location"].rstrip("/").rsplit("/", 1)[1]
    zet_bezoek_apart(wereld, kring, bezoek, apart)
    dossier = _dossier(wereld, kring, bezoek)
    return _namen(wereld, kring, set_.actie, set_.stops[0], bezoek, (sha, slot), dossier, uploads)


def _sluiting(sessie: Session, jurist: Actor, nu: datetime, ander: Dossier) -> None:
    """A closure that is being built: the kind of dossier that has a legal test."""
    grond = instrumenten()["victoria"].grondslag
    dossier = operations.maak_dossier(sessie, jurist, nu, "sluiting", grond, "Sluiting", ander.locaties, ander.bezoeken)
    toetsen.vul_in(sessie, jurist, nu, dossier, {"duur": toetsen.Ingezonden("Drie maanden.")}, {})


def _dossier(wereld: Wereld, kring: Kring, bezoek: str) -> Dossier:
    sessie, nu, jurist = db.session(), wereld.nu, kring.actoren[Rol.JURIST]
    sessie.rollback()
    rij = sessie.scalars(
        select(Bevinding).join(Bezoek).where(Bezoek.uid == UUID(bezoek), Bevinding.gevolg == "overbewoning")
    ).one()
    dossier = beoordelen.accepteer_nieuw(sessie, jurist, nu, rij, "Te veel bewoners", "last")
    for veld, tekst in TEKSTEN.items():
        operations.wijzig_tekst(sessie, jurist, nu, dossier, veld, tekst)
    operations.voeg_partij_toe(sessie, jurist, nu, dossier, "Kade Beheer BV", "eigenaar", "01234567")
    stuk = _eerste(Bewijsstuk, kring.gemeente.id)
    operations.voeg_bewijs_toe(sessie, jurist, nu, dossier, stuk, "De gang", "waarneming")
    begin = looptermijnen.Begin("beslissing_op_bezwaar", nu.date(), eigenaar=jurist.gebruiker_uid)
    looptermijnen.start(sessie, jurist, nu, dossier, begin)
    maak_wonen(jurist, nu, dossier)
    _sluiting(sessie, jurist, nu, dossier)
    maak_bewijs(wereld, jurist, dossier)
    maak_brieven(wereld, jurist, dossier)
    voorleggen.leg_voor(sessie, jurist, nu, Opslag(wereld.app.extensions["instellingen"].opslagmap), dossier)
    sessie.commit()
    return dossier


FORMULIER = b"""survey
,type,name,label,calculation
,text,code,Code,
,calculate,land,,"pulldata('landen', 'naam', 'code', ${code})"
settings
,form_title,form_id,version
,Pand,pand,concept
"""


def _checklistversie(wereld: Wereld, kring: Kring) -> UUID:
    """A draft with a table beside it."""
    tabellen = {"landen": b"code,naam\nnl,Nederland\n"}
    versie = lees_in(db.session(), kring.actoren[Rol.JURIST], wereld.nu, "pand.csv", FORMULIER, bestanden=tabellen)
    db.session.commit()
    return versie.uid


def _papierinvoer(wereld: Wereld, kring: Kring, bezoek: str) -> dict[Rol, UUID]:
    """A paper that each role which may do so has begun to type over."""
    sessie, uit = db.session(), {}
    rij = sessie.scalars(select(Bezoek).where(Bezoek.uid == UUID(bezoek))).one()
    for rol in (Rol.INSPECTEUR, Rol.COORDINATOR):
        uit[rol] = begin_invoer(sessie, kring.actoren[rol], wereld.nu, rij, rol.value, "J. Boa", wereld.nu).uid
    sessie.commit()
    return uit


def _adresproef(wereld: Wereld, kring: Kring) -> dict[Rol, UUID]:
    """A checked address file of each role that may import one."""
    x, y = MIDDEN[kring.gemeente.naam]
    regel = f"{kring.gemeente.code}200000000077;Kade;7;{kring.gemeente.naam};{x};{y}\n"
    inhoud = f"nummeraanduiding_id;openbare_ruimte;huisnummer;woonplaats;x;y\n{regel}".encode()
    uit = {}
    for rol in (Rol.COORDINATOR, Rol.BEHEERDER):
        actor = kring.actoren[rol]
        beoordeling = adresimport.beoordeel(db.session(), actor, "adressen.csv", inhoud)
        uit[rol] = adresimport.bewaar_proef(db.session(), actor, wereld.nu, beoordeling, inhoud).uid
    db.session.commit()
    return uit


def _importproef(wereld: Wereld, kring: Kring) -> str:
    client = wereld.client(Rol.COORDINATOR, kring)
    locatie = _eerste(Risicolocatie, kring.gemeente.id)
    inhoud = CSV.format(3, locatie.x + 20, locatie.y + 20) if kring is wereld.een else CSV.format(3, 152000, 512000)
    velden = {"bestand": (io.BytesIO(inhoud.encode()), "l.csv"), "csrf_token": csrf(client)}
    antwoord = client.post("/locaties/importeren", data=velden, follow_redirects=False)
    assert antwoord.status_code in {302, 303}, antwoord.get_data(as_text=True)
    return antwoord.headers["Location"].rstrip("/").rsplit("/", 1)[1]


def _imports(wereld: Wereld, kring: Kring) -> dict[str, UUID]:
    """An import that can be undone, and a source whose columns are remembered."""
    wie, locatie = kring.actoren[Rol.COORDINATOR], _eerste(Risicolocatie, kring.gemeente.id)
    plek = (locatie.x + 40, locatie.y + 40) if kring is wereld.een else (152_000, 512_000)
    inhoud = CSV.format(7, *plek).encode()
    verslag = importeer(db.session(), wie, wereld.nu, "l.csv", inhoud)
    assert verslag.opgeslagen, verslag.fouten
    bron = onthoud(db.session(), wie, wereld.nu, "locaties", "Lijst", {"Pand": "naam", "Wat": "type"})
    db.session.commit()
    batch = db.session.scalars(select(Locatieimport).where(Locatieimport.gemeente_id == kring.gemeente.id)).one()
    return {"uid": batch.uid, "bron": bron.uid}


def _keuze(wereld: Wereld, kring: Kring) -> UUID:
    """A location that the coordinator put on top."""
    plek, dag = _eerste(Risicolocatie, kring.gemeente.id), wereld.nu.date()
    wie = kring.actoren[Rol.COORDINATOR]
    keuze = kies(db.session(), wie, wereld.nu, plek, "vast", "Er komt een controle aan.", dag)
    db.session.commit()
    return keuze.uid


def _meldroute(wereld: Wereld, kring: Kring, signaal: Signaal) -> dict[str, UUID]:
    """The signal on an agenda, passed on, and with a time to think."""
    sessie, nu, actor = db.session(), wereld.nu, kring.actoren[Rol.AANDACHTSFUNCTIONARIS]
    rij = overleg.maak_overleg(sessie, actor, nu, "Overleg", lokale_datum(nu))
    punt = overleg.zet_op_agenda(sessie, actor, nu, rij, signaal, "")
    gezien = hash_van(stel_op(signaal, ["nummer"], ""))
    door = zet_door(
        sessie, actor, nu, signaal, Doorzetgegevens("nla", "publieke_taak", "telefoon", ["nummer"], gezien=gezien)
    )
    tijd = begin_bedenktijd(sessie, actor, nu, signaal, lokale_datum(nu), "CoMensha")
    sessie.commit()
    return {"overleg": rij.uid, "punt": punt.uid, "doorzetting": door.uid, "bedenktijd": tijd.uid}


def _namen(
    wereld: Wereld,
    kring: Kring,
    actie: UUID,
    stop: UUID,
    bezoek: str,
    hashes: tuple[str, str],
    dossier: Dossier,
    uploads: dict[Rol, str],
) -> Toneel:
    gid = kring.gemeente.id
    signaal = Signaal(
        gemeente_id=gid,
        nummer=f"S{gid}",
        datum=wereld.nu.date(),
        bron="inwoner",
        vorm="arbeidsuitbuiting",
        tekst="Busje om vijf uur in de ochtend.",
        ontvangen_op=wereld.nu,
    )
    db.session.add(signaal)
    db.session.commit()
    proef = _importproef(wereld, kring)
    bevinding = {b.gevolg: b.uid for b in db.session.scalars(select(Bevinding).where(Bevinding.gemeente_id == gid))}
    inspecteur = db.session.scalars(
        select(Lidmaatschap).where(Lidmaatschap.gebruiker_id == kring.actoren[Rol.INSPECTEUR].gebruiker_id)
    ).one()
    return Toneel(
        actie=actie,
        stop=stop,
        tegel=tegel_van(wereld, kring),
        locatie=_eerste(Risicolocatie, gid).uid,
        bezoek=bezoek,
        bewijs_sha=hashes[0],
        bewijs=_eerste(Bewijsstuk, gid).uid,
        bevinding=bevinding["overbewoning"],
        open_bevinding=bevinding["bbl"],
        mensenhandel=bevinding["signaal_mh"],
        mensenhandel_sha=hashes[1],
        dossier=dossier.uid,
        looptermijn=_eerste(Looptermijn, gid).uid,
        toetsdossier=_eerste(Dossiertoets, gid).dossier.uid,
        last=_eerste(Last, gid).uid,
        wonendossier=_eerste(Last, gid).dossier.uid,
        voorstel=_eerste(Voorstel, gid).uid,
        partij=_eerste(Belanghebbende, gid).uid,
        dossierbewijs=_eerste(Dossierbewijs, gid).uid,
        apart=_eerste(Quarantaine, gid).uid,
        gat=_eerste(Toestelgat, gid).uid,
        importproef=proef,
        imports=_imports(wereld, kring),
        adres=maak_adres(kring, f"82{kring.gemeente.code[-2:]}AB", 12).uid,
        adresproef=_adresproef(wereld, kring),
        signaal=signaal.uid,
        meldroute=_meldroute(wereld, kring, signaal),
        keuze=_keuze(wereld, kring),
        gebruiker=inspecteur.uid,
        checklist=_eerste(Checklist, gid).uid,
        checklistversie=_checklistversie(wereld, kring),
        upload=uploads,
        papierinvoer=_papierinvoer(wereld, kring, bezoek),
        kenmerk=zie(kring, wereld.nu, _eerste(Risicolocatie, gid), "telefoon", "0612345678").uid,
        verbandlid=begin_verband(kring, wereld.nu).uid,
        feiten=maak_feiten(wereld, kring, _eerste(Risicolocatie, gid)),
        kaart=maak_kaart(wereld, kring),
        partners=maak_partners(wereld, kring),
        machtiging=maak_machtiging(wereld, kring, stop).uid,
        uitnodigingen=maak_uitnodiging(wereld, kring, actie),
        verslag=maak_verslag(wereld, kring, stop).uid,
        briefing=maak_briefing(wereld, kring, actie),
        daarna=maak_daarna(wereld, kring, actie),
        samen=maak_samenvoeging(wereld, kring, _eerste(Risicolocatie, gid)),
        trekking=maak_trekking(wereld, kring, actie),
        toestellen=maak_toestellen(wereld, kring),
        bibob=maak_bibob(wereld, kring),
        volledig=maak_volledig(wereld, kring, dossier),
        kabinet=maak_kabinet(wereld, kring, _eerste(Dossiertoets, gid).dossier),
        inzage=maak_inzage(wereld, kring, _eerste(Belanghebbende, gid), signaal),
        wpg=maak_wpg(wereld, kring, _eerste(Dossiertoets, gid).dossier),
    )
