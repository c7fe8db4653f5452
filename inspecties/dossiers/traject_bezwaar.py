"""Guards and effects of the lane of objections: until when one can be decided, and which one a decision ends."""

from collections.abc import Iterable
from datetime import date, timedelta

from inspecties.dossiers import looptermijnen
from inspecties.dossiers.looptermijnen import Begin
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.dossiers.models_traject import Trajecttermijn as Koppeling
from inspecties.dossiers.traject_eigen import lopend_in_traject, termijnen_van_traject
from inspecties.dossiers.traject_eisen import lopende_termijn
from inspecties.dossiers.trajecten import Eisvraag, Gevolgvraag

BESLISSEN = "beslissing_op_bezwaar"
# Sent by post in time, it may come a week later (Awb 6:9).
POST = timedelta(weeks=1)


def laatste_bezwaardag(termijnen: Iterable[Looptermijn], ontvangen: date) -> date | None:
    """Until when the decision could be objected to against which this objection, received that day, can be.

    Of several decisions that are still open, the one whose term ends first: our own term is then never too long.
    None where no decision was made known.
    """
    begonnen = [t for t in termijnen if t.code == "bezwaar" and t.stand != "vervallen" and t.start_datum <= ontvangen]
    open_ = [t.einde_datum for t in begonnen if ontvangen <= t.einde_datum + POST]
    return min(open_) if open_ else max((t.einde_datum for t in begonnen), default=None)


def beslistermijn_bezwaar(vraag: Gevolgvraag) -> None:
    """To decide on an objection: from the last day on which one could be made against that decision (Awb 7:10)."""
    ontvangen = date.fromisoformat(str(vraag.gang.gegevens["ontvangen_op"]))
    einde = laatste_bezwaardag(termijnen_van_traject(vraag.sessie, vraag.actor, vraag.traject), ontvangen)
    if einde is None:
        return
    code = BESLISSEN + ("_commissie" if vraag.gang.gegevens.get("commissie") == "ja" else "")
    begin = Begin(code, einde, vraag.stap.naam, "", vraag.actor.gebruiker_uid)
    rij = looptermijnen.start(vraag.sessie, vraag.actor, vraag.nu, vraag.dossier, begin)
    vraag.sessie.add(Koppeling(gemeente_id=vraag.dossier.gemeente_id, gang_id=vraag.gang.id, looptermijn_id=rij.id))
    vraag.sessie.flush()


def bezwaar_afgedaan(vraag: Gevolgvraag) -> None:
    """The decision ends the term of every objection, or of the oldest one while another is still open."""
    rijen = lopend_in_traject(vraag.sessie, vraag.actor, vraag.traject)
    open_ = [rij for rij in rijen if rij.code.startswith(BESLISSEN)]
    for rij in open_[:1] if vraag.gang.gegevens.get("alle") == "nee" else open_:
        reden = f"Stap '{vraag.stap.naam}'."
        looptermijnen.rond_af(vraag.sessie, vraag.actor, vraag.nu, rij, "gedaan", reden, versie=rij.versie)


def bezwaar_open(vraag: Eisvraag) -> str | None:
    """Another objection waits for a decision."""
    return None if lopende_termijn(vraag, BESLISSEN) else "Er staat geen bezwaar meer open."


EISEN = {"bezwaar_open": bezwaar_open}
GEVOLGEN = {"beslistermijn_bezwaar": beslistermijn_bezwaar, "bezwaar_afgedaan": bezwaar_afgedaan}
