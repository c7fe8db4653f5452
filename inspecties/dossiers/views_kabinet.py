"""The desk of the mayor's office: the queue, and the decision itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.audit.operations import leg_vast
from inspecties.core.fouten import Conflict, GeenRecht, InspectiesFout, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.database import db, haal
from inspecties.dossiers import besluiten
from inspecties.dossiers.beeld import Dossierbeeld, lees_beeld
from inspecties.dossiers.besluiten import Vraag
from inspecties.dossiers.kabinet_bevoegd import bevoegdheid
from inspecties.dossiers.kabinet_forms import BesluitForm
from inspecties.dossiers.kabinet_views import toon_lezen
from inspecties.dossiers.kabinet_wachtrij import voorrang_van
from inspecties.dossiers.models import BESLUITSOORTEN, Dossier
from inspecties.dossiers.pagina import DOELEN, TONEN, opslag
from inspecties.dossiers.queries import dossiers, opstellers_van, wacht_op_kabinet
from inspecties.dossiers.rules.alineas import gestelde_vragen
from inspecties.dossiers.rules.gereed import Belemmering, besluit_belemmeringen
from inspecties.dossiers.rules.teksten import TEKSTVELDEN
from inspecties.dossiers.rules.toestanden import DOSSIER_TABEL_1, SOORTEN
from inspecties.dossiers.rules.wachten import Termijn, Voorrang, termijn, wacht_al
from inspecties.dossiers.views import bp
from inspecties.gebruikers.bevestigen import VELD, eis_bevestiging
from inspecties.web.poort import huidige_actor, klok, vereist

MELDINGEN = {
    "akkoord": "U bent akkoord gegaan. Hieronder staat wat er nu gebeurt.",
    "teruggestuurd": "Het dossier is terug bij de jurist, met uw vragen.",
    "afgewezen": "U hebt het voorstel afgewezen. De jurist ziet uw reden.",
}
RECENT = 10
# As many cards as fit on a tablet in portrait; the rest is one step away.
STAPEL = 4


@dataclass(frozen=True)
class Wachtregel:
    """One dossier in the queue, with what the mayor wants to know before opening it."""

    dossier: Dossier
    voorrang: Voorrang
    wacht: str
    termijn: Termijn
    beeld: Dossierbeeld | None = None
    belemmeringen: tuple[Belemmering, ...] = ()
    eigen_werk: bool = False
    niet_bevoegd: bool = False


def _regel(dossier: Dossier, nu: datetime, druk: Voorrang, *, volledig: bool) -> Wachtregel:
    actor, sessie, vandaag = huidige_actor(), db.session(), lokale_datum(nu)
    wacht = wacht_al(lokale_datum(dossier.voorgelegd_op or nu), vandaag)
    duur = termijn(druk.dag, vandaag)
    if not volledig:
        return Wachtregel(dossier, druk, wacht, duur)
    beeld = lees_beeld(sessie, actor, dossier)
    eigen = actor.gebruiker_id in opstellers_van(sessie, dossier)
    bevoegd = eigen or bevoegdheid(sessie, actor, dossier, actor.gebruiker_id, nu).hoedanigheid is not None
    belemmeringen = tuple(besluit_belemmeringen(beeld.stand))
    return Wachtregel(dossier, druk, wacht, duur, beeld, belemmeringen, eigen, not bevoegd)


@bp.get("/kabinet")
@vereist("dossiers.besluiten")
def kabinet() -> str:
    """What waits for a decision, most urgent first. Facts of the cases are shown: the reading is logged."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    rijen = sessie.scalars(wacht_op_kabinet(actor)).all()
    druk_op = voorrang_van(sessie, actor, rijen)
    wachtend = [(druk_op[dossier.id], dossier) for dossier in rijen]
    wachtend.sort(key=lambda paar: paar[0].sleutel)
    alles = request.args.get("alles") == "1"
    wachtrij = [_regel(dossier, nu, druk, volledig=alles or nr < STAPEL) for nr, (druk, dossier) in enumerate(wachtend)]
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
        stapel=len(wachtrij) if alles else STAPEL,
        eerder=eerder,
        soorten=SOORTEN,
        namen=DOSSIER_TABEL_1.namen,
        tonen=TONEN,
    )
    db.session.commit()
    return uit


