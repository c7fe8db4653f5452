"""Forms of answering an invitation."""

from wtforms import BooleanField, DateField, StringField, TimeField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from inspecties.acties.rules.gegevens import maak_dienst
from inspecties.acties.rules.uitnodiging import OPMERKING_HOOGSTENS, Voorstel
from inspecties.web.formulieren import Formulier


class Voorstelform(Formulier):
    """Another time."""

    dag = DateField("Dag", validators=[DataRequired("Vul een dag in, zoals 4-12-2026.")])
    van = TimeField("Van", validators=[InputRequired("Vul een tijd in, zoals 18:00.")])
    tot = TimeField("Tot", validators=[InputRequired("Vul een tijd in, zoals 23:00.")])
    na_middernacht = BooleanField("Het einde is na middernacht")
    opmerking = StringField(
        "Opmerking",
        validators=[
            Optional(),
            Length(max=OPMERKING_HOOGSTENS, message=f"Gebruik hoogstens {OPMERKING_HOOGSTENS} tekens."),
        ],
        description="Noem geen namen of adressen.",
    )

    def voorstel(self) -> Voorstel:
        """In UTC. Raises OngeldigeInvoer naming the field."""
        begin, eind = maak_dienst(
            self.dag.data, self.van.data, self.tot.data, na_middernacht=bool(self.na_middernacht.data)
        )
        return Voorstel(begin, eind, self.opmerking.data or "")
