"""Acts on invitations: ask the contact persons of the partners, tell them what changes, and take the asking back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from inspecties.acties.models import Actie, Deelname
from inspecties.acties.models_uitnodiging import Tegenvoorstel, Uitnodiging
from inspecties.acties.rules.toestanden import SOORTEN
from inspecties.acties.rules.uitnodiging import OPEN_TOESTANDEN, dienst_in_woorden
from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.mailadres import controleer_adres
from inspecties.database import select_voor
from inspecties.gebruikers.models import Gemeente
from inspecties.partners.models_partners import Contactpersoon
from inspecties.post.models import Bericht
from inspecties.post.operations import trek_in, zet_klaar
from inspecties.post.rules.afspraak import Afspraak
from inspecties.post.rules.bericht import LINK, Geheimlink

Methode = Literal["REQUEST", "CANCEL"]
_VERVALLEN = frozenset({"vervallen"})


@dataclass
class Verslag:
    """What inviting did: how many mails, and the organisations that nobody is known of."""

    verstuurd: int = 0
    zonder_contact: list[str] = field(default_factory=list)


def verwijzing(uitnodiging: Uitnodiging) -> str:
    """How mails name the invitation that they are about."""
    return f"uitnodiging:{uitnodiging.uid}"


def geheimlink(uitnodiging: Uitnodiging) -> Geheimlink:
    """The page on which this person answers; of this round."""
    return Geheimlink("uitnodiging", str(uitnodiging.uid), uitnodiging.ronde)


def uitnodigingen_van(sessie: Session, actor: Actor, actie: Actie) -> Sequence[Uitnodiging]:
    """All of an action, also those taken back, by organisation and person."""
    return sessie.scalars(
        select_voor(actor, Uitnodiging)
        .where(Uitnodiging.actie_id == actie.id)
        .order_by(Uitnodiging.organisatie_id, Uitnodiging.naam, Uitnodiging.id)
    ).all()


def gemeentenaam(sessie: Session, actor: Actor) -> str:
    """The area, as far as an invitation tells it."""
    return sessie.scalars(select(Gemeente.naam).where(Gemeente.id == actor.gemeente_id)).one()


def afspraak_van(uitnodiging: Uitnodiging, methode: Methode, gemeente: str) -> Afspraak:
    """What the calendar of this person is told: kind, shift and gemeente, nothing of places."""
    return Afspraak(
        methode,
        str(uitnodiging.uid),
        uitnodiging.volgnummer,
        uitnodiging.begin_op,
        uitnodiging.eind_op,
        SOORTEN[uitnodiging.actie.soort],
        f"Gemeente {gemeente}",
        uitnodiging.email,
        "ACCEPTED" if uitnodiging.antwoord == "toegezegd" else "NEEDS-ACTION",
    )


def _brief(sessie: Session, actor: Actor, nu: datetime, uitnodiging: Uitnodiging, onderwerp: str, tekst: str) -> None:
    """An invitation as mail, with its calendar and its link."""
    gemeente = gemeentenaam(sessie, actor)
    soort, dienst = SOORTEN[uitnodiging.actie.soort], dienst_in_woorden(uitnodiging.begin_op, uitnodiging.eind_op)
    feiten = f"Wat: {soort}\nWanneer: {dienst}\nWaar: gemeente {gemeente}"
    uitleg = (
        f"Doet u mee? Antwoord met de knop in uw agenda, of op deze pagina:\n{LINK}\n\n"
        "U kunt daar ook een andere tijd voorstellen. Adressen krijgt u later, langs een andere weg. "
        "Stuur deze mail niet door: de link is alleen voor u."
    )
    zet_klaar(
        sessie,
        actor,
        nu,
        uitnodiging.email,
        f"{onderwerp}: {soort.lower()}, {dienst.split(',')[0]}",
        f"Gemeente {gemeente} {tekst}\n\n{feiten}\n\n{uitleg}",
        afspraak_van(uitnodiging, "REQUEST", gemeente),
        verwijzing(uitnodiging),
        geheimlink(uitnodiging),
    )
    uitnodiging.verstuurd_op = nu


def _open_rij(
    actor: Actor, nu: datetime, actie: Actie, contact: Contactpersoon, oud: Uitnodiging | None
) -> Uitnodiging:
    """A new invitation, or one that was taken back and counts again: with a later number and another link."""
    rij = oud or Uitnodiging(
        gemeente_id=actor.gemeente_id, actie=actie, organisatie_id=contact.organisatie_id, email=contact.email
    )
    if oud is not None:
        rij.volgnummer, rij.ronde, rij.ingetrokken_op = rij.volgnummer + 1, rij.ronde + 1, None
        rij.antwoord = rij.via = rij.antwoord_op = rij.antwoord_stempel = None
    rij.naam, rij.begin_op, rij.eind_op, rij.verstuurd_op = contact.naam, actie.begin_op, actie.eind_op, nu
    return rij


def _eis_adres(contact: Contactpersoon) -> None:
    try:
        controleer_adres(contact.email)
    except OngeldigeInvoer as fout:
        melding = f"Naar het e-mailadres van {contact.naam} kan geen mail. Verbeter het bij de partner."
        raise OngeldigeInvoer(melding, "email") from fout


def nodig_uit(sessie: Session, actor: Actor, nu: datetime, actie: Actie) -> Verslag:
    """Mail an invitation to everybody who takes them at the partners and has none yet.

    Raises Conflict where the plan is no longer open or the shift has begun, OngeldigeInvoer for a wrong address.
    """
    if actie.toestand not in OPEN_TOESTANDEN or nu >= actie.begin_op:
        raise Conflict("Uitnodigen kan tot de dienst begint, zolang de actie in concept of gereed is.", "toestand")
    uit = Verslag()
    staand = {(u.organisatie_id, u.email): u for u in uitnodigingen_van(sessie, actor, actie)}
    mee = [d for d in actie.deelnames if d.status != "afgezegd"]
    contacten = sessie.scalars(
        select_voor(actor, Contactpersoon)
        .where(
            Contactpersoon.organisatie_id.in_([d.organisatie_id for d in mee]),
            Contactpersoon.krijgt_uitnodiging.is_(True),
        )
        .order_by(Contactpersoon.id)
    ).all()
    for deelname in mee:
        van = {c.email: c for c in contacten if c.organisatie_id == deelname.organisatie_id}
        if not van:
            uit.zonder_contact.append(deelname.organisatie.naam)
        for contact in van.values():
            oud = staand.get((deelname.organisatie_id, contact.email))
            if oud is not None and oud.ingetrokken_op is None:
                continue
            _eis_adres(contact)
            rij = _open_rij(actor, nu, actie, contact, oud)
            sessie.add(rij)
            sessie.flush()
            _brief(sessie, actor, nu, rij, "Uitnodiging", "vraagt of u meedoet aan een controle.")
            uit.verstuurd += 1
    if uit.verstuurd:
        leg_vast(sessie, actor, nu, "uitnodigingen_verstuurd", "actie", actie.uid, gegevens={"aantal": uit.verstuurd})
    return uit


def werk_bij(sessie: Session, actor: Actor, nu: datetime, actie: Actie) -> None:
    """After a change of the action: tell whoever was invited what became different, and nobody anything else."""
    if actie.toestand not in OPEN_TOESTANDEN | _VERVALLEN:
        return
    mee = {d.organisatie_id: d for d in actie.deelnames}
    for uitnodiging in uitnodigingen_van(sessie, actor, actie):
        if uitnodiging.ingetrokken_op is not None:
            continue
        deelname = mee.get(uitnodiging.organisatie_id)
        if deelname is None or actie.toestand in _VERVALLEN:
            _zeg_af(sessie, actor, nu, uitnodiging)
        elif (uitnodiging.begin_op, uitnodiging.eind_op) != (actie.begin_op, actie.eind_op):
            _meld_nieuwe_tijd(sessie, actor, nu, uitnodiging, deelname)


def _laat_voorstellen_vervallen(sessie: Session, uitnodiging: Uitnodiging) -> None:
    sessie.execute(
        update(Tegenvoorstel)
        .where(
            Tegenvoorstel.gemeente_id == uitnodiging.gemeente_id,
            Tegenvoorstel.uitnodiging_id == uitnodiging.id,
            Tegenvoorstel.status == "open",
        )
        .values(status="vervallen")
    )


def _zeg_af(sessie: Session, actor: Actor, nu: datetime, uitnodiging: Uitnodiging) -> None:
    """Take an invitation back. Who never got it, hears nothing."""
    trek_in(sessie, actor, verwijzing(uitnodiging))
    _laat_voorstellen_vervallen(sessie, uitnodiging)
    uitnodiging.volgnummer, uitnodiging.ronde, uitnodiging.ingetrokken_op = (
        uitnodiging.volgnummer + 1,
        uitnodiging.ronde + 1,
        nu,
    )
    ging_al = sessie.scalars(
        select(func.count())
        .select_from(Bericht)
        .where(
            Bericht.gemeente_id == actor.gemeente_id,
            Bericht.verwijzing == verwijzing(uitnodiging),
            Bericht.status != "ingetrokken",
        )
    ).one()
    if ging_al:
        gemeente = gemeentenaam(sessie, actor)
        soort, dienst = SOORTEN[uitnodiging.actie.soort], dienst_in_woorden(uitnodiging.begin_op, uitnodiging.eind_op)
        zet_klaar(
            sessie,
            actor,
            nu,
            uitnodiging.email,
            f"Gaat niet door voor u: {soort.lower()}, {dienst.split(',')[0]}",
            f"Gemeente {gemeente} trekt de uitnodiging voor deze controle in. U hoeft niets te doen.\n\n"
            f"Wat: {soort}\nWanneer: {dienst}\nWaar: gemeente {gemeente}",
            afspraak_van(uitnodiging, "CANCEL", gemeente),
            verwijzing(uitnodiging),
        )
    leg_vast(sessie, actor, nu, "uitnodiging_ingetrokken", "uitnodiging", uitnodiging.uid)


def _meld_nieuwe_tijd(
    sessie: Session, actor: Actor, nu: datetime, uitnodiging: Uitnodiging, deelname: Deelname
) -> None:
    """Another shift is another question: what was answered no longer counts, except of who asked for this time."""
    trek_in(sessie, actor, verwijzing(uitnodiging))
    actie = uitnodiging.actie
    gevraagd = sessie.scalars(
        select_voor(actor, Tegenvoorstel).where(
            Tegenvoorstel.uitnodiging_id == uitnodiging.id,
            Tegenvoorstel.status == "aangenomen",
            Tegenvoorstel.van_op == actie.begin_op,
            Tegenvoorstel.tot_op == actie.eind_op,
        )
    ).first()
    _laat_voorstellen_vervallen(sessie, uitnodiging)
    uitnodiging.volgnummer += 1
    uitnodiging.begin_op, uitnodiging.eind_op = actie.begin_op, actie.eind_op
    uitnodiging.antwoord_stempel = None
    if gevraagd is None:
        uitnodiging.antwoord = uitnodiging.via = uitnodiging.antwoord_op = None
        deelname.status = "uitgenodigd"
        tekst = "heeft de tijd van een controle gewijzigd en vraagt of u dan meedoet."
    else:
        uitnodiging.antwoord, uitnodiging.antwoord_op = "toegezegd", nu
        deelname.status = "toegezegd"
        tekst = "heeft uw voorstel voor een andere tijd overgenomen. U staat erbij als iemand die meedoet."
    _brief(sessie, actor, nu, uitnodiging, "Nieuwe tijd", tekst)
    leg_vast(sessie, actor, nu, "uitnodiging_gewijzigd", "uitnodiging", uitnodiging.uid)
