"""Guards that several tracks share. Each says in words why a step cannot be taken, or None."""

from datetime import date

from inspecties.core.klok import lokale_datum
from inspecties.database import select_voor
from inspecties.dossiers import toetsen
from inspecties.dossiers.akkoorden import ongebruikt_akkoord
from inspecties.dossiers.models_brieven import Brief, Briefverzending, Kennisgeving
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.dossiers.rules.brief import brievenboek
from inspecties.dossiers.rules.trajectveld import dag_in_woorden
from inspecties.dossiers.traject_eigen import lopend_in_traject
from inspecties.dossiers.trajecten import BESLUIT, Eisvraag

# The day on which a decision was made known, as the steps call it.
BEKEND = ("datum", "bekend_op")


def lopende_termijn(vraag: Eisvraag, *begin: str) -> Looptermijn | None:
    """The running term of this track whose code begins like this, the last one to end; None where none runs."""
    if vraag.traject is None:
        return None
    rijen = lopend_in_traject(vraag.sessie, vraag.actor, vraag.traject)
    passend = [r for r in rijen if r.code.startswith(begin)]
    return max(passend, key=lambda r: r.einde_datum, default=None)


def dag_of_vandaag(vraag: Eisvraag, *velden: str) -> date:
    """The day that was given at the first of these fields; today while nothing has been filled in."""
    waarde = next((vraag.gegevens[veld] for veld in velden if vraag.gegevens.get(veld)), None)
    return date.fromisoformat(str(waarde)) if waarde else vraag.op_datum or lokale_datum(vraag.nu)


def besluit_akkoord(vraag: Eisvraag) -> str | None:
    """The cabinet approved, nothing has carried that out yet, and the step is not dated before it."""
    besluit = ongebruikt_akkoord(vraag.sessie, vraag.actor, vraag.dossier, vraag.tabel.code)
    if besluit is None:
        if vraag.dossier.toestand == "voorgelegd":
            return "Het dossier ligt bij het kabinet. Deze stap kan na akkoord."
        if any(b.soort == "akkoord" for b in vraag.dossier.besluiten):
            return "Hier is een nieuw akkoord van het kabinet voor nodig. Leg een vervolgbesluit voor."
        return "Het kabinet heeft nog geen akkoord gegeven. Leg het dossier eerst voor."
    dag = lokale_datum(besluit.besloten_op)
    if vraag.op_datum is not None and vraag.op_datum < dag:
        return f"De dag kan niet voor het akkoord van het kabinet liggen ({dag_in_woorden(dag)})."
    for naam in ("datum", "opgeheven_op"):
        gegeven = vraag.gegevens.get(naam)
        if gegeven and date.fromisoformat(str(gegeven)) < dag:
            label = next(v.label for v in vraag.stap.vereist if v.naam == naam) if vraag.stap else naam
            return (
                f"{label}: {dag_in_woorden(date.fromisoformat(str(gegeven)))} ligt voor het akkoord van het kabinet "
                f"({dag_in_woorden(dag)}). Wat nog niet was besloten, gold toen ook nog niet."
            )
    return None


def bekendgemaakt(vraag: Eisvraag) -> str | None:
    """Service has a proof (Awb 3:41): a field that says so, or a letter that was sent with its proof."""
    if vraag.voorlopig or vraag.gegevens.get("bewijs"):
        return None
    dagen, dag = _verzonden(vraag), dag_of_vandaag(vraag, *BEKEND)
    if dag in dagen:
        return None
    if dagen:
        toen = " of ".join(dag_in_woorden(een) for een in sorted(dagen))
        return f"Volgens Brieven is dit besluit bekendgemaakt op {toen}. Vul die dag in, of geef een ander bewijs."
    return (
        "Zonder bewijs is het besluit niet bekendgemaakt. Vul in waaruit de verzending of uitreiking blijkt, "
        "of leg die vast bij Brieven."
    )


def _verzonden(vraag: Eisvraag) -> set[date]:
    """The days on which the letter of this decision, and of no other, was served with proof."""
    assert vraag.stap is not None  # only steps carry this guard
    soort = vraag.stap.document
    if not soort.startswith("besluit") and vraag.tabel.heeft("besluit"):
        soort = vraag.tabel.stap("besluit").document
    rijen = vraag.sessie.scalars(
        select_voor(vraag.actor, Kennisgeving).where(
            Kennisgeving.brief.has(
                (Brief.dossier_id == vraag.dossier.id)
                & Brief.verzending.has(Briefverzending.besluit_id == _besluit_id(vraag))
            ),
            Kennisgeving.soort.in_(brievenboek().gevraagd([soort])),
        )
    )
    return {rij.datum for rij in rijen if rij.met_bewijs}


def _besluit_id(vraag: Eisvraag) -> int | None:
    """The decision that this step carries out, or that the last step which did so carried out."""
    assert vraag.stap is not None  # only steps carry this guard
    if BESLUIT in vraag.stap.eis:
        akkoord = ongebruikt_akkoord(vraag.sessie, vraag.actor, vraag.dossier, vraag.tabel.code)
        return akkoord.id if akkoord else None
    return next((g.besluit_id for g in reversed(vraag.gangen) if g.besluit_id is not None), None)


def zienswijze_voorbij(vraag: Eisvraag) -> str | None:
    """Who says nothing has until the last day of the term to do so (Awb 4:8)."""
    termijn = lopende_termijn(vraag, "zienswijze")
    # A track asks how a view came (hoe), or whether one did (gegeven).
    niets = vraag.gegevens.get("hoe") == "geen" or vraag.gegevens.get("gegeven") == "nee"
    if not niets or termijn is None or vraag.op_datum is None:
        return None
    if vraag.op_datum > termijn.einde_datum:
        return None
    return f"De termijn voor een zienswijze loopt nog tot en met {dag_in_woorden(termijn.einde_datum)}."


def toets_begonnen(vraag: Eisvraag) -> str | None:
    """The worksheet of the legal test has been begun, where there is one for this instrument."""
    gelezen = toetsen.lees(vraag.sessie, vraag.actor, vraag.dossier, {})
    return "Begin eerst aan de juridische toets." if gelezen is not None and not gelezen.delen else None


def toets_houdt_niet_tegen(vraag: Eisvraag) -> str | None:
    """No question from case law stops this closure without a written reason."""
    gelezen = toetsen.lees(vraag.sessie, vraag.actor, vraag.dossier, {})
    if gelezen is None:
        return None
    stand = gelezen.stand
    for poort in stand.toets.poorten:
        if stand.stopt(poort) and not stand.bij(poort.code).waarom_toch.strip():
            return f"De juridische toets houdt dit tegen: {poort.regel} ({poort.uitspraak})."
    return None


EISEN = {
    BESLUIT: besluit_akkoord,
    "bekendgemaakt": bekendgemaakt,
    "zienswijze_voorbij": zienswijze_voorbij,
    "toets_begonnen": toets_begonnen,
    "toets_houdt_niet_tegen": toets_houdt_niet_tegen,
}
