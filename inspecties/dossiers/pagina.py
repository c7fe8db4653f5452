"""The page of one dossier, with the form that did not pass where there is one."""

from dataclasses import dataclass
from datetime import datetime

from flask import current_app, render_template, request
from sqlalchemy.orm import Session

from inspecties.controles.opslag import Opslag
from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import Rol, rol_mag
from inspecties.database import db, haal
from inspecties.dossiers import forms, looptermijnen
from inspecties.dossiers.beeld import Dossierbeeld, lees_beeld
from inspecties.dossiers.bewijsblad import maak_blad
from inspecties.dossiers.models import BESLUITSOORTEN, Dossier
from inspecties.dossiers.operations import AARDEN
from inspecties.dossiers.panelen import panelen_van
from inspecties.dossiers.queries import opstellers_van
from inspecties.dossiers.rules.gereed import waarschuwingen
from inspecties.dossiers.rules.gevolgen import instrument_bij
from inspecties.dossiers.rules.looptermijn import STANDEN as TERMIJNSTANDEN
from inspecties.dossiers.rules.opstellers import waarom_niet_besluiten
from inspecties.dossiers.rules.partijen import ROLLEN
from inspecties.dossiers.rules.teksten import TEKSTVELDEN
from inspecties.dossiers.rules.toestanden import DOSSIER_TABELLEN, SOORTEN
from inspecties.dossiers.rules.wachten import termijn, wacht_al
from inspecties.dossiers.tabbladen import jurist_werkt
from inspecties.dossiers.tijdlijn import geschiedenis, komende, tijdlijn
from inspecties.dossiers.werk import OPEN, leg_dossier_vast
from inspecties.instellingen import opslag_van
from inspecties.web.formulieren import Formulier
from inspecties.web.poort import huidige_actor, klok

# Why each role reads a dossier: stands in the audit log with every reading.
DOELEN: dict[Rol, str] = {
    Rol.JURIST: "behandelen van het dossier",
    Rol.KABINET: "besluiten op het dossier",
    Rol.COORDINATOR: "volgen van de opvolging van een controle",
}

TONEN: dict[str, str] = {
    "opbouw": "",
    "voorgelegd": "actief",
    "teruggestuurd": "let-op",
    "akkoord": "goed",
    "afgewezen": "fout",
    "afgesloten": "",
}


@dataclass
class Formulieren:
    """Every form of the page; one that did not pass comes back with what was typed."""

    partij: forms.PartijForm
    termijn: forms.TermijnForm
    voorleg: forms.VoorlegForm
    terughaal: forms.TerughaalForm
    afsluit: forms.AfsluitForm


def opslag() -> Opslag:
    """The store of this application."""
    return opslag_van(current_app.extensions["instellingen"])


def _formulieren(dossier: Dossier) -> Formulieren:
    termijn_ = forms.TermijnForm(formdata=None, beslissen_voor=dossier.beslissen_voor, omdat=dossier.beslissen_omdat)
    return Formulieren(
        partij=forms.PartijForm(formdata=None),
        termijn=termijn_,
        voorleg=forms.VoorlegForm(formdata=None),
        terughaal=forms.TerughaalForm(formdata=None),
        afsluit=forms.AfsluitForm(formdata=None),
    )


def spoor_van(dossier: Dossier) -> list[tuple[str, str]]:
    """The states on the way of this dossier: the side ways only where it stands in one."""
    namen = DOSSIER_TABELLEN[dossier.tabelversie].namen
    weg = ["opbouw", "voorgelegd"]
    weg += ["teruggestuurd"] if dossier.toestand == "teruggestuurd" else []
    afgewezen = any(b.soort == "afgewezen" for b in dossier.besluiten)
    weg += ["afgewezen" if afgewezen else "akkoord", "afgesloten"]
    return [(code, namen[code]) for code in weg]


def toon_dossier(uid: str, status: int = 200, anders: dict[str, Formulier] | None = None) -> tuple[str, int]:
    """Read and render one dossier; the reading is written in the audit log and committed."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier = haal(sessie, actor, Dossier, uid, "Het dossier")
    leg_dossier_vast(sessie, actor, nu, dossier, "dossier_gelezen", doel=DOELEN[actor.rol])
    beeld = lees_beeld(sessie, actor, dossier)
    formulieren = _formulieren(dossier)
    for naam, form in (anders or {}).items():
        setattr(formulieren, naam, form)
    # The page shows what stands there now: the next attempt starts from that.
    formulieren.termijn.gezien.data = dossier.beslissen_voor.isoformat() if dossier.beslissen_voor else ""
    pagina = _render(sessie, actor, nu, beeld, formulieren)
    db.session.commit()
    return pagina, status


def _render(sessie: Session, actor: Actor, nu: datetime, beeld: Dossierbeeld, formulieren: Formulieren) -> str:
    dossier = beeld.dossier
    opstellers = opstellers_van(sessie, dossier)
    vandaag = lokale_datum(nu)
    bewerken = rol_mag(actor.rol, "dossiers.bewerken")
    besluiten = rol_mag(actor.rol, "dossiers.besluiten") and dossier.toestand == "voorgelegd"
    terug = [b for b in dossier.besluiten if b.soort == "teruggestuurd"]
    lopend = looptermijnen.termijnen_van(sessie, actor, dossier)
    return render_template(
        "dossiers/dossier.html",
        dossier=dossier,
        beeld=beeld,
        panelen=panelen_van(sessie, actor, nu, dossier),
        bewijsblad=maak_blad(beeld, request.args.get("bewijs", 1, int), request.args.get("over", 1, int)),
        formulieren=formulieren,
        soorten=SOORTEN,
        namen=DOSSIER_TABELLEN[dossier.tabelversie].namen,
        tonen=TONEN,
        instrument=instrument_bij(dossier.soort, dossier.grondslag),
        tekstvelden=TEKSTVELDEN,
        rollen=ROLLEN,
        aarden=AARDEN,
        besluitsoorten=BESLUITSOORTEN,
        tijdlijn=tijdlijn(sessie, actor, dossier) + komende(lopend),
        geschiedenis=geschiedenis(dossier),
        opstellers=list(opstellers.values()),
        termijn=termijn(dossier.beslissen_voor, vandaag),
        looptermijnen=lopend,
        termijnduur={rij.id: termijn(rij.einde_datum, vandaag, van_ander=rij.van_ander) for rij in lopend},
        termijnstanden=TERMIJNSTANDEN,
        wacht=wacht_al(lokale_datum(dossier.voorgelegd_op), vandaag) if dossier.voorgelegd_op else "",
        open=dossier.toestand in OPEN,
        mag_bewerken=bewerken and dossier.toestand in OPEN,
        mag_sturen=bewerken,
        mag_besluiten=besluiten,
        bezwaar=waarom_niet_besluiten(actor.gebruiker_id, opstellers) if besluiten else None,
        laatste_terug=terug[-1] if terug and dossier.toestand == "teruggestuurd" else None,
        waarschuwingen=waarschuwingen(beeld.stand),
        jurist_werkt=jurist_werkt(actor, dossier),
        ziet_bezoek=rol_mag(actor.rol, "bezoeken.lezen"),
    )
