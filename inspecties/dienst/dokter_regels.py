"""Checks of settings, keys, files and disk: pure functions of what was found out."""

import math
import stat
from collections import Counter
from datetime import timedelta
from urllib.parse import urlsplit

from inspecties.dienst.dokter import Feiten, Uitslag, controle, fout, goed, let_op, niet_bekeken

GIB = 1024**3
VRIJ_FOUT, VRIJ_LET_OP = 0.05, 0.15
VRIJ_MINSTENS = 2 * GIB
# What people fill in when they only want it to start.
VERKLIKKERS = ("changeme", "geheim", "secret", "wachtwoord", "password", "inspecties", "voorbeeld", "vul_hier", "1234")
MINSTE_BITS = 128
# As config/productie/README.md says under "Bijhouden".
SLOT_DAGEN = 90
HOUD_GELIJK = "Zet tijdsynchronisatie aan: timedatectl set-ntp true"
ALLEEN_NET = niet_bekeken("Alleen met --net, en als de site te bereiken is.")


def entropie_bits(tekst: str) -> float:
    """An upper bound for what is in it: Shannon's entropy of its characters, times its length."""
    aantal = len(tekst)
    return -sum(n * math.log2(n / aantal) for n in Counter(tekst).values()) if aantal else 0.0


def _eigen_machine(host: str) -> bool:
    return host in {"127.0.0.1", "localhost", "::1", ""} or host.startswith("unix:")


@controle("debug", "Foutzoekstand", "In de foutzoekstand kan wie een fout veroorzaakt code uitvoeren op de server.")
def debug(f: Feiten) -> Uitslag:
    if f.debug:
        return fout("De foutzoekstand van Flask staat aan.", "Haal FLASK_DEBUG weg en start zonder --ontwikkel.")
    return goed("De foutzoekstand staat uit.")


@controle("demo", "Demo", "De demo heeft bekende accounts en dwingt geen tweede factor af.")
def demo(f: Feiten) -> Uitslag:
    if f.inst.demo:
        return fout(
            "Deze installatie is een demo.", "Begin met een lege datamap, zonder --demo en zonder INSPECTIES_DEMO."
        )
    return goed("Dit is geen demo.")


@controle("geheim", "Geheim", "Met het geheim maakt iemand een sessie van wie hij maar wil.")
def geheim(f: Feiten) -> Uitslag:
    sleutel = f.inst.secret_key
    herstel = "Maak een nieuw geheim: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
    if len(sleutel) < 32:
        return fout("INSPECTIES_SECRET_KEY ontbreekt of is korter dan 32 tekens.", herstel)
    if any(woord in sleutel.lower() for woord in VERKLIKKERS) or entropie_bits(sleutel) < MINSTE_BITS:
        return fout("INSPECTIES_SECRET_KEY is te raden: een woord, of te weinig verschillende tekens.", herstel)
    return goed(f"Het geheim heeft {len(sleutel)} willekeurige tekens.")


@controle(
    "veldsleutels",
    "Veldsleutels",
    "Melders en betrokkenen staan versleuteld. Zonder eigen sleutels kan het geheim niet meer veranderen.",
)
def veldsleutels(f: Feiten) -> Uitslag:
    if not f.inst.veldsleutels.strip():
        return let_op(
            "De sleutels van versleutelde velden volgen uit het geheim.",
            "Zet INSPECTIES_VELDSLEUTELS voordat er gegevens in staan, en bewaar ze apart van de backups.",
        )
    return goed("De sleutels van versleutelde velden zijn apart ingesteld.")


@controle(
    "oude_sleutels", "Oude sleutels", "Wat nog met een oude sleutel is versleuteld, is leesbaar voor wie die heeft."
)
def oude_sleutels(f: Feiten) -> Uitslag:
    if f.database is None:
        return niet_bekeken("De database antwoordde niet.")
    if f.oude_sleutels:
        hoe = ", ".join(f"{naam} ({aantal})" for naam, aantal in sorted(f.oude_sleutels.items()))
        return let_op(
            f"Er zijn nog velden met een oude sleutel: {hoe}.",
            "Versleutel ze opnieuw met de nieuwste sleutel. Houd de oude tot die nergens meer in gebruik is.",
        )
    return goed("Alle versleutelde velden gebruiken de nieuwste sleutel.")


@controle("basisadres", "Adres van de site", "Links in mails wijzen hierheen; over http leest iedereen onderweg mee.")
def basisadres(f: Feiten) -> Uitslag:
    herstel = "Zet INSPECTIES_BASISADRES op het adres met https:// waar gebruikers heen gaan."
    if not f.inst.basisadres:
        return let_op("INSPECTIES_BASISADRES is leeg: mails hebben geen link.", herstel)
    if urlsplit(f.inst.basisadres).scheme != "https":
        return fout(f"De site staat op {f.inst.basisadres}, zonder https.", herstel)
    return goed(f"De site staat op {f.inst.basisadres}.")


