"""Sharing in a partnership holds only when both sides want it now, over every pair of states of two members."""

from datetime import datetime, timedelta
from itertools import product

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.core.fouten import Conflict
from inspecties.core.rechten import Rol
from inspecties.database import bind_actor, zonder_actor
from inspecties.database.basis import db
from inspecties.gebruikers import verband
from inspecties.gebruikers.models_verband import Samenwerkingsverband, Verbandlid
from inspecties.gebruikers.verband_queries import anderen_in, delende_partners
from tests.wereld import Kring, Wereld

# When a member was let in, and when its beheerder last said yes; None: not (any more). Hours after the beginning.
STANDEN: dict[str, tuple[int | None, int | None, bool]] = {
    "gevraagd": (None, None, False),
    "toegelaten": (1, None, False),
    "deelt": (1, 1, False),
    "deelt, en zei dat later nog eens": (1, 3, False),
    "later toegelaten": (2, None, False),
    "later toegelaten en deelt": (2, 2, False),
    "verlaten": (1, None, True),
}


def _lid(sessie: Session, kring: Kring, in_: Samenwerkingsverband, nu: datetime, stand: str) -> Verbandlid:
    toegelaten, deelt, weg = STANDEN[stand]
    op = {uur: nu + timedelta(hours=uur) for uur in range(5)}
    lid = Verbandlid(
        gemeente_id=kring.actoren[Rol.BEHEERDER].gemeente_id,
        verband=in_,
        contact_naam="Bel mij",
        gevraagd_op=nu,
        toegelaten_op=None if toegelaten is None else op[toegelaten],
        deelt_koppelingen=deelt is not None,
        deelt_sinds=None if deelt is None else op[deelt],
        verlaten_op=op[4] if weg else None,
    )
    sessie.add(lid)
    return lid


def test_alleen_wat_aan_beide_kanten_aan_staat(wereld: Wereld) -> None:
    sessie, kringen = db.session(), (wereld.een, wereld.twee)
    actoren = [k.actoren[Rol.BEHEERDER] for k in kringen]
    delend = 0
    for paar in product(STANDEN, repeat=2):
        zonder_actor(sessie, "both sides are set up here")
        in_ = Samenwerkingsverband(naam="Markermeer", naam_sleutel="markermeer", opgericht_op=wereld.nu)
        sessie.add(in_)
        leden = [_lid(sessie, kring, in_, wereld.nu, stand) for kring, stand in zip(kringen, paar, strict=True)]
        sessie.flush()
        (toe_een, ja_een, _), (toe_twee, ja_twee, _) = (STANDEN[stand] for stand in paar)
        # Both said yes, and each when (or after) the other was a member.
        samen = ja_een is not None and ja_twee is not None and ja_een >= (toe_twee or 9) and ja_twee >= (toe_een or 9)
        delend += samen
        for nr, actor in enumerate(actoren):
            bind_actor(sessie, actor)
            gezien = [p.gemeente_id for p in delende_partners(sessie, actor)]
            assert gezien == ([actoren[1 - nr].gemeente_id] if samen else []), (paar, nr)
            # Who is no member itself does not even see who is; and of who left nothing is seen.
            lid_nu, ander_weg = STANDEN[paar[nr]], STANDEN[paar[1 - nr]][2]
            binnen = lid_nu[0] is not None and not lid_nu[2]
            assert len(anderen_in(sessie, leden[nr])) == (1 if binnen and not ander_weg else 0), (paar, nr)
            # The own row is all that a plain query shows, whatever the other side did.
            assert set(sessie.scalars(select(Verbandlid.gemeente_id))) == {actor.gemeente_id}
        sessie.rollback()
    assert 0 < delend < len(STANDEN) ** 2


@pytest.mark.parametrize("stand", ["gevraagd", "verlaten"])
def test_wie_geen_lid_is_kan_niets_aanzetten(wereld: Wereld, stand: str) -> None:
    sessie = db.session()
    in_ = Samenwerkingsverband(naam="Markermeer", naam_sleutel="markermeer", opgericht_op=wereld.nu)
    sessie.add(in_)
    lid = _lid(sessie, wereld.een, in_, wereld.nu, stand)
    sessie.flush()
    with pytest.raises(Conflict):
        verband.zet_delen(sessie, wereld.een.actoren[Rol.BEHEERDER], wereld.nu, lid, aan=True)
    assert lid.deelt_koppelingen is False
