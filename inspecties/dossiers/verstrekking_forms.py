"""Forms on passing something on, and on the answer."""

from wtforms import DateField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import HiddenInput

from inspecties.core.reden import MAX_REDEN
from inspecties.dossiers.rules.verstrekking import MAX_DOEL
from inspecties.signalen.rules.meldroute import WIJZEN
from inspecties.web.formulieren import Formulier, keuzes


class DoorzetForm(Formulier):
    """To whom, why, how and until when; the facts stand in the page. Buttons ``actie``: voorbeeld, doorzetten."""

    ontvanger = HiddenField(validators=[DataRequired("Kies aan wie u doorzet.")])
    grond = HiddenField(validators=[DataRequired("Kies op welke grond u dit mag doorgeven.")])
    organisatie = StringField("Organisatie", validators=[DataRequired("Schrijf op welke organisatie dit krijgt.")])
    functie = StringField(
        "Functie of afdeling",
        description="Geen naam: wie daar werkt kan veranderen.",
        validators=[DataRequired("Schrijf op welke functie of afdeling dit krijgt.")],
    )
    doel = TextAreaField(
        "Waarvoor heeft de ontvanger dit nodig?",
        validators=[
            DataRequired("Schrijf op waarvoor de ontvanger dit nodig heeft."),
            Length(max=MAX_DOEL, message=f"Houd het korter dan {MAX_DOEL} tekens."),
        ],
    )
    wijze = SelectField("Hoe geeft u het door?", choices=keuzes(WIJZEN.items()), default="beveiligde_mail")
    antwoord_voor = DateField(
        "Antwoord verwacht voor",
        validators=[Optional()],
        description="Leeg laten als u geen antwoord verwacht. In een dossier gaat er dan een termijn lopen.",
    )
    gezien = HiddenField()


class AntwoordForm(Formulier):
    """What the recipient answered."""

    versie = IntegerField(widget=HiddenInput(), validators=[DataRequired("Ververs de pagina.")])
    antwoord = TextAreaField(
        "Wat antwoordde de ontvanger?",
        description="Zonder namen van personen als dat kan.",
        validators=[Length(max=MAX_REDEN, message=f"Houd het korter dan {MAX_REDEN} tekens.")],
    )
    op = DateField("Op welke dag?", validators=[DataRequired("Vul de dag in, als dag-maand-jaar.")])


class AfzienForm(Formulier):
    """No answer is expected any more."""

    versie = IntegerField(widget=HiddenInput(), id="afzien-versie", validators=[DataRequired("Ververs de pagina.")])
    reden = TextAreaField(
        "Waarom verwacht u geen antwoord meer?",
        validators=[Length(max=300, message="Houd de reden onder de 300 tekens.")],
    )
