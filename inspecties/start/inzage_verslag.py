"""What a person gets: which data, why, how long, to whom they went, who saw them; checked for reporters."""

import hashlib
import tomllib
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import rfc8785
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from inspecties.audit.models import Auditregel
from inspecties.audit.queries_auditor import is_leesregel
from inspecties.controles.models import Bevinding
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict
from inspecties.core.ids import lees_id
from inspecties.core.klok import lokaal, lokale_datum
from inspecties.core.rechten import ROLNAMEN, Rol
from inspecties.core.sleutelbos import Sleutelbos
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_verstrekking import Verstrekking
from inspecties.gebruikers.models import Gebruiker, Gemeente, Lidmaatschap
from inspecties.partners.models import Organisatie
from inspecties.signalen.models import Signaal
from inspecties.signalen.models_meldroute import Doorzetting
from inspecties.sjablonen.druk import zet_pdf
from inspecties.start.inzage import aanvrager_van, zoekvraag_van
from inspecties.start.inzage_zoeken import melders, plek_bij, uittreksel, zonder_aparte
from inspecties.start.models_inzage import Inzagetreffer, Inzageverzoek
from inspecties.start.rules_inzage import SOORTEN, Melderspoor, Zoekvraag, lees_zoekvraag, zoek_melders
from inspecties.web.sjablonen import datum

_CONFIG = Path(__file__).resolve().parents[2] / "config"
SJABLOON = _CONFIG / "documenten" / "inzage.typ"
# Of the system itself nobody 'saw' anything.
_SYSTEEM = {Rol.SYSTEEM.value}


@cache
def _soorten() -> tuple[dict[str, Any], ...]:
    with (_CONFIG / "inzage.toml").open("rb") as bestand:
        return tuple(tomllib.load(bestand)["soort"])


def soort_van(tabel: str) -> dict[str, Any]:
    """The row of config/inzage.toml for a main table; the one without tables for any other."""
    return next((s for s in _soorten() if tabel in s["tabellen"]), _soorten()[-1])


def _gezien(sessie: Session, actor: Actor, uids: Sequence[str]) -> list[dict[str, str]]:
    """Who read these objects: day, role and organisation. No names of employees.

    Only reading: who adds to a signal or withdraws it may be who reported it.
    """
    if not uids:
        return []
    rijen = sessie.execute(
        select(Auditregel.moment, Auditregel.rol, Organisatie.naam)
        .outerjoin(
            Lidmaatschap,
            (Lidmaatschap.gebruiker_id == Auditregel.gebruiker_id)
            & (Lidmaatschap.gemeente_id == Auditregel.gemeente_id),
        )
        .outerjoin(Organisatie, Organisatie.id == Lidmaatschap.organisatie_id)
        .where(
            Auditregel.gemeente_id == actor.gemeente_id,
            Auditregel.object_uid.in_(uids),
            Auditregel.rol.not_in(_SYSTEEM),
            is_leesregel(),
        )
        .order_by(Auditregel.seq)
    ).all()
    eigen = "de gemeente"
    uniek = dict.fromkeys((lokaal(m).date(), ROLNAMEN[Rol(rol)], organisatie or eigen) for m, rol, organisatie in rijen)
    return [{"dag": datum(dag), "rol": rol, "organisatie": organisatie} for dag, rol, organisatie in uniek]


def ontvangers_van(
    sessie: Session, actor: Actor, objecten: Iterable[tuple[str, str]]
) -> list[Verstrekking | Doorzetting]:
    """Every disclosure of the dossiers, findings and signals among these (kind, public id)."""
    uids: dict[str, list[UUID]] = {}
    for soort, uid in objecten:
        if (sleutel := lees_id(uid)) is not None:
            uids.setdefault(soort, []).append(sleutel)

    def van(model: type[Any], soort: str) -> Any:
        return select(model.id).where(model.gemeente_id == actor.gemeente_id, model.uid.in_(uids.get(soort, [])))

    verstrekt = sessie.scalars(
        select(Verstrekking)
        .where(
            Verstrekking.gemeente_id == actor.gemeente_id,
            or_(
                Verstrekking.dossier_id.in_(van(Dossier, "dossier")),
                Verstrekking.bevinding_id.in_(van(Bevinding, "bevinding")),
            ),
        )
        .order_by(Verstrekking.verstrekt_op)
    )
    door = sessie.scalars(
        select(Doorzetting)
        .where(Doorzetting.gemeente_id == actor.gemeente_id, Doorzetting.signaal_id.in_(van(Signaal, "signaal")))
        .order_by(Doorzetting.doorgezet_op)
    )
    return [*verstrekt, *door]


def _ontvanger(rij: Verstrekking | Doorzetting) -> dict[str, str]:
    if isinstance(rij, Verstrekking):
        return {"wie": rij.organisatie, "dag": datum(rij.verstrekt_op), "grond": rij.grondslag}
    return {"wie": rij.ontvanger.replace("_", " "), "dag": datum(rij.doorgezet_op), "grond": rij.grondslag}