@controle(
    "proxies", "Proxy", "Een verkeerd aantal maakt dat iedereen hetzelfde adres heeft, of het zelf kan verzinnen."
)
def proxies(f: Feiten) -> Uitslag:
    if f.stand is None:
        return niet_bekeken("De dienst is hier nog niet gestart.", "Start de dienst en kijk daarna weer.")
    binnen = _eigen_machine(f.stand.host)
    if binnen and f.inst.proxies == 0:
        return fout(
            "De dienst luistert alleen op deze machine, maar INSPECTIES_PROXIES is 0.",
            "Zet INSPECTIES_PROXIES=1 als er een proxy voor staat; anders telt elke poging voor hetzelfde adres.",
        )
    if not binnen:
        return fout(
            f"De dienst luistert op {f.stand.host}: wie daarbij kan, gaat om de proxy met TLS heen.",
            "Start met --host 127.0.0.1 en laat de proxy doorsturen.",
        )
    return goed(f"De dienst luistert op {f.stand.host}, achter {f.inst.proxies} proxy.")


@controle("werkers", "Serverprocessen", "SQLite heeft een schrijver; tellers in het geheugen zijn er een per proces.")
def werkers(f: Feiten) -> Uitslag:
    aantal = f.stand.werkers if f.stand else 1
    if aantal > 1 and not f.inst.is_postgis:
        return fout(f"{aantal} serverprocessen op SQLite.", "Start met --werkers 1, of ga over op PostgreSQL.")
    if aantal > 1 and f.inst.limiet_opslag.startswith("memory:"):
        return fout(
            f"Pogingen worden in het geheugen geteld, maar er zijn {aantal} serverprocessen.",
            "Zet INSPECTIES_LIMIET_OPSLAG op redis://..., of start met --werkers 1.",
        )
    return goed(f"{aantal} serverproces{'sen' if aantal > 1 else ''}, en de tellers passen daarbij.")


@controle("versie", "Versie", "Na het bijwerken draait de oude versie door tot de dienst opnieuw start.")
def versie(f: Feiten) -> Uitslag:
    if f.stand is not None and f.stand.versie != f.versie:
        return fout(
            f"De dienst is gestart met versie {f.stand.versie}, maar {f.versie} staat op de schijf.",
            "Start de dienst opnieuw.",
        )
    return goed(f"Versie {f.versie}.")


@controle(
    "logniveau", "Logboek", "Een te druk logboek kan gegevens van bibliotheken bevatten; een te stil laat niets na."
)
def logniveau(f: Feiten) -> Uitslag:
    if f.inst.log_niveau not in {"INFO", "WARNING"}:
        return let_op(f"Het logboek staat op {f.inst.log_niveau}.", "Zet INSPECTIES_LOG_NIVEAU op INFO.")
    return goed(f"Het logboek staat op {f.inst.log_niveau}.")


@controle("sessies", "Sessies", "Een vergeten scherm moet vanzelf dicht (BIO, ASVS 7.3).")
def sessies(f: Feiten) -> Uitslag:
    if f.inst.sessie_stil_min > 60 or f.inst.sessie_max_uur > 12:
        return let_op(
            f"Een sessie eindigt na {f.inst.sessie_stil_min} minuten stilte of {f.inst.sessie_max_uur} uur.",
            "Houd INSPECTIES_SESSIE_STIL_MIN op 60 of minder en INSPECTIES_SESSIE_MAX_UUR op 12 of minder.",
        )
    return goed(f"Een sessie eindigt na {f.inst.sessie_stil_min} minuten stilte, en na {f.inst.sessie_max_uur} uur.")


@controle("rechten", "Rechten van bestanden", "Andere gebruikers van deze machine mogen sleutels en foto's niet lezen.")
def rechten(f: Feiten) -> Uitslag:
    open_ = [r.pad for r in f.rechten if r.rechten & (stat.S_IRWXG | stat.S_IRWXO) & ~stat.S_IRGRP & ~stat.S_IXGRP]
    vreemd = [r.pad for r in f.rechten if not r.van_ons]
    if open_:
        return fout(
            f"Anderen kunnen bij: {', '.join(open_)}.",
            f"chmod o-rwx,g-w {' '.join(open_)}",
        )
    if vreemd:
        return let_op(f"Niet van de gebruiker van de dienst: {', '.join(vreemd)}.", f"chown {' '.join(vreemd)}")
    return goed(f"{len(f.rechten)} bestanden en mappen zijn afgeschermd.")


@controle("schijf", "Schijfruimte", "Een volle schijf neemt geen veldwerk meer aan.")
def schijf(f: Feiten) -> Uitslag:
    herstel = "Maak ruimte of vergroot de schijf."
    vol = [s for s in f.schijven if s.vrij < max(s.totaal * VRIJ_FOUT, min(VRIJ_MINSTENS, s.totaal / 2))]
    krap = [s for s in f.schijven if s.vrij < s.totaal * VRIJ_LET_OP]
    inodes = [s for s in f.schijven if s.inodes_totaal and s.inodes_vrij < s.inodes_totaal * VRIJ_FOUT]
    if vol:
        return fout(f"Bijna vol: {', '.join(f'{s.naam} ({s.vrij / GIB:.1f} GB vrij)' for s in vol)}.", herstel)
    if inodes:
        return fout(f"Bijna geen plaats voor nieuwe bestanden: {', '.join(s.naam for s in inodes)} (inodes).", herstel)
    if krap:
        return let_op(f"Wordt vol: {', '.join(f'{s.naam} ({s.vrij / GIB:.1f} GB vrij)' for s in krap)}.", herstel)
    if not f.schijven:
        return niet_bekeken("De mappen zijn er nog niet.")
    return goed(", ".join(f"{s.naam}: {s.vrij / GIB:.0f} GB vrij" for s in f.schijven) + ".")


