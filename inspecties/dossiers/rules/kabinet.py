"""Words and checks of what is prepared for the mayor: advice, and a decision by telephone."""

from datetime import date, datetime, timedelta

from inspecties.core.fouten import OngeldigeInvoer

ADVIESSOORTEN: dict[str, str] = {
    "politie": "Politie",
    "om": "Openbaar Ministerie",
    "zorg": "Zorg",
    "ander": "Iemand anders",
}
STREKKINGEN: dict[str, str] = {
    "voor": "Voor het voorstel",
    "mits": "Voor, met een voorwaarde",
    "tegen": "Tegen het voorstel",
    "geen": "Geen oordeel",
}
STREKKINGTONEN: dict[str, str] = {"voor": "goed", "mits": "let-op", "tegen": "fout", "geen": ""}
TELEFOONUITKOMSTEN: dict[str, str] = {"akkoord": "Akkoord", "afgewezen": "Afgewezen"}
# What was said longer ago is no urgent decision any more: then it is written down on paper at once.
LANGST_GELEDEN = timedelta(days=14)
MAX_TEKST = 4000
EIGEN_DOSSIER = (
    "U hebt zelf aan dit dossier gewerkt. Laat een collega vastleggen wat er aan de telefoon is gezegd, "
    "zodat twee mensen ervoor instaan."
)
NIET_ZELF = "Wie besloot, legt dit niet zelf vast. Laat een ander het vastleggen, of besluit meteen op papier."


def keur_gebeld(gebeld_op: datetime, nu: datetime) -> None:
    """Raises OngeldigeInvoer where the call lies in the future, or too long ago."""
    if gebeld_op > nu:
        raise OngeldigeInvoer("Dit moment moet nog komen. Vul in wanneer er is gebeld.", "gebeld_op")
    if nu - gebeld_op > LANGST_GELEDEN:
        raise OngeldigeInvoer("Dit is langer dan twee weken geleden. Laat het besluit nu op papier nemen.", "gebeld_op")


def keur_adviesdag(op_datum: date, vandaag: date) -> None:
    """Raises OngeldigeInvoer for advice that nobody can have given yet."""
    if op_datum > vandaag:
        raise OngeldigeInvoer("Deze dag moet nog komen. Vul in wanneer het advies is gegeven.", "op_datum")


def keur_tekst(tekst: str, veld: str, leeg: str = "") -> str:
    """The text without white space around it. ``leeg``: what is said where it is missing; else it may be."""
    schoon = tekst.replace("\r\n", "\n").strip()
    if leeg and not schoon:
        raise OngeldigeInvoer(leeg, veld)
    if len(schoon) > MAX_TEKST:
        raise OngeldigeInvoer(f"Dit is te lang: hooguit {MAX_TEKST} tekens.", veld)
    return schoon
