"""The pieces that have no document of their own: decisions, legal test, terms, tracks and advice.

They are printed for the complete file from what the dossier holds. Parties get them without the names of who works for
the gemeente.
"""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.database import select_voor
from inspecties.dossiers.beeld import Dossierbeeld
from inspecties.dossiers.besluitnemers import besluitnemers_van, in_woorden
from inspecties.dossiers.models import BESLUITSOORTEN, Besluit, Dossier
from inspecties.dossiers.models_besluitnemer import Besluitnemer
from inspecties.dossiers.models_kabinet import Besluitvastlegging, Dossieradvies, Telefoonbesluit
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.dossiers.models_toets import Dossiertoets
from inspecties.dossiers.models_traject import Dossiertraject, Trajectgang
from inspecties.dossiers.rules.besluitnemer import SOORTEN as BESLUITEN
from inspecties.dossiers.rules.besluitnemer import regel_in_woorden
from inspecties.dossiers.rules.inventaris import MAG, Inventarisstuk
from inspecties.dossiers.rules.kabinet import ADVIESSOORTEN, STREKKINGEN, TELEFOONUITKOMSTEN
from inspecties.dossiers.rules.looptermijn import DAADSOORTEN, STANDEN
from inspecties.dossiers.rules.teksten import VELDEN
from inspecties.dossiers.rules.toets import ANTWOORDEN, BEVESTIGD, OORDELEN
from inspecties.dossiers.trajecten import tabel_van
from inspecties.dossiers.volledig_bibob import bibobstukken
from inspecties.dossiers.volledig_blokken import Blok, alinea, kop, om, tabel
from inspecties.dossiers.volledig_wonen import woonstukken
from inspecties.web.sjablonen import datum, moment


def overzichten(sessie: Session, lezer: Actor, beeld: Dossierbeeld) -> list[Inventarisstuk]:
    """Every piece of this kind that the dossier has something for."""
    dossier = beeld.dossier
    uit = [
        *_besluiten(sessie, lezer, dossier),
        *_besluitnemers(sessie, lezer, dossier),
        *_toets(sessie, lezer, beeld),
        *_trajecten(sessie, lezer, dossier),
        *_termijnen(sessie, lezer, dossier),
        *_adviezen(sessie, lezer, dossier),
        *_telefoon(sessie, lezer, dossier),
        *woonstukken(sessie, lezer, dossier),
    ]
    if dossier.soort == "bibob":
        uit += bibobstukken(sessie, lezer, dossier)
    return uit


def _besluiten(sessie: Session, lezer: Actor, dossier: Dossier) -> Iterable[Inventarisstuk]:
    rijen = sessie.scalars(select_voor(lezer, Besluitvastlegging).where(Besluitvastlegging.dossier_id == dossier.id))
    vast = {rij.besluit_id: rij for rij in rijen}
    for besluit in dossier.besluiten:
        met = _besluitblokken(besluit, besluit.besloten_door.naam, vast.get(besluit.id), partijen=False)
        zonder = _besluitblokken(besluit, "het bevoegde bestuursorgaan", vast.get(besluit.id), partijen=True)
        yield Inventarisstuk(
            sleutel=f"besluit:{besluit.uid}",
            soort="Besluit",
            titel=f"Besluit op het voorgelegde dossier: {BESLUITSOORTEN[besluit.soort].lower()}",
            op=besluit.besloten_op,
            herkomst="Kabinet",
            inhoud=tuple(met),
            inhoud_partijen=tuple(zonder),
        )


def _besluitnemers(sessie: Session, lezer: Actor, dossier: Dossier) -> Iterable[Inventarisstuk]:
    """Decisions that did not pass the desk: parties read the capacity, not the name."""
    for rij in besluitnemers_van(sessie, lezer, dossier):
        soort = BESLUITEN[rij.soort]

        def blokken(met_naam: bool, rij: Besluitnemer = rij) -> tuple[Blok, ...]:
            feiten = [
                ("Besluit", f"{BESLUITEN[rij.soort].naam} ({BESLUITEN[rij.soort].artikel_met_status})"),
                *([("Waarover", rij.over_tekst)] if rij.over_tekst else []),
                ("Genomen op", datum(rij.besloten_op)),
                ("Genomen door", in_woorden(rij, met_naam=met_naam)),
                ("Bevoegd", regel_in_woorden(rij.bevoegdheid)),
                ("Kenmerk", rij.kenmerk),
            ]
            if met_naam:
                feiten.append(("Vastgelegd", f"{moment(rij.vastgelegd_op)} door {rij.vastgelegd_door.naam}"))
                # Of what parties do not get they get no hash either.
                feiten.append(("SHA-256 van de vastlegging", rij.hash))
            return (tabel(("Onderwerp", "Gegevens"), (1, 2.6), feiten),)

        yield Inventarisstuk(
            sleutel=f"besluitnemer:{rij.uid}",
            soort="Besluit",
            titel=f"{soort.naam}: wie besloot",
            op=om(rij.besloten_op),
            inhoud=blokken(True),
            inhoud_partijen=blokken(False),
        )


