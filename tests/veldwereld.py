"""An action with stops, a checklist and a team, and a device in pure Python that fills it in."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from inspecties.acties.models import Actie, Ploeg, Ploeglid, Stop
from inspecties.checklists.models import Checklist, Checklistversie
from inspecties.controles.rules.operatie import hash_van
from inspecties.core.ids import nieuw_id
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.locaties.models import Locatietype, Risicolocatie
from tests.wereld import Kring, Wereld, csrf


def vraag(naam: str, type_: str = "text", **rest: Any) -> dict[str, Any]:
    return {"soort": "vraag", "naam": naam, "type": type_, "label": {"nl": naam.replace("_", " ").capitalize()}, **rest}


def definitie(versie: str = "1") -> dict[str, Any]:
    """A compiled checklist: a section, a partner's section and a repeat with a repeat in it."""
    kern: dict[str, Any] = {
        "formaat": 1,
        "naam": "pand",
        "titel": {"nl": "Pand"},
        "versie": versie,
        "talen": ["nl"],
        "standaardtaal": "nl",
        "kinderen": [
            {
                "soort": "groep",
                "naam": "algemeen",
                "label": {"nl": "Algemeen"},
                "kinderen": [
                    vraag("bewoners", "integer", gevolg=["overbewoning"], grondslag="art. 22 Hvw", bewijs=["foto"]),
                    vraag("opmerking"),
                    vraag("foto_gevel", "image"),
                    vraag("slot_buiten", "select_one", keuzelijst="jno", gevolg=["signaal_mh_hard"]),
                    vraag("koffer", "select_one", keuzelijst="jno", gevolg=["signaal_mh"], grondslag="Sr art. 273f"),
                    vraag("elektra_gevaar", "select_one", keuzelijst="jno", gevolg=["bbl"], grondslag="Bbl art. 6.4"),
                ],
            },
            {
                "soort": "groep",
                "naam": "nla_deel",
                "label": {"nl": "Arbeid"},
                "rol": "nla",
                "kinderen": [vraag("werkuren", "integer")],
            },
            {
                "soort": "herhaling",
                "naam": "kamer",
                "label": {"nl": "Kamer"},
                "kinderen": [
                    vraag("kamer_m2", "decimal"),
                    vraag("angst", "select_one", keuzelijst="jno", gevolg=["signaal_mh"], grondslag="Sr art. 273f"),
                    {"soort": "herhaling", "naam": "bed", "label": {"nl": "Bed"}, "kinderen": [vraag("bed_naam")]},
                ],
            },
        ],
        "keuzelijsten": {"jno": [{"naam": "ja", "label": {"nl": "Ja"}}, {"naam": "nee", "label": {"nl": "Nee"}}]},
        "afhankelijk": {},
    }
    return kern | {"hash": hashlib.sha256(json.dumps(kern, sort_keys=True).encode()).hexdigest()}


@dataclass
class Actieset:
    """What ``maak_actie`` made, by public id."""

    actie: UUID
    stops: list[UUID]
    hash: str


def maak_actie(
    kring: Kring, nu: datetime, rollen: tuple[Rol, ...], stops: int = 2, naam: str = "Avondactie"
) -> Actieset:
    """An action of today with one team of these roles; committed."""
    sessie = db.session()
    gid = kring.gemeente.id
    type_ = sessie.query(Locatietype).filter_by(gemeente_id=gid, code="arbeid").one_or_none()
    checklist = sessie.query(Checklist).filter_by(gemeente_id=gid, code="pand").one_or_none()
    if type_ is None:
        type_ = Locatietype(gemeente_id=gid, code="arbeid", naam="Huisvesting arbeidsmigranten", checklist_code="pand")
        sessie.add(type_)
    if checklist is None:
        checklist = Checklist(gemeente_id=gid, code="pand", titel="Pand")
        sessie.add(checklist)
        sessie.flush()
        publiceer(kring, nu, "1", checklist)
    actie = Actie(
        gemeente_id=gid,
        naam=naam,
        soort="pandenactie",
        begin_op=nu,
        eind_op=nu + timedelta(hours=5),
        toestand="gereed",
        aangemaakt_op=nu,
    )
    sessie.add(actie)
    sessie.flush()
    ploeg = Ploeg(gemeente_id=gid, actie_id=actie.id, naam="A")
    sessie.add(ploeg)
    sessie.flush()
    for rol in rollen:
        sessie.add(Ploeglid(gemeente_id=gid, ploeg_id=ploeg.id, gebruiker_id=kring.actoren[rol].gebruiker_id))
    uids = []
    for i in range(stops):
        x, y = 144000 + 10 * i, 506000
        locatie = Risicolocatie(
            gemeente_id=gid,
            naam=f"{naam} pand {i}",
            locatietype_id=type_.id,
            straat="Kade",
            huisnummer=i + 1,
            woonplaats="Markerdorp",
            adressleutel=f"{naam}{i}",
            x=x,
            y=y,
            lon=5.25 + i / 10000,
            lat=52.55,
            geom=f"SRID=28992;POINT({x} {y})",
            aangemaakt_op=nu,
            gewijzigd_op=nu,
        )
        sessie.add(locatie)
        sessie.flush()
        stop = Stop(gemeente_id=gid, actie_id=actie.id, ploeg_id=ploeg.id, locatie_id=locatie.id, volgorde=i + 1)
        sessie.add(stop)
        sessie.flush()
        uids.append(stop.uid)
    hash_ = checklist.versies[0].hash if checklist.versies else definitie()["hash"]
    uit = Actieset(actie.uid, uids, hash_)
    sessie.commit()
    return uit


