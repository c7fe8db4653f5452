"""A bestuurlijke boete from draft to decision."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.core.reden import schrijf_reden
from inspecties.database import select_voor
from inspecties.dossiers import looptermijnen
from inspecties.dossiers.besluitteksten import SOORT, boetetekst, feiten_van
from inspecties.dossiers.lasten import werk_concept_bij
from inspecties.dossiers.looptermijnen import Begin
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_last import Boete
from inspecties.dossiers.rules.bedrag import schrijf_euro
from inspecties.dossiers.rules.boete import (
    Boetebedrag,
    Boetefeiten,
    bedragen_op,
    eis_opleggen,
    keur_feiten,
    overschrijding,
)
from inspecties.dossiers.rules.looptermijn import LOPEND
from inspecties.dossiers.trajecten import begin_traject, tabel_van
from inspecties.dossiers.versieconflict import Versieconflict
from inspecties.dossiers.werk import begin_werk, leg_dossier_vast, vergrendel, zet_stap
from inspecties.dossiers.wonen import boetebedragen, boetegrens, gemeentecode
from inspecties.dossiers.wonen_traject import eis_akkoord, schuif, traject_met
from inspecties.web.sjablonen import datum

STAPSOORT, TRAJECT = "boete", "boete"


@dataclass(frozen=True)
class Boetegegevens:
    """A fine as somebody sends it in. ``bedrag_cent`` None: the amount of the gemeente. ``versie`` 0: a new one."""

    code: str
    feit: str
    herhaling: bool = False
    bedrag_cent: int | None = None
    reden_bedrag: str = ""
    overtreding_op: date | None = None
    rapport_op: date | None = None
    verhoor_op: date | None = None
    cautie: bool = False
    zienswijze_gevraagd_op: date | None = None
    zienswijze_tot: date | None = None
    strafzaak: str = ""
    versie: int = 0


def _veranderd(boete: Boete) -> Versieconflict:
    staat_er = [("Feit", boete.feit), ("Bedrag", schrijf_euro(boete.bedrag_cent))]
    return Versieconflict("boete", boete.versie, staat_er)


def boete_van(sessie: Session, actor: Actor, dossier: Dossier) -> Boete | None:
    """The fine of a dossier, or None."""
    return sessie.scalars(select_voor(actor, Boete).where(Boete.dossier_id == dossier.id)).one_or_none()


def bedragen(sessie: Session, actor: Actor, dag: date) -> dict[str, Boetebedrag]:
    """What the actor's gemeente can fine on that day, by code."""
    return bedragen_op(boetebedragen(), gemeentecode(sessie, actor), dag)


def bewaar_boete(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, wat: Boetegegevens) -> Boete:
    """Write down the fine; the term of art. 5:51 runs from the day of the rapport. A dossier has one.

    Raises OngeldigeInvoer naming the field, Versieconflict, Conflict for a dossier that is not open.
    """
    if dossier.soort != SOORT:
        raise Conflict("Een boete hoort hier bij een dossier over bouwen en wonen.")
    begin_werk(sessie, actor, nu, dossier)
    boete, vandaag = boete_van(sessie, actor, dossier), lokale_datum(nu)
    if (boete.versie if boete else 0) != wat.versie:
        if boete is None:
            raise Conflict("Deze boete is er niet meer. Ververs de pagina.")
        raise _veranderd(boete)
    if boete is not None and boete.stand != "ontwerp":
        raise Conflict(
            "Over deze boete is al besloten. Er verandert niets meer aan. Een boete voor een andere overtreder hoort "
            "in een nieuw dossier."
        )
    traject = traject_met(sessie, actor, dossier, TRAJECT)
    if traject is not None and tabel_van(traject).is_eind(traject.stand):
        raise Conflict("Het traject van de boete is al gestopt. Een nieuwe boete hoort in een nieuw dossier.")
    regel = bedragen(sessie, actor, wat.overtreding_op or vandaag).get(wat.code)
    if regel is None:
        raise OngeldigeInvoer("Kies de overtreding uit de lijst.", "code")
    feit = schrijf_reden(wat.feit, "Beschrijf het feit: wat, waar, wanneer en door wie.", "feit")
    if wat.strafzaak not in {"", "ja", "nee"}:
        raise OngeldigeInvoer("Kies ja of nee.", "strafzaak")
    normaal = regel.bedrag(wat.herhaling)
    bedrag = normaal if wat.bedrag_cent is None else wat.bedrag_cent
    feiten = Boetefeiten(
        wat.overtreding_op,
        wat.rapport_op,
        wat.verhoor_op,
        wat.cautie,
        wat.zienswijze_gevraagd_op,
        wat.zienswijze_tot,
        wat.strafzaak,
        bedrag,
        normaal,
        regel.maximum_cent,
        wat.reden_bedrag,
    )
    keur_feiten(feiten, vandaag)
    nieuw, oude_tekst = boete is None, "" if boete is None else boetetekst(boete)
    if boete is None:
        boete = Boete(gemeente_id=dossier.gemeente_id, dossier_id=dossier.id, stand="ontwerp")
        sessie.add(boete)
    rapport_was = None if nieuw else boete.rapport_op
    boete.regel = asdict(regel) | {
        "geldig_van": regel.geldig_van.isoformat(),
        "geldig_tot": regel.geldig_tot.isoformat(),
    }
    boete.feit, boete.herhaling, boete.bedrag_cent = feit, wat.herhaling, bedrag
    boete.reden_bedrag, boete.overtreding_op = wat.reden_bedrag.strip(), wat.overtreding_op
    boete.rapport_op, boete.verhoor_op, boete.cautie = wat.rapport_op, wat.verhoor_op, wat.cautie
    boete.zienswijze_gevraagd_op, boete.zienswijze_tot = wat.zienswijze_gevraagd_op, wat.zienswijze_tot
    boete.strafzaak, boete.gewijzigd_op, boete.gewijzigd_door_id = wat.strafzaak, nu, actor.gebruiker_id
    sessie.flush()
    if boete.rapport_op is not None and boete.rapport_op != rapport_was:
        _begin_termijn(sessie, actor, nu, boete)
    if traject is None:
        begin_traject(sessie, actor, nu, dossier, TRAJECT)
    werk_concept_bij(sessie, actor, nu, dossier, oude_tekst, boetetekst(boete))
    tekst = f"Boete {'opgesteld' if nieuw else 'gewijzigd'}: {schrijf_euro(bedrag)}."
    zet_stap(sessie, actor, nu, dossier, STAPSOORT, tekst)
    leg_dossier_vast(sessie, actor, nu, dossier, "boete_opgesteld", code=regel.code, cent=bedrag)
    return boete


