"""Pages of past imports: what each did row by row, and undoing it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.database import db, haal, select_voor
from inspecties.gebruikers.models import Gebruiker
from inspecties.locaties import queries
from inspecties.locaties.filters import lees_heel_getal
from inspecties.locaties.importeren_bijwerken import KOLOMNAMEN
from inspecties.locaties.importeren_forms import TerugForm
from inspecties.locaties.importterug import Terugplan, draai_terug, maak_plan
from inspecties.locaties.models import Locatieimport
from inspecties.locaties.models_import import Importregel, Importterugdraaiing
from inspecties.locaties.rules.importrij_kolommen import SOORTEN
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("locatieimports", __name__, url_prefix="/locaties/imports")

PER_PAGINA = 25
MAX_OP_SCHERM = 200
Pagina = str | WerkzeugResponse | tuple[str, int]


@bp.get("")
@vereist("locaties.importeren", alleen_lezen=True)
def lijst() -> str:
    """Every import of the gemeente, the newest first."""
    actor, sessie = huidige_actor(), db.session()
    opdracht = select_voor(actor, Locatieimport)
    totaal = queries.tel(sessie, opdracht)
    paginas = max(1, -(-totaal // PER_PAGINA))
    pagina = min(lees_heel_getal(request.args.get("pagina") or "1", "pagina", 1, 1_000_000), paginas)
    imports = sessie.scalars(
        opdracht.order_by(Locatieimport.gedaan_op.desc(), Locatieimport.id.desc())
        .limit(PER_PAGINA)
        .offset((pagina - 1) * PER_PAGINA)
    ).all()
    ids = [i.id for i in imports]
    terug = set(
        sessie.scalars(
            select_voor(actor, Importterugdraaiing)
            .where(Importterugdraaiing.import_id.in_(ids))
            .with_only_columns(Importterugdraaiing.import_id)
        )
    )
    return render_template(
        "locaties/imports.html",
        imports=imports,
        teruggedraaid=terug,
        soorten=SOORTEN,
        totaal=totaal,
        pagina=pagina,
        paginas=paginas,
    )


def _pagina(sessie: Session, actor: Actor, batch: Locatieimport, form: TerugForm, plan: Terugplan) -> str:
    regels = select_voor(actor, Importregel).where(Importregel.import_id == batch.id)
    door = sessie.scalar(select(Gebruiker.naam).where(Gebruiker.id == batch.door_id)) if batch.door_id else None
    return render_template(
        "locaties/import.html",
        batch=batch,
        door=door or "het systeem",
        soort=SOORTEN.get(batch.soort, SOORTEN["locaties"]),
        form=form,
        plan=plan,
        kolomnamen=KOLOMNAMEN,
        aantal_regels=sessie.scalar(select(func.count()).select_from(regels.subquery())) or 0,
        regels=sessie.scalars(regels.order_by(Importregel.rij).limit(MAX_OP_SCHERM)).all(),
        keren=sessie.scalars(
            select_voor(actor, Importterugdraaiing)
            .where(Importterugdraaiing.import_id == batch.id)
            .order_by(Importterugdraaiing.op, Importterugdraaiing.id)
        ).all(),
        op_scherm=MAX_OP_SCHERM,
    )


@bp.get("/<uuid:uid>")
@vereist("locaties.importeren", alleen_lezen=True)
def toon(uid: str) -> str:
    """One import: what it stored, and what undoing would do now."""
    actor, sessie = huidige_actor(), db.session()
    batch = haal(sessie, actor, Locatieimport, uid, "De import")
    return _pagina(sessie, actor, batch, TerugForm(), maak_plan(sessie, actor, batch))


@bp.post("/<uuid:uid>/terugdraaien")
@vereist("locaties.importeren")
def terugdraaien(uid: str) -> Pagina:
    """Undo what can be undone."""
    actor, sessie = huidige_actor(), db.session()
    batch = haal(sessie, actor, Locatieimport, uid, "De import")
    form = TerugForm()
    try:
        if form.validate_on_submit():
            terug, _ = draai_terug(sessie, actor, klok().nu(), batch, form.reden.data)
            sessie.commit()
            flash(
                f"Teruggedraaid: {terug.verwijderd} verwijderd, {terug.hersteld} hersteld, {terug.gebleven} gebleven.",
                "waarschuwing" if terug.gebleven else "succes",
            )
            return redirect(url_for("locatieimports.toon", uid=uid), 303)
    except (OngeldigeInvoer, Conflict) as fout:
        sessie.rollback()
        batch = haal(sessie, actor, Locatieimport, uid, "De import")
        form.meld_fout(fout.veld, fout.melding)
    return _pagina(sessie, actor, batch, form, maak_plan(sessie, actor, batch)), 422
