"""Settings: environment variables ``INSPECTIES_*`` over one optional TOML file, read once into a frozen dataclass."""

import os
import ssl
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from email.utils import parseaddr
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from inspecties.audit.bestemmingen import lees_bestemmingen
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.mailadres import controleer_adres
from inspecties.core.mailserver import is_eigen_machine, lees_smtp_url
from inspecties.core.oidc_groepen import lees_groepen
from inspecties.core.opslag import Opslag
from inspecties.core.s3plek import BEGIN, S3Plek
from inspecties.core.sleutelbos import lees_sleutelbos
from inspecties.core.tegelsjabloon import ontleed_sjabloon
from inspecties.core.virusscan import lees_scanner

WORTEL = Path(__file__).resolve().parent.parent


class InstellingFout(Exception):
    """A setting is missing or wrong; the message names the variable and what would be right."""


def _veld(uitleg: str, standaard: Any, *, geheim: bool = False) -> Any:
    """``geheim``: its value is never shown, not by a command and not in a traceback."""
    return field(default=standaard, metadata={"uitleg": uitleg, "geheim": geheim}, repr=not geheim)


@dataclass(frozen=True)
class Instellingen:
    """All settings. Every field ``naam`` is set by ``INSPECTIES_NAAM`` or by ``naam`` in the TOML file."""

    data: Path = _veld("Map voor database, foto's en andere gegevens", Path("data"))
    database_url: str = _veld(
        "SQLAlchemy-adres van de database; leeg: SpatiaLite-bestand in de datamap", "", geheim=True
    )
    secret_key: str = _veld(
        "Geheime sleutel voor sessies, minstens 32 tekens; verplicht buiten de demo", "", geheim=True
    )
    secret_key_oud: str = _veld(
        "Vorige waarden van secret_key, met komma's ertussen, nieuwste eerst: sessies en links daarvan blijven werken",
        "",
        geheim=True,
    )
    veldsleutels: str = _veld(
        "Sleutels van versleutelde velden (naam:base64url van 32 bytes, nieuwste eerst); leeg: uit secret_key",
        "",
        geheim=True,
    )
    opslag: str = _veld(
        "Waar foto's en stukken staan: een map, of s3://emmer/voorvoegsel; leeg: 'bestanden' in de datamap", ""
    )
    s3_adres: str = _veld("Adres van de objectopslag (S3), met https; nodig als INSPECTIES_OPSLAG met s3:// begint", "")
    s3_regio: str = _veld("Regio van de emmer", "us-east-1")
    s3_sleutel_id: str = _veld("Naam van de sleutel van de objectopslag (access key id)", "")
    s3_geheim: str = _veld("Geheim van die sleutel (secret access key)", "", geheim=True)
    s3_geheim_bestand: str = _veld("Bestand met dat geheim, in plaats van s3_geheim", "")
    s3_padstijl: bool = _veld("De emmer staat in het pad (ja) of in de naam van de host (nee)", True)
    s3_kopie_mb: int = _veld("Hoeveel MB aan kopieën uit de objectopslag op deze machine blijven staan", 2000)
    demo: bool = _veld("Demogemeente Markerwaard met demo-accounts", False)
    demo_wachtwoord: str = _veld(
        "Vast wachtwoord voor de demo-accounts; leeg: bij elke nieuwe demo een ander", "", geheim=True
    )
    proxies: int = _veld("Aantal vertrouwde proxy's voor de server (X-Forwarded-*)", 0)
    limiet_opslag: str = _veld("Waar pogingen worden geteld (memory:// of redis://...)", "memory://")
    aanmelden_limiet: str = _veld("Hoe vaak aanmelden per adres en per account mag", "10 per minute;60 per hour")
    bestanden_limiet: str = _veld("Hoeveel bestanden iemand mag ophalen (PDF, CSV, zip)", "60 per minute;600 per hour")
    wachtwoordlijst: str = _veld(
        "Bestand (tekst of .gz) met wachtwoorden die ook worden geweigerd, een per regel; leeg: geen",
        "",
    )
    sessie_stil_min: int = _veld("Minuten zonder gebruik tot een sessie eindigt", 60)
    sessie_max_uur: int = _veld("Uren tot een sessie hoe dan ook eindigt", 12)
    upload_max_mb: int = _veld("Grootste bestand dat mag worden ingestuurd, in MB", 30)
    pakket_geldig_uur: int = _veld("Uren dat opgehaalde stops op een tablet geldig zijn", 24)
    toestel_bewaardagen: int = _veld("Dagen dat verzonden antwoorden versleuteld op het toestel blijven", 14)
    tegels_url: str = _veld("Sjabloon van een tegeldienst voor de kaart; leeg: alleen de eigen achtergrond", "")
    veldtegels_url: str = _veld(
        "Sjabloon van een tegeldienst voor de kaart op de tablet, zoals https://tegels.example/{z}/{x}/{y}.png; "
        "de server haalt de tegels op (de omgeving van stops gaat daarheen); leeg: alleen de eigen achtergrond",
        "",
    )
    veldtegels_mb: int = _veld("Hoeveel MB aan tegels een tablet hoogstens ophaalt", 15)
    reistijden_url: str = _veld(
        "Dienst voor reistijden die antwoordt als OSRM, met https (coördinaten van stops gaan daarheen); leeg: geschat",
        "",
    )
    omweg_procent: int = _veld("Geschatte weg in procenten van de rechte lijn", 130)
    snelheid_kmh: int = _veld("Geschatte snelheid onderweg, in km per uur", 30)
    adresbron: str = _veld(
        "Waar adressen worden gezocht: eigen (het ingelezen bestand) of pdok (wat u typt gaat dan naar PDOK)", "eigen"
    )
    pdok_url: str = _veld(
        "Adres van de PDOK Locatieserver, met https", "https://api.pdok.nl/bzk/locatieserver/search/v3_1"
    )
    basisadres: str = _veld("Adres van deze site in mails, zoals https://inspecties.gemeente.nl", "")
    hosts: str = _veld(
        "Namen waaronder deze site nog meer wordt gevraagd, met komma's ertussen; naast die van basisadres", ""
    )
    interne_diensten: str = _veld(
        "Hosts van ingestelde diensten die in het eigen netwerk mogen staan, met komma's ertussen, zoals "
        "kaart.gemeente.lan; leeg: alleen diensten op internet",
        "",
    )
    smtp_url: str = _veld(
        "Mailserver: smtps://naam:wachtwoord@server:465 of smtp://server:587?tls=starttls (of tls=geen); "
        "leeg: mail blijft wachten",
        "",
        geheim=True,
    )
    post_afzender: str = _veld("Afzender van mails, zoals Gemeente Markerwaard <inspecties@gemeente.nl>", "")
    post_antwoord: str = _veld(
        "Adres waar antwoorden op uitnodigingen heen gaan (inspecties post ontvang); leeg: naar de afzender", ""
    )
    audit_kop_naar: str = _veld(
        "Waar de kop van het auditlogboek heen gaat, met komma's ertussen: bestand:/map/koppen.jsonl, "
        "mail:adres@gemeente.nl, syslog+tls://server:6514, syslog:///dev/log, of zonder TLS syslog://server:514 en "
        "syslog+tcp://server:601; leeg: nergens",
        "",
    )
    audit_kop_ca: str = _veld(
        "Bestand (PEM) met de uitgevers die we vertrouwen bij syslog+tls; leeg: die van het systeem", ""
    )
    audit_kop_sleutel: str = _veld(
        "Sleutel waarmee koppen worden getekend, minstens 32 tekens; leeg: afgeleid van secret_key",
        "",
        geheim=True,
    )
    audit_kop_elke_min: int = _veld("Om de hoeveel minuten de dienst de kop bewaart, als er een plek is ingesteld", 60)
    oidc_uitgever: str = _veld(
        "Aanmelden met het account van de gemeente: adres van de dienst (issuer), met https; leeg: uit", ""
    )
    oidc_client: str = _veld("Naam van deze toepassing bij die dienst (client_id)", "")
    oidc_geheim: str = _veld("Geheim van deze toepassing bij die dienst (client_secret)", "", geheim=True)
    oidc_geheim_bestand: str = _veld("Bestand met dat geheim, in plaats van oidc_geheim", "")
    oidc_groepen: str = _veld(
        "Welke groep welke rol geeft: groep=gemeentecode:rol of groep=gemeentecode:partner:organisatie, met ; ertussen "
        "(of een tabel in het bestand); de eerste die klopt geldt",
        "",
    )
    oidc_groepenclaim: str = _veld("Naam van de claim met de groepen", "groups")
    oidc_acr: str = _veld("Waarden van acr die voor twee stappen staan, met komma's; naast mfa in amr", "")
    oidc_email_vertrouwd: bool = _veld("Adressen van die dienst gelden als bevestigd, ook zonder email_verified", False)
    oidc_knop: str = _veld("Tekst van de knop op de aanmeldpagina", "Aanmelden met het account van de gemeente")
    post_elke_s: int = _veld("Om de hoeveel seconden wachtende mail wordt verstuurd", 20)
    virusscanner: str = _veld(
        "Virusscanner (ClamAV, clamd) die elk ingestuurd bestand nakijkt: unix:/run/clamav/clamd.ctl of "
        "tcp://127.0.0.1:3310; leeg: geen",
        "",
    )
    backup_map: str = _veld("Map waar de backups komen te staan, voor inspecties doctor", "")
    log_niveau: str = _veld("Niveau van het logboek (INFO, WARNING, ...)", "INFO")

    @property
    def database(self) -> str:
        """The database address in use: the one that is set, else the SpatiaLite file in the data folder."""
        return self.database_url or f"sqlite:///{(self.data / 'inspecties.db').resolve()}"

    @property
    def eigen_hosts(self) -> tuple[str, ...]:
        """Names in the Host header that are answered; empty: any, as no name was set."""
        namen = [n.strip().lower() for n in self.hosts.split(",")] + [(urlsplit(self.basisadres).hostname or "")]
        gezet = tuple(sorted({n for n in namen if n}))
        # This machine itself asks too: health checks, and a proxy that passes no name on.
        return (*gezet, "localhost", "127.0.0.1", "[::1]") if gezet else ()

    @property
    def interne_hosts(self) -> frozenset[str]:
        return frozenset(n.strip().lower() for n in self.interne_diensten.split(",") if n.strip())

    @property
    def oude_geheimen(self) -> list[str]:
        return [deel.strip() for deel in self.secret_key_oud.split(",") if deel.strip()]

    @property
    def in_emmer(self) -> bool:
        """Whether files are kept in a bucket."""
        return self.opslag.startswith(BEGIN)

    @property
    def opslagmap(self) -> Path:
        """The folder of the files; with a bucket: of what is under way and of local copies."""
        if self.in_emmer:
            return self.data / "s3-kopie"
        return Path(self.opslag) if self.opslag else self.data / "bestanden"

    @property
    def is_postgis(self) -> bool:
        return self.database.startswith("postgresql")


