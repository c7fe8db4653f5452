"""Which login of a colleague ends, and why."""

from collections.abc import Sequence

from wtforms import RadioField, SelectField, SubmitField
from wtforms.validators import DataRequired

from inspecties.gebruikers.models import Sessie
from inspecties.gebruikers.rules.afmelden import ALLE, REDENEN
from inspecties.gebruikers.rules.apparaat import apparaatnaam
from inspecties.gebruikers.sessies import kenmerk_van
from inspecties.web.formulieren import Formulier, keuzes
from inspecties.web.poort import sleutelbos
from inspecties.web.sjablonen import moment


class AfmeldForm(Formulier):
    """One login or all, with the reason."""

    # One that ended in the meantime is no mistake of who chose it.
    sessie = RadioField(
        "Welke aanmelding wilt u beëindigen?",
        validators=[DataRequired("Kies een aanmelding.")],
        choices=[],
        validate_choice=False,
    )
    reden = SelectField(
        "Waarom?",
        choices=keuzes(REDENEN.items(), "Kies een reden"),
        validators=[DataRequired("Kies waarom u deze gebruiker afmeldt.")],
        description="De reden komt in het logboek.",
    )
    verstuur = SubmitField("Afmelden")


def maak_afmeldform(rijen: Sequence[Sessie], *, leeg: bool) -> AfmeldForm:
    """The form over these logins; ``leeg``: to be filled in, and not what was sent."""
    form = AfmeldForm(formdata=None) if leeg else AfmeldForm()
    bos = sleutelbos()
    form.sessie.choices = [
        (
            kenmerk_van(bos, rij),
            f"{apparaatnaam(rij.apparaat)}, sinds {moment(rij.begonnen_op)}, laatst gebruikt {moment(rij.gezien_op)}",
        )
        for rij in rijen
    ]
    if len(rijen) > 1:
        form.sessie.choices.append((ALLE, "Overal"))
    return form
