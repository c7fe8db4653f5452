"""The form of a legal hold."""

from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from inspecties.web.formulieren import Formulier


class Slotform(Formulier):
    reden = TextAreaField(
        "Waarom?",
        description="Noem de procedure of de vraag. Noem geen namen van personen.",
        validators=[InputRequired("Schrijf op waarom. Noem daarbij geen namen."), Length(max=500)],
        render_kw={"rows": 3},
    )
