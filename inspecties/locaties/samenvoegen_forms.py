"""Forms of merging, splitting and moving locations, and the filter of their history."""

from collections.abc import Mapping, Sequence

from wtforms import Form, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from inspecties.locaties.forms import LocatieForm
from inspecties.locaties.rules.samenvoegen import AANLEIDINGEN, KEUZENAMEN, SAMEN, VELDNAMEN
from inspecties.locaties.splitsen import Rij
from inspecties.web.formulieren import Formulier, Vinkjes, keuzes

MAX_REDEN = 1000


def _reden(vraag: str) -> TextAreaField:
    return TextAreaField(
        vraag,
        validators=[DataRequired("Schrijf kort waarom u dit doet."), Length(max=MAX_REDEN)],
        render_kw={"maxlength": MAX_REDEN},
    )


class SamenvoegForm(Formulier):
    """One radio per field, named ``veld_<naam>``; see ``maak_samenvoegform``."""

    gezien_winnaar = HiddenField()
    gezien_verliezer = HiddenField()
    reden = _reden("Waarom is dit dezelfde plek?")

    def keuzes(self) -> dict[str, str]:
        """What was chosen per field."""
        return {veld: self[f"veld_{veld}"].data or "" for veld in KEUZENAMEN}


def maak_samenvoegform(
    tonen: Sequence[tuple[str, str, str]], voorstel: Mapping[str, str], gezien: tuple[str, str]
) -> SamenvoegForm:
    """``tonen``: (field, what the winner has, what the other has). Equal values are still sent, as 'winnaar'."""
    velden = {}
    for veld, hier, daar in tonen:
        paren = [("winnaar", hier or "leeg"), ("verliezer", daar or "leeg")]
        if veld in SAMEN:
            paren.append(("beide", "Beide, onder elkaar"))
        velden[f"veld_{veld}"] = RadioField(
            KEUZENAMEN[veld],
            choices=keuzes(paren),
            default=voorstel[veld],
            validators=[DataRequired(f"Kies bij '{KEUZENAMEN[veld]}' welke waarde blijft.")],
        )
    klasse = type("SamenvoegFormulier", (SamenvoegForm,), velden)
    form: SamenvoegForm = klasse(data={"gezien_winnaar": gezien[0], "gezien_verliezer": gezien[1]})
    return form


class LosForm(Formulier):
    reden = _reden("Waarom maakt u dit ongedaan?")


class ZoekForm(Form):  # type: ignore[misc]  # wtforms ships no types
    zoek = StringField("Zoek een andere locatie", render_kw={"type": "search", "maxlength": 100})


class VerplaatsForm(LocatieForm):
    """Only the place is asked; the rest stays as it is."""

    reden = _reden("Waarom klopt de plek niet?")


class SplitsForm(LocatieForm):
    """The facts of the new location, and what goes to it."""

    rijen = Vinkjes("Wat gaat naar de nieuwe locatie?", choices=[])
    gezien_bron = HiddenField()
    reden = _reden("Waarom zijn dit twee plekken?")

    def zet_rijen(self, rijen: Sequence[Rij]) -> None:
        """Offer these rows."""
        teksten = ((r.code, f"{r.soort[0].upper()}{r.soort[1:]}" + (f": {r.tekst}" if r.tekst else "")) for r in rijen)
        self.rijen.choices = keuzes(teksten)


class GeschiedenisForm(Form):  # type: ignore[misc]  # wtforms ships no types
    veld = SelectField(
        "Wat veranderde",
        choices=keuzes([*VELDNAMEN.items(), ("samen", "Samenvoegen en splitsen")], "Alles"),
        validate_choice=False,
    )
    door = SelectField("Door wie", validate_choice=False)
    aanleiding = SelectField("Hoe", choices=keuzes(AANLEIDINGEN.items(), "Alles"), validate_choice=False)
