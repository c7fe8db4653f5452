"""Typing over a paper form: the same operations as a tablet makes, from a device of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any
from uuid import uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.checklists.models import Checklistversie
from inspecties.checklists.rules.vorm import Node
from inspecties.controles.kantoorbewijs import neem_bestand
from inspecties.controles.models import Bewijsstuk, Bezoek, Operatie
from inspecties.controles.operations import OPGESLAGEN, neem_operaties_in
from inspecties.controles.opslag import Opslag
from inspecties.controles.papier_models import Papierinvoer
from inspecties.controles.queries import vouw_van
from inspecties.controles.rules.invullen import vul_in
from inspecties.controles.rules.operatie import is_uuid, lees_uuid
from inspecties.controles.rules.papier import (
    BESTAND,
    Besluit,
    Deel,
    besluit_over,
    delen_van,
    lees_veld,
    zelfde_antwoord,
)
from inspecties.controles.rules.papier_pagina import Beeld
from inspecties.controles.rules.vouw import BIJLAGE, NOOT, Vouw, herhalingen, sleutel_van
from inspecties.controles.toestellen import meld_toestel, zorg_voor_toestel
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, GeenRecht, InspectiesFout, OngeldigeInvoer
from inspecties.core.ids import nieuw_id
from inspecties.core.klok import lokaal
from inspecties.database import select_voor


@dataclass(frozen=True)
class Pagina:
    """One page of one checklist of the visit."""

    versie: Checklistversie
    deel: Deel


@dataclass(frozen=True)
class Bestand:
    """A file that came with the form."""

    bron: IO[bytes]
    naam: str


@dataclass
class Ingestuurd:
    """What came back of one page, by key of the question. ``was``: what stood there when the page was made."""

    was: Mapping[str, list[str]]
    waarden: Mapping[str, list[str]]
    was_noot: Mapping[str, str] = field(default_factory=dict)
    noten: Mapping[str, str] = field(default_factory=dict)
    bestanden: Mapping[str, list[Bestand]] = field(default_factory=dict)
    scans: Mapping[str, list[str]] = field(default_factory=dict)
    weg: Mapping[str, list[str]] = field(default_factory=dict)
    toevoegen: str = ""
    verwijderen: str = ""


@dataclass(frozen=True)
class Regel:
    """An operation to be: where, and what."""

    sleutel: str
    besluit: Besluit


class Werkblad:
    """A paper form as it stands: the visit's checklists, folded, and which operations are this paper's own."""

    def __init__(self, sessie: Session, actor: Actor, invoer: Papierinvoer) -> None:
        self.invoer = invoer
        self.bezoek: Bezoek = invoer.bezoek
        self.paginas = [Pagina(v, deel) for v in self.bezoek.checklists for deel in delen_van(v.definitie)]
        self.vouw: Vouw = vouw_van(sessie, actor, self.bezoek)
        rijen = sessie.scalars(
            select(Operatie.op_id).where(
                Operatie.gemeente_id == actor.gemeente_id,
                Operatie.bezoek_id == self.bezoek.id,
                Operatie.toestel_id == invoer.toestel_id,
            )
        )
        self.eigen = frozenset(str(op_id) for op_id in rijen)
        self._beelden: dict[str, Beeld] = {}

    def beeld(self, versie: Checklistversie) -> Beeld:
        """A checklist filled in with the answers as they stand."""
        if versie.hash not in self._beelden:
            context = {"nu": lokaal(self.bezoek.aangemaakt_op).isoformat(timespec="seconds")} | self.bezoek.context
            sessie = vul_in(versie.definitie, context, self.vouw)
            self._beelden[versie.hash] = Beeld(versie.definitie, sessie, self.vouw, self.eigen)
        return self._beelden[versie.hash]

    def wordt_gevraagd(self, pagina: Pagina) -> bool:
        """Whether anything on this page is asked now."""
        beeld = self.beeld(pagina.versie)
        namen = [pagina.deel.groep] if pagina.deel.groep else [n["naam"] for n in pagina.deel.knopen]
        return any(beeld.sessie.bestaat(n) and beeld.sessie.relevant(n) for n in namen)


def controleer_open(bezoek: Bezoek) -> None:
    """Raises Conflict for a visit that takes no answers any more, or that has no questions."""
    if bezoek.toestand == "gesloten":
        raise Conflict("Dit bezoek is gesloten; er verandert niets meer aan.")
    if not bezoek.checklists:
        raise Conflict("Bij dit bezoek hoort nog geen checklist. Vraag de coördinator er een te kiezen.")


def begin_invoer(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    bezoek: Bezoek,
    kenmerk: str,
    ingevuld_door: str,
    ingevuld_op: datetime,
) -> Papierinvoer:
    """Begin typing over one paper. The same ``kenmerk`` (of the form that was sent) again gives the one that was begun.

    Raises OngeldigeInvoer naming the field, Conflict where the visit is closed.
    """
    controleer_open(bezoek)
    # Made from the person and the visit too: it can never be the id of a tablet.
    uid = uuid5(bezoek.uid, f"papier {actor.gebruiker_uid} {kenmerk}")
    bestaand = sessie.scalars(select_voor(actor, Papierinvoer).where(Papierinvoer.uid == uid)).one_or_none()
    if bestaand is not None:
        return bestaand
    naam = ingevuld_door.strip()
    if not naam or len(naam) > 200:
        raise OngeldigeInvoer("Schrijf op wie het papier invulde, in hoogstens 200 tekens.", "ingevuld_door")
    if ingevuld_op > nu:
        raise OngeldigeInvoer("Dit moment is nog niet geweest. Kijk de datum en de tijd na.", "ingevuld_op")
    invoer = Papierinvoer(
        uid=uid,
        gemeente_id=actor.gemeente_id,
        bezoek_id=bezoek.id,
        ingevuld_door=naam,
        ingevuld_op=ingevuld_op,
        ingevoerd_door_id=actor.gebruiker_id,
        ingevoerd_op=nu,
    )
    sessie.add(invoer)
    meld_toestel(sessie, actor, nu, invoer.toestel_id, f"Papier: {bezoek.locatie.adresregel}"[:120], None)
    sessie.flush()
    leg_vast(sessie, actor, nu, "papierinvoer_begonnen", "bezoek", bezoek.uid, gegevens={"invoer": str(uid)})
    return invoer


def controleer_eigen(actor: Actor, invoer: Papierinvoer) -> None:
    """Raises GeenRecht for somebody else's paper, Conflict for one that is finished."""
    if invoer.ingevoerd_door_id != actor.gebruiker_id:
        raise GeenRecht(
            f"{invoer.ingevoerd_door.naam} voert dit papier in. Voert u het verder in? Begin dan zelf een invoer."
        )
    if invoer.afgerond_op is not None:
        raise Conflict("Deze invoer is afgerond. Moet er iets bij? Begin dan een nieuwe invoer van het papier.")


