"""The pieces of a Bibob investigation, for the complete file of that dossier alone (Wet Bibob art. 28)."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.database import select_voor
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_bibob import Bibobbron, Bibobonderzoek, Bibobrelatie, Bibobuitkomst, laatste_beleid
from inspecties.dossiers.rules.bedrag import schrijf_euro
from inspecties.dossiers.rules.bibob import EVENREDIG, HERKOMST, Uitkomst, bibobregels
from inspecties.dossiers.rules.inventaris import GEHEIM, Inventarisstuk
from inspecties.dossiers.volledig_blokken import Blok, alinea, kop, tabel
from inspecties.web.sjablonen import datum, moment

_SOORT = "Bibob-onderzoek"
_OMDAT = "Geheimhouding van een Bibob-onderzoek (artikel 28 Wet Bibob)"


def bibobstukken(sessie: Session, lezer: Actor, dossier: Dossier) -> list[Inventarisstuk]:
    """Every piece of this kind that the dossier has something for.

    They name business partners and sources, which even the person concerned may not simply read (art. 28). So nothing
    goes to parties until a jurist lets it through.
    """
    stukken = [
        *_onderzoek(sessie, lezer, dossier),
        *_bronnen(sessie, lezer, dossier),
        *_relaties(sessie, lezer, dossier),
        *_uitkomsten(sessie, lezer, dossier),
    ]
    return [replace(stuk, voorstel=GEHEIM, voorstel_omdat=_OMDAT, voorstel_gronden=_OMDAT) for stuk in stukken]


def _onderzoek(sessie: Session, lezer: Actor, dossier: Dossier) -> Iterable[Inventarisstuk]:
    """Why it could begin. A tip of the prosecutor and what colleagues wrote about the policy are not for parties."""
    regels = bibobregels()
    for rij in sessie.scalars(select_voor(lezer, Bibobonderzoek).where(Bibobonderzoek.dossier_id == dossier.id)):
        aanleiding = regels.aanleidingen.get(rij.aanleiding)
        feiten = [
            ("Aanleiding", aanleiding.naam if aanleiding else rij.aanleiding),
            ("Onderwerp", regels.onderwerpen.get(rij.onderwerp, rij.onderwerp)),
            ("Omschrijving", rij.omschrijving),
            ("Dag van de aanleiding", datum(rij.aanleiding_datum)),
            ("Begonnen op", moment(rij.begonnen_op)),
        ]
        if rij.bedrag_cent is not None:
            feiten.append(("Bedrag", schrijf_euro(rij.bedrag_cent)))
        eigen = [*feiten, ("Lokaal beleid", laatste_beleid(rij))]
        if rij.waarom_toch:
            eigen.append(("Waarom toch", rij.waarom_toch))
        if rij.om_tip_datum is not None:
            eigen.append(("Tip van het OM", f"{datum(rij.om_tip_datum)}. {rij.om_tip}"))
        yield Inventarisstuk(
            sleutel=f"bibobonderzoek:{rij.uid}",
            soort=_SOORT,
            titel="Aanleiding van het onderzoek",
            op=rij.begonnen_op,
            inhoud=(_feiten(eigen),),
            inhoud_partijen=(_feiten(feiten),),
        )


def _feiten(rijen: list[tuple[str, str]]) -> Blok:
    return tabel(("Onderwerp", "Gegevens"), (1, 2.6), rijen)


def _bronnen(sessie: Session, lezer: Actor, dossier: Dossier) -> Iterable[Inventarisstuk]:
    namen = bibobregels().bronnen
    bronnen = list(
        sessie.scalars(select_voor(lezer, Bibobbron).where(Bibobbron.dossier_id == dossier.id).order_by(Bibobbron.id))
    )
    if bronnen:
        rijen = [
            (namen[b.code].naam if b.code in namen else b.code, b.grond, b.resultaat, datum(b.op_datum))
            for b in bronnen
        ]
        blok = tabel(("Bron", "Grond", "Resultaat", "Geraadpleegd"), (1.2, 1.4, 2.2, 1.2), rijen)
        yield Inventarisstuk(
            sleutel=f"bibobbronnen:{dossier.uid}",
            soort=_SOORT,
            titel="Geraadpleegde bronnen",
            op=bronnen[0].vastgelegd_op,
            inhoud=(blok,),
            inhoud_partijen=(blok,),
        )


def _relaties(sessie: Session, lezer: Actor, dossier: Dossier) -> Iterable[Inventarisstuk]:
    """Who does business with the person concerned."""
    namen = bibobregels().relaties
    relaties = list(
        sessie.scalars(
            select_voor(lezer, Bibobrelatie).where(Bibobrelatie.dossier_id == dossier.id).order_by(Bibobrelatie.id)
        )
    )
    if relaties:
        rijen = [
            (r.naam + (f" (KvK {r.kvk})" if r.kvk else ""), namen[r.rol].naam if r.rol in namen else r.rol, r.waarom)
            for r in relaties
        ]
        blok = tabel(("Naam", "Relatie", "Waarom nodig"), (1.4, 1.6, 2), rijen)
        yield Inventarisstuk(
            sleutel=f"bibobrelaties:{dossier.uid}",
            soort=_SOORT,
            titel="Zakelijke relaties",
            op=relaties[0].vastgelegd_op,
            inhoud=(blok,),
            inhoud_partijen=(blok,),
        )


def _uitkomsten(sessie: Session, lezer: Actor, dossier: Dossier) -> Iterable[Inventarisstuk]:
    rijen = sessie.scalars(
        select_voor(lezer, Bibobuitkomst).where(Bibobuitkomst.dossier_id == dossier.id).order_by(Bibobuitkomst.id)
    )
    for rij in rijen:
        blokken = [
            alinea(f"{Uitkomst(rij.gevaar, tuple(rij.letters)).in_woorden}. {HERKOMST[rij.herkomst]}."),
            alinea(rij.motivering),
        ]
        if rij.is_evenredig or rij.evenredig:
            blokken += [kop("Evenredig"), alinea(f"{EVENREDIG.get(rij.is_evenredig, '')}\n{rij.evenredig}")]
        if rij.afwijking:
            blokken += [kop("Waarom anders dan het Landelijk Bureau"), alinea(rij.afwijking)]
        yield Inventarisstuk(
            sleutel=f"bibobuitkomst:{rij.uid}",
            soort=_SOORT,
            titel="Uitkomst van het onderzoek",
            op=rij.vastgelegd_op,
            inhoud=tuple(blokken),
            inhoud_partijen=tuple(blokken),
        )
