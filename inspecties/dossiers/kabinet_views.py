"""The reading view of the mayor's desk: one dossier on one tablet, with everything that a decision rests on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flask import Blueprint, Response, render_template
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor, systeem
from inspecties.core.klok import lokale_datum
from inspecties.database import db, haal, select_voor
from inspecties.dossiers import kabinet_telefoon as telefoon
from inspecties.dossiers.beeld import Dossierbeeld, lees_beeld
from inspecties.dossiers.besluiten import is_ongeschonden
from inspecties.dossiers.kabinet_bevoegd import bevoegdheid
from inspecties.dossiers.kabinet_forms import BesluitForm
from inspecties.dossiers.kabinet_kaart import teken_plekken
from inspecties.dossiers.models import BESLUITSOORTEN, Dossier
from inspecties.dossiers.models_kabinet import Besluitvastlegging
from inspecties.dossiers.operations import AARDEN
from inspecties.dossiers.pagina import DOELEN, TONEN
from inspecties.dossiers.queries import opstellers_van, wacht_op_kabinet
from inspecties.dossiers.rules.alineas import alineas, vraagnaam
from inspecties.dossiers.rules.gereed import besluit_belemmeringen
from inspecties.dossiers.rules.gevolgen import instrument_bij
from inspecties.dossiers.rules.kabinet import STREKKINGEN, STREKKINGTONEN, TELEFOONUITKOMSTEN
from inspecties.dossiers.rules.opstellers import waarom_niet_besluiten
from inspecties.dossiers.rules.partijen import ROLLEN
from inspecties.dossiers.rules.teksten import TEKSTVELDEN, VELDEN
from inspecties.dossiers.rules.toestanden import DOSSIER_TABELLEN, SOORTEN
from inspecties.dossiers.rules.wachten import termijn, wacht_al
from inspecties.dossiers.tabbladen import jurist_werkt
from inspecties.dossiers.tijdlijn import tijdlijn
from inspecties.dossiers.werk import leg_dossier_vast
from inspecties.gebruikers.bevestigen import VELD, bevestigd
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("bureau", __name__)


@dataclass(frozen=True)
class Alinea:
    """One paragraph that a question can hang on; ``vraag`` is what was typed there."""

    nr: int
    tekst: str
    invoer: str
    vraag: str = ""


@dataclass(frozen=True)
class Tekstdeel:
    """One text of the dossier on the desk."""

    naam: str
    titel: str
    alineas: list[Alinea] = field(default_factory=list)


def tekstdelen(dossier: Dossier, ingevuld: Mapping[str, str]) -> dict[str, Tekstdeel]:
    """Every text that says something, in paragraphs."""
    uit = {}
    for veld in TEKSTVELDEN:
        lijst = [
            Alinea(nr, tekst, vraagnaam(veld.naam, nr), ingevuld.get(vraagnaam(veld.naam, nr), ""))
            for nr, tekst in enumerate(alineas(getattr(dossier, veld.naam)), start=1)
        ]
        if lijst:
            uit[veld.naam] = Tekstdeel(veld.naam, veld.titel, lijst)
    return uit


def wat_nu(dossier: Dossier, opstellers: list[str]) -> list[str]:
    """What happens after the decision, and by whom."""
    wie = " en ".join(opstellers) or "de jurist"
    if dossier.toestand == "akkoord":
        return [
            f"{wie} maakt het besluit op, met de voorwaarden die u schreef.",
            f"{wie} stuurt of brengt het aan de belanghebbenden. Vanaf die dag geldt het (artikel 3:40 en 3:41 Awb).",
            "Daarna begint de bezwaartermijn. Die staat bij de termijnen, met wie hem bewaakt.",
            "U hoeft niets te doen. Komt er een vervolgbesluit, dan ligt het weer bij u.",
        ]
    if dossier.toestand == "afgewezen":
        return [
            f"{wie} leest uw reden en sluit het dossier, of maakt een nieuw voorstel met een lichter middel.",
            "Er gaat niets naar de belanghebbenden, behalve als er al een voornemen was verstuurd.",
        ]
    if dossier.toestand == "teruggestuurd":
        return [
            f"{wie} ziet elke vraag bij de alinea waar u haar stelde, en past het dossier aan.",
            "U ziet het weer als het opnieuw is voorgelegd.",
        ]
    return []


def toon_lezen(
    uid: str, status: int = 200, form: BesluitForm | None = None, ingevuld: Mapping[str, str] | None = None
) -> tuple[str, int]:
    """Read and render one dossier for the decision; the reading is written in the audit log and committed."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier = haal(sessie, actor, Dossier, uid, "Het dossier")
    leg_dossier_vast(sessie, actor, nu, dossier, "dossier_gelezen", doel=DOELEN[actor.rol], deel="leesbeeld")
    pagina = _render(sessie, actor, nu, lees_beeld(sessie, actor, dossier), form, ingevuld or {})
    sessie.commit()
    return pagina, status


