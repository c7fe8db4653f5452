"""Carrying out a last onder dwangsom: rechecks, what is forfeited, collecting it, procedures, when it lapses."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from inspecties.controles.models import Bezoek
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.core.reden import schrijf_reden
from inspecties.dossiers import looptermijnen
from inspecties.dossiers.besluitnemers import eis_besluitnemer
from inspecties.dossiers.besluitteksten import dwangsom_van
from inspecties.dossiers.lasten import (
    DWANGSOMTERMIJNEN,
    STAPSOORT,
    begunstiging_tot,
    neem_last,
    schuif_last,
    sluit_begunstiging,
)
from inspecties.dossiers.looptermijnen import Begin
from inspecties.dossiers.models_last import (
    CONTROLEUITKOMSTEN,
    Invorderdaad,
    Last,
    Lastcontrole,
    Lastprocedure,
    Verbeurte,
)
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.dossiers.rules.bedrag import schrijf_euro
from inspecties.dossiers.rules.besluitnemer import AFZIEN, INVORDERING
from inspecties.dossiers.rules.last import (
    HERROEPEN,
    INVORDERDADEN,
    GeenVerbeurte,
    Invordering,
    Tijdvak,
    Verbeurd,
    eis_invordering,
    openstaand,
    verbeur,
)
from inspecties.dossiers.rules.looptermijn import LOPEND
from inspecties.dossiers.rules.verjaring import STUITING, Procedure, Stuiting, Verjaring, jaar_eerder, verjaring
from inspecties.dossiers.werk import leg_dossier_vast, zet_stap
from inspecties.termijnen.bronnen import kalender, termijntabel
from inspecties.web.sjablonen import datum

PROCEDURES: dict[str, str] = {"bezwaar": "Bezwaar", "beroep": "Beroep", "hoger_beroep": "Hoger beroep"}


def vraag_controle(
    sessie: Session, actor: Actor, nu: datetime, last: Last, uiterlijk: date, waarop: str, *, versie: int
) -> Lastcontrole:
    """Ask for a recheck before a day; planners see it as a stop to plan. Raises OngeldigeInvoer and Conflict."""
    neem_last(sessie, actor, last, versie, "van_kracht")
    vandaag = lokale_datum(nu)
    if uiterlijk < vandaag:
        raise OngeldigeInvoer("Deze dag is al voorbij. Kies vandaag of later.", "uiterlijk")
    if uiterlijk.year > vandaag.year + 5:
        raise OngeldigeInvoer("Deze dag ligt meer dan vijf jaar weg. Kies een eerdere dag.", "uiterlijk")
    if uiterlijk <= begunstiging_tot(last):
        raise OngeldigeInvoer(
            f"De overtreder heeft nog tot en met {datum(begunstiging_tot(last))}. Controleer daarna.", "uiterlijk"
        )
    if any(c.stand == "gevraagd" for c in last.controles):
        raise Conflict("Er is al een hercontrole gevraagd. Leg die eerst vast of laat hem vervallen.", "uiterlijk")
    rij = Lastcontrole(
        gemeente_id=last.gemeente_id,
        last_id=last.id,
        uiterlijk=uiterlijk,
        waarop=waarop.strip()[:2000],
        gevraagd_op=nu,
        gevraagd_door_id=actor.gebruiker_id,
    )
    sessie.add(rij)
    _klaar(sessie, last)
    zet_stap(sessie, actor, nu, last.dossier, STAPSOORT, f"Hercontrole gevraagd, uiterlijk {datum(uiterlijk)}.")
    _log(sessie, actor, nu, last, "hercontrole_gevraagd", uiterlijk=uiterlijk.isoformat())
    return rij


@dataclass(frozen=True)
class Controleuitkomst:
    """What a check found. ``bezoek``: the visit that it was; ``bewijs``: public ids on the dossier's list."""

    op: date
    uitkomst: str
    waarneming: str
    bezoek: Bezoek | None = None
    bewijs: Sequence[str] = ()


