"""Forms of user management."""

from typing import Any

from wtforms import SelectField, StringField, SubmitField
from wtforms.validators import DataRequired, Length

from inspecties.core.rechten import MENSEN, ROLNAMEN
from inspecties.gebruikers.beheer_queries import STANDEN
from inspecties.web.formulieren import Formulier, keuzes

ROLKEUZES: list[tuple[str, str]] = [(rol.value, naam) for rol, naam in ROLNAMEN.items() if rol in MENSEN]


class LidForm(Formulier):
    """Name, role and, for a partner, the organisation."""

    naam = StringField(
        "Naam",
        validators=[DataRequired("Vul de naam in."), Length(max=120, message="Houd de naam korter dan 120 tekens.")],
        render_kw={"autocomplete": "off"},
    )
    rol = SelectField(
        "Rol",
        choices=keuzes(ROLKEUZES, "Kies een rol"),
        validators=[DataRequired("Kies een rol.")],
        description="De rol bepaalt wat iemand ziet en mag. Bij Hulp staat per rol wat dat is.",
    )
    organisatie = SelectField(
        "Organisatie", default="", description="Alleen voor een partner: de organisatie waar deze persoon werkt."
    )
    verstuur = SubmitField("Opslaan")

    def zet_organisaties(self, organisaties: list[Any]) -> None:
        """Fill the choice; the value is the public id."""
        self.organisatie.choices = keuzes(((str(o.uid), o.naam) for o in organisaties), "Geen")


class NieuwForm(LidForm):
    """The same with the address to log in with."""

    email = StringField(
        "E-mailadres",
        validators=[DataRequired("Vul het e-mailadres in."), Length(max=254, message="Dit e-mailadres is te lang.")],
        description="Hiermee meldt de gebruiker zich aan.",
        render_kw={"autocomplete": "off", "type": "email", "inputmode": "email"},
    )


class Filterform(Formulier):
    """The filter above the list; a GET form, so without a token."""

    class Meta(Formulier.Meta):
        csrf = False

    zoek = StringField("Naam of e-mailadres")
    rol = SelectField("Rol", choices=keuzes(ROLKEUZES, "Alle rollen"))
    stand = SelectField("Stand", choices=keuzes(STANDEN.items(), "Alle"))
