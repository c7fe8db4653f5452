"""No code of ours opens a door, no secret is in the repository; each rule sees a violation that is planted."""

import base64
import hashlib
from pathlib import Path

import pytest

from tests.unit.huisregels import broncode, geheimen

WORTEL = Path(__file__).parents[3]


def _schrijf(wortel: Path, naam: str, tekst: str) -> None:
    pad = wortel / naam
    pad.parent.mkdir(parents=True, exist_ok=True)
    pad.write_text(tekst, "utf-8")


def test_python_doet_niets_onveiligs() -> None:
    gevonden = broncode.onveilige_python(WORTEL)
    over = [r for r in gevonden if (r.split(":")[0], r.rpartition(": ")[2]) not in broncode.UITZONDERINGEN]
    assert over == []
    # And each exception is still needed.
    assert {(r.split(":")[0], r.rpartition(": ")[2]) for r in gevonden} == set(broncode.UITZONDERINGEN)


@pytest.mark.parametrize(
    ("tekst", "wat"),
    [
        ("subprocess.run(x, shell=True)", "opdrachtregel"),
        ("subprocess.run(x, shell=keuze)", "opdrachtregel"),
        ("os.system(x)", "opdrachtregel"),
        ("import pickle", "import pickle"),
        ("from pickle import loads", "import pickle"),
        ("yaml.load(x)", "yaml.load"),
        ("eval(x)", "eval"),
        ("requests.get(x, verify=False)", "certificaat niet nagekeken"),
        ("context.check_hostname = False", "certificaat niet nagekeken"),
        ("context.verify_mode = ssl.CERT_NONE", "certificaat niet nagekeken"),
        ("ssl._create_unverified_context()", "certificaat niet nagekeken"),
        ("text(f'SELECT {x}')", "SQL uit losse stukken"),
        ("sa.text('SELECT %s' % x)", "SQL uit losse stukken"),
        ("text('SELECT ' + x)", "SQL uit losse stukken"),
        ("text('SELECT {}'.format(x))", "SQL uit losse stukken"),
        ("text(vraag)", "SQL uit losse stukken"),
        ("select(literal_column(kolom))", "SQL uit losse stukken"),
        ("verbinding.exec_driver_sql(f'VACUUM {x}')", "SQL uit losse stukken"),
        ("asyncio.create_subprocess_shell(x)", "opdrachtregel"),
        ("omgeving.from_string(x)", "sjabloon uit losse stukken"),
        ("jinja2.Template(x)", "sjabloon uit tekst"),
        ("zin.format(x)", "opmaaktekst uit een waarde"),
        ("request.form['zin'].format(x)", "opmaaktekst uit een waarde"),
        ("form.populate_obj(rij)", "alle velden tegelijk"),
        ("Locatie(**request.form)", "alle velden tegelijk"),
        ("Locatie(**form.data)", "alle velden tegelijk"),
        ("import random", "import random"),
        ("from random import choice", "import random"),
        ("hashlib.new(x)", "zwakke hash"),
        ("cipher(modes.ECB())", "zwakke versleuteling"),
        ("sleutel.encrypt(x, padding.PKCS1v15())", "zwakke versleuteling"),
        ("Markup(x)", "Markup"),
        ("render_template_string(x)", "sjabloon uit tekst"),
        ("Environment(autoescape=False)", "zonder escapen"),
        ("hashlib.md5(x)", "zwakke hash"),
        ("app.debug = True", "foutzoekstand"),
        ("etree.XMLParser(resolve_entities=True)", "externe entiteiten"),
        ("re.search(rf'\\b{woord}\\b', x)", "expressie met een losse waarde"),
        ("re.compile(woord)", "expressie met een losse waarde"),
        ("re.sub('a' + woord, '', x)", "expressie met een losse waarde"),
        ("request.values['x']", "velden van adres en formulier door elkaar"),
        ("request.values.getlist('x')", "velden van adres en formulier door elkaar"),
    ],
)
def test_onveilige_python_valt_op(tmp_path: Path, tekst: str, wat: str) -> None:
    goed = "re.search(rf'{re.escape(x)}{_VAST}', x)\ntext('SELECT :x' if a else 'SELECT 1')\n"
    goed += "hashlib.sha256(x)\napp.debug = False\n"
    _schrijf(tmp_path, "inspecties/a.py", goed)
    assert broncode.onveilige_python(tmp_path) == []
    _schrijf(tmp_path, "inspecties/a.py", goed + tekst)
    assert broncode.onveilige_python(tmp_path) == [f"inspecties/a.py:5: {wat}"]


def test_alleen_de_wacht_opent_verbindingen(tmp_path: Path) -> None:
    """What goes outside was judged by ``core.buitendienst`` (tests/unit/core/test_buitendienst.py), or stands here."""
    gevonden = broncode.wie_naar_buiten(WORTEL)
    assert {n for n in gevonden if n.startswith("inspecties/")} == set(broncode.NAAR_BUITEN)
    for tekst in ("import urllib.request", "from http.client import HTTPConnection", "from urllib import request"):
        _schrijf(tmp_path, "inspecties/a.py", tekst)
        assert broncode.wie_naar_buiten(tmp_path) == {"inspecties/a.py"}