def stel_samen(sessie: Session, actor: Actor, nu: datetime, bos: Sleutelbos, verzoek: Inzageverzoek) -> dict[str, Any]:
    """The whole report as data: what is frozen, scanned and printed."""
    vraag = zoekvraag_van(bos, verzoek)
    mee = _wat_meegaat(sessie, verzoek)
    groepen: dict[str, dict[str, Any]] = {}
    for treffer in mee:
        soort = soort_van(treffer.object_soort)
        groep = groepen.setdefault(soort["naam"], {k: soort[k] for k in ("naam", "doel", "grond", "bron", "bewaren")})
        groep.setdefault("regels", []).append(_regel(sessie, bos, treffer, vraag))
    objecten = list(dict.fromkeys((t.object_soort, t.object_uid) for t in mee))
    return {
        "gemeente": sessie.scalars(select(Gemeente.naam).where(Gemeente.id == actor.gemeente_id)).one(),
        "nummer": verzoek.nummer,
        "soort": SOORTEN[verzoek.soort],
        "naam": aanvrager_van(bos, verzoek).naam,
        "ontvangen": datum(verzoek.ontvangen_op),
        "gemaakt": datum(nu),
        "dag": lokale_datum(nu).isoformat(),
        "groepen": list(groepen.values()),
        "ontvangers": [_ontvanger(rij) for rij in ontvangers_van(sessie, actor, objecten)],
        "gezien": _gezien(sessie, actor, [uid for _, uid in objecten]),
        "uitzondering": verzoek.uitzondering,
    }


def _wat_meegaat(sessie: Session, verzoek: Inzageverzoek) -> list[Inzagetreffer]:
    return [t for t in zonder_aparte(sessie, verzoek.treffers) if t.oordeel == "ja"]


def weiger_achterhaald(sessie: Session, verzoek: Inzageverzoek, inhoud: dict[str, Any]) -> None:
    """Raises Conflict where the frozen report holds what was set apart as police data since, or lacks what is back."""
    if sum(len(groep["regels"]) for groep in inhoud["groepen"]) != len(_wat_meegaat(sessie, verzoek)):
        raise Conflict(
            "Sinds het voorleggen is een gegeven apart gezet of teruggezet. Geef het antwoord terug aan de "
            "behandelaar. Die maakt het opnieuw."
        )


def _regel(sessie: Session, bos: Sleutelbos, treffer: Inzagetreffer, vraag: Zoekvraag) -> dict[str, str]:
    plek = plek_bij((treffer.tabel, treffer.kolom))
    tekst = uittreksel(sessie, bos, plek, treffer.rij_id, vraag) if plek is not None else ""
    return {"waar": leesbare_plek(treffer), "tekst": tekst or "Dit gegeven is intussen verwijderd."}


def leesbare_plek(treffer: Inzagetreffer) -> str:
    """'Belanghebbende, naam': which part of which thing."""
    return f"{treffer.tabel.replace('_', ' ').capitalize()}, {treffer.kolom.replace('_', ' ')}"


def hash_van(inhoud: dict[str, Any]) -> str:
    """SHA-256 (hex) of the canonical JSON of a report."""
    return hashlib.sha256(rfc8785.dumps(inhoud)).hexdigest()


def melderscan(
    sessie: Session, actor: Actor, bos: Sleutelbos, verzoek: Inzageverzoek, inhoud: dict[str, Any]
) -> list[Melderspoor]:
    """Where in a report a reporter's name, number or mail address stands. Shows neither who nor what."""
    delen = [(f"{g['naam']}: {r['waar']}", r["tekst"]) for g in inhoud["groepen"] for r in g["regels"]]
    delen += [("Ontvangers", f"{o['wie']} {o['grond']}") for o in inhoud["ontvangers"]]
    delen += [("Wie het zag", f"{g['rol']} {g['organisatie']}") for g in inhoud["gezien"]]
    delen.append(("Uitzondering", inhoud["uitzondering"]))
    return zoek_melders(delen, melders(sessie, actor, bos), _vrager(bos, verzoek))


def _vrager(bos: Sleutelbos, verzoek: Inzageverzoek) -> Zoekvraag:
    """By what the person who asks is known: what was searched on, and what they wrote themselves."""
    vraag, wie = zoekvraag_van(bos, verzoek), aanvrager_van(bos, verzoek)
    zelf = lees_zoekvraag(wie.naam, wie.contact, wie.contact)
    return Zoekvraag((*vraag.namen, *zelf.namen), (*vraag.nummers, *zelf.nummers), (*vraag.mails, *zelf.mails))


def weiger_melder(sporen: Sequence[Melderspoor]) -> None:
    """Raises Conflict naming the parts in which a reporter could be recognised."""
    if sporen:
        waar = "; ".join(f"{s.onderdeel} ({s.soort})" for s in sporen[:5])
        raise Conflict(
            f"Hier is mogelijk iemand te herkennen die iets meldde: {waar}. "
            "Beoordeel die plek als 'mag nog niet worden gegeven' en maak het antwoord opnieuw."
        )


def druk(inhoud: dict[str, Any], nu: datetime) -> bytes:
    """The PDF/A of a frozen report."""
    jaar, maand, dag = (int(deel) for deel in inhoud["dag"].split("-"))
    return zet_pdf(SJABLOON, inhoud | {"jaar": jaar, "maand": maand, "dag": dag}, nu)


def naam_van(sessie: Session, gebruiker_id: int | None) -> str:
    """Of a colleague, for the page of the handler."""
    return sessie.scalar(select(Gebruiker.naam).where(Gebruiker.id == gebruiker_id)) or "" if gebruiker_id else ""
