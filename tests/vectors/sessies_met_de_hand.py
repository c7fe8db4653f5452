"""Forms with steps and what must hold after each; ``maak_sessies`` compiles the forms into sessies.json."""

CONTEXT = {"nu": "2026-11-21T18:05:00+01:00"}
JNO = """
| choices |                      |             |                |      |
|         | list_name            | name        | label          | prov |
|         | jno                  | ja          | Ja             |      |
|         | jno                  | nee         | Nee            |      |
|         | jno                  | onbekend    | Onbekend       |      |
|         | provincie            | fl          | Flevoland      |      |
|         | provincie            | nh          | Noord-Holland  |      |
|         | gemeente             | mw          | Markerwaard    | fl   |
|         | gemeente             | hd          | Houtribdijk    | fl   |
|         | gemeente             | am          | Amsterdam      | nh   |
"""

RELEVANTIE = """
| survey |                      |             |                |                       |          |
|        | type                 | name        | label          | relevant              | required |
|        | select_one jno       | toestemming | Toestemming?   |                       | yes      |
|        | text                 | waarom      | Waarom niet?   | ${toestemming}='nee'  | yes      |
|        | begin group          | binnen      | Binnen         | ${toestemming}='ja'   |          |
|        | integer              | mensen      | Mensen         |                       | yes      |
|        | begin group          | veel        | Veel           | ${mensen} > 4         |          |
|        | text                 | uitleg      | Uitleg         |                       | ${mensen} > 9 |
|        | end group            |             |                |                       |          |
|        | end group            |             |                |                       |          |
"""
RELEVANTIE_STAPPEN = [
    (
        ["zet", "toestemming", None, "nee"],
        {
            "gewijzigd": ["toestemming", "waarom"],
            "relevant waarom": True,
            "relevant mensen": False,
            "verplicht_leeg": ["waarom"],
        },
    ),
    (["zet", "waarom", None, "Wil niet"], {"gewijzigd": ["waarom"], "verplicht_leeg": []}),
    (
        ["zet", "toestemming", None, "ja"],
        {
            "gewijzigd": ["binnen", "mensen", "toestemming", "waarom"],
            "relevant waarom": False,
            "waarde waarom": "Wil niet",
            "serialiseer": {"toestemming": "ja"},
            "verplicht_leeg": ["mensen"],
            "relevant uitleg": False,
        },
    ),
    (
        ["zet", "mensen", None, 10],
        {"gewijzigd": ["mensen", "uitleg", "veel"], "verplicht uitleg": True, "verplicht_leeg": ["uitleg"]},
    ),
    (
        ["zet", "mensen", None, 5],
        {"gewijzigd": ["mensen", "uitleg"], "verplicht uitleg": False, "relevant uitleg": True},
    ),
    (
        ["zet", "mensen", None, "vijf"],
        {"melding mensen": "Vul een heel getal in, zonder komma.", "relevant uitleg": False},
    ),
    (["zet", "mensen", None, None], {"melding mensen": None, "serialiseer": {"toestemming": "ja"}}),
    (
        ["zet", "toestemming", None, "misschien"],
        {"melding toestemming": "'misschien' staat niet in de lijst met keuzes."},
    ),
]

