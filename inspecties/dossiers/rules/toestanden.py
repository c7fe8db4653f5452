"""States of a dossier on its way to a decision. A running dossier keeps the version that it started with."""

from inspecties.core.toestanden import Overgang, Toestandstabel

SOORTEN: dict[str, str] = {
    "sluiting": "Sluiting",
    "bouw_wonen": "Bouw en wonen",
    "bibob": "Bibob",
}

_J, _K = "dossiers.bewerken", "dossiers.besluiten"

DOSSIER_TABEL_1 = Toestandstabel(
    naam="dossier",
    versie="1",
    begin="opbouw",
    namen={
        "opbouw": "In opbouw",
        "voorgelegd": "Voorgelegd aan kabinet",
        "teruggestuurd": "Terug met vragen",
        "akkoord": "Akkoord",
        "afgewezen": "Afgewezen",
        "afgesloten": "Afgesloten",
    },
    overgangen=(
        Overgang("opbouw", "voorgelegd", "Voorleggen aan kabinet", _J),
        Overgang("voorgelegd", "teruggestuurd", "Terug met vragen", _K, reden_verplicht=True),
        Overgang("voorgelegd", "akkoord", "Akkoord", _K),
        Overgang("voorgelegd", "afgewezen", "Afwijzen", _K, reden_verplicht=True),
        Overgang("voorgelegd", "opbouw", "Terughalen", _J, reden_verplicht=True, waarom="Er kwam nieuwe informatie."),
        Overgang("teruggestuurd", "voorgelegd", "Opnieuw voorleggen", _J),
        Overgang("opbouw", "afgesloten", "Afsluiten zonder besluit", _J, reden_verplicht=True),
        Overgang("teruggestuurd", "afgesloten", "Afsluiten zonder besluit", _J, reden_verplicht=True),
        Overgang("akkoord", "afgesloten", "Afsluiten", _J),
        Overgang("afgewezen", "afgesloten", "Afsluiten", _J),
    ),
    eind=frozenset({"afgesloten"}),
)

DOSSIER_TABELLEN: dict[str, Toestandstabel] = {"1": DOSSIER_TABEL_1}
