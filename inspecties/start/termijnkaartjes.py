"""Home page: terms in dossiers, the one that ends first in front."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor, systeem
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import Rol, rol_mag
from inspecties.dossiers.bewakers import mogelijke_bewakers, wezen
from inspecties.dossiers.looptermijnen import lopende
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.dossiers.termijn_overnemen import NIEMAND
from inspecties.dossiers.waarschuwen import momenten_van
from inspecties.start.kaartje import Kaartje, Kaartregel

OP_KAART = 5


def _regels(rijen: Sequence[Looptermijn]) -> tuple[Kaartregel, ...]:
    """Reading the home page is no act that is logged: of a Bibob dossier not even the number or the article."""
    return tuple(
        Kaartregel(
            "Termijn in een besloten dossier" if rij.dossier.soort == "bibob" else f"{rij.naam}, {rij.dossier.nummer}",
            rij.einde_datum,
            "termijnen.termijn",
            {"uid": rij.uid},
            rij.van_ander,
        )
        for rij in rijen[:OP_KAART]
    )


def te_late_termijnen(sessie: Session, actor: Actor, nu: datetime) -> list[Kaartje]:
    """Terms that are over and that nobody rounded off: for who works on dossiers all of them, else the own ones."""
    if not rol_mag(actor.rol, "dossiers.lezen"):
        return []
    opdracht = lopende(actor).where(Looptermijn.einde_datum < lokale_datum(nu))
    if not rol_mag(actor.rol, "dossiers.bewerken"):
        opdracht = opdracht.where(Looptermijn.eigenaar_id == actor.gebruiker_id)
    rijen = list(sessie.scalars(opdracht))
    if not rijen:
        return []
    laat = [rij for rij in rijen if not rij.van_ander]
    voorbij = [rij for rij in rijen if rij.van_ander]
    naar: tuple[str, dict[str, str], str] = ("termijnen.lijst", {}, "Naar de termijnen")
    uit = []
    if laat:
        zin = "De laatste dag is voorbij. Rond de termijn af, of kijk wat er nog kan."
        uit.append(Kaartje("Termijnen te laat", zin, len(laat), True, *naar, laat[0].einde_datum, _regels(laat)))
    if voorbij:
        zin = "Een ander kon of moest iets doen. Kijk wat er binnenkwam en rond de termijn af."
        uit.append(Kaartje("Termijnen voorbij", zin, len(voorbij), False, *naar, None, _regels(voorbij)))
    return uit


def komende_termijnen(sessie: Session, actor: Actor, nu: datetime) -> list[Kaartje]:
    """What this user watches and what ends within the first moment of warning."""
    if not rol_mag(actor.rol, "dossiers.lezen"):
        return []
    vandaag = lokale_datum(nu)
    tot = vandaag + timedelta(days=max(momenten_van(sessie, actor).alle, default=14))
    eigen = lopende(actor).where(
        Looptermijn.eigenaar_id == actor.gebruiker_id, Looptermijn.einde_datum.between(vandaag, tot)
    )
    rijen = list(sessie.scalars(eigen))
    if not rijen:
        return []
    eerste = rijen[0].einde_datum
    dagen = (eerste - vandaag).days
    wanneer = "vandaag" if dagen == 0 else "morgen" if dagen == 1 else f"over {dagen} dagen"
    zin = f"U bewaakt deze termijnen. De eerste eindigt {wanneer}."
    return [
        Kaartje(
            "Termijnen die aflopen",
            zin,
            len(rijen),
            dagen == 0,
            "termijnen.lijst",
            {"van": "mij"},
            "Naar de termijnen",
            eerste,
            _regels(rijen),
        )
    ]


def _onbewaakt(sessie: Session, actor: Actor, opdracht: Select[Looptermijn]) -> list[Looptermijn]:
    """Those that nobody watches. A jurist who can log in sees every dossier but Bibob: such terms are not even read."""
    juristen = [b.id for b in mogelijke_bewakers(sessie, actor).values() if b.rol is Rol.JURIST]
    kan_los = Looptermijn.eigenaar_id.not_in(juristen) | Looptermijn.dossier.has(Dossier.soort == "bibob")
    rijen = list(sessie.scalars(opdracht.where(kan_los)))
    los = wezen(sessie, actor, rijen)
    return [rij for rij in rijen if rij.id in los]


def onbewaakte_termijnen(sessie: Session, actor: Actor, _nu: datetime) -> list[Kaartje]:
    """Terms whose owner was blocked or left: for a jurist to take over, for the beheerder to know of."""
    if rol_mag(actor.rol, "dossiers.bewerken"):
        rijen = _onbewaakt(sessie, actor, lopende(actor))
        if not rijen:
            return []
        zin = "Wie ze bewaakte, is weg of ziet het dossier niet meer. Neem ze over."
        naar = ("termijnen.lijst", {"van": NIEMAND}, "Overnemen")
        eerste = rijen[0].einde_datum
        return [Kaartje("Termijnen die niemand bewaakt", zin, len(rijen), True, *naar, eerste, _regels(rijen))]
    if actor.rol is not Rol.BEHEERDER:
        return []
    # The beheerder sees no dossier, and of Bibob not even how many there are.
    lezer = systeem(actor.gemeente_id)
    aantal = len(_onbewaakt(sessie, lezer, lopende(lezer).where(Looptermijn.dossier.has(Dossier.soort != "bibob"))))
    if not aantal:
        return []
    zin = "Wie ze bewaakte, kan niet meer aanmelden of heeft een andere rol. Vraag een jurist om ze over te nemen."
    return [Kaartje("Termijnen die niemand bewaakt", zin, aantal, True, "gebruikers.beheer", {}, "Gebruikers bekijken")]