def bewaar_pagina(
    sessie: Session, actor: Actor, nu: datetime, opslag: Opslag, invoer: Papierinvoer, nr: int, van: Ingestuurd
) -> dict[str, str]:
    """Store what changed on a page, as operations. Returns key -> what could not be read; the rest is stored.

    Sending the same page again changes nothing. Raises GeenRecht, Conflict (closed visit, finished or revoked paper).
    """
    controleer_eigen(actor, invoer)
    controleer_open(invoer.bezoek)
    # Locked before the answers are read, so that two copies of the same page are judged one after the other.
    toestel = zorg_voor_toestel(sessie, actor, nu, invoer.toestel_id)
    blad = Werkblad(sessie, actor, invoer)
    pagina = blad.paginas[nr]
    fouten: dict[str, str] = {}
    regels = _antwoorden(blad, pagina, van, fouten)
    regels += _bijlagen(sessie, actor, nu, opslag, blad, pagina, van, fouten)
    regels += _herhaling(blad, pagina, van)
    _stuur(sessie, actor, nu, invoer, pagina.versie.hash, regels, toestel.hoogste_seq)
    return fouten


def _node(blad: Werkblad, pagina: Pagina, sleutel: str) -> Node | None:
    """The question of a key, where it is one of this form and its instance exists."""
    sessie = blad.beeld(pagina.versie).sessie
    knoop = sessie.vorm.knopen.get(sleutel.partition("@")[0])
    if knoop is None or knoop.soort != "vraag" or knoop.type in {"note", "calculate"} or not sessie.bestaat(sleutel):
        return None
    return knoop.node


