"""The address of a form: chosen from the list, or typed as plain text and looked up when the form is sent."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.fouten import NietGevonden
from inspecties.locaties.adresbron import Adresbron
from inspecties.locaties.adresvondst import Adresvondst
from inspecties.web.formulieren import keuzes

# As many addresses as fit on a screen to choose from.
_KEUZES = 8
_VELDEN = {"straat": "straat", "huisnummer": "nummer", "postcode": "postcode", "plaats": "woonplaats"}


@dataclass(frozen=True, slots=True)
class Adreskeuze:
    """``vondst``: the address that was chosen, or None. ``klaar`` is False where the user has to choose first."""

    vondst: Adresvondst | None = None
    klaar: bool = True


def lees_keuze(sessie: Session, actor: Actor, form: Any, bron: Adresbron) -> Adreskeuze:
    """Which address is meant; fills the other fields where they do not say it yet.

    Three ways: the field ``adres`` (chosen from the list with JavaScript), ``adreskeuze`` (chosen from the radio
    buttons) or the text of ``adreszoek``, which is looked up.
    """
    sleutel, gekozen = form.adres.data or "", form.adreskeuze.data or ""
    tekst = (form.adreszoek.data or "").strip()
    if gekozen or sleutel:
        try:
            vondst = bron.haal(sessie, actor, gekozen or sleutel)
        except NietGevonden as fout:
            form.meld_fout("adreszoek", fout.melding)
            form.adres.data = ""
            return Adreskeuze(klaar=False)
        if gekozen:
            _vul(form, vondst)
        return Adreskeuze(vondst)
    if not tekst:
        return Adreskeuze()
    return _zoek_op(sessie, actor, form, bron, tekst)


def _zoek_op(sessie: Session, actor: Actor, form: Any, bron: Adresbron, tekst: str) -> Adreskeuze:
    antwoord = bron.zoek(sessie, actor, tekst, _KEUZES)
    if not antwoord.vondsten:
        melding = (
            "Dit adres is niet gevonden. Maak dit veld leeg en vul straat, huisnummer, postcode en plaats zelf in."
        )
        form.meld_fout("adreszoek", melding)
        return Adreskeuze(klaar=False)
    if len(antwoord.vondsten) == 1:
        vondst = bron.haal(sessie, actor, antwoord.vondsten[0].sleutel)
        _vul(form, vondst)
        return Adreskeuze(vondst)
    form.adreskeuze.choices = keuzes((v.sleutel, v.weergave) for v in antwoord.vondsten)
    form.meld_fout("adreszoek", "Er zijn meer adressen die hierop lijken. Kies er hieronder een.")
    return Adreskeuze(klaar=False)


def _vul(form: Any, vondst: Adresvondst) -> None:
    for veld, naam in _VELDEN.items():
        form[veld].data = getattr(vondst, naam)
    form.x.data, form.y.data = f"{vondst.x:.2f}", f"{vondst.y:.2f}"
    form.adres.data, form.adreszoek.data = vondst.sleutel, vondst.weergave
