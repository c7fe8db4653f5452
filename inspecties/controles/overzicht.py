"""A visit as a person reads it: sections with answers, evidence, differences and what still lacks."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy.orm import Session

from inspecties.checklists.models import Checklistversie
from inspecties.checklists.rules.sessie import Sessie
from inspecties.controles import lakken
from inspecties.controles.mensenhandel_queries import heeft_signaal
from inspecties.controles.models import Bevinding, Bewijsstuk, Bezoek, Quarantaine
from inspecties.controles.queries import apart_gezet, is_compleet, vouw_van
from inspecties.controles.rules.aanvulling import Aanvulling, Aanvulverband, reden_van
from inspecties.controles.rules.fotofeiten import Fotofeiten
from inspecties.controles.rules.herkenning import TE_TEKENEN
from inspecties.controles.rules.invullen import is_bestand, vul_in
from inspecties.controles.rules.vouw import Kop, Verschil, Vouw
from inspecties.controles.rules.vragen import Vraag, keuzelabel, tekst_van, vragen_van
from inspecties.core.actor import Actor
from inspecties.core.klok import lokaal
from inspecties.database import select_voor

log = structlog.get_logger()


@dataclass(frozen=True)
class Bijlage:
    """Evidence at an answer; ``bewijs`` is None while the server does not have it yet."""

    sha256: str
    bewijs: Bewijsstuk | None
    feit: Fotofeiten | None = None
    # How many areas of it are covered in what leaves.
    afgedekt: int = 0

    @property
    def is_beeld(self) -> bool:
        return self.bewijs is not None and self.bewijs.mediatype in TE_TEKENEN


@dataclass(frozen=True)
class Antwoord:
    """One answered question."""

    sleutel: str
    label: str
    tekst: str
    auteur: str = ""
    toestel_tijd: datetime | None = None
    noot: str = ""
    melding: str = ""
    na_afronden: bool = False
    bijlagen: tuple[Bijlage, ...] = ()
    # Of an addition: why, and what stood there when the visit was finished.
    reden: str = ""
    was: str = ""
    # Somebody gave it, at a question: what is computed, and a room as such, is nobody's answer.
    is_gegeven: bool = False


@dataclass
class Sectie:
    """A group of the form, or one instance of a repeat."""

    titel: str
    antwoorden: list[Antwoord] = field(default_factory=list)


@dataclass(frozen=True)
class Keuze:
    """One of the values between which a person decides."""

    op_id: str
    tekst: str
    auteur: str
    toestel_tijd: datetime | None


@dataclass(frozen=True)
class Open:
    """A difference that nobody has decided yet."""

    sleutel: str
    baan: str
    label: str
    keuzes: tuple[Keuze, ...]
    # What another wrote in a room or person that was removed.
    erin: tuple[str, ...] = ()


@dataclass(frozen=True)
class Overzicht:
    """Everything of one visit."""

    secties: list[Sectie]
    verschillen: list[Open]
    verplicht_leeg: list[str]
    manifest: list[Bijlage]
    compleet: bool
    bevindingen: list[Bevinding]
    apart: list[Quarantaine]
    # A signal of trafficking went to the aandachtsfunctionaris; what it rests on and what came of it is not said here.
    signaal: bool = False
    aanvullingen: tuple[Aanvulling, ...] = ()


def _bijlage(bewijs: dict[str, Bijlage], sha256: str) -> Bijlage:
    return bewijs.get(sha256) or Bijlage(sha256, None)


def _moment(tekst: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(tekst)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def lees_overzicht(sessie: Session, actor: Actor, bezoek: Bezoek) -> Overzicht:
    """What the page of a visit shows. The caller writes the audit line of the reading."""
    vouw = vouw_van(sessie, actor, bezoek)
    binnen = {
        b.sha256: b for b in sessie.scalars(select_voor(actor, Bewijsstuk).where(Bewijsstuk.bezoek_id == bezoek.id))
    }
    afgedekt = lakken.geldende(sessie, actor, [bezoek.id])
    bewijs = {
        sha256: Bijlage(sha256, binnen.get(sha256), feit, len(lakken.vlakken_van(afgedekt.get((bezoek.id, sha256)))))
        for (_, sha256), feit in lakken.feiten_van(sessie, actor, [bezoek.id]).items()
    }
    verband = Aanvulverband.van(vouw)
    secties: list[Sectie] = []
    leeg: list[str] = []
    labels: dict[str, tuple[dict[str, Any], Vraag]] = {}
    for versie in bezoek.checklists:
        labels |= {naam: (versie.definitie, vraag) for naam, vraag in vragen_van(versie.definitie).items()}
        ingevuld = _vul_in(versie, bezoek, vouw)
        sleutels = list(ingevuld.sleutels()) if ingevuld else sorted(vouw.sleutels())
        secties += _secties(versie.definitie, ingevuld, sleutels, verband, bewijs)
        if ingevuld:
            leeg += [ingevuld.label(sleutel) or sleutel for sleutel in ingevuld.verplicht_leeg()]
    bevindingen = sessie.scalars(
        select_voor(actor, Bevinding)
        .where(Bevinding.bezoek_id == bezoek.id, Bevinding.vervallen_op.is_(None))
        .order_by(Bevinding.id)
    )
    return Overzicht(
        secties=secties,
        verschillen=[_open(verschil, labels) for verschil in vouw.verschillen()],
        verplicht_leeg=leeg,
        manifest=[_bijlage(bewijs, sha256) for sha256 in vouw.manifest()],
        compleet=is_compleet(vouw, set(binnen)),
        bevindingen=list(bevindingen),
        apart=list(sessie.scalars(apart_gezet(actor).where(Quarantaine.bezoek_uid == str(bezoek.uid)))),
        signaal=heeft_signaal(sessie, bezoek),
        aanvullingen=tuple(verband.aanvullingen),
    )


def _vul_in(versie: Checklistversie, bezoek: Bezoek, vouw: Vouw) -> Sessie | None:
    context = {"nu": lokaal(bezoek.aangemaakt_op).isoformat(timespec="seconds")} | bezoek.context
    try:
        return vul_in(versie.definitie, context, vouw)
    except Exception as fout:  # noqa: BLE001 - a checklist that can not be evaluated must not hide the answers
        log.error("overzicht", soort=type(fout).__name__, checklist=versie.hash)
        return None


def _secties(
    definitie: dict[str, Any],
    ingevuld: Sessie | None,
    sleutels: Iterable[str],
    verband: Aanvulverband,
    bewijs: dict[str, Bijlage],
) -> list[Sectie]:
    vragen = vragen_van(definitie)
    titel = tekst_van(definitie.get("titel")) or definitie.get("naam", "")
    uit: list[Sectie] = []
    for sleutel in sleutels:
        naam, _, herhaling_id = sleutel.partition("@")
        vraag = vragen.get(naam)
        antwoord = _antwoord(definitie, vraag, ingevuld, sleutel, verband, bewijs) if vraag else None
        if vraag is None or antwoord is None:
            continue
        naam_sectie = vraag.sectie or titel
        if herhaling_id and vraag.herhaling and ingevuld is not None and ingevuld.bestaat(sleutel):
            naam_sectie = f"{vragen[vraag.herhaling].label} {ingevuld.plaats_van(herhaling_id)}"
        if not uit or uit[-1].titel != naam_sectie:
            uit.append(Sectie(naam_sectie))
        uit[-1].antwoorden.append(antwoord)
    return uit


def _antwoord(
    definitie: dict[str, Any],
    vraag: Vraag,
    ingevuld: Sessie | None,
    sleutel: str,
    verband: Aanvulverband,
    bewijs: dict[str, Bijlage],
) -> Antwoord | None:
    vouw = verband.vouw
    noot = vouw.noot(sleutel)
    # Two people who wrote something at the same photo apart make two operations of it.
    bijlagen = tuple(_bijlage(bewijs, sha256) for sha256 in dict.fromkeys(vouw.bijlagen(sleutel)))
    waarde = None
    if vraag.soort == "vraag" and not is_bestand(vraag):
        waarde = ingevuld.waarde(sleutel) if ingevuld else vouw.waarde(sleutel)
    tekst = keuzelabel(definitie, vraag, waarde)
    if not (tekst or noot or bijlagen):
        return None
    koppen = vouw.koppen(sleutel) or vouw.koppen(sleutel, "bijlage") or vouw.koppen(sleutel, "noot")
    kop = koppen[-1] if koppen else None
    toegevoegd = verband.laatste_aanvulling(sleutel)
    return Antwoord(
        sleutel=sleutel,
        label=(ingevuld.label(sleutel) if ingevuld else "") or vraag.label,
        tekst=tekst,
        auteur=kop.auteur if kop else "berekend",
        toestel_tijd=_moment(kop.toestel_tijd) if kop else None,
        noot=noot,
        melding=(ingevuld.melding(sleutel) or "") if ingevuld and vraag.soort == "vraag" else "",
        na_afronden=toegevoegd is not None,
        bijlagen=bijlagen,
        reden=reden_van(toegevoegd, verband.aanvullingen) if toegevoegd else "",
        was=_wat_er_stond(definitie, vraag, verband, sleutel) if toegevoegd else "",
        is_gegeven=kop is not None and vraag.soort == "vraag",
    )


def _wat_er_stond(definitie: dict[str, Any], vraag: Vraag, verband: Aanvulverband, sleutel: str) -> str:
    """What an answer said when the visit was finished, where an addition made it say something else."""
    toen, nu = verband.bij_afronden.waarde(sleutel), verband.vouw.waarde(sleutel)
    anders = vraag.soort == "vraag" and not is_bestand(vraag) and toen not in (None, nu)
    return keuzelabel(definitie, vraag, toen) if anders else ""


def _open(verschil: Verschil, labels: dict[str, tuple[dict[str, Any], Vraag]]) -> Open:
    bekend = labels.get(verschil.vraag_id)

    def tekst(kop: Kop) -> str:
        if bekend and bekend[1].soort == "herhaling" and kop.soort == "clear":
            return "Weglaten"
        if kop.soort == "clear" or kop.waarde in (None, ""):
            return "(leeg)"
        if kop.soort == "note" or bekend is None:
            return str(kop.waarde)
        if bekend[1].soort == "herhaling":
            return "Terugzetten, met wat erin staat" if verschil.erin else "Staat in de lijst"
        return keuzelabel(*bekend, kop.waarde)

    return Open(
        sleutel=verschil.sleutel,
        baan=verschil.baan,
        label=bekend[1].label if bekend else verschil.vraag_id,
        keuzes=tuple(Keuze(k.op_id, tekst(k), k.auteur, _moment(k.toestel_tijd)) for k in verschil.koppen),
        erin=tuple(_erin(labels, kop) for kop in verschil.erin),
    )


def _erin(labels: dict[str, tuple[dict[str, Any], Vraag]], kop: Kop) -> str:
    bekend = labels.get(kop.vraag_id)
    label = bekend[1].label if bekend else kop.vraag_id
    if kop.soort == "attach":
        return f"{label}: een foto, door {kop.auteur}"
    if bekend is None or bekend[1].soort == "herhaling":
        return f"{label}, door {kop.auteur}"
    waarde = kop.waarde if kop.soort == "note" else keuzelabel(*bekend, kop.waarde if kop.soort == "set" else None)
    return f"{label}: {waarde or '(leeg)'}, door {kop.auteur}"
