"""Command ``inspecties gebruiker``."""

import json

import click
from sqlalchemy import select

from inspecties.core.actor import systeem
from inspecties.core.fouten import NietGevonden, OngeldigeInvoer
from inspecties.core.klok import SysteemKlok
from inspecties.core.rechten import MENSEN, Rol
from inspecties.database.basis import db
from inspecties.gebruikers import operations, wachtwoorden
from inspecties.gebruikers.berichten import berichten
from inspecties.gebruikers.factoren import trek_factoren_in
from inspecties.gebruikers.models import Gebruiker, Gemeente, Lidmaatschap
from inspecties.partners.models import Organisatie

ROLLEN = click.Choice(sorted(r.value for r in MENSEN))


@click.group(help="Gebruikers toevoegen, tonen en blokkeren.")
def gebruiker() -> None:
    """Group of account commands."""


def _lid(email: str) -> Lidmaatschap:
    lid = db.session.scalars(
        select(Lidmaatschap).join(Gebruiker).where(Gebruiker.email == email.strip().lower())
    ).first()
    if lid is None:
        raise NietGevonden(f"Er is geen gebruiker met het adres {email}.", "email")
    return lid


@gebruiker.command(help="Voeg een gebruiker toe. Vraagt om het wachtwoord als het niet is gegeven.")
@click.argument("email")
@click.option("--naam", required=True, help="Naam zoals op het scherm.")
@click.option("--rol", type=ROLLEN, required=True, help="Rol in de gemeente.")
@click.option("--gemeente", required=True, help="Naam van de gemeente.")
@click.option("--gemeentecode", help="Viercijferige code; maakt de gemeente als die nog niet bestaat.")
@click.option("--organisatie", help="Naam van de partnerorganisatie (bij rol partner).")
@click.option("--wachtwoord", prompt="Wachtwoord", hide_input=True, confirmation_prompt="Nog een keer")
def toevoegen(
    email: str,
    naam: str,
    rol: str,
    gemeente: str,
    gemeentecode: str | None,
    organisatie: str | None,
    wachtwoord: str,
) -> None:
    wachtwoorden.keur(wachtwoord, (naam, email))
    sessie = db.session()
    if gemeentecode and not sessie.scalars(select(Gemeente).where(Gemeente.code == gemeentecode)).first():
        if not (gemeentecode.isdigit() and len(gemeentecode) == 4):
            raise OngeldigeInvoer("De gemeentecode heeft vier cijfers, zoals 0342.", "gemeentecode")
        sessie.add(Gemeente(code=gemeentecode, naam=gemeente.strip(), thema={}, normen={}))
        sessie.flush()
    rij = operations.zoek_gemeente(sessie, gemeente)
    partner = None
    if organisatie:
        partner = sessie.scalars(
            select(Organisatie).where(Organisatie.gemeente_id == rij.id, Organisatie.naam == organisatie)
        ).one_or_none()
        if partner is None:
            raise NietGevonden(f"Organisatie '{organisatie}' is niet bekend in {rij.naam}.", "organisatie")
    operations.voeg_gebruiker_toe(
        sessie, systeem(rij.id), SysteemKlok().nu(), email, naam, Rol(rol), wachtwoord, partner.id if partner else None
    )
    sessie.commit()
    click.echo(f"{email} toegevoegd als {rol} in {rij.naam}.")


@gebruiker.command(help="Toon alle gebruikers.")
@click.option("--json", "als_json", is_flag=True, help="Als een JSON-document.")
def lijst(als_json: bool) -> None:
    leden = db.session.scalars(select(Lidmaatschap).join(Gebruiker).order_by(Gebruiker.email))
    rijen = [
        {
            "email": lid.gebruiker.email,
            "naam": lid.gebruiker.naam,
            "rol": lid.rol,
            "gemeente": lid.gemeente.naam,
            "geblokkeerd": lid.dicht_sinds is not None,
        }
        for lid in leden
    ]
    if als_json:
        click.echo(json.dumps(rijen, ensure_ascii=False))
        return
    for r in rijen:
        click.echo(f"{r['email']:45} {r['rol']:22} {r['gemeente']}{' (geblokkeerd)' if r['geblokkeerd'] else ''}")


@gebruiker.command(help="Blokkeer een gebruiker en beeindig alle sessies.")
@click.argument("email")
def blokkeren(email: str) -> None:
    lid = _lid(email)
    operations.blokkeer(db.session(), systeem(lid.gemeente_id), SysteemKlok().nu(), lid)
    db.session.commit()
    click.echo(f"{email} is geblokkeerd.")


@gebruiker.command(help="Geef een gebruiker een nieuw wachtwoord en beeindig alle sessies.")
@click.argument("email")
@click.option("--wachtwoord", prompt="Nieuw wachtwoord", hide_input=True, confirmation_prompt="Nog een keer")
def wachtwoord(email: str, wachtwoord: str) -> None:
    lid = _lid(email)
    operations.zet_wachtwoord(db.session(), systeem(lid.gemeente_id), SysteemKlok().nu(), lid.gebruiker, wachtwoord)
    db.session.commit()
    click.echo(f"Het wachtwoord van {email} is gewijzigd.")


@gebruiker.command("factoren-weg", help="Trek passkeys, app en herstelcodes in van wie alles kwijt is.")
@click.argument("email")
def factoren_weg(email: str) -> None:
    lid = _lid(email)
    trek_factoren_in(db.session(), systeem(lid.gemeente_id), SysteemKlok().nu(), lid, berichten())
    db.session.commit()
    click.echo(f"De tweede stap van {email} is ingetrokken. Bij het aanmelden wordt een nieuwe ingesteld.")