@controle("onderdelen", "Onderdelen", "Een oude versie van een pakket kan een lek hebben dat iedereen kent.")
def onderdelen(f: Feiten) -> Uitslag:
    if f.slotdag is None:
        return let_op("Van welke dag de versies zijn, is niet te lezen.", "Draai: make vernieuw en make test")
    dagen = (f.nu.date() - f.slotdag).days
    if dagen > SLOT_DAGEN:
        return fout(
            f"De vastgelegde versies zijn {dagen} dagen oud; hoogstens {SLOT_DAGEN} is afgesproken.",
            "Neem de nieuwste versie van Inspecties, of draai make vernieuw en make test.",
        )
    return goed(f"De vastgelegde versies zijn {dagen} dagen oud.")


@controle("security_txt", "security.txt", "Wie een lek vindt, moet het kunnen melden (RFC 9116, internet.nl).")
def security_txt(f: Feiten) -> Uitslag:
    herstel = "Kijk op /.well-known/security.txt waarom Expires ontbreekt of voorbij is."
    if f.security_txt is None:
        return fout("security.txt heeft geen leesbare einddatum.", herstel)
    if f.security_txt <= f.nu + timedelta(days=14):
        return fout("security.txt verloopt binnen twee weken.", herstel)
    return goed(f"security.txt geldt tot {f.security_txt:%d-%m-%Y}.")


@controle("tls", "TLS en HSTS", "Met een oud protocol of zonder HSTS leest iemand onderweg mee.")
def tls(f: Feiten) -> Uitslag:
    if f.net is None:
        return ALLEEN_NET
    if f.net.fout:
        return fout(f"De site is vanaf hier niet goed te bereiken: {f.net.fout}.", "Kijk naar proxy en certificaat.")
    if f.net.tls not in {"TLSv1.2", "TLSv1.3"}:
        return fout(f"De proxy spreekt {f.net.tls}.", "Sta alleen TLS 1.2 en 1.3 toe.")
    if "max-age=" not in f.net.hsts:
        return fout("HSTS ontbreekt.", "Geef Strict-Transport-Security door in de proxy.")
    if any(teken.isdigit() for teken in f.net.server):
        return let_op(f"De proxy noemt zijn versie ({f.net.server}).", "Zet server_tokens off in nginx.")
    return goed(f"De proxy spreekt {f.net.tls}, met HSTS.")


@controle("certificaat", "Certificaat", "Met een verlopen certificaat verzendt geen tablet meer.")
def certificaat(f: Feiten) -> Uitslag:
    if f.net is None or f.net.fout:
        return ALLEEN_NET
    if f.net.verloopt is None or f.net.verloopt <= f.nu + timedelta(days=7):
        return fout("Het certificaat verloopt binnen een week.", "Vernieuw het certificaat en herlaad de proxy.")
    if f.net.verloopt <= f.nu + timedelta(days=21):
        return let_op(f"Het certificaat verloopt op {f.net.verloopt:%d-%m-%Y}.", "Kijk of het zich vanzelf vernieuwt.")
    return goed(f"Het certificaat is geldig tot {f.net.verloopt:%d-%m-%Y}.")


@controle("klok", "Klok", "Termijnen, eenmalige codes en het auditlogboek rekenen op de juiste tijd.")
def klok(f: Feiten) -> Uitslag:
    bronnen = {
        "de databaseserver": f.database.verschil_s if f.database else None,
        "de site": f.net.verschil_s if f.net else None,
    }
    gemeten = {bron: s for bron, s in bronnen.items() if s is not None}
    fouten = {bron: s for bron, s in gemeten.items() if abs(s) > 5}
    if fouten:
        hoe = ", ".join(f"{s:+.0f} s met {bron}" for bron, s in fouten.items())
        return fout(f"De klok verschilt: {hoe}.", HOUD_GELIJK)
    if f.tijd_gelijk is False:
        return fout("Niets houdt de klok van deze machine gelijk.", HOUD_GELIJK)
    if f.tijd_gelijk is None:
        return let_op(
            "Of iets de klok van deze machine gelijk houdt, is niet te zien: timedatectl en chronyc antwoorden niet.",
            "Installeer chrony of systemd-timesyncd. In een container: kijk op de machine eronder, met timedatectl.",
        )
    met = f" Hij loopt gelijk met {' en '.join(gemeten)}." if gemeten else ""
    return goed(f"De klok van deze machine wordt gelijk gehouden.{met}")