def _lees_waarde(naam: str, soort: object, tekst: Any) -> Any:
    if soort is bool:
        if isinstance(tekst, bool):
            return tekst
        if str(tekst).lower() in {"1", "ja", "true", "aan"}:
            return True
        if str(tekst).lower() in {"0", "nee", "false", "uit", ""}:
            return False
        raise InstellingFout(f"INSPECTIES_{naam.upper()} moet ja of nee zijn, niet '{tekst}'.")
    if soort is int:
        try:
            return int(tekst)
        except ValueError:
            raise InstellingFout(f"INSPECTIES_{naam.upper()} moet een heel getal zijn, niet '{tekst}'.") from None
    if isinstance(tekst, dict):
        return "\n".join(f"{links}={rechts}" for links, rechts in tekst.items())
    return Path(tekst) if soort is Path else str(tekst)


def _controleer_oude_sleutels(inst: Instellingen) -> None:
    if not inst.oude_geheimen:
        return
    if any(len(geheim) < 32 for geheim in inst.oude_geheimen):
        raise InstellingFout("INSPECTIES_SECRET_KEY_OUD: elke sleutel moet minstens 32 tekens hebben.")
    if inst.secret_key in inst.oude_geheimen:
        raise InstellingFout("INSPECTIES_SECRET_KEY_OUD: de huidige sleutel hoort hier niet bij.")
    if not inst.veldsleutels.strip():
        raise InstellingFout(
            "INSPECTIES_VELDSLEUTELS is nodig als INSPECTIES_SECRET_KEY_OUD is ingesteld: anders zijn versleutelde "
            "velden niet meer te lezen. Zet eerst de oude sleutel terug en draai: inspecties sleutels vastleggen"
        )


