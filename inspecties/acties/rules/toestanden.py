"""States of an action and of a stop."""

from inspecties.acties.soorten import actiesoorten
from inspecties.core.toestanden import Overgang, Toestandstabel

SOORTEN: dict[str, str] = {code: soort.naam for code, soort in actiesoorten().items()}

TOEGANGSGRONDEN: dict[str, str] = {
    "toezicht": "Toezicht (art. 5:15 Awb), geen woning",
    "toestemming": "Toestemming van de bewoner (art. 1 Awbi)",
    "machtiging": "Machtiging tot binnentreden (art. 2 Awbi)",
}

_P = "acties.plannen"

ACTIE_TABEL = Toestandstabel(
    naam="actie",
    versie="1",
    begin="concept",
    namen={
        "concept": "Concept",
        "gereed": "Gereed",
        "in_uitvoering": "In uitvoering",
        "afgerond": "Afgerond",
        "vervallen": "Vervallen",
    },
    overgangen=(
        Overgang("concept", "gereed", "Gereed melden", _P),
        Overgang("gereed", "concept", "Terug naar concept", _P, waarom="De planning moet nog worden aangepast."),
        Overgang("gereed", "in_uitvoering", "Starten", _P),
        Overgang("in_uitvoering", "afgerond", "Afronden", _P),
        Overgang(
            "afgerond",
            "in_uitvoering",
            "Heropenen",
            _P,
            reden_verplicht=True,
            waarom="Er kwam nog een bezoek achteraan.",
        ),
        Overgang("concept", "vervallen", "Laten vervallen", _P, reden_verplicht=True),
        Overgang("gereed", "vervallen", "Laten vervallen", _P, reden_verplicht=True),
    ),
    eind=frozenset({"vervallen", "afgerond"}),
)

_V = "bezoeken.invullen"

STOP_TABEL = Toestandstabel(
    naam="stop",
    versie="1",
    begin="gepland",
    namen={
        "gepland": "Gepland",
        "onderweg": "Onderweg",
        "binnen": "Binnen",
        "niemand_thuis": "Niemand thuis",
        "geweigerd": "Toegang geweigerd",
        "afgerond": "Afgerond",
        "vervallen": "Vervallen",
    },
    overgangen=(
        Overgang("gepland", "onderweg", "Onderweg", _V),
        Overgang("gepland", "binnen", "Binnen", _V, waarom="Het team vergat 'onderweg' te melden."),
        Overgang("gepland", "niemand_thuis", "Niemand thuis", _V),
        Overgang("gepland", "geweigerd", "Toegang geweigerd", _V),
        Overgang("onderweg", "binnen", "Binnen", _V),
        Overgang("onderweg", "niemand_thuis", "Niemand thuis", _V),
        Overgang("onderweg", "geweigerd", "Toegang geweigerd", _V),
        Overgang("binnen", "afgerond", "Afronden", _V),
        Overgang("onderweg", "gepland", "Toch niet onderweg", _V, waarom="Verkeerd getikt."),
        Overgang("binnen", "onderweg", "Toch niet binnen", _V, waarom="Verkeerd getikt."),
        Overgang("niemand_thuis", "onderweg", "Opnieuw proberen", _V),
        Overgang("niemand_thuis", "binnen", "Toch binnen", _V, waarom="Er deed alsnog iemand open."),
        Overgang("geweigerd", "onderweg", "Opnieuw proberen", _V, waarom="Met machtiging terug."),
        Overgang("geweigerd", "binnen", "Toch binnen", _V, waarom="De bewoner liet het team alsnog binnen."),
        Overgang("gepland", "vervallen", "Laten vervallen", _P, reden_verplicht=True),
        Overgang(
            "onderweg", "vervallen", "Laten vervallen", _P, reden_verplicht=True, waarom="De ploeg is teruggeroepen."
        ),
        Overgang("vervallen", "gepland", "Terugzetten", _P),
    ),
    eind=frozenset({"afgerond", "vervallen"}),
)


def stopovergangen(actietoestand: str, stoptoestand: str) -> tuple[Overgang, ...]:
    """What may be said of a stop from behind a desk.

    In concept only planning; once the plan is out also what the team reports, for when its tablet is lost or broken.
    """
    if actietoestand == "concept":
        return tuple(o for o in STOP_TABEL.vanuit(stoptoestand) if o.recht == _P)
    return STOP_TABEL.vanuit(stoptoestand) if actietoestand in {"gereed", "in_uitvoering"} else ()
