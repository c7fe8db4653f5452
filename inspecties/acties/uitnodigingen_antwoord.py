"""Acts on answers: what an invited partner says, and what the planner does with another time."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.acties.models import Actie, Deelname
from inspecties.acties.models_uitnodiging import Tegenvoorstel, Uitnodiging
from inspecties.acties.operations import raak, wijzig_actie
from inspecties.acties.rules.gegevens import ActieGegevens
from inspecties.acties.rules.toestanden import SOORTEN
from inspecties.acties.rules.uitnodiging import (
    ANTWOORDEN,
    OPEN_TOESTANDEN,
    Voorstel,
    controleer_voorstel,
    dienst_in_woorden,
    is_laat,
    status_na,
)
from inspecties.acties.uitnodigingen import afspraak_van, geheimlink, gemeentenaam, verwijzing
from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.mailadres import is_mailadres
from inspecties.core.rechten import RECHTEN
from inspecties.database import select_voor
from inspecties.gebruikers.models import Gebruiker, Lidmaatschap, kan_aanmelden
from inspecties.post.operations import zet_klaar
from inspecties.post.rules.bericht import LINK

TE_LAAT = "De dienst is al begonnen. Bel de gemeente als er iets verandert."
LIGT_VAST = "Deze uitnodiging ligt vast en is niet meer te beantwoorden. Bel de gemeente als er iets verandert."


def _vergrendel(sessie: Session, uitnodiging: Uitnodiging) -> Actie:
    """The action under a lock: two answers, or an answer and a planner, come one after the other."""
    actie = sessie.scalars(
        select(Actie)
        .where(Actie.id == uitnodiging.actie_id, Actie.gemeente_id == uitnodiging.gemeente_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()
    sessie.refresh(uitnodiging)
    sessie.expire(actie, ["deelnames"])
    return actie


def kan_antwoorden(actie: Actie, uitnodiging: Uitnodiging, nu: datetime) -> str:
    """Why an answer can no longer be given or changed, or ''."""
    if uitnodiging.ingetrokken_op is not None or actie.toestand not in OPEN_TOESTANDEN:
        return LIGT_VAST
    return TE_LAAT if nu >= actie.begin_op else ""


def beantwoord(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    uitnodiging: Uitnodiging,
    antwoord: str,
    via: str,
    voorstel: Voorstel | None = None,
    stempel: datetime | None = None,
) -> bool:
    """Record what an invited person says; the newest answer of an organisation counts. Whether anything changed.

    ``stempel``: the moment that a reply by mail says it was written. Raises OngeldigeInvoer or Conflict.
    """
    if antwoord not in ANTWOORDEN:
        raise OngeldigeInvoer(f"Kies uit: {', '.join(ANTWOORDEN.values())}.", "antwoord")
    actie = _vergrendel(sessie, uitnodiging)
    if waarom := kan_antwoorden(actie, uitnodiging, nu):
        raise Conflict(waarom, "antwoord")
    goed = controleer_voorstel(voorstel, nu) if antwoord == "voorstel" and voorstel else None
    if antwoord == "voorstel":
        if goed is None:
            raise OngeldigeInvoer("Vul de tijd in die u voorstelt.", "van")
        if (goed.van_op, goed.tot_op) == (actie.begin_op, actie.eind_op):
            raise OngeldigeInvoer("Dit is de tijd waarvoor u bent uitgenodigd. Stel een andere tijd voor.", "van")
    if stempel is not None:
        # A clock that runs ahead must not keep later answers out.
        uitnodiging.antwoord_stempel = min(stempel, nu)
    if goed is None and uitnodiging.antwoord == antwoord:
        return False
    for rij in sessie.scalars(
        select_voor(actor, Tegenvoorstel).where(
            Tegenvoorstel.uitnodiging_id == uitnodiging.id, Tegenvoorstel.status == "open"
        )
    ):
        rij.status = "vervallen"
    if goed is not None:
        sessie.add(
            Tegenvoorstel(
                gemeente_id=actor.gemeente_id,
                uitnodiging_id=uitnodiging.id,
                van_op=goed.van_op,
                tot_op=goed.tot_op,
                opmerking=goed.opmerking,
                gedaan_op=nu,
            )
        )
    uitnodiging.antwoord, uitnodiging.via, uitnodiging.antwoord_op = antwoord, via, nu
    _zet_deelname(sessie, actor, nu, actie, uitnodiging)
    leg_vast(
        sessie,
        actor,
        nu,
        "uitnodiging_beantwoord",
        "uitnodiging",
        uitnodiging.uid,
        gegevens={"antwoord": antwoord, "via": via},
    )
    return True


def _zet_deelname(sessie: Session, actor: Actor, nu: datetime, actie: Actie, uitnodiging: Uitnodiging) -> None:
    deelname = next((d for d in actie.deelnames if d.organisatie_id == uitnodiging.organisatie_id), None)
    if deelname is None:
        raise Conflict(LIGT_VAST, "antwoord")
    oud, deelname.status = deelname.status, status_na(uitnodiging.antwoord or "")
    if oud != deelname.status:
        # A planner who has the page of the partners open must see this before saving the old answers over it.
        raak(actie)
    if uitnodiging.antwoord == "voorstel":
        _meld_planner(sessie, actor, nu, actie, deelname, "stelt een andere tijd voor")
    elif deelname.status == "afgezegd" and oud != "afgezegd":
        laat = " kort voor de dienst" if is_laat(nu, actie.begin_op) else ""
        _meld_planner(sessie, actor, nu, actie, deelname, f"zegt{laat} af")


def planners(sessie: Session, actor: Actor, actie: Actie) -> list[str]:
    """Addresses of who planned the action, or where that is nobody who still can: of every coordinator."""
    rollen = [rol.value for rol in RECHTEN["acties.plannen"].rollen]
    rijen = sessie.execute(
        select(Gebruiker.id, Gebruiker.email)
        .join(Lidmaatschap, Lidmaatschap.gebruiker_id == Gebruiker.id)
        .where(
            Lidmaatschap.gemeente_id == actor.gemeente_id,
            Lidmaatschap.rol.in_(rollen),
            kan_aanmelden(),
        )
        .order_by(Gebruiker.id)
    ).all()
    # A login may have an address that mail cannot go to; an answer never fails on that.
    goed = [(r.id, r.email) for r in rijen if is_mailadres(r.email)]
    return [email for id_, email in goed if id_ == actie.aangemaakt_door_id] or [email for _, email in goed]


def _meld_planner(sessie: Session, actor: Actor, nu: datetime, actie: Actie, deelname: Deelname, wat: str) -> None:
    dienst, soort = dienst_in_woorden(actie.begin_op, actie.eind_op), SOORTEN[actie.soort].lower()
    zin = f"{deelname.organisatie.naam} {wat}"
    for aan in planners(sessie, actor, actie):
        zet_klaar(
            sessie,
            actor,
            nu,
            aan,
            f"{zin}: {soort}, {dienst.split(',')[0]}"[:160],
            f"{zin}.\n\nWat: {soort}\nWanneer: {dienst}\n\nBekijk de actie:\n{LINK}",
            verwijzing=f"actie:{actie.uid}",
            link=f"/acties/{actie.uid}",
        )


def _eis_open(voorstel: Tegenvoorstel) -> None:
    if voorstel.status != "open":
        raise Conflict(
            "Dit voorstel is al beoordeeld of door een nieuw antwoord vervangen. Ververs de pagina.", "keuze"
        )


def neem_over(sessie: Session, actor: Actor, nu: datetime, voorstel: Tegenvoorstel) -> None:
    """Move the shift to the proposed time: whoever was invited hears of it. Raises OngeldigeInvoer or Conflict."""
    actie = _vergrendel(sessie, voorstel.uitnodiging)
    sessie.refresh(voorstel)
    _eis_open(voorstel)
    if voorstel.van_op <= nu:
        raise Conflict("Deze tijd is al voorbij. Wijs het voorstel af.", "keuze")
    voorstel.status, voorstel.beoordeeld_op, voorstel.beoordeeld_door_id = "aangenomen", nu, actor.gebruiker_id
    sessie.flush()
    nieuw = ActieGegevens(
        actie.naam, actie.soort, voorstel.van_op, voorstel.tot_op, actie.doel, aangekondigd=actie.aangekondigd
    )
    # It tells the invited by itself.
    wijzig_actie(sessie, actor, nu, actie, nieuw)
    leg_vast(sessie, actor, nu, "tegenvoorstel_aangenomen", "uitnodiging", voorstel.uitnodiging.uid)


def wijs_af(sessie: Session, actor: Actor, nu: datetime, voorstel: Tegenvoorstel) -> None:
    """The shift stays as it is; who proposed is asked once more. Raises Conflict."""
    actie = _vergrendel(sessie, voorstel.uitnodiging)
    sessie.refresh(voorstel)
    _eis_open(voorstel)
    voorstel.status, voorstel.beoordeeld_op, voorstel.beoordeeld_door_id = "afgewezen", nu, actor.gebruiker_id
    uitnodiging = voorstel.uitnodiging
    uitnodiging.antwoord = uitnodiging.via = uitnodiging.antwoord_op = None
    if not kan_antwoorden(actie, uitnodiging, nu):
        gemeente, dienst = gemeentenaam(sessie, actor), dienst_in_woorden(actie.begin_op, actie.eind_op)
        soort = SOORTEN[actie.soort]
        # The same event once more: a calendar that moved it along with the proposal puts it back.
        uitnodiging.volgnummer += 1
        zet_klaar(
            sessie,
            actor,
            nu,
            uitnodiging.email,
            f"De tijd blijft zo: {soort.lower()}, {dienst.split(',')[0]}",
            f"Gemeente {gemeente} kan uw voorstel voor een andere tijd niet overnemen. De tijd blijft zo.\n\n"
            f"Wat: {soort}\nWanneer: {dienst}\nWaar: gemeente {gemeente}\n\n"
            f"Doet u dan mee? Antwoord met de knop in uw agenda, of op deze pagina:\n{LINK}",
            afspraak_van(uitnodiging, "REQUEST", gemeente),
            verwijzing(uitnodiging),
            geheimlink(uitnodiging),
        )
    leg_vast(sessie, actor, nu, "tegenvoorstel_afgewezen", "uitnodiging", uitnodiging.uid)
