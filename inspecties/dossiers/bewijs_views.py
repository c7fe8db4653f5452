"""Pages of the evidence of a dossier: the list, one piece with its chain, adding reports, statements, conclusions."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.controles.opslag import naam_van
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, InspectiesFout, NietGevonden, OngeldigeInvoer
from inspecties.core.herkenning import EXTENSIES
from inspecties.core.rechten import rol_mag
from inspecties.database import db, haal
from inspecties.dossiers import bewijslijst, bewijsstukken, redactie
from inspecties.dossiers.beeld import Dossierbeeld, lees_beeld
from inspecties.dossiers.bewijs_forms import ConclusieForm, IntrekForm, StukForm
from inspecties.dossiers.bewijsbestand import eis_heel
from inspecties.dossiers.bewijsblad import PER_BLAD
from inspecties.dossiers.bewijsblad import deel as blad_van
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_bewijs import Bronstuk
from inspecties.dossiers.pagina import DOELEN, opslag
from inspecties.dossiers.rules.bewijs import CONCLUSIE, EDEN, LIJSTEN, Stukgegevens
from inspecties.dossiers.tabbladen import jurist_werkt
from inspecties.dossiers.werk import OPEN, leg_dossier_vast
from inspecties.gebruikers.gemeenten import gemeente_uid
from inspecties.web.formulieren import Formulier, keuzes
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("bewijs", __name__)

Antwoord = WerkzeugResponse | tuple[str, int]


def eis_voorgelegd(actor: Actor, dossier: Dossier) -> None:
    """The cabinet reads what was submitted. Raises Conflict while the jurist works."""
    if jurist_werkt(actor, dossier):
        raise Conflict("De jurist werkt nu aan uw vragen. Daarna ligt het dossier weer bij u.")


def lees_dossier(uid: str, deel: str) -> Dossier:
    """A dossier whose part is read: the reading is logged. Raises NietGevonden, Conflict while the jurist works."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier = haal(sessie, actor, Dossier, uid, "Het dossier")
    eis_voorgelegd(actor, dossier)
    leg_dossier_vast(sessie, actor, nu, dossier, "dossier_gelezen", doel=DOELEN[actor.rol], deel=deel)
    return dossier


def _lijst(dossier: Dossier) -> tuple[Dossierbeeld, bewijslijst.Bewijslijst]:
    beeld = lees_beeld(db.session(), huidige_actor(), dossier)
    return beeld, bewijslijst.lees_lijst(db.session(), huidige_actor(), beeld)


def zoek(dossier: Dossier, stuk_uid: str) -> tuple[bewijslijst.Bewijslijst, redactie.Stuksoort]:
    """The list and one piece of the dossier. Raises NietGevonden."""
    beeld, lijst_ = _lijst(dossier)
    stukken = [r.stuk for r in beeld.bewijs]
    return lijst_, bewijsstukken.zoek_stuk(db.session(), huidige_actor(), dossier, UUID(str(stuk_uid)), stukken)


def _mag(dossier: Dossier) -> bool:
    return rol_mag(huidige_actor().rol, "dossiers.bewerken") and dossier.toestand not in {"voorgelegd", "afgesloten"}


@bp.get("/dossiers/<uuid:uid>/bewijs")
@vereist("dossiers.lezen")
def lijst(uid: str) -> str:
    """Observations, statements and conclusions, each with its number, origin, hash and use."""
    dossier = lees_dossier(uid, "bewijs")
    beeld, lijst_ = _lijst(dossier)
    vrij = _vrije_nummers(beeld)
    bladen = {code: blad_van(rijen, request.args.get(code, 1, int)) for code, rijen in lijst_.lijsten.items()}
    pagina = render_template(
        "dossiers/bewijs.html",
        dossier=dossier,
        lijst=lijst_,
        bladen=bladen,
        hier={code: pagina for code, (_, pagina, _) in bladen.items() if pagina > 1},
        namen=LIJSTEN,
        eden=EDEN,
        vrij=vrij,
        mag=_mag(dossier),
        mag_ordenen=_mag(dossier) and dossier.toestand in OPEN and len(vrij) > 1,
        mag_lakken=rol_mag(huidige_actor().rol, "dossiers.bewerken"),
        over=len(beeld.over),
    )
    db.session.commit()
    return pagina


def _vrije_nummers(beeld: Dossierbeeld) -> list[int]:
    """Bewijsstuk.id of the photos whose number was in no submitted document yet, in the order of the list."""
    vast = {sha for stuk in beeld.stukken for sha in (stuk.momentopname or {}).get("bewijs", {})}
    return [r.stuk.id for r in beeld.bewijs if r.stuk.sha256 not in vast]