def _antwoorden(blad: Werkblad, pagina: Pagina, van: Ingestuurd, fouten: dict[str, str]) -> list[Regel]:
    vorm = blad.beeld(pagina.versie).sessie.vorm
    uit = []
    for sleutel, was in van.was.items():
        node = _node(blad, pagina, sleutel)
        ruw = [r.replace("\r\n", "\n").strip() for r in van.waarden.get(sleutel, []) if r.strip()]
        if node is None or node.get("alleen_lezen") or node["type"] in BESTAND or ruw == was:
            continue
        namen = vorm.keuzes.get(node.get("keuzelijst", ""), {})
        gelezen = lees_veld(node, ruw, namen)
        if gelezen.fout:
            fouten[sleutel] = gelezen.fout
            continue
        besluit = besluit_over(blad.vouw.koppen(sleutel), blad.eigen, gelezen.waarde, zelfde_antwoord(node, namen))
        if besluit:
            uit.append(Regel(sleutel, besluit))
    for sleutel, was_noot in van.was_noot.items():
        tekst = van.noten.get(sleutel, "").replace("\r\n", "\n").replace("\x00", "").strip()
        if _node(blad, pagina, sleutel) is None or tekst == was_noot:
            continue
        besluit = besluit_over(
            blad.vouw.koppen(sleutel, NOOT),
            blad.eigen,
            tekst,
            lambda een, ander: (een or "") == (ander or ""),
            noot=True,
        )
        if besluit:
            uit.append(Regel(sleutel, besluit))
    return uit


def _bijlagen(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    opslag: Opslag,
    blad: Werkblad,
    pagina: Pagina,
    van: Ingestuurd,
    fouten: dict[str, str],
) -> list[Regel]:
    uit: list[Regel] = []
    nieuw: dict[str, list[Bewijsstuk]] = {}
    for sleutel, bestanden in van.bestanden.items():
        if _node(blad, pagina, sleutel) is None:
            continue
        naam, _, herhaling = sleutel.partition("@")
        for bestand in bestanden:
            try:
                stuk = neem_bestand(
                    sessie, actor, nu, opslag, blad.bezoek, bestand.bron, bestand.naam, naam, lees_uuid(herhaling)
                )
            except InspectiesFout as fout:
                fouten[sleutel] = fout.melding
                continue
            nieuw.setdefault(sleutel, []).append(stuk)
    scans = {scan.sha256: scan for scan in blad.invoer.scans}
    for sleutel, gekozen in van.scans.items():
        if _node(blad, pagina, sleutel) is not None:
            nieuw.setdefault(sleutel, []).extend(scans[sha] for sha in gekozen if sha in scans)
    for sleutel, stukken in nieuw.items():
        al = set(blad.vouw.bijlagen(sleutel))
        uit += [
            Regel(sleutel, Besluit("attach", _attach(stuk), ()))
            for stuk in dict.fromkeys(stukken)
            if stuk.sha256 not in al
        ]
    for sleutel, weg in van.weg.items():
        for kop in blad.vouw.koppen(sleutel, BIJLAGE):
            if kop.op_id in blad.eigen and kop.waarde["sha256"] in weg and not kop.waarde.get("verwijderd"):
                besluit = Besluit("attach", {"sha256": kop.waarde["sha256"], "verwijderd": True}, (kop.op_id,))
                uit.append(Regel(sleutel, besluit))
    return uit


def _attach(stuk: Bewijsstuk) -> dict[str, Any]:
    return {
        "sha256": stuk.sha256,
        "soort": stuk.mediatype,
        "omvang": stuk.grootte,
        "bestandsnaam": stuk.bestandsnaam,
    }


