"""A last from draft to in force: what it orders, making it known, bestuursdwang and its costs, its end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session, selectinload

from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.core.reden import schrijf_reden
from inspecties.database import select_voor
from inspecties.dossiers import looptermijnen
from inspecties.dossiers.besluitnemers import eis_besluitnemer
from inspecties.dossiers.besluitteksten import SOORT, dwangsom_van, lasttekst, staat_in
from inspecties.dossiers.looptermijnen import Begin
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_last import Last, Verbeurte
from inspecties.dossiers.models_traject import Dossiertraject
from inspecties.dossiers.operations import wijzig_tekst
from inspecties.dossiers.rules.bedrag import schrijf_euro
from inspecties.dossiers.rules.besluitnemer import KOSTEN, OPHEFFING
from inspecties.dossiers.rules.last import (
    EINDGRONDEN,
    HERROEPEN,
    LASTSOORTEN,
    eis_begunstiging,
    eis_bekendmaking,
    eis_een_soort,
    eis_einde,
    eis_kosten,
    keur_dwangsom,
)
from inspecties.dossiers.rules.looptermijn import LOPEND
from inspecties.dossiers.trajecten import begin_traject, tabel_van
from inspecties.dossiers.versieconflict import Versieconflict
from inspecties.dossiers.werk import begin_werk, leg_dossier_vast, vergrendel, zet_stap
from inspecties.dossiers.wonen_traject import eis_akkoord, opgelegd, schuif, traject_met
from inspecties.termijnen.bronnen import kalender, termijntabel
from inspecties.web.sjablonen import datum

STAPSOORT = "last"
DWANGSOMTERMIJNEN = ("betaling_dwangsom", "verjaring_dwangsom")


@dataclass(frozen=True)
class Lastgegevens:
    """What a last orders, as somebody sends it in. Amounts in cents; ``versie`` 0: a new one."""

    soort: str
    overtreding: str
    maatregelen: str
    artikel: str
    begunstiging_duur: str = ""
    spoed: str = ""
    eenheid: str = ""
    bedrag_cent: int | None = None
    maximum_cent: int | None = None
    kosten_aangekondigd: bool = False
    versie: int = 0


def _veranderd(last: Last) -> Versieconflict:
    bedrag = dwangsom_van(last).in_woorden if last.bedrag_cent else ""
    staat_er = [
        ("Overtreding", last.overtreding),
        ("Wat de overtreder moet doen", last.maatregelen),
        ("Bedrag", bedrag),
    ]
    return Versieconflict("last", last.versie, staat_er)


def lasten_van(sessie: Session, actor: Actor, dossier: Dossier) -> list[Last]:
    """The lasten of a dossier, the first one first, with all that hangs on them."""
    return list(
        sessie.scalars(
            select_voor(actor, Last)
            .where(Last.dossier_id == dossier.id)
            .order_by(Last.id)
            .options(
                selectinload(Last.controles),
                selectinload(Last.verbeurtes).selectinload(Verbeurte.daden),
                selectinload(Last.procedures),
                selectinload(Last.begunstiging),
            )
        )
    )


def bewaar_last(
    sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, wat: Lastgegevens, last: Last | None = None
) -> Last:
    """Write down what the last will order; it begins its track when that had not begun. A dossier has one of each kind.

    What stood in the concept-besluit of this last changes with it.

    Raises OngeldigeInvoer naming the field, Versieconflict, Conflict for a dossier that is not open or art. 5:6 Awb.
    """
    if dossier.soort != SOORT:
        raise Conflict("Een last hoort bij een dossier over bouwen en wonen.")
    begin_werk(sessie, actor, nu, dossier)
    if last is not None:
        sessie.refresh(last)
        if last.versie != wat.versie:
            raise _veranderd(last)
        if last.stand != "ontwerp" or opgelegd(_traject(sessie, actor, last)) is not None:
            raise Conflict("Over deze last is al besloten. Hij ligt vast. Een andere last hoort in een nieuw dossier.")
        if last.soort != wat.soort and _traject(sessie, actor, last) is not None:
            raise Conflict(
                "Het traject van deze last is al begonnen. Stop dat eerst; stel daarna de andere last op.", "soort"
            )
    if wat.soort not in LASTSOORTEN:
        raise OngeldigeInvoer("Kies: dwangsom of bestuursdwang.", "soort")
    andere = [x for x in lasten_van(sessie, actor, dossier) if last is None or x.id != last.id]
    if any(x.soort == wat.soort for x in andere):
        raise Conflict(
            f"Er staat hier al een {LASTSOORTEN[wat.soort].lower()}. Een nieuwe last hoort in een nieuw dossier.",
            "soort",
        )
    eis_een_soort(wat.soort, [(x.soort, x.stand) for x in andere])
    for veld, tekst, vraag in (
        ("overtreding", wat.overtreding, "Beschrijf de overtreding en het voorschrift dat is overtreden."),
        ("maatregelen", wat.maatregelen, "Schrijf precies op wat de overtreder moet doen of laten."),
        ("artikel", wat.artikel, "Noem het artikel dat is overtreden."),
    ):
        schrijf_reden(tekst, vraag, veld)
    if len(wat.artikel.strip()) > 200:
        raise OngeldigeInvoer("Houd dit onder de 200 tekens.", "artikel")
    eis_begunstiging(wat.soort, wat.begunstiging_duur, wat.spoed)
    som = keur_dwangsom(wat.eenheid, wat.bedrag_cent, wat.maximum_cent) if wat.soort == "dwangsom" else None
    code = f"last_{wat.soort}"
    traject = traject_met(sessie, actor, dossier, code)
    if traject is not None and tabel_van(traject).is_eind(traject.stand):
        raise Conflict("Het traject van deze last is al gestopt. Een nieuwe last hoort in een nieuw dossier.", "soort")
    nieuw, oude_tekst = last is None, "" if last is None else lasttekst(last)
    if last is None:
        last = Last(gemeente_id=dossier.gemeente_id, dossier_id=dossier.id, gemaakt_op=nu, stand="ontwerp")
        last.gemaakt_door_id = actor.gebruiker_id
        sessie.add(last)
    last.soort, last.artikel = wat.soort, wat.artikel.strip()
    last.overtreding, last.maatregelen = wat.overtreding.strip(), wat.maatregelen.strip()
    last.spoed, last.begunstiging_duur = wat.spoed, wat.begunstiging_duur.strip().lower()
    last.eenheid = som.eenheid if som else ""
    last.bedrag_cent, last.maximum_cent = (som.bedrag_cent, som.maximum_cent) if som else (0, 0)
    last.kosten_aangekondigd = wat.kosten_aangekondigd and wat.soort == "bestuursdwang"
    sessie.flush()
    if traject is None:
        begin_traject(sessie, actor, nu, dossier, code)
    werk_concept_bij(sessie, actor, nu, dossier, oude_tekst, lasttekst(last))
    wat_er_staat = f": {som.in_woorden}" if som else ""
    hoe = "opgesteld" if nieuw else "gewijzigd"
    zet_stap(sessie, actor, nu, dossier, STAPSOORT, f"{LASTSOORTEN[last.soort]} {hoe}{wat_er_staat}.")
    _log(sessie, actor, nu, last, "last_opgesteld", bedrag_cent=last.bedrag_cent, maximum_cent=last.maximum_cent)
    return last


def neem_over(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, tekst: str) -> bool:
    """Put what is decided in the concept-besluit, in front of what stands there; whether it was not there yet.

    Raises OngeldigeInvoer, and Conflict for a dossier that is not open.
    """
    if staat_in(tekst, dossier.concept_besluit):
        return False
    wijzig_tekst(sessie, actor, nu, dossier, "concept_besluit", f"{tekst}\n{dossier.concept_besluit}".strip())
    return True


def werk_concept_bij(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, oud: str, nieuw: str) -> None:
    """Put what was rewritten in the place of what stood in the concept-besluit; where it did not, nothing changes."""
    if oud and oud != nieuw and oud in dossier.concept_besluit:
        concept = dossier.concept_besluit.replace(oud, nieuw, 1)
        wijzig_tekst(sessie, actor, nu, dossier, "concept_besluit", concept)


def neem_last(sessie: Session, actor: Actor, last: Last, versie: int, *standen: str) -> None:
    """Lock a last to carry it out. Raises Conflict where it is not in one of these states or changed meanwhile."""
    vergrendel(sessie, actor, last.dossier)
    sessie.refresh(last)
    if last.dossier.toestand == "afgesloten":
        raise Conflict("Dit dossier is afgesloten. Er verandert niets meer aan de last.")
    if last.versie != versie:
        raise _veranderd(last)
    if last.stand not in standen:
        zin = {
            "ontwerp": "Deze last is nog niet bekendgemaakt. Leg eerst de bekendmaking vast.",
            "van_kracht": "Deze last is al bekendgemaakt.",
            "opgeheven": "Deze last is opgeheven.",
            "ingetrokken": "Deze last is ingetrokken.",
        }
        raise Conflict(zin[last.stand])


def maak_bekend(
    sessie: Session, actor: Actor, nu: datetime, last: Last, op: date, eigenaar: str, bewijs: str = "", *, versie: int
) -> None:
    """The last was made known: it is in force, and the begunstigingstermijn and the time for bezwaar begin.

    ``bewijs``: what shows it; empty where the letter was sent with proof. Raises OngeldigeInvoer naming the field,
    Conflict where the cabinet has not approved this last, or where nothing shows that it was made known.
    """
    neem_last(sessie, actor, last, versie, "ontwerp")
    dossier = last.dossier
    gang = opgelegd(_traject(sessie, actor, last))
    if gang is None:
        akkoord = eis_akkoord(sessie, actor, dossier, f"last_{last.soort}")
        # The track holds what was done with the voornemen and the zienswijze.
        schuif_last(sessie, actor, nu, last, "opgelegd", lokale_datum(akkoord.besloten_op))
        gang = opgelegd(_traject(sessie, actor, last))
    if gang is None or gang.besluit is None:
        raise Conflict(
            "Leg eerst in het traject vast wat er met het voornemen en de zienswijze is gedaan (art. 4:8 Awb), of "
            "waarom die stap is overgeslagen (art. 4:11 Awb). Zet daarna de stap 'Last opgelegd'."
        )
    eis_bekendmaking(op, lokale_datum(gang.besluit.besloten_op), lokale_datum(nu))
    if last.begunstiging_duur:
        aanleiding = f"Bekendmaking van de {LASTSOORTEN[last.soort].lower()}"
        begin = Begin("begunstiging", op, aanleiding, last.begunstiging_duur, eigenaar)
        last.begunstiging = looptermijnen.start(sessie, actor, nu, dossier, begin)
    last.bekend_op, last.stand = op, "van_kracht"
    sessie.flush()
    zet_stap(sessie, actor, nu, dossier, STAPSOORT, f"{LASTSOORTEN[last.soort]} bekendgemaakt op {datum(op)}.")
    _log(sessie, actor, nu, last, "last_bekendgemaakt", op=op.isoformat())
    velden = {"datum": op.isoformat(), "bewijs": bewijs.strip()}
    if not schuif_last(sessie, actor, nu, last, "bekendgemaakt", op, velden):
        raise Conflict("Het traject van deze last is gestopt. De last kan niet meer van kracht worden.")


def begunstiging_tot(last: Last) -> date:
    """The last day of the begunstigingstermijn; with spoed the day on which the last was made known."""
    if last.begunstiging is not None:
        return last.begunstiging.einde_datum
    assert last.bekend_op is not None  # asked of a last in force only
    return last.bekend_op


def sluit_begunstiging(sessie: Session, actor: Actor, nu: datetime, last: Last, reden: str) -> None:
    """Nobody watches the begunstigingstermijn any more. Its last day stays what it was."""
    termijn = last.begunstiging
    if termijn is not None and termijn.stand in LOPEND:
        looptermijnen.rond_af(sessie, actor, nu, termijn, "vervallen", reden, versie=termijn.versie)


def pas_toe(sessie: Session, actor: Actor, nu: datetime, last: Last, op: date, wat: str, *, versie: int) -> None:
    """Bestuursdwang was applied. With great spoed (5:31 lid 2) that may come before the decision.

    Raises OngeldigeInvoer naming the field, Conflict within the begunstigingstermijn.
    """
    neem_last(sessie, actor, last, versie, *(("ontwerp", "van_kracht") if last.spoed == "lid2" else ("van_kracht",)))
    if last.soort != "bestuursdwang":
        raise Conflict("Bestuursdwang kan niet bij een last onder dwangsom (art. 5:6 Awb).")
    if last.toegepast_op is not None:
        raise Conflict(f"De bestuursdwang is al toegepast op {datum(last.toegepast_op)}.")
    if op > lokale_datum(nu):
        raise OngeldigeInvoer("Deze dag moet nog komen. Leg vast wat al is gebeurd.", "op")
    if last.bekend_op is not None and op < last.bekend_op and last.spoed != "lid2":
        raise OngeldigeInvoer(f"De last is pas bekendgemaakt op {datum(last.bekend_op)}.", "op")
    if last.begunstiging is not None and op <= last.begunstiging.einde_datum:
        raise Conflict(
            f"De overtreder heeft nog tot en met {datum(last.begunstiging.einde_datum)} (art. 5:24 lid 2 Awb).", "op"
        )
    tekst = schrijf_reden(wat, "Schrijf op wat er is gedaan, en door wie.", "wat")
    last.toegepast_op = op
    sessie.flush()
    sluit_begunstiging(sessie, actor, nu, last, f"Voorbij; bestuursdwang toegepast op {datum(op)}.")
    eigenaar = actor.gebruiker_uid
    looptermijnen.start(
        sessie,
        actor,
        nu,
        last.dossier,
        Begin("kostenverhaal_bestuursdwang", op, "Bestuursdwang toegepast", "", eigenaar),
    )
    zet_stap(sessie, actor, nu, last.dossier, STAPSOORT, f"Bestuursdwang toegepast op {datum(op)}: {tekst}")
    _log(sessie, actor, nu, last, "bestuursdwang_toegepast", op=op.isoformat())
    schuif_last(sessie, actor, nu, last, "toegepast", op)


def stel_kosten_vast(
    sessie: Session, actor: Actor, nu: datetime, last: Last, cent: int, op: date, *, versie: int
) -> None:
    """The costs of bestuursdwang are set by decision (art. 5:25). Raises OngeldigeInvoer and Conflict."""
    neem_last(sessie, actor, last, versie, "van_kracht", "opgeheven")
    if last.kosten_op is not None:
        raise Conflict(f"De kosten zijn al vastgesteld op {datum(last.kosten_op)}.")
    if op > lokale_datum(nu):
        raise OngeldigeInvoer("Deze dag moet nog komen. Leg het besluit vast als het is genomen.", "op")
    laatste_dag = None
    if last.toegepast_op is not None:
        regel = termijntabel().op("kostenverhaal_bestuursdwang", last.toegepast_op)
        laatste_dag = regel.bereken(last.toegepast_op, kalender=kalender()).einddag
    eis_kosten(last.kosten_aangekondigd, last.toegepast_op, op, laatste_dag)
    eis_besluitnemer(sessie, actor, last.dossier, KOSTEN, last.uid, op, "op")
    last.kosten_cent, last.kosten_op = cent, op
    sessie.flush()
    _rond_af(sessie, actor, nu, last, "gedaan", "", "kostenverhaal_bestuursdwang")
    zet_stap(sessie, actor, nu, last.dossier, STAPSOORT, f"Kosten van bestuursdwang vastgesteld: {schrijf_euro(cent)}.")
    _log(sessie, actor, nu, last, "bestuursdwang_kosten", cent=cent, op=op.isoformat())
    schuif_last(sessie, actor, nu, last, "kosten", op)


def beeindig(
    sessie: Session, actor: Actor, nu: datetime, last: Last, grond: str, op: date, reden: str, *, versie: int
) -> None:
    """The last is lifted by decision (art. 5:34). What was forfeited before stays due, save where it is herroepen.

    Raises OngeldigeInvoer naming the field, Conflict before a year without verbeurte has passed.
    """
    neem_last(sessie, actor, last, versie, "van_kracht")
    assert last.bekend_op is not None  # in force
    eis_einde(grond, last.bekend_op, [v.op_datum for v in last.verbeurtes], op, lokale_datum(nu))
    tekst = schrijf_reden(reden, "Schrijf op waarom de last eindigt.")
    if grond != HERROEPEN:
        eis_besluitnemer(sessie, actor, last.dossier, OPHEFFING, last.uid, op, "grond")
    last.eindgrond, last.geeindigd_op, last.eindreden, last.stand = grond, op, tekst, "opgeheven"
    sessie.flush()
    sluit_begunstiging(sessie, actor, nu, last, "De last is opgeheven.")
    if grond == HERROEPEN:
        waarom = "De last is herroepen: er is niets verschuldigd."
        _rond_af(sessie, actor, nu, last, "vervallen", waarom, *DWANGSOMTERMIJNEN, "kostenverhaal_bestuursdwang")
    for controle in last.controles:
        if controle.stand == "gevraagd":
            controle.stand = "vervallen"
    naam, artikel = EINDGRONDEN[grond]
    tekst = f"{LASTSOORTEN[last.soort]} opgeheven op {datum(op)}: {naam.lower()} ({artikel})."
    zet_stap(sessie, actor, nu, last.dossier, STAPSOORT, tekst)
    _log(sessie, actor, nu, last, "last_opgeheven", grond=grond, op=op.isoformat())
    schuif_last(sessie, actor, nu, last, "opgeheven", op)


def schuif_last(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    last: Last,
    naar: str,
    op: date,
    gegevens: Mapping[str, str] | None = None,
) -> bool:
    """``wonen_traject.schuif`` for the track of this last."""
    return schuif(sessie, actor, nu, last.dossier, f"last_{last.soort}", naar, op, gegevens)


def _traject(sessie: Session, actor: Actor, last: Last) -> Dossiertraject | None:
    return traject_met(sessie, actor, last.dossier, f"last_{last.soort}")


def _rond_af(sessie: Session, actor: Actor, nu: datetime, last: Last, stand: str, reden: str, *codes: str) -> None:
    """End the running terms of these kinds: a dossier has one last that begins them."""
    for rij in looptermijnen.termijnen_van(sessie, actor, last.dossier):
        if rij.code in codes and rij.stand in LOPEND:
            looptermijnen.rond_af(sessie, actor, nu, rij, stand, reden, versie=rij.versie)


def trek_in(sessie: Session, actor: Actor, nu: datetime, last: Last, reden: str) -> None:
    """The track stopped before the last was made known: it never comes into force."""
    if last.stand != "ontwerp":
        return
    last.stand, last.eindreden = "ingetrokken", reden
    sessie.flush()
    zet_stap(sessie, actor, nu, last.dossier, STAPSOORT, f"{LASTSOORTEN[last.soort]} ingetrokken: {reden}")
    _log(sessie, actor, nu, last, "last_ingetrokken")


def _log(sessie: Session, actor: Actor, nu: datetime, last: Last, handeling: str, **gegevens: object) -> None:
    leg_dossier_vast(sessie, actor, nu, last.dossier, handeling, last=str(last.uid), soort=last.soort, **gegevens)
