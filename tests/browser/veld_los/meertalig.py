"""A pack with a checklist in more languages, one of them from right to left, and the real forms and care card."""

import json
from pathlib import Path
from typing import Any

from inspecties.checklists.rules.formulier import lees_formulier
from tests.browser.veld_los import voorbeeld

WORTEL = Path(__file__).parents[3]
ZORGKAART: dict[str, Any] = json.loads((WORTEL / "config" / "zorgkaart.json").read_text("utf-8"))

VRAGEN: dict[str, dict[str, str]] = {
    "toestemming": {
        "pl": "Czy możemy wejść?",
        "bg": "Може ли да влезем?",
        "ro": "Putem intra și sta de vorbă?",
        "ar": "هل يمكننا الدخول؟",
    },
    "aantal_bewoners": {"pl": "Ile osób tu mieszka?", "bg": "Колко души живеят тук?"},
    "exploitant": {"pl": "Kto wynajmuje to mieszkanie?"},
    "gebreken": {"pl": "Jakie są usterki?"},
}
HINTS = {"toestemming": {"nl": "Nee zeggen mag.", "pl": "Można odmówić."}, "exploitant": {"nl": "Naam en bedrijf"}}
KEUZES: dict[str, dict[str, str]] = {
    "ja": {"pl": "Tak", "bg": "Да", "ro": "Da", "ar": "نعم"},
    "nee": {"pl": "Nie", "bg": "Не", "ro": "Nu", "ar": "لا"},
    "onbekend": {"pl": "Nie wiem", "bg": "Не знам", "ro": "Nu știu", "ar": "لا أعرف"},
    "vocht": {"pl": "Wilgoć lub pleśń"},
}


def definitie() -> dict[str, Any]:
    """The example with translations for some questions, and none for the others."""
    uit = voorbeeld.definitie()
    uit["talen"] = ["nl", "pl", "bg", "ro", "ar"]
    for deel in uit["kinderen"]:
        for vraag in deel["kinderen"]:
            vraag["label"] |= VRAGEN.get(vraag["naam"], {})
            if vraag["naam"] in HINTS:
                vraag["hint"] = HINTS[vraag["naam"]]
    for lijst in uit["keuzelijsten"].values():
        # A list of its own per definition: the example shares one.
        lijst[:] = [{**keuze, "label": keuze["label"] | KEUZES.get(keuze["naam"], {})} for keuze in lijst]
    return uit


def echt(naam: str) -> dict[str, Any]:
    """A form of the repository, compiled."""
    pad = WORTEL / "config" / "checklists" / f"{naam}.csv"
    return lees_formulier(pad.name, pad.read_bytes()).definitie


def pak() -> dict[str, Any]:
    """Today's pack: the example in more languages and the real form for housing."""
    uit = voorbeeld.pak()
    wonen = echt("huisvesting_arbeidsmigranten")
    uit["definities"] = {voorbeeld.HASH: definitie(), wonen["hash"]: wonen}
    uit["zorgkaart"] = ZORGKAART
    for stop in uit["acties"][0]["stops"]:
        stop["checklists"] = [voorbeeld.HASH, wonen["hash"]]
        stop["context"] = {"norm_m2_pp": 12}
    return uit