def _controleer_lijst(inst: Instellingen) -> None:
    if inst.wachtwoordlijst and not os.access(inst.wachtwoordlijst, os.R_OK):
        raise InstellingFout(f"INSPECTIES_WACHTWOORDLIJST: '{inst.wachtwoordlijst}' is niet te lezen.")


def _controleer_adresbron(inst: Instellingen) -> None:
    if inst.adresbron not in {"eigen", "pdok"}:
        raise InstellingFout(f"INSPECTIES_ADRESBRON moet eigen of pdok zijn, niet '{inst.adresbron}'.")
    if inst.adresbron == "pdok" and not inst.pdok_url.startswith("https://"):
        raise InstellingFout("INSPECTIES_PDOK_URL moet met https:// beginnen.")


def _controleer_post(inst: Instellingen) -> None:
    for naam, adres in (("post_afzender", parseaddr(inst.post_afzender)[1]), ("post_antwoord", inst.post_antwoord)):
        if adres or getattr(inst, naam):
            try:
                controleer_adres(adres)
            except OngeldigeInvoer as fout:
                raise InstellingFout(f"INSPECTIES_{naam.upper()}: {fout.melding}") from fout
    basis = urlsplit(inst.basisadres)
    goed = basis.scheme == "https" or (basis.scheme == "http" and is_eigen_machine(basis.hostname or ""))
    if inst.basisadres and not (goed and basis.hostname and not basis.query and not basis.fragment):
        raise InstellingFout("INSPECTIES_BASISADRES moet een adres met https:// zijn, zonder ? of #.")
    if not 1 <= inst.post_elke_s <= 3600:
        raise InstellingFout("INSPECTIES_POST_ELKE_S moet van 1 tot 3600 zijn.")
    if not inst.smtp_url:
        return
    try:
        lees_smtp_url(inst.smtp_url)
    except ValueError as fout:
        raise InstellingFout(f"INSPECTIES_SMTP_URL klopt niet: {fout}.") from None
    for naam in ("post_afzender", "basisadres"):
        if not getattr(inst, naam):
            raise InstellingFout(f"INSPECTIES_{naam.upper()} is nodig als INSPECTIES_SMTP_URL is ingesteld.")


