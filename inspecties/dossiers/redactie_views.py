"""Pages on what parties get of a piece: judging it, drawing covers on its pages, leaving out sentences, the copy."""

import json
from collections import Counter
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.controles.models import Bewijsstuk
from inspecties.controles.rules.lakken import Vlakfout, lees_vlakken
from inspecties.core.beelden import OnleesbaarBeeld
from inspecties.core.fouten import Conflict, NietGevonden, OngeldigeInvoer
from inspecties.core.herkenning import TE_TEKENEN
from inspecties.database import db
from inspecties.dossiers import redactie
from inspecties.dossiers.bewijs_forms import OordeelForm
from inspecties.dossiers.bewijs_views import bestandsantwoord, lees_dossier, zoek
from inspecties.dossiers.bladen import teken_blad, tel_bladen
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.pagina import opslag
from inspecties.dossiers.rules.redactie import OORDELEN, lees_afdekkingen, plekken, zinnen, zonder
from inspecties.gebruikers.gemeenten import gemeente_uid
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("redactie", __name__, url_prefix="/dossiers/<uuid:uid>/bewijs/stuk/<uuid:stuk_uid>")

Antwoord = WerkzeugResponse | tuple[str, int]
DEEL = "stuk voor partijen"


def _toon(uid: str, stuk_uid: str, form: OordeelForm | None = None, fout: str = "", status: int = 200) -> Antwoord:
    """The page. What was drawn or chosen and did not pass comes back; where a colleague was ahead, beside theirs."""
    actor, sessie = huidige_actor(), db.session()
    dossier = lees_dossier(uid, DEEL)
    lijst_, stuk = zoek(dossier, stuk_uid)
    bron = redactie.bron_van(stuk)
    versies = redactie.versies(sessie, actor, dossier, bron.uid)
    # Of a text that was rewritten since, nothing of the old covers is taken over.
    laatste = versies[-1] if versies and versies[-1].inhoud_hash == bron.hash else None
    stand = redactie.stand_van(sessie, actor, stuk, {bron.uid: laatste} if laatste else {})
    regel = lijst_.regel(bron.uid)
    foto = isinstance(stuk, Bewijsstuk) and stuk.mediatype in TE_TEKENEN
    if form is None:
        form = OordeelForm(formdata=None, oordeel=stand or None, toelichting=laatste.toelichting if laatste else "")
    form.gezien.data, form.gezien.raw_data = len(versies), [str(len(versies))]
    pagina = render_template(
        "dossiers/bewijs_partijen.html",
        dossier=dossier,
        bron=bron,
        naam=regel.merk if regel else bron.naam,
        form=form,
        fout=fout,
        stand=stand,
        oordelen=OORDELEN,
        versies=versies,
        aantal_versies=len(versies),
        gronden=list(redactie.gronden().values()),
        gronden_nu=redactie.gronden_van(laatste),
        kopie=stand in {"geheel", "deels"} and not foto,
        foto_url=url_for("fotos.foto", uid=stuk.bezoek.uid, sha256=stuk.sha256)
        if foto and isinstance(stuk, Bewijsstuk)
        else "",
        **_delen(bron, laatste, foto=foto, botst=status == Conflict.status),
    )
    db.session.commit()
    return pagina, status


def _getypt() -> dict[str, list[str]]:
    """Ground -> the names and words that were typed under it."""
    uit = {}
    for code in redactie.gronden():
        regels = [" ".join(regel.split()) for regel in request.form.get(f"woorden-{code}", "").splitlines()]
        if any(regels):
            uit[code] = [regel for regel in regels if regel]
    return uit


def _getekend(eigen: list[dict[str, Any]], *, botst: bool) -> list[dict[str, Any]]:
    """What was drawn just now, if it can be read; with what stands there where a colleague was ahead."""
    if request.endpoint != "redactie.lak_blad":
        return eigen
    try:
        nieuw = [vlak.als_json() for vlak in lees_vlakken(json.loads(request.form.get("vlakken", "[]")))]
    except (ValueError, RecursionError, Vlakfout):
        return eigen
    return [*nieuw, *(vlak for vlak in eigen if vlak not in nieuw)] if botst else nieuw


