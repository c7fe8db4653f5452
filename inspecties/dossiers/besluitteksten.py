"""What the cabinet decides upon in building and housing: the sentence of a last and of a fine, and whether it stands
in the text that is approved."""

from datetime import date

from inspecties.dossiers.models_last import Boete, Last
from inspecties.dossiers.rules.bedrag import schrijf_euro
from inspecties.dossiers.rules.boete import Boetebedrag, Boetefeiten, lees_bedragen
from inspecties.dossiers.rules.last import LASTSOORTEN, SPOED, Dwangsom
from inspecties.termijnen.rules.duur import Duur

# The kind of dossier that lasten and fines belong to.
SOORT = "bouw_wonen"


def dwangsom_van(last: Last) -> Dwangsom:
    """The dwangsom of a last onder dwangsom."""
    return Dwangsom(last.eenheid, last.bedrag_cent, last.maximum_cent)


def regel_van(boete: Boete) -> Boetebedrag:
    """The row of the amount as it was when the fine was written down."""
    rij = {k: date.fromisoformat(v) if k.startswith("geldig_") else v for k, v in boete.regel.items()}
    return lees_bedragen([rij])[0]


def feiten_van(boete: Boete) -> Boetefeiten:
    """What stands in a fine, as the rules see it."""
    regel = regel_van(boete)
    return Boetefeiten(
        overtreding_op=boete.overtreding_op,
        rapport_op=boete.rapport_op,
        verhoor_op=boete.verhoor_op,
        cautie=boete.cautie,
        zienswijze_gevraagd_op=boete.zienswijze_gevraagd_op,
        zienswijze_tot=boete.zienswijze_tot,
        strafzaak=boete.strafzaak,
        bedrag_cent=boete.bedrag_cent,
        normaal_cent=regel.bedrag(boete.herhaling),
        maximum_cent=regel.maximum_cent,
        reden_bedrag=boete.reden_bedrag,
    )


def lasttekst(last: Last) -> str:
    """What the cabinet decides upon of a last, in one paragraph of the concept-besluit."""
    delen = [f"{LASTSOORTEN[last.soort]} ({last.artikel}). Overtreding: {_zin(last.overtreding)}"]
    delen.append(f"De overtreder moet: {_zin(last.maatregelen)}")
    if last.begunstiging_duur:
        delen.append(f"Daarvoor is {Duur.lees(last.begunstiging_duur).in_woorden} de tijd na de bekendmaking.")
    if last.spoed:
        delen.append(f"{SPOED[last.spoed]}.")
    if last.bedrag_cent:
        delen.append(f"Dwangsom: {dwangsom_van(last).in_woorden}.")
    if last.kosten_aangekondigd:
        delen.append("De kosten van bestuursdwang worden verhaald op de overtreder (art. 5:25 Awb).")
    return " ".join(delen)


def boetetekst(boete: Boete) -> str:
    """What the cabinet decides upon of a fine, in one paragraph of the concept-besluit."""
    regel, feit = regel_van(boete), " ".join(boete.feit.split())
    reden = f" Afwijking van het bedrag van de gemeente: {boete.reden_bedrag}" if boete.reden_bedrag else ""
    herhaling = ", bij herhaling" if boete.herhaling else ""
    bedrag = f"Bestuurlijke boete van {schrijf_euro(boete.bedrag_cent)}{herhaling}"
    return f"{bedrag}: {regel.naam.lower()} ({regel.artikel}). Feit: {feit}{reden}"


def staat_in(tekst: str, concept: str) -> bool:
    """Whether the decision says exactly this; how its lines are broken does not matter."""
    return " ".join(tekst.split()) in " ".join(concept.split())


def _zin(tekst: str) -> str:
    kaal = " ".join(tekst.split())
    return kaal if kaal.endswith((".", "!", "?")) else f"{kaal}."
