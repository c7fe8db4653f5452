"""Forms of briefing, embargo and readiness."""

from typing import Any

from wtforms import DateField, SelectField, StringField, TextAreaField, TimeField
from wtforms.validators import Length, Optional

from inspecties.acties.forms import MetVersie
from inspecties.web.formulieren import Formulier

_LANG = Length(max=4000, message="Gebruik hoogstens 4000 tekens.")


def _kort(naam: str, hoogstens: int, uitleg: str = "") -> StringField:
    grens = Length(max=hoogstens, message=f"Gebruik hoogstens {hoogstens} tekens.")
    return StringField(naam, validators=[Optional(), grens], description=uitleg)


class GegevensForm(MetVersie):
    """What the planner adds to the briefing; per team there are fields besides these (``met_ploegen``)."""

    verzamelplek = _kort("Waar verzamelt u", 200)
    verzamel_tijd = TimeField("Hoe laat", validators=[Optional()], description="Op de dag dat de dienst begint.")
    leiding_naam = _kort("Wie leidt de actie", 120)
    leiding_telefoon = _kort("Telefoonnummer van de leiding", 20)
    veiligheid = TextAreaField(
        "Veiligheid",
        validators=[Optional(), _LANG],
        description="Voor iedereen, ook voor partners. Geen namen van bewoners en niets uit signalen.",
    )
    bijzonderheden = TextAreaField(
        "Bijzonderheden",
        validators=[Optional(), _LANG],
        description="Alleen voor de eigen mensen van de gemeente.",
    )


def met_ploegen(namen: list[str]) -> type[GegevensForm]:
    """The form with a leader and a telephone number for each of these teams."""
    velden: dict[str, Any] = {}
    for plaats, naam in enumerate(namen):
        velden[f"leider_{plaats}"] = SelectField(f"Wie leidt {naam}")
        velden[f"telefoon_{plaats}"] = _kort(f"Telefoonnummer van {naam}", 20)
    return type("PloegenForm", (GegevensForm,), velden)


class EmbargoForm(MetVersie):
    """Until when."""

    dag = DateField("Dag", validators=[Optional()])
    tijd = TimeField("Tijd", validators=[Optional()])


class OverslaanForm(Formulier):
    """Why a point is passed over."""

    reden = TextAreaField("Waarom mag dit zo", validators=[Optional(), Length(max=2000)])
