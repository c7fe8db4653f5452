"""The production guide and its files speak of what exists: every command, option, setting, unit and path is checked."""

import configparser
import re
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest

from inspecties.cli import groep
from inspecties.instellingen import Instellingen

WORTEL = Path(__file__).parents[3]
PRODUCTIE = WORTEL / "config" / "productie"
BESTANDEN = [*sorted(p for p in PRODUCTIE.rglob("*") if p.is_file()), WORTEL / "README.md"]
INSTELLINGEN = {f"INSPECTIES_{f.name.upper()}" for f in fields(Instellingen)} | {
    "INSPECTIES_CONFIG",
    "INSPECTIES_PYTHON",
}
EENHEDEN = {p.name for p in (PRODUCTIE / "systemd").iterdir()}
_OPDRACHT = re.compile(r"(?:(?<=`)|(?<=exec \")|/bin/|[\"$])inspecties\"? +([^`|\n;]+)")


def opdrachten(tekst: str) -> Iterator[list[str]]:
    """The words after `inspecties` of every command line."""
    for regel in tekst.splitlines():
        if regel.lstrip().startswith("#") and "`inspecties" not in regel:
            continue
        for gevonden in _OPDRACHT.finditer(regel):
            try:
                woorden = shlex.split(gevonden[1].replace("\\", ""), comments=True)
            except ValueError:
                continue
            if woorden and re.fullmatch(r"[a-z-]+", woorden[0]):
                yield woorden


def wat_is_er_mis(woorden: list[str]) -> str:
    """'' where click knows this command and its options, by walking the tree without running anything."""
    opdracht: click.Command = groep
    pad = ["inspecties"]
    rest = list(woorden)
    while isinstance(opdracht, click.Group):
        if not rest or rest[0].startswith("-"):
            return ""
        volgende = opdracht.get_command(click.Context(opdracht), rest[0])
        if volgende is None:
            return f"{' '.join([*pad, rest[0]])}: bestaat niet"
        opdracht = volgende
        pad.append(rest.pop(0))
    bekend = {naam for deel in opdracht.params for naam in (*deel.opts, *deel.secondary_opts)} | {"--data", "--help"}
    fout = [w for w in rest if w.startswith("-") and w.split("=")[0] not in bekend]
    return f"{' '.join(pad)}: {', '.join(fout)}" if fout else ""


@pytest.mark.parametrize("pad", BESTANDEN, ids=lambda p: p.relative_to(WORTEL).as_posix())
def test_elke_opdracht_en_instelling_bestaat(pad: Path) -> None:
    tekst = pad.read_text("utf-8")
    assert [mis for woorden in opdrachten(tekst) if (mis := wat_is_er_mis(woorden))] == []
    genoemd = set(re.findall(r"\bINSPECTIES_[A-Z0-9_]+\b", tekst))
    assert genoemd - INSTELLINGEN == set()


def test_er_wordt_gekeken() -> None:
    gids = (PRODUCTIE / "README.md").read_text("utf-8")
    gevonden = {tuple(w[:2]) for w in opdrachten(gids)}
    assert {("backup", "/var/backups/inspecties"), ("audit", "controleer"), ("herstelsleutel", "maak")} <= gevonden
    assert {w[0] for w in opdrachten((PRODUCTIE / "taak.sh").read_text("utf-8"))} >= {"backup", "doctor", "herinner"}
    assert wat_is_er_mis(["backup", "x", "--onzin"]) == "inspecties backup: --onzin"
    assert wat_is_er_mis(["herstelsleutel", "onzin"]) == "inspecties herstelsleutel onzin: bestaat niet"
    assert wat_is_er_mis(["onzin"]) == "inspecties onzin: bestaat niet"


@pytest.mark.parametrize("pad", BESTANDEN, ids=lambda p: p.relative_to(WORTEL).as_posix())
def test_elk_pad_en_elke_eenheid_bestaat(pad: Path) -> None:
    tekst = pad.read_text("utf-8")
    for gevonden in re.findall(
        r"(?:/opt/inspecties/|(?<![\w/.]))((?:config|tests|inspecties|static)/[\w./*@-]+)", tekst
    ):
        doel = gevonden.rstrip(".*/")
        assert (WORTEL / doel).exists() or ".venv" in doel, f"{pad.name}: {gevonden}"
    for eenheid in re.findall(r"\binspecties[\w@.-]*\.(?:service|socket|timer)\b", tekst):
        sjabloon = re.sub(r"@[\w.%-]*\.service", "@.service", eenheid)
        assert {eenheid, sjabloon} & EENHEDEN, f"{pad.name}: {eenheid}"


