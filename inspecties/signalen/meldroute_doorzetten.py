"""Passing a signal on: what, to whom, on which ground, with exactly which fields; and what they answered.

Who reported and the source are no field (rules.meldroute.VELDEN), so what is passed on is never made from them.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.audit.beperken import eis_onbeperkt
from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.signalen.meldroute import bereid_voor, eis_behandelaar, schoon
from inspecties.signalen.meldroute_bron import triagetabel
from inspecties.signalen.models import Signaal
from inspecties.signalen.models_melder import Betrokkene
from inspecties.signalen.models_meldroute import Doorzetting
from inspecties.signalen.rules.indeling import URGENTIES, VORMEN
from inspecties.signalen.rules.indicatoren import INDICATOREN
from inspecties.signalen.rules.meldroute import AFGESLOTEN, VELDEN, WIJZEN

MAX_TEKST = 8000


@dataclass(frozen=True)
class Doorzetgegevens:
    """What a person fills in. ``gezien`` is the hash of the text as that person read it before sending."""

    ontvanger: str
    grondslag: str
    wijze: str
    velden: Sequence[str]
    omschrijving: str = ""
    contact: str = ""
    antwoord_voor: date | None = None
    gezien: str = ""


def veldwaarden(signaal: Signaal) -> dict[str, str]:
    """Field -> what it says, without the description, which a person writes."""
    waar = signaal.waar
    if signaal.locatie is not None:
        adres = f"{signaal.locatie.adresregel}, {signaal.locatie.woonplaats}".strip(" ,")
        waar = f"{adres} ({waar})" if waar and waar not in adres else adres
    return {
        "nummer": signaal.nummer,
        "datum": f"{signaal.datum:%d-%m-%Y}",
        "vorm": VORMEN[signaal.vorm],
        "urgentie": URGENTIES[signaal.urgentie],
        "waar": waar,
        "indicatoren": "; ".join(INDICATOREN.get(code, code) for code in signaal.indicatoren),
    }


def stel_op(signaal: Signaal, velden: Sequence[str], omschrijving: str) -> str:
    """The text that is passed on: the chosen fields in the order of the table, the same for the same choice."""
    waarden = veldwaarden(signaal) | {"omschrijving": omschrijving.strip()}
    namen = VELDEN | {"omschrijving": "Omschrijving"}
    return "\n".join(f"{namen[code]}: {waarden[code] or 'niet bekend'}" for code in VELDEN if code in velden)


def hash_van(tekst: str) -> str:
    """By which a text is recognised as the one that was read."""
    return hashlib.sha256(tekst.encode()).hexdigest()


def keur(signaal: Signaal, gegevens: Doorzetgegevens, nu: datetime) -> str:
    """The text, if everything is right. Raises OngeldigeInvoer naming the field."""
    tabel = triagetabel()
    if gegevens.ontvanger not in tabel.ontvangers:
        namen = ", ".join(o.naam for o in tabel.ontvangers.values())
        raise OngeldigeInvoer(f"Kies aan wie u doorzet: {namen}.", "ontvanger")
    if gegevens.grondslag not in tabel.grondslagen:
        raise OngeldigeInvoer("Kies op welke grond u dit mag doorgeven.", "grondslag")
    if gegevens.wijze not in WIJZEN:
        raise OngeldigeInvoer(f"Kies hoe u het doorgeeft: {', '.join(WIJZEN.values())}.", "wijze")
    if not gegevens.velden or not set(gegevens.velden) <= set(VELDEN):
        raise OngeldigeInvoer("Vink aan wat u doorgeeft. Geef niet meer door dan nodig is.", "velden")
    schoon(gegevens.contact, "contact", 160)
    if gegevens.ontvanger == "overig" and not gegevens.contact.strip():
        raise OngeldigeInvoer("Schrijf op welke organisatie het is.", "contact")
    omschrijving = schoon(gegevens.omschrijving, "omschrijving", MAX_TEKST)
    if "omschrijving" in gegevens.velden and not omschrijving:
        raise OngeldigeInvoer(
            "U geeft een omschrijving door, maar die is leeg. Vul haar in of vink haar uit.", "velden"
        )
    vandaag = lokale_datum(nu)
    if gegevens.antwoord_voor is not None and not vandaag <= gegevens.antwoord_voor <= date(vandaag.year + 1, 12, 31):
        raise OngeldigeInvoer("Kies een dag vanaf vandaag, hooguit tot eind volgend jaar.", "antwoord_voor")
    return stel_op(signaal, gegevens.velden, omschrijving)


def _wie_en_wat(sessie: Session, signaal: Signaal) -> list[UUID]:
    """The signal, its place and everybody that it is about, also where the actor may not read who they are."""
    betrokkenen = sessie.scalars(
        select(Betrokkene.uid).where(Betrokkene.signaal_id == signaal.id, Betrokkene.gemeente_id == signaal.gemeente_id)
    )
    return [signaal.uid, *([signaal.locatie.uid] if signaal.locatie else []), *betrokkenen]


def zet_door(sessie: Session, actor: Actor, nu: datetime, signaal: Signaal, gegevens: Doorzetgegevens) -> Doorzetting:
    """Write down what is passed on, as it was read just now. Raises OngeldigeInvoer, Conflict, GeenRecht."""
    bereid_voor(sessie, actor, nu, signaal)
    if signaal.status == AFGESLOTEN:
        raise Conflict("Dit signaal is afgesloten. Open het eerst opnieuw.")
    eis_onbeperkt(sessie, actor, _wie_en_wat(sessie, signaal))
    tekst = keur(signaal, gegevens, nu)
    if gegevens.gezien != hash_van(tekst):
        raise Conflict("De tekst is anders dan die u las. Lees haar nog eens en zet dan door.")
    grond = triagetabel().grondslagen[gegevens.grondslag].tekst
    velden = [code for code in VELDEN if code in gegevens.velden]
    rij = Doorzetting(
        gemeente_id=signaal.gemeente_id,
        signaal_id=signaal.id,
        ontvanger=gegevens.ontvanger,
        contact=gegevens.contact.strip(),
        wijze=gegevens.wijze,
        grondslag=grond,
        velden=velden,
        tekst=tekst,
        sha256=hash_van(tekst),
        doorgezet_op=nu,
        antwoord_voor=gegevens.antwoord_voor,
        door_id=actor.gebruiker_id,
    )
    sessie.add(rij)
    sessie.flush()
    leg_vast(
        sessie,
        actor,
        nu,
        "signaal_doorgezet",
        "signaal",
        signaal.uid,
        grondslag=grond,
        gegevens={"ontvanger": rij.ontvanger, "velden": velden, "wijze": rij.wijze, "sha256": rij.sha256},
    )
    return rij


def leg_antwoord_vast(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    rij: Doorzetting,
    antwoord: str,
    op: date,
    klasse: str = "",
    klassen: Sequence[str] = (),
) -> None:
    """What the receiver did with it; ``klasse`` is how Veilig Thuis classed it. Raises OngeldigeInvoer, Conflict."""
    _nog_zonder_antwoord(actor, rij)
    tekst = schoon(antwoord, "antwoord", verplicht="Schrijf op wat de ontvanger antwoordde.")
    vandaag = lokale_datum(nu)
    if not lokale_datum(rij.doorgezet_op) <= op <= vandaag:
        raise OngeldigeInvoer("Kies een dag vanaf het doorzetten tot en met vandaag.", "op")
    if klasse and klasse not in klassen:
        raise OngeldigeInvoer("Kies een indeling uit de lijst, of laat haar leeg.", "klasse")
    rij.antwoord, rij.antwoord_op, rij.klasse = tekst, op, klasse
    _leg_vast(sessie, actor, nu, rij, "antwoord_vastgelegd")


def zie_af(sessie: Session, actor: Actor, nu: datetime, rij: Doorzetting, reden: str) -> None:
    """Stop waiting for an answer, with the reason. Raises OngeldigeInvoer, Conflict."""
    _nog_zonder_antwoord(actor, rij)
    rij.afgezien = schoon(reden, "reden", 300, verplicht="Schrijf op waarom er geen antwoord komt.")
    _leg_vast(sessie, actor, nu, rij, "antwoord_afgezien")


def vraag_na(sessie: Session, actor: Actor, nu: datetime, rij: Doorzetting, voor: date) -> None:
    """Ask again, and wait until a new day. Raises OngeldigeInvoer, Conflict."""
    _nog_zonder_antwoord(actor, rij)
    vandaag = lokale_datum(nu)
    if not vandaag <= voor <= date(vandaag.year + 1, 12, 31):
        raise OngeldigeInvoer("Kies een dag vanaf vandaag, hooguit tot eind volgend jaar.", "voor")
    rij.antwoord_voor = voor
    _leg_vast(sessie, actor, nu, rij, "antwoord_nagevraagd")


def _nog_zonder_antwoord(actor: Actor, rij: Doorzetting) -> None:
    eis_behandelaar(actor)
    if rij.antwoord_op is not None or rij.afgezien:
        raise Conflict("Dit is al vastgelegd. Ververs de pagina.")


def _leg_vast(sessie: Session, actor: Actor, nu: datetime, rij: Doorzetting, handeling: str) -> None:
    gegevens = {"ontvanger": rij.ontvanger}
    leg_vast(sessie, actor, nu, handeling, "signaal", rij.signaal.uid, gegevens=gegevens)