def _controleer_auditkop(inst: Instellingen) -> None:
    try:
        lees_bestemmingen(inst.audit_kop_naar)
    except OngeldigeInvoer as fout:
        raise InstellingFout(f"INSPECTIES_AUDIT_KOP_NAAR: {fout.melding}") from fout
    if inst.audit_kop_ca:
        try:
            ssl.create_default_context(cafile=inst.audit_kop_ca)
        except OSError:
            raise InstellingFout(
                f"INSPECTIES_AUDIT_KOP_CA: '{inst.audit_kop_ca}' is niet te lezen als bestand met certificaten (PEM)."
            ) from None
    if inst.audit_kop_sleutel and len(inst.audit_kop_sleutel) < 32:
        raise InstellingFout("INSPECTIES_AUDIT_KOP_SLEUTEL moet minstens 32 tekens hebben.")
    if not 1 <= inst.audit_kop_elke_min <= 1440:
        raise InstellingFout("INSPECTIES_AUDIT_KOP_ELKE_MIN moet van 1 tot 1440 zijn.")


def _lees_geheim(inst: Instellingen, naam: str) -> str:
    """A secret that stands in a setting, or in the file that another setting names. Raises InstellingFout."""
    bestand = str(getattr(inst, f"{naam}_bestand"))
    if not bestand:
        return str(getattr(inst, naam))
    try:
        return Path(bestand).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise InstellingFout(f"INSPECTIES_{naam.upper()}_BESTAND: '{bestand}' is niet te lezen.") from None


