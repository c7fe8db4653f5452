"""Pages on which something is set apart as police data (Wpg): a piece, a photo, an answer of a visit, a signal."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for

from inspecties.audit.aanvang import maanden_op
from inspecties.audit.operations import leg_vast
from inspecties.controles.bewijs import zoek_bewijs
from inspecties.controles.models import Bezoek
from inspecties.core.fouten import Conflict, NietGevonden, OngeldigeInvoer
from inspecties.core.ids import lees_id
from inspecties.core.klok import lokale_datum
from inspecties.database import db, haal
from inspecties.dossiers import wpg_bezoek, wpg_signaal, wpg_stuk
from inspecties.dossiers.bewijs_views import lees_dossier, zoek
from inspecties.dossiers.models_bewijs import Bronstuk
from inspecties.dossiers.wpg import Herkomst
from inspecties.dossiers.wpg_forms import ApartForm
from inspecties.dossiers.wpg_views import Antwoord, bp
from inspecties.signalen.models import Signaal
from inspecties.web.poort import huidige_actor, klok, vereist

_ALLEEN = "Alleen wie is aangewezen, leest het nog. U zelf dus misschien niet meer."
_TABLET = (
    "Op de tablet van wie het vastlegde, blijft het staan tot die tablet opruimt. "
    "Hoort er een scan van papier bij? Zet die ook apart."
)


@dataclass(frozen=True)
class Blad:
    """What a page about setting apart says, and what it does. ``kruimels``: (name, address) of where one came from."""

    kop: str
    gaat_om: str
    waarschuwing: tuple[str, ...]
    kruimels: tuple[tuple[str, str], ...]
    zet: Callable[[Herkomst], object]
    gedaan: str


def _toon(lees: Callable[[], Blad]) -> Antwoord:
    """The page, or what was sent in of it. ``lees`` is asked again after a refusal: that undid everything."""
    sessie, nu, status = db.session(), klok().nu(), 200
    form = ApartForm() if request.method == "POST" else ApartForm(formdata=None)
    blad = lees()
    if request.method == "POST":
        status = 422
        if form.validate():
            velden = (form.ontvangen_van.data, form.artikel.data, form.ontvangen_op.data, form.reden.data)
            try:
                blad.zet(Herkomst(*velden))
            except (OngeldigeInvoer, Conflict) as fout:
                sessie.rollback()
                form.meld_fout(fout.veld, fout.melding)
                status, blad = fout.status, lees()
            else:
                sessie.commit()
                flash(f"{blad.gedaan} Alleen wie is aangewezen, kan het lezen.", "succes")
                return redirect(blad.kruimels[-1][1])
    pagina = render_template("politiegegevens/apart.html", blad=blad, form=form, maanden=maanden_op(lokale_datum(nu)))
    sessie.commit()
    return pagina, status


@bp.route("/dossiers/<uuid:uid>/bewijs/stuk/<uuid:stuk_uid>/politiegegeven", methods=["GET", "POST"])
@vereist("politiegegevens.apart")
def apart(uid: UUID, stuk_uid: UUID) -> Antwoord:
    """Set a piece apart: from then on only who is named reads it."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()

    def lees() -> Blad:
        dossier = lees_dossier(str(uid), "bewijsstuk")
        rij = zoek(dossier, str(stuk_uid))[1]
        if not isinstance(rij, Bronstuk):
            raise NietGevonden("Een foto zet u apart vanaf de pagina van het bezoek.")
        return Blad(
            f"{rij.merk} apart zetten als politiegegeven",
            f"Het gaat om: {rij.titel}.",
            (f"Het stuk verdwijnt uit het dossier, de lijsten en alle nieuwe documenten. {_ALLEEN}",),
            (
                ("Dossiers", url_for("dossiers.lijst")),
                (dossier.nummer, url_for("dossiers.dossier", uid=dossier.uid)),
                ("Bewijs", url_for("bewijs.lijst", uid=dossier.uid)),
            ),
            lambda herkomst: wpg_stuk.zet_apart(sessie, actor, nu, rij, herkomst),
            "Het stuk staat apart als politiegegeven.",
        )

    return _toon(lees)