@dataclass(frozen=True)
class Controlegevolg:
    """What followed from a check. ``waarom_niet``: a breach was seen, and no dwangsom was forfeited, in a sentence."""

    verbeurte: Verbeurte | None = None
    waarom_niet: str = ""


def _keur_controle(last: Last, wat: Controleuitkomst, bekend_bewijs: Collection[str], vandaag: date) -> str:
    """What was seen, in words. Raises OngeldigeInvoer naming the field."""
    assert last.bekend_op is not None  # in force
    if wat.uitkomst not in CONTROLEUITKOMSTEN:
        raise OngeldigeInvoer("Kies of aan de last is voldaan.", "uitkomst")
    if wat.op > vandaag:
        raise OngeldigeInvoer("Deze dag moet nog komen. Leg de controle vast als zij is gedaan.", "op")
    if wat.op < last.bekend_op:
        raise OngeldigeInvoer(f"De last is pas bekendgemaakt op {datum(last.bekend_op)}.", "op")
    if not set(wat.bewijs) <= set(bekend_bewijs):
        raise OngeldigeInvoer("Dit bewijs staat niet (meer) op de lijst van het dossier. Ververs de pagina.", "bewijs")
    vraag = "Schrijf op wat er is gezien: plaats, tijd en wat wel of niet is gedaan."
    if wat.bezoek is not None and wat.bezoek.locatie_id not in {p.id for p in last.dossier.locaties}:
        raise OngeldigeInvoer("Dit bezoek was bij een ander adres dan dat van het dossier.", "bezoek")
    return schrijf_reden(wat.waarneming, vraag, "waarneming")


def leg_controle_vast(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    last: Last,
    wat: Controleuitkomst,
    bekend_bewijs: Collection[str],
    controle: Lastcontrole | None = None,
    *,
    versie: int,
) -> Controlegevolg:
    """Write down what a check found. A breach after the begunstigingstermijn makes a dwangsom forfeited (art. 5:33).

    What was seen is always kept, also where nothing can be forfeited by it: within the term, a second time in one
    stretch, above the maximum. Raises OngeldigeInvoer naming the field, and Conflict.
    """
    neem_last(sessie, actor, last, versie, "van_kracht")
    tekst = _keur_controle(last, wat, bekend_bewijs, lokale_datum(nu))
    vak, waarom_niet = None, ""
    if wat.uitkomst == "niet_voldaan" and last.soort == "dwangsom":
        eerder = [Verbeurd(v.op_datum, v.tijdvak, v.bedrag_cent) for v in last.verbeurtes]
        try:
            vak = verbeur(dwangsom_van(last), eerder, begunstiging_tot(last), wat.op)
        except GeenVerbeurte as reden:
            waarom_niet = reden.melding
    if controle is None:
        controle = Lastcontrole(
            gemeente_id=last.gemeente_id,
            last_id=last.id,
            uiterlijk=wat.op,
            gevraagd_op=nu,
            gevraagd_door_id=actor.gebruiker_id,
        )
        sessie.add(controle)
    elif controle.stand != "gevraagd":
        raise Conflict("Deze controle is al vastgelegd.")
    controle.stand, controle.op_datum, controle.uitkomst, controle.waarneming = "gedaan", wat.op, wat.uitkomst, tekst
    controle.bezoek_id = wat.bezoek.id if wat.bezoek else None
    _klaar(sessie, last)
    zin = CONTROLEUITKOMSTEN[wat.uitkomst].lower()
    erbij = f" Geen dwangsom verbeurd. {waarom_niet}" if waarom_niet else ""
    zet_stap(sessie, actor, nu, last.dossier, STAPSOORT, f"Controle van de last op {datum(wat.op)}: {zin}.{erbij}")
    _log(sessie, actor, nu, last, "last_gecontroleerd", op=wat.op.isoformat(), uitkomst=wat.uitkomst)
    voorbij = wat.op > begunstiging_tot(last)
    if voorbij:
        sluit_begunstiging(sessie, actor, nu, last, f"Voorbij; gecontroleerd op {datum(wat.op)}.")
    if wat.uitkomst == "voldaan" or (voorbij and not waarom_niet):
        schuif_last(sessie, actor, nu, last, "controle", wat.op)
    if wat.uitkomst == "voldaan":
        schuif_last(sessie, actor, nu, last, "voldaan", wat.op)
    if vak is None:
        return Controlegevolg(waarom_niet=waarom_niet)
    return Controlegevolg(_verbeur(sessie, actor, nu, last, controle, wat, *vak))


