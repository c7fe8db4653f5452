"""Passing something on to others: what exactly, on which ground, frozen and logged; and the answer.

A Bibob dossier goes to nobody but the closed list of art. 28 (``rules.verstrekking.mag_verstrekken``).
"""

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import typst
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from inspecties.audit.beperken import eis_onbeperkt, merken
from inspecties.audit.operations import leg_vast
from inspecties.controles.models import Bevinding, Bewijsstuk
from inspecties.controles.opslag import Opslag
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, GeenRecht, NietGevonden, OngeldigeInvoer
from inspecties.core.klok import lokaal, lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.core.reden import schrijf_reden
from inspecties.core.schrijfbaar import maak_schrijfbaar
from inspecties.database import select_voor
from inspecties.dossiers import looptermijnen, redactie
from inspecties.dossiers.beeld import lees_beeld
from inspecties.dossiers.bewijsbestand import lees_heel
from inspecties.dossiers.bewijsstukken import zoek_stuk
from inspecties.dossiers.looptermijnen import Begin
from inspecties.dossiers.models import Dossier, Voorstel
from inspecties.dossiers.models_verstrekking import Verstrekking
from inspecties.dossiers.redactie_druk import Kopiewerk
from inspecties.dossiers.rules.gevolgen import BEVESTIGD, MAP, TE_BEVESTIGEN
from inspecties.dossiers.rules.looptermijn import LOPEND
from inspecties.dossiers.rules.verstrekking import FEITSOORTEN, Feit, Keuze, hash_van, stel_op
from inspecties.dossiers.verstrekfeiten import feiten_van_dossier, feiten_van_voorstel
from inspecties.dossiers.werk import leg_dossier_vast, vergrendel, zet_stap
from inspecties.gebruikers.gemeenten import gemeente_uid
from inspecties.gebruikers.models import Gemeente
from inspecties.signalen.rules.meldroute import WIJZEN
from inspecties.web.sjablonen import datum

SJABLOON = MAP / "verstrekking.typ"
TERMIJNCODE = "antwoord_ontvanger"
MAX_FOTOS = 20
Zaak = Dossier | Bevinding


@dataclass(frozen=True)
class Voorbeeld:
    """Exactly what goes out: ``inhoud`` with its hash, and what the document is made of."""

    inhoud: dict[str, Any]
    gegevens: dict[str, Any]
    fotos: dict[str, bytes]
    moment: datetime

    @property
    def hash(self) -> str:
        return hash_van(self.inhoud)

    def druk(self) -> bytes:
        """The PDF; takes a moment, and is made outside a transaction."""
        with tempfile.TemporaryDirectory(prefix="verstrekking-") as naam:
            map_ = Path(naam)
            (map_ / "verstrekking.typ").write_bytes(SJABLOON.read_bytes())
            for bestand, inhoud in self.fotos.items():
                (map_ / bestand).write_bytes(inhoud)
            data = self.gegevens | {"kenmerk_hash": self.hash}
            uit: bytes = typst.compile(
                str(map_ / "verstrekking.typ"),
                root=str(map_),
                sys_inputs={"data": json.dumps(maak_schrijfbaar(data), ensure_ascii=False)},
                pdf_standards=["a-2a", "ua-1"],
                ignore_system_fonts=True,
                timestamp=int(self.moment.timestamp()),
            )
        return uit


def soort_van(zaak: Zaak) -> str:
    """The kind of dossier; empty for a proposal without one."""
    return zaak.soort if isinstance(zaak, Dossier) else ""


def feiten_van(sessie: Session, actor: Actor, zaak: Zaak) -> list[Feit]:
    """Everything that could be ticked, before a recipient and a ground narrow it."""
    feiten = feiten_van_dossier(sessie, actor, zaak) if isinstance(zaak, Dossier) else feiten_van_voorstel(zaak)
    # What a person had restricted (art. 18 AVG) cannot be ticked.
    beperkt = merken(sessie, actor.gemeente_id)
    return [feit for feit in feiten if not set(feit.code.split(":")) & beperkt.keys()]


def _eis_mag(sessie: Session, actor: Actor, zaak: Zaak) -> None:
    if isinstance(zaak, Dossier):
        if not rol_mag(actor.rol, "dossiers.bewerken") or actor.gebruiker_id is None:
            raise GeenRecht("Alleen een jurist geeft iets uit een dossier door.")
        return
    if not rol_mag(actor.rol, "voorstellen.beoordelen") or actor.gebruiker_id is None:
        raise GeenRecht("Alleen een jurist of coördinator geeft een voorstel door.")
    voorstel = sessie.scalars(select_voor(actor, Voorstel).where(Voorstel.bevinding_id == zaak.id)).one_or_none()
    if zaak.vervallen_op is not None:
        raise Conflict("Dit voorstel geldt niet meer: de antwoorden van het bezoek zijn gewijzigd.")
    if voorstel is None or voorstel.status != "overgenomen":
        raise Conflict("Neem dit voorstel eerst over. Daarna kunt u het doorzetten.")


