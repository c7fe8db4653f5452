"""A dossier as a person reads it: findings with what carries them, numbered evidence, what is open, what changed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session, joinedload

from inspecties.controles.lakken import feiten_van, geldende
from inspecties.controles.models import Bevinding, Bewijsstuk, Bezoek
from inspecties.controles.opslag import Opslag, naam_van
from inspecties.controles.queries import vouwen_van
from inspecties.controles.rules.fotofeiten import moment_van
from inspecties.controles.rules.herkenning import TE_TEKENEN
from inspecties.controles.rules.lakken import REDENEN
from inspecties.controles.rules.vouw import Vouw
from inspecties.controles.rules.vragen import vragen_van
from inspecties.core.actor import Actor, systeem
from inspecties.database import select_voor
from inspecties.dossiers import bibob_gereed, toetsen, wonen_gereed
from inspecties.dossiers.kabinet_voorbereiding import Voorbereid, lees_voorbereiding
from inspecties.dossiers.models import Belanghebbende, Dossier, Dossierbewijs, Stuk, Voorstel
from inspecties.dossiers.models_bewijs import Bewijsplek, Bronstuk
from inspecties.dossiers.queries import partijen_van, plaatsingen_in, stukken_van, voorstellen_in
from inspecties.dossiers.rules.bewijs import nummer, vaste_nummers
from inspecties.dossiers.rules.gereed import Belemmering, Bevindingstand, Bezoekstand, Dossierstand, belemmeringen
from inspecties.dossiers.rules.gevolgen import Gevolg, gevolg_van
from inspecties.dossiers.rules.teksten import TEKSTVELDEN, Antwoord, Grond, Waarneming
from inspecties.dossiers.rules.wijzigingen import Bevindingdeel, gewijzigd_sinds, momentopname
from inspecties.gebruikers.gemeenten import gemeente_uid
from inspecties.web.sjablonen import datum


@dataclass(frozen=True)
class Bewijsregel:
    """One numbered piece of evidence with its chain: who, when, where, when it came in and under which hash."""

    nr: int
    stuk: Bewijsstuk
    onderschrift: str
    adres: str
    vraag: str
    aard: str
    door: str
    vastgelegd_op: datetime | None
    zelf_toegevoegd: Dossierbewijs | None = None
    ingetrokken: bool = False
    plaats: str = ""
    afgedekt: str = ""

    @property
    def is_beeld(self) -> bool:
        return self.stuk.mediatype in TE_TEKENEN

    @property
    def alt(self) -> str:
        """What a person who cannot see the picture is told."""
        return f"Foto {self.nr}: {self.onderschrift}, {self.adres}"


@dataclass(frozen=True)
class Bevindingregel:
    """A finding in the dossier with the numbers of the evidence that carries it."""

    voorstel: Voorstel
    bevinding: Bevinding
    gevolg: Gevolg
    adres: str
    datum: str
    bewijsnummers: dict[str, int]
    gewijzigd: bool
    # Why it was taken into this dossier: a further dossier has its own reason, and never shows that of the first.
    reden: str = ""
    elders: bool = False

    @property
    def vervallen(self) -> bool:
        return self.bevinding.vervallen_op is not None

    def nummers(self, drager: dict[str, Any]) -> list[int]:
        """The evidence numbers of one answer."""
        return [self.bewijsnummers[sha] for sha in drager["bewijs"] if sha in self.bewijsnummers]


@dataclass(frozen=True)
class Dossierbeeld:
    """Everything of one dossier. ``over`` holds evidence of its visits that is not on the list."""

    dossier: Dossier
    bevindingen: list[Bevindingregel]
    bewijs: list[Bewijsregel]
    over: list[Bewijsregel]
    partijen: list[Belanghebbende]
    stukken: list[Stuk]
    stand: Dossierstand
    opname: dict[str, Any]
    waarnemingen: list[Waarneming] = field(default_factory=list)
    toets: toetsen.Gelezen | None = None
    # Reports, statements and conclusions that were not withdrawn, in the order of their marks.
    bronstukken: list[Bronstuk] = field(default_factory=list)
    voorbereid: Voorbereid = field(default_factory=Voorbereid)

    @property
    def belemmeringen(self) -> list[Belemmering]:
        return belemmeringen(self.stand)

    @property
    def stuk(self) -> Stuk | None:
        """The version that was submitted last."""
        return self.stukken[-1] if self.stukken else None

    @property
    def bijgewerkt(self) -> list[str]:
        """What changed since the last submission, in words."""
        return gewijzigd_sinds(self.stuk.momentopname, self.opname) if self.stuk else []


def inhoud_van(bevinding: Bevinding) -> dict[str, Any]:
    """What a finding says, as it is compared and recorded."""
    return {
        "gevolg": bevinding.gevolg,
        "grondslag": bevinding.grondslag,
        "dragers": bevinding.dragers,
        "ontbreekt": bevinding.ontbreekt,
        "hard": bevinding.hard,
    }


def bezoekdatum(bezoek: Bezoek) -> str:
    """The day of a visit: when it began, else when it was made."""
    return datum(bezoek.begin_op or bezoek.aangemaakt_op)


def lees_beeld(sessie: Session, actor: Actor, dossier: Dossier, opslag: Opslag | None = None) -> Dossierbeeld:
    """Read a dossier whole. The caller writes the audit line of the reading.

    With ``opslag`` every original on the evidence list is read and its hash compared (for submitting and deciding).
    """
    # Who may see the dossier may see what carries it; the visits themselves are not in the cabinet's reach.
    lezer = systeem(actor.gemeente_id)
    sessie.flush()
    voorstellen = voorstellen_in(sessie, lezer, dossier)
    bezoeken = list({b.id: b for b in [*dossier.bezoeken, *(v.bevinding.bezoek for v in voorstellen)]}.values())
    vouwen = vouwen_van(sessie, lezer, bezoeken)
    regels, over, per_sha = _bewijs(sessie, lezer, dossier, bezoeken, vouwen, voorstellen)
    redenen = {p.voorstel_id: p.reden for p in plaatsingen_in(sessie, lezer, dossier)}
    bevindingen = [_bevinding(v, per_sha, redenen.get(v.id)) for v in voorstellen]
    partijen = partijen_van(sessie, lezer, dossier)
    bronstukken = _bronstukken(sessie, lezer, dossier)
    toets = toetsen.lees(
        sessie,
        lezer,
        dossier,
        {str(r.stuk.uid): r.nr for r in regels},
        {str(s.uid): s.merk for s in bronstukken},
    )
    voorbereid = lees_voorbereiding(sessie, lezer, dossier)
    geschonden = _geschonden(sessie, lezer, opslag, regels) if opslag else ()
    binnen = {(r.stuk.bezoek_id, r.stuk.sha256) for r in [*regels, *over]}
    stand = Dossierstand(
        teksten={veld.naam: getattr(dossier, veld.naam) for veld in TEKSTVELDEN},
        bezoeken=tuple(_bezoekstand(b, vouwen[b.id], binnen) for b in bezoeken),
        bevindingen=tuple(
            Bevindingstand(
                naam=b.gevolg.naam,
                bezoek_uid=str(b.bevinding.bezoek.uid),
                ontbreekt=tuple((o.get("label", o["vraag"]), o["bewijs"]) for o in b.bevinding.ontbreekt)
                if not b.vervallen
                else (),
                vervallen=b.vervallen,
            )
            for b in bevindingen
        ),
        belanghebbenden=len(partijen),
        locaties=len(dossier.locaties),
        geschonden=geschonden,
        toets=(
            *(toets.stand.belemmeringen if toets else ()),
            *bibob_gereed.belemmeringen(sessie, lezer, dossier),
            *wonen_gereed.belemmeringen(sessie, lezer, dossier),
        ),
        met_bevinding=dossier.soort != "bibob",
    )
    opname = momentopname(
        [
            Bevindingdeel(str(b.bevinding.uid), b.gevolg.naam, inhoud_van(b.bevinding))
            for b in bevindingen
            if not b.vervallen
        ],
        {r.stuk.sha256: f"nr. {r.nr}" for r in regels},
        stand.teksten,
        [f"{p.naam}|{p.rol}|{p.kvk}|{p.adres}" for p in partijen],
        voorbereid.opname,
        {str(s.uid): (s.merk, [s.titel, s.tekst, s.sha256, s.rust_op]) for s in bronstukken},
    )
    return Dossierbeeld(
        dossier=dossier,
        bevindingen=bevindingen,
        bewijs=regels,
        over=over,
        partijen=partijen,
        stukken=stukken_van(sessie, lezer, dossier),
        stand=stand,
        opname=opname,
        waarnemingen=_waarnemingen(bezoeken, bevindingen),
        toets=toets,
        voorbereid=voorbereid,
        bronstukken=bronstukken,
    )


def _bronstukken(sessie: Session, lezer: Actor, dossier: Dossier) -> list[Bronstuk]:
    return list(
        sessie.scalars(
            select_voor(lezer, Bronstuk)
            .where(Bronstuk.dossier_id == dossier.id, Bronstuk.ingetrokken_op.is_(None))
            .order_by(Bronstuk.aard.desc(), Bronstuk.nummer)
        )
    )


def _bewijs(
    sessie: Session,
    lezer: Actor,
    dossier: Dossier,
    bezoeken: list[Bezoek],
    vouwen: dict[int, Vouw],
    voorstellen: list[Voorstel],
) -> tuple[list[Bewijsregel], list[Bewijsregel], dict[tuple[int, str], int]]:
    zelf = {
        rij.bewijsstuk_id: rij
        for rij in sessie.scalars(select_voor(lezer, Dossierbewijs).where(Dossierbewijs.dossier_id == dossier.id))
    }
    dragend: dict[tuple[int, str], str] = {}
    for v in voorstellen:
        for drager in v.bevinding.dragers if v.bevinding.vervallen_op is None else ():
            antwoord = f"{drager['label'].rstrip('?:. ')}: {drager['tekst']}" if drager["tekst"] else drager["label"]
            for sha in drager["bewijs"]:
                dragend.setdefault((v.bevinding.bezoek_id, sha), antwoord)
    stukken = sessie.scalars(
        select_voor(lezer, Bewijsstuk)
        .where(Bewijsstuk.bezoek_id.in_([b.id for b in bezoeken]))
        .order_by(Bewijsstuk.bezoek_id, Bewijsstuk.id)
        .options(joinedload(Bewijsstuk.auteur), joinedload(Bewijsstuk.bezoek).joinedload(Bezoek.locatie))
    ).all()
    nummers = _nummers(
        sessie, lezer, dossier, [s for s in stukken if (s.bezoek_id, s.sha256) in dragend or s.id in zelf]
    )
    labels = {b.id: _labels(b) for b in bezoeken}
    manifesten = {b.id: vouwen[b.id].manifest() for b in bezoeken}
    feiten, lakkingen = feiten_van(sessie, lezer, labels), geldende(sessie, lezer, labels)
    op: list[Bewijsregel] = []
    over: list[Bewijsregel] = []
    per_sha: dict[tuple[int, str], int] = {}
    for stuk in stukken:
        sleutel = (stuk.bezoek_id, stuk.sha256)
        kop = manifesten[stuk.bezoek_id].get(stuk.sha256)
        vraag = labels[stuk.bezoek_id].get(kop.vraag_id if kop else stuk.vraag_id, "")
        eigen, feit, lakking = zelf.get(stuk.id), feiten.get(sleutel), lakkingen.get(sleutel)
        bijschrift = feit.bijschrift if feit else ""
        regel = Bewijsregel(
            nr=nummers.get(stuk.id, 0),
            stuk=stuk,
            onderschrift=(eigen.omschrijving if eigen else "")
            or dragend.get(sleutel)
            or bijschrift
            or vraag
            or stuk.bestandsnaam,
            adres=stuk.bezoek.locatie.adresregel,
            vraag=vraag,
            aard=eigen.aard if eigen else "waarneming",
            door=stuk.auteur.naam,
            # Of the operation that attached it first: a caption or cover that came later is no new photo.
            vastgelegd_op=feit.gemaakt if feit else moment_van(stuk.vastgelegd_op),
            zelf_toegevoegd=eigen,
            ingetrokken=kop is None,
            plaats=feit.plaats.tekst if feit and feit.plaats else "",
            afgedekt=REDENEN[lakking.reden] if lakking and lakking.vlakken else "",
        )
        if regel.nr:
            op.append(regel)
            per_sha[sleutel] = regel.nr
        else:
            over.append(regel)
    return sorted(op, key=lambda r: r.nr), over, per_sha


def _nummers(sessie: Session, lezer: Actor, dossier: Dossier, lijst: list[Bewijsstuk]) -> dict[int, int]:
    """Bewijsstuk.id -> number. What was submitted keeps its number; the rest is in the order that was chosen."""
    plekken = {
        rij.bewijsstuk_id: rij.plaats
        for rij in sessie.scalars(select_voor(lezer, Bewijsplek).where(Bewijsplek.dossier_id == dossier.id))
    }
    achteraan = len(plekken) + 1
    volgorde = sorted(lijst, key=lambda s: plekken.get(s.id, achteraan))
    vast = vaste_nummers(s.momentopname for s in stukken_van(sessie, lezer, dossier))
    return nummer([(s.id, s.sha256) for s in volgorde], vast)


def _labels(bezoek: Bezoek) -> dict[str, str]:
    return {naam: v.label for versie in bezoek.checklists for naam, v in vragen_van(versie.definitie).items()}


def _bevinding(voorstel: Voorstel, per_sha: dict[tuple[int, str], int], elders: str | None) -> Bevindingregel:
    b = voorstel.bevinding
    return Bevindingregel(
        voorstel=voorstel,
        bevinding=b,
        gevolg=gevolg_van(b.gevolg),
        adres=b.bezoek.locatie.adresregel,
        datum=bezoekdatum(b.bezoek),
        bewijsnummers={sha: nr for (bezoek_id, sha), nr in per_sha.items() if bezoek_id == b.bezoek_id},
        gewijzigd=voorstel.vastgelegd is not None and voorstel.vastgelegd.get("inhoud") != inhoud_van(b),
        reden=voorstel.reden if elders is None else elders,
        elders=elders is not None,
    )


def _bezoekstand(bezoek: Bezoek, vouw: Vouw, binnen: set[tuple[int, str]]) -> Bezoekstand:
    labels = _labels(bezoek)
    return Bezoekstand(
        uid=str(bezoek.uid),
        adres=bezoek.locatie.adresregel,
        datum=bezoekdatum(bezoek),
        verschillen=tuple(labels.get(v.vraag_id) or v.vraag_id for v in vouw.verschillen()),
        niet_binnen=sum((bezoek.id, sha) not in binnen for sha in vouw.manifest()),
        open=bezoek.toestand == "open",
    )


def _geschonden(sessie: Session, lezer: Actor, opslag: Opslag, regels: Iterable[Bewijsregel]) -> tuple[str, ...]:
    uid = gemeente_uid(sessie, lezer)
    uit = []
    for regel in regels:
        if opslag.hash_van(naam_van(uid, regel.stuk.sha256)) != regel.stuk.sha256:
            uit.append(f"Bewijsstuk {regel.nr}")
    return tuple(uit)


def _waarnemingen(bezoeken: Iterable[Bezoek], bevindingen: Iterable[Bevindingregel]) -> list[Waarneming]:
    return [
        Waarneming(
            datum=bezoekdatum(bezoek),
            adres=bezoek.locatie.adresregel,
            gronden=tuple(
                Grond(
                    b.gevolg.naam,
                    b.bevinding.grondslag,
                    tuple(Antwoord(d["label"], d["tekst"]) for d in b.bevinding.dragers),
                )
                for b in bevindingen
                if b.bevinding.bezoek_id == bezoek.id and not b.vervallen
            ),
        )
        for bezoek in bezoeken
    ]