@bp.get("/dossiers/<uuid:uid>/bewijs/stuk/<uuid:stuk_uid>")
@vereist("dossiers.lezen")
def stuk(uid: str, stuk_uid: str) -> tuple[str, int]:
    """One piece: what it is, and everything that happened to it."""
    return _toon_stuk(uid, stuk_uid)


def _toon_stuk(uid: str, stuk_uid: str, form: IntrekForm | None = None, status: int = 200) -> tuple[str, int]:
    dossier = lees_dossier(uid, "bewijsstuk")
    lijst_, rij = zoek(dossier, stuk_uid)
    actor, sessie = huidige_actor(), db.session()
    eigen = rij if isinstance(rij, Bronstuk) else None
    if form is None and eigen is not None:
        form = IntrekForm(formdata=None, versie=eigen.versie)
    bron = redactie.bron_van(rij)
    regel = lijst_.regel(rij.uid)
    pagina = render_template(
        "dossiers/bewijsstuk.html",
        dossier=dossier,
        regel=regel,
        eigen=eigen,
        bron=bron,
        naam=f"{regel.merk}: {regel.titel}" if regel else bron.naam,
        keten=bewijslijst.keten(sessie, actor, dossier, rij),
        eden=EDEN,
        form=form,
        rust_op=[r for r in lijst_.keuzes() if eigen and str(r.uid) in eigen.rust_op],
        mag=_mag(dossier),
        mag_lakken=rol_mag(actor.rol, "dossiers.bewerken"),
        mag_origineel=rol_mag(actor.rol, "bewijs.origineel"),
        mag_apart=rol_mag(actor.rol, "politiegegevens.apart"),
        mag_conclusie=_mag(dossier) and dossier.toestand in OPEN,
        gelakt=redactie.geldende(sessie, actor, dossier).get(rij.uid),
    )
    db.session.commit()
    return pagina, status


def als_bestand(inhoud: bytes, mediatype: str, naam: str, *, tonen: bool = False) -> Response:
    """A file to save, or (``tonen``) to look at; never kept by the browser."""
    kop = f'{"inline" if tonen else "attachment"}; filename="{naam}"'
    return Response(inhoud, mimetype=mediatype, headers={"Content-Disposition": kop, "Cache-Control": "no-store"})


def bestandsantwoord(inhoud: bytes, mediatype: str, naam: str, *, tonen: bool = False) -> Response:
    """As ``als_bestand``, named by what is in it."""
    return als_bestand(inhoud, mediatype, f"{naam}.{EXTENSIES.get(mediatype, 'bin')}", tonen=tonen)


@bp.get("/dossiers/<uuid:uid>/bewijs/stuk/<uuid:stuk_uid>/bestand")
@vereist("bewijs.origineel", bevestigd=True)
def bestand(uid: str, stuk_uid: str) -> Response:
    """The original of a report or statement, as it was received: with everything that parties do not get."""
    actor, sessie = huidige_actor(), db.session()
    dossier = lees_dossier(uid, "origineel van een stuk")
    _, rij = zoek(dossier, stuk_uid)
    if not isinstance(rij, Bronstuk) or not rij.sha256:
        raise NietGevonden("Dit stuk heeft hier geen bestand.")
    naam, mediatype = rij.merk, rij.mediatype
    inhoud = eis_heel(sessie, actor, opslag(), rij.sha256, f"Het bestand van {naam}")
    nummer = dossier.nummer
    db.session.commit()
    return bestandsantwoord(inhoud, mediatype, f"dossier-{nummer}-{naam}")


@bp.route("/dossiers/<uuid:uid>/bewijs/nieuw", methods=["GET", "POST"])
@vereist("dossiers.bewerken")
def nieuw(uid: str) -> Antwoord:
    """Add a report or statement."""
    form = StukForm() if request.method == "POST" else StukForm(formdata=None)
    dossier = lees_dossier(uid, "bewijs")
    # Who sends the form hears it there, with what was typed.
    if request.method == "GET" and not _mag(dossier):
        raise Conflict("Dit dossier ligt vast. Er komt nu geen stuk bij.")
    if request.method == "POST" and form.validate_on_submit():
        fout = _voeg_toe(dossier, form)
        if fout is None:
            return redirect(url_for("bewijs.lijst", uid=uid))
        form.meld_fout(fout.veld, fout.melding)
        dossier = lees_dossier(uid, "bewijs")
        return _formulierpagina("dossiers/bewijs_nieuw.html", dossier, form, fout.status)
    return _formulierpagina("dossiers/bewijs_nieuw.html", dossier, form, 422 if request.method == "POST" else 200)


def _formulierpagina(sjabloon: str, dossier: Dossier, form: Formulier, status: int, **extra: object) -> Antwoord:
    pagina = render_template(sjabloon, dossier=dossier, form=form, **extra)
    db.session.commit()
    return pagina, status