KAMERS = """
| survey | | | | | | | | |
| | type | name | label | constraint | calculation | constraint_message | gevolg | gevolg_als | grondslag | bewijs |
| | decimal | norm | m2 per persoon | | | | | | | |
| | begin repeat | kamer | Kamer | | | | | | | |
| | calculate | nr | | | position(..) | | | | | |
| | decimal | m2 | m2 van kamer ${nr} van ${kamer} | . > 0 | | Meer dan 0 | | | | |
| | integer | personen | Personen | | | | | | | |
| | calculate | krap | | | ${m2} div ${personen} < ${norm} | | overbewoning | .='true' | art. 22.16 | foto toelichting |
| | begin repeat | bed | Bed | | | | | | | |
| | integer | breedte | Breedte | | | | | | | |
| | end repeat | | | | | | | | | |
| | calculate | bedden | | | count(${bed}) | | | | | |
| | end repeat | | | | | | | | | |
| | calculate | totaal | | | sum(${personen}) | | | | | |
| | calculate | alle_bedden | | | count(${bed}) | | | | | |
| | note | over | ${kamer} kamers, ${totaal} mensen | | | | | | | |
"""
KAMERS_STAPPEN = [
    (
        ["zet", "norm", None, 12],
        {"gewijzigd": ["norm"], "sleutels": ["norm", "kamer", "totaal", "alle_bedden", "over"]},
    ),
    (["voeg_toe", "kamer", "k1", None, 1], {"label m2@k1": "m2 van kamer 1 van 1", "waarde nr@k1": 1}),
    (
        ["voeg_toe", "kamer", "k2", None, 2],
        {"waarde nr@k2": 2, "label m2@k1": "m2 van kamer 1 van 2", "label over": "2 kamers,  mensen"},
    ),
    (
        ["zet", "m2", "k1", 20],
        {
            "gewijzigd": ["m2@k1"],
            "serialiseer": {
                "norm": 12,
                "kamer": [{"nr": 1, "m2": 20, "bedden": 0, "krap": False}, {"nr": 2, "bedden": 0, "krap": False}],
                "alle_bedden": 0,
            },
        },
    ),
    (
        ["zet", "personen", "k1", 2],
        {
            "gewijzigd": ["krap@k1", "personen@k1"],
            "waarde krap@k1": True,
            "waarde totaal": None,
            "voorstellen": [
                {
                    "gevolg": "overbewoning",
                    "grondslag": "art. 22.16",
                    "vragen": ["krap@k1"],
                    "ontbreekt": [
                        {"vraag": "krap@k1", "bewijs": "foto"},
                        {"vraag": "krap@k1", "bewijs": "toelichting"},
                    ],
                }
            ],
        },
    ),
    (
        ["zet", "personen", "k2", 1],
        {"gewijzigd": ["over", "personen@k2", "totaal"], "waarde totaal": 3, "label over": "2 kamers, 3 mensen"},
    ),
    (
        ["zet_bewijs", "krap@k1", {"foto": 2, "toelichting": False}],
        {
            "gewijzigd": ["krap@k1"],
            "voorstellen": [
                {
                    "gevolg": "overbewoning",
                    "grondslag": "art. 22.16",
                    "vragen": ["krap@k1"],
                    "ontbreekt": [{"vraag": "krap@k1", "bewijs": "toelichting"}],
                }
            ],
        },
    ),
    (
        ["zet", "m2", "k2", -1],
        {"melding m2@k2": "Meer dan 0", "ongeldig": [{"vraag": "m2@k2", "melding": "Meer dan 0"}]},
    ),
    (["zet", "breedte", "b1", 90], {"gewijzigd": [], "bestaat breedte@b1": False}),
    (["voeg_toe", "bed", "b1", "k9", 1], {"gewijzigd": [], "waarde alle_bedden": 0}),
    (
        ["voeg_toe", "kamer", "k9", None, 0],
        {"waarde nr@k9": 1, "waarde nr@k1": 2, "waarde breedte@b1": 90, "waarde bedden@k9": 1, "waarde alle_bedden": 1},
    ),
    (["voeg_toe", "kamer", "k9", None, 9], {"waarde nr@k9": 3, "waarde nr@k1": 1}),
    (["verwijder", "k9"], {"bestaat breedte@b1": False, "waarde alle_bedden": 0, "waarde totaal": 3}),
    (["voeg_toe", "kamer", "k9", None, 9], {"waarde breedte@b1": 90, "waarde alle_bedden": 1, "waarde totaal": None}),
    (["verwijder", "k9"], {"waarde totaal": 3}),
    (
        ["verwijder", "k1"],
        {
            "waarde nr@k2": 1,
            "waarde totaal": 1,
            "voorstellen": [
                {
                    "gevolg": "overbewoning",
                    "grondslag": "art. 22.16",
                    "vragen": ["krap@k2"],
                    "ontbreekt": [
                        {"vraag": "krap@k2", "bewijs": "foto"},
                        {"vraag": "krap@k2", "bewijs": "toelichting"},
                    ],
                }
            ],
        },
    ),
    (["verwijder", "k1"], {"gewijzigd": []}),
]

