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
    ("inspecties/audit/bewaren.py", "SQL uit losse stukken"): "VACUUM takes no parameter: names of our own tables",
    (
        "inspecties/sjablonen/rules/sjabloon.py",
        "sjabloon uit losse stukken",
    ): "a Word template, by which words of its tree are known good (tests/unit/dossiers/test_docx.py)",
    ("inspecties/locaties/typen.py", "opmaaktekst uit een waarde"): "a sentence of the function itself, used twice",
    ("inspecties/dienst/versleuteld.py", "opmaaktekst uit een waarde"): "the contexts of our own table of columns",
    ("inspecties/checklists/rules/uitleg.py", "opmaaktekst uit een waarde"): "verbs of our own tables",
    ("inspecties/demo/lader/wonen.py", "opmaaktekst uit een waarde"): "sentences of the demo's own file",
    ("inspecties/demo/inhoud/locaties.py", "opmaaktekst uit een waarde"): "names of the demo's own file",
    ("inspecties/demo/inhoud/dossiers.py", "opmaaktekst uit een waarde"): "sentences of the demo's own file",
    ("migrations/versions/0005_kaartcellen.py", "opmaaktekst uit een waarde"): "names of columns of that migration",
    ("inspecties/checklists/rules/dekking_antwoorden.py", "import random"): "tries answers that must repeat themselves",
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
    "inspecties/dienst/geduld.py": "reads from whoever called, and opens nothing",
    "inspecties/dienst/dokter_net.py": "the own site, asked by who runs doctor",
}
_ONVEILIG_JS = {
    "innerHTML": re.compile(r"\.(?:inner|outer)HTML\s*\+?=(?!=)"),
    "insertAdjacentHTML": re.compile(r"\.insertAdjacentHTML\s*\("),
    "document.write": re.compile(r"\bdocument\.write(?:ln)?\s*\("),
    "eval": re.compile(r"(?<![\w.])eval\s*\(|\bnew Function\s*\("),
    "postMessage naar iedereen": re.compile(r"\.postMessage\([^)]*['\"]\*['\"]"),
    "luistert naar andere vensters": re.compile(
        r"(?:\b(?:window|globalThis|self)\.|^\s*)(?:addEventListener\(\s*['\"]message['\"]|onmessage\s*=)", re.MULTILINE
    ),
    "adres buiten de site": re.compile(r"\bimport\s*(?:\(|[^;]*?from)\s*['\"]https?:"),
}
_VERBODEN_IMPORT = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "telnetlib", "ftplib", "imp"}
_VERBODEN_ROEP = {
    "os.system": "opdrachtregel",
    "os.popen": "opdrachtregel",
    "os.execlp": "opdrachtregel",
    "os.spawnlp": "opdrachtregel",
    "asyncio.create_subprocess_shell": "opdrachtregel",
    "subprocess.getoutput": "opdrachtregel",
    "subprocess.getstatusoutput": "opdrachtregel",
    "eval": "eval",
    "exec": "eval",
    "__import__": "eval",
    "yaml.load": "yaml.load",
    "yaml.unsafe_load": "yaml.load",
    "tempfile.mktemp": "mktemp",
    "render_template_string": "sjabloon uit tekst",
    "jinja2.Template": "sjabloon uit tekst",
    "flask.render_template_string": "sjabloon uit tekst",
    "hashlib.md5": "zwakke hash",
    "hashlib.sha1": "zwakke hash",
    "hashlib.new": "zwakke hash",
    "hashes.MD5": "zwakke hash",
    "hashes.SHA1": "zwakke hash",
    "modes.ECB": "zwakke versleuteling",
    "padding.PKCS1v15": "zwakke versleuteling",
    "algorithms.TripleDES": "zwakke versleuteling",
    "algorithms.ARC4": "zwakke versleuteling",
    "ssl._create_unverified_context": "certificaat niet nagekeken",
    "Markup": "Markup",
    "markupsafe.Markup": "Markup",
}


# A method by this name takes text that is read as code or as a query.
_MET_TEKST = {"text": "SQL", "literal_column": "SQL", "exec_driver_sql": "SQL", "from_string": "sjabloon"}
# Where something may be written that no field of a form or message names: each of these sets what the code lists.
_ALLES_ERIN = {"populate_obj", "from_dict", "from_obj"}
# Numbers that can be foretold: only where they must repeat themselves, as in the demo.
_TOEVAL = re.compile(r"^(?:random|numpy\.random)$")
_ZONDER_GEHEIM = "inspecties/demo/"


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
    if isinstance(knoop, ast.BinOp):
        return _is_vast(knoop.left) and _is_vast(knoop.right)
    if isinstance(knoop, ast.IfExp):
        return _is_vast(knoop.body) and _is_vast(knoop.orelse)
    if isinstance(knoop, ast.Subscript):
        # A line of a table that the code holds.
        return _is_vast(knoop.value)
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


def _in_roep(roep: ast.Call) -> Iterator[str]:
    naam = _naam(roep.func)
    yield from _losse_expressie(roep)
    if naam in _VERBODEN_ROEP:
        yield _VERBODEN_ROEP[naam]
    laatste = naam.rpartition(".")[2]
    # A place on a drawing comes before its text.
    if laatste in _MET_TEKST and roep.args and not (_is_vast(roep.args[0]) or isinstance(roep.args[0], ast.Tuple)):
        yield f"{_MET_TEKST[laatste]} uit losse stukken"
    if laatste == "format" and isinstance(roep.func, ast.Attribute) and not _is_vast(roep.func.value):
        yield "opmaaktekst uit een waarde"
    if laatste in _ALLES_ERIN:
        yield "alle velden tegelijk"
    for woord in roep.keywords:
        if woord.arg is None and _naam(woord.value).startswith(("request.", "form.data")):
            yield "alle velden tegelijk"
        if woord.arg == "shell" and not _waar(woord.value, False):
            yield "opdrachtregel"
        if woord.arg in {"verify", "check_hostname"} and _waar(woord.value, False):
            yield "certificaat niet nagekeken"
        if woord.arg == "autoescape" and _waar(woord.value, False):
            yield "zonder escapen"
        if woord.arg == "resolve_entities" and not _waar(woord.value, False):
            yield "externe entiteiten"


def _is_verboden(module: str) -> bool:
    return module.split(".", maxsplit=1)[0] in _VERBODEN_IMPORT or bool(_TOEVAL.match(module))


def _in_knoop(knoop: ast.AST) -> Iterator[str]:
    if isinstance(knoop, ast.Call):
        yield from _in_roep(knoop)
    elif isinstance(knoop, ast.Import):
        yield from (f"import {n.name}" for n in knoop.names if _is_verboden(n.name))
    elif isinstance(knoop, ast.ImportFrom) and _is_verboden(knoop.module or ""):
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
    return [
        regel
        for regel in _python(wortel, _in_knoop)
        if not (regel.startswith(_ZONDER_GEHEIM) and regel.endswith(": import random"))
    ]


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
