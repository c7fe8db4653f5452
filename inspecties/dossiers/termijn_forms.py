"""Forms on the terms of a dossier."""

from wtforms import DateField, HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length
from wtforms.widgets import HiddenInput

from inspecties.web.formulieren import Formulier, keuzes

_DUUR = "Een getal met d (dagen), w (weken), m (maanden) of j (jaren), zoals 6w."


class BeginForm(Formulier):
    """Let a term run."""

    code = SelectField("Welke termijn?", validate_choice=False, validators=[DataRequired("Kies een termijn.")])
    start = DateField(
        "Dag van de gebeurtenis",
        validators=[DataRequired("Vul de dag in, als dag-maand-jaar.")],
        description="De dag waarop het gebeurde, bijvoorbeeld de bekendmaking. De termijn begint een dag later.",
    )
    duur = StringField(
        "Hoe lang?", validators=[Length(max=12)], description=f"Alleen als de wet geen lengte noemt. {_DUUR}"
    )
    aanleiding = StringField(
        "Waardoor begint de termijn?", validators=[Length(max=200, message="Houd dit onder de 200 tekens.")]
    )
    eigenaar = SelectField("Wie bewaakt deze termijn?", validate_choice=False)


class _MetVersie(Formulier):
    versie = IntegerField(widget=HiddenInput(), validators=[DataRequired("Ververs de pagina.")])


class DaadForm(_MetVersie):
    """Suspend, resume or extend."""

    soort = HiddenField(validators=[DataRequired("Kies wat er is gebeurd.")])
    op = DateField("Vanaf welke dag?", validators=[DataRequired("Vul de dag in, als dag-maand-jaar.")])
    duur = StringField("Hoeveel langer?", validators=[Length(max=12)], description=_DUUR)
    grond = TextAreaField("Op welke grond?", validators=[Length(max=4000, message="Houd dit onder de 4000 tekens.")])


class OverdraagForm(_MetVersie):
    """Somebody else watches."""

    eigenaar = SelectField("Wie bewaakt deze termijn?", validate_choice=False)


class AfrondForm(_MetVersie):
    """Done, or lapsed with a reason."""

    stand = RadioField(
        "Wat is er gebeurd?",
        choices=keuzes([("gedaan", "Het is gedaan"), ("vervallen", "De termijn vervalt")]),
        default="gedaan",
    )
    reden = TextAreaField(
        "Toelichting",
        description="Nodig als de termijn vervalt.",
        validators=[Length(max=4000, message="Houd dit onder de 4000 tekens.")],
    )


class Termijnfilter(Formulier):
    """Whose terms the list shows (a GET form: no token)."""

    class Meta(Formulier.Meta):
        csrf = False

    van = SelectField("Van wie?", validate_choice=False)


class OverneemForm(Formulier):
    """Take over the terms of a colleague."""

    van = HiddenField()
    reden = StringField("Waarom neemt u ze over?", description="Zoals verlof, ziekte of ander werk.")


class WaarschuwForm(Formulier):
    """At which moments the owner of one kind of term is warned."""

    code = SelectField("Voor welke termijn?", validate_choice=False)
    dagen = StringField(
        "Hoeveel dagen voor het einde?",
        description="Hele dagen met een komma ertussen, zoals 14, 7, 2, 0. Leeg: terug naar de standaard.",
        validators=[Length(max=80, message="Houd dit onder de 80 tekens.")],
    )
    versie = IntegerField(widget=HiddenInput(), default=0)