def _kenmerk(sessie: Session, zaak: Zaak) -> str:
    """By which the recipient answers: of a dossier its number, of a proposal an own one; and which disclosure it is."""
    kolom = Verstrekking.dossier_id if isinstance(zaak, Dossier) else Verstrekking.bevinding_id
    aantal = sessie.scalar(select(func.count()).select_from(Verstrekking).where(kolom == zaak.id)) or 0
    kop = zaak.nummer if isinstance(zaak, Dossier) else f"V{str(zaak.uid)[-6:]}"
    return f"{kop}/{aantal + 1}"


def _kies(sessie: Session, actor: Actor, nu: datetime, zaak: Zaak, keuze: Keuze) -> tuple[dict[str, Any], list[Feit]]:
    """What would go out, with the facts that were ticked. Raises as ``bereid``."""
    _eis_mag(sessie, actor, zaak)
    eis_onbeperkt(sessie, actor, [zaak.uid])
    feiten = feiten_van(sessie, actor, zaak)
    inhoud = stel_op(soort_van(zaak), keuze, feiten, WIJZEN, lokale_datum(nu), _kenmerk(sessie, zaak))
    mee = [f for f in feiten if f.code in set(keuze.feiten)]
    if sum(f.soort == "foto" and bool(f.uid) for f in mee) > MAX_FOTOS:
        raise OngeldigeInvoer(f"Kies hooguit {MAX_FOTOS} foto's. Geef niet meer door dan nodig is.", "feiten")
    return inhoud, mee


def te_tekenen(
    sessie: Session, actor: Actor, nu: datetime, opslag: Opslag, zaak: Zaak, keuze: Keuze
) -> list[Kopiewerk]:
    """The copies of pieces that ``bereid`` would have to draw now. Raises as ``bereid``."""
    _, mee = _kies(sessie, actor, nu, zaak, keuze)
    if not isinstance(zaak, Dossier) or not any(f.uid for f in mee):
        return []
    bewijs = [r.stuk for r in lees_beeld(sessie, actor, zaak).bewijs]
    stukken = [zoek_stuk(sessie, actor, zaak, UUID(f.uid), bewijs) for f in mee if f.uid]
    werken = [redactie.te_tekenen(sessie, actor, opslag, zaak, stuk) for stuk in stukken]
    return [werk for werk in werken if werk is not None]


def bereid(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    opslag: Opslag,
    zaak: Zaak,
    keuze: Keuze,
    getekend: Mapping[int, bytes] | None = None,
) -> Voorbeeld:
    """What would go out with this choice. Makes the copies of photos and pieces where they are not there yet.

    ``getekend``: what ``te_tekenen`` gave, drawn, by redactie_id. Raises OngeldigeInvoer naming the field, Conflict
    (also for a recipient outside art. 28 Wet Bibob), GeenRecht.
    """
    inhoud, mee = _kies(sessie, actor, nu, zaak, keuze)
    fotos: dict[str, bytes] = {}
    namen: dict[str, str] = {}
    bijlagen: list[dict[str, Any]] = []
    if isinstance(zaak, Dossier) and any(f.uid for f in mee):
        bewijs = [r.stuk for r in lees_beeld(sessie, actor, zaak).bewijs]
        for feit in mee:
            if not feit.uid:
                continue
            stuk, soort = _kopie(sessie, actor, nu, opslag, zaak, feit, bewijs, getekend)
            bijlagen.append({"naam": feit.naam, "uid": feit.uid, "sha256": stuk[0], "mediatype": soort})
            if soort == "image/jpeg" and feit.soort == "foto":
                namen[feit.code] = f"foto-{len(fotos) + 1}.jpg"
                fotos[namen[feit.code]] = stuk[1]
    inhoud["bijlagen"] = bijlagen
    return Voorbeeld(inhoud, _gegevens(sessie, actor, nu, inhoud, namen), fotos, nu)