def _begin_termijn(sessie: Session, actor: Actor, nu: datetime, boete: Boete) -> None:
    oud = boete.termijn
    if oud is not None and oud.stand in LOPEND:
        reden = "De dag van het rapport is verbeterd."
        looptermijnen.rond_af(sessie, actor, nu, oud, "vervallen", reden, versie=oud.versie)
    assert boete.rapport_op is not None  # the caller saw to it
    begin = Begin("boetebesluit", boete.rapport_op, "Dagtekening van het boeterapport", "", actor.gebruiker_uid)
    boete.termijn = looptermijnen.start(sessie, actor, nu, boete.dossier, begin)
    sessie.flush()


def te_laat(boete: Boete, besloten_op: date) -> str:
    """What being late means, in a sentence; empty when in time or when no term runs."""
    return overschrijding(boete.termijn.einde_datum, besloten_op) if boete.termijn else ""


def _neem(sessie: Session, actor: Actor, boete: Boete, versie: int) -> None:
    vergrendel(sessie, actor, boete.dossier)
    sessie.refresh(boete)
    if boete.dossier.toestand == "afgesloten":
        raise Conflict("Dit dossier is afgesloten. Er verandert niets meer aan de boete.")
    if boete.versie != versie:
        raise _veranderd(boete)
    if boete.stand != "ontwerp":
        raise Conflict("Over deze boete is al besloten.")


def leg_op(sessie: Session, actor: Actor, nu: datetime, boete: Boete, *, versie: int) -> None:
    """The fine is imposed, as the cabinet approved it, by the step of its track.

    One approval can hold a last and a fine; each is carried out once. Raises Conflict naming what is missing.
    """
    _neem(sessie, actor, boete, versie)
    dossier = boete.dossier
    akkoord = eis_akkoord(sessie, actor, dossier, TRAJECT)
    op = lokale_datum(akkoord.besloten_op)
    eis_opleggen(feiten_van(boete), boetegrens(), op)
    boete.stand, boete.besloten_op, boete.reden = "opgelegd", op, te_laat(boete, op)
    sessie.flush()
    if boete.termijn is not None and boete.termijn.stand in LOPEND:
        looptermijnen.rond_af(sessie, actor, nu, boete.termijn, "gedaan", "", versie=boete.termijn.versie)
    zet_stap(
        sessie, actor, nu, dossier, STAPSOORT, f"Boete van {schrijf_euro(boete.bedrag_cent)} opgelegd op {datum(op)}."
    )
    leg_dossier_vast(sessie, actor, nu, dossier, "boete_opgelegd", cent=boete.bedrag_cent, op=op.isoformat())
    if not schuif(sessie, actor, nu, dossier, TRAJECT, "opgelegd", op):
        raise Conflict(
            "De boete kan nog niet worden opgelegd: leg eerst in het traject het voornemen en de zienswijze vast "
            "(art. 5:53 Awb)."
        )


def zie_af(sessie: Session, actor: Actor, nu: datetime, boete: Boete, reden: str, *, versie: int) -> None:
    """No fine; its track stops. Raises OngeldigeInvoer without a reason, and Conflict."""
    _neem(sessie, actor, boete, versie)
    tekst = schrijf_reden(reden, "Schrijf op waarom er geen boete komt.")
    if not schuif(sessie, actor, nu, boete.dossier, TRAJECT, "gestopt", lokale_datum(nu), reden=tekst):
        vervalt(sessie, actor, nu, boete, tekst)


def vervalt(sessie: Session, actor: Actor, nu: datetime, boete: Boete, reden: str) -> None:
    """The track of the fine stopped: there will be none. Nothing happens to one that was imposed."""
    if boete.stand != "ontwerp":
        return
    boete.stand, boete.reden = "afgezien", reden
    sessie.flush()
    if boete.termijn is not None and boete.termijn.stand in LOPEND:
        looptermijnen.rond_af(sessie, actor, nu, boete.termijn, "vervallen", reden, versie=boete.termijn.versie)
    zet_stap(sessie, actor, nu, boete.dossier, STAPSOORT, f"Van de boete afgezien: {reden}")
    leg_dossier_vast(sessie, actor, nu, boete.dossier, "boete_afgezien")
