"""What the page of a signal shows of its route: first what needs doing now, then how it came here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.core.toestanden import Overgang
from inspecties.signalen import koppelen, overleg
from inspecties.signalen.meldroute_bron import triagetabel
from inspecties.signalen.meldroute_queries import (
    bedenktijden_van,
    doorzettingen_van,
    route_van,
    standen,
    stappen_van,
    zorg_van,
)
from inspecties.signalen.models import Signaal
from inspecties.signalen.models_meldroute import Bedenktijd, Doorzetting
from inspecties.signalen.rules.meldroute import AFGESLOTEN, RECHT, SAMENGEVOEGD, TERUGKOPPELING, WIJZEN
from inspecties.signalen.rules.triage import SLACHTOFFER, ZORGANTWOORDEN, zorg_is_vastgelegd
from inspecties.signalen.triage import Triagebeeld, lees_triage
from inspecties.signalen.triage_zorg import AANDACHT_VANAF
from inspecties.web.sjablonen import datum


@dataclass(frozen=True)
class Taak:
    """One thing to do now. ``endpoint`` '' where there is nothing to click; ``dringend`` stands out."""

    tekst: str
    endpoint: str = ""
    waarden: tuple[tuple[str, Any], ...] = ()
    knop: str = ""
    dringend: bool = False

    @property
    def parameters(self) -> dict[str, Any]:
        return dict(self.waarden)


# What the work of a step is done with: endpoint and the words on the button.
_WERK: dict[str, tuple[str, str]] = {
    "verrijken": ("meldroute.bekend", "Kijk wat hier bekend is"),
    "bespreken": ("meldroute.op_agenda", "Zet op de agenda"),
}


def meldroutebeeld(sessie: Session, actor: Actor, signaal: Signaal, nu: datetime) -> dict[str, Any]:
    """Everything of the route that the page of a signal needs, within what this actor may see."""
    route, rij = route_van(sessie, actor, signaal)
    mag = rol_mag(actor.rol, RECHT)
    triage = lees_triage(sessie, actor, signaal)
    zorg, tijden = zorg_van(sessie, actor, signaal), bedenktijden_van(sessie, actor, signaal)
    doorgezet = doorzettingen_van(sessie, actor, signaal)
    banden = koppelen.banden_van(sessie, actor, signaal)
    punten = overleg.punten_bij(sessie, actor, signaal)
    vandaag = lokale_datum(nu)
    uit: dict[str, Any] = {
        "nu": standen(sessie, actor, [signaal], nu)[signaal.id],
        "vandaag": vandaag,
        "route": route,
        "uitkomst": route.uitkomstnaam(rij.uitkomst) if rij and rij.uitkomst else "",
        "samengevoegd": bool(rij and rij.uitkomst == SAMENGEVOEGD),
        "overgangen": _overgangen(route.tabel.vanuit(signaal.status), rij.uitkomst if rij else "") if mag else [],
        "triage": triage,
        "zorg": zorg,
        "zorg_nodig": triage.antwoorden.get(SLACHTOFFER) == "ja" and not zorg_is_vastgelegd([z.antwoord for z in zorg]),
        "bedenktijden": tijden,
        "doorgezet": doorgezet,
        "punten": punten,
        "stappen_tot_nu": stappen_van(sessie, actor, signaal),
        "banden": banden,
        "ook_locaties": koppelen.locaties_van(sessie, actor, signaal),
        "dossiers": koppelen.dossiers_van(sessie, actor, signaal),
        "bezoeken": koppelen.stops_van(sessie, actor, signaal),
        "ontvangers": triagetabel().ontvangers,
        "zorgantwoorden": ZORGANTWOORDEN,
        "terugkoppelnamen": TERUGKOPPELING,
        "wijzen": WIJZEN,
        "behandelt": mag,
    }
    besproken = any(p.afspraak for p in punten)
    uit["taken"] = _taken(signaal, triage, zorg_nodig=bool(uit["zorg_nodig"]), besproken=besproken, mag=mag)
    uit["taken"] += _wachttaken(signaal, doorgezet, tijden, vandaag, mag=mag)
    uit["taken"].sort(key=lambda taak: not taak.dringend)
    return uit


def _overgangen(mogelijk: Sequence[Overgang], uitkomst: str) -> list[tuple[Overgang, str]]:
    """The steps from here, with the word on the button."""
    namen = {AFGESLOTEN: "Losmaken en opnieuw openen"} if uitkomst == SAMENGEVOEGD else {}
    return [(o, namen.get(o.van, o.naam)) for o in mogelijk]


def _taken(signaal: Signaal, triage: Triagebeeld, *, zorg_nodig: bool, besproken: bool, mag: bool) -> list[Taak]:
    """What this step asks, besides going on to the next."""
    deze = (("uid", signaal.uid),)
    uit: list[Taak] = []
    if zorg_nodig:
        tekst = "Er is een mogelijk slachtoffer. Leg vast welke hulp is aangeboden en wat het antwoord was."
        uit.append(Taak(tekst, "meldroute.zorg" if mag else "", deze, "Hulp vastleggen", dringend=True))
    if signaal.status == AFGESLOTEN:
        return uit
    for stand in triage.adviezen:
        if stand.stand or stand.advies.wanneer == "route":
            continue
        waarden = (*deze, ("aan", stand.advies.ontvangers[0]))
        uit.append(
            Taak(
                stand.advies.tekst,
                "meldroute.doorzetten" if mag else "",
                waarden,
                "Vastleggen",
                dringend=stand.advies.wanneer == "nu",
            )
        )
    if triage.open_vragen:
        n = triage.open_vragen
        tekst = f"Beantwoord de triage: {n} {'vraag is' if n == 1 else 'vragen zijn'} nog open."
        uit.append(Taak(tekst, "meldroute.triagepagina" if mag else "", deze, "Naar de triage"))
    werk = _WERK.get(signaal.status)
    if werk and not (signaal.status == "bespreken" and besproken):
        endpoint, knop = werk
        uit.append(Taak("", endpoint if mag or endpoint == "meldroute.bekend" else "", deze, knop))
    return [taak for taak in uit if taak.tekst or taak.endpoint]


def _wachttaken(
    signaal: Signaal, doorgezet: Sequence[Doorzetting], tijden: Sequence[Bedenktijd], vandaag: date, *, mag: bool
) -> list[Taak]:
    """What others still owe, and the time to think that runs out."""
    uit, namen = [], triagetabel().ontvangers
    for d in doorgezet:
        if not d.wacht or d.antwoord_voor is None:
            continue
        naam = namen[d.ontvanger].naam if d.ontvanger in namen else d.ontvanger
        laat = d.antwoord_voor < vandaag
        tekst = f"{naam} zou antwoorden voor {datum(d.antwoord_voor)}" + ("; dat is voorbij." if laat else ".")
        waarden = (("uid", signaal.uid), ("rij_uid", d.uid))
        uit.append(Taak(tekst, "meldroute.doorzetting" if mag else "", waarden, "Antwoord vastleggen", dringend=laat))
    for tijd in tijden:
        if tijd.beeindigd_op is None:
            rest = (tijd.uiterlijk - vandaag).days
            tekst = f"De bedenktijd loopt tot en met {datum(tijd.uiterlijk)}" + (
                f", nog {rest} {'dag' if rest == 1 else 'dagen'}." if rest >= 0 else "; dat is voorbij."
            )
            dringend = tijd.uiterlijk - vandaag <= AANDACHT_VANAF
            uit.append(
                Taak(tekst, "meldroute.zorg" if mag else "", (("uid", signaal.uid),), "Bekijken", dringend=dringend)
            )
    return uit