def _eenheid(naam: str) -> configparser.ConfigParser:
    lezer = configparser.ConfigParser(interpolation=None, strict=False)
    lezer.optionxform = str  # type: ignore[assignment,method-assign]  # keys keep their capitals
    lezer.read(PRODUCTIE / "systemd" / naam, "utf-8")
    return lezer


@pytest.mark.parametrize("naam", ["inspecties.service", "inspecties-taak@.service"])
def test_de_dienst_mag_niets_dat_niet_nodig_is(naam: str) -> None:
    dienst = dict(_eenheid(naam)["Service"])
    assert {
        k: dienst[k] for k in ("User", "NoNewPrivileges", "ProtectSystem", "ProtectHome", "PrivateTmp", "UMask")
    } == {
        "User": "inspecties",
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "ProtectHome": "yes",
        "PrivateTmp": "yes",
        "UMask": "0077",
    }
    assert dienst["CapabilityBoundingSet"] == ""
    assert dienst["StateDirectoryMode"] == "0700"


def test_elke_timer_heeft_een_taak_en_elke_taak_een_timer() -> None:
    taken = set(re.findall(r"^  ([a-z-]+)\) exec", (PRODUCTIE / "taak.sh").read_text("utf-8"), re.MULTILINE))
    timers = {n.split("@")[1].removesuffix(".timer") for n in EENHEDEN if n.endswith(".timer")}
    assert timers == taken
    gids = (PRODUCTIE / "README.md").read_text("utf-8")
    for timer in sorted(timers):
        assert f"inspecties-taak@{timer}.timer" in gids
        assert _eenheid(f"inspecties-taak@{timer}.timer")["Timer"]["OnCalendar"].count(":") == 2


def test_de_dienst_luistert_waar_de_voordeur_en_de_proxy_zijn() -> None:
    deur = _eenheid("inspecties.socket")["Socket"]["ListenStream"]
    host, poort = deur.split(":")
    start = _eenheid("inspecties.service")["Service"]["ExecStart"]
    assert f"--host {host} --port {poort}" in start
    nginx = (PRODUCTIE / "nginx" / "inspecties.conf").read_text("utf-8")
    assert set(re.findall(r"proxy_pass (\S+);", nginx)) == {f"http://{deur}"}
    # As many as the setting trusts, in every place that passes on; no other header of a visitor counts.
    assert nginx.count("proxy_set_header X-Forwarded-For $remote_addr;") == nginx.count("proxy_pass ")
    assert "INSPECTIES_PROXIES=1\n" in (PRODUCTIE / "inspecties.env.voorbeeld").read_text("utf-8")


def test_nginx_houdt_de_normen() -> None:
    nginx = (PRODUCTIE / "nginx" / "inspecties.conf").read_text("utf-8")
    assert nginx.count("{") == nginx.count("}")
    opdrachten_ = [regel.split("#")[0].strip() for regel in nginx.splitlines()]
    assert [r for r in opdrachten_ if r and not r.endswith((";", "{", "}"))] == []
    assert re.findall(r"ssl_protocols (.*);", nginx) == ["TLSv1.2 TLSv1.3"]
    (reeksen,) = re.findall(r"ssl_ciphers (.*);", nginx)
    assert all(r.startswith("ECDHE-") and ("GCM" in r or "CHACHA20" in r) for r in reeksen.split(":"))
    for regel in ("server_tokens off", "ssl_stapling on", "ssl_session_tickets off", "autoindex"):
        assert (regel in nginx) is (regel != "autoindex")
    # At least what the service takes, or a photo is refused where nobody can explain it.
    (grootst,) = re.findall(r"client_max_body_size (\d+)m;", nginx)
    assert int(grootst) >= Instellingen().upload_max_mb
    # Links that work once are in the query and in the path: neither is logged.
    (vorm,) = re.findall(r"log_format \w+ '([^']*)'", nginx)
    assert not {"$request ", "$request_uri", "$args", "$uri", "$http_referer"} & set(re.findall(r"\$\w+ ?", vorm))


def test_alleen_paginas_gaan_van_http_naar_https() -> None:
    """A tablet or program that speaks http gets an error: what it sent was readable on the way (ASVS 4.1.2)."""
    nginx = (PRODUCTIE / "nginx" / "inspecties.conf").read_text("utf-8")
    (http,) = [deel for deel in nginx.split("\nserver {") if "listen 80;" in deel]
    assert re.findall(r"location (\S+) \{ return (\d+)", http) == [("/api/", "403"), ("/", "301")]
    assert "return 301 https://" in http
    assert "proxy_pass" not in http


