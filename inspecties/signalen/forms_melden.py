"""Forms of taking in a signal, and of what belongs to it."""

from wtforms import BooleanField, DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from inspecties.signalen.rules.betrokkenen import BETROKKENROLLEN, DOELEN_BETROKKENEN, DOELEN_MELDER
from inspecties.signalen.rules.indeling import BRONNEN, CONTROLE, URGENTIES, VORMEN
from inspecties.signalen.rules.indicatoren import INDICATOREN
from inspecties.web.formulieren import Formulier, Vinkjes, keuzes


def _hooguit(tekens: int) -> Length:
    return Length(max=tekens, message=f"Houd het korter dan {tekens} tekens.")


class Meldform(Formulier):
    """What was seen, where, and how urgent; and apart from it who reports and who it is about."""

    urgentie = RadioField(
        "Hoe dringend is het?",
        choices=keuzes(URGENTIES.items()),
        default="normaal",
        validators=[InputRequired("Kies hoe dringend het is.")],
    )
    tekst = TextAreaField(
        "Wat is er gezien of gehoord?",
        validators=[DataRequired("Schrijf op wat iemand zag of hoorde."), _hooguit(8000)],
        description="Ook een onderbuikgevoel telt. Zet namen en nummers van personen bij Betrokkenen.",
        render_kw={"rows": 6},
    )
    waar = StringField(
        "Waar?",
        validators=[_hooguit(200)],
        description="Een adres of een omschrijving, zoals: het tweede huis na de brug.",
        render_kw={"autocomplete": "off"},
    )
    zoek = StringField(
        "Bekende locatie zoeken",
        validators=[_hooguit(100)],
        description="Staat de plek al op de kaart? Zoek op straat, postcode of naam.",
        render_kw={"autocomplete": "off"},
    )
    locatie = RadioField("Gevonden locaties", default="", validate_choice=False)
    datum = DateField(
        "Wanneer?",
        validators=[InputRequired("Vul de dag in waarop iemand dit zag of hoorde.")],
        description="De dag waarop iemand het zag of hoorde.",
    )
    vorm = SelectField("Waar lijkt het op?", choices=keuzes(VORMEN.items()), default="onbekend")
    indicatoren = Vinkjes("Wat viel op?", choices=keuzes(INDICATOREN.items()))
    betrokkenen = TextAreaField(
        "Betrokkenen",
        validators=[_hooguit(4000)],
        description="Namen, nummers en kentekens van betrokken personen. Alleen de aandachtsfunctionaris leest dit. "
        "Zet hier nooit een burgerservicenummer.",
        render_kw={"rows": 3, "autocomplete": "off"},
    )
    bron = SelectField(
        "Van wie komt het?",
        choices=keuzes((code, naam) for code, naam in BRONNEN.items() if code != CONTROLE),
        default="medewerker",
    )
    melder_naam = StringField("Naam van die persoon", validators=[_hooguit(160)], render_kw={"autocomplete": "off"})
    melder_contact = StringField(
        "Hoe is die persoon te bereiken?", validators=[_hooguit(160)], render_kw={"autocomplete": "off"}
    )
    melder_hoedanigheid = StringField(
        "In welke rol zag die persoon het?",
        validators=[_hooguit(160)],
        description="Zoals: buurvrouw, schoonmaker, monteur.",
        render_kw={"autocomplete": "off"},
    )
    bewaar_naam = BooleanField(
        "Bewaar mijn naam voor terugkoppeling",
        default=True,
        description="Uw naam staat versleuteld en los van het signaal. Alleen de aandachtsfunctionaris kan hem lezen; "
        "elke keer dat dat gebeurt, wordt vastgelegd met de reden.",
    )
    terugkoppeling = BooleanField("Ik wil horen wat ermee gebeurt", default=False)


class Melderdoelform(Formulier):
    """Why somebody asks to read who reported."""

    doel = RadioField(
        "Waarvoor leest u dit?",
        choices=keuzes(DOELEN_MELDER.items()),
        validators=[InputRequired("Kies waarvoor u dit leest. Dat komt in het auditlogboek.")],
    )


class Betrokkenendoelform(Formulier):
    """Why somebody asks to read who the signal is about."""

    doel = RadioField(
        "Waarvoor leest u dit?",
        choices=keuzes(DOELEN_BETROKKENEN.items()),
        validators=[InputRequired("Kies waarvoor u dit leest. Dat komt in het auditlogboek.")],
    )


class Betrokkeneform(Formulier):
    """Somebody the signal is about."""

    rol = SelectField("Wie is dit?", choices=keuzes(BETROKKENROLLEN.items()), default="onbekend")
    naam = StringField("Naam", validators=[_hooguit(160)], render_kw={"autocomplete": "off"})
    contact = StringField("Te bereiken op", validators=[_hooguit(160)], render_kw={"autocomplete": "off"})
    bijzonderheden = TextAreaField("Wat nodig is om te helpen", validators=[_hooguit(4000)], render_kw={"rows": 3})


class Herzienform(Formulier):
    """What a review decides."""

    reden = TextAreaField(
        "Waarom?",
        validators=[_hooguit(500)],
        description="Nodig als u langer bewaart of de vernietiging stopzet. Noem geen namen.",
        render_kw={"rows": 3},
    )
    bewaren_tot = DateField(
        "Bewaren tot",
        validators=[Optional()],
        description="Op die dag komt het signaal hier terug. Hoogstens een jaar vooruit.",
    )