def _delen(bron: redactie.Bron, laatste: Any, *, foto: bool, botst: bool) -> dict[str, Any]:
    """What the page needs to change the covers: sentences of a text, or one page of a file on one ground."""
    if bron.is_tekst:
        passages, woorden = (laatste.passages, laatste.woorden) if laatste else ([], [])
        per_grond: dict[str, list[str]] = {}
        for rij in woorden:
            per_grond.setdefault(rij["grond"], []).append(rij["woord"])
        delen = [(nr, zin.strip()) for nr, zin in enumerate(zinnen(bron.tekst)) if zin.strip()]
        weg = {(rij["van"], rij["tot"]): rij["grond"] for rij in passages}
        gekozen = {nr: weg[plek] for nr, plek in enumerate(plekken(bron.tekst)) if plek in weg}
        if request.endpoint == "redactie.lak_tekst":
            eigen_zinnen, eigen_woorden = _gekozen(bron.tekst), _getypt()
            # Nothing that a colleague just covered comes bare because somebody else sends this form again.
            gekozen = gekozen | eigen_zinnen if botst else eigen_zinnen
            codes = [*per_grond, *eigen_woorden] if botst else list(eigen_woorden)
            er_staat = per_grond if botst else {}
            per_grond = {c: list(dict.fromkeys([*er_staat.get(c, []), *eigen_woorden.get(c, [])])) for c in codes}
        return {
            "zinnen": delen,
            "gekozen": gekozen,
            "woorden": per_grond,
            "voorbeeld": zonder(bron.tekst, passages, woorden, redactie.labels()),
        }
    if foto or not bron.te_tonen:
        return {}
    actor, sessie = huidige_actor(), db.session()
    try:
        bladen = tel_bladen(opslag().pad(gemeente_uid(sessie, actor), bron.sha256), bron.mediatype)
    except OngeldigeInvoer as fout:
        # It was read when it came in: the file on the disk is not what it was. What was judged still shows.
        return {"kapot": fout.melding}
    bron_ = request.form if request.method == "POST" else request.args
    blad = min(max(1, bron_.get("blad", 1, int) or 1), bladen)
    gronden = redactie.gronden()
    grond = gronden.get(bron_.get("grond", "")) or next(iter(gronden.values()))
    afdekkingen = lees_afdekkingen(laatste.vlakken) if laatste else []
    eigen = [a.vlak.als_json() for a in afdekkingen if (a.blad, a.grond) == (blad, grond.code)]
    per_blad: dict[int, int] = {}
    for a in afdekkingen:
        per_blad[a.blad] = per_blad.get(a.blad, 0) + 1
    return {
        "bladen": bladen,
        "blad": blad,
        "grond": grond,
        "vlakken": json.dumps(_getekend(eigen, botst=botst)),
        "per_blad": per_blad,
    }


@bp.get("/partijen")
@vereist("dossiers.bewerken")
def toon(uid: str, stuk_uid: str) -> Antwoord:
    """What parties get of this piece, and the tools to change that."""
    return _toon(uid, stuk_uid)


def _begin(uid: str, stuk_uid: str) -> tuple[Dossier, redactie.Bron]:
    dossier = lees_dossier(uid, DEEL)
    return dossier, redactie.bron_van(zoek(dossier, stuk_uid)[1])


def _klaar(uid: str, stuk_uid: str, melding: str, **vraag: Any) -> WerkzeugResponse:
    db.session.commit()
    flash(melding, "succes")
    return redirect(url_for("redactie.toon", uid=uid, stuk_uid=stuk_uid, **vraag))


@bp.post("/partijen")
@vereist("dossiers.bewerken")
def oordeel(uid: str, stuk_uid: str) -> Antwoord:
    """Say what parties get: all, with covers, nothing."""
    form = OordeelForm()
    dossier, bron = _begin(uid, stuk_uid)
    if not form.validate_on_submit():
        return _toon(uid, stuk_uid, form, status=422)
    try:
        redactie.oordeel(
            db.session(), huidige_actor(), klok().nu(), dossier, bron, form.oordeel.data or "",
            form.toelichting.data or "", gezien=form.gezien.data or 0,
        )  # fmt: skip
    except (OngeldigeInvoer, Conflict) as fout:
        db.session.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return _toon(uid, stuk_uid, form, status=fout.status)
    return _klaar(uid, stuk_uid, "Het oordeel is bewaard.")


@bp.post("/partijen/blad")
@vereist("dossiers.bewerken")
def lak_blad(uid: str, stuk_uid: str) -> Antwoord:
    """The covers of one page on one ground."""
    dossier, bron = _begin(uid, stuk_uid)
    blad, grond = request.form.get("blad", 0, int), request.form.get("grond", "")
    try:
        getekend = json.loads(request.form.get("vlakken", "[]"))
    except (ValueError, RecursionError):
        return _toon(uid, stuk_uid, fout="De getekende vlakken zijn niet te lezen. Teken ze opnieuw.", status=422)
    try:
        redactie.lak_blad(
            db.session(), huidige_actor(), klok().nu(), opslag(), dossier, bron, blad, grond, getekend,
            gezien=request.form.get("gezien", -1, int),
        )  # fmt: skip
    except (OngeldigeInvoer, Conflict) as fout:
        db.session.rollback()
        return _toon(uid, stuk_uid, fout=fout.melding, status=fout.status)
    return _klaar(uid, stuk_uid, f"Blad {blad} is bewaard. Het origineel is niet veranderd.", blad=blad, grond=grond)


