"""Terms of locations and of what is known about them."""

from dataclasses import replace

from sqlalchemy import func, select

from inspecties.audit.aanvang import vanaf
from inspecties.audit.geheel import Geheel
from inspecties.start.bewaar_houders import met_dossiers
from inspecties.start.bewaar_tabellen import soort, tabel

_LOCATIE = tabel("risicolocatie")
_STATUS = tabel("locatiestatus")
# The last time that it went out of sight; where that was never written down: when it was last changed.
_UIT_BEELD = func.coalesce(
    select(func.max(_STATUS.c.op))
    .where(_STATUS.c.locatie_id == _LOCATIE.c.id, _STATUS.c.naar == "uit_beeld")
    .correlate(_LOCATIE)
    .scalar_subquery(),
    _LOCATIE.c.gewijzigd_op,
)
_MEE = frozenset(
    (
        *("kenmerk.locatie_id", "vervallen_kenmerk.locatie_id", "locatieaantal.locatie_id", "vergunning.locatie_id"),
        *("locatiedocument.locatie_id", "locatienotitie.locatie_id", "locatiestatus.locatie_id"),
        *("locatiesplitsing.nieuw_id", "locatiesplitsing.bron_id", "locatiewijziging.locatie_id"),
        *("samenvoeging.winnaar_id", "samenvoeging.verliezer_id", "prioriteitkeuze.locatie_id"),
        *("overlastmelding.locatie_id", "partijrol.locatie_id", "feitcorrectie.locatie_id"),
    )
)


_DOSSIERS_VAN_LOCATIE = "dossierlocatie.locatie_id>dossier_id"


def _met_dossiers(geheel: Geheel, naar_locatie: str) -> Geheel:
    """The same kind, held too by a hold on its location and by the dossiers about that."""
    gehouden = replace(geheel, houders=(*geheel.houders, ("risicolocatie", naar_locatie)))
    return met_dossiers(gehouden, (naar_locatie, _DOSSIERS_VAN_LOCATIE))


def _bij_locatie(naam: str, tabel_: str, kolom: str, *, is_dag: bool = False) -> Geheel:
    """What hangs under a location and has a term of its own."""
    return _met_dossiers(soort(naam, tabel_, kolom, is_dag=is_dag), f"{tabel_}.id>locatie_id")


SOORTEN: tuple[Geheel, ...] = (
    _bij_locatie("Telefoonnummers, kentekens en andere kenmerken", "kenmerk", "vastgelegd_op"),
    _bij_locatie("Kenmerken die zijn weggehaald", "vervallen_kenmerk", "vervallen_op"),
    _bij_locatie("Meldingen van overlast", "overlastmelding", "datum", is_dag=True),
    _bij_locatie("Vergunningen die zijn afgelopen", "vergunning", "geldig_tot", is_dag=True),
    _bij_locatie("Wie met een locatie te maken had", "partijrol", "tot", is_dag=True),
    _bij_locatie("Oudere waarden van een locatie", "locatiewijziging", "op"),
    _bij_locatie("Verbeterde gegevens van een locatie", "feitcorrectie", "op"),
    _met_dossiers(
        soort("Personen en bedrijven bij locaties", "partij", "bewaren_tot", is_dag=True, mee=("partijrol.partij_id",)),
        "partijrol.partij_id>locatie_id",
    ),
    Geheel(
        "locatie",
        "Locaties die uit beeld zijn",
        _LOCATIE,
        ("locatie",),
        vanaf(_LOCATIE, "locatie", _UIT_BEELD, _LOCATIE.c.status == "uit_beeld"),
        _MEE,
    ),
    soort("Ingelezen bestanden met locaties", "locatieimport", "gedaan_op"),
    soort("Proeven met adressen", "adresproef", "gemaakt_op", termijn="proef"),
    soort("Proeven met locaties", "importproef", "gemaakt_op", termijn="proef"),
)
