"""Command ``inspecties herstelsleutel``: the ceremony of a gemeente's recovery key."""

import json
import os
from contextlib import nullcontext
from pathlib import Path
from typing import IO, Any

import click
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from inspecties.core.actor import systeem
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.klok import SysteemKlok
from inspecties.database.basis import db
from inspecties.dienst.toepassing import open_toepassing
from inspecties.gebruikers import herstelsleutel as sleutels
from inspecties.gebruikers.models import Gemeente
from inspecties.gebruikers.operations import zoek_gemeente

WACHTZIN = click.option(
    "--wachtzin-bestand", type=click.File("rb"), help="Lees de wachtzin uit dit bestand (- is invoer)."
)
JSON = click.option("--json", "als_json", is_flag=True, help="Als een JSON-document.")


@click.group(help="Maak of controleer de sleutel waarmee de gemeente een toestel opent als de wachtzin kwijt is.")
def herstelsleutel() -> None:
    """Group of recovery key commands."""


def _wachtzin(bestand: IO[bytes] | None, nieuw: bool) -> bytes:
    if bestand is not None:
        return bytes(bestand.read()).rstrip(b"\r\n")
    vraag = "Wachtzin van de herstelsleutel"
    bevestig = "Nog een keer" if nieuw else False
    return str(click.prompt(vraag, hide_input=True, confirmation_prompt=bevestig, err=True)).encode()


def _schrijf_nieuw(pad: Path, inhoud: bytes, rechten: int) -> None:
    """Write a file that did not exist: a key is never overwritten, and is private from its first byte."""
    try:
        nummer = os.open(pad, os.O_WRONLY | os.O_CREAT | os.O_EXCL, rechten)
    except FileExistsError as fout:
        raise Conflict(
            f"{pad} bestaat al. Een herstelsleutel wordt nooit overschreven; kies een andere naam."
        ) from fout
    except OSError as fout:
        raise OngeldigeInvoer(f"{pad} kan niet worden geschreven: {fout.strerror}.") from fout
    with os.fdopen(nummer, "wb") as uit:
        # The public half is for another account on another machine, whatever the mask of this process.
        os.fchmod(nummer, rechten)
        uit.write(inhoud)
        uit.flush()
        os.fsync(uit.fileno())


def _openbaar_naast(pad: Path) -> Path:
    return pad.with_name(pad.name + ".openbaar.json")


def _maak_bestanden(bestand: Path, wachtzin: bytes) -> dict[str, Any]:
    """A new pair in two files; the public half as JWK."""
    prive = sleutels.maak_prive()
    pem = sleutels.schrijf_prive(prive, wachtzin)
    # Read back before anything trusts it: a key that does not open is found now, not on the evening it is needed.
    jwk = sleutels.openbaar_jwk(prive.public_key())
    if not sleutels.past_bij(sleutels.laad_prive(pem, wachtzin), jwk):
        raise Conflict("De nieuwe sleutel kon niet worden teruggelezen. Er is niets gewijzigd; probeer het opnieuw.")
    _schrijf_nieuw(bestand, pem, 0o600)
    _schrijf_nieuw(_openbaar_naast(bestand), (json.dumps(jwk, indent=1) + "\n").encode(), 0o644)
    return jwk


def _zet(rij: Gemeente, publiek: RSAPublicKey) -> str | None:
    """Set the public half in the gemeente, in one transaction; the name of the key before."""
    sessie = db.session()
    oud = sleutels.zet_herstelsleutel(sessie, systeem(rij.id), SysteemKlok().nu(), rij, publiek)
    sessie.commit()
    return oud


def _meld_gezet(kid: str, gemeente: str, oud: str | None) -> None:
    click.echo(f"Herstelsleutel {kid} is nu in gebruik in {gemeente}.")
    if oud:
        click.echo(
            f"Bewaar ook de vorige sleutel ({oud}): een toestel dat nog niet met verbinding is ontgrendeld, "
            "gaat alleen daarmee open."
        )
    click.echo("Toestellen nemen de sleutel over als ze met verbinding worden ontgrendeld.")


