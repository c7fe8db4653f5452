"""Forms of choosing stops: a typed address, and a draw by lot."""

from wtforms import HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional

from inspecties.acties.forms import MetVersie
from inspecties.acties.operations_stops import STOPS_HOOGSTENS
from inspecties.acties.rules.trekking import PROCENT_HOOGSTENS
from inspecties.web.formulieren import Vinkjes


class AdresForm(MetVersie):
    """An address to go to; the hidden fields are filled by the search, as on the form of a location."""

    adreszoek = StringField(
        "Adres",
        validators=[Optional(), Length(max=100, message="Houd dit onder de 100 tekens.")],
        description="Typ straat en huisnummer, of postcode en huisnummer.",
        render_kw={"maxlength": 100},
    )
    adreskeuze = RadioField("Welk adres bedoelt u?", choices=[], validate_choice=False, validators=[Optional()])
    adres = HiddenField()
    straat = HiddenField()
    huisnummer = HiddenField()
    postcode = HiddenField()
    plaats = HiddenField()
    x = HiddenField()
    y = HiddenField()
    type = SelectField(
        "Soort plek",
        validators=[Optional()],
        description="Nodig als op dit adres nog geen locatie staat; die wordt dan gemaakt.",
    )


class TrekkingForm(MetVersie):
    """Who can be drawn, and how many."""

    typen = Vinkjes("Soorten plekken", validators=[Optional()], description="Niets aangevinkt: alle soorten.")
    niet_bezocht_maanden = IntegerField(
        "Niet bezocht sinds (maanden)",
        validators=[Optional(), NumberRange(1, 120, message="Vul een getal in van 1 tot 120.")],
        description="Leeg: maakt niet uit.",
    )
    gebied = SelectField("Gebied", validators=[Optional()])
    procent = IntegerField(
        "Aandeel van alle stops in procenten",
        validators=[
            Optional(),
            NumberRange(1, PROCENT_HOOGSTENS, message=f"Vul een getal in van 1 tot {PROCENT_HOOGSTENS}."),
        ],
        description="Er worden er zo veel getrokken dat dit deel van alle stops door het lot is gekozen.",
    )
    aantal = IntegerField(
        "Of: aantal te trekken stops",
        validators=[
            Optional(),
            NumberRange(1, STOPS_HOOGSTENS, message=f"Vul een getal in van 1 tot {STOPS_HOOGSTENS}."),
        ],
        description="Vult u dit in, dan telt het aandeel niet.",
    )


class RedenForm(MetVersie):
    """Why something goes."""

    reden = TextAreaField("Reden", validators=[Optional(), Length(max=2000, message="Gebruik hoogstens 2000 tekens.")])
