"""The demo accounts (contract.md)."""

from dataclasses import dataclass

from inspecties.core.rechten import Rol

HOOFDGEMEENTE = "Markerwaard"
# Codes that the CBS does not give out: by these a database is known to be a demo, whatever the gemeente is called.
GEMEENTECODES: dict[str, str] = {"Markerwaard": "9901", "Houtribdijk": "9902"}


@dataclass(frozen=True)
class Account:
    """One login of the demo. ``organisatie`` is the partner's kind, where the role is partner."""

    email: str
    naam: str
    rol: Rol
    gemeente: str = "Markerwaard"
    organisatie: str = ""


ACCOUNTS: tuple[Account, ...] = (
    Account("coordinator@markerwaard.example", "Coördinator Markerwaard", Rol.COORDINATOR),
    Account("inspecteur1@markerwaard.example", "Inspecteur Een", Rol.INSPECTEUR),
    Account("inspecteur2@markerwaard.example", "Inspecteur Twee", Rol.INSPECTEUR),
    Account("politie@markerwaard.example", "Agent Politie", Rol.PARTNER, organisatie="politie"),
    Account("nla@markerwaard.example", "Inspecteur NLA", Rol.PARTNER, organisatie="nla"),
    Account("omgevingsdienst@markerwaard.example", "Toezichthouder OD", Rol.PARTNER, organisatie="omgevingsdienst"),
    Account("aandacht@markerwaard.example", "Aandachtsfunctionaris", Rol.AANDACHTSFUNCTIONARIS),
    Account("jurist@markerwaard.example", "Jurist Handhaving", Rol.JURIST),
    Account("kabinet@markerwaard.example", "Kabinet Burgemeester", Rol.KABINET),
    Account("loco@markerwaard.example", "Locoburgemeester", Rol.KABINET),
    Account("auditor@markerwaard.example", "Functionaris Gegevensbescherming", Rol.AUDITOR),
    Account("beheerder@markerwaard.example", "Beheerder Markerwaard", Rol.BEHEERDER),
    Account("coordinator@houtribdijk.example", "Coördinator Houtribdijk", Rol.COORDINATOR, "Houtribdijk"),
)
