"""The base of our forms: Dutch messages of WTForms' own checks, and text that every database can store."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.meta import DefaultMeta
from wtforms.widgets import CheckboxInput, ListWidget

from inspecties.core.zoeken import is_op_te_slaan


def verzonden() -> MultiDict[str, str]:
    """The fields of this request from one place: of a form that was sent those of the form, else those of the address.

    Never both: an address that somebody gives to another adds nothing to the form that is filled in there.
    """
    return request.form if request.method == "POST" else request.args


def keuzes(paren: Iterable[tuple[str, str]], leeg: str | None = None) -> list[Any]:
    """Choices of a select from (value, name); ``leeg`` is the name of an empty first one."""
    voor = [] if leeg is None else [("", leeg)]
    return [SelectChoice(waarde, naam) for waarde, naam in [*voor, *paren]]


# So many choices are still a sentence.
_NOEMBAAR = 6


def keuzemelding(veld: SelectField) -> str:
    """What would have been right, for who sent something that is not in the list."""
    namen = [str(keuze.label) for keuze in veld.iter_choices() if keuze.value] if veld.choices else []
    uit = "iets uit de lijst"
    if 1 < len(namen) <= _NOEMBAAR:
        uit = f"{', '.join(namen[:-1])} of {namen[-1]}"
    melding = f"Deze keuze is er niet. Kies bij '{veld.label.text}': {uit}."
    # Where several can be chosen WTForms reads it as a pattern.
    return melding.replace("%", "%%") if isinstance(veld, SelectMultipleField) else melding


class Vinkjes(SelectMultipleField):  # type: ignore[misc]  # wtforms ships no types
    """Choose several, as a list of tick boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The name by which the form macros know a list of tick boxes.
        self.type = "SelectMultipleField"


class Formulier(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """A form whose built-in checks speak Dutch."""

    class Meta:
        locales = ("nl",)

        def get_translations(self, form: Any) -> Any:
            """WTForms' own catalogue instead of flask-babel's, which is not in use."""
            return DefaultMeta.get_translations(self, form)

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Besides the fields' own checks: no text that PostgreSQL cannot store."""
        for veld in self:
            if isinstance(veld, SelectField) and veld.invalid_choice_message is None:
                veld.invalid_choice_message = keuzemelding(veld)
        goed = bool(super().validate(extra_validators=extra_validators))
        for veld in self:
            if isinstance(veld, StringField) and not is_op_te_slaan(veld.data):
                veld.errors = [*veld.errors, "Hier staat een teken in dat niet kan. Typ de tekst opnieuw."]
                veld.data = ""
                goed = False
        return goed

    def meld_fout(self, veld: str | None, melding: str) -> None:
        """Show the message of an operation at its field, or above the form where there is no such field."""
        if veld and veld in self:
            self[veld].errors = [*self[veld].errors, melding]
        else:
            self.form_errors.append(melding)