def _bevoegdheid(vast: Besluitvastlegging | None, *, partijen: bool) -> list[tuple[str, str]]:
    """By which rule and in which capacity it was taken, as that was frozen, and the hash of what was frozen."""
    if vast is None:
        return []
    regel, hoedanigheid = vast.inhoud["bevoegdheid"]["regel"], vast.inhoud["bevoegdheid"]["hoedanigheid"]
    zeker = "" if regel["status"] == BEVESTIGD else " (te bevestigen)"
    uit = [("Bevoegd", f"{regel['orgaan']}. {regel['artikel']}{zeker}")]
    if hoedanigheid is not None and not partijen:
        uit.append(("Hoedanigheid", hoedanigheid["tekst"]))
    elif hoedanigheid is not None and hoedanigheid["in_mandaat"]:
        uit.append(("Hoedanigheid", f"in mandaat namens {regel['orgaan']}"))
    if not partijen:
        # Of what parties do not get they get no hash either.
        uit.append(("SHA-256 van de vastlegging", vast.hash))
    return uit


def _besluitblokken(besluit: Besluit, door: str, vast: Besluitvastlegging | None, *, partijen: bool) -> list[Blok]:
    uit = [
        tabel(
            ("Onderwerp", "Gegevens"),
            (1, 2.6),
            (
                ("Uitkomst", BESLUITSOORTEN[besluit.soort]),
                ("Genomen op", moment(besluit.besloten_op)),
                ("Genomen door", door),
                *_bevoegdheid(vast, partijen=partijen),
                *([] if partijen else [("Op het stuk met SHA-256", besluit.stuk_sha256)]),
            ),
        )
    ]
    if besluit.motivering:
        uit += [kop("Motivering"), alinea(besluit.motivering)]
    vragen = [_vraag(vraag) for vraag in besluit.vragen]
    if vragen:
        uit += [kop("Vragen"), {"soort": "lijst", "punten": vragen}]
    return uit


def _vraag(rij: Mapping[str, str]) -> str:
    """A question with the text and the paragraph that it was asked at."""
    if "veld" not in rij:
        return rij["vraag"]
    bij = VELDEN[rij["veld"]].titel if rij["veld"] in VELDEN else rij["veld"]
    return f"Bij '{bij}'" + (f" ('{rij['citaat']}')" if rij.get("citaat") else "") + f": {rij['vraag']}"


def _toets(sessie: Session, lezer: Actor, beeld: Dossierbeeld) -> Iterable[Inventarisstuk]:
    rij = sessie.scalars(
        select_voor(lezer, Dossiertoets).where(Dossiertoets.dossier_id == beeld.dossier.id)
    ).one_or_none()
    if beeld.toets is None or rij is None:
        return
    stand = beeld.toets.stand
    blokken: list[Blok] = []
    for eis in stand.toets.eisen:
        deel = stand.bij(eis.code)
        zeker = "" if eis.status == BEVESTIGD else " (te bevestigen)"
        blokken += [kop(eis.titel), alinea(f"{eis.artikel}{zeker}. Oordeel: {OORDELEN[deel.antwoord]}.\n{deel.tekst}")]
    if stand.toets.poorten:
        blokken.append(kop("Vragen uit rechtspraak en beleid"))
    for poort in stand.toets.poorten:
        deel = stand.bij(poort.code)
        regels = [f"{poort.vraag} {ANTWOORDEN.get(deel.antwoord, 'Nog niet beantwoord')}. {deel.tekst}"]
        if stand.stopt(poort):
            regels.append(f"{poort.regel} ({poort.uitspraak}). Waarom hier toch: {deel.waarom_toch}")
        blokken.append(alinea("\n".join(regels)))
    yield Inventarisstuk(
        sleutel=f"toets:{beeld.dossier.uid}",
        soort="Juridische toets",
        titel="Juridische toets",
        op=rij.begonnen_op,
        inhoud=tuple(blokken),
        inhoud_partijen=tuple(blokken),
    )


