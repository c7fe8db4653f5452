"""tus 1.0 (core, creation, creation-with-upload, checksum, termination) at /api/uploads/."""

from typing import cast
from uuid import UUID

from flask import Blueprint, Response, current_app, request, url_for
from psycopg.errors import DeadlockDetected
from sqlalchemy.exc import OperationalError

from inspecties.controles.bewijs import SoortGeweigerd
from inspecties.controles.opslag import Opslag
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, InspectiesFout, OngeldigeInvoer
from inspecties.database.basis import db
from inspecties.gebruikers.gemeenten import gemeente_uid
from inspecties.instellingen import Instellingen, opslag_van
from inspecties.offline import ontvangst
from inspecties.offline.models import Upload
from inspecties.web.poort import huidige_actor, klok, openbaar, vereist

bp = Blueprint("uploads", __name__, url_prefix="/api/uploads")

VERSIE = "1.0.0"
MB = 1024 * 1024
# A tablet sends one file at a time; this many that were left half are no normal use.
MEESTE_OPEN = 1000
# How often the end of an upload is tried when it comes in each other's way with others.
POGINGEN = 4


class AndereVersie(InspectiesFout):
    """The client speaks another version of tus (412)."""

    status = 412


class AndereSoort(InspectiesFout):
    """A piece must come as application/offset+octet-stream (415)."""

    status = 415


def _instellingen() -> Instellingen:
    return cast("Instellingen", current_app.extensions["instellingen"])


def _opslag() -> Opslag:
    return opslag_van(_instellingen())


@bp.after_request
def koppen(antwoord: Response) -> Response:
    """Every answer says that it speaks tus: that is how the client knows a refusal from a captive portal."""
    antwoord.headers["Tus-Resumable"] = VERSIE
    antwoord.headers["Cache-Control"] = "no-store"
    if antwoord.status_code == AndereVersie.status:
        antwoord.headers["Tus-Version"] = VERSIE
    return antwoord


def _controleer_versie() -> None:
    if request.headers.get("Tus-Resumable") != VERSIE:
        raise AndereVersie(f"De server spreekt tus {VERSIE}; stuur Tus-Resumable: {VERSIE}.", "Tus-Resumable")


def _getal(kop: str) -> int:
    waarde = request.headers.get(kop, "")
    if not waarde.isascii() or not waarde.isdigit() or len(waarde) > 15:
        raise OngeldigeInvoer(f"{kop} moet een aantal bytes zijn.", kop)
    return int(waarde)


def _is_stuk() -> bool:
    return request.mimetype == "application/offset+octet-stream"


@bp.route("/", methods=["OPTIONS"], provide_automatic_options=False)
@openbaar("Zegt alleen wat de server kan", alleen_lezen=True)
def kunnen() -> Response:
    """What this server speaks."""
    return Response(
        status=204,
        headers={
            "Tus-Version": VERSIE,
            "Tus-Extension": "creation,creation-with-upload,checksum,termination",
            "Tus-Checksum-Algorithm": "sha256",
            "Tus-Max-Size": str(_instellingen().upload_max_mb * MB),
        },
    )


@bp.route("/", methods=["POST"], provide_automatic_options=False)
@vereist("operaties.insturen")
def begin() -> Response:
    """Announce a file; its first piece may come along."""
    _controleer_versie()
    actor, nu, opslag, sessie = huidige_actor(), klok().nu(), _opslag(), db.session()
    gegevens = ontvangst.lees_metadata(request.headers.get("Upload-Metadata", ""))
    som = ontvangst.lees_controlesom(request.headers.get("Upload-Checksum"))
    if ontvangst.open_uploads(sessie, actor) >= MEESTE_OPEN:
        raise OngeldigeInvoer("Er staan te veel halve uploads open. Maak die eerst af.")
    grootste = _instellingen().upload_max_mb * MB
    upload = ontvangst.begin_upload(sessie, actor, nu, opslag, _getal("Upload-Length"), gegevens, grootste)
    uid, lengte, klaar = upload.uid, upload.lengte, upload.voltooid_op is not None
    db.session.commit()
    offset = lengte if klaar else 0
    if _is_stuk() and not klaar:
        offset = ontvangst.voeg_toe(uid, lengte, opslag, 0, request.stream, som)
        if offset == lengte:
            _rond_af(actor, str(uid))
    plek = url_for("uploads.stuk", uid=uid)
    return Response(status=201, headers={"Location": plek, "Upload-Offset": str(offset)})