KEUZES = """
| survey | | | | | | |
| | type | name | label | choice_filter | calculation | default |
| | select_one provincie | prov | Provincie | | | |
| | select_one gemeente | gem | Gemeente | prov = ${prov} | | |
| | select_multiple gemeente | meer | Meer | prov = ${prov} and name != ${gem} | | |
| | date | dag | Dag | | | today() |
| | text | vast | Vast | | | gewoon 1 - 2 |
| | calculate | eerst | | | once(now()) | |
| | calculate | naam | | | jr:choice-name(${gem}, '${gem}') | |
| | range | cijfer | Cijfer | | | |
| | acknowledge | akkoord | Akkoord | | | |
| | integer | hoeveel | Hoeveel | | | |
"""
KEUZES_STAPPEN = [
    (
        ["zet", "prov", None, "fl"],
        {
            "keuzes gem": ["mw", "hd"],
            "gewijzigd": ["gem", "meer", "prov"],
            "waarde dag": "2026-11-21",
            "waarde vast": "gewoon 1 - 2",
            "te_bewaren": [
                {"vraag": "dag", "herhaling_id": None, "waarde": "2026-11-21"},
                {"vraag": "vast", "herhaling_id": None, "waarde": "gewoon 1 - 2"},
                {"vraag": "eerst", "herhaling_id": None, "waarde": "2026-11-21T18:05:00+01:00"},
            ],
        },
    ),
    (["zet", "gem", None, "mw"], {"waarde naam": "Markerwaard", "keuzes meer": ["hd"], "melding gem": None}),
    (
        ["zet", "meer", None, ["hd", "mw"]],
        {"melding meer": "Dit antwoord past niet meer bij de andere antwoorden. Kies opnieuw."},
    ),
    (
        ["zet", "prov", None, "nh"],
        {"melding gem": "Dit antwoord past niet meer bij de andere antwoorden. Kies opnieuw.", "keuzes gem": ["am"]},
    ),
    (
        ["zet", "dag", None, None],
        {
            "waarde dag": None,
            "te_bewaren": [
                {"vraag": "vast", "herhaling_id": None, "waarde": "gewoon 1 - 2"},
                {"vraag": "eerst", "herhaling_id": None, "waarde": "2026-11-21T18:05:00+01:00"},
            ],
        },
    ),
    (["zet", "eerst", None, "2026-01-01T00:00:00+01:00"], {"waarde eerst": "2026-01-01T00:00:00+01:00"}),
    (["zet", "cijfer", None, 11], {"melding cijfer": "Kies een getal van 1 tot en met 10, in stappen van 1."}),
    (["zet", "cijfer", None, 10], {"melding cijfer": None}),
    (["zet", "akkoord", None, True], {"waarde akkoord": "OK"}),
    (["zet", "akkoord", None, False], {"waarde akkoord": None}),
    (["zet", "dag", None, "2026-02-30"], {"melding dag": "Vul een bestaande datum in, zoals 2026-11-21."}),
    (["zet", "hoeveel", None, "12"], {"waarde hoeveel": 12}),
    (["zet", "hoeveel", None, 1.5], {"melding hoeveel": "Vul een heel getal in, zonder komma.", "waarde hoeveel": 1.5}),
]

