"""The proofs of a database that is about to be replaced, written beside it while it can still be read.

What was destroyed a moment before a restore may have its proof in that database only.
"""

from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from inspecties.audit.bewijsbestand import bewijsbestand, schrijf
from inspecties.core.actor import systeem
from inspecties.database.basis import db
from inspecties.database.rijmuur import zonder_actor
from inspecties.gebruikers.models import Gemeente


def schrijf_bewijzen(app: Flask) -> str:
    """Write the proofs of every gemeente. Empty, or what the operator must know; what is broken stops no restore."""
    data = app.extensions["instellingen"].data
    with app.app_context():
        sessie = db.session()
        zonder_actor(sessie, "the proofs of every gemeente are written")
        try:
            gemeenten = sessie.execute(select(Gemeente.id, Gemeente.uid).order_by(Gemeente.id)).all()
            # The file is locked before the database is read.
            sessie.rollback()
            for gemeente_id, uid in gemeenten:
                schrijf(sessie, systeem(gemeente_id), bewijsbestand(data, uid))
                sessie.rollback()
        except (SQLAlchemyError, OSError) as fout:
            return (
                "De bewijzen van vernietiging in de vorige database waren niet te lezen of te schrijven "
                f"({type(fout).__name__}). Wat na de laatste nacht was vernietigd, kan terug zijn."
            )
        finally:
            db.session.remove()
            db.engine.dispose()
    return ""
