"""Ids of the other gemeente in the body of every JSON endpoint, by generation from one body that is right.

The matrix (``test_matrix.py``) does addresses and forms. Here each id in a body, as a value or as a name, is replaced
by one of the other gemeente: nothing there changes, nothing of it is told, and nothing points there afterwards.
"""

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import select

from inspecties.acties.models import Actie, Ploeg
from inspecties.core.ids import lees_id, nieuw_id
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.start.openapi import document
from tests.integration.rechten.lichamen import Objecten, objecten
from tests.integration.rechten.podium import Podium
from tests.veldwereld import Tablet, haal_pak, tablet
from tests.wereld import csrf

MOMENT = "2026-11-21T17:00:00.000Z"
# Takes no id of an object: a challenge, and the answer of a key to it.
ZONDER_ID = {
    "/api/aanmelden/passkey": "the credential of a key, looked up by its own secret",
    "/api/account/bevestiging": "the same",
    "/api/account/passkeys": "the same",
    "/api/checklists/versies/{uid}/evaluatie": "answers that are computed and not kept",
}


def _operatie(doos: Tablet, bezoek: str, soort: str, waarde: Any, **meer: Any) -> dict[str, Any]:
    doos.op(bezoek, "opmerking", "x")
    laatste: dict[str, Any] = doos.wachtrij.pop()
    return laatste | {"soort": soort, "waarde": waarde} | meer


def _bericht(doos: Tablet, bezoek: str) -> dict[str, Any]:
    ops = [
        _operatie(doos, bezoek, "set", "Een tekst.", base_op_ids=[str(nieuw_id())]),
        _operatie(doos, bezoek, "set", {"ouder": None, "plaats": 1}, vraag_id="kamer", herhaling_id=str(nieuw_id())),
        _operatie(doos, bezoek, "clear", None),
    ]
    return {"protocol": 1, "toestel_id": doos.toestel_id, "ops": ops, "bezoeken": {bezoek: 0}}


Lichaam = tuple[Rol, str, Any]


def _lichamen(podium: Podium) -> dict[str, Callable[[], Lichaam]]:
    """Template of a path -> role, address and a body that is right."""
    eigen = podium.eigen
    doos = tablet(podium.wereld, Rol.INSPECTEUR)
    haal_pak(doos)
    actie = db.session.scalars(select(Actie).where(Actie.uid == eigen.actie)).one()
    versie, ploeg = actie.versie, str(db.session.scalars(select(Ploeg.uid).where(Ploeg.actie_id == actie.id)).first())
    db.session.rollback()
    signaal = {
        "op_id": str(nieuw_id()), "tekst": "Er wonen hier veel mensen.", "waar": "Dijk 1", "datum": "2026-11-20",
        "vorm": "onbekend", "bron": "inwoner", "urgentie": "normaal",
    }  # fmt: skip
    return {
        "/api/sync": lambda: (Rol.INSPECTEUR, "/api/sync", _bericht(doos, eigen.bezoek)),
        "/api/bezoeken/{uid}/aanwezig": lambda: (
            Rol.INSPECTEUR,
            f"/api/bezoeken/{eigen.bezoek}/aanwezig",
            {"id": str(nieuw_id()), "form_versie": "0" * 64, "deel": ""},
        ),
        "/api/stops/{uid}/toestand": lambda: (
            Rol.INSPECTEUR,
            f"/api/stops/{eigen.stop}/toestand",
            {"op_id": str(nieuw_id()), "toestand": "onderweg", "op": MOMENT},
        ),
        "/api/toestellen": lambda: (
            Rol.INSPECTEUR,
            "/api/toestellen",
            {"toestel_id": doos.toestel_id, "naam": "Tablet", "opgeslagen_blijft": True},
        ),
        "/api/signalen": lambda: (Rol.INSPECTEUR, "/api/signalen", signaal | {"op_id": str(nieuw_id())}),
        "/api/acties/{uid}/planbord": lambda: (
            Rol.COORDINATOR,
            f"/api/acties/{eigen.actie}/planbord",
            {"versie": versie, "soort": "verplaats", "stop": str(eigen.stop), "ploeg": ploeg},
        ),
    }  # fmt: skip


def _plekken(deel: Any, pad: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], bool, str]]:
    """Where an id stands in a body: the way to it, whether it is a name, and what it is."""
    if isinstance(deel, dict):
        for naam, waarde in deel.items():
            if lees_id(naam) is not None:
                yield (*pad, naam), True, naam
            yield from _plekken(waarde, (*pad, naam))
    elif isinstance(deel, list):
        for nummer, waarde in enumerate(deel):
            yield from _plekken(waarde, (*pad, nummer))
    elif isinstance(deel, str) and lees_id(deel) is not None:
        yield pad, False, deel


def _met(lichaam: Any, pad: tuple[Any, ...], naam: bool, vreemd: str) -> Any:
    uit = copy.deepcopy(lichaam)
    deel = uit
    for stap in pad[:-1]:
        deel = deel[stap]
    if naam:
        deel[vreemd] = deel.pop(pad[-1])
    else:
        deel[pad[-1]] = vreemd
    return uit


def _soorten(namen: Objecten, nu: str) -> list[str]:
    """Which kinds of object to put there: the kind that stands there, or each that a device could know."""
    eigen = namen.eigen.get(UUID(nu))
    alle = ("bezoek", "stop", "operatie", "ontvangst", "toestel", "ploeg", "gebruiker", "actie", "signaal", "bevinding")
    return [eigen] if eigen else [soort for soort in alle if soort in namen.vreemd]


def test_elk_json_lichaam_met_een_id_van_de_ander(podium: Podium) -> None:
    beschreven = {
        pad
        for pad, bewerkingen in document()["paths"].items()
        for bewerking in bewerkingen.values()
        if isinstance(bewerking, dict) and "application/json" in bewerking.get("requestBody", {}).get("content", {})
    }
    lichamen = _lichamen(podium)
    assert beschreven == set(lichamen) | set(ZONDER_ID)
    namen, toen, mis, geprobeerd = objecten(podium), podium.afdruk_van_ander(), list[str](), 0
    for pad, maak in lichamen.items():
        rol, adres, goed = maak()
        client = podium.bewezen(rol)
        koppen = {"X-CSRFToken": csrf(client)}
        eerste = client.post(adres, json=goed, headers=koppen)
        # What is right is looked at to the end: otherwise a refusal says nothing about the id.
        if eerste.status_code not in {200, 201, 409}:
            mis.append(f"{pad}: {eerste.status_code} {eerste.get_data(as_text=True)[:300]}")
        for plek, is_naam, nu in _plekken(maak()[2]):
            for soort in _soorten(namen, nu):
                vreemd = str(namen.vreemd[soort][0])
                antwoord = client.post(adres, json=_met(maak()[2], plek, is_naam, vreemd), headers=koppen)
                geprobeerd += 1
                tekst = json.dumps(antwoord.get_json(), ensure_ascii=False)
                if antwoord.status_code >= 500 or "Houtribdijk" in tekst:
                    mis.append(f"{pad} {plek} {soort}: {antwoord.status_code} {tekst[:300]}")
    assert not mis, "\n".join(mis)
    assert podium.afdruk_van_ander() == toen
    assert podium.verwijzingen_over_de_grens() == []
    assert geprobeerd > 60
