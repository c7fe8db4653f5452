"""Each check of `inspecties doctor` can pass and can fail; an installation as the guide makes it passes them all."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from inspecties.core.s3plek import Emmerstand
from inspecties.dienst import dokter_cli
from inspecties.dienst.dokter import (
    REGISTER,
    Backupfeiten,
    Bestandsrecht,
    Databasefeiten,
    Feiten,
    Gebruikersfeiten,
    Lek,
    Lekkenlijst,
    Netfeiten,
    Oordeel,
    Postfeiten,
    Rest,
    Schijf,
    Stand,
    onderzoek,
)
from inspecties.dienst.dokter_regels import GIB, entropie_bits
from inspecties.dienst.dokter_regels_gegevens import ELKE_UUR
from inspecties.instellingen import Instellingen

assert dokter_cli
NU = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)
INST = Instellingen(
    data=Path("/var/lib/inspecties"),
    database_url="postgresql+psycopg:///inspecties",
    secret_key="".join(chr(33 + (i * 37) % 90) for i in range(64)),
    veldsleutels="k1:niet-gelezen",
    proxies=1,
    basisadres="https://inspecties.markerwaard.example",
    smtp_url="smtps://mail.markerwaard.example",
    virusscanner="unix:/run/clamav/clamd.ctl",
    backup_map="/var/backups/inspecties",
    audit_kop_naar="syslog+tls://log.markerwaard.example",
)
_LOG = "syslog log.markerwaard.example:6514 (tls)"
S3 = replace(INST, opslag="s3://emmer", s3_adres="https://s3.example")
DATABASE = Databasefeiten(
    "postgis",
    "15.8",
    "3.3",
    "0021",
    "0021",
    verschil_s=0.01,
    uitbreidingen=frozenset({"postgis", "pg_trgm", "btree_gist"}),
)
MENSEN = Gebruikersfeiten(beheerders={"Markerwaard": 2}, actief=9)
NET = Netfeiten(
    verloopt=NU + timedelta(days=60), tls="TLSv1.3", hsts="max-age=31536000", server="nginx", verschil_s=0.2
)
PIP = Lekkenlijst("pip.json", NU - timedelta(days=2))
BACKUP = Backupfeiten(NU - timedelta(hours=3))
VOL = Schijf("gegevens", "/var/lib/inspecties", 50 * GIB, 100 * GIB, 900, 1000)
GOED = Feiten(
    nu=NU,
    inst=INST,
    versie="1.0",
    stand=Stand(1, "127.0.0.1", "1.0"),
    schijven=(VOL,),
    rechten=(Bestandsrecht("/var/lib/inspecties", 0o700), Bestandsrecht("/etc/inspecties/inspecties.env", 0o640)),
    database=DATABASE,
    backup=BACKUP,
    stempels={"elders": NU - timedelta(hours=5), "herstelproef": NU - timedelta(days=9)},
    taken=dict.fromkeys(ELKE_UUR, NU - timedelta(hours=2)),
    post=Postfeiten(laatst_verzonden=NU - timedelta(hours=1)),
    gebruikers=MENSEN,
    ketenbreuken=(),
    security_txt=NU + timedelta(days=100),
    slotdag=(NU - timedelta(days=9)).date(),
    net=NET,
    tijd_gelijk=True,
    koppen={_LOG: NU - timedelta(minutes=20)},
    lekken=(PIP, replace(PIP, naam="npm.json")),
)
F, L, N, G = Oordeel.FOUT, Oordeel.LET_OP, Oordeel.NIET_BEKEKEN, Oordeel.GOED


def _inst(**anders: Any) -> dict[str, Any]:
    return {"inst": replace(INST, **anders)}


def _db(**anders: Any) -> dict[str, Any]:
    return {"database": replace(DATABASE, **anders)}


def _taak_oud(taak: str) -> dict[str, Any]:
    return {"taken": GOED.taken | {taak: NU - timedelta(hours=ELKE_UUR[taak] + 1)}}  # type: ignore[operator]  # a dict


# code, how it ends, what is different, and a piece of what it says then.
GEVALLEN: list[tuple[str, Oordeel, dict[str, Any], str]] = [
    ("objectopslag", F, {"inst": replace(INST, opslag="s3://e", s3_adres="http://s3.example")}, "zonder https"),
    ("objectopslag", F, {"inst": S3, "emmer": Emmerstand(fout="weigert de toegang")}, "weigert de toegang"),
    ("objectopslag", N, {"inst": S3}, "nu niet gevraagd"),
    ("objectopslag", G, {"inst": S3, "emmer": Emmerstand()}, "https://s3.example antwoordt"),
    ("emmer", F, {"inst": S3, "emmer": Emmerstand(openbaar=True, versleuteld=True)}, "Wie geen sleutel heeft"),
    ("emmer", F, {"inst": S3, "emmer": Emmerstand(versies=True, versies_te_zien=False)}, "vernietigen lukt dan niet"),
    ("emmer", L, {"inst": S3, "emmer": Emmerstand(versleuteld=False)}, "versleutelt niet"),
    ("emmer", L, {"inst": S3, "emmer": Emmerstand()}, "zegt niet"),
    ("emmer", N, {"inst": S3, "emmer": Emmerstand(fout="weg")}, "nu niet gevraagd"),
    ("emmer", G, {"inst": S3, "emmer": Emmerstand(versleuteld=True, versies=True)}, "besloten en versleuteld"),
    ("debug", F, {"debug": True}, "staat aan"),
    ("demo", F, _inst(demo=True), "demo"),
    ("geheim", F, _inst(secret_key=""), "korter dan 32"),
    ("geheim", F, _inst(secret_key="ab" * 30), "te raden"),
    ("geheim", F, _inst(secret_key="Wachtwoord" + INST.secret_key), "te raden"),
    ("veldsleutels", L, _inst(veldsleutels=" "), "volgen uit het geheim"),
    ("oude_sleutels", L, {"oude_sleutels": {"k0": 12}}, "k0 (12)"),
    ("oude_sleutels", N, {"database": None}, "antwoordde niet"),
    ("basisadres", L, _inst(basisadres=""), "leeg"),
    ("basisadres", F, _inst(basisadres="http://localhost:8000"), "zonder https"),
    ("proxies", F, _inst(proxies=0), "INSPECTIES_PROXIES is 0"),
    ("proxies", F, {"stand": Stand(1, "0.0.0.0", "1.0")}, "0.0.0.0"),
    ("proxies", N, {"stand": None}, "nog niet gestart"),
    ("werkers", F, _inst(database_url="") | {"stand": Stand(4, "127.0.0.1", "1.0")}, "SQLite"),
    ("werkers", F, {"stand": Stand(4, "127.0.0.1", "1.0")}, "in het geheugen"),
    ("versie", F, {"versie": "1.1"}, "gestart met versie 1.0"),
    ("logniveau", L, _inst(log_niveau="DEBUG"), "DEBUG"),
    ("sessies", L, _inst(sessie_stil_min=600), "600 minuten"),
    ("sessies", L, _inst(sessie_max_uur=13), "13 uur"),
    ("rechten", F, {"rechten": (Bestandsrecht("/etc/inspecties/inspecties.env", 0o644),)}, "inspecties.env"),
    ("rechten", F, {"rechten": (Bestandsrecht("/var/lib/inspecties", 0o770),)}, "/var/lib/inspecties"),
    ("rechten", L, {"rechten": (Bestandsrecht("/var/lib/inspecties", 0o700, van_ons=False),)}, "Niet van de gebruiker"),
    ("schijf", F, {"schijven": (replace(VOL, vrij=GIB),)}, "1.0 GB vrij"),
    ("schijf", F, {"schijven": (replace(VOL, inodes_vrij=10),)}, "inodes"),
    ("schijf", L, {"schijven": (replace(VOL, vrij=12 * GIB),)}, "Wordt vol"),
    ("schijf", N, {"schijven": ()}, "nog niet"),
    ("onderdelen", F, {"slotdag": (NU - timedelta(days=91)).date()}, "91 dagen oud"),
    ("onderdelen", L, {"slotdag": None}, "niet te lezen"),
    ("lekken", L, {"lekken": ()}, "de map is leeg"),
    ("lekken", L, {"lekken": (PIP, Lekkenlijst("npm.json"))}, "geen lijst van bekende lekken: npm.json"),
    ("lekken", F, {"lekken": (PIP, Lekkenlijst("npm.json", NU - timedelta(days=9)))}, "9 dagen oud"),
    ("lekken", F, {"lekken": (PIP, Lekkenlijst("npm.json", onleesbaar="ValueError"))}, "Niet te lezen: npm.json"),
    (
        "lekken",
        F,
        {"lekken": (replace(PIP, lekken=(Lek("flask 0.5", "PYSEC-2019-179"),)), Lekkenlijst("npm.json"))},
        "1 met een bekend lek: flask 0.5 (PYSEC-2019-179).",
    ),
    ("lekken", F, {"lekken": (replace(PIP, lekken=(Lek("x 1", "A"),) * 7),)}, "en nog 2"),
    ("security_txt", F, {"security_txt": None}, "einddatum"),
    ("security_txt", F, {"security_txt": NU + timedelta(days=3)}, "verloopt"),
    ("tls", N, {"net": None}, "--net"),
    ("tls", F, {"net": Netfeiten(fout="ConnectionRefusedError")}, "ConnectionRefusedError"),
    ("tls", F, {"net": replace(NET, tls="TLSv1.1")}, "TLSv1.1"),
    ("tls", F, {"net": replace(NET, hsts="")}, "HSTS ontbreekt"),
    ("tls", L, {"net": replace(NET, server="nginx/1.22.1")}, "nginx/1.22.1"),
    ("certificaat", F, {"net": replace(NET, verloopt=NU + timedelta(days=6))}, "binnen een week"),
    ("certificaat", F, {"net": replace(NET, verloopt=None)}, "binnen een week"),
    ("certificaat", L, {"net": replace(NET, verloopt=NU + timedelta(days=20))}, "11-12-2026"),
    ("klok", F, _db(verschil_s=-90.0), "-90 s met de databaseserver"),
    ("klok", F, {"net": replace(NET, verschil_s=7.0)}, "+7 s met de site"),
    ("klok", F, {"tijd_gelijk": False}, "Niets houdt de klok"),
    ("klok", F, {"tijd_gelijk": None} | _db(verschil_s=-90.0), "-90 s"),
    ("klok", L, {"tijd_gelijk": None}, "is niet te zien"),
    ("klok", G, _db(verschil_s=None) | {"net": None}, "De klok van deze machine wordt gelijk gehouden."),
    ("klok", G, {}, "Hij loopt gelijk met de databaseserver en de site."),
    ("database", F, {"database": None, "databasefout": "OperationalError"}, "OperationalError"),
    ("database", L, _db(soort="spatialite"), "SQLite-bestand"),
    ("migraties", F, _db(migratie="0018"), "staat op 0018"),
    ("migraties", F, _db(modelverschil="3 verschillen"), "3 verschillen"),
    ("databaserol", F, _db(superuser=True), "SUPERUSER"),
    ("databaserol", F, _db(bypassrls=True), "BYPASSRLS"),
    ("databaserol", F, _db(mag_rollen_maken=True), "CREATEROLE"),
    ("rls", F, _db(zonder_rls=("signaal", "dossier")), "signaal, dossier"),
    ("eigendom", F, _db(vreemde_eigenaar=("database wegen",)), "database wegen"),
    ("eigendom", L, _db(openbaar_schema_open=True), "public"),
    ("eigendom", F, _db(uitbreidingen=frozenset({"postgis"})), "btree_gist, pg_trgm"),
    ("verbinding", F, _db(lokaal=False, versleuteld=False), "zonder TLS"),
    ("verbinding", F, _db(lokaal=False, zonder_wachtwoord=True), "zonder wachtwoord"),
    ("backup", F, _inst(backup_map=""), "Niet bekend"),
    ("backup", F, {"backup": None}, "geen hele backup"),
    ("backup", F, {"backup": replace(BACKUP, moment=NU - timedelta(hours=40))}, "40 uur oud"),
    ("backup", F, {"backup": replace(BACKUP, afwijking="database.dump ontbreekt")}, "database.dump ontbreekt"),
    ("backup", L, {"backup": replace(BACKUP, ontbreekt=2)}, "ontbraken 2"),
    ("backup_elders", F, {"stempels": {}}, "geen teken"),
    ("backup_elders", F, {"stempels": {"elders": NU - timedelta(days=8)}}, "8 dagen oud"),
    ("backup_elders", L, {"backup": replace(BACKUP, eigen_schijf=True)}, "dezelfde schijf"),
    ("herstelproef", L, {"stempels": {}}, "geen herstelproef"),
    ("herstelproef", L, {"stempels": {"herstelproef": NU - timedelta(days=36)}}, "36 dagen"),
    ("bewaartermijnen", F, {"taken": {}}, "nog niet met succes"),
    ("bewaartermijnen", F, _taak_oud("bewaartermijnen"), "37 uur geleden"),
    ("auditketen", F, {"ketenbreuken": ("Markerwaard",)}, "gebroken in: Markerwaard"),
    ("auditketen", F, _taak_oud("audit controleer"), "37 uur geleden"),
    ("auditkop", F, _inst(audit_kop_naar=""), "nergens anders"),
    (
        "auditkop",
        F,
        _inst(audit_kop_naar="mail:fg@x.nl,syslog+tcp://log.x.nl:601"),
        "zonder TLS over het netwerk naar: log.x.nl",
    ),
    ("auditkop", F, _inst(audit_kop_naar="syslog://10.0.0.9"), "zonder TLS over het netwerk naar: 10.0.0.9"),
    (
        "auditkop",
        L,
        _inst(audit_kop_naar="bestand:/srv/k.jsonl") | {"koppen": {"bestand /srv/k.jsonl": NU}},
        "alleen naar een bestand",
    ),
    ("auditkop", L, {"koppen": {}}, "syslog log.markerwaard.example:6514 (tls) (nog nooit)"),
    ("auditkop", L, {"koppen": {_LOG: NU - timedelta(minutes=71)}}, "om de 60 minuten hoort"),
    ("auditkop", G, {"koppen": {_LOG: NU - timedelta(minutes=69)}}, "(69 minuten geleden)"),
    ("auditkop", G, _inst(audit_kop_elke_min=1440) | {"koppen": {_LOG: NU - timedelta(hours=23)}}, "1380 minuten"),
    (
        "auditkop",
        L,
        _inst(audit_kop_naar=f"{INST.audit_kop_naar},mail:fg@x.nl,syslog:///dev/log")
        | {"koppen": {_LOG: NU, "mail fg@x.nl": NU - timedelta(hours=5), "syslog /dev/log": NU}},
        "minuten hoort: mail fg@x.nl (300 minuten geleden).",
    ),
    (
        "resten",
        F,
        {"resten": (Rest("half_herstel", "/d"), Rest("oud", "/d/o"))},
        "halverwege is gestopt (/d); een data",
    ),
    ("resten", L, {"resten": (Rest("backup", "/b/.bezig-1"),)}, "Er ligt nog: een halve backup (/b/.bezig-1)."),
    (
        "resten",
        L,
        {"resten": tuple(Rest("upload", f"/u{n}") for n in range(5))},
        "5 foto's die nooit heel aankwamen (/u0",
    ),
    ("herinneringen", F, _taak_oud("herinner"), "37 uur geleden"),
    ("post", L, _inst(smtp_url=""), "geen mailserver"),
    ("post", F, _inst(smtp_url="smtp://mail.markerwaard.example?tls=geen"), "zonder TLS"),
    ("virusscanner", L, _inst(virusscanner=""), "geen virusscanner"),
    ("mailrij", F, {"post": Postfeiten(oudste_wachtend=NU - timedelta(hours=9))}, "wacht al 9 uur"),
    ("mailrij", L, {"post": Postfeiten(mislukt=3)}, "3 mails"),
    ("mailrij", L, {"post": Postfeiten()}, "nog nooit"),
    ("mailrij", N, {"post": None}, "antwoordde niet"),
    ("beheerders", F, {"gebruikers": replace(MENSEN, beheerders={"Markerwaard": 2, "Houtribdijk": 0})}, "Houtribdijk"),
    ("beheerders", F, {"gebruikers": replace(MENSEN, beheerders={})}, "hele installatie"),
    ("beheerders", L, {"gebruikers": replace(MENSEN, beheerders={"Markerwaard": 1})}, "Markerwaard (1)"),
    ("beheerders", L, {"gebruikers": replace(MENSEN, beheerders={"Markerwaard": 5})}, "Markerwaard (5)"),
    ("stille_accounts", L, {"gebruikers": replace(MENSEN, lang_weg=2, nooit_aangemeld=1)}, "zijn er 2"),
    ("tweede_factor", F, {"gebruikers": replace(MENSEN, zonder_factor={"jurist": 1})}, "jurist (1)"),
    ("herstelsleutel", F, {"gebruikers": replace(MENSEN, zonder_herstelsleutel=("Houtribdijk",))}, "Houtribdijk"),
    ("herstelsleutel", N, {"gebruikers": None}, "antwoordde niet"),
]


def test_een_installatie_zoals_de_gids_hem_maakt_is_in_orde() -> None:
    assert [(b.code, b.oordeel, b.wat) for b in onderzoek(GOED) if b.oordeel is not Oordeel.GOED] == []


def test_elke_controle_kan_misgaan() -> None:
    mis = {code for code, oordeel, _, _ in GEVALLEN if oordeel in {F, L}}
    assert mis == set(REGISTER)


@pytest.mark.parametrize(("code", "oordeel", "anders", "tekst"), GEVALLEN)
def test_geval(code: str, oordeel: Oordeel, anders: dict[str, Any], tekst: str) -> None:
    bevinding = next(b for b in onderzoek(replace(GOED, **anders)) if b.code == code)
    assert bevinding.oordeel is oordeel
    assert tekst in bevinding.wat
    if oordeel in {F, L}:
        assert bevinding.waarom
        assert bevinding.herstel


@pytest.mark.parametrize(
    "leeg", [{"database": None, "post": None, "gebruikers": None}, {"backup": None}, {"net": None}]
)
def test_zonder_antwoord_breekt_niets(leeg: dict[str, Any]) -> None:
    assert len(onderzoek(replace(GOED, **leeg))) == len(REGISTER)


def test_geen_bevinding_noemt_een_geheim() -> None:
    anders = replace(
        GOED,
        inst=replace(INST, smtp_url="smtps://dienst:kanarie@mail.example", veldsleutels="k1:kanarie-sleutel"),
    )
    for b in onderzoek(anders):
        tekst = f"{b.wat} {b.waarom} {b.herstel}"
        assert "kanarie" not in tekst
        assert INST.secret_key not in tekst


def test_entropie() -> None:
    assert entropie_bits("") == 0
    assert entropie_bits("a" * 64) == 0
    assert entropie_bits("ab" * 32) == 64
    assert entropie_bits(INST.secret_key) > 300
