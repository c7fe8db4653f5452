"""Forms on the evidence of a dossier."""

from wtforms import DateField, FileField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import HiddenInput

from inspecties.core.reden import MAX_REDEN
from inspecties.dossiers.rules.bewijs import EDEN, MAX_MB, MAX_TEKST, STUKSOORTEN
from inspecties.dossiers.rules.redactie import MAX_TOELICHTING, OORDELEN
from inspecties.web.formulieren import Formulier, Vinkjes, keuzes

_TEKST = Length(max=MAX_TEKST, message=f"Houd het korter dan {MAX_TEKST} tekens.")
_REDEN = Length(max=MAX_REDEN, message=f"Houd het korter dan {MAX_REDEN} tekens.")


class StukForm(Formulier):
    """A report or statement: a file, or typed text."""

    soort = SelectField(
        "Wat voor stuk is het?",
        choices=keuzes(((c, n) for c, (n, aard) in STUKSOORTEN.items() if aard != "conclusie"), "Kies een soort"),
        validators=[DataRequired("Kies wat voor stuk dit is.")],
    )
    titel = StringField(
        "Titel",
        description="Waar het over gaat. Noem geen namen van personen.",
        validators=[DataRequired("Geef het stuk een titel.")],
    )
    van = StringField(
        "Van wie is het?",
        description="De functie en het dienstnummer of de organisatie. Een naam alleen als die nodig is.",
        validators=[DataRequired("Schrijf op wie dit verklaarde of opstelde, met de functie.")],
    )
    dagtekening = DateField(
        "Datum van het stuk", validators=[DataRequired("Vul de datum van het stuk in, als dag-maand-jaar.")]
    )
    plaats = StringField("Plaats", description="Waar dit is gezien of verklaard.")
    eed = SelectField("Hoe is het ondertekend?", choices=keuzes(EDEN.items()), default="geen")
    bestand = FileField("Bestand", description=f"Een PDF, JPEG of PNG van hooguit {MAX_MB} MB.")
    hash_afzender = StringField(
        "SHA-256 volgens de afzender",
        description="Als de afzender die meestuurde. Wij vergelijken hem met het bestand.",
    )
    tekst = TextAreaField("Of typ de tekst", description="Alleen als er geen bestand is.", validators=[_TEKST])


class ConclusieForm(Formulier):
    """What a person concludes, and on what that rests."""

    titel = StringField("Conclusie in een zin", validators=[DataRequired("Geef de conclusie in een zin.")])
    tekst = TextAreaField(
        "Uitleg",
        description="Hoe volgt dit uit de waarnemingen en verklaringen?",
        validators=[DataRequired("Leg uit hoe dit volgt uit de waarnemingen en verklaringen."), _TEKST],
    )
    rust_op = Vinkjes(
        "Waar rust dit op?",
        validate_choice=False,
        validators=[DataRequired("Kies minstens een waarneming of verklaring.")],
    )
    versie = IntegerField(widget=HiddenInput(), validators=[Optional()])


class IntrekForm(Formulier):
    """A piece does not count any more."""

    versie = IntegerField(widget=HiddenInput(), validators=[DataRequired("Ververs de pagina.")])
    reden = TextAreaField("Waarom telt dit stuk niet meer mee?", validators=[_REDEN])


class OordeelForm(Formulier):
    """What parties get of a piece."""

    gezien = IntegerField(widget=HiddenInput(), default=0)
    oordeel = RadioField(
        "Wat krijgen partijen van dit stuk?",
        choices=keuzes(OORDELEN.items()),
        validate_choice=False,
        default=None,
        validators=[DataRequired("Kies wat partijen van dit stuk krijgen.")],
    )
    toelichting = TextAreaField(
        "Toelichting",
        description="Nodig als partijen het stuk niet krijgen: noem dan het artikel.",
        validators=[Length(max=MAX_TOELICHTING, message=f"Houd het korter dan {MAX_TOELICHTING} tekens.")],
    )
