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

# As 1, and a decision can be followed by another one: an extension, a lifting, collecting what was forfeited.
DOSSIER_TABEL_2 = Toestandstabel(
    naam="dossier",
    versie="2",
    begin="opbouw",
    namen=DOSSIER_TABEL_1.namen,
    overgangen=(
        *DOSSIER_TABEL_1.overgangen,
        Overgang("akkoord", "voorgelegd", "Vervolgbesluit voorleggen", _J, waarom="De teksten blijven zoals ze zijn."),
        Overgang(
            "akkoord",
            "opbouw",
            "Vervolgbesluit voorbereiden",
            _J,
            reden_verplicht=True,
            waarom="Verlengen, opheffen of invorderen vraagt nieuwe teksten en een nieuw akkoord.",
        ),
        Overgang(
            "afgewezen",
            "opbouw",
            "Opnieuw voorbereiden",
            _J,
            reden_verplicht=True,
            waarom="Een verlenging die is afgewezen laat het eerste besluit bestaan.",
        ),
    ),
    eind=frozenset({"afgesloten"}),
)

DOSSIER_TABELLEN: dict[str, Toestandstabel] = {"1": DOSSIER_TABEL_1, "2": DOSSIER_TABEL_2}
# With which version a new dossier begins.
DOSSIER_TABEL_NU = DOSSIER_TABEL_2
