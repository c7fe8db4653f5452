"""The terms that a step of a track begins and ends."""

from datetime import date, timedelta

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.dossiers import looptermijnen
from inspecties.dossiers.looptermijnen import Begin
from inspecties.dossiers.models_traject import Trajecttermijn as Koppeling
from inspecties.dossiers.rules.traject import Trajecttermijn
from inspecties.dossiers.rules.trajectgang import ingebouwd
from inspecties.dossiers.rules.trajectveld import OP, lees_voorwaarde
from inspecties.dossiers.traject_eigen import lopend_in_traject
from inspecties.dossiers.trajecten import Gevolgvraag, Trajectfouten, gedaan_van, laatste_gang


def _waarde(vraag: Gevolgvraag, verwijzing: str) -> str:
    """What was given at a field of this step, or of another one (``step.field``, ``step.op``); empty where nothing."""
    code, punt, naam = verwijzing.rpartition(".")
    gang = laatste_gang(vraag.traject.gangen, code) if punt else vraag.gang
    if gang is None:
        return ""
    return gang.op_datum.isoformat() if naam == OP else str(gang.gegevens.get(naam, ""))


def _geldt(vraag: Gevolgvraag, termijn: Trajecttermijn) -> bool:
    if ":" in termijn.als:
        namen = {s.code: s.naam for s in vraag.tabel.stappen}
        return ingebouwd(termijn.als, namen, gedaan_van(vraag.traject.gangen)) is None
    naam, waarden = lees_voorwaarde(termijn.als)
    return not termijn.als or _waarde(vraag, naam) in waarden


def _eindig(vraag: Gevolgvraag, code: str, stand: str, reden: str) -> None:
    for rij in lopend_in_traject(vraag.sessie, vraag.actor, vraag.traject):
        if rij.code == code:
            looptermijnen.rond_af(vraag.sessie, vraag.actor, vraag.nu, rij, stand, reden, versie=rij.versie)


def _begin(vraag: Gevolgvraag, termijn: Trajecttermijn) -> None:
    vanaf = _waarde(vraag, termijn.vanaf)
    duur = _waarde(vraag, termijn.duur) if termijn.duur else ""
    if termijn.tot and vanaf:
        tot = _waarde(vraag, termijn.tot)
        if not tot:
            return
        # A day that is here already is still a term of a day.
        vanaf = min(vanaf, (date.fromisoformat(tot) - timedelta(days=1)).isoformat())
        duur = f"{(date.fromisoformat(tot) - date.fromisoformat(vanaf)).days}d"
    if not vanaf:
        return
    # The same term once more, after a step back: the first one no longer counts.
    if not termijn.naast:
        _eindig(vraag, termijn.code, "vervallen", f"Opnieuw begonnen bij de stap '{vraag.stap.naam}'.")
    begin = Begin(
        termijn.code,
        date.fromisoformat(vanaf),
        vraag.stap.naam,
        duur,
        vraag.actor.gebruiker_uid,
    )
    try:
        rij = looptermijnen.start(vraag.sessie, vraag.actor, vraag.nu, vraag.dossier, begin)
    except OngeldigeInvoer as fout:
        # The form of the step has no field 'start': say it at the field that it came from.
        bron = termijn.duur if fout.veld == "duur" and termijn.duur else termijn.tot or termijn.vanaf
        raise Trajectfouten({bron if vraag.stap.veld(bron) else "op_datum": fout.melding}) from fout
    vraag.sessie.add(Koppeling(gemeente_id=vraag.dossier.gemeente_id, gang_id=vraag.gang.id, looptermijn_id=rij.id))
    vraag.sessie.flush()


def zet_termijnen(vraag: Gevolgvraag) -> None:
    """End what this step ends, then begin what it begins; the jurist who took the step watches the term."""
    passend = [t for t in vraag.stap.termijnen if _geldt(vraag, t)]
    for termijn in passend:
        if termijn.doet == "eindigt":
            _eindig(vraag, termijn.code, "gedaan", f"Stap '{vraag.stap.naam}'.")
    for termijn in passend:
        if termijn.doet == "begint":
            _begin(vraag, termijn)
