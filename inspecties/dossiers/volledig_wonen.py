"""The pieces of building and housing without a document of their own: computation, last, rechecks, collecting, fine."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.database import select_voor
from inspecties.dossiers.besluitnemers import besluitnemer_in, besluitnemers_van, in_woorden
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_besluitnemer import Besluitnemer
from inspecties.dossiers.models_last import (
    CONTROLESTANDEN,
    CONTROLEUITKOMSTEN,
    Boete,
    Invorderdaad,
    Last,
    Overbewoning,
    Woonfeit,
)
from inspecties.dossiers.rules.bedrag import schrijf_euro
from inspecties.dossiers.rules.besluitnemer import AFZIEN, INVORDERING, KOSTEN, OPHEFFING
from inspecties.dossiers.rules.boete import STANDEN as BOETESTANDEN
from inspecties.dossiers.rules.inventaris import Inventarisstuk
from inspecties.dossiers.rules.last import EENHEDEN, EINDGRONDEN, HERROEPEN, INVORDERDADEN, LASTSOORTEN, SPOED, STANDEN
from inspecties.dossiers.rules.overbewoning import MEETWIJZEN, VERBLIJVEN
from inspecties.dossiers.verbeurtes import PROCEDURES
from inspecties.dossiers.volledig_blokken import Blok, alinea, kop, om, tabel
from inspecties.dossiers.wonen import berekening_van
from inspecties.termijnen.rules.duur import Duur
from inspecties.web.sjablonen import datum


def woonstukken(sessie: Session, lezer: Actor, dossier: Dossier) -> list[Inventarisstuk]:
    """Every piece of this kind that the dossier has something for."""
    return [
        *_overbewoning(sessie, lezer, dossier),
        *_woonfeiten(sessie, lezer, dossier),
        *_lasten(sessie, lezer, dossier),
        *_boetes(sessie, lezer, dossier),
    ]


def _stuk(sleutel: str, soort: str, titel: str, op: datetime, blokken: list[Blok]) -> Inventarisstuk:
    # What people wrote themselves can hold a name ("who saw it"): nobody gets it before a jurist judged it.
    inhoud = tuple(blokken)
    return Inventarisstuk(sleutel, soort, titel, op, inhoud=inhoud, inhoud_partijen=inhoud)


def _overbewoning(sessie: Session, lezer: Actor, dossier: Dossier) -> Iterable[Inventarisstuk]:
    for rij in sessie.scalars(select_voor(lezer, Overbewoning).where(Overbewoning.dossier_id == dossier.id)):
        som = berekening_van(rij)
        norm = [
            ("Artikel", som.norm.artikel + ("" if som.norm.bevestigd else " (te bevestigen)")),
            ("Bron", som.norm.bron),
        ]
        feiten = [
            ("Verblijf", VERBLIJVEN[rij.verblijf]),
            ("Vastgesteld op", datum(rij.op_datum)),
            ("Oppervlakte", f"{rij.oppervlakte_m2} m2, {MEETWIJZEN[rij.meetwijze].lower()}"),
            ("Personen geteld", str(rij.bewoners)),
        ]
        blokken = [tabel(("Onderwerp", "Gegevens"), (1, 2.6), feiten), kop("De norm zoals die gold")]
        blokken.append(tabel(("Onderwerp", "Gegevens"), (1, 2.6), norm))
        blokken += [
            kop("De berekening"),
            tabel(("Stap", "Som", "Uitkomst"), (1, 2.2, 1.4), [(s.naam, s.som, s.uitkomst) for s in som.stappen]),
        ]
        redenen = "\n".join(r for r in (rij.reden_oppervlakte, rij.reden_bewoners) if r)
        if redenen:
            blokken += [kop("Waarom een getal is aangepast"), alinea(redenen)]
        yield _stuk(
            f"overbewoning:{rij.uid}", "Berekening", "Berekening van de overbewoning", om(rij.op_datum), blokken
        )


def _woonfeiten(sessie: Session, lezer: Actor, dossier: Dossier) -> Iterable[Inventarisstuk]:
    rijen = list(
        sessie.scalars(select_voor(lezer, Woonfeit).where(Woonfeit.dossier_id == dossier.id).order_by(Woonfeit.id))
    )
    if rijen:
        regels = [(r.artikel + ("" if r.status == "bevestigd" else " (te bevestigen)"), r.tekst) for r in rijen]
        yield _stuk(
            f"woonfeiten:{dossier.uid}",
            "Overtredingen",
            "Andere overtredingen rond bouwen en wonen",
            min(r.gewijzigd_op for r in rijen),
            [tabel(("Artikel", "Wat is vastgesteld"), (1, 2), regels)],
        )


def _lasten(sessie: Session, lezer: Actor, dossier: Dossier) -> Iterable[Inventarisstuk]:
    nemers = besluitnemers_van(sessie, lezer, dossier)
    for last in sessie.scalars(select_voor(lezer, Last).where(Last.dossier_id == dossier.id).order_by(Last.id)):
        feiten = [
            ("Stand", STANDEN[last.stand]),
            ("Artikel", last.artikel),
            ("Bekendgemaakt", datum(last.bekend_op) if last.bekend_op else "nog niet"),
        ]
        if last.soort == "dwangsom":
            hoog = f"{schrijf_euro(last.bedrag_cent)} {EENHEDEN.get(last.eenheid, '')}".strip()
            feiten.append(("Dwangsom", f"{hoog}, ten hoogste {schrijf_euro(last.maximum_cent)}"))
        feiten += _loop(last, nemers)
        blokken = [
            tabel(("Onderwerp", "Gegevens"), (1, 2.6), feiten),
            kop("Overtreding"),
            alinea(last.overtreding),
            kop("Wat moet gebeuren"),
            alinea(last.maatregelen),
        ]
        blokken += _controles(last) + _verbeurtes(last, nemers) + _procedures(last)
        yield _stuk(f"last:{last.uid}", "Last", f"{LASTSOORTEN[last.soort]}: verloop", last.gemaakt_op, blokken)


def _wie(nemers: Sequence[Besluitnemer], soort: str, over: object) -> str:
    """Who decided, without a name: that stands in the piece of the decision itself."""
    return f"besloten door: {in_woorden(besluitnemer_in(nemers, soort, over), met_naam=False)}"


def _loop(last: Last, nemers: Sequence[Besluitnemer]) -> list[tuple[str, str]]:
    """How long the offender had, what was done on which day, and how it ended."""
    uit = []
    if last.begunstiging is not None:
        uit.append(("Begunstigingstermijn", f"tot en met {datum(last.begunstiging.einde_datum)}"))
    elif last.begunstiging_duur:
        uit.append(("Begunstigingstermijn", f"{Duur.lees(last.begunstiging_duur).in_woorden} na de bekendmaking"))
    if last.spoed:
        uit.append(("Spoed", SPOED[last.spoed]))
    if last.toegepast_op is not None:
        uit.append(("Bestuursdwang toegepast", datum(last.toegepast_op)))
    if last.kosten_cent is not None and last.kosten_op is not None:
        wie = _wie(nemers, KOSTEN, last.uid)
        uit.append(("Kosten", f"{schrijf_euro(last.kosten_cent)}, vastgesteld op {datum(last.kosten_op)}; {wie}"))
    if last.geeindigd_op is not None:
        naam, artikel = EINDGRONDEN[last.eindgrond]
        wie = "" if last.eindgrond == HERROEPEN else f"; {_wie(nemers, OPHEFFING, last.uid)}"
        uit.append(("Opgeheven", f"{datum(last.geeindigd_op)}: {naam.lower()} ({artikel}){wie}"))
    if last.eindreden:
        uit.append(("Toelichting", last.eindreden))
    return uit


def _controles(last: Last) -> list[Blok]:
    if not last.controles:
        return []
    rijen = [
        (
            datum(c.op_datum or c.uiterlijk),
            CONTROLEUITKOMSTEN.get(c.uitkomst) or CONTROLESTANDEN[c.stand],
            c.waarneming or c.waarop or "-",
        )
        for c in last.controles
    ]
    return [kop("Controles"), tabel(("Dag", "Uitkomst", "Waarneming"), (1, 1.4, 2.6), rijen)]


def _verbeurtes(last: Last, nemers: Sequence[Besluitnemer]) -> list[Blok]:
    if not last.verbeurtes:
        return []
    rijen = [
        (str(v.volgnummer), datum(v.op_datum), schrijf_euro(v.bedrag_cent), datum(v.betalen_voor))
        for v in last.verbeurtes
    ]
    uit = [
        kop("Verbeurde dwangsommen"),
        tabel(("Nr.", "Verbeurd op", "Bedrag", "Betalen voor"), (0.5, 1.4, 1.4, 1.4), rijen),
    ]
    daden = [
        (str(v.volgnummer), datum(d.op_datum), _daad(d, nemers), d.toelichting or "-")
        for v in last.verbeurtes
        for d in v.daden
    ]
    if daden:
        uit.append(tabel(("Nr.", "Dag", "Wat", "Toelichting"), (0.5, 1.2, 1.8, 2), daden))
    return uit


def _procedures(last: Last) -> list[Blok]:
    """Bezwaar, beroep and hoger beroep against the last."""
    if not last.procedures:
        return []
    rijen = [
        (
            PROCEDURES[p.soort],
            datum(p.ingesteld_op),
            datum(p.onherroepelijk_op) if p.onherroepelijk_op else "loopt nog",
            p.uitkomst or "-",
        )
        for p in last.procedures
    ]
    return [
        kop("Bezwaar en beroep"),
        tabel(("Wat", "Ingesteld", "Onherroepelijk", "Uitkomst"), (1, 1.2, 1.2, 2), rijen),
    ]


def _daad(daad: Invorderdaad, nemers: Sequence[Besluitnemer]) -> str:
    """What was done to collect, with the amount of a payment."""
    naam, artikel = INVORDERDADEN[daad.soort]
    wie = f"; {_wie(nemers, daad.soort, daad.verbeurte.uid)}" if daad.soort in {INVORDERING, AFZIEN} else ""
    som = f" van {schrijf_euro(daad.bedrag_cent)}" if daad.bedrag_cent else ""
    return f"{naam}{som}, {artikel}{wie}"


def _boetes(sessie: Session, lezer: Actor, dossier: Dossier) -> Iterable[Inventarisstuk]:
    for boete in sessie.scalars(select_voor(lezer, Boete).where(Boete.dossier_id == dossier.id)):
        dagen = (
            ("Overtreding", boete.overtreding_op),
            ("Rapport", boete.rapport_op),
            ("Verhoor", boete.verhoor_op),
            ("Zienswijze gevraagd", boete.zienswijze_gevraagd_op),
            ("Besloten", boete.besloten_op),
        )
        feiten = [("Stand", BOETESTANDEN[boete.stand]), ("Bedrag", schrijf_euro(boete.bedrag_cent))]
        feiten += [(naam, datum(dag)) for naam, dag in dagen if dag is not None]
        blokken = [tabel(("Onderwerp", "Gegevens"), (1, 2.6), feiten), kop("Feit"), alinea(boete.feit)]
        redenen = "\n".join(r for r in (boete.reden_bedrag, boete.reden) if r)
        if redenen:
            blokken += [kop("Motivering"), alinea(redenen)]
        op = om(boete.rapport_op) if boete.rapport_op else boete.gewijzigd_op
        yield _stuk(f"boete:{boete.uid}", "Boete", "Bestuurlijke boete: verloop", op, blokken)