def _render(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    beeld: Dossierbeeld,
    form: BesluitForm | None,
    ingevuld: Mapping[str, str],
) -> str:
    dossier, vandaag = beeld.dossier, lokale_datum(nu)
    opstellers = opstellers_van(sessie, dossier)
    ligt_hier = dossier.toestand == "voorgelegd"
    besluitform = form or BesluitForm(formdata=None)
    if beeld.stuk is not None and not besluitform.stuk.data:
        besluitform.stuk.data = beeld.stuk.sha256
    punten = tijdlijn(sessie, actor, dossier)
    return render_template(
        "dossiers/lezen.html",
        dossier=dossier,
        beeld=beeld,
        form=besluitform,
        delen=tekstdelen(dossier, ingevuld),
        vraagtal=sum(bool(v.strip()) for naam, v in ingevuld.items() if naam.startswith("vraag-")),
        instrument=instrument_bij(dossier.soort, dossier.grondslag),
        soorten=SOORTEN,
        namen=DOSSIER_TABELLEN[dossier.tabelversie].namen,
        tonen=TONEN,
        rollen=ROLLEN,
        aarden=AARDEN,
        strekkingen=STREKKINGEN,
        strekkingtonen=STREKKINGTONEN,
        uitkomsten=TELEFOONUITKOMSTEN,
        besluitsoorten=BESLUITSOORTEN,
        velden=VELDEN,
        tijdlijn=punten,
        opstellers=list(opstellers.values()),
        termijn=termijn(dossier.beslissen_voor, vandaag),
        wacht=wacht_al(lokale_datum(dossier.voorgelegd_op), vandaag) if dossier.voorgelegd_op else "",
        ligt_hier=ligt_hier,
        jurist_werkt=jurist_werkt(actor, dossier),
        bezwaar=waarom_niet_besluiten(actor.gebruiker_id, opstellers) if ligt_hier else None,
        bevoegd=bevoegdheid(sessie, actor, dossier, actor.gebruiker_id, nu) if ligt_hier else None,
        belemmeringen=besluit_belemmeringen(beeld.stand),
        vraag_wachtwoord=not bevestigd(sessie, actor, nu),
        wachtwoordveld=VELD,
        telefoonbesluiten=telefoon.telefoonbesluiten(sessie, actor, dossier),
        vastleggingen=vastleggingen_van(sessie, actor, dossier),
        ongeschonden=is_ongeschonden,
        wat_nu=wat_nu(dossier, list(opstellers.values())),
        nog_wachtend=wachtend(sessie, actor) if not ligt_hier else 0,
    )


def wachtend(sessie: Session, actor: Actor) -> int:
    """How many dossiers wait for a decision."""
    return sessie.scalar(select(func.count()).select_from(wacht_op_kabinet(actor).order_by(None).subquery())) or 0


def vastleggingen_van(sessie: Session, actor: Actor, dossier: Dossier) -> dict[int, Besluitvastlegging]:
    """Besluit.id -> in which capacity it was taken."""
    rijen = sessie.scalars(select_voor(actor, Besluitvastlegging).where(Besluitvastlegging.dossier_id == dossier.id))
    return {rij.besluit_id: rij for rij in rijen}


@bp.get("/kabinet/<uuid:uid>")
@vereist("dossiers.besluiten")
def lezen(uid: str) -> tuple[str, int]:
    """Everything about one dossier, in the order in which it is decided."""
    return toon_lezen(uid)


@bp.get("/kabinet/<uuid:uid>/kaart.svg")
@vereist("dossiers.besluiten", alleen_lezen=True)
def kaart(uid: str) -> Response:
    """Where it is, drawn on the server from the gemeente's own background. Reading the dossier is logged already."""
    actor, sessie = huidige_actor(), db.session()
    dossier = haal(sessie, actor, Dossier, uid, "Het dossier")
    svg = teken_plekken(sessie, systeem(actor.gemeente_id), dossier)
    return Response(svg, mimetype="image/svg+xml", headers={"Cache-Control": "no-store"})