SIGNALEN = """
| survey |                |           |           |                 |            |           |
|        | type           | name      | label     | gevolg          | gevolg_als | grondslag | bewijs |
|        | select_one jno | schuld    | Schuld?   | signaal_mh nla  |            | Sr 273f   |        |
|        | select_one jno | login     | Eigen login? | signaal_mh   | . = 'nee'  | Sr 273f   |        |
|        | select_one jno | id_weg    | ID weg?   | signaal_mh_hard |            | Vw 50     | toelichting |
|        | begin repeat   | persoon   | Persoon   |                 |            |           |        |
|        | select_one jno | angst     | Angst?    | signaal_mh      |            | Sr 273f   | foto   |
|        | end repeat     |           |           |                 |            |           |        |
|        | integer        | lang      | Langer    | bibob           |            |           |        |
"""
_NLA = {"gevolg": "nla", "grondslag": "Sr 273f", "vragen": ["schuld"], "ontbreekt": []}
SIGNALEN_STAPPEN = [
    (["zet", "schuld", None, "ja"], {"voorstellen": [_NLA], "gevolgen schuld": ["signaal_mh", "nla"]}),
    (["zet", "schuld", None, "onbekend"], {"voorstellen": []}),
    (["voeg_toe", "persoon", "p1", None, 1], {"voorstellen": []}),
    (["voeg_toe", "persoon", "p2", None, 2], {"voorstellen": []}),
    (["zet", "angst", "p1", "ja"], {"voorstellen": []}),
    (["zet", "angst", "p2", "ja"], {"voorstellen": []}),
    (
        ["zet", "login", None, "nee"],
        {
            "voorstellen": [
                {
                    "gevolg": "signaal_mh",
                    "grondslag": "Sr 273f",
                    "vragen": ["login", "angst@p1", "angst@p2"],
                    "ontbreekt": [{"vraag": "angst@p1", "bewijs": "foto"}, {"vraag": "angst@p2", "bewijs": "foto"}],
                    "hard": False,
                    "indicatoren": 2,
                }
            ]
        },
    ),
    (
        ["zet", "login", None, "ja"],
        {
            "voorstellen": [],
            "aanwijzingen": [
                {
                    "vraag": f"angst@p{nr}",
                    "grondslag": "Sr 273f",
                    "hard": False,
                    "ontbreekt": [{"vraag": f"angst@p{nr}", "bewijs": "foto"}],
                }
                for nr in (1, 2)
            ],
        },
    ),
    (["verwijder", "p2"], {"voorstellen": []}),
    (["verwijder", "p1"], {"voorstellen": [], "aanwijzingen": []}),
    (
        ["zet", "id_weg", None, "ja"],
        {
            "voorstellen": [
                {
                    "gevolg": "signaal_mh",
                    "grondslag": "Vw 50",
                    "vragen": ["id_weg"],
                    "ontbreekt": [{"vraag": "id_weg", "bewijs": "toelichting"}],
                    "hard": True,
                    "indicatoren": 1,
                }
            ]
        },
    ),
    (["zet", "id_weg", None, "nee"], {"voorstellen": []}),
    (["zet", "lang", None, 0], {"voorstellen": []}),
    (
        ["zet", "lang", None, 3],
        {"voorstellen": [{"gevolg": "bibob", "grondslag": "", "vragen": ["lang"], "ontbreekt": []}]},
    ),
]

ARTIKELEN = """
| survey |                |        |        |                                |            |                     |
|        | type           | name   | label  | gevolg                         | gevolg_als | grondslag           |
|        | select_one jno | plek   | Plek?  | omgevingsplan signaal_mh bbl   |            | Ow 5.1; Sr 273f; Bbl 6.4 |
|        | select_one jno | slot   | Slot?  | signaal_mh signaal_mh_hard bbl |            | Sr 273f; Bbl 6.21   |
|        | select_one jno | los    | Los?   | apv bibob nla                  |            | APV 3:4; Bibob 7    |
"""
ARTIKELEN_STAPPEN = [
    (
        ["zet", "plek", None, "ja"],
        {
            "voorstellen": [
                {"gevolg": "omgevingsplan", "grondslag": "Ow 5.1", "vragen": ["plek"], "ontbreekt": []},
                {"gevolg": "bbl", "grondslag": "Bbl 6.4", "vragen": ["plek"], "ontbreekt": []},
            ]
        },
    ),
    (["zet", "plek", None, "nee"], {"voorstellen": []}),
    (
        ["zet", "slot", None, "ja"],
        {
            "voorstellen": [
                {"gevolg": "bbl", "grondslag": "Bbl 6.21", "vragen": ["slot"], "ontbreekt": []},
                {
                    "gevolg": "signaal_mh",
                    "grondslag": "Sr 273f",
                    "vragen": ["slot"],
                    "ontbreekt": [],
                    "hard": True,
                    "indicatoren": 1,
                },
            ]
        },
    ),
    (["zet", "slot", None, "nee"], {"voorstellen": []}),
    (
        ["zet", "los", None, "ja"],
        {
            "voorstellen": [
                {"gevolg": code, "grondslag": "APV 3:4; Bibob 7", "vragen": ["los"], "ontbreekt": []}
                for code in ("apv", "bibob", "nla")
            ]
        },
    ),
]

GEVALLEN = [
    ("an article per consequence, in their order", ARTIKELEN + JNO, ARTIKELEN_STAPPEN),
    ("relevance of groups inherits and irrelevant answers are kept", RELEVANTIE + JNO, RELEVANTIE_STAPPEN),
    ("rooms: places, sums, order of arrival, removal and return", KAMERS + JNO, KAMERS_STAPPEN),
    ("choices, defaults, once, types", KEUZES + JNO, KEUZES_STAPPEN),
    ("signals need two indicators or a hard one", SIGNALEN + JNO, SIGNALEN_STAPPEN),
]
