"""From the form of a location to facts that the operations take: the rules of the import, for one row."""

from collections.abc import Sequence
from typing import Any

from flask import current_app
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.locaties.adresbron import SLEUTEL as ADRESBRON
from inspecties.locaties.adresbron import neem_over
from inspecties.locaties.adreskeuze import lees_keuze
from inspecties.locaties.adresvondst import Adresvondst
from inspecties.locaties.forms import LocatieForm
from inspecties.locaties.models import Locatietype, Risicolocatie
from inspecties.locaties.plaats import Grens, bepaal_plaats, zoek_adres
from inspecties.locaties.rules.adres import lees_huisnummer, lees_postcode
from inspecties.locaties.rules.importrij import Gelezen, lees_rij

VELDEN = (
    *("naam", "type", "straat", "huisnummer", "postcode", "plaats"),
    *("x", "y", "capaciteit", "personen_brp", "bron", "notitie"),
)
# Half a centimetre: what rounding on screen does to a coordinate is no change.
_AFRONDING_M = 0.0051


def zet_fout(form: Any, veld: str, melding: str) -> None:
    """Show a message at a field, as a sentence; at the first field where the form has none of that name."""
    doel = form[veld] if veld in form else next(iter(form))
    zin = f"{melding[0].upper()}{melding[1:]}"
    doel.errors = (*doel.errors, zin if zin.endswith(".") else f"{zin}.")


def _meters(waarde: float) -> str:
    return f"{waarde:.2f}".rstrip("0").rstrip(".")


def van_locatie(locatie: Risicolocatie) -> dict[str, str]:
    """What the form shows of an existing location."""
    nummer = f"{locatie.huisnummer or ''}{locatie.huisletter}" + (
        f"-{locatie.toevoeging}" if locatie.toevoeging else ""
    )
    return {
        "naam": locatie.naam,
        "type": locatie.locatietype.code,
        "straat": locatie.straat,
        "huisnummer": nummer,
        "postcode": locatie.postcode,
        "plaats": locatie.woonplaats,
        "x": _meters(locatie.x),
        "y": _meters(locatie.y),
        "capaciteit": "" if locatie.capaciteit is None else str(locatie.capaciteit),
        "personen_brp": "" if locatie.personen_brp is None else str(locatie.personen_brp),
        "bron": locatie.bron,
        "notitie": locatie.notitie,
        "veiligheid": locatie.veiligheid,
        "gezien_op": locatie.gewijzigd_op.isoformat(),
    }


def lees_formulier(
    sessie: Session,
    actor: Actor,
    form: LocatieForm,
    typen: Sequence[Locatietype],
    oud: Risicolocatie | None = None,
) -> dict[str, Any] | None:
    """The arguments of ``voeg_locatie_toe``, or None with messages at the fields that are wrong.

    An address that was chosen in another source than the own file is added to the own file.
    """
    geldig = form.validate_on_submit()
    keuze = lees_keuze(sessie, actor, form, current_app.extensions[ADRESBRON])
    if not keuze.klaar:
        # Without the place, messages about an empty place would say the wrong thing.
        return None
    waarden = {veld: form[veld].data or "" for veld in VELDEN}
    gelezen, fouten = lees_rij(waarden, {t.code: t.code for t in typen})
    for veld, melding in fouten:
        if not form[veld].errors:
            zet_fout(form, veld, melding)
    if gelezen is None or not geldig:
        return None
    nummer, postcode = lees_huisnummer(waarden["huisnummer"]), lees_postcode(waarden["postcode"]) or ""
    adressen = zoek_adres(sessie, actor, postcode, nummer)
    plaats = bepaal_plaats(gelezen, adressen, Grens.lees(sessie, actor.gemeente_id))
    if isinstance(plaats, str):
        zet_fout(form, "x", plaats)
        return None
    x, y = plaats.x, plaats.y
    if oud is not None and abs(oud.x - x) < _AFRONDING_M and abs(oud.y - y) < _AFRONDING_M:
        x, y = oud.x, oud.y
    adres_id = plaats.adres_id
    if keuze.vondst is not None and _is_nog(gelezen, keuze.vondst):
        adres_id = neem_over(sessie, actor, keuze.vondst)
    elif adres_id is None and oud is not None and _is_zelfde(gelezen, oud):
        adres_id = oud.adres_id
    return {
        "naam": gelezen.naam,
        "locatietype": next(t for t in typen if t.code == gelezen.type_code),
        "x": x,
        "y": y,
        "straat": gelezen.straat,
        "huisnummer": gelezen.huisnummer,
        "postcode": gelezen.postcode,
        "woonplaats": gelezen.plaats,
        "bron": gelezen.bron,
        "notitie": gelezen.notitie,
        "veiligheid": (form.veiligheid.data or "").strip(),
        "capaciteit": gelezen.capaciteit,
        "personen_brp": gelezen.personen_brp,
        "adres_id": adres_id,
    }


def _deel(tekst: str) -> str:
    return " ".join(tekst.split()).lower()


def _is_nog(gelezen: Gelezen, vondst: Adresvondst) -> bool:
    """Whether the fields still say the address that was chosen."""
    h = gelezen.huisnummer
    return (
        h is not None
        and _deel(gelezen.straat) == _deel(vondst.straat)
        and gelezen.postcode == vondst.postcode
        and (h.nummer, h.letter, h.toevoeging.upper())
        == (vondst.huisnummer, vondst.huisletter.upper(), vondst.toevoeging.upper())
    )


def _is_zelfde(gelezen: Gelezen, oud: Risicolocatie) -> bool:
    """Whether the fields say the address that the location had: one without a postcode has no key to find it by."""
    h = gelezen.huisnummer
    return (
        h is not None
        and gelezen.straat == oud.straat
        and gelezen.postcode == oud.postcode
        and (h.nummer, h.letter, h.toevoeging) == (oud.huisnummer, oud.huisletter, oud.toevoeging)
    )