def _gekozen(tekst: str) -> dict[int, str]:
    """Number of a sentence -> the ground that was chosen for it."""
    return {nr: grond for nr in range(len(zinnen(tekst))) if (grond := request.form.get(f"zin-{nr}", ""))}


@bp.post("/partijen/tekst")
@vereist("dossiers.bewerken")
def lak_tekst(uid: str, stuk_uid: str) -> Antwoord:
    """Sentences and words of a typed text that parties do not get."""
    dossier, bron = _begin(uid, stuk_uid)
    paren = [(woord, code) for code, regels in _getypt().items() for woord in dict.fromkeys(regels)]
    dubbel = [woord for woord, aantal in Counter(woord.casefold() for woord, _ in paren).items() if aantal > 1]
    if dubbel:
        eerste = next(woord for woord, _ in paren if woord.casefold() == dubbel[0])
        db.session.rollback()
        return _toon(uid, stuk_uid, fout=f"'{eerste}' staat bij twee gronden. Kies er een.", status=422)
    try:
        redactie.lak_tekst(
            db.session(), huidige_actor(), klok().nu(), dossier, bron, _gekozen(bron.tekst), dict(paren),
            gezien=request.form.get("gezien", -1, int),
        )  # fmt: skip
    except (OngeldigeInvoer, Conflict) as fout:
        db.session.rollback()
        return _toon(uid, stuk_uid, fout=fout.melding, status=fout.status)
    return _klaar(uid, stuk_uid, "Bewaard. Hieronder leest u wat partijen krijgen.")


@bp.get("/blad/<int:nr>.jpg")
@vereist("dossiers.bewerken")
def blad(uid: str, stuk_uid: str, nr: int) -> Response:
    """One page as a picture with its covers; ``?zonder=grond`` leaves those of one ground away, to redraw them."""
    actor, sessie = huidige_actor(), db.session()
    dossier, bron = _begin(uid, stuk_uid)
    if bron.is_tekst or not bron.te_tonen:
        raise NietGevonden("Van dit stuk zijn geen bladen te tonen.")
    laatste = redactie.geldende(sessie, actor, dossier).get(bron.uid)
    open_grond = request.args.get("zonder", "")
    vlakken = [
        a.vlak for a in (lees_afdekkingen(laatste.vlakken) if laatste else []) if a.blad == nr and a.grond != open_grond
    ]
    pad = opslag().pad(gemeente_uid(sessie, actor), bron.sha256)
    # Drawing takes a while: not inside a transaction, SQLite has one writer.
    db.session.commit()
    if not pad.is_file() or not 1 <= nr <= tel_bladen(pad, bron.mediatype):
        raise NietGevonden("Dit blad bestaat niet.")
    try:
        inhoud = teken_blad(pad, bron.mediatype, nr, vlakken)
    except OnleesbaarBeeld as fout:
        raise NietGevonden("Dit blad is beschadigd en niet te tonen.") from fout
    return Response(inhoud, mimetype="image/jpeg", headers={"Cache-Control": "no-store"})


@bp.get("/partijen/kopie.pdf")
@vereist("dossiers.lezen", bevestigd=True)
def kopie(uid: str, stuk_uid: str) -> Response:
    """The copy as parties get it."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier = lees_dossier(uid, "kopie voor partijen")
    _, stuk = zoek(dossier, stuk_uid)
    werk = redactie.te_tekenen(sessie, actor, opslag(), dossier, stuk)
    # Drawing takes a while: not inside a transaction, SQLite has one writer.
    db.session.commit()
    getekend = {werk.redactie_id: werk.druk()} if werk is not None else None
    gemaakt = redactie.kopie_voor_partijen(sessie, actor, nu, opslag(), dossier, stuk, getekend)
    if gemaakt is None:
        raise NietGevonden("Er is nog geen kopie voor partijen: beoordeel het stuk eerst.")
    naam = f"dossier-{dossier.nummer}-{redactie.bron_van(stuk).naam.replace(' ', '-').lower()}-partijen"
    db.session.commit()
    return bestandsantwoord(gemaakt[0], gemaakt[1], naam, tonen=True)
