"""The legal test of a closure in the demo, filled in from the dossier's own texts before it is submitted."""

from datetime import datetime

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.dossiers.beeld import Dossierbeeld
from inspecties.dossiers.toetsen import Ingezonden, vul_in

_VAST = {
    "grond": "Grond a: gedragingen in het pand verstoren de openbare orde in de straat ernstig.",
    "norm": "Exploiteren zonder vergunning, APV hoofdstuk 3. De burgemeester is bevoegd.",
    "gebruik": "Het pand is ingericht als werkruimte. Er staat niemand ingeschreven en er zijn geen slaapplaatsen.",
    "verband": "De incidenten begonnen steeds bij bezoekers van dit pand, volgens de politie en twee omwonenden.",
    "veiligheid": "Omwonenden en voorbijgangers lopen gevaar: er is gedreigd en gevochten voor de deur.",
    "geschikt": "De aanloop van bezoekers houdt op als het pand dicht is.",
    "vondst": "Een handelshoeveelheid, gevonden door de politie in de kelder. Zie de bestuurlijke rapportage.",
    "matrix": "Eerste overtreding in een woning: drie maanden.",
    "duur": "Drie maanden. Korter is eerder niet genoeg gebleken om de aanloop te breken.",
}
_UIT_TEKST = {"incidenten": "feiten", "lichter": "geprobeerd", "betrokkenen": "bewoners"}
_TOCH = "Naast geluid is er tweemaal gevochten op straat. De feiten per dag staan bij de incidenten."


def vul_toets(sessie: Session, jurist: Actor, nu: datetime, beeld: Dossierbeeld) -> None:
    """Nothing where the ground of the dossier has no test."""
    if beeld.toets is None:
        return
    toets, dossier = beeld.toets.stand.toets, beeld.dossier
    bewijs = {str(r.stuk.uid): r.nr for r in beeld.bewijs}
    delen = {}
    for eis in toets.eisen:
        tekst = _VAST.get(eis.code) or getattr(dossier, _UIT_TEKST[eis.code])
        delen[eis.code] = Ingezonden(tekst, "voldaan", bewijs=tuple(bewijs) if eis.bewijs else ())
    for poort in toets.poorten:
        delen[poort.code] = Ingezonden(antwoord="nee" if poort.stopt_bij == "ja" else "ja")
    if "alleen_hinder" in delen and "geluid" in dossier.samenvatting:
        delen["alleen_hinder"] = Ingezonden(antwoord="ja", waarom_toch=_TOCH)
    vul_in(sessie, jurist, nu, dossier, delen, bewijs)