def test_een_slot_op_een_rij_houdt_geen_nieuwe_rijen_tegen(tmp_path: Path) -> None:
    assert broncode.hele_sloten(WORTEL) == broncode.HEEL_VERGRENDELD
    goed = "a.with_for_update(key_share=True, of=B)\ns.refresh(a, with_for_update={'key_share': True})\n"
    for fout in ("a.with_for_update()", "a.with_for_update(of=B)", "s.refresh(a, with_for_update=True)"):
        _schrijf(tmp_path, "inspecties/a.py", goed)
        assert broncode.hele_sloten(tmp_path) == set()
        _schrijf(tmp_path, "inspecties/a.py", goed + fout)
        assert broncode.hele_sloten(tmp_path) == {"inspecties/a.py"}


def test_javascript_maakt_geen_opmaak_van_tekst() -> None:
    assert broncode.onveilig_javascript(WORTEL) == []


@pytest.mark.parametrize(
    ("tekst", "wat"),
    [
        ("el.innerHTML = x;", "innerHTML"),
        ("el.outerHTML += x;", "innerHTML"),
        ("el.insertAdjacentHTML('beforeend', x);", "insertAdjacentHTML"),
        ("document.write(x);", "document.write"),
        ("eval(x);", "eval"),
        ("new Function(x);", "eval"),
        ("parent.postMessage(x, '*');", "postMessage naar iedereen"),
        ("window.addEventListener('message', doe);", "luistert naar andere vensters"),
        ("addEventListener('message', doe);", "luistert naar andere vensters"),
        ("self.onmessage = doe;", "luistert naar andere vensters"),
        ("import a from 'https://elders.example/a.js';", "adres buiten de site"),
    ],
)
def test_onveilig_javascript_valt_op(tmp_path: Path, tekst: str, wat: str) -> None:
    goed = "if (el.innerHTML === '') el.textContent = x;\n"
    goed += "kanaal.port1.onmessage = doe; kanaal.addEventListener('message', doe);\n"
    _schrijf(tmp_path, "static/src/a.mjs", goed)
    assert broncode.onveilig_javascript(tmp_path) == []
    _schrijf(tmp_path, "static/src/a.mjs", goed + tekst)
    assert broncode.onveilig_javascript(tmp_path) == [f"static/src/a.mjs:3: {wat}"]


def test_er_staat_geen_geheim_in_de_repository() -> None:
    assert geheimen.in_bestanden(WORTEL) == []


def _lijkt_echt(zaad: str, lengte: int) -> str:
    return base64.b64encode(hashlib.sha512(zaad.encode()).digest()).decode()[:lengte]


@pytest.mark.parametrize(
    ("tekst", "soort"),
    [
        ("-----BEGIN " + "PRIVATE KEY-----\n" + _lijkt_echt("a", 64), "geheime sleutel (PEM)"),
        ("id = 'AK" + "IAABCDEFGHIJKLMNOP'", "sleutel van een cloud"),
        ("ghp" + "_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6", "token van een forge"),
        ("eyJ" + "hbGciOiJIUzI1NiJ9x" + ".eyJ" + "zdWIiOiIxMjM0NTY3ODkwx" + "." + "a" * 30, "JWT"),
        ("postgresql+psycopg://dienst:" + "kT7qpL29xzW" + "@db/inspecties", "wachtwoord in een adres"),
        ("SECRET_KEY = '" + "kT7qpL29xzWm04Vb" + "Rf83'", "toegekend geheim"),
        ("waarde = '" + _lijkt_echt("b", 60).replace("/", "_") + "'", "willekeurige tekens"),
    ],
)
def test_een_geheim_valt_op(tmp_path: Path, tekst: str, soort: str) -> None:
    goed = "SECRET_KEY = 'vul_hier_een_eigen_geheim_in'\nurl = 'postgresql+psycopg:///inspecties'\nhash = '" + "ab" * 32
    _schrijf(tmp_path, "a.py", goed + "'\n")
    assert geheimen.in_bestanden(tmp_path) == []
    _schrijf(tmp_path, "a.py", goed + "'\n" + tekst)
    assert soort in {regel.split(": ")[1] for regel in geheimen.in_bestanden(tmp_path)}


def test_wat_mag_bestaat_nog() -> None:
    namen = geheimen.bestanden(WORTEL)
    for begin in geheimen.TOEGESTAAN:
        assert any(naam.startswith(begin) for naam in namen) or (WORTEL / begin).exists(), begin
    for naam, tekst in geheimen.BEKEND:
        assert tekst in (WORTEL / naam).read_text("utf-8"), naam