def lees_oidc_geheim(inst: Instellingen) -> str:
    """The secret of this application at the login service. Raises InstellingFout."""
    return _lees_geheim(inst, "oidc_geheim")


def _lees_s3(inst: Instellingen) -> S3Plek:
    """The bucket of these settings. Raises InstellingFout."""
    if not 100 <= inst.s3_kopie_mb <= 1_000_000:
        raise InstellingFout("INSPECTIES_S3_KOPIE_MB moet van 100 tot en met 1000000 zijn, zoals 2000.")
    plek = S3Plek(
        inst.opslag, inst.s3_adres, inst.s3_regio, inst.s3_sleutel_id, _lees_geheim(inst, "s3_geheim"), inst.s3_padstijl
    )
    try:
        plek.keur(demo=inst.demo)
    except OngeldigeInvoer as fout:
        raise InstellingFout(f"INSPECTIES_{(fout.veld or '').upper()}: {fout.melding}") from None
    return plek


@lru_cache(maxsize=16)
def opslag_van(inst: Instellingen) -> Opslag:
    """The one way to the store of files of this installation. Opens no connection."""
    if not inst.in_emmer:
        return Opslag(inst.opslagmap)
    from inspecties.core.objectopslag import maak_objectopslag  # noqa: PLC0415 - who has no bucket need not load boto3

    return maak_objectopslag(inst.opslagmap, _lees_s3(inst), inst.s3_kopie_mb * 1024 * 1024)


def _controleer_oidc(inst: Instellingen) -> None:
    if not inst.oidc_uitgever:
        return
    delen = urlsplit(inst.oidc_uitgever)
    goed = delen.scheme == "https" or (delen.scheme == "http" and is_eigen_machine(delen.hostname or ""))
    if not goed or not delen.hostname or delen.username or delen.query or delen.fragment:
        raise InstellingFout("INSPECTIES_OIDC_UITGEVER moet een adres met https:// zijn, zonder naam, ? of #.")
    for naam in ("oidc_client", "oidc_groepen", "oidc_groepenclaim", "oidc_knop"):
        if not getattr(inst, naam).strip():
            raise InstellingFout(f"INSPECTIES_{naam.upper()} is nodig als INSPECTIES_OIDC_UITGEVER is ingesteld.")
    if not lees_oidc_geheim(inst):
        raise InstellingFout("INSPECTIES_OIDC_GEHEIM (of _BESTAND) is nodig als INSPECTIES_OIDC_UITGEVER is ingesteld.")
    if not inst.basisadres and not inst.demo:
        raise InstellingFout("INSPECTIES_BASISADRES is nodig als INSPECTIES_OIDC_UITGEVER is ingesteld.")
    try:
        lees_groepen(inst.oidc_groepen)
    except ValueError as fout:
        raise InstellingFout(f"INSPECTIES_OIDC_GROEPEN klopt niet: {fout}.") from None


