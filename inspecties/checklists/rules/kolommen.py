"""Which columns a sheet may have, what other tools call them, and the language in a header."""

import re
from dataclasses import dataclass

SURVEY = {
    "type",
    "name",
    "label",
    "hint",
    "required",
    "required_message",
    "relevant",
    "constraint",
    "constraint_message",
    "calculation",
    "choice_filter",
    "default",
    "appearance",
    "repeat_count",
    "read_only",
    "parameters",
    "gevolg",
    "gevolg_als",
    "grondslag",
    "bewijs",
    "rol",
    "avg",
}
# Kept in the source and in every export, never interpreted.
OPMERKING = {"opmerking", "opmerkingen"}
VERTAALBAAR = {"label", "hint", "required_message", "constraint_message"}
UITDRUKKINGEN = {
    "required": "verplicht",
    "relevant": "relevant",
    "constraint": "beperking",
    "calculation": "berekening",
    "choice_filter": "keuzefilter",
    "repeat_count": "aantal",
    "gevolg_als": "gevolg_als",
}
_ALIAS = {
    "relevance": "relevant",
    "bind::relevant": "relevant",
    "bind:relevant": "relevant",
    "bind::required": "required",
    "bind:required": "required",
    "bind::constraint": "constraint",
    "bind:constraint": "constraint",
    "bind::calculate": "calculation",
    "bind:calculate": "calculation",
    "bind::readonly": "read_only",
    "bind:readonly": "read_only",
    "bind::jr:constraintmsg": "constraint_message",
    "bind:jr:constraintmsg": "constraint_message",
    "bind::jr:requiredmsg": "required_message",
    "control::appearance": "appearance",
    "calculate": "calculation",
    "readonly": "read_only",
    "constraining message": "constraint_message",
    "constraining_message": "constraint_message",
    "requiredmsg": "required_message",
    "caption": "label",
    "command": "type",
    "tag": "name",
    "count": "repeat_count",
    "jr:count": "repeat_count",
}
_ALIAS_CHOICES = {"list name": "list_name", "list_name": "list_name", "value": "name", "caption": "label"}
_ALIAS_SETTINGS = {
    "form_title": "form_title",
    "set_form_title": "form_title",
    "title": "form_title",
    "form_id": "form_id",
    "set_form_id": "form_id",
    "id_string": "form_id",
    "version": "version",
    "default_language": "default_language",
}
_NIET_ALS_KEUZEKOLOM = ("media", "image", "audio", "video", "big-image")
_TALEN = {
    "nederlands": "nl",
    "dutch": "nl",
    "english": "en",
    "engels": "en",
    "polski": "pl",
    "pools": "pl",
    "romana": "ro",
    "balgarski": "bg",
    "espanol": "es",
    "español": "es",
    "francais": "fr",
    "français": "fr",
    "french": "fr",
    "deutsch": "de",
}
_TAAL = re.compile(r"(.*?)\s*\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\)")
STANDAARDTAAL = "nl"


@dataclass(frozen=True, slots=True)
class Kolom:
    """A header understood: what it means (None: not supported), its language ('' is the form's own), as written."""

    betekenis: str | None
    taal: str
    kop: str


def taalcode(tekst: str) -> str:
    """``English (en)`` and ``English`` are both ``en``; an unknown name is its own code."""
    treffer = _TAAL.fullmatch(tekst.strip())
    if treffer:
        return treffer.group(2).lower()
    return _TALEN.get(tekst.strip().lower(), re.sub(r"\W+", "-", tekst.strip().lower()).strip("-"))


def _splits(kop: str) -> tuple[str, str]:
    """Name and language of ``label::English (en)``, also with one colon, as older forms write it."""
    laag = kop.lower().strip()
    for vertaalbaar in VERTAALBAAR | {"form_title", "caption"}:
        for teken in ("::", ":"):
            if laag.startswith(vertaalbaar + teken):
                return vertaalbaar, taalcode(kop.strip()[len(vertaalbaar) + len(teken) :])
    return laag, ""


def survey_kolom(kop: str) -> Kolom:
    """A header of the sheet survey."""
    naam, taal = _splits(kop)
    naam = _ALIAS.get(naam, _ALIAS.get(naam.replace(" ", "_"), naam)).replace(" ", "_")
    return Kolom(naam if naam in SURVEY or naam in OPMERKING else None, taal, kop)


def choices_kolom(kop: str) -> Kolom:
    """A header of the sheet choices: besides the known ones any column may be added for choice_filter."""
    naam, taal = _splits(kop)
    naam = _ALIAS_CHOICES.get(naam, naam)
    if naam in {"list_name", "name", "label"}:
        return Kolom(naam, taal, kop)
    geweigerd = taal or naam.split(":")[0] in _NIET_ALS_KEUZEKOLOM or ":" in naam
    return Kolom(None if geweigerd else kop.strip(), "", kop)


def settings_kolom(kop: str) -> Kolom:
    """A header of the sheet settings."""
    naam, taal = _splits(kop)
    naam = _ALIAS_SETTINGS.get(naam.replace(" ", "_"), "")
    return Kolom(naam or None, taal, kop)
