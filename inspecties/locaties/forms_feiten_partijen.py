"""Forms of parties and their roles."""

from wtforms import DateField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from inspecties.locaties.forms_feiten import RedenForm
from inspecties.locaties.rules.partijen import (
    BEWAAR_JAREN,
    DOELEN,
    PARTIJROLLEN,
    PARTIJSOORTEN,
    PartijGegevens,
    RolGegevens,
)
from inspecties.web.formulieren import Formulier, keuzes

NIEUW = "nieuw"


class ZoekForm(Formulier):
    """Sent as a POST: the name of a person does not belong in an address."""

    zoek = StringField(
        "Naam of KvK-nummer",
        validators=[DataRequired("Vul een naam of een KvK-nummer in."), Length(max=100)],
        render_kw={"type": "search", "maxlength": 100},
    )


class PartijForm(Formulier):
    soort = SelectField("Soort", choices=keuzes(PARTIJSOORTEN.items()), default="organisatie")
    naam = StringField("Naam", validators=[Optional(), Length(max=160)])
    kvk = StringField("KvK-nummer", validators=[Optional(), Length(max=20)], description="8 cijfers, zoals 12345678.")
    doel = SelectField(
        "Waarom moet deze persoon hier staan?",
        choices=keuzes(DOELEN.items(), "Kies een doel"),
        description="Alleen bij een persoon. Een persoon zonder doel leggen we niet vast.",
        validators=[Optional()],
        validate_choice=False,
    )
    bewaren_tot = DateField(
        "Bewaren tot en met",
        validators=[Optional()],
        description=f"Alleen bij een persoon. Leeg: {BEWAAR_JAREN} jaar vanaf vandaag.",
    )

    def gegevens(self) -> PartijGegevens:
        """What was filled in about the party."""
        return PartijGegevens(
            self.soort.data, self.naam.data or "", self.kvk.data or "", self.doel.data or "", self.bewaren_tot.data
        )


class RolForm(Formulier):
    rol = SelectField("Rol", choices=keuzes(PARTIJROLLEN.items(), "Kies een rol"))
    van = DateField("Vanaf", validators=[Optional()], description="Leeg: niet bekend.")
    tot = DateField("Tot en met", validators=[Optional()], description="Leeg: loopt nog.")
    bron = StringField(
        "Bron van de rol",
        validators=[DataRequired("Schrijf waar u dit van weet."), Length(max=160)],
        description="Bijvoorbeeld Kadaster, Handelsregister of huurcontract.",
    )

    def rolgegevens(self) -> RolGegevens:
        """What was filled in about the role."""
        return RolGegevens(self.rol.data, self.van.data, self.tot.data, self.bron.data or "")


class PartijToevoegForm(PartijForm, RolForm):
    """An existing party or a new one, with its role here."""

    partij = RadioField("Welke partij?", default=NIEUW, validators=[Optional()], validate_choice=False)
    gezocht = HiddenField()


class PartijWijzigForm(PartijForm):
    reden = TextAreaField("Waarom verandert dit?", validators=[Optional(), Length(max=1000)])
    gezien_op = HiddenField()


class RolVerbeterForm(RolForm, RedenForm):
    """A mistake in a role, and why it was one."""


class BeeindigForm(Formulier):
    tot = DateField("Laatste dag", validators=[DataRequired("Kies een datum, zoals 21-11-2026.")])
