"""What happens before the server takes requests: the database brought up to date, and the demo loaded once."""

import secrets
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from inspecties.instellingen import Instellingen


def bereid_voor(inst: Instellingen) -> str:
    """Migrate, load the demo where asked; the password of the demo accounts, or ''.

    In a process of its own: the server forks its workers, and a library that had started threads here (typst does,
    when the demo makes its dossiers) would wait for them forever in a worker.
    """
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as ander:
        return ander.submit(_bereid_voor, inst).result()


def _bereid_voor(inst: Instellingen) -> str:
    from flask_migrate import upgrade  # noqa: PLC0415 - only in the other process

    from inspecties import create_app  # noqa: PLC0415
    from inspecties.demo.laden import laad_demo  # noqa: PLC0415

    app = create_app(inst)
    with app.app_context():
        upgrade()
        if not inst.demo:
            return ""
        return laad_demo(app, inst.demo_wachtwoord or "-".join(secrets.token_hex(2) for _ in range(4)))
