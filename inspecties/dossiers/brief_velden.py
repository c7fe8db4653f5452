"""What the fields of a letter say for one dossier and one addressee; a field without a value marks its place."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.database import select_voor
from inspecties.dossiers.brief_bronnen import boetewaarden, dag_in_taal, lastwaarden, trajectwaarden
from inspecties.dossiers.brief_druk import briefdatum
from inspecties.dossiers.models import Belanghebbende, Besluit, Dossier
from inspecties.dossiers.models_brieven import Brief, Briefverzending
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.dossiers.rules.brief import DATUMPLEK, Briefsoort, Veld, brievenboek, open_plek
from inspecties.dossiers.rules.gevolgen import instrument_bij
from inspecties.dossiers.rules.partijen import ROLLEN
from inspecties.dossiers.rules.teksten import VELDEN as TEKSTVELDEN
from inspecties.gebruikers.models import Gemeente

BEWONERS: dict[str, str] = {
    "nl": "Aan de bewoners",
    "en": "To the residents",
    "pl": "Do mieszkańców",
    "ro": "Către locatari",
    "bg": "До живущите",
    "es": "A los residentes",
}


@dataclass(frozen=True)
class Adressant:
    """Who gets a letter."""

    naam: str
    adres: str = ""
    partij: Belanghebbende | None = None


def gemeentenaam(sessie: Session, actor: Actor) -> str:
    return sessie.scalars(select(Gemeente.naam).where(Gemeente.id == actor.gemeente_id)).one()


def adres_van(dossier: Dossier) -> str:
    """The places of a dossier in one line."""
    return "; ".join(f"{x.adresregel}, {f'{x.postcode} {x.woonplaats}'.strip()}" for x in dossier.locaties)


def laatste_besluit(sessie: Session, lezer: Actor, dossier: Dossier) -> Besluit | None:
    """The last approval of the cabinet, read again, or None."""
    return sessie.scalars(
        select_voor(lezer, Besluit)
        .where(Besluit.dossier_id == dossier.id, Besluit.soort == "akkoord")
        .order_by(Besluit.id.desc())
        .limit(1)
    ).one_or_none()


def anders_bekendgemaakt(sessie: Session, lezer: Actor, besluit: Besluit, soort: str) -> list[Brief]:
    """The letters of another kind that announced this decision."""
    return list(
        sessie.scalars(
            select_voor(lezer, Brief)
            .join(Briefverzending, Briefverzending.brief_id == Brief.id)
            .where(Briefverzending.besluit_id == besluit.id, Brief.soort != soort)
            .order_by(Brief.id)
        )
    )


def _vaste_waarden(
    sessie: Session, actor: Actor, lezer: Actor, dossier: Dossier, soort: Briefsoort, aan: Adressant, taal: str
) -> dict[str, str]:
    instrument = instrument_bij(dossier.soort, dossier.grondslag)
    besluit = laatste_besluit(sessie, lezer, dossier)
    if besluit is not None and soort.vervolg and anders_bekendgemaakt(sessie, lezer, besluit, soort.code):
        # That one was announced: the decision of this letter is still to come.
        besluit = None
    partij = aan.partij
    return {
        "gemeente": gemeentenaam(sessie, actor),
        "datum": DATUMPLEK,
        "kenmerk": f"dossier {dossier.nummer}",
        "geadresseerde_naam": aan.naam,
        "geadresseerde_adres": aan.adres,
        "geadresseerde_rol": ROLLEN.get(partij.rol, partij.rol).lower() if partij else "",
        "geadresseerde_kvk": partij.kvk if partij else "",
        "adres": adres_van(dossier),
        "pandsoort": ", ".join(dict.fromkeys(x.locatietype.naam.lower() for x in dossier.locaties)),
        "artikel": dossier.grondslag[:1].lower() + dossier.grondslag[1:],
        "bevoegd": instrument.bevoegd if instrument else "",
        "besluitdatum": briefdatum(besluit.besloten_op, taal) if besluit else "",
    }


def waarden_voor(
    sessie: Session, actor: Actor, lezer: Actor, dossier: Dossier, soort: Briefsoort, aan: Adressant, taal: str
) -> dict[str, str]:
    """A value for each field that this kind of letter may name. ``lezer`` reads decisions and terms of the dossier."""
    vast = _vaste_waarden(sessie, actor, lezer, dossier, soort, aan, taal)
    traject = trajectwaarden(sessie, actor, dossier, taal)
    last, boete = lastwaarden(sessie, actor, dossier, taal), boetewaarden(sessie, actor, dossier)
    termijnen = sessie.scalars(
        select_voor(lezer, Looptermijn)
        .where(Looptermijn.dossier_id == dossier.id, Looptermijn.stand.in_(("loopt", "opgeschort")))
        .order_by(Looptermijn.id)
    ).all()
    einden = {t.code: t.einde_datum for t in termijnen}

    groepen: dict[str, Mapping[str, str]] = {
        "tekst": {naam: str(getattr(dossier, naam)).strip() for naam in TEKSTVELDEN},
        "termijn": {code: dag_in_taal(dag, taal) for code, dag in einden.items()},
        "gang": traject.woorden,
        "last": last,
        "boete": boete,
    }
    vast["sluitingseinde"] = traject.sluitingseinde(taal)

    def uit_bron(bron: str, namen: tuple[str, ...]) -> str:
        if bron not in groepen:
            return vast.get(bron, "")
        return next((groepen[bron][naam] for naam in namen if groepen[bron].get(naam)), "")

    def waarde(veld: Veld) -> str:
        gevonden = (uit_bron(bron, namen) for bron, namen in veld.bronnen)
        return next((w for w in gevonden if w), "") or open_plek(veld.titel)

    return {naam: waarde(veld) for naam, veld in brievenboek().velden_van(soort).items()}


def bewonersadres(dossier: Dossier, taal: str) -> Adressant:
    """The residents of the premises, without names."""
    return Adressant(BEWONERS[taal], adres_van(dossier))


def bestuursadres(dossier: Dossier) -> Adressant:
    """The organ that decides."""
    instrument = instrument_bij(dossier.soort, dossier.grondslag)
    return Adressant(instrument.bevoegd if instrument else "het college van burgemeester en wethouders")
