"""The desk of the mayor's office: what waits, and the decision."""

from dataclasses import dataclass
from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.audit.operations import leg_vast
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.database import db, haal
from inspecties.dossiers import besluiten
from inspecties.dossiers.beeld import Dossierbeeld, lees_beeld
from inspecties.dossiers.forms import BesluitForm
from inspecties.dossiers.models import BESLUITSOORTEN, Dossier
from inspecties.dossiers.pagina import DOELEN, TONEN, opslag, toon_dossier
from inspecties.dossiers.queries import dossiers, opstellers_van, wacht_op_kabinet
from inspecties.dossiers.rules.gereed import Belemmering, besluit_belemmeringen
from inspecties.dossiers.rules.toestanden import DOSSIER_TABEL_1, SOORTEN
from inspecties.dossiers.rules.wachten import Termijn, termijn, wacht_al
from inspecties.dossiers.views import bp
from inspecties.web.poort import huidige_actor, klok, vereist

MELDINGEN = {
    "akkoord": "U bent akkoord gegaan. De jurist maakt het besluit op en verstuurt het.",
    "teruggestuurd": "Het dossier is terug bij de jurist, met uw vragen.",
    "afgewezen": "U hebt het voorstel afgewezen. De jurist ziet uw reden.",
}
RECENT = 10


@dataclass(frozen=True)
class Wachtregel:
    """One dossier in the queue, with what the cabinet wants to know before opening it."""

    dossier: Dossier
    beeld: Dossierbeeld
    wacht: str
    termijn: Termijn
    belemmeringen: list[Belemmering]
    eigen_werk: bool


def _regel(dossier: Dossier, nu: datetime) -> Wachtregel:
    actor, sessie, vandaag = huidige_actor(), db.session(), lokale_datum(nu)
    beeld = lees_beeld(sessie, actor, dossier)
    return Wachtregel(
        dossier=dossier,
        beeld=beeld,
        wacht=wacht_al(lokale_datum(dossier.voorgelegd_op or nu), vandaag),
        termijn=termijn(dossier.beslissen_voor, vandaag),
        belemmeringen=besluit_belemmeringen(beeld.stand),
        eigen_werk=actor.gebruiker_id in opstellers_van(sessie, dossier),
    )


@bp.get("/kabinet")
@vereist("dossiers.besluiten")
def kabinet() -> str:
    """What waits for a decision, most urgent first. Facts of the cases are shown: the reading is logged."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    wachtrij = [_regel(dossier, nu) for dossier in sessie.scalars(wacht_op_kabinet(actor))]
    eerder = list(
        sessie.scalars(dossiers(actor, sorteer="voorgelegd").where(Dossier.toestand != "voorgelegd").limit(RECENT))
    )
    leg_vast(
        sessie,
        actor,
        nu,
        "kabinet_gelezen",
        "gemeente",
        str(actor.gemeente_id),
        gegevens={"doel": DOELEN[actor.rol], "dossiers": [str(w.dossier.uid) for w in wachtrij]},
    )
    uit = render_template(
        "dossiers/kabinet.html",
        wachtrij=wachtrij,
        eerder=eerder,
        soorten=SOORTEN,
        namen=DOSSIER_TABEL_1.namen,
        tonen=TONEN,
    )
    db.session.commit()
    return uit


@bp.post("/kabinet/<uuid:uid>/besluit")
@vereist("dossiers.besluiten")
def besluit(uid: str) -> WerkzeugResponse | tuple[str, int]:
    """Approve, send back with questions, or refuse."""
    form = BesluitForm()
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier = haal(sessie, actor, Dossier, uid, "Het dossier")
    soort = request.form.get("besluit", "")
    if not form.validate_on_submit():
        return toon_dossier(uid, 422, {"besluit": form})
    stuk, motivering = form.stuk.data or "", form.motivering.data or ""
    gezien = bool(form.kennis_genomen.data)
    try:
        if soort == "akkoord":
            besluiten.keur_goed(sessie, actor, nu, opslag(), dossier, stuk, motivering, kennis_genomen=gezien)
        elif soort == "afgewezen":
            besluiten.wijs_dossier_af(sessie, actor, nu, opslag(), dossier, stuk, motivering, kennis_genomen=gezien)
        elif soort == "teruggestuurd":
            vragen = (form.vragen.data or "").splitlines()
            besluiten.stuur_terug(sessie, actor, nu, opslag(), dossier, stuk, vragen, motivering)
        else:
            raise OngeldigeInvoer(f"Kies een van: {', '.join(BESLUITSOORTEN.values())}.")
    except (OngeldigeInvoer, Conflict) as fout:
        db.session.rollback()
        form.meld_fout(fout.veld, fout.melding)
        # The document that the decider looked at is the one that is decided upon, unless a new one came.
        form.stuk.data = None if fout.veld == "stuk" else stuk
        return toon_dossier(uid, fout.status, {"besluit": form})
    db.session.commit()
    flash(MELDINGEN[soort], "succes")
    return redirect(url_for("dossiers.kabinet"))
