"""An error that goes from one process to another arrives as what it was."""

import pickle

from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.dossiers.trajecten import Trajectfouten


def test_een_fout_met_een_eigen_vorm_komt_heel_over() -> None:
    fout = pickle.loads(pickle.dumps(Trajectfouten({"besluit_datum": "Kies een dag.", "duur": "Schrijf hoe lang."})))
    assert isinstance(fout, Trajectfouten)
    assert (fout.melding, fout.veld) == ("Kies een dag. Schrijf hoe lang.", "besluit_datum")
    assert fout.fouten == {"besluit_datum": "Kies een dag.", "duur": "Schrijf hoe lang."}
    assert str(fout) == fout.melding


def test_een_gewone_fout_ook() -> None:
    for fout in (Conflict("Iemand was eerder.", "stand"), OngeldigeInvoer("Vul een naam in.")):
        terug = pickle.loads(pickle.dumps(fout))
        assert (type(terug), terug.melding, terug.veld, terug.status) == (
            type(fout),
            fout.melding,
            fout.veld,
            fout.status,
        )
