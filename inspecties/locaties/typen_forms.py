"""Form of a kind of location."""

from wtforms import BooleanField, HiddenField, IntegerField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from inspecties.locaties.models import Locatietype
from inspecties.locaties.rules.typen import (
    INSTRUMENTEN,
    MAX_INTERVAL_DAGEN,
    MAX_NAAM,
    MAX_VOLGORDE,
    TypeGegevens,
)
from inspecties.locaties.typen import stand_van
from inspecties.web.formulieren import Formulier, Vinkjes, keuzes

_DAGEN = f"Vul een aantal dagen in van 1 tot en met {MAX_INTERVAL_DAGEN}."
_VOLGORDE = f"Vul een getal in van 0 tot en met {MAX_VOLGORDE}."


class TypeForm(Formulier):
    naam = StringField(
        "Naam",
        validators=[DataRequired("Geef het type een naam."), Length(max=MAX_NAAM)],
        render_kw={"maxlength": MAX_NAAM},
    )
    checklist = SelectField("Checklist", validators=[DataRequired("Kies een checklist die gepubliceerd is.")])
    interval_dagen = IntegerField(
        "Dagen tussen twee bezoeken",
        validators=[InputRequired(_DAGEN), NumberRange(1, MAX_INTERVAL_DAGEN, message=_DAGEN)],
        description="Hoe vaak een bezoek normaal is. Een jaar is 365 dagen.",
    )
    instrumenten = Vinkjes("Instrumenten", choices=keuzes(INSTRUMENTEN.items()))
    volgorde = IntegerField(
        "Plaats in de lijst",
        validators=[InputRequired(_VOLGORDE), NumberRange(0, MAX_VOLGORDE, message=_VOLGORDE)],
        description="Een lager getal staat hoger in de lijst.",
    )
    uit_gebruik = BooleanField(
        "Niet meer in gebruik",
        description="Niemand kan het type dan nog kiezen. Locaties die het hebben, houden het.",
    )
    gezien = HiddenField()

    def gegevens(self) -> TypeGegevens:
        """What was filled in, after ``validate``."""
        return TypeGegevens(
            naam=self.naam.data or "",
            checklist_code=self.checklist.data or "",
            interval_dagen=self.interval_dagen.data or 0,
            volgorde=self.volgorde.data or 0,
            instrumenten=tuple(self.instrumenten.data or ()),
            uit_gebruik=bool(self.uit_gebruik.data),
        )


def van_type(soort: Locatietype) -> dict[str, object]:
    """What the form shows of an existing kind."""
    return {
        "naam": soort.naam,
        "checklist": soort.checklist_code,
        "interval_dagen": soort.interval_dagen,
        "instrumenten": list(soort.instrumenten),
        "volgorde": soort.volgorde,
        "uit_gebruik": soort.uit_gebruik_op is not None,
        "gezien": stand_van(soort),
    }


class WegForm(Formulier):
    """Only the token: removing asks nothing else."""
