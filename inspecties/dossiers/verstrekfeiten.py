"""What of a dossier or a proposal can be passed on, fact by fact. Never who reported, never of another dossier."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from inspecties.controles.models import Bevinding, Bezoek
from inspecties.controles.rules.lakken import REDENEN
from inspecties.controles.rules.vragen import vragen_van
from inspecties.core.actor import Actor
from inspecties.core.herkenning import TE_TEKENEN
from inspecties.dossiers.beeld import Bewijsregel, bezoekdatum, lees_beeld
from inspecties.dossiers.bewijslijst import Regel, lees_lijst
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_bewijs import Bronstuk
from inspecties.dossiers.rules.gevolgen import gevolg_van
from inspecties.dossiers.rules.partijen import ROLLEN
from inspecties.dossiers.rules.teksten import VELDEN
from inspecties.dossiers.rules.verstrekking import Feit, is_rechtspersoon
from inspecties.locaties.models import Risicolocatie

# What a person wrote freely may hold a name.
_VRIJE_TEKST = frozenset({"text", "string", "tekst", "note"})
# The reason of a cover that says there was a person to be seen.
OVER_PERSONEN = "gezicht"
# Of a dossier only these: what the decision weighs is nobody else's.
_TEKSTEN = ("samenvatting", "feiten")


def _pand(locatie: Risicolocatie) -> list[Feit]:
    adres = f"{locatie.adresregel}, {locatie.postcode} {locatie.woonplaats}".strip(" ,")
    return [
        Feit(f"pand:{locatie.uid}", "pand", "Adres", " ".join(adres.split())),
        Feit(f"type:{locatie.uid}", "pand", "Soort pand", locatie.locatietype.naam),
    ]


def _bevinding(bevinding: Bevinding) -> list[Feit]:
    naam = gevolg_van(bevinding.gevolg).naam
    uid = bevinding.uid
    uit = [Feit(f"bevinding:{uid}", "bevinding", naam, bevinding.grondslag or "geen artikel genoemd")]
    vragen = {n: v for versie in bevinding.bezoek.checklists for n, v in vragen_van(versie.definitie).items()}
    for nr, drager in enumerate(bevinding.dragers):
        vraag = vragen.get(drager["vraag"])
        vrij = vraag is None or vraag.type in _VRIJE_TEKST
        uit.append(Feit(f"antwoord:{uid}:{nr}", "antwoord", drager["label"], drager["tekst"] or "-", persoon=vrij))
        if drager["noot"]:
            naam_ = f"Toelichting bij '{drager['label']}'"
            uit.append(Feit(f"noot:{uid}:{nr}", "antwoord", naam_, drager["noot"], persoon=True))
    return uit


def _bezoeken(bezoeken: Sequence[Bezoek]) -> list[Feit]:
    return [
        Feit(f"bezoek:{b.uid}", "bezoek", f"Bezoek aan {b.locatie.adresregel}", f"op {bezoekdatum(b)}")
        for b in bezoeken
    ]


def feiten_van_voorstel(bevinding: Bevinding) -> list[Feit]:
    """Of a finding that stands in no dossier: the place, the visit, what was found."""
    bezoek = bevinding.bezoek
    return [*_pand(bezoek.locatie), *_bezoeken([bezoek]), *_bevinding(bevinding)]


def feiten_van_dossier(sessie: Session, actor: Actor, dossier: Dossier) -> list[Feit]:
    """Of a dossier, in the order in which they are shown."""
    beeld = lees_beeld(sessie, actor, dossier)
    lijst = lees_lijst(sessie, actor, beeld)
    uit = [feit for locatie in dossier.locaties for feit in _pand(locatie)]
    uit += _bezoeken(dossier.bezoeken)
    uit += [f for b in beeld.bevindingen if not b.vervallen for f in _bevinding(b.bevinding)]
    for veld in _TEKSTEN:
        if tekst := getattr(dossier, veld):
            uit.append(Feit(f"tekst:{veld}", "tekst", VELDEN[veld].titel, tekst, persoon=True))
    for regel in lijst.alle():
        if regel.foto is not None and regel.foto.stuk.mediatype in TE_TEKENEN:
            if regel.partijen != "niet":
                uit += _foto(regel, regel.foto)
        elif regel.partijen in {"geheel", "deels"}:
            hoe = "met zwarte delen" if regel.partijen == "deels" else "heel"
            # Something was covered for parties: that says nothing about the persons who still stand in it.
            uit.append(
                Feit(
                    f"stuk:{regel.uid}", "stuk", f"{_stuknaam(regel.stuk)} {regel.merk}", f"kopie, {hoe}",
                    persoon=True, uid=str(regel.uid),
                )
            )  # fmt: skip
    for partij in beeld.partijen:
        wat = ", ".join(x for x in (partij.naam, f"KvK {partij.kvk}" if partij.kvk else "", partij.adres) if x)
        naam = ROLLEN.get(partij.rol, partij.rol.capitalize())
        persoon = not is_rechtspersoon(partij.naam, partij.kvk)
        uit.append(Feit(f"partij:{partij.uid}", "partij", naam, wat, persoon=persoon))
    return uit


def _foto(regel: Regel, foto: Bewijsregel) -> list[Feit]:
    """A photo, and apart from it what somebody wrote under it."""
    # Only who covered a person looked for persons: any other photo counts as a picture of one.
    persoon = foto.afgedekt != REDENEN[OVER_PERSONEN]
    hoe = "kopie met zwarte delen" if foto.afgedekt else "kopie"
    uit = [Feit(f"foto:{regel.uid}", "foto", f"Foto {regel.merk}", hoe, persoon=persoon, uid=str(regel.uid))]
    if regel.titel:
        naam = f"Onderschrift bij foto {regel.merk}"
        uit.append(Feit(f"onderschrift:{regel.uid}", "foto", naam, regel.titel, persoon=True))
    return uit


def _stuknaam(stuk: Bronstuk | None) -> str:
    return stuk.soortnaam if stuk is not None else "Bestand"
