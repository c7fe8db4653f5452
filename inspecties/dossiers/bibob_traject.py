"""Guards and effects of the Bibob track (config/trajecten/bibob.toml), and the decision term that stands still."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.database import select_voor
from inspecties.dossiers import looptermijnen
from inspecties.dossiers.akkoorden import ongebruikt_akkoord
from inspecties.dossiers.bibob import (
    ADVIES,
    BESLISTERMIJN,
    als_uitkomst,
    gehoord_op,
    onderzoek_van,
    uitkomst_van,
)
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_bibob import Bibobbron
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.dossiers.models_traject import Dossiertraject, Trajectgang
from inspecties.dossiers.rules.bibob import NA_ZIENSWIJZE, NEGATIEF, Aanleiding, Uitkomst, bibobregels, waarom_niet
from inspecties.dossiers.rules.looptermijn import LOPEND
from inspecties.dossiers.rules.trajectveld import dag_in_woorden
from inspecties.dossiers.trajecten import Eisvraag, Gevolgvraag, Trajectfouten, laatste_gang
from inspecties.termijnen.bronnen import kalender, termijntabel
from inspecties.termijnen.rules.benoemd import bibob_opschorting

FORMULIER, ZIENSWIJZE = "bibob_formulier", "zienswijze"
# Step of the track -> kind of decision.
BESLUIT_VAN = {
    "verleend": "verlenen",
    "voorschriften": "voorschriften",
    "geweigerd": "weigeren",
    "ingetrokken": "intrekken",
}
_GROND = "Advies gevraagd aan het Landelijk Bureau Bibob."


def _termijn(sessie: Session, actor: Actor, dossier: Dossier, code: str) -> Looptermijn | None:
    """The last term of this kind in the dossier."""
    rijen = [r for r in looptermijnen.termijnen_van(sessie, actor, dossier) if r.code == code]
    return max(rijen, key=lambda rij: rij.id, default=None)


def beslistermijn_van(sessie: Session, actor: Actor, dossier: Dossier) -> Looptermijn | None:
    """The term to decide on the application, or None."""
    return _termijn(sessie, actor, dossier, BESLISTERMIJN)


def adviestermijn_van(sessie: Session, actor: Actor, dossier: Dossier) -> Looptermijn | None:
    """The term of the bureau to advise, or None."""
    return _termijn(sessie, actor, dossier, ADVIES)


def hergebruik_tot(traject: Dossiertraject | None) -> tuple[date, str] | None:
    """Until when the advice may be used again, and whether that term was confirmed; None where there is no advice."""
    gang = laatste_gang(traject.gangen, "advies_ontvangen") if traject else None
    if gang is None:
        return None
    ontvangen = date.fromisoformat(str(gang.gegevens["ontvangen_op"]))
    regel = termijntabel().op("bibob_hergebruik", ontvangen)
    return regel.bereken(ontvangen, kalender=kalender()).einddag, regel.status.value


def _loopt_nog_tot(vraag: Eisvraag, code: str) -> date | None:
    """The last day of a running term that is not over on the day of the step, else None."""
    rij = _termijn(vraag.sessie, vraag.actor, vraag.dossier, code)
    dag = vraag.op_datum or lokale_datum(vraag.nu)
    return rij.einde_datum if rij is not None and rij.stand in LOPEND and rij.einde_datum >= dag else None


def _stand(vraag: Eisvraag) -> tuple[Uitkomst | None, Aanleiding | None]:
    onderzoek = onderzoek_van(vraag.sessie, vraag.actor, vraag.dossier)
    uitkomst = als_uitkomst(uitkomst_van(vraag.sessie, vraag.actor, vraag.dossier))
    return uitkomst, bibobregels().aanleidingen.get(onderzoek.aanleiding) if onderzoek else None


def eis_aanleiding(vraag: Eisvraag) -> str | None:
    """There is a reason that the law knows."""
    if onderzoek_van(vraag.sessie, vraag.actor, vraag.dossier) is None:
        return "Leg eerst op het blad Bibob vast wat de aanleiding is. Zonder aanleiding uit de wet begint er niets."
    return None


def eis_eigen_onderzoek(vraag: Eisvraag) -> str | None:
    """Own investigation comes first: at least one source was consulted."""
    bronnen = select_voor(vraag.actor, Bibobbron).where(Bibobbron.dossier_id == vraag.dossier.id)
    if vraag.sessie.scalars(bronnen).first() is None:
        return "Doe eerst eigen onderzoek: leg op het blad Bibob vast welke bronnen u hebt geraadpleegd."
    return None


def eis_formulier_voorbij(vraag: Eisvraag) -> str | None:
    """Art. 4 only after a request to complete the form, and after that term."""
    tot = _loopt_nog_tot(vraag, FORMULIER)
    if tot is not None:
        return f"De termijn om aan te vullen loopt nog tot en met {dag_in_woorden(tot)} (artikel 4)."
    return None


def eis_uitkomst(vraag: Eisvraag) -> str | None:
    """An outcome was written down, after the last advice."""
    rij = uitkomst_van(vraag.sessie, vraag.actor, vraag.dossier)
    if rij is None:
        return "Leg eerst op het blad Bibob de uitkomst vast (artikel 3)."
    advies = vraag.laatste("advies_ontvangen")
    if advies is not None and rij.vastgelegd_op < advies.op:
        return "Na de uitkomst kwam er advies binnen. Leg de uitkomst opnieuw vast."
    return None


def eis_voornemen(vraag: Eisvraag) -> str | None:
    """What is announced is a decision that the outcome allows."""
    uitkomst, aanleiding = _stand(vraag)
    if aanleiding is None:
        return eis_aanleiding(vraag)
    besluit = str(vraag.gegevens.get("besluit", ""))
    if besluit:
        return waarom_niet(besluit, uitkomst, aanleiding, gehoord=True)
    redenen = [
        waarom_niet(een, uitkomst, aanleiding, gehoord=True) for een in aanleiding.besluiten if een in NA_ZIENSWIJZE
    ]
    if None in redenen:
        return None
    return f"Bij deze uitkomst past geen voornemen. {next((r for r in redenen if r), '')}".strip()


def eis_zienswijze(vraag: Eisvraag) -> str | None:
    """Without a view the term has to be over."""
    tot = _loopt_nog_tot(vraag, ZIENSWIJZE)
    if vraag.gegevens.get("gegeven") == "nee" and tot is not None:
        return f"Betrokkene kan nog tot en met {dag_in_woorden(tot)} een zienswijze geven (artikel 33)."
    return None


def eis_besluit(vraag: Eisvraag) -> str | None:
    """The outcome allows this decision, and the person concerned could react to exactly this."""
    uitkomst, aanleiding = _stand(vraag)
    if aanleiding is None or vraag.stap is None:
        return eis_aanleiding(vraag)
    besluit = BESLUIT_VAN[vraag.stap.code]
    gehoord, voornemen = gehoord_op(vraag.gangen), vraag.laatste("voornemen")
    reden = waarom_niet(besluit, uitkomst, aanleiding, gehoord=gehoord is not None)
    if reden is not None or besluit not in NA_ZIENSWIJZE or gehoord is None or voornemen is None:
        return reden
    return _waarom_niet_gehoord(vraag, besluit, voornemen) or _waarom_niet_gewogen(vraag, gehoord)


def _waarom_niet_gehoord(vraag: Eisvraag, besluit: str, voornemen: Trajectgang) -> str | None:
    """Who is concerned could react to exactly this decision, on this outcome."""
    if besluit not in NEGATIEF:
        return None
    if voornemen.gegevens["besluit"] != besluit:
        return (
            "Het voornemen was lichter dan dit besluit. Verstuur eerst een ander voornemen, zodat betrokkene kan "
            "reageren (artikel 33 Wet Bibob)."
        )
    rij = uitkomst_van(vraag.sessie, vraag.actor, vraag.dossier)
    if rij is not None and rij.vastgelegd_op > voornemen.op:
        return (
            "Na het voornemen is een andere uitkomst vastgelegd. Verstuur een ander voornemen, zodat betrokkene daarop "
            "kan reageren (artikel 33 Wet Bibob)."
        )
    return None


def _waarom_niet_gewogen(vraag: Eisvraag, gehoord: Trajectgang) -> str | None:
    """The cabinet knew the view when it approved."""
    akkoord = ongebruikt_akkoord(vraag.sessie, vraag.actor, vraag.dossier, vraag.tabel.code)
    if akkoord is None or akkoord.besloten_op >= gehoord.op:
        return None
    return (
        "Het akkoord van het kabinet is van voor de zienswijze. Leg een vervolgbesluit voor, zodat het kabinet de "
        "zienswijze meeweegt (artikel 33 Wet Bibob)."
    )


def schort_op(vraag: Gevolgvraag) -> None:
    """Asking for advice stops the term to decide (art. 31); a term that is over already is not revived."""
    rij = _termijn(vraag.sessie, vraag.actor, vraag.dossier, BESLISTERMIJN)
    gevraagd = date.fromisoformat(str(vraag.gang.gegevens["gevraagd_op"]))
    if rij is None or rij.stand != "loopt" or rij.einde_datum < gevraagd:
        return
    try:
        looptermijnen.doe(vraag.sessie, vraag.actor, vraag.nu, rij, "opschorting", gevraagd, _GROND, versie=rij.versie)
    except OngeldigeInvoer as fout:
        raise Trajectfouten({"gevraagd_op": fout.melding}) from fout


def hervat(vraag: Gevolgvraag) -> None:
    """The advice came: the term to decide counts again from the day after, or from the cap of art. 31."""
    ontvangen = date.fromisoformat(str(vraag.gang.gegevens["ontvangen_op"]))
    _hervat(vraag.sessie, vraag.actor, vraag.nu, vraag.dossier, ontvangen)


def hervatdag(sessie: Session, actor: Actor, dossier: Dossier, ontvangen: date | None, vandaag: date) -> date | None:
    """The first day on which the term to decide counts again: after receipt, or at the latest by art. 31.

    None where no advice was asked.
    """
    advies = _termijn(sessie, actor, dossier, ADVIES)
    if advies is None:
        return None
    termijn = looptermijnen.bereken(advies, vandaag)
    return bibob_opschorting(advies.start_datum, ontvangen, termijn, _GROND).hervat_op


def _hervat(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, ontvangen: date | None) -> bool:
    rij = _termijn(sessie, actor, dossier, BESLISTERMIJN)
    op = hervatdag(sessie, actor, dossier, ontvangen, lokale_datum(nu))
    if rij is None or rij.stand != "opgeschort" or op is None:
        return False
    grond = "Advies van het Landelijk Bureau ontvangen."
    if ontvangen is None or op <= ontvangen:
        grond = "Langer staat de beslistermijn niet stil dan het bureau mag nemen (artikel 31)."
    looptermijnen.doe(sessie, actor, nu, rij, "hervatting", op, grond, versie=rij.versie)
    return True


def hervat_wat_vol_is(sessie: Session, actor: Actor, nu: datetime) -> int:
    """Terms to decide that have stood still as long as art. 31 allows count again, also without an advice; how many.

    While the bureau itself waits for data (art. 15) its own term stands still, and so does this one.
    """
    vandaag, aantal = lokale_datum(nu), 0
    stil = select_voor(actor, Looptermijn).where(Looptermijn.code == BESLISTERMIJN, Looptermijn.stand == "opgeschort")
    for rij in sessie.scalars(stil.order_by(Looptermijn.id)).all():
        dossier = sessie.scalars(select(Dossier).where(Dossier.id == rij.dossier_id)).one()
        advies = _termijn(sessie, actor, dossier, ADVIES)
        if dossier.toestand == "afgesloten" or advies is None or advies.stand == "opgeschort":
            continue
        op = hervatdag(sessie, actor, dossier, None, vandaag)
        if op is not None and op <= vandaag and _hervat(sessie, actor, nu, dossier, None):
            aantal += 1
    return aantal


def besloten(vraag: Gevolgvraag) -> None:
    """The decision ends the term to decide."""
    rij = _termijn(vraag.sessie, vraag.actor, vraag.dossier, BESLISTERMIJN)
    if rij is not None and rij.stand in LOPEND:
        looptermijnen.rond_af(vraag.sessie, vraag.actor, vraag.nu, rij, "gedaan", vraag.stap.naam, versie=rij.versie)


def gestopt(vraag: Gevolgvraag) -> None:
    """Nothing has to be watched any more."""
    for rij in looptermijnen.termijnen_van(vraag.sessie, vraag.actor, vraag.dossier):
        if rij.stand in LOPEND:
            reden = vraag.gang.toelichting or vraag.stap.naam
            looptermijnen.rond_af(vraag.sessie, vraag.actor, vraag.nu, rij, "vervallen", reden, versie=rij.versie)


EISEN = {
    "bibob_aanleiding": eis_aanleiding,
    "bibob_eigen_onderzoek": eis_eigen_onderzoek,
    "bibob_formulier_voorbij": eis_formulier_voorbij,
    "bibob_uitkomst": eis_uitkomst,
    "bibob_voornemen": eis_voornemen,
    "bibob_zienswijze": eis_zienswijze,
    "bibob_besluit": eis_besluit,
}
GEVOLGEN = {
    "bibob_schort_op": schort_op,
    "bibob_hervat": hervat,
    "bibob_besloten": besloten,
    "bibob_gestopt": gestopt,
}