def _trajecten(sessie: Session, lezer: Actor, dossier: Dossier) -> Iterable[Inventarisstuk]:
    rijen = sessie.scalars(
        select_voor(lezer, Dossiertraject).where(Dossiertraject.dossier_id == dossier.id).order_by(Dossiertraject.id)
    )
    for traject in rijen:
        opzet = tabel_van(traject)
        namen = {stap.code: stap.naam for stap in opzet.stappen}

        def regels(met_naam: bool, gangen: list[Trajectgang], namen: dict[str, str]) -> Blok:
            return tabel(
                ("Datum", "Stap", "Toelichting", "Vastgelegd"),
                (1, 1.6, 2.4, 1.4),
                (
                    (
                        datum(g.op_datum),
                        namen.get(g.naar, g.naar),
                        g.toelichting or "-",
                        moment(g.op) + (f" door {g.door.naam}" if met_naam and g.door else ""),
                    )
                    for g in gangen
                ),
            )

        if traject.gangen:
            yield Inventarisstuk(
                sleutel=f"traject:{traject.uid}",
                soort="Verloop",
                titel=f"Verloop van het traject: {opzet.naam}",
                op=traject.begonnen_op,
                inhoud=(regels(True, traject.gangen, namen),),
                inhoud_partijen=(regels(False, traject.gangen, namen),),
            )


def _termijnen(sessie: Session, lezer: Actor, dossier: Dossier) -> Iterable[Inventarisstuk]:
    rijen = list(
        sessie.scalars(
            select_voor(lezer, Looptermijn).where(Looptermijn.dossier_id == dossier.id).order_by(Looptermijn.id)
        )
    )
    if not rijen:
        return
    yield Inventarisstuk(
        sleutel=f"termijnen:{dossier.uid}",
        soort="Termijnen",
        titel="Overzicht van de termijnen",
        op=min(r.gemaakt_op for r in rijen),
        inhoud=tuple(_termijnblokken(rijen, met_grond=True)),
        inhoud_partijen=tuple(_termijnblokken(rijen, met_grond=False)),
        voorstel=MAG,
        voorstel_omdat="Alleen dagen en artikelen",
    )


def _termijnblokken(rijen: Sequence[Looptermijn], *, met_grond: bool) -> list[Blok]:
    """Days and articles; why a term was paused or extended is written for colleagues."""
    uit = [
        tabel(
            ("Termijn", "Artikel", "Begin", "Laatste dag", "Stand"),
            (2, 2, 1.2, 1.2, 1),
            ((r.naam, r.artikel, datum(r.start_datum), datum(r.einde_datum), STANDEN[r.stand]) for r in rijen),
        )
    ]
    daden = [
        (r.naam, DAADSOORTEN[d.soort], datum(d.op_datum), f"{d.artikel}. {d.grond}" if met_grond else d.artikel)
        for r in rijen
        for d in r.daden
    ]
    if daden:
        uit.append(kop("Opgeschort, hervat of verlengd"))
        uit.append(tabel(("Termijn", "Wat", "Per", "Grond" if met_grond else "Artikel"), (1.6, 1, 1.2, 2.4), daden))
    return uit


def _adviezen(sessie: Session, lezer: Actor, dossier: Dossier) -> Iterable[Inventarisstuk]:
    rijen = sessie.scalars(
        select_voor(lezer, Dossieradvies).where(Dossieradvies.dossier_id == dossier.id).order_by(Dossieradvies.id)
    )
    for rij in rijen:
        blokken = (alinea(f"Strekking: {STREKKINGEN[rij.strekking]}.\n{rij.tekst}"),)
        yield Inventarisstuk(
            sleutel=f"advies:{rij.uid}",
            soort="Advies",
            titel=f"Advies van {ADVIESSOORTEN[rij.soort]}, {datum(rij.op_datum)}",
            op=om(rij.op_datum),
            herkomst=rij.van,
            inhoud=blokken,
            inhoud_partijen=blokken,
        )


def _telefoon(sessie: Session, lezer: Actor, dossier: Dossier) -> Iterable[Inventarisstuk]:
    """Urgent decisions by telephone, as they were recorded."""
    for rij in sessie.scalars(select_voor(lezer, Telefoonbesluit).where(Telefoonbesluit.dossier_id == dossier.id)):

        def blokken(door: str, vast: str, rij: Telefoonbesluit = rij) -> tuple[Blok, ...]:
            feiten = (
                ("Uitkomst", TELEFOONUITKOMSTEN[rij.uitkomst]),
                ("Gebeld op", moment(rij.gebeld_op)),
                ("Besloten door", door),
                ("Vastgelegd", moment(rij.vastgelegd_op) + vast),
            )
            uit = [tabel(("Onderwerp", "Gegevens"), (1, 2.6), feiten), kop("Wat is gezegd"), alinea(rij.gezegd)]
            return (*uit, kop("Waarom het niet kon wachten"), alinea(rij.spoed_omdat))

        yield Inventarisstuk(
            sleutel=f"telefoonbesluit:{rij.uid}",
            soort="Telefonisch besluit",
            titel=f"Telefonisch besluit bij spoed: {TELEFOONUITKOMSTEN[rij.uitkomst].lower()}",
            op=rij.gebeld_op,
            herkomst="Kabinet",
            inhoud=blokken(rij.besloten_door.naam, f" door {rij.vastgelegd_door.naam}"),
            inhoud_partijen=blokken("het bevoegde bestuursorgaan", ""),
        )
