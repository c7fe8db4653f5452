"""Forms on tracks: the form of a step is made from the fields of that step."""

from typing import Any

from wtforms import HiddenField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length
from wtforms.widgets import DateInput, HiddenInput, TextInput

from inspecties.core.reden import MAX_REDEN
from inspecties.dossiers.rules.traject import Trajectovergang, Trajectstap
from inspecties.dossiers.rules.trajectveld import Trajectveld, lees_voorwaarde
from inspecties.web.formulieren import Formulier, keuzes

# The fields of a step have a prefix of their own: they may be called as they like.
VOOR = "v_"
_LANG = Length(max=MAX_REDEN, message=f"Houd dit onder de {MAX_REDEN} tekens.")
_TOETSENBORD = {"bedrag_cent": "decimal", "getal": "numeric"}


class Stapformulier(Formulier):
    """What every step asks. ``versie``: of the track as it was when the page was opened."""

    versie = IntegerField(widget=HiddenInput(), validators=[DataRequired("Ververs de pagina.")])
    naar = HiddenField(validators=[DataRequired("Kies een stap.")])
    op_datum = StringField("Op welke dag gebeurde dit?", widget=DateInput())
    toelichting = TextAreaField("Toelichting", validators=[_LANG])

    @property
    def gegevens(self) -> dict[str, str]:
        """What was filled in at the fields of the step, by their names in the track."""
        return {veld.name.removeprefix(VOOR): veld.data or "" for veld in self if veld.name.startswith(VOOR)}

    def zet_fouten(self, fouten: dict[str, str]) -> None:
        """Each message at its field."""
        for naam, melding in fouten.items():
            eigen = VOOR + naam
            veld = eigen if eigen in self else naam
            # The message names its field, for who reads it elsewhere; here it stands at the field already.
            kaal = melding.removeprefix(f"{self[veld].label.text}: ") if veld in self else melding
            self.meld_fout(veld, kaal[:1].upper() + kaal[1:])


def _hint(stap: Trajectstap, veld: Trajectveld) -> str:
    """The hint of a field; where another field makes it necessary, that is said too."""
    naam, waarden = lees_voorwaarde(veld.verplicht_als)
    bron = stap.veld(naam)
    if bron is None:
        return veld.hint
    return f"Nodig als u hierboven kiest: {' of '.join(bron.in_woorden(w) for w in waarden)}. {veld.hint}".strip()


def _wtveld(stap: Trajectstap, veld: Trajectveld) -> Any:
    hint = _hint(stap, veld)
    match veld.type:
        case "datum":
            return StringField(veld.label, description=hint, widget=DateInput())
        case "tekst":
            return TextAreaField(veld.label, description=hint, render_kw={"rows": 3})
        case "keuze" | "ja_nee":
            return RadioField(veld.label, description=hint, choices=keuzes(veld.mogelijk), validate_choice=False)
    soort = _TOETSENBORD.get(veld.type)
    return StringField(
        veld.label, description=hint, widget=TextInput(), render_kw={"inputmode": soort} if soort else {}
    )


def stapformulier(stap: Trajectstap, overgang: Trajectovergang, **beginwaarden: Any) -> Stapformulier:
    """The form of one step; with ``formdata=None`` it is empty but for what is given."""
    velden = {VOOR + veld.naam: _wtveld(stap, veld) for veld in stap.vereist}
    form: Stapformulier = type("Stapformulier", (Stapformulier,), velden)(**beginwaarden)
    for veld in stap.vereist:
        form[VOOR + veld.naam].flags.required = veld.verplicht and not veld.verplicht_als
    form.op_datum.flags.required = True
    if overgang.reden_verplicht:
        form.toelichting.label.text = "Waarom?"
        form.toelichting.description = overgang.waarom
        form.toelichting.flags.required = True
    return form


class Beginformulier(Formulier):
    """Begin a track."""

    code = RadioField(
        "Welk traject?", validate_choice=False, validators=[DataRequired("Kies een traject uit de lijst.")]
    )
    op_datum = StringField(
        "Op welke dag begon het?",
        widget=DateInput(),
        description="De dag waarop de rapportage kwam of het onderzoek begon.",
    )


class Vervolgformulier(Formulier):
    """Prepare another decision."""

    reden = TextAreaField(
        "Waarvoor is een nieuw besluit nodig?",
        id="vervolg-reden",
        description="Bijvoorbeeld: verlengen van de sluiting.",
        validators=[DataRequired("Schrijf op waarvoor een nieuw besluit nodig is."), _LANG],
    )
