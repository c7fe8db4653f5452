"""The dossier as a document: PDF/A-2a and PDF/UA-1 by typst, the same bytes for the same content."""

import hashlib
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import typst
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.controles.bewijs import lees_bytes, zoek_kopie
from inspecties.controles.opslag import Opslag
from inspecties.core.actor import Actor, systeem
from inspecties.core.inhoudshash import inhoudshash
from inspecties.core.klok import lokaal
from inspecties.core.schrijfbaar import maak_schrijfbaar
from inspecties.dossiers.beeld import Bevindingregel, Bewijsregel, Dossierbeeld
from inspecties.dossiers.beperkt import eis_dossier_onbeperkt
from inspecties.dossiers.besluitnemers import besluitnemers_van, in_woorden
from inspecties.dossiers.models_besluitnemer import Besluitnemer
from inspecties.dossiers.models_bewijs import Bronstuk
from inspecties.dossiers.queries import opstellers_van
from inspecties.dossiers.rules.besluitnemer import SOORTEN as BESLUITEN
from inspecties.dossiers.rules.besluitnemer import regel_in_woorden
from inspecties.dossiers.rules.bewijs import EDEN
from inspecties.dossiers.rules.gevolgen import MAP, instrument_bij
from inspecties.dossiers.rules.partijen import ROLLEN
from inspecties.dossiers.rules.teksten import TEKSTVELDEN
from inspecties.dossiers.rules.toestanden import DOSSIER_TABELLEN, SOORTEN
from inspecties.dossiers.rules.toets import ANTWOORDEN, BEVESTIGD, OORDELEN
from inspecties.dossiers.tijdlijn import tijdlijn
from inspecties.gebruikers.models import Gemeente
from inspecties.web.sjablonen import datum, moment

SJABLOON = MAP / "dossier.typ"


def _bewijs(regel: Bewijsregel, foto: str) -> dict[str, Any]:
    return {
        "nr": regel.nr,
        "soort": "Foto" if regel.is_beeld else regel.stuk.mediatype,
        "aard": regel.aard,
        "onderschrift": regel.onderschrift,
        "adres": regel.adres,
        "vastgelegd": moment(regel.vastgelegd_op) or "onbekend",
        "ontvangen": moment(regel.stuk.ontvangen_op),
        "door": regel.door,
        "grootte": regel.stuk.grootte,
        "sha256": regel.stuk.sha256,
        "ingetrokken": regel.ingetrokken,
        "plaats": regel.plaats,
        "afgedekt": regel.afgedekt,
        "alt": regel.alt,
        "foto": foto,
    }


def _bronstuk(stuk: Bronstuk, beeld: Dossierbeeld) -> dict[str, Any]:
    merken = {str(r.stuk.uid): f"nr. {r.nr}" for r in beeld.bewijs} | {str(s.uid): s.merk for s in beeld.bronstukken}
    return {
        "merk": stuk.merk,
        "soort": stuk.soortnaam,
        "titel": stuk.titel,
        "van": stuk.van,
        "datum": datum(stuk.dagtekening),
        "eed": EDEN[stuk.eed] if stuk.eed != "geen" else "",
        "ontvangen": moment(stuk.ontvangen_op),
        # What others said stands in the piece itself, where it is covered for parties.
        "tekst": stuk.tekst if stuk.is_conclusie else "",
        "rust_op": [merken[uid] for uid in stuk.rust_op if uid in merken],
        "sha256": stuk.sha256,
    }


def _bevinding(regel: Bevindingregel) -> dict[str, Any]:
    return {
        "naam": regel.gevolg.naam,
        "grondslag": regel.bevinding.grondslag or "niet genoemd in de checklist",
        "adres": regel.adres,
        "datum": regel.datum,
        "oordeel": regel.reden,
        "dragers": [
            {"label": d["label"], "tekst": d["tekst"] or "-", "noot": d["noot"], "bewijs": regel.nummers(d)}
            for d in regel.bevinding.dragers
        ],
        "ontbreekt": [f"{o['bewijs']} bij '{o.get('label', o['vraag'])}'" for o in regel.bevinding.ontbreekt],
    }


def _besluitnemer(rij: Besluitnemer) -> dict[str, str]:
    return {
        "besluit": BESLUITEN[rij.soort].naam,
        "over": rij.over_tekst,
        "op": datum(rij.besloten_op),
        "wie": in_woorden(rij),
        "regel": regel_in_woorden(rij.bevoegdheid),
        "kenmerk": rij.kenmerk,
    }


def _toets(beeld: Dossierbeeld) -> dict[str, Any] | None:
    """The legal test as the document shows it; None where the ground has none."""
    if beeld.toets is None:
        return None
    stand = beeld.toets.stand
    return {
        "eisen": [
            {
                "titel": eis.titel,
                "artikel": eis.artikel,
                "bevestigd": eis.status == BEVESTIGD,
                "tekst": stand.bij(eis.code).tekst,
                "oordeel": OORDELEN[stand.bij(eis.code).antwoord],
                "bewijs": list(stand.bij(eis.code).bewijs),
                "stukken": list(stand.bij(eis.code).stukken),
            }
            for eis in stand.toets.eisen
        ],
        "poorten": [
            {
                "vraag": poort.vraag,
                "antwoord": ANTWOORDEN.get(stand.bij(poort.code).antwoord, "Nog niet beantwoord"),
                "stopt": stand.stopt(poort),
                "regel": poort.regel,
                "uitspraak": poort.uitspraak,
                "toelichting": stand.bij(poort.code).tekst,
                "waarom_toch": stand.bij(poort.code).waarom_toch,
            }
            for poort in stand.toets.poorten
        ],
    }