def _voeg_toe(dossier: Dossier, form: StukForm) -> InspectiesFout | None:
    """None where it went well; committed."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    gegevens = Stukgegevens(
        form.soort.data, form.titel.data or "", form.van.data or "", form.dagtekening.data, form.eed.data,
        form.plaats.data or "", form.tekst.data or "", hash_afzender=form.hash_afzender.data or "",
    )  # fmt: skip
    bron = request.files.get("bestand")
    try:
        gelezen = bewijsstukken.lees_bestand(bron.stream, bron.filename, "stuk") if bron and bron.filename else None
        rij = bewijsstukken.voeg_stuk_toe(sessie, actor, nu, opslag(), dossier, gegevens, set(), gelezen)
        merk = rij.merk
        db.session.commit()
    except (OngeldigeInvoer, Conflict) as fout:
        db.session.rollback()
        return fout
    flash(f"Het stuk staat op de lijst als {merk}.", "succes")
    return None


def _keuzes(lijst_: bewijslijst.Bewijslijst, form: ConclusieForm) -> set[str]:
    rijen = [(str(r.uid), f"{r.merk}: {r.titel}") for r in lijst_.keuzes()]
    form.rust_op.choices = keuzes(rijen)
    return {uid for uid, _ in rijen}


@bp.route("/dossiers/<uuid:uid>/bewijs/conclusie", methods=["GET", "POST"])
@vereist("dossiers.bewerken")
def conclusie(uid: str) -> Antwoord:
    """Write a conclusion that names what it rests on."""
    return _conclusie(uid, None)


@bp.route("/dossiers/<uuid:uid>/bewijs/stuk/<uuid:stuk_uid>/wijzigen", methods=["GET", "POST"])
@vereist("dossiers.bewerken")
def wijzig(uid: str, stuk_uid: str) -> Antwoord:
    """Rewrite a conclusion; what somebody else wrote meanwhile is shown beside it."""
    return _conclusie(uid, stuk_uid)


def _conclusie(uid: str, stuk_uid: str | None) -> Antwoord:
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    form = ConclusieForm() if request.method == "POST" else ConclusieForm(formdata=None)
    dossier = lees_dossier(uid, "bewijs")
    if request.method == "GET" and (not _mag(dossier) or (stuk_uid and dossier.toestand not in OPEN)):
        raise Conflict("Dit dossier ligt vast. Haal het eerst terug als er iets moet veranderen.")
    _, lijst_ = _lijst(dossier)
    bekend = _keuzes(lijst_, form)
    rij = None
    if stuk_uid is not None:
        rij = zoek(dossier, stuk_uid)[1]
        if not isinstance(rij, Bronstuk) or rij.aard != CONCLUSIE or rij.ingetrokken_op is not None:
            raise NietGevonden("Alleen een conclusie kunt u wijzigen.")
        if request.method == "GET":
            form.titel.data, form.tekst.data, form.rust_op.data = rij.titel, rij.tekst, list(rij.rust_op)
            form.versie.data = rij.versie
    if request.method == "GET":
        return _formulierpagina("dossiers/bewijs_conclusie.html", dossier, form, 200, rij=rij, staat_er=None)
    if not form.validate_on_submit():
        return _formulierpagina("dossiers/bewijs_conclusie.html", dossier, form, 422, rij=rij, staat_er=None)
    rust = tuple(form.rust_op.data or ())
    staat_er: dict[str, object] | None = None
    try:
        if isinstance(rij, Bronstuk):
            bewijsstukken.wijzig_conclusie(
                sessie, actor, nu, rij, form.titel.data or "", form.tekst.data or "", rust, bekend,
                versie=form.versie.data or 0,
            )  # fmt: skip
        else:
            gegevens = Stukgegevens(
                CONCLUSIE, form.titel.data or "", "", None, tekst=form.tekst.data or "", rust_op=rust
            )
            bewijsstukken.voeg_stuk_toe(sessie, actor, nu, opslag(), dossier, gegevens, bekend)
    except bewijsstukken.Stukconflict as fout:
        staat_er = {"titel": fout.staat_er.titel, "tekst": fout.staat_er.tekst, "versie": fout.staat_er.versie}
        gemeld: InspectiesFout = fout
    except (OngeldigeInvoer, Conflict) as fout:
        gemeld = fout
    else:
        db.session.commit()
        flash("De conclusie is bewaard.", "succes")
        return redirect(url_for("bewijs.lijst", uid=uid, _anchor="conclusie"))
    db.session.rollback()
    form.meld_fout(gemeld.veld, gemeld.melding)
    if staat_er is not None:
        # The next attempt starts from what stands there now, which the page shows.
        form.versie.data, form.versie.raw_data = staat_er["versie"], [str(staat_er["versie"])]
    dossier = lees_dossier(uid, "bewijs")
    _keuzes(_lijst(dossier)[1], form)
    return _formulierpagina(
        "dossiers/bewijs_conclusie.html", dossier, form, gemeld.status, rij=stuk_uid, staat_er=staat_er
    )


@bp.post("/dossiers/<uuid:uid>/bewijs/stuk/<uuid:stuk_uid>/intrekken")
@vereist("dossiers.bewerken")
def trek_in(uid: str, stuk_uid: str) -> Antwoord:
    """A piece does not count any more, with the reason; it stays."""
    form = IntrekForm()
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier = haal(sessie, actor, Dossier, uid, "Het dossier")
    _, rij = zoek(dossier, stuk_uid)
    if not isinstance(rij, Bronstuk):
        raise NietGevonden("Dit stuk haalt u op het dossier zelf van de lijst.")
    if not form.validate_on_submit():
        return _toon_stuk(uid, stuk_uid, form, 422)
    try:
        bewijsstukken.trek_in(sessie, actor, nu, rij, form.reden.data or "", versie=form.versie.data)
    except (OngeldigeInvoer, Conflict) as fout:
        db.session.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return _toon_stuk(uid, stuk_uid, form, fout.status)
    db.session.commit()
    flash("Het stuk is ingetrokken. Het blijft bewaard, met uw reden.", "succes")
    return redirect(url_for("bewijs.lijst", uid=uid))


@bp.post("/dossiers/<uuid:uid>/bewijs/stuk/<uuid:stuk_uid>/plaats")
@vereist("dossiers.bewerken")
def plaats(uid: str, stuk_uid: str) -> Antwoord:
    """Move a photo one up or down."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier = haal(sessie, actor, Dossier, uid, "Het dossier")
    beeld = lees_beeld(sessie, actor, dossier)
    ids = _vrije_nummers(beeld)
    rij = next((r.stuk for r in beeld.bewijs if str(r.stuk.uid) == str(stuk_uid)), None)
    if rij is None:
        raise NietGevonden("Deze foto staat niet op de lijst van dit dossier.")
    nu_op = ids.index(rij.id) + 1 if rij.id in ids else 0
    naar = nu_op + (-1 if request.form.get("richting") == "op" else 1)
    bewijsstukken.zet_volgorde(sessie, actor, nu, dossier, ids, rij, min(max(1, naar), max(1, len(ids))))
    db.session.commit()
    return redirect(url_for("bewijs.lijst", uid=uid, _anchor=f"stuk-{stuk_uid}", **_blad_met(dossier, rij.uid)))


