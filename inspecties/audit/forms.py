"""The filter of the audit log."""

from collections.abc import Iterable

from wtforms import DateField, SelectField, StringField
from wtforms.validators import Length, Optional

from inspecties.audit.zinnen import handeling, objectnaam
from inspecties.web.formulieren import Formulier, keuzes


class Auditfilterform(Formulier):
    """A GET form, so without a token."""

    class Meta(Formulier.Meta):
        csrf = False

    wie = StringField("Wie", validators=[Length(max=100, message="Houd het korter dan 100 tekens.")])
    handeling = SelectField("Handeling", validate_choice=False)
    object_soort = SelectField("Soort", validate_choice=False)
    object_uid = StringField("Kenmerk", validators=[Length(max=64, message="Een kenmerk heeft hoogstens 64 tekens.")])
    van = DateField("Vanaf", validators=[Optional()])
    tot = DateField("Tot en met", validators=[Optional()])

    def zet_woorden(self, handelingen: Iterable[str], soorten: Iterable[str]) -> None:
        """Fill the choices, sorted as they read."""
        self.handeling.choices = keuzes(sorted(((c, handeling(c)) for c in handelingen), key=lambda p: p[1]), "Alle")
        self.object_soort.choices = keuzes(sorted(((c, objectnaam(c)) for c in soorten), key=lambda p: p[1]), "Alle")

    def validate_van(self, _veld: DateField) -> None:
        """A period that ends before it begins shows nothing; say so instead."""
        if self.van.data and self.tot.data and self.van.data > self.tot.data:
            self.van.errors = [*self.van.errors, "'Vanaf' ligt na 'Tot en met'. Draai de twee om."]
