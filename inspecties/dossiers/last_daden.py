"""The acts that the page of a last offers: the form of each, filled in for now, and what it calls."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.dossiers import last_forms as forms
from inspecties.dossiers import lasten, verbeurtes
from inspecties.dossiers.beeld import bezoekdatum
from inspecties.dossiers.last_beeld import Lastbeeld
from inspecties.dossiers.models_last import Lastcontrole, Verbeurte
from inspecties.dossiers.rules.bedrag import lees_euro, schrijf_euro
from inspecties.dossiers.rules.last import werkdagadvies
from inspecties.dossiers.verbeurtes import Controleuitkomst
from inspecties.termijnen.bronnen import kalender
from inspecties.web.formulieren import Formulier, keuzes
from inspecties.web.sjablonen import datum

DAADNAMEN: dict[str, str] = {
    "bekend": "Bekendmaking vastleggen",
    "controle": "Controle vastleggen",
    "vraag": "Hercontrole vragen",
    "verval": "Hercontrole laten vervallen",
    "toepassen": "Toepassing vastleggen",
    "kosten": "Kosten vaststellen",
    "invorderen": "Betaling of invordering vastleggen",
    "procedure": "Bezwaar of beroep vastleggen",
    "einde": "Last opheffen",
}
# Acts that are a decision of their own: who took it is written down before the act.
EIGEN_BESLUITEN = frozenset({"kosten", "invorderen", "einde"})


@dataclass(frozen=True)
class Daad:
    """``leeg``: the form as it opens. ``doe``: carries it out and answers what to tell the person."""

    form: type[Formulier]
    leeg: Callable[[Lastbeeld, Mapping[str, str]], Formulier]
    doe: Callable[[Session, Actor, datetime, Lastbeeld, Any], str]


def vul_keuzes(form: Formulier, beeld: Lastbeeld) -> None:
    """The choices of a form that depend on this last."""
    if "bezoek" in form:
        form["bezoek"].choices = keuzes(
            ((str(b.uid), f"{bezoekdatum(b)}, {b.locatie.adresregel}") for b in beeld.bezoeken),
            "Geen van deze bezoeken",
        )
    if "bewijs" in form:
        form["bewijs"].choices = keuzes((str(r.stuk.uid), f"Nr. {r.nr}: {r.onderschrift}") for r in beeld.bewijs)
    if "verbeurte" in form:
        form["verbeurte"].choices = keuzes(
            (str(v.rij.uid), f"Nr. {v.rij.volgnummer}, {datum(v.rij.op_datum)}: open {schrijf_euro(v.open_cent)}")
            for v in beeld.verbeurtes
            if v.open_cent
        )


def _controle(beeld: Lastbeeld, uid: str) -> Lastcontrole | None:
    gevonden = next((c for c in beeld.last.controles if str(c.uid) == uid), None)
    if uid and gevonden is None:
        raise OngeldigeInvoer("Deze hercontrole staat er niet meer. Ververs de pagina.")
    return gevonden


def _verbeurte(beeld: Lastbeeld, uid: str) -> Verbeurte:
    for v in beeld.verbeurtes:
        if str(v.rij.uid) == uid:
            return v.rij
    raise OngeldigeInvoer("Kies een dwangsom uit de lijst.", "verbeurte")


def _bekend(sessie: Session, actor: Actor, nu: datetime, beeld: Lastbeeld, form: forms.BekendForm) -> str:
    last = beeld.last
    bewijs = form.bewijs.data or ""
    lasten.maak_bekend(sessie, actor, nu, last, form.op.data, actor.gebruiker_uid, bewijs, versie=form.versie.data)
    if last.begunstiging is None:
        return "De last is bekendgemaakt."
    tot = last.begunstiging.einde_datum
    # Art. 1 Atw does not move a term that was set by decision.
    advies = werkdagadvies(tot, kalender())
    zin = f"De last is bekendgemaakt. De overtreder heeft tot en met {datum(tot)}."
    return f"{zin} {advies} Verleng de termijn met een besluit." if advies else zin


def _vraag(sessie: Session, actor: Actor, nu: datetime, beeld: Lastbeeld, form: forms.ControleVraagForm) -> str:
    verbeurtes.vraag_controle(
        sessie, actor, nu, beeld.last, form.uiterlijk.data, form.waarop.data or "", versie=form.versie.data
    )
    return "De hercontrole is gevraagd. De planner ziet hem bij 'Hercontroles'."


def _leg_controle_vast(sessie: Session, actor: Actor, nu: datetime, beeld: Lastbeeld, form: forms.ControleForm) -> str:
    bezoek = next((b for b in beeld.bezoeken if str(b.uid) == form.bezoek.data), None)
    if form.bezoek.data and bezoek is None:
        raise OngeldigeInvoer("Kies een bezoek uit de lijst.", "bezoek")
    gevolg = verbeurtes.leg_controle_vast(
        sessie,
        actor,
        nu,
        beeld.last,
        Controleuitkomst(form.op.data, form.uitkomst.data, form.waarneming.data, bezoek, tuple(form.bewijs.data or ())),
        [str(r.stuk.uid) for r in beeld.bewijs],
        _controle(beeld, form.controle.data or ""),
        versie=form.versie.data,
    )
    rij = gevolg.verbeurte
    if rij is None:
        geen = f" Er is geen dwangsom verbeurd. {gevolg.waarom_niet}" if gevolg.waarom_niet else ""
        return f"De controle is vastgelegd.{geen}"
    return (
        f"De controle is vastgelegd. Dwangsom {rij.volgnummer} van {schrijf_euro(rij.bedrag_cent)} is verbeurd. "
        f"Betalen kan tot en met {datum(rij.betalen_voor)}."
    )


def _verval(sessie: Session, actor: Actor, nu: datetime, beeld: Lastbeeld, form: forms.VervalForm) -> str:
    controle = _controle(beeld, form.controle.data or "")
    if controle is None:
        raise OngeldigeInvoer("Deze hercontrole staat er niet meer. Ververs de pagina.")
    verbeurtes.laat_controle_vervallen(sessie, actor, nu, controle, form.reden.data, versie=form.versie.data)
    return "De hercontrole is vervallen."


def _toepassen(sessie: Session, actor: Actor, nu: datetime, beeld: Lastbeeld, form: forms.ToepasForm) -> str:
    lasten.pas_toe(sessie, actor, nu, beeld.last, form.op.data, form.wat.data, versie=form.versie.data)
    return "De toepassing is vastgelegd. De vijf jaar om kosten vast te stellen lopen."


def _kosten(sessie: Session, actor: Actor, nu: datetime, beeld: Lastbeeld, form: forms.KostenForm) -> str:
    cent = lees_euro(form.bedrag.data)
    lasten.stel_kosten_vast(sessie, actor, nu, beeld.last, cent, form.op.data, versie=form.versie.data)
    return f"De kosten zijn vastgesteld op {schrijf_euro(cent)}."


def _invorderen(sessie: Session, actor: Actor, nu: datetime, beeld: Lastbeeld, form: forms.InvorderForm) -> str:
    rij = _verbeurte(beeld, form.verbeurte.data)
    cent = 0
    if form.soort.data == "betaling":
        cent = lees_euro(form.bedrag.data or "")
    verbeurtes.vorder_in(
        sessie,
        actor,
        nu,
        rij,
        form.soort.data,
        form.op.data,
        cent,
        form.toelichting.data or "",
        versie=form.versie.data,
    )
    rest = verbeurtes.staat_open(rij)
    return f"Vastgelegd. Van dwangsom {rij.volgnummer} staat nog {schrijf_euro(rest)} open." if rest else "Vastgelegd."


def _procedure(sessie: Session, actor: Actor, nu: datetime, beeld: Lastbeeld, form: forms.ProcedureForm) -> str:
    rij = next((p for p in beeld.last.procedures if str(p.uid) == form.procedure.data), None)
    if form.procedure.data and rij is None:
        raise OngeldigeInvoer("Deze procedure staat er niet meer. Ververs de pagina.")
    verbeurtes.leg_procedure_vast(
        sessie,
        actor,
        nu,
        beeld.last,
        form.soort.data,
        form.ingesteld_op.data,
        form.onherroepelijk_op.data,
        form.uitkomst.data or "",
        rij,
        versie=form.versie.data,
    )
    return "De procedure is vastgelegd. De verjaring is opnieuw berekend."


def _einde(sessie: Session, actor: Actor, nu: datetime, beeld: Lastbeeld, form: forms.EindeForm) -> str:
    lasten.beeindig(
        sessie, actor, nu, beeld.last, form.grond.data, form.op.data, form.reden.data, versie=form.versie.data
    )
    return "De last is opgeheven."


def _leeg(form: type[Formulier]) -> Callable[[Lastbeeld, Mapping[str, str]], Formulier]:
    return lambda beeld, _args: form(formdata=None, versie=beeld.last.versie)


def _lege_controle(beeld: Lastbeeld, _args: Mapping[str, str]) -> Formulier:
    gevraagd = beeld.gevraagd
    return forms.ControleForm(formdata=None, versie=beeld.last.versie, controle=str(gevraagd.uid) if gevraagd else "")


def _leeg_verval(beeld: Lastbeeld, _args: Mapping[str, str]) -> Formulier:
    gevraagd = beeld.gevraagd
    return forms.VervalForm(formdata=None, versie=beeld.last.versie, controle=str(gevraagd.uid) if gevraagd else "")


def _lege_procedure(beeld: Lastbeeld, args: Mapping[str, str]) -> Formulier:
    rij = next((p for p in beeld.last.procedures if str(p.uid) == args.get("procedure")), None)
    if rij is None:
        return forms.ProcedureForm(formdata=None, versie=beeld.last.versie)
    return forms.ProcedureForm(
        formdata=None,
        versie=beeld.last.versie,
        procedure=str(rij.uid),
        soort=rij.soort,
        ingesteld_op=rij.ingesteld_op,
        onherroepelijk_op=rij.onherroepelijk_op,
        uitkomst=rij.uitkomst,
    )


DADEN: dict[str, Daad] = {
    "bekend": Daad(forms.BekendForm, _leeg(forms.BekendForm), _bekend),
    "controle": Daad(forms.ControleForm, _lege_controle, _leg_controle_vast),
    "vraag": Daad(forms.ControleVraagForm, _leeg(forms.ControleVraagForm), _vraag),
    "verval": Daad(forms.VervalForm, _leeg_verval, _verval),
    "toepassen": Daad(forms.ToepasForm, _leeg(forms.ToepasForm), _toepassen),
    "kosten": Daad(forms.KostenForm, _leeg(forms.KostenForm), _kosten),
    "invorderen": Daad(forms.InvorderForm, _leeg(forms.InvorderForm), _invorderen),
    "procedure": Daad(forms.ProcedureForm, _lege_procedure, _procedure),
    "einde": Daad(forms.EindeForm, _leeg(forms.EindeForm), _einde),
}
