"""The page on which a jurist fills in the legal test: requirements with facts and evidence, gates as stop signs."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.core.fouten import Conflict, NietGevonden, OngeldigeInvoer
from inspecties.core.rechten import rol_mag
from inspecties.database import db, haal
from inspecties.dossiers import toetsen
from inspecties.dossiers.beeld import Dossierbeeld, lees_beeld
from inspecties.dossiers.bewijsblad import maak_blad
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.pagina import DOELEN
from inspecties.dossiers.rules.toets import ANTWOORDEN, OORDELEN
from inspecties.dossiers.tabbladen import VOORWAARDEN, jurist_werkt
from inspecties.dossiers.toetsen import Ingezonden, Toetsconflict, Toetsfouten
from inspecties.dossiers.werk import OPEN, leg_dossier_vast
from inspecties.web.formulieren import Formulier
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("toets", __name__)
VOORWAARDEN["toets"] = toetsen.heeft_toets

Antwoord = WerkzeugResponse | tuple[str, int]


def _lees(uid: str) -> Dossierbeeld:
    actor, sessie = huidige_actor(), db.session()
    dossier = haal(sessie, actor, Dossier, uid, "Het dossier")
    beeld = lees_beeld(sessie, actor, dossier)
    if beeld.toets is None:
        raise NietGevonden("Voor de grondslag van dit dossier is er geen toets.")
    if dossier.toestand not in OPEN:
        raise Conflict("Dit dossier ligt vast. Haal het eerst terug als er iets moet veranderen.")
    return beeld


def _toon(
    uid: str,
    delen: dict[str, Ingezonden] | None = None,
    fouten: dict[str, tuple[str, str]] | None = None,
    staat_er: dict[str, Ingezonden] | None = None,
    status: int = 200,
    melding: str = "",
) -> tuple[str, int]:
    actor, nu = huidige_actor(), klok().nu()
    beeld = _lees(uid)
    assert beeld.toets is not None  # _lees saw to it
    leg_dossier_vast(db.session(), actor, nu, beeld.dossier, "dossier_gelezen", doel=DOELEN[actor.rol], deel="toets")
    nu_er = dict(beeld.toets.delen)
    pagina = render_template(
        "dossiers/toets.html",
        dossier=beeld.dossier,
        beeld=beeld,
        stand=beeld.toets.stand,
        delen=nu_er | (delen or {}),
        # The next attempt starts from what stands there now.
        gezien={code: nu_er.get(code, Ingezonden()).hash for code in _codes(beeld)},
        leeg=Ingezonden(),
        fouten=fouten or {},
        staat_er=staat_er or {},
        oordelen=OORDELEN,
        antwoorden=ANTWOORDEN,
        melding=melding,
    )
    db.session.commit()
    return pagina, status


def _codes(beeld: Dossierbeeld) -> list[str]:
    assert beeld.toets is not None  # _lees saw to it
    return [d.code for d in beeld.toets.stand.toets.delen]


@bp.get("/dossiers/<uuid:uid>/toets")
@vereist("dossiers.lezen")
def invullen(uid: str) -> tuple[str, int]:
    """Everything of the test on one page: to fill in, or to read where it lies fast."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier = haal(sessie, actor, Dossier, uid, "Het dossier")
    if rol_mag(actor.rol, "dossiers.bewerken") and dossier.toestand in OPEN:
        return _toon(uid)
    if jurist_werkt(actor, dossier):
        raise Conflict("De jurist werkt nu aan uw vragen. Daarna ligt het dossier weer bij u.")
    beeld = lees_beeld(sessie, actor, dossier)
    leg_dossier_vast(sessie, actor, nu, dossier, "dossier_gelezen", doel=DOELEN[actor.rol], deel="toets")
    pagina = render_template(
        "dossiers/toets_lezen.html", dossier=dossier, beeld=beeld, bewijsblad=maak_blad(beeld, 1, 1, elders=True)
    )
    sessie.commit()
    return pagina, 200


@bp.post("/dossiers/<uuid:uid>/toets")
@vereist("dossiers.bewerken")
def bewaar(uid: str) -> Antwoord:
    """Store what changed; what somebody else wrote meanwhile is shown beside it, never overwritten."""
    form = Formulier()
    beeld = _lees(uid)
    delen = {
        code: Ingezonden(
            request.form.get(f"tekst-{code}", "").replace("\r\n", "\n"),
            request.form.get(f"antwoord-{code}", ""),
            request.form.get(f"waarom-{code}", "").replace("\r\n", "\n"),
            tuple(request.form.getlist(f"bewijs-{code}")),
            request.form.get(f"gezien-{code}", ""),
        )
        for code in _codes(beeld)
    }
    if not form.validate_on_submit():
        return _toon(uid, delen, status=422, melding="Deze pagina stond te lang open. Bewaar opnieuw.")
    bewijs = {str(r.stuk.uid) for r in beeld.bewijs} | {str(s.uid) for s in beeld.bronstukken}
    actor, sessie, nu, dossier = huidige_actor(), db.session(), klok().nu(), beeld.dossier
    try:
        aantal = toetsen.vul_in(sessie, actor, nu, dossier, delen, bewijs)
    except Toetsfouten as fout:
        sessie.rollback()
        return _toon(uid, delen, fouten=fout.fouten, status=fout.status, melding=fout.melding)
    except Toetsconflict as botsing:
        sessie.rollback()
        return _toon(uid, delen, staat_er=botsing.staat_er, status=botsing.status, melding=botsing.melding)
    except OngeldigeInvoer as fout:
        sessie.rollback()
        return _toon(uid, delen, status=fout.status, melding=fout.melding)
    sessie.commit()
    flash("De toets is bewaard." if aantal else "Er was niets gewijzigd.", "succes")
    return redirect(url_for("dossiers.dossier", uid=uid, _anchor="toets"))