def _kopie(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    opslag: Opslag,
    dossier: Dossier,
    feit: Feit,
    bewijs: list[Bewijsstuk],
    getekend: Mapping[int, bytes] | None,
) -> tuple[tuple[str, bytes], str]:
    stuk = zoek_stuk(sessie, actor, dossier, UUID(feit.uid), bewijs)
    kopie = redactie.kopie_voor_verstrekking(sessie, actor, nu, opslag, dossier, stuk, getekend)
    if kopie is None:
        raise OngeldigeInvoer(f"Van '{feit.naam}' is geen kopie te maken. Vink het uit.", "feiten")
    sha256 = opslag.schrijf(gemeente_uid(sessie, actor), kopie[0])
    return (sha256, kopie[0]), kopie[1]


def _gegevens(
    sessie: Session, actor: Actor, nu: datetime, inhoud: Mapping[str, Any], fotos: Mapping[str, str]
) -> dict[str, Any]:
    dag = lokaal(nu).date()
    voor = inhoud["antwoord_voor"]
    bevestigd = inhoud["grondslag"]["status"] == BEVESTIGD
    groepen = []
    for soort, naam in FEITSOORTEN.items():
        rijen = [f for f in inhoud["feiten"] if f["soort"] == soort]
        if rijen:
            regels = [{"naam": f["naam"], "waarde": f["waarde"], "foto": fotos.get(f["code"], "")} for f in rijen]
            groepen.append({"naam": naam, "regels": regels})
    return {
        "gemeente": sessie.scalars(select(Gemeente.naam).where(Gemeente.id == actor.gemeente_id)).one(),
        "kenmerk": inhoud["kenmerk"],
        "organisatie": inhoud["ontvanger"]["organisatie"],
        "functie": inhoud["ontvanger"]["functie"],
        "grondslag": inhoud["grondslag"]["tekst"] + ("" if bevestigd else f" ({TE_BEVESTIGEN})"),
        "doel": inhoud["doel"],
        "wijze": WIJZEN[inhoud["wijze"]],
        "antwoord_voor": datum(date.fromisoformat(voor)) if voor else "",
        "groepen": groepen,
        "bijlagen": [f"{b['naam']}, SHA-256 {b['sha256']}" for b in inhoud["bijlagen"]],
        "datum": datum(nu),
        "jaar": dag.year,
        "maand": dag.month,
        "dag": dag.day,
    }


def verstrek(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    opslag: Opslag,
    zaak: Zaak,
    keuze: Keuze,
    gedrukt: tuple[str, bytes] | None = None,
) -> Verstrekking:
    """Freeze what goes out, as it was read just now, and write it down. ``gedrukt``: (hash, PDF) made before.

    Raises Conflict where it would be other than was read, and as ``bereid``.
    """
    if isinstance(zaak, Dossier):
        vergrendel(sessie, actor, zaak)
    werk = bereid(sessie, actor, nu, opslag, zaak, keuze)
    if keuze.gezien != werk.hash:
        raise Conflict("Wat doorgaat is anders dan u las. Lees het nog eens en zet dan door.")
    pdf = gedrukt[1] if gedrukt is not None and gedrukt[0] == werk.hash else werk.druk()
    inhoud = werk.inhoud
    rij = Verstrekking(
        gemeente_id=actor.gemeente_id,
        dossier_id=zaak.id if isinstance(zaak, Dossier) else None,
        bevinding_id=zaak.id if isinstance(zaak, Bevinding) else None,
        ontvanger=keuze.ontvanger,
        organisatie=inhoud["ontvanger"]["organisatie"],
        functie=inhoud["ontvanger"]["functie"],
        grondslag=inhoud["grondslag"]["tekst"],
        grond_status=inhoud["grondslag"]["status"],
        wijze=keuze.wijze,
        doel=inhoud["doel"],
        feiten=inhoud["feiten"],
        bijlagen=inhoud["bijlagen"],
        sha256=opslag.schrijf(gemeente_uid(sessie, actor), pdf),
        grootte=len(pdf),
        inhoud_hash=werk.hash,
        verstrekt_op=nu,
        door_id=actor.gebruiker_id,
        antwoord_voor=keuze.antwoord_voor,
    )
    sessie.add(rij)
    sessie.flush()
    if isinstance(zaak, Dossier):
        tekst = f"Doorgezet aan {rij.organisatie}: {len(rij.feiten)} feiten. Grond: {rij.grondslag}."
        zet_stap(sessie, actor, nu, zaak, "doorgezet", tekst)
        if rij.antwoord_voor is not None and zaak.toestand != "afgesloten":
            vandaag = lokale_datum(nu)
            begin = Begin(
                TERMIJNCODE, vandaag, f"Doorgezet aan {rij.organisatie}"[:200],
                f"{(rij.antwoord_voor - vandaag).days}d", actor.gebruiker_uid,
            )  # fmt: skip
            rij.looptermijn_id = looptermijnen.start(sessie, actor, nu, zaak, begin).id
    _log(sessie, actor, nu, rij, "verstrekt", {"feiten": [f["code"] for f in rij.feiten], "sha256": rij.sha256})
    sessie.flush()
    return rij


