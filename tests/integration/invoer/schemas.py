"""Requests made from the OpenAPI document, and what each role gets for them."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, seed, settings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what the library says about its own dependencies at import
    import schemathesis
    from schemathesis import GenerationMode
    from schemathesis.checks import CHECKS, load_all_checks

from inspecties.core.rechten import Rol, rol_mag
from inspecties.database.basis import db
from inspecties.start.openapi import document
from inspecties.web.poort import toegang_van
from tests.integration.rechten.podium import Podium
from tests.integration.rechten.routes import waarden_voor
from tests.wereld import csrf

load_all_checks()
EISEN = [
    CHECKS.get_one(naam)
    for naam in (
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
    )
]


@schemathesis.serializer("application/offset+octet-stream")
def _stuk(_ctx: Any, waarde: Any) -> bytes:
    """A piece of an upload as it is sent."""
    return waarde if isinstance(waarde, bytes) else str(waarde).encode("utf-8", "replace")


@dataclass
class Werking:
    """One operation of the document, and requests for it: some that fit it, some that do not."""

    operatie: Any
    zaken: list[Any] = field(default_factory=list)

    @property
    def vorm(self) -> str:
        return _vorm(self.operatie.path)


def _vorm(pad: str) -> str:
    """A path without the names of its parameters."""
    return "/".join("{}" if deel[:1] in "<{" else deel for deel in pad.split("/"))


@lru_cache(maxsize=1)
def _schema() -> Any:
    return schemathesis.openapi.from_dict(document())


@lru_cache(maxsize=4)
def werkingen(voorbeelden: int, zaad: int = 0) -> tuple[Werking, ...]:
    """Every operation with ``voorbeelden`` requests of either kind; the same for the same ``zaad``."""
    uit = []
    for uitkomst in _schema().get_all_operations():
        werking = Werking(uitkomst.ok())
        for wijze in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            werking.zaken += _maak(werking.operatie, wijze, voorbeelden, zaad)
        uit.append(werking)
    return tuple(uit)


def _maak(operatie: Any, wijze: Any, voorbeelden: int, zaad: int) -> list[Any]:
    zaken: list[Any] = []

    @seed(zaad)
    @settings(
        max_examples=voorbeelden,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(zaak=operatie.as_strategy(generation_mode=wijze))
    def verzamel(zaak: Any) -> None:
        zaken.append(zaak)

    try:
        verzamel()
    except BaseExceptionGroup:
        raise
    except Exception as fout:
        # Nothing can be wrong about what takes no input at all.
        if wijze is not GenerationMode.NEGATIVE or type(fout).__name__ not in {"Unsatisfiable", "SkipTest", "Skipped"}:
            raise
    return zaken


@dataclass
class Bezoeker:
    """Somebody with a browser: a role, or nobody."""

    podium: Podium
    rol: Rol | None

    def __post_init__(self) -> None:
        self.client: FlaskClient = self.podium.wereld.client(self.rol) if self.rol else self.podium.app.test_client()
        self.koekjes = {k.key: k.decoded_value for k in self.client._cookies.values()} if self.rol else {}
        # As it is: packed answers are for browsers.
        self.koppen = {"Accept-Encoding": "identity"}
        if self.rol:
            self.koppen["X-CSRFToken"] = csrf(self.client)
        self.regels = {(_vorm(r.rule), m): r for r in self.podium.app.url_map.iter_rules() for m in r.methods or ()}

    def fouten(self, voorbeelden: int, zaad: int = 0) -> Iterator[str]:
        """What is wrong about the answers, as sentences."""
        _schema().app = self.podium.app
        for werking in werkingen(voorbeelden, zaad):
            regel = self.regels[werking.vorm, werking.operatie.method.upper()]
            toegang = toegang_van(self.podium.app, regel.endpoint)
            mag = toegang is not None and (
                toegang.recht is None or (self.rol is not None and rol_mag(self.rol, toegang.recht))
            )
            noemt = toegang is not None and toegang.recht is not None and regel.arguments
            echt = waarden_voor(regel, self.podium.eigen, self.rol or Rol.COORDINATOR) if noemt else {}
            # Who may not enter gets the same answer whatever is sent: one request shows that.
            for nummer, zaak in enumerate(werking.zaken if mag else werking.zaken[:1]):
                # Every other one at an object that is there: otherwise all that is seen is 404.
                yield from self._stuur(zaak, echt if nummer % 2 == 0 else {})

    def _stuur(self, zaak: Any, echt: dict[str, Any]) -> Iterator[str]:
        paden = dict(zaak.path_parameters or {})
        paden.update({naam: str(w) for naam, w in zip(list(paden), echt.values(), strict=False)})
        oud, zaak.path_parameters = zaak.path_parameters, paden
        db.session.rollback()
        try:
            with self.podium.app.app_context():
                antwoord = zaak.call(cookies=self.koekjes, headers=self.koppen)
            try:
                zaak.validate_response(antwoord, checks=EISEN)
            except BaseExceptionGroup as groep:
                for fout in groep.exceptions:
                    yield f"{zaak.operation.label} {antwoord.status_code}: {' '.join(str(fout).split())[:700]}"
        finally:
            zaak.path_parameters = oud