def _herhaling(blad: Werkblad, pagina: Pagina, van: Ingestuurd) -> list[Regel]:
    """Adding or taking away a room or a person. ``toevoegen``: repeat|parent|new id, as the button said."""
    vorm = blad.beeld(pagina.versie).sessie.vorm
    alle = herhalingen(blad.vouw, [k.naam for k in vorm.knopen.values() if k.soort == "herhaling"])
    if van.toevoegen:
        groep, _, rest = van.toevoegen.partition("|")
        ouder, _, uid = rest.partition("|")
        knoop = vorm.knopen.get(groep)
        past = knoop is not None and knoop.soort == "herhaling" and bool(knoop.keten) == bool(ouder)
        if not past or not is_uuid(uid) or (ouder and ouder not in {h.herhaling_id for h in alle}):
            raise OngeldigeInvoer("Deze knop hoort bij een oude bladzijde. Open de bladzijde opnieuw.")
        if uid in {h.herhaling_id for h in alle} or blad.vouw.koppen(sleutel_van(groep, uid)):
            return []
        plaats = max((h.plaats for h in alle if (h.groep, h.ouder or "") == (groep, ouder)), default=0) + 1
        waarde = {"ouder": ouder or None, "plaats": int(plaats)}
        return [Regel(sleutel_van(groep, uid), Besluit("set", waarde, ()))]
    if van.verwijderen:
        weg = next((h for h in alle if h.herhaling_id == van.verwijderen), None)
        koppen = blad.vouw.koppen(sleutel_van(weg.groep, weg.herhaling_id)) if weg else []
        if weg and koppen and all(k.op_id in blad.eigen for k in koppen):
            besluit = Besluit("clear", None, tuple(k.op_id for k in koppen))
            return [Regel(sleutel_van(weg.groep, weg.herhaling_id), besluit)]
    return []


def _stuur(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    invoer: Papierinvoer,
    form_versie: str,
    regels: Sequence[Regel],
    hoogste_seq: int,
) -> None:
    ops = []
    for i, regel in enumerate(regels, 1):
        vraag_id, _, herhaling_id = regel.sleutel.partition("@")
        ops.append(
            {
                "op_id": str(nieuw_id()),
                "bezoek_id": str(invoer.bezoek.uid),
                "vraag_id": vraag_id,
                "herhaling_id": herhaling_id or None,
                "soort": regel.besluit.soort,
                "waarde": regel.besluit.waarde,
                "base_op_ids": list(regel.besluit.basis),
                "form_versie": form_versie,
                "toestel_id": str(invoer.toestel_id),
                "toestel_seq": hoogste_seq + i,
                "toestel_tijd": nu.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
                "auteur_id": actor.gebruiker_uid,
            }
        )
    if not ops:
        return
    ontvangsten = neem_operaties_in(sessie, actor, nu, invoer.toestel_id, ops, papier=True)
    mis = next((o for o in ontvangsten if o.status != OPGESLAGEN), None)
    if mis is not None:
        raise Conflict(f"Dit kon niet worden bewaard: {mis.reden or 'onbekende reden'}")


def voeg_scan_toe(
    sessie: Session, actor: Actor, nu: datetime, opslag: Opslag, invoer: Papierinvoer, bestand: Bestand
) -> Bewijsstuk:
    """Attach a picture or PDF of the paper. The same file again changes nothing. Raises as ``neem_bestand`` does."""
    controleer_eigen(actor, invoer)
    stuk = neem_bestand(sessie, actor, nu, opslag, invoer.bezoek, bestand.bron, bestand.naam)
    if stuk not in invoer.scans:
        invoer.scans.append(stuk)
        sessie.flush()
        gegevens = {"invoer": str(invoer.uid), "sha256": stuk.sha256}
        leg_vast(sessie, actor, nu, "papierscan_toegevoegd", "bezoek", invoer.bezoek.uid, gegevens=gegevens)
    return stuk


def rond_invoer_af(sessie: Session, actor: Actor, nu: datetime, invoer: Papierinvoer) -> None:
    """The whole paper was typed over. Raises OngeldigeInvoer while there is no scan, GeenRecht, Conflict."""
    controleer_eigen(actor, invoer)
    if not invoer.scans:
        raise OngeldigeInvoer("Voeg eerst een scan of foto van het papier toe. Zonder scan kan niemand het nakijken.")
    invoer.afgerond_op = nu
    leg_vast(
        sessie, actor, nu, "papierinvoer_afgerond", "bezoek", invoer.bezoek.uid, gegevens={"invoer": str(invoer.uid)}
    )


def papierinvoeren_van(sessie: Session, actor: Actor, bezoek: Bezoek) -> list[Papierinvoer]:
    """The papers of a visit, oldest first."""
    opdracht = select_voor(actor, Papierinvoer).where(Papierinvoer.bezoek_id == bezoek.id).order_by(Papierinvoer.id)
    return list(sessie.scalars(opdracht))
