"""Checks of the database, the backups, the people and what has to run every night: pure functions."""

from datetime import datetime, timedelta

from inspecties.audit.bestemmingen import Bestemming, lees_bestemmingen
from inspecties.dienst.dokter import Databasefeiten, Feiten, Uitslag, controle, fout, goed, let_op, niet_bekeken

# Task (as ``dienst.taken`` notes it) -> how many hours may lie between two runs.
ELKE_UUR: dict[str, int] = {
    "backup": 36,
    "audit controleer": 36,
    "bewaartermijnen": 36,
    "herinner": 36,
}
# The service looks twice a minute, and a mail that was refused is sent again a little later.
KOP_SPELING = timedelta(minutes=10)
ELDERS = "elders"
PROEF = "herstelproef"
NODIGE_UITBREIDINGEN = frozenset({"postgis", "pg_trgm", "btree_gist"})
GEEN_DATABASE = niet_bekeken("De database antwoordde niet.")


def _uren(f: Feiten, moment: datetime) -> float:
    return (f.nu - moment).total_seconds() / 3600


def _postgis(f: Feiten) -> Databasefeiten | None:
    return f.database if f.database is not None and f.database.soort == "postgis" else None


@controle("database", "Database", "Zonder database is er geen dienst; productie met meer mensen vraagt PostgreSQL.")
def database(f: Feiten) -> Uitslag:
    if f.database is None:
        return fout(f"De database antwoordt niet: {f.databasefout}.", "Kijk naar INSPECTIES_DATABASE_URL en de server.")
    if f.database.soort != "postgis":
        return let_op(
            f"De gegevens staan in een SQLite-bestand ({f.database.versie}).",
            "Neem PostgreSQL met PostGIS zodra meer dan een handvol mensen tegelijk werkt.",
        )
    return goed(f"PostgreSQL {f.database.versie} met PostGIS {f.database.ruimtelijk}.")


@controle("migraties", "Migraties", "Een database die achterloopt, kent niet alles wat het programma wil bewaren.")
def migraties(f: Feiten) -> Uitslag:
    if f.database is None:
        return GEEN_DATABASE
    if f.database.migratie != f.database.nieuwste_migratie:
        return fout(
            f"De database staat op {f.database.migratie or 'niets'}, het programma op {f.database.nieuwste_migratie}.",
            "Start de dienst opnieuw: die werkt de database bij.",
        )
    if f.database.modelverschil:
        return fout(
            f"De tabellen wijken af van het programma: {f.database.modelverschil}.",
            "Iemand wijzigde de database met de hand. Zet een backup terug of maak het ongedaan.",
        )
    return goed(f"De database is bij ({f.database.migratie}).")


@controle(
    "databaserol", "Databaserol", "Een superuser of BYPASSRLS gaat om de muur tussen gemeenten in de database heen."
)
def databaserol(f: Feiten) -> Uitslag:
    db = _postgis(f)
    if db is None:
        return niet_bekeken("Geldt alleen voor PostgreSQL.")
    te_veel = [
        woord
        for woord, heeft in (
            ("SUPERUSER", db.superuser),
            ("BYPASSRLS", db.bypassrls),
            ("CREATEROLE", db.mag_rollen_maken),
        )
        if heeft
    ]
    if te_veel:
        return fout(
            f"De rol van de dienst heeft {' en '.join(te_veel)}.",
            "ALTER ROLE ... " + " ".join(f"NO{woord}" for woord in te_veel),
        )
    return goed("De rol van de dienst heeft geen bijzondere rechten.")


@controle(
    "rls", "Muur tussen gemeenten", "PostgreSQL zelf houdt rijen van een andere gemeente tegen, ook bij een fout."
)
def rls(f: Feiten) -> Uitslag:
    db = _postgis(f)
    if db is None:
        return niet_bekeken("Geldt alleen voor PostgreSQL.")
    if db.zonder_rls:
        return fout(
            f"{len(db.zonder_rls)} tabellen van gemeenten zonder FORCE ROW LEVEL SECURITY: "
            f"{', '.join(db.zonder_rls[:5])}{' ...' if len(db.zonder_rls) > 5 else ''}.",
            "Werk de database bij (start de dienst opnieuw) en wijzig beleid niet met de hand.",
        )
    return goed("Elke tabel van een gemeente heeft FORCE ROW LEVEL SECURITY.")