def test_de_proxy_zet_elke_kop_zelf_en_laat_geen_trace_door() -> None:
    """Whatever a visitor sends as X-Forwarded-*, the service sees what nginx knows (ASVS 4.1.3, 13.4.4, 15.3.4)."""
    nginx = (PRODUCTIE / "nginx" / "inspecties.conf").read_text("utf-8")
    for kop in ("For $remote_addr", "Proto https", "Host $host", "Port 443", 'Prefix ""'):
        assert nginx.count(f"proxy_set_header X-Forwarded-{kop};") == nginx.count("proxy_pass "), kop
    (methoden,) = re.findall(r"\$request_method !~ \^\(([A-Z|]+)\)\$\) \{ return 405; \}", nginx)
    assert {"TRACE", "CONNECT"} & set(methoden.split("|")) == set()


def test_het_voorbeeld_start_niet_zonder_eigen_geheim() -> None:
    from inspecties.dienst.dokter_regels import VERKLIKKERS  # noqa: PLC0415

    regels = (PRODUCTIE / "inspecties.env.voorbeeld").read_text("utf-8").splitlines()
    waarden = dict(r.split("=", 1) for r in regels if r and not r.startswith("#"))
    assert len(waarden["INSPECTIES_SECRET_KEY"]) < 32
    assert any(w in waarden["INSPECTIES_SECRET_KEY"] for w in VERKLIKKERS)


def test_rol_in_de_database_heeft_geen_bijzondere_rechten() -> None:
    (rol,) = re.findall(
        r"^CREATE ROLE inspecties (.*);$", (PRODUCTIE / "postgres/rollen.sql").read_text(), re.MULTILINE
    )
    assert {"NOSUPERUSER", "NOBYPASSRLS", "NOCREATEROLE", "NOCREATEDB"} <= set(rol.split())


def test_elders_houdt_er_dertig_en_zet_zijn_stempel(tmp_path: Path) -> None:
    """What was destroyed here must not stay there for ever; what is not whole is not counted, and stops the rest."""
    doel, stand = tmp_path / "doel", tmp_path / "gedaan"
    for dag in range(1, 32):
        (doel / f"202611{dag:02}T013000000000Z").mkdir(parents=True)
    (doel / "vernietigingen").mkdir()
    programmas = tmp_path / "bin"
    programmas.mkdir()
    for naam in ("rsync", "ssh", "inspecties"):
        (programmas / naam).write_text(f'#!/bin/sh\necho "{naam} $*" >> "{stand}"\nexit ${{EINDE:-0}}\n')
        (programmas / naam).chmod(0o755)

    def draai(einde: str = "0") -> int:
        omgeving = {"PATH": f"{programmas}:/usr/bin:/bin", "HOME": "/root", "EINDE": einde}
        omgeving["INSPECTIES"] = str(programmas / "inspecties")
        opdracht = ["/bin/sh", str(PRODUCTIE / "elders.sh"), "root@x", str(doel)]
        return subprocess.run(opdracht, env=omgeving, check=False).returncode

    assert draai("1") == 1
    assert len(list(doel.iterdir())) == 32, "nothing goes before the copies are known to be whole"
    assert draai() == 0
    over = sorted(p.name for p in doel.iterdir())
    assert len(over) == 31
    assert over[0] == "20261102T013000000000Z"
    assert over[-1] == "vernietigingen"
    assert [r.split()[0] for r in stand.read_text().splitlines()] == ["rsync", "rsync", "inspecties", "ssh"]


def test_de_opdracht_draait_als_de_dienst() -> None:
    """The commands of a bad day run as written: with the user and the settings of the service."""
    script = (PRODUCTIE / "inspecties.sh").read_text("utf-8")
    dienst = dict(_eenheid("inspecties.service")["Service"])
    for deel in (f"User={dienst['User']}", f"UMask={dienst['UMask']}", f"EnvironmentFile={dienst['EnvironmentFile']}"):
        assert f"-p {deel}" in script
    gids = (PRODUCTIE / "README.md").read_text("utf-8")
    assert "install -m 0755 config/productie/inspecties.sh /usr/local/sbin/inspecties" in gids
    assert subprocess.run(["/bin/sh", "-n", str(PRODUCTIE / "inspecties.sh")], check=False).returncode == 0