def _verbeur(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    last: Last,
    controle: Lastcontrole,
    wat: Controleuitkomst,
    tijdvak: Tijdvak,
    bedrag: int,
) -> Verbeurte:
    """Write down the dwangsom that this check made forfeited, with the terms to pay and to collect it."""
    betalen = termijntabel().op("betaling_dwangsom", wat.op).bereken(wat.op, kalender=kalender()).einddag
    rij = Verbeurte(
        gemeente_id=last.gemeente_id,
        last_id=last.id,
        volgnummer=len(last.verbeurtes) + 1,
        op_datum=wat.op,
        tijdvak=tijdvak.nummer,
        vak_van=tijdvak.van,
        vak_tot=tijdvak.tot,
        bedrag_cent=bedrag,
        controle_id=controle.id,
        bewijs=sorted(wat.bewijs),
        betalen_voor=betalen,
        vastgelegd_op=nu,
        door_id=actor.gebruiker_id,
        daden=[],
    )
    sessie.add(rij)
    _klaar(sessie, last)
    eigenaar = actor.gebruiker_uid
    aanleiding = f"Dwangsom {rij.volgnummer} van {schrijf_euro(bedrag)} verbeurd"
    for code in ("betaling_dwangsom", "verjaring_dwangsom"):
        looptermijnen.start(sessie, actor, nu, last.dossier, Begin(code, wat.op, aanleiding, "", eigenaar))
    zet_stap(sessie, actor, nu, last.dossier, STAPSOORT, f"{aanleiding} op {datum(wat.op)}.")
    _log(sessie, actor, nu, last, "dwangsom_verbeurd", nummer=rij.volgnummer, cent=bedrag, op=wat.op.isoformat())
    schuif_last(sessie, actor, nu, last, "verbeurd", wat.op)
    return rij


def laat_controle_vervallen(
    sessie: Session, actor: Actor, nu: datetime, controle: Lastcontrole, reden: str, *, versie: int
) -> None:
    """A recheck that was asked is not needed any more. Raises OngeldigeInvoer and Conflict."""
    last = controle.last
    neem_last(sessie, actor, last, versie, "van_kracht", "opgeheven")
    if controle.stand != "gevraagd":
        raise Conflict("Deze hercontrole is al gedaan of vervallen.")
    tekst = schrijf_reden(reden, "Schrijf op waarom de hercontrole vervalt.")
    controle.stand, controle.waarneming = "vervallen", tekst
    _klaar(sessie, last)
    zet_stap(sessie, actor, nu, last.dossier, STAPSOORT, f"Hercontrole vervalt: {tekst}")
    _log(sessie, actor, nu, last, "hercontrole_vervallen")


def daden_van(verbeurte: Verbeurte) -> list[Invordering]:
    """What was done on one dwangsom, as the rules see it."""
    return [Invordering(d.soort, d.op_datum, d.bedrag_cent) for d in verbeurte.daden]


def staat_open(verbeurte: Verbeurte) -> int:
    """Cents that are still to be paid; nothing under a last that was herroepen."""
    if verbeurte.last.eindgrond == HERROEPEN:
        return 0
    return openstaand(verbeurte.bedrag_cent, daden_van(verbeurte))


def verjaring_van(last: Last, verbeurte: Verbeurte) -> Verjaring:
    """When the claim for this dwangsom lapses, from what is known now."""
    return verjaring(
        verbeurte.op_datum,
        [Procedure(p.ingesteld_op, p.onherroepelijk_op) for p in last.procedures],
        [Stuiting(d.soort, d.op_datum) for d in verbeurte.daden if d.soort in STUITING],
        termijntabel().op("verjaring_dwangsom", verbeurte.op_datum),
        kalender(),
    )