@controle("eigendom", "Eigendom in de database", "Wie meer bezit dan het eigen schema, kan ook daar schade doen.")
def eigendom(f: Feiten) -> Uitslag:
    db = _postgis(f)
    if db is None:
        return niet_bekeken("Geldt alleen voor PostgreSQL.")
    if db.vreemde_eigenaar:
        return fout(
            f"De rol bezit ook: {', '.join(db.vreemde_eigenaar[:5])}.",
            "Geef de dienst een eigen database en een eigen rol.",
        )
    if db.openbaar_schema_open:
        return let_op("Elke rol mag tabellen maken in het schema public.", "REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    missen = sorted(NODIGE_UITBREIDINGEN - db.uitbreidingen)
    if missen:
        return fout(f"Uitbreidingen ontbreken: {', '.join(missen)}.", f"CREATE EXTENSION {missen[0]}")
    return goed("De rol bezit alleen de eigen database, met de nodige uitbreidingen.")


@controle("verbinding", "Verbinding met de database", "Over het netwerk zonder TLS leest een ander alles mee.")
def verbinding(f: Feiten) -> Uitslag:
    db = _postgis(f)
    if db is None:
        return niet_bekeken("Geldt alleen voor PostgreSQL.")
    if not db.lokaal and not db.versleuteld:
        return fout(
            "De verbinding met de database gaat zonder TLS over het netwerk.",
            "Zet ?sslmode=verify-full&sslrootcert=... in INSPECTIES_DATABASE_URL.",
        )
    if db.zonder_wachtwoord and not db.lokaal:
        return fout("De database laat de dienst toe zonder wachtwoord.", "Zet scram-sha-256 in pg_hba.conf.")
    return goed("De verbinding blijft op deze machine." if db.lokaal else "De verbinding is versleuteld (TLS).")


@controle("backup", "Backup", "Zonder verse, hele backup is een kapotte schijf het einde van elk dossier.")
def backup(f: Feiten) -> Uitslag:
    maak = "Laat elke nacht lopen: inspecties backup MAP --houd 30"
    if not f.inst.backup_map:
        return fout("Niet bekend waar de backups staan.", f"Zet INSPECTIES_BACKUP_MAP op hun map. {maak}")
    if f.backup is None:
        return fout(f"In {f.inst.backup_map} staat geen hele backup.", maak)
    if f.backup.afwijking:
        return fout(
            f"De nieuwste backup is niet heel: {f.backup.afwijking}.",
            "Maak nu een nieuwe en kijk waarom deze niet heel is.",
        )
    uren = _uren(f, f.backup.moment)
    if uren > ELKE_UUR["backup"]:
        return fout(f"De nieuwste backup is {uren:.0f} uur oud.", maak)
    if f.backup.ontbreekt:
        return let_op(
            f"Bij de backup ontbraken {f.backup.ontbreekt} bestanden in de opslag.",
            "Kijk in de uitvoer van inspecties backup welke dat zijn.",
        )
    hoe = "elke hash klopt" if f.backup.grondig else "alle bestanden zijn er; met --grondig ook de inhoud"
    return goed(f"De nieuwste backup is {uren:.0f} uur oud: {hoe}.")


@controle("backup_elders", "Backup elders", "Brand of gijzelsoftware neemt ook de backups op dezelfde machine mee.")
def backup_elders(f: Feiten) -> Uitslag:
    herstel = "Kopieer de backups naar een andere plek en zet daarna: touch MAP/.elders"
    if ELDERS not in f.stempels:
        return fout("Er is geen teken dat de backups ook ergens anders staan.", herstel)
    uren = _uren(f, f.stempels[ELDERS])
    if uren > 7 * 24:
        return fout(f"De laatste kopie elders is {uren / 24:.0f} dagen oud.", herstel)
    if f.backup is not None and f.backup.eigen_schijf:
        return let_op("De backups staan hier op dezelfde schijf als de gegevens.", "Neem een andere schijf.")
    return goed(f"De laatste kopie elders is {uren:.0f} uur oud.")


@controle("herstelproef", "Herstelproef", "Een backup die nooit is teruggezet, is een vermoeden.")
def herstelproef(f: Feiten) -> Uitslag:
    herstel = "Zet elke maand een backup terug op een lege machine (zie de gids) en dan: touch MAP/.herstelproef"
    if PROEF not in f.stempels:
        return let_op("Er is nog geen herstelproef vastgelegd.", herstel)
    dagen = _uren(f, f.stempels[PROEF]) / 24
    if dagen > 35:
        return let_op(f"De laatste herstelproef is {dagen:.0f} dagen geleden.", herstel)
    return goed(f"De laatste herstelproef is {dagen:.0f} dagen geleden.")


def _gedraaid(f: Feiten, taak: str) -> Uitslag:
    opdracht = f"inspecties {taak}"
    if taak not in f.taken:
        return fout(f"{opdracht} is hier nog niet met succes gedraaid.", f"Laat elke nacht lopen: {opdracht}")
    uren = _uren(f, f.taken[taak])
    if uren > ELKE_UUR[taak]:
        return fout(
            f"{opdracht} is {uren:.0f} uur geleden voor het laatst gelukt.", f"Draai {opdracht} en kijk waarom."
        )
    return goed(f"{opdracht} is {uren:.0f} uur geleden gelukt.")


@controle("bewaartermijnen", "Bewaartermijnen", "Wat te lang blijft staan, mag er niet meer zijn (AVG 5, Wpg 8).")
def bewaartermijnen(f: Feiten) -> Uitslag:
    return _gedraaid(f, "bewaartermijnen")


@controle("auditketen", "Auditlogboek", "Een breuk in de keten betekent dat iemand aan het logboek zat.")
def auditketen(f: Feiten) -> Uitslag:
    if f.ketenbreuken:
        return fout(
            f"De keten is gebroken in: {', '.join(f.ketenbreuken)}.",
            "Zet de dienst stil, bewaar een kopie van de database en bel de FG en de CISO.",
        )
    return _gedraaid(f, "audit controleer")


def _laatste_kop(f: Feiten, plek: Bestemming) -> str:
    moment = f.koppen.get(plek.naam)
    return "nog nooit" if moment is None else f"{_uren(f, moment) * 60:.0f} minuten geleden"


@controle(
    "auditkop", "Kop van het logboek elders", "Wie de hele database herschrijft, kan dat zonder bewaarde kop ongemerkt."
)
def auditkop(f: Feiten) -> Uitslag:
    if not f.inst.audit_kop_naar:
        return fout(
            "De kop van het auditlogboek wordt nergens anders bewaard.",
            "Zet INSPECTIES_AUDIT_KOP_NAAR op een andere machine: syslog+tls, of een mailadres van de FG.",
        )
    if open_ := [plek.waar for plek in lees_bestemmingen(f.inst.audit_kop_naar) if plek.mee_te_lezen]:
        return fout(
            f"De kop van het auditlogboek gaat zonder TLS over het netwerk naar: {', '.join(open_)}.",
            "Gebruik syslog+tls://server:6514, of laat de syslog van deze machine (syslog:///dev/log) het doorsturen.",
        )
    plekken = lees_bestemmingen(f.inst.audit_kop_naar)
    grens = timedelta(minutes=f.inst.audit_kop_elke_min) + KOP_SPELING
    stil = [plek for plek in plekken if plek.naam not in f.koppen or f.nu - f.koppen[plek.naam] > grens]
    if stil:
        return let_op(
            f"Daar is geen verse kop, terwijl dat om de {f.inst.audit_kop_elke_min} minuten hoort: "
            + "; ".join(f"{plek.naam} ({_laatste_kop(f, plek)})" for plek in stil)
            + ".",
            "Draai inspecties audit kop: dat zegt welke plek niet aanneemt. Voor mail: kijk ook bij Wachtende mail.",
        )
    if all(plek.soort == "bestand" for plek in plekken):
        return let_op(
            "De kop van het auditlogboek gaat alleen naar een bestand.",
            "Stuur hem ook naar een andere machine (syslog+tls of mail), of haal het bestand elke nacht op.",
        )
    return goed("De kop is bewaard: " + "; ".join(f"{plek.naam} ({_laatste_kop(f, plek)})" for plek in plekken) + ".")


@controle("herinneringen", "Herinneringen", "Zonder herinnering verstrijkt een termijn ongemerkt.")
def herinneringen(f: Feiten) -> Uitslag:
    return _gedraaid(f, "herinner")


@controle("post", "Mail", "Uitnodigingen, termijnen en herstelkoppelingen gaan per mail.")
def post(f: Feiten) -> Uitslag:
    if not f.inst.smtp_url:
        return let_op("Er is geen mailserver ingesteld: mail blijft wachten.", "Zet INSPECTIES_SMTP_URL.")
    if f.inst.smtp_url.startswith("smtp://") and "tls=geen" in f.inst.smtp_url:
        return fout("Mail gaat zonder TLS naar de mailserver.", "Gebruik smtps:// of tls=starttls.")
    return goed("De mailserver is ingesteld, met TLS.")


@controle("virusscanner", "Virusscanner", "Een bestand van buiten kan schadelijk zijn voor wie het ophaalt en opent.")
def virusscanner(f: Feiten) -> Uitslag:
    if not f.inst.virusscanner:
        return let_op(
            "Er is geen virusscanner ingesteld: bestanden van anderen worden niet nagekeken.",
            "Installeer clamav-daemon en zet INSPECTIES_VIRUSSCANNER, zoals unix:/run/clamav/clamd.ctl.",
        )
    return goed("Elk ingestuurd bestand gaat eerst langs de virusscanner.")


@controle("mailrij", "Wachtende mail", "Mail die blijft liggen, merkt niemand: de ontvanger weet niet dat die er is.")
def mailrij(f: Feiten) -> Uitslag:
    if f.post is None:
        return GEEN_DATABASE
    if f.post.oudste_wachtend is not None and _uren(f, f.post.oudste_wachtend) > 4:
        return fout(
            f"De oudste mail wacht al {_uren(f, f.post.oudste_wachtend):.0f} uur.",
            "Kijk naar de mailserver; inspecties post verstuur probeert het nu.",
        )
    if f.post.mislukt:
        return let_op(f"{f.post.mislukt} mails zijn niet te bezorgen.", "Kijk bij Mail in de app welke adressen.")
    if f.post.laatst_verzonden is None:
        return let_op("Er is nog nooit een mail verzonden.", "Stuur uzelf een uitnodiging en kijk of die aankomt.")
    return goed(f"De laatste mail ging {_uren(f, f.post.laatst_verzonden):.0f} uur geleden weg; niets wacht te lang.")


@controle("beheerders", "Beheerders", "Een beheerder is te weinig bij ziekte; te veel is een groter doelwit.")
def beheerders(f: Feiten) -> Uitslag:
    if f.gebruikers is None:
        return GEEN_DATABASE
    geen = sorted(g for g, n in f.gebruikers.beheerders.items() if n == 0)
    anders = sorted(f"{g} ({n})" for g, n in f.gebruikers.beheerders.items() if n == 1 or n > 4)
    if not f.gebruikers.beheerders or geen:
        return fout(
            f"Geen beheerder in: {', '.join(geen) or 'de hele installatie'}.",
            "inspecties gebruiker toevoegen ... --rol beheerder",
        )
    if anders:
        return let_op(f"Een, of meer dan vier beheerders: {', '.join(anders)}.", "Houd twee tot vier beheerders.")
    return goed("Elke gemeente heeft twee tot vier beheerders.")


@controle("stille_accounts", "Stille accounts", "Een account dat niemand mist, valt bij misbruik niet op.")
def stille_accounts(f: Feiten) -> Uitslag:
    g = f.gebruikers
    if g is None:
        return GEEN_DATABASE
    if g.lang_weg or g.nooit_aangemeld:
        return let_op(
            f"Van {g.actief} accounts zijn er {g.lang_weg} langer dan 90 dagen niet gebruikt, "
            f"en {g.nooit_aangemeld} na 30 dagen nog nooit.",
            "Blokkeer ze bij Beheer, of met inspecties gebruiker blokkeren.",
        )
    return goed(f"Alle {g.actief} accounts zijn in gebruik.")


@controle(
    "tweede_factor", "Tweede factor", "Een gestolen wachtwoord alleen mag nergens toegang geven (BIO, ASVS 6.3.3)."
)
def tweede_factor(f: Feiten) -> Uitslag:
    g = f.gebruikers
    if g is None:
        return GEEN_DATABASE
    if g.zonder_factor:
        wie = ", ".join(f"{rol} ({n})" for rol, n in sorted(g.zonder_factor.items()))
        return fout(
            f"Accounts zonder tweede factor: {wie}.",
            "Laat ze inloggen: de app vraagt er dan om. Blokkeer wie dat niet doet.",
        )
    return goed("Elk account in gebruik heeft een tweede factor.")


@controle("herstelsleutel", "Herstelsleutel", "Zonder herstelsleutel is werk op een tablet zonder wachtzin verloren.")
def herstelsleutel(f: Feiten) -> Uitslag:
    g = f.gebruikers
    if g is None:
        return GEEN_DATABASE
    if g.zonder_herstelsleutel:
        return fout(
            f"Geen herstelsleutel in: {', '.join(g.zonder_herstelsleutel)}.",
            "inspecties herstelsleutel maak BESTAND --gemeente NAAM, en bewaar die in een kluis.",
        )
    return goed("Elke gemeente heeft een herstelsleutel.")
