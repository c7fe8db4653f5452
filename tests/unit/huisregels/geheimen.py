"""Is there a secret in the repository? Known shapes of keys, and strings that look random, outside an allow-list."""

import math
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

# Beginning of a path -> why strings that look random are there.
TOEGESTAAN: dict[str, str] = {
    "config/vereisten/": "hashes of packages",
    "static/package-lock.json": "hashes of packages",
    "tests/vectors/": "vectors that two evaluators share, made from a seed",
    "static/src/veld/opslag/fixtures/": "vaults as older versions wrote them, with invented answers",
    "config/sbom.py": "the name space of a derived number",
}
# A file that shows what a key looks like, with exactly this text -> why.
BEKEND: dict[tuple[str, str], str] = {
    ("inspecties/core/mailserver.py", "smtps://user:password@"): "the shape of an address, in a docstring",
    ("tests/unit/huisregels/geheimen.py", "smtps://user:password@"): "this table",
}
_VORMEN = {
    "geheime sleutel (PEM)": re.compile(
        r"-----BEGIN (?:RSA |EC |OPENSSH |ENCRYPTED )?PRIVATE KEY-----\s*\n[A-Za-z0-9+/]{20}"
    ),
    "sleutel van een cloud": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    "token van een forge": re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{30,}|glpat-[A-Za-z0-9_-]{20,})"),
    "token van een berichtendienst": re.compile(r"\bxox[abprs]-[A-Za-z0-9-]{10,}"),
    "JWT": re.compile(r"\beyJ[A-Za-z0-9_-]{15,}\.eyJ[A-Za-z0-9_-]{15,}\.[A-Za-z0-9_-]{20,}"),
    "wachtwoord in een adres": re.compile(
        r"\b[a-z][a-z0-9+]{2,}://[^\s:/@'\"{}<>]+:(?!wachtwoord|geheim|\.\.\.|\$|\{)[^\s@'\"{}<>]{8,}@"
    ),
}
_TOEKENNING = re.compile(
    r"(?i)(?:secret|geheim|sleutel|token|api_?key|passw(?:or)?d|wachtwoord)\w*['\"]?\s*[:=]\s*[rb]?['\"]([A-Za-z0-9+/_=-]{20,})['\"]"
)
_LANG = re.compile(r"(?<![A-Za-z0-9+/_=-])[A-Za-z0-9+/_-]{40,}={0,2}(?![A-Za-z0-9+/_=-])")
BITS_PER_TEKEN = 4.5
TEKST = {
    ".py", ".js", ".mjs", ".ts", ".html", ".css", ".md", ".toml", ".json", ".yml", ".yaml", ".txt", ".csv", ".sh",
    ".cfg", ".ini", ".conf", ".env", ".service", ".timer", ".socket", ".xml", ".svg", ".webmanifest", "",
}  # fmt: skip


def entropie(tekst: str) -> float:
    """Shannon's entropy in bits per character."""
    return -sum(n / len(tekst) * math.log2(n / len(tekst)) for n in Counter(tekst).values()) if tekst else 0.0


def bestanden(wortel: Path) -> list[str]:
    """What git tracks; everything, where this is no clone (an archive)."""
    if (wortel / ".git").exists():
        uit = subprocess.run(["git", "ls-files", "-z"], cwd=wortel, capture_output=True, check=True, text=True)
        return [naam for naam in uit.stdout.split("\0") if naam]
    return [pad.relative_to(wortel).as_posix() for pad in wortel.rglob("*") if pad.is_file()]


def _willekeurig(tekst: str) -> bool:
    soorten = (any(c.isdigit() for c in tekst), any(c.islower() for c in tekst), any(c.isupper() for c in tekst))
    return all(soorten) and entropie(tekst) > BITS_PER_TEKEN and "/" not in tekst[1:3]


def in_tekst(tekst: str) -> Iterator[tuple[int, str, str]]:
    """Line, kind and text of what looks like a secret."""
    for soort, patroon in _VORMEN.items():
        for t in patroon.finditer(tekst):
            yield tekst.count("\n", 0, t.start()) + 1, soort, t.group(0)
    for t in _TOEKENNING.finditer(tekst):
        if entropie(t[1]) > 3.8 and any(c.isdigit() for c in t[1]):
            yield tekst.count("\n", 0, t.start()) + 1, "toegekend geheim", t[1]
    for t in _LANG.finditer(tekst):
        if _willekeurig(t.group(0)):
            yield tekst.count("\n", 0, t.start()) + 1, "willekeurige tekens", t.group(0)


def in_bestanden(wortel: Path) -> list[str]:
    """One line per find in the files of the repository, outside the allow-lists."""
    uit = []
    for naam in bestanden(wortel):
        pad = wortel / naam
        if pad.suffix not in TEKST or not pad.is_file() or naam.startswith(tuple(TOEGESTAAN)):
            continue
        for regel, soort, tekst in in_tekst(pad.read_text("utf-8", errors="replace")):
            if (naam, tekst) not in BEKEND:
                uit.append(f"{naam}:{regel}: {soort}: {tekst[:12]}...")
    return uit