@herstelsleutel.command(help="Maak een sleutelpaar. Het geheime deel komt versleuteld in het bestand BESTAND.")
@click.argument("bestand", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--gemeente", help="Zet het openbare deel meteen in deze gemeente.")
@click.option("--los", is_flag=True, help="Maak alleen bestanden, op een computer zonder deze database.")
@WACHTZIN
@JSON
def maak(bestand: Path, gemeente: str | None, los: bool, wachtzin_bestand: IO[bytes] | None, als_json: bool) -> None:
    if bool(gemeente) == los:
        raise click.UsageError("Geef --gemeente NAAM, of --los op een computer zonder de database.")
    with open_toepassing() if gemeente else nullcontext():
        # First: a name that does not exist must not leave files behind.
        rij = zoek_gemeente(db.session(), gemeente) if gemeente else None
        wachtzin = _wachtzin(wachtzin_bestand, nieuw=True)
        jwk = _maak_bestanden(bestand, wachtzin)
        oud = _zet(rij, sleutels.lees_openbaar(jwk)) if rij else None
    if als_json:
        click.echo(json.dumps({"kid": jwk["kid"], "bestand": str(bestand), "gemeente": gemeente, "vorige": oud}))
        return
    click.echo(
        f"Het geheime deel staat versleuteld in {bestand}. Het openbare deel staat in {_openbaar_naast(bestand)}."
    )
    if gemeente:
        _meld_gezet(jwk["kid"], gemeente, oud)
    else:
        click.echo(f"Zet het openbare deel op de server: inspecties herstelsleutel zet {_openbaar_naast(bestand).name}")
    click.echo(
        "Bewaar twee kopieën van het geheime deel op twee plaatsen, los van de wachtzin, en haal het van deze computer "
        "af. Zonder dit bestand of zonder de wachtzin opent niemand een toestel waarvan de wachtzin kwijt is."
    )


@herstelsleutel.command(help="Neem een openbaar deel (JSON) in gebruik dat met --los is gemaakt.")
@click.argument("openbaar", type=click.File("rb"))
@click.option("--gemeente", required=True, help="Naam van de gemeente.")
def zet(openbaar: IO[bytes], gemeente: str) -> None:
    try:
        jwk = json.loads(openbaar.read())
    except ValueError as fout:
        raise OngeldigeInvoer("Het openbare bestand is geen JSON.") from fout
    if not isinstance(jwk, dict):
        raise OngeldigeInvoer("Het openbare bestand hoort een JSON-object te zijn met kty, n en e.")
    publiek = sleutels.lees_openbaar(jwk)
    with open_toepassing():
        oud = _zet(zoek_gemeente(db.session(), gemeente), publiek)
    _meld_gezet(sleutels.kid_van(publiek), gemeente, oud)


@herstelsleutel.command(help="Kijk of een geheim deel opengaat en bij de sleutel van de gemeente hoort.")
@click.argument("bestand", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--gemeente", required=True, help="Naam van de gemeente.")
@WACHTZIN
@JSON
def controleer(bestand: Path, gemeente: str, wachtzin_bestand: IO[bytes] | None, als_json: bool) -> None:
    pem = bestand.read_bytes()
    # The demo's key is not encrypted; asking for a passphrase would suggest that it is.
    wachtzin = b"" if pem.lstrip().startswith(b"{") else _wachtzin(wachtzin_bestand, nieuw=False)
    prive = sleutels.laad_prive(pem, wachtzin)
    with open_toepassing():
        jwk = zoek_gemeente(db.session(), gemeente).herstel_jwk
    past = jwk is not None and sleutels.past_bij(prive, jwk)
    kid = sleutels.kid_van(prive.public_key())
    if als_json:
        click.echo(json.dumps({"kid": kid, "past": past, "in_gebruik": (jwk or {}).get("kid")}))
    elif past:
        click.echo(f"Deze sleutel ({kid}) opent de toestellen van {gemeente}.")
    elif jwk is None:
        click.echo(f"{gemeente} heeft nog geen herstelsleutel. Maak er een met: inspecties herstelsleutel maak")
    else:
        click.echo(
            f"Deze sleutel ({kid}) is niet de sleutel die {gemeente} nu gebruikt ({jwk.get('kid')}). "
            "Bewaar hem toch, als het een vorige sleutel is."
        )
    if not past:
        raise SystemExit(1)
