"""The audit log as a file: here, because writing CSV and XLSX belongs to a later feature than the log."""

from typing import Any

from flask import Response
from werkzeug.exceptions import NotFound

from inspecties.audit import zinnen
from inspecties.audit.models import Auditregel
from inspecties.audit.queries_auditor import stroom
from inspecties.audit.views import bp, gekozen_regels, lees_filter, leg_lezen_vast
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.klok import lokaal, lokale_datum
from inspecties.core.rechten import ROLNAMEN, Rol
from inspecties.database import db
from inspecties.locaties.uitvoer import FORMATEN, tijdelijk_bestand
from inspecties.locaties.uitvoer_bestanden import schrijf_csv_naar, schrijf_xlsx
from inspecties.web.poort import klok, vereist

KOP = ("regel", "moment", "wie", "rol", "wat", "soort", "kenmerk", "grondslag", "bijzonderheden", "hash")
HOOGSTENS = 100_000


def _rij(r: Auditregel) -> list[Any]:
    return [
        r.seq,
        lokaal(r.moment).isoformat(timespec="seconds"),
        r.gebruiker.naam if r.gebruiker else "Systeem",
        ROLNAMEN[Rol(r.rol)],
        zinnen.handeling(r.handeling),
        zinnen.objectnaam(r.object_soort),
        r.object_uid,
        r.grondslag,
        zinnen.bijzonderheden(r.gegevens),
        r.hash,
    ]


@bp.get("/uitvoer.<formaat>")
@vereist("audit.lezen", bevestigd=True)
def uitvoer(formaat: str) -> Response:
    """The lines of the filter, newest first, at most ``HOOGSTENS``."""
    if formaat not in {"csv", "xlsx"}:
        raise NotFound
    form, filter_, snel, goed = lees_filter()
    if not goed:
        raise OngeldigeInvoer("Het filter klopt niet. Ga terug en verbeter het.", next(iter(form.errors)))
    rijen = stroom(db.session(), gekozen_regels(form, filter_, snel), HOOGSTENS)
    with tijdelijk_bestand(formaat) as pad:
        with pad.open("wb") as doel:
            if formaat == "csv":
                schrijf_csv_naar(doel, KOP, map(_rij, rijen))
            else:
                schrijf_xlsx(doel, "Auditlogboek", KOP, map(_rij, rijen))
        inhoud = pad.read_bytes()
    leg_lezen_vast(
        "auditlogboek_geexporteerd", formaat=formaat, filter=[*filter_.gebruikt(), *([snel] if snel else [])]
    )
    uit = Response(inhoud, mimetype=FORMATEN[formaat].partition(";")[0])
    naam = f"auditlogboek-{lokale_datum(klok().nu())}.{formaat}"
    uit.headers["Content-Disposition"] = f'attachment; filename="{naam}"'
    return uit
