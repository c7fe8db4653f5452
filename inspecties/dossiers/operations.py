"""Making a dossier and working on its content. Submitting stands in ``voorleggen``, deciding in ``besluiten``."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspecties.controles.models import Bewijsstuk, Bezoek
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, GeenRecht, NietGevonden, OngeldigeInvoer
from inspecties.core.inhoudshash import inhoudshash
from inspecties.core.klok import lokale_datum
from inspecties.database import select_voor
from inspecties.dossiers.looptermijnen import eis_geen_lopende
from inspecties.dossiers.models import Belanghebbende, Dossier, Dossierbewijs, Dossierlezer
from inspecties.dossiers.rules.partijen import Partijgegevens, keur_partij
from inspecties.dossiers.rules.teksten import MAX_TEKST, VELDEN
from inspecties.dossiers.rules.toestanden import DOSSIER_TABEL_NU, SOORTEN
from inspecties.dossiers.traject_afronden import rond_trajecten_af
from inspecties.dossiers.trajecten import begin_vanzelf
from inspecties.dossiers.werk import begin_werk, ga_naar, leg_dossier_vast, noteer_opsteller, vergrendel, zet_stap
from inspecties.gebruikers.models import Gemeente
from inspecties.locaties.models import Risicolocatie
from inspecties.web.sjablonen import datum

# The law knows no decision term that is longer.
MAX_JAREN_VOORUIT = 5

AARDEN: dict[str, str] = {"waarneming": "Waarneming", "verklaring": "Verklaring", "conclusie": "Conclusie"}


class TekstConflict(Conflict):
    """Somebody else changed this text after the actor had opened it; ``staat_er`` is what stands there now."""

    def __init__(self, titel: str, staat_er: str) -> None:
        super().__init__(f"'{titel}' is intussen door iemand anders gewijzigd. Beide teksten staan hieronder.", "tekst")
        self.staat_er = staat_er


def maak_dossier(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    soort: str,
    grondslag: str,
    titel: str,
    locaties: Iterable[Risicolocatie],
    bezoeken: Iterable[Bezoek] = (),
    teksten: Mapping[str, str] | None = None,
) -> Dossier:
    """A new dossier in state ``opbouw``, with the next number of its year. Its maker is its first drafter.

    A Bibob dossier is readable by its maker only, until somebody is let in (``bibob_toegang``). Raises OngeldigeInvoer.
    """
    if soort not in SOORTEN:
        raise OngeldigeInvoer("Kies wat voor dossier het wordt.", "soort")
    if actor.gebruiker_id is None:
        raise GeenRecht("Een dossier wordt gemaakt door een persoon.")
    titel, grondslag = " ".join(titel.split()), " ".join(grondslag.split())
    if not titel or len(titel) > 200:
        raise OngeldigeInvoer("Geef het dossier een titel van hooguit 200 tekens.", "titel")
    if not grondslag or len(grondslag) > 200:
        raise OngeldigeInvoer("Noem het artikel waar het dossier op rust, in hooguit 200 tekens.", "grondslag")
    plekken = list(locaties)
    if not plekken:
        raise OngeldigeInvoer("Een dossier gaat over minstens een locatie.", "locatie")
    dossier = Dossier(
        gemeente_id=actor.gemeente_id,
        nummer=_volgend_nummer(sessie, actor, nu, soort),
        soort=soort,
        grondslag=grondslag,
        titel=titel,
        tabelversie=DOSSIER_TABEL_NU.versie,
        opgesteld_door_id=actor.gebruiker_id,
        aangemaakt_op=nu,
        locaties=plekken,
        bezoeken=list(bezoeken),
    )
    for veld, tekst in (teksten or {}).items():
        setattr(dossier, VELDEN[veld].naam, _keur_tekst(veld, tekst))
    sessie.add(dossier)
    sessie.flush()
    noteer_opsteller(sessie, actor, nu, dossier)
    if soort == "bibob":
        sessie.add(Dossierlezer(gemeente_id=actor.gemeente_id, dossier_id=dossier.id, gebruiker_id=actor.gebruiker_id))
    zet_stap(sessie, actor, nu, dossier, "aangemaakt", "Dossier gemaakt.", "", "opbouw")
    leg_dossier_vast(sessie, actor, nu, dossier, "dossier_gemaakt", soort=soort, nummer=dossier.nummer)
    begin_vanzelf(sessie, actor, nu, dossier)
    return dossier


def _volgend_nummer(sessie: Session, actor: Actor, nu: datetime, soort: str) -> str:
    # The gemeente's row is the lock on its numbering.
    sessie.execute(select(Gemeente.id).where(Gemeente.id == actor.gemeente_id).with_for_update(key_share=True))
    # Bibob dossiers have a series of their own: a gap in the other one would tell that there is one.
    jaar = f"{'B' if soort == 'bibob' else ''}{lokale_datum(nu).year}-"
    # By number, not by the actor's reach: a number is never given out twice.
    hoogste = sessie.scalar(
        select(func.max(Dossier.nummer)).where(
            Dossier.gemeente_id == actor.gemeente_id, Dossier.nummer.startswith(jaar, autoescape=True)
        )
    )
    volgend = int(hoogste.removeprefix(jaar)) + 1 if hoogste else 1
    return f"{jaar}{volgend:04d}"


def _keur_tekst(veld: str, tekst: str) -> str:
    schoon = tekst.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(schoon) > MAX_TEKST:
        raise OngeldigeInvoer(
            f"'{VELDEN[veld].titel}' heeft {len(schoon)} tekens; {MAX_TEKST} is het meeste. Er is niets bewaard.", veld
        )
    return schoon


def wijzig_tekst(
    sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, veld: str, tekst: str, gezien: str | None = None
) -> None:
    """Change one text. ``gezien``: ``inhoudshash`` of the text that the actor started from.

    Raises TekstConflict where another text stands there by now, OngeldigeInvoer, Conflict.
    """
    if veld not in VELDEN:
        raise NietGevonden("Dit onderdeel van een dossier bestaat niet.")
    schoon = _keur_tekst(veld, tekst)
    begin_werk(sessie, actor, nu, dossier)
    staat_er: str = getattr(dossier, veld)
    if schoon == staat_er:
        return
    if gezien is not None and gezien != inhoudshash(staat_er):
        raise TekstConflict(VELDEN[veld].titel, staat_er)
    setattr(dossier, veld, schoon)
    zet_stap(sessie, actor, nu, dossier, "tekst", f"'{VELDEN[veld].titel}' gewijzigd.")
    leg_dossier_vast(sessie, actor, nu, dossier, "dossier_tekst", veld=veld, hash=inhoudshash(schoon))


def voeg_partij_toe(
    sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, naam: str, rol: str, kvk: str = "", adres: str = ""
) -> Belanghebbende:
    """Name a party. Raises OngeldigeInvoer, Conflict."""
    gegevens = keur_partij(naam, rol, kvk, adres)
    begin_werk(sessie, actor, nu, dossier)
    if any(Partijgegevens(p.naam, p.rol, p.kvk, p.adres) == gegevens for p in dossier.belanghebbenden):
        raise Conflict(f"'{gegevens.naam}' staat al in dit dossier, met deze rol.", "naam")
    partij = Belanghebbende(gemeente_id=dossier.gemeente_id, dossier_id=dossier.id, **vars(gegevens))
    sessie.add(partij)
    zet_stap(sessie, actor, nu, dossier, "partij", f"Belanghebbende toegevoegd ({gegevens.rol}).")
    leg_dossier_vast(sessie, actor, nu, dossier, "belanghebbende_toegevoegd", rol=gegevens.rol)
    return partij


def verwijder_partij(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, partij: Belanghebbende) -> None:
    """Take a party off the dossier. Raises Conflict, NietGevonden."""
    begin_werk(sessie, actor, nu, dossier)
    if partij.dossier_id != dossier.id:
        raise NietGevonden("Deze belanghebbende staat niet in dit dossier.")
    rol = partij.rol
    sessie.delete(partij)
    zet_stap(sessie, actor, nu, dossier, "partij", f"Belanghebbende verwijderd ({rol}).")
    leg_dossier_vast(sessie, actor, nu, dossier, "belanghebbende_verwijderd", rol=rol)


def voeg_bewijs_toe(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    dossier: Dossier,
    bewijsstuk: Bewijsstuk,
    omschrijving: str = "",
    aard: str = "waarneming",
) -> Dossierbewijs:
    """Put evidence of one of the dossier's visits on the list, or describe what stands there already.

    Raises NietGevonden where it belongs to another visit, OngeldigeInvoer, Conflict.
    """
    omschrijving = " ".join(omschrijving.split())
    if aard not in AARDEN:
        raise OngeldigeInvoer("Kies of dit een waarneming, verklaring of conclusie is.", "aard")
    if len(omschrijving) > 300:
        raise OngeldigeInvoer("De omschrijving is te lang: hooguit 300 tekens.", "omschrijving")
    begin_werk(sessie, actor, nu, dossier)
    if bewijsstuk.bezoek_id not in {b.id for b in dossier.bezoeken}:
        raise NietGevonden("Dit bewijsstuk hoort niet bij een bezoek van dit dossier.")
    rij = sessie.scalars(
        select_voor(actor, Dossierbewijs).where(
            Dossierbewijs.dossier_id == dossier.id, Dossierbewijs.bewijsstuk_id == bewijsstuk.id
        )
    ).one_or_none()
    if rij is None:
        rij = Dossierbewijs(
            gemeente_id=dossier.gemeente_id,
            dossier_id=dossier.id,
            bewijsstuk_id=bewijsstuk.id,
            omschrijving="",
            aard="",
        )
        sessie.add(rij)
        zet_stap(sessie, actor, nu, dossier, "bewijs", f"Bewijs toegevoegd (hash {bewijsstuk.sha256[:12]}).")
    rij.omschrijving, rij.aard = omschrijving, aard
    leg_dossier_vast(sessie, actor, nu, dossier, "dossierbewijs_toegevoegd", sha256=bewijsstuk.sha256)
    return rij


def verwijder_bewijs(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, rij: Dossierbewijs) -> None:
    """Take evidence that was added by hand off the list; what carries a finding stays. Raises Conflict."""
    begin_werk(sessie, actor, nu, dossier)
    if rij.dossier_id != dossier.id:
        raise NietGevonden("Dit bewijsstuk staat niet op de lijst van dit dossier.")
    sha256 = rij.bewijsstuk.sha256
    sessie.delete(rij)
    zet_stap(sessie, actor, nu, dossier, "bewijs", f"Bewijs van de lijst gehaald (hash {sha256[:12]}).")
    leg_dossier_vast(sessie, actor, nu, dossier, "dossierbewijs_verwijderd", sha256=sha256)


def stel_termijn(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    dossier: Dossier,
    beslissen_voor: date | None,
    omdat: str = "",
    gezien: str | None = None,
) -> None:
    """Set the day before which has to be decided and on what that day rests. ``gezien``: the day that stood there when
    the actor began (ISO, or empty). Raises OngeldigeInvoer naming the field, Conflict."""
    omdat = " ".join(omdat.split())
    if beslissen_voor is not None and not omdat:
        raise OngeldigeInvoer("Schrijf op waar deze datum op rust, bijvoorbeeld een artikel of een afspraak.", "omdat")
    if len(omdat) > 200:
        raise OngeldigeInvoer("De uitleg is te lang: hooguit 200 tekens.", "omdat")
    if beslissen_voor is not None and beslissen_voor < lokale_datum(nu):
        raise OngeldigeInvoer("Deze datum is al voorbij. Kies vandaag of later.", "beslissen_voor")
    if beslissen_voor is not None and beslissen_voor.year > lokale_datum(nu).year + MAX_JAREN_VOORUIT:
        raise OngeldigeInvoer(
            f"Dit jaar kan niet kloppen. Kies een dag binnen {MAX_JAREN_VOORUIT} jaar.", "beslissen_voor"
        )
    begin_werk(sessie, actor, nu, dossier)
    staat_er = dossier.beslissen_voor.isoformat() if dossier.beslissen_voor else ""
    if gezien is not None and gezien != staat_er:
        nu_er = datum(dossier.beslissen_voor) if dossier.beslissen_voor else "geen datum"
        raise Conflict(
            f"Een collega veranderde deze datum net. Er staat nu: {nu_er} ({dossier.beslissen_omdat or 'geen uitleg'})"
            ". Uw eigen keuze staat hieronder. Bewaar opnieuw als die moet gelden.",
            "beslissen_voor",
        )
    dossier.beslissen_voor, dossier.beslissen_omdat = beslissen_voor, omdat if beslissen_voor else ""
    wanneer = beslissen_voor.isoformat() if beslissen_voor else ""
    zet_stap(
        sessie, actor, nu, dossier, "termijn", f"Besluit nodig voor {wanneer}." if wanneer else "Termijn vervallen."
    )
    leg_dossier_vast(sessie, actor, nu, dossier, "dossier_termijn", datum=wanneer)


def haal_terug(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, reden: str) -> None:
    """Take a submitted dossier back from the cabinet. Raises OngeldigeInvoer, Conflict."""
    vergrendel(sessie, actor, dossier)
    ga_naar(sessie, actor, nu, dossier, "opbouw", reden)
    noteer_opsteller(sessie, actor, nu, dossier)


def sluit_af(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, reden: str = "") -> None:
    """Close a dossier; without a decision a reason is needed, and after one its tracks have ended.

    Raises OngeldigeInvoer, Conflict.
    """
    vergrendel(sessie, actor, dossier)
    rond_trajecten_af(sessie, actor, nu, dossier, reden)
    eis_geen_lopende(sessie, actor, dossier)
    ga_naar(sessie, actor, nu, dossier, "afgesloten", reden)