def _kop(sessie: Session, actor: Actor, nu: datetime, beeld: Dossierbeeld, versie: int | None) -> dict[str, Any]:
    dossier = beeld.dossier
    instrument = instrument_bij(dossier.soort, dossier.grondslag)
    dag = lokaal(nu).date()
    return {
        "gemeente": sessie.scalars(select(Gemeente.naam).where(Gemeente.id == actor.gemeente_id)).one(),
        "nummer": dossier.nummer,
        "titel": dossier.titel,
        "soort": SOORTEN[dossier.soort],
        "toestand": DOSSIER_TABELLEN[dossier.tabelversie].namen[dossier.toestand],
        "grondslag": {
            "naam": instrument.naam if instrument else dossier.grondslag,
            "artikel": dossier.grondslag,
            "bevoegd": instrument.bevoegd if instrument else "",
            "uitleg": instrument.uitleg if instrument else "",
            "bron": instrument.bron if instrument else "",
            "bevestigd": instrument.bevestigd if instrument else False,
        },
        "concept": versie is None,
        "versie": versie or 0,
        "datum": datum(nu),
        "jaar": dag.year,
        "maand": dag.month,
        "dag": dag.day,
        "opstellers": list(opstellers_van(sessie, dossier).values()),
        "beslissen_voor": datum(dossier.beslissen_voor) if dossier.beslissen_voor else "",
        "beslissen_omdat": dossier.beslissen_omdat,
        "locaties": [
            {"adres": x.adresregel, "plaats": f"{x.postcode} {x.woonplaats}".strip(), "type": x.locatietype.naam}
            for x in dossier.locaties
        ],
    }


def gegevens_van(
    sessie: Session, actor: Actor, nu: datetime, beeld: Dossierbeeld, fotos: Mapping[int, str], versie: int | None
) -> dict[str, Any]:
    """What the template gets. ``fotos``: evidence number -> file; ``versie`` None makes a draft."""
    dossier = beeld.dossier
    return _kop(sessie, actor, nu, beeld, versie) | {
        "teksten": [
            {"naam": v.naam, "titel": v.titel, "tekst": getattr(dossier, v.naam)}
            for v in TEKSTVELDEN
            if getattr(dossier, v.naam)
        ],
        "partijen": [
            {"naam": p.naam, "rol": ROLLEN.get(p.rol, p.rol.capitalize()), "kvk": p.kvk, "adres": p.adres}
            for p in beeld.partijen
        ],
        "tijdlijn": [
            {"wanneer": moment(p["wanneer"]), "titel": p["titel"], "tekst": p["tekst"]}
            for p in tijdlijn(sessie, actor, dossier)
        ],
        "besluitnemers": [_besluitnemer(rij) for rij in besluitnemers_van(sessie, systeem(actor.gemeente_id), dossier)],
        "bevindingen": [_bevinding(b) for b in beeld.bevindingen if not b.vervallen],
        "bewijs": [_bewijs(r, fotos.get(r.nr, "")) for r in beeld.bewijs],
        "bronstukken": [_bronstuk(s, beeld) for s in beeld.bronstukken],
        "toets": _toets(beeld),
        "voorbereiding": beeld.voorbereid.als_rij(),
        "belemmeringen": [b.tekst for b in beeld.belemmeringen] if versie is None else [],
    }


@dataclass(frozen=True)
class Drukwerk:
    """Everything that a document is made of, so that it can be compiled outside a transaction."""

    gegevens: dict[str, Any]
    fotos: dict[str, bytes]
    moment: datetime

    @property
    def hash(self) -> str:
        """The same for the same document."""
        fotos = {naam: hashlib.sha256(inhoud).hexdigest() for naam, inhoud in self.fotos.items()}
        return inhoudshash([self.gegevens, fotos, self.moment.isoformat()])

    def druk(self) -> bytes:
        """The PDF."""
        return compileer(self.gegevens, self.fotos, self.moment)


def verzamel(
    sessie: Session, actor: Actor, nu: datetime, opslag: Opslag, beeld: Dossierbeeld, versie: int | None = None
) -> Drukwerk:
    """What the document of a dossier is made of: a frozen version, or a draft with a watermark (``versie`` None).

    Photos are the copies without metadata; one for which there is no copy stands in the index only. Raises Conflict
    where something in it is restricted.
    """
    eis_dossier_onbeperkt(sessie, actor, beeld.dossier)
    lezer = systeem(actor.gemeente_id)
    fotos: dict[str, bytes] = {}
    namen: dict[int, str] = {}
    for regel in beeld.bewijs:
        kopie = zoek_kopie(sessie, lezer, regel.stuk)
        if kopie is not None:
            namen[regel.nr] = f"foto-{regel.nr}.jpg"
            fotos[namen[regel.nr]] = lees_bytes(sessie, lezer, opslag, kopie.sha256)
    return Drukwerk(gegevens_van(sessie, actor, nu, beeld, namen, versie), fotos, nu)


def compileer(gegevens: Mapping[str, Any], fotos: Mapping[str, bytes], nu: datetime) -> bytes:
    """Compile the template. The same arguments give the same bytes; nothing is read but the template and ``fotos``."""
    with tempfile.TemporaryDirectory(prefix="dossier-") as naam:
        map_ = Path(naam)
        hoofd = map_ / "dossier.typ"
        hoofd.write_bytes(SJABLOON.read_bytes())
        for bestand, inhoud in fotos.items():
            (map_ / bestand).write_bytes(inhoud)
        uit: bytes = typst.compile(
            str(hoofd),
            root=str(map_),
            sys_inputs={"data": json.dumps(maak_schrijfbaar(gegevens), ensure_ascii=False)},
            pdf_standards=["a-2a", "ua-1"],
            ignore_system_fonts=True,
            timestamp=int(nu.timestamp()),
        )
    return uit
