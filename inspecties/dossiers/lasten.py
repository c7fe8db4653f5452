"""A last from draft to in force: what it orders, making it known, bestuursdwang and its costs, its end."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session, selectinload

from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.database import select_voor
from inspecties.dossiers import looptermijnen
from inspecties.dossiers.looptermijnen import Begin
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_last import Last, Verbeurte
from inspecties.dossiers.models_traject import Dossiertraject
from inspecties.dossiers.operations import wijzig_tekst
from inspecties.dossiers.rules.bedrag import schrijf_euro
from inspecties.dossiers.rules.last import (
    EINDGRONDEN,
    LASTSOORTEN,
    SPOED,
    Dwangsom,
    eis_begunstiging,
    eis_bekendmaking,
    eis_een_soort,
    eis_einde,
    eis_kosten,
    keur_dwangsom,
)
from inspecties.dossiers.rules.looptermijn import LOPEND
from inspecties.dossiers.rules.traject import NERGENS
from inspecties.dossiers.trajecten import begin_traject, stand_van, tabel_van, trajecten_van, zet_trajectstap
from inspecties.dossiers.werk import begin_werk, leg_dossier_vast, schrijf_reden, vergrendel, zet_stap
from inspecties.dossiers.wonen import SOORT
from inspecties.termijnen.rules.duur import Duur
from inspecties.web.sjablonen import datum

STAPSOORT = "last"


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


class Lastconflict(Conflict):
    """Somebody else changed the last meanwhile; ``staat_er``: (name, what stands there now)."""

    def __init__(self, last: Last) -> None:
        super().__init__("Een collega veranderde deze last net. Wat er nu staat ziet u hieronder, uw invoer ook.")
        self.staat_er = [
            ("Overtreding", last.overtreding),
            ("Wat de overtreder moet doen", last.maatregelen),
            ("Bedrag", dwangsom_van(last).in_woorden if last.bedrag_cent else ""),
        ]


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


def dwangsom_van(last: Last) -> Dwangsom:
    """The dwangsom of a last onder dwangsom."""
    return Dwangsom(last.eenheid, last.bedrag_cent, last.maximum_cent)


def bewaar_last(
    sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, wat: Lastgegevens, last: Last | None = None
) -> Last:
    """Write down what the last will order; it begins its track when that had not begun.

    Raises OngeldigeInvoer naming the field, Lastconflict, Conflict for a dossier that is not open or art. 5:6 Awb.
    """
    if dossier.soort != SOORT:
        raise Conflict("Een last hoort bij een dossier over bouwen en wonen.")
    begin_werk(sessie, actor, nu, dossier)
    if last is not None:
        sessie.refresh(last)
        if last.versie != wat.versie:
            raise Lastconflict(last)
        if last.stand != "ontwerp":
            raise Conflict("Deze last ligt vast. Voor een andere last is een nieuw besluit nodig.")
    if wat.soort not in LASTSOORTEN:
        raise OngeldigeInvoer("Kies: dwangsom of bestuursdwang.", "soort")
    andere = [x for x in lasten_van(sessie, actor, dossier) if last is None or x.id != last.id]
    if any(x.soort == wat.soort and x.stand in {"ontwerp", "van_kracht"} for x in andere):
        raise Conflict(f"Er is al een {LASTSOORTEN[wat.soort].lower()} in dit dossier. Werk die bij.", "soort")
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
    nieuw = last is None
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
    code = f"last_{wat.soort}"
    if not any(r.code == code for r in trajecten_van(sessie, actor, dossier)):
        begin_traject(sessie, actor, nu, dossier, code)
    wat_er_staat = f": {som.in_woorden}" if som else ""
    hoe = "opgesteld" if nieuw else "gewijzigd"
    zet_stap(sessie, actor, nu, dossier, STAPSOORT, f"{LASTSOORTEN[last.soort]} {hoe}{wat_er_staat}.")
    _log(sessie, actor, nu, last, "last_opgesteld", bedrag_cent=last.bedrag_cent, maximum_cent=last.maximum_cent)
    return last


def besluittekst(last: Last) -> str:
    """What the cabinet decides upon, in one paragraph of the concept-besluit."""
    delen = [f"{LASTSOORTEN[last.soort]} ({last.artikel}). Overtreding: {_zin(last.overtreding)}"]
    delen.append(f"De overtreder moet: {_zin(last.maatregelen)}")
    if last.begunstiging_duur:
        delen.append(f"Daarvoor is {Duur.lees(last.begunstiging_duur).in_woorden} de tijd na de bekendmaking.")
    if last.spoed:
        delen.append(f"{SPOED[last.spoed]}.")
    if last.bedrag_cent:
        delen.append(f"Dwangsom: {dwangsom_van(last).in_woorden}.")
    if last.kosten_aangekondigd:
        delen.append("De kosten van bestuursdwang worden verhaald op de overtreder (art. 5:25 Awb).")
    return " ".join(delen)


def _zin(tekst: str) -> str:
    kaal = " ".join(tekst.split())
    return kaal if kaal.endswith((".", "!", "?")) else f"{kaal}."


def neem_over(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, tekst: str) -> bool:
    """Put what is decided in the concept-besluit, in front of what stands there; whether it was not there yet.

    Raises OngeldigeInvoer, and Conflict for a dossier that is not open.
    """
    if tekst in dossier.concept_besluit:
        return False
    wijzig_tekst(sessie, actor, nu, dossier, "concept_besluit", f"{tekst}\n{dossier.concept_besluit}".strip())
    return True


def neem_last(sessie: Session, actor: Actor, last: Last, versie: int, *standen: str) -> None:
    """Lock a last to carry it out. Raises Conflict where it is not in one of these states or changed meanwhile."""
    vergrendel(sessie, actor, last.dossier)
    sessie.refresh(last)
    if last.dossier.toestand == "afgesloten":
        raise Conflict("Dit dossier is afgesloten. Er verandert niets meer aan de last.")
    if last.versie != versie:
        raise Lastconflict(last)
    if last.stand not in standen:
        zin = {
            "ontwerp": "Deze last is nog niet bekendgemaakt. Leg eerst de bekendmaking vast.",
            "van_kracht": "Deze last is al bekendgemaakt.",
            "opgeheven": "Deze last is opgeheven.",
            "ingetrokken": "Deze last is ingetrokken.",
        }
        raise Conflict(zin[last.stand])


def maak_bekend(
    sessie: Session, actor: Actor, nu: datetime, last: Last, op: date, eigenaar: str, *, versie: int
) -> None:
    """The last was made known: it is in force, and the begunstigingstermijn and the time for bezwaar begin.

    Raises OngeldigeInvoer naming the field, Conflict where the cabinet has not approved.
    """
    neem_last(sessie, actor, last, versie, "ontwerp")
    dossier = last.dossier
    akkoord = [b for b in dossier.besluiten if b.soort == "akkoord"]
    if dossier.toestand != "akkoord" or not akkoord:
        raise Conflict("Het kabinet heeft nog geen akkoord gegeven. Leg het dossier eerst voor.")
    eis_bekendmaking(op, lokale_datum(akkoord[-1].besloten_op), lokale_datum(nu), last.spoed)
    # The track holds what was done with the voornemen and the zienswijze.
    schuif(sessie, actor, nu, last, "opgelegd", lokale_datum(akkoord[-1].besloten_op))
    _eis_opgelegd(sessie, actor, last)
    if last.begunstiging_duur:
        aanleiding = f"Bekendmaking van de {LASTSOORTEN[last.soort].lower()}"
        begin = Begin("begunstiging", op, aanleiding, last.begunstiging_duur, eigenaar)
        last.begunstiging = looptermijnen.start(sessie, actor, nu, dossier, begin)
    last.bekend_op, last.stand = op, "van_kracht"
    sessie.flush()
    zet_stap(sessie, actor, nu, dossier, STAPSOORT, f"{LASTSOORTEN[last.soort]} bekendgemaakt op {datum(op)}.")
    _log(sessie, actor, nu, last, "last_bekendgemaakt", op=op.isoformat())
    schuif(sessie, actor, nu, last, "bekendgemaakt", op)


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
    schuif(sessie, actor, nu, last, "toegepast", op)


def stel_kosten_vast(
    sessie: Session, actor: Actor, nu: datetime, last: Last, cent: int, op: date, *, versie: int
) -> None:
    """The costs of bestuursdwang are set by decision (art. 5:25). Raises OngeldigeInvoer and Conflict."""
    neem_last(sessie, actor, last, versie, "van_kracht", "opgeheven")
    if last.kosten_op is not None:
        raise Conflict(f"De kosten zijn al vastgesteld op {datum(last.kosten_op)}.")
    if op > lokale_datum(nu):
        raise OngeldigeInvoer("Deze dag moet nog komen. Leg het besluit vast als het is genomen.", "op")
    termijn = next(
        (
            rij
            for rij in looptermijnen.termijnen_van(sessie, actor, last.dossier)
            if rij.code == "kostenverhaal_bestuursdwang" and rij.stand in LOPEND
        ),
        None,
    )
    eis_kosten(last.kosten_aangekondigd, last.toegepast_op, op, termijn.einde_datum if termijn else None)
    last.kosten_cent, last.kosten_op = cent, op
    sessie.flush()
    if termijn is not None:
        looptermijnen.rond_af(sessie, actor, nu, termijn, "gedaan", "", versie=termijn.versie)
    zet_stap(sessie, actor, nu, last.dossier, STAPSOORT, f"Kosten van bestuursdwang vastgesteld: {schrijf_euro(cent)}.")
    _log(sessie, actor, nu, last, "bestuursdwang_kosten", cent=cent, op=op.isoformat())
    schuif(sessie, actor, nu, last, "kosten", op)


def beeindig(
    sessie: Session, actor: Actor, nu: datetime, last: Last, grond: str, op: date, reden: str, *, versie: int
) -> None:
    """The last is lifted by decision (art. 5:34). What was forfeited before stays due.

    Raises OngeldigeInvoer naming the field, Conflict before a year without verbeurte has passed.
    """
    neem_last(sessie, actor, last, versie, "van_kracht")
    assert last.bekend_op is not None  # in force
    eis_einde(grond, last.bekend_op, [v.op_datum for v in last.verbeurtes], op, lokale_datum(nu))
    tekst = schrijf_reden(reden, "Schrijf op waarom de last eindigt.")
    last.eindgrond, last.geeindigd_op, last.eindreden, last.stand = grond, op, tekst, "opgeheven"
    sessie.flush()
    sluit_begunstiging(sessie, actor, nu, last, "De last is opgeheven.")
    for controle in last.controles:
        if controle.stand == "gevraagd":
            controle.stand = "vervallen"
    naam, artikel = EINDGRONDEN[grond]
    tekst = f"{LASTSOORTEN[last.soort]} opgeheven op {datum(op)}: {naam.lower()} ({artikel})."
    zet_stap(sessie, actor, nu, last.dossier, STAPSOORT, tekst)
    _log(sessie, actor, nu, last, "last_opgeheven", grond=grond, op=op.isoformat())
    schuif(sessie, actor, nu, last, "opgeheven", op)


def schuif(sessie: Session, actor: Actor, nu: datetime, last: Last, naar: str, op: date) -> None:
    """Take this step of the last's track along, where the track runs and that is its next step.

    A step that asks for a reason is for a person. Raises Conflict where a guard says why not.
    """
    traject = _traject(sessie, actor, last)
    if traject is None:
        return
    tabel = tabel_van(traject)
    stand = stand_van(traject, tabel, "")
    kan = {o.naar: o for o in tabel.vanuit(stand)} if stand != NERGENS else {}
    if naar in kan and not kan[naar].reden_verplicht:
        vorige = traject.gangen[-1].op_datum if traject.gangen and traject.gangen[-1].van else op
        # A finding that is written down late does not turn the order of the track round.
        zet_trajectstap(sessie, actor, nu, traject, naar, max(op, vorige), {}, versie=traject.versie)


def _traject(sessie: Session, actor: Actor, last: Last) -> Dossiertraject | None:
    code = f"last_{last.soort}"
    return next((r for r in trajecten_van(sessie, actor, last.dossier) if r.code == code), None)


def _eis_opgelegd(sessie: Session, actor: Actor, last: Last) -> None:
    """Art. 4:8: the track says what was done with the zienswijze, or why it was skipped. Raises Conflict."""
    traject = _traject(sessie, actor, last)
    if traject is not None and not any(g.naar == "opgelegd" for g in traject.gangen):
        raise Conflict(
            "Leg eerst in het traject vast wat er met het voornemen en de zienswijze is gedaan (art. 4:8 Awb), of "
            "waarom die stap is overgeslagen (art. 4:11 Awb). Zet daarna de stap 'Last opgelegd'."
        )


def _log(sessie: Session, actor: Actor, nu: datetime, last: Last, handeling: str, **gegevens: object) -> None:
    leg_dossier_vast(sessie, actor, nu, last.dossier, handeling, last=str(last.uid), soort=last.soort, **gegevens)