def vorder_in(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    verbeurte: Verbeurte,
    soort: str,
    op: date,
    cent: int = 0,
    toelichting: str = "",
    *,
    versie: int,
) -> Invorderdaad:
    """An act of collecting, or a payment. Raises OngeldigeInvoer naming the field, and Conflict."""
    last = verbeurte.last
    neem_last(sessie, actor, last, versie, "van_kracht", "opgeheven")
    sessie.refresh(verbeurte, ["daden"])
    if last.eindgrond == HERROEPEN:
        raise Conflict("De last is herroepen. Er is niets verschuldigd, dus er valt niets te vorderen.", "soort")
    nieuw = Invordering(soort, op, cent if soort == "betaling" else 0)
    eis_invordering(
        nieuw, verbeurte.op_datum, verbeurte.bedrag_cent, daden_van(verbeurte), verbeurte.betalen_voor, lokale_datum(nu)
    )
    verjaart = verjaring_van(last, verbeurte)
    if soort != "betaling" and verjaart.is_verjaard(op):
        assert verjaart.einde is not None  # otherwise it does not lapse
        raise Conflict(
            f"Deze dwangsom is verjaard: de laatste dag was {datum(verjaart.einde)} (art. 5:35 Awb). "
            "Invorderen kan niet meer.",
            "op",
        )
    if soort == "afzien":
        schrijf_reden(toelichting, "Schrijf op waarom van invordering wordt afgezien.", "toelichting")
    if soort in {INVORDERING, AFZIEN}:
        eis_besluitnemer(sessie, actor, last.dossier, soort, verbeurte.uid, op, "soort")
    rij = Invorderdaad(
        gemeente_id=last.gemeente_id,
        verbeurte_id=verbeurte.id,
        soort=soort,
        op_datum=op,
        bedrag_cent=nieuw.cent,
        toelichting=toelichting.strip()[:2000],
        vastgelegd_op=nu,
        door_id=actor.gebruiker_id,
    )
    sessie.add(rij)
    sessie.flush()
    sessie.expire(verbeurte, ["daden"])
    _klaar(sessie, last)
    naam, artikel = INVORDERDADEN[soort]
    som = f" van {schrijf_euro(nieuw.cent)}" if nieuw.cent else ""
    tekst = f"Dwangsom {verbeurte.volgnummer}: {naam.lower()}{som} op {datum(op)} ({artikel})."
    zet_stap(sessie, actor, nu, last.dossier, STAPSOORT, tekst)
    _log(sessie, actor, nu, last, "dwangsom_invordering", nummer=verbeurte.volgnummer, daad=soort, cent=nieuw.cent)
    if staat_open(verbeurte) == 0:
        _rond_termijnen_af(sessie, actor, nu, verbeurte)
    elif soort in STUITING:
        _zet_verjaring(sessie, actor, nu, verbeurte, f"{naam} op {datum(op)}: de verjaring is gestuit.", "gestuit")
    if soort == "invorderingsbeschikking":
        schuif_last(sessie, actor, nu, last, "invordering", op)
    return rij


def _rond_termijnen_af(sessie: Session, actor: Actor, nu: datetime, verbeurte: Verbeurte) -> None:
    for rij in _termijnen(sessie, actor, verbeurte, *DWANGSOMTERMIJNEN):
        looptermijnen.rond_af(sessie, actor, nu, rij, "gedaan", "", versie=rij.versie)


def _termijnen(sessie: Session, actor: Actor, verbeurte: Verbeurte, *codes: str) -> list[Looptermijn]:
    """The running terms of one dwangsom; what they began with names it."""
    kop = f"Dwangsom {verbeurte.volgnummer} "
    return [
        rij
        for rij in looptermijnen.termijnen_van(sessie, actor, verbeurte.last.dossier)
        if rij.code in codes and rij.stand in LOPEND and rij.aanleiding.startswith(kop)
    ]