def _controleer_reizen(instellingen: Instellingen) -> None:
    if not 100 <= instellingen.omweg_procent <= 500:
        raise InstellingFout("INSPECTIES_OMWEG_PROCENT moet van 100 tot en met 500 zijn, zoals 130.")
    if not 1 <= instellingen.snelheid_kmh <= 130:
        raise InstellingFout("INSPECTIES_SNELHEID_KMH moet van 1 tot en met 130 zijn, zoals 30.")
    eigen = ("http://127.0.0.1", "http://localhost", "http://[::1]")
    if instellingen.reistijden_url and not instellingen.reistijden_url.startswith(("https://", *eigen)):
        raise InstellingFout("INSPECTIES_REISTIJDEN_URL moet met https:// beginnen.")


def _controleer_scanner(instellingen: Instellingen) -> None:
    try:
        lees_scanner(instellingen.virusscanner)
    except ValueError as fout:
        raise InstellingFout(f"INSPECTIES_VIRUSSCANNER klopt niet: {fout}.") from fout


def _controleer_tegels(instellingen: Instellingen) -> None:
    try:
        if instellingen.veldtegels_url:
            ontleed_sjabloon(instellingen.veldtegels_url)
    except ValueError as fout:
        raise InstellingFout(f"INSPECTIES_VELDTEGELS_URL klopt niet: {fout}.") from fout
    if not 1 <= instellingen.veldtegels_mb <= 200:
        raise InstellingFout("INSPECTIES_VELDTEGELS_MB moet van 1 tot en met 200 zijn, zoals 15.")


def lees_instellingen(omgeving: Mapping[str, str] | None = None, **vast: Any) -> Instellingen:
    """Read the settings; ``vast`` (from the command line) wins over the environment, that over the TOML file.

    Raises InstellingFout naming the variable.
    """
    omgeving = os.environ if omgeving is None else omgeving
    bestand: dict[str, Any] = {}
    pad = omgeving.get("INSPECTIES_CONFIG", "")
    if pad:
        try:
            bestand = tomllib.loads(Path(pad).read_text(encoding="utf-8"))
        except (OSError, tomllib.TOMLDecodeError) as fout:
            raise InstellingFout(f"INSPECTIES_CONFIG: '{pad}' is niet te lezen: {fout}") from fout
    bekend = {f.name: f for f in fields(Instellingen)}
    vreemd = sorted(set(bestand) - set(bekend))
    if vreemd:
        raise InstellingFout(f"Onbekende instelling in {pad}: {', '.join(vreemd)}.")
    waarden: dict[str, Any] = {}
    for naam, veld in bekend.items():
        ruw = vast.get(naam)
        if ruw is None:
            ruw = omgeving.get(f"INSPECTIES_{naam.upper()}", bestand.get(naam))
        if ruw is not None:
            waarden[naam] = _lees_waarde(naam, veld.type, ruw)
    instellingen = Instellingen(**waarden)
    if not instellingen.demo and len(instellingen.secret_key) < 32:
        raise InstellingFout(
            "INSPECTIES_SECRET_KEY ontbreekt of is korter dan 32 tekens. "
            "Maak er een met: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    _controleer_oude_sleutels(instellingen)
    _controleer_adresbron(instellingen)
    _controleer_lijst(instellingen)
    if instellingen.in_emmer:
        _lees_s3(instellingen)
    _controleer_post(instellingen)
    _controleer_auditkop(instellingen)
    _controleer_oidc(instellingen)
    _controleer_reizen(instellingen)
    _controleer_tegels(instellingen)
    _controleer_scanner(instellingen)
    try:
        lees_sleutelbos(instellingen.veldsleutels, instellingen.secret_key)
    except ValueError as fout:
        raise InstellingFout(f"INSPECTIES_VELDSLEUTELS klopt niet: {fout}.") from fout
    return instellingen