def publiceer(kring: Kring, nu: datetime, versie: str, checklist: Checklist | None = None) -> str:
    """Publish a version of the checklist; its hash."""
    sessie = db.session()
    gid = kring.gemeente.id
    lijst = checklist or sessie.query(Checklist).filter_by(gemeente_id=gid, code="pand").one()
    inhoud = definitie(versie)
    eerder = sessie.query(Checklistversie).filter_by(checklist_id=lijst.id).count()
    sessie.add(
        Checklistversie(
            gemeente_id=gid,
            checklist_id=lijst.id,
            hash=inhoud["hash"],
            versie=versie,
            bron_csv="",
            definitie=inhoud,
            status="gepubliceerd",
            # Yesterday, and each later version a day later: two of one day is refused.
            geldig_vanaf=nu.date() + timedelta(days=eerder - 1),
            aangemaakt_op=nu,
        )
    )
    sessie.commit()
    return str(inhoud["hash"])


def koppen(client: FlaskClient) -> dict[str, str]:
    return {"X-CSRFToken": csrf(client)}


@dataclass
class Tablet:
    """A device as the protocol sees it: gives out numbers, keeps what has no receipt, believes only receipts."""

    client: FlaskClient
    auteur: str
    form_versie: str = ""
    toestel_id: str = field(default_factory=lambda: str(nieuw_id()))
    seq: int = 0
    wachtrij: list[dict[str, Any]] = field(default_factory=list)
    ontvangen: dict[str, dict[str, Any]] = field(default_factory=dict)
    revs: dict[str, int] = field(default_factory=dict)
    token: dict[str, str] = field(default_factory=dict)

    def op(self, bezoek: str, vraag_id: str, waarde: Any = None, soort: str = "set", **rest: Any) -> dict[str, Any]:
        """Make one operation, as saving an answer does; it waits until it is sent."""
        self.seq += 1
        nieuw = {
            "op_id": str(nieuw_id()),
            "bezoek_id": bezoek,
            "vraag_id": vraag_id,
            "herhaling_id": None,
            "soort": soort,
            "waarde": waarde,
            "base_op_ids": [],
            "form_versie": self.form_versie,
            "toestel_id": self.toestel_id,
            "toestel_seq": self.seq,
            "toestel_tijd": "2026-11-21T18:05:00.000Z",
            "auteur_id": self.auteur,
        } | rest
        self.wachtrij.append(nieuw)
        return nieuw

    def stuur(self, ops: list[dict[str, Any]] | None = None, **rest: Any) -> TestResponse:
        """POST /api/sync, without looking at the answer."""
        bericht = {
            "protocol": 1,
            "toestel_id": self.toestel_id,
            "ops": self.wachtrij[:100] if ops is None else ops,
            "bezoeken": self.revs,
        } | rest
        if not self.token:
            self.token = koppen(self.client)
        return self.client.post("/api/sync", json=bericht, headers=self.token)

    def verwerk(self, antwoord: TestResponse) -> dict[str, Any]:
        """Believe the receipts and take over what came back."""
        inhoud: dict[str, Any] = antwoord.get_json()
        bevestigd = {(o["op_id"], o["hash"]) for o in inhoud["ontvangsten"]}
        self.wachtrij = [op for op in self.wachtrij if (op["op_id"], hash_van(op)) not in bevestigd]
        for uid, bezoek in inhoud["bezoeken"].items():
            self.revs[uid] = bezoek["rev"]
            self.ontvangen |= {op["op_id"]: op for op in bezoek["ops"]}
        return inhoud

    def sync(self, **rest: Any) -> dict[str, Any]:
        """One message and its answer."""
        return self.verwerk(self.stuur(**rest))


def tablet(wereld: Wereld, rol: Rol, kring: Kring | None = None) -> Tablet:
    """A logged-in device of this role."""
    kring = kring or wereld.een
    return Tablet(wereld.client(rol, kring), kring.actoren[rol].gebruiker_uid)


def haal_pak(tab: Tablet) -> list[dict[str, Any]]:
    """Fetch today's pack; its stops."""
    pak = tab.client.get("/api/dienst?datum=2026-11-21").get_json()
    stops = [stop for actie in pak["acties"] for stop in actie["stops"]]
    tab.form_versie = stops[0]["checklists"][0] if stops else ""
    for stop in stops:
        tab.revs.setdefault(stop["bezoek_id"], 0)
    return stops
