"""Forms of the meldroute."""

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import BooleanField, DateField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from inspecties.signalen.meldroute_bron import triagetabel
from inspecties.signalen.rules.meldroute import TERUGKOPPELING, VELDEN, WIJZEN
from inspecties.signalen.rules.triage import ANTWOORDEN, ZORGANTWOORDEN
from inspecties.web.formulieren import Formulier, Vinkjes, keuzes

NOOIT = "Schrijf nooit op wie meldde: de coördinator leest dit mee."


def _lengte(maximum: int) -> Length:
    return Length(max=maximum, message=f"Houd het korter dan {maximum} tekens.")


class Stapform(Formulier):
    """Going to the next step."""

    gezien = HiddenField()
    uitkomst = RadioField("Wat is de uitkomst?", default="", validate_choice=False)
    terugkoppeling = RadioField(
        "Is de melder teruggekoppeld?",
        choices=keuzes(TERUGKOPPELING.items()),
        default="",
        validate_choice=False,
        description="Doe dat op de pagina van de melder. Alleen u ziet dit antwoord.",
    )
    reden = TextAreaField("Waarom?", validators=[_lengte(4000)], render_kw={"rows": 3}, description=NOOIT)
    notitie = TextAreaField(
        "Wat hebt u in deze stap gedaan?", validators=[_lengte(4000)], render_kw={"rows": 3}, description=NOOIT
    )
    eigenaar = SelectField("Wie doet de volgende stap?", validate_choice=False)
    uiterlijk = DateField(
        "Uiterlijk klaar", validators=[Optional()], description="Leeg: de termijn die bij de stap hoort."
    )


class Toewijsform(Formulier):
    """Whose step it is, and until when."""

    eigenaar = SelectField("Wie doet deze stap?", validate_choice=False)
    uiterlijk = DateField("Uiterlijk klaar", validators=[Optional()])
    reden = StringField("Waarom een andere dag?", validators=[_lengte(300)], description=NOOIT)


class Doorzetform(Formulier):
    """What is passed on, to whom and why that is allowed."""

    gezien = HiddenField()
    ontvanger = SelectField("Aan wie?")
    contact = StringField(
        "Bij wie komt het terecht?",
        validators=[_lengte(160)],
        description="Een afdeling, een nummer of een contactpersoon. Bij een andere organisatie: haar naam.",
        render_kw={"autocomplete": "off"},
    )
    wijze = SelectField("Hoe?", choices=keuzes(WIJZEN.items()))
    grondslag = RadioField("Op welke grond?", validators=[InputRequired("Kies op welke grond u dit mag doorgeven.")])
    velden = Vinkjes(
        "Wat geeft u door?",
        choices=keuzes(VELDEN.items()),
        description="Niet meer dan de ontvanger nodig heeft. De melder en de bron gaan nooit mee.",
        validators=[InputRequired("Vink aan wat u doorgeeft. Geef niet meer door dan nodig is.")],
    )
    omschrijving = TextAreaField(
        "Omschrijving",
        validators=[_lengte(8000)],
        render_kw={"rows": 6},
        description="Haal weg wat de ontvanger niet hoeft te weten, en alles waaraan de melder te herkennen is.",
    )
    antwoord_voor = DateField(
        "Antwoord gevraagd voor",
        validators=[Optional()],
        description="Leeg: er komt geen antwoord, en daar wordt ook niet op gewacht.",
    )
    nagekeken = BooleanField("In deze tekst is niet te herkennen wie meldde.")

    def vul_keuzes(self) -> None:
        """The receivers and grounds of the table."""
        tabel = triagetabel()
        self.ontvanger.choices = keuzes(
            (o.code, f"{o.naam} ({o.bereik})" if o.bereik else o.naam) for o in tabel.ontvangers.values()
        )
        self.grondslag.choices = keuzes(
            (g.code, g.tekst if g.status == "bevestigd" else f"{g.tekst} ({g.status})")
            for g in tabel.grondslagen.values()
        )


class Antwoordform(Formulier):
    """What a receiver did with it."""

    antwoord = TextAreaField(
        "Wat antwoordde de ontvanger?",
        validators=[DataRequired("Schrijf op wat de ontvanger antwoordde."), _lengte(4000)],
        render_kw={"rows": 3},
    )
    op = DateField("Op welke dag?", validators=[InputRequired("Vul de dag van het antwoord in.")])
    klasse = SelectField("Hoe is het ingedeeld?", validate_choice=False)


class Zonderantwoordform(Formulier):
    """No answer will come."""

    reden = StringField(
        "Waarom komt er geen antwoord?",
        validators=[DataRequired("Schrijf op waarom er geen antwoord komt."), _lengte(300)],
    )


class Navraagform(Formulier):
    """Asked again."""

    voor = DateField("Nieuwe dag voor het antwoord", validators=[InputRequired("Vul een dag in.")])


