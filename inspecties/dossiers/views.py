"""Pages of dossiers: the list, one dossier, its document and its evidence."""

from flask import Blueprint, Response, render_template, request
from sqlalchemy import func, select

from inspecties.audit.lezing import leg_deel_vast
from inspecties.audit.operations import leg_vast
from inspecties.controles.models import Bewijsstuk
from inspecties.controles.schermkopie import schermkopie
from inspecties.core.actor import systeem
from inspecties.core.fouten import NietGevonden
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import Rol
from inspecties.database import db, haal
from inspecties.dossiers.beeld import lees_beeld
from inspecties.dossiers.beperkt import eis_dossier_onbeperkt
from inspecties.dossiers.document import Drukwerk, verzamel
from inspecties.dossiers.forms import Lijstfilter
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.pagina import DOELEN, TONEN, opslag, toon_dossier
from inspecties.dossiers.queries import VOLGORDE, dossiers, op_de_lijst, stukken_van
from inspecties.dossiers.rules.toestanden import DOSSIER_TABEL_1, SOORTEN
from inspecties.dossiers.rules.wachten import termijn
from inspecties.dossiers.voorleggen import lees_stuk, maak_kopieen
from inspecties.dossiers.werk import OPEN, leg_dossier_vast
from inspecties.web.formulieren import keuzes
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("dossiers", __name__)

PER_PAGINA = 25


@bp.get("/dossiers")
@vereist("dossiers.lezen")
def lijst() -> str:
    """The dossiers that this role may see. Titles name addresses, so the reading is logged."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    form = Lijstfilter(request.args)
    form.toestand.choices = keuzes(DOSSIER_TABEL_1.namen.items(), "Alle standen")
    sorteer = request.args.get("sorteer", "nummer")
    sorteer = sorteer if sorteer in VOLGORDE else "nummer"
    richting = "op" if request.args.get("richting") == "op" else "af"
    opdracht = dossiers(
        actor,
        (form.toestand.data or ""),
        (form.soort.data or ""),
        (form.zoek.data or "").strip()[:100] if form.validate() else "",
        sorteer,
        op=richting == "op",
    )
    totaal = sessie.scalar(select(func.count()).select_from(opdracht.order_by(None).options().subquery())) or 0
    paginas = max(1, -(-totaal // PER_PAGINA))
    pagina = min(max(1, request.args.get("pagina", 1, int)), paginas)
    rijen = list(sessie.scalars(opdracht.limit(PER_PAGINA).offset((pagina - 1) * PER_PAGINA)))
    leg_vast(
        sessie,
        actor,
        nu,
        "dossierlijst_gelezen",
        "gemeente",
        str(actor.gemeente_id),
        gegevens={"doel": DOELEN[actor.rol], "dossiers": [str(d.uid) for d in rijen]},
    )
    uit = render_template(
        "dossiers/lijst.html",
        form=form,
        dossiers=rijen,
        totaal=totaal,
        pagina=pagina,
        paginas=paginas,
        sorteer=sorteer,
        richting=richting,
        soorten=SOORTEN,
        namen=DOSSIER_TABEL_1.namen,
        tonen=TONEN,
        gefilterd=bool(form.toestand.data or form.soort.data or form.zoek.data),
        termijnen={d.id: termijn(d.beslissen_voor, lokale_datum(nu)) for d in rijen},
    )
    db.session.commit()
    return uit


@bp.get("/dossiers/<uuid:uid>")
@vereist("dossiers.lezen")
def dossier(uid: str) -> tuple[str, int]:
    """One dossier. The reading is logged with its purpose."""
    return toon_dossier(uid)


@bp.get("/dossiers/<uuid:uid>/document.pdf")
@vereist("dossiers.lezen", bevestigd=True)
def document(uid: str) -> Response:
    """The document: the frozen version, or a draft while the jurist works; ``?versie=N`` for an earlier version."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    rij = haal(sessie, actor, Dossier, uid, "Het dossier")
    eis_dossier_onbeperkt(sessie, actor, rij)
    stukken = stukken_van(sessie, actor, rij)
    versie = request.args.get("versie", type=int)
    stuk = stukken[-1] if stukken else None
    if "versie" in request.args:
        stuk = next((s for s in stukken if s.volgnummer == versie), None)
        if stuk is None:
            raise NietGevonden("Deze versie van het document bestaat niet.")
    elif rij.toestand in OPEN and actor.rol is not Rol.KABINET:
        stuk = None
    inhoud = lees_stuk(sessie, actor, opslag(), stuk) if stuk is not None else b""
    werk = _concept(rij) if stuk is None else None
    soort = f"versie-{stuk.volgnummer}" if stuk else "concept"
    leg_dossier_vast(
        sessie,
        actor,
        nu,
        rij,
        "dossierdocument_gelezen",
        doel=DOELEN[actor.rol],
        versie=stuk.volgnummer if stuk else None,
    )
    nummer = rij.nummer
    db.session.commit()
    return Response(
        # Compiling takes a while: after the transaction, SQLite has one writer.
        werk.druk() if werk is not None else inhoud,
        mimetype="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="dossier-{nummer}-{soort}.pdf"',
            "Cache-Control": "no-store",
        },
    )


def _concept(rij: Dossier) -> Drukwerk:
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    beeld = lees_beeld(sessie, actor, rij)
    maak_kopieen(sessie, actor, nu, opslag(), beeld)
    return verzamel(sessie, actor, nu, opslag(), beeld)


@bp.get("/dossiers/<uuid:uid>/bewijs/<uuid:stuk_uid>")
@vereist("dossiers.lezen")
def bewijsbeeld(uid: str, stuk_uid: str) -> Response:
    """The copy without metadata of a picture on the evidence list. A line where the dossier was not read just now."""
    actor, sessie = huidige_actor(), db.session()
    rij = haal(sessie, actor, Dossier, uid, "Het dossier")
    # Who may see the dossier may see what stands on its list, also who may not see the visit.
    lezer = systeem(actor.gemeente_id)
    stuk = haal(sessie, lezer, Bewijsstuk, stuk_uid, "Het bewijsstuk")
    if not op_de_lijst(sessie, lezer, rij, stuk):
        raise NietGevonden("Dit bewijsstuk staat niet op de lijst van dit dossier.")
    if leg_deel_vast(sessie, actor, klok().nu(), "beeld_gezien", "dossier", rij.uid):
        sessie.commit()
    return _jpeg(schermkopie(stuk, lezer))


def _jpeg(inhoud: bytes) -> Response:
    return Response(inhoud, mimetype="image/jpeg", headers={"Content-Disposition": "inline; filename=kopie.jpg"})
