"""Proofs of destruction beside the backups: a copy only grows."""

import json
from pathlib import Path
from uuid import UUID

from inspecties.audit.bewijsbestand import bewijsbestand, lees
from inspecties.dienst.backup.bewijzen import neem_bewijzen_mee

GEMEENTE = UUID("018f0000-0000-7000-8000-000000000001")


def test_een_kopie_die_meer_weet_verliest_niets(tmp_path: Path) -> None:
    """A new machine writes its first backups beside those of the old one; a line that was cut off does not count."""
    data, doel = tmp_path / "data", tmp_path / "backups"
    for map_, namen in ((data, ("c",)), (doel, ("a", "b"))):
        pad = bewijsbestand(map_, GEMEENTE)
        pad.parent.mkdir(parents=True)
        pad.write_text("".join(json.dumps({"bewijs": naam}) + "\n" for naam in namen) + '{"bewijs": "half')
    assert neem_bewijzen_mee(data, doel) == 1
    assert [r["bewijs"] for r in lees(bewijsbestand(doel, GEMEENTE))] == ["a", "b", "c"]
    assert neem_bewijzen_mee(data, doel) == 0
