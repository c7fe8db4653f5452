"""House rules about source code, as functions: what no code here does, each with the place where it was found."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

MAPPEN = ("inspecties", "config", "migrations")
# (file, what) -> why it may stay.
UITZONDERINGEN: dict[tuple[str, str], str] = {
    ("inspecties/locaties/kaart.py", "Markup"): "the map's own frame: a constant of the module, without any value",
    (
        "inspecties/checklists/rules/expressies/functies_tekst.py",
        "expressie met een losse waarde",
    ): "the pattern of a checklist's own regex(), in the normal form that regels.py made",
    (
        "inspecties/checklists/rules/expressies/regels.py",
        "expressie met een losse waarde",
    ): "what reads such a pattern sign by sign and writes it anew",
    (
        "inspecties/dossiers/rules/redactie.py",
        "expressie met een losse waarde",
    ): "made of words letter by letter, each through re.escape (tests/unit/dossiers/test_bewijs.py)",
    ("inspecties/locaties/adresimport.py", "SQL uit losse stukken"): "names of our own columns, no value",
    (
        "inspecties/locaties/adreszoeken.py",
        "SQL uit losse stukken",
    ): "a setting that takes no parameter: our own number",
}
# What can open a connection, and who may: all others ask ``core.buitendienst``, which judges the address first.
_VERBINDT = {
    "boto3.session",
    "boto3",
    "botocore",
    "socket",
    "http.client",
    "smtplib",
    "urllib.request",
    "requests",
    "httpx",
    "urllib3",
    "aiohttp",
}
NAAR_BUITEN: dict[str, str] = {
    "inspecties/core/buitendienst.py": "the guard itself",
    "inspecties/core/virusscan.py": "clamd on this machine; another address is refused as a setting",
    "inspecties/core/emmer.py": "the S3 server of the settings, over https, botocore follows no redirect",
    "inspecties/post/smtp.py": "the mail server of the settings",
    "inspecties/audit/bestemmingen.py": "the syslog of the settings",
    "inspecties/dienst/werker.py": "listens, and opens nothing",
    "inspecties/dienst/dokter_net.py": "the own site, asked by who runs doctor",
}
_ONVEILIG_JS = {
    "innerHTML": re.compile(r"\.(?:inner|outer)HTML\s*\+?=(?!=)"),
    "insertAdjacentHTML": re.compile(r"\.insertAdjacentHTML\s*\("),
    "document.write": re.compile(r"\bdocument\.write(?:ln)?\s*\("),
    "eval": re.compile(r"(?<![\w.])eval\s*\(|\bnew Function\s*\("),
    "postMessage naar iedereen": re.compile(r"\.postMessage\([^)]*['\"]\*['\"]"),
    "adres buiten de site": re.compile(r"\bimport\s*(?:\(|[^;]*?from)\s*['\"]https?:"),
}
_VERBODEN_IMPORT = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "telnetlib", "ftplib", "imp"}
_VERBODEN_ROEP = {
    "os.system": "opdrachtregel",
    "os.popen": "opdrachtregel",
    "subprocess.getoutput": "opdrachtregel",
    "subprocess.getstatusoutput": "opdrachtregel",
    "eval": "eval",
    "exec": "eval",
    "__import__": "eval",
    "yaml.load": "yaml.load",
    "yaml.unsafe_load": "yaml.load",
    "tempfile.mktemp": "mktemp",
    "render_template_string": "sjabloon uit tekst",
    "flask.render_template_string": "sjabloon uit tekst",
    "hashlib.md5": "zwakke hash",
    "hashlib.sha1": "zwakke hash",
    "hashes.MD5": "zwakke hash",
    "hashes.SHA1": "zwakke hash",
    "modes.ECB": "zwakke versleuteling",
    "ssl._create_unverified_context": "certificaat niet nagekeken",
    "Markup": "Markup",
    "markupsafe.Markup": "Markup",
}


def _naam(knoop: ast.expr) -> str:
    """``a.b.c`` of a name or attribute; '' for anything else."""
    if isinstance(knoop, ast.Name):
        return knoop.id
    if isinstance(knoop, ast.Attribute):
        return f"{_naam(knoop.value)}.{knoop.attr}".lstrip(".")
    return ""


def _is_vast(knoop: ast.expr) -> bool:
    """A value that no user gives: a constant of the code, a number, or something that was escaped."""
    if isinstance(knoop, ast.Call):
        return _naam(knoop.func) == "re.escape"
    naam = _naam(knoop).rpartition(".")[2]
    return isinstance(knoop, ast.Constant) or (naam != "" and naam == naam.upper())


def _losse_expressie(roep: ast.Call) -> Iterator[str]:
    """A regular expression put together with a value in which characters may have a meaning."""
    naam, _, daad = _naam(roep.func).rpartition(".")
    if naam != "re" or daad not in {
        "compile",
        "match",
        "search",
        "fullmatch",
        "sub",
        "subn",
        "split",
        "findall",
        "finditer",
    }:
        return
    patroon = roep.args[0] if roep.args else None
    if isinstance(patroon, ast.JoinedStr):
        if not all(_is_vast(d.value) for d in patroon.values if isinstance(d, ast.FormattedValue)):
            yield "expressie met een losse waarde"
    elif patroon is not None and not _is_vast(patroon):
        yield "expressie met een losse waarde"


def _waar(knoop: ast.expr, waarde: object) -> bool:
    return isinstance(knoop, ast.Constant) and knoop.value is waarde


def _samengesteld(knoop: ast.expr) -> bool:
    """Text that is put together with values."""
    if isinstance(knoop, ast.JoinedStr):
        return any(isinstance(deel, ast.FormattedValue) for deel in knoop.values)
    if isinstance(knoop, ast.BinOp) and isinstance(knoop.op, ast.Mod | ast.Add):
        return True
    return isinstance(knoop, ast.Call) and isinstance(knoop.func, ast.Attribute) and knoop.func.attr == "format"


def _in_roep(roep: ast.Call) -> Iterator[str]:
    naam = _naam(roep.func)
    yield from _losse_expressie(roep)
    if naam in _VERBODEN_ROEP:
        yield _VERBODEN_ROEP[naam]
    if naam.rpartition(".")[2] == "text" and roep.args and _samengesteld(roep.args[0]):
        yield "SQL uit losse stukken"
    for woord in roep.keywords:
        if woord.arg == "shell" and not _waar(woord.value, False):
            yield "opdrachtregel"
        if woord.arg in {"verify", "check_hostname"} and _waar(woord.value, False):
            yield "certificaat niet nagekeken"
        if woord.arg == "autoescape" and _waar(woord.value, False):
            yield "zonder escapen"
        if woord.arg == "resolve_entities" and not _waar(woord.value, False):
            yield "externe entiteiten"


def _in_knoop(knoop: ast.AST) -> Iterator[str]:
    if isinstance(knoop, ast.Call):
        yield from _in_roep(knoop)
    elif isinstance(knoop, ast.Import):
        yield from (f"import {n.name}" for n in knoop.names if n.name.split(".")[0] in _VERBODEN_IMPORT)
    elif isinstance(knoop, ast.ImportFrom) and (knoop.module or "").split(".")[0] in _VERBODEN_IMPORT:
        yield f"import {knoop.module}"
    elif isinstance(knoop, ast.Attribute) and _naam(knoop) == "request.values":
        yield "velden van adres en formulier door elkaar"
    elif isinstance(knoop, ast.Attribute) and knoop.attr == "CERT_NONE":
        yield "certificaat niet nagekeken"
    elif isinstance(knoop, ast.Assign) and any(
        isinstance(doel, ast.Attribute) and doel.attr in {"debug", "verify", "check_hostname"} for doel in knoop.targets
    ):
        doel = knoop.targets[0]
        verboden = isinstance(doel, ast.Attribute) and doel.attr == "debug"
        if _waar(knoop.value, verboden):
            yield "foutzoekstand" if verboden else "certificaat niet nagekeken"


def _python(wortel: Path, kijk: Callable[[ast.AST], Iterator[str]]) -> Iterator[str]:
    for map_ in MAPPEN:
        for pad in sorted((wortel / map_).rglob("*.py")):
            naam = pad.relative_to(wortel).as_posix()
            for knoop in ast.walk(ast.parse(pad.read_text("utf-8"))):
                for wat in kijk(knoop):
                    yield f"{naam}:{getattr(knoop, 'lineno', 0)}: {wat}"


def onveilige_python(wortel: Path) -> list[str]:
    """Calls and imports that no code of ours needs: shells, eval, pickle, unchecked certificates, SQL by pieces.

    What ``UITZONDERINGEN`` allows is in it too.
    """
    return list(_python(wortel, _in_knoop))


def wie_naar_buiten(wortel: Path) -> set[str]:
    """Files with a module that opens connections."""

    def verbindt(knoop: ast.AST) -> Iterator[str]:
        if isinstance(knoop, ast.Import):
            namen = {n.name for n in knoop.names}
        elif isinstance(knoop, ast.ImportFrom):
            namen = {knoop.module or "", *(f"{knoop.module}.{n.name}" for n in knoop.names)}
        else:
            return
        yield from namen & _VERBINDT

    return {regel.split(":")[0] for regel in _python(wortel, verbindt)}


def onveilig_javascript(wortel: Path) -> list[str]:
    """Ways in which a text becomes markup or code in the browser."""
    uit = []
    for pad in sorted((wortel / "static" / "src").rglob("*.*js")):
        naam, tekst = pad.relative_to(wortel).as_posix(), pad.read_text("utf-8")
        for wat, patroon in _ONVEILIG_JS.items():
            uit += [f"{naam}:{tekst.count(chr(10), 0, t.start()) + 1}: {wat}" for t in patroon.finditer(tekst)]
    return uit


# Locked whole on purpose: nobody may lay a new row under what is about to go.
HEEL_VERGRENDELD = {"inspecties/locaties/samenvoegen.py"}


def hele_sloten(wortel: Path) -> set[str]:
    """Files that lock rows as if they would go.

    Every new row locks what it refers to, a line of the audit log its gemeente and its user. ``FOR UPDATE`` on those
    makes it wait, and who holds the head of that log must never wait; ``FOR NO KEY UPDATE`` does not.
    """

    def vergrendelt(knoop: ast.AST) -> Iterator[str]:
        if isinstance(knoop, ast.Call) and isinstance(knoop.func, ast.Attribute):
            if knoop.func.attr == "with_for_update" and "key_share" not in {k.arg for k in knoop.keywords}:
                yield "slot"
        elif isinstance(knoop, ast.keyword) and knoop.arg == "with_for_update":
            sleutels = knoop.value.keys if isinstance(knoop.value, ast.Dict) else []
            if "key_share" not in {s.value for s in sleutels if isinstance(s, ast.Constant)}:
                yield "slot"

    return {regel.split(":")[0] for regel in _python(wortel, vergrendelt)}