class Afwijkform(Formulier):
    """Not following an advice."""

    advies = HiddenField()
    reden = StringField(
        "Waarom wijkt u af?",
        validators=[DataRequired("Schrijf op waarom u van dit advies afwijkt."), _lengte(1000)],
        description=NOOIT,
    )


class Zorgform(Formulier):
    """Help that was offered."""

    wat = StringField(
        "Welke hulp is aangeboden?",
        validators=[DataRequired("Schrijf op welke hulp is aangeboden."), _lengte(200)],
        description="Zoals opvang, een gesprek, een arts of een advocaat. Zonder namen.",
    )
    door_wie = StringField(
        "Welke organisatie bood het aan?",
        validators=[DataRequired("Schrijf op welke organisatie de hulp aanbood."), _lengte(160)],
    )
    aangeboden_op = DateField("Wanneer?", validators=[InputRequired("Vul de dag in.")])
    antwoord = RadioField(
        "Wat was het antwoord?",
        choices=keuzes(ZORGANTWOORDEN.items()),
        validators=[InputRequired("Kies het antwoord.")],
    )


class Bedenktijdform(Formulier):
    """The time to think begins."""

    begon_op = DateField("Ingegaan op", validators=[InputRequired("Vul de dag in waarop de bedenktijd inging.")])
    via = StringField(
        "Via wie?",
        validators=[DataRequired("Schrijf op via wie het liep, zoals: CoMensha en de IND."), _lengte(160)],
        description="Zoals: CoMensha en de IND. Zonder namen van personen.",
    )


class Eindeform(Formulier):
    """The time to think is over."""

    op = DateField("Beëindigd op", validators=[InputRequired("Vul de dag in.")])
    reden = StringField("Waarom?", validators=[DataRequired("Schrijf op waarom."), _lengte(300)])


class Overlegform(Formulier):
    """A new meeting."""

    naam = StringField("Naam", validators=[DataRequired("Geef het overleg een naam."), _lengte(120)])
    datum = DateField("Datum", validators=[InputRequired("Vul de datum in.")])


class Agendaform(Formulier):
    """A signal on an agenda."""

    overleg = SelectField("Welk overleg?", validate_choice=False)
    vraag = StringField(
        "Wat is de vraag aan het overleg?",
        validators=[_lengte(300)],
        description="Dit staat op de agenda die anderen krijgen: geen namen, en niets over de melder.",
    )


class Afspraakform(Formulier):
    """What was agreed."""

    afspraak = TextAreaField(
        "Wat is er afgesproken?",
        validators=[DataRequired("Schrijf op wat er is afgesproken."), _lengte(4000)],
        render_kw={"rows": 3},
    )


class Zoekform(Formulier):
    """What to look for besides the places of the signal. Sent as a POST: a name does not belong in an address."""

    waar = StringField("Adres of plek", validators=[_lengte(100)], render_kw={"autocomplete": "off"})
    wie = StringField(
        "Naam of KvK-nummer",
        validators=[_lengte(100)],
        description="Van een bedrijf of een persoon.",
        render_kw={"autocomplete": "off"},
    )


class Splitsform(Formulier):
    """Which sentences go to a new signal."""

    stukken = Vinkjes("Wat gaat naar het nieuwe signaal?", validate_choice=False)


class Samenform(Formulier):
    """Of which signal this is a double."""

    nummer = StringField(
        "Nummer van het hoofdsignaal",
        validators=[DataRequired("Vul het nummer in, zoals S2026-0012."), _lengte(20)],
        render_kw={"autocomplete": "off"},
    )


class Locatieform(Formulier):
    """Which places a signal is also about."""

    zoek = StringField(
        "Locatie zoeken",
        validators=[_lengte(100)],
        description="Zoek op straat, postcode of naam.",
        render_kw={"autocomplete": "off"},
    )
    locatie = RadioField("Gevonden locaties", default="", validate_choice=False)


class Dossierform(Formulier):
    """To which dossier a signal belongs."""

    dossier = StringField(
        "Nummer van het dossier",
        validators=[DataRequired("Vul het nummer in dat u van de jurist kreeg."), _lengte(20)],
        render_kw={"autocomplete": "off"},
    )


class Stopform(Formulier):
    """In which action the location is visited."""

    actie = SelectField("In welke actie?", validate_choice=False)


def triageform(vragen: Iterable[Any], antwoorden: Any, formdata: Any = None) -> Formulier:
    """One radio field per question, with the answers that stand."""

    class Triageform(Formulier):
        pass

    codes: Sequence[Any] = list(vragen)
    for vraag in codes:
        veld = RadioField(
            vraag.tekst, choices=keuzes(ANTWOORDEN.items()), default="", validate_choice=False, description=vraag.uitleg
        )
        setattr(Triageform, vraag.code, veld)
    if formdata is None:
        return Triageform(formdata=None, data=dict(antwoorden))
    return Triageform(formdata=formdata)
