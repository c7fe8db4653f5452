"""What the fields of a letter say for one dossier and one addressee; a field without a value marks its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.klok import TIJDZONE
from inspecties.database import select_voor
from inspecties.dossiers.besluitnemers import in_woorden
from inspecties.dossiers.brief_besluit import Aankondiging, aan_te_kondigen
from inspecties.dossiers.brief_bronnen import boetewaarden, dag_in_taal, lastwaarden, trajectwaarden
from inspecties.dossiers.models import Belanghebbende, Dossier
from inspecties.dossiers.models_kabinet import Besluitvastlegging
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.dossiers.rules.besluitnemer import wie_in_woorden
from inspecties.dossiers.rules.brief import Briefsoort, Veld, brievenboek
from inspecties.dossiers.rules.gevolgen import instrument_bij
from inspecties.dossiers.rules.partijen import ROLLEN
from inspecties.dossiers.rules.teksten import VELDEN as TEKSTVELDEN
from inspecties.gebruikers.models import Gemeente
from inspecties.sjablonen.druk import briefdatum
from inspecties.sjablonen.rules.tekst import DATUMPLEK, open_plek

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


def _vaste_waarden(
    sessie: Session,
    actor: Actor,
    lezer: Actor,
    dossier: Dossier,
    kan: Aankondiging,
    aan: Adressant,
    taal: str,
) -> dict[str, str]:
    instrument = instrument_bij(dossier.soort, dossier.grondslag)
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
        **_besloten(sessie, lezer, kan, taal),
    }


def _besloten(sessie: Session, lezer: Actor, kan: Aankondiging, taal: str) -> dict[str, str]:
    """On which day and by whom it was decided, in which capacity (Awb 10:10)."""
    if kan.nemer is not None:
        dag = datetime.combine(kan.nemer.besloten_op, time(12), TIJDZONE)
        return {"besluitdatum": briefdatum(dag, taal), "besloten_door": in_woorden(kan.nemer)}
    if kan.besluit is None:
        return {"besluitdatum": "", "besloten_door": ""}
    vast = sessie.scalars(
        select_voor(lezer, Besluitvastlegging).where(Besluitvastlegging.besluit_id == kan.besluit.id)
    ).one_or_none()
    naam = kan.besluit.besloten_door.naam
    wie = wie_in_woorden(naam, vast.inhoud["bevoegdheid"]) if vast else naam
    return {"besluitdatum": briefdatum(kan.besluit.besloten_op, taal), "besloten_door": wie}


def waarden_voor(
    sessie: Session,
    actor: Actor,
    lezer: Actor,
    dossier: Dossier,
    soort: Briefsoort,
    aan: Adressant,
    taal: str,
    vervangt_id: int | None = None,
) -> dict[str, str]:
    """A value for each field that this kind of letter may name. ``lezer`` reads decisions and terms of the dossier.

    ``vervangt_id``: the letter that this one replaces, whose decision it announces once more.
    """
    # Where this letter cannot announce the last one, its decision is still to come: the day stays open.
    kan = aan_te_kondigen(sessie, lezer, dossier, soort, aan.partij, aan.naam, vervangt_id)
    vast = _vaste_waarden(sessie, actor, lezer, dossier, kan, aan, taal)
    vast["bevoegd"] = soort.bevoegd or vast["bevoegd"]
    traject = trajectwaarden(sessie, actor, dossier, taal)
    last, boete = lastwaarden(sessie, actor, dossier, taal), boetewaarden(sessie, actor, dossier)
    termijnen = sessie.scalars(
        select_voor(lezer, Looptermijn)
        .where(Looptermijn.dossier_id == dossier.id, Looptermijn.stand.in_(("loopt", "opgeschort")))
        .order_by(Looptermijn.id)
    ).all()
    einden = {t.code: t.einde_datum for t in termijnen}

    groepen: dict[str, Mapping[str, str]] = {
        "tekst": {
            naam: "" if naam == kan.andere_tekst else str(getattr(dossier, naam)).strip() for naam in TEKSTVELDEN
        },
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

    boek = brievenboek()
    uit: dict[str, str] = {naam: waarde(veld) for naam, veld in boek.velden_van(soort).items()}
    # A template of before a field was taken off this kind of letter: its place is filled in by hand, never wrongly.
    return uit | {v.naam: open_plek(v.titel) for v in boek.velden.values() if soort.code in v.niet_bij}


def bewonersadres(dossier: Dossier, taal: str) -> Adressant:
    """The residents of the premises, without names."""
    return Adressant(BEWONERS[taal], adres_van(dossier))


def bestuursadres(dossier: Dossier) -> Adressant:
    """The organ that decides."""
    instrument = instrument_bij(dossier.soort, dossier.grondslag)
    return Adressant(instrument.bevoegd if instrument else "het college van burgemeester en wethouders")