def _zet_verjaring(sessie: Session, actor: Actor, nu: datetime, verbeurte: Verbeurte, zin: str, waardoor: str) -> None:
    """Who watches is warned by the day on which the claim lapses now; by none while a procedure keeps it open."""
    einde = verjaring_van(verbeurte.last, verbeurte).einde
    lopend = _termijnen(sessie, actor, verbeurte, "verjaring_dwangsom")
    if len(lopend) == 1 and lopend[0].einde_datum == einde:
        return
    eigenaar = str(lopend[0].eigenaar.uid) if lopend else actor.gebruiker_uid
    for rij in lopend:
        looptermijnen.rond_af(sessie, actor, nu, rij, "vervallen", zin, versie=rij.versie)
    if einde is not None:
        begin = Begin(
            "verjaring_dwangsom", jaar_eerder(einde), f"Dwangsom {verbeurte.volgnummer} {waardoor}", "", eigenaar
        )
        looptermijnen.start(sessie, actor, nu, verbeurte.last.dossier, begin)


def leg_procedure_vast(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    last: Last,
    soort: str,
    ingesteld_op: date,
    onherroepelijk_op: date | None = None,
    uitkomst: str = "",
    procedure: Lastprocedure | None = None,
    *,
    versie: int,
) -> Lastprocedure:
    """Bezwaar, beroep or hoger beroep against the last, or how it ended. Raises OngeldigeInvoer and Conflict."""
    neem_last(sessie, actor, last, versie, "van_kracht", "opgeheven")
    assert last.bekend_op is not None  # in force
    vandaag = lokale_datum(nu)
    if soort not in PROCEDURES:
        raise OngeldigeInvoer("Kies bezwaar, beroep of hoger beroep.", "soort")
    for veld, dag in (("ingesteld_op", ingesteld_op), ("onherroepelijk_op", onherroepelijk_op)):
        if dag is not None and dag > vandaag:
            raise OngeldigeInvoer("Deze dag moet nog komen. Leg vast wat al is gebeurd.", veld)
    if ingesteld_op < last.bekend_op:
        raise OngeldigeInvoer(f"De last is pas bekendgemaakt op {datum(last.bekend_op)}.", "ingesteld_op")
    if onherroepelijk_op is not None and onherroepelijk_op < ingesteld_op:
        raise OngeldigeInvoer("Dit ligt voor het begin van de procedure.", "onherroepelijk_op")
    if procedure is None:
        procedure = Lastprocedure(gemeente_id=last.gemeente_id, last_id=last.id, vastgelegd_op=nu)
        sessie.add(procedure)
    procedure.soort, procedure.ingesteld_op, procedure.onherroepelijk_op = soort, ingesteld_op, onherroepelijk_op
    procedure.uitkomst, procedure.door_id = uitkomst.strip()[:2000], actor.gebruiker_id
    _klaar(sessie, last)
    for verbeurte in last.verbeurtes:
        if staat_open(verbeurte):
            zin = f"{PROCEDURES[soort]} tegen de last: de verjaring is opnieuw berekend."
            _zet_verjaring(sessie, actor, nu, verbeurte, zin, "verlengd door een procedure")
    einde = f", onherroepelijk op {datum(onherroepelijk_op)}" if onherroepelijk_op else ""
    tekst = f"{PROCEDURES[soort]} tegen de last van {datum(ingesteld_op)}{einde}."
    zet_stap(sessie, actor, nu, last.dossier, STAPSOORT, tekst)
    _log(sessie, actor, nu, last, "last_procedure", procedure=soort, klaar=onherroepelijk_op is not None)
    return procedure


def _klaar(sessie: Session, last: Last) -> None:
    """Store, and give the last a new version: who had its page open sees that something came in between."""
    sessie.flush()
    sessie.expire(last, ["controles", "verbeurtes", "procedures"])
    last.versie = last.versie + 1
    sessie.flush()


def _log(sessie: Session, actor: Actor, nu: datetime, last: Last, handeling: str, **gegevens: object) -> None:
    leg_dossier_vast(sessie, actor, nu, last.dossier, handeling, last=str(last.uid), **gegevens)