def _blad_met(dossier: Dossier, stuk_uid: UUID) -> dict[str, Any]:
    """Where on the list this piece stands now."""
    for code, rijen in _lijst(dossier)[1].lijsten.items():
        for plek, regel in enumerate(rijen):
            if regel.uid == stuk_uid:
                return {code: plek // PER_BLAD + 1} if plek >= PER_BLAD else {}
    return {}


@bp.post("/dossiers/<uuid:uid>/bewijs/controleren")
@vereist("dossiers.bewerken")
def controleer(uid: str) -> Antwoord:
    """Compute hashes again: of one piece (``stuk``), or of everything on the list."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier = haal(sessie, actor, Dossier, uid, "Het dossier")
    welk = request.form.get("stuk", "")
    _, lijst_ = _lijst(dossier)
    if welk and welk not in {str(r.uid) for r in lijst_.alle()}:
        raise NietGevonden("Dit stuk staat niet in dit dossier.")
    gekozen = [r for r in lijst_.alle() if r.sha256 and (not welk or str(r.uid) == welk)]
    uid_ = gemeente_uid(sessie, actor)
    namen = {regel.sha256: naam_van(uid_, regel.sha256) for regel in gekozen}
    # Reading 400 photos takes a while: not inside a transaction, SQLite has one writer.
    db.session.rollback()
    hashes = {sha256: opslag().hash_van(naam) for sha256, naam in namen.items()}
    fout: list[str] = []
    for regel in gekozen:
        stuk_ = regel.foto.stuk if regel.foto else regel.stuk
        assert stuk_ is not None  # a line is a photo or a piece
        bron = redactie.bron_van(stuk_)
        if not bewijsstukken.controleer(sessie, actor, nu, dossier, bron, hashes[bron.sha256]).heel:
            fout.append(regel.merk)
    db.session.commit()
    if fout:
        flash(f"Niet ongeschonden: {', '.join(fout)}. Waarschuw de beheerder.", "fout")
    elif not gekozen:
        flash("Er is geen bestand om te controleren.", "info")
    else:
        wat = "Het bestand is" if len(gekozen) == 1 else f"Alle {len(gekozen)} bestanden zijn"
        flash(f"{wat} ongeschonden: de hash is nog dezelfde.", "succes")
    doel = url_for("bewijs.stuk", uid=uid, stuk_uid=welk) if welk and gekozen else url_for("bewijs.lijst", uid=uid)
    return redirect(doel)
