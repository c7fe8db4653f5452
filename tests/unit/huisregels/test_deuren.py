"""One door into a login, one place for the log, and a heavy recovery key; a violation that is planted is seen."""

import ast
from pathlib import Path

from inspecties.gebruikers import herstelsleutel

WORTEL = Path(__file__).parents[3]
# Who may begin a login (ASVS 6.1.3, 6.3.4), and who may put one in a browser.
BEGINT = {"inspecties/gebruikers/inloggen.py": 2, "inspecties/gebruikers/passkeys_api.py": 1}
IN_BROWSER = {"inspecties/gebruikers/inloggen.py": 1}
# Other places than stderr to which a log line could go (ASVS 16.2.3).
_SCHRIJVERS = ("FileHandler", "RotatingFileHandler", "SysLogHandler", "SocketHandler", "HTTPHandler", "SMTPHandler")


def roepers(wortel: Path, naam: str) -> dict[str, int]:
    """File -> how often it calls a function by this name."""
    uit: dict[str, int] = {}
    for pad in sorted((wortel / "inspecties").rglob("*.py")):
        tekst = pad.read_text("utf-8")
        for knoop in ast.walk(ast.parse(tekst)) if naam in tekst else ():
            if isinstance(knoop, ast.Call) and ast.unparse(knoop.func).rpartition(".")[2] == naam:
                bestand = pad.relative_to(wortel).as_posix()
                uit[bestand] = uit.get(bestand, 0) + 1
    return uit


def test_een_aanmelding_begint_op_drie_plekken() -> None:
    """After a password or the login service, after a second step, and with a passkey."""
    assert roepers(WORTEL, "begin_sessie") == BEGINT
    assert roepers(WORTEL, "login_user") == IN_BROWSER


def test_een_andere_deur_valt_op(tmp_path: Path) -> None:
    (tmp_path / "inspecties").mkdir()
    (tmp_path / "inspecties/a.py").write_text("sessies.begin_sessie(x)\nlogin_user(y)\n", "utf-8")
    assert roepers(tmp_path, "begin_sessie") == {"inspecties/a.py": 1}
    assert roepers(tmp_path, "login_user") == {"inspecties/a.py": 1}


def test_het_logboek_gaat_nergens_anders_heen() -> None:
    for naam in _SCHRIJVERS:
        assert roepers(WORTEL, naam) == {}, naam


def test_de_herstelsleutel_is_groot_en_zwaar_afgeleid() -> None:
    """RSA of 3,072 bits is as strong as 128; PBKDF2-HMAC-SHA-256 takes at least 600,000 rounds."""
    assert herstelsleutel.BITS >= 3072
    assert herstelsleutel.RONDEN >= 600_000
