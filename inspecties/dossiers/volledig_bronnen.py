"""What belongs to a dossier: every piece that concerns the case (op de zaak betrekking hebbende stukken, Awb 8:42).

Each source reads one kind of piece. They read in the name of the system, so the caller first fetched the dossier within
the reach of who asks: a Bibob dossier gives its pieces to its readers alone, and nothing of it comes anywhere else.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.acties.models_machtiging import Machtiging
from inspecties.acties.models_verslag import Verslag
from inspecties.controles.lakken import geldende as geldende_lakkingen
from inspecties.controles.models import Bewijsstuk, Bezoek
from inspecties.controles.models_lakken import Lakking
from inspecties.core.actor import Actor, systeem
from inspecties.core.herkenning import EXTENSIES, TE_TEKENEN
from inspecties.database import select_voor
from inspecties.dossiers import redactie
from inspecties.dossiers.beeld import Bewijsregel, Dossierbeeld, bezoekdatum, lees_beeld
from inspecties.dossiers.models import Dossier, Stuk
from inspecties.dossiers.models_bewijs import Bronstuk, Redactie
from inspecties.dossiers.models_brieven import Brief, Briefverzending, Kennisgeving
from inspecties.dossiers.models_verstrekking import Verstrekking
from inspecties.dossiers.queries import DOSSIERSTUK
from inspecties.dossiers.rules.brief import WIJZEN
from inspecties.dossiers.rules.inventaris import AFGEDEKT, GEHEIM, MAG, OPEN, Bestand, Deel, Inventarisstuk
from inspecties.dossiers.volledig_blokken import om
from inspecties.dossiers.volledig_overzichten import overzichten
from inspecties.web.sjablonen import moment

PDF = "application/pdf"
_OORDEEL = {"geheel": MAG, "deels": AFGEDEKT, "niet": GEHEIM, "": OPEN}


@dataclass(frozen=True)
class Bronvraag:
    """What every source gets: the dossier as it reads, and what parties may see of its pieces so far."""

    sessie: Session
    lezer: Actor
    dossier: Dossier
    beeld: Dossierbeeld
    geldend: dict[UUID, Redactie]

    def standen(self, stukken: Sequence[redactie.Stuksoort]) -> dict[UUID, str]:
        """How the covers of these pieces stand: 'geheel', 'deels', 'niet' or ''."""
        return redactie.standen_van(self.sessie, self.lezer, self.dossier, stukken)

    def met_oordeel(self, stuk: redactie.Stuksoort, stand: str, uit: Inventarisstuk) -> Inventarisstuk:
        """The piece with what was judged about it where it is covered (dossiers/redactie.py)."""
        rij = self.geldend.get(stuk.uid)
        # The explanation is for colleagues: it may name who parties must not know of.
        gronden = " ".join(redactie.gronden_van(rij))
        omdat = f"{gronden} {rij.toelichting if rij is not None else ''}".strip()
        return replace(uit, voorstel=_OORDEEL[stand], voorstel_omdat=omdat, voorstel_gronden=gronden, via_afdekken=True)


def _stukken(v: Bronvraag) -> Iterable[Inventarisstuk]:
    """Frozen documents: what was submitted, and every letter that was sent."""
    verzonden = {
        rij.stuk_id: rij
        for rij in v.sessie.scalars(
            select_voor(v.lezer, Briefverzending).where(
                Briefverzending.brief_id.in_(select(Brief.id).where(Brief.dossier_id == v.dossier.id))
            )
        )
    }
    stukken = v.sessie.scalars(
        select_voor(v.lezer, Stuk).where(Stuk.dossier_id == v.dossier.id).order_by(Stuk.id)
    ).all()
    standen = v.standen(stukken)
    for stuk in stukken:
        brief = verzonden.get(stuk.id)
        uit = Inventarisstuk(
            sleutel=f"stuk:{stuk.uid}",
            soort="Voorgelegd dossier" if stuk.soort == DOSSIERSTUK else "Brief",
            titel=f"{stuk.titel}, zoals voorgelegd" if stuk.soort == DOSSIERSTUK else stuk.titel,
            op=om(brief.datum) if brief is not None else stuk.gemaakt_op,
            bestand=Bestand(stuk.sha256, f"{stuk.titel}.pdf", stuk.mediatype, stuk.grootte),
            samenvoegen=stuk.mediatype == PDF,
            let_op=_later_afgedekt(v, stuk) if stuk.soort == DOSSIERSTUK else "",
        )
        uit = v.met_oordeel(stuk, standen[stuk.uid], uit)
        if uit.voorstel == OPEN and brief is not None:
            # Who it was sent to has it; other parties may still not have it, so a jurist can say otherwise.
            uit = replace(uit, voorstel=MAG, voorstel_omdat="Verzonden brief")
        yield uit


def _later_afgedekt(v: Bronvraag, stuk: Stuk) -> str:
    """Covers drawn after a document was frozen are not in it."""
    fotos = {(r.stuk.bezoek_id, r.stuk.sha256) for r in v.beeld.bewijs}
    rijen = v.sessie.scalars(
        select_voor(v.lezer, Lakking).where(
            Lakking.bezoek_id.in_({bezoek for bezoek, _ in fotos}), Lakking.gemaakt_op > stuk.gemaakt_op
        )
    )
    if any(rij.vlakken and (rij.bezoek_id, rij.sha256) in fotos for rij in rijen):
        return "er zijn later foto's afgedekt die hier nog helemaal in staan; dek dit stuk af of houd het achter"
    return ""


def _bewijzen(v: Bronvraag) -> Iterable[Inventarisstuk]:
    """The photos of each visit as one piece; every other file of a visit is a piece of its own."""
    per_bezoek: dict[int, list[Bewijsregel]] = {}
    standen = v.standen([regel.stuk for regel in v.beeld.bewijs if not regel.is_beeld])
    for regel in v.beeld.bewijs:
        if regel.is_beeld:
            per_bezoek.setdefault(regel.stuk.bezoek_id, []).append(regel)
            continue
        uit = Inventarisstuk(
            sleutel=f"bewijs:{regel.stuk.uid}",
            soort="Bewijs",
            titel=regel.onderschrift,
            op=regel.vastgelegd_op or regel.stuk.ontvangen_op,
            herkomst="Bezoek",
            bestand=_bestand(regel.stuk),
            inhoud=({"soort": "alinea", "tekst": ". ".join(_fotoregels(regel)) + "."},),
            upload=True,
        )
        yield v.met_oordeel(regel.stuk, standen[regel.stuk.uid], uit)
    lakkingen = geldende_lakkingen(v.sessie, v.lezer, per_bezoek)
    for regels in per_bezoek.values():
        bezoek = regels[0].stuk.bezoek
        delen = tuple(
            _foto(r, v.geldend.get(r.stuk.uid), lakkingen.get((r.stuk.bezoek_id, r.stuk.sha256))) for r in regels
        )
        yield Inventarisstuk(
            sleutel=f"fotos:{bezoek.uid}",
            soort="Foto's",
            titel=f"Foto's van het bezoek aan {bezoek.locatie.adresregel} op {bezoekdatum(bezoek)}",
            op=bezoek.begin_op or bezoek.aangemaakt_op,
            herkomst="Bezoek",
            delen=delen,
        )


def _bestand(stuk: Bewijsstuk) -> Bestand:
    return Bestand(stuk.sha256, stuk.bestandsnaam, stuk.mediatype, stuk.grootte)


def _fotoregels(regel: Bewijsregel) -> tuple[str, ...]:
    gemaakt = f"gemaakt op {moment(regel.vastgelegd_op)}" if regel.vastgelegd_op else "moment onbekend"
    uit = [regel.adres, f"{gemaakt}, ontvangen op {moment(regel.stuk.ontvangen_op)}"]
    if regel.ingetrokken:
        uit.append("Later op het toestel ingetrokken")
    if regel.afgedekt:
        uit.append(f"Deels afgedekt: {regel.afgedekt}")
    return tuple(uit)


def _foto(regel: Bewijsregel, rij: Redactie | None, lakking: Lakking | None) -> Deel:
    return Deel(
        sleutel=f"bewijs:{regel.stuk.uid}",
        titel=regel.onderschrift,
        regels=_fotoregels(regel),
        alt=f"{regel.onderschrift}, {regel.adres}",
        bestand=_bestand(regel.stuk),
        is_beeld=regel.stuk.mediatype in TE_TEKENEN,
        # A version without areas is a judgement too: somebody looked, and took the covers away.
        gezien=rij is not None or lakking is not None,
        geheim=rij is not None and rij.oordeel == "niet",
        door=regel.door,
    )


def _bronstukken(v: Bronvraag) -> Iterable[Inventarisstuk]:
    """Reports, statements and conclusions."""
    rijen = v.sessie.scalars(
        select_voor(v.lezer, Bronstuk).where(Bronstuk.dossier_id == v.dossier.id).order_by(Bronstuk.id)
    ).all()
    standen = v.standen(rijen)
    for rij in rijen:
        noot = f"Ingetrokken: {rij.ingetrokken_reden}" if rij.ingetrokken_op else ""
        uit = Inventarisstuk(
            sleutel=f"bronstuk:{rij.uid}",
            soort=rij.soortnaam,
            titel=rij.titel,
            op=om(rij.dagtekening),
            herkomst=rij.van or "Gemeente",
            bestand=Bestand(rij.sha256, rij.bestandsnaam, rij.mediatype, rij.grootte) if rij.sha256 else None,
            inhoud=({"soort": "alinea", "tekst": rij.tekst},) if rij.tekst else (),
            inhoud_partijen=({"soort": "alinea", "tekst": rij.tekst},) if rij.tekst else (),
            upload=bool(rij.sha256),
            noot=noot,
        )
        yield v.met_oordeel(rij, standen[rij.uid], uit)


def _binnentreden(v: Bronvraag) -> Iterable[Inventarisstuk]:
    """The machtiging to enter a home and the verslag of entering, of the visits in this dossier."""
    stops = {b.stop_id for b in _bezoeken(v) if b.stop_id is not None}
    machtigingen = v.sessie.scalars(
        select_voor(v.lezer, Machtiging).where(Machtiging.stop_id.in_(stops), Machtiging.toestand == "ondertekend")
    )
    for rij in machtigingen:
        if rij.sha256:
            yield Inventarisstuk(
                sleutel=f"machtiging:{rij.uid}",
                soort="Machtiging",
                titel=f"Machtiging tot binnentreden {rij.nummer}",
                op=om(rij.afgifte) if rij.afgifte else rij.aangevraagd_op,
                bestand=machtigingbestand(rij),
                samenvoegen=not rij.papier,
                upload=rij.papier,
            )
    verslagen = v.sessie.scalars(
        select_voor(v.lezer, Verslag).where(Verslag.stop_id.in_(stops), Verslag.toestand == "vast")
    )
    for verslag in verslagen:
        yield Inventarisstuk(
            sleutel=f"verslag:{verslag.uid}",
            soort="Verslag van binnentreden",
            titel=f"Verslag van binnentreden {verslag.kenmerk}",
            op=verslag.binnen_op,
            bestand=Bestand(verslag.sha256, f"verslag-{verslag.kenmerk}.pdf", PDF, 0),
            samenvoegen=True,
        )


def machtigingbestand(rij: Machtiging) -> Bestand:
    """On paper it can be a photo of the page."""
    soort = rij.mediatype or PDF
    return Bestand(rij.sha256, f"machtiging-{rij.nummer}.{EXTENSIES.get(soort, 'bin')}", soort, 0)


def _bezoeken(v: Bronvraag) -> list[Bezoek]:
    alle = [*v.dossier.bezoeken, *(b.bevinding.bezoek for b in v.beeld.bevindingen)]
    return list({b.id: b for b in alle}.values())


def _bezorging(v: Bronvraag) -> Iterable[Inventarisstuk]:
    """Proof that a letter reached its addressee."""
    rijen = v.sessie.scalars(
        select_voor(v.lezer, Kennisgeving)
        .where(Kennisgeving.brief_id.in_(select(Brief.id).where(Brief.dossier_id == v.dossier.id)))
        .order_by(Kennisgeving.id)
    )
    for rij in rijen:
        regels = [f"Wijze: {WIJZEN[rij.wijze].lower()}.", rij.bewijs_tekst, rij.toelichting]
        yield Inventarisstuk(
            sleutel=f"kennisgeving:{rij.uid}",
            soort="Bewijs van bezorging",
            titel=f"Bezorging van '{rij.brief.titel}'",
            op=om(rij.datum),
            bestand=Bestand(rij.bewijs_sha256, rij.bewijs_naam, rij.bewijs_mediatype, 0) if rij.bewijs_sha256 else None,
            inhoud=({"soort": "alinea", "tekst": "\n".join(r for r in regels if r)},),
            inhoud_partijen=({"soort": "alinea", "tekst": regels[0]},),
            upload=bool(rij.bewijs_sha256),
        )


def _verstrekkingen(v: Bronvraag) -> Iterable[Inventarisstuk]:
    """What was passed on to others, exactly as it went."""
    rijen = v.sessie.scalars(
        select_voor(v.lezer, Verstrekking).where(Verstrekking.dossier_id == v.dossier.id).order_by(Verstrekking.id)
    )
    for rij in rijen:
        yield Inventarisstuk(
            sleutel=f"verstrekking:{rij.uid}",
            soort="Verstrekking",
            titel=f"Verstrekking aan {rij.organisatie}",
            op=rij.verstrekt_op,
            bestand=Bestand(rij.sha256, f"verstrekking-{rij.organisatie}.pdf", PDF, rij.grootte),
            samenvoegen=True,
            noot=f"Antwoord van {rij.antwoord_op:%d-%m-%Y}: {rij.antwoord}" if rij.antwoord_op else "",
        )


Bron = Callable[[Bronvraag], Iterable[Inventarisstuk]]
BRONNEN: tuple[Bron, ...] = (_stukken, _bewijzen, _bronstukken, _binnentreden, _bezorging, _verstrekkingen)


def lees_stukken(sessie: Session, actor: Actor, dossier: Dossier) -> list[Inventarisstuk]:
    """Every piece of this dossier, in no order yet. The caller has the dossier within the reach of the actor."""
    lezer = systeem(actor.gemeente_id)
    beeld = lees_beeld(sessie, actor, dossier)
    vraag = Bronvraag(sessie, lezer, dossier, beeld, redactie.geldende(sessie, lezer, dossier))
    stukken = [stuk for bron in BRONNEN for stuk in bron(vraag)]
    return [*stukken, *overzichten(sessie, lezer, beeld)]
