"""Bibob: beginning an investigation for a reason that the law knows, and what is found in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from inspecties.controles.models import Bevinding, Bezoek
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, NietGevonden, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.core.reden import MAX_REDEN, schrijf_reden
from inspecties.database import select_voor
from inspecties.dossiers.beperkt import eis_dossier_onbeperkt
from inspecties.dossiers.looptermijnen import Begin, start
from inspecties.dossiers.models import Dossier, Dossierlocatie
from inspecties.dossiers.models_bibob import Bibobbron, Bibobonderzoek, Bibobrelatie, Bibobtoegang, Bibobuitkomst
from inspecties.dossiers.models_traject import Dossiertraject, Trajectgang
from inspecties.dossiers.operations import maak_dossier
from inspecties.dossiers.rules.bibob import (
    Aanleiding,
    Uitkomst,
    bibobregels,
    keur_bron,
    keur_relatie,
    keur_uitkomst,
    toegestaan,
)
from inspecties.dossiers.rules.gevolgen import instrumenten
from inspecties.dossiers.trajecten import begin_traject, laatste_gang
from inspecties.dossiers.werk import begin_werk, leg_dossier_vast, zet_stap
from inspecties.gebruikers.models import Gemeente
from inspecties.locaties.models import Risicolocatie

CODE = "bibob"
BESLISTERMIJN, ADVIES = "bibob_beslistermijn", "bibob_advies"
# On the history of the dossier, not on the timeline of the case.
STAPSOORT = "bibob"
MAX_JAREN_TERUG = 10


@dataclass(frozen=True)
class Aanvang:
    """Why an investigation begins. ``beslisduur``: the term to decide on an application, such as 8w."""

    aanleiding: str
    onderwerp: str
    omschrijving: str
    datum: date
    bedrag_cent: int | None = None
    waarom_toch: str = ""
    om_tip: str = ""
    om_tip_datum: date | None = None
    beslisduur: str = ""


def begin_bibob(
    sessie: Session, actor: Actor, nu: datetime, locatie: Risicolocatie, aanvang: Aanvang, titel: str = ""
) -> Dossier:
    """A new Bibob dossier with its reason, its track and, for an application, the term to decide.

    Raises OngeldigeInvoer naming the field: no reason that the law knows, no reason why against the policy.
    """
    bibobregels().aanleiding(aanvang.aanleiding)
    naam = titel.strip() or f"Bibob-onderzoek {locatie.adresregel}"[:200]
    dossier = maak_dossier(sessie, actor, nu, CODE, instrumenten()[CODE].grondslag, naam, [locatie])
    assert actor.gebruiker_id is not None  # maak_dossier saw to it
    sessie.add(
        Bibobtoegang(
            gemeente_id=dossier.gemeente_id,
            dossier_id=dossier.id,
            gebruiker_id=actor.gebruiker_id,
            soort="gegeven",
            reden="Begon het onderzoek.",
            door_id=actor.gebruiker_id,
            op=nu,
        )
    )
    leg_aanleiding_vast(sessie, actor, nu, dossier, aanvang)
    return dossier


def leg_aanleiding_vast(
    sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, aanvang: Aanvang
) -> Bibobonderzoek:
    """Write down why this investigation could begin; once. Then its track begins.

    Raises OngeldigeInvoer naming the field, Conflict.
    """
    if dossier.soort != CODE:
        raise Conflict("Dit is geen Bibob-dossier.")
    vandaag, regels = lokale_datum(nu), bibobregels()
    aanleiding = regels.aanleiding(aanvang.aanleiding)
    if aanvang.onderwerp not in regels.onderwerpen:
        raise OngeldigeInvoer("Kies waar het over gaat.", "onderwerp")
    omschrijving = " ".join(aanvang.omschrijving.split())
    if not omschrijving or len(omschrijving) > 300:
        raise OngeldigeInvoer(f"{aanleiding.vraag} Houd het onder de 300 tekens.", "omschrijving")
    if aanvang.datum > vandaag:
        raise OngeldigeInvoer("Deze dag moet nog komen. Vul de dag in waarop de aanleiding ontstond.", "datum")
    if aanvang.datum.year < vandaag.year - MAX_JAREN_TERUG:
        raise OngeldigeInvoer("Dit jaar kan niet kloppen. Schrijf de dag als dag-maand-jaar.", "datum")
    om_tip = " ".join(aanvang.om_tip.split())
    if bool(om_tip) != (aanvang.om_tip_datum is not None):
        veld = "om_tip" if aanvang.om_tip_datum else "om_tip_datum"
        raise OngeldigeInvoer("Vul bij een tip van het OM de dag in en wat de tip inhoudt (artikel 26).", veld)
    if len(om_tip) > 300 or (aanvang.om_tip_datum and aanvang.om_tip_datum > vandaag):
        raise OngeldigeInvoer("Houd de tip onder de 300 tekens, met een dag die al is geweest.", "om_tip")
    naam = sessie.scalar(select(Gemeente.naam).where(Gemeente.id == actor.gemeente_id)) or ""
    oordeel = regels.oordeel(naam, aanleiding.code, aanvang.onderwerp, aanvang.bedrag_cent, aanvang.datum)
    waarom = aanvang.waarom_toch.strip()
    if oordeel.reden_nodig:
        waarom = schrijf_reden(waarom, f"{oordeel.uitleg} Schrijf op waarom u toch begint.", "waarom_toch")
    begin_werk(sessie, actor, nu, dossier)
    if onderzoek_van(sessie, actor, dossier) is not None:
        raise Conflict("De aanleiding van dit onderzoek staat al vast.")
    onderzoek = Bibobonderzoek(
        gemeente_id=dossier.gemeente_id,
        dossier_id=dossier.id,
        aanleiding=aanleiding.code,
        onderwerp=aanvang.onderwerp,
        omschrijving=omschrijving,
        aanleiding_datum=aanvang.datum,
        bedrag_cent=aanvang.bedrag_cent,
        beleid=oordeel.als_rij(),
        waarom_toch=waarom,
        om_tip=om_tip,
        om_tip_datum=aanvang.om_tip_datum,
        begonnen_op=nu,
    )
    sessie.add(onderzoek)
    sessie.flush()
    _noteer(sessie, actor, nu, dossier, f"Aanleiding vastgelegd: {aanleiding.naam.lower()}.")
    begin_traject(sessie, actor, nu, dossier, CODE)
    if aanleiding.beslistermijn:
        begin = Begin(BESLISTERMIJN, aanvang.datum, aanleiding.naam, aanvang.beslisduur, actor.gebruiker_uid)
        try:
            start(sessie, actor, nu, dossier, begin)
        except OngeldigeInvoer as fout:
            raise OngeldigeInvoer(fout.melding, "beslisduur") from fout
    return onderzoek


def _noteer(sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, tekst: str) -> None:
    """On the history for who may read it; in the audit log only that somebody worked on a dossier."""
    zet_stap(sessie, actor, nu, dossier, STAPSOORT, tekst)
    leg_dossier_vast(sessie, actor, nu, dossier, "dossier_gewerkt")


def onderzoek_van(sessie: Session, actor: Actor, dossier: Dossier) -> Bibobonderzoek | None:
    """Why this dossier began; None for one of before the reason was asked."""
    return sessie.scalars(select_voor(actor, Bibobonderzoek).where(Bibobonderzoek.dossier_id == dossier.id)).first()


def _eis_onderzoek(sessie: Session, actor: Actor, dossier: Dossier) -> Bibobonderzoek:
    onderzoek = onderzoek_van(sessie, actor, dossier)
    if onderzoek is None:
        raise Conflict("Leg eerst de aanleiding van dit onderzoek vast.")
    return onderzoek


def leg_bron_vast(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    dossier: Dossier,
    code: str,
    op: date | None,
    grond: str,
    resultaat: str,
    bevinding: str = "",
) -> Bibobbron:
    """A source that was consulted. ``bevinding``: public id of a finding at a location of this dossier.

    Raises OngeldigeInvoer naming the field, Conflict.
    """
    begin_werk(sessie, actor, nu, dossier)
    onderzoek, regels = _eis_onderzoek(sessie, actor, dossier), bibobregels()
    schoon = keur_bron(
        code, op, grond, resultaat, sinds=onderzoek.aanleiding_datum, vandaag=lokale_datum(nu), regels=regels
    )
    if bevinding and bevinding not in {str(b.uid) for b in bevindingen_bij(sessie, actor, dossier)}:
        raise OngeldigeInvoer("Kies een bevinding bij een locatie van dit dossier.", "bevinding")
    rij = Bibobbron(
        gemeente_id=dossier.gemeente_id,
        dossier_id=dossier.id,
        code=schoon.code,
        op_datum=schoon.op,
        grond=schoon.grond,
        resultaat=schoon.resultaat,
        bevinding_uid=bevinding,
        door_id=actor.gebruiker_id,
        vastgelegd_op=nu,
    )
    sessie.add(rij)
    sessie.flush()
    _noteer(sessie, actor, nu, dossier, f"Bron geraadpleegd: {regels.bronnen[code].naam}.")
    return rij


def bevindingen_bij(sessie: Session, actor: Actor, dossier: Dossier) -> list[Bevinding]:
    """Findings of controls at the locations of this dossier that may serve as a source; nothing is written to them."""
    plekken = select(Dossierlocatie.locatie_id).where(Dossierlocatie.dossier_id == dossier.id)
    return list(
        sessie.scalars(
            select_voor(actor, Bevinding)
            .join(Bezoek, Bezoek.id == Bevinding.bezoek_id)
            .where(Bezoek.locatie_id.in_(plekken), Bevinding.vervallen_op.is_(None), Bevinding.zonder_signalen())
            .order_by(Bevinding.id)
            .options(joinedload(Bevinding.bezoek))
        )
    )


def voeg_relatie_toe(
    sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, naam: str, rol: str, waarom: str, kvk: str = ""
) -> Bibobrelatie:
    """Put a business partner in the register. Raises OngeldigeInvoer naming the field, Conflict."""
    schoon = keur_relatie(naam, rol, waarom, kvk, bibobregels())
    begin_werk(sessie, actor, nu, dossier)
    _eis_onderzoek(sessie, actor, dossier)
    rij = Bibobrelatie(
        gemeente_id=dossier.gemeente_id,
        dossier_id=dossier.id,
        naam=schoon.naam,
        rol=schoon.rol,
        waarom=schoon.waarom,
        kvk=schoon.kvk,
        door_id=actor.gebruiker_id,
        vastgelegd_op=nu,
    )
    sessie.add(rij)
    sessie.flush()
    _noteer(sessie, actor, nu, dossier, "Zakelijke relatie in het register gezet.")
    return rij


def verwijder_relatie(
    sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, rij: Bibobrelatie, reden: str
) -> None:
    """Take a name out that the investigation no longer needs. Raises OngeldigeInvoer, Conflict, NietGevonden."""
    schoon = schrijf_reden(reden, "Schrijf op waarom deze naam niet meer nodig is.")
    begin_werk(sessie, actor, nu, dossier)
    if rij.dossier_id != dossier.id:
        raise NietGevonden("Deze relatie staat niet in dit dossier.")
    sessie.delete(rij)
    _noteer(sessie, actor, nu, dossier, f"Zakelijke relatie uit het register gehaald. {schoon}")


def leg_uitkomst_vast(
    sessie: Session, actor: Actor, nu: datetime, dossier: Dossier, uitkomst: Uitkomst, gezien: str | None = None
) -> Bibobuitkomst:
    """What the investigation showed; the last one counts. ``gezien``: public id of the outcome that the actor read.

    Raises OngeldigeInvoer naming the field, Conflict where a colleague wrote another one meanwhile or where something
    that it would rest on is restricted.
    """
    begin_werk(sessie, actor, nu, dossier)
    _eis_onderzoek(sessie, actor, dossier)
    eis_dossier_onbeperkt(sessie, actor, dossier)
    vorige = uitkomst_van(sessie, actor, dossier)
    if gezien is not None and gezien != (str(vorige.uid) if vorige else ""):
        raise Conflict(
            "Een collega legde net een andere uitkomst vast. Die staat nu op de pagina; uw tekst staat in het "
            "formulier. Kijk wat u samenvoegt en bewaar opnieuw."
        )
    if max(len(uitkomst.motivering), len(uitkomst.evenredig), len(uitkomst.afwijking)) > MAX_REDEN:
        raise OngeldigeInvoer(f"Een tekst is te lang: hooguit {MAX_REDEN} tekens.", "motivering")
    traject = traject_van_bibob(sessie, actor, dossier)
    stand = traject.stand if traject else ""
    if stand == "gestopt":
        raise Conflict("Dit Bibob-onderzoek is gestopt. Er komt geen uitkomst meer bij.")
    if stand in {"aanleiding", "formulier_gevraagd", "aanvulling_gevraagd"}:
        raise Conflict("De uitkomst komt na het formulier: wacht tot het terug is of tot de termijn voorbij is.")
    if stand == "advies_gevraagd":
        raise Conflict("Er is advies gevraagd. Leg de uitkomst vast als het advies er is.")
    gangen = traject.gangen if traject else []
    advies, geweigerd = laatste_gang(gangen, "advies_ontvangen"), laatste_gang(gangen, "formulier_geweigerd")
    schoon = keur_uitkomst(
        uitkomst,
        formulier_geweigerd=geweigerd is not None,
        lbb_oordeel=str(advies.gegevens["oordeel"]) if advies else "",
    )
    rij = Bibobuitkomst(
        gemeente_id=dossier.gemeente_id,
        dossier_id=dossier.id,
        gevaar=schoon.gevaar,
        letters=list(schoon.letters),
        motivering=schoon.motivering,
        is_evenredig=schoon.is_evenredig,
        evenredig=schoon.evenredig,
        herkomst=schoon.herkomst,
        afwijking=schoon.afwijking,
        door_id=actor.gebruiker_id,
        vastgelegd_op=nu,
    )
    sessie.add(rij)
    sessie.flush()
    _noteer(sessie, actor, nu, dossier, f"Uitkomst: {schoon.in_woorden}.")
    return rij


def als_uitkomst(rij: Bibobuitkomst | None) -> Uitkomst | None:
    """The row as the rules see it."""
    if rij is None:
        return None
    letters = tuple(rij.letters)
    return Uitkomst(rij.gevaar, letters, rij.motivering, rij.evenredig, rij.herkomst, rij.afwijking, rij.is_evenredig)


def uitkomst_van(sessie: Session, actor: Actor, dossier: Dossier) -> Bibobuitkomst | None:
    """The outcome that counts: the last one."""
    return sessie.scalars(
        select_voor(actor, Bibobuitkomst)
        .where(Bibobuitkomst.dossier_id == dossier.id)
        .order_by(Bibobuitkomst.id.desc())
        .limit(1)
    ).first()


def traject_van_bibob(sessie: Session, actor: Actor, dossier: Dossier) -> Dossiertraject | None:
    """The Bibob track of this dossier, or None."""
    return sessie.scalars(
        select_voor(actor, Dossiertraject).where(Dossiertraject.dossier_id == dossier.id, Dossiertraject.code == CODE)
    ).first()


def gehoord_op(gangen: Sequence[Trajectgang]) -> Trajectgang | None:
    """The step by which the person concerned was heard on the last voornemen, or None (art. 33)."""
    zienswijze, voornemen = laatste_gang(gangen, "zienswijze"), laatste_gang(gangen, "voornemen")
    if zienswijze is None or voornemen is None or zienswijze.id < voornemen.id:
        return None
    return zienswijze


@dataclass(frozen=True)
class Bibobbeeld:
    """A Bibob dossier as a named person reads it. ``besluiten``: decision -> None, or why not (yet)."""

    onderzoek: Bibobonderzoek | None
    aanleiding: Aanleiding | None
    traject: Dossiertraject | None
    bronnen: list[Bibobbron]
    relaties: list[Bibobrelatie]
    uitkomsten: list[Bibobuitkomst]
    besluiten: dict[str, str | None]
    bevindingen: dict[str, Bevinding]

    @property
    def uitkomst(self) -> Bibobuitkomst | None:
        return self.uitkomsten[-1] if self.uitkomsten else None


def lees_bibob(sessie: Session, actor: Actor, dossier: Dossier) -> Bibobbeeld:
    """Read everything of the investigation. The caller writes the audit line of the reading."""
    onderzoek = onderzoek_van(sessie, actor, dossier)
    aanleiding = bibobregels().aanleidingen.get(onderzoek.aanleiding) if onderzoek else None
    traject = traject_van_bibob(sessie, actor, dossier)
    uitkomsten = list(
        sessie.scalars(
            select_voor(actor, Bibobuitkomst)
            .where(Bibobuitkomst.dossier_id == dossier.id)
            .order_by(Bibobuitkomst.id)
            .options(joinedload(Bibobuitkomst.door))
        )
    )
    bronnen = list(
        sessie.scalars(
            select_voor(actor, Bibobbron)
            .where(Bibobbron.dossier_id == dossier.id)
            .order_by(Bibobbron.op_datum, Bibobbron.id)
            .options(joinedload(Bibobbron.door))
        )
    )
    relaties = list(
        sessie.scalars(
            select_voor(actor, Bibobrelatie).where(Bibobrelatie.dossier_id == dossier.id).order_by(Bibobrelatie.id)
        )
    )
    gehoord = traject is not None and gehoord_op(traject.gangen) is not None
    uitkomst = als_uitkomst(uitkomsten[-1] if uitkomsten else None)
    return Bibobbeeld(
        onderzoek,
        aanleiding,
        traject,
        bronnen,
        relaties,
        uitkomsten,
        toegestaan(uitkomst, aanleiding, gehoord=gehoord) if aanleiding else {},
        _genoemd(sessie, actor, [b.bevinding_uid for b in bronnen if b.bevinding_uid]),
    )


def _genoemd(sessie: Session, actor: Actor, uids: Iterable[str]) -> dict[str, Bevinding]:
    sleutels = [UUID(uid) for uid in uids]
    if not sleutels:
        return {}
    rijen = sessie.scalars(select_voor(actor, Bevinding).where(Bevinding.uid.in_(sleutels)))
    return {str(rij.uid): rij for rij in rijen}