def _log(
    sessie: Session, actor: Actor, nu: datetime, rij: Verstrekking, handeling: str, meer: dict[str, Any] | None = None
) -> None:
    gegevens = {"ontvanger": rij.ontvanger, "verstrekking": str(rij.uid)} | (meer or {})
    if rij.dossier is not None:
        leg_dossier_vast(sessie, actor, nu, rij.dossier, handeling, **gegevens)
    elif rij.bevinding is not None:
        leg_vast(sessie, actor, nu, handeling, "bevinding", rij.bevinding.uid, rij.grondslag[:200], gegevens)


def lees_vast(sessie: Session, actor: Actor, nu: datetime, rij: Verstrekking) -> None:
    """The audit line of reading a disclosure."""
    _log(sessie, actor, nu, rij, "verstrekking_gelezen")


def lees_pdf(sessie: Session, actor: Actor, opslag: Opslag, sha256: str) -> bytes:
    """A frozen file. Raises NietGevonden where it is gone or other than it was."""
    inhoud = lees_heel(sessie, actor, opslag, sha256)
    if inhoud is None:
        raise NietGevonden("Dit bestand staat niet meer ongeschonden in de opslag. Waarschuw de beheerder.")
    return inhoud


def _eis_wacht(sessie: Session, actor: Actor, rij: Verstrekking, versie: int) -> None:
    recht = "dossiers.bewerken" if rij.dossier_id is not None else "voorstellen.beoordelen"
    if not rol_mag(actor.rol, recht):
        raise GeenRecht("Het antwoord legt de jurist vast, of de coördinator als er geen dossier is.")
    sessie.refresh(rij)
    if rij.versie != versie or rij.antwoord_op is not None or rij.afgezien:
        raise Conflict("Een collega legde hier net iets vast. Kijk wat er nu staat.")


def _rond_termijn_af(sessie: Session, actor: Actor, nu: datetime, rij: Verstrekking, stand: str, reden: str) -> None:
    termijn = rij.looptermijn
    if termijn is not None and termijn.stand in LOPEND:
        looptermijnen.rond_af(sessie, actor, nu, termijn, stand, reden, versie=termijn.versie)


def leg_antwoord_vast(
    sessie: Session, actor: Actor, nu: datetime, rij: Verstrekking, antwoord: str, op: date, *, versie: int
) -> None:
    """What the recipient answered. Raises OngeldigeInvoer naming the field, Conflict, GeenRecht."""
    tekst = schrijf_reden(antwoord, "Schrijf op wat de ontvanger antwoordde.", "antwoord")
    if not lokale_datum(rij.verstrekt_op) <= op <= lokale_datum(nu):
        raise OngeldigeInvoer("Kies een dag vanaf het doorzetten tot en met vandaag.", "op")
    _eis_wacht(sessie, actor, rij, versie)
    rij.antwoord, rij.antwoord_op = tekst, op
    sessie.flush()
    _rond_termijn_af(sessie, actor, nu, rij, "gedaan", "")
    _log(sessie, actor, nu, rij, "verstrekking_beantwoord")


def zie_af(sessie: Session, actor: Actor, nu: datetime, rij: Verstrekking, reden: str, *, versie: int) -> None:
    """Stop waiting for an answer. Raises OngeldigeInvoer, Conflict, GeenRecht."""
    tekst = schrijf_reden(reden, "Schrijf op waarom u geen antwoord meer verwacht.")
    if len(tekst) > 300:
        raise OngeldigeInvoer("Houd de reden onder de 300 tekens.", "reden")
    _eis_wacht(sessie, actor, rij, versie)
    rij.afgezien = tekst
    sessie.flush()
    _rond_termijn_af(sessie, actor, nu, rij, "vervallen", tekst)
    _log(sessie, actor, nu, rij, "verstrekking_afgezien")


def verstrekkingen(actor: Actor) -> Select[Verstrekking]:
    """Every disclosure that the actor may see, newest first."""
    return (
        select_voor(actor, Verstrekking)
        .order_by(Verstrekking.verstrekt_op.desc(), Verstrekking.id.desc())
        .options(joinedload(Verstrekking.dossier), joinedload(Verstrekking.door))
    )