def _lees_bezoek(uid: UUID) -> Bezoek:
    actor, sessie = huidige_actor(), db.session()
    bezoek = haal(sessie, actor, Bezoek, uid, "Het bezoek")
    leg_vast(sessie, actor, klok().nu(), "bezoek_gelezen", "bezoek", bezoek.uid)
    return bezoek


def _kruimels(bezoek: Bezoek) -> tuple[tuple[str, str], ...]:
    return ((f"Bezoek aan {bezoek.locatie.adresregel}", url_for("controles.bezoek", uid=bezoek.uid)),)


@bp.route("/bezoeken/<uuid:uid>/fotos/<sha256>/politiegegeven", methods=["GET", "POST"])
@vereist("politiegegevens.apart_bezoek")
def apart_foto(uid: UUID, sha256: str) -> Antwoord:
    """Set a photo or scan of a visit apart."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()

    def lees() -> Blad:
        bezoek = _lees_bezoek(uid)
        stuk = zoek_bewijs(sessie, actor, bezoek, sha256)
        if stuk is None:
            raise NietGevonden("Dit bewijsstuk hoort niet bij dit bezoek, of het is nog niet binnen.")
        return Blad(
            "Foto of scan apart zetten als politiegegeven",
            f"Het gaat om: {stuk.bestandsnaam}.",
            (f"De foto verdwijnt uit het bezoek, uit dossiers en uit alle nieuwe documenten. {_ALLEEN}", _TABLET),
            _kruimels(bezoek),
            lambda herkomst: wpg_bezoek.zet_foto_apart(sessie, actor, nu, stuk, herkomst),
            "De foto staat apart als politiegegeven.",
        )

    return _toon(lees)


@bp.route("/bezoeken/<uuid:uid>/antwoorden/<sleutel>/politiegegeven", methods=["GET", "POST"])
@vereist("politiegegevens.apart_bezoek")
def apart_antwoord(uid: UUID, sleutel: str) -> Antwoord:
    """Set an answer of a visit apart, with its notes and photos. ``sleutel``: question, or question@instance."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    vraag_id, apestaart, rest = sleutel.partition("@")
    herhaling_id = lees_id(rest) if apestaart else None

    def lees() -> Blad:
        bezoek = _lees_bezoek(uid)
        if apestaart and herhaling_id is None:
            raise NietGevonden("Dit antwoord staat niet bij dit bezoek.")
        rij = wpg_bezoek.vind_antwoord(sessie, actor, bezoek, vraag_id, herhaling_id)
        return Blad(
            "Antwoord apart zetten als politiegegeven",
            f"Het gaat om het antwoord op: {wpg_bezoek.label_van(rij)}",
            (
                "Het antwoord verdwijnt uit het bezoek, met zijn notities en foto's, ook waar zo'n foto bij een andere "
                f"vraag staat. Bevindingen worden opnieuw berekend. {_ALLEEN}",
                _TABLET,
            ),
            _kruimels(bezoek),
            lambda herkomst: wpg_bezoek.zet_antwoord_apart(sessie, actor, nu, rij, herkomst),
            "Het antwoord staat apart als politiegegeven.",
        )

    return _toon(lees)


@bp.route("/signalen/<uuid:uid>/politiegegeven", methods=["GET", "POST"])
@vereist("politiegegevens.apart_signaal")
def apart_signaal(uid: UUID) -> Antwoord:
    """Set a signal apart. After it the one who did this does not see it any more either."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()

    def lees() -> Blad:
        rij = haal(sessie, actor, Signaal, uid, "Dit signaal")
        leg_vast(sessie, actor, klok().nu(), "signaal_gelezen", "signaal", rij.uid)
        return Blad(
            f"Signaal {rij.nummer} apart zetten als politiegegeven",
            "Doe dit als wat erin staat van de politie komt, of van een boa die opspoort.",
            (
                "Het signaal verdwijnt uit de lijsten, de meldroute, de kaart en de prioriteit. "
                "U ziet het zelf ook niet meer. Alleen wie is aangewezen, leest het nog.",
                "Is er direct gevaar, of is er een minderjarige? Zet het signaal dan eerst door.",
            ),
            (("Signalen", url_for("signalen.lijst")),),
            lambda herkomst: wpg_signaal.zet_signaal_apart(sessie, actor, nu, rij, herkomst),
            "Het signaal staat apart als politiegegeven.",
        )

    return _toon(lees)
