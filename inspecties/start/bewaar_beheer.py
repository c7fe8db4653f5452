"""Terms of accounts, tablets, mail and requests of persons."""

from sqlalchemy import ColumnElement, func, select

from inspecties.audit.aanvang import vanaf
from inspecties.audit.geheel import Geheel
from inspecties.start.bewaar_tabellen import soort, tabel
from inspecties.start.rules_inzage import TOESTANDEN

_LID = tabel("lidmaatschap")
_SESSIE, _VERZOEK = tabel("sessie"), tabel("wachtwoordverzoek")
_BERICHT, _INZAGE, _STAP = tabel("bericht"), tabel("inzageverzoek"), tabel("inzagestap")
# When a request came to its end: answered, or rejected, and then nothing was ever sent from here.
_KLAAR = func.coalesce(
    _INZAGE.c.verzonden_op,
    select(func.max(_STAP.c.op))
    .where(_STAP.c.verzoek_id == _INZAGE.c.id, _STAP.c.naar.in_(sorted(TOESTANDEN.eind)))
    .correlate(_INZAGE)
    .scalar_subquery(),
)


def _sessies(gemeente_id: int) -> ColumnElement[bool]:
    return _SESSIE.c.lidmaatschap_id.in_(select(_LID.c.id).where(_LID.c.gemeente_id == gemeente_id))


def _verzoeken(gemeente_id: int) -> ColumnElement[bool]:
    return _VERZOEK.c.gebruiker_id.in_(select(_LID.c.gebruiker_id).where(_LID.c.gemeente_id == gemeente_id))


SOORTEN: tuple[Geheel, ...] = (
    Geheel(
        "sessie", "Aanmeldingen", _SESSIE, ("sessie",), vanaf(_SESSIE, "sessie", _SESSIE.c.gezien_op, bezit=_sessies)
    ),
    Geheel(
        "wachtwoordverzoek",
        "Verzoeken om een nieuw wachtwoord",
        _VERZOEK,
        ("wachtwoordverzoek",),
        vanaf(_VERZOEK, "wachtwoordverzoek", _VERZOEK.c.geldig_tot, bezit=_verzoeken),
    ),
    Geheel(
        "bericht",
        "Verstuurde mail",
        _BERICHT,
        ("bericht",),
        vanaf(_BERICHT, "bericht", func.coalesce(_BERICHT.c.verzonden_op, _BERICHT.c.volgende_op)),
    ),
    soort("Ingekomen mail", "ingekomen_mail", "ontvangen_op"),
    soort("Meldingen van een kwijt toestel", "kwijtmelding", "terug_op"),
    soort("Gaten in wat een toestel stuurde", "toestelgat", "gemeld_op"),
    soort("Toestellen die niet meer komen", "toestel", "gezien_op", mee=("kwijtmelding.toestel_id",)),
    soort("Bevoegdheden die zijn beëindigd", "gebruikerbevoegdheid", "geldig_tot", is_dag=True),
    soort("Wie een samenwerkingsverband verliet", "verbandlid", "verlaten_op"),
    soort("Beschikbaarheid van partners en collega's", "beschikbaarheid", "eind_op"),
    Geheel(
        "inzageverzoek",
        "Verzoeken van personen over hun gegevens",
        _INZAGE,
        ("inzageverzoek",),
        vanaf(_INZAGE, "inzageverzoek", _KLAAR, _INZAGE.c.toestand.in_(sorted(TOESTANDEN.eind))),
    ),
    soort("Beperkingen die zijn opgeheven", "beperking", "opgeheven_op"),
    soort("Verbeteringen op verzoek", "rectificatie", "op"),
    soort("Opgeheven stopzettingen", "bewaarslot", "opgeheven_op"),
)