def _rond_af(actor: Actor, uid: str) -> None:
    """Make the row of a file that is whole; again from the start where PostgreSQL broke a deadlock with another one.

    Everything in it may be done twice: a file that was cut off before its row is finished in the same way.
    """
    for poging in range(POGINGEN):
        try:
            _rond_een_keer_af(actor, uid)
        except OperationalError as fout:
            if poging == POGINGEN - 1 or not isinstance(fout.orig, DeadlockDetected):
                raise
        else:
            return


def _rond_een_keer_af(actor: Actor, uid: str) -> None:
    sessie, opslag = db.session(), _opslag()
    upload = ontvangst.zoek_upload(sessie, actor, uid)
    lengte, sha256, map_uid = upload.lengte, upload.gegevens["sha256"], gemeente_uid(sessie, actor)
    # The scanner and the store may be elsewhere, and slow: no transaction is open while they are asked.
    sessie.rollback()
    try:
        ontvangst.scan(opslag, UUID(uid))
        mediatype = ontvangst.leg_klaar(opslag, UUID(uid), map_uid, lengte, sha256)
        upload = ontvangst.zoek_upload(sessie, actor, uid)
        ontvangst.rond_af(sessie, actor, klok().nu(), opslag, upload, mediatype)
    except (ontvangst.ControlesomFout, SoortGeweigerd, OngeldigeInvoer):
        # The bytes are gone, so the row goes too: the next attempt begins anew.
        sessie.delete(ontvangst.zoek_upload(sessie, actor, uid))
        db.session.commit()
        raise
    db.session.commit()


@bp.route("/<uid>", methods=["HEAD"], provide_automatic_options=False)
@vereist("operaties.insturen")
def hoever(uid: str) -> Response:
    """How far an upload is. One that is whole but was cut off before its row is finished here."""
    _controleer_versie()
    actor = huidige_actor()
    upload = ontvangst.zoek_upload(db.session(), actor, uid)
    lengte = upload.lengte
    offset = _stand(upload, actor)
    return Response(status=200, headers={"Upload-Offset": str(offset), "Upload-Length": str(lengte)})


def _stand(upload: Upload, actor: Actor) -> int:
    opslag, lengte, uid = _opslag(), upload.lengte, str(upload.uid)
    weg = upload.voltooid_op is None and not opslag.onderweg(upload.uid).exists()
    offset = lengte if weg else ontvangst.stand(upload, opslag)
    if offset == lengte:
        _rond_af(actor, uid)
    return offset


@bp.route("/<uid>", methods=["PATCH"], provide_automatic_options=False)
@vereist("operaties.insturen")
def stuk(uid: str) -> Response:
    """The next piece."""
    _controleer_versie()
    if not _is_stuk():
        raise AndereSoort("Stuur een stuk als application/offset+octet-stream.", "Content-Type")
    actor, opslag = huidige_actor(), _opslag()
    offset = _getal("Upload-Offset")
    som = ontvangst.lees_controlesom(request.headers.get("Upload-Checksum"))
    upload = ontvangst.zoek_upload(db.session(), actor, uid)
    upload_uid, lengte, klaar = upload.uid, upload.lengte, upload.voltooid_op is not None
    # Receiving may take minutes on a bad network: no transaction stays open, and SQLite's writer is free for others.
    db.session.rollback()
    if klaar:
        if offset != lengte:
            raise Conflict(f"Upload-Offset moet {lengte} zijn, niet {offset}.", "Upload-Offset")
        nieuw = lengte
    else:
        nieuw = ontvangst.voeg_toe(upload_uid, lengte, opslag, offset, request.stream, som)
        if nieuw == lengte:
            _rond_af(actor, uid)
    return Response(status=204, headers={"Upload-Offset": str(nieuw)})


@bp.route("/<uid>", methods=["DELETE"], provide_automatic_options=False)
@vereist("operaties.insturen")
def weg(uid: str) -> Response:
    """End an upload. Evidence that is complete stays."""
    _controleer_versie()
    actor, sessie = huidige_actor(), db.session()
    upload = ontvangst.zoek_upload(sessie, actor, uid)
    ontvangst.breek_af(sessie, actor, klok().nu(), _opslag(), upload)
    db.session.commit()
    return Response(status=204)