def _vragen(dossier: Dossier, form: BesluitForm, ingevuld: Mapping[str, str]) -> list[Vraag]:
    """The questions at paragraphs, in the order of the texts, and then those about the whole dossier."""
    teksten = {veld.naam: getattr(dossier, veld.naam) for veld in TEKSTVELDEN}
    bij_alinea = [Vraag(vraag, veld, alinea) for veld, alinea, vraag in gestelde_vragen(teksten, ingevuld)]
    return bij_alinea + [Vraag(v.strip()) for v in (form.vragen.data or "").splitlines() if v.strip()]


def _neem(dossier: Dossier, form: BesluitForm, soort: str, ingevuld: Mapping[str, str], nu: datetime) -> None:
    """Take the decision. Raises what the operations raise."""
    actor, sessie = huidige_actor(), db.session()
    stuk, motivering = form.stuk.data or "", form.motivering.data or ""
    gezien = bool(form.kennis_genomen.data)
    vragen = _vragen(dossier, form, ingevuld)
    if soort not in BESLUITSOORTEN:
        raise OngeldigeInvoer(f"Kies een van: {', '.join(BESLUITSOORTEN.values())}.")
    if soort != "teruggestuurd" and vragen:
        raise OngeldigeInvoer(
            "U stelde ook een vraag. Kies 'Terug met vragen', of maak de vragen leeg voordat u besluit.", "vragen"
        )
    if soort == "akkoord":
        besluiten.keur_goed(sessie, actor, nu, opslag(), dossier, stuk, motivering, kennis_genomen=gezien)
    elif soort == "afgewezen":
        besluiten.wijs_dossier_af(sessie, actor, nu, opslag(), dossier, stuk, motivering, kennis_genomen=gezien)
    else:
        besluiten.stuur_terug(sessie, actor, nu, opslag(), dossier, stuk, vragen, motivering)


@bp.post("/kabinet/<uuid:uid>/besluit")
@vereist("dossiers.besluiten")
def besluit(uid: str) -> WerkzeugResponse | tuple[str, int]:
    """Approve, send back with questions, or refuse, after proving once more who decides. Nothing typed is lost."""
    form = BesluitForm()
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    haal(sessie, actor, Dossier, uid, "Het dossier")
    soort = request.form.get("besluit", "")
    ingevuld = {naam: waarde for naam, waarde in request.form.items() if naam.startswith("vraag-")}
    if not form.validate_on_submit():
        return toon_lezen(uid, 422, form, ingevuld)
    stuk = form.stuk.data or ""
    try:
        eis_bevestiging(sessie, actor, nu, request.form.get(VELD, ""))
        # Who proved who they are does not have to do it again because something else in the form was wrong.
        sessie.commit()
        _neem(haal(sessie, actor, Dossier, uid, "Het dossier"), form, soort, ingevuld, nu)
    except (OngeldigeInvoer, Conflict, GeenRecht) as fout:
        return _niet_gelukt(uid, form, ingevuld, stuk, fout)
    sessie.commit()
    flash(MELDINGEN[soort], "succes")
    return redirect(url_for("bureau.lezen", uid=uid))


def _niet_gelukt(
    uid: str, form: BesluitForm, ingevuld: Mapping[str, str], stuk: str, fout: InspectiesFout
) -> tuple[str, int]:
    """The reading view again with what was typed, and the message at its field."""
    db.session.rollback()
    form.meld_fout(fout.veld, fout.melding)
    # The document that the decider looked at is the one that is decided upon, unless a new one came.
    form.stuk.data = None if fout.veld == "stuk" else stuk
    return toon_lezen(uid, fout.status, form, ingevuld)
